//! Downloading everything about oneself, and erasing: oneself, or someone on one's organisation's record.

use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::erasure::{erase_account, erase_person};
use super::everything::gather;
use super::forms::ErasureForm;
use super::pages::{self, DataPage, ErasurePage, Held, PersonErasurePage};
use crate::accounts::{Account, Proven, Seat, with_session};
use crate::audit::Subject;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::organisations::{Member, OrgLead, your_data::led_alone_by};
use crate::review::your_data::count_open;
use crate::web::{Filled, Path, Pressed, Submitted, redirect_with_notice};

pub async fn show_data(person: Proven) -> Result<HttpResponse> {
    person.show(&DataPage {})
}

pub async fn download(person: Proven, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let (account, now, site) = (person.account.clone(), person.now(), person.site().to_owned());
    let id = account.id;
    person.act(move |act| act.record("own data downloaded", Subject::of("account", id), json!({}))).await?;
    person.take_away("youth-charter-my-data", move |conn, takeaway| gather(conn, takeaway, &account, now, &site)).await
}

pub async fn show_erasure(person: Proven) -> Result<HttpResponse> {
    let held = held_by(&person, &person.account).await?;
    person.show(&ErasurePage::new(&person.account, held, Filled::blank(ErasureForm::FIELDS)))
}

pub async fn erase(person: Proven, form: Submitted<ErasureForm>) -> Result<HttpResponse> {
    if let Err(form) = form.parsed() {
        let held = held_by(&person, &person.account).await?;
        return person.refuse(&ErasurePage::new(&person.account, held, form));
    }
    let account = person.account.clone();
    let gone = person.act(move |act| erase_account(act, &account)).await?;
    person.remove_files(&gone).await;
    with_session(redirect_with_notice("/", pages::ERASED), String::new(), person.site())
}

pub async fn show_erasure_of_person(
    lead: OrgLead,
    path: Path<(String, String)>,
    request: HttpRequest,
) -> Result<HttpResponse> {
    let member = find_without_account(&lead, &path.1).await?;
    lead.want_proof(&request)?;
    lead.show(&PersonErasurePage::new(&lead.organisation, &member, Filled::blank(ErasureForm::FIELDS)))
}

pub async fn erase_from_record(
    lead: OrgLead,
    path: Path<(String, String)>,
    request: HttpRequest,
    form: Submitted<ErasureForm>,
) -> Result<HttpResponse> {
    let member = find_without_account(&lead, &path.1).await?;
    lead.want_proof(&request)?;
    if let Err(form) = form.parsed() {
        return lead.refuse(&PersonErasurePage::new(&lead.organisation, &member, form));
    }
    let organisation = lead.organisation.id;
    let gone = lead.act(move |act| erase_person(act, organisation, &member.person)).await?;
    lead.remove_files(&gone).await;
    Ok(redirect_with_notice(format!("/organisations/{}/people", lead.organisation.slug), pages::PERSON_ERASED))
}

async fn held_by(seat: &Seat, account: &Account) -> Result<Held> {
    let id = account.id;
    seat.read(move |conn| Ok(Held { led_alone: led_alone_by(conn, id)?, open_reviews: count_open(conn, id)? })).await
}

/// Whoever has an account is erased by nobody but themselves.
async fn find_without_account(lead: &OrgLead, person: &str) -> Result<Member> {
    let (organisation, person): (_, PersonId) = (lead.organisation.id, person.parse().map_err(|_| Error::NotFound)?);
    let member = lead.read(move |conn| Member::find_in(conn, organisation, person)).await?;
    if member.person.account_id.is_some() { Err(Error::NotFound) } else { Ok(member) }
}
