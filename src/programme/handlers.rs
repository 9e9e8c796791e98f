//! Looking at what is set, and setting it.

use actix_web::HttpResponse;

use super::pages::{self, ProgrammePage};
use super::value::Programme;
use crate::accounts::Steward;
use crate::error::Result;
use crate::web::{Submitted, redirect_with_notice};

pub async fn show_programme(steward: Steward) -> Result<HttpResponse> {
    let now = steward.read(Programme::now).await?;
    steward.show(&ProgrammePage::of(&now))
}

pub async fn change_programme(steward: Steward, form: Submitted<Programme>) -> Result<HttpResponse> {
    match form.parsed() {
        Ok((programme, _)) => {
            steward.act(move |act| programme.set(act)).await?;
            Ok(redirect_with_notice(pages::ADDRESS, pages::CHANGED))
        }
        Err(form) => steward.refuse(&ProgrammePage::new(form)),
    }
}
