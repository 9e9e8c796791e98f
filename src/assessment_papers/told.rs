//! What the papers of a self-assessment tell. It is the data file too: its shape is a promise to those who read it with
//! programs, described in `docs/decisions/2026-11-28-papers-of-a-self-assessment.md`. What is added to it leaves the rest as
//! it is; anything else needs a new [`FORMAT_VERSION`].

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, SecondsFormat};
use serde::{Serialize, Serializer};

use crate::clock::day_of;
use crate::files::StoredFile;
use crate::framework::Exemption;
use crate::ids::{AreaId, AssessmentId, IndicatorId, StandardId};
use crate::live_records::{RecordVerdict, Verdict};
use crate::organisations::Organisation;
use crate::quality::{Applicability, AssessmentState, Evidence, Indicator, Judgement, Level, Sheet, Standing, Weight};

/// Whoever reads the data file looks for these two first.
pub const FORMAT: &str = "youth-charter-self-assessment";
pub const FORMAT_VERSION: u32 = 1;

#[derive(Debug, Clone, Serialize)]
pub struct AssessmentTold {
    pub format: &'static str,
    pub version: u32,
    #[serde(serialize_with = "as_instant")]
    pub made_at: NaiveDateTime,
    pub organisation: OrganisationTold,
    pub framework: FrameworkTold,
    pub assessment: StateTold,
    pub areas: Vec<AreaTold>,
    /// What was answered under an older version of the framework, and is not asked any more.
    pub not_asked_any_more: Vec<IndicatorTold>,
}

#[derive(Debug, Clone, Serialize)]
pub struct OrganisationTold {
    pub name: String,
    pub slug: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct FrameworkTold {
    pub title: String,
    pub version: i32,
}

#[derive(Debug, Clone, Serialize)]
pub struct StateTold {
    pub id: AssessmentId,
    pub state: AssessmentState,
    /// One side has signed; it waits for the other.
    #[serde(skip)]
    pub is_sealed: bool,
    pub begun_on: NaiveDate,
    pub submitted_on: Option<NaiveDate>,
    pub decided_on: Option<NaiveDate>,
    pub answered: usize,
    /// Without what does not apply by the list of people.
    pub wanted: usize,
    /// By the organisation's own answers; the VRP may decide otherwise.
    pub level_supported: Option<Level>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AreaTold {
    pub id: AreaId,
    pub title: String,
    pub standards: Vec<StandardTold>,
}

#[derive(Debug, Clone, Serialize)]
pub struct StandardTold {
    pub id: StandardId,
    pub title: String,
    pub indicators: Vec<IndicatorTold>,
}

/// Where one question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StandingTold {
    NotStarted,
    ToLookAtAgain,
    AskedAnew,
    Answered,
    PresumedNotApplicable,
    NotAskedAnyMore,
}

#[derive(Debug, Clone, Serialize)]
pub struct IndicatorTold {
    pub id: IndicatorId,
    pub question: String,
    pub weight: Weight,
    pub standing: StandingTold,
    pub judgement: Option<Judgement>,
    /// What good looks like at the level judged.
    pub descriptor: Option<String>,
    /// In the organisation's own words.
    pub words: String,
    pub answered_on: Option<NaiveDate>,
    pub does_not_apply: Option<Exclusion>,
    pub evidence: Vec<EvidenceTold>,
    pub record: Option<RecordTold>,
    /// What a reviewer asks to have changed, while it is not settled.
    pub reviewer_asks: Option<String>,
}

/// Who says that a question does not apply, and why.
#[derive(Debug, Clone, Serialize)]
pub struct Exclusion {
    pub said_by: SaidBy,
    pub reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SaidBy {
    Organisation,
    ListOfPeople,
}

#[derive(Debug, Clone, Serialize)]
pub struct EvidenceTold {
    pub title: String,
    /// The day it speaks of.
    pub dated: Option<NaiveDate>,
    pub added_on: NaiveDate,
    /// Its name, or where a link leads.
    pub file: String,
    pub sha256: String,
}

/// What the portal's records say, and what someone made of it.
#[derive(Debug, Clone, Serialize)]
pub struct RecordTold {
    /// As it stood when it was judged.
    pub shown: String,
    pub verdict: Verdict,
    /// Why it was declined; else empty.
    pub reason: String,
    pub judged_on: NaiveDate,
    pub is_met: bool,
    pub met_until: Option<NaiveDate>,
}

fn as_instant<S: Serializer>(at: &NaiveDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.and_utc().to_rfc3339_opts(SecondsFormat::Secs, true))
}

impl AssessmentTold {
    pub fn of(organisation: &Organisation, sheet: &Sheet, now: NaiveDateTime) -> Self {
        let (framework, assessment) = (&sheet.framework, &sheet.assessment);
        let evidence = evidence_by_indicator(&sheet.evidence);
        let one = |indicator: &Indicator| IndicatorTold::of(sheet, indicator, &evidence);
        let standard = |standard: &crate::quality::Standard| StandardTold {
            id: standard.id.clone(),
            title: standard.title.clone(),
            indicators: framework.indicators_of(&standard.id).map(one).collect(),
        };
        let area = |area: &crate::quality::Area| AreaTold {
            id: area.id.clone(),
            title: area.title.clone(),
            standards: framework.standards_of(&area.id).map(standard).collect(),
        };
        let progress = sheet.progress(&framework.indicators);
        Self {
            format: FORMAT,
            version: FORMAT_VERSION,
            made_at: now,
            organisation: OrganisationTold { name: organisation.name.clone(), slug: organisation.slug.clone() },
            framework: FrameworkTold { title: framework.version.title.clone(), version: framework.version.number },
            assessment: StateTold {
                id: assessment.id,
                state: assessment.state(),
                is_sealed: assessment.sealed_copy().is_some(),
                begun_on: day_of(assessment.started_at),
                submitted_on: assessment.submitted_at.map(day_of),
                decided_on: assessment.decided_at.map(day_of),
                answered: progress.answered,
                wanted: progress.wanted,
                level_supported: sheet.level(),
            },
            areas: framework.areas.iter().map(area).collect(),
            not_asked_any_more: sheet.retired.iter().map(one).collect(),
        }
    }

    /// Every question with its area and standard, in the order of the framework; what is not asked any more comes last, in
    /// none.
    pub fn indicators(&self) -> impl Iterator<Item = (&str, &str, &IndicatorTold)> {
        let asked = self.areas.iter().flat_map(|area| {
            area.standards.iter().flat_map(move |standard| {
                standard.indicators.iter().map(move |one| (area.title.as_str(), standard.title.as_str(), one))
            })
        });
        asked.chain(self.not_asked_any_more.iter().map(|one| ("", "", one)))
    }
}

type EvidenceByIndicator<'a> = BTreeMap<&'a IndicatorId, Vec<EvidenceTold>>;

fn evidence_by_indicator(all: &[(Evidence, StoredFile)]) -> EvidenceByIndicator<'_> {
    let mut sorted = EvidenceByIndicator::new();
    for (evidence, file) in all {
        let told = EvidenceTold {
            title: evidence.title.clone(),
            dated: evidence.effective_on,
            added_on: day_of(evidence.added_at),
            file: evidence.address.clone().unwrap_or_else(|| file.name.clone()),
            sha256: file.sha256.clone(),
        };
        sorted.entry(&evidence.indicator_id).or_default().push(told);
    }
    sorted
}

impl IndicatorTold {
    fn of(sheet: &Sheet, indicator: &Indicator, evidence: &EvidenceByIndicator<'_>) -> Self {
        let (answer, standing) = (sheet.answer(indicator), sheet.standing(indicator));
        // What was brought over and is not looked at yet is told as it is; what is only presumed has no answer.
        let said = answer.filter(|_| standing != Standing::PresumedNotApplicable);
        let judgement = said.map(|answer| answer.judgement);
        let level = judgement.and_then(Judgement::level);
        let words = said.map(|answer| answer.narrative.clone()).unwrap_or_default();
        Self {
            id: indicator.id.clone(),
            question: indicator.question.clone(),
            weight: indicator.weight,
            standing: if sheet.is_retired(indicator) { StandingTold::NotAskedAnyMore } else { standing.into() },
            judgement,
            descriptor: level.map(|level| indicator.descriptor(level).to_owned()),
            does_not_apply: Exclusion::of(sheet, indicator, judgement, &words),
            words,
            answered_on: said.map(|answer| day_of(answer.answered_at)),
            evidence: evidence.get(&indicator.id).cloned().unwrap_or_default(),
            record: sheet.record(indicator).map(RecordTold::of),
            reviewer_asks: sheet.request_for(indicator).map(|request| request.reason.clone()),
        }
    }
}

impl Exclusion {
    fn of(sheet: &Sheet, indicator: &Indicator, judgement: Option<Judgement>, words: &str) -> Option<Self> {
        let is_presumed = sheet.applicability(indicator) == Applicability::PresumedNot;
        let by_list = || Self { said_by: SaidBy::ListOfPeople, reason: say_exemption(indicator).to_owned() };
        match judgement {
            None => is_presumed.then(by_list),
            Some(Judgement::NotApplicable) if is_presumed && words.is_empty() => Some(by_list()),
            Some(Judgement::NotApplicable) => Some(Self { said_by: SaidBy::Organisation, reason: words.to_owned() }),
            Some(_) => None,
        }
    }
}

fn say_exemption(indicator: &Indicator) -> &'static str {
    match indicator.exemptions().first() {
        Some(Exemption::NoPaidStaff) => "The list of people shows no paid staff.",
        Some(Exemption::NoVolunteers) => "The list of people shows no volunteers.",
        _ => "The list of people shows that it does not.",
    }
}

impl RecordTold {
    fn of(record: &RecordVerdict) -> Self {
        Self {
            shown: record.shown.clone(),
            verdict: record.verdict,
            reason: record.reason.clone(),
            judged_on: day_of(record.judged_at),
            is_met: record.is_met,
            met_until: record.met_until,
        }
    }
}

impl From<Standing> for StandingTold {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::NotStarted => Self::NotStarted,
            Standing::ToLookAtAgain => Self::ToLookAtAgain,
            Standing::AskedAnew => Self::AskedAnew,
            Standing::Answered(_) => Self::Answered,
            Standing::PresumedNotApplicable => Self::PresumedNotApplicable,
        }
    }
}
