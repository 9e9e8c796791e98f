//! The picture of a statement of the draft: choosing one, saying what it shows, taking it away.

use serde::Serialize;

use super::forms::PictureForm;
use super::statement_page::statement_address;
use crate::charter::Statement;
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) const PICTURE_UNREADABLE: &str =
    "The picture is damaged, or of a kind that cannot be printed. Save it again and choose the new copy";
pub(super) const FILES_AWAY: &str = "The picture could not be kept just now. Choose it again in a few minutes";
pub(super) const PICTURE_MEANWHILE: &str = "Someone else changed the picture while you were choosing. Choose yours again \
                                            if it should take its place";
pub(super) const PICTURE_SAVED: &str = "The picture is in the draft";
pub(super) const PICTURE_REMOVED: &str = "The picture is taken out of the draft";

pub(super) fn picture_address(statement: &Statement) -> String {
    format!("{}/picture", statement_address(&statement.id))
}

/// Choosing a picture.
#[derive(Serialize)]
pub struct PicturePage {
    theme: String,
    action: String,
    /// What is there now.
    now: Option<PictureNow>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

#[derive(Serialize)]
struct PictureNow {
    address: String,
    shows: String,
    /// Of the picture as it is shown.
    mark: String,
}

impl PicturePage {
    pub fn new(statement: &Statement, form: Filled) -> Self {
        let action = picture_address(statement);
        let now = statement.picture_words.clone().map(|shows| PictureNow {
            address: format!("{action}/file"),
            shows,
            mark: statement.mark_of_picture(),
        });
        Self { theme: statement.theme.clone(), action, now, form, back: statement_address(&statement.id) }
    }

    pub fn blank(statement: &Statement) -> Self {
        let form = Filled::blank(PictureForm::FIELDS).with("seen", statement.mark_of_picture());
        Self::new(statement, form)
    }
}

impl Page for PicturePage {
    const TEMPLATE: &'static str = "charter_drafting/picture";
    fn title(&self) -> String {
        format!("{}: The picture", self.theme)
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// The page with made-up content.
pub fn samples() -> Vec<Sample> {
    let page = |now, form| PicturePage {
        theme: "Respect".into(),
        action: "/vrp/charter/draft/statements/respect/picture".into(),
        now,
        form,
        back: "/vrp/charter/draft/statements/respect".into(),
    };
    let now = PictureNow {
        address: "/vrp/charter/draft/statements/respect/picture/file".into(),
        shows: "Two friends shake hands.".into(),
        mark: "0f0f".into(),
    };
    let wrong = Filled::blank(PictureForm::FIELDS).with_problem("picture", "Select a picture");
    vec![sample(&page(None, wrong)), sample(&page(Some(now), Filled::blank(PictureForm::FIELDS)))]
}
