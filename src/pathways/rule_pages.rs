//! The pages of a change of rules: the whole of it as it stands, and each part on a page of its own.

use serde::Serialize;

use super::findings_page::{Base, FindingsView};
use super::forms::{PeriodForm, RequirementForm};
use super::pages::{RulesView, a_module, group_choices, module_address};
use super::rule_change::{ChangeState, RuleChange};
use super::trial::{Effect, Findings};
use super::wording::{kind_name, offer_name, role_name, state_name};
use crate::clock::{day_of, say_day};
use crate::ids::ModuleId;
use crate::organisations::{Engagement, LegalForm, MembershipRole};
use crate::training::{Expiry, ExpiryBasis, FixedDay, Module, ModuleState, Requirement};
use crate::web::{Choice, Filled, Link, Page, Sample, choices, sample};

pub(super) const IN_FORCE: &str = "The new rules are in force";
pub(super) const DROPPED: &str = "The change is dropped. The rules are as they were";

pub(super) fn rules_address(id: &ModuleId) -> String {
    format!("{}/rules", module_address(id))
}

/// How much there is in all.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub of_people: i64,
    pub come_to: i64,
    /// With anybody in them.
    pub organisations: i64,
}

/// A change of rules, wherever it stands.
#[derive(Serialize)]
pub struct RulesPage {
    name: String,
    address: String,
    edition: i32,
    status: &'static str,
    colour: &'static str,
    now: RulesView,
    new: RulesView,
    requirements: Vec<RequirementRow>,
    is_writing: bool,
    is_any_change: bool,
    other_group: bool,
    other_expiry: bool,
    other_people: bool,
    other_offer: bool,
    /// While the portal goes through the records.
    walk: Option<WalkView>,
    /// Once it has.
    found: Option<FindingsView>,
    tried_on: Option<String>,
    can_drop: bool,
    #[serde(skip)]
    back: String,
}

#[derive(Serialize)]
struct RequirementRow {
    text: String,
    address: String,
    removal: String,
}

#[derive(Serialize)]
struct WalkView {
    /// Of 100.
    percent: i64,
    applies: bool,
}

impl RulesPage {
    pub fn new(module: &Module, change: &RuleChange, findings: &Findings, seen: Seen) -> Self {
        let address = rules_address(&module.id);
        let state = change.state();
        let (status, colour) = state_name(state);
        let (before, after) = (&change.rules_before, &change.rules);
        let new = RulesView::of(after);
        let requirement = |(number, text): (usize, &String)| RequirementRow {
            text: text.clone(),
            address: format!("{address}/requirements/{number}"),
            removal: format!("{address}/requirements/{number}/removal"),
        };
        let is_walking = matches!(state, ChangeState::Trying | ChangeState::Applying);
        let base = Base { people: change.looked_at, organisations: seen.organisations };
        Self {
            name: module.title.clone(),
            edition: change.edition,
            status,
            colour,
            now: RulesView::of(before),
            requirements: (1..).zip(&new.required_of).map(requirement).collect(),
            new,
            is_writing: state == ChangeState::Writing,
            is_any_change: change.is_any_change(),
            other_group: before.pathway != after.pathway,
            other_expiry: before.expiry != after.expiry,
            other_people: before.required_of != after.required_of,
            other_offer: before.state != after.state,
            walk: is_walking.then(|| WalkView {
                percent: (seen.come_to * 100).checked_div(seen.of_people).unwrap_or(0).clamp(0, 100),
                applies: state == ChangeState::Applying,
            }),
            found: (state == ChangeState::Tried).then(|| FindingsView::new(findings, base)),
            tried_on: change.tried_at.map(|at| say_day(day_of(at))),
            can_drop: state != ChangeState::Applying,
            back: module_address(&module.id),
            address,
        }
    }
}

impl Page for RulesPage {
    const TEMPLATE: &'static str = "pathways/rules";
    fn title(&self) -> String {
        format!("New rules for {}", self.name)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new(self.name.clone(), self.back.clone()))
    }
}

/// A part of the rules that is one choice.
#[derive(Serialize)]
pub struct ChoicePage {
    name: String,
    legend: &'static str,
    action: String,
    field: &'static str,
    options: Vec<Choice>,
    button: &'static str,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl ChoicePage {
    pub fn group(module: &Module, form: Filled) -> Self {
        Self::asking(module, "Which group does it belong to?", ("group", "pathway"), group_choices(), form)
    }

    pub fn offer(module: &Module, form: Filled) -> Self {
        let options = ModuleState::ALL.iter().map(|state| Choice::new(state.as_str(), offer_name(*state))).collect();
        Self::asking(module, "Is it offered?", ("offer", "state"), options, form)
    }

    pub fn basis(module: &Module, form: Filled) -> Self {
        let options = vec![
            Choice::new("never", "For ever"),
            Choice::new("completion", "A time from the day of completion"),
            Choice::new("previous_expiry", "A time from the end of the one before")
                .with_hint("Whoever renews in its last weeks loses no time"),
            Choice::new("fixed_day", "To a day of the year")
                .with_hint("For example to 31 August, so that everyone renews together"),
        ];
        let page = Self::asking(module, "How long does it count?", ("expiry", "basis"), options, form);
        Self { button: "Continue", ..page }
    }

    fn asking(
        module: &Module,
        legend: &'static str,
        (part, field): (&str, &'static str),
        options: Vec<Choice>,
        form: Filled,
    ) -> Self {
        let back = rules_address(&module.id);
        let action = format!("{back}/{part}");
        Self { name: module.title.clone(), legend, action, field, options, button: "Save", form, back }
    }
}

impl Page for ChoicePage {
    const TEMPLATE: &'static str = "pathways/choice";
    fn title(&self) -> String {
        self.legend.to_owned()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// How long it counts, in numbers.
#[derive(Serialize)]
pub struct PeriodPage {
    name: String,
    action: String,
    basis: &'static str,
    wants_day: bool,
    wants_window: bool,
    months: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl PeriodPage {
    pub fn new(module: &Module, basis: ExpiryBasis, form: Filled) -> Self {
        let rules = rules_address(&module.id);
        Self {
            name: module.title.clone(),
            action: format!("{rules}/expiry/{}", basis.as_str()),
            basis: basis.as_str(),
            wants_day: basis == ExpiryBasis::FixedDay,
            wants_window: basis != ExpiryBasis::Completion,
            months: month_choices(),
            form,
            back: format!("{rules}/expiry"),
        }
    }
}

fn month_choices() -> Vec<Choice> {
    let named = |month: u32| {
        let name = FixedDay::new(month, 1).map(FixedDay::say).unwrap_or_default();
        Choice::new(month.to_string(), name.trim_start_matches("1 "))
    };
    std::iter::once(Choice::new("", "Choose the month")).chain((1..=12).map(named)).collect()
}

/// The numbers as they are written now; for another basis, those that most would choose.
pub(super) fn period_as_it_is(change: &RuleChange, basis: ExpiryBasis) -> Filled {
    let expiry = change.rules.expiry;
    let months = expiry.months().unwrap_or(36);
    let day = expiry.fixed_day();
    let is_same = expiry != Expiry::Never && expiry.basis() == basis;
    let renewal_days = expiry.renewal_days().filter(|_| is_same).unwrap_or(60);
    Filled::blank(PeriodForm::FIELDS)
        .with("edition", change.edition.to_string())
        .with("basis", basis.as_str())
        .with("months", months.to_string())
        .with("years", months.div_ceil(12).clamp(1, 10).to_string())
        .with("renewal_days", renewal_days.to_string())
        .with("day", day.map(|day| day.day().to_string()).unwrap_or_default())
        .with("month", day.map(|day| day.month().to_string()).unwrap_or_default())
}

impl Page for PeriodPage {
    const TEMPLATE: &'static str = "pathways/period";
    fn title(&self) -> String {
        "How long does it count?".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// One way of needing a module.
#[derive(Serialize)]
pub struct RequirementPage {
    name: String,
    action: String,
    roles: Vec<Choice>,
    engagements: Vec<Choice>,
    responsibility: Vec<Choice>,
    kinds: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl RequirementPage {
    /// `number` counts from 1; none is a new one.
    pub fn new(module: &Module, number: Option<usize>, form: Filled) -> Self {
        let back = rules_address(&module.id);
        let word = number.map_or("new".to_owned(), |number| number.to_string());
        let capital = |engagement| match engagement {
            Engagement::Paid => "Paid",
            Engagement::Volunteer => "Volunteers",
            Engagement::Trustee => "Trustees",
        };
        Self {
            name: module.title.clone(),
            action: format!("{back}/requirements/{word}"),
            roles: MembershipRole::ALL.iter().map(|role| Choice::new(role.as_str(), role_name(*role))).collect(),
            engagements: Engagement::ALL.iter().map(|e| Choice::new(e.as_str(), capital(*e))).collect(),
            responsibility: choices(&[("yes", "Only those who carry responsibility for the organisation")]),
            kinds: LegalForm::ALL.iter().map(|form| Choice::new(form.as_str(), kind_name(*form))).collect(),
            form,
            back,
        }
    }
}

pub(super) fn requirement_as_it_is(change: &RuleChange, wanted: &Requirement) -> Filled {
    Filled::blank(RequirementForm::FIELDS)
        .with("edition", change.edition.to_string())
        .with_all("roles", wanted.roles.iter().map(|role| role.as_str()))
        .with_all("engagements", wanted.engagements.iter().map(|engagement| engagement.as_str()))
        .with("accountable", if wanted.accountable { "yes" } else { "" })
        .with_all("legal_forms", wanted.legal_forms.iter().map(|form| form.as_str()))
}

impl Page for RequirementPage {
    const TEMPLATE: &'static str = "pathways/requirement";
    fn title(&self) -> String {
        "Who must have it?".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let module = a_module();
    let rules = RulesView::of(&module.rules);
    let page = |status, colour| RulesPage {
        name: module.title.clone(),
        address: rules_address(&module.id),
        edition: 3,
        status,
        colour,
        now: rules.clone(),
        new: rules.clone(),
        requirements: Vec::new(),
        is_writing: false,
        is_any_change: true,
        other_group: false,
        other_expiry: true,
        other_people: false,
        other_offer: false,
        walk: None,
        found: None,
        tried_on: Some("27 November 2026".into()),
        can_drop: true,
        back: module_address(&module.id),
    };
    let row = RequirementRow {
        text: "Everyone".into(),
        address: "/vrp/training/modules/send/rules/requirements/1".into(),
        removal: "/vrp/training/modules/send/rules/requirements/1/removal".into(),
    };
    let mut findings = Findings { ends_to_change: 12, ..Findings::default() };
    findings.people.insert((Effect::Sooner, "2027-03".into()), 8);
    findings.people.insert((Effect::Later, String::new()), 2);
    let found = FindingsView::new(&findings, Base { people: 40, organisations: 9 });
    let nothing = FindingsView::new(&Findings::default(), Base { people: 40, organisations: 9 });
    let choice = |page: fn(&Module, Filled) -> ChoicePage, field: &str| {
        page(&module, Filled::blank(&[field, "edition"]).with_problem(field, "Select one"))
    };
    let period = |basis| PeriodPage::new(&module, basis, Filled::blank(PeriodForm::FIELDS));
    let all_other = |page: RulesPage| RulesPage { other_group: true, other_people: true, other_offer: true, ..page };
    vec![
        sample(&RulesPage { is_writing: true, requirements: vec![row], ..page("Being written", "grey") }),
        sample(&RulesPage { is_writing: true, is_any_change: false, ..page("Being written", "grey") }),
        sample(&RulesPage { walk: Some(WalkView { percent: 40, applies: false }), ..page("Being tried", "blue") }),
        sample(&RulesPage {
            walk: Some(WalkView { percent: 40, applies: true }),
            can_drop: false,
            ..page("Coming into force", "blue")
        }),
        sample(&all_other(RulesPage { found: Some(found), ..page("Tried, not in force", "yellow") })),
        sample(&RulesPage { found: Some(nothing), ..page("Tried, not in force", "yellow") }),
        sample(&choice(ChoicePage::group, "pathway")),
        sample(&choice(ChoicePage::offer, "state")),
        sample(&choice(ChoicePage::basis, "basis")),
        sample(&period(ExpiryBasis::Completion)),
        sample(&period(ExpiryBasis::PreviousExpiry)),
        sample(&period(ExpiryBasis::FixedDay)),
        sample(&RequirementPage::new(&module, None, Filled::blank(RequirementForm::FIELDS))),
        sample(&RequirementPage::new(&module, Some(1), Filled::blank(RequirementForm::FIELDS))),
    ]
}
