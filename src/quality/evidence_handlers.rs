//! Showing a document with an answer, taking it away, and reading it.

use actix_web::HttpResponse;

use super::assessment::Assessment;
use super::evidence::{Evidence, add_evidence};
use super::forms::EvidenceForm;
use super::handlers::{Child, refuse_evidence};
use super::pages::{self, Home};
use super::progress::Sheet;
use crate::accounts::Seat;
use crate::acts::Act;
use crate::documents::{Document, FILES_AWAY, NewDocument, add_document};
use crate::error::{Error, Result};
use crate::files::{KeptFile, file_named};
use crate::ids::{AccountId, DocumentId, EvidenceId, IndicatorId, OrganisationId};
use crate::organisations::{ApprovedContributor, ApprovedMember};
use crate::web::{Pressed, Submitted, redirect_with_notice};

pub async fn upload_evidence(
    who: ApprovedContributor,
    path: Child,
    form: Submitted<EvidenceForm>,
) -> Result<HttpResponse> {
    let id = IndicatorId::from(path.1.as_str());
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return refuse_evidence(&who, id, form).await,
    };
    let chosen = match keep_chosen(&who, form).await {
        Err(Error::FilesAway(cause)) => {
            tracing::error!(%cause, "evidence could not be kept");
            return refuse_evidence(&who, id, filled.with_problem("document", FILES_AWAY)).await;
        }
        chosen => chosen?,
    };
    let (organisation, account, asked) = (who.organisation.id, who.account.id, id.clone());
    who.act(move |act| {
        let sheet = Sheet::latest_of(act.conn, organisation)?;
        let document = chosen.into_document(act, organisation, account)?;
        add_evidence(act, &sheet.assessment, &sheet.indicator(&asked)?.id, account, &document)
    })
    .await?;
    Ok(redirect_with_notice(Home::of(&who.organisation).evidence_of(&id), pages::EVIDENCE_ADDED))
}

/// What is to be shown with an answer.
enum Chosen {
    Kept(DocumentId),
    New(NewDocument, KeptFile),
}

impl Chosen {
    fn into_document(self, act: &mut Act<'_>, organisation: OrganisationId, account: AccountId) -> Result<Document> {
        match self {
            Self::Kept(document) => Ok(Document::find_in(act.conn, organisation, document)?.0),
            Self::New(said, kept) => add_document(act, organisation, account, said, kept),
        }
    }
}

async fn keep_chosen(seat: &Seat, form: EvidenceForm) -> Result<Chosen> {
    match form {
        EvidenceForm::Kept(document) => Ok(Chosen::Kept(document)),
        EvidenceForm::New(said, file) => Ok(Chosen::New(said, seat.keep_file(file).await?)),
    }
}

pub async fn remove_evidence(who: ApprovedContributor, path: Child, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id: EvidenceId = path.1.parse().map_err(|_| Error::NotFound)?;
    let organisation = who.organisation.id;
    let indicator = who
        .act(move |act| {
            let evidence = Evidence::find_in(act.conn, organisation, id)?;
            let assessment = Assessment::find(act.conn, evidence.assessment_id)?;
            evidence.remove(act, &assessment)?;
            Ok(evidence.indicator_id)
        })
        .await?;
    Ok(redirect_with_notice(Home::of(&who.organisation).evidence_of(&indicator), pages::EVIDENCE_REMOVED))
}

pub async fn download_evidence(member: ApprovedMember, path: Child) -> Result<HttpResponse> {
    let id: EvidenceId = path.1.parse().map_err(|_| Error::NotFound)?;
    let organisation = member.organisation.id;
    let stored = member
        .read(move |conn| {
            let evidence = Evidence::find_in(conn, organisation, id)?;
            file_named(conn, evidence.file_id)
        })
        .await?;
    member.send_file(&stored).await
}
