//! From a letter's struct to subject, plain text and HTML.

use serde::Serialize;

use crate::error::{Error, Result};
use crate::templates;

/// A kind of letter: its struct holds what it says, its template in `templates/email/` how.
/// The template's first line is `Subject: …`; then paragraphs, with a link alone on its line.
pub trait Letter: Serialize {
    /// The template's name within `templates/email/`.
    const NAME: &'static str;

    /// Where one press stops letters of this kind; `None` for those that everyone gets.
    fn unsubscribe(&self) -> Option<&str> {
        None
    }
}

/// A letter written out.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

#[derive(Serialize)]
struct Context<'a, L> {
    site: &'a str,
    letter: &'a L,
}

#[derive(Serialize)]
struct HtmlPart<'a> {
    subject: &'a str,
    paragraphs: Vec<HtmlParagraph<'a>>,
}

#[derive(Serialize)]
struct HtmlParagraph<'a> {
    lines: Vec<&'a str>,
    link: bool,
}

/// Writes a letter; `site` is the address of the portal without a slash at its end.
pub fn write<L: Letter>(letter: &L, site: &str) -> Result<Written> {
    let filled = templates::fill_plain(&format!("email/{}", L::NAME), &Context { site, letter })?;
    let (first, body) = filled.split_once('\n').unwrap_or((&filled, ""));
    let subject = first
        .strip_prefix("Subject: ")
        .ok_or_else(|| Error::unexpected(format!("email/{} does not begin with its subject", L::NAME)))?;
    let subject: String = subject.chars().filter(|c| !c.is_control()).collect();
    let text = format!("{}\n", body.trim());
    let paragraphs = text
        .split("\n\n")
        .map(|p| p.trim())
        .filter(|p| !p.is_empty())
        .map(|p| HtmlParagraph {
            lines: p.lines().collect(),
            // What people typed may hold a link too: it stays text.
            link: p.starts_with(site) && !p.contains(char::is_whitespace),
        })
        .collect();
    let html = templates::fill("layouts/email", &HtmlPart { subject: &subject, paragraphs })?;
    Ok(Written { subject, text, html })
}
