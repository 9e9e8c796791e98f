//! The VRP's pages of a change of rules: writing it, trying it, putting it into force.

use actix_web::HttpResponse;

use super::forms::{Basis, EditionForm, PeriodForm, RequirementForm, RuleChoice, RuleForm};
use super::handlers::find_module;
use super::pages::module_address;
use super::rule_change::{RuleChange, begin_rule_change};
use super::rule_pages::{self, ChoicePage, PeriodPage, RequirementPage, RulesPage, Seen};
use super::trial::findings_of;
use super::walk::go_on_with_rule_changes;
use crate::accounts::{Seat, Steward};
use crate::acts::Act;
use crate::error::{Error, Result};
use crate::ids::ModuleId;
use crate::training::{
    Expiry, ExpiryBasis, Module, ModuleState, Pathway, Requirement, Rules, count_organisations, count_people,
    count_people_to,
};
use crate::web::{Filled, Path, Pressed, Submitted, redirect, redirect_with_notice};

/// Begins a change, or goes to the one that is open.
pub async fn begin(steward: Steward, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let module = find_module(&steward, &id).await?;
    let (address, by) = (rule_pages::rules_address(&module.id), steward.account.id);
    steward.act(move |act| begin_rule_change(act, &module, by)).await?;
    Ok(redirect(address))
}

pub async fn show_rules(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let module = find_module(&steward, &id).await?;
    let address = module_address(&module.id);
    let page = steward
        .read(move |conn| {
            let Some(change) = RuleChange::open_for(conn, &module.id)? else { return Ok(None) };
            let findings = findings_of(conn, &change)?;
            let seen = Seen {
                come_to: count_people_to(conn, &change.reached)?,
                of_people: count_people(conn)?,
                organisations: count_organisations(conn)?,
            };
            Ok(Some(RulesPage::new(&module, &change, &findings, seen)))
        })
        .await?;
    match page {
        Some(page) => steward.show(&page),
        None => Ok(redirect(address)),
    }
}

pub async fn show_group(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let (module, change) = writing(&steward, &id).await?;
    steward.show(&ChoicePage::group(&module, filled::<Pathway>(&change, change.rules.pathway.as_str())))
}

pub async fn save_group(
    steward: Steward,
    id: Path<String>,
    form: Submitted<RuleForm<Pathway>>,
) -> Result<HttpResponse> {
    let module = find_module(&steward, &id).await?;
    match form.parsed() {
        Ok((said, _)) => edit(&steward, module.id, said.edition, move |rules| rules.pathway = said.answer).await,
        Err(form) => steward.refuse(&ChoicePage::group(&module, form)),
    }
}

pub async fn show_offer(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let (module, change) = writing(&steward, &id).await?;
    steward.show(&ChoicePage::offer(&module, filled::<ModuleState>(&change, change.rules.state.as_str())))
}

pub async fn save_offer(
    steward: Steward,
    id: Path<String>,
    form: Submitted<RuleForm<ModuleState>>,
) -> Result<HttpResponse> {
    let module = find_module(&steward, &id).await?;
    match form.parsed() {
        Ok((said, _)) => edit(&steward, module.id, said.edition, move |rules| rules.state = said.answer).await,
        Err(form) => steward.refuse(&ChoicePage::offer(&module, form)),
    }
}

pub async fn show_basis(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let (module, change) = writing(&steward, &id).await?;
    let word = match change.rules.expiry {
        Expiry::Never => "never",
        expiry => expiry.basis().as_str(),
    };
    steward.show(&ChoicePage::basis(&module, filled::<Basis>(&change, word)))
}

/// For ever is said with that; everything else wants numbers.
pub async fn save_basis(steward: Steward, id: Path<String>, form: Submitted<RuleForm<Basis>>) -> Result<HttpResponse> {
    let module = find_module(&steward, &id).await?;
    match form.parsed() {
        Ok((RuleForm { answer: Basis(Some(basis)), .. }, _)) => {
            Ok(redirect(format!("{}/expiry/{}", rule_pages::rules_address(&module.id), basis.as_str())))
        }
        Ok((said, _)) => edit(&steward, module.id, said.edition, |rules| rules.expiry = Expiry::Never).await,
        Err(form) => steward.refuse(&ChoicePage::basis(&module, form)),
    }
}

pub async fn show_period(steward: Steward, path: Path<(String, String)>) -> Result<HttpResponse> {
    let basis = ExpiryBasis::parse(&path.1).ok_or(Error::NotFound)?;
    let (module, change) = writing(&steward, &path.0).await?;
    steward.show(&PeriodPage::new(&module, basis, rule_pages::period_as_it_is(&change, basis)))
}

pub async fn save_period(
    steward: Steward,
    path: Path<(String, String)>,
    form: Submitted<PeriodForm>,
) -> Result<HttpResponse> {
    let basis = ExpiryBasis::parse(&path.1).ok_or(Error::NotFound)?;
    let module = find_module(&steward, &path.0).await?;
    match form.parsed() {
        Ok((said, _)) if said.basis != basis => Err(Error::NotFound),
        Ok((said, _)) => edit(&steward, module.id, said.edition, move |rules| rules.expiry = said.expiry).await,
        Err(form) => steward.refuse(&PeriodPage::new(&module, basis, form)),
    }
}

pub async fn show_new_requirement(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let (module, change) = writing(&steward, &id).await?;
    let form = rule_pages::requirement_as_it_is(&change, &Requirement::default());
    steward.show(&RequirementPage::new(&module, None, form))
}

pub async fn add_requirement(
    steward: Steward,
    id: Path<String>,
    form: Submitted<RequirementForm>,
) -> Result<HttpResponse> {
    let module = find_module(&steward, &id).await?;
    match form.parsed() {
        Ok((said, _)) => {
            edit(&steward, module.id, said.edition, move |rules| rules.required_of.push(said.wanted)).await
        }
        Err(form) => steward.refuse(&RequirementPage::new(&module, None, form)),
    }
}

pub async fn show_requirement(steward: Steward, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (module, change) = writing(&steward, &path.0).await?;
    let number = number_of(&path.1)?;
    let wanted = change.rules.required_of.get(number - 1).ok_or(Error::NotFound)?;
    let form = rule_pages::requirement_as_it_is(&change, wanted);
    steward.show(&RequirementPage::new(&module, Some(number), form))
}

pub async fn save_requirement(
    steward: Steward,
    path: Path<(String, String)>,
    form: Submitted<RequirementForm>,
) -> Result<HttpResponse> {
    let (module, number) = (find_module(&steward, &path.0).await?, number_of(&path.1)?);
    match form.parsed() {
        Ok((said, _)) => {
            edit(&steward, module.id, said.edition, move |rules| {
                if let Some(there) = rules.required_of.get_mut(number - 1) {
                    *there = said.wanted;
                }
            })
            .await
        }
        Err(form) => steward.refuse(&RequirementPage::new(&module, Some(number), form)),
    }
}

pub async fn remove_requirement(
    steward: Steward,
    path: Path<(String, String)>,
    form: Submitted<EditionForm>,
) -> Result<HttpResponse> {
    let (module, number) = (find_module(&steward, &path.0).await?, number_of(&path.1)?);
    let edition = edition_of(form);
    edit(&steward, module.id, edition, move |rules| {
        if number <= rules.required_of.len() {
            rules.required_of.remove(number - 1);
        }
    })
    .await
}

/// Tries what is written. A small sector is through before the page is shown; else the portal goes on by itself.
pub async fn try_out(steward: Steward, id: Path<String>, form: Submitted<EditionForm>) -> Result<HttpResponse> {
    let edition = edition_of(form);
    settle(&steward, &id, edition, |act, change| change.try_out(act)).await?;
    walk_a_little(&steward).await?;
    Ok(redirect(rule_pages::rules_address(&ModuleId::from(id.as_str()))))
}

pub async fn write_again(steward: Steward, id: Path<String>, form: Submitted<EditionForm>) -> Result<HttpResponse> {
    let edition = edition_of(form);
    settle(&steward, &id, edition, |act, change| change.write_again(act)).await?;
    Ok(redirect(rule_pages::rules_address(&ModuleId::from(id.as_str()))))
}

pub async fn put_into_force(steward: Steward, id: Path<String>, form: Submitted<EditionForm>) -> Result<HttpResponse> {
    let edition = edition_of(form);
    settle(&steward, &id, edition, |act, change| change.put_into_force(act)).await?;
    walk_a_little(&steward).await?;
    Ok(redirect_with_notice(module_address(&ModuleId::from(id.as_str())), rule_pages::IN_FORCE))
}

pub async fn drop_change(steward: Steward, id: Path<String>, form: Submitted<EditionForm>) -> Result<HttpResponse> {
    let edition = edition_of(form);
    settle(&steward, &id, edition, |act, change| change.drop_it(act)).await?;
    Ok(redirect_with_notice(module_address(&ModuleId::from(id.as_str())), rule_pages::DROPPED))
}

/// A module with the change of its rules that is being written; whatever else it is by now is a conflict.
async fn writing(seat: &Seat, id: &str) -> Result<(Module, RuleChange)> {
    let id = ModuleId::from(id);
    let (module, change) =
        seat.read(move |conn| Ok((Module::find(conn, &id)?, RuleChange::open_for(conn, &id)?))).await?;
    Ok((module, change.filter(RuleChange::is_being_written).ok_or(Error::Conflict)?))
}

/// Writes one part of the rules, and goes back to the whole.
async fn edit(
    seat: &Seat,
    module: ModuleId,
    seen: i32,
    put: impl FnOnce(&mut Rules) + Send + 'static,
) -> Result<HttpResponse> {
    let address = rule_pages::rules_address(&module);
    seat.act(move |act| {
        let change = RuleChange::open_for(act.conn, &module)?.ok_or(Error::Conflict)?;
        let mut rules = change.rules.clone();
        put(&mut rules);
        change.write(act, seen, &rules)
    })
    .await?;
    Ok(redirect(address))
}

/// Does something to the open change of a module, if it is still what was seen.
async fn settle(
    seat: &Seat,
    id: &str,
    seen: i32,
    work: impl FnOnce(&mut Act<'_>, &RuleChange) -> Result<()> + Send + 'static,
) -> Result<()> {
    let id = ModuleId::from(id);
    seat.act(move |act| {
        let module = Module::find(act.conn, &id)?;
        let change = RuleChange::open_for(act.conn, &module.id)?.ok_or(Error::Conflict)?;
        if change.edition != seen {
            return Err(Error::Conflict);
        }
        work(act, &change)
    })
    .await
}

/// Two batches: one to come to everyone, one to find that nobody is left.
async fn walk_a_little(seat: &Seat) -> Result<()> {
    for _ in 0..2 {
        seat.act_as_portal(go_on_with_rule_changes).await?;
    }
    Ok(())
}

fn filled<T: RuleChoice>(change: &RuleChange, word: &str) -> Filled {
    Filled::blank(&[T::FIELD]).with(T::FIELD, word).with("edition", change.edition.to_string())
}

fn edition_of(form: Submitted<EditionForm>) -> i32 {
    form.parsed().map_or(0, |(form, _)| form.edition)
}

/// Counted from 1.
fn number_of(word: &str) -> Result<usize> {
    word.parse().ok().filter(|number| *number > 0).ok_or(Error::NotFound)
}
