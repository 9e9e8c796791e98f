//! A new Charter asks all who have pledged to sign it by a day: what is told on the way there, once for each mark, and
//! ending what is not signed by then.
//! A pledge that would end before that day ends then, as always. While no day is set, pledges stand until their own end.
//! Not here: signing again, which is a renewal.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::pledge::{Pledge, PledgeState};
use super::signature_letters::tell_signatories;
use super::version::{CharterState, CharterVersion};
use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::say_day;
use crate::db::schema::{charter_versions, organisations, pledges, sign_again_notices};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::CharterVersionId;
use crate::mail::Letter;
use crate::organisations::{Organisation, OrganisationStanding, relist};
use crate::text_enum;

/// How many pledges are told of, or end, in one act at most.
const BATCH: i64 = 200;
/// So many days everyone has at least.
pub const LEAST_DAYS: i64 = 30;

text_enum! {
    /// A mark on the way to the day, of which everyone is told once.
    pub enum SignAgainNotice {
        Published = "published",
        InThirtyDays = "in_30_days",
        InSevenDays = "in_7_days",
        LastDay = "last_day",
    }
}

impl SignAgainNotice {
    /// The mark that has been passed when so many days are left; none when the day is over.
    fn when_left(days: i64) -> Option<Self> {
        match days {
            31.. => Some(Self::Published),
            8..=30 => Some(Self::InThirtyDays),
            1..=7 => Some(Self::InSevenDays),
            0 => Some(Self::LastDay),
            _ => None,
        }
    }
}

#[derive(Serialize)]
struct SignAgainLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    /// Of the Charter in force.
    number: i32,
    by: String,
    last_day: bool,
    /// The pledge to it is begun.
    begun: bool,
    /// One side has signed it.
    half_signed: bool,
}
impl Letter for SignAgainLetter<'_> {
    const NAME: &'static str = "pledge-sign-again";
}

#[derive(Serialize)]
struct NotSignedAgainLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    number: i32,
}
impl Letter for NotSignedAgainLetter<'_> {
    const NAME: &'static str = "pledge-not-signed-again";
}

/// Writes to those whose pledge is to an older Charter; returns how many: call again until it is none.
pub fn tell_to_sign_again(act: &mut Act<'_>) -> Result<usize> {
    let Some((charter, by)) = asking(act.conn)? else { return Ok(0) };
    let Some(notice) = SignAgainNotice::when_left((by - act.today()).num_days()) else { return Ok(0) };
    let told = sign_again_notices::table
        .filter(sign_again_notices::charter_version_id.eq(charter.id))
        .filter(sign_again_notices::kind.eq(notice))
        .select(sign_again_notices::pledge_id);
    let older = older_versions(act.conn)?;
    let due: Vec<Pledge> = pledges::table
        .inner_join(organisations::table)
        .filter(pledges::state.eq(PledgeState::InForce))
        .filter(pledges::charter_version_id.eq_any(older))
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .filter(pledges::id.ne_all(told))
        .order(pledges::ends_on)
        .limit(BATCH)
        .select(Pledge::as_select())
        .load(act.conn)?;
    due.iter().try_for_each(|pledge| tell(act, pledge, &charter, by, notice))?;
    Ok(due.len())
}

fn tell(
    act: &mut Act<'_>,
    pledge: &Pledge,
    charter: &CharterVersion,
    by: NaiveDate,
    notice: SignAgainNotice,
) -> Result<()> {
    let row = (
        sign_again_notices::pledge_id.eq(pledge.id),
        sign_again_notices::charter_version_id.eq(charter.id),
        sign_again_notices::kind.eq(notice),
        sign_again_notices::sent_at.eq(act.at),
    );
    // Another server was quicker.
    if unless_taken(act.conn, |conn| diesel::insert_into(sign_again_notices::table).values(row).execute(conn))?
        .is_none()
    {
        return Ok(());
    }
    if pledge.ends_on.is_some_and(|end| end < by) && notice != SignAgainNotice::Published {
        // Its own end comes first, and has letters of its own.
        return Ok(());
    }
    act.record("told to sign again", pledge.subject(), json!({ "charter": charter.number, "notice": notice }))?;
    let organisation = Organisation::find(act.conn, pledge.organisation_id)?;
    let renewal = Pledge::under_way_of(act.conn, organisation.id)?.map(|renewal| renewal.state());
    let letter = SignAgainLetter {
        organisation: &organisation.name,
        slug: &organisation.slug,
        number: charter.number,
        by: say_day(pledge.ends_on.map_or(by, |end| end.min(by))),
        last_day: notice == SignAgainNotice::LastDay,
        begun: renewal.is_some(),
        half_signed: renewal == Some(PledgeState::PartSigned),
    };
    tell_signatories(act, organisation.id, &letter)
}

/// Ends the pledges to an older Charter when the day is over; those who may sign are told. Returns how many: call again
/// until it is none.
pub fn end_what_is_not_signed_again(act: &mut Act<'_>) -> Result<usize> {
    let Some((charter, by)) = asking(act.conn)?.filter(|(_, by)| *by < act.today()) else { return Ok(0) };
    let older = older_versions(act.conn)?;
    let due: Vec<Pledge> = pledges::table
        .filter(pledges::state.eq(PledgeState::InForce))
        .filter(pledges::charter_version_id.eq_any(older))
        .order(pledges::ends_on)
        .limit(BATCH)
        .select(Pledge::as_select())
        .load(act.conn)?;
    due.iter().try_for_each(|pledge| end(act, pledge, &charter, by))?;
    Ok(due.len())
}

fn end(act: &mut Act<'_>, pledge: &Pledge, charter: &CharterVersion, by: NaiveDate) -> Result<()> {
    pledge.move_on(act.conn, &[PledgeState::InForce], PledgeState::Lapsed)?;
    let ended_on = pledge.ends_on.map_or(by, |end| end.min(by));
    diesel::update(pledges::table.find(pledge.id)).set(pledges::ends_on.eq(ended_on)).execute(act.conn)?;
    let details =
        json!({ "ended_on": ended_on, "not_signed_again": charter.number, "would_have_ended": pledge.ends_on });
    act.record("pledge lapsed", pledge.subject(), details)?;
    relist(act, pledge.organisation_id);
    let organisation = Organisation::find(act.conn, pledge.organisation_id)?;
    if organisation.is_closed() {
        return Ok(());
    }
    let (name, slug) = (organisation.name.as_str(), organisation.slug.as_str());
    tell_signatories(act, organisation.id, &NotSignedAgainLetter { organisation: name, slug, number: charter.number })
}

/// Sets another day for the Charter in force; everyone is told of it anew. `Conflict` when it asks nobody.
pub fn change_sign_again_day(act: &mut Act<'_>, by: NaiveDate) -> Result<()> {
    let (charter, before) = asking(act.conn)?.ok_or(Error::Conflict)?;
    if before == by {
        return Ok(());
    }
    let changed = diesel::update(charter_versions::table.find(charter.id))
        .filter(charter_versions::state.eq(CharterState::InForce))
        .set(charter_versions::sign_again_by.eq(by))
        .execute(act.conn)?;
    if changed == 0 {
        return Err(Error::Conflict);
    }
    let told = sign_again_notices::table.filter(sign_again_notices::charter_version_id.eq(charter.id));
    diesel::delete(told).execute(act.conn)?;
    act.record("day to sign again changed", Subject::of("charter", charter.id), json!({ "from": before, "to": by }))
}

/// The Charter in force and the day by which it wants to be signed, if it asks.
fn asking(conn: &mut DbConnection) -> Result<Option<(CharterVersion, NaiveDate)>> {
    let charter = CharterVersion::in_force(conn)?;
    Ok(charter.sign_again_by.map(|by| (charter, by)))
}

fn older_versions(conn: &mut DbConnection) -> Result<Vec<CharterVersionId>> {
    Ok(charter_versions::table
        .filter(charter_versions::state.eq(CharterState::Superseded))
        .select(charter_versions::id)
        .load(conn)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_has_its_mark_and_none_comes_after() {
        use SignAgainNotice::{InSevenDays, InThirtyDays, LastDay, Published};
        let marks: Vec<_> = [365, 31, 30, 8, 7, 1, 0, -1].map(SignAgainNotice::when_left).into();
        let expected = [
            Some(Published),
            Some(Published),
            Some(InThirtyDays),
            Some(InThirtyDays),
            Some(InSevenDays),
            Some(InSevenDays),
            Some(LastDay),
            None,
        ];
        assert_eq!(marks, expected);
    }
}
