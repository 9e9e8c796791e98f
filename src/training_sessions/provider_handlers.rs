//! A provider plans sessions, opens them for booking, changes them and calls them off.

use actix_web::HttpResponse;

use super::announcements::{cancel_session, replan_session};
use super::forms::{CancelForm, PAST, PlacesForm, SKIPPED_HOUR, WHAT_MISSING, WhatForm, WhereForm};
use super::listing::guests_of;
use super::plan_pages::{CancelPage, PlacesPage, WhatPage, WherePage, filled_places, filled_what, filled_where};
use super::provider_pages::{self, ProviderHomePage, ProviderSessionPage, session_address};
use super::session::{Plan, Replanned, TrainingSession, plan_session};
use super::young_trainers::say_adult_contact;
use crate::error::{Error, Result};
use crate::ids::{DistrictCode, ModuleId, TrainingSessionId};
use crate::organisations::District;
use crate::providers::Provider;
use crate::training::Module;
use crate::web::{Filled, Path, Pressed, Submitted, redirect_with_notice};

pub async fn show_provider_home(provider: Provider) -> Result<HttpResponse> {
    let (providers, now) = (provider.providers.clone(), provider.now());
    let (ahead, behind) = provider
        .read(move |conn| {
            Ok((TrainingSession::ahead_of(conn, &providers, now)?, TrainingSession::behind(conn, &providers, now)?))
        })
        .await?;
    provider.show(&ProviderHomePage::new(&provider.providers, &ahead, &behind, now))
}

pub async fn show_new_session(provider: Provider) -> Result<HttpResponse> {
    let modules = provider.read(Module::all).await?;
    provider.show(&WhatPage::new_session(&modules, Filled::blank(WhatForm::FIELDS)))
}

pub async fn save_new_session(provider: Provider, form: Submitted<WhatForm>) -> Result<HttpResponse> {
    let modules = provider.read(Module::all).await?;
    let mut plan = Plan::blank(provider.now());
    let filled = match form.parsed() {
        Err(form) => form,
        Ok((wanted, filled)) => match put_what(&wanted, &mut plan, &modules, &provider) {
            Err((field, problem)) => filled.with_problem(field, problem),
            Ok(()) => {
                let (giver, by) = (provider.providers[0].clone(), provider.account.id);
                let adult = wanted.adult_contact;
                let session = provider
                    .act(move |act| {
                        let session = plan_session(act, &giver, by, plan)?;
                        if adult.is_some() {
                            say_adult_contact(act, session.id, adult.as_deref())?;
                        }
                        Ok(session)
                    })
                    .await?;
                return Ok(redirect_with_notice(session_address(session.id), provider_pages::PLANNED));
            }
        },
    };
    provider.refuse(&WhatPage::new_session(&modules, filled))
}

pub async fn show_provider_session(provider: Provider, id: Path<String>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    let (id, secret) = (session.id, provider.secret().clone());
    let (guests, districts) = provider.read(move |conn| Ok((guests_of(conn, id)?, District::all(conn)?))).await?;
    provider.show(&ProviderSessionPage::new(&session, &guests, &districts, &secret, provider.now())?)
}

pub async fn show_what(provider: Provider, id: Path<String>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    let modules = provider.read(Module::all).await?;
    let adult = session.adult_contact(provider.secret())?;
    provider.show(&WhatPage::of(&session, &modules, filled_what(&session, adult)))
}

pub async fn save_what(provider: Provider, id: Path<String>, form: Submitted<WhatForm>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    let modules = provider.read(Module::all).await?;
    let mut plan = Plan::of(&session);
    let filled = match form.parsed() {
        Err(form) => form,
        Ok((wanted, filled)) => match put_what(&wanted, &mut plan, &modules, &provider) {
            Err((field, problem)) => filled.with_problem(field, problem),
            Ok(()) => {
                let (id, adult) = (session.id, wanted.adult_contact);
                let answer = replan(&provider, session.clone(), plan).await?.0;
                if adult != session.adult_contact(provider.secret())? {
                    provider.act(move |act| say_adult_contact(act, id, adult.as_deref())).await?;
                }
                return Ok(answer);
            }
        },
    };
    provider.refuse(&WhatPage::of(&session, &modules, filled))
}

pub async fn show_where(provider: Provider, id: Path<String>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    let districts = provider.read(District::all).await?;
    provider.show(&WherePage::of(&session, &districts, filled_where(&session)))
}

pub async fn save_where(provider: Provider, id: Path<String>, form: Submitted<WhereForm>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    let districts = provider.read(District::all).await?;
    let filled = match form.parsed() {
        Err(form) => form,
        Ok((wanted, filled)) if is_district(&wanted.district, &districts) => {
            drop(filled);
            let mut plan = Plan::of(&session);
            wanted.put_into(&mut plan);
            return replan(&provider, session, plan).await.map(|(answer, _)| answer);
        }
        Ok((_, filled)) => filled.with_problem("district", "Select a district"),
    };
    provider.refuse(&WherePage::of(&session, &districts, filled))
}

pub async fn show_places(provider: Provider, id: Path<String>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    let districts = provider.read(District::all).await?;
    provider.show(&PlacesPage::of(&session, &districts, filled_places(&session)))
}

pub async fn save_places(provider: Provider, id: Path<String>, form: Submitted<PlacesForm>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    let districts = provider.read(District::all).await?;
    let filled = match form.parsed() {
        Err(form) => form,
        Ok((wanted, filled)) if is_district(&wanted.district, &districts) => {
            let mut plan = Plan::of(&session);
            wanted.put_into(&mut plan);
            match replan(&provider, session.clone(), plan).await? {
                (answer, Replanned::Made) => return Ok(answer),
                (_, Replanned::TooFewPlaces { booked }) => {
                    filled.with_problem("capacity", provider_pages::too_few(booked))
                }
            }
        }
        Ok((_, filled)) => filled.with_problem("held_district", "Select the district"),
    };
    provider.refuse(&PlacesPage::of(&session, &districts, filled))
}

pub async fn open_session(provider: Provider, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    if !session.is_ready(provider.now()) {
        return Err(Error::Conflict);
    }
    let id = session.id;
    provider.act(move |act| session.open(act)).await?;
    Ok(redirect_with_notice(session_address(id), provider_pages::OPENED))
}

pub async fn show_cancel(provider: Provider, id: Path<String>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    provider.show(&CancelPage::of(&session, Filled::blank(CancelForm::FIELDS)))
}

pub async fn cancel(provider: Provider, id: Path<String>, form: Submitted<CancelForm>) -> Result<HttpResponse> {
    let session = find_session(&provider, &id).await?;
    let reason = match form.parsed() {
        Ok((CancelForm { reason }, _)) => reason,
        Err(form) => return provider.refuse(&CancelPage::of(&session, form)),
    };
    provider.act(move |act| cancel_session(act, &session, reason.as_str())).await?;
    Ok(redirect_with_notice("/provider", provider_pages::CANCELLED))
}

/// A session of their own; any other is not found.
pub async fn find_session(provider: &Provider, id: &str) -> Result<TrainingSession> {
    let id: TrainingSessionId = id.parse().map_err(|_| Error::NotFound)?;
    let providers = provider.providers.clone();
    provider.read(move |conn| TrainingSession::find_of(conn, &providers, id)).await
}

async fn replan(provider: &Provider, session: TrainingSession, plan: Plan) -> Result<(HttpResponse, Replanned)> {
    let address = session_address(session.id);
    let replanned = provider.act(move |act| replan_session(act, &session, &plan)).await?;
    Ok((redirect_with_notice(address, provider_pages::CHANGED), replanned))
}

fn put_what(
    wanted: &WhatForm,
    plan: &mut Plan,
    modules: &[Module],
    provider: &Provider,
) -> Result<(), (&'static str, &'static str)> {
    let title = |id: &ModuleId| modules.iter().find(|module| module.id == *id).map(|module| module.title.as_str());
    let module = match &wanted.module {
        None => None,
        Some(id) => Some(title(id).ok_or(("module", WHAT_MISSING))?),
    };
    wanted.put_into(plan, module).ok_or(("starts", SKIPPED_HOUR))?;
    if plan.starts_at <= provider.now() { Err(("day", PAST)) } else { Ok(()) }
}

fn is_district(code: &Option<DistrictCode>, districts: &[District]) -> bool {
    code.as_ref().is_none_or(|code| districts.iter().any(|district| district.code == *code))
}
