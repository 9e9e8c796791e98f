//! The page to type a code into, and what a code stands for.

use chrono::NaiveDate;
use serde::Serialize;

use crate::charter::{Capacity, PledgeInFull, PledgeState};
use crate::clock::{day_of, say_day};
use crate::organisations::Organisation;
use crate::review::{Endorsement, EndorsementState, RecordedStep, endorsement_state_name, level_name};
use crate::web::{Filled, Link, Page, Sample, sample};

/// Where a code is typed.
#[derive(Serialize)]
pub struct CodePage {
    form: Filled,
    /// A code that stands for nothing.
    unknown: Option<String>,
}

impl CodePage {
    pub fn empty() -> Self {
        Self { form: Filled::blank(&["code"]), unknown: None }
    }

    pub fn nothing_typed() -> Self {
        Self { form: Filled::blank(&["code"]).with_problem("code", "Enter a code, like PL-7K3M9QXZ"), unknown: None }
    }

    pub fn unknown(code: &str) -> Self {
        Self { form: Filled::blank(&["code"]).with("code", code), unknown: Some(code.to_owned()) }
    }
}

impl Page for CodePage {
    const TEMPLATE: &'static str = "credentials/code";
    fn title(&self) -> String {
        if self.unknown.is_some() { "We do not know this code".into() } else { "Check a certificate".into() }
    }
}

/// What a code stands for now.
#[derive(Serialize)]
pub struct ProofPage {
    kind: &'static str,
    organisation_name: String,
    /// Its public page, if it has one.
    organisation_address: Option<String>,
    stands: bool,
    state_text: String,
    /// Another pledge of theirs stands in its place.
    renewed: bool,
    /// Why it does not stand although it has not ended.
    halted: Option<Halted>,
    /// Why an endorsement does not stand.
    because: Option<String>,
    facts: Vec<Fact>,
    more: Option<Link>,
    /// What is short enough for a mark: what it is, and its last day.
    #[serde(skip)]
    pub(super) short: (String, String),
}

/// The organisation is suspended or closed.
#[derive(Serialize)]
struct Halted {
    closed: bool,
    since: String,
}

#[derive(Serialize)]
struct Fact {
    name: &'static str,
    text: String,
}

impl Fact {
    fn new(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, text: text.into() }
    }
}

impl ProofPage {
    /// `newer`: the code of the pledge that stands in its place.
    pub fn of_pledge(organisation: &Organisation, whole: &PledgeInFull, newer: Option<&str>) -> Self {
        let pledge = &whole.pledge;
        let mut facts = vec![Fact::new("Code", &pledge.code), Fact::new("In force from", say(pledge.in_force_on))];
        facts.push(match pledge.withdrawn_on {
            Some(day) => Fact::new("Withdrawn on", say_day(day)),
            None if pledge.renewed_on.is_some() => Fact::new("Renewed on", say(pledge.renewed_on)),
            None => Fact::new("Last day", say(pledge.ends_on)),
        });
        if let Some(signed) = pledge.signed_name.as_ref().filter(|signed| **signed != organisation.name) {
            facts.push(Fact::new("Signed as", signed));
        }
        for (name, capacity) in [("For governance", Capacity::Governance), ("For the work", Capacity::Delivery)] {
            if let Some(signature) = whole.signed_as(capacity) {
                // Who it was is their organisation's to show, on its certificate.
                facts.push(Fact::new(name, format!("{}, on {}", signature.role, say_day(day_of(signature.signed_at)))));
            }
        }
        if whole.is_signed_by_one() {
            let allowed = "The Violence Reduction Partnership allowed one person to sign for both";
            facts.push(Fact::new("Signed by one person", allowed));
        }
        facts.push(Fact::new("Charter", format!("{}, version {}", whole.charter.title, whole.charter.number)));
        facts.push(Fact::new("Hash of its text", &pledge.charter_hash));
        Self {
            kind: "Pledge to the Youth Charter",
            stands: pledge.state() == PledgeState::InForce,
            state_text: if newer.is_some() { "Renewed" } else { pledge_state_text(pledge.state()) }.to_owned(),
            renewed: newer.is_some(),
            short: ("Youth Charter pledge".to_owned(), say(pledge.ends_on)),
            facts,
            more: Some(match newer {
                Some(code) => Link::new("See the pledge that stands now", format!("/verify/{code}")),
                None => Link::new("Read what they promised", format!("/pledges/{}", pledge.code)),
            }),
            ..Self::about(organisation)
        }
        .while_halted(organisation)
    }

    /// `last`: the last step it took.
    pub fn of_endorsement(organisation: &Organisation, endorsement: &Endorsement, last: Option<&RecordedStep>) -> Self {
        let facts = vec![
            Fact::new("Level", level_name(endorsement.level)),
            Fact::new("Number", &endorsement.number),
            Fact::new("Code", &endorsement.code),
            Fact::new("From", say_day(endorsement.starts_on)),
            Fact::new("Last day", say_day(endorsement.ends_on)),
        ];
        Self {
            kind: "Quality endorsement",
            stands: endorsement.is_in_force(),
            state_text: endorsement_state_name(endorsement.state()).to_owned(),
            short: (format!("Youth work quality: {}", level_name(endorsement.level)), say_day(endorsement.ends_on)),
            facts,
            because: say_why_not(organisation, endorsement, last),
            more: Some(Link::new("Read what endorsement looks at", "/framework")),
            ..Self::about(organisation)
        }
        .while_halted(organisation)
    }

    fn about(organisation: &Organisation) -> Self {
        let address = organisation.is_approved().then(|| format!("/directory/{}", organisation.slug));
        Self {
            kind: "",
            organisation_name: organisation.name.clone(),
            organisation_address: address,
            stands: false,
            state_text: String::new(),
            renewed: false,
            halted: None,
            because: None,
            facts: Vec::new(),
            more: None,
            short: Default::default(),
        }
    }

    /// Does it stand today, and how is that said?
    pub(super) fn state(&self) -> (bool, &str) {
        (self.stands, &self.state_text)
    }

    /// Why it does not stand, where that is said.
    pub(super) fn because(&self) -> Option<&str> {
        self.because.as_deref()
    }

    /// What has not ended does not stand all the same while the organisation is suspended or closed.
    fn while_halted(self, organisation: &Organisation) -> Self {
        if !self.stands || organisation.is_open() {
            return self;
        }
        let closed = organisation.is_closed();
        let since = organisation.standing_since.map(|at| say_day(day_of(at))).unwrap_or_default();
        let state_text = if closed { "The organisation is closed" } else { "Suspended" };
        Self { stands: false, state_text: state_text.into(), halted: Some(Halted { closed, since }), ..self }
    }
}

impl Page for ProofPage {
    const TEMPLATE: &'static str = "credentials/proof";
    fn title(&self) -> String {
        format!("{}: {}", self.organisation_name, self.state_text)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Check another code", "/verify"))
    }
}

/// What anyone reads of an endorsement that does not stand: why, since when, and whether it may stand again.
fn say_why_not(organisation: &Organisation, endorsement: &Endorsement, last: Option<&RecordedStep>) -> Option<String> {
    let name = &organisation.name;
    let on = last.map(|step| format!(" on {}", say_day(day_of(step.taken_at)))).unwrap_or_default();
    match endorsement.state() {
        EndorsementState::InForce => None,
        EndorsementState::Suspended => Some(format!(
            "This is real, but it does not stand at present: the Violence Reduction Partnership suspended it{on} while \
             it looks into something. It may stand again."
        )),
        EndorsementState::Revoked => Some(format!(
            "This was real. The Violence Reduction Partnership took it back{on}, and it does not stand any more."
        )),
        EndorsementState::Lapsed => Some(format!(
            "This was real. It came to its end: its last day was {}. Now it does not stand any more.",
            say_day(endorsement.ends_on)
        )),
        EndorsementState::Replaced => {
            Some(format!("This was real. {name} was endorsed again{on}, and the newer endorsement is in its place."))
        }
    }
}

fn pledge_state_text(state: PledgeState) -> &'static str {
    match state {
        PledgeState::InForce => "In force",
        PledgeState::Lapsed => "Ended",
        PledgeState::Withdrawn => "Withdrawn",
        PledgeState::Draft | PledgeState::PartSigned => "Not signed yet",
    }
}

fn say(day: Option<NaiveDate>) -> String {
    day.map(say_day).unwrap_or_default()
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let proof = |stands, state_text: &str| ProofPage {
        kind: "Quality endorsement",
        organisation_name: "The Hub".into(),
        organisation_address: Some("/directory/the-hub".into()),
        stands,
        state_text: state_text.into(),
        renewed: state_text == "Renewed",
        halted: None,
        because: None,
        facts: vec![Fact::new("Level", "Established"), Fact::new("Number", "YC-2026-0001")],
        more: Some(Link::new("Read what endorsement looks at", "/framework")),
        short: Default::default(),
    };
    let halted = |closed| Some(Halted { closed, since: "3 November 2026".into() });
    vec![
        sample(&CodePage::empty()),
        sample(&CodePage::nothing_typed()),
        sample(&CodePage::unknown("PL-NOTHING")),
        sample(&proof(true, "In force")),
        sample(&proof(false, "Ended")),
        sample(&ProofPage {
            because: Some("This is real, but it does not stand at present.".into()),
            ..proof(false, "Suspended")
        }),
        sample(&proof(false, "Renewed")),
        sample(&ProofPage { halted: halted(false), ..proof(false, "Suspended") }),
        sample(&ProofPage { halted: halted(true), ..proof(false, "The organisation is closed") }),
    ]
}
