//! The picture of a statement of the draft. A picture is drawn on paper once before it is kept, so that the Charter can
//! always be printed.

use actix_web::HttpResponse;

use super::forms::{PictureForm, PictureRemovalForm};
use super::picture_page::{
    FILES_AWAY, PICTURE_MEANWHILE, PICTURE_REMOVED, PICTURE_SAVED, PICTURE_UNREADABLE, PicturePage,
};
use super::statement_page::statement_address;
use crate::accounts::Steward;
use crate::charter::{Draft, NewPicture, Rewritten, Statement, put_picture, remove_picture};
use crate::drawing::{Paper, draw_paper};
use crate::error::{Error, Result};
use crate::files::{KeptFile, file_named};
use crate::ids::StatementId;
use crate::web::{Filled, Path, Submitted, redirect_with_notice};

pub async fn show_picture(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    steward.show(&PicturePage::blank(&statement_of(&steward, &id).await?))
}

pub async fn save_picture(steward: Steward, id: Path<String>, form: Submitted<PictureForm>) -> Result<HttpResponse> {
    let statement = statement_of(&steward, &id).await?;
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return steward.refuse(&PicturePage::new(&statement, form)),
    };
    let (words, seen, by) = (form.words.as_str().to_owned(), form.mark_seen.clone(), steward.account.id);
    let file = match keep_picture(&steward, form).await? {
        Ok(file) => file,
        Err(problem) => return refuse(&steward, &id, filled.with_problem("picture", problem)).await,
    };
    let asked = statement.id.clone();
    let new = NewPicture { file, words };
    match steward.act(move |act| put_picture(act, &asked, new, by, &seen)).await? {
        Rewritten::Saved => Ok(redirect_with_notice(statement_address(&statement.id), PICTURE_SAVED)),
        Rewritten::Gone => Err(Error::Conflict),
        Rewritten::Theirs(_) => {
            let now = statement_of(&steward, &id).await?.mark_of_picture();
            let form = filled.with("seen", &now).with_problem("picture", PICTURE_MEANWHILE);
            refuse(&steward, &id, form).await
        }
    }
}

pub async fn take_away(
    steward: Steward,
    id: Path<String>,
    form: Submitted<PictureRemovalForm>,
) -> Result<HttpResponse> {
    let id = StatementId::from(id.as_str());
    let seen = form.parsed().map(|(form, _)| form.mark_seen).unwrap_or_default();
    let asked = id.clone();
    match steward.act(move |act| remove_picture(act, &asked, &seen)).await? {
        Rewritten::Saved => Ok(redirect_with_notice(statement_address(&id), PICTURE_REMOVED)),
        Rewritten::Gone | Rewritten::Theirs(_) => Err(Error::Conflict),
    }
}

pub async fn send_draft_picture(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let file = statement_of(&steward, &id).await?.picture_file_id.ok_or(Error::NotFound)?;
    let file = steward.read(move |conn| file_named(conn, file)).await?;
    steward.send_file(&file).await
}

async fn refuse(steward: &Steward, id: &str, form: Filled) -> Result<HttpResponse> {
    steward.refuse(&PicturePage::new(&statement_of(steward, id).await?, form))
}

async fn statement_of(steward: &Steward, id: &str) -> Result<Statement> {
    let id = StatementId::from(id);
    steward.read(move |conn| Draft::open(conn)?.ok_or(Error::NotFound)?.statement(&id).cloned()).await
}

/// The file, or what is wrong with it.
async fn keep_picture(steward: &Steward, form: PictureForm) -> Result<std::result::Result<KeptFile, &'static str>> {
    let trial = Paper::new("A trial", "Youth Charter", steward.now()).photo(form.photo).paragraph("Printed.");
    if draw_paper(trial).await.is_err() {
        return Ok(Err(PICTURE_UNREADABLE));
    }
    match steward.keep_file(form.file).await {
        Err(Error::FilesAway(cause)) => {
            tracing::error!(%cause, "a picture could not be kept");
            Ok(Err(FILES_AWAY))
        }
        kept => Ok(Ok(kept?)),
    }
}
