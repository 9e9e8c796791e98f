//! The framework itself: three areas, their standards, and the indicators that are asked about.
//! A version in force never changes; an indicator keeps its id from version to version, so that answers can be kept.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::file::FrameworkFile;
use super::glossary::{GlossaryTerm, glossary_in_content};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{
    framework_areas, framework_indicators, framework_standards, framework_terms, framework_versions,
};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{AreaId, FrameworkVersionId, IndicatorId, StandardId};
use crate::text_enum;

text_enum! {
    /// At most one version is in force.
    pub enum FrameworkState { Draft = "draft", InForce = "in_force", Superseded = "superseded" }
}

text_enum! {
    /// Every *must* counts towards a level; of the *shoulds*, most do (`quality::level_supported` has the rule).
    pub enum Weight { Must = "must", Should = "should" }
}

text_enum! {
    /// How good practice is. Each level includes those before it, and they are ordered: `Emerging < Excelling`.
    pub enum Level { Emerging = "emerging", Established = "established", Excelling = "excelling" }
}

text_enum! {
    /// Why an indicator may not apply to an organisation.
    pub enum Exemption {
        NoPaidStaff = "no-paid-staff",
        NoVolunteers = "no-volunteers",
        NoPremises = "no-premises",
        NoTrips = "no-trips",
    }
}

/// One version of the framework.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = framework_versions, treat_none_as_default_value = false)]
pub struct FrameworkVersion {
    pub id: FrameworkVersionId,
    /// 1 for the first. A draft has none yet: 0.
    pub number: i32,
    pub title: String,
    pub introduction: String,
    pub state: FrameworkState,
    pub published_at: Option<NaiveDateTime>,
}

/// One of the three areas.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = framework_areas, treat_none_as_default_value = false)]
pub struct Area {
    pub framework_version_id: FrameworkVersionId,
    pub id: AreaId,
    /// 1 for the first of the version.
    pub position: i32,
    pub title: String,
    pub summary: String,
}

/// A group of indicators about one part of good youth work.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = framework_standards, treat_none_as_default_value = false)]
pub struct Standard {
    pub framework_version_id: FrameworkVersionId,
    pub id: StandardId,
    pub area_id: AreaId,
    /// 1 for the first of the version, not of its area.
    pub position: i32,
    pub title: String,
    pub summary: String,
}

/// One question with what good looks like at each level.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = framework_indicators, treat_none_as_default_value = false)]
pub struct Indicator {
    pub framework_version_id: FrameworkVersionId,
    pub id: IndicatorId,
    pub standard_id: StandardId,
    /// 1 for the first of the version, not of its standard.
    pub position: i32,
    pub question: String,
    pub why: String,
    pub weight: Weight,
    pub emerging: String,
    pub established: String,
    pub excelling: String,
    /// One on each line; see [`Indicator::ideas`].
    pub(super) evidence_ideas: String,
    /// [`Exemption`]s, one on each line.
    pub(super) not_for: String,
    /// Must "not applicable" be explained, whoever says it?
    pub reason_needed: bool,
    /// How young people can speak to it. May be empty.
    pub voice: String,
    /// The one it was split from. What was answered there is shown beside it, and answers nothing here.
    pub comes_from: Option<IndicatorId>,
    /// Against the version before, it asks for something else: whoever answered it looks again.
    pub asks_anew: bool,
    /// What helps with it: one on each line; see [`Indicator::helps`]. May be empty.
    pub(super) resources: String,
}

impl Indicator {
    /// What good looks like at a level.
    pub fn descriptor(&self, level: Level) -> &str {
        match level {
            Level::Emerging => &self.emerging,
            Level::Established => &self.established,
            Level::Excelling => &self.excelling,
        }
    }

    /// What evidence might be.
    pub fn ideas(&self) -> impl Iterator<Item = &str> {
        self.evidence_ideas.lines()
    }

    /// What helps with it, each with the web address that its line ends with, if it ends with one.
    pub fn helps(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.resources.lines().map(|line| match line.rsplit_once(' ') {
            Some((words, address)) if address.starts_with("https://") => (words.trim(), Some(address)),
            _ => (line, None),
        })
    }

    /// Whom it is not for.
    pub fn exemptions(&self) -> Vec<Exemption> {
        self.not_for.lines().filter_map(Exemption::parse).collect()
    }
}

/// A whole version: everything is in the order of the framework.
#[derive(Debug, Clone)]
pub struct Framework {
    pub version: FrameworkVersion,
    pub areas: Vec<Area>,
    pub standards: Vec<Standard>,
    pub indicators: Vec<Indicator>,
    /// Words explained, in the order of the alphabet.
    pub terms: Vec<GlossaryTerm>,
}

impl Framework {
    /// The version that assessments begin with now.
    pub fn in_force(conn: &mut DbConnection) -> Result<Self> {
        let version = framework_versions::table
            .filter(framework_versions::state.eq(FrameworkState::InForce))
            .select(FrameworkVersion::as_select())
            .first(conn)?;
        Self::whole(conn, version)
    }

    /// A version that was published, by its number.
    pub fn published(conn: &mut DbConnection, number: i32) -> Result<Self> {
        let version = framework_versions::table
            .filter(framework_versions::number.eq(number))
            .filter(framework_versions::state.ne(FrameworkState::Draft))
            .select(FrameworkVersion::as_select())
            .first(conn)?;
        Self::whole(conn, version)
    }

    /// Any version, in five queries.
    pub fn of_version(conn: &mut DbConnection, id: FrameworkVersionId) -> Result<Self> {
        let version = framework_versions::table.find(id).select(FrameworkVersion::as_select()).first(conn)?;
        Self::whole(conn, version)
    }

    /// The version that the program was built with, for a new database and for made-up pages.
    pub fn written_in_content(published_at: NaiveDateTime) -> Result<Self> {
        let file: FrameworkFile =
            toml::from_str(include_str!("../../content/quality.toml")).map_err(Error::unexpected)?;
        let version = FrameworkVersion {
            id: FrameworkVersionId::new(),
            number: file.number,
            title: String::new(),
            introduction: String::new(),
            state: FrameworkState::InForce,
            published_at: Some(published_at),
        };
        Ok(Self { terms: glossary_in_content()?, ..file.into_framework(version) })
    }

    /// An indicator of this version; not found if it has none of that id.
    pub fn indicator(&self, id: &IndicatorId) -> Result<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == *id).ok_or(Error::NotFound)
    }

    /// Does it ask about this, or about something that was split from it?
    pub fn speaks_of(&self, id: &IndicatorId) -> bool {
        self.indicators.iter().any(|indicator| indicator.id == *id || indicator.comes_from.as_ref() == Some(id))
    }

    pub fn standards_of(&self, area: &AreaId) -> impl Iterator<Item = &Standard> {
        self.standards.iter().filter(move |standard| standard.area_id == *area)
    }

    pub fn indicators_of(&self, standard: &StandardId) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(move |indicator| indicator.standard_id == *standard)
    }

    /// The standard and the area an indicator of this version belongs to.
    pub fn place_of(&self, indicator: &Indicator) -> Result<(&Standard, &Area)> {
        let standard = self.standards.iter().find(|s| s.id == indicator.standard_id).ok_or(Error::NotFound)?;
        let area = self.areas.iter().find(|a| a.id == standard.area_id).ok_or(Error::NotFound)?;
        Ok((standard, area))
    }

    pub(super) fn whole(conn: &mut DbConnection, version: FrameworkVersion) -> Result<Self> {
        let areas = framework_areas::table
            .filter(framework_areas::framework_version_id.eq(version.id))
            .order(framework_areas::position)
            .select(Area::as_select())
            .load(conn)?;
        let standards = framework_standards::table
            .filter(framework_standards::framework_version_id.eq(version.id))
            .order(framework_standards::position)
            .select(Standard::as_select())
            .load(conn)?;
        let indicators = framework_indicators::table
            .filter(framework_indicators::framework_version_id.eq(version.id))
            .order(framework_indicators::position)
            .select(Indicator::as_select())
            .load(conn)?;
        let mut terms: Vec<GlossaryTerm> = framework_terms::table
            .filter(framework_terms::framework_version_id.eq(version.id))
            .select(GlossaryTerm::as_select())
            .load(conn)?;
        terms.sort_by_key(GlossaryTerm::place);
        Ok(Self { version, areas, standards, indicators, terms })
    }

    /// Gives everything its place: by area, then standard, as they stand in their lists; and this version.
    pub(super) fn put_in_order(&mut self) {
        let id = self.version.id;
        for (area, position) in self.areas.iter_mut().zip(1..) {
            (area.framework_version_id, area.position) = (id, position);
        }
        let areas = &self.areas;
        self.standards.sort_by_key(|standard| areas.iter().position(|area| area.id == standard.area_id));
        for (standard, position) in self.standards.iter_mut().zip(1..) {
            (standard.framework_version_id, standard.position) = (id, position);
        }
        let standards = &self.standards;
        self.indicators.sort_by_key(|i| standards.iter().position(|standard| standard.id == i.standard_id));
        for (indicator, position) in self.indicators.iter_mut().zip(1..) {
            (indicator.framework_version_id, indicator.position) = (id, position);
        }
        self.terms.sort_by_key(GlossaryTerm::place);
    }

    /// Writes everything but the row of the version itself.
    pub(super) fn write_parts(&self, conn: &mut DbConnection) -> Result<()> {
        let id = self.version.id;
        each!(&mut *conn, c => diesel::insert_into(framework_areas::table).values(&self.areas).execute(c))?;
        each!(&mut *conn, c => diesel::insert_into(framework_standards::table).values(&self.standards).execute(c))?;
        each!(&mut *conn, c => diesel::insert_into(framework_indicators::table).values(&self.indicators).execute(c))?;
        let term = |t: &GlossaryTerm| {
            let (term, meaning) = (t.term.clone(), t.meaning.clone());
            (
                framework_terms::framework_version_id.eq(id),
                framework_terms::term.eq(term),
                framework_terms::meaning.eq(meaning),
            )
        };
        let terms: Vec<_> = self.terms.iter().map(term).collect();
        each!(&mut *conn, c => diesel::insert_into(framework_terms::table).values(&terms).execute(c))?;
        Ok(())
    }

    /// Takes away everything but the row of the version itself.
    pub(super) fn delete_parts(conn: &mut DbConnection, id: FrameworkVersionId) -> Result<()> {
        use crate::db::schema::{framework_areas as areas, framework_indicators as indicators};
        use crate::db::schema::{framework_standards as standards, framework_terms as terms};
        diesel::delete(terms::table.filter(terms::framework_version_id.eq(id))).execute(conn)?;
        diesel::delete(indicators::table.filter(indicators::framework_version_id.eq(id))).execute(conn)?;
        diesel::delete(standards::table.filter(standards::framework_version_id.eq(id))).execute(conn)?;
        diesel::delete(areas::table.filter(areas::framework_version_id.eq(id))).execute(conn)?;
        Ok(())
    }
}

impl FrameworkVersion {
    /// Those that were published, the newest first.
    pub fn all_published(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(framework_versions::table
            .filter(framework_versions::state.ne(FrameworkState::Draft))
            .order(framework_versions::number.desc())
            .select(Self::as_select())
            .load(conn)?)
    }
}

/// An indicator as it was asked last, in any published version: for what was answered and is asked no more.
pub fn indicators_as_asked_last(conn: &mut DbConnection, ids: &[IndicatorId]) -> Result<Vec<Indicator>> {
    let mut found: Vec<(i32, Indicator)> = framework_indicators::table
        .inner_join(framework_versions::table)
        .filter(framework_indicators::id.eq_any(ids.iter().map(IndicatorId::as_str)))
        .filter(framework_versions::state.ne(FrameworkState::Draft))
        .select((framework_versions::number, Indicator::as_select()))
        .load(conn)?;
    found.sort_by(|(a, one), (b, other)| b.cmp(a).then(one.position.cmp(&other.position)));
    let mut known = BTreeSet::new();
    Ok(found.into_iter().filter(|(_, i)| known.insert(i.id.clone())).map(|(_, indicator)| indicator).collect())
}

pub(super) fn load_framework(act: &mut Act<'_>) -> Result<()> {
    let framework = Framework::written_in_content(act.at)?;
    diesel::insert_into(framework_versions::table).values(&framework.version).execute(act.conn)?;
    framework.write_parts(act.conn)?;
    let subject = Subject::of("framework", framework.version.id);
    act.record("framework published", subject, json!({ "number": framework.version.number }))
}

impl Exemption {
    /// One on each line, in the order in which they are declared.
    pub(super) fn joined(exemptions: &[Self]) -> String {
        let words: Vec<_> = Self::ALL.iter().filter(|e| exemptions.contains(e)).map(|e| e.as_str()).collect();
        words.join("\n")
    }
}
