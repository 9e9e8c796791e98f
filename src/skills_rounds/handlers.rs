//! The VRP's rounds: planned, opened, closed.

use actix_web::HttpResponse;

use super::forms::RoundForm;
use super::pages::{self, RoundsPage};
use super::plan::{Planned, RoundPlan, plan_round};
use crate::accounts::Steward;
use crate::error::{Error, Result};
use crate::organisations::District;
use crate::skills_audit::{Round, RoundTerms, close_round};
use crate::web::{Filled, Pressed, Submitted, redirect_with_notice};

const HOME: &str = "/vrp/skills-audit";

pub async fn show_rounds(steward: Steward) -> Result<HttpResponse> {
    steward.show(&rounds_page(&steward, Filled::blank(RoundForm::FIELDS)).await?)
}

pub async fn open_new_round(steward: Steward, form: Submitted<RoundForm>) -> Result<HttpResponse> {
    let today = steward.today();
    let refused = match form.parsed() {
        Ok((form, filled)) if form.closes_on.is_some_and(|day| day < today) => {
            filled.with_problem("closes", "Last day must be today or later")
        }
        Ok((form, filled)) => {
            let (opens_on, by) = (form.opens_on.unwrap_or(today), steward.account.id);
            let known: Vec<_> = steward.read(District::all).await?.into_iter().map(|district| district.code).collect();
            let districts = form.districts.into_iter().filter(|code| known.contains(code)).collect();
            let terms = RoundTerms { title: form.title.into_string(), closes_on: form.closes_on, districts };
            match steward.act(move |act| plan_round(act, &terms, opens_on, by)).await? {
                Planned::Opened => return Ok(redirect_with_notice(HOME, pages::ROUND_OPENED)),
                Planned::ForLater => return Ok(redirect_with_notice(HOME, pages::ROUND_PLANNED)),
                Planned::OneIsOpen => filled.with_problem("title", pages::ROUND_OPEN_ALREADY),
                Planned::OneIsPlanned => filled.with_problem("title", pages::ROUND_PLANNED_ALREADY),
            }
        }
        Err(form) => form,
    };
    steward.refuse(&rounds_page(&steward, refused).await?)
}

pub async fn close_open_round(steward: Steward, _: Submitted<Pressed>) -> Result<HttpResponse> {
    steward
        .act(|act| {
            let round = Round::open_now(act.conn)?.ok_or(Error::Conflict)?;
            close_round(act, &round)
        })
        .await?;
    Ok(redirect_with_notice(HOME, pages::ROUND_CLOSED))
}

pub async fn withdraw_plan(steward: Steward, _: Submitted<Pressed>) -> Result<HttpResponse> {
    steward.act(|act| RoundPlan::waiting(act.conn)?.ok_or(Error::Conflict)?.withdraw(act)).await?;
    Ok(redirect_with_notice(HOME, pages::PLAN_WITHDRAWN))
}

async fn rounds_page(steward: &Steward, form: Filled) -> Result<RoundsPage> {
    let (rounds, of_open, plan, districts) = steward
        .read(|conn| {
            let rounds = Round::recent_with_rate(conn)?;
            let of_open = match rounds.iter().find(|(round, _)| round.is_open()) {
                Some((round, _)) => round.districts(conn)?,
                None => Vec::new(),
            };
            Ok((rounds, of_open, RoundPlan::waiting(conn)?, District::all(conn)?))
        })
        .await?;
    Ok(RoundsPage::new(&rounds, &of_open, plan.as_ref(), &districts, form))
}
