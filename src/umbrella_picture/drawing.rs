//! Drawing a picture: what may be shown is stored, what may not stays as it was.
//!
//! Tables of organisations are drawn each for itself: how many organisations there are is known anyway. Tables of people
//! are drawn together or not at all, for each tells how many people there are: one drawn earlier than another would tell
//! how many people came with the organisations in between. Of them, one that may not be shown now is left out.
//! A table is drawn again after four weeks at the earliest.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDateTime};
use serde_json::json;

use super::census::{Census, Table, TableName};
use super::rule::{Hands, Unit, may_show_total, parts_to_show};
use super::stored::{LastDrawn, hide_table, store_table};
use crate::acts::Act;
use crate::affiliations::Umbrella;
use crate::audit::Subject;
use crate::error::Result;
use crate::ids::OrganisationId;

/// Nothing is drawn again sooner.
const DRAWN_EVERY: Duration = Duration::days(28);
/// When nobody joins or leaves, a picture is looked at so often.
const LOOKED_AT_EVERY: Duration = Duration::days(1);

/// Draws the picture of the next umbrella body whose turn it is; how many, which is one or none.
pub fn redraw_due_pictures(act: &mut Act<'_>) -> Result<usize> {
    match Umbrella::take_next_due(act, act.at + LOOKED_AT_EVERY)? {
        Some(umbrella) => draw_picture(act, umbrella).map(|_| 1),
        None => Ok(0),
    }
}

/// Draws of an umbrella body's picture what may be shown now; the tables that were drawn.
pub fn draw_picture(act: &mut Act<'_>, umbrella: OrganisationId) -> Result<Vec<TableName>> {
    let today = act.today();
    let census = Census::take(act.conn, umbrella, today)?;
    let before = LastDrawn::all_of(act.conn, umbrella, &census.tables)?;
    let (of_people, of_organisations): (Vec<&Table>, Vec<&Table>) =
        census.tables.iter().partition(|table| table.name.unit() == Unit::People);
    let mut drawn = Vec::new();
    let now = act.at;
    for table in of_organisations.into_iter().filter(|table| is_old_enough(&before, &table.name, now)) {
        drawn.extend(draw_one(act, umbrella, table, &before, &census.hands)?);
    }
    drawn.extend(draw_people(act, umbrella, &of_people, &before, &census.hands)?);
    if !drawn.is_empty() {
        let names: Vec<String> = drawn.iter().map(TableName::word).collect();
        act.record(
            "umbrella body’s totals drawn",
            Subject::within(umbrella, "organisation", umbrella),
            json!({ "tables": names }),
        )?;
    }
    Ok(drawn)
}

type Before = BTreeMap<TableName, LastDrawn>;

fn is_old_enough(before: &Before, name: &TableName, now: NaiveDateTime) -> bool {
    before.get(name).is_none_or(|last| last.drawn_at <= now - DRAWN_EVERY)
}

fn draw_one(
    act: &mut Act<'_>,
    umbrella: OrganisationId,
    table: &Table,
    before: &Before,
    hands: &Hands,
) -> Result<Option<TableName>> {
    let last = before.get(&table.name).map(|last| &last.before);
    let Some(parts) = parts_to_show(table.name.unit(), &table.brought, last, hands) else { return Ok(None) };
    store_table(act.conn, umbrella, act.at, table, &parts)?;
    Ok(Some(table.name.clone()))
}

fn draw_people(
    act: &mut Act<'_>,
    umbrella: OrganisationId,
    tables: &[&Table],
    before: &Before,
    hands: &Hands,
) -> Result<Vec<TableName>> {
    let Some(total) = tables.iter().find(|table| table.name == TableName::People) else { return Ok(Vec::new()) };
    let last = before.get(&TableName::People).map(|last| &last.before.brought);
    if !is_old_enough(before, &total.name, act.at) || !may_show_total(&total.brought, last, hands) {
        return Ok(Vec::new());
    }
    store_table(act.conn, umbrella, act.at, total, &[vec![0]])?;
    let mut drawn = vec![TableName::People];
    for table in tables.iter().filter(|table| table.name != TableName::People) {
        match draw_one(act, umbrella, table, before, hands)? {
            Some(name) => drawn.push(name),
            None if before.get(&table.name).is_some_and(|last| last.shown) => {
                hide_table(act.conn, umbrella, &table.name)?;
            }
            None => {}
        }
    }
    Ok(drawn)
}
