//! Who looks after a document: whoever added it, until they leave and it is passed on. A document that nobody in
//! particular looks after is the leads'. Who added it stays as it was.
//! Not here: who may change it, which any contributor may.

use diesel::prelude::*;
use serde_json::json;

use super::document::Document;
use crate::accounts::Account;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::documents;
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId};

impl Document {
    /// The name of whoever looks after it, if that is somebody in particular.
    pub fn keeper_name(&self, conn: &mut DbConnection) -> Result<Option<String>> {
        self.kept_by.map(|keeper| Ok(Account::find(conn, keeper)?.name)).transpose()
    }
}

/// How many documents of an organisation someone looks after.
pub fn count_documents_kept_by(
    conn: &mut DbConnection,
    organisation: OrganisationId,
    account: AccountId,
) -> Result<i64> {
    let kept = documents::table.filter(documents::organisation_id.eq(organisation));
    Ok(kept.filter(documents::kept_by.eq(account)).count().get_result(conn)?)
}

/// Gives what one looked after to another, or to the leads together.
pub fn pass_on_documents(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    from: AccountId,
    to: Option<AccountId>,
) -> Result<()> {
    let kept = documents::table.filter(documents::organisation_id.eq(organisation));
    let passed =
        diesel::update(kept.filter(documents::kept_by.eq(from))).set(documents::kept_by.eq(to)).execute(act.conn)?;
    if passed == 0 {
        return Ok(());
    }
    let details = json!({ "from": from, "to": to, "documents": passed });
    act.record("documents passed on", Subject::within(organisation, "organisation", organisation), details)
}
