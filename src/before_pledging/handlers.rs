//! Saying that an organisation is interested, and taking it back.

use actix_web::HttpResponse;

use super::forms::InterestForm;
use super::interest::{Interest, express_interest, withdraw_interest};
use super::pages::{self, InterestPage};
use crate::error::Result;
use crate::organisations::ApprovedLead;
use crate::web::{Filled, Pressed, Submitted, redirect_with_notice};

pub async fn show_interest(lead: ApprovedLead) -> Result<HttpResponse> {
    let id = lead.organisation.id;
    let interest = lead.read(move |conn| Interest::open_of(conn, id)).await?;
    let form = match &interest {
        Some(said) => {
            Filled::blank(InterestForm::FIELDS).with("people", said.people.to_string()).with("wish", &said.wish)
        }
        None => Filled::blank(InterestForm::FIELDS),
    };
    lead.show(&InterestPage::new(&lead.organisation, interest.is_some(), form))
}

pub async fn express(lead: ApprovedLead, form: Submitted<InterestForm>) -> Result<HttpResponse> {
    let (id, by, organisation) = (lead.organisation.id, lead.account.id, lead.organisation.clone());
    match form.parsed() {
        Ok((InterestForm(new), _)) => {
            lead.act(move |act| express_interest(act, &organisation, by, &new)).await?;
            Ok(redirect_with_notice(pages::pledge_address(&lead.organisation), pages::EXPRESSED))
        }
        Err(form) => {
            let interest = lead.read(move |conn| Interest::open_of(conn, id)).await?;
            lead.refuse(&InterestPage::new(&organisation, interest.is_some(), form))
        }
    }
}

pub async fn withdraw(lead: ApprovedLead, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id = lead.organisation.id;
    lead.act(move |act| withdraw_interest(act, id)).await?;
    Ok(redirect_with_notice(pages::pledge_address(&lead.organisation), pages::WITHDRAWN))
}
