//! The VRP's pages of imports: sheets of many organisations.

use actix_web::HttpResponse;

use super::desk::Desk;
use super::forms::{ColumnsForm, SheetForm};
use crate::accounts::Steward;
use crate::error::Result;
use crate::web::{Path, Pressed, Submitted};

pub async fn show_imports(steward: Steward) -> Result<HttpResponse> {
    Desk::of_steward(&steward).show_all().await
}

pub async fn receive(steward: Steward, form: Submitted<SheetForm>) -> Result<HttpResponse> {
    Desk::of_steward(&steward).receive(form).await
}

pub async fn send_csv_template(steward: Steward) -> Result<HttpResponse> {
    Desk::of_steward(&steward).send_template(false).await
}

pub async fn send_workbook_template(steward: Steward) -> Result<HttpResponse> {
    Desk::of_steward(&steward).send_template(true).await
}

pub async fn show_import(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    Desk::of_steward(&steward).show(&id).await
}

pub async fn show_columns(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    Desk::of_steward(&steward).show_columns(&id).await
}

pub async fn set_columns(steward: Steward, id: Path<String>, form: Submitted<ColumnsForm>) -> Result<HttpResponse> {
    Desk::of_steward(&steward).set_columns(&id, form).await
}

pub async fn send_findings(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    Desk::of_steward(&steward).send_findings(&id).await
}

pub async fn add(steward: Steward, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    Desk::of_steward(&steward).add(&id).await
}

pub async fn undo(steward: Steward, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    Desk::of_steward(&steward).undo(&id).await
}

pub async fn remove(steward: Steward, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    Desk::of_steward(&steward).remove(&id).await
}
