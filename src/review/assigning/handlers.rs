//! The administrators' page of who reviews what, and the page on which a review is given to somebody.

use actix_web::HttpResponse;

use super::forms::ChoosingForm;
use super::pages::{ASSIGNED, ChoosingPage, HANDED_OVER, Place, WORK, WorkPage};
use super::workload::Colleague;
use crate::accounts::{Seat, Steward};
use crate::clock::day_of;
use crate::error::{Error, Result};
use crate::programme::Programme;
use crate::quality::{Assessment, AssessmentState};
use crate::review::interests::Ties;
use crate::review::review::{Review, ReviewState};
use crate::review::viewer::{Case, IndependentReviewer, IndependentSteward};
use crate::web::{Filled, Submitted, redirect_with_notice};

/// The most that wait and are shown.
const WAITING: i64 = 100;

pub async fn show_work(steward: Steward) -> Result<HttpResponse> {
    let (me, now) = (steward.account.id, steward.now());
    let page = steward
        .read(move |conn| {
            let waiting = Assessment::waiting(conn, &[AssessmentState::Submitted], WAITING, 0)?;
            let running = Review::all_running(conn)?;
            let (colleagues, programme) = (Colleague::all(conn)?, Programme::now(conn)?);
            Ok(WorkPage::new(&waiting, &running, &colleagues, &Ties::of(conn, me, now)?, &programme, day_of(now)))
        })
        .await?;
    steward.show(&page)
}

pub async fn show_choosing(steward: IndependentSteward) -> Result<HttpResponse> {
    let page = lay_out(&steward, &steward.case, Place::Vrp, Filled::blank(ChoosingForm::FIELDS)).await?;
    steward.show(&page)
}

pub async fn choose_for_vrp(steward: IndependentSteward, form: Submitted<ChoosingForm>) -> Result<HttpResponse> {
    can_be_given(&steward.case)?;
    let chosen = match form.parsed() {
        Ok((chosen, _)) => chosen,
        Err(form) => {
            let page = lay_out(&steward, &steward.case, Place::Vrp, form).await?;
            return steward.refuse(&page);
        }
    };
    let (case, by) = (steward.case.clone(), steward.case.independence);
    let notice = steward
        .act(move |act| match &case.review {
            Some(review) => review.hand_over(act, by, chosen.reviewer, chosen.reason.as_str()).map(|()| HANDED_OVER),
            None => {
                Review::assign(act, by, &case.assessment, chosen.reviewer, chosen.reason.as_str()).map(|_| ASSIGNED)
            }
        })
        .await?;
    Ok(redirect_with_notice(WORK, notice))
}

pub async fn show_handing_over(reviewer: IndependentReviewer) -> Result<HttpResponse> {
    theirs(&reviewer.case)?;
    let page = lay_out(&reviewer, &reviewer.case, Place::Desk, Filled::blank(ChoosingForm::FIELDS)).await?;
    reviewer.show(&page)
}

pub async fn hand_over_own(reviewer: IndependentReviewer, form: Submitted<ChoosingForm>) -> Result<HttpResponse> {
    theirs(&reviewer.case)?;
    let chosen = match form.parsed() {
        Ok((chosen, _)) => chosen,
        Err(form) => {
            let page = lay_out(&reviewer, &reviewer.case, Place::Desk, form).await?;
            return reviewer.refuse(&page);
        }
    };
    let (review, by) = (reviewer.case.review()?.clone(), reviewer.case.independence);
    reviewer.act(move |act| review.hand_over(act, by, chosen.reviewer, chosen.reason.as_str())).await?;
    Ok(redirect_with_notice("/review", HANDED_OVER))
}

async fn lay_out(seat: &Seat, case: &Case, place: Place, form: Filled) -> Result<ChoosingPage> {
    can_be_given(case)?;
    let (case, now) = (case.clone(), seat.now());
    seat.read(move |conn| {
        let colleagues = Colleague::all_for(conn, case.organisation.id, now)?;
        Ok(ChoosingPage::new(&case, &colleagues, place, form))
    })
    .await
}

/// Only what waits, or what a reviewer has open.
fn can_be_given(case: &Case) -> Result<()> {
    let is_open = case.review.as_ref().map(|review| review.state() == ReviewState::Open);
    match is_open.unwrap_or(case.assessment.state() == AssessmentState::Submitted) {
        true => Ok(()),
        false => Err(Error::Conflict),
    }
}

fn theirs(case: &Case) -> Result<()> {
    if case.is_theirs() { can_be_given(case) } else { Err(Error::NotAllowed) }
}
