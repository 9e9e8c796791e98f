//! The VRP's pages of the way to the Charter. Each only reads.

use actix_web::HttpResponse;

use super::census::CharterCensus;
use super::waiting::Waiting;
use super::waiting_page::{WaitingPage, WaitingQuery, waiting_sheet};
use super::way_page::WayPage;
use crate::accounts::Steward;
use crate::error::{Error, Result};
use crate::organisations::District;
use crate::sheets::{send_csv, write_csv};
use crate::web::Query;

pub async fn show_way(steward: Steward) -> Result<HttpResponse> {
    let (taken, districts) = steward
        .read(|conn| {
            let taken = match CharterCensus::latest(conn)? {
                Some(census) => Some((census.as_of, census.funnel(conn)?)),
                None => None,
            };
            Ok((taken, District::all(conn)?))
        })
        .await?;
    steward.show(&WayPage::new(taken.as_ref().map(|(day, rows)| (*day, rows.as_slice())), &districts))
}

pub async fn show_waiting(steward: Steward, query: Query<WaitingQuery>) -> Result<HttpResponse> {
    let (sought, after) = (query.sought(), query.after());
    let (taken, districts) = steward
        .read(move |conn| {
            let taken = match CharterCensus::latest(conn)? {
                Some(census) => Some((census.as_of, Waiting::page(conn, &census, &sought, &after)?)),
                None => None,
            };
            Ok((taken, District::all(conn)?))
        })
        .await?;
    steward.show(&WaitingPage::new(taken.as_ref().map(|(day, waiting)| (*day, waiting)), &query, &districts))
}

pub async fn send_waiting_csv(steward: Steward, query: Query<WaitingQuery>) -> Result<HttpResponse> {
    let sought = query.sought();
    let (as_of, waiting, districts) = steward
        .read(move |conn| {
            let census = CharterCensus::latest(conn)?.ok_or(Error::NotFound)?;
            Ok((census.as_of, Waiting::all(conn, &census, &sought)?, District::all(conn)?))
        })
        .await?;
    let sheet = waiting_sheet(&waiting, as_of, &districts);
    Ok(send_csv(&format!("on-the-way-to-the-charter-{as_of}"), write_csv(&sheet.header, &sheet.rows)?))
}
