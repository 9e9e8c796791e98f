//! Proving once more that it is oneself, before an act that matters much. The session goes on under a new token.

use actix_web::HttpResponse;

use super::forms::{AgainForm, NextQuery};
use super::pages::{self, AgainPage};
use crate::accounts::{
    Account, Authenticator, CodeCheck, HasTwoSteps, SignedIn, Strength, renew_session, verify_password, with_session,
};
use crate::acts::Act;
use crate::error::{Error, Result};
use crate::web::{Attempt, Filled, Query, Submitted, redirect};

pub async fn show_again(person: SignedIn, query: Query<NextQuery>) -> Result<HttpResponse> {
    let next = query.into_inner().within().unwrap_or_default();
    let form = Filled::blank(AgainForm::FIELDS).with("next", next);
    let authenticator = authenticator_of(&person).await?;
    person.show(&AgainPage::new(&person, form, authenticator.as_ref()))
}

pub async fn prove_again(person: SignedIn, form: Submitted<AgainForm>) -> Result<HttpResponse> {
    let authenticator = authenticator_of(&person).await?;
    let (wanted, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return person.refuse(&AgainPage::new(&person, form, authenticator.as_ref())),
    };
    person.count_attempt(Attempt::Proof, person.account.id.as_str())?;
    let (account, old) = (person.account.clone(), person.token().ok_or(Error::NotFound)?);
    let proved = match authenticator {
        Some(_) => person.act(move |act| prove_by_code(act, &account, &old, &wanted.proof)).await?,
        None => {
            let right = verify_password(wanted.proof, Some(account.password_hash().to_owned())).await?;
            let strength = match person.has_two_steps() {
                HasTwoSteps::Yes => Strength::Double,
                HasTwoSteps::No => Strength::Single,
            };
            match right {
                true => Ok(person.act(move |act| renew_session(act, &account, &old, strength)).await?),
                false => Err(pages::WRONG_PASSWORD_ALONE.to_owned()),
            }
        }
    };
    match proved {
        Ok(token) => with_session(redirect(wanted.next.as_deref().unwrap_or("/my/account")), token, person.site()),
        Err(problem) => {
            let form = filled.with_problem("proof", problem);
            person.refuse(&AgainPage::new(&person, form, authenticator.as_ref()))
        }
    }
}

fn prove_by_code(act: &mut Act<'_>, account: &Account, old_token: &str, typed: &str) -> Result<Result<String, String>> {
    match Authenticator::check_code(act, account, typed)? {
        CodeCheck::Right => renew_session(act, account, old_token, Strength::Double).map(Ok),
        wrong => Ok(Err(pages::say_wrong_code(wrong))),
    }
}

async fn authenticator_of(person: &SignedIn) -> Result<Option<Authenticator>> {
    let id = person.account.id;
    Ok(person.read(move |conn| Authenticator::find_of(conn, id)).await?.filter(Authenticator::is_active))
}
