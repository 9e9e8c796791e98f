//! What someone chose about letters, and what was told to them, to be told and to be forgotten.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::due::{NoticeKind, NoticeState};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{notice_choices as choices, training_notices as notices};
use crate::error::Result;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "notice-choices",
            title: "How often we may write to you about training",
            columns: &["how_often", "about_your_organisations", "last_sent_on"],
            page: own_choices,
        },
        Sheet {
            name: "notices",
            title: "What we told you of training that ends",
            columns: &["kind", "ends_on", "state", "settled_on"],
            page: own_notices,
        },
    ]
}

fn own_choices(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, Option<NaiveDate>)> = choices::table
        .filter(choices::account_id.eq_any(whom.account.as_slice()))
        .order(choices::account_id)
        .limit(window.most)
        .offset(window.from)
        .select((choices::frequency, choices::organisations, choices::last_sent_on))
        .load(conn)?;
    Ok(rows.into_iter().map(|(often, organisations, last)| row![often, organisations, last]).collect())
}

fn own_notices(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(NoticeKind, NaiveDate, NoticeState, Option<NaiveDate>)> = notices::table
        .filter(notices::account_id.eq_any(whom.account.as_slice()))
        .order((notices::expires_on, notices::id))
        .limit(window.most)
        .offset(window.from)
        .select((notices::kind, notices::expires_on, notices::state, notices::settled_on))
        .load(conn)?;
    Ok(rows.into_iter().map(|(kind, ends, state, settled)| row![kind, ends, state, settled]).collect())
}

/// Takes all of it away.
pub fn forget(act: &mut Act<'_>, whom: &Someone) -> Result<()> {
    diesel::delete(notices::table.filter(notices::account_id.eq_any(whom.account.as_slice()))).execute(act.conn)?;
    diesel::delete(choices::table.filter(choices::account_id.eq_any(whom.account.as_slice()))).execute(act.conn)?;
    Ok(())
}
