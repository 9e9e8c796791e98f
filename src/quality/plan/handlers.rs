//! The plan, a step of it, how a step goes, and the plan as a paper.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use chrono::{Months, NaiveDate};

use super::action::{NewAction, PlannedAction};
use super::forms::{ProgressForm, StepForm};
use super::pages::{Plan, PlanPage};
use super::paper::plan_paper;
use super::step_page::{self, Around, ProgressPage, StepPage};
use crate::accounts::Seat;
use crate::acts::Act;
use crate::drawing::{MEDIA_TYPE, draw_paper};
use crate::error::{Error, Result};
use crate::files::send_bytes;
use crate::framework::indicators_as_asked_last;
use crate::ids::{AccountId, IndicatorId, OrganisationId};
use crate::organisations::{ApprovedContributor, ApprovedMember, Member, MembershipRole};
use crate::quality::pages::Home;
use crate::web::{Filled, Path, Submitted, redirect_with_notice};

/// The slug, and the id of a question.
type Child = Path<(String, String)>;

pub async fn show_plan(member: ApprovedMember) -> Result<HttpResponse> {
    let organisation = member.organisation.id;
    let plan = member.read(move |conn| Plan::of(conn, organisation)).await?;
    let may_change = member.member.membership.role != MembershipRole::Viewer && !member.organisation.is_closed();
    member.show(&PlanPage::new(&Home::of(&member.organisation), &plan, may_change, member.today()))
}

pub async fn send_plan(member: ApprovedMember) -> Result<HttpResponse> {
    let organisation = member.organisation.id;
    let plan = member.read(move |conn| Plan::of(conn, organisation)).await?;
    let paper = plan_paper(&member.organisation.name, &plan, member.now());
    let name = format!("Action plan of {}.pdf", member.organisation.name);
    Ok(send_bytes(&name, MEDIA_TYPE, draw_paper(paper).await?))
}

pub async fn show_step(who: ApprovedContributor, path: Child) -> Result<HttpResponse> {
    let around = around(&who, who.organisation.id, &path.1).await?;
    let form = match &around.action {
        Some(action) => StepForm::filled_from(action),
        None => Filled::blank(StepForm::FIELDS),
    };
    who.show(&StepPage::new(&Home::of(&who.organisation), &around, form))
}

pub async fn save_step(who: ApprovedContributor, path: Child, form: Submitted<StepForm>) -> Result<HttpResponse> {
    let around = around(&who, who.organisation.id, &path.1).await?;
    let home = Home::of(&who.organisation);
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return who.refuse(&StepPage::new(&home, &around, form)),
    };
    if let Some((field, problem)) = what_is_wrong(&form.new, &around, who.today()) {
        return who.refuse(&StepPage::new(&home, &around, filled.with_problem(field, problem)));
    }
    let (organisation, by, indicator) = (who.organisation.id, who.account.id, around.indicator.id.clone());
    let saved = who.act(move |act| save(act, organisation, &indicator, by, form)).await?;
    if saved.is_some() {
        return Ok(redirect_with_notice(home.plan(), step_page::STEP_SAVED));
    }
    let around = self::around(&who, who.organisation.id, &path.1).await?;
    who.answer(StatusCode::CONFLICT, &StepPage::new(&home, &around, filled).changed_meanwhile())
}

fn save(
    act: &mut Act<'_>,
    organisation: OrganisationId,
    indicator: &IndicatorId,
    by: AccountId,
    form: StepForm,
) -> Result<Option<()>> {
    match PlannedAction::open_for(act.conn, organisation, indicator)? {
        Some(open) => open.change(act, &form.seen, form.new),
        // It was closed while they wrote.
        None if !form.seen.is_empty() => Err(Error::Conflict),
        None => PlannedAction::plan(act, organisation, indicator, by, form.new).map(Some),
    }
}

pub async fn show_progress(who: ApprovedContributor, path: Child) -> Result<HttpResponse> {
    let around = around(&who, who.organisation.id, &path.1).await?;
    let form = ProgressForm::filled_from(around.action()?);
    who.show(&ProgressPage::new(&Home::of(&who.organisation), &around, form)?)
}

pub async fn save_progress(
    who: ApprovedContributor,
    path: Child,
    form: Submitted<ProgressForm>,
) -> Result<HttpResponse> {
    let around = around(&who, who.organisation.id, &path.1).await?;
    let (home, action) = (Home::of(&who.organisation), around.action()?.clone());
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return who.refuse(&ProgressPage::new(&home, &around, form)?),
    };
    let ProgressForm { state, outcome, seen } = form;
    if who.act(move |act| action.go_on(act, &seen, state, &outcome)).await?.is_some() {
        return Ok(redirect_with_notice(home.plan(), step_page::PROGRESS_SAVED));
    }
    let around = self::around(&who, who.organisation.id, &path.1).await?;
    who.answer(StatusCode::CONFLICT, &ProgressPage::new(&home, &around, filled)?.changed_meanwhile())
}

/// What no form can know: the day, and who is here.
fn what_is_wrong(new: &NewAction, around: &Around, today: NaiveDate) -> Option<(&'static str, &'static str)> {
    if new.due_on < today {
        return Some(("due", "The day must be today or later"));
    }
    if new.due_on > today + Months::new(36) {
        return Some(("due", "The day must be within the next 3 years"));
    }
    let is_here = |owner| around.people.iter().any(|(account, _)| *account == owner);
    match new.owned_by {
        Some(owner) if !is_here(owner) => Some(("owner", "Select someone of your organisation")),
        _ => None,
    }
}

/// A question as it is asked, what is planned for it, and who could do it.
async fn around(seat: &Seat, organisation: OrganisationId, indicator: &str) -> Result<Around> {
    let asked = IndicatorId::from(indicator);
    seat.read(move |conn| {
        let indicator = indicators_as_asked_last(conn, std::slice::from_ref(&asked))?;
        let could = |member: Member| {
            let may_change = member.membership.role != MembershipRole::Viewer;
            member.person.account_id.filter(|_| may_change).map(|account| (account, member.person.name))
        };
        Ok(Around {
            indicator: indicator.into_iter().next().ok_or(Error::NotFound)?,
            action: PlannedAction::open_for(conn, organisation, &asked)?,
            people: Member::all_in(conn, organisation)?.into_iter().filter_map(could).collect(),
        })
    })
    .await
}
