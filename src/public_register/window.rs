//! One page of the register, found by where it begins and not by its number: the first, the one after a pledge, or the
//! one before it. Newest first. So a page costs the same wherever it is, and nobody is skipped or shown twice when
//! someone pledges meanwhile.
//! A pledge that has ended since still marks its place.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::charter::Pledge;
use crate::db::DbConnection;
use crate::db::schema::register_places;
use crate::error::Result;
use crate::ids::PledgeId;

/// How many entries a page of the register has.
pub const REGISTER_PAGE: usize = 50;

/// The place of a pledge in the order of the register.
pub type Key = (NaiveDate, PledgeId);

/// Which page is asked for, by the code of the pledge it adjoins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Window {
    #[default]
    First,
    After(String),
    Before(String),
}

/// A page: who is on it, and whether there is one on either side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Leaf {
    pub keys: Vec<Key>,
    pub has_newer: bool,
    pub has_older: bool,
}

/// A window whose pledge was found.
#[derive(Clone, Copy)]
enum Bound {
    First,
    After(Key),
    Before(Key),
}

impl Leaf {
    /// Reads a page of a place: as many rows of it as the page has, and one more.
    pub fn read(conn: &mut DbConnection, place: &str, window: &Window) -> Result<Self> {
        let bound = Bound::of(conn, window)?;
        let leaf = Self::made_of(bound, read_keys(conn, place, bound)?);
        match leaf {
            Some(leaf) => Ok(leaf),
            None => Ok(Self::made_of(Bound::First, read_keys(conn, place, Bound::First)?).unwrap_or_default()),
        }
    }

    /// The same page of keys that are all there, newest first.
    pub fn among(conn: &mut DbConnection, keys: &[Key], window: &Window) -> Result<Self> {
        let bound = Bound::of(conn, window)?;
        let within = |bound: Bound| -> Vec<Key> {
            let keys = keys.iter().copied();
            match bound {
                Bound::First => keys.take(REGISTER_PAGE + 1).collect(),
                Bound::After(after) => keys.filter(|key| *key < after).take(REGISTER_PAGE + 1).collect(),
                Bound::Before(before) => keys.rev().filter(|key| *key > before).take(REGISTER_PAGE + 1).collect(),
            }
        };
        let leaf = Self::made_of(bound, within(bound));
        Ok(leaf.unwrap_or_else(|| Self::made_of(Bound::First, within(Bound::First)).unwrap_or_default()))
    }

    /// `None` when there is nothing beyond the bound, or not even a page of it: that is the first page.
    fn made_of(bound: Bound, mut keys: Vec<Key>) -> Option<Self> {
        let more = keys.len() > REGISTER_PAGE;
        keys.truncate(REGISTER_PAGE);
        match bound {
            Bound::First => Some(Self { keys, has_newer: false, has_older: more }),
            Bound::After(_) => (!keys.is_empty()).then_some(Self { keys, has_newer: true, has_older: more }),
            Bound::Before(_) => {
                keys.reverse();
                more.then_some(Self { keys, has_newer: true, has_older: true })
            }
        }
    }
}

impl Bound {
    fn of(conn: &mut DbConnection, window: &Window) -> Result<Self> {
        let mut key_of = |code: &str| -> Result<Option<Key>> {
            let pledge = Pledge::find_by_code(conn, code)?;
            Ok(pledge.and_then(|pledge| pledge.in_force_on.map(|day| (day, pledge.id))))
        };
        Ok(match window {
            Window::First => Self::First,
            Window::After(code) => key_of(code)?.map_or(Self::First, Self::After),
            Window::Before(code) => key_of(code)?.map_or(Self::First, Self::Before),
        })
    }
}

/// Away from the bound; the day stands alone first so that the index is used from there on.
fn read_keys(conn: &mut DbConnection, place: &str, bound: Bound) -> Result<Vec<Key>> {
    use register_places::dsl::{in_force_on, pledge_id};
    let limit = REGISTER_PAGE as i64 + 1;
    let there = register_places::table.filter(register_places::place.eq(place)).select((in_force_on, pledge_id));
    let newest_first = (in_force_on.desc(), pledge_id.desc());
    Ok(match bound {
        Bound::First => there.order(newest_first).limit(limit).load(conn)?,
        Bound::After((day, id)) => {
            let beyond = there.filter(in_force_on.le(day)).filter(in_force_on.lt(day).or(pledge_id.lt(id)));
            beyond.order(newest_first).limit(limit).load(conn)?
        }
        Bound::Before((day, id)) => {
            let beyond = there.filter(in_force_on.ge(day)).filter(in_force_on.gt(day).or(pledge_id.gt(id)));
            beyond.order((in_force_on.asc(), pledge_id.asc())).limit(limit).load(conn)?
        }
    })
}
