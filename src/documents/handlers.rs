//! The list, adding, looking at one, changing and removing it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::document::{Document, add_document};
use super::forms::{ChangeForm, DocumentForm};
use super::pages::{self, DocumentPage, DocumentsPage, Library, NewDocumentPage, Rests};
use crate::accounts::Seat;
use crate::error::{Error, Result};
use crate::files::StoredFile;
use crate::ids::{DocumentId, OrganisationId};
use crate::organisations::{ApprovedContributor, ApprovedMember, MembershipRole};
use crate::web::{Filled, Path, Pressed, Submitted, redirect_with_notice};

pub async fn show_documents(viewer: ApprovedMember) -> Result<HttpResponse> {
    let organisation = viewer.organisation.id;
    let all = viewer.read(move |conn| Document::all_of(conn, organisation)).await?;
    let may_change = viewer.member.membership.role != MembershipRole::Viewer && !viewer.organisation.is_closed();
    viewer.show(&DocumentsPage::new(Library::of(&viewer.organisation), &all, may_change, viewer.today()))
}

pub async fn show_new_document(who: ApprovedContributor) -> Result<HttpResponse> {
    who.show(&NewDocumentPage::new(Library::of(&who.organisation), Filled::blank(DocumentForm::FIELDS)))
}

pub async fn save_new_document(who: ApprovedContributor, form: Submitted<DocumentForm>) -> Result<HttpResponse> {
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return who.refuse(&NewDocumentPage::new(Library::of(&who.organisation), form)),
    };
    let kept = match who.keep_file(form.file).await {
        Err(Error::FilesAway(cause)) => {
            tracing::error!(%cause, "a file could not be kept");
            let form = filled.with_problem("document", pages::FILES_AWAY);
            return who.refuse(&NewDocumentPage::new(Library::of(&who.organisation), form));
        }
        kept => kept?,
    };
    let (organisation, account, said) = (who.organisation.id, who.account.id, form.said);
    let wanted = said.title.clone();
    let added = who.act(move |act| add_document(act, organisation, account, said, kept)).await?;
    let notice = pages::added_notice(&wanted, &added.title);
    Ok(redirect_with_notice(Library::of(&who.organisation).address(), &notice))
}

pub async fn show_document(viewer: ApprovedMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (document, file, rests) = find_document(&viewer, viewer.organisation.id, &path.1).await?;
    let may_change = viewer.member.membership.role != MembershipRole::Viewer && !viewer.organisation.is_closed();
    let form = pages::filled_from(&document);
    viewer.show(&DocumentPage::new(Library::of(&viewer.organisation), &document, &file, rests, may_change, form))
}

pub async fn change_document(
    who: ApprovedContributor,
    path: Path<(String, String)>,
    form: Submitted<ChangeForm>,
) -> Result<HttpResponse> {
    let (document, file, rests) = find_document(&who, who.organisation.id, &path.1).await?;
    let library = Library::of(&who.organisation);
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return who.refuse(&DocumentPage::new(library, &document, &file, rests, true, form)),
    };
    let ChangeForm { seen, said } = form;
    if who.act(move |act| document.change(act, &seen, &said)).await?.is_some() {
        return Ok(redirect_with_notice(library.address(), pages::CHANGED));
    }
    let (document, file, rests) = find_document(&who, who.organisation.id, &path.1).await?;
    let page = DocumentPage::new(library, &document, &file, rests, true, filled).changed_meanwhile();
    who.answer(StatusCode::CONFLICT, &page)
}

pub async fn send_document(viewer: ApprovedMember, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (_, file, _) = find_document(&viewer, viewer.organisation.id, &path.1).await?;
    viewer.send_file(&file).await
}

pub async fn remove_document(
    who: ApprovedContributor,
    path: Path<(String, String)>,
    _: Submitted<Pressed>,
) -> Result<HttpResponse> {
    let (document, ..) = find_document(&who, who.organisation.id, &path.1).await?;
    who.act(move |act| document.remove(act)).await?;
    Ok(redirect_with_notice(Library::of(&who.organisation).address(), pages::REMOVED))
}

async fn find_document(seat: &Seat, organisation: OrganisationId, id: &str) -> Result<(Document, StoredFile, Rests)> {
    let id: DocumentId = id.parse().map_err(|_| Error::NotFound)?;
    seat.read(move |conn| {
        let (document, file) = Document::find_in(conn, organisation, id)?;
        let rests = Rests { uses: document.uses(conn)?, keeper: document.keeper_name(conn)? };
        Ok((document, file, rests))
    })
    .await
}
