//! The pledges that someone signed and the drafts of the Charter they began, to be told and to be forgotten. A signature stays, with its office and its day and
//! without its name: a pledge stands on two of them.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::signature::Signature;
use super::version::CharterVersion;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{charter_versions, organisations, pledge_signatures as signatures, pledges};
use crate::error::Result;
use crate::ids::AccountId;
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window};
use crate::words::ERASED_NAME;

pub fn sheets() -> Vec<Sheet<Someone>> {
    let columns = &["organisation", "pledge", "signed_for", "name", "role", "authority", "signed_at"];
    vec![
        Sheet { name: "signatures", title: "Pledges you signed", columns, page: own_signatures },
        Sheet {
            name: "charters-you-began",
            title: "Drafts of the Charter that you began for the VRP",
            columns: &["version", "state", "begun_at", "published_at"],
            page: own_drafts,
        },
    ]
}

fn own_drafts(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(CharterVersion, Option<NaiveDateTime>)> = charter_versions::table
        .filter(charter_versions::begun_by.eq_any(whom.account.as_slice()))
        .order((charter_versions::begun_at, charter_versions::id))
        .limit(window.most)
        .offset(window.from)
        .select((CharterVersion::as_select(), charter_versions::begun_at))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(version, begun)| row![version.number, version.state, begun, version.published_at])
        .collect())
}

fn own_signatures(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, Signature, NaiveDateTime)> = signatures::table
        .inner_join(pledges::table.inner_join(organisations::table))
        .filter(signatures::account_id.eq_any(whom.account.as_slice()))
        .order((signatures::signed_at, signatures::pledge_id))
        .limit(window.most)
        .offset(window.from)
        .select((organisations::name, pledges::code, Signature::as_select(), signatures::signed_at))
        .load(conn)?;
    let told = |(organisation, code, s, at): (String, String, Signature, NaiveDateTime)| {
        row![organisation, code, s.capacity, s.name, s.role, s.authority, at]
    };
    Ok(rows.into_iter().map(told).collect())
}

/// Takes the name from under what was signed.
pub fn forget(act: &mut Act<'_>, account: AccountId) -> Result<()> {
    diesel::update(signatures::table.filter(signatures::account_id.eq(account)))
        .set(signatures::name.eq(ERASED_NAME))
        .execute(act.conn)?;
    Ok(())
}
