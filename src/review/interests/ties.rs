//! The organisations that someone cannot judge, each with why. Six queries, however many there are.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::affiliations::under_the_same;
use crate::clock::months_before;
use crate::db::DbConnection;
use crate::db::schema::{memberships, organisations, people, review_appeals as appeals, review_interests as interests};
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId};
use crate::programme::Programme;
use crate::review::appeals::AppealState;

/// Why someone cannot judge an organisation. Where several hold, the first is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    Member,
    /// Until lately.
    WasMember,
    Declared,
    /// And withdrawn lately.
    WasDeclared,
    /// They recommended or decided what an appeal set aside lately.
    SetAside,
    /// They belong to an umbrella body of it, or to an organisation under the same one; or did so lately.
    SameUmbrella,
}

/// The ties that someone has at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ties(BTreeMap<OrganisationId, Tie>);

impl Ties {
    pub fn of(conn: &mut DbConnection, account: AccountId, at: NaiveDateTime) -> Result<Self> {
        let since = months_before(at, Programme::now(conn)?.tie_months);
        let mut ties = Self::default();
        let own = memberships_of(conn, account, since)?;
        for (organisation, left) in &own {
            ties.add(*organisation, if left.is_none() { Tie::Member } else { Tie::WasMember });
        }
        for (organisation, withdrawn) in declared_by(conn, account, since)? {
            ties.add(organisation, if withdrawn.is_none() { Tie::Declared } else { Tie::WasDeclared });
        }
        set_aside_of(conn, account, since)?.into_iter().for_each(|organisation| ties.add(organisation, Tie::SetAside));
        let own: Vec<OrganisationId> = own.into_iter().map(|(organisation, _)| organisation).collect();
        if !own.is_empty() {
            under_the_same(conn, &own)?.into_iter().for_each(|organisation| ties.add(organisation, Tie::SameUmbrella));
        }
        Ok(ties)
    }

    /// The tie to one organisation, if there is one.
    pub fn to(&self, organisation: OrganisationId) -> Option<Tie> {
        self.0.get(&organisation).copied()
    }

    pub fn is_tied_to(&self, organisation: OrganisationId) -> bool {
        self.0.contains_key(&organisation)
    }

    /// Each with the organisation's name, by name.
    pub fn named(&self, conn: &mut DbConnection) -> Result<Vec<(String, Tie)>> {
        let ids: Vec<OrganisationId> = self.0.keys().copied().collect();
        let rows: Vec<(OrganisationId, String)> = organisations::table
            .filter(organisations::id.eq_any(ids))
            .order((organisations::search, organisations::id))
            .select((organisations::id, organisations::name))
            .load(conn)?;
        Ok(rows.into_iter().filter_map(|(id, name)| Some((name, self.to(id)?))).collect())
    }

    fn add(&mut self, organisation: OrganisationId, tie: Tie) {
        let known = self.0.entry(organisation).or_insert(tie);
        *known = tie.min(*known);
    }
}

/// Everyone with a tie to one organisation: what [`Ties`] says of each, asked the other way round.
pub fn people_tied_to(
    conn: &mut DbConnection,
    organisation: OrganisationId,
    at: NaiveDateTime,
) -> Result<BTreeMap<AccountId, Tie>> {
    let since = months_before(at, Programme::now(conn)?.tie_months);
    let mut tied = BTreeMap::new();
    let mut add = |account: AccountId, tie: Tie| {
        let known = tied.entry(account).or_insert(tie);
        *known = tie.min(*known);
    };
    for (account, left) in members_of(conn, &[organisation], since)? {
        add(account, if left.is_none() { Tie::Member } else { Tie::WasMember });
    }
    let declared: Vec<(AccountId, Option<NaiveDateTime>)> = interests::table
        .filter(interests::organisation_id.eq(organisation))
        .filter(interests::withdrawn_at.is_null().or(interests::withdrawn_at.gt(since)))
        .select((interests::account_id, interests::withdrawn_at))
        .load(conn)?;
    for (account, withdrawn) in declared {
        add(account, if withdrawn.is_none() { Tie::Declared } else { Tie::WasDeclared });
    }
    let set_aside: Vec<(AccountId, AccountId)> = appeals::table
        .filter(appeals::organisation_id.eq(organisation))
        .filter(appeals::endorsement_id.is_null())
        .filter(appeals::state.eq(AppealState::Upheld))
        .filter(appeals::answered_at.gt(since))
        .select((appeals::recommended_by, appeals::decided_by))
        .load(conn)?;
    for (recommended, decided) in set_aside {
        add(recommended, Tie::SetAside);
        add(decided, Tie::SetAside);
    }
    let around: Vec<OrganisationId> = under_the_same(conn, &[organisation])?;
    if !around.is_empty() {
        members_of(conn, &around, since)?.into_iter().for_each(|(account, _)| add(account, Tie::SameUmbrella));
    }
    Ok(tied)
}

/// Those with an account who belong to some organisations, or did after a moment; with when they left.
fn members_of(
    conn: &mut DbConnection,
    of: &[OrganisationId],
    since: NaiveDateTime,
) -> Result<Vec<(AccountId, Option<NaiveDateTime>)>> {
    let rows: Vec<(Option<AccountId>, Option<NaiveDateTime>)> = memberships::table
        .inner_join(people::table)
        .filter(memberships::organisation_id.eq_any(of))
        .filter(people::account_id.is_not_null())
        .filter(memberships::left_at.is_null().or(memberships::left_at.gt(since)))
        .select((people::account_id, memberships::left_at))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(account, left)| Some((account?, left))).collect())
}

/// Where they are a member, or were one after a moment; with when they left.
fn memberships_of(
    conn: &mut DbConnection,
    account: AccountId,
    since: NaiveDateTime,
) -> Result<Vec<(OrganisationId, Option<NaiveDateTime>)>> {
    Ok(memberships::table
        .inner_join(people::table)
        .filter(people::account_id.eq(account))
        .filter(memberships::left_at.is_null().or(memberships::left_at.gt(since)))
        .select((memberships::organisation_id, memberships::left_at))
        .load(conn)?)
}

/// What they declared, and did not withdraw before a moment; with when they withdrew it.
fn declared_by(
    conn: &mut DbConnection,
    account: AccountId,
    since: NaiveDateTime,
) -> Result<Vec<(OrganisationId, Option<NaiveDateTime>)>> {
    Ok(interests::table
        .filter(interests::account_id.eq(account))
        .filter(interests::withdrawn_at.is_null().or(interests::withdrawn_at.gt(since)))
        .select((interests::organisation_id, interests::withdrawn_at))
        .load(conn)?)
}

/// Whom they recommended or decided about, until an appeal against that was upheld after a moment.
fn set_aside_of(conn: &mut DbConnection, account: AccountId, since: NaiveDateTime) -> Result<Vec<OrganisationId>> {
    Ok(appeals::table
        .filter(appeals::recommended_by.eq(account).or(appeals::decided_by.eq(account)))
        .filter(appeals::endorsement_id.is_null())
        .filter(appeals::state.eq(AppealState::Upheld))
        .filter(appeals::answered_at.gt(since))
        .select(appeals::organisation_id)
        .load(conn)?)
}
