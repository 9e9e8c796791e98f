//! What an organisation made of what the portal knows of it, for it to take away.

use diesel::prelude::*;

use super::verdict::RecordVerdict;
use crate::db::DbConnection;
use crate::db::schema::record_verdicts as verdicts;
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    let columns =
        &["assessment", "indicator", "rule", "verdict", "shown", "reason", "judged_at", "is_met", "met_until"];
    let title = "What you made of what the portal knows of you";
    vec![Sheet { name: "records-as-evidence", title, columns, page: all_verdicts }]
}

fn all_verdicts(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<RecordVerdict> = verdicts::table
        .filter(verdicts::organisation_id.eq(id))
        .order((verdicts::judged_at, verdicts::assessment_id, verdicts::indicator_id))
        .limit(window.most)
        .offset(window.from)
        .select(RecordVerdict::as_select())
        .load(conn)?;
    let told = |v: RecordVerdict| {
        let (assessment, indicator) = (v.assessment_id, v.indicator_id);
        row![assessment, indicator, v.rule, v.verdict, v.shown, v.reason, v.judged_at, v.is_met, v.met_until]
    };
    Ok(rows.into_iter().map(told).collect())
}
