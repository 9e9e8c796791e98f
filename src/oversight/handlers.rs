//! The list, one organisation, and changing how it stands. Each handler: who is asking, what they sent, one act, the
//! next page.

use actix_web::{HttpRequest, HttpResponse};

use super::forms::{ListingQuery, ReasonForm};
use super::list_pages::OrganisationsPage;
use super::listing::Listing;
use super::pages::{Overseen, OverseenPage};
use super::step_pages::{OWN_CLOSED, StepPage, step_notice};
use crate::accounts::Steward;
use crate::audit::latest_entries;
use crate::charter::Pledge;
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::live_records::verdicts_on;
use crate::organisations::{
    ApprovedLead, ChangedAs, Organisation, OrganisationState, StandingChange, StandingStep, WorkingProfile, is_tied,
};
use crate::rescue::LeadSeen;
use crate::review::Endorsement;
use crate::web::{Filled, Path, Query, Submitted, redirect_with_notice};

/// How many entries of the trail are shown.
const ENTRIES: i64 = 20;

pub async fn show_organisations(steward: Steward, query: Query<ListingQuery>) -> Result<HttpResponse> {
    let search = query.search();
    let listing = steward.read(move |conn| Listing::search(conn, &search)).await?;
    steward.show(&OrganisationsPage::new(&listing, &query))
}

pub async fn show_overseen(steward: Steward, slug: Path<String>) -> Result<HttpResponse> {
    let (now, me) = (steward.now(), steward.account.id);
    let seen = steward
        .read(move |conn| {
            let organisation = find_sent(conn, &slug)?;
            let id = organisation.id;
            let endorsement = Endorsement::latest_of(conn, id)?;
            let rests_on = endorsement.as_ref().map(|endorsement| verdicts_on(conn, endorsement.assessment_id));
            let out_of_date = rests_on.transpose()?.unwrap_or_default();
            Ok(Overseen {
                leads: LeadSeen::all_in(conn, id, now)?,
                pledge: Pledge::current_of(conn, id)?,
                endorsement,
                out_of_date: out_of_date.values().filter(|record| record.has_lapsed()).count(),
                history: StandingChange::all_of(conn, id)?,
                trail: latest_entries(conn, id, ENTRIES)?,
                is_own: is_tied(conn, id, me)?,
                profile: WorkingProfile::of(conn, organisation)?,
            })
        })
        .await?;
    steward.show(&OverseenPage::new(&seen))
}

pub async fn show_standing_step(
    steward: Steward,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let (organisation, step) = find_before_step(&steward, path.into_inner()).await?;
    steward.want_proof(&request)?;
    steward.show(&StepPage::for_vrp(&organisation, step, Filled::blank(ReasonForm::FIELDS)))
}

pub async fn take_standing_step(
    steward: Steward,
    request: HttpRequest,
    path: Path<(String, String)>,
    form: Submitted<ReasonForm>,
) -> Result<HttpResponse> {
    let (organisation, step) = find_before_step(&steward, path.into_inner()).await?;
    steward.want_proof(&request)?;
    let reason = match form.parsed() {
        Ok((form, _)) => form.reason,
        Err(form) => return steward.refuse(&StepPage::for_vrp(&organisation, step, form)),
    };
    let (home, notice) = (format!("/vrp/organisations/{}", organisation.slug), step_notice(step, &organisation));
    let by = steward.account.clone();
    steward.act(move |act| organisation.take_step(act, step, &by, reason.as_str())).await?;
    Ok(redirect_with_notice(home, &notice))
}

pub async fn show_closing(lead: ApprovedLead, request: HttpRequest) -> Result<HttpResponse> {
    lead.want_proof(&request)?;
    lead.show(&StepPage::for_lead(&lead.organisation, Filled::blank(ReasonForm::FIELDS)))
}

pub async fn close_own_organisation(
    lead: ApprovedLead,
    request: HttpRequest,
    form: Submitted<ReasonForm>,
) -> Result<HttpResponse> {
    lead.want_proof(&request)?;
    let reason = match form.parsed() {
        Ok((form, _)) => form.reason,
        Err(form) => return lead.refuse(&StepPage::for_lead(&lead.organisation, form)),
    };
    let (organisation, by) = (lead.organisation.clone(), lead.account.clone());
    lead.act(move |act| organisation.close_as_lead(act, &by, reason.as_str())).await?;
    Ok(redirect_with_notice(format!("/organisations/{}", lead.organisation.slug), OWN_CLOSED))
}

/// An organisation for which the VRP may take this step now; not one that this administrator is tied to.
async fn find_before_step(steward: &Steward, (slug, step): (String, String)) -> Result<(Organisation, StandingStep)> {
    let step = StandingStep::parse(&step).ok_or(Error::NotFound)?;
    let me = steward.account.id;
    let (organisation, is_own) = steward
        .read(move |conn| {
            let organisation = find_sent(conn, &slug)?;
            let is_own = is_tied(conn, organisation.id, me)?;
            Ok((organisation, is_own))
        })
        .await?;
    if is_own {
        return Err(Error::NotAllowed);
    }
    let possible = step.leads_from(ChangedAs::Steward).contains(&organisation.standing());
    if organisation.is_approved() && possible { Ok((organisation, step)) } else { Err(Error::Conflict) }
}

/// An organisation as the VRP may see it: once it has been sent.
fn find_sent(conn: &mut DbConnection, slug: &str) -> Result<Organisation> {
    let organisation = Organisation::find_by_slug(conn, slug)?;
    if organisation.state() == OrganisationState::Draft { Err(Error::NotFound) } else { Ok(organisation) }
}
