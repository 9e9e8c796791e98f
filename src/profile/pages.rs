//! The profile as its members see it, and the changes before they are published.

use serde::Serialize;

use crate::clock::say_instant;
use crate::organisations::{Organisation, ProfileChange, Question, WorkingProfile};
use crate::questions::{Asked, Meanwhile, answer_text, row_name};
use crate::web::{Link, Page, Problem, Sample, count, sample};

pub(super) const SAVED: &str = "Saved. It is not public until you publish your changes";
pub(super) const AS_PUBLIC: &str = "Saved. That is what the public reads already";
pub(super) const PUBLISHED: &str = "Your changes are public now";
pub(super) const DISCARDED: &str = "The change is taken back";
pub(super) const ALL_DISCARDED: &str = "All changes are taken back";
pub(super) const LOOK_AGAIN: &str =
    "Someone changed an answer since you opened this page. Look at the changes again, then publish them";
pub(super) const NUMBER_TAKEN: &str =
    "Another organisation is registered with one of these numbers. Check them, or ask that organisation to invite you";

pub(super) fn profile_address(organisation: &Organisation) -> String {
    format!("/organisations/{}/profile", organisation.slug)
}

pub(super) fn changes_address(organisation: &Organisation) -> String {
    format!("{}/changes", profile_address(organisation))
}

/// A question as the profile asks it; back leads to the profile.
pub(super) fn asked_in_profile(organisation: &Organisation, question: Question) -> Asked {
    let home = profile_address(organisation);
    Asked {
        question,
        action: format!("{home}/{}", question.as_str()),
        caption: organisation.name.clone(),
        back_to: home,
    }
}

/// What someone else answered meanwhile.
pub(super) fn meanwhile_of(profile: &WorkingProfile, question: Question) -> Meanwhile {
    let change = profile.change_of(question);
    Meanwhile {
        who: change.map(|change| change.changed_by.clone()),
        when: change.map(|change| say_instant(change.changed_at)).unwrap_or_default(),
        text: answer_text(&profile.working, question),
    }
}

/// Everything the organisation says of itself.
#[derive(Serialize)]
pub struct ProfilePage {
    organisation_name: String,
    rows: Vec<ProfileRow>,
    /// `2 changes are not public yet`; nothing when there are none.
    changes_text: Option<String>,
    /// For leads, while there are changes.
    changes: Option<String>,
    public: String,
    is_open: bool,
    /// For leads, while it is open.
    closing: Option<String>,
    #[serde(skip)]
    home: String,
}

#[derive(Serialize)]
struct ProfileRow {
    name: &'static str,
    text: String,
    href: Option<String>,
    change_what: &'static str,
    changed: Option<ChangedSince>,
}

/// What is public while a change waits.
#[derive(Serialize)]
struct ChangedSince {
    was: String,
    by: String,
}

impl ProfilePage {
    pub fn new(profile: &WorkingProfile, is_lead: bool) -> Self {
        let organisation = &profile.public.organisation;
        let may_change = is_lead && !organisation.is_closed();
        let home = profile_address(organisation);
        let row = |question: Question| {
            let (name, change_what) = row_name(question);
            ProfileRow {
                name,
                text: answer_text(&profile.working, question),
                href: may_change.then(|| format!("{home}/{}", question.as_str())),
                change_what,
                changed: profile.change_of(question).map(|change| ChangedSince {
                    was: answer_text(&profile.public, question),
                    by: say_who_changed(change),
                }),
            }
        };
        let changed = profile.changes.len();
        Self {
            organisation_name: organisation.name.clone(),
            rows: Question::ALL.iter().copied().map(row).collect(),
            changes_text: (changed > 0).then(|| say_waiting(changed)),
            changes: (may_change && changed > 0).then(|| changes_address(organisation)),
            public: format!("/directory/{}", organisation.slug),
            is_open: organisation.is_open(),
            closing: (is_lead && organisation.is_open())
                .then(|| format!("/organisations/{}/closing", organisation.slug)),
            home: format!("/organisations/{}", organisation.slug),
        }
    }
}

impl Page for ProfilePage {
    const TEMPLATE: &'static str = "profile/profile";
    fn title(&self) -> String {
        "Your profile".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.home)
    }
}

/// The changes that wait, to look at before they are published.
#[derive(Serialize)]
pub struct ChangesPage {
    organisation_name: String,
    heading: String,
    rows: Vec<ChangeRow>,
    /// A mark of all of them.
    seen: String,
    /// The VRP will be told.
    matters: bool,
    problems: Vec<Problem>,
    address: String,
}

#[derive(Serialize)]
struct ChangeRow {
    id: &'static str,
    name: &'static str,
    change_what: &'static str,
    was: String,
    is: String,
    by: String,
    /// A mark of this one.
    seen: String,
    change: String,
    discard: String,
}

impl ChangesPage {
    pub fn new(profile: &WorkingProfile, problem: Option<&str>) -> Self {
        let organisation = &profile.public.organisation;
        let home = profile_address(organisation);
        let row = |change: &ProfileChange| {
            let question = change.answer.question();
            let (name, change_what) = row_name(question);
            ChangeRow {
                id: question.as_str(),
                name,
                change_what,
                was: answer_text(&profile.public, question),
                is: answer_text(&profile.working, question),
                by: say_who_changed(change),
                seen: profile.mark_of(question),
                change: format!("{home}/{}", question.as_str()),
                discard: format!("{home}/changes/{}/discarding", question.as_str()),
            }
        };
        let rows: Vec<ChangeRow> = profile.changes.iter().map(row).collect();
        let to_number = |text: &str| {
            let href = if text == NUMBER_TAKEN { "#numbers" } else { "#changes" };
            Problem { href: href.into(), text: text.into() }
        };
        Self {
            organisation_name: organisation.name.clone(),
            heading: if rows.is_empty() { "Nothing to publish".into() } else { say_waiting(rows.len()) },
            rows,
            seen: profile.mark_of_changes(),
            matters: [Question::Name, Question::SafeguardingLead].iter().any(|q| profile.change_of(*q).is_some()),
            problems: problem.map(to_number).into_iter().collect(),
            address: home,
        }
    }
}

impl Page for ChangesPage {
    const TEMPLATE: &'static str = "profile/changes";
    fn title(&self) -> String {
        self.heading.clone()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.address)
    }
}

fn say_waiting(changed: usize) -> String {
    let are = if changed == 1 { "is" } else { "are" };
    format!("{} {are} not public yet", count(changed, "change", "changes"))
}

fn say_who_changed(change: &ProfileChange) -> String {
    format!("{}, {}", change.changed_by, say_instant(change.changed_at))
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let row = |changed: Option<ChangedSince>| ProfileRow {
        name: "Name",
        text: "The Hub".into(),
        href: Some("/organisations/the-hub/profile/name".into()),
        change_what: "name",
        changed,
    };
    let changed = ChangedSince { was: "The Old Hub".into(), by: "Rob Ward, 3 November 2026 at 4:05pm".into() };
    let profile = |rows, changes: Option<String>| ProfilePage {
        organisation_name: "The Hub".into(),
        rows,
        changes_text: changes.is_some().then(|| say_waiting(1)),
        changes,
        public: "/directory/the-hub".into(),
        is_open: true,
        closing: Some("/organisations/the-hub/closing".into()),
        home: "/organisations/the-hub".into(),
    };
    let change = ChangeRow {
        id: "name",
        name: "Name",
        change_what: "name",
        was: "The Old Hub".into(),
        is: "The Hub".into(),
        by: "Rob Ward, 3 November 2026 at 4:05pm".into(),
        seen: "0a1b".into(),
        change: "/organisations/the-hub/profile/name".into(),
        discard: "/organisations/the-hub/profile/changes/name/discarding".into(),
    };
    let changes = |rows: Vec<ChangeRow>, problem: Option<&str>| ChangesPage {
        organisation_name: "The Hub".into(),
        heading: say_waiting(rows.len()),
        matters: !rows.is_empty(),
        rows,
        seen: "0a1b".into(),
        problems: problem.map(|text| Problem { href: "#changes".into(), text: text.into() }).into_iter().collect(),
        address: "/organisations/the-hub/profile".into(),
    };
    vec![
        sample(&profile(vec![row(Some(changed)), row(None)], Some("/organisations/the-hub/profile/changes".into()))),
        sample(&ProfilePage { is_open: false, closing: None, ..profile(vec![row(None)], None) }),
        sample(&changes(vec![change], Some(LOOK_AGAIN))),
        sample(&changes(Vec::new(), None)),
    ]
}
