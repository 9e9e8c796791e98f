//! Signing up and roles. Each handler: who is asking, what they sent, one act, the next page.

use actix_web::HttpResponse;

use super::account::{self, Account, NewAccount, role_holders, sign_up};
use super::forms::{RegistrationForm, RoleForm};
use super::link::{Purpose, confirm_account, link_is_good, open_first_steward};
use super::pages::{self, ConfirmPage, GoneLinkPage, RegistrationPage, RolesPage, SentPage, SetUpPage};
use super::password::hash_password;
use super::session::{Strength, begin_session, end_session, with_session};
use super::viewer::{Steward, Visitor};
use crate::error::Result;
use crate::web::{Attempt, Filled, Path, Pressed, Submitted, redirect, redirect_with_notice};

/// Where a signed-in person begins.
const START: &str = "/my";

pub async fn show_registration(visitor: Visitor) -> Result<HttpResponse> {
    visitor.show(&RegistrationPage { form: Filled::blank(RegistrationForm::FIELDS) })
}

pub async fn register(visitor: Visitor, form: Submitted<RegistrationForm>) -> Result<HttpResponse> {
    let (new, _) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return visitor.refuse(&RegistrationPage { form }),
    };
    visitor.count_attempt(Attempt::Registration, new.email.as_str())?;
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
    let (device, old) = (visitor.device(), visitor.token());
    let session = visitor
        .act(move |act| {
            let account = confirm_account(act, &token)?;
            old.map_or(Ok(()), |old| end_session(act.conn, &old))?;
            begin_session(act, &account, &device, Strength::Single)
        })
        .await?;
    with_session(redirect_with_notice(START, pages::ADDRESS_CONFIRMED), session, visitor.site())
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
