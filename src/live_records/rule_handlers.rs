//! The VRP says which question a record speaks to.

use actix_web::HttpResponse;

use super::rule::{Rule, point_rule, rules_of};
use super::rule_pages::{self, RuleForm, RulePage, RulesPage};
use crate::accounts::Steward;
use crate::error::{Error, Result};
use crate::framework::Framework;
use crate::web::{Path, Submitted, redirect_with_notice};

pub async fn show_rules(steward: Steward) -> Result<HttpResponse> {
    let (rules, framework) = steward.read(|conn| Ok((rules_of(conn)?, Framework::in_force(conn)?))).await?;
    steward.show(&RulesPage::new(&rules, &framework))
}

pub async fn show_rule(steward: Steward, path: Path<String>) -> Result<HttpResponse> {
    let rule = Rule::parse(&path).ok_or(Error::NotFound)?;
    let (rules, framework) = steward.read(|conn| Ok((rules_of(conn)?, Framework::in_force(conn)?))).await?;
    let form = RuleForm::filled_from(rule, &rules);
    steward.show(&RulePage::new(rule, &rules, &framework, form))
}

pub async fn point(steward: Steward, path: Path<String>, form: Submitted<RuleForm>) -> Result<HttpResponse> {
    let rule = Rule::parse(&path).ok_or(Error::NotFound)?;
    let (rules, framework) = steward.read(|conn| Ok((rules_of(conn)?, Framework::in_force(conn)?))).await?;
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return steward.refuse(&RulePage::new(rule, &rules, &framework, form)),
    };
    if form.indicator.as_ref().is_some_and(|id| framework.indicator(id).is_err()) {
        let form = filled.with_problem("indicator", rule_pages::NO_QUESTION);
        return steward.refuse(&RulePage::new(rule, &rules, &framework, form));
    }
    let pointed = steward.act(move |act| point_rule(act, rule, form.indicator.as_ref())?.ok_or(Error::Conflict)).await;
    match pointed {
        Err(Error::Conflict) => {
            let form = filled.with_problem("indicator", rule_pages::TAKEN);
            steward.refuse(&RulePage::new(rule, &rules, &framework, form))
        }
        pointed => pointed.map(|()| redirect_with_notice(rule_pages::RULES, rule_pages::POINTED)),
    }
}
