//! The entries that belong to one endorsement, in the order of the trail.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::Value;

use crate::audit::AuditEntry;
use crate::db::DbConnection;
use crate::db::schema::{audit_entries, review_appeals, reviews};
use crate::error::Result;
use crate::ids::{AppealId, ReviewId};
use crate::quality::Assessment;
use crate::review::endorsement::Endorsement;

/// The most entries that are read; a review has some sixty.
const MOST: i64 = 1000;
/// Entries that say the same as another beside them.
const SAID_ELSEWHERE: &[&str] = &[
    "assessment taken into review",
    "assessment recommended",
    "assessment sent back to the reviewer",
    "assessment decided",
    "assessment back in the queue",
    "assessment back for a fresh review",
];

const AND_OTHERS: &str = " and others";

/// One thing that somebody did, or the same thing several times.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryLine {
    pub at: NaiveDateTime,
    pub who: String,
    /// As the trail calls it.
    pub verb: String,
    pub details: Value,
    /// How many times in a row.
    pub times: usize,
}

/// Everything from the beginning of the assessment to the last step of the endorsement. Four queries.
pub fn tell_story(conn: &mut DbConnection, endorsement: &Endorsement) -> Result<Vec<StoryLine>> {
    let assessment = Assessment::find(conn, endorsement.assessment_id)?;
    let subjects = subjects_of(conn, endorsement)?;
    let concluded = assessment.decided_at.unwrap_or(NaiveDateTime::MAX);
    // One assessment runs at a time: a review that was given back in its time was a review of it.
    let given_back = audit_entries::subject.like("review %").and(audit_entries::at.le(concluded));
    let entries: Vec<AuditEntry> = audit_entries::table
        .filter(audit_entries::organisation_id.eq(endorsement.organisation_id))
        .filter(audit_entries::at.ge(assessment.started_at))
        .filter(audit_entries::subject.eq_any(subjects).or(given_back))
        .order(audit_entries::sequence)
        .limit(MOST)
        .select(AuditEntry::as_select())
        .load(conn)?;
    let mut lines: Vec<StoryLine> = Vec::new();
    for entry in entries.into_iter().filter(|entry| !SAID_ELSEWHERE.contains(&entry.verb.as_str())) {
        let line = line_of(entry);
        match lines.last_mut() {
            Some(last) if is_more_of(last, &line) => last.add(&line),
            _ => lines.push(line),
        }
    }
    Ok(lines)
}

/// The records of the assessment, of its reviews, of the endorsement and of the appeals against either.
fn subjects_of(conn: &mut DbConnection, endorsement: &Endorsement) -> Result<Vec<String>> {
    let reviews: Vec<ReviewId> =
        reviews::table.filter(reviews::assessment_id.eq(endorsement.assessment_id)).select(reviews::id).load(conn)?;
    let appeals: Vec<AppealId> = review_appeals::table
        .filter(review_appeals::review_id.eq_any(&reviews))
        .select(review_appeals::id)
        .load(conn)?;
    let mut subjects = vec![endorsement.subject().record, format!("assessment {}", endorsement.assessment_id)];
    subjects.extend(reviews.iter().map(|id| format!("review {id}")));
    subjects.extend(appeals.iter().map(|id| format!("appeal {id}")));
    Ok(subjects)
}

fn line_of(entry: AuditEntry) -> StoryLine {
    let details = serde_json::from_str(&entry.details).unwrap_or_default();
    StoryLine { at: entry.at, who: entry.actor_name, verb: entry.verb, details, times: 1 }
}

impl StoryLine {
    /// Is it work on the answers and what shows them?
    pub fn is_preparing(&self) -> bool {
        ["answer", "evidence", "record"].iter().any(|of| self.verb.starts_with(of))
    }

    fn add(&mut self, line: &Self) {
        self.times += 1;
        if self.who != line.who && !self.who.ends_with(AND_OTHERS) {
            self.who += AND_OTHERS;
        }
    }
}

/// Findings of one person in a row are one line, and so is all work on the answers in a row.
fn is_more_of(last: &StoryLine, line: &StoryLine) -> bool {
    let findings = line.verb == "finding recorded" && last.verb == line.verb && last.who == line.who;
    findings || (last.is_preparing() && line.is_preparing())
}
