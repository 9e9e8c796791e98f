//! What people type about modules and their rules. Forms about rules carry the edition that was seen.

use std::collections::BTreeSet;

use crate::organisations::{Engagement, LegalForm, MembershipRole};
use crate::training::{
    Expiry, ExpiryBasis, FixedDay, ModuleParticulars, ModuleState, ModuleWords, Pathway, Requirement,
};
use crate::web::{Ask, Form, Sent};
use crate::words::{Flaw, Line, Passage};

use super::programme::Way;

/// A course by others has a title of so many characters at most.
const EQUIVALENT_LENGTH: u64 = 160;

/// What a module says of itself.
pub struct WordsForm(pub ModuleWords);

impl WordsForm {
    pub const FIELDS: &[&str] = &["title", "short_title", "summary", "minimum_content"];
}

impl Form for WordsForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let title: Option<Line<120>> = sent.line(Ask::new("title", "The title", "Enter the title"));
        let short_title: Option<Line<30>> =
            sent.line(Ask::new("short_title", "The short title", "Enter a short title for the head of a column"));
        let summary: Option<Passage<500>> = sent.passage(Ask::new(
            "summary",
            "What people will be able to do",
            "Enter what people will be able to do afterwards",
        ));
        let minimum_content: Option<Passage<3000>> = sent.passage(Ask::new(
            "minimum_content",
            "The minimum content",
            "Enter what the training covers at least, one thing a line",
        ));
        Some(Self(ModuleWords {
            title: title?.into_string(),
            short_title: short_title?.into_string(),
            summary: summary?.into_string(),
            minimum_content: minimum_content?.into_string(),
        }))
    }
}

/// A new module.
pub struct NewModuleForm {
    pub words: ModuleWords,
    pub pathway: Pathway,
}

impl NewModuleForm {
    pub const FIELDS: &[&str] = &["title", "short_title", "summary", "minimum_content", "pathway"];
}

impl Form for NewModuleForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let words = WordsForm::parse(sent);
        let pathway = sent.choice("pathway", "Select the group it belongs to", Pathway::parse);
        Some(Self { words: words?.0, pathway: pathway? })
    }
}

/// What few modules have.
pub struct ParticularsForm {
    pub equivalents: Vec<String>,
    pub particulars: ModuleParticulars,
}

impl ParticularsForm {
    pub const FIELDS: &[&str] = &[
        "equivalents",
        "qualification_level",
        "awarding_body",
        "since_on",
        "since_on-day",
        "since_on-month",
        "since_on-year",
    ];
}

impl Form for ParticularsForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let equivalents = read_equivalents(sent);
        let level = sent.read_optional(
            Ask::new("qualification_level", "The level", "Select a level"),
            "Select a level from 1 to 8",
            |typed| typed.parse().ok().filter(|level| (1..=8).contains(level)).ok_or(Flaw::Malformed),
        );
        let awarding_body = sent.read_optional(
            Ask::new("awarding_body", "The awarding body", "Enter the awarding body"),
            "Enter the awarding body",
            Line::<120>::parse,
        );
        let since_on = sent.day_if_any(Ask::new("since_on", "The day it was first given", "Enter the day"));
        let particulars = ModuleParticulars {
            since_on: since_on?,
            qualification_level: level?,
            awarding_body: awarding_body?.map(Line::into_string),
        };
        Some(Self { equivalents: equivalents?, particulars })
    }
}

/// One a line; the same one twice counts once.
fn read_equivalents(sent: &mut Sent) -> Option<Vec<String>> {
    let ask = Ask::new("equivalents", "The courses that count as it", "Enter a course");
    let typed = sent.read_optional(ask, "Enter a course", Passage::<3000>::parse)?;
    let mut courses = BTreeSet::new();
    for line in typed.iter().flat_map(|passage| passage.as_str().lines()).filter(|line| !line.trim().is_empty()) {
        match Line::<EQUIVALENT_LENGTH>::parse(line) {
            Ok(course) => drop(courses.insert(course.into_string())),
            Err(_) => {
                let problem = format!("Each course must be {EQUIVALENT_LENGTH} characters or fewer");
                return sent.refuse("equivalents", problem);
            }
        }
    }
    Some(courses.into_iter().collect())
}

/// Where a module goes in its group.
pub struct PlaceForm(pub Way);

impl Form for PlaceForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let way = match sent.typed("way").as_str() {
            "up" => Way::Up,
            _ => Way::Down,
        };
        Some(Self(way))
    }
}

/// One answer about rules, with the edition of the rules that its writer saw.
pub struct RuleForm<T> {
    pub edition: i32,
    pub answer: T,
}

/// A part of the rules that is one choice.
pub trait RuleChoice: Sized + Copy + 'static {
    const FIELD: &'static str;
    const MISSING: &'static str;
    fn parse_word(word: &str) -> Option<Self>;
}

impl RuleChoice for Pathway {
    const FIELD: &'static str = "pathway";
    const MISSING: &'static str = "Select the group it belongs to";
    fn parse_word(word: &str) -> Option<Self> {
        Self::parse(word)
    }
}

impl RuleChoice for ModuleState {
    const FIELD: &'static str = "state";
    const MISSING: &'static str = "Select if it is offered or retired";
    fn parse_word(word: &str) -> Option<Self> {
        Self::parse(word)
    }
}

/// From when its time is counted; `None` is for ever.
#[derive(Debug, Clone, Copy)]
pub struct Basis(pub Option<ExpiryBasis>);

impl RuleChoice for Basis {
    const FIELD: &'static str = "basis";
    const MISSING: &'static str = "Select how long it counts";
    fn parse_word(word: &str) -> Option<Self> {
        match word {
            "never" => Some(Self(None)),
            word => ExpiryBasis::parse(word).map(|basis| Self(Some(basis))),
        }
    }
}

impl<T: RuleChoice> Form for RuleForm<T> {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let edition = read_edition(sent);
        let answer = sent.choice(T::FIELD, T::MISSING, T::parse_word)?;
        Some(Self { edition, answer })
    }
}

/// How long it counts, in numbers. Which are asked for depends on the basis.
pub struct PeriodForm {
    pub edition: i32,
    pub basis: ExpiryBasis,
    pub expiry: Expiry,
}

impl PeriodForm {
    pub const FIELDS: &[&str] = &["edition", "basis", "months", "years", "renewal_days", "day", "month"];
}

impl Form for PeriodForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        // The page shows all of its fields again, whichever basis was sent with them.
        Self::FIELDS.iter().for_each(|field| drop(sent.typed(field)));
        let edition = read_edition(sent);
        let basis = ExpiryBasis::parse(&sent.typed("basis")).unwrap_or(ExpiryBasis::Completion);
        let expiry = match basis {
            ExpiryBasis::Completion => Expiry::FromCompletion { months: read_months(sent)? },
            ExpiryBasis::PreviousExpiry => {
                let (months, renewal_days) = (read_months(sent), read_renewal_days(sent));
                Expiry::FromPreviousExpiry { months: months?, renewal_days: renewal_days? }
            }
            ExpiryBasis::FixedDay => {
                let (day, years) = (read_fixed_day(sent), read_number(sent, "years", "The number of years", 1..=10));
                let renewal_days = read_renewal_days(sent);
                Expiry::OnFixedDay { day: day?, years: years?, renewal_days: renewal_days? }
            }
        };
        Some(Self { edition, basis, expiry })
    }
}

fn read_months(sent: &mut Sent) -> Option<u32> {
    read_number(sent, "months", "The number of months", 1..=240)
}

fn read_renewal_days(sent: &mut Sent) -> Option<u32> {
    read_number(sent, "renewal_days", "The number of days", 0..=366)
}

fn read_number(sent: &mut Sent, name: &str, called: &str, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
    let wanted = format!("{called} must be a whole number from {} to {}", range.start(), range.end());
    sent.read(Ask::new(name, called, &wanted), &wanted, |typed| match typed.trim() {
        "" => Err(Flaw::Missing),
        typed => typed.parse().ok().filter(|number| range.contains(number)).ok_or(Flaw::Malformed),
    })
}

fn read_fixed_day(sent: &mut Sent) -> Option<FixedDay> {
    const WANTED: &str = "Enter a day that there is in that month, like 31 and August";
    let month = sent.typed("month").parse().unwrap_or(0);
    sent.choice("day", WANTED, |day| FixedDay::new(month, day.trim().parse().ok()?))
}

/// One way of needing a module.
pub struct RequirementForm {
    pub edition: i32,
    pub wanted: Requirement,
}

impl RequirementForm {
    pub const FIELDS: &[&str] = &["edition", "roles", "engagements", "accountable", "legal_forms"];
}

impl Form for RequirementForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let wanted = Requirement {
            roles: sent.choices("roles", MembershipRole::parse),
            engagements: sent.choices("engagements", Engagement::parse),
            accountable: sent.ticked("accountable"),
            legal_forms: sent.choices("legal_forms", LegalForm::parse),
        };
        Some(Self { edition: read_edition(sent), wanted })
    }
}

/// A button about rules, pressed by someone who saw this edition.
pub struct EditionForm {
    pub edition: i32,
}

impl Form for EditionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self { edition: read_edition(sent) })
    }
}

/// There is no edition 0: a form that does not say what it saw is out of date.
fn read_edition(sent: &mut Sent) -> i32 {
    sent.typed("edition").parse().unwrap_or(0)
}
