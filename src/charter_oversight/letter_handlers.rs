//! Writing to those who wait: to whom it would go, the letter, the button; and what was sent.

use actix_web::{HttpRequest, HttpResponse};

use super::census::CharterCensus;
use super::group_letter::{GroupLetter, LetterSent, NewGroupLetter, write_to_group};
use super::letter_pages::{Addressed, LETTERS, LetterForm, LettersPage, NewLetterPage, OTHERS_BY_NOW, sending_notice};
use super::waiting::Waiting;
use super::waiting_page::WaitingQuery;
use crate::accounts::{Seat, Steward};
use crate::error::Result;
use crate::organisations::District;
use crate::web::{Filled, Query, Submitted, redirect_with_notice};

pub async fn show_new_letter(
    steward: Steward,
    request: HttpRequest,
    query: Query<WaitingQuery>,
) -> Result<HttpResponse> {
    steward.want_proof(&request)?;
    let addressed = addressed(&steward, &query).await?;
    steward.show(&NewLetterPage::new(&query, &addressed, Filled::blank(LetterForm::FIELDS)))
}

pub async fn send_letter(
    steward: Steward,
    request: HttpRequest,
    query: Query<WaitingQuery>,
    form: Submitted<LetterForm>,
) -> Result<HttpResponse> {
    steward.want_proof(&request)?;
    let (form, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return refuse(&steward, &query, form).await,
    };
    let by = steward.account.id;
    let new = NewGroupLetter {
        sought: query.sought(),
        subject: form.subject.into_string(),
        words: form.words.into_string(),
        census_seen: form.census_seen,
        organisations_seen: form.organisations_seen,
    };
    match steward.act(move |act| write_to_group(act, by, new)).await? {
        LetterSent::Begun(number) => Ok(redirect_with_notice(LETTERS, &sending_notice(number))),
        LetterSent::OthersByNow => refuse(&steward, &query, filled.with_problem("words", OTHERS_BY_NOW)).await,
    }
}

pub async fn show_letters(steward: Steward) -> Result<HttpResponse> {
    let (letters, districts) = steward.read(|conn| Ok((GroupLetter::latest(conn)?, District::all(conn)?))).await?;
    steward.show(&LettersPage::new(&letters, &districts))
}

async fn refuse(steward: &Steward, query: &WaitingQuery, form: Filled) -> Result<HttpResponse> {
    steward.refuse(&NewLetterPage::new(query, &addressed(steward, query).await?, form))
}

/// To whom it would go now.
async fn addressed(seat: &Seat, query: &WaitingQuery) -> Result<Addressed> {
    let sought = query.sought();
    seat.read(move |conn| {
        let districts = District::all(conn)?;
        let Some(census) = CharterCensus::latest(conn)? else { return Ok(Addressed::nobody(districts)) };
        let waiting = Waiting::page(conn, &census, &sought, "")?;
        Ok(Addressed { census: Some(census.id), waiting, districts })
    })
    .await
}
