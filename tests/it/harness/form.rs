//! A form as a browser sends it: what the page had in it, with what a person put there.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use scraper::ElementRef;
use url::form_urlencoded;

use super::multipart::{Attachment, write_multipart};
use super::page::{Page, ancestor, text_of, within};

/// What a person put into a field.
pub enum Filling {
    Text(String),
    Ticked(bool),
    File(Attachment),
}

/// By field.
pub type Fillings = HashMap<NodeId, Filling>;

/// A form on its way.
#[derive(Debug, Clone)]
pub struct Submission {
    pub path: String,
    /// Nothing is sent in a body: the fields are in the address.
    pub is_get: bool,
    pub content_type: String,
    pub body: Vec<u8>,
}

impl Submission {
    /// Fields as an ordinary form sends them.
    pub fn of_fields(path: &str, fields: &[(&str, &str)]) -> Self {
        Self {
            path: path.to_owned(),
            is_get: false,
            content_type: "application/x-www-form-urlencoded".to_owned(),
            body: form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes(),
        }
    }
}

/// What goes into the fields of a form.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// Into each field that takes words.
    pub text: &'a str,
    /// Into each that wants an address, where they are to be right; else the words too.
    pub address: Option<&'a str>,
}

impl<'a> Words<'a> {
    fn for_control(self, control: ElementRef<'_>) -> &'a str {
        let Some(address) = self.address else { return self.text };
        let name = control.attr("name").unwrap_or_default();
        match (control.attr("type"), control.attr("inputmode")) {
            (Some("email"), _) => address,
            (_, Some("numeric")) if name.ends_with("-year") => "2025",
            (_, Some("numeric")) => "11",
            _ => self.text,
        }
    }
}

/// Every form of a page that changes something, with the same words in each field that takes words, the first answer
/// to each question chosen, and the same file in each field for one.
pub fn fill_every_form(page: &Page, words: Words<'_>, file: &Attachment) -> Vec<Submission> {
    let mut forms = Vec::new();
    for form in page.all("form[method=post]") {
        let mut fillings = Fillings::new();
        let mut questions = HashSet::new();
        for control in controls_of(page, form) {
            let filling = match (control.value().name(), control.attr("type").unwrap_or("text")) {
                ("input", "hidden" | "submit") | ("select", _) => continue,
                ("input", "file") => Filling::File(file.clone()),
                ("input", "radio" | "checkbox") => Filling::Ticked(questions.insert(control.attr("name"))),
                _ => Filling::Text(words.for_control(control).to_owned()),
            };
            fillings.insert(control.id(), filling);
        }
        let buttons = within(form, "button, input[type=submit]");
        forms.extend(buttons.first().and_then(|button| read_form(page, &fillings, *button)));
    }
    forms
}

/// Reads the form that a button sends; `None` when it stands in no form. The path is as the form has it.
pub fn read_form(page: &Page, fillings: &Fillings, button: ElementRef<'_>) -> Option<Submission> {
    let form = match button.attr("form") {
        Some(id) => page.by_id(id)?,
        None => ancestor(button, "form")?,
    };
    let mut reading = Reading { fillings, fields: Vec::new(), files: Vec::new() };
    controls_of(page, form).into_iter().for_each(|control| reading.read(control));
    if let Some(name) = button.attr("name") {
        reading.fields.push((name.to_owned(), button.attr("value").unwrap_or_default().to_owned()));
    }
    let path = button.attr("formaction").or(form.attr("action")).unwrap_or_default().to_owned();
    let encode = || form_urlencoded::Serializer::new(String::new()).extend_pairs(&reading.fields).finish();
    let is_post = form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
    Some(if !is_post {
        let path = format!("{path}?{}", encode());
        Submission { path, is_get: true, content_type: String::new(), body: Vec::new() }
    } else if form.attr("enctype") == Some("multipart/form-data") {
        let (content_type, body) = write_multipart(&reading.fields, &reading.files);
        Submission { path, is_get: false, content_type, body }
    } else {
        let body = encode().into_bytes();
        Submission { path, is_get: false, content_type: "application/x-www-form-urlencoded".to_owned(), body }
    })
}

fn controls_of<'a>(page: &'a Page, form: ElementRef<'a>) -> Vec<ElementRef<'a>> {
    const CONTROLS: &str = "input:not([disabled]), textarea:not([disabled]), select:not([disabled])";
    let mut controls = within(form, CONTROLS);
    if let Some(id) = form.attr("id") {
        controls.extend(page.all(CONTROLS).into_iter().filter(|control| control.attr("form") == Some(id)));
    }
    controls
}

struct Reading<'a> {
    fillings: &'a Fillings,
    fields: Vec<(String, String)>,
    files: Vec<(String, Attachment)>,
}

impl Reading<'_> {
    fn read(&mut self, control: ElementRef<'_>) {
        let Some(name) = control.attr("name") else { return };
        let filling = self.fillings.get(&control.id());
        let value = || control.attr("value").unwrap_or_default().to_owned();
        match (control.value().name(), control.attr("type").unwrap_or("text")) {
            ("input", "submit" | "button" | "image" | "reset") => {}
            ("input", "file") => {
                let file = match filling {
                    Some(Filling::File(file)) => file.clone(),
                    _ => Attachment::default(),
                };
                self.files.push((name.to_owned(), file));
            }
            ("input", "radio" | "checkbox") => {
                let ticked = match filling {
                    Some(Filling::Ticked(ticked)) => *ticked,
                    _ => control.attr("checked").is_some(),
                };
                if ticked {
                    let value = if control.attr("value").is_none() { "on".to_owned() } else { value() };
                    self.fields.push((name.to_owned(), value));
                }
            }
            (tag, _) => {
                let text = match filling {
                    Some(Filling::Text(text)) => text.clone(),
                    _ if tag == "textarea" => control.text().collect(),
                    _ if tag == "select" => chosen_option(control),
                    _ => value(),
                };
                // Browsers send line breaks in this one way, whatever was typed.
                let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
                self.fields.push((name.to_owned(), text));
            }
        }
    }
}

fn chosen_option(list: ElementRef<'_>) -> String {
    let options = within(list, "option");
    let chosen = options.iter().find(|option| option.attr("selected").is_some()).or(options.first());
    chosen.map(|option| option.attr("value").map_or_else(|| text_of(*option), str::to_owned)).unwrap_or_default()
}
