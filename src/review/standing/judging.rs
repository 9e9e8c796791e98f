//! What a decider does with an endorsement that stands, or that was suspended.
//!
//! | from | verb | to | who |
//! |---|---|---|---|
//! | in force | suspend | suspended | a decider without a tie |
//! | suspended, and its last day not over | reinstate | in force | a decider without a tie |
//! | in force, suspended | revoke | revoked | a decider without a tie |
//!
//! Each has a reason, which the organisation's leads read in a letter.

use serde::Serialize;

use super::step::EndorsementStep;
use crate::acts::Act;
use crate::clock::say_day;
use crate::error::{Error, Result};
use crate::letters_alike;
use crate::organisations::Organisation;
use crate::review::appeals::appeal_until;
use crate::review::endorsement::Endorsement;
use crate::review::viewer::Independence;
use crate::text_enum;

text_enum! {
    /// What a decider can do, as addresses call it.
    pub enum JudgedStep {
        Suspend = "suspension",
        Reinstate = "reinstatement",
        Revoke = "revocation",
    }
}

impl JudgedStep {
    pub fn step(self) -> EndorsementStep {
        match self {
            Self::Suspend => EndorsementStep::Suspend,
            Self::Reinstate => EndorsementStep::Reinstate,
            Self::Revoke => EndorsementStep::Revoke,
        }
    }

    /// Those possible now.
    pub fn possible(endorsement: &Endorsement) -> impl Iterator<Item = Self> {
        let state = endorsement.state();
        Self::ALL.iter().copied().filter(move |judged| judged.step().leads_from().contains(&state))
    }
}

/// What each of the letters is told.
#[derive(Serialize)]
struct Told<'a> {
    organisation: &'a str,
    slug: &'a str,
    number: &'a str,
    ends_on: String,
    reason: &'a str,
    appeal_until: String,
}

letters_alike! { Told:
    SuspendedLetter = "endorsement-suspended";
    ReinstatedLetter = "endorsement-reinstated";
    RevokedLetter = "endorsement-revoked";
}

impl Endorsement {
    /// Suspends it, gives it back or takes it away; the leads are told why.
    pub fn judge(&self, act: &mut Act<'_>, by: Independence, judged: JudgedStep, reason: &str) -> Result<()> {
        by.covers_assessment(self.assessment_id)?;
        if judged == JudgedStep::Reinstate && self.ends_on < act.today() {
            return Err(Error::Conflict);
        }
        self.take_step(act, judged.step(), Some(by.account()), reason)?;
        let organisation = Organisation::find(act.conn, self.organisation_id)?;
        if organisation.is_closed() {
            return Ok(());
        }
        let told = Told {
            organisation: &organisation.name,
            slug: &organisation.slug,
            number: &self.number,
            ends_on: say_day(self.ends_on),
            reason,
            appeal_until: say_day(appeal_until(act.conn, act.today())?),
        };
        match judged {
            JudgedStep::Suspend => organisation.tell_leads(act, &SuspendedLetter(told)),
            JudgedStep::Reinstate => organisation.tell_leads(act, &ReinstatedLetter(told)),
            JudgedStep::Revoke => organisation.tell_leads(act, &RevokedLetter(told)),
        }
    }
}
