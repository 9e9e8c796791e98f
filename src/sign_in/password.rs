//! A forgotten password: a link to choose a new one, which ends every session there was.

use actix_web::HttpResponse;

use super::forms::{LinkForm, ResetForm};
use super::pages::{self, ForgottenPage, ResetPage};
use crate::accounts::{
    GoneLinkPage, NewPassword, Purpose, SentPage, Visitor, hash_password, link_is_good, reset_password, send_reset_link,
};
use crate::error::Result;
use crate::web::{Attempt, Filled, Path, Submitted, redirect, redirect_with_notice};

pub async fn show_forgotten(visitor: Visitor) -> Result<HttpResponse> {
    visitor.show(&ForgottenPage { form: Filled::blank(LinkForm::FIELDS) })
}

pub async fn send_reset(visitor: Visitor, form: Submitted<LinkForm>) -> Result<HttpResponse> {
    match form.parsed() {
        Ok((wanted, _)) => {
            visitor.count_attempt(Attempt::Link, wanted.email.as_str())?;
            visitor.act(move |act| send_reset_link(act, &wanted.email)).await?;
            Ok(redirect("/forgotten-password/sent"))
        }
        Err(form) => visitor.refuse(&ForgottenPage { form }),
    }
}

pub async fn show_reset_sent(visitor: Visitor) -> Result<HttpResponse> {
    visitor.show(&SentPage::reset(visitor.is_demonstration()))
}

pub async fn show_reset(visitor: Visitor, token: Path<String>) -> Result<HttpResponse> {
    let (token, now) = (token.into_inner(), visitor.now());
    let asked = token.clone();
    if visitor.read(move |conn| link_is_good(conn, now, &asked, Purpose::Reset)).await? {
        visitor.show(&ResetPage { token, form: Filled::blank(ResetForm::FIELDS) })
    } else {
        visitor.show(&GoneLinkPage::reset())
    }
}

pub async fn reset(visitor: Visitor, token: Path<String>, form: Submitted<ResetForm>) -> Result<HttpResponse> {
    let token = token.into_inner();
    match form.parsed() {
        Ok((wanted, _)) => {
            let new = NewPassword { password_hash: hash_password(wanted.password).await? };
            visitor.act(move |act| reset_password(act, &token, &new)).await?;
            Ok(redirect_with_notice("/sign-in", pages::PASSWORD_CHANGED))
        }
        Err(form) => visitor.refuse(&ResetPage { token, form }),
    }
}
