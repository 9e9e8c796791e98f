//! What an organisation says about one indicator. An answer knows how often it was saved (its edition), so that two
//! people who have it open at once cannot overwrite each other without seeing it.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::assessment::{Assessment, AssessmentState, ChangeState};
use super::progress::{Applicability, Sheet};
use crate::acts::Act;
use crate::db::schema::{assessment_answers as answers, assessment_change_requests as requests};
use crate::db::{DbConnection, unless_taken};
use crate::each;
use crate::error::{Error, Result};
use crate::framework::{Framework, Indicator, Level};
use crate::ids::{AccountId, AssessmentId, IndicatorId};
use crate::text_enum;

text_enum! {
    /// How an organisation sees itself in one indicator.
    pub enum Judgement {
        NotYet = "not_yet",
        Emerging = "emerging",
        Established = "established",
        Excelling = "excelling",
        NotApplicable = "not_applicable",
    }
}

impl Judgement {
    /// The level it claims, if any.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::Emerging => Some(Level::Emerging),
            Self::Established => Some(Level::Established),
            Self::Excelling => Some(Level::Excelling),
            Self::NotYet | Self::NotApplicable => None,
        }
    }
}

/// An answer as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = answers, treat_none_as_default_value = false)]
pub struct Answer {
    pub assessment_id: AssessmentId,
    pub indicator_id: IndicatorId,
    pub judgement: Judgement,
    /// May be empty.
    pub narrative: String,
    /// How often it was saved; 0 when it was brought from the assessment before and nobody has looked at it yet.
    pub edition: i32,
    pub answered_by: AccountId,
    pub answered_at: NaiveDateTime,
    /// Who looks after it; nobody: the leads together.
    pub kept_by: Option<AccountId>,
    /// The question asks for something else by now, and nobody has looked at it again.
    pub asked_anew: bool,
}

/// The answers of an assessment, by indicator.
pub type Answers = BTreeMap<IndicatorId, Answer>;

/// What someone says about an indicator, with the edition they had before them (0 for none).
#[derive(Debug, Clone)]
pub struct Said {
    pub judgement: Judgement,
    pub narrative: String,
    pub edition_seen: i32,
}

/// What became of a save.
#[derive(Debug)]
pub enum Saved {
    Kept,
    /// Someone else saved this meanwhile. Nothing was changed.
    Stale(Answer),
    /// The framework has a new version since the question was read. Nothing was changed.
    Reworded,
    /// The new version does not ask this any more. Nothing was changed.
    NotAsked,
    /// "Not applicable" needs a reason here. Nothing was changed.
    ReasonMissing,
    /// This applies to every organisation. Nothing was changed.
    AppliesToAll,
}

impl Answer {
    pub fn all_of(conn: &mut DbConnection, assessment: AssessmentId) -> Result<Answers> {
        let rows: Vec<Self> =
            answers::table.filter(answers::assessment_id.eq(assessment)).select(Self::as_select()).load(conn)?;
        Ok(rows.into_iter().map(|answer| (answer.indicator_id.clone(), answer)).collect())
    }

    /// Has someone said this in the present assessment?
    pub fn is_confirmed(&self) -> bool {
        self.edition > 0 && !self.asked_anew
    }

    fn find(conn: &mut DbConnection, assessment: AssessmentId, indicator: &IndicatorId) -> Result<Self> {
        Ok(answers::table.find((assessment, indicator)).select(Self::as_select()).first(conn)?)
    }
}

/// Saves an answer: in draft, or after changes were requested for an indicator asked about; else it is a conflict.
pub fn save_answer(
    act: &mut Act<'_>,
    sheet: &Sheet,
    indicator: &Indicator,
    account: AccountId,
    said: &Said,
) -> Result<Saved> {
    let assessment = &sheet.assessment;
    hold_open(act, assessment, &indicator.id)?;
    if said.judgement == Judgement::NotApplicable {
        match sheet.applicability(indicator) {
            Applicability::Always => return Ok(Saved::AppliesToAll),
            Applicability::UnlessExplained if said.narrative.is_empty() => return Ok(Saved::ReasonMissing),
            _ => {}
        }
    }
    store_answer(act, assessment, &indicator.id, account, said)
}

fn store_answer(
    act: &mut Act<'_>,
    assessment: &Assessment,
    indicator: &IndicatorId,
    account: AccountId,
    said: &Said,
) -> Result<Saved> {
    let changed = diesel::update(answers::table.find((assessment.id, indicator)))
        .filter(answers::edition.eq(said.edition_seen))
        .set((
            answers::judgement.eq(said.judgement),
            answers::narrative.eq(&said.narrative),
            answers::edition.eq(said.edition_seen + 1),
            answers::answered_by.eq(account),
            answers::answered_at.eq(act.at),
            answers::kept_by.eq(account),
            answers::asked_anew.eq(false),
        ))
        .execute(act.conn)?;
    let kept = changed == 1 || (said.edition_seen == 0 && insert_answer(act, assessment, indicator, account, said)?);
    if !kept {
        let stored = Answer::find(act.conn, assessment.id, indicator)?;
        // The same form sent twice.
        let is_same = stored.judgement == said.judgement && stored.narrative == said.narrative;
        return Ok(if is_same && stored.is_confirmed() { Saved::Kept } else { Saved::Stale(stored) });
    }
    diesel::update(requests::table.filter(requests::assessment_id.eq(assessment.id)))
        .filter(requests::indicator_id.eq(indicator))
        .filter(requests::state.eq(ChangeState::Open))
        .set(requests::state.eq(ChangeState::Answered))
        .execute(act.conn)?;
    let details = json!({ "indicator": indicator, "judgement": said.judgement, "edition": said.edition_seen + 1 });
    act.record("answer saved", assessment.subject(), details)?;
    Ok(Saved::Kept)
}

/// Makes sure that an indicator can be changed until this act is over.
pub(super) fn hold_open(act: &mut Act<'_>, assessment: &Assessment, indicator: &IndicatorId) -> Result<()> {
    if assessment.state() != AssessmentState::ChangesRequested {
        return assessment.hold(act, AssessmentState::Draft);
    }
    assessment.hold(act, AssessmentState::ChangesRequested)?;
    let asked: i64 = requests::table
        .filter(requests::assessment_id.eq(assessment.id))
        .filter(requests::indicator_id.eq(indicator))
        .filter(requests::state.ne(ChangeState::Settled))
        .count()
        .get_result(act.conn)?;
    if asked == 0 { Err(Error::Conflict) } else { Ok(()) }
}

/// Brings the answers of one assessment into the next: for the indicators that it still asks about, and for those that
/// some of its own were split from.
pub(super) fn bring_answers_over(
    conn: &mut DbConnection,
    from: AssessmentId,
    to: AssessmentId,
    framework: &Framework,
) -> Result<()> {
    let brought: Vec<_> = Answer::all_of(conn, from)?
        .into_values()
        .filter(|answer| framework.speaks_of(&answer.indicator_id))
        .map(|answer| Answer { assessment_id: to, edition: 0, asked_anew: false, ..answer })
        .collect();
    if !brought.is_empty() {
        each!(conn, c => diesel::insert_into(answers::table).values(&brought).execute(c))?;
    }
    Ok(())
}

/// Writes "not applicable" for what the organisation's list of people says does not apply and nobody answered, so
/// that a submitted assessment has an answer to every indicator whatever changes later.
pub(super) fn settle_presumed(
    act: &mut Act<'_>,
    assessment: &Assessment,
    sheet: &Sheet,
    account: AccountId,
) -> Result<()> {
    for indicator in sheet.presumed_not_applicable() {
        diesel::delete(answers::table.find((assessment.id, &indicator.id))).execute(act.conn)?;
        let said = Said { judgement: Judgement::NotApplicable, narrative: String::new(), edition_seen: 0 };
        if !insert_answer(act, assessment, &indicator.id, account, &said)? {
            return Err(Error::Conflict);
        }
    }
    Ok(())
}

fn insert_answer(
    act: &mut Act<'_>,
    assessment: &Assessment,
    indicator: &IndicatorId,
    account: AccountId,
    said: &Said,
) -> Result<bool> {
    let answer = Answer {
        assessment_id: assessment.id,
        indicator_id: indicator.clone(),
        judgement: said.judgement,
        narrative: said.narrative.clone(),
        edition: said.edition_seen + 1,
        answered_by: account,
        answered_at: act.at,
        kept_by: Some(account),
        asked_anew: false,
    };
    let added = unless_taken(act.conn, |conn| diesel::insert_into(answers::table).values(&answer).execute(conn))?;
    Ok(added.is_some())
}
