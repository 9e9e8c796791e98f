//! What young people wrote in their own words, for the leads of their organisation to read and to judge.
//!
//! | from | verb | to |
//! |---|---|---|
//! | | hand in (`answer`) | waiting |
//! | waiting | keep | kept |
//! | waiting or kept | remove | gone |
//! | waiting or kept | pass on as urgent | gone; that it was passed on stays |
//!
//! They are shown in an order that tells nothing, and go three months after the round. They are read at once, also when
//! fewer than five have answered: a worry must not lie unread. Not here: showing them to anyone else.

use chrono::Duration;
use diesel::prelude::*;
use serde_json::json;

use super::round::VoiceRound;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{voice_escalations, voice_rounds, voice_words};
use crate::error::{Error, Result};
use crate::ids::{AccountId, VoiceEscalationId, VoiceRoundId, VoiceWordsId};
use crate::text_enum;

/// So long after the round the words are kept.
const KEPT_AFTER: Duration = Duration::days(90);
/// How many are forgotten in one act.
const BATCH: i64 = 500;

text_enum! {
    pub enum WordsState { Waiting = "waiting", Kept = "kept" }
}

text_enum! {
    /// What a lead makes of what they read.
    pub enum Verdict {
        Keep = "keep",
        /// It says who somebody is, or is unkind: it is of no use for a reply.
        Remove = "remove",
        /// Someone may be at risk. It goes to the safeguarding lead, outside the portal.
        Urgent = "urgent",
    }
}

/// Words as they are stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = voice_words)]
pub struct VoiceWords {
    pub id: VoiceWordsId,
    pub round_id: VoiceRoundId,
    pub words: String,
    state: WordsState,
}

impl VoiceWords {
    /// Everything written in a round, what waits first.
    pub fn in_round(conn: &mut DbConnection, round: VoiceRoundId) -> Result<Vec<Self>> {
        Ok(voice_words::table
            .filter(voice_words::round_id.eq(round))
            // The ids are random.
            .order((voice_words::state.desc(), voice_words::id))
            .select(Self::as_select())
            .load(conn)?)
    }

    /// How many wait to be read.
    pub fn count_waiting(conn: &mut DbConnection, round: VoiceRoundId) -> Result<i64> {
        let waiting = voice_words::table
            .filter(voice_words::round_id.eq(round))
            .filter(voice_words::state.eq(WordsState::Waiting));
        Ok(waiting.count().get_result(conn)?)
    }

    /// How many of a round were passed on as urgent.
    pub fn count_escalated(conn: &mut DbConnection, round: VoiceRoundId) -> Result<i64> {
        Ok(voice_escalations::table.filter(voice_escalations::round_id.eq(round)).count().get_result(conn)?)
    }

    pub fn is_waiting(&self) -> bool {
        self.state == WordsState::Waiting
    }

    /// For samples of pages.
    pub(super) fn made_up(words: &str, is_waiting: bool) -> Self {
        let state = if is_waiting { WordsState::Waiting } else { WordsState::Kept };
        Self { id: VoiceWordsId::new(), round_id: VoiceRoundId::new(), words: words.into(), state }
    }
}

/// Keeps what someone wrote; nothing if they wrote nothing.
pub(super) fn keep_words(act: &mut Act<'_>, round: VoiceRoundId, words: &str) -> Result<()> {
    if words.trim().is_empty() {
        return Ok(());
    }
    // An id without a time in it.
    let id = VoiceWordsId::from(uuid::Builder::from_random_bytes(rand::random()).into_uuid());
    let row = VoiceWords { id, round_id: round, words: words.to_owned(), state: WordsState::Waiting };
    diesel::insert_into(voice_words::table).values(&row).execute(act.conn)?;
    Ok(())
}

/// Judges words. `Conflict` when somebody else has judged them so already, or they are gone.
pub fn judge_words(
    act: &mut Act<'_>,
    round: &VoiceRound,
    id: VoiceWordsId,
    by: AccountId,
    verdict: Verdict,
) -> Result<()> {
    let row = voice_words::table.find(id).filter(voice_words::round_id.eq(round.id));
    let changed = match verdict {
        Verdict::Keep => diesel::update(row.filter(voice_words::state.eq(WordsState::Waiting)))
            .set(voice_words::state.eq(WordsState::Kept))
            .execute(act.conn)?,
        Verdict::Remove | Verdict::Urgent => diesel::delete(row).execute(act.conn)?,
    };
    if changed == 0 {
        return Err(Error::Conflict);
    }
    if verdict == Verdict::Urgent {
        let escalation = (
            voice_escalations::id.eq(VoiceEscalationId::new()),
            voice_escalations::round_id.eq(round.id),
            voice_escalations::escalated_by.eq(by),
            voice_escalations::escalated_at.eq(act.at),
        );
        diesel::insert_into(voice_escalations::table).values(escalation).execute(act.conn)?;
    }
    act.record("young person's words judged", round.subject(), json!({ "verdict": verdict }))
}

/// Forgets words of rounds that were over three months ago; how many.
pub fn forget_voice_words(act: &mut Act<'_>) -> Result<usize> {
    let over = voice_rounds::table.filter(voice_rounds::closed_at.lt(act.at - KEPT_AFTER)).select(voice_rounds::id);
    let old: Vec<VoiceWordsId> = voice_words::table
        .filter(voice_words::round_id.eq_any(over))
        .limit(BATCH)
        .select(voice_words::id)
        .load(act.conn)?;
    Ok(diesel::delete(voice_words::table.filter(voice_words::id.eq_any(old))).execute(act.conn)?)
}
