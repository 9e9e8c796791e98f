//! The rows of a sheet between the steps: kept as they were read, in batches, and forgotten when they are no longer
//! wanted.

use diesel::prelude::*;

use crate::db::DbConnection;
use crate::db::schema::import_rows;
use crate::each;
use crate::error::{Error, Result};
use crate::ids::ImportId;
use crate::sheets::SheetRow;

/// So many are written or forgotten in one transaction.
pub const BATCH: usize = 5_000;

#[derive(Queryable, Insertable)]
#[diesel(table_name = import_rows)]
struct StoredRow {
    import_id: ImportId,
    number: i32,
    cells: String,
}

/// Writes down one batch.
pub fn keep_rows(conn: &mut DbConnection, import: ImportId, rows: &[SheetRow]) -> Result<()> {
    for some in rows.chunks(500) {
        let stored = some.iter().map(|row| {
            let cells = serde_json::to_string(&row.cells).map_err(Error::unexpected)?;
            Ok(StoredRow { import_id: import, number: i32::try_from(row.number).unwrap_or(i32::MAX), cells })
        });
        let stored: Vec<StoredRow> = stored.collect::<Result<_>>()?;
        each!(&mut *conn, c => diesel::insert_into(import_rows::table).values(&stored).execute(c))?;
    }
    Ok(())
}

/// All of an import's rows, in their order.
pub fn rows_of(conn: &mut DbConnection, import: ImportId) -> Result<Vec<SheetRow>> {
    read_rows(conn, import, i64::MAX)
}

/// The first few.
pub fn first_rows_of(conn: &mut DbConnection, import: ImportId, most: i64) -> Result<Vec<SheetRow>> {
    read_rows(conn, import, most)
}

fn read_rows(conn: &mut DbConnection, import: ImportId, most: i64) -> Result<Vec<SheetRow>> {
    let rows: Vec<(i32, String)> = import_rows::table
        .filter(import_rows::import_id.eq(import))
        .order(import_rows::number)
        .limit(most)
        .select((import_rows::number, import_rows::cells))
        .load(conn)?;
    rows.into_iter()
        .map(|(number, cells)| {
            let cells = serde_json::from_str(&cells).map_err(Error::unexpected)?;
            Ok(SheetRow { number: number.unsigned_abs(), cells })
        })
        .collect()
}

/// Forgets a batch of an import's rows; returns how many.
pub fn forget_some(conn: &mut DbConnection, import: ImportId) -> Result<usize> {
    let first =
        import_rows::table.filter(import_rows::import_id.eq(import)).select(diesel::dsl::min(import_rows::number));
    let Some(first) = first.first::<Option<i32>>(conn)? else { return Ok(0) };
    let up_to = first.saturating_add(BATCH as i32);
    Ok(diesel::delete(import_rows::table)
        .filter(import_rows::import_id.eq(import))
        .filter(import_rows::number.lt(up_to))
        .execute(conn)?)
}

/// Forgets them all.
pub fn forget_all(conn: &mut DbConnection, import: ImportId) -> Result<()> {
    diesel::delete(import_rows::table.filter(import_rows::import_id.eq(import))).execute(conn)?;
    Ok(())
}
