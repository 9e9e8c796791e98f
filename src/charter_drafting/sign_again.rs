//! The day by which those who pledged to an older Charter sign again: looking at it, and setting another.

use actix_web::{HttpRequest, HttpResponse};
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::forms::SignAgainForm;
use super::pages::CHARTERS;
use crate::accounts::Steward;
use crate::charter::{CharterVersion, change_sign_again_day};
use crate::clock::say_day;
use crate::error::Result;
use crate::web::{Filled, Link, Page, Sample, Submitted, redirect, redirect_with_notice, sample};

const CHANGED: &str = "The day is changed. Everyone who has not signed yet is told";

/// Another day.
#[derive(Serialize)]
pub struct SignAgainPage {
    number: i32,
    now: String,
    form: Filled,
}

impl SignAgainPage {
    fn new(charter: &CharterVersion, by: NaiveDate, form: Filled) -> Self {
        Self { number: charter.number, now: say_day(by), form }
    }
}

impl Page for SignAgainPage {
    const TEMPLATE: &'static str = "charter_drafting/sign-again";
    fn title(&self) -> String {
        "The day to sign again".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("The Charter", CHARTERS))
    }
}

pub async fn show_day(steward: Steward, request: HttpRequest) -> Result<HttpResponse> {
    steward.want_proof(&request)?;
    let charter = steward.read(CharterVersion::in_force).await?;
    let Some(by) = charter.sign_again_by else { return Ok(redirect(CHARTERS)) };
    let form = Filled::blank(SignAgainForm::FIELDS)
        .with("sign_again_by-day", by.day().to_string())
        .with("sign_again_by-month", by.month().to_string())
        .with("sign_again_by-year", by.year().to_string());
    steward.show(&SignAgainPage::new(&charter, by, form))
}

pub async fn change_day(
    steward: Steward,
    request: HttpRequest,
    form: Submitted<SignAgainForm>,
) -> Result<HttpResponse> {
    steward.want_proof(&request)?;
    let charter = steward.read(CharterVersion::in_force).await?;
    let Some(before) = charter.sign_again_by else { return Ok(redirect(CHARTERS)) };
    let filled = match form.parsed() {
        Err(form) => form,
        Ok((wanted, filled)) => match wanted.problem(steward.today()) {
            Some(problem) => filled.with_problem("sign_again_by", problem),
            None => {
                steward.act(move |act| change_sign_again_day(act, wanted.by)).await?;
                return Ok(redirect_with_notice(CHARTERS, CHANGED));
            }
        },
    };
    steward.refuse(&SignAgainPage::new(&charter, before, filled))
}

pub(super) fn samples() -> Vec<Sample> {
    let form = Filled::blank(SignAgainForm::FIELDS)
        .with_problem("sign_again_by", "Enter the day by which organisations sign again");
    vec![sample(&SignAgainPage { number: 2, now: "3 March 2027".into(), form })]
}
