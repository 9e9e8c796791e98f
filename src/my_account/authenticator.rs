//! The second step at sign-in: setting an authenticator app up, its recovery codes, and taking it away.

use actix_web::HttpResponse;

use super::forms::FirstCodeForm;
use super::pages::{self, AuthenticatorPage, EnrolmentPage, RecoveryCodesPage, RecoveryPage, RemovalPage};
use crate::accounts::{
    Account, Authenticator, Proven, RecoveryCodes, Seat, SignedIn, Strength, renew_session, with_session,
};
use crate::error::{Error, Result};
use crate::web::{Filled, Pressed, Submitted, redirect, redirect_with_notice};

const HOME: &str = "/my/account/authenticator";

pub async fn show_authenticator(person: SignedIn) -> Result<HttpResponse> {
    let found = authenticator_of(&person, &person.account).await?;
    let codes = {
        let id = person.account.id;
        person.read(move |conn| RecoveryCodes::left_of(conn, id)).await?
    };
    let is_on = found.is_some_and(|found| found.is_active());
    person.show(&AuthenticatorPage::new(is_on, &person.roles, person.has_two_steps(), codes))
}

pub async fn propose(person: Proven, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let account = person.account.clone();
    person.act(move |act| Authenticator::propose(act, &account)).await?;
    Ok(redirect("/my/account/authenticator/code"))
}

pub async fn show_enrolment(person: Proven) -> Result<HttpResponse> {
    match authenticator_of(&person, &person.account).await? {
        Some(found) if !found.is_active() => {
            let enrolment = found.enrolment(person.secret(), &person.account)?;
            person.show(&EnrolmentPage::new(enrolment, Filled::blank(FirstCodeForm::FIELDS))?)
        }
        _ => Ok(redirect(HOME)),
    }
}

pub async fn confirm_code(person: Proven, form: Submitted<FirstCodeForm>) -> Result<HttpResponse> {
    let Some(found) = authenticator_of(&person, &person.account).await? else { return Ok(redirect(HOME)) };
    let refused = match form.parsed() {
        Err(form) => form,
        Ok((wanted, filled)) => {
            let (found, account) = (found.clone(), person.account.clone());
            let old = person.token().ok_or(Error::NotFound)?;
            let confirmed = person
                .act(move |act| match found.confirm(act, &account, &wanted.code)? {
                    Some(codes) => Ok(Some((codes, renew_session(act, &account, &old, Strength::Double)?))),
                    None => Ok(None),
                })
                .await?;
            if let Some((codes, token)) = confirmed {
                return with_session(person.show(&RecoveryCodesPage::new(codes))?, token, person.site());
            }
            filled.with_problem("code", pages::WRONG_FIRST_CODE)
        }
    };
    person.refuse(&EnrolmentPage::new(found.enrolment(person.secret(), &person.account)?, refused)?)
}

pub async fn show_removal(person: Proven) -> Result<HttpResponse> {
    active_authenticator_of(&person).await?;
    person.show(&RemovalPage::new(&person.roles))
}

pub async fn remove(person: Proven, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let found = active_authenticator_of(&person).await?;
    let (account, old) = (person.account.clone(), person.token().ok_or(Error::NotFound)?);
    let token = person
        .act(move |act| {
            found.turn_off(act, &account)?;
            renew_session(act, &account, &old, Strength::Single)
        })
        .await?;
    with_session(redirect_with_notice(HOME, pages::TURNED_OFF), token, person.site())
}

pub async fn show_recovery(person: Proven) -> Result<HttpResponse> {
    active_authenticator_of(&person).await?;
    person.show(&RecoveryPage {})
}

pub async fn renew_recovery(person: Proven, _: Submitted<Pressed>) -> Result<HttpResponse> {
    active_authenticator_of(&person).await?;
    let account = person.account.clone();
    let codes = person.act(move |act| RecoveryCodes::make_for(act, &account)).await?;
    person.show(&RecoveryCodesPage::new(codes))
}

async fn authenticator_of(seat: &Seat, account: &Account) -> Result<Option<Authenticator>> {
    let id = account.id;
    seat.read(move |conn| Authenticator::find_of(conn, id)).await
}

async fn active_authenticator_of(person: &Proven) -> Result<Authenticator> {
    let found = authenticator_of(person, &person.account).await?;
    found.filter(Authenticator::is_active).ok_or(Error::NotFound)
}
