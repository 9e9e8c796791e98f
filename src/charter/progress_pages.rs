//! How a pledge is kept, for its organisation; and the words for it that anyone reads.

use serde::Serialize;

use super::commitment::{Commitment, PledgeInFull, Promise};
use super::forms::{CheckForm, NoteForm};
use super::pages::Place;
use super::progress::{CommitmentNote, Progress, Stage};
use crate::clock::{day_of, say_day};
use crate::organisations::{Membership, MembershipRole, Organisation};
use crate::voice::{SaidAbout, SaidLately};
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

pub(super) const NOTED: &str = "Your note is saved";
pub(super) const ANSWERED: &str = "Thank you. What you wrote is saved";
pub(super) const NOT_CHOSEN: &str = "Nothing was changed: select who can read it";

pub(super) fn showing_notice(shown: bool) -> &'static str {
    if shown { "Anyone can read how you keep your pledge" } else { "Only your organisation reads this now" }
}

/// How it goes, in words.
pub fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Begun => "We have begun",
        Stage::GoingWell => "It is going well",
        Stage::Stuck => "We are stuck",
        Stage::Done => "It is done",
    }
}

fn stage_colour(stage: Stage) -> &'static str {
    match stage {
        Stage::Begun => "blue",
        Stage::GoingWell | Stage::Done => "green",
        Stage::Stuck => "orange",
    }
}

/// Every commitment with what was noted of it.
#[derive(Serialize)]
pub struct ProgressPage {
    #[serde(flatten)]
    place: Place,
    can_note: bool,
    shown: bool,
    code: String,
    noted: usize,
    total: usize,
    promises: Vec<KeptPromise>,
    /// What changed for young people, once it was said.
    changed: Option<String>,
}

#[derive(Serialize)]
struct KeptPromise {
    id: String,
    theme: String,
    commitment: String,
    who_and_when: Option<String>,
    stage: Option<&'static str>,
    colour: &'static str,
    notes: Vec<NoteView>,
    /// What young people say about it.
    said: Option<SaidAbout>,
}

#[derive(Serialize)]
struct NoteView {
    stage: &'static str,
    words: String,
    /// `Asha Patel, 3 November 2026`.
    by: String,
}

impl ProgressPage {
    pub fn new(
        organisation: &Organisation,
        membership: &Membership,
        whole: &PledgeInFull,
        progress: &Progress,
        said: Option<&SaidLately>,
    ) -> Self {
        let kept = |promise: &Promise| {
            let latest = progress.latest_of(&promise.statement.id);
            let notes = progress.notes.get(&promise.statement.id).map(Vec::as_slice).unwrap_or_default();
            KeptPromise {
                id: promise.statement.id.to_string(),
                theme: promise.statement.theme.clone(),
                commitment: promise.commitment.as_ref().map(|said| said.words.clone()).unwrap_or_default(),
                who_and_when: promise.commitment.as_ref().and_then(Commitment::who_and_when),
                stage: latest.map(|note| stage_name(note.stage)),
                colour: latest.map_or("grey", |note| stage_colour(note.stage)),
                said: said.and_then(|said| said.about_statement(&promise.statement.id)),
                notes: notes.iter().map(|(note, by)| NoteView::of(note, by)).collect(),
            }
        };
        let promises: Vec<KeptPromise> = whole.promises.iter().map(kept).collect();
        Self {
            place: Place::of(organisation, membership),
            can_note: membership.role != MembershipRole::Viewer && !organisation.is_closed(),
            shown: whole.pledge.shows_progress,
            code: whole.pledge.code.clone(),
            noted: promises.iter().filter(|promise| promise.stage.is_some()).count(),
            total: promises.len(),
            changed: progress.check.as_ref().map(|check| check.words.clone()),
            promises,
        }
    }
}

impl NoteView {
    fn of(note: &CommitmentNote, by: &str) -> Self {
        Self {
            stage: stage_name(note.stage),
            words: note.words.clone(),
            by: format!("{by}, {}", say_day(day_of(note.written_at))),
        }
    }
}

impl Page for ProgressPage {
    const TEMPLATE: &'static str = "charter/progress";
    fn title(&self) -> String {
        "How you keep your pledge".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.place.address)
    }
}

/// A note on one commitment.
#[derive(Serialize)]
pub struct NotePage {
    #[serde(flatten)]
    place: Place,
    id: String,
    theme: String,
    commitment: String,
    stages: Vec<Choice>,
    form: Filled,
}

impl NotePage {
    pub fn new(organisation: &Organisation, promise: &Promise, form: Filled) -> Self {
        Self {
            place: Place::seen_by_a_signatory(organisation),
            id: promise.statement.id.to_string(),
            theme: promise.statement.theme.clone(),
            commitment: promise.commitment.as_ref().map(|said| said.words.clone()).unwrap_or_default(),
            stages: Stage::ALL.iter().map(|stage| Choice::new(stage.as_str(), stage_name(*stage))).collect(),
            form,
        }
    }
}

impl Page for NotePage {
    const TEMPLATE: &'static str = "charter/progress-note";
    fn title(&self) -> String {
        format!("{}: how is it going?", self.theme)
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("{}/progress", self.place.address))
    }
}

/// Once a year.
#[derive(Serialize)]
pub struct CheckPage {
    #[serde(flatten)]
    place: Place,
    form: Filled,
}

impl CheckPage {
    pub fn new(organisation: &Organisation, form: Filled) -> Self {
        Self { place: Place::seen_by_a_signatory(organisation), form }
    }
}

impl Page for CheckPage {
    const TEMPLATE: &'static str = "charter/check";
    fn title(&self) -> String {
        "What changed for young people?".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("{}/progress", self.place.address))
    }
}

/// Each page with made-up content.
pub(super) fn progress_samples() -> Vec<Sample> {
    let note = || NoteView {
        stage: stage_name(Stage::GoingWell),
        words: "Eleven young people came to the first evening.".into(),
        by: "Asha Patel, 3 November 2026".into(),
    };
    let promise = |notes: Vec<NoteView>| KeptPromise {
        said: (!notes.is_empty()).then(SaidAbout::made_up),
        id: "respect".into(),
        theme: "Respect".into(),
        commitment: "We write our ground rules with young people each September.".into(),
        who_and_when: Some("The lead volunteer, by 31 March 2027".into()),
        stage: notes.first().map(|note| note.stage),
        colour: "green",
        notes,
    };
    let page = |shown: bool| ProgressPage {
        place: Place::sample(),
        can_note: shown,
        shown,
        code: "PL-7KQ2M9XB".into(),
        noted: 1,
        total: 2,
        promises: vec![promise(vec![note(), note()]), promise(Vec::new())],
        changed: shown.then(|| "Young people choose the trips now.".to_owned()),
    };
    let wrong = Filled::blank(NoteForm::FIELDS).with_problem("stage", "Select how it is going");
    vec![
        sample(&page(true)),
        sample(&page(false)),
        sample(&NotePage {
            place: Place::sample(),
            id: "respect".into(),
            theme: "Respect".into(),
            commitment: "We write our ground rules with young people each September.".into(),
            stages: vec![Choice::new("done", "It is done")],
            form: wrong,
        }),
        sample(&CheckPage {
            place: Place::sample(),
            form: Filled::blank(CheckForm::FIELDS).with_problem("words", "Enter what changed for young people"),
        }),
    ]
}
