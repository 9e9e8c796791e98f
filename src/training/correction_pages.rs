//! The page of one completion with its history, and those to correct or withdraw it.

use serde::Serialize;

use super::completion::{Completion, Source};
use super::correction::Correctable;
use super::courses::Courses;
use super::forms::{CorrectionForm, Course, WithdrawalForm};
use super::history::{CompletionHistory, Version};
use crate::clock::{say_day, say_instant};
use crate::error::Result;
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

pub(super) const CORRECTED: &str = "The training is corrected";
pub(super) const WITHDRAWN: &str = "The training is withdrawn";

/// One completion.
#[derive(Serialize)]
pub struct CompletionPage {
    module: String,
    whose: Option<String>,
    is_withdrawn: bool,
    equivalent: Option<String>,
    completed_on: String,
    expires: String,
    provider: String,
    source: String,
    certificate: Option<CertificateView>,
    correction: Option<String>,
    withdrawal: Option<String>,
    provider_only: bool,
    history: Vec<Step>,
    #[serde(skip)]
    back: String,
}

#[derive(Serialize)]
struct CertificateView {
    name: String,
    size: String,
    /// None for those who may know of it and not open it.
    address: Option<String>,
}

/// Something that happened to it.
#[derive(Serialize, Debug, PartialEq, Eq)]
struct Step {
    what: String,
    when: String,
    why: Option<String>,
}

impl CompletionPage {
    /// `whose` is a name, for those who are not its owner; the addresses are its own and that of the record.
    pub fn new(
        history: &CompletionHistory,
        whose: Option<&str>,
        may: Correctable,
        may_open: bool,
        (address, record): (&str, &str),
    ) -> Result<Self> {
        let last = history.last()?;
        let completion = &last.completion;
        let stands = completion.stands();
        let can = may == Correctable::Yes;
        Ok(Self {
            module: last.module.title.clone(),
            whose: whose.map(str::to_owned),
            is_withdrawn: !stands,
            equivalent: last.equivalent.clone(),
            completed_on: say_day(completion.completed_on),
            expires: completion.expires_on.map_or("It counts for ever".to_owned(), say_day),
            provider: completion.provider.clone(),
            source: say_word(last),
            certificate: history.certificate.as_ref().map(|file| CertificateView {
                name: file.name.clone(),
                size: file.say_size(),
                address: (may_open && stands).then(|| format!("{address}/certificate")),
            }),
            correction: can.then(|| format!("{address}/correction")),
            withdrawal: can.then(|| format!("{address}/withdrawal")),
            provider_only: may == Correctable::ProviderOnly,
            history: history.versions.iter().flat_map(steps_of).collect(),
            back: record.to_owned(),
        })
    }
}

fn say_word(version: &Version) -> String {
    match (version.completion.source(), &version.confirmed_by) {
        (Source::SelfLogged, _) => format!("Logged by {}, not confirmed yet", version.logged_by),
        (Source::Confirmed, Some(name)) => format!("Confirmed by {name}"),
        (Source::Confirmed, None) => "Confirmed by a lead".to_owned(),
        (Source::Verified, _) => "Verified by the provider".to_owned(),
    }
}

fn steps_of(version: &Version) -> Vec<Step> {
    let completion = &version.completion;
    let course = version.equivalent.as_ref().unwrap_or(&version.module.title);
    let day = say_day(completion.completed_on);
    let verb = if completion.corrects.is_some() { "Now" } else { "Logged" };
    let mut steps = vec![Step {
        what: format!("{verb}: {course}, completed {day} with {}, by {}", completion.provider, version.logged_by),
        when: say_instant(completion.logged_at),
        why: None,
    }];
    // Whoever logs for someone else confirms by that.
    let confirmed = completion.confirmed_at.filter(|at| *at != completion.logged_at);
    if let (Some(at), Some(name)) = (confirmed, &version.confirmed_by) {
        steps.push(Step { what: format!("Confirmed by {name}"), when: say_instant(at), why: None });
    }
    if let Some((name, at)) = &version.ended {
        let verb = if completion.is_withdrawn() { "Withdrawn" } else { "Corrected" };
        let why = completion.correction.clone();
        steps.push(Step { what: format!("{verb} by {name}"), when: say_instant(*at), why });
    }
    steps
}

impl Page for CompletionPage {
    const TEMPLATE: &'static str = "training/completion";
    fn title(&self) -> String {
        match &self.whose {
            Some(name) => format!("{}: {name}", self.module),
            None => self.module.clone(),
        }
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// Correcting one.
#[derive(Serialize)]
pub struct CorrectionPage {
    module: String,
    action: String,
    /// A lead corrects what is somebody else's.
    confirms: bool,
    has_certificate: bool,
    modules: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl CorrectionPage {
    pub fn new(
        history: &CompletionHistory,
        address: &str,
        confirms: bool,
        courses: &Courses,
        form: Filled,
    ) -> Result<Self> {
        Ok(Self {
            module: history.last()?.module.title.clone(),
            action: format!("{address}/correction"),
            confirms,
            has_certificate: history.certificate.is_some(),
            modules: courses.choices(),
            form,
            back: address.to_owned(),
        })
    }
}

pub(super) fn completion_as_it_is(completion: &Completion) -> Filled {
    let course = Course { module: completion.module_id.clone(), equivalent: completion.equivalent_id };
    let part = |format: &str| completion.completed_on.format(format).to_string();
    Filled::blank(CorrectionForm::FIELDS)
        .with("module", course.as_word())
        .with("completed_on-day", part("%-d"))
        .with("completed_on-month", part("%-m"))
        .with("completed_on-year", part("%Y"))
        .with("provider", completion.provider.clone())
}

impl Page for CorrectionPage {
    const TEMPLATE: &'static str = "training/correction";
    fn title(&self) -> String {
        format!("Correct {}", self.module)
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// Withdrawing one.
#[derive(Serialize)]
pub struct WithdrawalPage {
    module: String,
    completed_on: String,
    action: String,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl WithdrawalPage {
    pub fn new(history: &CompletionHistory, address: &str, form: Filled) -> Result<Self> {
        let last = history.last()?;
        Ok(Self {
            module: last.module.title.clone(),
            completed_on: say_day(last.completion.completed_on),
            action: format!("{address}/withdrawal"),
            form,
            back: address.to_owned(),
        })
    }
}

impl Page for WithdrawalPage {
    const TEMPLATE: &'static str = "training/withdrawal";
    fn title(&self) -> String {
        format!("Withdraw {}", self.module)
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// For what was verified from the register of a session.
#[derive(Serialize)]
pub struct VerifiedPage {
    module: String,
    provider: String,
    address: String,
}

impl VerifiedPage {
    pub fn new(history: &CompletionHistory, address: &str) -> Result<Self> {
        let last = history.last()?;
        let (module, provider) = (last.module.title.clone(), last.completion.provider.clone());
        Ok(Self { module, provider, address: address.to_owned() })
    }
}

impl Page for VerifiedPage {
    const TEMPLATE: &'static str = "training/verified";
    fn title(&self) -> String {
        "Only the provider can change this".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.address.clone())
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let step = |what: &str, why: Option<&str>| Step {
        what: what.into(),
        when: "3 November 2026 at 4:05pm".into(),
        why: why.map(str::to_owned),
    };
    let page = |can: bool| CompletionPage {
        module: "Safeguarding".into(),
        whose: can.then(|| "Amina Yusuf".into()),
        is_withdrawn: !can,
        equivalent: can.then(|| "Safeguarding training of your sport’s governing body".into()),
        completed_on: "3 November 2025".into(),
        expires: "3 November 2028".into(),
        provider: "Base 51".into(),
        source: "Confirmed by Lena Lead".into(),
        certificate: can.then(|| CertificateView {
            name: "certificate.pdf".into(),
            size: "340 KB".into(),
            address: Some("/my/training/completions/1/certificate".into()),
        }),
        correction: can.then(|| "/my/training/completions/1/correction".into()),
        withdrawal: can.then(|| "/my/training/completions/1/withdrawal".into()),
        provider_only: !can,
        history: vec![step("Logged by Amina Yusuf", None), step("Corrected by Lena Lead", Some("The year was wrong"))],
        back: "/my/training".into(),
    };
    let correction = |confirms: bool| CorrectionPage {
        module: "Safeguarding".into(),
        action: "/my/training/completions/1/correction".into(),
        confirms,
        has_certificate: confirms,
        modules: vec![Choice::new("", "Choose the training"), Choice::new("send", "SEND (Core)")],
        form: Filled::blank(CorrectionForm::FIELDS).with_problem("reason", "Enter what was wrong"),
        back: "/my/training/completions/1".into(),
    };
    let held = CertificateView { name: "certificate.pdf".into(), size: "340 KB".into(), address: None };
    vec![
        sample(&page(true)),
        sample(&page(false)),
        sample(&CompletionPage { certificate: Some(held), ..page(true) }),
        sample(&correction(true)),
        sample(&correction(false)),
        sample(&WithdrawalPage {
            module: "Safeguarding".into(),
            completed_on: "3 November 2025".into(),
            action: "/my/training/completions/1/withdrawal".into(),
            form: Filled::blank(WithdrawalForm::FIELDS),
            back: "/my/training/completions/1".into(),
        }),
        sample(&VerifiedPage {
            module: "Safeguarding".into(),
            provider: "Base 51".into(),
            address: "/my/training/completions/1".into(),
        }),
    ]
}
