//! The pages of an umbrella body's leads: whom they asked, and asking one more.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::affiliation::{Affiliation, Asked, ask_to_join};
use super::forms::AskingForm;
use super::pages::{self, AskingPage, MEMBERS_PAGE, MembersPage, SEARCH_PAGE, SearchPage};
use super::viewer::UmbrellaLead;
use crate::error::{Error, Result};
use crate::ids::AffiliationId;
use crate::organisations::{Organisation, find_public_named};
use crate::web::{Filled, Path, Pressed, Query, Submitted, redirect_with_notice};
use crate::words::Line;

#[derive(Deserialize)]
pub struct MembersQuery {
    page: Option<u32>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct SearchQuery {
    q: String,
}

pub async fn show_members(lead: UmbrellaLead, query: Query<MembersQuery>) -> Result<HttpResponse> {
    let page = query.page.unwrap_or(1).clamp(1, 10_000);
    let id = lead.organisation.id;
    let rows = lead
        .read(move |conn| Affiliation::page_under(conn, id, MEMBERS_PAGE + 1, MEMBERS_PAGE * i64::from(page - 1)))
        .await?;
    lead.show(&MembersPage::new(&lead.organisation, rows, page))
}

pub async fn show_search(lead: UmbrellaLead, query: Query<SearchQuery>) -> Result<HttpResponse> {
    let found = match Line::<100>::parse(&query.q) {
        Ok(name) => lead.read(move |conn| find_public_named(conn, name.as_str(), SEARCH_PAGE + 1)).await?,
        Err(_) => Vec::new(),
    };
    lead.show(&SearchPage::new(&lead.organisation, &query.q, &found))
}

pub async fn show_asking(lead: UmbrellaLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (other, there) = look_at(&lead, &path.1).await?;
    lead.show(&AskingPage::new(
        &lead.organisation,
        &other,
        there.as_ref(),
        lead.now(),
        Filled::blank(AskingForm::FIELDS),
    ))
}

pub async fn ask_one(
    lead: UmbrellaLead,
    path: Path<(String, String)>,
    form: Submitted<AskingForm>,
) -> Result<HttpResponse> {
    let (other, there) = look_at(&lead, &path.1).await?;
    let message = match form.parsed() {
        Ok((form, _)) => form.message,
        Err(form) => {
            return lead.refuse(&AskingPage::new(&lead.organisation, &other, there.as_ref(), lead.now(), form));
        }
    };
    let umbrella = lead.organisation.clone();
    let asked = lead.act(move |act| ask_to_join(act, &umbrella, &other, message.as_str())).await?;
    match asked {
        Asked::Done(_) => Ok(redirect_with_notice(pages::members_address(&lead.organisation.slug), pages::ASKED)),
        Asked::NotAgainYet(_) => Err(Error::Conflict),
    }
}

pub async fn end_one(lead: UmbrellaLead, path: Path<(String, String)>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id: AffiliationId = path.1.parse().map_err(|_| Error::NotFound)?;
    let umbrella = lead.organisation.clone();
    lead.act(move |act| {
        let affiliation = Affiliation::find_under(act.conn, umbrella.id, id)?;
        let organisation = Organisation::find(act.conn, affiliation.organisation_id)?;
        affiliation.end(act, &umbrella, &organisation)
    })
    .await?;
    Ok(redirect_with_notice(pages::members_address(&lead.organisation.slug), pages::ENDED))
}

/// Another organisation that anyone may know of, and how it stands to this umbrella body.
async fn look_at(lead: &UmbrellaLead, slug: &str) -> Result<(Organisation, Option<Affiliation>)> {
    let (slug, umbrella) = (slug.to_owned(), lead.organisation.id);
    lead.read(move |conn| {
        let other = Organisation::find_public(conn, &slug)?;
        if other.id == umbrella {
            return Err(Error::NotFound);
        }
        let there = Affiliation::between(conn, umbrella, other.id)?;
        Ok((other, there))
    })
    .await
}
