//! What colleagues say of an answer, below it.

use serde::Serialize;

use super::beside::Beside;
use super::forms::CommentForm;
use super::pages::Home;
use crate::clock::say_instant;
use crate::framework::Indicator;
use crate::web::Filled;

#[derive(Serialize)]
pub(super) struct CommentPart {
    rows: Vec<CommentRow>,
    /// Where to say something; `None` for whoever may not.
    action: Option<String>,
    pub(super) form: Filled,
}

#[derive(Serialize)]
struct CommentRow {
    by: String,
    at: String,
    words: String,
    /// Where to take it away, for whoever wrote it.
    removal: Option<String>,
}

impl CommentPart {
    /// `is_running`: nothing is said any more of an assessment that is decided.
    pub(super) fn new(home: &Home<'_>, indicator: &Indicator, beside: &Beside, is_running: bool) -> Self {
        let looker = beside.looker;
        let may_write = looker.may_change && is_running;
        let rows = beside.comments.iter().map(|(comment, by)| CommentRow {
            by: by.clone(),
            at: say_instant(comment.written_at),
            words: comment.words.clone(),
            removal: (looker.may_change && comment.written_by == looker.account)
                .then(|| format!("{}/comments/{}/removal", home.quality(), comment.id)),
        });
        Self {
            rows: rows.collect(),
            action: may_write.then(|| format!("{}/comments", home.indicator(&indicator.id))),
            form: Filled::blank(CommentForm::FIELDS),
        }
    }
}
