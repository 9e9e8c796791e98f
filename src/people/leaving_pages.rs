//! The pages of leaving: what the leaver holds, and who can take each thing over.

use serde::Serialize;

use super::forms::LeavingForm;
use super::holding::{Holding, Thing};
use super::person_pages::NOBODY_WOULD_LEAD;
use crate::organisations::{Member, MembershipRole, Organisation};
use crate::web::{Choice, Field, Filled, Link, Page, Sample, count, sample};

pub(super) const NOBODY_TO_CHOOSE: &str = "Select someone from the list, or the leads together";

pub(super) fn ended_notice(name: &str) -> String {
    format!("{name} no longer belongs to your organisation here")
}

pub(super) fn left_notice(organisation: &Organisation) -> String {
    format!("You have left {}", organisation.name)
}

/// A thing that someone looks after, as a letter lists it.
pub(super) fn say_held(thing: Thing, held: i64) -> String {
    let held = held as usize;
    match thing {
        Thing::Safeguarding => "being named as the safeguarding lead".to_owned(),
        Thing::Signature => "the signature for governance that the pledge waits for".to_owned(),
        Thing::Documents => count(held, "document", "documents"),
        Thing::Answers => format!("{} of the self-assessment", count(held, "answer", "answers")),
        Thing::Steps => format!("{} of the action plan", count(held, "open step", "open steps")),
        Thing::Invitations => count(held, "open invitation", "open invitations"),
    }
}

/// Who has it now.
pub(super) fn say_heir(thing: Thing, held: i64, heir: Option<&Member>, chosen: Option<&Member>) -> String {
    let what = say_held(thing, held);
    match (heir, thing) {
        (Some(heir), _) if chosen.is_some() => format!("{what}: {}", heir.person.name),
        (Some(heir), _) => format!("{what}: {} until you name someone else", heir.person.name),
        (None, Thing::Signature) => format!("{what}: nobody can give it now. Invite someone who signs for governance"),
        (None, _) => format!("{what}: the leads together"),
    }
}

/// One thing to hand over.
#[derive(Serialize, Clone)]
struct ThingRow {
    label: String,
    hint: &'static str,
    field: Field,
    /// The leads, then whoever can take it.
    options: Vec<Choice>,
    /// Is there anyone to choose?
    has_choice: bool,
}

impl ThingRow {
    fn new(thing: Thing, held: i64, others: &[Member], chooser: MembershipRole, form: &Filled) -> Self {
        let able = others.iter().filter(|member| thing.can_be_given_by(chooser) && thing.can_go_to(member));
        let people = able.map(|member| Choice::new(member.person.id.to_string(), &member.person.name));
        let leads = Choice::new(LeavingForm::THE_LEADS, "The leads together");
        let options: Vec<Choice> = std::iter::once(leads).chain(people).collect();
        let has_choice = options.len() > 1;
        Self {
            label: label_of(thing, held),
            hint: hint_of(thing),
            field: form.field(thing.as_str()),
            options,
            has_choice,
        }
    }
}

fn label_of(thing: Thing, held: i64) -> String {
    let held = held as usize;
    match thing {
        Thing::Safeguarding => "Safeguarding lead".to_owned(),
        Thing::Signature => "Signing the pledge for governance".to_owned(),
        Thing::Documents => count(held, "document", "documents"),
        Thing::Answers => format!("{} of the self-assessment", count(held, "answer", "answers")),
        Thing::Steps => format!("{} of the action plan", count(held, "open step", "open steps")),
        Thing::Invitations => count(held, "open invitation", "open invitations"),
    }
}

fn hint_of(thing: Thing) -> &'static str {
    match thing {
        Thing::Safeguarding => {
            "Someone must always be named. Without a choice it is the lead who has been here longest"
        }
        Thing::Signature => "Whoever you choose becomes a governance signatory. Without a choice nobody can sign",
        Thing::Documents => "Keeping them in date. Who added them stays on the record",
        Thing::Answers => "Knowing what was meant, and changing it. Who gave them stays on the record",
        Thing::Steps => "Taking them, and saying how they go. The plan stays as it is",
        Thing::Invitations => "Sending them again or withdrawing them",
    }
}

/// What both pages show.
#[derive(Serialize)]
struct HandOver {
    holds: Option<&'static str>,
    things: Vec<ThingRow>,
    address: String,
    form: Filled,
}

impl HandOver {
    fn new(leaver: &Leaver<'_>, chooser: MembershipRole, address: String, form: Filled) -> Self {
        let row = |(thing, held): &(Thing, i64)| ThingRow::new(*thing, *held, &leaver.others, chooser, &form);
        let things: Vec<ThingRow> = leaver.holding.iter().map(row).collect();
        Self::with(things, say_what_is_held(leaver.member), address, form)
    }

    /// What is wrong with a choice that is not on the page is said of the whole.
    fn with(things: Vec<ThingRow>, holds: Option<&'static str>, address: String, mut form: Filled) -> Self {
        let is_there = |href: &str| things.iter().any(|row| row.has_choice && href[1..] == *row.field.id);
        form.problems.iter_mut().filter(|p| !is_there(&p.href)).for_each(|p| p.href = "#leaving".to_owned());
        Self { holds, things, address, form }
    }
}

/// Someone who is about to leave, with what they hold and the others who are there.
pub(super) struct Leaver<'a> {
    pub organisation: &'a Organisation,
    pub member: &'a Member,
    pub holding: Holding,
    pub others: Vec<Member>,
}

/// A lead ends someone's membership.
#[derive(Serialize)]
pub struct EndingPage {
    organisation_name: String,
    name: String,
    #[serde(flatten)]
    hand_over: HandOver,
    #[serde(skip)]
    back_to: String,
}
impl EndingPage {
    pub(super) fn new(leaver: &Leaver<'_>, form: Filled) -> Self {
        let person = format!("/organisations/{}/people/{}", leaver.organisation.slug, leaver.member.person.id);
        Self {
            organisation_name: leaver.organisation.name.clone(),
            name: leaver.member.person.name.clone(),
            hand_over: HandOver::new(leaver, MembershipRole::Lead, format!("{person}/leaving"), form),
            back_to: person,
        }
    }
}
impl Page for EndingPage {
    const TEMPLATE: &'static str = "people/ending";
    fn title(&self) -> String {
        format!("{} is leaving", self.name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// Someone leaves.
#[derive(Serialize)]
pub struct LeavingPage {
    organisation_name: String,
    #[serde(flatten)]
    hand_over: HandOver,
    #[serde(skip)]
    back_to: String,
}
impl LeavingPage {
    pub(super) fn new(leaver: &Leaver<'_>, form: Filled) -> Self {
        let people = format!("/organisations/{}/people", leaver.organisation.slug);
        let role = leaver.member.membership.role;
        Self {
            organisation_name: leaver.organisation.name.clone(),
            hand_over: HandOver::new(leaver, role, format!("{people}/me/leaving"), form),
            back_to: people,
        }
    }
}
impl Page for LeavingPage {
    const TEMPLATE: &'static str = "people/leaving";
    fn title(&self) -> String {
        format!("Leave {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// What the others must see to when this one has gone.
fn say_what_is_held(member: &Member) -> Option<&'static str> {
    match member.membership.role {
        MembershipRole::Lead => {
            Some("A lead runs the page: the other leads take over people, pledge, training and self-assessment.")
        }
        MembershipRole::Signatory => {
            Some("A governance signatory signs the pledge: check that someone else can, and invite them if not.")
        }
        MembershipRole::Practitioner | MembershipRole::Viewer => None,
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let refused = || {
        let form = Thing::ALL.iter().fold(Filled::default(), |form, thing| form.with(thing.as_str(), ""));
        form.with_problem("leaving", NOBODY_WOULD_LEAD).with_problem("documents", NOBODY_TO_CHOOSE)
    };
    let row = |thing: Thing, held: i64, others: &[&str]| {
        let leads = [Choice::new(LeavingForm::THE_LEADS, "The leads together")];
        let people = others.iter().map(|name| Choice::new(*name, *name));
        ThingRow {
            label: label_of(thing, held),
            hint: hint_of(thing),
            field: refused().field(thing.as_str()),
            options: leads.into_iter().chain(people).collect(),
            has_choice: !others.is_empty(),
        }
    };
    let all = [
        row(Thing::Safeguarding, 1, &["Ben Ward", "Rob Hill"]),
        row(Thing::Signature, 1, &[]),
        row(Thing::Documents, 3, &["Ben Ward"]),
        row(Thing::Answers, 1, &["Ben Ward"]),
        row(Thing::Invitations, 2, &["Ben Ward"]),
    ];
    let address = "/organisations/the-hub/people/me/leaving";
    let hand_over = |things: &[ThingRow], holds| HandOver::with(things.to_vec(), holds, address.into(), refused());
    let ending = |things: &[ThingRow], holds| EndingPage {
        organisation_name: "The Hub".into(),
        name: "Asha Patel".into(),
        hand_over: hand_over(things, holds),
        back_to: "/organisations/the-hub/people/1".into(),
    };
    let leaving = |things: &[ThingRow], holds| LeavingPage {
        organisation_name: "The Hub".into(),
        hand_over: hand_over(things, holds),
        back_to: "/organisations/the-hub/people".into(),
    };
    let held = Some("A governance signatory signs the pledge.");
    vec![
        sample(&ending(&all, held)),
        sample(&ending(&[], None)),
        sample(&leaving(&all, held)),
        sample(&leaving(&[], None)),
    ]
}
