//! The pages of a registration, and the words for what can be answered.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::question::Question;
use super::wording::{day_name, legal_form_name, question_title, row_name, stage_name, state_text};
use crate::clock::{day_of, say_day};
use crate::organisations::{Activity, Day, District, LegalForm, Organisation, OrganisationState, Profile, Stage};
use crate::web::{Choice, Filled, Link, Page, Problem, Sample, count, sample};

pub(super) const MORE_ASKED: &str = "We have asked the organisation for more";

pub(super) fn approved_notice(name: &str) -> String {
    format!("{name} is approved, and its leads have been told")
}

/// Where a question's choices come from.
pub enum Options {
    Districts(Vec<District>),
    Activities(Vec<Activity>),
    /// They are fixed, or there are none.
    Fixed,
}

/// One question. All of them share this page; which one is asked is in `question`.
#[derive(Serialize)]
pub struct QuestionPage {
    question: Question,
    action: String,
    organisation_name: Option<String>,
    choices: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}

impl QuestionPage {
    /// The first question, before there is an organisation.
    pub fn beginning(form: Filled) -> Self {
        Self {
            question: Question::Name,
            action: "/organisations/new".into(),
            organisation_name: None,
            choices: Vec::new(),
            form,
            back_to: "/my".into(),
        }
    }

    pub fn new(question: Question, organisation: &Organisation, form: Filled, options: Options) -> Self {
        let before = Question::ALL.iter().rev().find(|q| **q < question);
        Self {
            question,
            action: question.address(&organisation.slug),
            organisation_name: Some(organisation.name.clone()),
            choices: choices_of(question, options),
            form,
            back_to: before.map_or_else(|| "/my".to_owned(), |q| q.address(&organisation.slug)),
        }
    }
}

impl Page for QuestionPage {
    const TEMPLATE: &'static str = "registration/question";
    fn title(&self) -> String {
        question_title(self.question).into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
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
        let text = "Another organisation is registered with this charity or company number. \
                    Check the number, or ask them to invite you";
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

fn choices_of(question: Question, options: Options) -> Vec<Choice> {
    match (question, options) {
        (_, Options::Districts(all)) => all.iter().map(|d| Choice::new(d.code.as_str(), &d.name)).collect(),
        (_, Options::Activities(all)) => all.iter().map(|a| Choice::new(a.id.as_str(), &a.name)).collect(),
        (Question::LegalForm, _) => {
            LegalForm::ALL.iter().map(|f| Choice::new(f.as_str(), legal_form_name(*f))).collect()
        }
        (Question::Days, _) => Day::ALL.iter().map(|d| Choice::new(d.as_str(), day_name(*d))).collect(),
        (Question::Stage, _) => Stage::ALL.iter().map(|s| Choice::new(s.as_str(), stage_name(*s))).collect(),
        (Question::Numbers, _) => vec![Choice::new("yes", "We have neither")],
        _ => Vec::new(),
    }
}

fn answers_of(profile: &Profile, can_change: bool) -> Vec<AnswerRow> {
    let row = |question: Question| {
        let (name, change_what) = row_name(question);
        let change = can_change.then(|| question.address(&profile.organisation.slug));
        AnswerRow { name, text: answer_text(profile, question), change, change_what }
    };
    Question::ALL.iter().copied().map(row).collect()
}

fn answer_text(profile: &Profile, question: Question) -> String {
    let organisation = &profile.organisation;
    let list = |names: Vec<&str>| names.join(", ");
    match question {
        Question::Name => organisation.name.clone(),
        Question::LegalForm => organisation.legal_form.map(legal_form_name).unwrap_or_default().to_owned(),
        Question::Numbers if organisation.has_no_number => "Neither".to_owned(),
        Question::Numbers => {
            let charity = organisation.charity_number.as_ref().map(|n| format!("Charity {n}"));
            let company = organisation.company_number.as_ref().map(|n| format!("Company {n}"));
            charity.into_iter().chain(company).collect::<Vec<_>>().join(", ")
        }
        Question::Description => organisation.description.clone().unwrap_or_default(),
        Question::Activities => list(profile.activities.iter().map(|a| a.name.as_str()).collect()),
        Question::Ages => match (organisation.min_age, organisation.max_age) {
            (Some(min), Some(max)) => format!("{min} to {max}"),
            _ => String::new(),
        },
        Question::Days => list(profile.days.iter().map(|d| day_name(*d)).collect()),
        Question::Districts => list(profile.districts.iter().map(|d| d.name.as_str()).collect()),
        Question::Postcode => organisation.postcode.clone().unwrap_or_default(),
        Question::SafeguardingLead => {
            let parts = [&organisation.safeguarding_lead_name, &organisation.safeguarding_lead_email];
            list(parts.into_iter().flatten().map(String::as_str).collect())
        }
        Question::Stage => organisation.stage.map(stage_name).unwrap_or_default().to_owned(),
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
        change: Some(question.address("the-hub")),
        change_what: row_name(question).1,
    };
    let answers = || {
        vec![answer(Question::Name, "The Hub"), answer(Question::Numbers, "Neither"), answer(Question::Ages, "8 to 16")]
    };
    let question = |question: Question, options, form: Filled| QuestionPage {
        question,
        action: question.address("the-hub"),
        organisation_name: Some("The Hub".into()),
        choices: choices_of(question, options),
        form,
        back_to: "/my".into(),
    };
    let place = District { code: "E06000018".into(), name: "Nottingham".into(), county: "Nottingham City".into() };
    let club = Activity { id: "sport".into(), name: "Sport".into() };
    let mut samples: Vec<Sample> = Question::ALL
        .iter()
        .map(|q| {
            let (name, options) = match q {
                Question::Name => ("name", Options::Fixed),
                Question::LegalForm => ("legal_form", Options::Fixed),
                Question::Numbers => ("charity_number", Options::Fixed),
                Question::Description => ("description", Options::Fixed),
                Question::Activities => ("activities", Options::Activities(vec![club.clone()])),
                Question::Ages => ("min_age", Options::Fixed),
                Question::Days => ("days", Options::Fixed),
                Question::Districts => ("districts", Options::Districts(vec![place.clone()])),
                Question::Postcode => ("postcode", Options::Fixed),
                Question::SafeguardingLead => ("lead_name", Options::Fixed),
                Question::Stage => ("stage", Options::Fixed),
            };
            let form =
                Filled::blank(&["company_number", "neither", "max_age", "lead_email"]).with_problem(name, "Enter it");
            sample(&question(*q, options, form))
        })
        .collect();
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
