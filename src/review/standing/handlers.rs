//! The deciders' pages about endorsements that were given.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::forms::JudgingForm;
use super::judging::JudgedStep;
use super::pages::{EndorsementPage, EndorsementsPage, JudgingPage, endorsement_address, judged_notice};
use super::step::RecordedStep;
use super::viewer::EndorsementDecider;
use crate::accounts::Decider;
use crate::error::{Error, Result};
use crate::review::endorsement::Endorsement;
use crate::review::interests::Ties;
use crate::review::pages::PAGE;
use crate::web::{Filled, Path, Query, Submitted, redirect_with_notice};
use crate::words::Line;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct EndorsementsQuery {
    q: String,
    page: Option<u32>,
}

pub async fn show_endorsements(decider: Decider, query: Query<EndorsementsQuery>) -> Result<HttpResponse> {
    let (me, now, page) = (decider.account.id, decider.now(), query.page.unwrap_or(1).clamp(1, 10_000));
    let wanted = Line::<100>::parse(&query.q).ok();
    let shown = decider
        .read(move |conn| {
            let found = match &wanted {
                Some(wanted) => Endorsement::looked_for(conn, wanted.as_str(), PAGE)?,
                None => Endorsement::standing(conn, PAGE + 1, PAGE * i64::from(page - 1))?,
            };
            Ok(EndorsementsPage::new(found, &Ties::of(conn, me, now)?, &query.q, page))
        })
        .await?;
    decider.show(&shown)
}

pub async fn show_endorsement(decider: EndorsementDecider) -> Result<HttpResponse> {
    let id = decider.endorsement.id;
    let steps = decider.read(move |conn| RecordedStep::all_of(conn, id)).await?;
    decider.show(&EndorsementPage::new(&decider.organisation, &decider.endorsement, &steps))
}

pub async fn show_judging(decider: EndorsementDecider, path: Path<(String, String)>) -> Result<HttpResponse> {
    let judged = possible_now(&decider, &path.1)?;
    let form = Filled::blank(JudgingForm::FIELDS);
    decider.show(&JudgingPage::new(&decider.organisation, &decider.endorsement, judged, form))
}

pub async fn take_judged_step(
    decider: EndorsementDecider,
    path: Path<(String, String)>,
    form: Submitted<JudgingForm>,
) -> Result<HttpResponse> {
    let judged = possible_now(&decider, &path.1)?;
    let reason = match form.parsed() {
        Ok((form, _)) => form.reason,
        Err(form) => {
            return decider.refuse(&JudgingPage::new(&decider.organisation, &decider.endorsement, judged, form));
        }
    };
    let (endorsement, by) = (decider.endorsement.clone(), decider.independence);
    decider.act(move |act| endorsement.judge(act, by, judged, reason.as_str())).await?;
    Ok(redirect_with_notice(endorsement_address(decider.endorsement.id), judged_notice(judged)))
}

/// A step that the address names; one that the endorsement does not allow now is a conflict.
fn possible_now(decider: &EndorsementDecider, step: &str) -> Result<JudgedStep> {
    let judged = JudgedStep::parse(step).ok_or(Error::NotFound)?;
    let is_over = decider.endorsement.ends_on < decider.today();
    let is_possible = JudgedStep::possible(&decider.endorsement).any(|possible| possible == judged);
    if is_possible && !(is_over && judged == JudgedStep::Reinstate) { Ok(judged) } else { Err(Error::Conflict) }
}
