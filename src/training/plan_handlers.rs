//! An organisation's training plan, for those who see everybody's training.

use actix_web::HttpResponse;

use super::handlers::{is_lead, sees_all};
use super::module::Module;
use super::next_steps::sessions_with_free_places;
use super::plan::{PlanState, TrainingPlan};
use super::plan_page::{PlanPage, SETTLED_AS_DONE, SETTLED_AS_DROPPED};
use crate::error::{Error, Result};
use crate::ids::TrainingPlanId;
use crate::organisations::{ApprovedMember, MendingLead};
use crate::web::{Ask, Form, Path, Sent, Submitted, redirect_with_notice};

/// How a planned module is settled: by one of two buttons.
pub struct SettleForm(PlanState);

impl Form for SettleForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let ask = Ask::new("outcome", "What came of it", "Choose what came of it");
        let outcome = PlanState::parse(&sent.typed(ask.name)).filter(|outcome| *outcome != PlanState::Planned);
        outcome.map(Self).or_else(|| sent.refuse(ask.name, ask.missing))
    }
}

pub async fn show_plan(viewer: ApprovedMember) -> Result<HttpResponse> {
    if !sees_all(&viewer) {
        return Err(Error::NotAllowed);
    }
    let (id, now) = (viewer.organisation.id, viewer.now());
    let (plans, modules, free) = viewer
        .read(move |conn| {
            let plans = TrainingPlan::open_of(conn, id)?;
            let wanted: Vec<_> = plans.iter().map(|plan| &plan.module_id).collect();
            let free = sessions_with_free_places(conn, &wanted, now)?;
            Ok((plans, Module::all(conn)?, free))
        })
        .await?;
    viewer.show(&PlanPage::new(&viewer.organisation, &plans, &modules, &free, is_lead(&viewer)))
}

pub async fn settle_plan(
    lead: MendingLead,
    path: Path<(String, String)>,
    form: Submitted<SettleForm>,
) -> Result<HttpResponse> {
    let id: TrainingPlanId = path.1.parse().map_err(|_| Error::NotFound)?;
    let organisation = lead.organisation.id;
    let plan = lead.read(move |conn| TrainingPlan::find_in(conn, organisation, id)).await?;
    let SettleForm(outcome) = form.parsed().map_err(|_| Error::Conflict)?.0;
    lead.act(move |act| plan.settle(act, outcome)).await?;
    let notice = if outcome == PlanState::Done { SETTLED_AS_DONE } else { SETTLED_AS_DROPPED };
    Ok(redirect_with_notice(format!("/organisations/{}/training/plan", lead.organisation.slug), notice))
}
