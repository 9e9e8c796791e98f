//! Where a self-assessment is: before it begins, and the list of what is left.

use serde::Serialize;

use super::answer::Judgement;
use super::assessment::{Assessment, AssessmentState, ChangeState};
use super::progress::{Progress, Sheet, Standing};
use super::signing_part::SealedPart;
use super::state_words::{StateWords, say_outcome, state_words};
use crate::clock::say_day;
use crate::framework::{Area, Framework, Indicator, Standard, level_name, weight_name};
use crate::ids::IndicatorId;
use crate::live_records::RecordVerdict;
use crate::organisations::Organisation;
use crate::web::{Link, Page, count};

pub(super) const ANSWER_SAVED: &str = "Your answer is saved. You can add evidence to it";
pub(super) const ANSWER_SAVED_NEXT: &str = "Your answer is saved. This is the next question";
pub(super) const ALL_ANSWERED: &str = "Your answer is saved. Nothing is left to answer";
pub(super) const RECORD_JUDGED: &str = "Saved. The portal looks at it again every day, and tells you before it lapses";
pub(super) const RECORD_CHANGED: &str =
    "What the portal knows has changed since you opened this page. Read it again first";
pub(super) const EVIDENCE_ADDED: &str = "The evidence is added";
pub(super) const EVIDENCE_REMOVED: &str = "The evidence is removed";
pub(super) const COMMENT_WRITTEN: &str = "Your comment is added";
pub(super) const COMMENT_REMOVED: &str = "Your comment is gone";
pub(super) const SUBMITTED: &str = "Your self-assessment is with the VRP. Thank you";
pub(super) const SEALED: &str = "Signed. It is sent as soon as someone has signed for those who govern you";
pub(super) const TAKEN_BACK: &str = "You can change your answers again";
pub(super) const NOBODY_GOVERNS: &str = "Nobody can sign for those who govern you yet. Invite the person who chairs your committee as a governance signatory";
pub(super) const REASON_MISSING: &str = "Say in a few words why this does not apply to you";
pub(super) const APPLIES_TO_ALL: &str = "This applies to every organisation. Select where you are with it today";
pub(super) const FRAMEWORK_RENEWED: &str =
    "The framework has a new version since you opened this page. Read the question again, then save your answer";
pub(super) const SOMETHING_LEFT: &str = "Some questions are not finished yet. They are listed below";

/// An organisation as these pages name it, and the addresses they have there.
pub struct Home<'a> {
    pub name: &'a str,
    pub slug: &'a str,
}

impl<'a> Home<'a> {
    pub fn of(organisation: &'a Organisation) -> Self {
        Self { name: &organisation.name, slug: &organisation.slug }
    }

    pub(super) fn organisation(&self) -> String {
        format!("/organisations/{}", self.slug)
    }

    pub(super) fn quality(&self) -> String {
        format!("/organisations/{}/quality", self.slug)
    }

    pub(super) fn indicator(&self, indicator: &IndicatorId) -> String {
        format!("{}/indicators/{indicator}", self.quality())
    }

    /// Where an indicator's evidence is shown.
    pub(super) fn evidence_of(&self, indicator: &IndicatorId) -> String {
        format!("{}#evidence", self.indicator(indicator))
    }

    /// Where colleagues talk about an answer.
    pub(super) fn comments_on(&self, indicator: &IndicatorId) -> String {
        format!("{}#comments", self.indicator(indicator))
    }

    pub(super) fn plan(&self) -> String {
        format!("{}/plan", self.quality())
    }

    /// What is planned for an indicator.
    pub(super) fn step(&self, indicator: &IndicatorId) -> String {
        format!("{}/{indicator}", self.plan())
    }

    pub(super) fn submission(&self) -> String {
        format!("{}/submission", self.quality())
    }

    /// Where those who govern sign.
    pub(super) fn countersignature(&self) -> String {
        format!("{}/signature", self.quality())
    }
}

/// What a judgement is called.
pub fn judgement_name(judgement: Judgement) -> &'static str {
    match (judgement, judgement.level()) {
        (_, Some(level)) => level_name(level),
        (Judgement::NotApplicable, _) => "Does not apply to us",
        _ => "Not yet",
    }
}

/// Nothing is running: what a self-assessment is, and the way to begin.
#[derive(Serialize)]
pub struct StartPage {
    organisation_name: String,
    action: String,
    plan: String,
    before: Option<String>,
    areas: Vec<AreaSummary>,
    size_text: String,
    can_begin: bool,
    #[serde(skip)]
    back_to: String,
}

#[derive(Serialize)]
struct AreaSummary {
    name: String,
    summary: String,
}

impl StartPage {
    pub fn new(home: &Home<'_>, framework: &Framework, before: Option<&Assessment>, can_begin: bool) -> Self {
        let summary = |area: &Area| AreaSummary { name: area.title.clone(), summary: area.summary.clone() };
        Self {
            organisation_name: home.name.to_owned(),
            action: home.quality(),
            plan: home.plan(),
            before: before.map(say_outcome),
            areas: framework.areas.iter().map(summary).collect(),
            size_text: count(framework.indicators.len(), "question", "questions"),
            can_begin,
            back_to: home.organisation(),
        }
    }
}

impl Page for StartPage {
    const TEMPLATE: &'static str = "quality/start";
    fn title(&self) -> String {
        "Quality self-assessment".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// A running assessment: its state in words, and every question with where it is.
#[derive(Serialize)]
pub struct AssessmentPage {
    organisation_name: String,
    state: StateWords,
    is_draft: bool,
    answered: usize,
    wanted: usize,
    /// The question to go on with.
    next: Option<Link>,
    /// Where to submit, when nothing is left and this person may.
    submission: Option<String>,
    is_complete: bool,
    /// Signed by one side.
    sealed: Option<SealedPart>,
    /// Where a lead takes it out of the queue again.
    withdrawal: Option<String>,
    changes: Vec<ChangeRow>,
    areas: Vec<AreaTasks>,
    /// Answers to what is asked no more.
    retired: Vec<Link>,
    plan: String,
    plan_text: String,
    address: String,
    #[serde(skip)]
    back_to: String,
}

#[derive(Serialize)]
struct ChangeRow {
    question: String,
    reason: String,
    address: String,
    is_answered: bool,
}

#[derive(Serialize)]
struct AreaTasks {
    anchor: String,
    name: String,
    progress_text: String,
    standards: Vec<StandardTasks>,
}

#[derive(Serialize)]
struct StandardTasks {
    name: String,
    tasks: Vec<Task>,
}

#[derive(Serialize)]
struct Task {
    question: String,
    address: String,
    id: String,
    detail: String,
    status: &'static str,
    colour: Option<&'static str>,
}

impl AssessmentPage {
    pub fn new(home: &Home<'_>, sheet: &Sheet, is_lead: bool) -> Self {
        let progress = sheet.progress(&sheet.framework.indicators);
        let gaps = sheet.gaps();
        let is_with_us = sheet.assessment.is_with_organisation();
        let next = gaps.first().filter(|_| is_with_us).map(|gap| {
            let text = if progress.answered == 0 { "Start with the first question" } else { "Continue" };
            Link::new(text, home.indicator(&gap.id))
        });
        let is_complete = is_with_us && gaps.is_empty();
        let is_queued = sheet.assessment.state() == AssessmentState::Submitted;
        Self {
            organisation_name: home.name.to_owned(),
            state: state_words(&sheet.assessment),
            is_draft: is_with_us && sheet.assessment.state() == AssessmentState::Draft,
            answered: progress.answered,
            wanted: progress.wanted,
            next,
            submission: (is_complete && is_lead).then(|| home.submission()),
            is_complete,
            sealed: None,
            withdrawal: (is_queued && is_lead).then(|| format!("{}/withdrawal", home.submission())),
            changes: changes_of(home, sheet),
            retired: sheet.retired.iter().map(|i| Link::new(i.question.as_str(), home.indicator(&i.id))).collect(),
            areas: sheet.framework.areas.iter().map(|area| AreaTasks::of(home, sheet, area)).collect(),
            plan: home.plan(),
            plan_text: match sheet.actions.len() {
                0 => "Nothing is planned yet.".to_owned(),
                open => format!("{} open.", count(open, "step is", "steps are")),
            },
            address: home.quality(),
            back_to: home.organisation(),
        }
    }
}

impl AssessmentPage {
    /// With who signed it and who may sign next.
    pub fn with_seal(self, sealed: Option<SealedPart>) -> Self {
        Self { sealed, ..self }
    }
}

impl Page for AssessmentPage {
    const TEMPLATE: &'static str = "quality/assessment";
    fn title(&self) -> String {
        "Quality self-assessment".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

impl AreaTasks {
    fn of(home: &Home<'_>, sheet: &Sheet, area: &Area) -> Self {
        let framework = &sheet.framework;
        let indicators = framework.standards_of(&area.id).flat_map(|s| framework.indicators_of(&s.id));
        Self {
            anchor: area.id.to_string(),
            name: area.title.clone(),
            progress_text: say_progress(sheet.progress(indicators)),
            standards: framework.standards_of(&area.id).map(|s| StandardTasks::of(home, sheet, s)).collect(),
        }
    }
}

impl StandardTasks {
    fn of(home: &Home<'_>, sheet: &Sheet, standard: &Standard) -> Self {
        let indicators = sheet.framework.indicators_of(&standard.id);
        Self { name: standard.title.clone(), tasks: indicators.map(|i| Task::of(home, sheet, i)).collect() }
    }
}

impl Task {
    fn of(home: &Home<'_>, sheet: &Sheet, indicator: &Indicator) -> Self {
        let shown = sheet.evidence_of(indicator).count();
        let evidence = match shown {
            0 => String::new(),
            shown => format!(", {} of evidence", count(shown, "piece", "pieces")),
        };
        let (status, colour) = status_of(sheet, indicator);
        Self {
            question: indicator.question.clone(),
            address: home.indicator(&indicator.id),
            id: format!("task-{}", indicator.id),
            detail: format!("{}{evidence}{}", weight_name(indicator.weight), say_step(sheet, indicator)),
            status,
            colour,
        }
    }
}

fn say_step(sheet: &Sheet, indicator: &Indicator) -> String {
    let step = sheet.actions.get(&indicator.id);
    step.map(|(step, _)| format!(". Working towards {} by {}", level_name(step.aim), say_day(step.due_on)))
        .unwrap_or_default()
}

pub(super) fn status_of(sheet: &Sheet, indicator: &Indicator) -> (&'static str, Option<&'static str>) {
    match (sheet.request_for(indicator).map(|request| request.state), sheet.standing(indicator)) {
        (Some(ChangeState::Open), _) => ("Changes wanted", Some("yellow")),
        (Some(ChangeState::Answered), _) => ("Changed", Some("green")),
        (_, Standing::Answered(_)) if sheet.record(indicator).is_some_and(RecordVerdict::has_lapsed) => {
            ("Was met, evidence now out of date", Some("orange"))
        }
        (_, Standing::NotStarted) => ("Not started", Some("blue")),
        (_, Standing::ToLookAtAgain) => ("Look again", Some("yellow")),
        (_, Standing::AskedAnew) => ("The question has changed: look again", Some("yellow")),
        (_, Standing::Answered(judgement)) => (judgement_name(judgement), None),
        (_, Standing::PresumedNotApplicable) => ("Does not apply", None),
    }
}

fn say_progress(Progress { answered, wanted }: Progress) -> String {
    format!("{answered} of {wanted} answered")
}

fn changes_of(home: &Home<'_>, sheet: &Sheet) -> Vec<ChangeRow> {
    let asked = |indicator: &Indicator| {
        sheet.request_for(indicator).map(|request| ChangeRow {
            question: indicator.question.clone(),
            reason: request.reason.clone(),
            address: home.indicator(&indicator.id),
            is_answered: request.state == ChangeState::Answered,
        })
    };
    sheet.framework.indicators.iter().filter_map(asked).collect()
}
