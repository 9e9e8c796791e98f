//! Losing a case to a tie. Where somebody gets one (they declare it, they join the organisation) what they review of it
//! goes back into the queue: at once, at the next opening, or with the reminders of the day, whichever comes first.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::ties::Ties;
use crate::accounts::{Role, role_holders};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::reviews;
use crate::error::Result;
use crate::ids::AccountId;
use crate::review::giving_back::GivenBack;
use crate::review::review::{ListedReview, Review, ReviewState};

/// Gives back whatever a reviewer must not judge any more. How many reviews that were.
pub fn step_aside(act: &mut Act<'_>, reviewer: AccountId) -> Result<usize> {
    let lost = lost_cases(act.conn, reviewer, act.at)?;
    lost.iter().try_for_each(|listed| listed.review.give_back(act, GivenBack::Tie))?;
    Ok(lost.len())
}

/// The same for everyone who reviews something now. How many reviews that were: call again until it is none.
pub fn step_aside_from_all(act: &mut Act<'_>) -> Result<usize> {
    let running = reviews::state.eq_any([ReviewState::Open, ReviewState::Recommended]);
    let reviewers: Vec<AccountId> = reviews::table.filter(running).select(reviews::reviewer_id).load(act.conn)?;
    let reviewers: BTreeSet<AccountId> = reviewers.into_iter().collect();
    reviewers.into_iter().map(|reviewer| step_aside(act, reviewer)).sum()
}

/// Gives back what is open with someone who is no reviewer any more. How many: call again until it is none.
pub fn give_back_without_role(act: &mut Act<'_>) -> Result<usize> {
    let holders = role_holders(act.conn)?.into_iter().filter(|(_, role)| *role == Role::Reviewer);
    let reviewers: Vec<AccountId> = holders.map(|(account, _)| account.id).collect();
    let left: Vec<Review> = reviews::table
        .filter(reviews::state.eq(ReviewState::Open))
        .filter(reviews::reviewer_id.ne_all(reviewers))
        .select(Review::as_select())
        .load(act.conn)?;
    left.iter().try_for_each(|review| review.give_back(act, GivenBack::RoleWithdrawn))?;
    Ok(left.len())
}

/// Is there something that this reviewer must not judge any more?
pub fn has_lost_a_case(conn: &mut DbConnection, reviewer: AccountId, at: NaiveDateTime) -> Result<bool> {
    Ok(!lost_cases(conn, reviewer, at)?.is_empty())
}

fn lost_cases(conn: &mut DbConnection, reviewer: AccountId, at: NaiveDateTime) -> Result<Vec<ListedReview>> {
    let mut running = Review::running_with(conn, reviewer)?;
    if !running.is_empty() {
        let ties = Ties::of(conn, reviewer, at)?;
        running.retain(|listed| ties.is_tied_to(listed.organisation.id));
    }
    Ok(running)
}
