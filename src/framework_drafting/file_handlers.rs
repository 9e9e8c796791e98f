//! The framework as a file: to download, and to put in the place of the draft once it was looked over.

use std::io::Read;

use actix_web::HttpResponse;

use super::file_page::{TrialPage, UploadPage};
use super::forms::{EditionForm, FileForm};
use super::handlers::edition_of;
use super::pages::{self, DRAFT};
use super::reading::{FileProblem, read_framework};
use crate::accounts::{Seat, Steward};
use crate::error::{Error, Result};
use crate::files::send_bytes;
use crate::framework::{Comparison, Draft, Framework, KnownIds, keep_file, replace_draft, waiting_file};
use crate::web::{Filled, Path, ReceivedFile, Submitted, redirect, redirect_with_notice};

/// A framework of three hundred questions weighs less.
const MOST_BYTES: u64 = 1024 * 1024;
const TRIAL: &str = "/vrp/framework/draft/file/trial";
const NO_TEXT: &str = "The file must be plain text in TOML, like the one you can download";
const TOO_LARGE: &str = "The file must be 1 MB or smaller";

pub async fn send_version(steward: Steward, number: Path<String>) -> Result<HttpResponse> {
    let number = number.parse().map_err(|_| Error::NotFound)?;
    let framework = steward.read(move |conn| Framework::published(conn, number)).await?;
    send(&framework, &format!("framework-version-{number}.toml"))
}

pub async fn send_draft(steward: Steward) -> Result<HttpResponse> {
    let draft = steward.read(Draft::open).await?.ok_or(Error::NotFound)?;
    send(&draft.framework, "framework-draft.toml")
}

fn send(framework: &Framework, name: &str) -> Result<HttpResponse> {
    Ok(send_bytes(name, "application/toml", framework.as_toml()?.into_bytes()))
}

pub async fn show_upload(steward: Steward) -> Result<HttpResponse> {
    steward.read(Draft::open).await?.ok_or(Error::NotFound)?;
    steward.show(&UploadPage::new(Filled::blank(FileForm::FIELDS), Vec::new()))
}

pub async fn upload(steward: Steward, form: Submitted<FileForm>) -> Result<HttpResponse> {
    let (file, filled) = match form.parsed() {
        Ok((form, filled)) => (form.file, filled),
        Err(form) => return steward.refuse(&UploadPage::new(form, Vec::new())),
    };
    let text = match read_file(&file) {
        Ok(text) => text,
        Err(problem) => return steward.refuse(&UploadPage::new(filled.with_problem("file", problem), Vec::new())),
    };
    match looked_over(&steward, text.clone()).await?.1 {
        Ok(_) => {
            steward.act(move |act| keep_file(act, &text)).await?;
            Ok(redirect(TRIAL))
        }
        Err(problems) => {
            let form = filled.with_problem("file", "Nothing was loaded. What is wrong with the file is listed below");
            steward.refuse(&UploadPage::new(form, problems))
        }
    }
}

pub async fn show_trial(steward: Steward) -> Result<HttpResponse> {
    let Some(text) = waiting(&steward).await? else { return Ok(redirect(DRAFT)) };
    match looked_over(&steward, text).await? {
        (draft, Ok(framework)) => {
            let comparison = Comparison::between(draft.framework, framework);
            steward.show(&TrialPage::new(draft.edition, &comparison))
        }
        (_, Err(problems)) => steward.show(&UploadPage::new(Filled::blank(FileForm::FIELDS), problems)),
    }
}

pub async fn replace(steward: Steward, form: Submitted<EditionForm>) -> Result<HttpResponse> {
    let edition = edition_of(form);
    let text = waiting(&steward).await?.ok_or(Error::Conflict)?;
    let (_, read) = looked_over(&steward, text).await?;
    let framework = read.map_err(|_| Error::Conflict)?;
    steward.act(move |act| replace_draft(act, edition, framework)).await?;
    Ok(redirect_with_notice(DRAFT, pages::REPLACED))
}

async fn waiting(seat: &Seat) -> Result<Option<String>> {
    seat.read(|conn| {
        let draft = Draft::open(conn)?.ok_or(Error::NotFound)?;
        waiting_file(conn, &draft)
    })
    .await
}

/// The draft, and what the file would put in its place.
async fn looked_over(seat: &Seat, text: String) -> Result<(Draft, Result<Framework, Vec<FileProblem>>)> {
    seat.read(move |conn| {
        let draft = Draft::open(conn)?.ok_or(Error::NotFound)?;
        let read = read_framework(&text, &draft.framework, &KnownIds::all(conn)?)?;
        Ok((draft, read))
    })
    .await
}

fn read_file(file: &ReceivedFile) -> Result<String, &'static str> {
    let opened = std::fs::File::open(&file.path).map_err(|_| NO_TEXT)?;
    let mut bytes = Vec::new();
    opened.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|_| NO_TEXT)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(TOO_LARGE);
    }
    String::from_utf8(bytes).map_err(|_| NO_TEXT)
}
