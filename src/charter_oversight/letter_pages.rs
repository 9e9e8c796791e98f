//! The pages of letters to a group: writing one, with those it goes to, and those that were sent.

use serde::Serialize;

use super::group_letter::GroupLetter;
use super::waiting::Waiting;
use super::waiting_page::{WaitingQuery, made_up, say_found};
use super::way_page::{WAY, district_name, step_name};
use crate::clock::say_instant;
use crate::ids::CensusId;
use crate::organisations::District;
use crate::web::{Ask, Filled, Form, Link, Page, Sample, Sent, count, sample};
use crate::words::{Line, Passage};

pub(super) const LETTERS: &str = "/vrp/charter/way/letters";
pub(super) const OTHERS_BY_NOW: &str = "It would go to others than you were shown, because they were counted anew or one of \
                                        them closed. Look at the list, then send it";
/// So many are named before it is sent.
const NAMED: usize = 10;

pub(super) fn sending_notice(organisations: usize) -> String {
    format!("Your letter is on its way to {}", count(organisations, "organisation", "organisations"))
}

/// The letter, and what its writer was shown.
pub struct LetterForm {
    pub subject: Line<120>,
    pub words: Passage<4000>,
    pub census_seen: Option<CensusId>,
    pub organisations_seen: usize,
}

impl LetterForm {
    pub const FIELDS: &[&str] = &["subject", "words"];
}

impl Form for LetterForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let census_seen = sent.typed("census").parse().ok();
        let organisations_seen = sent.typed("organisations").parse().unwrap_or(0);
        let subject = sent.line(Ask::new("subject", "The subject", "Enter a subject"));
        let words = sent.passage(Ask::new("words", "The letter", "Write the letter"));
        Some(Self { subject: subject?, words: words?, census_seen, organisations_seen })
    }
}

/// To whom a letter would go.
pub struct Addressed {
    pub census: Option<CensusId>,
    pub waiting: Waiting,
    pub districts: Vec<District>,
}

impl Addressed {
    pub fn nobody(districts: Vec<District>) -> Self {
        let waiting = Waiting { organisations: Vec::new(), has_more: false, found: 0 };
        Self { census: None, waiting, districts }
    }
}

/// Writing a letter.
#[derive(Serialize)]
pub struct NewLetterPage {
    action: String,
    list: String,
    group: String,
    found_text: String,
    found: usize,
    named: Vec<String>,
    /// How many are not named.
    more: usize,
    census: String,
    form: Filled,
}

fn say_group(step: Option<&str>, district: Option<&str>, days: i64) -> String {
    let step = step.unwrap_or("Every step before a pledge in force");
    let mut words = format!("{step}, {}", district.unwrap_or("all districts"));
    if days > 0 {
        words += &format!(", for {} or longer", count(usize::try_from(days).unwrap_or_default(), "day", "days"));
    }
    words
}

impl NewLetterPage {
    pub fn new(query: &WaitingQuery, addressed: &Addressed, form: Filled) -> Self {
        let sought = query.sought();
        let district = sought.district.as_ref().map(|word| district_name(word, &addressed.districts));
        let found = addressed.waiting.found;
        let named: Vec<String> =
            addressed.waiting.organisations.iter().take(NAMED).map(|one| one.name.clone()).collect();
        Self {
            action: query.address("/vrp/charter/way/letter", None),
            list: query.address("/vrp/charter/way/waiting", None),
            group: say_group(sought.step.map(step_name), district.as_deref(), i64::from(sought.days)),
            found_text: say_found(found),
            found,
            more: found - named.len(),
            named,
            census: addressed.census.map(|id| id.to_string()).unwrap_or_default(),
            form,
        }
    }
}

impl Page for NewLetterPage {
    const TEMPLATE: &'static str = "charter_oversight/letter";
    fn title(&self) -> String {
        "Write to these organisations".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.list.clone())
    }
}

/// What was sent.
#[derive(Serialize)]
pub struct LettersPage {
    letters: Vec<LetterRow>,
}

#[derive(Serialize)]
struct LetterRow {
    subject: String,
    words: String,
    group: String,
    /// By whom and when.
    written: String,
    gone: String,
    is_sent: bool,
}

impl LettersPage {
    pub fn new(letters: &[(GroupLetter, String)], districts: &[District]) -> Self {
        let row = |(letter, by): &(GroupLetter, String)| {
            let district = letter.district.as_ref().map(|word| district_name(word, districts));
            let n = |n: i64| usize::try_from(n).unwrap_or_default();
            LetterRow {
                subject: letter.subject.clone(),
                words: letter.words.clone(),
                group: say_group(letter.step.map(step_name), district.as_deref(), i64::from(letter.days)),
                written: format!("{by}, {}", say_instant(letter.written_at)),
                gone: format!(
                    "{} to {}",
                    count(n(letter.letters), "letter", "letters"),
                    count(n(letter.organisations), "organisation", "organisations")
                ),
                is_sent: letter.is_sent(),
            }
        };
        Self { letters: letters.iter().map(row).collect() }
    }
}

impl Page for LettersPage {
    const TEMPLATE: &'static str = "charter_oversight/letters";
    fn title(&self) -> String {
        "Letters to groups".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(WAY)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let waiting = |found| Waiting { organisations: vec![made_up("The Hub")], has_more: false, found };
    let addressed = |found| Addressed { census: Some(CensusId::new()), waiting: waiting(found), districts: Vec::new() };
    let query = WaitingQuery { step: "trained".into(), days: "30".into(), ..WaitingQuery::default() };
    let wrong = Filled::blank(LetterForm::FIELDS).with_problem("subject", "Enter a subject");
    let row = |is_sent| LetterRow {
        subject: "Come to the next training".into(),
        words: "There are places on 3 December.".into(),
        group: say_group(Some("Interested"), None, 30),
        written: "Sunita Marsh, 3 November 2026 at 4:05pm".into(),
        gone: "14 letters to 9 organisations".into(),
        is_sent,
    };
    vec![
        sample(&NewLetterPage::new(&query, &addressed(1), wrong)),
        sample(&NewLetterPage::new(&query, &addressed(12), Filled::blank(LetterForm::FIELDS))),
        sample(&NewLetterPage::new(&query, &Addressed::nobody(Vec::new()), Filled::blank(LetterForm::FIELDS))),
        sample(&LettersPage { letters: vec![row(true), row(false)] }),
        sample(&LettersPage { letters: Vec::new() }),
    ]
}
