//! The dry run as a page: what is wrong, what is to be chosen, and what would change.

use std::collections::BTreeMap;

use serde::Serialize;

use super::check::{Change, Checked, Conflict, Keep};
use super::finding::{Finding, Found};
use super::forms::KeepForm;
use super::pages::{address_of, offline_of, say_numbers};
use super::upload::Upload;
use super::wording::{say_finding, say_place};
use crate::clock::say_instant;
use crate::ids::{AccountId, IndicatorId};
use crate::organisations::Organisation;
use crate::quality::{Sheet, judgement_name};
use crate::web::{Choice, Field, Filled, Link, Page, Sample, count, sample};

/// So many problems are listed; whoever has more mends these first.
const MOST_LISTED: usize = 200;

#[derive(Serialize)]
pub struct TrialPage {
    file_name: String,
    stats: Vec<Stat>,
    problems: Vec<ProblemRow>,
    problems_text: String,
    /// How many more there are.
    more_problems: Option<String>,
    conflicts: Vec<ConflictView>,
    conflicts_text: String,
    /// Some are not chosen yet.
    must_choose: bool,
    /// Where something stands by now.
    changed: Vec<ChangeRow>,
    changed_text: String,
    new: Vec<ChangeRow>,
    new_text: String,
    /// The words of the button, once there is nothing in the way.
    confirm_text: Option<String>,
    nothing_new: bool,
    kept_until: String,
    address: String,
    bring_again: String,
}

#[derive(Serialize)]
struct Stat {
    number: usize,
    label: &'static str,
}

#[derive(Serialize)]
struct ProblemRow {
    place: String,
    text: String,
}

/// Two answers to one question.
#[derive(Serialize)]
struct ConflictView {
    number: usize,
    question: String,
    saved_by: String,
    theirs: Answered,
    place: String,
    ours: Answered,
    /// Each asks by its own name.
    legend: String,
    field: Field,
    options: Vec<Choice>,
}

/// A judgement and the words with it.
#[derive(Serialize)]
struct Answered {
    judgement: &'static str,
    words: String,
}

#[derive(Serialize)]
struct ChangeRow {
    number: usize,
    question: String,
    address: String,
    now: Option<Answered>,
    then: Answered,
}

impl TrialPage {
    pub fn new(
        organisation: &Organisation,
        upload: &Upload,
        sheet: &Sheet,
        checked: &Checked,
        savers: &BTreeMap<AccountId, String>,
    ) -> Self {
        let bring_again = offline_of(&organisation.slug);
        let question = |id: &IndicatorId| sheet.indicator(id).map(|i| i.question.clone()).unwrap_or_default();
        let conflict = |(number, conflict): (usize, &Conflict)| {
            let saver = savers.get(&conflict.stored.answered_by).map_or("Somebody", String::as_str);
            ConflictView::of(number, question(&conflict.indicator), saver, conflict)
        };
        let change = |(number, change): (usize, &Change)| ChangeRow {
            number,
            question: question(&change.indicator),
            address: format!("/organisations/{}/quality/indicators/{}", organisation.slug, change.indicator),
            now: sheet.answers.get(&change.indicator).filter(|_| !change.is_new).map(|answer| Answered {
                judgement: judgement_name(answer.judgement),
                words: answer.narrative.clone(),
            }),
            then: Answered { judgement: judgement_name(change.said.judgement), words: change.said.narrative.clone() },
        };
        let (changed, new) = parted((1..).zip(&checked.changes).map(change));
        let numbers = say_numbers(checked.count_new(), checked.count_changed());
        Self {
            file_name: upload.file_name.clone(),
            stats: stats_of(checked),
            problems_text: count(checked.problems.len(), "problem", "problems"),
            more_problems: checked.problems.len().checked_sub(MOST_LISTED).filter(|more| *more > 0).map(say_more),
            problems: checked.problems.iter().take(MOST_LISTED).map(ProblemRow::of).collect(),
            conflicts: (1..).zip(&checked.conflicts).map(conflict).collect(),
            conflicts_text: count(checked.conflicts.len(), "answer", "answers"),
            must_choose: checked.unchosen() > 0,
            changed_text: say_count(&changed, "changed"),
            changed,
            new_text: say_count(&new, "new"),
            new,
            confirm_text: checked.is_ready().then(|| format!("Save {numbers}")),
            nothing_new: checked.problems.is_empty() && checked.conflicts.is_empty() && checked.changes.is_empty(),
            kept_until: say_instant(upload.forgotten_at()),
            address: address_of(&organisation.slug, upload.id),
            bring_again,
        }
    }
}

/// Those that were answered before, and those that are new.
fn parted(all: impl Iterator<Item = ChangeRow>) -> (Vec<ChangeRow>, Vec<ChangeRow>) {
    all.partition(|change| change.now.is_some())
}

fn say_count(changes: &[ChangeRow], word: &str) -> String {
    format!("{} {word}", count(changes.len(), "answer", "answers"))
}

fn stats_of(checked: &Checked) -> Vec<Stat> {
    vec![
        Stat { number: checked.count_new(), label: "new" },
        Stat { number: checked.count_changed(), label: "changed" },
        Stat { number: checked.same, label: "as they were" },
    ]
}

fn say_more(more: usize) -> String {
    format!("There are {more} more. Mend these first.")
}

impl ProblemRow {
    fn of(finding: &Finding) -> Self {
        Self { place: say_place(finding), text: say_finding(finding) }
    }
}

impl ConflictView {
    fn of(number: usize, question: String, saver: &str, conflict: &Conflict) -> Self {
        let (stored, said) = (&conflict.stored, &conflict.said);
        let value = |keep| KeepForm::value(keep, stored.edition);
        let form = conflict.chosen.map_or_else(Filled::default, |chosen| {
            Filled::default().with(&KeepForm::field(&conflict.indicator), value(chosen))
        });
        Self {
            number,
            legend: format!("Which answer do you keep? {question}"),
            question,
            saved_by: format!("{saver} saved this on {}", say_instant(stored.answered_at)),
            theirs: Answered { judgement: judgement_name(stored.judgement), words: stored.narrative.clone() },
            place: format!("In your file, row {}", conflict.row),
            ours: Answered { judgement: judgement_name(said.judgement), words: said.narrative.clone() },
            field: form.field(&KeepForm::field(&conflict.indicator)),
            options: vec![
                Choice::new(value(Keep::Portal), "Keep what stands on the portal"),
                Choice::new(value(Keep::File), "Take what is in the file"),
            ],
        }
    }
}

impl Page for TrialPage {
    const TEMPLATE: &'static str = "offline_answers/trial";
    const WIDE: bool = true;
    fn title(&self) -> String {
        "Check before you save".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Answer in a spreadsheet", &self.bring_again))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let answered = |judgement: &'static str, words: &str| Answered { judgement, words: words.to_owned() };
    let conflict = |value: &str| ConflictView {
        number: 1,
        question: "Do young people feel welcome on their first visit?".into(),
        saved_by: "Rob Ward saved this on 24 November 2026 at 10:15am".into(),
        theirs: answered("Established", "We greet everyone at the door."),
        place: "In your file, row 2".into(),
        ours: answered("Emerging", ""),
        legend: "Which answer do you keep? Do young people feel welcome on their first visit?".into(),
        field: Filled::default().with("keep-first", value).field("keep-first"),
        options: vec![
            Choice::new("portal-2", "Keep what stands on the portal"),
            Choice::new("file-2", "Take what is in the file"),
        ],
    };
    let change = |now| ChangeRow {
        number: 1,
        question: "Do young people take part in decisions?".into(),
        address: "/organisations/the-hub/quality/indicators/exp-voice".into(),
        now,
        then: answered("Excelling", "They chair our meetings.\nEvery month."),
    };
    let problem = Finding { row: Some(3), column: Some(9), what: Found::JudgementUnknown("splendid".into()) };
    let both = || (vec![change(Some(answered("Emerging", "")))], vec![change(None)]);
    let page = |problems: Vec<ProblemRow>, conflicts: Vec<ConflictView>, (changed, new): (Vec<_>, Vec<_>)| TrialPage {
        file_name: "questionnaire.xlsx".into(),
        stats: stats_of(&Checked::default()),
        problems_text: count(problems.len(), "problem", "problems"),
        more_problems: (!problems.is_empty()).then(|| say_more(7)),
        must_choose: conflicts.iter().any(|conflict| conflict.field.value.is_empty()),
        conflicts_text: count(conflicts.len(), "answer", "answers"),
        confirm_text: problems.is_empty().then(|| "Save 1 answer new".into()),
        nothing_new: problems.is_empty() && conflicts.is_empty() && new.is_empty(),
        problems,
        conflicts,
        changed_text: say_count(&changed, "changed"),
        new_text: say_count(&new, "new"),
        changed,
        new,
        kept_until: "1 December 2026 at 10:15am".into(),
        address: "/organisations/the-hub/quality/offline/1".into(),
        bring_again: offline_of("the-hub"),
    };
    vec![
        sample(&page(vec![ProblemRow::of(&problem)], vec![conflict("")], both())),
        sample(&page(Vec::new(), vec![conflict("file-2")], both())),
        sample(&TrialPage { confirm_text: None, ..page(Vec::new(), Vec::new(), (Vec::new(), Vec::new())) }),
    ]
}
