//! The VRP's pages: which organisations are umbrella bodies.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::umbrella::{Umbrella, mark_umbrella};
use super::vrp_pages::{self, BodyPage, FOUND_PAGE, UmbrellaListPage};
use crate::accounts::Steward;
use crate::error::Result;
use crate::organisations::{Organisation, find_public_named};
use crate::web::{Path, Pressed, Query, Submitted, redirect_with_notice};
use crate::words::Line;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct UmbrellaQuery {
    q: String,
}

pub async fn show_all(steward: Steward, query: Query<UmbrellaQuery>) -> Result<HttpResponse> {
    let name = Line::<100>::parse(&query.q).ok();
    let (all, found) = steward
        .read(move |conn| {
            let found = match name {
                Some(name) => find_public_named(conn, name.as_str(), FOUND_PAGE)?,
                None => Vec::new(),
            };
            Ok((Umbrella::all(conn)?, found))
        })
        .await?;
    steward.show(&UmbrellaListPage::new(&all, &query.q, &found))
}

pub async fn show_one(steward: Steward, slug: Path<String>) -> Result<HttpResponse> {
    let (organisation, marked) = steward
        .read(move |conn| {
            let organisation = Organisation::find_public(conn, &slug)?;
            let marked = Umbrella::is_one(conn, organisation.id)?;
            Ok((organisation, marked))
        })
        .await?;
    steward.show(&BodyPage::new(&organisation, marked))
}

pub async fn mark(steward: Steward, slug: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    steward
        .act(move |act| {
            let organisation = Organisation::find_public(act.conn, &slug)?;
            mark_umbrella(act, &organisation)
        })
        .await?;
    Ok(redirect_with_notice("/vrp/umbrellas", vrp_pages::MARKED))
}

pub async fn end(steward: Steward, slug: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    steward
        .act(move |act| {
            let organisation = Organisation::find_by_slug(act.conn, &slug)?;
            Umbrella::find(act.conn, organisation.id)?.end(act, &organisation)
        })
        .await?;
    Ok(redirect_with_notice("/vrp/umbrellas", vrp_pages::ENDED))
}
