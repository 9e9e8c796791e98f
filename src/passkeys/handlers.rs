//! Adding, naming and removing passkeys, and signing in with one.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::forms::{NewPasskeyForm, PasskeyNameForm, PasskeySignInForm};
use super::pages::{self, NewPasskeyPage, PasskeyPage, PasskeySignInPage, PasskeysPage};
use super::passkey::{MOST_PASSKEYS, Passkey, add_passkey, sign_in_with_passkey};
use super::question::{keep_question, take_question};
use super::relying_party::RelyingParty;
use crate::accounts::{HasTwoSteps, Proven, Seat, SignedIn, Visitor, enter, let_in, within_the_portal};
use crate::error::{Error, Result};
use crate::ids::{AccountId, PasskeyId};
use crate::web::{Filled, Path, Pressed, Query, Submitted, redirect_with_notice};

const LIST: &str = "/my/account/passkeys";

#[derive(Deserialize)]
pub struct PasskeySignInQuery {
    next: Option<String>,
}

pub async fn show_passkey_sign_in(visitor: Visitor, query: Query<PasskeySignInQuery>) -> Result<HttpResponse> {
    let next = query.into_inner().next.filter(|next| within_the_portal(next)).unwrap_or_default();
    let form = Filled::blank(PasskeySignInForm::FIELDS).with("next", next);
    visitor.show(&sign_in_page(&visitor, form).await?)
}

pub async fn sign_in_by_passkey(visitor: Visitor, form: Submitted<PasskeySignInForm>) -> Result<HttpResponse> {
    let portal = relying_party(&visitor)?;
    let (sent, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return visitor.refuse(&sign_in_page(&visitor, form).await?),
    };
    let question = sent.question;
    let kept = visitor.act(move |act| take_question(act, &question, None)).await?;
    let (device, old) = (visitor.device(), visitor.token());
    let entered = visitor
        .act(move |act| {
            let Some(state) = kept else { return Ok(None) };
            let account = sign_in_with_passkey(act, &portal, &sent.answer, &state)?;
            account.map(|account| enter(act, &account, &device, old.as_deref(), HasTwoSteps::Yes)).transpose()
        })
        .await?;
    match entered {
        Some(entered) => let_in(&visitor, entered, sent.next.as_deref()),
        None => {
            let form = filled.with_problem("credential", pages::NOT_KNOWN);
            visitor.refuse(&sign_in_page(&visitor, form).await?)
        }
    }
}

pub async fn show_passkeys(person: SignedIn) -> Result<HttpResponse> {
    let account = person.account.id;
    let passkeys = person.read(move |conn| Passkey::all_of(conn, account)).await?;
    person.show(&PasskeysPage::new(&passkeys, RelyingParty::at(person.site()).is_some().then_some(pages::ADD)))
}

pub async fn show_new_passkey(person: Proven) -> Result<HttpResponse> {
    match new_passkey_page(&person, Filled::blank(NewPasskeyForm::FIELDS)).await? {
        Some(page) => person.show(&page),
        None => Ok(redirect_with_notice(LIST, pages::ENOUGH)),
    }
}

pub async fn create_passkey(person: Proven, form: Submitted<NewPasskeyForm>) -> Result<HttpResponse> {
    let portal = relying_party(&person)?;
    let refused = match form.parsed() {
        Err(refused) => refused,
        Ok((sent, filled)) => {
            let owner = person.account.clone();
            let question = sent.question;
            let kept = person.act(move |act| take_question(act, &question, Some(owner.id))).await?;
            let owner = person.account.clone();
            let made = kept.map(|state| portal.check_new(&sent.answer, &state)).transpose()?.flatten();
            let added = match made {
                Some(made) => person.act(move |act| add_passkey(act, &owner, &sent.name, &made)).await?,
                None => None,
            };
            if added.is_some() {
                return Ok(redirect_with_notice(LIST, pages::ADDED));
            }
            filled.with_problem("credential", pages::NOT_ACCEPTED)
        }
    };
    match new_passkey_page(&person, refused).await? {
        Some(page) => person.refuse(&page),
        None => Ok(redirect_with_notice(LIST, pages::ENOUGH)),
    }
}

pub async fn show_passkey(person: SignedIn, id: Path<String>) -> Result<HttpResponse> {
    let passkey = passkey_of(&person, person.account.id, &id).await?;
    let form = Filled::blank(&["name"]).with("name", &passkey.name);
    person.show(&PasskeyPage::new(&passkey, form))
}

pub async fn rename_passkey(
    person: SignedIn,
    id: Path<String>,
    form: Submitted<PasskeyNameForm>,
) -> Result<HttpResponse> {
    let passkey = passkey_of(&person, person.account.id, &id).await?;
    match form.parsed() {
        Ok((sent, _)) => {
            person.act(move |act| passkey.rename(act, &sent.name)).await?;
            Ok(redirect_with_notice(LIST, pages::RENAMED))
        }
        Err(form) => person.refuse(&PasskeyPage::new(&passkey, form)),
    }
}

pub async fn remove_passkey(person: Proven, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let passkey = passkey_of(&person, person.account.id, &id).await?;
    let owner = person.account.clone();
    person.act(move |act| passkey.remove(act, &owner)).await?;
    Ok(redirect_with_notice(LIST, pages::REMOVED))
}

async fn passkey_of(seat: &Seat, account: AccountId, id: &str) -> Result<Passkey> {
    let id: PasskeyId = id.parse().map_err(|_| Error::NotFound)?;
    seat.read(move |conn| Passkey::find_of(conn, account, id)).await
}

/// The page to sign in on, with a question to the device where there can be passkeys.
async fn sign_in_page(visitor: &Visitor, form: Filled) -> Result<PasskeySignInPage> {
    let Some(portal) = RelyingParty::at(visitor.site()) else { return Ok(PasskeySignInPage::unavailable(form)) };
    let asked = portal.ask_for_any()?;
    let options = asked.options.clone();
    let question = visitor.act(move |act| keep_question(act, &asked, None)).await?;
    Ok(PasskeySignInPage::asking(form, question, options))
}

/// The page to add one on; `None` when they have as many as anyone may.
async fn new_passkey_page(person: &Proven, form: Filled) -> Result<Option<NewPasskeyPage>> {
    let portal = relying_party(person)?;
    let account = person.account.clone();
    let has = person.read(move |conn| Passkey::all_of(conn, account.id)).await?;
    if has.len() >= MOST_PASSKEYS {
        return Ok(None);
    }
    let has = has.iter().map(Passkey::credential_id).collect::<Result<_>>()?;
    let asked = portal.ask_for_new(&person.account, has)?;
    let (options, owner) = (asked.options.clone(), person.account.id);
    let question = person.act(move |act| keep_question(act, &asked, Some(owner))).await?;
    Ok(Some(NewPasskeyPage { form, question, options }))
}

/// `NotFound` where there can be no passkeys.
fn relying_party(seat: &Seat) -> Result<RelyingParty> {
    RelyingParty::at(seat.site()).ok_or(Error::NotFound)
}
