//! The pages of signing and of what was signed, and the words for the two sides.

use serde::Serialize;

use super::charter_paper::SAMPLE;
use super::commitment::PledgeInFull;
use super::forms::{AUTHORISED, SignatureForm};
use super::pages::{Place, RENAMED};
use super::pledge::PledgeState;
use super::promise_pages::PromiseView;
use super::signature::{Capacity, PossibleSignatory, Signature, Turn};
use super::version::{CharterVersion, Statement};
use crate::clock::{day_of, say_day};
use crate::organisations::{Membership, Organisation};
use crate::web::{Choice, Filled, Link, Page, Problem, Sample, sample};

const NOT_SIGNED: &str = "You have not signed: what you wanted to sign has changed";

pub(super) fn signed_notice(state: PledgeState) -> &'static str {
    match state {
        PledgeState::InForce => "Your pledge is in force and in the public register",
        _ => "You have signed. One more signature is needed",
    }
}

/// What someone says when they sign; it is stored with the signature.
pub(super) fn authority_statement(organisation: &Organisation) -> String {
    format!("I have the authority to sign this pledge for {}", organisation.name)
}

#[derive(Serialize)]
pub(super) struct SignatureView {
    side: &'static str,
    line: String,
    authority: String,
}

impl SignatureView {
    pub(super) fn of(signature: &Signature) -> Self {
        Self {
            side: side_name(signature.capacity),
            line: signed_line(signature),
            authority: signature.authority.clone(),
        }
    }
}

impl SignatureView {
    pub(super) fn sample() -> Self {
        Self {
            side: side_name(Capacity::Delivery),
            line: "Asha Patel, youth worker in charge, on 3 November 2026".into(),
            authority: "I have the authority to sign this pledge for The Hub".into(),
        }
    }
}

fn side_name(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Governance => "Governance",
        Capacity::Delivery => "Delivery",
    }
}

pub(super) fn side_meaning(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Governance => "A trustee, chair or director",
        Capacity::Delivery => "A lead who answers for the work with young people",
    }
}

pub(super) fn in_sentence(capacity: Capacity) -> String {
    side_name(capacity).to_lowercase()
}

pub(super) fn signed_line(signature: &Signature) -> String {
    format!("{}, {}, on {}", signature.name, signature.role, say_day(day_of(signature.signed_at)))
}

/// All the words, to be checked and signed.
#[derive(Serialize)]
pub struct SignaturePage {
    #[serde(flatten)]
    pub(super) place: Place,
    /// Where the form goes.
    pub(super) sign_at: String,
    /// Reached by a link in an e-mail: there is nothing else to go to.
    pub(super) by_link: bool,
    charter_number: i32,
    charter_title: String,
    introduction: String,
    charter_hash: String,
    words_hash: String,
    sample: Option<&'static str>,
    promises: Vec<PromiseView>,
    first_signature: Option<SignatureView>,
    first_side: String,
    /// The word of the one side that is free for them; `None` when they choose.
    only_side: Option<Capacity>,
    side_text: String,
    side_choices: Vec<Choice>,
    authority_choices: Vec<Choice>,
    form: Filled,
}

impl SignaturePage {
    pub fn new(
        organisation: &Organisation,
        membership: Option<&Membership>,
        whole: &PledgeInFull,
        free: &[Capacity],
        form: Filled,
    ) -> Self {
        let place = match membership {
            Some(membership) => Place::of(organisation, membership),
            None => Place::seen_by_a_signatory(organisation),
        };
        let can_change = place.can_lead && whole.pledge.state() == PledgeState::Draft;
        let only_side = if let [only] = free { Some(*only) } else { None };
        let side = |side: &Capacity| Choice::new(side.as_str(), side_name(*side)).with_hint(side_meaning(*side));
        Self {
            sign_at: format!("{}/signature", place.address),
            by_link: false,
            charter_number: whole.charter.number,
            charter_title: whole.charter.title.clone(),
            introduction: whole.charter.introduction.clone(),
            charter_hash: whole.pledge.charter_hash.clone(),
            words_hash: whole.words_hash(&organisation.name),
            sample: whole.charter.sample.then_some(SAMPLE),
            promises: PromiseView::all(whole, can_change.then_some(place.address.as_str())),
            first_signature: whole.signatures.first().map(SignatureView::of),
            first_side: whole.signatures.first().map(|first| in_sentence(first.capacity)).unwrap_or_default(),
            only_side,
            side_text: only_side.map(in_sentence).unwrap_or_default(),
            side_choices: free.iter().map(side).collect(),
            authority_choices: vec![Choice::new(AUTHORISED, authority_statement(organisation))],
            form,
            place,
        }
    }
}

impl Page for SignaturePage {
    const TEMPLATE: &'static str = "charter/signature";
    fn title(&self) -> String {
        "Check and sign your pledge".into()
    }
    fn back(&self) -> Option<Link> {
        if self.by_link { None } else { Link::back(&self.place.address) }
    }
}

/// Why someone cannot sign now, and what has to happen first.
#[derive(Serialize)]
pub struct CannotSignPage {
    #[serde(flatten)]
    place: Place,
    heading: &'static str,
    explanation: String,
    /// For the side that is missing: who can sign, if that is what it waits for.
    waits_for: Option<WaitView>,
    /// A link can be sent to someone without an account.
    can_ask: bool,
    /// What someone typed who wanted to sign and could not.
    typed: Option<TypedView>,
}

/// The Charter in force, for whoever read another, with their name and role as they typed them.
#[derive(Serialize)]
struct TypedView {
    problems: Vec<Problem>,
    name: String,
    role: String,
    charter_number: i32,
    statements: Vec<PromiseView>,
}

#[derive(Serialize)]
struct WaitView {
    side: String,
    meaning: &'static str,
    names: Vec<String>,
}

impl CannotSignPage {
    pub fn new(organisation: &Organisation, whole: &PledgeInFull, turn: &Turn, possible: &[PossibleSignatory]) -> Self {
        let (heading, explanation) = match (turn, whole.signatures.first()) {
            (Turn::Signed, _) => (
                "You have signed",
                "Thank you. The pledge comes into force with the second signature, \
                which must be someone else’s."
                    .to_owned(),
            ),
            (Turn::SideSigned, Some(first)) => {
                ("Your side has signed", format!("{} has signed for {}.", first.name, in_sentence(first.capacity)))
            }
            (Turn::Outdated, _) => (
                "The Charter has changed",
                "A lead has to continue with the new Charter before anyone can sign.".to_owned(),
            ),
            (Turn::Renamed, _) => (
                "Sign again under the new name",
                format!("{RENAMED}. A lead removes that signature, and both sign again."),
            ),
            _ => (
                "The pledge is not ready to sign",
                format!("{} of {} statements have their words.", whole.written(), whole.promises.len()),
            ),
        };
        let waits = matches!(turn, Turn::Signed | Turn::SideSigned);
        Self {
            place: Place::seen_by_a_signatory(organisation),
            heading,
            explanation,
            can_ask: waits,
            waits_for: whole.signatures.first().filter(|_| waits).map(|first| WaitView::of(first, possible)),
            typed: None,
        }
    }

    /// With what they typed, and what the Charter says now.
    pub fn after(mut self, form: &Filled, charter: &CharterVersion, statements: &[Statement]) -> Self {
        self.typed = Some(TypedView {
            problems: vec![Problem { href: "#typed".into(), text: NOT_SIGNED.into() }],
            name: form.field("name").value,
            role: form.field("role").value,
            charter_number: charter.number,
            statements: statements.iter().map(PromiseView::unwritten).collect(),
        });
        self
    }
}

impl WaitView {
    fn of(first: &Signature, possible: &[PossibleSignatory]) -> Self {
        let side = first.capacity.other();
        let can = |one: &&PossibleSignatory| Some(one.account) != first.account_id && one.capacities.contains(&side);
        Self {
            side: in_sentence(side),
            meaning: side_meaning(side),
            names: possible.iter().filter(can).map(|one| one.name.clone()).collect(),
        }
    }
}

impl Page for CannotSignPage {
    const TEMPLATE: &'static str = "charter/cannot-sign";
    fn title(&self) -> String {
        self.heading.into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.place.address)
    }
}

/// Each page with made-up content.
pub(super) fn signing_samples() -> Vec<Sample> {
    let wrong = Filled::blank(SignatureForm::FIELDS).with_problem("name", "Enter your full name");
    let signature_page = SignaturePage {
        place: Place::sample(),
        sign_at: "/organisations/the-hub/pledge/signature".into(),
        by_link: false,
        charter_number: 1,
        charter_title: "Youth Charter".into(),
        introduction: "This Charter says what young people expect.".into(),
        charter_hash: "0f".repeat(32),
        words_hash: "1e".repeat(32),
        sample: Some(SAMPLE),
        promises: PromiseView::samples(),
        first_signature: Some(SignatureView::sample()),
        first_side: "delivery".into(),
        only_side: Some(Capacity::Governance),
        side_text: "governance".into(),
        side_choices: Vec::new(),
        authority_choices: vec![Choice::new(AUTHORISED, "I have the authority to sign this pledge for The Hub")],
        form: wrong,
    };
    let both = Capacity::ALL.iter().map(|side| Choice::new(side.as_str(), side_name(*side))).collect();
    let waits_for = |names: &[&str]| WaitView {
        side: "governance".into(),
        meaning: side_meaning(Capacity::Governance),
        names: names.iter().map(|&name| name.into()).collect(),
    };
    let cannot = |waits_for| CannotSignPage {
        place: Place::sample(),
        heading: "You have signed",
        explanation: "Thank you. The pledge comes into force with the second signature.".into(),
        can_ask: true,
        waits_for,
        typed: None,
    };
    let typed = TypedView {
        problems: vec![Problem { href: "#typed".into(), text: NOT_SIGNED.into() }],
        name: "Rob Ward".into(),
        role: "Chair".into(),
        charter_number: 2,
        statements: PromiseView::samples(),
    };
    let choosing = Filled::blank(SignatureForm::FIELDS).with_problem("capacity", "Select which side you sign for");
    vec![
        sample(&signature_page),
        sample(&SignaturePage {
            first_signature: None,
            only_side: None,
            side_choices: both,
            form: choosing,
            ..signature_page
        }),
        sample(&cannot(Some(waits_for(&["Rob Ward"])))),
        sample(&cannot(Some(waits_for(&[])))),
        sample(&cannot(None)),
        sample(&CannotSignPage { typed: Some(typed), ..cannot(None) }),
    ]
}
