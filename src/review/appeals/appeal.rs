//! An appeal as it is stored, how it is lodged, and the clock that both sides see.
//!
//! | from | verb | to | who |
//! |---|---|---|---|
//! | | lodge, within the time that the programme sets | waiting | a lead |
//! | waiting | answer: uphold | upheld | an administrator or a decider with fresh eyes |
//! | waiting | answer: do not uphold | not upheld | the same |

use chrono::{Days, NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::contestable::Contestable;
use super::viewer::FreshEyes;
use crate::accounts::{Role, role_holders};
use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::say_day;
use crate::db::schema::{organisations, review_appeals as appeals};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, AppealId, EndorsementId, OrganisationId, ReviewId};
use crate::mail::Letter;
use crate::organisations::Organisation;
use crate::programme::Programme;
use crate::text_enum;

text_enum! {
    /// What an appeal is against.
    pub enum Against {
        NotYet = "not_yet",
        /// A level below the one that the organisation's own judgements support.
        Level = "level",
        Suspension = "suspension",
        Revocation = "revocation",
    }
}

text_enum! {
    /// Where an appeal is.
    pub enum AppealState { Waiting = "waiting", Upheld = "upheld", NotUpheld = "not_upheld" }
}

/// So long before its day an appeal is spoken of again.
const NEAR: Days = Days::new(7);
/// How many are spoken of in one act at most.
const BATCH: i64 = 20;

/// An appeal as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = appeals)]
pub struct Appeal {
    pub id: AppealId,
    pub organisation_id: OrganisationId,
    /// The case: the review that led to the decision, or to the endorsement.
    pub review_id: ReviewId,
    pub endorsement_id: Option<EndorsementId>,
    pub step_number: Option<i32>,
    pub against: Against,
    /// The organisation's words.
    pub grounds: String,
    pub(super) state: AppealState,
    pub lodged_by: AccountId,
    pub lodged_at: NaiveDateTime,
    /// The day by which it should be answered.
    pub target_on: NaiveDate,
    pub recommended_by: AccountId,
    pub decided_by: AccountId,
    /// Who took the decision that is appealed against.
    pub contested_by: AccountId,
    pub answered_by: Option<AccountId>,
    pub answered_at: Option<NaiveDateTime>,
    /// For the organisation to read.
    pub reasons: Option<String>,
}

#[derive(Serialize)]
struct LodgedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    target: String,
}
impl Letter for LodgedLetter<'_> {
    const NAME: &'static str = "appeal-lodged";
}

/// What both letters to those who may answer are told.
#[derive(Serialize)]
struct Told<'a> {
    organisation: &'a str,
    appeal: AppealId,
    target: String,
}
#[derive(Serialize)]
#[serde(transparent)]
struct WaitingLetter<'a>(Told<'a>);
impl Letter for WaitingLetter<'_> {
    const NAME: &'static str = "appeal-waiting";
}
#[derive(Serialize)]
#[serde(transparent)]
struct NearLetter<'a>(Told<'a>);
impl Letter for NearLetter<'_> {
    const NAME: &'static str = "appeal-near";
}

impl Appeal {
    /// Appeals, with grounds; the leads and whoever may answer are told the day. `None` when there is one already.
    pub fn lodge(
        act: &mut Act<'_>,
        by: AccountId,
        organisation: &Organisation,
        contested: &Contestable,
        grounds: &str,
    ) -> Result<Option<Self>> {
        if contested.until < act.today() {
            return Err(Error::Conflict);
        }
        let days = Programme::now(act.conn)?.appeal_answer_days;
        let step = contested.step.as_ref();
        let decided_by = contested.decision.decided_by;
        let appeal = Self {
            id: AppealId::new(),
            organisation_id: organisation.id,
            review_id: contested.decision.review_id,
            endorsement_id: step.map(|(endorsement, _)| endorsement.id),
            step_number: step.map(|(_, step)| step.number),
            against: contested.against,
            grounds: grounds.to_owned(),
            state: AppealState::Waiting,
            lodged_by: by,
            lodged_at: act.at,
            target_on: act.today().checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX),
            recommended_by: contested.decision.recommended_by,
            decided_by,
            contested_by: step.and_then(|(_, step)| step.taken_by).unwrap_or(decided_by),
            answered_by: None,
            answered_at: None,
            reasons: None,
        };
        let added = unless_taken(act.conn, |conn| diesel::insert_into(appeals::table).values(&appeal).execute(conn))?;
        if added.is_none() {
            return Ok(None);
        }
        let details = json!({ "against": appeal.against, "grounds": grounds, "target_on": appeal.target_on });
        act.record("appeal lodged", appeal.subject(), details)?;
        let (name, slug, target) = (&organisation.name, &organisation.slug, say_day(appeal.target_on));
        organisation.tell_leads(act, &LodgedLetter { organisation: name, slug, target })?;
        appeal.tell_those_who_may_answer(act, &WaitingLetter(appeal.told(name)))?;
        Ok(Some(appeal))
    }

    pub fn find(conn: &mut DbConnection, id: AppealId) -> Result<Self> {
        Ok(appeals::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// An organisation's, the newest first.
    pub fn all_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<Self>> {
        Ok(appeals::table
            .filter(appeals::organisation_id.eq(organisation))
            .order((appeals::lodged_at.desc(), appeals::id.desc()))
            .select(Self::as_select())
            .load(conn)?)
    }

    /// Those that wait, the nearest day first; 100 at most.
    pub fn waiting(conn: &mut DbConnection) -> Result<Vec<(Self, Organisation)>> {
        Ok(appeals::table
            .inner_join(organisations::table)
            .filter(appeals::state.eq(AppealState::Waiting))
            .order((appeals::target_on, appeals::id))
            .limit(100)
            .select((Self::as_select(), Organisation::as_select()))
            .load(conn)?)
    }

    pub fn state(&self) -> AppealState {
        self.state
    }

    /// Had they a part in what is appealed against?
    pub fn involves(&self, account: AccountId) -> bool {
        [self.recommended_by, self.decided_by, self.contested_by].contains(&account)
    }

    /// What audit entries about it are about.
    pub fn subject(&self) -> Subject {
        Subject::within(self.organisation_id, "appeal", self.id)
    }

    fn told<'a>(&self, organisation: &'a str) -> Told<'a> {
        Told { organisation, appeal: self.id, target: say_day(self.target_on) }
    }

    /// Each of them once, however many roles they have.
    fn tell_those_who_may_answer<L: Letter>(&self, act: &mut Act<'_>, letter: &L) -> Result<()> {
        let mut told = Vec::new();
        for (holder, role) in role_holders(act.conn)? {
            let may = matches!(role, Role::Steward | Role::Decider) && !told.contains(&holder.id);
            if may && FreshEyes::establish(act.conn, holder.id, self, act.at).is_ok() {
                told.push(holder.id);
                act.post(&holder.address(), letter)?;
            }
        }
        Ok(())
    }
}

/// How many wait.
pub fn count_appeals(conn: &mut DbConnection) -> Result<i64> {
    Ok(appeals::table.filter(appeals::state.eq(AppealState::Waiting)).count().get_result(conn)?)
}

/// Speaks once more of appeals whose day is near, to those who may answer them. How many: call again until it is none.
pub fn remind_of_appeals(act: &mut Act<'_>) -> Result<usize> {
    let near = act.today().checked_add_days(NEAR).unwrap_or(NaiveDate::MAX);
    let due: Vec<(Appeal, Organisation)> = appeals::table
        .inner_join(organisations::table)
        .filter(appeals::state.eq(AppealState::Waiting))
        .filter(appeals::target_on.le(near))
        .filter(appeals::reminded_at.is_null())
        .order((appeals::target_on, appeals::id))
        .limit(BATCH)
        .select((Appeal::as_select(), Organisation::as_select()))
        .load(act.conn)?;
    for (appeal, organisation) in &due {
        let marked = diesel::update(appeals::table.find(appeal.id)).filter(appeals::reminded_at.is_null());
        if marked.set(appeals::reminded_at.eq(act.at)).execute(act.conn)? == 1 {
            appeal.tell_those_who_may_answer(act, &NearLetter(appeal.told(&organisation.name)))?;
        }
    }
    Ok(due.len())
}
