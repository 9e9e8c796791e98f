//! The page of papers, and each paper. Whoever belongs to the organisation may have them.

use actix_web::HttpResponse;

use super::pages::{Listed, PapersPage};
use super::paper::paper_of;
use super::told::AssessmentTold;
use super::workbook::sheets_of;
use crate::drawing::{MEDIA_TYPE, TEXT_MEDIA_TYPE, draw_paper, write_text_document};
use crate::error::{Error, Result};
use crate::files::send_bytes;
use crate::ids::AssessmentId;
use crate::organisations::ApprovedMember;
use crate::quality::{Assessment, Sheet};
use crate::sheets::{send_workbook, write_workbook};
use crate::web::Path;

/// The slug, and the id of the assessment.
type OnePaper = Path<(String, String)>;

pub async fn show_papers(member: ApprovedMember) -> Result<HttpResponse> {
    let organisation = member.organisation.id;
    let all = member.read(move |conn| Listed::all_of(conn, organisation)).await?;
    member.show(&PapersPage::new(&member.organisation, &all))
}

pub async fn send_pdf(member: ApprovedMember, path: OnePaper) -> Result<HttpResponse> {
    let told = tell(&member, &path.1).await?;
    Ok(send_bytes(&format!("{}.pdf", name_of(&told)), MEDIA_TYPE, draw_paper(paper_of(&told)).await?))
}

pub async fn send_text_document(member: ApprovedMember, path: OnePaper) -> Result<HttpResponse> {
    let told = tell(&member, &path.1).await?;
    let bytes = write_text_document(&paper_of(&told))?;
    Ok(send_bytes(&format!("{}.odt", name_of(&told)), TEXT_MEDIA_TYPE, bytes))
}

pub async fn send_spreadsheet(member: ApprovedMember, path: OnePaper) -> Result<HttpResponse> {
    let told = tell(&member, &path.1).await?;
    Ok(send_workbook(&name_of(&told), write_workbook(&sheets_of(&told))?))
}

pub async fn send_data(member: ApprovedMember, path: OnePaper) -> Result<HttpResponse> {
    let told = tell(&member, &path.1).await?;
    let bytes = serde_json::to_vec_pretty(&told).map_err(Error::unexpected)?;
    Ok(send_bytes(&format!("{}.json", name_of(&told)), "application/json", bytes))
}

/// What the papers of one of this organisation's assessments tell; any other is not found.
async fn tell(member: &ApprovedMember, id: &str) -> Result<AssessmentTold> {
    let id: AssessmentId = id.parse().map_err(|_| Error::NotFound)?;
    let (organisation, now) = (member.organisation.clone(), member.now());
    member
        .read(move |conn| {
            let assessment = Assessment::find(conn, id)?;
            if assessment.organisation_id != organisation.id {
                return Err(Error::NotFound);
            }
            Ok(AssessmentTold::of(&organisation, &Sheet::of(conn, &assessment)?, now))
        })
        .await
}

/// As the file is called, without its ending: whose, and begun when.
fn name_of(told: &AssessmentTold) -> String {
    format!("self-assessment-{}-{}", told.organisation.slug, told.assessment.begun_on)
}
