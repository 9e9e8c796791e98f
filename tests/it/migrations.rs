//! The tables: made, taken away and made again on the database in use, and the same as `src/db/schema.rs` says.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use youth_charter::db::{Db, DbConnection, migrate, pending_migrations, revert_all};
use youth_charter::error::Result;

use crate::harness::{TestDatabase, is_postgres, root, spawn_portal};

/// Table and column to its type in `schema.rs` and whether it may be empty.
type Columns = BTreeMap<(String, String), (String, bool)>;

#[derive(QueryableByName)]
struct FoundColumn {
    #[diesel(sql_type = Text)]
    of_table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    may_be_null: bool,
}

#[test]
fn every_migration_can_be_undone_and_done_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = TestDatabase::empty(folder.path());
    let db = Db::open(&database.url).expect("an empty database opens");
    let ran = db.read_here(migrate).expect("up");
    assert!(ran > 0);
    let made = db.read_here(columns_in_use).expect("tables");
    assert_eq!(db.read_here(revert_all).expect("down"), ran);
    assert_eq!(db.read_here(columns_in_use).expect("no tables"), Columns::new());
    assert_eq!(db.read_here(pending_migrations).expect("all wait"), ran);
    assert_eq!(db.read_here(migrate).expect("up again"), ran);
    assert_eq!(db.read_here(columns_in_use).expect("tables"), made);
    assert_eq!(db.read_here(migrate).expect("nothing to do"), 0);
}

#[test]
fn the_tables_are_as_the_schema_says() {
    let portal = spawn_portal();
    let (there, said) = (portal.read(columns_in_use), columns_in_schema());
    for (column, kind) in &said {
        assert_eq!(there.get(column), Some(kind), "{column:?} of schema.rs, in the database");
    }
    for column in there.keys() {
        assert!(said.contains_key(column), "{column:?} is in the database, not in schema.rs");
    }
}

#[test]
fn the_databases_refuse_what_has_no_parent() {
    let portal = spawn_portal();
    let orphan = portal.inside.db.write_here(|conn| {
        diesel::sql_query(
            "INSERT INTO account_sessions (token_hash, account_id, device, created_at, last_used_at) \
             VALUES ('x', 'nobody', '', '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
        )
        .execute(conn)?;
        Ok(())
    });
    assert!(orphan.is_err(), "a session of nobody's was kept");
}

/// What there is, with types in the words of `schema.rs`.
fn columns_in_use(conn: &mut DbConnection) -> Result<Columns> {
    const POSTGRES: &str = "SELECT table_name::text AS of_table, column_name::text AS name, data_type::text AS kind, \
                            is_nullable = 'YES' AS may_be_null \
                            FROM information_schema.columns WHERE table_schema = 'public'";
    const SQLITE: &str = "SELECT t.name AS of_table, c.name AS name, c.type AS kind, c.\"notnull\" = 0 AS may_be_null \
                          FROM sqlite_master t JOIN pragma_table_info(t.name) c \
                          WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'";
    let found: Vec<FoundColumn> = diesel::sql_query(if is_postgres() { POSTGRES } else { SQLITE }).load(conn)?;
    let ours = found.into_iter().filter(|column| !column.of_table.starts_with("__diesel"));
    Ok(ours.map(|c| ((c.of_table, c.name), (in_our_words(&c.kind).to_owned(), c.may_be_null))).collect())
}

fn in_our_words(kind: &str) -> &str {
    match kind.to_lowercase().as_str() {
        "text" => "Text",
        "integer" => "Integer",
        "bigint" => "BigInt",
        "boolean" => "Bool",
        "timestamp" | "timestamp without time zone" => "Timestamp",
        "date" => "Date",
        _ => panic!("a column of type {kind}: is it portable?"),
    }
}

fn columns_in_schema() -> Columns {
    let text = std::fs::read_to_string(root().join("src/db/schema.rs")).expect("the schema");
    let mut columns = Columns::new();
    for table in text.split("diesel::table! {").skip(1) {
        let (name, rest) = table.split_once('(').expect("a table names its key");
        let rows = rest.split_once('{').map(|(_, body)| body.split('}').next().unwrap_or_default());
        for row in rows.unwrap_or_default().lines().filter_map(|line| line.trim().split_once(" -> ")) {
            let kind = row.1.trim_end_matches(',');
            let inner = kind.strip_prefix("Nullable<").map(|k| k.trim_end_matches('>'));
            let value = (inner.unwrap_or(kind).to_owned(), inner.is_some());
            columns.insert((name.trim().to_owned(), row.0.to_owned()), value);
        }
    }
    assert!(columns.len() > 50, "the schema was not understood");
    columns
}

/// Two numbers in two columns became one row for each number.
#[test]
fn numbers_of_organisations_survive_the_way_forward_and_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = TestDatabase::empty(folder.path());
    let db = Db::open(&database.url).expect("an empty database opens");
    let run = |sql: &str| db.write_here(|conn| Ok(conn.batch_execute(sql)?)).expect(sql);
    let numbers = |sql: &str| -> Vec<String> {
        #[derive(QueryableByName)]
        struct Found {
            #[diesel(sql_type = Text)]
            said: String,
        }
        let rows = db.read_here(|conn| Ok(diesel::sql_query(sql).load::<Found>(conn)?)).expect(sql);
        rows.into_iter().map(|row| row.said).collect()
    };
    db.read_here(migrate).expect("up");
    let undo =
        |name: &str| run(&std::fs::read_to_string(root().join("migrations").join(name).join("down.sql")).expect(name));
    let redo =
        |name: &str| run(&std::fs::read_to_string(root().join("migrations").join(name).join("up.sql")).expect(name));
    undo("2026-11-27-000040_publish_profiles");
    for (id, state, charity, company) in [
        ("a", "approved", "'1123456'", "'01234567'"),
        ("b", "draft", "'SC012345'", "NULL"),
        ("c", "submitted", "'NIC100123'", "NULL"),
        ("d", "draft", "NULL", "NULL"),
    ] {
        run(&format!(
            "INSERT INTO organisations (id, slug, name, search, state, has_no_number, created_at, charity_number, \
             company_number) VALUES ('{id}', '{id}', '{id}', '{id}', '{state}', FALSE, '2026-11-01 00:00:00', {charity}, \
             {company})"
        ));
    }
    redo("2026-11-27-000040_publish_profiles");
    let rows = "SELECT organisation_id || ' ' || scheme || ' ' || number || \
                CASE WHEN claimed THEN ' claimed' ELSE '' END AS said \
                FROM organisation_identifiers ORDER BY organisation_id, scheme";
    assert_eq!(
        numbers(rows),
        ["a GB-CHC 1123456 claimed", "a GB-COH 01234567 claimed", "b GB-SC SC012345", "c GB-NIC 100123 claimed"]
    );
    undo("2026-11-27-000040_publish_profiles");
    let columns = "SELECT id || ' ' || COALESCE(charity_number, '-') || ' ' || COALESCE(company_number, '-') AS said \
                   FROM organisations ORDER BY id";
    assert_eq!(numbers(columns), ["a 1123456 01234567", "b SC012345 -", "c NIC100123 -", "d - -"]);
}
