//! Reading and noting how a pledge is kept.

use actix_web::HttpResponse;

use super::commitment::PledgeInFull;
use super::forms::{CheckForm, NoteForm, ShowingForm};
use super::handlers;
use super::pledge::Pledge;
use super::progress::Progress;
use super::progress_pages::{self, CheckPage, NotePage, ProgressPage};
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::ids::{OrganisationId, StatementId};
use crate::organisations::{ApprovedContributor, ApprovedMember, MendingLead, Organisation};
use crate::voice::SaidLately;
use crate::web::{Filled, Path, Submitted, redirect_with_notice};

pub async fn show_progress(member: ApprovedMember) -> Result<HttpResponse> {
    let id = member.organisation.id;
    let (whole, progress, said) = member
        .read(move |conn| {
            let whole = kept_in_full(conn, id)?;
            let progress = Progress::of(conn, whole.pledge.id)?;
            Ok((whole, progress, SaidLately::to(conn, id)?))
        })
        .await?;
    let membership = &member.member.membership;
    member.show(&ProgressPage::new(&member.organisation, membership, &whole, &progress, said.as_ref()))
}

pub async fn show_note(member: ApprovedContributor, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (id, statement) = (member.organisation.id, StatementId::from(path.1.as_str()));
    let whole = member.read(move |conn| kept_in_full(conn, id)).await?;
    let promise = whole.promise(&statement)?;
    member.show(&NotePage::new(&member.organisation, promise, Filled::blank(NoteForm::FIELDS)))
}

pub async fn add_note(
    member: ApprovedContributor,
    path: Path<(String, String)>,
    form: Submitted<NoteForm>,
) -> Result<HttpResponse> {
    let (id, by, statement) = (member.organisation.id, member.account.id, StatementId::from(path.1.as_str()));
    match form.parsed() {
        Ok((form, _)) => {
            let words = form.words.as_str().to_owned();
            member.act(move |act| kept(act.conn, id)?.note_progress(act, by, &statement, form.stage, &words)).await?;
            Ok(redirect_with_notice(address_of(&member.organisation), progress_pages::NOTED))
        }
        Err(form) => {
            let whole = member.read(move |conn| kept_in_full(conn, id)).await?;
            member.refuse(&NotePage::new(&member.organisation, whole.promise(&statement)?, form))
        }
    }
}

pub async fn show_check(member: ApprovedContributor) -> Result<HttpResponse> {
    let id = member.organisation.id;
    let progress = member
        .read(move |conn| {
            let pledge = kept(conn, id)?;
            Progress::of(conn, pledge.id)
        })
        .await?;
    let said = progress.check.map(|check| check.words).unwrap_or_default();
    member.show(&CheckPage::new(&member.organisation, Filled::blank(CheckForm::FIELDS).with("words", said)))
}

pub async fn answer_check(member: ApprovedContributor, form: Submitted<CheckForm>) -> Result<HttpResponse> {
    let (id, by) = (member.organisation.id, member.account.id);
    match form.parsed() {
        Ok((form, _)) => {
            member.act(move |act| kept(act.conn, id)?.answer_check(act, by, form.words.as_str())).await?;
            Ok(redirect_with_notice(address_of(&member.organisation), progress_pages::ANSWERED))
        }
        Err(form) => member.refuse(&CheckPage::new(&member.organisation, form)),
    }
}

pub async fn change_showing(lead: MendingLead, form: Submitted<ShowingForm>) -> Result<HttpResponse> {
    let id = lead.organisation.id;
    let Ok((form, _)) = form.parsed() else {
        return Ok(redirect_with_notice(address_of(&lead.organisation), progress_pages::NOT_CHOSEN));
    };
    let shown = form.shown;
    lead.act(move |act| kept(act.conn, id)?.show_progress(act, shown)).await?;
    Ok(redirect_with_notice(address_of(&lead.organisation), progress_pages::showing_notice(shown)))
}

/// The pledge that is kept now.
fn kept(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Pledge> {
    Pledge::in_force_of(conn, organisation)?.ok_or(Error::NotFound)
}

fn kept_in_full(conn: &mut DbConnection, organisation: OrganisationId) -> Result<PledgeInFull> {
    let pledge = kept(conn, organisation)?;
    PledgeInFull::of(conn, pledge)
}

fn address_of(organisation: &Organisation) -> String {
    format!("{}/progress", handlers::address_of(organisation))
}
