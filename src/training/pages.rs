//! The pages of one person's record, and the words that training has for its states.

use chrono::NaiveDate;
use serde::Serialize;

use super::completion::Source;
use super::matrix::CellState;
use super::module::{Module, ModuleState, Pathway};
use super::next_steps::NextSteps;
use super::next_steps_page::OwnView;
use super::record::{Record, RecordEntry, RecordLine};
use crate::clock::{day_of, say_day};
use crate::ids::{AccountId, PersonId};
use crate::organisations::{Organisation, Person};
use crate::web::{Link, Page, Sample, sample};

pub(super) const FILES_AWAY: &str =
    "We cannot keep files at the moment. Choose the certificate again in a few minutes, or log without it";
pub(super) const LOGGED: &str = "The training is logged";
pub(super) const CONFIRMED: &str = "The training is confirmed";
pub(super) const IS_IT_ANOTHER: &str =
    "Is this another training? If it is, tick the box. If not, there is nothing to log";
pub(super) const LOGGED_ALREADY: &str = "This training is logged already for this date";

/// Who reads a record.
#[derive(Debug, Clone, Copy)]
pub struct RecordReader {
    pub account: AccountId,
    pub is_owner: bool,
    pub is_lead: bool,
    pub sees_all: bool,
}

#[derive(Serialize)]
pub struct RecordPage {
    heading: String,
    introduction: Option<&'static str>,
    held: usize,
    required: usize,
    log_address: Option<String>,
    #[serde(flatten)]
    own: OwnView,
    groups: Vec<RecordGroup>,
    earlier: Vec<EntryView>,
    #[serde(skip)]
    back: Link,
}

#[derive(Serialize)]
struct RecordGroup {
    title: &'static str,
    lines: Vec<LineView>,
}

#[derive(Serialize)]
struct LineView {
    title: String,
    summary: String,
    state: &'static str,
    state_text: String,
    entry: Option<EntryView>,
    log_address: Option<String>,
}

#[derive(Serialize)]
struct EntryView {
    module: String,
    /// The course by others that counts as it.
    equivalent: Option<String>,
    completed_on: String,
    expires: Option<String>,
    provider: String,
    source: String,
    certificate: Option<Certificate>,
    confirm_address: Option<String>,
    /// Its own page, with its history.
    address: String,
    is_corrected: bool,
}

#[derive(Serialize)]
struct Certificate {
    name: String,
    size: String,
    /// `None` for those who may know of it and not open it.
    address: Option<String>,
}

/// What a record's links lead to, for one who reads it.
struct Links {
    log: Option<String>,
    /// Followed by the id of a completion.
    completions: String,
    may_open: bool,
    is_owner: bool,
    confirm_as: Option<(AccountId, Person)>,
}

impl RecordPage {
    /// Someone's record on the pages of an organisation.
    pub fn within(organisation: &Organisation, person: &Person, record: &Record, reader: RecordReader) -> Self {
        let slug = &organisation.slug;
        let links = Links {
            log: (reader.is_owner || reader.is_lead).then(|| log_address(slug, person.id)),
            completions: format!("/organisations/{slug}/training/completions/"),
            may_open: reader.is_owner || reader.is_lead,
            is_owner: reader.is_owner,
            confirm_as: reader.is_lead.then(|| (reader.account, person.clone())),
        };
        let heading = if reader.is_owner { "Your training".to_owned() } else { format!("Training of {}", person.name) };
        // The matrix would send a practitioner straight back here.
        let back = match reader.sees_all {
            true => Link::new("Training", format!("/organisations/{slug}/training")),
            false => Link::new(organisation.name.clone(), format!("/organisations/{slug}")),
        };
        Self::new(heading, None, record, &links, back)
    }

    /// One's own record, across organisations.
    pub fn own(record: &Record, next: &NextSteps) -> Self {
        let links = Links {
            log: Some("/my/training/new".to_owned()),
            completions: "/my/training/completions/".to_owned(),
            may_open: true,
            is_owner: true,
            confirm_as: None,
        };
        let introduction = "This record is yours. It goes with you from one organisation to the next.";
        let back = Link::new("My page", "/my");
        let page = Self::new("Your training".to_owned(), Some(introduction), record, &links, back);
        Self { own: OwnView::of(next), ..page }
    }

    fn new(heading: String, introduction: Option<&'static str>, record: &Record, links: &Links, back: Link) -> Self {
        let (held, required) = record.progress();
        let group = |pathway: &Pathway| RecordGroup {
            title: pathway_name(*pathway),
            lines: record
                .lines
                .iter()
                .filter(|line| line.module.pathway() == *pathway && is_shown(line))
                .map(|line| line_view(line, links))
                .collect(),
        };
        let groups = Pathway::ALL.iter().map(group).filter(|group| !group.lines.is_empty()).collect();
        let earlier = record.earlier.iter().map(|entry| entry_view(entry, links)).collect();
        let (log_address, own) = (links.log.clone(), OwnView::none());
        Self { heading, introduction, held, required, log_address, own, groups, earlier, back }
    }
}

impl Page for RecordPage {
    const TEMPLATE: &'static str = "training/record";
    fn title(&self) -> String {
        self.heading.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(self.back.clone())
    }
}

/// For someone who has never been in an organisation.
#[derive(Serialize)]
pub struct NoRecordPage {}
impl Page for NoRecordPage {
    const TEMPLATE: &'static str = "training/no-record";
    fn title(&self) -> String {
        "Your training".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("My page", "/my"))
    }
}

pub(super) fn record_address(slug: &str, person: PersonId) -> String {
    format!("/organisations/{slug}/training/people/{person}")
}

pub(super) fn log_address(slug: &str, person: PersonId) -> String {
    format!("/organisations/{slug}/training/people/{person}/new")
}

pub fn pathway_name(pathway: Pathway) -> &'static str {
    match pathway {
        Pathway::Core => "Core",
        Pathway::Accountability => "Accountability",
        Pathway::Cpd => "CPD",
    }
}

/// The state's name in `components/state-mark`.
pub(super) fn mark_of(state: CellState) -> &'static str {
    match state {
        CellState::NotRequired => "not-required",
        CellState::NotStarted => "not-started",
        CellState::Booked => "booked",
        CellState::InDate => "in-date",
        CellState::Expiring => "expiring",
        CellState::Expired => "expired",
    }
}

/// A state in words, with the day it ends and the day of the session booked, where it has them.
pub(super) fn say_state(
    module: &Module,
    state: CellState,
    (expires_on, booked_on): (Option<NaiveDate>, Option<NaiveDate>),
    say: fn(NaiveDate) -> String,
) -> String {
    let booked = booked_on.map(say);
    let text = match (state, expires_on.map(say)) {
        (CellState::InDate, Some(day)) => format!("In date to {day}"),
        (CellState::InDate, None) => "In date".to_owned(),
        (CellState::Expiring, Some(day)) => format!("Expires {day}"),
        (CellState::Expired, Some(day)) => format!("Expired {day}"),
        (CellState::NotStarted, _) => "Not started".to_owned(),
        (CellState::Booked, _) => return booked.map_or_else(|| "Booked".to_owned(), |day| format!("Booked {day}")),
        _ if module.pathway() == Pathway::Cpd => "Optional".to_owned(),
        _ => "Not required".to_owned(),
    };
    match booked {
        Some(day) => format!("{text}, booked {day}"),
        None => text,
    }
}

/// What is neither required nor held is left out, but for qualifications: those are offered to all.
fn is_shown(line: &RecordLine) -> bool {
    let is_offered = line.module.rules.state == ModuleState::Offered;
    line.required || line.latest.is_some() || is_offered && line.module.pathway() == Pathway::Cpd
}

fn line_view(line: &RecordLine, links: &Links) -> LineView {
    let expires_on = line.latest.as_ref().and_then(|entry| entry.completion.expires_on);
    LineView {
        title: line.module.title.clone(),
        summary: line.module.summary.clone(),
        state: mark_of(line.state),
        state_text: say_state(&line.module, line.state, (expires_on, line.booked_on), say_day),
        entry: line.latest.as_ref().map(|entry| entry_view(entry, links)),
        log_address: links.log.as_ref().map(|address| format!("{address}?module={}", line.module.id)),
    }
}

fn entry_view(entry: &RecordEntry, links: &Links) -> EntryView {
    let completion = &entry.completion;
    let address = format!("{}{}", links.completions, completion.id);
    let may_confirm = links.confirm_as.as_ref().is_some_and(|(by, owner)| completion.may_be_confirmed_by(*by, owner));
    EntryView {
        module: entry.module.title.clone(),
        equivalent: entry.equivalent.clone(),
        completed_on: say_day(completion.completed_on),
        expires: completion.expires_on.map(say_day),
        provider: completion.provider.clone(),
        source: say_source(entry, links.is_owner),
        certificate: entry.certificate.as_ref().map(|file| Certificate {
            name: file.name.clone(),
            size: file.say_size(),
            address: links.may_open.then(|| format!("{address}/certificate")),
        }),
        confirm_address: may_confirm.then(|| format!("{address}/confirmation")),
        is_corrected: completion.corrects.is_some(),
        address,
    }
}

fn say_source(entry: &RecordEntry, to_owner: bool) -> String {
    let on_whose_word = match (entry.completion.source(), entry.confirmed_by.as_deref()) {
        (Source::SelfLogged, _) if to_owner => "Logged by yourself, not confirmed yet".to_owned(),
        (Source::SelfLogged, _) => "Logged by themselves, not confirmed yet".to_owned(),
        (Source::Confirmed, Some(name)) => format!("Confirmed by {name}"),
        (Source::Confirmed, None) => "Confirmed by a lead".to_owned(),
        (Source::Verified, _) => "Verified by the provider".to_owned(),
    };
    match entry.imported_at {
        None => on_whose_word,
        Some(at) => format!("{on_whose_word}, from a spreadsheet on {}", say_day(day_of(at))),
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let entry = |module: &str, confirm_address: Option<&str>, address: Option<&str>| EntryView {
        module: module.into(),
        equivalent: Some("Safeguarding training of your sport’s governing body".into()),
        completed_on: "3 November 2023".into(),
        expires: Some("3 November 2026".into()),
        provider: "Base 51".into(),
        source: "Logged by themselves, not confirmed yet".into(),
        certificate: Some(Certificate {
            name: "certificate.pdf".into(),
            size: "340 KB".into(),
            address: address.map(str::to_owned),
        }),
        confirm_address: confirm_address.map(str::to_owned),
        address: "/my/training/completions/1".into(),
        is_corrected: confirm_address.is_none(),
    };
    let line = |title: &str, state, text: &str, entry| LineView {
        title: title.into(),
        summary: "You will be able to spot signs that a young person may be at risk.".into(),
        state: mark_of(state),
        state_text: text.into(),
        entry,
        log_address: Some("/my/training/new?module=send".into()),
    };
    let confirm = Some("/organisations/the-hub/training/completions/1/confirmation");
    let record = RecordPage {
        heading: "Training of Amina Yusuf".into(),
        introduction: None,
        held: 1,
        required: 7,
        log_address: Some("/my/training/new".into()),
        own: OwnView::sample(),
        groups: vec![RecordGroup {
            title: "Core",
            lines: vec![
                line("Safeguarding", CellState::Expired, "Expired 3 November 2026", Some(entry("", confirm, confirm))),
                line("SEND", CellState::NotStarted, "Not started", None),
            ],
        }],
        earlier: vec![entry("Safeguarding", None, None)],
        back: Link::new("Training", "/organisations/the-hub/training"),
    };
    let bare = RecordPage {
        heading: "Your training".into(),
        introduction: Some("This record is yours."),
        held: 0,
        required: 0,
        log_address: None,
        own: OwnView::none(),
        groups: Vec::new(),
        earlier: Vec::new(),
        back: Link::new("My page", "/my"),
    };
    vec![sample(&record), sample(&bare), sample(&NoRecordPage {})]
}
