//! The page to log training, within an organisation or for oneself.

use serde::Serialize;

use super::completion::Completion;
use super::courses::Courses;
use super::forms::CompletionForm;
use super::pages::{log_address, record_address};
use crate::clock::say_day;
use crate::organisations::Person;
use crate::web::{Choice, Filled, Link, Page, Sample, choices, sample};

/// Where a form to log training stands, and where it leads.
#[derive(Debug, Clone)]
pub struct LogPlace {
    heading: String,
    /// Said when a lead logs for someone else.
    confirms: bool,
    action: String,
    /// The page of the record.
    pub record: String,
}

impl LogPlace {
    pub fn within(slug: &str, person: &Person, own: bool) -> Self {
        Self {
            heading: if own { "Log your training".to_owned() } else { format!("Log training for {}", person.name) },
            confirms: !own,
            action: log_address(slug, person.id),
            record: record_address(slug, person.id),
        }
    }

    pub fn own() -> Self {
        Self {
            heading: "Log your training".to_owned(),
            confirms: false,
            action: "/my/training/new".to_owned(),
            record: "/my/training".to_owned(),
        }
    }
}

#[derive(Serialize)]
pub struct LogPage {
    heading: String,
    confirms: bool,
    action: String,
    #[serde(skip)]
    record: String,
    modules: Vec<Choice>,
    /// One that may be the same training.
    near: Option<NearView>,
    another: Vec<Choice>,
    form: Filled,
}

#[derive(Serialize)]
struct NearView {
    text: String,
    address: String,
}

impl LogPage {
    pub fn new(place: LogPlace, courses: &Courses, form: Filled) -> Self {
        let LogPlace { heading, confirms, action, record } = place;
        let another = choices(&[("yes", "Yes, this is another training")]);
        Self { heading, confirms, action, record, modules: courses.choices(), near: None, another, form }
    }

    /// Shows one that may be the same training.
    pub fn beside(self, near: Option<&Completion>) -> Self {
        let base = match self.action.split_once("/people/") {
            Some((training, _)) => training,
            None => "/my/training",
        };
        let near = near.map(|completion| NearView {
            text: format!("Completed {} with {}", say_day(completion.completed_on), completion.provider),
            address: format!("{base}/completions/{}", completion.id),
        });
        Self { near, ..self }
    }
}

impl Page for LogPage {
    const TEMPLATE: &'static str = "training/log";
    fn title(&self) -> String {
        self.heading.clone()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.record.clone())
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let wrong = Filled::blank(CompletionForm::FIELDS)
        .with("module", "send")
        .with_problem("completed_on", "Enter the date the training was completed")
        .with_problem("provider", "Enter who gave the training, like Base 51");
    let modules = || vec![Choice::new("", "Choose the training"), Choice::new("send", "SEND (Core)")];
    let log = |confirms| LogPage {
        heading: "Log training for Amina Yusuf".into(),
        confirms,
        action: "/my/training/new".into(),
        record: "/my/training".into(),
        modules: modules(),
        near: confirms.then(|| NearView {
            text: "Completed 1 November 2026 with Base 51".into(),
            address: "/my/training/completions/1".into(),
        }),
        another: choices(&[("yes", "Yes, this is another training")]),
        form: wrong.clone(),
    };
    vec![sample(&log(true)), sample(&log(false))]
}
