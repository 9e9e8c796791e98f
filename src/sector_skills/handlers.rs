//! The VRP's pages of a round across the sector. Each only reads.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::heat_page::{GroupedBy, HeatPage, heat_sheet};
use super::overview_page::{Overview, OverviewPage};
use super::picture::SectorPicture;
use super::words_page::{SaidPage, WordsPage};
use crate::accounts::Steward;
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::ids::RoundId;
use crate::organisations::District;
use crate::sheets::{send_csv, write_csv};
use crate::skills_audit::{Instrument, Round};
use crate::training_sessions::supply_ahead;
use crate::web::{Path, Query};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct HeatQuery {
    by: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WordsQuery {
    question: String,
    after: String,
}

pub async fn show_overview(steward: Steward, round: Path<String>) -> Result<HttpResponse> {
    let now = steward.now();
    let overview = steward
        .read(move |conn| {
            let round = find_round(conn, &round)?;
            let before = match round.before(conn)? {
                Some(before) => SectorPicture::of(conn, &before)?,
                None => None,
            };
            Ok(Overview {
                rate: Round::rate_of(conn, round.id)?,
                instrument: Instrument::of(conn, round.instrument)?,
                picture: SectorPicture::of(conn, &round)?,
                before,
                supply: supply_ahead(conn, now)?,
                districts: District::all(conn)?,
                round,
            })
        })
        .await?;
    steward.show(&OverviewPage::new(&overview))
}

pub async fn show_heat(steward: Steward, round: Path<String>, query: Query<HeatQuery>) -> Result<HttpResponse> {
    let (round, picture, instrument, districts) = load(&steward, round.into_inner()).await?;
    let by = GroupedBy::parse(&query.by).unwrap_or(GroupedBy::District);
    steward.show(&HeatPage::new(&round, picture.as_ref(), &instrument, by, &districts))
}

pub async fn send_csv_of_round(steward: Steward, round: Path<String>) -> Result<HttpResponse> {
    let (_, picture, instrument, districts) = load(&steward, round.into_inner()).await?;
    let sheet = heat_sheet(picture.as_ref(), &instrument, &districts);
    Ok(send_csv(&format!("skills-{}", steward.today()), write_csv(&sheet.header, &sheet.rows)?))
}

pub async fn show_words(steward: Steward, round: Path<String>, query: Query<WordsQuery>) -> Result<HttpResponse> {
    let query = query.into_inner();
    let (round, picture, instrument, _) = load(&steward, round.into_inner()).await?;
    let open = picture.iter().flat_map(|picture| &picture.said);
    let question = open.clone().find(|id| id.as_str() == query.question).or_else(|| open.clone().next()).cloned();
    let said = match question {
        Some(question) => {
            let id = round.id;
            Some(steward.read(move |conn| SaidPage::after(conn, id, question, &query.after)).await?)
        }
        None => None,
    };
    steward.show(&WordsPage::new(&round, picture.as_ref(), &instrument, said.as_ref()))
}

type Loaded = (Round, Option<SectorPicture>, Instrument, Vec<District>);

async fn load(steward: &Steward, round: String) -> Result<Loaded> {
    steward
        .read(move |conn| {
            let round = find_round(conn, &round)?;
            let instrument = Instrument::of(conn, round.instrument)?;
            Ok((round.clone(), SectorPicture::of(conn, &round)?, instrument, District::all(conn)?))
        })
        .await
}

fn find_round(conn: &mut DbConnection, id: &str) -> Result<Round> {
    let id: RoundId = id.parse().map_err(|_| Error::NotFound)?;
    Round::find(conn, id)
}
