//! The address, the password and the sessions of an account.

use actix_web::HttpResponse;

use super::forms::{EmailForm, PasswordForm};
use super::pages::{self, AccountPage, EmailPage, NewAddressPage, PasswordPage, SessionsPage};
use crate::accounts::{
    Authenticator, GoneLinkPage, Proven, Purpose, RecoveryCodes, SentPage, Session, SignedIn, Visitor,
    ask_for_new_address, confirm_new_address, end_other_sessions, end_session_of, hash_password, link_is_good,
};
use crate::error::{Error, Result};
use crate::web::{Attempt, Filled, Path, Pressed, Submitted, redirect, redirect_with_notice};

pub async fn show_account(person: SignedIn) -> Result<HttpResponse> {
    let (id, now) = (person.account.id, person.now());
    let (authenticator, codes, sessions) = person
        .read(move |conn| {
            let authenticator = Authenticator::find_of(conn, id)?.filter(Authenticator::is_active);
            Ok((authenticator, RecoveryCodes::left_of(conn, id)?, Session::all_of(conn, now, id)?.len()))
        })
        .await?;
    person.show(&AccountPage::new(&person.account, &person.roles, authenticator.as_ref(), codes, sessions))
}

pub async fn show_email(person: Proven) -> Result<HttpResponse> {
    person.show(&EmailPage::new(&person.account, Filled::blank(EmailForm::FIELDS)))
}

pub async fn change_email(person: Proven, form: Submitted<EmailForm>) -> Result<HttpResponse> {
    match form.parsed() {
        Ok((wanted, _)) => {
            person.count_attempt(Attempt::NewAddress, person.account.id.as_str())?;
            let account = person.account.clone();
            person.act(move |act| ask_for_new_address(act, &account, &wanted.email)).await?;
            Ok(redirect("/my/account/email/sent"))
        }
        Err(form) => person.refuse(&EmailPage::new(&person.account, form)),
    }
}

pub async fn show_email_sent(person: SignedIn) -> Result<HttpResponse> {
    person.show(&SentPage::new_address(person.is_demonstration()))
}

pub async fn show_new_address(visitor: Visitor, token: Path<String>) -> Result<HttpResponse> {
    let (token, now) = (token.into_inner(), visitor.now());
    let asked = token.clone();
    if visitor.read(move |conn| link_is_good(conn, now, &asked, Purpose::NewAddress)).await? {
        visitor.show(&NewAddressPage { token })
    } else {
        visitor.show(&GoneLinkPage::new_address())
    }
}

pub async fn confirm_address(visitor: Visitor, token: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    visitor.act(move |act| confirm_new_address(act, &token)).await?;
    let onward = if visitor.account.is_some() { "/my/account" } else { "/sign-in" };
    Ok(redirect_with_notice(onward, pages::ADDRESS_CHANGED))
}

pub async fn show_password(person: Proven) -> Result<HttpResponse> {
    person.show(&PasswordPage { form: Filled::blank(PasswordForm::FIELDS) })
}

pub async fn change_password(person: Proven, form: Submitted<PasswordForm>) -> Result<HttpResponse> {
    let wanted = match form.parsed() {
        Ok((wanted, _)) => wanted,
        Err(form) => return person.refuse(&PasswordPage { form }),
    };
    let hash = hash_password(wanted.password).await?;
    let (account, token) = (person.account.clone(), person.token().ok_or(Error::NotFound)?);
    person
        .act(move |act| {
            account.set_password(act, &hash)?;
            end_other_sessions(act, account.id, &token)
        })
        .await?;
    Ok(redirect_with_notice("/my/account", pages::PASSWORD_CHANGED))
}

pub async fn show_sessions(person: SignedIn) -> Result<HttpResponse> {
    let (id, now, token) = (person.account.id, person.now(), person.token().unwrap_or_default());
    let sessions = person.read(move |conn| Session::all_of(conn, now, id)).await?;
    person.show(&SessionsPage::new(&sessions, &token))
}

pub async fn end_one(person: SignedIn, session: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id = person.account.id;
    person.act(move |act| end_session_of(act, id, &session)).await?;
    Ok(redirect_with_notice("/my/account/sessions", pages::SESSION_ENDED))
}

pub async fn end_others(person: SignedIn, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let (id, token) = (person.account.id, person.token().ok_or(Error::NotFound)?);
    person.act(move |act| end_other_sessions(act, id, &token)).await?;
    Ok(redirect_with_notice("/my/account/sessions", pages::OTHERS_ENDED))
}
