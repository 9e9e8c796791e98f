//! Signing in and out. Each handler: who is asking, what they sent, one act, the next page.

use actix_web::HttpResponse;

use super::forms::{CodeForm, LinkForm, NextQuery, SignInForm};
use super::pages::{self, AskForLinkPage, CodePage, LinkPage, SignInPage};
use crate::accounts::{
    Account, Authenticator, CodeCheck, GoneLinkPage, HasTwoSteps, Purpose, SentPage, Strength, Visitor, end_session,
    enter, let_in, link_is_good, open_sign_in_link, renew_session, send_sign_in_link, verify_password, with_session,
};
use crate::error::{Error, Result};
use crate::web::{Attempt, Filled, Path, Pressed, Query, Submitted, redirect, redirect_with_notice};

/// Where a signed-in person begins.
const START: &str = "/my";

pub async fn show_sign_in(visitor: Visitor, query: Query<NextQuery>) -> Result<HttpResponse> {
    let next = query.into_inner().within();
    if visitor.account.is_some() {
        return Ok(redirect(next.unwrap_or_else(|| START.to_owned())));
    }
    let form = Filled::blank(SignInForm::FIELDS).with("next", next.unwrap_or_default());
    visitor.show(&SignInPage::new(&visitor, form))
}

pub async fn sign_in(visitor: Visitor, form: Submitted<SignInForm>) -> Result<HttpResponse> {
    let (wanted, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return visitor.refuse(&SignInPage::new(&visitor, form)),
    };
    visitor.count_attempt(Attempt::SignIn, wanted.email.as_str())?;
    let email = wanted.email.clone();
    let account = visitor.read(move |conn| Account::find_by_email(conn, email.as_str())).await?;
    let hash = account.as_ref().map(|a| a.password_hash().to_owned());
    let right = verify_password(wanted.password, hash).await?;
    let Some(account) = account.filter(|_| right) else {
        let form = filled.with_problem("password", pages::WRONG_PASSWORD);
        return visitor.refuse(&SignInPage::new(&visitor, form));
    };
    if !account.is_active() {
        visitor.act(move |act| account.ask_to_confirm(act)).await?;
        return Ok(redirect("/register/sent"));
    }
    let (device, old) = (visitor.device(), visitor.token());
    let entered = visitor.act(move |act| enter(act, &account, &device, old.as_deref(), HasTwoSteps::No)).await?;
    let_in(&visitor, entered, wanted.next.as_deref())
}

pub async fn show_ask_for_link(visitor: Visitor, query: Query<NextQuery>) -> Result<HttpResponse> {
    let next = query.into_inner().within().unwrap_or_default();
    visitor.show(&AskForLinkPage { form: Filled::blank(LinkForm::FIELDS).with("next", next) })
}

pub async fn send_link(visitor: Visitor, form: Submitted<LinkForm>) -> Result<HttpResponse> {
    match form.parsed() {
        Ok((wanted, _)) => {
            visitor.count_attempt(Attempt::Link, wanted.email.as_str())?;
            visitor.act(move |act| send_sign_in_link(act, &wanted.email, wanted.next.as_deref())).await?;
            Ok(redirect("/sign-in/link/sent"))
        }
        Err(form) => visitor.refuse(&AskForLinkPage { form }),
    }
}

pub async fn show_link_sent(visitor: Visitor) -> Result<HttpResponse> {
    visitor.show(&SentPage::sign_in_link(visitor.is_demonstration()))
}

pub async fn show_link(visitor: Visitor, token: Path<String>) -> Result<HttpResponse> {
    let (token, now) = (token.into_inner(), visitor.now());
    let asked = token.clone();
    if visitor.read(move |conn| link_is_good(conn, now, &asked, Purpose::SignIn)).await? {
        visitor.show(&LinkPage { token })
    } else {
        visitor.show(&GoneLinkPage::sign_in())
    }
}

pub async fn open_link(visitor: Visitor, token: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let (device, old) = (visitor.device(), visitor.token());
    let opened = visitor
        .act(move |act| {
            let (account, next) = open_sign_in_link(act, &token)?;
            Ok((enter(act, &account, &device, old.as_deref(), HasTwoSteps::No)?, next))
        })
        .await?;
    let_in(&visitor, opened.0, opened.1.as_deref())
}

pub async fn show_code(visitor: Visitor, query: Query<NextQuery>) -> Result<HttpResponse> {
    let next = query.into_inner().within();
    match visitor.awaiting {
        Some(_) => {
            let form = Filled::blank(CodeForm::FIELDS).with("next", next.unwrap_or_default());
            visitor.show(&CodePage::new(&visitor, form))
        }
        None => Ok(redirect(next.filter(|_| visitor.account.is_some()).unwrap_or_else(|| "/sign-in".to_owned()))),
    }
}

pub async fn take_code(visitor: Visitor, form: Submitted<CodeForm>) -> Result<HttpResponse> {
    let Some(account) = visitor.awaiting.clone() else { return Ok(redirect("/sign-in")) };
    let (wanted, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return visitor.refuse(&CodePage::new(&visitor, form)),
    };
    let old = visitor.token().ok_or(Error::NotFound)?;
    let checked = visitor
        .act(move |act| match Authenticator::check_code(act, &account, &wanted.code)? {
            CodeCheck::Right => renew_session(act, &account, &old, Strength::Double).map(Ok),
            wrong => Ok(Err(wrong)),
        })
        .await?;
    match checked {
        Ok(token) => with_session(redirect(wanted.next.as_deref().unwrap_or(START)), token, visitor.site()),
        Err(wrong) => {
            let form = filled.with_problem("code", pages::say_wrong_code(wrong));
            visitor.refuse(&CodePage::new(&visitor, form))
        }
    }
}

pub async fn sign_out(visitor: Visitor, _: Submitted<Pressed>) -> Result<HttpResponse> {
    if let Some(token) = visitor.token() {
        visitor.act(move |act| end_session(act.conn, &token)).await?;
    }
    with_session(redirect_with_notice("/", pages::SIGNED_OUT), String::new(), visitor.site())
}
