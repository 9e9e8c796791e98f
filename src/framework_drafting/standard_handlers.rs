//! The standards of the draft: adding one, looking at it, its place, and taking it out.

use actix_web::HttpResponse;

use super::forms::{NewForm, PlaceForm};
use super::handlers::seen_now;
use super::pages::DRAFT;
use super::standard_page::{NewStandardPage, StandardPage};
use super::texts::standard_address;
use crate::accounts::Steward;
use crate::error::{Error, Result};
use crate::framework::{Added, add_standard, move_standard, remove_standard};
use crate::ids::{AreaId, StandardId};
use crate::web::{Filled, Path, Pressed, Submitted, redirect};

pub(super) const ID_TAKEN: &str = "This id is or was used for something else. Choose another";

pub async fn show_new(steward: Steward, area: Path<String>) -> Result<HttpResponse> {
    let seen = seen_now(&steward).await?;
    let area = seen.draft.area(&AreaId::from(area.as_str()))?;
    steward.show(&NewStandardPage::new(area, Filled::blank(NewForm::FIELDS)))
}

pub async fn add(steward: Steward, area: Path<String>, form: Submitted<NewForm>) -> Result<HttpResponse> {
    let area = AreaId::from(area.as_str());
    let seen = seen_now(&steward).await?;
    let form = match form.parsed() {
        Ok((new, filled)) => {
            let (within, id) = (area.clone(), StandardId::from(new.id.as_str()));
            let asked = id.clone();
            match steward.act(move |act| add_standard(act, &within, &asked, &new.words)).await? {
                Added::Yes => return Ok(redirect(standard_address(&id))),
                Added::IdTaken(_) => filled.with_problem("id", ID_TAKEN),
            }
        }
        Err(form) => form,
    };
    steward.refuse(&NewStandardPage::new(seen.draft.area(&area)?, form))
}

pub async fn show(steward: Steward, id: Path<String>) -> Result<HttpResponse> {
    let seen = seen_now(&steward).await?;
    let standard = seen.draft.standard(&StandardId::from(id.as_str()))?;
    steward.show(&StandardPage::new(&seen, standard)?)
}

pub async fn put_in_place(steward: Steward, id: Path<String>, form: Submitted<PlaceForm>) -> Result<HttpResponse> {
    let id = StandardId::from(id.as_str());
    let home = standard_address(&id);
    if let Ok((PlaceForm(direction), _)) = form.parsed() {
        steward.act(move |act| move_standard(act, &id, direction)).await?;
    }
    Ok(redirect(home))
}

pub async fn remove(steward: Steward, id: Path<String>, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id = StandardId::from(id.as_str());
    steward
        .act(move |act| match remove_standard(act, &id) {
            Err(Error::NotFound) => Err(Error::Conflict),
            done => done,
        })
        .await?;
    Ok(redirect(DRAFT))
}
