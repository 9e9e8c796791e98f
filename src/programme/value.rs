//! The values themselves, each a row with a name.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::{Value, json};

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::programme_values;
use crate::error::Result;

const TRAINING_FIRST: &str = "training_first";

/// A number among the values, by the name of its row.
type NumberOf = (&'static str, fn(&mut Programme) -> &mut u32);

/// The numbers among the values.
pub(super) const NUMBERS: [NumberOf; 6] = [
    ("pledge_months", |all| &mut all.pledge_months),
    ("tie_months", |all| &mut all.tie_months),
    ("review_days", |all| &mut all.review_days),
    ("decision_days", |all| &mut all.decision_days),
    ("appeal_days", |all| &mut all.appeal_days),
    ("appeal_answer_days", |all| &mut all.appeal_answer_days),
];

/// What counts now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// How long a pledge is in force, in months.
    pub pledge_months: u32,
    /// Someone of an organisation has been to Charter training before it begins its first pledge.
    pub training_first: bool,
    /// How long someone with a tie to an organisation does not judge it once that is over, in months.
    pub tie_months: u32,
    /// How many days a review should take, from taking it to recommending.
    pub review_days: u32,
    /// How many days a recommendation should wait for its decision.
    pub decision_days: u32,
    /// How many days after a decision it can be appealed against.
    pub appeal_days: u32,
    /// How many days an appeal should wait for its answer.
    pub appeal_answer_days: u32,
}

impl Default for Programme {
    fn default() -> Self {
        Self {
            pledge_months: 12,
            training_first: true,
            tie_months: 24,
            review_days: 42,
            decision_days: 14,
            appeal_days: 28,
            appeal_answer_days: 28,
        }
    }
}

impl Programme {
    pub fn now(conn: &mut DbConnection) -> Result<Self> {
        let rows: Vec<(String, String)> =
            programme_values::table.select((programme_values::name, programme_values::value)).load(conn)?;
        let set: HashMap<_, _> = rows.into_iter().collect();
        let mut all = Self::default();
        if let Some(typed) = set.get(TRAINING_FIRST) {
            all.training_first = typed == "yes";
        }
        for (name, number) in NUMBERS {
            if let Some(typed) = set.get(name).and_then(|typed| typed.parse().ok()) {
                *number(&mut all) = typed;
            }
        }
        Ok(all)
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
        for ((name, was), (_, is)) in before.numbers().into_iter().zip(self.numbers()) {
            if was != is {
                put(act, name, &is.to_string())?;
            }
        }
        if before.training_first != self.training_first {
            put(act, TRAINING_FIRST, if self.training_first { "yes" } else { "no" })?;
        }
        let details = json!({ "from": before.told(), "to": self.told() });
        act.record("programme changed", Subject::of("programme", "values"), details)
    }

    /// The numbers, by name.
    pub(super) fn numbers(&self) -> [(&'static str, u32); NUMBERS.len()] {
        NUMBERS.map(|(name, number)| (name, *number(&mut self.clone())))
    }

    fn told(&self) -> Value {
        let numbers = self.numbers().into_iter().map(|(name, number)| (name.to_owned(), json!(number)));
        numbers.chain([(TRAINING_FIRST.to_owned(), json!(self.training_first))]).collect()
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
