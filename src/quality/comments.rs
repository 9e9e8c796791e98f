//! What colleagues say to each other about an answer, while the assessment is running. It is between them: no reviewer
//! reads it, and it is no part of what is submitted. A comment never changes; its writer may take it away.
//! Not here: what a reviewer asks; that is a change request.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::assessment::AssessmentState;
use super::progress::Sheet;
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{accounts, answer_comments as comments, assessments, memberships, people};
use crate::error::{Error, Result};
use crate::framework::Indicator;
use crate::ids::{AccountId, AssessmentId, CommentId, IndicatorId, OrganisationId};
use crate::mail::Letter;
use crate::notices::message_id;
use crate::organisations::{MembershipRole, MembershipState, Organisation};
use crate::words::EmailAddress;

/// A comment as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = comments)]
pub struct Comment {
    pub id: CommentId,
    pub assessment_id: AssessmentId,
    pub indicator_id: IndicatorId,
    pub written_by: AccountId,
    pub written_at: NaiveDateTime,
    pub words: String,
}

#[derive(Serialize)]
struct CommentLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    by: &'a str,
    question: &'a str,
    indicator: &'a str,
}
impl Letter for CommentLetter<'_> {
    const NAME: &'static str = "answer-commented";
}

impl Comment {
    /// What was said about one answer, the oldest first, each with the name of who said it.
    pub fn on(
        conn: &mut DbConnection,
        assessment: AssessmentId,
        indicator: &IndicatorId,
    ) -> Result<Vec<(Self, String)>> {
        Ok(comments::table
            .inner_join(accounts::table)
            .filter(comments::assessment_id.eq(assessment))
            .filter(comments::indicator_id.eq(indicator))
            .order((comments::written_at, comments::id))
            .select((Self::as_select(), accounts::name))
            .load(conn)?)
    }

    /// A comment of this organisation's; anyone else's is not found.
    pub fn find_in(conn: &mut DbConnection, organisation: OrganisationId, id: CommentId) -> Result<Self> {
        Ok(comments::table
            .inner_join(assessments::table)
            .filter(assessments::organisation_id.eq(organisation))
            .filter(comments::id.eq(id))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// Takes it away; its writer may, and nobody else.
    pub fn remove(&self, act: &mut Act<'_>, organisation: OrganisationId, by: AccountId) -> Result<()> {
        if self.written_by != by {
            return Err(Error::NotAllowed);
        }
        if diesel::delete(comments::table.find(self.id)).execute(act.conn)? == 0 {
            return Err(Error::Conflict);
        }
        let subject = Subject::within(organisation, "assessment", self.assessment_id);
        act.record("comment removed", subject, json!({ "indicator": self.indicator_id }))
    }
}

/// Says something about an answer. Whoever looks after it, and whoever said something before, is told: of one question
/// once a day. A conflict once the assessment is decided.
pub fn add_comment(
    act: &mut Act<'_>,
    organisation: &Organisation,
    sheet: &Sheet,
    indicator: &Indicator,
    by: AccountId,
    words: &str,
) -> Result<()> {
    let assessment = &sheet.assessment;
    if assessment.is_concluded() {
        return Err(Error::Conflict);
    }
    hold_running(act, assessment.id)?;
    let comment = Comment {
        id: CommentId::new(),
        assessment_id: assessment.id,
        indicator_id: indicator.id.clone(),
        written_by: by,
        written_at: act.at,
        words: words.to_owned(),
    };
    diesel::insert_into(comments::table).values(&comment).execute(act.conn)?;
    act.record("comment written", assessment.subject(), json!({ "indicator": indicator.id }))?;
    tell_colleagues(act, organisation, sheet, indicator, by)
}

/// Makes sure that it is not decided until this act is over.
fn hold_running(act: &mut Act<'_>, assessment: AssessmentId) -> Result<()> {
    let over = [AssessmentState::Endorsed, AssessmentState::NotYet];
    let held = diesel::update(assessments::table.find(assessment))
        .filter(assessments::state.ne_all(over))
        .set(assessments::started_at.eq(assessments::started_at))
        .execute(act.conn)?;
    if held == 0 { Err(Error::Conflict) } else { Ok(()) }
}

fn tell_colleagues(
    act: &mut Act<'_>,
    organisation: &Organisation,
    sheet: &Sheet,
    indicator: &Indicator,
    by: AccountId,
) -> Result<()> {
    let (name, today) = (act.by.name.clone(), act.today());
    let letter = CommentLetter {
        organisation: &organisation.name,
        slug: &organisation.slug,
        by: &name,
        question: &indicator.question,
        indicator: indicator.id.as_str(),
    };
    let about = format!("comment {} {}", sheet.assessment.id, indicator.id);
    for (account, address) in colleagues(act.conn, organisation.id, sheet, indicator, by)? {
        act.post_once(message_id(&about, account, today), &address, &letter)?;
    }
    Ok(())
}

/// Whoever has to do with the answer and may still change it, without the one who writes.
fn colleagues(
    conn: &mut DbConnection,
    organisation: OrganisationId,
    sheet: &Sheet,
    indicator: &Indicator,
    by: AccountId,
) -> Result<Vec<(AccountId, EmailAddress)>> {
    let mut concerned: Vec<AccountId> = comments::table
        .filter(comments::assessment_id.eq(sheet.assessment.id))
        .filter(comments::indicator_id.eq(&indicator.id))
        .select(comments::written_by)
        .distinct()
        .load(conn)?;
    concerned.extend(sheet.answer(indicator).map(|answer| answer.kept_by.unwrap_or(answer.answered_by)));
    let rows: Vec<(AccountId, String)> = memberships::table
        .inner_join(people::table.inner_join(accounts::table))
        .filter(memberships::organisation_id.eq(organisation))
        .filter(memberships::state.eq(MembershipState::Active))
        .filter(memberships::role.ne(MembershipRole::Viewer))
        .filter(accounts::id.eq_any(concerned))
        .filter(accounts::id.ne(by))
        .select((accounts::id, accounts::email))
        .load(conn)?;
    let read = |(account, stored): (AccountId, String)| Some((account, EmailAddress::parse(&stored).ok()?));
    Ok(rows.into_iter().filter_map(read).collect())
}
