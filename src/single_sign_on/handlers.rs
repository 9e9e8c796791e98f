//! Off to the provider, and back.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::admission::{Admission, admit_work_identity};
use super::errand::{end_errand, errand_on, keep_errand, with_errand};
use super::pages::{self, TurnedAwayPage};
use crate::accounts::{Entered, HasTwoSteps, Visitor, date_proof, enter, let_in, no_password, within_the_portal};
use crate::acts::Act;
use crate::error::Result;
use crate::openid::{Asking, Trouble, WorkIdentity};
use crate::web::{Query, redirect, redirect_with_notice};

#[derive(Deserialize)]
pub struct LeaveQuery {
    next: Option<String>,
}

/// What the provider sends along.
#[derive(Deserialize)]
pub struct ReturnQuery {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    iss: Option<String>,
}

pub async fn leave_for_work_account(visitor: Visitor, query: Query<LeaveQuery>) -> Result<HttpResponse> {
    let provider = visitor.identity_provider()?;
    let next = query.into_inner().next.filter(|next| within_the_portal(next));
    // Whoever is signed in here comes to prove that it is still them.
    let asking = if visitor.account.is_some() { Asking::Again } else { Asking::IfNeeded };
    let errand = match provider.send_off(visitor.now(), &return_address(visitor.site()), asking).await {
        Ok(errand) => errand,
        Err(trouble) => return say_trouble(&visitor, trouble),
    };
    let address = errand.address.clone();
    let browser = visitor.act(move |act| keep_errand(act, &errand, next.as_deref())).await?;
    with_errand(redirect(address), browser, visitor.site())
}

pub async fn come_back_from_work_account(
    visitor: Visitor,
    query: Query<ReturnQuery>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let provider = visitor.identity_provider()?;
    let ReturnQuery { state, code, error, iss } = query.into_inner();
    let (state, browser) = (state.unwrap_or_default(), errand_on(&request, visitor.site()));
    let Some(errand) = visitor.act(move |act| end_errand(act, &state, &browser)).await? else {
        return visitor.answer(StatusCode::BAD_REQUEST, &TurnedAwayPage::stale());
    };
    let from_elsewhere = iss.is_some_and(|iss| iss != provider.settings().issuer);
    let Some(code) = code.filter(|_| error.is_none() && !from_elsewhere) else {
        return with_errand(redirect_with_notice("/sign-in", pages::NOT_SIGNED_IN), String::new(), visitor.site());
    };
    let kept = (errand.nonce, errand.verifier);
    let identity = match provider.welcome_back(visitor.now(), &return_address(visitor.site()), code, kept).await {
        Ok(identity) => identity,
        Err(trouble) => return say_trouble(&visitor, trouble),
    };
    let has_two_steps = if identity.second_factor { HasTwoSteps::Yes } else { HasTwoSteps::No };
    let (device, old, no_password) = (visitor.device(), visitor.token(), no_password().await?);
    let admitted = visitor
        .act(move |act| match admit_work_identity(act, provider.settings(), &identity, no_password)? {
            Admission::Admitted(account) => {
                let entered = enter(act, &account, &device, old.as_deref(), has_two_steps)?;
                date_entry(act, &entered, &identity).map(|()| Ok(entered))
            }
            Admission::Refused(refusal) => Ok(Err(refusal)),
        })
        .await?;
    match admitted {
        Ok(entered) => {
            let answer = let_in(&visitor, entered, errand.next.as_deref())?;
            with_errand(answer, String::new(), visitor.site())
        }
        Err(refusal) => visitor.answer(StatusCode::FORBIDDEN, &TurnedAwayPage::refused(refusal)),
    }
}

/// A proof is as old as the provider says; where it does not say, there is none.
fn date_entry(act: &mut Act<'_>, entered: &Entered, identity: &WorkIdentity) -> Result<()> {
    date_proof(act, entered.token(), identity.proved_at.map(|at| at.min(act.at)))
}

fn return_address(site: &str) -> String {
    format!("{site}/sign-in/work/return")
}

fn say_trouble(visitor: &Visitor, trouble: Trouble) -> Result<HttpResponse> {
    tracing::warn!(?trouble, "nobody could be signed in with a work account");
    match trouble {
        Trouble::Away(_) => visitor.answer(StatusCode::SERVICE_UNAVAILABLE, &TurnedAwayPage::away()),
        Trouble::Refused(_) => visitor.answer(StatusCode::BAD_REQUEST, &TurnedAwayPage::stale()),
        Trouble::Forged(_) => visitor.answer(StatusCode::BAD_REQUEST, &TurnedAwayPage::forged()),
    }
}
