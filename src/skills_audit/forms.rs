//! What people answer, a page at a time.

use super::instrument::Confidence;
use super::response::{Answer, Barrier};
use crate::ids::SkillId;
use crate::web::{Ask, Form, Sent};
use crate::words::Line;

/// A skill's field is this and the skill's id.
pub(super) const CONFIDENCE: &str = "confidence-";
pub(super) const WANTS: &str = "wants-";

pub(super) const WISH_ALONE: &str = "Select how confident you are as well, so that we can keep your wish for training";

/// One group of questions. Every one may be left out.
pub struct GroupForm {
    pub answers: Vec<Answer>,
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
        Some(Self { answers, then: Then::read(sent) })
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

/// Opening a round.
pub struct RoundForm {
    pub title: Line<100>,
}

impl RoundForm {
    pub const FIELDS: &[&str] = &["title"];
}

impl Form for RoundForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let title =
            sent.line(Ask::new("title", "Name of the round", "Enter a name for the round, like Skills audit 2027/28"))?;
        Some(Self { title })
    }
}
