//! The pages of an organisation that umbrella bodies ask.

use actix_web::HttpResponse;

use super::affiliation::Affiliation;
use super::forms::{AnswerForm, ConsentAnswer};
use super::member_pages::{self, AffiliationPage, UmbrellasPage};
use crate::accounts::Seat;
use crate::error::{Error, Result};
use crate::ids::AffiliationId;
use crate::organisations::{ApprovedLead, ApprovedMember, Organisation};
use crate::web::{Filled, Path, Pressed, Submitted, redirect_with_notice};

pub async fn show_umbrellas(viewer: ApprovedMember) -> Result<HttpResponse> {
    let id = viewer.organisation.id;
    let all = viewer.read(move |conn| Affiliation::all_of(conn, id)).await?;
    viewer.show(&UmbrellasPage::new(&viewer.organisation, viewer.member.membership.role, &all))
}

pub async fn show_affiliation(lead: ApprovedLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (affiliation, umbrella) = look_at_own(&lead, &lead.organisation, &path.1).await?;
    lead.show(&AffiliationPage::new(&lead.organisation, &affiliation, &umbrella, Filled::blank(AnswerForm::FIELDS)))
}

pub async fn answer(
    lead: ApprovedLead,
    path: Path<(String, String)>,
    form: Submitted<AnswerForm>,
) -> Result<HttpResponse> {
    let (affiliation, umbrella) = look_at_own(&lead, &lead.organisation, &path.1).await?;
    let answer = match form.parsed() {
        Ok((form, _)) => form.answer,
        Err(form) => return lead.refuse(&AffiliationPage::new(&lead.organisation, &affiliation, &umbrella, form)),
    };
    let organisation = lead.organisation.clone();
    lead.act(move |act| match answer {
        ConsentAnswer::Consent => affiliation.consent(act, &organisation),
        ConsentAnswer::Decline => affiliation.decline(act, &organisation),
    })
    .await?;
    let notice = match answer {
        ConsentAnswer::Consent => member_pages::CONSENTED,
        ConsentAnswer::Decline => member_pages::DECLINED,
    };
    Ok(redirect_with_notice(member_pages::umbrellas_address(&lead.organisation.slug), notice))
}

pub async fn withdraw_consent(
    lead: ApprovedLead,
    path: Path<(String, String)>,
    _: Submitted<Pressed>,
) -> Result<HttpResponse> {
    let (affiliation, _) = look_at_own(&lead, &lead.organisation, &path.1).await?;
    let organisation = lead.organisation.clone();
    lead.act(move |act| affiliation.withdraw(act, &organisation)).await?;
    Ok(redirect_with_notice(member_pages::umbrellas_address(&lead.organisation.slug), member_pages::WITHDRAWN))
}

async fn look_at_own(seat: &Seat, organisation: &Organisation, id: &str) -> Result<(Affiliation, Organisation)> {
    let id: AffiliationId = id.parse().map_err(|_| Error::NotFound)?;
    let organisation = organisation.id;
    seat.read(move |conn| {
        let affiliation = Affiliation::find_of(conn, organisation, id)?;
        let umbrella = Organisation::find(conn, affiliation.umbrella_id)?;
        Ok((affiliation, umbrella))
    })
    .await
}
