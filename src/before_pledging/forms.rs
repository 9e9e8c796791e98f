//! What an organisation says of its interest, and why the VRP gives leave.

use super::interest::NewInterest;
use super::leave::LeaveKind;
use crate::web::{Ask, Form, Sent};
use crate::words::{Flaw, Passage};

const MOST_PEOPLE: i32 = 100;

/// How many would come, and when it suits.
pub struct InterestForm(pub NewInterest);

impl InterestForm {
    pub const FIELDS: &[&str] = &["people", "wish"];
}

impl Form for InterestForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let people = sent.read(
            Ask::new("people", "The number of people", "Enter how many people would come"),
            "The number of people must be a whole number from 1 to 100",
            |typed| match typed.trim() {
                "" => Err(Flaw::Missing),
                number => number.parse().ok().filter(|n| (1..=MOST_PEOPLE).contains(n)).ok_or(Flaw::Malformed),
            },
        );
        let wish = sent.read_optional(Ask::new("wish", "What suits you", ""), "", Passage::<1000>::parse);
        let wish = wish.map(|wish| wish.map(Passage::into_string).unwrap_or_default());
        Some(Self(NewInterest { people: people?, wish: wish? }))
    }
}

/// What is allowed, and why.
pub struct LeaveForm {
    pub kind: LeaveKind,
    pub reason: Passage<1000>,
}

impl LeaveForm {
    pub const FIELDS: &[&str] = &["kind", "reason"];
}

impl Form for LeaveForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let kind = sent.choice("kind", "Select what you let them do", LeaveKind::parse);
        let reason = sent.passage(Ask::new("reason", "Your reason", "Enter your reason"));
        Some(Self { kind: kind?, reason: reason? })
    }
}
