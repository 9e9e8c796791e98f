//! Where a draft ends: it is brought into force in place of the version before, or dropped.
//! What is published is what its publisher saw, whole, and different from what is in force.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::draft::{Draft, statements_of, text_of};
use super::draft_text::StatementPart;
use super::picture::{forget_unused_pictures, pictures_not_ready};
use super::version::{CharterState, CharterVersion, Statement, last_number, supersede};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::charter_versions;
use crate::error::{Error, Result};
use crate::ids::StatementId;

/// Why a draft cannot be published yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftFault {
    /// It has no statement.
    Empty,
    /// It says what the version in force says.
    Unchanged,
    /// A text of this statement is not written.
    Unwritten(StatementId, StatementPart),
    /// The picture of this statement cannot be shown to anyone yet, or at all.
    PictureNotReady(StatementId),
}

/// What came of publishing.
#[derive(Debug, Clone)]
pub enum Publication {
    InForce(CharterVersion),
    /// Nothing was changed.
    Refused(Vec<DraftFault>),
}

impl Draft {
    /// What stands in the way of publishing it in place of `in_force`; nothing when it is ready.
    pub fn faults(
        &self,
        conn: &mut DbConnection,
        in_force: &CharterVersion,
        statements: &[Statement],
    ) -> Result<Vec<DraftFault>> {
        if self.statements.is_empty() {
            return Ok(vec![DraftFault::Empty]);
        }
        let number = in_force.number;
        if self.as_text(number) == text_of(in_force, statements, number) {
            return Ok(vec![DraftFault::Unchanged]);
        }
        let unwritten =
            |s: &Statement| s.missing_parts().map(|part| DraftFault::Unwritten(s.id.clone(), part)).collect();
        let pictures = pictures_not_ready(conn, &self.statements)?.into_iter().map(DraftFault::PictureNotReady);
        Ok(self.statements.iter().flat_map::<Vec<_>, _>(unwritten).chain(pictures).collect())
    }
}

/// Brings the draft into force, for whoever saw this edition of it; the version in force is superseded in the same act, and
/// whoever pledged to it or an earlier one is asked to sign again by a day.
pub fn publish_draft(act: &mut Act<'_>, seen: i32, sign_again_by: NaiveDate) -> Result<Publication> {
    let draft = hold_edition(act, seen)?;
    let before = CharterVersion::in_force(act.conn)?;
    let statements = before.statements(act.conn)?;
    let faults = draft.faults(act.conn, &before, &statements)?;
    if !faults.is_empty() {
        return Ok(Publication::Refused(faults));
    }
    supersede(act.conn)?;
    let number = last_number(act.conn)? + 1;
    let hash = draft.as_text(number).hash();
    diesel::update(charter_versions::table.find(draft.version.id))
        .set((
            charter_versions::state.eq(CharterState::InForce),
            charter_versions::number.eq(number),
            charter_versions::hash.eq(&hash),
            charter_versions::published_at.eq(act.at),
            charter_versions::sign_again_by.eq(sign_again_by),
        ))
        .execute(act.conn)?;
    let details = json!({
        "number": number,
        "hash": hash,
        "supersedes": before.number,
        "sign_again_by": sign_again_by,
    });
    act.record("charter published", draft.subject(), details)?;
    CharterVersion::find(act.conn, draft.version.id).map(Publication::InForce)
}

/// The draft comes to nothing, for whoever saw this edition of it.
pub fn drop_draft(act: &mut Act<'_>, seen: i32) -> Result<()> {
    let draft = hold_edition(act, seen)?;
    diesel::delete(statements_of(draft.version.id)).execute(act.conn)?;
    forget_unused_pictures(act.conn, &draft.statements)?;
    diesel::delete(charter_versions::table.find(draft.version.id)).execute(act.conn)?;
    let themes: Vec<_> = draft.statements.iter().map(|statement| &statement.theme).collect();
    act.record("charter draft dropped", draft.subject(), json!({ "title": draft.version.title, "statements": themes }))
}

fn hold_edition(act: &mut Act<'_>, seen: i32) -> Result<Draft> {
    let draft = Draft::hold(act.conn)?;
    if draft.edition == seen { Ok(draft) } else { Err(Error::Conflict) }
}
