//! The pages of reviewers and deciders. Each handler: who is asking, what they sent, one act, the next page.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::assigning::handed_on_by;
use super::decision::Decision;
use super::finding::Desk;
use super::forms::{ChangesForm, DecisionChoice, DecisionForm, FindingForm, RecommendationForm, TakingForm};
use super::interests::Ties;
use super::pages::{
    self, ChangesPage, DecisionPage, DecisionsPage, DeskPage, IndicatorPage, PAGE, QueuePage, RecommendationPage,
};
use super::review::Review;
use super::viewer::{Case, IndependentAssessor, IndependentDecider, IndependentReviewer, take_lost_cases_from};
use crate::accounts::{Account, Decider, Reviewer};
use crate::clock::day_of;
use crate::error::{Error, Result};
use crate::files::file_named;
use crate::ids::{EvidenceId, IndicatorId};
use crate::programme::Programme;
use crate::quality::{Assessment, AssessmentState, ChangeRequest, Evidence, Since};
use crate::web::{Filled, Path, Query, Submitted, redirect, redirect_with_notice};

#[derive(Deserialize)]
pub struct PageQuery {
    page: Option<u32>,
}

impl PageQuery {
    /// 1 for the first.
    fn number(&self) -> u32 {
        self.page.unwrap_or(1).clamp(1, 10_000)
    }
}

pub async fn show_queue(reviewer: Reviewer, query: Query<PageQuery>) -> Result<HttpResponse> {
    let (me, page, now) = (reviewer.account.id, query.number(), reviewer.now());
    take_lost_cases_from(&reviewer, me).await?;
    let queue = reviewer
        .read(move |conn| {
            let offset = PAGE * i64::from(page - 1);
            let waiting = Assessment::waiting(conn, &[AssessmentState::Submitted], PAGE + 1, offset)?;
            let mine = Review::running_with(conn, me)?;
            let others = Review::running_elsewhere(conn, me)?;
            let ties = Ties::of(conn, me, now)?;
            let programme = Programme::now(conn)?;
            Ok(QueuePage::new(waiting, mine, others, &ties, &programme, day_of(now), page))
        })
        .await?;
    reviewer.show(&queue)
}

pub async fn show_desk(reviewer: IndependentReviewer) -> Result<HttpResponse> {
    let page = lay_out_desk(&reviewer, Filled::blank(TakingForm::FIELDS)).await?;
    reviewer.show(&page)
}

pub async fn take_review(reviewer: IndependentReviewer, form: Submitted<TakingForm>) -> Result<HttpResponse> {
    if reviewer.case.is_theirs() {
        return Ok(redirect(desk_address(&reviewer.case)));
    }
    still_in(&reviewer.case, AssessmentState::Submitted)?;
    if let Err(form) = form.parsed() {
        let page = lay_out_desk(&reviewer, form).await?;
        return reviewer.refuse(&page);
    }
    let (assessment, by) = (reviewer.case.assessment.clone(), reviewer.case.independence);
    reviewer.act(move |act| Review::take(act, &assessment, by)).await?;
    Ok(redirect_with_notice(desk_address(&reviewer.case), pages::TAKEN))
}

pub async fn show_review_indicator(
    reviewer: IndependentReviewer,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let page = lay_out_indicator(&reviewer, &path.1, None).await?;
    reviewer.show(&page)
}

pub async fn save_finding(
    reviewer: IndependentReviewer,
    path: Path<(String, String)>,
    form: Submitted<FindingForm>,
) -> Result<HttpResponse> {
    still_theirs(&reviewer.case)?;
    let wanted = match form.parsed() {
        Ok((wanted, _)) => wanted,
        Err(form) => {
            let page = lay_out_indicator(&reviewer, &path.1, Some(form)).await?;
            return reviewer.refuse(&page);
        }
    };
    let (review, by, assessment) =
        (reviewer.case.review()?.clone(), reviewer.case.independence, reviewer.case.assessment.clone());
    let indicator = IndicatorId::from(path.1.as_str());
    let next = reviewer
        .act(move |act| {
            review.record_finding(act, by, &indicator, &wanted.found)?;
            let desk = Desk::lay_out(act.conn, &assessment, Some(&review))?;
            Ok(desk.next_after(&indicator).map(|next| next.id.clone()))
        })
        .await?;
    let desk = desk_address(&reviewer.case);
    Ok(match next {
        Some(next) => redirect_with_notice(format!("{desk}/indicators/{next}"), pages::FINDING_SAVED),
        None => redirect_with_notice(desk, pages::ALL_FOUND),
    })
}

pub async fn send_evidence(assessor: IndependentAssessor, path: Path<(String, String)>) -> Result<HttpResponse> {
    let id: EvidenceId = path.1.parse().map_err(|_| Error::NotFound)?;
    let assessment = assessor.case.assessment.id;
    let stored = assessor
        .read(move |conn| {
            let evidence = Evidence::find_of(conn, assessment, id)?;
            file_named(conn, evidence.file_id)
        })
        .await?;
    assessor.send_file(&stored).await
}

pub async fn show_changes(reviewer: IndependentReviewer) -> Result<HttpResponse> {
    reviewer.case.review()?;
    let desk = desk_of(&reviewer).await?;
    reviewer.show(&ChangesPage::new(&reviewer.case, &desk, None))
}

pub async fn ask_for_changes(reviewer: IndependentReviewer, form: Submitted<ChangesForm>) -> Result<HttpResponse> {
    still_theirs(&reviewer.case)?;
    let wanted = match form.parsed() {
        Ok((wanted, _)) => wanted,
        Err(form) => {
            let desk = desk_of(&reviewer).await?;
            return reviewer.refuse(&ChangesPage::new(&reviewer.case, &desk, Some(form)));
        }
    };
    let (review, by) = (reviewer.case.review()?.clone(), reviewer.case.independence);
    reviewer.act(move |act| review.ask_for_changes(act, by, &wanted.asked)).await?;
    Ok(redirect_with_notice(desk_address(&reviewer.case), pages::CHANGES_ASKED))
}

pub async fn show_recommendation(reviewer: IndependentReviewer) -> Result<HttpResponse> {
    reviewer.case.review()?;
    let desk = desk_of(&reviewer).await?;
    let form = Filled::blank(RecommendationForm::FIELDS);
    reviewer.show(&RecommendationPage::new(&reviewer.case, &desk, form))
}

pub async fn make_recommendation(
    reviewer: IndependentReviewer,
    form: Submitted<RecommendationForm>,
) -> Result<HttpResponse> {
    still_theirs(&reviewer.case)?;
    let wanted = match form.parsed() {
        Ok((wanted, _)) => wanted,
        Err(form) => {
            let desk = desk_of(&reviewer).await?;
            return reviewer.refuse(&RecommendationPage::new(&reviewer.case, &desk, form));
        }
    };
    let (review, by) = (reviewer.case.review()?.clone(), reviewer.case.independence);
    let made = reviewer.act(move |act| review.recommend(act, by, wanted.outcome, &wanted.reasons)).await?;
    Ok(match made {
        Some(()) => redirect_with_notice("/review", pages::RECOMMENDED),
        // The page says what has to be looked at first.
        None => redirect(format!("{}/recommendation", desk_address(&reviewer.case))),
    })
}

pub async fn show_decisions(decider: Decider, query: Query<PageQuery>) -> Result<HttpResponse> {
    let (me, page, now) = (decider.account.id, query.number(), decider.now());
    let decisions = decider
        .read(move |conn| {
            let waiting = Review::waiting_for_decision(conn, PAGE + 1, PAGE * i64::from(page - 1))?;
            let ties = Ties::of(conn, me, now)?;
            let programme = Programme::now(conn)?;
            Ok(DecisionsPage::new(waiting, me, &handed_on_by(conn, me)?, &ties, &programme, day_of(now), page))
        })
        .await?;
    decider.show(&decisions)
}

pub async fn show_decision(decider: IndependentDecider) -> Result<HttpResponse> {
    let page = lay_out_decision(&decider, Filled::blank(DecisionForm::FIELDS)).await?;
    decider.show(&page)
}

pub async fn decide(decider: IndependentDecider, form: Submitted<DecisionForm>) -> Result<HttpResponse> {
    still_in(&decider.case, AssessmentState::Recommended)?;
    let wanted = match form.parsed() {
        Ok((wanted, _)) => wanted,
        Err(form) => {
            let page = lay_out_decision(&decider, form).await?;
            return decider.refuse(&page);
        }
    };
    let (review, by) = (decider.case.review()?.clone(), decider.case.independence);
    let notice = decider
        .act(move |act| match wanted.choice {
            DecisionChoice::Decide(outcome) => review.decide(act, by, outcome, &wanted.reasons).map(|_| pages::DECIDED),
            DecisionChoice::SendBack => review.send_back(act, by, &wanted.reasons).map(|()| pages::SENT_BACK),
        })
        .await?;
    Ok(redirect_with_notice("/review/decisions", notice))
}

async fn lay_out_desk(reviewer: &IndependentReviewer, form: Filled) -> Result<DeskPage> {
    let (case, today) = (reviewer.case.clone(), reviewer.today());
    reviewer
        .read(move |conn| {
            let desk = Desk::lay_out(conn, &case.assessment, case.review.as_ref())?;
            let reviewer = case.review.as_ref().map(|review| Account::find(conn, review.reviewer_id)).transpose()?;
            let since = Since::of(conn, &case.assessment)?;
            Ok(DeskPage::new(&case, &desk, &since, reviewer.as_ref(), today, form))
        })
        .await
}

async fn lay_out_indicator(
    reviewer: &IndependentReviewer,
    indicator: &str,
    form: Option<Filled>,
) -> Result<IndicatorPage> {
    let (case, id) = (reviewer.case.clone(), IndicatorId::from(indicator));
    reviewer
        .read(move |conn| {
            let desk = Desk::lay_out(conn, &case.assessment, case.review.as_ref())?;
            let asked = ChangeRequest::all_of(conn, case.assessment.id)?;
            let since = Since::of(conn, &case.assessment)?;
            IndicatorPage::new(&case, &desk, &since, &asked, &id, form)
        })
        .await
}

async fn lay_out_decision(decider: &IndependentDecider, form: Filled) -> Result<DecisionPage> {
    let case = decider.case.clone();
    decider
        .read(move |conn| {
            let review = case.review()?;
            let desk = Desk::lay_out(conn, &case.assessment, Some(review))?;
            let reviewer = Account::find(conn, review.reviewer_id)?;
            let decision = Decision::on(conn, review.id)?;
            Ok(DecisionPage::new(&case, review, &desk, &reviewer.name, decision.as_ref(), form))
        })
        .await
}

async fn desk_of(reviewer: &IndependentReviewer) -> Result<Desk> {
    let case = reviewer.case.clone();
    reviewer.read(move |conn| Desk::lay_out(conn, &case.assessment, case.review.as_ref())).await
}

/// A form that comes too late is a conflict, before anything is said about its fields.
fn still_in(case: &Case, state: AssessmentState) -> Result<()> {
    if case.assessment.state() == state { Ok(()) } else { Err(Error::Conflict) }
}

/// The same for what only the reviewer who took it may do.
fn still_theirs(case: &Case) -> Result<()> {
    if case.is_theirs() { still_in(case, AssessmentState::InReview) } else { Err(Error::NotAllowed) }
}

fn desk_address(case: &Case) -> String {
    format!("/review/assessments/{}", case.assessment.id)
}
