//! What a code stands for, as it is now.

use crate::charter::{Pledge, PledgeInFull, PledgeState};
use crate::db::DbConnection;
use crate::error::Result;
use crate::organisations::Organisation;
use crate::review::Endorsement;

/// Something that was given a public code.
pub enum Proof {
    Pledge(Organisation, Box<PledgeInFull>),
    Endorsement(Organisation, Endorsement),
}

impl Proof {
    /// What a code or an endorsement's number stands for. A pledge that was never in force stands for nothing.
    pub fn of_code(conn: &mut DbConnection, code: &str) -> Result<Option<Self>> {
        if let Some(endorsement) = Endorsement::find_by_code(conn, code)? {
            let organisation = Organisation::find(conn, endorsement.organisation_id)?;
            return Ok(Some(Self::Endorsement(organisation, endorsement)));
        }
        let Some(pledge) = Pledge::find_by_code(conn, code)?.filter(was_in_force) else { return Ok(None) };
        let organisation = Organisation::find(conn, pledge.organisation_id)?;
        Ok(Some(Self::Pledge(organisation, Box::new(PledgeInFull::of(conn, pledge)?))))
    }
}

fn was_in_force(pledge: &Pledge) -> bool {
    !matches!(pledge.state(), PledgeState::Draft | PledgeState::PartSigned) && pledge.in_force_on.is_some()
}
