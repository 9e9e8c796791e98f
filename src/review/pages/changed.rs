//! What has changed since an assessment was seen last: since the reviewer asked for changes, and since the last decision.
//! What is the same is not shown. Not here: comparing, which is of `quality`.

use serde::Serialize;

use crate::ids::IndicatorId;
use crate::quality::{Difference, Differences, Since};
use crate::review::wording::judgement_name;
use crate::web::count;

/// The changes in one answer since one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedPart {
    since: &'static str,
    lines: Vec<String>,
    /// The words as they were.
    words_before: Option<String>,
}

const SENT: &str = "Since you asked for changes";
const DECIDED: &str = "Since the last decision";

/// The changes in one answer, the latest first; none where nothing is compared.
pub fn changed_parts(since: &Since, indicator: &IndicatorId) -> Vec<ChangedPart> {
    let part = |(title, differences): (&'static str, &Option<Differences>)| {
        let found = differences.as_ref()?.get(indicator)?;
        Some(ChangedPart { since: title, lines: lines(found), words_before: found.words_before.clone() })
    };
    [(SENT, &since.sent_before), (DECIDED, &since.decided_before)].into_iter().filter_map(part).collect()
}

/// Has the answer changed since it was seen last? In a few words, for a list.
pub fn say_changed(since: &Since, indicator: &IndicatorId) -> Option<&'static str> {
    match &since.sent_before {
        Some(differences) => differences.contains_key(indicator).then_some("changed since you asked"),
        None => {
            let found = since.decided_before.as_ref()?.get(indicator)?;
            Some(if found.is_new { "new since the last decision" } else { "changed since the last decision" })
        }
    }
}

/// How much has changed, over the whole; `None` where there is nothing to compare with.
pub fn say_how_many(since: &Since) -> Option<String> {
    let (differences, when) = match (&since.sent_before, &since.decided_before) {
        (Some(sent), _) => (sent, "since you asked for changes"),
        (None, Some(decided)) => (decided, "since the last decision"),
        (None, None) => return None,
    };
    Some(match differences.len() {
        0 => format!("Nothing has changed {when}"),
        changed => format!("{} {when}", count(changed, "answer has changed", "answers have changed")),
    })
}

fn lines(found: &Difference) -> Vec<String> {
    if found.is_new {
        return vec!["This question is answered for the first time.".into()];
    }
    let mut lines = Vec::new();
    if let Some(before) = found.judged_before {
        lines.push(format!("They said “{}” before.", judgement_name(before)));
    }
    lines.extend(found.added.iter().map(|title| format!("Added: {title}")));
    lines.extend(found.gone.iter().map(|title| format!("No longer there: {title}")));
    match found.record_before.as_deref() {
        Some("") => lines.push("They take a record of the portal as evidence now, and did not before.".into()),
        Some(before) => lines.push(format!("The portal’s record said: {before}")),
        None => {}
    }
    lines
}

/// A made-up one.
pub(super) fn made_up() -> ChangedPart {
    let found = Difference {
        judged_before: Some(crate::quality::Judgement::Emerging),
        added: vec!["Answers of the summer term".into()],
        gone: vec!["Answers of last year".into()],
        record_before: Some(String::new()),
        ..Difference::default()
    };
    ChangedPart { since: SENT, lines: lines(&found), words_before: Some("We ask once a year.".into()) }
}
