//! What is written about a round.

use serde::Serialize;

use crate::mail::Letter;

/// To the leads of everyone whom a round is for.
#[derive(Serialize)]
pub(super) struct RoundOpenedLetter<'a> {
    pub organisation: &'a str,
    pub slug: &'a str,
    pub round: &'a str,
    pub ends_on: String,
}
impl Letter for RoundOpenedLetter<'_> {
    const NAME: &'static str = "skills-round-opened";
}

/// To the leads of those that took part.
#[derive(Serialize)]
pub(super) struct RoundClosedLetter<'a> {
    pub organisation: &'a str,
    pub slug: &'a str,
    pub round: &'a str,
}
impl Letter for RoundClosedLetter<'_> {
    const NAME: &'static str = "skills-round-closed";
}

/// To someone who is asked to answer: for the first time, or again.
#[derive(Serialize)]
pub(super) struct AskedLetter<'a> {
    pub organisation: &'a str,
    pub name: &'a str,
    /// Where they answer, without the portal's own address.
    pub page: String,
    /// They come by a link that is theirs alone.
    pub by_link: bool,
    /// They were asked before.
    pub again: bool,
    pub ends_on: Option<String>,
}
impl Letter for AskedLetter<'_> {
    const NAME: &'static str = "skills-asked";
}
