//! Which record speaks to which question, as the VRP sees and changes it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rule::Rule;
use crate::framework::{Framework, Indicator};
use crate::ids::IndicatorId;
use crate::web::{Choice, Filled, Form, Link, Page, Sample, Sent, sample};

pub(super) const RULES: &str = "/vrp/framework/records";
pub(super) const POINTED: &str = "Saved. From now on the portal proposes it there";
pub(super) const TAKEN: &str = "Another record speaks to this question. Point that one elsewhere first";
pub(super) const NO_QUESTION: &str = "Select a question of the framework";

type Rules = BTreeMap<IndicatorId, Rule>;

/// The question that a rule is to speak to, or none.
pub struct RuleForm {
    pub indicator: Option<IndicatorId>,
}

impl RuleForm {
    pub const FIELDS: &[&str] = &["indicator"];

    pub fn filled_from(rule: Rule, rules: &Rules) -> Filled {
        let now = question_of(rule, rules).map(IndicatorId::as_str).unwrap_or_default();
        Filled::blank(Self::FIELDS).with("indicator", now)
    }
}

impl Form for RuleForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let typed = sent.typed("indicator");
        Some(Self { indicator: (!typed.is_empty()).then(|| IndicatorId::from(typed.as_str())) })
    }
}

fn question_of(rule: Rule, rules: &Rules) -> Option<&IndicatorId> {
    rules.iter().find(|(_, known)| **known == rule).map(|(indicator, _)| indicator)
}

fn rule_name(rule: Rule) -> &'static str {
    match rule {
        Rule::PledgeInForce => "A pledge in force",
        Rule::CoreTraining => "Everyone’s core training in date",
        Rule::SafeguardingLeadTrained => "A safeguarding lead whose training is in date",
        Rule::TwoLeads => "Two leads or more",
        Rule::DocumentsInDate => "All documents in date",
        Rule::AuditTakenPart => "Part taken in the skills audit",
        Rule::YoungPeopleAsked => "Young people asked in the last year",
        Rule::YoungPeopleAnswered => "Young people answered in the last year",
    }
}

#[derive(Serialize)]
struct RuleRow {
    name: &'static str,
    question: String,
    address: String,
}

/// Every record there is.
#[derive(Serialize)]
pub struct RulesPage {
    rows: Vec<RuleRow>,
}

impl RulesPage {
    pub fn new(rules: &Rules, framework: &Framework) -> Self {
        let question = |rule| {
            let asked = framework.indicator(question_of(rule, rules)?).ok()?;
            Some(asked.question.clone())
        };
        let row = |rule: &Rule| RuleRow {
            name: rule_name(*rule),
            question: question(*rule).unwrap_or_else(|| "No question of the framework in force".to_owned()),
            address: format!("{RULES}/{}", rule.as_str()),
        };
        Self { rows: Rule::ALL.iter().map(row).collect() }
    }
}

impl Page for RulesPage {
    const TEMPLATE: &'static str = "live_records/rules";
    fn title(&self) -> String {
        "What the portal knows, as evidence".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Quality framework", "/vrp/framework"))
    }
}

/// One record, and the question it speaks to.
#[derive(Serialize)]
pub struct RulePage {
    name: &'static str,
    action: String,
    form: Filled,
    questions: Vec<Choice>,
}

impl RulePage {
    pub fn new(rule: Rule, rules: &Rules, framework: &Framework, form: Filled) -> Self {
        let is_free = |i: &&Indicator| rules.get(&i.id).is_none_or(|known| *known == rule);
        let free = framework.indicators.iter().filter(is_free);
        let choice = |i: &Indicator| Choice::new(i.id.as_str(), i.question.as_str());
        Self {
            name: rule_name(rule),
            action: format!("{RULES}/{}", rule.as_str()),
            form,
            questions: std::iter::once(Choice::new("", "None")).chain(free.map(choice)).collect(),
        }
    }
}

impl Page for RulePage {
    const TEMPLATE: &'static str = "live_records/rule";
    fn title(&self) -> String {
        self.name.into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("What the portal knows, as evidence", RULES))
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let framework = Framework::written_in_content(Default::default()).expect("the content holds a framework");
    let rules = Rules::from([(framework.indicators[0].id.clone(), Rule::PledgeInForce)]);
    let form = RuleForm::filled_from(Rule::PledgeInForce, &rules);
    vec![
        sample(&RulesPage::new(&rules, &framework)),
        sample(&RulePage::new(Rule::PledgeInForce, &rules, &framework, form.clone())),
        sample(&RulePage::new(Rule::TwoLeads, &rules, &framework, form.with_problem("indicator", TAKEN))),
    ]
}
