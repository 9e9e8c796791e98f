//! What people answer, a page at a time.

use super::instrument::Confidence;
use super::paper::PaperAnswers;
use super::response::{Answer, Barrier};
use crate::ids::{ModuleId, OpenQuestionId, SkillId};
use crate::web::{Ask, Form, Sent};
use crate::words::Passage;

/// A skill's field is this and the skill's id.
pub(super) const CONFIDENCE: &str = "confidence-";
pub(super) const WANTS: &str = "wants-";
/// An open question's field is this and the question's id.
pub(super) const WORDS: &str = "words-";

pub(super) const WISH_ALONE: &str = "Select how confident you are as well, so that we can keep your wish for training";

/// One group of questions. Every one may be left out.
pub struct GroupForm {
    pub answers: Vec<Answer>,
    /// A mark of what was saved when the page was drawn; empty when it is not known.
    pub seen: String,
    pub then: Then,
}

/// Where to go when the answers are saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    GoOn,
    ComeBackLater,
}

impl Then {
    fn read(sent: &mut Sent) -> Self {
        if sent.typed("then") == "later" { Self::ComeBackLater } else { Self::GoOn }
    }
}

impl Form for GroupForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let wanted: Vec<String> = sent.beginning_with(WANTS).into_iter().map(|(skill, _)| skill).collect();
        let chosen = sent.beginning_with(CONFIDENCE);
        let mut answers = Vec::new();
        for (skill, typed) in &chosen {
            match Confidence::parse(typed) {
                Some(confidence) => {
                    let wants = wanted.contains(skill);
                    answers.push(Answer { skill: SkillId::from(skill.as_str()), confidence, wants });
                }
                None => {
                    sent.refuse::<()>(&format!("{CONFIDENCE}{skill}"), "Select one of the five answers");
                }
            }
        }
        // A wish without an answer beside it would be lost.
        for skill in wanted.iter().filter(|skill| chosen.iter().all(|(answered, _)| answered != *skill)) {
            sent.refuse::<()>(&format!("{CONFIDENCE}{skill}"), WISH_ALONE);
        }
        let seen = sent.typed("seen");
        Some(Self { answers, seen, then: Then::read(sent) })
    }
}

/// What stops someone from training: any number of things, or none.
pub struct BarriersForm {
    pub barriers: Vec<Barrier>,
    pub then: Then,
}

impl Form for BarriersForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let barriers = sent.choices("barriers", Barrier::parse);
        Some(Self { barriers, then: Then::read(sent) })
    }
}

/// What someone holds already: any number of modules, or none.
pub struct HeldForm {
    pub modules: Vec<ModuleId>,
    pub then: Then,
}

impl Form for HeldForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let modules = sent.choices("held", |word| Some(ModuleId::from(word)));
        Some(Self { modules, then: Then::read(sent) })
    }
}

/// What someone says in their own words: each may be left empty.
pub struct WordsForm {
    pub words: Vec<(OpenQuestionId, String)>,
    pub shares_name: bool,
    pub then: Then,
}

impl Form for WordsForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let asked: Vec<String> = sent.beginning_with(WORDS).into_iter().map(|(question, _)| question).collect();
        let mut words = Vec::new();
        for question in asked {
            let name = format!("{WORDS}{question}");
            let ask = Ask::new(&name, "Your answer", "Enter your answer");
            if let Some(Some(said)) = sent.read_optional(ask, "", Passage::<1000>::parse) {
                words.push((OpenQuestionId::from(question.as_str()), said.into_string()));
            }
        }
        let shares_name = sent.ticked("shares");
        Some(Self { words, shares_name, then: Then::read(sent) })
    }
}

/// A whole sheet, typed from paper.
pub struct PaperForm(pub PaperAnswers);

impl Form for PaperForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let GroupForm { answers, .. } = GroupForm::parse(sent)?;
        let held = sent.choices("held", |word| Some(ModuleId::from(word)));
        let barriers = sent.choices("barriers", Barrier::parse);
        if answers.is_empty() {
            return sent.refuse("sheet", "Select an answer to at least one question");
        }
        Some(Self(PaperAnswers { answers, held, barriers }))
    }
}

/// The names of the fields of one skill, on a sheet that is typed: how confident, and whether training is wanted.
pub fn sheet_fields(skill: &SkillId) -> (String, String) {
    (format!("{CONFIDENCE}{skill}"), format!("{WANTS}{skill}"))
}
