//! What publishing the draft would change, question by question, and what it would ask of whom; and the button that does it.

use serde::Serialize;

use super::affected::{Affected, Concerned};
use super::difference::Difference;
use super::handlers::Seen;
use super::pages::{DRAFT, made_up};
use super::texts::{indicator_address, name_of, standard_address, text_address};
use crate::framework::{DraftFault, DraftText, FrameworkVersion};
use crate::quality::Needs;
use crate::web::{Link, Page, PageLinks, Sample, count, sample};

/// How many are on one page of the list.
pub(super) const PAGE: i64 = 50;
const CONCERNED: &str = "/vrp/framework/draft/publication/concerned";

pub(super) fn published_notice(version: &FrameworkVersion) -> String {
    format!("Version {} of the framework is in force. Self-assessments go over to it now", version.number)
}

/// A trial of publishing.
#[derive(Serialize)]
pub struct PublicationPage {
    edition: i32,
    before_number: i32,
    /// What stands in the way.
    faults: Vec<Link>,
    is_carrying: bool,
    difference: Difference,
    /// What would be asked, a line each.
    asked: Vec<String>,
    being_written: i64,
    handed_in: i64,
}

impl PublicationPage {
    pub(super) fn new(seen: &Seen, faults: &[DraftFault], affected: &Affected, is_carrying: bool) -> Self {
        let before_number = seen.comparison.before.version.number;
        Self {
            edition: seen.draft.edition,
            before_number,
            faults: faults.iter().map(|fault| say_fault(fault, seen)).collect(),
            is_carrying,
            difference: Difference::of(&seen.comparison, format!("Version {before_number}"), "Draft"),
            asked: say_asked(affected),
            being_written: affected.being_written,
            handed_in: affected.handed_in,
        }
    }
}

/// Such as “3 of 41 organisations would need to answer 1 new question”.
fn say_asked(affected: &Affected) -> Vec<String> {
    let of = |number: i64| {
        let organisations = if affected.being_written == 1 { "organisation" } else { "organisations" };
        format!("{number} of {} {organisations}", affected.being_written)
    };
    let new = affected.new.iter().rev().map(|(questions, number)| {
        let questions = count(*questions, "new question", "new questions");
        format!("{} would need to answer {questions}", of(*number))
    });
    let mut lines: Vec<_> = new.collect();
    if affected.again > 0 {
        lines.push(format!(
            "{} would look again at what they have answered, because a question changes",
            of(affected.again)
        ));
    }
    if affected.retired > 0 {
        lines.push(format!("{} have answered what would be asked no more; they keep it to read", of(affected.retired)));
    }
    lines
}

fn say_fault(fault: &DraftFault, seen: &Seen) -> Link {
    let draft = &seen.draft;
    match fault {
        DraftFault::Unchanged => {
            let number = seen.comparison.before.version.number;
            Link::new(format!("The draft says what version {number} says. Change something first"), DRAFT)
        }
        DraftFault::Unwritten(which) => {
            let whose = match which {
                DraftText::Front(_) => "The draft".to_owned(),
                DraftText::Area(id, _) => draft.area(id).map(|area| area.title.clone()).unwrap_or_default(),
                DraftText::Standard(id, _) => draft.standard(id).map(|s| s.title.clone()).unwrap_or_default(),
                DraftText::Indicator(id, _) => {
                    draft.framework.indicator(id).map(|indicator| indicator.question.clone()).unwrap_or_default()
                }
                DraftText::Term(term) => term.clone(),
            };
            Link::new(format!("{whose}: write “{}” first", name_of(which)), text_address(which))
        }
        DraftFault::AreaWithoutStandard(id) => {
            let title = draft.area(id).map(|area| area.title.clone()).unwrap_or_default();
            Link::new(format!("{title}: it has no standard. Add one first"), DRAFT)
        }
        DraftFault::StandardWithoutIndicator(id) => {
            let title = draft.standard(id).map(|standard| standard.title.clone()).unwrap_or_default();
            let text = format!("{title}: it has no question. Add one, or take the standard out");
            Link::new(text, standard_address(id))
        }
        DraftFault::AsksAnewUnchanged(id) => {
            let question = draft.framework.indicator(id).map(|i| i.question.clone()).unwrap_or_default();
            let text = format!("{question}: it says what it said, so nobody needs to look at it again");
            Link::new(text, format!("{}/choices/asks-anew", indicator_address(id)))
        }
    }
}

impl Page for PublicationPage {
    const TEMPLATE: &'static str = "framework_drafting/publication";
    const WIDE: bool = true;
    fn title(&self) -> String {
        "What publishing would change".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("The draft", DRAFT))
    }
}

/// Whom it concerns, by name.
#[derive(Serialize)]
pub struct ConcernedPage {
    rows: Vec<ConcernedRow>,
    pages: PageLinks,
}

#[derive(Serialize)]
struct ConcernedRow {
    organisation: String,
    address: String,
    needs: String,
}

impl ConcernedPage {
    /// `rows` may hold one more than a page, to show that there are more.
    pub fn new(mut rows: Vec<Concerned>, page: u32) -> Self {
        let has_more = rows.len() > PAGE as usize;
        rows.truncate(PAGE as usize);
        let row = |concerned: &Concerned| ConcernedRow {
            organisation: concerned.organisation.clone(),
            address: format!("/vrp/organisations/{}", concerned.slug),
            needs: say_needs(concerned.needs),
        };
        Self {
            rows: rows.iter().map(row).collect(),
            pages: PageLinks::uncounted(page, has_more, |page| format!("{CONCERNED}?page={page}")),
        }
    }
}

fn say_needs(needs: Needs) -> String {
    let mut parts = Vec::new();
    if needs.new > 0 {
        parts.push(format!("Answer {}", count(needs.new, "new question", "new questions")));
    }
    if needs.again > 0 {
        parts.push(format!("Look again at {}", count(needs.again, "answer", "answers")));
    }
    if parts.is_empty() {
        parts.push("Nothing".to_owned());
    }
    if needs.retired > 0 {
        parts.push(format!("{} to what is asked no more", count(needs.retired, "answer", "answers")));
    }
    parts.join("; ")
}

impl Page for ConcernedPage {
    const TEMPLATE: &'static str = "framework_drafting/concerned";
    fn title(&self) -> String {
        "Whom the new framework concerns".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("What publishing would change", "/vrp/framework/draft/publication"))
    }
}

/// The head of the table of everyone concerned.
pub(super) fn concerned_header() -> Vec<String> {
    ["Organisation", "New questions", "Answers to look at again", "Answers to what is asked no more"]
        .map(str::to_owned)
        .into()
}

/// A row of it.
pub(super) fn concerned_row(concerned: &Concerned) -> Vec<String> {
    let Needs { new, again, retired } = concerned.needs;
    vec![concerned.organisation.clone(), new.to_string(), again.to_string(), retired.to_string()]
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let seen = made_up();
    let affected = Affected { being_written: 41, handed_in: 3, new: [(1, 3), (2, 20)].into(), again: 12, retired: 1 };
    let faults = [
        DraftFault::Unwritten(DraftText::Indicator("exp-new".into(), crate::framework::IndicatorPart::Why)),
        DraftFault::Unchanged,
    ];
    let concerned = |needs| Concerned { organisation: "The Hub".into(), slug: "the-hub".into(), needs };
    let some = vec![concerned(Needs { new: 1, again: 2, retired: 1 }); PAGE as usize + 1];
    vec![
        sample(&PublicationPage::new(&seen, &[], &affected, false)),
        sample(&PublicationPage::new(&seen, &faults, &Affected::default(), false)),
        sample(&PublicationPage::new(&seen, &[], &affected, true)),
        sample(&ConcernedPage::new(some, 2)),
        sample(&ConcernedPage::new(Vec::new(), 1)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_asked_is_said_in_words() {
        let affected = Affected { being_written: 41, new: [(1, 3), (2, 20)].into(), again: 1, ..Default::default() };
        assert_eq!(
            say_asked(&affected),
            [
                "20 of 41 organisations would need to answer 2 new questions",
                "3 of 41 organisations would need to answer 1 new question",
                "1 of 41 organisations would look again at what they have answered, because a question changes",
            ]
        );
        assert!(say_asked(&Affected { being_written: 1, ..Default::default() }).is_empty());
        assert_eq!(say_needs(Needs::default()), "Nothing");
        assert_eq!(say_needs(Needs { new: 1, again: 2, retired: 0 }), "Answer 1 new question; Look again at 2 answers");
    }
}
