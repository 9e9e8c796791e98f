//! What an organisation asked young people and answered them, for it to take away. What they said is in it only as far as
//! it may be shown; their own words are in it while they are kept.

use diesel::prelude::*;

use super::heard::RoundHeard;
use super::reply::Reply;
use super::round::VoiceRound;
use crate::db::DbConnection;
use crate::db::schema::{voice_replies, voice_rounds, voice_words};
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::row;
use crate::takeaway::{Row, Sheet, Window};

use super::heard_view::{answer_name, one_of};
use super::{Answer, Heard};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    vec![
        Sheet {
            name: "young-people-asked",
            title: "When you asked young people",
            columns: &["code", "state", "expected", "opened_at", "closes_on", "closed_at", "replied_at"],
            page: rounds,
        },
        Sheet {
            name: "young-people-said",
            title: "What young people said, in numbers rounded to five; nothing that fewer than five said",
            columns: &["code", "question", "answered", "answer", "people"],
            page: said,
        },
        Sheet {
            name: "young-people-wrote",
            title: "What young people wrote, while it is kept",
            columns: &["code", "words"],
            page: written,
        },
        Sheet {
            name: "replies-to-young-people",
            title: "What you answered young people",
            columns: &["code", "said", "did"],
            page: replies,
        },
    ]
}

fn some_rounds(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<VoiceRound>> {
    Ok(voice_rounds::table
        .filter(voice_rounds::organisation_id.eq(id))
        .order((voice_rounds::opened_at, voice_rounds::id))
        .limit(window.most)
        .offset(window.from)
        .select(VoiceRound::as_select())
        .load(conn)?)
}

fn rounds(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let told = |r: VoiceRound| row![r.code, r.state, r.expected, r.opened_at, r.closes_on, r.closed_at, r.replied_at];
    Ok(some_rounds(conn, id, window)?.into_iter().map(told).collect())
}

/// A window is of rounds here: each has some rows.
fn said(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for round in some_rounds(conn, id, window)? {
        let Some(heard) = RoundHeard::of(conn, &round)? else { continue };
        rows.extend(heard.questions.iter().flat_map(|heard| rows_of(&round.code, heard)));
    }
    Ok(rows)
}

fn rows_of(code: &str, heard: &Heard) -> Vec<Row> {
    let Some((of, groups)) = &heard.told else { return Vec::new() };
    let row = |(places, people): &super::SafeGroup| {
        let answer = one_of(places.clone().map(|at| answer_name(Answer::ALL[at])));
        row![code, heard.words, of, answer, people]
    };
    groups.iter().map(row).collect()
}

fn written(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, String)> = voice_words::table
        .inner_join(voice_rounds::table)
        .filter(voice_rounds::organisation_id.eq(id))
        .order(voice_words::id)
        .limit(window.most)
        .offset(window.from)
        .select((voice_rounds::code, voice_words::words))
        .load(conn)?;
    Ok(rows.into_iter().map(|(code, words)| row![code, words]).collect())
}

fn replies(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Reply)> = voice_replies::table
        .inner_join(voice_rounds::table)
        .filter(voice_rounds::organisation_id.eq(id))
        .order((voice_rounds::opened_at, voice_rounds::id, voice_replies::position))
        .limit(window.most)
        .offset(window.from)
        .select((voice_rounds::code, Reply::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(code, r)| row![code, r.said, r.did]).collect())
}
