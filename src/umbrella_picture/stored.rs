//! The picture as it is stored: what a page shows, and what the next drawing is compared with.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::census::{Table, TableName};
use super::rule::{FEWEST, Part, ShownBefore};
use crate::affiliations::count_consented;
use crate::db::DbConnection;
use crate::db::schema::{umbrella_copies as copies, umbrella_figures as figures, umbrella_tables as tables};
use crate::each;
use crate::error::Result;
use crate::ids::OrganisationId;

/// Older than this says nothing of today, and is not shown.
const SHOWN_FOR: Duration = Duration::days(366);
/// How many rows are written at once.
const ROWS: usize = 500;

/// One number of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The categories it counts, in their stable words.
    pub categories: Vec<String>,
    pub amount: i64,
}

/// One table of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnTable {
    pub name: TableName,
    pub drawn_at: NaiveDateTime,
    pub figures: Vec<Figure>,
}

/// What an umbrella body sees.
#[derive(Debug, Clone)]
pub struct Picture {
    /// How many have consented.
    pub consented: i64,
    pub tables: Vec<DrawnTable>,
}

/// What is known of a table that was drawn before.
pub(super) struct LastDrawn {
    pub drawn_at: NaiveDateTime,
    pub shown: bool,
    pub before: ShownBefore,
}

#[derive(Insertable)]
#[diesel(table_name = copies, treat_none_as_default_value = false)]
struct Copy {
    umbrella_id: OrganisationId,
    table_name: String,
    organisation_id: OrganisationId,
    category: String,
    amount: i32,
}

type FigureRow = (String, String, i64);

impl Picture {
    /// Three queries. Nothing is shown once fewer than five still consent.
    pub fn of(conn: &mut DbConnection, umbrella: OrganisationId, now: NaiveDateTime) -> Result<Self> {
        let consented = count_consented(conn, umbrella)?;
        if consented < FEWEST as i64 {
            return Ok(Self { consented, tables: Vec::new() });
        }
        let drawn: Vec<(String, NaiveDateTime)> = tables::table
            .filter(tables::umbrella_id.eq(umbrella))
            .filter(tables::shown.eq(true))
            .filter(tables::drawn_at.gt(now - SHOWN_FOR))
            .order(tables::name)
            .select((tables::name, tables::drawn_at))
            .load(conn)?;
        let mut numbers = figures_of(conn, umbrella)?;
        let table = |(word, drawn_at): (String, NaiveDateTime)| {
            let figures = numbers.remove(&word)?;
            Some(DrawnTable { name: TableName::parse(&word)?, drawn_at, figures })
        };
        Ok(Self { consented, tables: drawn.into_iter().filter_map(table).collect() })
    }
}

fn figures_of(conn: &mut DbConnection, umbrella: OrganisationId) -> Result<BTreeMap<String, Vec<Figure>>> {
    let rows: Vec<FigureRow> = figures::table
        .filter(figures::umbrella_id.eq(umbrella))
        .order((figures::table_name, figures::position))
        .select((figures::table_name, figures::categories, figures::amount))
        .load(conn)?;
    let mut of: BTreeMap<String, Vec<Figure>> = BTreeMap::new();
    for (table, words, amount) in rows {
        let categories = words.split(' ').map(str::to_owned).collect();
        of.entry(table).or_default().push(Figure { categories, amount });
    }
    Ok(of)
}

impl LastDrawn {
    /// Every table of an umbrella body that was ever drawn, in the terms of the present ones.
    pub fn all_of(
        conn: &mut DbConnection,
        umbrella: OrganisationId,
        now: &[Table],
    ) -> Result<BTreeMap<TableName, Self>> {
        let drawn: Vec<(String, NaiveDateTime, bool)> = tables::table
            .filter(tables::umbrella_id.eq(umbrella))
            .select((tables::name, tables::drawn_at, tables::shown))
            .load(conn)?;
        let numbers = figures_of(conn, umbrella)?;
        let rows: Vec<(String, OrganisationId, String, i32)> = copies::table
            .filter(copies::umbrella_id.eq(umbrella))
            .select((copies::table_name, copies::organisation_id, copies::category, copies::amount))
            .load(conn)?;
        let mut all = BTreeMap::new();
        for table in now {
            let word = table.name.word();
            let Some((_, drawn_at, shown)) = drawn.iter().find(|(name, ..)| *name == word) else { continue };
            let place = |category: &str| table.categories.iter().position(|known| known == category);
            let part = |figure: &Figure| -> Part { figure.categories.iter().filter_map(|word| place(word)).collect() };
            let mut before = ShownBefore {
                brought: BTreeMap::new(),
                parts: numbers.get(&word).into_iter().flatten().map(part).collect(),
            };
            for (_, organisation, category, amount) in rows.iter().filter(|(name, ..)| *name == word) {
                let amounts = before.brought.entry(*organisation).or_insert_with(|| vec![0; table.categories.len()]);
                // A district that is no more cannot be compared, and nothing of it is shown again.
                if let Some(at) = place(category) {
                    amounts[at] = i64::from(*amount);
                }
            }
            all.insert(table.name.clone(), Self { drawn_at: *drawn_at, shown: *shown, before });
        }
        Ok(all)
    }
}

/// Puts a table in the place of the one that was drawn before.
pub(super) fn store_table(
    conn: &mut DbConnection,
    umbrella: OrganisationId,
    at: NaiveDateTime,
    table: &Table,
    parts: &[Part],
) -> Result<()> {
    let word = table.name.word();
    diesel::delete(copies::table.filter(copies::umbrella_id.eq(umbrella)).filter(copies::table_name.eq(&word)))
        .execute(conn)?;
    diesel::delete(figures::table.filter(figures::umbrella_id.eq(umbrella)).filter(figures::table_name.eq(&word)))
        .execute(conn)?;
    diesel::delete(tables::table.find((umbrella, &word))).execute(conn)?;
    diesel::insert_into(tables::table)
        .values((
            tables::umbrella_id.eq(umbrella),
            tables::name.eq(&word),
            tables::drawn_at.eq(at),
            tables::shown.eq(true),
        ))
        .execute(conn)?;
    for (position, part) in (0..).zip(parts) {
        let words: Vec<&str> = part.iter().map(|category| table.categories[*category].as_str()).collect();
        let amount: i64 = table.brought.values().map(|amounts| part.iter().map(|at| amounts[*at]).sum::<i64>()).sum();
        diesel::insert_into(figures::table)
            .values((
                figures::umbrella_id.eq(umbrella),
                figures::table_name.eq(&word),
                figures::position.eq(position),
                figures::categories.eq(words.join(" ")),
                figures::amount.eq(amount),
            ))
            .execute(conn)?;
    }
    for rows in copies_of(umbrella, table).chunks(ROWS) {
        each!(conn, c => diesel::insert_into(copies::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Every organisation has a row at least, so that it is known to have been there.
fn copies_of(umbrella: OrganisationId, table: &Table) -> Vec<Copy> {
    let mut rows = Vec::new();
    for (organisation, amounts) in &table.brought {
        for (place, (category, amount)) in table.categories.iter().zip(amounts).enumerate() {
            if *amount != 0 || place == 0 {
                rows.push(Copy {
                    umbrella_id: umbrella,
                    table_name: table.name.word(),
                    organisation_id: *organisation,
                    category: category.clone(),
                    amount: i32::try_from(*amount).unwrap_or(i32::MAX),
                });
            }
        }
    }
    rows
}

/// No longer shown, and kept to compare with.
pub(super) fn hide_table(conn: &mut DbConnection, umbrella: OrganisationId, name: &TableName) -> Result<()> {
    diesel::update(tables::table.find((umbrella, name.word()))).set(tables::shown.eq(false)).execute(conn)?;
    Ok(())
}
