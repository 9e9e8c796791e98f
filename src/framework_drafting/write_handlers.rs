//! Writing the draft, one text a page. Whoever saves a text that someone else saved meanwhile is shown both.

use actix_web::HttpResponse;

use super::forms::TextForm;
use super::handlers::{Seen, seen, seen_now};
use super::texts::{home_of, read_text};
use super::write_page::{GonePage, WRITTEN_MEANWHILE, WritePage};
use crate::accounts::Steward;
use crate::error::{Error, Result};
use crate::framework::{DraftText, FrontText, HeadPart, IndicatorPart, Rewritten, rewrite_draft};
use crate::web::{Filled, Path, Submitted, redirect};
use crate::words::mark_of;

/// What has the text, and which of its texts it is.
type Part = Path<(String, String)>;

pub async fn show_front(steward: Steward, word: Path<String>) -> Result<HttpResponse> {
    show_text(&steward, front_of(&word)?).await
}

pub async fn save_front(steward: Steward, word: Path<String>, form: Submitted<TextForm>) -> Result<HttpResponse> {
    save_text(&steward, front_of(&word)?, form).await
}

pub async fn show_area(steward: Steward, path: Part) -> Result<HttpResponse> {
    show_text(&steward, area_text(&path)?).await
}

pub async fn save_area(steward: Steward, path: Part, form: Submitted<TextForm>) -> Result<HttpResponse> {
    save_text(&steward, area_text(&path)?, form).await
}

pub async fn show_standard(steward: Steward, path: Part) -> Result<HttpResponse> {
    show_text(&steward, standard_text(&path)?).await
}

pub async fn save_standard(steward: Steward, path: Part, form: Submitted<TextForm>) -> Result<HttpResponse> {
    save_text(&steward, standard_text(&path)?, form).await
}

pub async fn show_indicator(steward: Steward, path: Part) -> Result<HttpResponse> {
    show_text(&steward, indicator_text(&path)?).await
}

pub async fn save_indicator(steward: Steward, path: Part, form: Submitted<TextForm>) -> Result<HttpResponse> {
    save_text(&steward, indicator_text(&path)?, form).await
}

pub(super) async fn show_text(steward: &Steward, which: DraftText) -> Result<HttpResponse> {
    let seen = seen_now(steward).await?;
    let text = seen.draft.text(&which)?;
    let form = Filled::blank(TextForm::FIELDS).with("text", text).with("seen", mark_of(&text));
    steward.show(&page_of(&which, &seen, form))
}

pub(super) async fn save_text(steward: &Steward, which: DraftText, form: Submitted<TextForm>) -> Result<HttpResponse> {
    let (typed, filled) = form.parsed().map_err(|_| Error::Unreadable)?;
    let text = match read_text(&which, &typed.typed) {
        Ok(text) => text,
        Err(problem) => return refuse(steward, &which, filled.with_problem("text", problem), None).await,
    };
    let (asked, mark) = (which.clone(), typed.mark_seen);
    match steward.act(move |act| rewrite_draft(act, &asked, &text, &mark)).await? {
        Rewritten::Saved => Ok(redirect(home_of(&which))),
        Rewritten::Gone => steward.refuse(&GonePage::new(&which, filled)),
        Rewritten::Theirs(theirs) => {
            let form = filled.with("seen", mark_of(&theirs)).with_problem("text", WRITTEN_MEANWHILE);
            refuse(steward, &which, form, Some(theirs)).await
        }
    }
}

async fn refuse(steward: &Steward, which: &DraftText, form: Filled, theirs: Option<String>) -> Result<HttpResponse> {
    let still_there = seen(steward).await?.filter(|seen| seen.draft.text(which).is_ok());
    let Some(seen) = still_there else {
        return steward.refuse(&GonePage::new(which, form));
    };
    let mut page = page_of(which, &seen, form);
    page.theirs = theirs;
    steward.refuse(&page)
}

/// With what is in force, where the draft says something else.
fn page_of(which: &DraftText, seen: &Seen, form: Filled) -> WritePage {
    let (before, draft) = (&seen.comparison.before, &seen.draft);
    let text = draft.text(which).unwrap_or_default();
    let (caption, now) = match which {
        DraftText::Front(front) => ("The draft", Some(before.version.front_text(*front))),
        DraftText::Area(id, part) => {
            let old = before.areas.iter().find(|area| area.id == *id);
            (draft.area(id).map_or("", |area| area.title.as_str()), old.map(|old| old.part(*part)))
        }
        DraftText::Standard(id, part) => {
            let old = seen.comparison.standard_before(id);
            (draft.standard(id).map_or("", |standard| standard.title.as_str()), old.map(|old| old.part(*part)))
        }
        DraftText::Indicator(id, part) => {
            let old = before.indicator(id).ok();
            let question = draft.framework.indicator(id).map_or("", |indicator| indicator.question.as_str());
            (question, old.map(|old| old.part(*part)))
        }
        DraftText::Term(term) => {
            let old = before.terms.iter().find(|known| known.term == *term);
            (term.as_str(), old.map(|old| old.meaning.as_str()))
        }
    };
    let now = now.filter(|before| !before.is_empty() && *before != text).map(str::to_owned);
    WritePage::new(which, caption, now, form)
}

fn front_of(word: &str) -> Result<DraftText> {
    FrontText::parse(word).map(DraftText::Front).ok_or(Error::NotFound)
}

fn area_text(path: &(String, String)) -> Result<DraftText> {
    let part = HeadPart::parse(&path.1).ok_or(Error::NotFound)?;
    Ok(DraftText::Area(path.0.as_str().into(), part))
}

fn standard_text(path: &(String, String)) -> Result<DraftText> {
    let part = HeadPart::parse(&path.1).ok_or(Error::NotFound)?;
    Ok(DraftText::Standard(path.0.as_str().into(), part))
}

fn indicator_text(path: &(String, String)) -> Result<DraftText> {
    let part = IndicatorPart::parse(&path.1).ok_or(Error::NotFound)?;
    Ok(DraftText::Indicator(path.0.as_str().into(), part))
}
