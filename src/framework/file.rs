//! The framework as a file: one TOML document in the shape of `content/quality.toml`, with the words explained at its
//! end. What is written here is read here, whole; how a file is looked over before it is loaded is `reading`'s.

use serde::{Deserialize, Serialize};

use super::glossary::GlossaryTerm;
use super::version::{Area, Exemption, Framework, FrameworkVersion, Indicator, Standard, Weight};
use crate::error::{Error, Result};
use crate::ids::{AreaId, FrameworkVersionId, IndicatorId, StandardId};

#[derive(Serialize, Deserialize)]
pub(super) struct FrameworkFile {
    /// Of a draft, 0. Nobody asks for it in a file that is read: a version has its number when it is published.
    #[serde(default)]
    pub(super) number: i32,
    title: String,
    introduction: String,
    areas: Vec<AreaEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    terms: Vec<GlossaryTerm>,
}

#[derive(Serialize, Deserialize)]
struct AreaEntry {
    id: AreaId,
    title: String,
    summary: String,
    standards: Vec<StandardEntry>,
}

#[derive(Serialize, Deserialize)]
struct StandardEntry {
    id: StandardId,
    title: String,
    summary: String,
    indicators: Vec<IndicatorEntry>,
}

#[derive(Serialize, Deserialize)]
struct IndicatorEntry {
    id: IndicatorId,
    question: String,
    why: String,
    weight: Weight,
    emerging: String,
    established: String,
    excelling: String,
    evidence: Vec<String>,
    #[serde(default)]
    voice: String,
    /// One on each line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    resources: String,
    not_for: Vec<Exemption>,
    reason_needed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    comes_from: Option<IndicatorId>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    asks_anew: bool,
}

impl Framework {
    /// The whole of it as a file.
    pub fn as_toml(&self) -> Result<String> {
        toml::to_string_pretty(&FrameworkFile::of(self)).map_err(Error::unexpected)
    }

    /// What a file says, in the place of this version's texts; its words explained stay where the file has none. The
    /// file has been looked over: one that is no framework is an error of ours.
    pub fn replaced_by(&self, file: toml::Table) -> Result<Self> {
        let file: FrameworkFile = file.try_into().map_err(Error::unexpected)?;
        let mut framework = file.into_framework(self.version.clone());
        if framework.terms.is_empty() {
            framework.terms = self.terms.clone();
        }
        Ok(framework)
    }
}

impl FrameworkFile {
    fn of(framework: &Framework) -> Self {
        let standard = |standard: &Standard| StandardEntry {
            id: standard.id.clone(),
            title: standard.title.clone(),
            summary: standard.summary.clone(),
            indicators: framework.indicators_of(&standard.id).map(IndicatorEntry::of).collect(),
        };
        let area = |area: &Area| AreaEntry {
            id: area.id.clone(),
            title: area.title.clone(),
            summary: area.summary.clone(),
            standards: framework.standards_of(&area.id).map(standard).collect(),
        };
        Self {
            number: framework.version.number,
            title: framework.version.title.clone(),
            introduction: framework.version.introduction.clone(),
            areas: framework.areas.iter().map(area).collect(),
            terms: framework.terms.clone(),
        }
    }

    /// As the content of this version, whose texts it replaces.
    pub(super) fn into_framework(self, version: FrameworkVersion) -> Framework {
        let id = version.id;
        let version = FrameworkVersion { title: self.title, introduction: self.introduction, ..version };
        let (areas, standards, indicators) = (Vec::new(), Vec::new(), Vec::new());
        let mut framework = Framework { version, areas, standards, indicators, terms: self.terms };
        for area in self.areas {
            for standard in area.standards {
                let rows = standard.indicators.into_iter().map(|indicator| indicator.into_row(id, &standard.id));
                framework.indicators.extend(rows);
                framework.standards.push(Standard {
                    framework_version_id: id,
                    id: standard.id,
                    area_id: area.id.clone(),
                    position: 0,
                    title: standard.title,
                    summary: standard.summary,
                });
            }
            let (title, summary) = (area.title, area.summary);
            framework.areas.push(Area { framework_version_id: id, id: area.id, position: 0, title, summary });
        }
        framework.put_in_order();
        framework
    }
}

impl IndicatorEntry {
    fn of(indicator: &Indicator) -> Self {
        Self {
            id: indicator.id.clone(),
            question: indicator.question.clone(),
            why: indicator.why.clone(),
            weight: indicator.weight,
            emerging: indicator.emerging.clone(),
            established: indicator.established.clone(),
            excelling: indicator.excelling.clone(),
            evidence: indicator.ideas().map(str::to_owned).collect(),
            voice: indicator.voice.clone(),
            resources: indicator.resources.clone(),
            not_for: indicator.exemptions(),
            reason_needed: indicator.reason_needed,
            comes_from: indicator.comes_from.clone(),
            asks_anew: indicator.asks_anew,
        }
    }

    fn into_row(self, version: FrameworkVersionId, standard: &StandardId) -> Indicator {
        Indicator {
            framework_version_id: version,
            id: self.id,
            standard_id: standard.clone(),
            position: 0,
            question: self.question,
            why: self.why,
            weight: self.weight,
            emerging: self.emerging,
            established: self.established,
            excelling: self.excelling,
            evidence_ideas: self.evidence.join("\n"),
            not_for: Exemption::joined(&self.not_for),
            reason_needed: self.reason_needed,
            voice: self.voice,
            comes_from: self.comes_from,
            asks_anew: self.asks_anew,
            resources: self.resources,
        }
    }
}
