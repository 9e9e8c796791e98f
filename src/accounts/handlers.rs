//! Signing up, in and out. Each handler: who is asking, what they sent, one act, the next page.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::account::{Account, NewAccount, role_holders, sign_up};
use super::forms::{ForgottenForm, RegistrationForm, ResetForm, RoleForm, SignInForm, within_the_portal};
use super::link::{self, NewPassword, Purpose, confirm_account, link_is_good, open_first_steward, send_reset_link};
use super::pages::{
    ConfirmPage, ForgottenPage, GoneLinkPage, RegistrationPage, ResetPage, RolesPage, SentPage, SetUpPage, SignInPage,
};
use super::password::{hash_password, verify_password};
use super::session::{begin_session, end_session, with_session};
use super::viewer::{Steward, Visitor};
use super::{account, pages};
use crate::error::Result;
use crate::web::{Filled, Path, Pressed, Query, Submitted, redirect, redirect_with_notice};

/// Where a signed-in person begins.
const START: &str = "/my";

#[derive(Deserialize)]
pub struct SignInQuery {
    next: Option<String>,
}

pub async fn show_registration(visitor: Visitor) -> Result<HttpResponse> {
    visitor.show(&RegistrationPage { form: Filled::blank(RegistrationForm::FIELDS) })
}

pub async fn register(visitor: Visitor, form: Submitted<RegistrationForm>) -> Result<HttpResponse> {
    let (new, _) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return visitor.refuse(&RegistrationPage { form }),
    };
    let new = new_account(new).await?;
    visitor.act(|act| sign_up(act, new)).await?;
    Ok(redirect("/register/sent"))
}

pub async fn show_registration_sent(visitor: Visitor) -> Result<HttpResponse> {
    visitor.show(&SentPage::confirmation(visitor.is_demonstration()))
}

pub async fn show_confirmation(visitor: Visitor, token: Path<String>) -> Result<HttpResponse> {
    let (token, now) = (token.into_inner(), visitor.now());
    let asked = token.clone();
    if visitor.read(move |conn| link_is_good(conn, now, &asked, Purpose::Confirm)).await? {
        visitor.show(&ConfirmPage { token })
    } else {
        visitor.show(&GoneLinkPage::confirmation())
    }
}

pub async fn confirm(visitor: Visitor, token: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let device = visitor.device();
    let session = visitor
        .act(move |act| {
            let account = confirm_account(act, &token)?;
            begin_session(act, &account, &device)
        })
        .await?;
    with_session(redirect_with_notice(START, pages::ADDRESS_CONFIRMED), session, visitor.site())
}

pub async fn show_sign_in(visitor: Visitor, query: Query<SignInQuery>) -> Result<HttpResponse> {
    let next = query.into_inner().next.filter(|next| within_the_portal(next)).unwrap_or_default();
    if visitor.account.is_some() {
        return Ok(redirect(START));
    }
    let form = Filled::blank(SignInForm::FIELDS).with("next", next);
    visitor.show(&SignInPage::new(&visitor, form))
}

pub async fn sign_in(visitor: Visitor, form: Submitted<SignInForm>) -> Result<HttpResponse> {
    let (wanted, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return visitor.refuse(&SignInPage::new(&visitor, form)),
    };
    let email = wanted.email.clone();
    let account = visitor.read(move |conn| Account::find_by_email(conn, email.as_str())).await?;
    let hash = account.as_ref().map(|a| a.password_hash.clone());
    let right = verify_password(wanted.password, hash).await?;
    let Some(account) = account.filter(|_| right) else {
        let form = filled.with_problem("password", pages::WRONG_PASSWORD);
        return visitor.refuse(&SignInPage::new(&visitor, form));
    };
    if !account.is_active() {
        visitor.act(move |act| account.ask_to_confirm(act)).await?;
        return Ok(redirect("/register/sent"));
    }
    let device = visitor.device();
    let session = visitor.act(move |act| begin_session(act, &account, &device)).await?;
    with_session(redirect(wanted.next.as_deref().unwrap_or(START)), session, visitor.site())
}

pub async fn sign_out(visitor: Visitor, _: Submitted<Pressed>) -> Result<HttpResponse> {
    if let Some(token) = visitor.token() {
        visitor.act(move |act| end_session(act.conn, &token)).await?;
    }
    with_session(redirect_with_notice("/", pages::SIGNED_OUT), String::new(), visitor.site())
}

pub async fn show_forgotten(visitor: Visitor) -> Result<HttpResponse> {
    visitor.show(&ForgottenPage { form: Filled::blank(ForgottenForm::FIELDS) })
}

pub async fn send_reset(visitor: Visitor, form: Submitted<ForgottenForm>) -> Result<HttpResponse> {
    match form.parsed() {
        Ok((wanted, _)) => {
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
            visitor.act(move |act| link::reset_password(act, &token, &new)).await?;
            Ok(redirect_with_notice("/sign-in", pages::PASSWORD_CHANGED))
        }
        Err(form) => visitor.refuse(&ResetPage { token, form }),
    }
}

pub async fn show_set_up(visitor: Visitor, token: Path<String>) -> Result<HttpResponse> {
    let (token, now) = (token.into_inner(), visitor.now());
    let asked = token.clone();
    if visitor.read(move |conn| link_is_good(conn, now, &asked, Purpose::FirstSteward)).await? {
        visitor.show(&SetUpPage { token, form: Filled::blank(RegistrationForm::FIELDS) })
    } else {
        visitor.show(&GoneLinkPage::set_up())
    }
}

pub async fn set_up(visitor: Visitor, token: Path<String>, form: Submitted<RegistrationForm>) -> Result<HttpResponse> {
    let token = token.into_inner();
    let (new, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return visitor.refuse(&SetUpPage { token, form }),
    };
    let (new, asked) = (new_account(new).await?, token.clone());
    match visitor.act(move |act| open_first_steward(act, &asked, &new)).await? {
        Some(_) => Ok(redirect_with_notice("/sign-in", pages::STEWARD_MADE)),
        None => visitor.refuse(&SetUpPage { token, form: filled.with_problem("email", pages::ADDRESS_HAS_ACCOUNT) }),
    }
}

pub async fn show_roles(steward: Steward) -> Result<HttpResponse> {
    let holders = steward.read(role_holders).await?;
    steward.show(&RolesPage::new(&holders, Filled::blank(RoleForm::FIELDS)))
}

pub async fn grant(steward: Steward, form: Submitted<RoleForm>) -> Result<HttpResponse> {
    let refused = match form.parsed() {
        Err(refused) => refused,
        Ok((wanted, filled)) => {
            let given = steward
                .act(move |act| match Account::find_by_email(act.conn, wanted.email.as_str())? {
                    Some(account) => account::grant_role(act, account.id, wanted.role).map(|()| true),
                    None => Ok(false),
                })
                .await?;
            if given {
                return Ok(redirect_with_notice("/vrp/roles", pages::ROLE_GIVEN));
            }
            filled.with_problem("email", pages::NO_SUCH_ACCOUNT)
        }
    };
    let holders = steward.read(role_holders).await?;
    steward.refuse(&RolesPage::new(&holders, refused))
}

async fn new_account(form: RegistrationForm) -> Result<NewAccount> {
    let password_hash = hash_password(form.password).await?;
    Ok(NewAccount { name: form.name.into_string(), email: form.email, password_hash })
}
