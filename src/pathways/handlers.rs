//! The VRP's pages of modules: the list, one module, its words and its place. All of it is saved at once.

use actix_web::HttpResponse;

use super::forms::{NewModuleForm, ParticularsForm, PlaceForm, WordsForm};
use super::pages::{self, ModulePage, ModulesPage, ParticularsPage, WordsPage};
use super::programme::{add_module, change_particulars, move_module, rewrite_module};
use super::rule_change::RuleChange;
use crate::accounts::{Seat, Steward};
use crate::error::Result;
use crate::ids::ModuleId;
use crate::training::{Equivalent, Module};
use crate::web::{Filled, Path, Submitted, redirect, redirect_with_notice};

pub async fn show_modules(steward: Steward) -> Result<HttpResponse> {
    let (modules, open) = steward.read(|conn| Ok((Module::all_ever(conn)?, RuleChange::all_open(conn)?))).await?;
    steward.show(&ModulesPage::new(&modules, &open))
}

pub async fn show_new_module(steward: Steward) -> Result<HttpResponse> {
    steward.show(&WordsPage::new_module(Filled::blank(NewModuleForm::FIELDS)))
}

pub async fn add(steward: Steward, form: Submitted<NewModuleForm>) -> Result<HttpResponse> {
    match form.parsed() {
        Ok((wanted, _)) => {
            let module = steward.act(move |act| add_module(act, wanted.words, wanted.pathway)).await?;
            Ok(redirect_with_notice(pages::module_address(&module.id), pages::ADDED))
        }
        Err(form) => steward.refuse(&WordsPage::new_module(form)),
    }
}

pub async fn show_module(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let id = ModuleId::from(id.as_str());
    let page = steward
        .read(move |conn| {
            let module = Module::find(conn, &id)?;
            let equivalents = Equivalent::offered_for(conn, &id)?;
            let (open, applied) = (RuleChange::open_for(conn, &id)?, RuleChange::applied_to(conn, &id)?);
            Ok(ModulePage::new(&module, &equivalents, open.as_ref(), &applied))
        })
        .await?;
    steward.show(&page)
}

pub async fn show_words(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let module = find_module(&steward, &id).await?;
    let form = Filled::blank(WordsForm::FIELDS)
        .with("title", module.title.clone())
        .with("short_title", module.short_title.clone())
        .with("summary", module.summary.clone())
        .with("minimum_content", module.minimum_content.clone());
    steward.show(&WordsPage::of(&module, form))
}

pub async fn save_words(steward: Steward, id: Path<String>, form: Submitted<WordsForm>) -> Result<HttpResponse> {
    let module = find_module(&steward, &id).await?;
    match form.parsed() {
        Ok((WordsForm(words), _)) => {
            let address = pages::module_address(&module.id);
            steward.act(move |act| rewrite_module(act, &module, &words)).await?;
            Ok(redirect_with_notice(address, pages::SAVED))
        }
        Err(form) => steward.refuse(&WordsPage::of(&module, form)),
    }
}

pub async fn show_particulars(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let module = find_module(&steward, &id).await?;
    let of = module.id.clone();
    let equivalents = steward.read(move |conn| Equivalent::offered_for(conn, &of)).await?;
    steward.show(&ParticularsPage::of(&module, pages::particulars_as_they_are(&module, &equivalents)))
}

pub async fn save_particulars(
    steward: Steward,
    id: Path<String>,
    form: Submitted<ParticularsForm>,
) -> Result<HttpResponse> {
    let module = find_module(&steward, &id).await?;
    match form.parsed() {
        Ok((wanted, _)) => {
            let address = pages::module_address(&module.id);
            steward.act(move |act| change_particulars(act, &module, &wanted.equivalents, &wanted.particulars)).await?;
            Ok(redirect_with_notice(address, pages::SAVED))
        }
        Err(form) => steward.refuse(&ParticularsPage::of(&module, form)),
    }
}

pub async fn put_in_place(steward: Steward, id: Path<String>, form: Submitted<PlaceForm>) -> Result<HttpResponse> {
    let module = find_module(&steward, &id).await?;
    if let Ok((PlaceForm(way), _)) = form.parsed() {
        steward.act(move |act| move_module(act, &module, way)).await?;
    }
    Ok(redirect(pages::MODULES))
}

pub(super) async fn find_module(seat: &Seat, id: &str) -> Result<Module> {
    let id = ModuleId::from(id);
    seat.read(move |conn| Module::find(conn, &id)).await
}
