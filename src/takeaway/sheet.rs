//! A sheet: rows with named columns, read some at a time, and written as JSON or as a table.

use std::io::Write;

use serde_json::Value;

use crate::db::DbConnection;
use crate::error::{Error, Result};

/// One value for each column.
pub type Row = Vec<Value>;

/// A row of values, each of which can be written as JSON.
#[macro_export]
macro_rules! row {
    ($($value:expr),+ $(,)?) => { vec![$(serde_json::json!($value)),+] };
}

/// So many rows from here on.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    pub from: i64,
    pub most: i64,
}

/// Rows of one kind that belong to someone or to an organisation.
pub struct Sheet<Of: 'static> {
    /// What its files are called, such as `training`.
    pub name: &'static str,
    /// What it holds, as the page that comes with it says.
    pub title: &'static str,
    pub columns: &'static [&'static str],
    /// Rows in an order that does not change.
    pub page: fn(&mut DbConnection, &Of, Window) -> Result<Vec<Row>>,
}

impl<Of> Sheet<Of> {
    const PAGE: i64 = 500;

    /// Hands each row to `take`; returns how many there were.
    pub(super) fn each_row(
        &self,
        conn: &mut DbConnection,
        of: &Of,
        mut take: impl FnMut(&Row) -> Result<()>,
    ) -> Result<usize> {
        let mut rows = 0;
        loop {
            let page = (self.page)(conn, of, Window { from: rows as i64, most: Self::PAGE })?;
            for row in &page {
                if row.len() != self.columns.len() {
                    return Err(Error::unexpected(format!("{}: {} values in a row", self.name, row.len())));
                }
                take(row)?;
            }
            rows += page.len();
            if page.len() < Self::PAGE as usize {
                return Ok(rows);
            }
        }
    }
}

/// Writes one row as an object, its columns in their order.
pub(super) fn write_object(to: &mut impl Write, columns: &[&str], row: &Row, is_first: bool) -> Result<()> {
    write!(to, "{}\n  {{", if is_first { "" } else { "," })?;
    for (number, (column, value)) in columns.iter().zip(row).enumerate() {
        let separator = if number == 0 { "" } else { "," };
        let (column, value) = (Value::from(*column), value);
        write!(to, "{separator}\n    {column}: {value}")?;
    }
    write!(to, "\n  }}")?;
    Ok(())
}

/// What stands in a cell. A spreadsheet would calculate what begins like a formula; the `'` keeps it from that.
pub(super) fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => harmless(text.clone()),
        Value::Array(values) => harmless(values.iter().map(plain).collect::<Vec<_>>().join("; ")),
        Value::Object(_) => harmless(value.to_string()),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn harmless(text: String) -> String {
    let begins_a_formula = |c| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    if text.starts_with(begins_a_formula) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_is_a_formula() {
        for (typed, shown) in [
            ("=1+1", "'=1+1"),
            ("+44 115", "'+44 115"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\r=x", "'\r=x"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(cell(&Value::from(typed)), shown);
        }
        assert_eq!(cell(&Value::from(-3)), "-3", "a number is one");
        assert_eq!(cell(&serde_json::json!(["=a", "b"])), "'=a; b");
    }

    #[test]
    fn rows_are_json_whatever_is_in_them() {
        let mut text = b"[".to_vec();
        for number in 0..2 {
            let row = vec![Value::from("\"quoted\"\n"), Value::from(number)];
            write_object(&mut text, &["says", "n"], &row, number == 0).expect("memory takes it");
        }
        text.extend_from_slice(b"\n]");
        let read: Value = serde_json::from_slice(&text).expect("it is JSON");
        assert_eq!(read[1], serde_json::json!({ "says": "\"quoted\"\n", "n": 1 }));
    }
}
