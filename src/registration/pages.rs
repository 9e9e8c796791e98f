//! The pages of a registration beside its questions.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::question_address;
use crate::clock::{day_of, say_day};
use crate::organisations::{Organisation, OrganisationState, Profile, Question};
use crate::questions::{answer_text, row_name};
use crate::web::{Filled, Link, Page, Problem, Sample, count, sample};

pub(super) const MORE_ASKED: &str = "We have asked the organisation for more";

pub(super) fn approved_notice(name: &str) -> String {
    format!("{name} is approved, and its leads have been told")
}

/// An answer in a list of answers.
#[derive(Serialize)]
struct AnswerRow {
    name: &'static str,
    text: String,
    change: Option<String>,
    change_what: &'static str,
}

/// All answers: to check before sending, and to look at afterwards.
#[derive(Serialize)]
pub struct AnswersPage {
    organisation_name: String,
    answers: Vec<AnswerRow>,
    action: String,
    can_send: bool,
    request_for_more: Option<String>,
    state_text: &'static str,
    problems: Vec<Problem>,
    #[serde(skip)]
    slug: String,
}

impl AnswersPage {
    pub fn new(profile: &Profile, problems: Vec<Problem>) -> Self {
        let organisation = &profile.organisation;
        Self {
            organisation_name: organisation.name.clone(),
            answers: answers_of(profile, organisation.is_being_registered()),
            action: format!("/organisations/{}/registration", organisation.slug),
            can_send: organisation.is_being_registered(),
            request_for_more: organisation.request_for_more.clone(),
            state_text: state_text(organisation.state()),
            problems,
            slug: organisation.slug.clone(),
        }
    }

    /// Another organisation has the same number.
    pub fn number_taken(profile: &Profile) -> Self {
        let text = "Another organisation is registered with one of these numbers. \
                    Check them, or ask them to invite you";
        Self::new(profile, vec![Problem { href: "#numbers".into(), text: text.into() }])
    }
}

impl Page for AnswersPage {
    const TEMPLATE: &'static str = "registration/answers";
    fn title(&self) -> String {
        if self.can_send { "Check your answers".into() } else { "Your registration".into() }
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("/organisations/{}", self.slug))
    }
}

#[derive(Serialize)]
pub struct SentPage {
    organisation_name: String,
    slug: String,
}
impl SentPage {
    pub fn new(organisation: &Organisation) -> Self {
        Self { organisation_name: organisation.name.clone(), slug: organisation.slug.clone() }
    }
}
impl Page for SentPage {
    const TEMPLATE: &'static str = "registration/sent";
    fn title(&self) -> String {
        "Registration sent".into()
    }
}

/// The registrations that wait for the VRP.
#[derive(Serialize)]
pub struct WaitingPage {
    waiting: Vec<WaitingRow>,
}
#[derive(Serialize)]
struct WaitingRow {
    name: String,
    address: String,
    waited: String,
}
impl WaitingPage {
    pub fn new(waiting: &[Organisation], now: NaiveDateTime) -> Self {
        let row = |organisation: &Organisation| WaitingRow {
            name: organisation.name.clone(),
            address: format!("/vrp/registrations/{}", organisation.slug),
            waited: organisation.submitted_at.map(|at| say_wait(at, now)).unwrap_or_default(),
        };
        Self { waiting: waiting.iter().map(row).collect() }
    }
}
impl Page for WaitingPage {
    const TEMPLATE: &'static str = "registration/waiting";
    fn title(&self) -> String {
        "Organisations waiting for approval".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

/// One registration, before the VRP.
#[derive(Serialize)]
pub struct ReviewPage {
    organisation_name: String,
    answers: Vec<AnswerRow>,
    address: String,
    waits: bool,
    state_text: &'static str,
    form: Filled,
}
impl ReviewPage {
    pub fn new(profile: &Profile, form: Filled) -> Self {
        let organisation = &profile.organisation;
        Self {
            organisation_name: organisation.name.clone(),
            answers: answers_of(profile, false),
            address: format!("/vrp/registrations/{}", organisation.slug),
            waits: organisation.state() == OrganisationState::Submitted,
            state_text: state_text(organisation.state()),
            form,
        }
    }
}
impl Page for ReviewPage {
    const TEMPLATE: &'static str = "registration/review";
    fn title(&self) -> String {
        self.organisation_name.clone()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp/registrations")
    }
}

fn answers_of(profile: &Profile, can_change: bool) -> Vec<AnswerRow> {
    let row = |question: Question| {
        let (name, change_what) = row_name(question);
        let change = can_change.then(|| question_address(&profile.organisation.slug, question));
        AnswerRow { name, text: answer_text(profile, question), change, change_what }
    };
    Question::for_registration().map(row).collect()
}

fn state_text(state: OrganisationState) -> &'static str {
    match state {
        OrganisationState::Draft => "Not sent yet",
        OrganisationState::Submitted => "With the VRP for approval",
        OrganisationState::MoreWanted => "The VRP has asked for more",
        OrganisationState::Approved => "Approved",
    }
}

fn say_wait(since: NaiveDateTime, now: NaiveDateTime) -> String {
    let days = (day_of(now) - day_of(since)).num_days().max(0) as usize;
    let sent = say_day(day_of(since));
    if days == 0 { format!("Sent today, {sent}") } else { format!("Sent {sent}, {} ago", count(days, "day", "days")) }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let answer = |question, text: &str| AnswerRow {
        name: row_name(question).0,
        text: text.into(),
        change: Some(question_address("the-hub", question)),
        change_what: row_name(question).1,
    };
    let answers = || {
        vec![answer(Question::Name, "The Hub"), answer(Question::Numbers, "None"), answer(Question::Ages, "8 to 16")]
    };
    let mut samples = Vec::new();
    samples.push(sample(&AnswersPage {
        organisation_name: "The Hub".into(),
        answers: answers(),
        action: "/organisations/the-hub/registration".into(),
        can_send: true,
        request_for_more: Some("Please tell us who your safeguarding lead is.".into()),
        state_text: state_text(OrganisationState::MoreWanted),
        problems: vec![Problem { href: "#numbers".into(), text: "Check the number".into() }],
        slug: "the-hub".into(),
    }));
    samples.push(sample(&SentPage { organisation_name: "The Hub".into(), slug: "the-hub".into() }));
    let waiting = WaitingRow {
        name: "The Hub".into(),
        address: "/vrp/registrations/the-hub".into(),
        waited: "Sent 3 November 2026, 2 days ago".into(),
    };
    samples.push(sample(&WaitingPage { waiting: vec![waiting] }));
    samples.push(sample(&WaitingPage { waiting: Vec::new() }));
    samples.push(sample(&ReviewPage {
        organisation_name: "The Hub".into(),
        answers: answers(),
        address: "/vrp/registrations/the-hub".into(),
        waits: true,
        state_text: state_text(OrganisationState::Submitted),
        form: Filled::blank(&["request"]).with_problem("request", "Enter what the organisation should add or change"),
    }));
    samples
}
