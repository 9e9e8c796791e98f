//! A person's own audit, by a personal link. Whoever has the link is the person it was sent to, for this alone.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::forms::{BarriersForm, GroupForm, HeldForm, WordsForm};
use super::link::SkillsLink;
use super::response::CameBy;
use super::round::Round;
use super::side_pages::LinkGonePage;
use super::sitting::Sitting;
use crate::accounts::Visitor;
use crate::error::Result;
use crate::organisations::{Member, Organisation};
use crate::web::{Path, Pressed, Submitted, redirect};

/// What a link leads to.
enum Led {
    To(Box<Sitting>),
    /// It does not work any more.
    Nowhere(LinkGonePage),
}

macro_rules! by_link {
    ($($(#[$doc:meta])* $name:ident => $does:ident($($form:ty)?);)*) => {$(
        $(#[$doc])*
        pub async fn $name(visitor: Visitor, token: Path<String>$(, form: Submitted<$form>)?) -> Result<HttpResponse> {
            match lead(&visitor, &token).await? {
                Led::To(sitting) => sitting.$does(&visitor$(, { let form: Submitted<$form> = form; form })?).await,
                Led::Nowhere(page) => visitor.answer(StatusCode::GONE, &page),
            }
        }
    )*};
}

by_link! {
    /// Looking uses nothing up: programs that open every link in an e-mail answer nothing.
    show_by_link => show_start();
    show_barriers => show_barriers();
    save_barriers => save_barriers(BarriersForm);
    show_held => show_held();
    save_held => save_held(HeldForm);
    show_words => show_words();
    save_words => save_words(WordsForm);
    show_results => show_results();
    show_copy => show_copy();
}

pub async fn begin_by_link(visitor: Visitor, token: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    match lead(&visitor, &token).await? {
        Led::To(sitting) => sitting.begin(&visitor).await,
        Led::Nowhere(page) => visitor.answer(StatusCode::GONE, &page),
    }
}

pub async fn finish_by_link(visitor: Visitor, token: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    match lead(&visitor, &token).await? {
        Led::To(sitting) => sitting.finish(&visitor).await,
        Led::Nowhere(page) => visitor.answer(StatusCode::GONE, &page),
    }
}

pub async fn show_group_by_link(visitor: Visitor, path: Path<(String, String)>) -> Result<HttpResponse> {
    match lead(&visitor, &path.0).await? {
        Led::To(sitting) => sitting.show_group(&visitor, &path.1).await,
        Led::Nowhere(page) => visitor.answer(StatusCode::GONE, &page),
    }
}

pub async fn save_group_by_link(
    visitor: Visitor,
    path: Path<(String, String)>,
    form: Submitted<GroupForm>,
) -> Result<HttpResponse> {
    match lead(&visitor, &path.0).await? {
        Led::To(sitting) => sitting.save_group(&visitor, &path.1, form).await,
        Led::Nowhere(page) => visitor.answer(StatusCode::GONE, &page),
    }
}

pub async fn send_link_back(visitor: Visitor, token: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    if let Led::Nowhere(page) = lead(&visitor, &token).await? {
        return visitor.answer(StatusCode::GONE, &page);
    }
    let here = format!("/skills-audit/{}", token.as_str());
    let (token, secret) = (token.into_inner(), visitor.secret().clone());
    visitor.act(move |act| SkillsLink::with_token(act.conn, &secret, &token)?.send_back(act)).await?;
    Ok(redirect(here))
}

async fn lead(visitor: &Visitor, token: &str) -> Result<Led> {
    let (token_read, secret, now) = (token.to_owned(), visitor.secret().clone(), visitor.now());
    let (link, round, organisation, member, is_for) = visitor
        .read(move |conn| {
            let link = SkillsLink::with_token(conn, &secret, &token_read)?;
            let round = Round::find(conn, link.round_id)?;
            let is_for = round.is_for(conn, link.organisation_id)?;
            let member = Member::find_in(conn, link.organisation_id, link.person_id).ok();
            Ok((link.clone(), round, Organisation::find(conn, link.organisation_id)?, member, is_for))
        })
        .await?;
    let Some(member) = member.filter(|_| link.works_at(&round, now) && organisation.is_open()) else {
        return Ok(Led::Nowhere(LinkGonePage::new(&organisation.name, link.was_sent_back())));
    };
    Ok(Led::To(Box::new(Sitting {
        organisation: organisation.id,
        organisation_name: organisation.name,
        person: member.person.id,
        person_name: member.person.name,
        came_by: CameBy::Link,
        address: format!("/skills-audit/{token}"),
        round: Some(round).filter(|round| round.is_open() && is_for),
        is_elsewhere: false,
    })))
}
