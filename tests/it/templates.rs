//! Every page, drawn with made-up content in strict mode, and looked at as mark-up.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use youth_charter::app::samples;
use youth_charter::templates::{fill, names};
use youth_charter::web::Sample;

use crate::harness::{Page, root};

#[test]
fn every_page_is_sound() {
    let mut flaws = Vec::new();
    for Sample { template, context } in samples() {
        match fill(template, &context) {
            Err(cause) => flaws.push(format!("{template} cannot be drawn: {cause}")),
            Ok(html) => flaws.extend(flaws_of(&Page::parse(&html)).into_iter().map(|f| format!("{template}: {f}"))),
        }
    }
    flaws.dedup();
    assert!(flaws.is_empty(), "{flaws:#?}");
}

#[test]
fn every_template_is_drawn_by_a_sample_or_used_by_another() {
    let sampled: BTreeSet<_> = samples().iter().map(|sample| sample.template.to_owned()).collect();
    let sources: Vec<_> = names().iter().map(|name| source_of(name)).collect();
    for name in names() {
        let used =
            sources.iter().any(|text| text.contains(&format!("> {name} ")) || text.contains(&format!("> {name}}}}}")));
        let drawn_by_the_house = ["errors/", "email/", "layouts/", "components/"].iter().any(|f| name.starts_with(f));
        assert!(sampled.contains(&name) || used || drawn_by_the_house, "no sample draws templates/{name}.hbs");
    }
    for template in sampled {
        assert!(names().contains(&template), "{template} has a sample and no template");
    }
}

#[test]
fn nothing_is_printed_unescaped() {
    for name in names() {
        let text = source_of(&name);
        assert!(!text.contains("{{{") && !text.contains("{{&"), "templates/{name}.hbs prints something unescaped");
    }
}

#[test]
fn every_condition_asks_about_something_that_exists() {
    let mut known = BTreeMap::<&str, BTreeSet<String>>::new();
    let samples = samples();
    for sample in &samples {
        collect_keys(&sample.context, known.entry(sample.template).or_default());
    }
    let mut lost = Vec::new();
    for (template, keys) in &known {
        for asked in conditions_of(&source_of(template)) {
            if !keys.contains(&asked) {
                lost.push(format!("{template} asks {{{{#if {asked}}}}}, which no sample has"));
            }
        }
    }
    // A component names its parameters in the comment at its top.
    for name in names().into_iter().filter(|name| name.starts_with("components/")) {
        let text = source_of(&name);
        let comment = text.split("--}}").next().unwrap_or_default().to_owned();
        let said: BTreeSet<_> = comment.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let of_a_field = ["error", "value", "values", "id", "name"];
        for asked in conditions_of(&text) {
            if !said.contains(asked.as_str()) && !of_a_field.contains(&asked.as_str()) {
                lost.push(format!("{name} asks {{{{#if {asked}}}}}, which its comment does not name"));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
}

#[test]
fn every_form_is_sent_in_the_same_way() {
    for name in names() {
        let text = source_of(&name);
        for form in text.split("<form ").skip(1) {
            let tag = form.split('>').next().unwrap_or_default();
            assert!(tag.contains("method=\""), "templates/{name}.hbs: a form without a method: {tag}");
            assert!(tag.contains("action=\""), "templates/{name}.hbs: a form without an action: {tag}");
        }
        let sends_files = text.contains("components/file ") || text.contains("type=\"file\"");
        let page = !name.starts_with("components/");
        if sends_files && page {
            assert!(text.contains("enctype=\"multipart/form-data\""), "templates/{name}.hbs cannot send its file");
        }
    }
}

fn flaws_of(page: &Page) -> Vec<String> {
    let mut flaws: Vec<String> = page.flaw().into_iter().collect();
    let mut expect_none = |selector: &str, why: &str| {
        if let Some(first) = page.all(selector).first() {
            flaws.push(format!("{why}: {}", first.html()));
        }
    };
    expect_none("[style], style", "an inline style, which no browser will apply");
    expect_none("script:not([src])", "an inline script, which no browser will run");
    expect_none("[onclick], [onchange], [onsubmit]", "an inline handler, which no browser will run");
    expect_none("img:not([alt])", "a picture without words for those who cannot see it");
    expect_none(
        "svg:not([aria-hidden]):not([role]):not([aria-hidden] svg)",
        "a drawing that is neither hidden nor described",
    );
    expect_none("th:not([scope])", "a table heading that does not say of what");
    expect_none("table:not(:has(caption)):not([aria-label]):not([aria-labelledby])", "a table without a caption");
    expect_none("a[href^='http://']", "a link without https");
    expect_none("[href='#'], [href='']", "a link that leads nowhere");
    expect_none("form form, a a, button a, a button", "one control inside another");
    for (attribute, selector) in [("for", "label[for]"), ("aria-describedby", "[aria-describedby]")] {
        for element in page.all(selector) {
            let ids = element.attr(attribute).unwrap_or_default();
            let lost = ids.split_whitespace().find(|id| page.by_id(id).is_none());
            flaws.extend(lost.map(|id| format!("{attribute} names {id}, which is not there")));
        }
    }
    let levels = page.all("h1, h2, h3, h4").into_iter().map(|h| h.value().name()[1..].parse::<u8>().unwrap_or(0));
    let levels: Vec<_> = levels.collect();
    // The summary of problems comes before the main heading.
    if let Some(jump) = levels.windows(2).find(|pair| pair[1] > pair[0] + 1) {
        flaws.push(format!("a heading of level {} follows one of level {}", jump[1], jump[0]));
    }
    flaws
}

fn source_of(template: &str) -> String {
    let path = root().join("templates").join(format!("{template}.hbs"));
    std::fs::read_to_string(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}

/// The last name of every path that a template asks `{{#if}}` or `{{#unless}}` about.
fn conditions_of(text: &str) -> BTreeSet<String> {
    let mut asked = BTreeSet::new();
    for opening in ["{{#if ", "{{#unless ", "{{else if "] {
        for rest in text.split(opening).skip(1) {
            let condition = rest.split("}}").next().unwrap_or_default();
            // What stands in quotes is text, what begins a bracket is the name of a function.
            for word in condition.split('"').step_by(2).flat_map(|part| part.split_whitespace()) {
                if word.starts_with('(') || word.contains('=') {
                    continue;
                }
                let path = word.trim_matches(['(', ')']);
                let last = path.rsplit(['.', '/']).next().unwrap_or_default();
                let is_name = last.chars().next().is_some_and(|c| c.is_alphabetic()) && last != "this";
                if is_name && !path.starts_with('@') && !["true", "false", "null"].contains(&last) {
                    asked.insert(last.to_owned());
                }
            }
        }
    }
    asked
}

fn collect_keys(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                keys.insert(key.clone());
                collect_keys(value, keys);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| collect_keys(value, keys)),
        _ => {}
    }
}
