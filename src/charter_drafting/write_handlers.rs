//! Writing the draft, one text a page. Whoever saves a text that someone else saved meanwhile is shown both.

use actix_web::HttpResponse;

use super::comparison::Comparison;
use super::forms::{TextForm, WordingForm};
use super::handlers::{compared, compared_now};
use super::pages::DRAFT;
use super::texts::read_text;
use super::write_pages::{GonePage, WRITTEN_MEANWHILE, WordingPage, WritePage, home_of};
use crate::accounts::Steward;
use crate::charter::{DraftText, FrontText, Rewritten, StatementPart, rewrite_draft, say_wording};
use crate::error::{Error, Result};
use crate::ids::StatementId;
use crate::web::{Filled, Path, Submitted, redirect};
use crate::words::mark_of;

pub async fn show_front_text(steward: Steward, word: Path<String>) -> Result<HttpResponse> {
    show_text(&steward, front_of(&word)?).await
}

pub async fn save_front_text(steward: Steward, word: Path<String>, form: Submitted<TextForm>) -> Result<HttpResponse> {
    save_text(&steward, front_of(&word)?, form).await
}

pub async fn show_part(steward: Steward, path: Path<(String, String)>) -> Result<HttpResponse> {
    show_text(&steward, part_of(&path)?).await
}

pub async fn save_part(
    steward: Steward,
    path: Path<(String, String)>,
    form: Submitted<TextForm>,
) -> Result<HttpResponse> {
    save_text(&steward, part_of(&path)?, form).await
}

pub async fn show_wording(steward: Steward) -> Result<HttpResponse> {
    let wording = compared_now(&steward).await?.draft.version.wording().as_str();
    steward.show(&WordingPage::new(Filled::default().with("wording", wording).with("seen", wording)))
}

pub async fn save_wording(steward: Steward, form: Submitted<WordingForm>) -> Result<HttpResponse> {
    match form.parsed() {
        Ok((form, _)) => {
            let seen = form.seen.ok_or(Error::Conflict)?;
            steward.act(move |act| say_wording(act, form.wording, seen)).await?;
            Ok(redirect(DRAFT))
        }
        Err(form) => steward.refuse(&WordingPage::new(form)),
    }
}

async fn show_text(steward: &Steward, which: DraftText) -> Result<HttpResponse> {
    let comparison = compared_now(steward).await?;
    let text = comparison.draft.text(&which)?;
    let form = Filled::blank(TextForm::FIELDS).with("text", text).with("seen", mark_of(&text));
    steward.show(&page_of(&which, &comparison, form))
}

async fn save_text(steward: &Steward, which: DraftText, form: Submitted<TextForm>) -> Result<HttpResponse> {
    let (typed, filled) = form.parsed().map_err(|_| Error::Unreadable)?;
    let text = match read_text(&which, &typed.typed) {
        Ok(text) => text,
        Err(problem) => return refuse(steward, &which, filled.with_problem("text", problem), None).await,
    };
    let (asked, seen) = (which.clone(), typed.mark_seen);
    match steward.act(move |act| rewrite_draft(act, &asked, &text, &seen)).await? {
        Rewritten::Saved => Ok(redirect(home_of(&which))),
        Rewritten::Gone => steward.refuse(&GonePage::new(&which, filled)),
        Rewritten::Theirs(theirs) => {
            let form = filled.with("seen", mark_of(&theirs)).with_problem("text", WRITTEN_MEANWHILE);
            refuse(steward, &which, form, Some(theirs)).await
        }
    }
}

async fn refuse(steward: &Steward, which: &DraftText, form: Filled, theirs: Option<String>) -> Result<HttpResponse> {
    let still_there = compared(steward).await?.filter(|comparison| comparison.draft.text(which).is_ok());
    let Some(comparison) = still_there else {
        return steward.refuse(&GonePage::new(which, form));
    };
    let mut page = page_of(which, &comparison, form);
    page.theirs = theirs;
    steward.refuse(&page)
}

/// With what is in force, where the draft says something else.
fn page_of(which: &DraftText, comparison: &Comparison, form: Filled) -> WritePage {
    let text = comparison.draft.text(which).unwrap_or_default();
    let (caption, before) = match which {
        DraftText::Front(front) => ("The draft", Some(comparison.before.front_text(*front))),
        DraftText::Statement(id, part) => {
            let compared = comparison.statements.iter().find(|compared| compared.statement.id == *id);
            let before = compared.and_then(|compared| compared.before.as_ref());
            let theme = compared.map_or("", |compared| compared.statement.theme.as_str());
            (theme, before.map(|before| before.part(*part)))
        }
    };
    let now = before.filter(|before| !before.is_empty() && *before != text).map(str::to_owned);
    WritePage::new(which, caption, now, form)
}

fn front_of(word: &str) -> Result<DraftText> {
    FrontText::parse(word).map(DraftText::Front).ok_or(Error::NotFound)
}

fn part_of(path: &(String, String)) -> Result<DraftText> {
    let part = StatementPart::parse(&path.1).ok_or(Error::NotFound)?;
    Ok(DraftText::Statement(StatementId::from(path.0.as_str()), part))
}
