//! The statements of the draft: adding one, looking at it, its place, taking it out and putting it back.

use actix_web::HttpResponse;

use super::forms::{PlaceForm, RemovalForm, ThemeForm};
use super::handlers::compared_now;
use super::pages;
use super::statement_page::{NewStatementPage, StatementPage, statement_address};
use crate::accounts::Steward;
use crate::charter::{add_statement, move_statement, put_statement_back, remove_statement};
use crate::error::{Error, Result};
use crate::ids::StatementId;
use crate::web::{Path, Pressed, Submitted, redirect, redirect_with_notice};

pub async fn show_new(steward: Steward) -> Result<HttpResponse> {
    compared_now(&steward).await?;
    steward.show(&NewStatementPage::blank())
}

pub async fn add(steward: Steward, form: Submitted<ThemeForm>) -> Result<HttpResponse> {
    match form.parsed() {
        Ok((ThemeForm(theme), _)) => {
            let id = steward.act(move |act| add_statement(act, theme.as_str())).await?;
            Ok(redirect(statement_address(&id)))
        }
        Err(form) => steward.refuse(&NewStatementPage::new(form)),
    }
}

pub async fn show(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let id = StatementId::from(id.as_str());
    let comparison = compared_now(&steward).await?;
    let compared = comparison.statements.iter().find(|compared| compared.statement.id == id);
    steward.show(&StatementPage::new(compared.ok_or(Error::NotFound)?))
}

pub async fn put_in_place(steward: Steward, id: Path<String>, form: Submitted<PlaceForm>) -> Result<HttpResponse> {
    let id = StatementId::from(id.as_str());
    if let Ok((PlaceForm(direction), _)) = form.parsed() {
        steward.act(move |act| move_statement(act, &id, direction)).await?;
    }
    Ok(redirect(pages::DRAFT))
}

pub async fn remove(steward: Steward, id: Path<String>, form: Submitted<RemovalForm>) -> Result<HttpResponse> {
    let id = StatementId::from(id.as_str());
    let seen = form.parsed().map(|(form, _)| form.mark_seen).unwrap_or_default();
    steward.act(move |act| remove_statement(act, &id, &seen)).await?;
    Ok(redirect_with_notice(pages::DRAFT, pages::TAKEN_OUT))
}

pub async fn put_back(steward: Steward, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id = StatementId::from(id.as_str());
    steward.act(move |act| put_statement_back(act, &id)).await?;
    Ok(redirect_with_notice(pages::DRAFT, pages::PUT_BACK))
}
