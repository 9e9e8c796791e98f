//! The templates: embedded in the binary, read afresh from disk in a development build.
//! Strict: a name that a template uses and nobody gives is an error, never an empty space.
//! Not here: what is shown; page structs and letters say that.

use std::sync::LazyLock;

use handlebars::{
    Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderErrorReason, handlebars_helper,
};
use serde::Serialize;
use serde_json::Value;

use crate::error::Result;

#[derive(rust_embed::RustEmbed)]
#[folder = "templates"]
struct Embedded;

static TEMPLATES: LazyLock<Handlebars<'static>> = LazyLock::new(load);
static PLAIN: LazyLock<Handlebars<'static>> = LazyLock::new(|| {
    let mut templates = load();
    templates.register_escape_fn(handlebars::no_escape);
    templates
});

/// Fills a template, named by its path without `.hbs`. What people typed is escaped for HTML.
pub fn fill(template: &str, values: &impl Serialize) -> Result<String> {
    Ok(TEMPLATES.render(template, values)?)
}

/// Fills a template whose outcome is plain text, never HTML.
pub fn fill_plain(template: &str, values: &impl Serialize) -> Result<String> {
    Ok(PLAIN.render(template, values)?)
}

/// The names of all templates, for the test that renders each.
pub fn names() -> Vec<String> {
    let mut names: Vec<_> = TEMPLATES.get_templates().keys().cloned().collect();
    names.sort();
    names
}

handlebars_helper!(chosen: |field: Value, value: Value| {
    field["values"].as_array().is_some_and(|values| values.contains(&value))
});

fn load() -> Handlebars<'static> {
    let mut templates = Handlebars::new();
    templates.set_strict_mode(true);
    // Else an indented partial would indent what people typed into a text area.
    templates.set_prevent_indent(true);
    templates.register_helper("chosen", Box::new(chosen));
    templates.register_helper("concat", Box::new(concat));
    templates.register_helper("paragraphs", Box::new(paragraphs));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    if cfg!(debug_assertions) && std::path::Path::new(folder).is_dir() {
        templates.set_dev_mode(true);
        templates.register_templates_directory(folder, Default::default()).expect("every template can be read");
    } else {
        templates.register_embed_templates_with_extension::<Embedded>(".hbs").expect("every template can be read");
    }
    templates
}

/// `{{concat "a" b}}`: its arguments as one text.
fn concat(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    for part in helper.params() {
        match part.value() {
            Value::String(text) => out.write(&handlebars::html_escape(text))?,
            other => out.write(&other.to_string())?,
        }
    }
    Ok(())
}

/// `{{paragraphs text}}`: what a person typed, escaped, each line its own `<p class="govuk-body">`.
fn paragraphs(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let text = helper
        .param(0)
        .and_then(|p| p.value().as_str())
        .ok_or(RenderErrorReason::ParamNotFoundForIndex("paragraphs", 0))?;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        out.write(&format!("<p class=\"govuk-body\">{}</p>\n", handlebars::html_escape(line)))?;
    }
    Ok(())
}
