//! Self-assessments that are being written go over to a framework that was published meanwhile: in batches, each one act, so
//! that being stopped loses nothing and an assessment is brought over whole or not at all.
//!
//! Every answer is kept, under the id of its indicator. Where the question asks for something else by now, the answer is to
//! be looked at again; where it is asked no more, the answer stays to be read. What was handed in stays with its version.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use diesel::dsl::exists;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::json;

use super::assessment::{Assessment, AssessmentState};
use super::progress::{Applicability, Profile};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{
    assessment_answers as answers, assessments, framework_indicators as indicators,
    framework_publications as publications, framework_versions as versions, memberships,
};
use crate::error::Result;
use crate::framework::{Framework, FrameworkState};
use crate::ids::{AssessmentId, FrameworkVersionId, IndicatorId, OrganisationId};
use crate::mail::Letter;
use crate::organisations::{Engagement, MembershipState, Organisation};

/// How many go over in one act.
const BATCH: i64 = 50;

/// How far it has come with one version.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = publications)]
pub struct Carrying {
    pub framework_version_id: FrameworkVersionId,
    /// How many were being written when it was published.
    pub wanted: i64,
    pub carried: i64,
    pub finished_at: Option<NaiveDateTime>,
}

/// What a new version of the framework asks of one assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    /// Questions to answer that were not to be answered before.
    pub new: usize,
    /// Answers to look at again.
    pub again: usize,
    /// Answers to what is asked no more.
    pub retired: usize,
}

/// From one version of the framework to another.
pub struct Step<'a> {
    pub from: &'a Framework,
    pub to: &'a Framework,
    /// What asks for something else by now.
    pub anew: BTreeSet<IndicatorId>,
}

impl Step<'_> {
    /// What an organisation of this profile, with these answers, is asked to do.
    pub fn needs(&self, profile: Profile, answered: &BTreeSet<IndicatorId>) -> Needs {
        let is_new = |id: &IndicatorId| !answered.contains(id);
        Needs {
            new: self.newly_wanted(profile).filter(|id| is_new(id)).count(),
            again: answered.iter().filter(|id| self.anew.contains(id) && self.to.indicator(id).is_ok()).count(),
            retired: answered.iter().filter(|id| self.is_retired(id)).count(),
        }
    }

    /// What is to be answered in the new version and was not in the old one.
    pub fn newly_wanted(&self, profile: Profile) -> impl Iterator<Item = &IndicatorId> {
        let is_wanted = move |framework: &Framework, id: &IndicatorId| {
            framework.indicator(id).is_ok_and(|i| profile.applicability(i) != Applicability::PresumedNot)
        };
        let ids = self.to.indicators.iter().map(|indicator| &indicator.id);
        ids.filter(move |id| is_wanted(self.to, id) && !is_wanted(self.from, id))
    }

    fn is_retired(&self, id: &IndicatorId) -> bool {
        self.from.indicator(id).is_ok() && self.to.indicator(id).is_err()
    }
}

#[derive(Serialize)]
struct CarriedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    version: i32,
    new_questions: usize,
    look_again: usize,
    not_asked: usize,
}
impl Letter for CarriedLetter<'_> {
    const NAME: &'static str = "framework-renewed";
}

impl Carrying {
    /// Of the version that was published last; none where nothing has been published but the first.
    pub fn latest(conn: &mut DbConnection) -> Result<Option<Self>> {
        Ok(publications::table
            .inner_join(versions::table)
            .order(versions::number.desc())
            .select(Self::as_select())
            .first(conn)
            .optional()?)
    }

    pub fn is_finished(&self) -> bool {
        self.finished_at.is_some()
    }
}

/// A version was published, in this act: counts what is to be brought over to it.
pub fn begin_carrying(act: &mut Act<'_>, version: FrameworkVersionId) -> Result<()> {
    let wanted: i64 =
        assessments::table.filter(assessments::state.eq(AssessmentState::Draft)).count().get_result(act.conn)?;
    diesel::insert_into(publications::table)
        .values((
            publications::framework_version_id.eq(version),
            publications::wanted.eq(wanted),
            publications::carried.eq(0),
        ))
        .execute(act.conn)?;
    Ok(())
}

/// Brings the next batch over to the version in force; returns 0 when nothing is left.
pub fn go_on_with_carrying(act: &mut Act<'_>) -> Result<usize> {
    if next_batch(act.conn)?.is_empty() {
        return finish(act);
    }
    // Of two servers one goes on, the other after it.
    diesel::update(versions::table.filter(versions::state.eq(FrameworkState::InForce)))
        .set(versions::state.eq(versions::state))
        .execute(act.conn)?;
    let batch = next_batch(act.conn)?;
    let Some(first) = batch.first() else { return Ok(1) };
    let to = Framework::in_force(act.conn)?;
    let from = Framework::of_version(act.conn, first.framework_version_id)?;
    let anew = asked_anew_between(act.conn, from.version.number, to.version.number)?;
    let step = Step { from: &from, to: &to, anew };
    let gone = bring_over(act, &batch, &step)?;
    diesel::update(publications::table.find(to.version.id))
        .set(publications::carried.eq(publications::carried + gone))
        .execute(act.conn)?;
    Ok(1)
}

/// Some that are being written against one superseded version.
fn next_batch(conn: &mut DbConnection) -> Result<Vec<Assessment>> {
    let superseded: Vec<FrameworkVersionId> = versions::table
        .filter(versions::state.eq(FrameworkState::Superseded))
        .order(versions::number)
        .select(versions::id)
        .load(conn)?;
    for version in superseded {
        let some: Vec<Assessment> = assessments::table
            .filter(assessments::state.eq(AssessmentState::Draft))
            .filter(assessments::framework_version_id.eq(version))
            .order(assessments::id)
            .limit(BATCH)
            .select(Assessment::as_select())
            .load(conn)?;
        if !some.is_empty() {
            return Ok(some);
        }
    }
    Ok(Vec::new())
}

fn finish(act: &mut Act<'_>) -> Result<usize> {
    let Some(carrying) = Carrying::latest(act.conn)?.filter(|carrying| !carrying.is_finished()) else { return Ok(0) };
    let id = carrying.framework_version_id;
    let finished = diesel::update(publications::table.find(id))
        .filter(publications::finished_at.is_null())
        .set(publications::finished_at.eq(act.at))
        .execute(act.conn)?;
    if finished == 1 {
        let details = json!({ "assessments": carrying.carried });
        act.record("self-assessments carried over", Subject::of("framework", id), details)?;
    }
    Ok(finished)
}

/// What any version after one, up to another, asks anew.
fn asked_anew_between(conn: &mut DbConnection, after: i32, up_to: i32) -> Result<BTreeSet<IndicatorId>> {
    let ids: Vec<IndicatorId> = indicators::table
        .inner_join(versions::table)
        .filter(versions::number.gt(after))
        .filter(versions::number.le(up_to))
        .filter(indicators::asks_anew)
        .select(indicators::id)
        .load(conn)?;
    Ok(ids.into_iter().collect())
}

/// How many went over: what was handed in meanwhile stays where it is.
fn bring_over(act: &mut Act<'_>, batch: &[Assessment], step: &Step<'_>) -> Result<i64> {
    let ids: Vec<&str> = batch.iter().map(|assessment| assessment.id.as_str()).collect();
    let (from, to) = (step.from.version.id, step.to.version.id);
    diesel::update(assessments::table.filter(assessments::id.eq_any(&ids)))
        .filter(assessments::state.eq(AssessmentState::Draft))
        .filter(assessments::framework_version_id.eq(from))
        // What one side has signed is not what is asked any more.
        .set((assessments::framework_version_id.eq(to), assessments::sealed_copy.eq(None::<i32>)))
        .execute(act.conn)?;
    let gone: Vec<AssessmentId> = assessments::table
        .filter(assessments::id.eq_any(&ids))
        .filter(assessments::state.eq(AssessmentState::Draft))
        .filter(assessments::framework_version_id.eq(to))
        .select(assessments::id)
        .load(act.conn)?;
    let anew: Vec<&str> = step.anew.iter().map(IndicatorId::as_str).collect();
    diesel::update(answers::table.filter(answers::assessment_id.eq_any(gone.iter().map(AssessmentId::as_str))))
        .filter(answers::indicator_id.eq_any(&anew))
        .set(answers::asked_anew.eq(true))
        .execute(act.conn)?;
    let answered = answered_in(act.conn, &gone)?;
    let organisations: Vec<_> = batch.iter().map(|assessment| assessment.organisation_id).collect();
    let profiles = profiles_of(act.conn, &organisations)?;
    let nothing = BTreeSet::new();
    for assessment in batch.iter().filter(|assessment| gone.contains(&assessment.id)) {
        let profile = profiles.get(&assessment.organisation_id).copied().unwrap_or_default();
        let needs = step.needs(profile, answered.get(&assessment.id).unwrap_or(&nothing));
        tell(act, assessment, step, needs)?;
    }
    Ok(gone.len() as i64)
}

fn tell(act: &mut Act<'_>, assessment: &Assessment, step: &Step<'_>, needs: Needs) -> Result<()> {
    let (from, number) = (step.from.version.number, step.to.version.number);
    let Needs { new, again, retired } = needs;
    let details = json!({ "from": from, "to": number, "new": new, "again": again, "retired": retired });
    act.record("assessment carried over", assessment.subject(), details)?;
    let organisation = Organisation::find(act.conn, assessment.organisation_id)?;
    if !organisation.is_open() {
        return Ok(());
    }
    let (name, slug) = (organisation.name.as_str(), organisation.slug.as_str());
    let letter = CarriedLetter {
        organisation: name,
        slug,
        version: number,
        new_questions: new,
        look_again: again,
        not_asked: retired,
    };
    organisation.tell_leads(act, &letter)
}

/// What each of some assessments has an answer to.
pub fn answered_in(
    conn: &mut DbConnection,
    ids: &[AssessmentId],
) -> Result<BTreeMap<AssessmentId, BTreeSet<IndicatorId>>> {
    let rows: Vec<(AssessmentId, IndicatorId)> = answers::table
        .filter(answers::assessment_id.eq_any(ids.iter().map(AssessmentId::as_str)))
        .select((answers::assessment_id, answers::indicator_id))
        .load(conn)?;
    let mut answered: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (assessment, indicator) in rows {
        answered.entry(assessment).or_default().insert(indicator);
    }
    Ok(answered)
}

/// What the lists of people of some organisations say; one that has nobody is not in it.
pub fn profiles_of(conn: &mut DbConnection, ids: &[OrganisationId]) -> Result<BTreeMap<OrganisationId, Profile>> {
    let rows: Vec<(OrganisationId, Engagement)> = memberships::table
        .filter(memberships::organisation_id.eq_any(ids.iter().map(OrganisationId::as_str)))
        .filter(memberships::state.eq(MembershipState::Active))
        .select((memberships::organisation_id, memberships::engagement))
        .distinct()
        .load(conn)?;
    let mut profiles: BTreeMap<_, Profile> = BTreeMap::new();
    for (organisation, engagement) in rows {
        profiles.entry(organisation).or_default().learn(engagement);
    }
    Ok(profiles)
}

/// How many that are being written belong to organisations of a profile.
pub fn count_being_written(conn: &mut DbConnection, profile: Profile) -> Result<i64> {
    let has = |engagement: Engagement| {
        exists(
            memberships::table
                .filter(memberships::organisation_id.eq(assessments::organisation_id))
                .filter(memberships::engagement.eq(engagement))
                .filter(memberships::state.eq(MembershipState::Active)),
        )
    };
    Ok(assessments::table
        .filter(assessments::state.eq(AssessmentState::Draft))
        .filter(has(Engagement::Paid).eq(profile.paid_staff))
        .filter(has(Engagement::Volunteer).eq(profile.volunteers))
        .count()
        .get_result(conn)?)
}
