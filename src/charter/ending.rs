//! The end of a pledge: what is told before it, once for each of four days, and ending it the day after its last.
//! Who is told is everyone who may sign. Days on which no server ran are made up for by one letter, the most urgent.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::pledge::{Pledge, PledgeState};
use super::signature_letters::tell_signatories;
use crate::acts::Act;
use crate::clock::say_day;
use crate::db::schema::{organisations, pledge_notices, pledges};
use crate::db::unless_taken;
use crate::error::Result;
use crate::mail::Letter;
use crate::organisations::{Organisation, OrganisationStanding};
use crate::text_enum;

/// How many pledges are told of, or lapse, in one act at most.
const BATCH: i64 = 200;

text_enum! {
    /// What is told of a pledge in force, each once.
    pub enum PledgeNotice {
        InSixtyDays = "in_60_days",
        InThirtyDays = "in_30_days",
        InSevenDays = "in_7_days",
        LastDay = "last_day",
        /// The organisation is called something else than what was signed.
        NewName = "new_name",
    }
}

impl PledgeNotice {
    /// With how many days left it is told: so many, down to one more than the next.
    fn days_left(self) -> Option<(u64, u64)> {
        match self {
            Self::InSixtyDays => Some((60, 31)),
            Self::InThirtyDays => Some((30, 8)),
            Self::InSevenDays => Some((7, 1)),
            Self::LastDay => Some((0, 0)),
            Self::NewName => None,
        }
    }
}

#[derive(Serialize)]
struct EndsLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    ends_on: String,
    last_day: bool,
    /// Its renewal is begun.
    begun: bool,
    /// One side has signed it.
    half_signed: bool,
}
impl Letter for EndsLetter<'_> {
    const NAME: &'static str = "pledge-ends";
}

#[derive(Serialize)]
struct RenamedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    signed_name: &'a str,
}
impl Letter for RenamedLetter<'_> {
    const NAME: &'static str = "pledge-of-another-name";
}

#[derive(Serialize)]
struct LapsedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
}
impl Letter for LapsedLetter<'_> {
    const NAME: &'static str = "pledge-lapsed";
}

/// Writes to those whose pledge ends soon, and where the organisation has another name than it signed with; returns
/// how many: call again until it is none.
pub fn tell_of_pledges(act: &mut Act<'_>) -> Result<usize> {
    let mut told = 0;
    for notice in PledgeNotice::ALL {
        for pledge in due_for(act, *notice)? {
            tell(act, &pledge, *notice)?;
            told += 1;
        }
    }
    Ok(told)
}

fn due_for(act: &mut Act<'_>, notice: PledgeNotice) -> Result<Vec<Pledge>> {
    let today = act.today();
    let told = pledge_notices::table.filter(pledge_notices::kind.eq(notice)).select(pledge_notices::pledge_id);
    let due = pledges::table
        .inner_join(organisations::table)
        .filter(pledges::state.eq(PledgeState::InForce))
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .filter(pledges::id.ne_all(told))
        .limit(BATCH)
        .select(Pledge::as_select());
    Ok(match notice.days_left() {
        Some((most, least)) => {
            let day = |days: u64| -> NaiveDate { today + Days::new(days) };
            due.filter(pledges::ends_on.between(day(least), day(most))).order(pledges::ends_on).load(act.conn)?
        }
        None => due.filter(pledges::signed_name.ne(organisations::name.nullable())).load(act.conn)?,
    })
}

fn tell(act: &mut Act<'_>, pledge: &Pledge, notice: PledgeNotice) -> Result<()> {
    let row =
        (pledge_notices::pledge_id.eq(pledge.id), pledge_notices::kind.eq(notice), pledge_notices::sent_at.eq(act.at));
    // Another server was quicker.
    if unless_taken(act.conn, |conn| diesel::insert_into(pledge_notices::table).values(row).execute(conn))?.is_none() {
        return Ok(());
    }
    let organisation = Organisation::find(act.conn, pledge.organisation_id)?;
    let (name, slug) = (organisation.name.as_str(), organisation.slug.as_str());
    act.record("told of a pledge", pledge.subject(), json!({ "notice": notice }))?;
    if notice == PledgeNotice::NewName {
        let signed_name = pledge.signed_name.as_deref().unwrap_or_default();
        return tell_signatories(act, organisation.id, &RenamedLetter { organisation: name, slug, signed_name });
    }
    let renewal = Pledge::under_way_of(act.conn, organisation.id)?.map(|renewal| renewal.state());
    let letter = EndsLetter {
        organisation: name,
        slug,
        ends_on: pledge.ends_on.map(say_day).unwrap_or_default(),
        last_day: notice == PledgeNotice::LastDay,
        begun: renewal.is_some(),
        half_signed: renewal == Some(PledgeState::PartSigned),
    };
    tell_signatories(act, organisation.id, &letter)
}

/// Ends the pledges whose year is over; those who may sign are told. Returns how many: call again until it is none.
pub fn lapse_due(act: &mut Act<'_>) -> Result<usize> {
    let due: Vec<Pledge> = pledges::table
        .filter(pledges::state.eq(PledgeState::InForce))
        .filter(pledges::ends_on.lt(act.today()))
        .order(pledges::ends_on)
        .limit(BATCH)
        .select(Pledge::as_select())
        .load(act.conn)?;
    due.iter().try_for_each(|pledge| pledge.lapse(act))?;
    Ok(due.len())
}

impl Pledge {
    fn lapse(&self, act: &mut Act<'_>) -> Result<()> {
        self.move_on(act.conn, &[PledgeState::InForce], PledgeState::Lapsed)?;
        act.record("pledge lapsed", self.subject(), json!({ "ended_on": self.ends_on }))?;
        let organisation = Organisation::find(act.conn, self.organisation_id)?;
        if organisation.is_closed() {
            // Nobody there could sign again.
            return Ok(());
        }
        let letter = LapsedLetter { organisation: &organisation.name, slug: &organisation.slug };
        tell_signatories(act, organisation.id, &letter)
    }
}
