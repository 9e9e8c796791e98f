//! What other rules would mean for each person, as on the day of the trial. Whoever does not need the module under the
//! new rules, nor under the old, is not concerned; nobody is counted twice, in however many organisations they are.
//!
//! | must have it before | after | in date before | after | effect | from |
//! |---|---|---|---|---|---|
//! | no | yes | | | newly required | at once, or when what they hold ends |
//! | yes | no | | | no longer required | at once |
//! | yes | yes | yes | no | out of date | at once |
//! | yes | yes | no | yes | in date again | at once |
//! | yes | yes | yes | yes, ending earlier | sooner | the new end |
//! | yes | yes | yes | yes, ending later | later | the old end |

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rule_change::RuleChange;
use crate::db::schema::{training_rule_effects, training_rule_organisations};
use crate::db::{DbConnection, unless_taken};
use crate::error::Result;
use crate::ids::{OrganisationId, PersonId, RuleChangeId};
use crate::training::{PersonAndModule, Rules};
use crate::{each, text_enum};

text_enum! {
    /// What a change does to a person.
    pub enum Effect {
        NewlyRequired = "newly_required",
        OutOfDate = "out_of_date",
        Sooner = "sooner",
        InDateAgain = "in_date_again",
        Later = "later",
        NoLongerRequired = "no_longer_required",
    }
}

/// When a trial, or a part of it, found what.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// People by effect and month, `2027-03`; the month is empty where it never bites.
    pub people: BTreeMap<(Effect, String), i64>,
    pub organisations: BTreeSet<OrganisationId>,
    /// Completions with another last day.
    pub ends_to_change: i64,
}

impl Findings {
    pub fn among(
        people: &BTreeMap<PersonId, PersonAndModule>,
        before: &Rules,
        after: &Rules,
        today: NaiveDate,
    ) -> Self {
        let mut findings = Self::default();
        for person in people.values() {
            findings.ends_to_change += count_other_ends(person, after);
            if let Some((effect, from)) = effect_on(person, before, after, today) {
                *findings.people.entry((effect, say_month(from))).or_default() += 1;
                let places = person.positions.iter().map(|(organisation, ..)| *organisation);
                findings.organisations.extend(places);
            }
        }
        findings
    }

    /// Adds them to what the trial has found so far.
    pub(super) fn add_to(&self, conn: &mut DbConnection, change: RuleChangeId) -> Result<()> {
        for ((effect, month), people) in &self.people {
            add_people(conn, change, *effect, month, *people)?;
        }
        let known: BTreeSet<OrganisationId> = training_rule_organisations::table
            .filter(training_rule_organisations::change_id.eq(change))
            .filter(training_rule_organisations::organisation_id.eq_any(&self.organisations))
            .select(training_rule_organisations::organisation_id)
            .load(conn)?
            .into_iter()
            .collect();
        let new: Vec<_> = self
            .organisations
            .difference(&known)
            .map(|organisation| {
                (
                    training_rule_organisations::change_id.eq(change),
                    training_rule_organisations::organisation_id.eq(*organisation),
                )
            })
            .collect();
        if !new.is_empty() {
            each!(conn, c => diesel::insert_into(training_rule_organisations::table).values(&new).execute(c))?;
        }
        Ok(())
    }
}

/// What the change does to one person, and from which day on; `None` as the day is never.
pub fn effect_on(
    person: &PersonAndModule,
    before: &Rules,
    after: &Rules,
    today: NaiveDate,
) -> Option<(Effect, Option<NaiveDate>)> {
    let must_have = |rules: &Rules| person.positions.iter().any(|(_, at, kind)| rules.is_required_in(*at, *kind));
    let counts = |end: &Option<NaiveDate>| end.is_none_or(|last| last >= today);
    let end_before = person.standing.last().map(|completion| completion.expires_on);
    let end_after = person.last_days(after.expiry).pop();
    let held_before = end_before.filter(counts);
    let held_after = end_after.filter(counts);
    match (must_have(before), must_have(after)) {
        (false, false) => None,
        (true, false) => Some((Effect::NoLongerRequired, Some(today))),
        (false, true) => Some((Effect::NewlyRequired, held_after.unwrap_or(Some(today)))),
        (true, true) => match (held_before, held_after) {
            (None, None) => None,
            (Some(_), None) => Some((Effect::OutOfDate, Some(today))),
            (None, Some(_)) => Some((Effect::InDateAgain, Some(today))),
            (Some(old), Some(new)) if is_earlier(new, old) => Some((Effect::Sooner, new)),
            (Some(old), Some(new)) if is_earlier(old, new) => Some((Effect::Later, old)),
            (Some(_), Some(_)) => None,
        },
    }
}

/// `None` is for ever, and later than any day.
fn is_earlier(one: Option<NaiveDate>, other: Option<NaiveDate>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one < other,
        (one, _) => one.is_some(),
    }
}

fn count_other_ends(person: &PersonAndModule, after: &Rules) -> i64 {
    let ends = person.standing.iter().zip(person.last_days(after.expiry));
    ends.filter(|(completion, end)| completion.expires_on != *end).count() as i64
}

fn say_month(day: Option<NaiveDate>) -> String {
    day.map(|day| day.format("%Y-%m").to_string()).unwrap_or_default()
}

fn add_people(conn: &mut DbConnection, change: RuleChangeId, effect: Effect, month: &str, people: i64) -> Result<()> {
    let added = unless_taken(conn, |conn| {
        diesel::insert_into(training_rule_effects::table)
            .values((
                training_rule_effects::change_id.eq(change),
                training_rule_effects::effect.eq(effect),
                training_rule_effects::month.eq(month),
                training_rule_effects::people.eq(people),
            ))
            .execute(conn)
    })?;
    if added.is_none() {
        diesel::update(training_rule_effects::table.find((change, effect, month)))
            .set(training_rule_effects::people.eq(training_rule_effects::people + people))
            .execute(conn)?;
    }
    Ok(())
}

/// What a trial has found so far.
pub fn findings_of(conn: &mut DbConnection, change: &RuleChange) -> Result<Findings> {
    let people: Vec<(Effect, String, i64)> = training_rule_effects::table
        .filter(training_rule_effects::change_id.eq(change.id))
        .select((training_rule_effects::effect, training_rule_effects::month, training_rule_effects::people))
        .load(conn)?;
    let organisations = training_rule_organisations::table
        .filter(training_rule_organisations::change_id.eq(change.id))
        .select(training_rule_organisations::organisation_id)
        .load(conn)?;
    Ok(Findings {
        people: people.into_iter().map(|(effect, month, people)| ((effect, month), people)).collect(),
        organisations: organisations.into_iter().collect(),
        ends_to_change: change.ends_to_change,
    })
}
