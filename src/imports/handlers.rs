//! A lead's pages of imports.

use actix_web::HttpResponse;

use super::desk::Desk;
use super::forms::{ChoicesForm, ColumnsForm, SheetForm};
use crate::error::Result;
use crate::organisations::ApprovedLead;
use crate::web::{Path, Pressed, Submitted};

pub async fn show_imports(lead: ApprovedLead) -> Result<HttpResponse> {
    Desk::of_lead(&lead).show_all().await
}

pub async fn receive(lead: ApprovedLead, form: Submitted<SheetForm>) -> Result<HttpResponse> {
    Desk::of_lead(&lead).receive(form).await
}

pub async fn send_csv_template(lead: ApprovedLead) -> Result<HttpResponse> {
    Desk::of_lead(&lead).send_template(false).await
}

pub async fn send_workbook_template(lead: ApprovedLead) -> Result<HttpResponse> {
    Desk::of_lead(&lead).send_template(true).await
}

pub async fn show_import(lead: ApprovedLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    Desk::of_lead(&lead).show(&path.1).await
}

pub async fn show_columns(lead: ApprovedLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    Desk::of_lead(&lead).show_columns(&path.1).await
}

pub async fn set_columns(
    lead: ApprovedLead,
    path: Path<(String, String)>,
    form: Submitted<ColumnsForm>,
) -> Result<HttpResponse> {
    Desk::of_lead(&lead).set_columns(&path.1, form).await
}

pub async fn send_findings(lead: ApprovedLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    Desk::of_lead(&lead).send_findings(&path.1).await
}

pub async fn set_choices(
    lead: ApprovedLead,
    path: Path<(String, String)>,
    form: Submitted<ChoicesForm>,
) -> Result<HttpResponse> {
    Desk::of_lead(&lead).set_choices(&path.1, form).await
}

pub async fn add(lead: ApprovedLead, path: Path<(String, String)>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    Desk::of_lead(&lead).add(&path.1).await
}

pub async fn undo(lead: ApprovedLead, path: Path<(String, String)>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    Desk::of_lead(&lead).undo(&path.1).await
}

pub async fn remove(lead: ApprovedLead, path: Path<(String, String)>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    Desk::of_lead(&lead).remove(&path.1).await
}
