//! The pages of links and of certificates.

use chrono::NaiveDate;
use serde::Serialize;

use super::record_link::{LinkState, RecordLink};
use crate::clock::{day_of, say_day};
use crate::ids::ModuleId;
use crate::training::{Record, RecordEntry};
use crate::web::{Choice, Filled, Link, Page, Sample, choices, count, sample};

pub(super) const LINK_MADE: &str = "The link is made. Whoever you send it to can open it";
pub(super) const LINK_ENDED: &str = "The link is ended. Nobody can open it any more";
pub(super) const TOO_MANY_LINKS: &str = "You have 20 links that can be opened. End one before you make another";

/// Links to one's record: those that can be opened, and those that are over.
#[derive(Serialize)]
pub struct LinksPage {
    open: Vec<LinkView>,
    over: Vec<LinkView>,
}

#[derive(Serialize)]
struct LinkView {
    /// For whom it is, in its owner's words.
    title: String,
    shows: String,
    until: String,
    opened: String,
    address: String,
    paper: String,
    end: String,
}

impl LinksPage {
    pub fn new(links: &[(RecordLink, Option<Vec<ModuleId>>)], record: &Record, site: &str, today: NaiveDate) -> Self {
        let view = |(link, modules): &(RecordLink, Option<Vec<ModuleId>>)| LinkView {
            title: match link.note.as_str() {
                "" => format!("Link of {}", say_day(day_of(link.made_at))),
                note => note.to_owned(),
            },
            shows: say_modules(modules.as_deref(), record),
            until: match link.state() {
                LinkState::Open if link.opens_on(today) => format!("Until {}", say_day(link.ends_on)),
                LinkState::Open => format!("Until {}, which is over", say_day(link.ends_on)),
                LinkState::Ended => "Ended by you".to_owned(),
            },
            opened: match link.last_opened_on {
                None => "Not yet".to_owned(),
                Some(day) => {
                    format!("{}, last on {}", count(link.times_opened as usize, "time", "times"), say_day(day))
                }
            },
            address: format!("{site}/verify/{}", link.code),
            paper: format!("/my/training/record.pdf?link={}", link.id),
            end: format!("/my/training/links/{}/end", link.id),
        };
        let (open, over): (Vec<_>, Vec<_>) = links.iter().partition(|(link, _)| link.opens_on(today));
        Self { open: open.into_iter().map(view).collect(), over: over.into_iter().map(view).collect() }
    }
}

impl Page for LinksPage {
    const TEMPLATE: &'static str = "my_training/links";
    fn title(&self) -> String {
        "Share your record".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Your training", "/my/training"))
    }
}

fn say_modules(modules: Option<&[ModuleId]>, record: &Record) -> String {
    let Some(chosen) = modules else { return "All your training".to_owned() };
    let titles = record.lines.iter().filter(|line| chosen.contains(&line.module.id));
    titles.map(|line| line.module.title.as_str()).collect::<Vec<_>>().join(", ")
}

/// Choosing what a link shows.
#[derive(Serialize)]
pub struct NewLinkPage {
    form: Filled,
    covers: Vec<Choice>,
    /// What there is to choose from.
    modules: Vec<Choice>,
    lasts: Vec<Choice>,
}

impl NewLinkPage {
    pub fn new(record: &Record, form: Filled) -> Self {
        let held = record.lines.iter().filter(|line| line.latest.is_some());
        let modules = held.map(|line| Choice::new(line.module.id.as_str(), line.module.title.clone()));
        Self::with_choices(modules.collect(), form)
    }

    fn with_choices(modules: Vec<Choice>, form: Filled) -> Self {
        Self {
            form,
            covers: vec![
                Choice::new("everything", "All my training").with_hint("What you log later too"),
                Choice::new("chosen", "Only what I choose below"),
            ],
            modules,
            lasts: choices(&[("1", "1 month"), ("6", "6 months"), ("12", "1 year")]),
        }
    }
}

impl Page for NewLinkPage {
    const TEMPLATE: &'static str = "my_training/new-link";
    fn title(&self) -> String {
        "Make a link".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my/training/links")
    }
}

/// Every certificate someone has added, the newest first.
#[derive(Serialize)]
pub struct CertificatesPage {
    certificates: Vec<CertificateView>,
}

#[derive(Serialize)]
struct CertificateView {
    training: String,
    completed_on: String,
    until: String,
    name: String,
    size: String,
    address: String,
}

impl CertificatesPage {
    pub fn new(record: &Record, today: NaiveDate) -> Self {
        let latest = record.lines.iter().filter_map(|line| line.latest.as_ref());
        let mut entries: Vec<&RecordEntry> = latest.chain(&record.earlier).collect();
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.completion.completed_on));
        let view = |entry: &RecordEntry| {
            let file = entry.certificate.as_ref()?;
            Some(CertificateView {
                training: entry.equivalent.clone().unwrap_or_else(|| entry.module.title.clone()),
                completed_on: say_day(entry.completion.completed_on),
                until: match entry.completion.expires_on {
                    None => "Does not end".to_owned(),
                    Some(last) if today <= last => format!("Counts until {}", say_day(last)),
                    Some(last) => format!("Ended {}", say_day(last)),
                },
                name: file.name.clone(),
                size: file.say_size(),
                address: format!("/my/training/completions/{}/certificate", entry.completion.id),
            })
        };
        Self { certificates: entries.into_iter().filter_map(view).collect() }
    }
}

impl Page for CertificatesPage {
    const TEMPLATE: &'static str = "my_training/certificates";
    fn title(&self) -> String {
        "My certificates".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Your training", "/my/training"))
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let link = |title: &str, until: &str| LinkView {
        title: title.into(),
        shows: "Safeguarding, SEND".into(),
        until: until.into(),
        opened: "2 times, last on 24 November 2026".into(),
        address: "https://charter.example.org/verify/TR-7K3M9QXZ4W2B".into(),
        paper: "/my/training/record.pdf?link=1".into(),
        end: "/my/training/links/1/end".into(),
    };
    let wrong = Filled::blank(super::forms::LinkForm::FIELDS)
        .with("covers", "chosen")
        .with_problem("modules", super::forms::NOTHING_CHOSEN);
    let certificate = CertificateView {
        training: "Safeguarding".into(),
        completed_on: "3 November 2025".into(),
        until: "Counts until 3 November 2028".into(),
        name: "certificate.pdf".into(),
        size: "340 KB".into(),
        address: "/my/training/completions/1/certificate".into(),
    };
    vec![
        sample(&LinksPage { open: vec![link("For the Scouts", "Until 3 May 2027")], over: vec![link("", "Ended")] }),
        sample(&LinksPage { open: Vec::new(), over: Vec::new() }),
        sample(&NewLinkPage::with_choices(vec![Choice::new("send", "SEND")], wrong)),
        sample(&NewLinkPage::with_choices(Vec::new(), Filled::blank(super::forms::LinkForm::FIELDS))),
        sample(&CertificatesPage { certificates: vec![certificate] }),
        sample(&CertificatesPage { certificates: Vec::new() }),
    ]
}
