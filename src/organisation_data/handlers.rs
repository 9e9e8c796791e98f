//! Downloading everything of an organisation's.

use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::everything::gather;
use super::pages::DataPage;
use crate::error::Result;
use crate::organisations::OrgLead;
use crate::web::{Pressed, Submitted};

pub async fn show_data(lead: OrgLead, request: HttpRequest) -> Result<HttpResponse> {
    lead.want_proof(&request)?;
    lead.show(&DataPage::new(&lead.organisation))
}

pub async fn download(lead: OrgLead, request: HttpRequest, _: Submitted<Pressed>) -> Result<HttpResponse> {
    lead.want_proof(&request)?;
    let subject = lead.organisation.subject();
    lead.act(move |act| act.record("everything downloaded", subject, json!({}))).await?;
    let (organisation, now, site) = (lead.organisation.clone(), lead.now(), lead.site().to_owned());
    let name = format!("youth-charter-{}", organisation.slug);
    lead.take_away(&name, move |conn, takeaway| gather(conn, takeaway, &organisation, now, &site)).await
}
