//! What a code stands for, as it is now.

use chrono::NaiveDate;

use crate::charter::{Pledge, PledgeInFull, PledgeState};
use crate::db::DbConnection;
use crate::error::Result;
use crate::my_training::{RecordLink, ShownRecord};
use crate::organisations::Organisation;
use crate::review::{Endorsement, RecordedStep};

/// Something that was given a public code.
pub enum Proof {
    /// With the code of the one that stands in its place, once it is renewed.
    Pledge(Box<Organisation>, Box<PledgeInFull>, Option<String>),
    /// With the last step it took.
    Endorsement(Box<Organisation>, Endorsement, Option<RecordedStep>),
    /// A training record, as far as its owner lets the link show it.
    Record(RecordLink, ShownRecord),
    /// A link to a training record that its owner has ended, or whose last day is over.
    ClosedRecord,
}

impl Proof {
    /// What a code or an endorsement's number stands for. A pledge that was never in force stands for nothing.
    pub fn of_code(conn: &mut DbConnection, code: &str, today: NaiveDate) -> Result<Option<Self>> {
        if let Some(link) = RecordLink::find_by_code(conn, code)? {
            let shown = ShownRecord::behind(conn, &link, today)?;
            return Ok(Some(shown.map_or(Self::ClosedRecord, |record| Self::Record(link, record))));
        }
        if let Some(endorsement) = Endorsement::find_by_code(conn, code)? {
            let organisation = Organisation::find(conn, endorsement.organisation_id)?;
            let last = RecordedStep::last_of(conn, endorsement.id)?;
            return Ok(Some(Self::Endorsement(Box::new(organisation), endorsement, last)));
        }
        let Some(pledge) = Pledge::find_by_code(conn, code)?.filter(was_in_force) else { return Ok(None) };
        let organisation = Organisation::find(conn, pledge.organisation_id)?;
        let renewed = pledge.renewed_on.map(|_| pledge.clone().last_renewal(conn)).transpose()?;
        let stands = renewed.map(|newer| newer.code).filter(|code| *code != pledge.code);
        Ok(Some(Self::Pledge(Box::new(organisation), Box::new(PledgeInFull::of(conn, pledge)?), stands)))
    }

    /// [`Proof::of_code`], but of what stands now in the place of what was renewed.
    pub fn of_code_or_renewal(conn: &mut DbConnection, code: &str, today: NaiveDate) -> Result<Option<Self>> {
        match Self::of_code(conn, code, today)? {
            Some(Self::Pledge(_, _, Some(newer))) => Self::of_code(conn, &newer, today),
            proof => Ok(proof),
        }
    }
}

fn was_in_force(pledge: &Pledge) -> bool {
    !matches!(pledge.state(), PledgeState::Draft | PledgeState::PartSigned) && pledge.in_force_on.is_some()
}
