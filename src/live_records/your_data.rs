//! The records that someone accepted or declined for an organisation, to be told. Erasing leaves the id of an account
//! without a name.

use diesel::prelude::*;

use super::verdict::RecordVerdict;
use crate::db::DbConnection;
use crate::db::schema::{organisations, record_verdicts as verdicts};
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    let columns = &["organisation", "indicator", "verdict", "shown", "reason", "judged_at"];
    let title = "Records that you accepted or declined as evidence for an organisation";
    vec![Sheet { name: "records-you-judged", title, columns, page: judged }]
}

fn judged(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(RecordVerdict, String)> = verdicts::table
        .inner_join(organisations::table)
        .filter(verdicts::judged_by.eq_any(whom.account.as_slice()))
        .order((verdicts::judged_at, verdicts::assessment_id, verdicts::indicator_id))
        .limit(window.most)
        .offset(window.from)
        .select((RecordVerdict::as_select(), organisations::name))
        .load(conn)?;
    let told = |(v, organisation): (RecordVerdict, String)| {
        row![organisation, v.indicator_id, v.verdict, v.shown, v.reason, v.judged_at]
    };
    Ok(rows.into_iter().map(told).collect())
}
