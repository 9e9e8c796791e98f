//! An organisation's own page, with what there is to do next, and the VRP's.

use serde::Serialize;

use super::standing::Standing;
use super::status::{Status, status, status_of, status_of_profile};
use super::trail::TrailRow;
use super::umbrella_tasks::umbrella_tasks;
use crate::charter::PledgeState;
use crate::clock::say_day;
use crate::organisations::{MembershipRole, Organisation, OrganisationState};
use crate::quality::AssessmentState;
use crate::review::{EndorsementState, level_name};
use crate::training::{CellState, Pathway};
use crate::voice::VoiceRoundState;
use crate::web::{Link, Page, Sample, count, sample};

/// One thing to do, and how far it has come.
#[derive(Serialize)]
pub(super) struct Task {
    name: &'static str,
    address: String,
    detail: String,
    status: String,
    colour: &'static str,
}

impl Task {
    pub(super) fn new(
        name: &'static str,
        address: String,
        detail: impl Into<String>,
        (status, colour): Status,
    ) -> Self {
        Self { name, address, detail: detail.into(), status, colour }
    }
}

/// An organisation's own page.
#[derive(Serialize)]
pub struct OrganisationPage {
    name: String,
    status: String,
    colour: &'static str,
    approved: bool,
    being_registered: bool,
    registration: String,
    request_for_more: Option<String>,
    needs_second_lead: bool,
    /// Why it is suspended or closed; for its leads.
    halted_because: Option<String>,
    /// Where to read who asks to take over, and to object.
    taking_over: Option<String>,
    invite: String,
    tasks: Vec<Task>,
    public: String,
    /// For leads: where to take everything along.
    /// Where a lead makes a pack for funders.
    pack: Option<String>,
    data: Option<String>,
    trail: Vec<TrailRow>,
}

impl OrganisationPage {
    pub fn new(organisation: &Organisation, role: MembershipRole, standing: &Standing) -> Self {
        let home = format!("/organisations/{}", organisation.slug);
        let (status, colour) = status_of(organisation);
        let leads = standing.matrix.rows.iter().filter(|r| r.member.membership.role == MembershipRole::Lead).count();
        let is_lead = role == MembershipRole::Lead;
        let trail = if is_lead { &standing.trail[..] } else { &[] };
        Self {
            name: organisation.name.clone(),
            status,
            colour,
            approved: organisation.is_approved(),
            being_registered: is_lead && organisation.is_being_registered(),
            registration: format!("{home}/registration"),
            request_for_more: organisation.request_for_more.clone(),
            needs_second_lead: is_lead && leads < 2 && !organisation.is_closed(),
            halted_because: standing.halted.as_ref().filter(|_| is_lead).map(|change| change.reason.clone()),
            taking_over: standing.rescue.as_ref().map(|_| format!("/take-over/{}", organisation.slug)),
            invite: format!("{home}/people/invitations/new"),
            tasks: tasks(&home, organisation, standing),
            public: format!("/directory/{}", organisation.slug),
            pack: (is_lead && organisation.is_approved() && organisation.is_open())
                .then(|| format!("{home}/funders-pack")),
            data: is_lead.then(|| format!("{home}/data")),
            trail: TrailRow::all_of(trail),
        }
    }
}

impl Page for OrganisationPage {
    const TEMPLATE: &'static str = "front/organisation";
    fn title(&self) -> String {
        self.name.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("My page", "/my"))
    }
}

fn tasks(home: &str, organisation: &Organisation, standing: &Standing) -> Vec<Task> {
    let mut tasks = vec![people_task(home, standing)];
    if organisation.is_approved() {
        tasks.extend([
            profile_task(home, standing),
            pledge_task(home, standing),
            skills_task(home, standing),
            training_task(home, standing),
            documents_task(home, standing),
            voice_task(home, standing),
            quality_task(home, standing),
        ]);
        tasks.extend(umbrella_tasks(home, standing));
    } else {
        tasks.insert(0, registration_task(home, organisation, standing));
    }
    tasks
}

fn registration_task(home: &str, organisation: &Organisation, standing: &Standing) -> Task {
    let detail = if standing.unanswered { "Some questions are still open" } else { "All questions are answered" };
    Task::new("Registration", format!("{home}/registration"), detail, status_of(organisation))
}

fn profile_task(home: &str, standing: &Standing) -> Task {
    let (detail, status) = status_of_profile(standing);
    Task::new("Profile", format!("{home}/profile"), detail, status)
}

fn people_task(home: &str, standing: &Standing) -> Task {
    let people = standing.matrix.rows.len();
    let status = if people > 1 { status("Begun", "blue") } else { status("Not started", "grey") };
    Task::new("People", format!("{home}/people"), count(people, "person", "people"), status)
}

fn voice_task(home: &str, standing: &Standing) -> Task {
    let (detail, status) = match standing.voice.as_ref().map(|round| (round, round.state)) {
        None => ("Ask them, without names".to_owned(), status("Not started", "grey")),
        Some((round, VoiceRoundState::Open)) => {
            (format!("They can answer until {}", say_day(round.closes_on)), status("Under way", "blue"))
        }
        Some((_, VoiceRoundState::Closed)) => ("They wait for your reply".to_owned(), status("To answer", "yellow")),
        Some((_, VoiceRoundState::Answered)) => ("You have answered them".to_owned(), status("Answered", "green")),
    };
    Task::new("What young people say", format!("{home}/voice"), detail, status)
}

fn documents_task(home: &str, standing: &Standing) -> Task {
    let (kept, overdue) = standing.documents;
    let status = match (kept, overdue) {
        (0, _) => status("Not started", "grey"),
        (_, 0) => status("In order", "green"),
        (_, overdue) => status(format!("{overdue} to review"), "orange"),
    };
    Task::new("Documents", format!("{home}/documents"), count(kept as usize, "document", "documents"), status)
}

fn pledge_task(home: &str, standing: &Standing) -> Task {
    let address = format!("{home}/pledge");
    let Some(full) = &standing.pledge else {
        return Task::new(
            "Pledge to the Youth Charter",
            address,
            "Seven statements, two signatures",
            status("Not started", "grey"),
        );
    };
    let written = format!("{} of {} commitments written", full.written(), full.promises.len());
    let ends = full.pledge.ends_on.map(say_day).unwrap_or_default();
    let (detail, status) = match full.pledge.state() {
        PledgeState::Draft => (written, status("Being written", "yellow")),
        PledgeState::PartSigned => ("One signature is missing".to_owned(), status("Half signed", "yellow")),
        PledgeState::InForce => (format!("In force until {ends}"), status("Pledged", "green")),
        PledgeState::Lapsed => (format!("Ended on {ends}. Sign again"), status("Lapsed", "red")),
        PledgeState::Withdrawn => ("You can pledge again".to_owned(), status("Withdrawn", "grey")),
    };
    Task::new("Pledge to the Youth Charter", address, detail, status)
}

fn skills_task(home: &str, standing: &Standing) -> Task {
    let (detail, status) = match &standing.skills {
        None => ("No round is open at present".to_owned(), status("Closed", "grey")),
        Some(picture) => {
            let detail =
                format!("{} of {} have finished", picture.finished, count(picture.people as usize, "person", "people"));
            let status = match (picture.finished, picture.finished == picture.people) {
                (0, _) => status("Not started", "grey"),
                (_, true) => status("Complete", "green"),
                _ => status("Under way", "blue"),
            };
            (detail, status)
        }
    };
    Task::new("Skills audit", format!("{home}/skills-audit"), detail, status)
}

fn training_task(home: &str, standing: &Standing) -> Task {
    let (complete, of) = standing.matrix.complete_in(Pathway::Core);
    let expired = standing.matrix.count_required(CellState::Expired);
    let expiring = standing.matrix.count_required(CellState::Expiring);
    let detail = format!("{complete} of {} have all core modules in date", count(of, "person", "people"));
    let status = match (expired, expiring) {
        (0, 0) if of > 0 && complete == of => status("In date", "green"),
        (0, 0) => status("Under way", "blue"),
        (0, n) => status(format!("{n} expiring"), "yellow"),
        (n, _) => status(format!("{n} expired"), "red"),
    };
    Task::new("Training", format!("{home}/training"), detail, status)
}

fn quality_task(home: &str, standing: &Standing) -> Task {
    let address = format!("{home}/quality");
    let (detail, status) = match &standing.assessment {
        None => ("Look at yourselves in three areas".to_owned(), status("Not started", "grey")),
        Some((assessment, progress)) => {
            let answered = format!("{} of {} answered", progress.answered, progress.wanted);
            match assessment.state() {
                AssessmentState::Draft if assessment.sealed_copy().is_some() => {
                    ("Signed by one side".to_owned(), status("To sign", "yellow"))
                }
                AssessmentState::Draft => (answered, status("Under way", "blue")),
                AssessmentState::Submitted => ("Waiting for a reviewer".to_owned(), status("Submitted", "turquoise")),
                AssessmentState::InReview => ("A reviewer is reading it".to_owned(), status("In review", "turquoise")),
                AssessmentState::ChangesRequested => {
                    ("Your reviewer asks for changes".to_owned(), status("Changes asked for", "orange"))
                }
                AssessmentState::Recommended => {
                    ("Waiting for the decision".to_owned(), status("In review", "turquoise"))
                }
                AssessmentState::NotYet => ("See what to work on next".to_owned(), status("Not yet", "grey")),
                AssessmentState::Endorsed => endorsed_status(standing),
            }
        }
    };
    Task::new("Quality endorsement", address, detail, status)
}

fn endorsed_status(standing: &Standing) -> (String, Status) {
    match &standing.endorsement {
        Some(endorsement) if endorsement.is_in_force() => {
            let detail = format!("{}, until {}", level_name(endorsement.level), say_day(endorsement.ends_on));
            (detail, status("Endorsed", "green"))
        }
        Some(endorsement) if endorsement.state() == EndorsementState::Suspended => {
            ("Read why, and what you can do".to_owned(), status("Suspended", "orange"))
        }
        Some(endorsement) if endorsement.state() == EndorsementState::Revoked => {
            ("Read why, and what you can do".to_owned(), status("Revoked", "red"))
        }
        Some(endorsement) => {
            (format!("Ended on {}", say_day(endorsement.ends_on)), status("No longer in force", "red"))
        }
        None => (String::new(), status("Endorsed", "green")),
    }
}

/// The VRP's own page.
#[derive(Serialize)]
pub struct VrpPage {
    figures: Vec<Figure>,
    waiting: i64,
    to_review: i64,
    to_decide: i64,
    appeals: i64,
    thin: i64,
    rescues: i64,
}

#[derive(Serialize)]
struct Figure {
    number: i64,
    name: &'static str,
}

impl VrpPage {
    pub fn new(
        states: &[(OrganisationState, i64)],
        pledges: i64,
        endorsements: i64,
        (to_review, to_decide, appeals): (i64, i64, i64),
        (thin, rescues): (i64, i64),
    ) -> Self {
        let of = |wanted| states.iter().find(|(state, _)| *state == wanted).map_or(0, |(_, n)| *n);
        Self {
            figures: vec![
                Figure { number: of(OrganisationState::Approved), name: "organisations approved" },
                Figure { number: pledges, name: "pledges in force" },
                Figure { number: endorsements, name: "endorsements in force" },
            ],
            waiting: of(OrganisationState::Submitted),
            to_review,
            to_decide,
            appeals,
            thin,
            rescues,
        }
    }
}

impl Page for VrpPage {
    const TEMPLATE: &'static str = "front/vrp";
    fn title(&self) -> String {
        "The Violence Reduction Partnership’s page".into()
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let task =
        || Task::new("Training", "/organisations/the-hub/training".into(), "2 of 5 people", status("1 expired", "red"));
    let page = OrganisationPage {
        name: "The Hub".into(),
        status: "Approved".into(),
        colour: "green",
        approved: true,
        being_registered: false,
        registration: "/organisations/the-hub/registration".into(),
        request_for_more: None,
        needs_second_lead: true,
        halted_because: Some("There is no safeguarding lead.".into()),
        taking_over: Some("/take-over/the-hub".into()),
        invite: "/organisations/the-hub/people/invitations/new".into(),
        tasks: vec![task()],
        public: "/directory/the-hub".into(),
        pack: Some("/organisations/the-hub/funders-pack".into()),
        data: Some("/organisations/the-hub/data".into()),
        trail: vec![TrailRow {
            when: "3 November 2026 at 4:05pm".into(),
            who: "Asha Patel".into(),
            what: "Pledge signed".into(),
        }],
    };
    vec![
        sample(&OrganisationPage {
            approved: false,
            being_registered: true,
            request_for_more: Some("Who is your safeguarding lead?".into()),
            tasks: vec![task()],
            trail: Vec::new(),
            name: "The Hub".into(),
            status: "More asked for".into(),
            registration: page.registration.clone(),
            invite: page.invite.clone(),
            public: page.public.clone(),
            pack: None,
            data: None,
            taking_over: None,
            halted_because: None,
            ..page
        }),
        sample(&page),
        sample(&VrpPage::new(
            &[(OrganisationState::Submitted, 2), (OrganisationState::Approved, 31)],
            22,
            9,
            (3, 1, 1),
            (4, 1),
        )),
    ]
}
