//! Who could review an organisation, and how much each has already. A few queries, however many reviewers there are.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::accounts::{Account, Role, role_holders};
use crate::db::DbConnection;
use crate::db::schema::reviews;
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId};
use crate::review::interests::people_tied_to;
use crate::review::review::ReviewState;

/// A reviewer, as a colleague who could take a review.
#[derive(Debug, Clone)]
pub struct Colleague {
    pub account: Account,
    /// How many reviews they have open.
    pub open: i64,
    pub is_tied: bool,
}

impl Colleague {
    /// All reviewers, whoever has least first.
    pub fn all(conn: &mut DbConnection) -> Result<Vec<Self>> {
        let counts: Vec<(AccountId, i64)> = reviews::table
            .filter(reviews::state.eq(ReviewState::Open))
            .group_by(reviews::reviewer_id)
            .select((reviews::reviewer_id, diesel::dsl::count_star()))
            .load(conn)?;
        let counts: BTreeMap<AccountId, i64> = counts.into_iter().collect();
        let reviewers = role_holders(conn)?.into_iter().filter(|(_, role)| *role == Role::Reviewer);
        let colleague = |account: Account| {
            let open = counts.get(&account.id).copied().unwrap_or_default();
            Self { account, open, is_tied: false }
        };
        let mut all: Vec<Self> = reviewers.map(|(account, _)| colleague(account)).collect();
        all.sort_by(|a, b| (a.open, &a.account.name).cmp(&(b.open, &b.account.name)));
        Ok(all)
    }

    /// All reviewers, with whether each has a tie to an organisation.
    pub fn all_for(conn: &mut DbConnection, organisation: OrganisationId, at: NaiveDateTime) -> Result<Vec<Self>> {
        let tied = people_tied_to(conn, organisation, at)?;
        let all = Self::all(conn)?.into_iter();
        Ok(all.map(|colleague| Self { is_tied: tied.contains_key(&colleague.account.id), ..colleague }).collect())
    }
}
