//! The values themselves, each a row with a name.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::programme_values;
use crate::error::Result;

const PLEDGE_MONTHS: &str = "pledge_months";
const TRAINING_FIRST: &str = "training_first";

/// What counts now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// How long a pledge is in force, in months.
    pub pledge_months: u32,
    /// Someone of an organisation has been to Charter training before it begins its first pledge.
    pub training_first: bool,
}

impl Default for Programme {
    fn default() -> Self {
        Self { pledge_months: 12, training_first: true }
    }
}

impl Programme {
    pub fn now(conn: &mut DbConnection) -> Result<Self> {
        let rows: Vec<(String, String)> =
            programme_values::table.select((programme_values::name, programme_values::value)).load(conn)?;
        let set: HashMap<_, _> = rows.into_iter().collect();
        let usual = Self::default();
        Ok(Self {
            pledge_months: set.get(PLEDGE_MONTHS).and_then(|typed| typed.parse().ok()).unwrap_or(usual.pledge_months),
            training_first: set.get(TRAINING_FIRST).map_or(usual.training_first, |typed| typed == "yes"),
        })
    }

    /// How many months that is, in words: `a year`, `18 months`.
    pub fn pledge_term(&self) -> String {
        match self.pledge_months {
            1 => "a month".to_owned(),
            12 => "a year".to_owned(),
            months if months % 12 == 0 => format!("{} years", months / 12),
            months => format!("{months} months"),
        }
    }

    /// Sets what is different from now; the entry says what it was before.
    pub fn set(&self, act: &mut Act<'_>) -> Result<()> {
        let before = Self::now(act.conn)?;
        if before == *self {
            return Ok(());
        }
        if before.pledge_months != self.pledge_months {
            put(act, PLEDGE_MONTHS, &self.pledge_months.to_string())?;
        }
        if before.training_first != self.training_first {
            put(act, TRAINING_FIRST, if self.training_first { "yes" } else { "no" })?;
        }
        let told =
            |values: &Self| json!({ PLEDGE_MONTHS: values.pledge_months, TRAINING_FIRST: values.training_first });
        act.record(
            "programme changed",
            Subject::of("programme", "values"),
            json!({ "from": told(&before), "to": told(self) }),
        )
    }
}

fn put(act: &mut Act<'_>, name: &str, value: &str) -> Result<()> {
    let set = (
        programme_values::value.eq(value),
        programme_values::changed_by.eq(act.by.account),
        programme_values::changed_at.eq(act.at),
    );
    if diesel::update(programme_values::table.find(name)).set(set).execute(act.conn)? == 0 {
        let row = (programme_values::name.eq(name), set.0, set.1, set.2);
        diesel::insert_into(programme_values::table).values(row).execute(act.conn)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_said_as_people_say_it() {
        for (months, said) in [(1, "a month"), (12, "a year"), (18, "18 months"), (24, "2 years")] {
            assert_eq!(Programme { pledge_months: months, ..Programme::default() }.pledge_term(), said);
        }
    }
}
