//! One question: to answer, and to read.

use serde::Serialize;

use super::answer::Answer;
use super::assessment::AssessmentState;
use super::beside::Beside;
use super::comment_part::CommentPart;
use super::evidence_row::EvidenceRow;
use super::forms::{AnswerForm, EvidenceForm, RecordForm};
use super::judgement_choices::{options, presumption};
use super::pages::{Home, judgement_name};
use super::progress::{Applicability, Sheet, Standing};
use super::step_part::StepPart;
use crate::error::Result;
use crate::framework::{GlossaryTerm, Help, Indicator, Weight, weight_name};
use crate::good_practice::NearPractice;
use crate::ids::DocumentId;
use crate::live_records::RecordView;
use crate::voice::SaidAbout;
use crate::web::{Choice, Filled, Link, Page, Problem, choices};

/// What every page about a question begins with.
#[derive(Serialize)]
struct Head {
    place: String,
    question: String,
    weight: &'static str,
    weight_meaning: &'static str,
    is_must: bool,
    why: String,
    /// How young people can speak to it.
    voice: String,
    /// What the reviewer asked to have changed.
    request: Option<String>,
}

#[derive(Serialize)]
struct TermRow {
    term: String,
    meaning: String,
}

/// A question to answer.
#[derive(Serialize)]
pub struct IndicatorPage {
    head: Head,
    presumed: Option<&'static str>,
    /// The version of the framework that it is read in.
    framework: i32,
    /// It asks for something else than when it was answered.
    is_asked_anew: bool,
    /// What was answered to the question that this was split from.
    origin: Option<OriginPart>,
    /// Who took the answer over.
    keeper: Option<String>,
    people_address: String,
    /// What young people say about its standard.
    said: Option<SaidAbout>,
    voice_address: String,
    /// What the portal knows that speaks to it.
    record: Option<RecordView>,
    record_form: Filled,
    verdicts: Vec<Choice>,
    action: String,
    evidence_action: String,
    form: Filled,
    options: Vec<Choice>,
    add_evidence: &'static str,
    evidence: Vec<EvidenceRow>,
    evidence_form: Filled,
    /// The documents there are already; empty when there are none.
    kept: Vec<Choice>,
    ideas: Vec<String>,
    helps: Vec<Help>,
    terms: Vec<TermRow>,
    step: StepPart,
    near: Vec<NearPractice>,
    comments: CommentPart,
    /// Of all forms.
    problems: Vec<Problem>,
    #[serde(skip)]
    back_to: String,
}

impl IndicatorPage {
    pub fn new(home: &Home<'_>, sheet: &Sheet, indicator: &Indicator, beside: &Beside) -> Result<Self> {
        let action = home.indicator(&indicator.id);
        let is_presumed = sheet.applicability(indicator) == Applicability::PresumedNot;
        Ok(Self {
            head: Head::of(sheet, indicator)?,
            presumed: is_presumed.then(|| presumption(indicator)),
            framework: sheet.framework.version.number,
            is_asked_anew: sheet.standing(indicator) == Standing::AskedAnew,
            origin: sheet.origin_of(indicator).map(|(from, answer)| OriginPart::of(home, from, answer)),
            keeper: beside.keeper.clone(),
            people_address: format!("{}/people", home.organisation()),
            said: beside.said.clone(),
            voice_address: format!("{}/voice", home.organisation()),
            record: beside.record.clone(),
            record_form: Filled::blank(RecordForm::FIELDS),
            verdicts: verdict_choices(beside.record.as_ref()),
            evidence_action: format!("{action}/evidence"),
            action,
            form: AnswerForm::filled_from(None),
            options: options(sheet, indicator),
            add_evidence: AnswerForm::ADD_EVIDENCE,
            evidence: EvidenceRow::all(home, sheet, indicator, beside),
            evidence_form: Filled::blank(EvidenceForm::FIELDS),
            kept: kept_choices(&beside.documents),
            ideas: indicator.ideas().map(str::to_owned).collect(),
            helps: Help::of(indicator),
            terms: terms_used(indicator, &sheet.framework.terms),
            step: StepPart::of(home, sheet, indicator, beside.looker),
            near: beside.near.clone(),
            comments: CommentPart::new(home, indicator, beside, true),
            problems: Vec::new(),
            back_to: home.quality(),
        })
    }

    /// With an answer as it is stored or was sent.
    pub fn with_answer(mut self, form: Filled) -> Self {
        self.problems.extend(form.problems.clone());
        self.form = form;
        self
    }

    /// With what was said of the record.
    pub fn with_record(mut self, form: Filled) -> Self {
        self.problems.extend(form.problems.clone());
        self.record_form = form;
        self
    }

    /// With what was sent to say something to colleagues.
    pub fn with_comment(mut self, form: Filled) -> Self {
        self.problems.extend(form.problems.clone());
        self.comments.form = form;
        self
    }

    /// With what was sent to add evidence.
    pub fn with_evidence(mut self, form: Filled) -> Self {
        self.problems.extend(form.problems.clone());
        self.evidence_form = form;
        self
    }
}

impl Page for IndicatorPage {
    const TEMPLATE: &'static str = "quality/indicator";
    fn title(&self) -> String {
        self.head.question.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("All questions", &self.back_to))
    }
}

/// What was answered to the question that another was split from.
#[derive(Serialize)]
struct OriginPart {
    question: String,
    judgement: &'static str,
    narrative: String,
    address: String,
}

impl OriginPart {
    fn of(home: &Home<'_>, from: &Indicator, answer: &Answer) -> Self {
        Self {
            question: from.question.clone(),
            judgement: judgement_name(answer.judgement),
            narrative: answer.narrative.clone(),
            address: home.indicator(&from.id),
        }
    }
}

/// A question with its answer, to read only.
#[derive(Serialize)]
pub struct AnswerPage {
    head: Head,
    judgement: Option<&'static str>,
    /// What good looks like at the level chosen.
    descriptor: Option<String>,
    narrative: String,
    evidence: Vec<EvidenceRow>,
    /// What the portal knows that speaks to it.
    record: Option<RecordView>,
    /// Why it cannot be changed, where it is not the one who looks.
    locked: Option<&'static str>,
    step: StepPart,
    near: Vec<NearPractice>,
    comments: CommentPart,
    #[serde(skip)]
    back_to: String,
}

impl AnswerPage {
    pub fn new(home: &Home<'_>, sheet: &Sheet, indicator: &Indicator, beside: &Beside) -> Result<Self> {
        let answer = sheet.answer(indicator);
        let level = answer.and_then(|answer| answer.judgement.level());
        Ok(Self {
            head: Head::of(sheet, indicator)?,
            judgement: answer.map(|answer| judgement_name(answer.judgement)),
            descriptor: level.map(|level| indicator.descriptor(level).to_owned()),
            narrative: answer.map(|answer| answer.narrative.clone()).unwrap_or_default(),
            evidence: EvidenceRow::all(home, sheet, indicator, beside),
            record: beside.record.clone(),
            locked: why_locked(sheet, indicator),
            step: StepPart::of(home, sheet, indicator, beside.looker),
            near: beside.near.clone(),
            comments: CommentPart::new(home, indicator, beside, !sheet.assessment.is_concluded()),
            back_to: home.quality(),
        })
    }

    /// With what was sent to say something to colleagues.
    pub fn with_comment(mut self, form: Filled) -> Self {
        self.comments.form = form;
        self
    }
}

fn why_locked(sheet: &Sheet, indicator: &Indicator) -> Option<&'static str> {
    match sheet.assessment.state() {
        _ if sheet.is_retired(indicator) => {
            Some("The framework does not ask this any more. Your answer is kept for you to read, and does not count.")
        }
        _ if sheet.is_open(indicator) => None,
        AssessmentState::Draft => {
            Some("This answer is locked: it is signed, and waits for the second signature. Take it back to change it.")
        }
        AssessmentState::ChangesRequested => Some("The reviewer did not ask about this answer, so it stays locked."),
        _ if sheet.assessment.is_concluded() => Some("This self-assessment is decided. Its answers stay as they were."),
        _ => Some("This answer is locked while the self-assessment is with the VRP."),
    }
}

impl Page for AnswerPage {
    const TEMPLATE: &'static str = "quality/answer";
    fn title(&self) -> String {
        self.head.question.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("All questions", &self.back_to))
    }
}

impl Head {
    fn of(sheet: &Sheet, indicator: &Indicator) -> Result<Self> {
        let place = match sheet.framework.place_of(indicator) {
            _ if sheet.is_retired(indicator) => "Not asked any more".to_owned(),
            place => place.map(|(standard, area)| format!("{}: {}", area.title, standard.title))?,
        };
        let is_must = indicator.weight == Weight::Must;
        Ok(Self {
            place,
            question: indicator.question.clone(),
            weight: weight_name(indicator.weight),
            weight_meaning: if is_must {
                "Every organisation needs this for its level"
            } else {
                "4 in 5 of these are needed for a level"
            },
            is_must,
            why: indicator.why.clone(),
            voice: indicator.voice.clone(),
            request: sheet.request_for(indicator).map(|request| request.reason.clone()),
        })
    }
}

/// What is not met can only be taken back.
fn verdict_choices(record: Option<&RecordView>) -> Vec<Choice> {
    let all = choices(&[("accepted", "Yes, take it as evidence"), ("declined", "No")]);
    all.into_iter().skip(usize::from(record.is_some_and(|record| !record.is_met))).collect()
}

fn kept_choices(documents: &[(DocumentId, String)]) -> Vec<Choice> {
    if documents.is_empty() {
        return Vec::new();
    }
    let none = Choice::new("", "None: I will add a new one");
    let known = documents.iter().map(|(id, title)| Choice::new(id.as_str(), title.as_str()));
    std::iter::once(none).chain(known).collect()
}

fn terms_used(indicator: &Indicator, terms: &[GlossaryTerm]) -> Vec<TermRow> {
    let texts =
        [&indicator.question, &indicator.why, &indicator.emerging, &indicator.established, &indicator.excelling];
    let is_used = |term: &&GlossaryTerm| texts.iter().any(|text| term.is_used_in(text));
    let row = |term: &GlossaryTerm| TermRow { term: term.term.clone(), meaning: term.meaning.clone() };
    terms.iter().filter(is_used).map(row).collect()
}
