//! The pages that signed-in people arrive on.

use actix_web::HttpResponse;

use super::my_page::MyPage;
use super::standing::Standing;
use super::work_pages::{OrganisationPage, VrpPage};
use crate::accounts::{SignedIn, Steward};
use crate::error::Result;
use crate::organisations::{EVERYWHERE, OrgMember, count_by_state, count_listed, organisations_of};
use crate::providers::TrainingProvider;
use crate::quality::{Assessment, AssessmentState};
use crate::rescue::{Rescue, count_thin};
use crate::review::{count_appeals, count_endorsed};
use crate::training::NextSteps;

pub async fn show_my_page(viewer: SignedIn) -> Result<HttpResponse> {
    let (account, now) = (viewer.account.id, viewer.now());
    let (organisations, providers, next) = viewer
        .read(move |conn| {
            Ok((
                organisations_of(conn, account)?,
                TrainingProvider::all_of(conn, account)?,
                NextSteps::of_account(conn, account, now)?,
            ))
        })
        .await?;
    viewer.show(&MyPage::new(&viewer.account, &organisations, &viewer.roles, &providers, &next))
}

pub async fn show_organisation(member: OrgMember) -> Result<HttpResponse> {
    let (organisation, today) = (member.organisation.clone(), member.today());
    let standing = member.read(move |conn| Standing::of(conn, &organisation, today)).await?;
    member.show(&OrganisationPage::new(&member.organisation, member.member.membership.role, &standing))
}

pub async fn show_vrp(steward: Steward) -> Result<HttpResponse> {
    let (states, pledges, endorsements, reviews, leads) = steward
        .read(|conn| {
            Ok((
                count_by_state(conn)?,
                count_listed(conn)?.remove(EVERYWHERE).unwrap_or_default(),
                count_endorsed(conn)?,
                (
                    Assessment::count_waiting(conn, &[AssessmentState::Submitted])?,
                    Assessment::count_waiting(conn, &[AssessmentState::Recommended])?,
                    count_appeals(conn)?,
                ),
                (count_thin(conn)?, Rescue::count_awaiting(conn)?),
            ))
        })
        .await?;
    steward.show(&VrpPage::new(&states, pledges, endorsements, reviews, leads))
}
