//! What lies beside a question: who looks after the answer, what is known of its evidence, what young people and the
//! portal's records say, what colleagues say, and who near by does it well.
//! Not here: the question and the answer, which are in the sheet.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::comments::Comment;
use super::progress::Sheet;
use crate::db::DbConnection;
use crate::documents::{AboutDocument, Document};
use crate::error::Result;
use crate::good_practice::{NearPractice, practice_near};
use crate::ids::{AccountId, DocumentId, FileId, IndicatorId, OrganisationId};
use crate::live_records::{Facts, RecordView, rules_of};
use crate::organisations::{ApprovedContributor, ApprovedMember, MembershipRole, Organisation};
use crate::voice::{SaidAbout, SaidLately};

/// Who looks.
#[derive(Debug, Clone, Copy)]
pub struct Looker {
    pub organisation: OrganisationId,
    pub account: AccountId,
    /// May they change the organisation's work?
    pub may_change: bool,
    pub today: NaiveDate,
}

impl Looker {
    pub fn member(who: &ApprovedMember) -> Self {
        let may_change = who.member.membership.role != MembershipRole::Viewer && !who.organisation.is_closed();
        Self { organisation: who.organisation.id, account: who.account.id, may_change, today: who.today() }
    }

    pub fn contributor(who: &ApprovedContributor) -> Self {
        Self { organisation: who.organisation.id, account: who.account.id, may_change: true, today: who.today() }
    }
}

/// What lies beside a question.
pub struct Beside {
    pub looker: Looker,
    /// The documents that could be shown.
    pub documents: Vec<(DocumentId, String)>,
    /// What is known today of those that are shown.
    pub about: BTreeMap<FileId, AboutDocument>,
    /// Who took the answer over from someone who left.
    pub keeper: Option<String>,
    /// What young people say about its standard.
    pub said: Option<SaidAbout>,
    /// What the portal knows that speaks to it.
    pub record: Option<RecordView>,
    /// What colleagues said, each with their name.
    pub comments: Vec<(Comment, String)>,
    /// Who does it well and says how.
    pub near: Vec<NearPractice>,
}

impl Beside {
    pub fn lay_out(conn: &mut DbConnection, looker: Looker, sheet: &Sheet, indicator: &IndicatorId) -> Result<Self> {
        let asked = sheet.indicator_or_retired(indicator)?;
        let answer = sheet.answer(asked);
        let shown: Vec<_> = sheet.evidence_of(asked).map(|(evidence, _)| evidence.file_id).collect();
        Ok(Self {
            looker,
            documents: Document::titles_of(conn, looker.organisation)?,
            about: AboutDocument::of_files(conn, looker.organisation, &shown)?,
            keeper: answer.map(|answer| answer.new_keeper_name(conn)).transpose()?.flatten(),
            said: SaidLately::to(conn, looker.organisation)?.and_then(|said| said.about_standard(&asked.standard_id)),
            record: record_beside(conn, sheet, indicator, looker.today)?,
            comments: Comment::on(conn, sheet.assessment.id, indicator)?,
            near: practice_near(conn, looker.organisation, indicator)?,
        })
    }
}

/// What the portal knows that speaks to a question, and what was made of it.
fn record_beside(
    conn: &mut DbConnection,
    sheet: &Sheet,
    indicator: &IndicatorId,
    today: NaiveDate,
) -> Result<Option<RecordView>> {
    let Some(rule) = rules_of(conn)?.get(indicator).copied() else { return Ok(None) };
    let organisation = Organisation::find(conn, sheet.assessment.organisation_id)?;
    let working = Facts::of(&organisation, today).working(conn, rule)?;
    Ok(Some(RecordView::new(&working, sheet.records.get(indicator))))
}
