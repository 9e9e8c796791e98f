//! The Charter as a paper to print and to put on a wall: the same words as its page, in the same order.
//! A published text never changes, and neither does its file.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use actix_web::web::Bytes;

use super::version::{CharterVersion, Statement};
use crate::clock::{day_of, say_day};
use crate::drawing::{Paper, Photo, draw_paper};
use crate::error::Result;
use crate::ids::StatementId;

/// What is said of words that are made up.
pub(super) const SAMPLE: &str = "These words show how the Charter will look. They are not the Charter itself: the \
                                 Violence Reduction Partnership holds the real wording.";

/// Drawn already, by the hash of the text and its pictures. There are as many as the Charter has versions.
static DRAWN: Mutex<BTreeMap<String, Bytes>> = Mutex::new(BTreeMap::new());

/// The bytes of the pictures of statements.
pub type PictureBytes = BTreeMap<StatementId, (String, Vec<u8>)>;

/// The file of a version, if it was asked for before.
pub fn drawn_charter(charter: &CharterVersion, statements: &[Statement]) -> Option<Bytes> {
    DRAWN.lock().unwrap_or_else(PoisonError::into_inner).get(&key_of(charter, statements)).cloned()
}

fn key_of(charter: &CharterVersion, statements: &[Statement]) -> String {
    let pictures = statements.iter().filter_map(|statement| statement.picture_file_id);
    pictures.fold(charter.hash.clone(), |key, picture| format!("{key} {picture}"))
}

/// Draws the file of a version with these pictures. It is kept, unless one of them is missing: its words stand there then.
pub async fn draw_charter(charter: &CharterVersion, statements: &[Statement], pictures: PictureBytes) -> Result<Bytes> {
    let is_whole = statements.iter().all(|s| s.picture_file_id.is_none() || pictures.contains_key(&s.id));
    let bytes = Bytes::from(draw_paper(charter_paper(charter, statements, pictures)).await?);
    if is_whole {
        DRAWN.lock().unwrap_or_else(PoisonError::into_inner).insert(key_of(charter, statements), bytes.clone());
    }
    Ok(bytes)
}

fn charter_paper(charter: &CharterVersion, statements: &[Statement], mut pictures: PictureBytes) -> Paper {
    let published = charter.published_at.unwrap_or_default();
    let foot = format!("{}, version {}", charter.title, charter.number);
    let mut paper = Paper::new(charter.title.clone(), "Youth Charter", published).with_foot(foot);
    if charter.sample {
        paper = paper.paragraph(format!("Sample. {SAMPLE}"));
    }
    for line in charter.introduction.lines().map(str::trim).filter(|line| !line.is_empty()) {
        paper = paper.paragraph(line);
    }
    for statement in statements {
        paper = paper.section(statement.theme.clone());
        if let Some(shows) = &statement.picture_words {
            let bytes = pictures.remove(&statement.id);
            let photo = bytes.and_then(|(media_type, bytes)| Photo::read(&media_type, bytes, shows).ok());
            paper = match photo {
                Some(photo) => paper.photo(photo),
                None => paper.remark(format!("Picture: {shows}")),
            };
        }
        paper = paper.paragraph(statement.words.clone()).remark(format!("In practice: {}", statement.in_practice));
    }
    paper.section("Which version is this?").facts(vec![
        ("Version".to_owned(), charter.number.to_string()),
        ("Published on".to_owned(), say_day(day_of(published))),
        ("Fingerprint (SHA-256)".to_owned(), charter.hash.clone()),
    ])
}
