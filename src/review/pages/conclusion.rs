//! What a review comes to: changes, the recommendation, the decision, the outcome.

use serde::Serialize;

use super::rows::{
    EvidenceRow, FoundTag, StrengthRow, TallyRow, by_area, evidence_rows, found_tag, indicator_address, judged,
    note_within, outcome_choices, strengths, tally,
};
use crate::clock::{day_of, say_day};
use crate::ids::AssessmentId;
use crate::quality::Indicator;
use crate::review::decision::Decision;
use crate::review::finding::{Desk, Finding, RecordedFinding};
use crate::review::forms::{ChangesForm, DecisionChoice, RecommendationForm};
use crate::review::review::{Review, ReviewState};
use crate::review::viewer::Case;
use crate::review::wording::{finding_colour, finding_name, level_or_not_yet, outcome_name, stage_of_review};
use crate::web::{Choice, Field, Filled, Link, Page, Problem, Sample, sample};

/// What to ask the organisation to change.
#[derive(Serialize)]
pub struct ChangesPage {
    organisation_name: String,
    assessment: AssessmentId,
    may_write: bool,
    candidates: Vec<Candidate>,
    problems: Vec<Problem>,
}
#[derive(Serialize)]
struct Candidate {
    question: String,
    found: &'static str,
    colour: &'static str,
    judgement: &'static str,
    field: Field,
}

const NOTHING_FOUND: &str = "Mark an answer “Not shown yet” or “We agree, with advice” first";
const SOMETHING_WANTING: &str = "Look at everything on this list first";

impl ChangesPage {
    pub fn new(case: &Case, desk: &Desk, form: Option<Filled>) -> Self {
        let flawed = [Finding::NotYet, Finding::AgreedWithAdvice].into_iter().flat_map(|f| desk.found(f));
        let mut problems = form.as_ref().map(|form| form.problems.clone()).unwrap_or_default();
        let candidate = |(indicator, found): (&Indicator, &RecordedFinding)| {
            let name = ChangesForm::field_of(&indicator.id);
            let note = if found.finding == Finding::NotYet { found.note.as_str() } else { "" };
            let field = match &form {
                Some(form) => form.field(&name),
                None => Filled::default().with(&name, note).field(&name),
            };
            Candidate {
                question: indicator.question.clone(),
                found: finding_name(found.finding),
                colour: finding_colour(found.finding),
                judgement: judged(desk, indicator),
                field,
            }
        };
        let candidates: Vec<_> = flawed.map(candidate).collect();
        // No box stands there that could be wrong: what to do first is.
        if candidates.is_empty() && !problems.is_empty() {
            problems = vec![Problem { href: "#changes".to_owned(), text: NOTHING_FOUND.to_owned() }];
        }
        // Nothing was asked for at all: the summary leads to the first box.
        if let Some(first) = candidates.first() {
            problems.iter_mut().filter(|p| p.href == "#changes").for_each(|p| p.href = format!("#{}", first.field.id));
        }
        Self {
            organisation_name: case.organisation.name.clone(),
            assessment: case.assessment.id,
            may_write: case.may_write(),
            candidates,
            problems,
        }
    }
}
impl Page for ChangesPage {
    const TEMPLATE: &'static str = "review/changes";
    fn title(&self) -> String {
        format!("Ask {} for changes", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("/review/assessments/{}", self.assessment))
    }
}

/// What to recommend, once everything has been looked at.
#[derive(Serialize)]
pub struct RecommendationPage {
    organisation_name: String,
    assessment: AssessmentId,
    may_write: bool,
    wanting: Vec<Link>,
    claimed: &'static str,
    supported: &'static str,
    tally: Vec<TallyRow>,
    sent_back_because: Option<String>,
    options: Vec<Choice>,
    form: Filled,
}
impl RecommendationPage {
    pub fn new(case: &Case, desk: &Desk, form: Filled) -> Self {
        let wanting = desk.wanting();
        // The form is not there yet: what to do first is.
        let form = match form.is_right() || wanting.is_empty() {
            true => form,
            false => Filled::blank(RecommendationForm::FIELDS).with_problem("wanting", SOMETHING_WANTING),
        };
        Self {
            organisation_name: case.organisation.name.clone(),
            assessment: case.assessment.id,
            may_write: case.may_write(),
            wanting: wanting.into_iter().map(|i| Link::new(&i.question, indicator_address(case, &i.id))).collect(),
            claimed: level_or_not_yet(desk.level_claimed()),
            supported: level_or_not_yet(desk.level_found()),
            tally: tally(desk),
            sent_back_because: case.review.as_ref().and_then(|review| review.sent_back_because.clone()),
            options: outcome_choices(),
            form,
        }
    }
}
impl Page for RecommendationPage {
    const TEMPLATE: &'static str = "review/recommendation";
    fn title(&self) -> String {
        format!("Recommend: {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("/review/assessments/{}", self.assessment))
    }
}

/// A recommendation with everything it rests on, and the form to decide.
#[derive(Serialize)]
pub struct DecisionPage {
    organisation_name: String,
    assessment: AssessmentId,
    stage: &'static str,
    can_decide: bool,
    decided: Option<&'static str>,
    reviewer_name: String,
    recommended: Option<&'static str>,
    recommended_on: Option<String>,
    reasons: Option<String>,
    claimed: &'static str,
    supported: &'static str,
    is_above_findings: bool,
    strengths: Vec<StrengthRow>,
    tally: Vec<TallyRow>,
    areas: Vec<DecisionArea>,
    options: Vec<Choice>,
    form: Filled,
}
#[derive(Serialize)]
struct DecisionArea {
    title: String,
    rows: Vec<DecisionEntry>,
}
#[derive(Serialize)]
struct DecisionEntry {
    question: String,
    judgement: &'static str,
    narrative: Option<String>,
    evidence: Vec<EvidenceRow>,
    found: Option<FoundTag>,
    note_within: Option<String>,
}
impl DecisionPage {
    pub fn new(
        case: &Case,
        review: &Review,
        desk: &Desk,
        reviewer_name: &str,
        decision: Option<&Decision>,
        form: Filled,
    ) -> Self {
        let supported = desk.level_found();
        let entry = |indicator: &Indicator| DecisionEntry {
            question: indicator.question.clone(),
            judgement: judged(desk, indicator),
            narrative: desk.answer(indicator).map(|a| a.narrative.clone()).filter(|words| !words.is_empty()),
            evidence: evidence_rows(case, desk, indicator),
            found: found_tag(desk, indicator),
            note_within: note_within(desk, indicator),
        };
        let mut options = outcome_choices();
        options.push(
            Choice::new(DecisionChoice::SEND_BACK, "Send it back to the reviewer")
                .with_hint("Your reasons go to the reviewer, not to the organisation"),
        );
        Self {
            organisation_name: case.organisation.name.clone(),
            assessment: case.assessment.id,
            stage: stage_of_review(case.assessment.state()),
            can_decide: review.state() == ReviewState::Recommended,
            decided: decision.map(|decision| outcome_name(decision.outcome)),
            reviewer_name: reviewer_name.to_owned(),
            recommended: review.recommended_level.map(outcome_name),
            recommended_on: review.recommended_at.map(|at| say_day(day_of(at))),
            reasons: review.recommendation.clone(),
            claimed: level_or_not_yet(desk.level_claimed()),
            supported: level_or_not_yet(supported),
            is_above_findings: review.recommended_level.is_some_and(|outcome| outcome.level() > supported),
            strengths: strengths(desk),
            tally: tally(desk),
            areas: by_area(desk, entry).into_iter().map(|(title, rows)| DecisionArea { title, rows }).collect(),
            options,
            form,
        }
    }
}
impl Page for DecisionPage {
    const TEMPLATE: &'static str = "review/decision";
    fn title(&self) -> String {
        format!("Decide: {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("All decisions", "/review/decisions"))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let tally = || {
        vec![
            TallyRow { name: "Good practice", colour: "purple", number: 2 },
            TallyRow { name: "We agree", colour: "green", number: 39 },
        ]
    };
    let blank = || Filled::blank(&["outcome", "reasons"]);
    let wrong = || blank().with_problem("reasons", "Give your reasons");
    let candidate = Candidate {
        question: "How do you know that young people feel safe with you?".into(),
        found: "Not shown yet",
        colour: "red",
        judgement: "Established",
        field: Filled::default().with("change-exp-feel-safe", "Add what you changed.").field("change-exp-feel-safe"),
    };
    let changes = |candidates, problems| ChangesPage {
        organisation_name: "The Hub".into(),
        assessment: AssessmentId::new(),
        may_write: true,
        candidates,
        problems,
    };
    let recommendation = |wanting: Vec<Link>, may_write: bool| RecommendationPage {
        form: if may_write && wanting.is_empty() { wrong() } else { blank() },
        organisation_name: "The Hub".into(),
        assessment: AssessmentId::new(),
        may_write,
        wanting,
        claimed: "Established",
        supported: "Emerging",
        tally: tally(),
        sent_back_because: Some("Say more about supervision.".into()),
        options: outcome_choices(),
    };
    let flaw =
        Problem { href: "#change-exp-feel-safe".into(), text: "Say for at least one answer what to change".into() };
    vec![
        sample(&changes(vec![candidate], vec![flaw])),
        sample(&changes(vec![], vec![])),
        sample(&recommendation(vec![], true)),
        sample(&recommendation(vec![Link::new("How do you ask?", "/review/assessments/0190/indicators/a")], true)),
        sample(&recommendation(vec![], false)),
        sample(&DecisionPage {
            organisation_name: "The Hub".into(),
            assessment: AssessmentId::new(),
            stage: "Waiting for a decision",
            can_decide: true,
            decided: None,
            reviewer_name: "Rob Ward".into(),
            recommended: Some("Established"),
            recommended_on: Some("20 November 2026".into()),
            reasons: Some("Strong evidence in every area.".into()),
            claimed: "Established",
            supported: "Emerging",
            is_above_findings: true,
            strengths: vec![StrengthRow { question: "How do you ask?".into(), note: "Young people lead it.".into() }],
            tally: tally(),
            areas: vec![DecisionArea {
                title: "Youth Work Practice".into(),
                rows: vec![DecisionEntry {
                    question: "How do you plan?".into(),
                    judgement: "Emerging",
                    narrative: Some("Each term.".into()),
                    evidence: vec![EvidenceRow {
                        title: "Our rules".into(),
                        address: "https://www.thehub.example/rules".into(),
                        file: "link to www.thehub.example".into(),
                        leads_out: true,
                        speaks_of: None,
                        fingerprint: None,
                    }],
                    note_within: Some("Rota seen at the visit.".into()),
                    found: Some(FoundTag { name: "We agree", colour: "green", note: String::new() }),
                }],
            }],
            options: outcome_choices(),
            form: wrong(),
        }),
    ]
}
