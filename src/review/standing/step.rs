//! The steps of an endorsement, and what they come to.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{endorsement_steps as steps, endorsements};
use crate::error::{Error, Result};
use crate::ids::{AccountId, EndorsementId};
use crate::review::endorsement::{Endorsement, EndorsementState};
use crate::text_enum;

text_enum! {
    /// What can happen to an endorsement.
    pub enum EndorsementStep {
        Issue = "issue",
        Suspend = "suspend",
        Reinstate = "reinstate",
        Revoke = "revoke",
        /// An appeal was upheld.
        Restore = "restore",
        /// A newer one takes its place.
        Replace = "replace",
        /// Its last day is over.
        Lapse = "lapse",
    }
}

use EndorsementState::{InForce, Lapsed, Replaced, Revoked, Suspended};

impl EndorsementStep {
    /// From which states it leads on; from none for the first.
    pub fn leads_from(self) -> &'static [EndorsementState] {
        match self {
            Self::Issue => &[],
            Self::Suspend => &[InForce],
            Self::Reinstate => &[Suspended],
            Self::Revoke => &[InForce, Suspended],
            Self::Restore => &[Suspended, Revoked],
            // One that was revoked and is restored once its time is over, or once there is a newer one.
            Self::Replace | Self::Lapse => &[InForce, Suspended, Revoked],
        }
    }

    pub fn leads_to(self) -> EndorsementState {
        match self {
            Self::Issue | Self::Reinstate | Self::Restore => InForce,
            Self::Suspend => Suspended,
            Self::Revoke => Revoked,
            Self::Replace => Replaced,
            Self::Lapse => Lapsed,
        }
    }

    /// What its entry in the trail is called.
    fn entry(self) -> &'static str {
        match self {
            Self::Issue => "endorsement issued",
            Self::Suspend => "endorsement suspended",
            Self::Reinstate => "endorsement reinstated",
            Self::Revoke => "endorsement revoked",
            Self::Restore => "endorsement restored on appeal",
            Self::Replace => "endorsement replaced",
            Self::Lapse => "endorsement lapsed",
        }
    }
}

/// How an endorsement stands after some steps; `None` when they cannot follow each other.
pub fn fold_steps(taken: impl IntoIterator<Item = EndorsementStep>) -> Option<EndorsementState> {
    let mut state = None;
    for step in taken {
        let follows = match state {
            None => step == EndorsementStep::Issue,
            Some(before) => step.leads_from().contains(&before),
        };
        if !follows {
            return None;
        }
        state = Some(step.leads_to());
    }
    state
}

/// A step as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = steps)]
pub struct RecordedStep {
    pub endorsement_id: EndorsementId,
    /// 1 for the first, then without gaps.
    pub number: i32,
    pub step: EndorsementStep,
    /// Empty where time alone took it.
    pub reason: String,
    pub taken_by: Option<AccountId>,
    pub taken_at: NaiveDateTime,
}

impl RecordedStep {
    /// All of one endorsement, in their order.
    pub fn all_of(conn: &mut DbConnection, endorsement: EndorsementId) -> Result<Vec<Self>> {
        Ok(steps::table
            .filter(steps::endorsement_id.eq(endorsement))
            .order(steps::number)
            .select(Self::as_select())
            .load(conn)?)
    }

    /// The last of one endorsement.
    pub fn last_of(conn: &mut DbConnection, endorsement: EndorsementId) -> Result<Option<Self>> {
        Ok(steps::table
            .filter(steps::endorsement_id.eq(endorsement))
            .order(steps::number.desc())
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }
}

impl Endorsement {
    /// Takes a step, from a state that allows it, and writes it down.
    pub(in crate::review) fn take_step(
        &self,
        act: &mut Act<'_>,
        step: EndorsementStep,
        by: Option<AccountId>,
        reason: &str,
    ) -> Result<()> {
        let changed = diesel::update(endorsements::table.find(self.id))
            .filter(endorsements::state.eq_any(step.leads_from()))
            .set(endorsements::state.eq(step.leads_to()))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        self.write_step(act, step, by, reason)
    }

    /// Writes a step down whose change is made.
    pub(in crate::review) fn write_step(
        &self,
        act: &mut Act<'_>,
        step: EndorsementStep,
        by: Option<AccountId>,
        reason: &str,
    ) -> Result<()> {
        let last = RecordedStep::last_of(act.conn, self.id)?.map_or(0, |last| last.number);
        let row = RecordedStep {
            endorsement_id: self.id,
            number: last + 1,
            step,
            reason: reason.to_owned(),
            taken_by: by,
            taken_at: act.at,
        };
        diesel::insert_into(steps::table).values(&row).execute(act.conn)?;
        let mut details = json!({ "number": self.number });
        match step {
            EndorsementStep::Issue => {
                details["level"] = json!(self.level);
                details["ends_on"] = json!(self.ends_on);
            }
            _ if reason.is_empty() => {}
            _ => details["reason"] = json!(reason),
        }
        act.record(step.entry(), self.subject(), details)
    }
}

#[cfg(test)]
mod tests {
    use super::EndorsementStep::{Issue, Lapse, Reinstate, Replace, Restore, Revoke, Suspend};
    use super::*;

    #[test]
    fn what_steps_come_to() {
        assert_eq!(fold_steps([]), None, "nothing was given");
        assert_eq!(fold_steps([Issue]), Some(InForce));
        assert_eq!(fold_steps([Issue, Suspend, Reinstate, Lapse]), Some(Lapsed));
        assert_eq!(fold_steps([Issue, Suspend, Revoke, Restore, Replace]), Some(Replaced));
        for impossible in
            [vec![Suspend], vec![Issue, Issue], vec![Issue, Lapse, Reinstate], vec![Issue, Revoke, Reinstate]]
        {
            assert_eq!(fold_steps(impossible.clone()), None, "{impossible:?}");
        }
    }
}
