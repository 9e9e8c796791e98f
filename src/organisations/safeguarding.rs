//! The safeguarding lead: the name and address that an organisation gives, and naming another when that one leaves.
//! Once there is one, there always is one, and the VRP knows who.
//! Not here: the question about it at registration, which is of the profile.

use diesel::prelude::*;
use serde_json::json;

use super::matters::{Cause, Matters};
use super::organisation::Organisation;
use crate::acts::Act;
use crate::db::schema::organisations;
use crate::error::{Error, Result};
use crate::words::EmailAddress;

impl Organisation {
    /// Is someone of this name, or with this address, its safeguarding lead?
    pub fn has_as_safeguarding_lead(&self, name: &str, address: Option<&EmailAddress>) -> bool {
        let same_name = self.safeguarding_lead_name.as_deref().is_some_and(|n| n.to_lowercase() == name.to_lowercase());
        same_name || self.has_safeguarding_address(address)
    }

    /// Names another in the place of one who leaves; the VRP is told. An address that was not the leaver's own, such as a shared mailbox, stays.
    pub fn name_safeguarding_lead(
        &self,
        act: &mut Act<'_>,
        name: &str,
        address: &EmailAddress,
        instead_of: Option<&EmailAddress>,
    ) -> Result<()> {
        let shared = self.safeguarding_lead_email.as_deref().filter(|_| !self.has_safeguarding_address(instead_of));
        let changed = diesel::update(organisations::table.find(self.id))
            .set((
                organisations::safeguarding_lead_name.eq(name),
                organisations::safeguarding_lead_email.eq(shared.unwrap_or(address.as_str())),
            ))
            .execute(act.conn)?;
        if changed == 0 {
            return Err(Error::Conflict);
        }
        let now = Self::find(act.conn, self.id)?;
        let matters = Matters::between(self, &now);
        let mut details = json!({});
        matters.add_to(&mut details);
        act.record("safeguarding lead named", self.subject(), details)?;
        matters.tell(act, &now, Cause::LeadLeft)
    }

    fn has_safeguarding_address(&self, address: Option<&EmailAddress>) -> bool {
        address.is_some_and(|address| self.safeguarding_lead_email.as_deref() == Some(address.as_str()))
    }
}
