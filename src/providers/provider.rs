//! A training provider, appointed by the VRP.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{training_provider_people, training_providers};
use crate::db::{DbConnection, unless_taken};
use crate::error::Result;
use crate::ids::{AccountId, ProviderId};
use crate::text_enum;

use super::provider_person::ProviderPersonState;

text_enum! {
    pub enum ProviderState { Appointed = "appointed", Ended = "ended" }
}

const VRP_NAME: &str = "Violence Reduction Partnership";
const VRP_ABOUT: &str = "The partnership behind the Youth Charter. Its Charter training is led by young people.";

/// A provider as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = training_providers)]
pub struct TrainingProvider {
    pub id: ProviderId,
    pub name: String,
    /// What they do, for whoever books with them.
    pub about: String,
    state: ProviderState,
    pub added_at: NaiveDateTime,
}

impl TrainingProvider {
    /// All that are appointed, by name.
    pub fn all(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(training_providers::table
            .filter(training_providers::state.eq(ProviderState::Appointed))
            .order(training_providers::name)
            .select(Self::as_select())
            .load(conn)?)
    }

    pub fn find(conn: &mut DbConnection, id: ProviderId) -> Result<Self> {
        Ok(training_providers::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// Those that someone runs sessions for, by name.
    pub fn all_of(conn: &mut DbConnection, account: AccountId) -> Result<Vec<Self>> {
        Ok(training_providers::table
            .inner_join(training_provider_people::table)
            .filter(training_provider_people::account_id.eq(account))
            .filter(training_provider_people::state.eq(ProviderPersonState::Active))
            .filter(training_providers::state.eq(ProviderState::Appointed))
            .order(training_providers::name)
            .select(Self::as_select())
            .distinct()
            .load(conn)?)
    }
}

impl TrainingProvider {
    /// The VRP itself, appointed when it is not yet.
    pub fn vrp(act: &mut Act<'_>) -> Result<Self> {
        if let Some(provider) = add_provider(act, VRP_NAME, VRP_ABOUT)? {
            return Ok(provider);
        }
        Ok(training_providers::table
            .filter(training_providers::name.eq(VRP_NAME))
            .filter(training_providers::state.eq(ProviderState::Appointed))
            .select(Self::as_select())
            .first(act.conn)?)
    }
}

/// Appoints a provider; `None` when one has this name.
pub fn add_provider(act: &mut Act<'_>, name: &str, about: &str) -> Result<Option<TrainingProvider>> {
    let provider = TrainingProvider {
        id: ProviderId::new(),
        name: name.to_owned(),
        about: about.to_owned(),
        state: ProviderState::Appointed,
        added_at: act.at,
    };
    let added =
        unless_taken(act.conn, |conn| diesel::insert_into(training_providers::table).values(&provider).execute(conn))?;
    if added.is_none() {
        return Ok(None);
    }
    act.record("provider appointed", Subject::of("provider", provider.id), json!({ "name": name }))?;
    Ok(Some(provider))
}
