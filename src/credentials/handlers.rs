//! Checking a code, for anyone.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Deserialize;

use super::badge::Badge;
use super::endorsement_paper::endorsement_certificate;
use super::forms::tidy_code;
use super::pages::{CodePage, ProofPage};
use super::pledge_paper::pledge_certificate;
use super::proof::Proof;
use super::record_page::RecordProofPage;
use crate::accounts::Visitor;
use crate::charter::{Pledge, PledgeInFull};
use crate::drawing::{MEDIA_TYPE, draw_paper};
use crate::error::{Error, Result};
use crate::files::send_bytes;
use crate::my_training::{RecordLink, ShownRecord};
use crate::organisations::{ApprovedMember, Person};
use crate::quality::{Assessment, Framework};
use crate::review::{Endorsement, RecordedStep};
use crate::web::{Path, Query, redirect};

/// A code typed into the form.
#[derive(Deserialize)]
pub struct CodeQuery {
    code: Option<String>,
}

pub async fn show_form(visitor: Visitor, query: Query<CodeQuery>) -> Result<HttpResponse> {
    let Some(typed) = query.into_inner().code else { return visitor.show(&CodePage::empty()) };
    let code = tidy_code(&typed);
    if code.is_empty() {
        return visitor.refuse(&CodePage::nothing_typed());
    }
    let address: String = url::form_urlencoded::byte_serialize(code.as_bytes()).collect();
    Ok(redirect(format!("/verify/{}", address.replace('+', "%20"))))
}

pub async fn show_proof(visitor: Visitor, code: Path<String>) -> Result<HttpResponse> {
    let code = tidy_code(&code);
    let (asked, today) = (code.clone(), visitor.today());
    match visitor.read(move |conn| Proof::of_code(conn, &asked, today)).await? {
        Some(Proof::Pledge(organisation, pledge, newer)) => {
            visitor.show(&ProofPage::of_pledge(&organisation, &pledge, newer.as_deref()))
        }
        Some(Proof::Endorsement(organisation, endorsement, last)) => {
            visitor.show(&ProofPage::of_endorsement(&organisation, &endorsement, last.as_ref()))
        }
        Some(Proof::Record(link, record)) => show_record(visitor, link, record).await,
        Some(Proof::ClosedRecord) => visitor.answer(StatusCode::GONE, &CodePage::unknown(&code)),
        None => visitor.miss(&CodePage::unknown(&code)),
    }
}

/// A mark to embed elsewhere: it is asked for again each time, and says how things stand now.
pub async fn show_badge(visitor: Visitor, name: Path<String>) -> Result<HttpResponse> {
    let code = tidy_code(name.strip_suffix(".svg").ok_or(Error::NotFound)?);
    let today = visitor.today();
    let badge = match visitor.read(move |conn| Proof::of_code_or_renewal(conn, &code, today)).await? {
        Some(Proof::Pledge(organisation, pledge, _)) => Badge::of(&ProofPage::of_pledge(&organisation, &pledge, None)),
        Some(Proof::Endorsement(organisation, endorsement, last)) => {
            Badge::of(&ProofPage::of_endorsement(&organisation, &endorsement, last.as_ref()))
        }
        // A person's record is shown by its own link, and never as a picture on other people's pages.
        Some(Proof::Record(..) | Proof::ClosedRecord) | None => Badge::unknown(),
    };
    Ok(badge.answer())
}

/// The pledge in force, as a paper for the wall.
pub async fn download_pledge_certificate(member: ApprovedMember) -> Result<HttpResponse> {
    let organisation = member.organisation.clone();
    if !organisation.is_open() {
        return Err(Error::NotFound);
    }
    let pledge = member
        .read(move |conn| {
            let pledge = Pledge::in_force_of(conn, organisation.id)?.ok_or(Error::NotFound)?;
            PledgeInFull::of(conn, pledge)
        })
        .await?;
    let paper = pledge_certificate(&member.organisation.name, &pledge, member.site(), member.now());
    let name = format!("Youth Charter pledge of {}.pdf", member.organisation.name);
    Ok(send_bytes(&name, MEDIA_TYPE, draw_paper(paper).await?))
}

/// The endorsement given last, as a paper for the wall. It says whether it still stands.
pub async fn download_endorsement_certificate(member: ApprovedMember) -> Result<HttpResponse> {
    let organisation = member.organisation.clone();
    let (endorsement, last, framework) = member
        .read(move |conn| {
            let endorsement = Endorsement::latest_of(conn, organisation.id)?.ok_or(Error::NotFound)?;
            let last = RecordedStep::last_of(conn, endorsement.id)?;
            let assessment = Assessment::find(conn, endorsement.assessment_id)?;
            let framework = Framework::of_version(conn, assessment.framework_version_id)?;
            Ok((endorsement, last, framework))
        })
        .await?;
    let proof = ProofPage::of_endorsement(&member.organisation, &endorsement, last.as_ref());
    let name = &member.organisation.name;
    let paper = endorsement_certificate(name, &endorsement, &proof, &framework, member.site(), member.now());
    Ok(send_bytes(&format!("Quality endorsement of {name}.pdf"), MEDIA_TYPE, draw_paper(paper).await?))
}

/// Counts that a record was looked at, but not when its owner did.
async fn show_record(visitor: Visitor, link: RecordLink, record: ShownRecord) -> Result<HttpResponse> {
    let (viewer, owner) = (visitor.account.as_ref().map(|account| account.id), link.person_id);
    let page = RecordProofPage::new(&link, record, visitor.now());
    let counted = visitor
        .act(move |act| {
            let is_owner = viewer.is_some() && Person::find(act.conn, owner)?.account_id == viewer;
            if is_owner { Ok(()) } else { link.count_opening(act) }
        })
        .await;
    if let Err(cause) = counted {
        tracing::error!(%cause, "that a record was opened could not be counted");
    }
    visitor.show(&page)
}
