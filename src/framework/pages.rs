//! The framework in plain words, and the words for its levels.

use serde::Serialize;

use super::version::{Framework, FrameworkState, Indicator, Level, Standard, Weight};
use crate::clock::{day_of, say_day};
use crate::web::{Page, Sample, count, sample};

pub fn level_name(level: Level) -> &'static str {
    match level {
        Level::Emerging => "Emerging",
        Level::Established => "Established",
        Level::Excelling => "Excelling",
    }
}

pub fn weight_name(weight: Weight) -> &'static str {
    match weight {
        Weight::Must => "Must",
        Weight::Should => "Should",
    }
}

/// The whole framework.
#[derive(Serialize)]
pub struct FrameworkPage {
    #[serde(skip)]
    title: String,
    heading: String,
    introduction: String,
    version_text: String,
    /// It is not the version in force.
    standing: Option<&'static str>,
    areas: Vec<AreaPart>,
    terms: Vec<TermRow>,
}

#[derive(Serialize)]
struct AreaPart {
    anchor: String,
    name: String,
    summary: String,
    size_text: String,
    standards: Vec<StandardPart>,
}

#[derive(Serialize)]
struct StandardPart {
    anchor: String,
    name: String,
    summary: String,
    indicators: Vec<IndicatorPart>,
}

#[derive(Serialize)]
struct IndicatorPart {
    anchor: String,
    question: String,
    why: String,
    weight: &'static str,
    levels: Vec<LevelPart>,
    /// How young people can speak to it.
    voice: String,
    helps: Vec<Help>,
    ideas: Vec<String>,
}

#[derive(Serialize)]
struct LevelPart {
    name: &'static str,
    descriptor: String,
}

#[derive(Serialize)]
struct TermRow {
    term: String,
    meaning: String,
}

impl FrameworkPage {
    pub fn new(framework: &Framework) -> Self {
        let areas = framework.areas.iter().map(|area| {
            let standards: Vec<_> =
                framework.standards_of(&area.id).map(|standard| StandardPart::of(framework, standard)).collect();
            let indicators = standards.iter().map(|standard| standard.indicators.len()).sum();
            AreaPart {
                anchor: area.id.to_string(),
                name: area.title.clone(),
                summary: area.summary.clone(),
                size_text: count(indicators, "question", "questions"),
                standards,
            }
        });
        let version = &framework.version;
        Self {
            title: version.title.clone(),
            heading: version.title.clone(),
            introduction: version.introduction.clone(),
            version_text: match version.published_at {
                Some(at) => format!("Version {}, published on {}", version.number, say_day(day_of(at))),
                None => "A draft".to_owned(),
            },
            standing: match version.state {
                FrameworkState::InForce => None,
                FrameworkState::Superseded => Some(
                    "This version has been superseded. Self-assessments that were handed in against it stay with it.",
                ),
                FrameworkState::Draft => Some("This is a draft. Nobody but the VRP can see it."),
            },
            areas: areas.collect(),
            terms: framework
                .terms
                .iter()
                .map(|t| TermRow { term: t.term.clone(), meaning: t.meaning.clone() })
                .collect(),
        }
    }
}

impl StandardPart {
    fn of(framework: &Framework, standard: &Standard) -> Self {
        Self {
            anchor: standard.id.to_string(),
            name: standard.title.clone(),
            summary: standard.summary.clone(),
            indicators: framework.indicators_of(&standard.id).map(IndicatorPart::of).collect(),
        }
    }
}

/// Something that helps with a question.
#[derive(Debug, Clone, Serialize)]
pub struct Help {
    words: String,
    address: Option<String>,
}

impl Help {
    /// Everything that helps with one question.
    pub fn of(indicator: &Indicator) -> Vec<Self> {
        let help = |(words, address): (&str, Option<&str>)| Self {
            words: words.to_owned(),
            address: address.map(str::to_owned),
        };
        indicator.helps().map(help).collect()
    }
}

impl IndicatorPart {
    fn of(indicator: &Indicator) -> Self {
        let level =
            |level: &Level| LevelPart { name: level_name(*level), descriptor: indicator.descriptor(*level).to_owned() };
        Self {
            anchor: indicator.id.to_string(),
            question: indicator.question.clone(),
            why: indicator.why.clone(),
            weight: weight_name(indicator.weight),
            levels: Level::ALL.iter().map(level).collect(),
            voice: indicator.voice.clone(),
            helps: Help::of(indicator),
            ideas: indicator.ideas().map(str::to_owned).collect(),
        }
    }
}

impl Page for FrameworkPage {
    const TEMPLATE: &'static str = "framework/framework";
    fn title(&self) -> String {
        self.title.clone()
    }
}

/// The page with made-up content.
pub fn samples() -> Vec<Sample> {
    let framework = Framework::written_in_content(Default::default()).expect("the content holds a framework");
    let mut old = framework.clone();
    old.version.state = FrameworkState::Superseded;
    old.indicators[0].voice = "Young people can say what their first visit was like.".into();
    vec![sample(&FrameworkPage::new(&framework)), sample(&FrameworkPage::new(&old))]
}
