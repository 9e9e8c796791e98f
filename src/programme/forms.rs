//! What the VRP types to set a value.

use super::value::Programme;
use crate::web::{Ask, Form, Sent};
use crate::words::Flaw;

const MOST_MONTHS: u32 = 60;

impl Programme {
    pub const FIELDS: &[&str] = &["pledge_months", "training_first"];
}

impl Form for Programme {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let months = sent.read(
            Ask::new("pledge_months", "How long a pledge lasts", "Enter how many months a pledge lasts"),
            "How long a pledge lasts must be a whole number of months from 1 to 60",
            |typed| match typed.trim() {
                "" => Err(Flaw::Missing),
                number => number.parse().ok().filter(|n| (1..=MOST_MONTHS).contains(n)).ok_or(Flaw::Malformed),
            },
        );
        let first = sent.choice("training_first", "Select whether training comes first", |typed| match typed {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        });
        Some(Self { pledge_months: months?, training_first: first? })
    }
}
