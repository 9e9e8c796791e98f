//! What happened lately in an organisation, as people read it: the same thing done again and again is said once.

use serde::Serialize;

use crate::audit::AuditEntry;
use crate::clock::say_instant;

/// One thing that someone did, perhaps several times in a row.
#[derive(Serialize)]
pub struct TrailRow {
    /// The last time.
    pub when: String,
    pub who: String,
    pub what: String,
}

impl TrailRow {
    /// From entries with the latest first.
    pub fn all_of(entries: &[AuditEntry]) -> Vec<Self> {
        entries
            .chunk_by(|one, next| (&one.verb, &one.actor_name) == (&next.verb, &next.actor_name))
            .map(|same| Self {
                when: say_instant(same[0].at),
                who: same[0].actor_name.clone(),
                what: match same.len() {
                    1 => capitalised(&same[0].verb),
                    times => format!("{}, {times} times", capitalised(&same[0].verb)),
                },
            })
            .collect()
    }
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_again_and_again_is_said_once() {
        let at = |minute: u32| chrono::NaiveDate::from_ymd_opt(2026, 11, 3).and_then(|d| d.and_hms_opt(16, minute, 0));
        let entry = |minute: u32, verb: &str| AuditEntry::made_up(at(minute).expect("a real time"), verb);
        let rows =
            TrailRow::all_of(&[entry(9, "evidence added"), entry(8, "evidence added"), entry(7, "pledge signed")]);
        let said: Vec<_> = rows.iter().map(|row| (row.what.as_str(), row.when.as_str())).collect();
        assert_eq!(
            said,
            [("Evidence added, 2 times", "3 November 2026 at 4:09pm"), ("Pledge signed", "3 November 2026 at 4:07pm")]
        );
    }
}
