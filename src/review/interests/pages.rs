//! Someone's own ties, and the pages to declare one and to say that it is over.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::forms::InterestForm;
use super::interest::Interest;
use super::ties::Tie;
use crate::clock::{day_of, months_after, months_before, say_day};
use crate::ids::InterestId;
use crate::organisations::Organisation;
use crate::web::{Field, Filled, Link, Page, Sample, count, sample};

pub(super) const ADDRESS: &str = "/review/interests";
/// How many organisations a search shows.
pub(super) const FOUND_AT_ONCE: i64 = 20;
pub(super) const WITHDRAWN: &str = "Your tie is over. It counts on for the time that the programme asks";

pub(super) fn declared_notice(declared: Option<usize>) -> &'static str {
    match declared {
        None => "You had declared this tie already",
        Some(0) => "Your tie is declared. You are not asked to judge this organisation",
        Some(_) => "Your tie is declared. Your review of this organisation has gone back into the queue",
    }
}

/// What stands between someone and an organisation, as they read it.
pub fn say_tie(tie: Tie) -> &'static str {
    match tie {
        Tie::Member => "you belong to it",
        Tie::WasMember => "you belonged to it until lately",
        Tie::Declared => "you declared it",
        Tie::WasDeclared => "you declared it and withdrew it lately",
        Tie::SetAside => "you had a part in a decision about it that an appeal set aside",
        Tie::SameUmbrella => "you belong to the same umbrella body, or did lately",
    }
}

/// Someone's own ties.
#[derive(Serialize)]
pub struct InterestsPage {
    declared: Vec<DeclaredRow>,
    /// What the portal knows without being told.
    recorded: Vec<RecordedRow>,
    counts_for: String,
}
#[derive(Serialize)]
struct DeclaredRow {
    organisation_name: String,
    words: String,
    since: String,
    /// How long it counts on, once it is withdrawn.
    counts_until: Option<String>,
    counts: bool,
    withdraw: Option<String>,
}
#[derive(Serialize)]
struct RecordedRow {
    organisation_name: String,
    why: &'static str,
}

impl InterestsPage {
    pub fn new(
        declared: &[(Interest, Organisation)],
        recorded: &[(String, Tie)],
        months: u32,
        now: NaiveDateTime,
    ) -> Self {
        let declared = declared.iter().map(|(interest, organisation)| DeclaredRow {
            organisation_name: organisation.name.clone(),
            words: interest.words.clone(),
            since: say_day(day_of(interest.declared_at)),
            counts_until: interest.withdrawn_at.map(|at| say_day(months_after(day_of(at), months))),
            counts: interest.withdrawn_at.is_none_or(|at| at > months_before(now, months)),
            withdraw: interest.withdrawn_at.is_none().then(|| withdrawal_address(interest.id)),
        });
        let of_records = recorded.iter().filter(|(_, tie)| !matches!(tie, Tie::Declared | Tie::WasDeclared));
        Self {
            declared: declared.collect(),
            recorded: of_records.map(|(name, tie)| RecordedRow::new(name, *tie)).collect(),
            counts_for: count(months as usize, "month", "months"),
        }
    }
}

impl RecordedRow {
    fn new(name: &str, tie: Tie) -> Self {
        Self { organisation_name: name.to_owned(), why: say_tie(tie) }
    }
}

impl Page for InterestsPage {
    const TEMPLATE: &'static str = "review/interests/interests";
    fn title(&self) -> String {
        "Your ties to organisations".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/my")
    }
}

/// Finding the organisation.
#[derive(Serialize)]
pub struct FindingPage {
    q: Field,
    searched: bool,
    found: Vec<Link>,
    has_more: bool,
}

impl FindingPage {
    pub fn new(q: &str, found: &[Organisation]) -> Self {
        let link = |organisation: &Organisation| Link::new(&organisation.name, declaring_address(organisation));
        Self {
            q: Filled::blank(&[]).with("q", q).field("q"),
            searched: !q.trim().is_empty(),
            found: found.iter().take(FOUND_AT_ONCE as usize).map(link).collect(),
            has_more: found.len() as i64 > FOUND_AT_ONCE,
        }
    }
}

impl Page for FindingPage {
    const TEMPLATE: &'static str = "review/interests/finding";
    fn title(&self) -> String {
        "Declare a tie".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(ADDRESS)
    }
}

/// Saying what the tie is.
#[derive(Serialize)]
pub struct DeclaringPage {
    organisation_name: String,
    action: String,
    form: Filled,
}

impl DeclaringPage {
    pub fn new(organisation: &Organisation, form: Filled) -> Self {
        Self { organisation_name: organisation.name.clone(), action: declaring_address(organisation), form }
    }
}

impl Page for DeclaringPage {
    const TEMPLATE: &'static str = "review/interests/declaring";
    fn title(&self) -> String {
        format!("Declare a tie to {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("{ADDRESS}/new"))
    }
}

/// Saying that it is over.
#[derive(Serialize)]
pub struct WithdrawingPage {
    organisation_name: String,
    words: String,
    counts_for: String,
    action: String,
}

impl WithdrawingPage {
    pub fn new(interest: &Interest, organisation: &Organisation, months: u32) -> Self {
        Self {
            organisation_name: organisation.name.clone(),
            words: interest.words.clone(),
            counts_for: count(months as usize, "month", "months"),
            action: withdrawal_address(interest.id),
        }
    }
}

impl Page for WithdrawingPage {
    const TEMPLATE: &'static str = "review/interests/withdrawing";
    fn title(&self) -> String {
        format!("Is your tie to {} over?", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(ADDRESS)
    }
}

fn declaring_address(organisation: &Organisation) -> String {
    format!("{ADDRESS}/new/{}", organisation.slug)
}

fn withdrawal_address(id: InterestId) -> String {
    format!("{ADDRESS}/{id}/withdrawal")
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let row = |name: &str, counts_until: Option<&str>, counts| DeclaredRow {
        organisation_name: name.into(),
        words: "My sister is its treasurer.".into(),
        since: "3 November 2026".into(),
        counts_until: counts_until.map(str::to_owned),
        counts,
        withdraw: counts_until.is_none().then(|| "/review/interests/0190/withdrawal".into()),
    };
    let interests = |declared, recorded| InterestsPage { declared, recorded, counts_for: "24 months".into() };
    let found = FindingPage {
        q: Filled::blank(&[]).with("q", "hub").field("q"),
        searched: true,
        found: vec![Link::new("The Hub", "/review/interests/new/the-hub")],
        has_more: true,
    };
    let declaring = |form| DeclaringPage {
        organisation_name: "The Hub".into(),
        action: "/review/interests/new/the-hub".into(),
        form,
    };
    let wrong = Filled::blank(InterestForm::FIELDS).with_problem("words", "Say in a few words what your tie is");
    vec![
        sample(&interests(Vec::new(), Vec::new())),
        sample(&interests(
            vec![
                row("The Hub", None, true),
                row("Sneinton Lads’ Club", Some("3 November 2028"), true),
                row("Bulwell Boxing", Some("3 November 2025"), false),
            ],
            vec![RecordedRow::new("Stapleford Rainbow Room", Tie::Member)],
        )),
        sample(&found),
        sample(&FindingPage::new("", &[])),
        sample(&FindingPage::new("nobody", &[])),
        sample(&declaring(Filled::blank(InterestForm::FIELDS))),
        sample(&declaring(wrong)),
        sample(&WithdrawingPage {
            organisation_name: "The Hub".into(),
            words: "My sister is its treasurer.".into(),
            counts_for: "24 months".into(),
            action: "/review/interests/0190/withdrawal".into(),
        }),
    ]
}
