//! Looking again, every day, at what was accepted. The leads are told before it lapses, and when it has.
//! Each batch is an act; what it has looked at is marked with the day, so that one that is killed is done again whole.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::facts::Facts;
use super::verdict::{RecordVerdict, Verdict};
use super::view::say_working;
use super::working::Working;
use crate::acts::Act;
use crate::audit::Subject;
use crate::clock::say_day;
use crate::db::schema::{assessments, framework_indicators, organisations, record_verdicts as verdicts};
use crate::error::Result;
use crate::ids::{AssessmentId, FrameworkVersionId, IndicatorId, OrganisationId};
use crate::mail::Letter;
use crate::organisations::{Organisation, OrganisationStanding};

/// So many assessments in one act.
const BATCH: i64 = 50;
/// So long before it lapses the leads are told.
const AHEAD: Days = Days::new(30);
/// Where an answer still counts for something.
const LIVE: [&str; 6] = ["draft", "submitted", "in_review", "changes_requested", "recommended", "endorsed"];

#[derive(Serialize)]
struct RecordsLapsing<'a> {
    organisation: &'a str,
    slug: &'a str,
    records: Vec<LapsingRecord>,
}
impl Letter for RecordsLapsing<'_> {
    const NAME: &'static str = "records-lapsing";
}

#[derive(Serialize)]
struct LapsingRecord {
    question: String,
    words: String,
    /// The last day; `None` when it is over already.
    until: Option<String>,
}

/// Looks at the next batch; returns how many assessments were looked at, 0 when all were today.
pub fn watch_records(act: &mut Act<'_>) -> Result<usize> {
    let today = act.today();
    let due: Vec<(AssessmentId, OrganisationId, FrameworkVersionId)> = verdicts::table
        .inner_join(assessments::table)
        .inner_join(organisations::table)
        .filter(verdicts::verdict.eq(Verdict::Accepted))
        .filter(verdicts::checked_on.lt(today))
        .filter(assessments::state.eq_any(LIVE))
        .filter(organisations::standing.ne(OrganisationStanding::Closed))
        .order(assessments::id)
        .select((assessments::id, assessments::organisation_id, assessments::framework_version_id))
        .distinct()
        .limit(BATCH)
        .load(act.conn)?;
    for (assessment, organisation, framework) in &due {
        watch_one(act, *assessment, *organisation, *framework)?;
    }
    Ok(due.len())
}

fn watch_one(
    act: &mut Act<'_>,
    assessment: AssessmentId,
    organisation: OrganisationId,
    framework: FrameworkVersionId,
) -> Result<()> {
    let (today, organisation) = (act.today(), Organisation::find(act.conn, organisation)?);
    // Takes the rows: of two servers one looks, the other finds that it was done.
    let accepted = verdicts::table
        .filter(verdicts::assessment_id.eq(assessment))
        .filter(verdicts::verdict.eq(Verdict::Accepted))
        .filter(verdicts::checked_on.lt(today));
    diesel::update(accepted).set(verdicts::checked_on.eq(verdicts::checked_on)).execute(act.conn)?;
    let rows: Vec<RecordVerdict> = accepted.select(RecordVerdict::as_select()).load(act.conn)?;
    let mut facts = Facts::of(&organisation, today);
    let mut to_tell = Vec::new();
    for row in &rows {
        let working = facts.working(act.conn, row.rule)?;
        let told = tell_of(row, &working, today);
        diesel::update(verdicts::table.find((assessment, &row.indicator_id)))
            .set((
                verdicts::is_met.eq(working.is_met),
                verdicts::met_until.eq(working.until),
                verdicts::checked_on.eq(today),
                verdicts::told_of.eq(told.or(row.told_of)),
            ))
            .execute(act.conn)?;
        if row.is_met != working.is_met {
            let details = json!({ "indicator": row.indicator_id, "rule": row.rule, "met": working.is_met });
            let subject = Subject::within(organisation.id, "assessment", assessment);
            act.record("record looked at again", subject, details)?;
        }
        if told.is_some() {
            to_tell.push((row.indicator_id.clone(), working));
        }
    }
    if to_tell.is_empty() || !organisation.is_open() {
        return Ok(());
    }
    let questions = questions_of(act, framework, to_tell.iter().map(|(id, _)| id).collect())?;
    let record = |(id, working): &(IndicatorId, Working)| LapsingRecord {
        question: questions.get(id).cloned().unwrap_or_default(),
        words: say_working(working),
        until: working.until.map(say_day),
    };
    let records = to_tell.iter().map(record).collect();
    let letter = RecordsLapsing { organisation: &organisation.name, slug: &organisation.slug, records };
    organisation.tell_leads(act, &letter)
}

/// The day to write about now, if there is one that was not written about: the last day when it is near, and today when it
/// has lapsed since it was last looked at.
fn tell_of(row: &RecordVerdict, working: &Working, today: NaiveDate) -> Option<NaiveDate> {
    match working.until {
        _ if row.is_met && !working.is_met => Some(today),
        Some(until) if until <= today + AHEAD => Some(until).filter(|until| row.told_of != Some(*until)),
        _ => None,
    }
}

fn questions_of(
    act: &mut Act<'_>,
    framework: FrameworkVersionId,
    ids: Vec<&IndicatorId>,
) -> Result<BTreeMap<IndicatorId, String>> {
    let rows: Vec<(IndicatorId, String)> = framework_indicators::table
        .filter(framework_indicators::framework_version_id.eq(framework))
        .filter(framework_indicators::id.eq_any(ids))
        .select((framework_indicators::id, framework_indicators::question))
        .load(act.conn)?;
    Ok(rows.into_iter().collect())
}
