//! The framework itself: three areas, their standards, and the indicators that are asked about.
//! A version in force never changes; an indicator keeps its id from version to version, so that answers can be kept.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{framework_areas, framework_indicators, framework_standards, framework_versions};
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
    pub number: i32,
    pub title: String,
    pub introduction: String,
    pub state: FrameworkState,
    pub published_at: Option<NaiveDateTime>,
}

/// One of the three areas.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
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
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
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
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
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

    /// Any version, in four queries.
    pub fn of_version(conn: &mut DbConnection, id: FrameworkVersionId) -> Result<Self> {
        let version = framework_versions::table.find(id).select(FrameworkVersion::as_select()).first(conn)?;
        Self::whole(conn, version)
    }

    /// The version that the program was built with, for a new database and for made-up pages.
    pub fn written_in_content(published_at: NaiveDateTime) -> Result<Self> {
        let file = toml::from_str(include_str!("../../content/quality.toml")).map_err(Error::unexpected)?;
        Ok(framework_from(file, published_at))
    }

    /// An indicator of this version; not found if it has none of that id.
    pub fn indicator(&self, id: &IndicatorId) -> Result<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == *id).ok_or(Error::NotFound)
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

    fn whole(conn: &mut DbConnection, version: FrameworkVersion) -> Result<Self> {
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
        Ok(Self { version, areas, standards, indicators })
    }
}

#[derive(Deserialize)]
struct FrameworkFile {
    number: i32,
    title: String,
    introduction: String,
    areas: Vec<AreaEntry>,
}

#[derive(Deserialize)]
struct AreaEntry {
    id: AreaId,
    title: String,
    summary: String,
    standards: Vec<StandardEntry>,
}

#[derive(Deserialize)]
struct StandardEntry {
    id: StandardId,
    title: String,
    summary: String,
    indicators: Vec<IndicatorEntry>,
}

#[derive(Deserialize)]
struct IndicatorEntry {
    id: IndicatorId,
    question: String,
    why: String,
    weight: Weight,
    emerging: String,
    established: String,
    excelling: String,
    evidence: Vec<String>,
    not_for: Vec<Exemption>,
    reason_needed: bool,
}

pub(super) fn load_framework(act: &mut Act<'_>) -> Result<()> {
    let framework = Framework::written_in_content(act.at)?;
    diesel::insert_into(framework_versions::table).values(&framework.version).execute(act.conn)?;
    each!(act.conn, c => diesel::insert_into(framework_areas::table).values(&framework.areas).execute(c))?;
    each!(act.conn, c => diesel::insert_into(framework_standards::table).values(&framework.standards).execute(c))?;
    each!(act.conn, c => diesel::insert_into(framework_indicators::table).values(&framework.indicators).execute(c))?;
    let subject = Subject::of("framework", framework.version.id);
    act.record("framework published", subject, json!({ "number": framework.version.number }))
}

fn framework_from(file: FrameworkFile, at: NaiveDateTime) -> Framework {
    let id = FrameworkVersionId::new();
    let version = FrameworkVersion {
        id,
        number: file.number,
        title: file.title,
        introduction: file.introduction,
        state: FrameworkState::InForce,
        published_at: Some(at),
    };
    let mut framework = Framework { version, areas: Vec::new(), standards: Vec::new(), indicators: Vec::new() };
    for area in file.areas {
        for standard in area.standards {
            for indicator in standard.indicators {
                let position = framework.indicators.len() as i32 + 1;
                framework.indicators.push(indicator.into_row(id, &standard.id, position));
            }
            framework.standards.push(Standard {
                framework_version_id: id,
                id: standard.id,
                area_id: area.id.clone(),
                position: framework.standards.len() as i32 + 1,
                title: standard.title,
                summary: standard.summary,
            });
        }
        framework.areas.push(Area {
            framework_version_id: id,
            id: area.id,
            position: framework.areas.len() as i32 + 1,
            title: area.title,
            summary: area.summary,
        });
    }
    framework
}

impl IndicatorEntry {
    fn into_row(self, version: FrameworkVersionId, standard: &StandardId, position: i32) -> Indicator {
        let not_for: Vec<_> = self.not_for.into_iter().map(Exemption::as_str).collect();
        Indicator {
            framework_version_id: version,
            id: self.id,
            standard_id: standard.clone(),
            position,
            question: self.question,
            why: self.why,
            weight: self.weight,
            emerging: self.emerging,
            established: self.established,
            excelling: self.excelling,
            evidence_ideas: self.evidence.join("\n"),
            not_for: not_for.join("\n"),
            reason_needed: self.reason_needed,
        }
    }
}
