//! The providers someone runs sessions for, to be told and to be forgotten.

use diesel::prelude::*;

use super::provider_person::{ProviderPerson, ProviderPersonState};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{training_provider_people as people, training_providers as providers};
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};
use crate::words::{ERASED_NAME, EmailAddress};

/// By the account, or by the address they were invited at.
macro_rules! theirs {
    ($whom:expr) => {
        people::email.eq_any(&$whom.addresses).or(people::account_id.assume_not_null().eq_any($whom.account.as_slice()))
    };
}

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![Sheet {
        name: "provider-people",
        title: "Training providers that invited you to run their sessions",
        columns: &["provider", "name", "email", "state"],
        page: own_places,
    }]
}

fn own_places(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, ProviderPerson)> = people::table
        .inner_join(providers::table)
        .filter(theirs!(whom))
        .order((people::invited_at, people::id))
        .limit(window.most)
        .offset(window.from)
        .select((providers::name, ProviderPerson::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(provider, p)| row![provider, p.name, p.email, p.state()]).collect())
}

/// Ends what is open, and takes name and address from all of it.
pub fn forget(act: &mut Act<'_>, whom: &Someone) -> Result<()> {
    let all: Vec<ProviderPerson> =
        people::table.filter(theirs!(whom)).select(ProviderPerson::as_select()).load(act.conn)?;
    for person in all {
        if person.state() != ProviderPersonState::Ended {
            person.end(act)?;
        }
        diesel::update(people::table.find(person.id))
            .set((people::email.eq(EmailAddress::erased(person.id).as_str()), people::name.eq(ERASED_NAME)))
            .execute(act.conn)?;
    }
    Ok(())
}
