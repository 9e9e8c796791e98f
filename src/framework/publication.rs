//! Where a draft ends: it is brought into force in place of the version before, or dropped.
//! What is published is what its publisher saw, whole, and different from what is in force. The version before is kept:
//! assessments that were handed in, and endorsements, stay pinned to it.

use diesel::prelude::*;
use serde_json::json;

use super::comparison::{Comparison, Fate};
use super::draft::Draft;
use super::draft_text::{DraftText, FrontText, HeadPart};
use super::version::{Framework, FrameworkState, FrameworkVersion};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{framework_files, framework_versions};
use crate::error::{Error, Result};
use crate::ids::{AreaId, IndicatorId, StandardId};

/// Why a draft cannot be published yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftFault {
    /// It says what the version in force says.
    Unchanged,
    /// This text is not written.
    Unwritten(DraftText),
    AreaWithoutStandard(AreaId),
    StandardWithoutIndicator(StandardId),
    /// It is to be looked at again, and says what it said.
    AsksAnewUnchanged(IndicatorId),
}

/// What came of publishing.
#[derive(Debug, Clone)]
pub enum Publication {
    InForce(FrameworkVersion),
    /// Nothing was changed.
    Refused(Vec<DraftFault>),
}

/// What stands in the way of publishing a draft that was compared with the version in force; nothing when it is ready.
pub fn faults_of(comparison: &Comparison) -> Vec<DraftFault> {
    if comparison.is_as_before() {
        return vec![DraftFault::Unchanged];
    }
    let draft = &comparison.after;
    let mut faults = Vec::new();
    let front = FrontText::ALL.iter().filter(|text| draft.version.front_text(**text).is_empty());
    faults.extend(front.map(|text| DraftFault::Unwritten(DraftText::Front(*text))));
    for area in &draft.areas {
        let missing = HeadPart::ALL.iter().filter(|part| area.part(**part).is_empty());
        faults.extend(missing.map(|part| DraftFault::Unwritten(DraftText::Area(area.id.clone(), *part))));
        if draft.standards_of(&area.id).next().is_none() {
            faults.push(DraftFault::AreaWithoutStandard(area.id.clone()));
        }
    }
    for standard in &draft.standards {
        let missing = HeadPart::ALL.iter().filter(|part| standard.part(**part).is_empty());
        faults.extend(missing.map(|part| DraftFault::Unwritten(DraftText::Standard(standard.id.clone(), *part))));
        if draft.indicators_of(&standard.id).next().is_none() {
            faults.push(DraftFault::StandardWithoutIndicator(standard.id.clone()));
        }
    }
    for compared in &comparison.indicators {
        let indicator = &compared.indicator;
        let missing = indicator.missing_parts();
        faults.extend(missing.map(|part| DraftFault::Unwritten(DraftText::Indicator(indicator.id.clone(), part))));
        if indicator.asks_anew && compared.fate() == Fate::AsItWas {
            faults.push(DraftFault::AsksAnewUnchanged(indicator.id.clone()));
        }
    }
    faults
}

/// Brings the draft into force, for whoever saw this edition of it; the version in force is superseded in the same act.
pub fn publish_draft(act: &mut Act<'_>, seen: i32) -> Result<Publication> {
    let draft = Draft::hold_edition(act.conn, seen)?;
    let before = Framework::in_force(act.conn)?;
    let (id, subject) = (draft.framework.version.id, draft.subject());
    let comparison = Comparison::between(before, draft.framework);
    let faults = faults_of(&comparison);
    if !faults.is_empty() {
        return Ok(Publication::Refused(faults));
    }
    let superseded = diesel::update(framework_versions::table.find(comparison.before.version.id))
        .filter(framework_versions::state.eq(FrameworkState::InForce))
        .set(framework_versions::state.eq(FrameworkState::Superseded))
        .execute(act.conn)?;
    if superseded == 0 {
        return Err(Error::Conflict);
    }
    let number = last_number(act.conn)? + 1;
    diesel::update(framework_versions::table.find(id))
        .set((
            framework_versions::state.eq(FrameworkState::InForce),
            framework_versions::number.eq(number),
            framework_versions::published_at.eq(act.at),
        ))
        .execute(act.conn)?;
    diesel::delete(framework_files::table.find(id)).execute(act.conn)?;
    let details = json!({
        "number": number,
        "supersedes": comparison.before.version.number,
        "new": comparison.count(|fate| *fate == Fate::New),
        "split": comparison.count(|fate| matches!(fate, Fate::Split(_))),
        "reworded": comparison.count(|fate| *fate == Fate::Reworded),
        "retired": comparison.retired.len(),
    });
    act.record("framework published", subject, details)?;
    Ok(Publication::InForce(Framework::in_force(act.conn)?.version))
}

/// The draft comes to nothing, for whoever saw this edition of it.
pub fn drop_draft(act: &mut Act<'_>, seen: i32) -> Result<()> {
    let draft = Draft::hold_edition(act.conn, seen)?;
    let id = draft.framework.version.id;
    Framework::delete_parts(act.conn, id)?;
    diesel::delete(framework_files::table.find(id)).execute(act.conn)?;
    diesel::delete(framework_versions::table.find(id)).execute(act.conn)?;
    let indicators = draft.framework.indicators.len();
    act.record("framework draft dropped", draft.subject(), json!({ "indicators": indicators }))
}

fn last_number(conn: &mut DbConnection) -> Result<i32> {
    let last: Option<i32> =
        framework_versions::table.select(diesel::dsl::max(framework_versions::number)).first(conn)?;
    Ok(last.unwrap_or_default())
}
