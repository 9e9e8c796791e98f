//! The pages of modules: the list, one module, its words and what few modules have.

use serde::Serialize;

use super::forms::{NewModuleForm, ParticularsForm, WordsForm};
use super::rule_change::RuleChange;
use super::rule_pages::rules_address;
use super::wording::{offer_name, say_expiry, say_requirement, state_name};
use crate::clock::{day_of, say_day};
use crate::ids::ModuleId;
use crate::training::{Equivalent, Module, ModuleState, Pathway, Rules, pathway_name};
use crate::web::{Choice, Filled, Link, Page, Sample, sample};

pub(super) const MODULES: &str = "/vrp/training/modules";
pub(super) const ADDED: &str = "The module is added. Nobody must have it until you change its rules";
pub(super) const SAVED: &str = "Your changes are saved";

pub(super) fn module_address(id: &ModuleId) -> String {
    format!("{MODULES}/{id}")
}

/// Every module, group by group.
#[derive(Serialize)]
pub struct ModulesPage {
    groups: Vec<GroupView>,
    retired: Vec<RowView>,
}

#[derive(Serialize)]
struct GroupView {
    title: &'static str,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    title: String,
    address: String,
    place: String,
    detail: String,
    status: Option<&'static str>,
    colour: Option<&'static str>,
    can_rise: bool,
    can_sink: bool,
}

impl ModulesPage {
    pub fn new(modules: &[Module], open: &[RuleChange]) -> Self {
        let rows = |wanted: &dyn Fn(&Module) -> bool| -> Vec<RowView> {
            let found: Vec<&Module> = modules.iter().filter(|module| wanted(module)).collect();
            let last = found.len().saturating_sub(1);
            found.iter().enumerate().map(|(at, module)| row_view(module, open, (at > 0, at < last))).collect()
        };
        let group = |pathway: &Pathway| GroupView {
            title: pathway_name(*pathway),
            rows: rows(&|module| module.pathway() == *pathway && is_offered(module)),
        };
        Self {
            groups: Pathway::ALL.iter().map(group).filter(|group| !group.rows.is_empty()).collect(),
            retired: rows(&|module| !is_offered(module)),
        }
    }
}

fn is_offered(module: &Module) -> bool {
    module.rules.state == ModuleState::Offered
}

fn row_view(module: &Module, open: &[RuleChange], (can_rise, can_sink): (bool, bool)) -> RowView {
    let change = open.iter().find(|change| change.module_id == module.id).map(|change| state_name(change.state()));
    let (status, colour) = change.unzip();
    RowView {
        title: module.title.clone(),
        address: module_address(&module.id),
        place: format!("{}/place", module_address(&module.id)),
        detail: say_expiry(module.rules.expiry),
        status,
        colour,
        can_rise,
        can_sink,
    }
}

impl Page for ModulesPage {
    const TEMPLATE: &'static str = "pathways/modules";
    fn title(&self) -> String {
        "Training modules".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

/// Rules in words.
#[derive(Serialize, Clone)]
pub struct RulesView {
    pub group: &'static str,
    pub expiry: String,
    pub required_of: Vec<String>,
    pub offer: &'static str,
}

impl RulesView {
    pub fn of(rules: &Rules) -> Self {
        Self {
            group: pathway_name(rules.pathway),
            expiry: say_expiry(rules.expiry),
            required_of: rules.required_of.iter().map(say_requirement).collect(),
            offer: offer_name(rules.state),
        }
    }
}

/// One module.
#[derive(Serialize)]
pub struct ModulePage {
    name: String,
    short_title: String,
    summary: String,
    minimum_content: String,
    words: String,
    equivalents: String,
    qualification: Option<String>,
    since: Option<String>,
    particulars: String,
    rules: RulesView,
    rules_address: String,
    /// Of the change that is open.
    open: Option<OpenView>,
    applied: Vec<String>,
}

#[derive(Serialize)]
struct OpenView {
    status: &'static str,
    colour: &'static str,
}

impl ModulePage {
    pub fn new(
        module: &Module,
        equivalents: &[Equivalent],
        open: Option<&RuleChange>,
        applied: &[(RuleChange, String)],
    ) -> Self {
        let address = module_address(&module.id);
        let open = open.map(|change| state_name(change.state()));
        Self {
            name: module.title.clone(),
            short_title: module.short_title.clone(),
            summary: module.summary.clone(),
            minimum_content: module.minimum_content.clone(),
            words: format!("{address}/words"),
            equivalents: lines_of(equivalents),
            qualification: say_qualification(module),
            since: module.since_on.map(say_day),
            particulars: format!("{address}/particulars"),
            rules: RulesView::of(&module.rules),
            rules_address: rules_address(&module.id),
            open: open.map(|(status, colour)| OpenView { status, colour }),
            applied: applied.iter().map(|(change, by)| say_applied(change, by)).collect(),
        }
    }
}

fn say_qualification(module: &Module) -> Option<String> {
    let level = module.qualification_level.map(|level| format!("Level {level}"));
    let body = module.awarding_body.as_ref().map(|body| format!("awarded by {body}"));
    match (level, body) {
        (None, None) => None,
        (level, body) => Some([level, body].into_iter().flatten().collect::<Vec<_>>().join(", ")),
    }
}

/// What was changed, by whom and when.
fn say_applied(change: &RuleChange, by: &str) -> String {
    let (new, old) = (&change.rules, &change.rules_before);
    let parts = [
        (new.pathway != old.pathway, "its group"),
        (new.expiry != old.expiry, "how long it counts"),
        (new.required_of != old.required_of, "who must have it"),
        (new.state != old.state, "if it is offered"),
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|(differs, _)| *differs).map(|(_, name)| name).collect();
    let day = change.applied_at.map(|at| say_day(day_of(at))).unwrap_or_default();
    format!("{day}, written by {by}: {}", parts.join(", "))
}

fn lines_of(equivalents: &[Equivalent]) -> String {
    equivalents.iter().map(|course| course.title.as_str()).collect::<Vec<_>>().join("\n")
}

impl Page for ModulePage {
    const TEMPLATE: &'static str = "pathways/module";
    fn title(&self) -> String {
        self.name.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Training modules", MODULES))
    }
}

/// What a module says of itself; for a new one, also its group.
#[derive(Serialize)]
pub struct WordsPage {
    heading: String,
    action: String,
    /// None when the module has a group already.
    groups: Option<Vec<Choice>>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl WordsPage {
    pub fn new_module(form: Filled) -> Self {
        Self {
            heading: "Add a module".into(),
            action: format!("{MODULES}/new"),
            groups: Some(group_choices()),
            form,
            back: MODULES.into(),
        }
    }

    pub fn of(module: &Module, form: Filled) -> Self {
        let back = module_address(&module.id);
        let heading = format!("The words of {}", module.title);
        Self { heading, action: format!("{back}/words"), groups: None, form, back }
    }
}

pub(super) fn group_choices() -> Vec<Choice> {
    let hint = |pathway| match pathway {
        Pathway::Core => "The minimum for everyone who works with young people",
        Pathway::Accountability => "For those who carry responsibility for the organisation",
        Pathway::Cpd => "Continuing professional development, such as qualifications",
    };
    let choice = |pathway: &Pathway| Choice::new(pathway.as_str(), pathway_name(*pathway)).with_hint(hint(*pathway));
    Pathway::ALL.iter().map(choice).collect()
}

impl Page for WordsPage {
    const TEMPLATE: &'static str = "pathways/words";
    fn title(&self) -> String {
        self.heading.clone()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

/// What counts as a module, since when there is one, and what a qualification is.
#[derive(Serialize)]
pub struct ParticularsPage {
    name: String,
    action: String,
    levels: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back: String,
}

impl ParticularsPage {
    pub fn of(module: &Module, form: Filled) -> Self {
        let levels = (1..=8).map(|level| Choice::new(level.to_string(), format!("Level {level}")));
        let back = module_address(&module.id);
        Self {
            name: module.title.clone(),
            action: format!("{back}/particulars"),
            levels: std::iter::once(Choice::new("", "Not a qualification")).chain(levels).collect(),
            form,
            back,
        }
    }
}

pub(super) fn particulars_as_they_are(module: &Module, equivalents: &[Equivalent]) -> Filled {
    let since = |format: &str| module.since_on.map(|day| day.format(format).to_string()).unwrap_or_default();
    Filled::blank(ParticularsForm::FIELDS)
        .with("equivalents", lines_of(equivalents))
        .with("qualification_level", module.qualification_level.map(|level| level.to_string()).unwrap_or_default())
        .with("awarding_body", module.awarding_body.clone().unwrap_or_default())
        .with("since_on-day", since("%-d"))
        .with("since_on-month", since("%-m"))
        .with("since_on-year", since("%Y"))
}

impl Page for ParticularsPage {
    const TEMPLATE: &'static str = "pathways/particulars";
    fn title(&self) -> String {
        format!("Courses and qualification: {}", self.name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.back.clone())
    }
}

pub(super) fn a_module() -> Module {
    Module {
        id: "safeguarding".into(),
        position: 1,
        title: "Safeguarding".into(),
        short_title: "Safeguarding".into(),
        summary: "You will be able to spot signs that a young person may be at risk.".into(),
        minimum_content: "Types and signs of abuse\nRecording a concern".into(),
        rules: Rules {
            pathway: Pathway::Core,
            expiry: crate::training::Expiry::FromCompletion { months: 36 },
            required_of: vec![crate::training::Requirement { accountable: true, ..Default::default() }],
            state: ModuleState::Offered,
        },
        since_on: None,
        qualification_level: Some(2),
        awarding_body: Some("ABC Awards".into()),
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let module = a_module();
    let mut retired = a_module();
    retired.rules.state = ModuleState::Retired;
    let mut listed = ModulesPage::new(&[module.clone(), module.clone(), retired], &[]);
    let (status, colour) = state_name(super::ChangeState::Tried);
    (listed.groups[0].rows[0].status, listed.groups[0].rows[0].colour) = (Some(status), Some(colour));
    let mut with_change = ModulePage::new(&module, &[], None, &[]);
    with_change.open = Some(OpenView { status, colour });
    with_change.applied = vec!["27 November 2026, written by Sam Steward: how long it counts".into()];
    let mut bare = module.clone();
    (bare.rules.required_of, bare.qualification_level, bare.awarding_body) = (Vec::new(), None, None);
    let wrong = Filled::blank(NewModuleForm::FIELDS).with_problem("title", "Enter the title");
    vec![
        sample(&listed),
        sample(&ModulesPage::new(&[], &[])),
        sample(&with_change),
        sample(&ModulePage::new(&bare, &[], None, &[])),
        sample(&WordsPage::new_module(wrong)),
        sample(&WordsPage::of(&module, Filled::blank(WordsForm::FIELDS))),
        sample(&ParticularsPage::of(&module, particulars_as_they_are(&module, &[]))),
    ]
}
