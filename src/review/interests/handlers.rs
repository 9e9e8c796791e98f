//! The pages on which people of the VRP declare their ties.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::forms::InterestForm;
use super::interest::Interest;
use super::pages::{
    self, ADDRESS, DeclaringPage, FOUND_AT_ONCE, FindingPage, InterestsPage, WithdrawingPage, declared_notice,
};
use super::ties::Ties;
use crate::error::{Error, Result};
use crate::ids::InterestId;
use crate::organisations::{Organisation, find_public_named};
use crate::programme::Programme;
use crate::review::viewer::RoleHolder;
use crate::web::{Filled, Path, Pressed, Query, Submitted, redirect_with_notice};
use crate::words::Line;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct FindingQuery {
    q: String,
}

pub async fn show_interests(holder: RoleHolder) -> Result<HttpResponse> {
    let (me, now) = (holder.account.id, holder.now());
    let page = holder
        .read(move |conn| {
            let recorded = Ties::of(conn, me, now)?.named(conn)?;
            let months = Programme::now(conn)?.tie_months;
            Ok(InterestsPage::new(&Interest::all_of(conn, me)?, &recorded, months, now))
        })
        .await?;
    holder.show(&page)
}

pub async fn show_finding(holder: RoleHolder, query: Query<FindingQuery>) -> Result<HttpResponse> {
    let found = match Line::<100>::parse(&query.q) {
        Ok(name) => holder.read(move |conn| find_public_named(conn, name.as_str(), FOUND_AT_ONCE + 1)).await?,
        Err(_) => Vec::new(),
    };
    holder.show(&FindingPage::new(&query.q, &found))
}

pub async fn show_declaring(holder: RoleHolder, slug: Path<String>) -> Result<HttpResponse> {
    let organisation = holder.read(move |conn| Organisation::find_public(conn, &slug)).await?;
    holder.show(&DeclaringPage::new(&organisation, Filled::blank(InterestForm::FIELDS)))
}

pub async fn declare_interest(
    holder: RoleHolder,
    slug: Path<String>,
    form: Submitted<InterestForm>,
) -> Result<HttpResponse> {
    let organisation = holder.read(move |conn| Organisation::find_public(conn, &slug)).await?;
    let words = match form.parsed() {
        Ok((form, _)) => form.words,
        Err(form) => return holder.refuse(&DeclaringPage::new(&organisation, form)),
    };
    let me = holder.account.id;
    let declared = holder.act(move |act| Interest::declare(act, me, &organisation, words.as_str())).await?;
    Ok(redirect_with_notice(ADDRESS, declared_notice(declared)))
}

pub async fn show_withdrawing(holder: RoleHolder, id: Path<String>) -> Result<HttpResponse> {
    let (me, id) = (holder.account.id, parsed(&id)?);
    let page = holder
        .read(move |conn| {
            let (interest, organisation) = Interest::find_of(conn, me, id)?;
            if interest.withdrawn_at.is_some() {
                return Err(Error::NotFound);
            }
            Ok(WithdrawingPage::new(&interest, &organisation, Programme::now(conn)?.tie_months))
        })
        .await?;
    holder.show(&page)
}

pub async fn withdraw_interest(holder: RoleHolder, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let (me, id) = (holder.account.id, parsed(&id)?);
    holder.act(move |act| Interest::find_of(act.conn, me, id)?.0.withdraw(act)).await?;
    Ok(redirect_with_notice(ADDRESS, pages::WITHDRAWN))
}

fn parsed(id: &str) -> Result<InterestId> {
    id.parse().map_err(|_| Error::NotFound)
}
