//! What reviewers and deciders fill in.

use super::finding::{Finding, NewFinding};
use super::review::Outcome;
use crate::ids::IndicatorId;
use crate::web::{Ask, Form, Sent};
use crate::words::Passage;

/// Taking a review, with the word that nothing makes one partial.
pub struct TakingForm;

impl TakingForm {
    pub const FIELDS: &[&str] = &["fair"];
}

impl Form for TakingForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        if sent.ticked("fair") {
            return Some(Self);
        }
        sent.refuse("fair", "Confirm that you can be fair, or leave this review to someone else")
    }
}

/// What is found in one indicator.
pub struct FindingForm {
    pub found: NewFinding,
}

impl FindingForm {
    pub const FIELDS: &[&str] = &["finding", "note", "note_within"];
}

impl Form for FindingForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let finding = sent.choice("finding", "Select what you find", Finding::parse);
        let ask = Ask::new("note", "Your note", "Write a note: the organisation needs to know what you mean");
        let note = match finding {
            Some(Finding::Agreed) | None => {
                sent.read_optional(ask, "", Passage::<3000>::parse).map(|note| note.map(Passage::into_string))
            }
            Some(_) => sent.passage::<3000>(ask).map(|note| Some(note.into_string())),
        };
        let ask = Ask::new("note_within", "Your note for the VRP", "");
        let within = sent.read_optional(ask, "", Passage::<3000>::parse).map(|note| note.map(Passage::into_string));
        let found =
            NewFinding { finding: finding?, note: note?.unwrap_or_default(), note_within: within?.unwrap_or_default() };
        Some(Self { found })
    }
}

/// What to change, indicator by indicator; those left empty can stay.
pub struct ChangesForm {
    pub asked: Vec<(IndicatorId, String)>,
}

impl ChangesForm {
    /// The name of an indicator's field.
    pub fn field_of(indicator: &IndicatorId) -> String {
        format!("change-{indicator}")
    }
}

impl Form for ChangesForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let mut names: Vec<String> = sent.beginning_with("change-").into_iter().map(|(id, _)| id).collect();
        names.sort();
        let mut asked = Vec::new();
        let mut flawed = false;
        for id in &names {
            let field = format!("change-{id}");
            let ask = Ask::new(&field, "What to change", "");
            match sent.read_optional(ask, "", Passage::<2000>::parse) {
                Some(Some(reason)) => asked.push((IndicatorId::from(id.as_str()), reason.into_string())),
                Some(None) => {}
                None => flawed = true,
            }
        }
        if flawed {
            return None;
        }
        if asked.is_empty() {
            return sent.refuse("changes", "Say for at least one answer what to change");
        }
        Some(Self { asked })
    }
}

/// What the reviewer recommends.
pub struct RecommendationForm {
    pub outcome: Outcome,
    pub reasons: String,
}

impl RecommendationForm {
    pub const FIELDS: &[&str] = &["outcome", "reasons"];
}

impl Form for RecommendationForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let outcome = sent.choice("outcome", "Select what you recommend", Outcome::parse);
        let reasons = sent.passage::<5000>(Ask::new("reasons", "Your reasons", "Give your reasons"));
        Some(Self { outcome: outcome?, reasons: reasons?.into_string() })
    }
}

/// What a decider does with a recommendation.
pub enum DecisionChoice {
    Decide(Outcome),
    SendBack,
}

impl DecisionChoice {
    pub const SEND_BACK: &str = "send_back";

    fn parse(word: &str) -> Option<Self> {
        if word == Self::SEND_BACK { Some(Self::SendBack) } else { Outcome::parse(word).map(Self::Decide) }
    }
}

/// A decision, or a recommendation sent back.
pub struct DecisionForm {
    pub choice: DecisionChoice,
    pub reasons: String,
}

impl DecisionForm {
    pub const FIELDS: &[&str] = &["outcome", "reasons"];
}

impl Form for DecisionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let choice = sent.choice("outcome", "Select what you decide", DecisionChoice::parse);
        let reasons = sent.passage::<5000>(Ask::new("reasons", "Your reasons", "Give your reasons"));
        Some(Self { choice: choice?, reasons: reasons?.into_string() })
    }
}
