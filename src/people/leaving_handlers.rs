//! Leaving, and ending someone's membership: what they hold, who takes it over, and going.

use actix_web::HttpResponse;

use super::forms::LeavingForm;
use super::handlers::people_address;
use super::holding::holding_of;
use super::leaving::{Leaving, end_membership_of, leave_organisation};
use super::leaving_pages::{EndingPage, Leaver, LeavingPage, NOBODY_TO_CHOOSE, ended_notice, left_notice};
use super::person_handlers::find_member;
use super::person_pages::NOBODY_WOULD_LEAD;
use crate::accounts::Seat;
use crate::error::Result;
use crate::organisations::{LeavingMember, Member, OrgLead, Organisation};
use crate::web::{Filled, Path, Submitted, redirect_with_notice};

pub async fn show_ending(lead: OrgLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    let member = find_member(&lead, lead.organisation.id, &path.1).await?;
    lead.show(&EndingPage::new(&leaver(&lead, &lead.organisation, &member).await?, Filled::default()))
}

pub async fn end_membership(
    lead: OrgLead,
    path: Path<(String, String)>,
    form: Submitted<LeavingForm>,
) -> Result<HttpResponse> {
    let member = find_member(&lead, lead.organisation.id, &path.1).await?;
    let refused = match form.parsed() {
        Err(form) => form,
        Ok((form, filled)) => {
            let (organisation, ended) = (lead.organisation.clone(), member.clone());
            let leaving = lead.act(move |act| end_membership_of(act, &organisation, &ended, &form.successors)).await?;
            match problem_of(leaving, filled) {
                Some(refused) => refused,
                None => {
                    return Ok(redirect_with_notice(after_ending(&lead, &member), &ended_notice(&member.person.name)));
                }
            }
        }
    };
    lead.refuse(&EndingPage::new(&leaver(&lead, &lead.organisation, &member).await?, refused))
}

pub async fn show_leaving(viewer: LeavingMember) -> Result<HttpResponse> {
    let leaver = leaver(&viewer, &viewer.organisation, &viewer.member).await?;
    viewer.show(&LeavingPage::new(&leaver, Filled::default()))
}

pub async fn leave(viewer: LeavingMember, form: Submitted<LeavingForm>) -> Result<HttpResponse> {
    let refused = match form.parsed() {
        Err(form) => form,
        Ok((form, filled)) => {
            let (organisation, member) = (viewer.organisation.clone(), viewer.member.clone());
            let leaving =
                viewer.act(move |act| leave_organisation(act, &organisation, &member, &form.successors)).await?;
            match problem_of(leaving, filled) {
                Some(refused) => refused,
                None => return Ok(redirect_with_notice("/my", &left_notice(&viewer.organisation))),
            }
        }
    };
    viewer.refuse(&LeavingPage::new(&leaver(&viewer, &viewer.organisation, &viewer.member).await?, refused))
}

fn problem_of(leaving: Leaving, form: Filled) -> Option<Filled> {
    match leaving {
        Leaving::Gone => None,
        Leaving::NobodyWouldLead => Some(form.with_problem("leaving", NOBODY_WOULD_LEAD)),
        Leaving::CannotTake(thing) => Some(form.with_problem(thing.as_str(), NOBODY_TO_CHOOSE)),
    }
}

/// Whoever ends their own membership sees the people no more.
fn after_ending(lead: &OrgLead, member: &Member) -> String {
    match member.person.id == lead.member.person.id {
        true => "/my".to_owned(),
        false => people_address(&lead.organisation),
    }
}

async fn leaver<'a>(seat: &Seat, organisation: &'a Organisation, member: &'a Member) -> Result<Leaver<'a>> {
    let (asked, who) = (organisation.clone(), member.clone());
    let (holding, others) = seat
        .read(move |conn| {
            let mut others = Member::all_in(conn, asked.id)?;
            others.retain(|other| other.person.id != who.person.id);
            Ok((holding_of(conn, &asked, &who)?, others))
        })
        .await?;
    Ok(Leaver { organisation, member, holding, others })
}
