//! Taking the questionnaire along, bringing it back, and the dry run. Each handler: who is asking, what they sent, one act,
//! the next page.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::rt::task::spawn_blocking;
use tokio::sync::Semaphore;

use super::forms::{KeepForm, QuestionnaireForm};
use super::pages::{self, OfflinePage};
use super::questionnaire::questionnaire_of;
use super::reading::{FilledIn, LIMITS, read_questionnaire};
use super::taking::{checked_now, savers_of};
use super::trial_page::TrialPage;
use super::upload::Upload;
use super::wording::say_unread;
use crate::acts::Act;
use crate::clock::day_of;
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::ids::{OfflineUploadId, OrganisationId};
use crate::organisations::{ApprovedContributor, ApprovedMember, MembershipRole};
use crate::quality::{Assessment, Sheet};
use crate::sheets::{read_sheet, send_workbook};
use crate::web::{Filled, Path, Pressed, ReceivedFile, Submitted, redirect, redirect_with_notice};

/// The slug, and the id of what was brought.
type OneUpload = Path<(String, String)>;

/// A large file takes memory while it is read: few are read at the same time.
static READING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

pub async fn show_offline(member: ApprovedMember) -> Result<HttpResponse> {
    let organisation = member.organisation.id;
    let found = member.read(move |conn| running_and_waiting(conn, organisation)).await?;
    let may_bring = member.member.membership.role != MembershipRole::Viewer;
    match &found {
        (Some(running), waiting) => {
            let form = Filled::blank(QuestionnaireForm::FIELDS);
            member.show(&OfflinePage::new(&member.organisation, running, waiting, may_bring, form))
        }
        // There is nothing to answer yet: that page says how to begin.
        (None, _) => Ok(redirect(pages::quality_of(&member.organisation.slug))),
    }
}

pub async fn send_questionnaire(member: ApprovedMember) -> Result<HttpResponse> {
    let organisation = member.organisation.id;
    let sheet = member.read(move |conn| Sheet::latest_of(conn, organisation)).await?;
    if !sheet.assessment.is_with_organisation() {
        return Err(Error::NotFound);
    }
    let name = format!("questionnaire-{}-{}", member.organisation.slug, day_of(member.now()));
    Ok(send_workbook(&name, questionnaire_of(&sheet)?))
}

pub async fn receive(who: ApprovedContributor, form: Submitted<QuestionnaireForm>) -> Result<HttpResponse> {
    let (organisation, by) = (who.organisation.id, who.account.id);
    let refused = match form.parsed() {
        Err(refused) => refused,
        Ok((QuestionnaireForm { file }, filled)) => match read(file).await? {
            Ok((name, answers)) => {
                let bring = move |act: &mut Act<'_>| {
                    Assessment::running_of(act.conn, organisation)?.ok_or(Error::Conflict)?;
                    Upload::bring(act, organisation, by, &name, &answers)
                };
                let upload = who.act(bring).await?;
                return Ok(redirect(pages::address_of(&who.organisation.slug, upload.id)));
            }
            Err(flaw) => filled.with_problem("questionnaire", flaw),
        },
    };
    match who.read(move |conn| running_and_waiting(conn, organisation)).await? {
        (Some(running), waiting) if running.is_with_organisation() => {
            who.refuse(&OfflinePage::new(&who.organisation, &running, &waiting, true, refused))
        }
        _ => Ok(redirect(pages::offline_of(&who.organisation.slug))),
    }
}

pub async fn show_trial(who: ApprovedContributor, path: OneUpload) -> Result<HttpResponse> {
    let upload = find(&who, &path.1).await?;
    let of = upload.clone();
    let (sheet, checked, savers) = who
        .read(move |conn| {
            let (sheet, checked) = checked_now(conn, &of)?;
            let savers = savers_of(conn, &checked)?;
            Ok((sheet, checked, savers))
        })
        .await?;
    who.show(&TrialPage::new(&who.organisation, &upload, &sheet, &checked, &savers))
}

pub async fn choose(who: ApprovedContributor, path: OneUpload, form: Submitted<KeepForm>) -> Result<HttpResponse> {
    let upload = find(&who, &path.1).await?;
    let address = pages::address_of(&who.organisation.slug, upload.id);
    let Ok((KeepForm { chosen }, _)) = form.parsed() else { return Ok(redirect(address)) };
    let kept = who
        .act(move |act| {
            // Only what there is to choose.
            let (_, checked) = checked_now(act.conn, &upload)?;
            let asked = |id: &_| checked.conflicts.iter().any(|conflict| conflict.indicator == *id);
            let chosen: super::check::Choices = chosen.into_iter().filter(|(id, _)| asked(id)).collect();
            let any = !chosen.is_empty();
            upload.choose(act, chosen)?;
            Ok(any)
        })
        .await?;
    Ok(redirect_with_notice(address, if kept { pages::CHOSEN } else { pages::NOTHING_CHOSEN }))
}

pub async fn confirm(who: ApprovedContributor, path: OneUpload, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let upload = find(&who, &path.1).await?;
    let (slug, account, id) = (who.organisation.slug.clone(), who.account.id, upload.id);
    match who.act(move |act| upload.take_in(act, account)).await {
        Ok(taken) => Ok(redirect_with_notice(pages::quality_of(&slug), &pages::say_taken(taken))),
        // Somebody saved something since they looked: they look again.
        Err(Error::Conflict) => Ok(redirect_with_notice(pages::address_of(&slug, id), pages::LOOK_AGAIN)),
        Err(error) => Err(error),
    }
}

pub async fn remove(who: ApprovedContributor, path: OneUpload, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let upload = find(&who, &path.1).await?;
    who.act(move |act| upload.remove(act)).await?;
    Ok(redirect_with_notice(pages::offline_of(&who.organisation.slug), pages::REMOVED))
}

async fn find(who: &ApprovedContributor, id: &str) -> Result<Upload> {
    let id: OfflineUploadId = id.parse().map_err(|_| Error::NotFound)?;
    let organisation = who.organisation.id;
    who.read(move |conn| Upload::find_in(conn, organisation, id)).await
}

type Waiting = Vec<(Upload, String)>;

fn running_and_waiting(conn: &mut DbConnection, organisation: OrganisationId) -> Result<(Option<Assessment>, Waiting)> {
    Ok((Assessment::running_of(conn, organisation)?, Upload::all_in(conn, organisation)?))
}

/// What was filled in and how the file is called, or what is wrong with it.
async fn read(ReceivedFile { path, name }: ReceivedFile) -> Result<Result<(String, FilledIn), String>> {
    let _turn = READING.acquire().await.map_err(Error::unexpected)?;
    let read = spawn_blocking(move || read_sheet(&path, LIMITS)).await.map_err(Error::unexpected)?;
    Ok(match read {
        Err(flaw) => Err(flaw.say()),
        Ok(sheet) => read_questionnaire(&sheet).map(|filled| (name, filled)).map_err(say_unread),
    })
}
