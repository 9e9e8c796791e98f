//! What people type who ask to take over, object, or decide.

use crate::organisations::Engagement;
use crate::web::{Ask, Form, Sent};
use crate::words::{Line, Passage};

/// Asking to take over.
pub struct RescueForm {
    pub position: Line<100>,
    pub engagement: Engagement,
    pub reasons: Passage<2000>,
}

impl RescueForm {
    pub const FIELDS: &[&str] = &["position", "engagement", "reasons"];
}

impl Form for RescueForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let position = sent.line(Ask::new("position", "What you are there", "Enter what you are there"));
        let engagement = sent.choice("engagement", "Select how you work for them", Engagement::parse);
        let reasons =
            sent.passage(Ask::new("reasons", "What happened", "Enter what happened to the leads, and how you know"));
        Some(Self { position: position?, engagement: engagement?, reasons: reasons? })
    }
}

/// Objecting.
pub struct ObjectionForm {
    pub reason: Passage<2000>,
}

impl ObjectionForm {
    pub const FIELDS: &[&str] = &["reason"];
}

impl Form for ObjectionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.passage(Ask::new("reason", "Your reason", "Enter why they should not take over"))
            .map(|reason| Self { reason })
    }
}

/// What an administrator of the VRP decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RescueOutcome {
    Grant,
    Refuse,
}

impl RescueOutcome {
    fn parse(word: &str) -> Option<Self> {
        match word {
            "grant" => Some(Self::Grant),
            "refuse" => Some(Self::Refuse),
            _ => None,
        }
    }
}

/// Deciding.
pub struct RescueDecisionForm {
    pub outcome: RescueOutcome,
    pub reasons: Passage<2000>,
}

impl RescueDecisionForm {
    pub const FIELDS: &[&str] = &["outcome", "reasons"];
}

impl Form for RescueDecisionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let outcome = sent.choice("outcome", "Select what you decide", RescueOutcome::parse);
        let reasons = sent.passage(Ask::new("reasons", "Your reasons", "Enter your reasons"));
        Some(Self { outcome: outcome?, reasons: reasons? })
    }
}
