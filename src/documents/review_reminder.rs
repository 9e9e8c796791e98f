//! Telling whoever looks after a document that the day to look at it again is near: once for each such day.
//! Each batch is an act; a document is marked with the day it was told of, so that it is told once.
//! Not here: the days themselves, which are the document's own.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::document::Document;
use crate::accounts::Account;
use crate::acts::Act;
use crate::clock::say_day;
use crate::db::schema::{documents, organisations};
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId};
use crate::mail::Letter;
use crate::organisations::{Member, MembershipRole, Organisation, OrganisationStanding};

/// So many documents in one act.
const BATCH: i64 = 100;
/// So long before the day.
const AHEAD: Days = Days::new(30);

#[derive(Serialize)]
struct DocumentsToReview<'a> {
    organisation: &'a str,
    slug: &'a str,
    documents: Vec<ToReview<'a>>,
}
impl Letter for DocumentsToReview<'_> {
    const NAME: &'static str = "documents-to-review";
}

#[derive(Serialize)]
struct ToReview<'a> {
    title: &'a str,
    id: String,
    review_by: String,
    is_over: bool,
}

/// Writes about the next documents whose day is near; returns how many there were, 0 when all are told.
pub fn remind_to_review(act: &mut Act<'_>) -> Result<usize> {
    let today = act.today();
    let due: Vec<Document> = documents::table
        .inner_join(organisations::table.on(organisations::id.eq(documents::organisation_id)))
        .filter(documents::review_by.le(today + AHEAD))
        .filter(untold())
        .filter(organisations::standing.eq(OrganisationStanding::Open))
        .order((documents::review_by, documents::id))
        .limit(BATCH)
        .select(Document::as_select())
        .load(act.conn)?;
    let mut letters: BTreeMap<(OrganisationId, Option<AccountId>), Vec<Document>> = BTreeMap::new();
    let read = due.len();
    for document in due {
        if mark_told(act, &document)? {
            letters.entry((document.organisation_id, document.kept_by)).or_default().push(document);
        }
    }
    for ((organisation, keeper), documents) in letters {
        let organisation = Organisation::find(act.conn, organisation)?;
        write(act, &organisation, keeper, &documents, today)?;
    }
    Ok(read)
}

/// Of two servers one tells.
fn mark_told(act: &mut Act<'_>, document: &Document) -> Result<bool> {
    let marked = diesel::update(documents::table.find(document.id))
        .filter(documents::review_by.eq(document.review_by))
        .filter(untold())
        .set(documents::told_of.eq(document.review_by))
        .execute(act.conn)?;
    Ok(marked == 1)
}

fn write(
    act: &mut Act<'_>,
    organisation: &Organisation,
    keeper: Option<AccountId>,
    due: &[Document],
    today: NaiveDate,
) -> Result<()> {
    let row =
        |document: &'_ Document| document.review_by.map(|day| (document.id.to_string(), say_day(day), day < today));
    let documents = due
        .iter()
        .filter_map(|document| {
            row(document).map(|(id, review_by, is_over)| ToReview { title: &document.title, id, review_by, is_over })
        })
        .collect();
    act.record("documents to review told", organisation.subject(), json!({ "documents": due.len() }))?;
    let letter = DocumentsToReview { organisation: &organisation.name, slug: &organisation.slug, documents };
    match still_here(act, organisation.id, keeper)? {
        Some(account) => act.post(&account.address(), &letter),
        None => organisation.tell_leads(act, &letter),
    }
}

/// Whoever looks after it, while they may still change it; else the leads are told.
fn still_here(act: &mut Act<'_>, organisation: OrganisationId, keeper: Option<AccountId>) -> Result<Option<Account>> {
    let Some(keeper) = keeper else { return Ok(None) };
    match Member::of_account(act.conn, organisation, keeper)? {
        Some(member) if member.membership.role != MembershipRole::Viewer => Account::find(act.conn, keeper).map(Some),
        _ => Ok(None),
    }
}

/// Nobody was told of the day that stands there now.
#[diesel::dsl::auto_type(no_type_alias)]
fn untold() -> _ {
    documents::told_of.is_null().or(documents::told_of.assume_not_null().ne(documents::review_by.assume_not_null()))
}
