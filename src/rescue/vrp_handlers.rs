//! The VRP's pages: organisations that one person leads or nobody, and rescues.

use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;

use super::forms::{RescueDecisionForm, RescueOutcome};
use super::leadership::{LeadSeen, Thin, count_thin};
use super::rescue::{Rescue, contacts_of};
use super::vrp_pages::{self, Case, PAGE, RescuePage, RescuesPage, ThinPage};
use crate::accounts::Steward;
use crate::error::{Error, Result};
use crate::ids::RescueId;
use crate::organisations::Member;
use crate::web::{Filled, Path, Query, Submitted, redirect_with_notice};

#[derive(Deserialize)]
pub struct ThinQuery {
    page: Option<u32>,
}

pub async fn show_thin(steward: Steward, query: Query<ThinQuery>) -> Result<HttpResponse> {
    let page = query.page.unwrap_or(1).clamp(1, 10_000);
    let (thin, all) = steward
        .read(move |conn| Ok((Thin::page(conn, PAGE + 1, PAGE * i64::from(page - 1))?, count_thin(conn)?)))
        .await?;
    steward.show(&ThinPage::new(thin, all, page))
}

pub async fn show_rescues(steward: Steward) -> Result<HttpResponse> {
    let rescues = steward.read(|conn| Rescue::newest(conn, 100)).await?;
    steward.show(&RescuesPage::new(&rescues))
}

pub async fn show_rescue(steward: Steward, request: HttpRequest, id: Path<String>) -> Result<HttpResponse> {
    steward.want_proof(&request)?;
    let page = lay_out_rescue(&steward, &id, Filled::blank(RescueDecisionForm::FIELDS)).await?;
    steward.show(&page)
}

pub async fn decide_rescue(
    steward: Steward,
    request: HttpRequest,
    id: Path<String>,
    form: Submitted<RescueDecisionForm>,
) -> Result<HttpResponse> {
    steward.want_proof(&request)?;
    let wanted = match form.parsed() {
        Ok((wanted, _)) => wanted,
        Err(form) => {
            let page = lay_out_rescue(&steward, &id, form).await?;
            return steward.refuse(&page);
        }
    };
    let (id, by) = (parse_id(&id)?, steward.account.clone());
    steward
        .act(move |act| {
            let rescue = Rescue::find(act.conn, id)?;
            match wanted.outcome {
                RescueOutcome::Grant => rescue.grant(act, &by, wanted.reasons.as_str()),
                RescueOutcome::Refuse => rescue.refuse(act, &by, wanted.reasons.as_str()),
            }
        })
        .await?;
    Ok(redirect_with_notice("/vrp/rescues", vrp_pages::DECIDED))
}

async fn lay_out_rescue(steward: &Steward, id: &str, form: Filled) -> Result<RescuePage> {
    let (id, now, me) = (parse_id(id)?, steward.now(), steward.account.id);
    steward
        .read(move |conn| {
            let rescue = Rescue::find(conn, id)?;
            let (organisation, asker) = rescue.parties(conn)?;
            let case = Case {
                member: Member::of_account(conn, organisation.id, asker.id)?,
                leads: LeadSeen::all_in(conn, organisation.id, now)?,
                contacts: contacts_of(conn, &rescue)?,
                is_own: rescue.asked_by == me,
                rescue,
                organisation,
                asker,
            };
            Ok(RescuePage::new(&case, form))
        })
        .await
}

fn parse_id(id: &str) -> Result<RescueId> {
    id.parse().map_err(|_| Error::NotFound)
}
