//! What the VRP types to set a value.

use super::value::Programme;
use crate::web::{Ask, Form, Sent};
use crate::words::parse_whole;

const MOST_MONTHS: u32 = 60;
const MOST_DAYS: u32 = 365;

impl Programme {
    pub const FIELDS: &[&str] = &[
        "pledge_months",
        "training_first",
        "tie_months",
        "review_days",
        "decision_days",
        "appeal_days",
        "appeal_answer_days",
    ];
}

impl Form for Programme {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let pledge_months = months(sent, "pledge_months", "How long a pledge lasts");
        let first = sent.choice("training_first", "Select whether training comes first", |typed| match typed {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        });
        let tie_months = months(sent, "tie_months", "How long a tie counts");
        let review_days = days(sent, "review_days", "How long a review should take");
        let decision_days = days(sent, "decision_days", "How long a decision should take");
        let appeal_days = days(sent, "appeal_days", "How long a decision can be appealed against");
        let answer_days = days(sent, "appeal_answer_days", "How long an appeal should take");
        Some(Self {
            pledge_months: pledge_months?,
            training_first: first?,
            tie_months: tie_months?,
            review_days: review_days?,
            decision_days: decision_days?,
            appeal_days: appeal_days?,
            appeal_answer_days: answer_days?,
        })
    }
}

fn months(sent: &mut Sent, name: &str, called: &str) -> Option<u32> {
    whole(sent, name, called, ("months", MOST_MONTHS))
}

fn days(sent: &mut Sent, name: &str, called: &str) -> Option<u32> {
    whole(sent, name, called, ("days", MOST_DAYS))
}

fn whole(sent: &mut Sent, name: &str, called: &str, (unit, most): (&str, u32)) -> Option<u32> {
    let rest = called.strip_prefix("How long").unwrap_or(called);
    let missing = format!("Enter how many {unit}{rest}");
    let malformed = format!("{called} must be a whole number of {unit} from 1 to {most}");
    sent.read(Ask::new(name, called, &missing), &malformed, |typed| parse_whole(typed, 1..=most))
}
