//! The pages of letters: how often they come, what was told, and stopping them.

use serde::Serialize;

use super::due::{NoticeKind, TrainingNotice};
use super::stop::Topic;
use crate::clock::say_day;
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

pub(super) const CHOSEN: &str = "Your choice is saved";

/// How often, and what was told.
#[derive(Serialize)]
pub struct NoticesPage {
    form: Filled,
    frequencies: Vec<Choice>,
    /// Empty for those who lead no organisation.
    pictures: Vec<Choice>,
    told: Vec<ToldRow>,
}

#[derive(Serialize)]
struct ToldRow {
    when: String,
    what: String,
}

impl NoticesPage {
    pub fn new(form: Filled, leads: bool, told: &[(TrainingNotice, String)]) -> Self {
        let row = |(notice, module): &(TrainingNotice, String)| ToldRow {
            when: notice.settled_on.map(say_day).unwrap_or_default(),
            what: format!("{module}: {} ({})", say_kind(notice.kind), say_day(notice.expires_on)),
        };
        Self::with_rows(form, leads, told.iter().map(row).collect())
    }

    fn with_rows(form: Filled, leads: bool, told: Vec<ToldRow>) -> Self {
        let pictures = vec![Choice::new("monthly", "Once a month"), Choice::new("none", "Not at all")];
        Self {
            form,
            frequencies: vec![
                Choice::new("as_due", "When something is due")
                    .with_hint("At most one email a day, with all that is due"),
                Choice::new("weekly", "At most once a week"),
                Choice::new("monthly", "At most once a month")
                    .with_hint("You may hear of some training only after it has ended"),
                Choice::new("none", "Not at all").with_hint("Your own page still shows what ends"),
            ],
            pictures: if leads { pictures } else { Vec::new() },
            told,
        }
    }
}

impl Page for NoticesPage {
    const TEMPLATE: &'static str = "notices/notices";
    fn title(&self) -> String {
        "Emails about training".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("My account", "/my/account"))
    }
}

fn say_kind(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::InSixtyDays => "ends in 60 days",
        NoticeKind::InFourteenDays => "ends in 14 days",
        NoticeKind::LastDay => "last day",
    }
}

fn say_topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Training => "emails about your own training that ends",
        Topic::Organisations => "the monthly emails about the training of organisations you lead",
    }
}

/// Before letters are stopped.
#[derive(Serialize)]
pub struct StopPage {
    what: &'static str,
    action: String,
}

impl StopPage {
    pub fn new(topic: Topic, token: &str) -> Self {
        Self { what: say_topic(topic), action: format!("/unsubscribe/{token}") }
    }
}

impl Page for StopPage {
    const TEMPLATE: &'static str = "notices/stop";
    fn title(&self) -> String {
        "Stop these emails".into()
    }
}

/// After letters were stopped.
#[derive(Serialize)]
pub struct StoppedPage {
    what: &'static str,
}

impl StoppedPage {
    pub fn new(topic: Topic) -> Self {
        Self { what: say_topic(topic) }
    }
}

impl Page for StoppedPage {
    const TEMPLATE: &'static str = "notices/stopped";
    fn title(&self) -> String {
        "We stopped these emails".into()
    }
}

/// For an address that we never gave.
#[derive(Serialize)]
pub struct GoneStopPage {}

impl Page for GoneStopPage {
    const TEMPLATE: &'static str = "notices/gone";
    fn title(&self) -> String {
        "This link does not work".into()
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let told = vec![ToldRow {
        when: "3 September 2026".into(),
        what: "Safeguarding: ends in 60 days (2 November 2026)".into(),
    }];
    let form = || Filled::blank(super::forms::NoticesForm::FIELDS).with("frequency", "weekly");
    vec![
        sample(&NoticesPage::with_rows(form(), true, told)),
        sample(&NoticesPage::with_rows(form().with_problem("frequency", "Select how often"), false, Vec::new())),
        sample(&StopPage::new(Topic::Training, "token")),
        sample(&StoppedPage::new(Topic::Organisations)),
        sample(&GoneStopPage {}),
    ]
}
