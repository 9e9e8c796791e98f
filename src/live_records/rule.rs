//! Which record speaks to which question of the framework: data, by the id that a question keeps for ever.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::indicator_rules;
use crate::db::unless_taken;
use crate::each;
use crate::error::{Error, Result};
use crate::ids::IndicatorId;
use crate::text_enum;

text_enum! {
    /// What is looked at.
    pub enum Rule {
        PledgeInForce = "pledge-in-force",
        CoreTraining = "core-training",
        SafeguardingLeadTrained = "safeguarding-lead-trained",
        TwoLeads = "two-leads",
        DocumentsInDate = "documents-in-date",
        AuditTakenPart = "audit-taken-part",
        YoungPeopleAsked = "young-people-asked",
        YoungPeopleAnswered = "young-people-answered",
    }
}

#[derive(Deserialize)]
struct RulesFile {
    rules: Vec<RuleEntry>,
}

#[derive(Deserialize, Insertable)]
#[diesel(table_name = indicator_rules, treat_none_as_default_value = false)]
struct RuleEntry {
    #[serde(rename = "indicator")]
    indicator_id: IndicatorId,
    rule: Rule,
}

/// Loads the rules into a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    if indicator_rules::table.count().get_result::<i64>(act.conn)? > 0 {
        return Ok(());
    }
    let file: RulesFile = toml::from_str(include_str!("../../content/live_records.toml")).map_err(Error::unexpected)?;
    let conn = &mut *act.conn;
    each!(conn, c => diesel::insert_into(indicator_rules::table).values(&file.rules).execute(c))?;
    act.record("rules of records loaded", Subject::of("content", "live records"), json!({ "rules": file.rules.len() }))
}

/// Every rule there is.
pub fn rules_of(conn: &mut DbConnection) -> Result<BTreeMap<IndicatorId, Rule>> {
    let rows: Vec<(IndicatorId, Rule)> =
        indicator_rules::table.select((indicator_rules::indicator_id, indicator_rules::rule)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Lets a rule speak to another question, or to none. `None`, and nothing is changed, when another rule speaks to that
/// question. What organisations accepted before keeps the rule it was accepted with.
pub fn point_rule(act: &mut Act<'_>, rule: Rule, to: Option<&IndicatorId>) -> Result<Option<()>> {
    let own = indicator_rules::table.filter(indicator_rules::rule.eq(rule));
    let from: Option<IndicatorId> = own.select(indicator_rules::indicator_id).first(act.conn).optional()?;
    if from.as_ref() == to {
        return Ok(Some(()));
    }
    diesel::delete(own).execute(act.conn)?;
    if let Some(indicator) = to {
        let row = RuleEntry { indicator_id: indicator.clone(), rule };
        let added =
            unless_taken(act.conn, |conn| diesel::insert_into(indicator_rules::table).values(&row).execute(conn))?;
        if added.is_none() {
            // What was deleted comes back with the whole act.
            return Ok(None);
        }
    }
    let details = json!({ "rule": rule, "from": from, "to": to });
    act.record("rule of records pointed", Subject::of("content", "live records"), details).map(Some)
}
