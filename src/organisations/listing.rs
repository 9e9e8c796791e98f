//! The public register as it is kept: in which places an organisation that keeps a pledge stands, by which words of its
//! name it is found, and how many stand in each place.
//! Whatever changes an organisation's standing, name, districts or pledge in force ends with [`relist`], which reads
//! what is so now and writes that down; so the register is never behind, and nothing counts it when it is shown.
//! Not here: what a pledge is, of which this knows only whether there is one in force; and showing the register.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::standing::OrganisationStanding;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{
    organisation_districts, organisations, pledges, register_counts, register_places, register_waiting, register_words,
};
use crate::each;
use crate::error::Result;
use crate::ids::{OrganisationId, PledgeId};
use crate::words::words_to_search;

/// The place that everyone in the register stands in.
pub const EVERYWHERE: &str = "";
/// The state of a pledge that is in force.
const IN_FORCE: &str = "in_force";
/// So many characters of a word are kept.
const LONGEST_WORD: usize = 40;
/// How many are taken apart in one act.
const BATCH: i64 = 500;

/// What an organisation has in the register.
struct Listing {
    pledge: PledgeId,
    in_force_on: NaiveDate,
    places: BTreeSet<String>,
    /// As they are stored.
    words: BTreeSet<String>,
}

/// Has it written down how an organisation stands in the register, when the act ends.
pub fn relist(act: &mut Act<'_>, organisation: OrganisationId) {
    act.keep_at_the_end(organisation, write_listing);
}

fn write_listing(conn: &mut DbConnection, organisation: OrganisationId) -> Result<()> {
    let listing = Listing::of(conn, organisation)?;
    let theirs = || pledges::table.filter(pledges::organisation_id.eq(organisation)).select(pledges::id);
    let stood_in = register_places::table.filter(register_places::pledge_id.eq_any(theirs()));
    let stood_in: BTreeSet<String> = stood_in.select(register_places::place).load(conn)?.into_iter().collect();
    diesel::delete(register_places::table.filter(register_places::pledge_id.eq_any(theirs()))).execute(conn)?;
    diesel::delete(register_words::table.filter(register_words::pledge_id.eq_any(theirs()))).execute(conn)?;
    diesel::delete(register_waiting::table.filter(register_waiting::pledge_id.eq_any(theirs()))).execute(conn)?;
    if let Some(listing) = &listing {
        listing.write(conn)?;
    }
    let stands_in = listing.map(|listing| listing.places).unwrap_or_default();
    stood_in.difference(&stands_in).try_for_each(|place| count_on(conn, place, -1))?;
    stands_in.difference(&stood_in).try_for_each(|place| count_on(conn, place, 1))
}

/// Takes apart the names of those that were in the register before it had words; returns how many: call again until it
/// is none.
pub fn relist_waiting(act: &mut Act<'_>) -> Result<usize> {
    let waiting: Vec<OrganisationId> = register_waiting::table
        .inner_join(pledges::table)
        .limit(BATCH)
        .select(pledges::organisation_id)
        .load(act.conn)?;
    waiting.iter().for_each(|organisation| relist(act, *organisation));
    Ok(waiting.len())
}

/// How many organisations stand in each place of the register; a place with none may be missing.
pub fn count_listed(conn: &mut DbConnection) -> Result<BTreeMap<String, i64>> {
    let counts: Vec<(String, i64)> = register_counts::table.load(conn)?;
    Ok(counts.into_iter().collect())
}

/// A word as it is stored, where every database has it in the same order.
pub fn word_in_register(word: &str) -> String {
    hex::encode(word.chars().take(LONGEST_WORD).collect::<String>())
}

impl Listing {
    /// `None` while it has no pledge in force, or is not open.
    fn of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<Self>> {
        let kept: Option<(PledgeId, Option<NaiveDate>, String)> = pledges::table
            .inner_join(organisations::table)
            .filter(pledges::organisation_id.eq(organisation))
            .filter(pledges::state.eq(IN_FORCE))
            .filter(organisations::standing.eq(OrganisationStanding::Open))
            .select((pledges::id, pledges::in_force_on, organisations::name))
            .first(conn)
            .optional()?;
        let Some((pledge, in_force_on, name)) = kept else { return Ok(None) };
        let districts: Vec<String> = organisation_districts::table
            .filter(organisation_districts::organisation_id.eq(organisation))
            .select(organisation_districts::district_code)
            .load(conn)?;
        Ok(Some(Self {
            pledge,
            in_force_on: in_force_on.unwrap_or_default(),
            places: districts.into_iter().chain([EVERYWHERE.to_owned()]).collect(),
            words: words_to_search(&name).iter().map(|word| word_in_register(word)).collect(),
        }))
    }

    fn write(&self, conn: &mut DbConnection) -> Result<()> {
        use register_places as p;
        use register_words as w;
        let key = (p::in_force_on.eq(self.in_force_on), p::pledge_id.eq(self.pledge));
        let places: Vec<_> = self.places.iter().map(|place| (p::place.eq(place), key)).collect();
        each!(conn, c => diesel::insert_into(p::table).values(&places).execute(c))?;
        let key = (w::in_force_on.eq(self.in_force_on), w::pledge_id.eq(self.pledge));
        let found_by = |place| self.words.iter().map(move |word| (w::place.eq(place), w::word.eq(word), key));
        let words: Vec<_> = self.places.iter().flat_map(found_by).collect();
        each!(conn, c => diesel::insert_into(w::table).values(&words).execute(c))?;
        Ok(())
    }
}

fn count_on(conn: &mut DbConnection, place: &str, by: i64) -> Result<()> {
    let counted = diesel::update(register_counts::table.find(place))
        .set(register_counts::pledges.eq(register_counts::pledges + by))
        .execute(conn)?;
    if counted == 0 {
        let row = (register_counts::place.eq(place), register_counts::pledges.eq(by));
        diesel::insert_into(register_counts::table).values(row).execute(conn)?;
    }
    Ok(())
}
