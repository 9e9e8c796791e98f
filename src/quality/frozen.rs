//! A frozen copy: what an organisation said and showed at the moment it signed, with the fingerprint of every file. The
//! same answers and evidence always make the same copy, so that its fingerprint says whether anything is different.
//! A copy never changes. Not here: signing it, which is `signing`.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::answer::Judgement;
use super::progress::Sheet;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::assessment_copies as copies;
use crate::error::{Error, Result};
use crate::ids::{AssessmentId, IndicatorId};
use crate::live_records::Verdict;

/// What was said and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenCopy {
    /// The number of the framework's version.
    pub framework: i32,
    pub answers: BTreeMap<IndicatorId, FrozenAnswer>,
}

/// One answer with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenAnswer {
    pub judgement: Judgement,
    pub narrative: String,
    /// In the order in which they were added.
    pub evidence: Vec<FrozenEvidence>,
    /// What the portal's records showed, where that was taken as evidence.
    pub record: Option<String>,
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenEvidence {
    pub title: String,
    pub sha256: String,
    pub effective_on: Option<NaiveDate>,
    pub address: Option<String>,
}

/// A copy as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = copies)]
pub struct StoredCopy {
    pub assessment_id: AssessmentId,
    pub number: i32,
    pub made_at: NaiveDateTime,
    pub(super) content: String,
    pub sha256: String,
}

impl FrozenCopy {
    pub fn of(sheet: &Sheet) -> Self {
        let shown = |indicator: &IndicatorId| {
            let of_it = sheet.evidence.iter().filter(|(evidence, _)| evidence.indicator_id == *indicator);
            let frozen = of_it.map(|(evidence, file)| FrozenEvidence {
                title: evidence.title.clone(),
                sha256: file.sha256.clone(),
                effective_on: evidence.effective_on,
                address: evidence.address.clone(),
            });
            frozen.collect()
        };
        let record = |indicator: &IndicatorId| {
            let verdict = sheet.records.get(indicator)?;
            (verdict.verdict == Verdict::Accepted).then(|| verdict.shown.clone())
        };
        let asked = sheet.answers.iter().filter(|(id, _)| sheet.framework.indicator(id).is_ok());
        let answers = asked.map(|(id, answer)| {
            let frozen = FrozenAnswer {
                judgement: answer.judgement,
                narrative: answer.narrative.clone(),
                evidence: shown(id),
                record: record(id),
            };
            (id.clone(), frozen)
        });
        Self { framework: sheet.framework.version.number, answers: answers.collect() }
    }

    /// SHA-256 of everything in it, in hexadecimal.
    pub fn fingerprint(&self) -> Result<String> {
        let content = serde_json::to_vec(self).map_err(Error::unexpected)?;
        Ok(hex::encode(Sha256::digest(content)))
    }

    /// Keeps it as the next copy of its assessment; returns its number.
    pub(super) fn keep(&self, act: &mut Act<'_>, assessment: AssessmentId) -> Result<i32> {
        let last: Option<i32> = copies::table
            .filter(copies::assessment_id.eq(assessment))
            .select(diesel::dsl::max(copies::number))
            .first(act.conn)?;
        let copy = StoredCopy {
            assessment_id: assessment,
            number: last.unwrap_or(0) + 1,
            made_at: act.at,
            content: serde_json::to_string(self).map_err(Error::unexpected)?,
            sha256: self.fingerprint()?,
        };
        diesel::insert_into(copies::table).values(&copy).execute(act.conn)?;
        Ok(copy.number)
    }
}

impl StoredCopy {
    pub fn find(conn: &mut DbConnection, assessment: AssessmentId, number: i32) -> Result<Self> {
        Ok(copies::table.find((assessment, number)).select(Self::as_select()).first(conn)?)
    }

    /// The copies of an assessment, the latest first.
    pub fn latest_of(conn: &mut DbConnection, assessment: AssessmentId, most: i64) -> Result<Vec<Self>> {
        Ok(copies::table
            .filter(copies::assessment_id.eq(assessment))
            .order(copies::number.desc())
            .limit(most)
            .select(Self::as_select())
            .load(conn)?)
    }

    /// For samples of the pages that show it.
    pub(super) fn made_up(sha256: String) -> Self {
        Self {
            assessment_id: AssessmentId::new(),
            number: 1,
            made_at: Default::default(),
            content: "{}".into(),
            sha256,
        }
    }

    /// What is in it.
    pub fn open(&self) -> Result<FrozenCopy> {
        serde_json::from_str(&self.content).map_err(Error::unexpected)
    }
}
