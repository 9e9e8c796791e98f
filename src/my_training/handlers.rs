//! The record on paper, links to it, what organisations see, and certificates: all of the one who asks.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::forms::{LinkForm, NOTHING_CHOSEN, SharingForm};
use super::pages::{self, CertificatesPage, LinksPage, NewLinkPage};
use super::record_link::{Covers, NewRecordLink, RecordLink};
use super::record_paper::record_paper;
use super::sharing_page::{SHARING_CHANGED, SharingPage};
use super::shown_record::ShownRecord;
use crate::accounts::SignedIn;
use crate::drawing::{MEDIA_TYPE, draw_paper};
use crate::error::{Error, Result};
use crate::files::send_bytes;
use crate::ids::{ModuleId, RecordLinkId};
use crate::organisations::{Person, find_person_of};
use crate::training::{Record, share_training, training_shared_by};
use crate::web::{Filled, Path, Pressed, Query, Submitted, redirect_with_notice};

/// Which link the paper is to be checked by.
#[derive(Deserialize)]
pub struct PaperQuery {
    link: Option<String>,
}

/// The paper shows what its link shows; without one, everything, to be checked by the newest link that shows everything.
pub async fn download_record(viewer: SignedIn, query: Query<PaperQuery>) -> Result<HttpResponse> {
    let (person, today, now) = (person_of_viewer(&viewer).await?, viewer.today(), viewer.now());
    let wanted = query.into_inner().link.map(|id| id.parse::<RecordLinkId>().map_err(|_| Error::NotFound));
    let wanted = wanted.transpose()?;
    let (record, link) = viewer
        .read(move |conn| match wanted {
            Some(id) => {
                let link = RecordLink::find_of(conn, person.id, id)?;
                let record = ShownRecord::behind(conn, &link, today)?.ok_or(Error::NotFound)?;
                Ok((record, Some(link)))
            }
            None => {
                let links = RecordLink::all_of(conn, person.id)?.into_iter();
                let link = { links }.find(|link| link.covers == Covers::Everything && link.opens_on(today));
                Ok((ShownRecord::of(conn, person.id, None, today)?, link))
            }
        })
        .await?;
    let paper = record_paper(&record, link.as_ref(), viewer.site(), now);
    Ok(send_bytes(&format!("Training record of {}.pdf", record.name), MEDIA_TYPE, draw_paper(paper).await?))
}

pub async fn show_certificates(viewer: SignedIn) -> Result<HttpResponse> {
    let (person, today) = (person_of_viewer(&viewer).await?, viewer.today());
    let record = viewer.read(move |conn| Record::of(conn, person.id, &[], today)).await?;
    viewer.show(&CertificatesPage::new(&record, today))
}

pub async fn show_links(viewer: SignedIn) -> Result<HttpResponse> {
    let (person, today) = (person_of_viewer(&viewer).await?, viewer.today());
    let (links, record) = viewer
        .read(move |conn| {
            let mut links = Vec::new();
            for link in RecordLink::all_of(conn, person.id)? {
                let modules = link.modules(conn)?;
                links.push((link, modules));
            }
            Ok((links, Record::of(conn, person.id, &[], today)?))
        })
        .await?;
    viewer.show(&LinksPage::new(&links, &record, viewer.site(), today))
}

pub async fn show_new_link(viewer: SignedIn) -> Result<HttpResponse> {
    let record = own_record(&viewer).await?.1;
    let form = Filled::blank(LinkForm::FIELDS).with("covers", "everything").with("lasts", "6");
    viewer.show(&NewLinkPage::new(&record, form))
}

pub async fn make_link(viewer: SignedIn, form: Submitted<LinkForm>) -> Result<HttpResponse> {
    let (person, record) = own_record(&viewer).await?;
    let (wanted, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(refused) => return viewer.refuse(&NewLinkPage::new(&record, refused)),
    };
    let held: Vec<&ModuleId> = record.lines.iter().filter(|l| l.latest.is_some()).map(|l| &l.module.id).collect();
    if wanted.modules.as_ref().is_some_and(|chosen| chosen.iter().any(|module| !held.contains(&module))) {
        return viewer.refuse(&NewLinkPage::new(&record, filled.with_problem("modules", NOTHING_CHOSEN)));
    }
    let new = NewRecordLink {
        modules: wanted.modules,
        note: wanted.note.map(|note| note.into_string()).unwrap_or_default(),
        ends_on: wanted.lasts.ends_on(viewer.today()),
    };
    match viewer.act(move |act| RecordLink::make(act, person.id, new)).await? {
        Some(_) => Ok(redirect_with_notice("/my/training/links", pages::LINK_MADE)),
        None => viewer.refuse(&NewLinkPage::new(&record, filled.with_problem("covers", pages::TOO_MANY_LINKS))),
    }
}

pub async fn end_link(viewer: SignedIn, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id: RecordLinkId = id.parse().map_err(|_| Error::NotFound)?;
    let person = person_of_viewer(&viewer).await?.id;
    viewer.act(move |act| RecordLink::find_of(act.conn, person, id)?.end(act)).await?;
    Ok(redirect_with_notice("/my/training/links", pages::LINK_ENDED))
}

pub async fn show_sharing(viewer: SignedIn) -> Result<HttpResponse> {
    let person = person_of_viewer(&viewer).await?.id;
    let shared = viewer.read(move |conn| training_shared_by(conn, person)).await?;
    viewer.show(&SharingPage::new(&shared))
}

/// Only what differs is changed. An organisation the person is not in is not found.
pub async fn change_sharing(viewer: SignedIn, form: Submitted<SharingForm>) -> Result<HttpResponse> {
    let person = person_of_viewer(&viewer).await?.id;
    let Ok((wanted, _)) = form.parsed() else { return Err(Error::NotFound) };
    viewer
        .act(move |act| {
            let now = training_shared_by(act.conn, person)?;
            for (slug, shared) in wanted.wanted {
                let with = now.iter().find(|with| with.organisation.slug == slug).ok_or(Error::NotFound)?;
                if with.shared != shared {
                    share_training(act, person, with.organisation.id, shared)?;
                }
            }
            Ok(())
        })
        .await?;
    Ok(redirect_with_notice("/my/training/sharing", SHARING_CHANGED))
}

async fn own_record(viewer: &SignedIn) -> Result<(Person, Record)> {
    let (person, today) = (person_of_viewer(viewer).await?, viewer.today());
    let id = person.id;
    Ok((person, viewer.read(move |conn| Record::of(conn, id, &[], today)).await?))
}

/// Someone who has never been in an organisation has no record.
async fn person_of_viewer(viewer: &SignedIn) -> Result<Person> {
    let account = viewer.account.id;
    viewer.read(move |conn| find_person_of(conn, account)).await?.ok_or(Error::NotFound)
}
