//! Signing a self-assessment and sending it: one person for the work and another for those who govern sign the same frozen
//! copy, and only then does it go to the VRP. Where the VRP gave leave, one person may sign for both.
//! Nothing is changed between the two signatures: whoever wants to change something takes it back first.
//! Not here: what a reviewer does with it; the copies themselves, which are in `frozen`.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::answer::settle_presumed;
use super::assessment::{Assessment, AssessmentState, ChangeRequest, ChangeState};
use super::frozen::{FrozenCopy, StoredCopy};
use super::progress::Sheet;
use crate::accounts::Account;
use crate::acts::Act;
use crate::before_pledging::{Leave, LeaveKind};
use crate::charter::{Capacity, PossibleSignatory, possible_signatories};
use crate::db::DbConnection;
use crate::db::schema::{assessment_change_requests as requests, assessment_signatures as signatures, assessments};
use crate::error::{Error, Result};
use crate::ids::{AccountId, AssessmentId, PledgeLeaveId};
use crate::mail::Letter;
use crate::organisations::Organisation;

/// A signature as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = signatures)]
pub struct AssessmentSignature {
    pub assessment_id: AssessmentId,
    pub copy_number: i32,
    pub capacity: Capacity,
    pub account_id: AccountId,
    /// The name as it was signed.
    pub name: String,
    /// The statement they made.
    pub statement: String,
    pub signed_at: NaiveDateTime,
    /// The leave by which it is of the same person as the other.
    pub leave_id: Option<PledgeLeaveId>,
}

/// What became of signing for the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signed {
    /// It waits for the second signature.
    Sealed,
    /// One person signed for both, or it went back to the reviewer: it is with the VRP.
    Sent,
    /// Something is left to answer or to change. Nothing was changed.
    SomethingLeft,
    /// Nobody could give the second signature. Nothing was changed.
    NobodyGoverns,
}

#[derive(Serialize)]
struct SubmittedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    by: &'a str,
}
impl Letter for SubmittedLetter<'_> {
    const NAME: &'static str = "assessment-submitted";
}

#[derive(Serialize)]
struct ToSignLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    by: &'a str,
}
impl Letter for ToSignLetter<'_> {
    const NAME: &'static str = "assessment-to-sign";
}

#[derive(Serialize)]
struct ReturnedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    by: &'a str,
}
impl Letter for ReturnedLetter<'_> {
    const NAME: &'static str = "assessment-returned";
}

impl AssessmentSignature {
    /// Those of an assessment, the latest copy's first.
    pub fn all_of(conn: &mut DbConnection, assessment: AssessmentId) -> Result<Vec<Self>> {
        Ok(signatures::table
            .filter(signatures::assessment_id.eq(assessment))
            .order((signatures::copy_number.desc(), signatures::signed_at))
            .select(Self::as_select())
            .load(conn)?)
    }
}

/// Everyone but one who may sign for those who govern.
pub fn who_may_countersign(
    conn: &mut DbConnection,
    assessment: &Assessment,
    but: AccountId,
) -> Result<Vec<PossibleSignatory>> {
    let able = possible_signatories(conn, assessment.organisation_id)?.into_iter();
    Ok(able.filter(|who| who.account != but && who.capacities.contains(&Capacity::Governance)).collect())
}

impl Assessment {
    /// Signs for the work, the first time or after changes that a reviewer asked for.
    pub fn sign_for_the_work(&self, act: &mut Act<'_>, by: &Account, statement: &str) -> Result<Signed> {
        match self.state() {
            AssessmentState::ChangesRequested => self.send_changes_back(act, by, statement),
            _ => self.seal(act, by, statement),
        }
    }

    /// Freezes it and waits for the other side; or sends it, where one person signs for both.
    fn seal(&self, act: &mut Act<'_>, by: &Account, statement: &str) -> Result<Signed> {
        self.hold(act, AssessmentState::Draft)?;
        let sheet = Sheet::of(act.conn, self)?;
        if !sheet.gaps().is_empty() {
            return Ok(Signed::SomethingLeft);
        }
        let others = who_may_countersign(act.conn, self, by.id)?;
        let leave = Leave::standing_of(act.conn, self.organisation_id, LeaveKind::OneSignatory)?;
        if others.is_empty() && leave.is_none() {
            return Ok(Signed::NobodyGoverns);
        }
        settle_presumed(act, self, &sheet, by.id)?;
        let copy = FrozenCopy::of(&Sheet::of(act.conn, self)?).keep(act, self.id)?;
        self.write_signature(act, copy, Capacity::Delivery, by, statement, None)?;
        diesel::update(assessments::table.find(self.id)).set(assessments::sealed_copy.eq(copy)).execute(act.conn)?;
        act.record("assessment signed for the work", self.subject(), json!({ "copy": copy }))?;
        match leave {
            Some(leave) if others.is_empty() => {
                self.write_signature(act, copy, Capacity::Governance, by, statement, Some(leave))?;
                self.send(act, copy).map(|()| Signed::Sent)
            }
            _ => self.ask_to_countersign(act, by, &others).map(|()| Signed::Sealed),
        }
    }

    /// Signs for those who govern what was shown, and sends it. A conflict when it was taken back meanwhile, when they
    /// signed for the work themselves, or when they may not sign for governance.
    pub fn sign_for_governance(&self, act: &mut Act<'_>, by: &Account, seen: &str, statement: &str) -> Result<()> {
        let copy = self.hold_sealed(act)?;
        if StoredCopy::find(act.conn, self.id, copy)?.sha256 != seen {
            return Err(Error::Conflict);
        }
        let first = AssessmentSignature::all_of(act.conn, self.id)?.into_iter().find(|s| s.copy_number == copy);
        let first = first.ok_or(Error::Conflict)?.account_id;
        if !who_may_countersign(act.conn, self, first)?.iter().any(|who| who.account == by.id) {
            return Err(Error::Conflict);
        }
        self.write_signature(act, copy, Capacity::Governance, by, statement, None)?;
        act.record("assessment signed for governance", self.subject(), json!({ "copy": copy }))?;
        self.send(act, copy)
    }

    /// Opens it again before the second signature. The first stays on the copy it was under.
    pub fn take_back(&self, act: &mut Act<'_>) -> Result<()> {
        let copy = self.hold_sealed(act)?;
        diesel::update(assessments::table.find(self.id))
            .set(assessments::sealed_copy.eq(None::<i32>))
            .execute(act.conn)?;
        act.record("assessment taken back", self.subject(), json!({ "copy": copy }))
    }

    /// Takes it out of the queue again, before a reviewer has begun. What was decided once stays where it is.
    pub fn withdraw(&self, act: &mut Act<'_>) -> Result<()> {
        if self.decided_at.is_some() {
            return Err(Error::Conflict);
        }
        let (from, to) = (AssessmentState::Submitted, AssessmentState::Draft);
        self.step(act, from, to, "assessment withdrawn", json!({}))?;
        diesel::update(assessments::table.find(self.id))
            .set((assessments::submitted_at.eq(None::<NaiveDateTime>), assessments::submitted_by.eq(None::<AccountId>)))
            .execute(act.conn)?;
        Ok(())
    }

    /// Sends the changed answers back to the reviewer, as a copy of their own; those who govern are told.
    fn send_changes_back(&self, act: &mut Act<'_>, by: &Account, statement: &str) -> Result<Signed> {
        self.hold(act, AssessmentState::ChangesRequested)?;
        let unsettled = ChangeRequest::unsettled_of(act.conn, self.id)?;
        if unsettled.iter().any(|request| request.state == ChangeState::Open) {
            return Ok(Signed::SomethingLeft);
        }
        let copy = FrozenCopy::of(&Sheet::of(act.conn, self)?).keep(act, self.id)?;
        self.write_signature(act, copy, Capacity::Delivery, by, statement, None)?;
        diesel::update(requests::table.filter(requests::assessment_id.eq(self.id)))
            .set(requests::state.eq(ChangeState::Settled))
            .execute(act.conn)?;
        let (to, verb) = match Self::find(act.conn, self.id)?.reviewer_gone {
            false => (AssessmentState::InReview, "assessment returned to the reviewer"),
            true => (AssessmentState::Submitted, "assessment back in the queue"),
        };
        self.step(act, AssessmentState::ChangesRequested, to, verb, json!({ "copy": copy }))?;
        let away = i32::try_from(self.days_away(act.today())).map_err(Error::unexpected)?;
        self.set_time_away(act, None, away)?;
        diesel::update(assessments::table.find(self.id)).set(assessments::reviewer_gone.eq(false)).execute(act.conn)?;
        let organisation = Organisation::find(act.conn, self.organisation_id)?;
        let name = by.name.clone();
        let letter = ReturnedLetter { organisation: &organisation.name, slug: &organisation.slug, by: &name };
        organisation.tell_leads(act, &letter)?;
        for who in who_may_countersign(act.conn, self, by.id)? {
            let chair = Account::find(act.conn, who.account)?;
            act.post(&chair.address(), &letter)?;
        }
        Ok(Signed::Sent)
    }

    /// Both have signed.
    fn send(&self, act: &mut Act<'_>, copy: i32) -> Result<()> {
        let by = act.by.account;
        diesel::update(assessments::table.find(self.id))
            .set((
                assessments::submitted_at.eq(act.at),
                assessments::submitted_by.eq(by),
                assessments::sealed_copy.eq(None::<i32>),
            ))
            .execute(act.conn)?;
        let sheet = Sheet::of(act.conn, self)?;
        let supports = sheet.level().map(|level| level.as_str());
        let details = json!({ "supports": supports, "copy": copy });
        self.step(act, AssessmentState::Draft, AssessmentState::Submitted, "assessment submitted", details)?;
        let organisation = Organisation::find(act.conn, self.organisation_id)?;
        let by = act.by.name.clone();
        let letter = SubmittedLetter { organisation: &organisation.name, slug: &organisation.slug, by: &by };
        organisation.tell_leads(act, &letter)
    }

    fn ask_to_countersign(&self, act: &mut Act<'_>, by: &Account, others: &[PossibleSignatory]) -> Result<()> {
        let organisation = Organisation::find(act.conn, self.organisation_id)?;
        let letter = ToSignLetter { organisation: &organisation.name, slug: &organisation.slug, by: &by.name };
        others.iter().try_for_each(|who| {
            let account = Account::find(act.conn, who.account)?;
            act.post(&account.address(), &letter)
        })
    }

    fn write_signature(
        &self,
        act: &mut Act<'_>,
        copy: i32,
        capacity: Capacity,
        by: &Account,
        statement: &str,
        leave: Option<PledgeLeaveId>,
    ) -> Result<()> {
        let signature = AssessmentSignature {
            assessment_id: self.id,
            copy_number: copy,
            capacity,
            account_id: by.id,
            name: by.name.clone(),
            statement: statement.to_owned(),
            signed_at: act.at,
            leave_id: leave,
        };
        diesel::insert_into(signatures::table).values(&signature).execute(act.conn)?;
        Ok(())
    }

    /// Takes the row while it waits for the second signature; gives the copy's number.
    fn hold_sealed(&self, act: &mut Act<'_>) -> Result<i32> {
        let held = diesel::update(assessments::table.find(self.id))
            .filter(assessments::state.eq(AssessmentState::Draft))
            .filter(assessments::framework_version_id.eq(self.framework_version_id))
            .filter(assessments::sealed_copy.is_not_null())
            .set(assessments::state.eq(AssessmentState::Draft))
            .execute(act.conn)?;
        if held == 0 {
            return Err(Error::Conflict);
        }
        Self::find(act.conn, self.id)?.sealed_copy.ok_or(Error::Conflict)
    }
}
