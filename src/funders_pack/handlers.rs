//! Choosing what goes along, and the ZIP.

use actix_web::HttpResponse;
use serde_json::json;

use super::forms::PackForm;
use super::pages::PackPage;
use super::paper::{pack_paper, training_table};
use super::standing::PackStanding;
use crate::drawing::draw_here;
use crate::error::{Error, Result};
use crate::organisations::ApprovedLead;
use crate::takeaway::place_of;
use crate::web::Submitted;

pub async fn show_pack(lead: ApprovedLead) -> Result<HttpResponse> {
    let (organisation, today) = (lead.organisation.clone(), lead.today());
    let standing = lead.read(move |conn| PackStanding::of(conn, &organisation, today)).await?;
    lead.show(&PackPage::new(&lead.organisation.slug, &standing, today))
}

pub async fn send_pack(lead: ApprovedLead, form: Submitted<PackForm>) -> Result<HttpResponse> {
    let (organisation, today, now) = (lead.organisation.clone(), lead.today(), lead.now());
    let chosen = match form.parsed() {
        Ok((form, _)) => form.documents,
        Err(_) => return Err(Error::NotFound),
    };
    let subject = organisation.subject();
    let details = json!({ "documents": chosen });
    lead.act(move |act| act.record("pack for funders made", subject, details)).await?;
    let (name, site) = (format!("funders-pack-{}", organisation.slug), lead.site().to_owned());
    lead.take_away(&name, move |conn, pack| {
        let mut standing = PackStanding::of(conn, &organisation, today)?;
        // What was not ticked, or is out of date by now, is neither sent nor spoken of.
        let sent: Vec<_> = standing.in_date(today).filter(|(d, _)| chosen.contains(&d.id)).cloned().collect();
        standing.documents = sent;
        pack.add_bytes("Due diligence.pdf", &draw_here(pack_paper(&standing, &site, now))?)?;
        pack.add_text("Training.csv", &training_table(&standing)?)?;
        for (document, file) in &standing.documents {
            pack.want_file(file.id, place_of(file.id, &document.title, file.extension()));
        }
        Ok(())
    })
    .await
}
