//! The VRP's pages of training across the sector. Each only reads.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::access_page::{Access, AccessPage, AccessQuery, newcomers_sheet};
use super::amounts::DrawnCensus;
use super::compliance_page::{Compliance, CompliancePage, GroupedBy};
use super::delivery::Delivery;
use super::delivery_page::DeliveryPage;
use super::demand_page::DemandPage;
use super::newcomers::Newcomers;
use super::overview_page::{Overview, OverviewPage};
use crate::accounts::Steward;
use crate::db::DbConnection;
use crate::error::Result;
use crate::organisations::District;
use crate::sheets::{send_csv, write_csv};
use crate::training::Module;
use crate::training_sessions::{Supply, count_held_for_newcomers, supply_ahead};
use crate::web::Query;

/// What people are grouped by, in the page's address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ComplianceQuery {
    by: String,
}

pub async fn show_overview(steward: Steward) -> Result<HttpResponse> {
    let now = steward.now();
    let (overview, supply) = steward
        .read(move |conn| {
            let overview = with_census(conn, |conn, census| {
                Ok(Overview {
                    as_of: census.as_of,
                    people: census.people(conn)?,
                    organisations: census.organisations(conn)?,
                    delivered: Delivery::of(conn, census)?.all,
                })
            })?;
            Ok((overview, supply_ahead(conn, now)?))
        })
        .await?;
    let supply: Vec<Supply> = supply.into_values().collect();
    steward.show(&OverviewPage::new(overview.as_ref(), &supply))
}

pub async fn show_compliance(steward: Steward, query: Query<ComplianceQuery>) -> Result<HttpResponse> {
    let (drawn, modules, districts) = steward
        .read(|conn| {
            let drawn = with_census(conn, |conn, census| {
                let (people, modules) = (census.people(conn)?, census.modules(conn)?);
                Ok(Compliance { as_of: census.as_of, people, modules })
            })?;
            Ok((drawn, Module::all(conn)?, District::all(conn)?))
        })
        .await?;
    let by = GroupedBy::parse(&query.by).unwrap_or(GroupedBy::Module);
    steward.show(&CompliancePage::new(drawn.as_ref(), by, &modules, &districts))
}

pub async fn show_demand(steward: Steward) -> Result<HttpResponse> {
    let now = steward.now();
    let (drawn, supply, modules) = steward
        .read(move |conn| {
            let drawn = with_census(conn, |conn, census| Ok((census.as_of, census.modules(conn)?)))?;
            Ok((drawn, supply_ahead(conn, now)?, Module::all(conn)?))
        })
        .await?;
    let (as_of, tallies) = drawn.map_or_else(Default::default, |(day, tallies)| (Some(day), tallies));
    steward.show(&DemandPage::new(as_of, &tallies, &supply, &modules))
}

pub async fn show_delivery(steward: Steward) -> Result<HttpResponse> {
    let drawn =
        steward.read(|conn| with_census(conn, |conn, census| Ok((census.as_of, Delivery::of(conn, census)?)))).await?;
    steward.show(&DeliveryPage::new(drawn.as_ref()))
}

pub async fn show_access(steward: Steward, query: Query<AccessQuery>) -> Result<HttpResponse> {
    let (now, search) = (steward.now(), query.search());
    let (drawn, held, districts) = steward
        .read(move |conn| {
            let drawn = with_census(conn, |conn, census| {
                let tallies = census.organisations(conn)?;
                let newcomers = Newcomers::search(conn, census, &search, &tallies)?;
                Ok(Access { as_of: census.as_of, tallies, newcomers })
            })?;
            Ok((drawn, count_held_for_newcomers(conn, now)?, District::all(conn)?))
        })
        .await?;
    steward.show(&AccessPage::new(drawn.as_ref(), held, &query, &districts))
}

pub async fn send_access_csv(steward: Steward, query: Query<AccessQuery>) -> Result<HttpResponse> {
    let (search, today) = (query.search(), steward.today());
    let (newcomers, districts) = steward
        .read(move |conn| {
            let newcomers = with_census(conn, |conn, census| Newcomers::all(conn, census, &search))?;
            Ok((newcomers.unwrap_or_default(), District::all(conn)?))
        })
        .await?;
    let sheet = newcomers_sheet(&newcomers, &districts);
    Ok(send_csv(&format!("never-had-a-place-{today}"), write_csv(&sheet.header, &sheet.rows)?))
}

/// Reads of the last census that was finished; `None` before the first.
fn with_census<T>(
    conn: &mut DbConnection,
    read: impl FnOnce(&mut DbConnection, &DrawnCensus) -> Result<T>,
) -> Result<Option<T>> {
    DrawnCensus::latest(conn)?.map(|census| read(conn, &census)).transpose()
}
