//! The register, what people said, and the page on which they say it.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::feedback::{FEWEST, Opinion};
use super::forms::{FeedbackForm, MARK_FIELD};
use super::register::Mark;
use crate::error::Result;
use crate::ids::TrainingSessionId;
use crate::secrets::SecretKey;
use crate::training_sessions::{Guest, SessionState, TrainingSession, say_when, session_address};
use crate::web::{Choice, Filled, Link, Page, Problem, Sample, count, sample};

pub(super) const MARKED: &str = "The register is saved";
pub(super) const THANKS: &str = "Thank you for saying how it was";

pub(super) fn finished_notice(verified: usize, is_module: bool) -> String {
    let people = count(verified, "person", "people");
    match is_module {
        true => format!("The register is finished. {people} have it on their record, verified"),
        false => format!("The register is finished. {people} took part"),
    }
}

pub(super) fn register_address(id: TrainingSessionId) -> String {
    format!("{}/register", session_address(id))
}

/// Who is here.
#[derive(Serialize)]
pub struct RegisterPage {
    title: String,
    when: String,
    address: String,
    problems: Vec<Problem>,
    people: Vec<RegisterRow>,
    marked: usize,
    total: usize,
    can_be_marked: bool,
    may_finish: bool,
    is_over: bool,
    gives_completions: bool,
    #[serde(skip)]
    back: String,
}

#[derive(Serialize)]
struct RegisterRow {
    name: String,
    organisation: String,
    access_needs: Option<String>,
    field: String,
    here: bool,
    not_here: bool,
}

impl RegisterPage {
    pub fn new(
        session: &TrainingSession,
        guests: &[Guest],
        can_be_marked: bool,
        unmarked: Option<usize>,
        secret: &SecretKey,
        now: NaiveDateTime,
    ) -> Result<Self> {
        let seated = guests.iter().filter(|guest| guest.booking.has_place());
        let row = |guest: &Guest| {
            let mark = Mark::of(guest.booking.state());
            Ok(RegisterRow {
                name: guest.name.clone(),
                organisation: guest.organisation.clone().unwrap_or_default(),
                access_needs: guest.booking.access_needs(secret)?,
                field: format!("{MARK_FIELD}{}", guest.booking.id),
                here: mark == Some(Mark::Here),
                not_here: mark == Some(Mark::NotHere),
            })
        };
        let people = seated.map(row).collect::<Result<Vec<_>>>()?;
        let first_open = people.iter().find(|row| !row.here && !row.not_here);
        let problem = |count: usize| Problem {
            href: format!("#{}", first_open.map_or(String::new(), |row| row.field.clone())),
            text: match count {
                1 => "1 person is not marked yet. Mark them, save, and then finish".to_owned(),
                more => format!("{more} people are not marked yet. Mark them, save, and then finish"),
            },
        };
        Ok(Self {
            title: session.title.clone(),
            when: say_when(session),
            address: register_address(session.id),
            problems: unmarked.map(problem).into_iter().collect(),
            marked: people.iter().filter(|row| row.here || row.not_here).count(),
            total: people.len(),
            can_be_marked,
            may_finish: can_be_marked && session.state() == SessionState::Open && session.starts_at <= now,
            is_over: session.state() == SessionState::Over,
            gives_completions: session.module_id.is_some(),
            back: session_address(session.id),
            people,
        })
    }
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "attendance/register";
    fn title(&self) -> String {
        format!("Register: {}", self.title)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("The session", self.back.clone()))
    }
}

/// What people said of a session.
#[derive(Serialize)]
pub struct OpinionPage {
    title: String,
    answers: usize,
    answers_text: String,
    fewest: usize,
    ratings: Vec<RatingRow>,
    useful: Vec<String>,
    better: Vec<String>,
    #[serde(skip)]
    back: String,
}

#[derive(Serialize)]
struct RatingRow {
    label: &'static str,
    count: usize,
}

const RATINGS: [&str; 5] = ["Not useful", "A little useful", "Useful", "Quite useful", "Very useful"];

impl OpinionPage {
    pub fn new(session: &TrainingSession, opinion: Opinion) -> Self {
        let rows = |counts: [usize; 5]| {
            RATINGS.iter().zip(counts).rev().map(|(label, count)| RatingRow { label, count }).collect()
        };
        Self {
            title: session.title.clone(),
            answers: opinion.answers,
            answers_text: count(opinion.answers, "person has", "people have"),
            fewest: FEWEST,
            ratings: opinion.ratings.map(rows).unwrap_or_default(),
            useful: opinion.useful,
            better: opinion.better,
            back: session_address(session.id),
        }
    }
}

impl Page for OpinionPage {
    const TEMPLATE: &'static str = "attendance/opinion";
    fn title(&self) -> String {
        format!("What people said: {}", self.title)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("The session", self.back.clone()))
    }
}

/// Saying how it was.
#[derive(Serialize)]
pub struct FeedbackPage {
    title: String,
    address: String,
    spoken: bool,
    ratings: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl FeedbackPage {
    pub fn new(session: &TrainingSession, spoken: bool, form: Filled) -> Self {
        let back = format!("/my/sessions/{}", session.id);
        Self {
            title: session.title.clone(),
            address: format!("{back}/feedback"),
            spoken,
            ratings: ratings(),
            form,
            back,
        }
    }
}

fn ratings() -> Vec<Choice> {
    (1..)
        .zip(RATINGS)
        .map(|(value, label)| Choice::new(value.to_string(), label))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect()
}

impl Page for FeedbackPage {
    const TEMPLATE: &'static str = "attendance/feedback";
    fn title(&self) -> String {
        format!("How was it? {}", self.title)
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let row = |name: &str, mark: Option<Mark>| RegisterRow {
        name: name.into(),
        organisation: "The Hub".into(),
        access_needs: mark.is_none().then(|| "A seat near the door".to_owned()),
        field: format!("{MARK_FIELD}{name}"),
        here: mark == Some(Mark::Here),
        not_here: mark == Some(Mark::NotHere),
    };
    let register = |people: Vec<RegisterRow>, can_be_marked: bool, is_over: bool| RegisterPage {
        title: "Exploitation awareness".into(),
        when: "3 December 2026, 10:00am to 1:00pm".into(),
        address: "/provider/sessions/1/register".into(),
        problems: match can_be_marked {
            true => vec![Problem { href: format!("#{MARK_FIELD}Ben"), text: "1 person is not marked yet".into() }],
            false => Vec::new(),
        },
        marked: 1,
        total: people.len(),
        people,
        can_be_marked,
        may_finish: can_be_marked && !is_over,
        is_over,
        gives_completions: true,
        back: "/provider/sessions/1".into(),
    };
    let people = || vec![row("Asha", Some(Mark::Here)), row("Ben", None), row("Cal", Some(Mark::NotHere))];
    let opinion = |ratings: Vec<RatingRow>| OpinionPage {
        title: "Exploitation awareness".into(),
        answers: if ratings.is_empty() { 3 } else { 7 },
        answers_text: "3 people have".into(),
        fewest: FEWEST,
        ratings,
        useful: vec!["The stories.".into()],
        better: Vec::new(),
        back: "/provider/sessions/1".into(),
    };
    let feedback = |spoken: bool| FeedbackPage {
        title: "Exploitation awareness".into(),
        address: "/my/sessions/1/feedback".into(),
        spoken,
        ratings: ratings(),
        form: match spoken {
            true => Filled::blank(FeedbackForm::FIELDS),
            false => Filled::blank(FeedbackForm::FIELDS).with_problem("rating", "Select how useful it was"),
        },
        back: "/my/sessions/1".into(),
    };
    vec![
        sample(&register(people(), true, false)),
        sample(&register(people(), true, true)),
        sample(&register(Vec::new(), false, false)),
        sample(&opinion(vec![RatingRow { label: "Very useful", count: 7 }])),
        sample(&opinion(Vec::new())),
        sample(&feedback(false)),
        sample(&feedback(true)),
    ]
}
