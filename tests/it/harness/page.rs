//! A page as a person has it before them: its text, and its fields by their labels.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Node, Selector};

/// An HTML page.
pub struct Page {
    html: Html,
    source: String,
}

impl Page {
    pub fn parse(source: &str) -> Self {
        Self { html: Html::parse_document(source), source: source.to_owned() }
    }

    /// The mark-up as it came.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// All elements that match, in their order.
    pub fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        self.html.select(&selecting(selector)).collect()
    }

    /// What can be read on it, each block on a line of its own.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if let Some(body) = self.all("body").first() {
            write_text(*body, &mut text);
        }
        text.lines().map(tidy).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The text of the main heading.
    pub fn heading(&self) -> String {
        self.all("h1").first().map(|heading| text_of(*heading)).unwrap_or_default()
    }

    /// The title of the window.
    pub fn title(&self) -> String {
        self.all("title").first().map(|title| text_of(*title)).unwrap_or_default()
    }

    /// The fields that a label names, or that stand in a group whose legend it is.
    pub fn controls_labelled(&self, label: &str) -> Vec<ElementRef<'_>> {
        let all = self.all("input:not([type=hidden]), textarea, select");
        let named: Vec<_> = all.iter().map(|control| (self.name_of(*control), *control)).collect();
        best_matches(named, label)
    }

    /// The groups of fields (fieldsets) with this legend.
    pub fn groups_with_legend(&self, legend: &str) -> Vec<ElementRef<'_>> {
        let named = self.all("fieldset").into_iter().map(|group| {
            let text = group.select(&selecting("legend")).next().map(text_of).unwrap_or_default();
            (text, group)
        });
        best_matches(named.collect(), legend)
    }

    /// Buttons by their words.
    pub fn buttons(&self, words: &str) -> Vec<ElementRef<'_>> {
        let named = self.all("button, input[type=submit]").into_iter().map(|button| (self.name_of(button), button));
        best_matches(named.collect(), words)
    }

    /// Links by their words.
    pub fn links(&self, words: &str) -> Vec<ElementRef<'_>> {
        let named = self.all("a[href]").into_iter().map(|link| (self.name_of(link), link));
        best_matches(named.collect(), words)
    }

    /// Where the form goes that holds this button.
    pub fn action_of(&self, words: &str) -> String {
        let form = self.buttons(words).into_iter().find_map(|button| ancestor(button, "form"));
        form.and_then(|form| form.attr("action")).unwrap_or_else(|| panic!("no form has {words:?}")).to_owned()
    }

    /// What a screen reader would call an element.
    pub fn name_of(&self, element: ElementRef<'_>) -> String {
        if let Some(label) = element.attr("aria-label") {
            return tidy(label);
        }
        if let Some(ids) = element.attr("aria-labelledby") {
            let parts = ids.split_whitespace().filter_map(|id| self.by_id(id)).map(text_of);
            return parts.collect::<Vec<_>>().join(" ");
        }
        match element.value().name() {
            "a" | "button" => text_of(element),
            _ if element.attr("type") == Some("submit") => tidy(element.attr("value").unwrap_or_default()),
            _ => self.label_of(element),
        }
    }

    fn label_of(&self, control: ElementRef<'_>) -> String {
        let wanted = control.attr("id").unwrap_or_default();
        let beside =
            self.all("label").into_iter().find(|label| !wanted.is_empty() && label.attr("for") == Some(wanted));
        let label = beside.or_else(|| ancestor(control, "label"));
        label.map(text_of).unwrap_or_default()
    }

    /// The element with an id.
    pub fn by_id(&self, id: &str) -> Option<ElementRef<'_>> {
        self.all("[id]").into_iter().find(|element| element.attr("id") == Some(id))
    }

    /// The message that belongs to a field or a group, as a screen reader ties them together.
    pub fn error_of(&self, element: ElementRef<'_>) -> Option<String> {
        let described = element.attr("aria-describedby").unwrap_or_default();
        let messages = described.split_whitespace().filter(|id| id.ends_with("-error")).filter_map(|id| self.by_id(id));
        messages.map(text_of).map(|text| text.trim_start_matches("Error:").trim().to_owned()).next()
    }

    /// What breaks the rules that hold for every page, if anything.
    pub fn flaw(&self) -> Option<String> {
        let headings = self.all("h1").len();
        if headings != 1 {
            return Some(format!("{headings} main headings"));
        }
        let mut ids = HashSet::new();
        if let Some(twice) = self.all("[id]").iter().filter_map(|e| e.attr("id")).find(|id| !ids.insert(*id)) {
            return Some(format!("two elements have the id {twice:?}"));
        }
        let summary = self.all(".govuk-error-summary__list a");
        let mut targets = summary.iter().filter_map(|link| link.attr("href"));
        if let Some(lost) = targets.find(|href| !ids.contains(href.trim_start_matches('#'))) {
            return Some(format!("the summary of problems points to {lost}, which is not there"));
        }
        let nameless = self.all("input:not([type=hidden]), textarea, select, button, a[href]");
        let nameless = nameless.into_iter().find(|element| self.name_of(*element).is_empty());
        nameless.map(|element| format!("this has no label: {}", element.html()))
    }

    /// The lines of the summary of problems at the top.
    pub fn problems(&self) -> Vec<String> {
        self.all(".govuk-error-summary__list a").into_iter().map(text_of).collect()
    }
}

/// The nearest element around another with this tag.
pub fn ancestor<'a>(element: ElementRef<'a>, tag: &str) -> Option<ElementRef<'a>> {
    element.ancestors().filter_map(ElementRef::wrap).find(|around| around.value().name() == tag)
}

/// The elements within another that match.
pub fn within<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&selecting(selector)).collect()
}

/// What can be read in an element, on one line.
pub fn text_of(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    write_text(element, &mut text);
    tidy(&text)
}

/// White space as a browser shows it.
pub fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Those called exactly so; where there are none, those whose name begins so.
fn best_matches<'a>(named: Vec<(String, ElementRef<'a>)>, words: &str) -> Vec<ElementRef<'a>> {
    let pick = |matches: &dyn Fn(&str) -> bool| -> Vec<_> {
        named.iter().filter(|(name, _)| matches(name)).map(|(_, element)| *element).collect()
    };
    let exact = pick(&|name| name == words);
    if exact.is_empty() { pick(&|name| name.starts_with(words)) } else { exact }
}

fn selecting(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|cause| panic!("{selector}: {cause}"))
}

fn write_text(element: ElementRef<'_>, text: &mut String) {
    const BLOCKS: &[&str] = &[
        "address", "article", "aside", "br", "button", "caption", "dd", "details", "div", "dl", "dt", "fieldset",
        "footer", "form", "h1", "h2", "h3", "h4", "header", "label", "legend", "li", "main", "nav", "ol", "option",
        "p", "section", "summary", "table", "td", "th", "tr", "ul",
    ];
    let tag = element.value().name();
    if matches!(tag, "script" | "style" | "template") {
        return;
    }
    let block = BLOCKS.contains(&tag);
    if block {
        text.push('\n');
    }
    for child in element.children() {
        match child.value() {
            Node::Text(words) => text.push_str(words),
            Node::Element(_) => write_text(ElementRef::wrap(child).expect("it is an element"), text),
            _ => {}
        }
    }
    if block {
        text.push('\n');
    }
}
