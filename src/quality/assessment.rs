//! An organisation's assessment of itself, from its beginning to the decision about it.
//!
//! | from | verb | to | who |
//! |---|---|---|---|
//! | (none running) | begin | draft | organisation |
//! | draft | sign for the work | draft, sealed | lead |
//! | draft, sealed | sign for governance | submitted | whoever governs, another person |
//! | draft, sealed | take back | draft | lead or whoever governs |
//! | submitted | withdraw | draft | lead |
//! | submitted | take into review | in review | reviewer |
//! | in review | return for changes | changes requested | reviewer |
//! | changes requested | resubmit | in review | organisation |
//! | in review | recommend | recommended | reviewer |
//! | recommended | send back to reviewer | in review | decider |
//! | recommended | conclude | endorsed, not yet | decider |
//! | endorsed, not yet | return for fresh review | submitted | who upholds an appeal |
//!
//! Any other step is a [`Error::Conflict`] and changes nothing. Answers and evidence can be changed in draft that is not
//! sealed, and in changes requested for the indicators asked about; else they are locked. The steps of signing are in
//! `signing`.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::answer::bring_answers_over;
use super::evidence::bring_evidence_over;
use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::day_of;
use crate::db::schema::{assessment_change_requests as requests, assessments, organisations};
use crate::db::{DbConnection, unless_taken};
use crate::each;
use crate::error::{Error, Result};
use crate::framework::Framework;
use crate::ids::{AccountId, AssessmentId, FrameworkVersionId, IndicatorId, OrganisationId};
use crate::mail::Letter;
use crate::organisations::{Organisation, OrganisationStanding, in_good_standing};
use crate::text_enum;

text_enum! {
    /// Where an assessment is.
    pub enum AssessmentState {
        Draft = "draft",
        Submitted = "submitted",
        InReview = "in_review",
        ChangesRequested = "changes_requested",
        Recommended = "recommended",
        Endorsed = "endorsed",
        NotYet = "not_yet",
    }
}

text_enum! {
    /// How an assessment ends.
    pub enum Conclusion { Endorsed = "endorsed", NotYet = "not_yet" }
}

text_enum! {
    /// A request is open until the indicator is saved again, and settled when all goes back to the reviewer.
    pub enum ChangeState { Open = "open", Answered = "answered", Settled = "settled" }
}

/// An assessment as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = assessments)]
pub struct Assessment {
    pub id: AssessmentId,
    pub organisation_id: OrganisationId,
    pub framework_version_id: FrameworkVersionId,
    pub(super) state: AssessmentState,
    pub started_at: NaiveDateTime,
    /// When it was submitted the first time.
    pub submitted_at: Option<NaiveDateTime>,
    pub submitted_by: Option<AccountId>,
    pub decided_at: Option<NaiveDateTime>,
    /// The reviewer was erased while the organisation had it back.
    pub(super) reviewer_gone: bool,
    /// The copy that one side has signed and that waits for the other; nothing is changed meanwhile.
    pub(super) sealed_copy: Option<i32>,
    /// Since when the organisation has had it back from its reviewer.
    pub(super) away_since: Option<NaiveDateTime>,
    /// For how many days it was away before that, of this review.
    pub(super) days_away: i32,
}

/// What a reviewer asked to have changed in one indicator, and why.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = requests, treat_none_as_default_value = false)]
pub struct ChangeRequest {
    pub assessment_id: AssessmentId,
    pub indicator_id: IndicatorId,
    pub asked_at: NaiveDateTime,
    pub reason: String,
    pub state: ChangeState,
}

#[derive(Serialize)]
struct ChangesLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    asked: Vec<AskedOfYou<'a>>,
}
#[derive(Serialize)]
struct AskedOfYou<'a> {
    question: &'a str,
    reason: &'a str,
}
impl Letter for ChangesLetter<'_> {
    const NAME: &'static str = "assessment-changes-requested";
}

impl Assessment {
    /// Begins an assessment against the framework in force. Answers and evidence of the organisation's last one are
    /// brought over, to be looked at again. When one is running already, that one is given back.
    pub fn begin(act: &mut Act<'_>, organisation: OrganisationId) -> Result<Self> {
        let framework = Framework::in_force(act.conn)?;
        let before = Self::latest_of(act.conn, organisation)?;
        let assessment = Self {
            id: AssessmentId::new(),
            organisation_id: organisation,
            framework_version_id: framework.version.id,
            state: AssessmentState::Draft,
            started_at: act.at,
            submitted_at: None,
            submitted_by: None,
            decided_at: None,
            reviewer_gone: false,
            sealed_copy: None,
            away_since: None,
            days_away: 0,
        };
        let added =
            unless_taken(act.conn, |conn| diesel::insert_into(assessments::table).values(&assessment).execute(conn))?;
        if added.is_none() {
            return Self::running_of(act.conn, organisation)?.ok_or(Error::Conflict);
        }
        if let Some(before) = before {
            bring_answers_over(act.conn, before.id, assessment.id, &framework)?;
            bring_evidence_over(act.conn, before.id, assessment.id, &framework)?;
        }
        act.record("assessment begun", assessment.subject(), json!({ "framework": framework.version.number }))?;
        Ok(assessment)
    }

    pub fn find(conn: &mut DbConnection, id: AssessmentId) -> Result<Self> {
        Ok(assessments::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// The one an organisation is at, in any state but the two last.
    pub fn running_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        Ok(Self::latest_of(conn, organisation)?.filter(|assessment| !assessment.is_concluded()))
    }

    /// The one an organisation began last.
    pub fn latest_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        Ok(assessments::table
            .filter(assessments::organisation_id.eq(organisation))
            .order((assessments::started_at.desc(), assessments::id.desc()))
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    /// Those in some states with their organisations, the longest wait first; `limit` of them from `offset` on.
    pub fn waiting(
        conn: &mut DbConnection,
        states: &[AssessmentState],
        limit: i64,
        offset: i64,
    ) -> Result<Vec<(Self, Organisation)>> {
        Ok(assessments::table
            .inner_join(organisations::table)
            .filter(assessments::state.eq_any(states))
            .filter(organisations::standing.eq(OrganisationStanding::Open))
            .order((assessments::submitted_at, assessments::id))
            .limit(limit)
            .offset(offset)
            .select((Self::as_select(), Organisation::as_select()))
            .load(conn)?)
    }

    /// How many of open organisations are in some states.
    pub fn count_waiting(conn: &mut DbConnection, states: &[AssessmentState]) -> Result<i64> {
        Ok(assessments::table
            .filter(assessments::state.eq_any(states))
            .filter(assessments::organisation_id.eq_any(in_good_standing()))
            .count()
            .get_result(conn)?)
    }

    pub fn state(&self) -> AssessmentState {
        self.state
    }

    /// The number of the copy that waits for the second signature.
    pub fn sealed_copy(&self) -> Option<i32> {
        self.sealed_copy
    }

    pub fn is_concluded(&self) -> bool {
        matches!(self.state, AssessmentState::Endorsed | AssessmentState::NotYet)
    }

    /// Is it in the organisation's hands, and not signed? Then some or all indicators are open.
    pub fn is_with_organisation(&self) -> bool {
        let is_theirs = matches!(self.state, AssessmentState::Draft | AssessmentState::ChangesRequested);
        is_theirs && self.sealed_copy.is_none()
    }

    /// What audit entries about it are about.
    pub fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "assessment", self.id)
    }

    /// A reviewer begins.
    pub fn take_into_review(&self, act: &mut Act<'_>) -> Result<()> {
        let (from, to) = (AssessmentState::Submitted, AssessmentState::InReview);
        self.step(act, from, to, "assessment taken into review", json!({}))?;
        self.set_time_away(act, None, 0)
    }

    /// Its reviewer is gone. What is with the organisation comes back into the queue when it is handed in again.
    pub fn return_to_queue(&self, act: &mut Act<'_>) -> Result<()> {
        if self.state == AssessmentState::ChangesRequested {
            diesel::update(assessments::table.find(self.id))
                .set(assessments::reviewer_gone.eq(true))
                .execute(act.conn)?;
        }
        if self.state != AssessmentState::InReview {
            return Ok(());
        }
        self.step(act, AssessmentState::InReview, AssessmentState::Submitted, "assessment back in the queue", json!({}))
    }

    /// Opens the indicators asked about, each with its reason; the leads are told. Asking for nothing, for the same
    /// indicator twice or for one that the framework lacks is a conflict.
    pub fn return_for_changes(&self, act: &mut Act<'_>, asked: &[(IndicatorId, String)]) -> Result<()> {
        let framework = Framework::of_version(act.conn, self.framework_version_id)?;
        let mut letter_asks = Vec::new();
        for (id, reason) in asked {
            let question = &framework.indicator(id).map_err(|_| Error::Conflict)?.question;
            letter_asks.push(AskedOfYou { question, reason });
        }
        let rows: Vec<_> = asked.iter().map(|(id, reason)| self.ask(act.at, id, reason)).collect();
        if rows.is_empty() {
            return Err(Error::Conflict);
        }
        let ids: Vec<_> = asked.iter().map(|(id, _)| id.as_str()).collect();
        let (from, to) = (AssessmentState::InReview, AssessmentState::ChangesRequested);
        self.step(act, from, to, "changes requested", json!({ "indicators": ids }))?;
        self.set_time_away(act, Some(act.at), self.days_away)?;
        let added = unless_taken(
            act.conn,
            |conn| each!(conn, c => diesel::insert_into(requests::table).values(&rows).execute(c)),
        )?;
        added.ok_or(Error::Conflict)?;
        let organisation = Organisation::find(act.conn, self.organisation_id)?;
        let letter = ChangesLetter { organisation: &organisation.name, slug: &organisation.slug, asked: letter_asks };
        organisation.tell_leads(act, &letter)
    }

    /// For how many days, of its review, it has been with the organisation.
    pub fn days_away(&self, today: NaiveDate) -> u32 {
        let now = self.away_since.map_or(0, |since| (today - day_of(since)).num_days().max(0));
        u32::try_from(i64::from(self.days_away) + now).unwrap_or(0)
    }

    /// Keeps how long it has been away, and since when it is again.
    pub(super) fn set_time_away(&self, act: &mut Act<'_>, since: Option<NaiveDateTime>, days: i32) -> Result<()> {
        diesel::update(assessments::table.find(self.id))
            .set((assessments::away_since.eq(since), assessments::days_away.eq(days)))
            .execute(act.conn)?;
        Ok(())
    }

    /// The reviewer has recommended something.
    pub fn recommend(&self, act: &mut Act<'_>) -> Result<()> {
        self.step(act, AssessmentState::InReview, AssessmentState::Recommended, "assessment recommended", json!({}))
    }

    /// The decider disagrees, and the reviewer looks again.
    pub fn send_back_to_reviewer(&self, act: &mut Act<'_>) -> Result<()> {
        let (from, to) = (AssessmentState::Recommended, AssessmentState::InReview);
        self.step(act, from, to, "assessment sent back to the reviewer", json!({}))
    }

    /// It is decided. The organisation may begin another.
    pub fn conclude(&self, act: &mut Act<'_>, conclusion: Conclusion) -> Result<()> {
        let to = match conclusion {
            Conclusion::Endorsed => AssessmentState::Endorsed,
            Conclusion::NotYet => AssessmentState::NotYet,
        };
        self.step(act, AssessmentState::Recommended, to, "assessment decided", json!({ "conclusion": conclusion }))?;
        diesel::update(assessments::table.find(self.id)).set(assessments::decided_at.eq(act.at)).execute(act.conn)?;
        Ok(())
    }

    /// Its decision is set aside: others review it as it was.
    pub fn return_for_fresh_review(&self, act: &mut Act<'_>) -> Result<()> {
        let from = if self.is_concluded() { self.state } else { return Err(Error::Conflict) };
        self.step(act, from, AssessmentState::Submitted, "assessment back for a fresh review", json!({}))
    }

    /// Makes sure that it is in a state and under this version of the framework, and that it stays so until this act is
    /// over.
    pub(super) fn hold(&self, act: &mut Act<'_>, state: AssessmentState) -> Result<()> {
        let held = diesel::update(assessments::table.find(self.id))
            .filter(assessments::state.eq(state))
            .filter(assessments::framework_version_id.eq(self.framework_version_id))
            .filter(assessments::sealed_copy.is_null())
            .set(assessments::state.eq(state))
            .execute(act.conn)?;
        if held == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    pub(super) fn step(
        &self,
        act: &mut Act<'_>,
        from: AssessmentState,
        to: AssessmentState,
        verb: &str,
        details: Value,
    ) -> Result<()> {
        let changed = diesel::update(assessments::table.find(self.id))
            .filter(assessments::state.eq(from))
            .set(assessments::state.eq(to))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        act.record(verb, self.subject(), details)
    }

    fn ask(&self, at: NaiveDateTime, indicator: &IndicatorId, reason: &str) -> ChangeRequest {
        ChangeRequest {
            assessment_id: self.id,
            indicator_id: indicator.clone(),
            asked_at: at,
            reason: reason.to_owned(),
            state: ChangeState::Open,
        }
    }
}

impl ChangeRequest {
    /// Everything that was ever asked about an assessment, the latest first.
    pub fn all_of(conn: &mut DbConnection, assessment: AssessmentId) -> Result<Vec<Self>> {
        Ok(requests::table
            .filter(requests::assessment_id.eq(assessment))
            .order((requests::asked_at.desc(), requests::indicator_id))
            .select(Self::as_select())
            .load(conn)?)
    }

    /// What the organisation is asked now: at most one an indicator.
    pub fn unsettled_of(conn: &mut DbConnection, assessment: AssessmentId) -> Result<Vec<Self>> {
        Ok(requests::table
            .filter(requests::assessment_id.eq(assessment))
            .filter(requests::state.ne(ChangeState::Settled))
            .select(Self::as_select())
            .load(conn)?)
    }
}
