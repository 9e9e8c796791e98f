//! The tables as the database itself describes them, and their rows as text that either database takes back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::DbConnection;
use crate::error::{Error, Result};

/// How many rows are read at once.
const ROWS: i64 = 500;
/// As diesel writes them on SQLite, where they are compared as text.
const TIMESTAMP: &str = "%F %T%.f";

/// What a column holds, on either database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Bool,
    Timestamp,
    Date,
}

/// One table, with its columns in order.
#[derive(Debug, Clone)]
pub struct Shape {
    pub name: String,
    columns: Vec<(String, Kind)>,
}

/// The values of one row, as text.
pub type Row = Vec<Option<String>>;

#[derive(QueryableByName)]
struct FoundColumn {
    #[diesel(sql_type = Text)]
    of_table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

#[derive(QueryableByName)]
struct FoundParent {
    #[diesel(sql_type = Text)]
    of_table: String,
    #[diesel(sql_type = Text)]
    parent: String,
}

#[derive(QueryableByName)]
struct FoundRow {
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every table of ours, each after those it refers to.
pub fn shapes(conn: &mut DbConnection) -> Result<Vec<Shape>> {
    const POSTGRES: &str = "SELECT table_name::text AS of_table, column_name::text AS name, data_type::text AS kind \
                            FROM information_schema.columns WHERE table_schema = current_schema() \
                            ORDER BY table_name, ordinal_position";
    const SQLITE: &str = "SELECT t.name AS of_table, c.name AS name, c.type AS kind \
                          FROM sqlite_master t JOIN pragma_table_info(t.name) c \
                          WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid";
    let query = if is_postgres(conn) { POSTGRES } else { SQLITE };
    let found: Vec<FoundColumn> = diesel::sql_query(query).load(conn)?;
    let mut columns: BTreeMap<String, Vec<(String, Kind)>> = BTreeMap::new();
    for column in found.into_iter().filter(|column| !column.of_table.starts_with("__diesel")) {
        columns.entry(column.of_table).or_default().push((column.name, kind_of(&column.kind)?));
    }
    let parents = parents_of(conn)?;
    let mut ordered = Vec::new();
    while !columns.is_empty() {
        let free =
            |name: &String| parents.get(name).is_none_or(|of| of.iter().all(|p| p == name || !columns.contains_key(p)));
        let next = columns.keys().find(|name| free(name)).cloned();
        let name = next.ok_or_else(|| Error::unexpected("tables refer to each other in a circle"))?;
        let own = columns.remove(&name).unwrap_or_default();
        ordered.push(Shape { name, columns: own });
    }
    Ok(ordered)
}

fn parents_of(conn: &mut DbConnection) -> Result<BTreeMap<String, BTreeSet<String>>> {
    const POSTGRES: &str = "SELECT conrelid::regclass::text AS of_table, confrelid::regclass::text AS parent \
                            FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace";
    const SQLITE: &str = "SELECT t.name AS of_table, f.\"table\" AS parent \
                          FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f WHERE t.type = 'table'";
    let query = if is_postgres(conn) { POSTGRES } else { SQLITE };
    let found: Vec<FoundParent> = diesel::sql_query(query).load(conn)?;
    let mut parents: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for FoundParent { of_table, parent } in found {
        parents.entry(of_table).or_default().insert(parent);
    }
    Ok(parents)
}

fn kind_of(word: &str) -> Result<Kind> {
    match word.to_lowercase().as_str() {
        "text" => Ok(Kind::Text),
        "integer" | "bigint" => Ok(Kind::Number),
        "boolean" => Ok(Kind::Bool),
        "timestamp" | "timestamp without time zone" => Ok(Kind::Timestamp),
        "date" => Ok(Kind::Date),
        other => Err(Error::unexpected(format!("a column of type {other} cannot be kept in a backup"))),
    }
}

fn is_postgres(conn: &DbConnection) -> bool {
    matches!(conn, DbConnection::Postgres(_))
}

impl Shape {
    pub fn columns(&self) -> Vec<String> {
        self.columns.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Is there no row in it?
    pub fn is_empty(&self, conn: &mut DbConnection) -> Result<bool> {
        let sql = format!("SELECT CAST(1 AS BIGINT) AS place, '' AS line FROM \"{}\" LIMIT 1", self.name);
        let found: Vec<FoundRow> = diesel::sql_query(sql).load(conn)?;
        Ok(found.is_empty())
    }

    /// Takes every row away.
    pub fn clear(&self, conn: &mut DbConnection) -> Result<()> {
        Ok(conn.batch_execute(&format!("DELETE FROM \"{}\"", self.name))?)
    }

    /// Reads every row, some hundred at a time.
    pub fn read_rows(&self, conn: &mut DbConnection, mut each: impl FnMut(Row) -> Result<()>) -> Result<()> {
        if is_postgres(conn) {
            let sql = format!(
                "SELECT CAST(0 AS BIGINT) AS place, json_build_array({})::text AS line FROM \"{}\"",
                self.as_texts(),
                self.name
            );
            conn.batch_execute(&format!("DECLARE backup_rows NO SCROLL CURSOR FOR {sql}"))?;
            self.read_pages(
                conn,
                |conn, _| Ok(diesel::sql_query(format!("FETCH {ROWS} FROM backup_rows")).load(conn)?),
                &mut each,
            )?;
            Ok(conn.batch_execute("CLOSE backup_rows")?)
        } else {
            let sql = format!(
                "SELECT rowid AS place, json_array({}) AS line FROM \"{}\" WHERE rowid > $1 ORDER BY rowid LIMIT {ROWS}",
                self.as_texts(),
                self.name
            );
            self.read_pages(
                conn,
                |conn, after| Ok(diesel::sql_query(&sql).bind::<BigInt, _>(after).load(conn)?),
                &mut each,
            )
        }
    }

    fn read_pages(
        &self,
        conn: &mut DbConnection,
        page: impl Fn(&mut DbConnection, i64) -> Result<Vec<FoundRow>>,
        each: &mut impl FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        let mut after = i64::MIN;
        loop {
            let found = page(conn, after)?;
            let Some(last) = found.last() else { return Ok(()) };
            after = last.place;
            for FoundRow { line, .. } in found {
                let mut row: Row = serde_json::from_str(&line).map_err(Error::unexpected)?;
                for (value, (_, kind)) in row.iter_mut().zip(&self.columns) {
                    *value = value.take().map(|text| in_one_form(text, *kind)).transpose()?;
                }
                each(row)?;
            }
        }
    }

    fn as_texts(&self) -> String {
        let texts: Vec<String> = self.columns.iter().map(|(name, _)| format!("CAST(\"{name}\" AS TEXT)")).collect();
        texts.join(", ")
    }

    /// Adds rows whose values stand in the order of `columns`, given as one JSON array of arrays.
    pub fn add_rows(&self, conn: &mut DbConnection, columns: &[String], rows: &str) -> Result<()> {
        let postgres = is_postgres(conn);
        let mut values = Vec::new();
        for (place, name) in columns.iter().enumerate() {
            let known = self.columns.iter().find(|(own, _)| own == name);
            let (_, kind) = known.ok_or_else(|| Error::unexpected(format!("{} has no column {name}", self.name)))?;
            values.push(if postgres { postgres_value(place, *kind) } else { sqlite_value(place, *kind) });
        }
        let names: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
        let from = if postgres { "json_array_elements($1::json) AS r(value)" } else { "json_each($1)" };
        let sql =
            format!("INSERT INTO \"{}\" ({}) SELECT {} FROM {from}", self.name, names.join(", "), values.join(", "));
        diesel::sql_query(sql).bind::<Text, _>(rows).execute(conn)?;
        Ok(())
    }
}

fn postgres_value(place: usize, kind: Kind) -> String {
    let as_kind = match kind {
        Kind::Text => "text",
        Kind::Number => "bigint",
        Kind::Bool => "boolean",
        Kind::Timestamp => "timestamp",
        Kind::Date => "date",
    };
    format!("(value->>{place})::{as_kind}")
}

fn sqlite_value(place: usize, kind: Kind) -> String {
    let text = format!("json_extract(value, '$[{place}]')");
    match kind {
        Kind::Text | Kind::Timestamp | Kind::Date => text,
        Kind::Number => format!("CAST({text} AS INTEGER)"),
        Kind::Bool => format!("{text} = 'true'"),
    }
}

/// The two databases write truth and time in their own ways.
fn in_one_form(text: String, kind: Kind) -> Result<String> {
    match kind {
        Kind::Bool => Ok(if matches!(text.as_str(), "1" | "true" | "t") { "true" } else { "false" }.to_owned()),
        Kind::Timestamp => {
            let at = NaiveDateTime::parse_from_str(&text, TIMESTAMP)
                .map_err(|_| Error::unexpected(format!("{text} is no time")))?;
            Ok(at.format(TIMESTAMP).to_string())
        }
        Kind::Text | Kind::Number | Kind::Date => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn truth_and_time_are_written_one_way() {
        let form = |text: &str, kind| in_one_form(text.to_owned(), kind).ok();
        assert_eq!(
            form("2026-11-03 10:00:00.12", Kind::Timestamp),
            form("2026-11-03 10:00:00.120000", Kind::Timestamp)
        );
        assert_eq!(form("2026-11-03 10:00:00", Kind::Timestamp), Some("2026-11-03 10:00:00".into()));
        assert_eq!(form("yesterday", Kind::Timestamp), None);
        assert_eq!((form("1", Kind::Bool), form("f", Kind::Bool)), (form("true", Kind::Bool), form("0", Kind::Bool)));
    }
}
