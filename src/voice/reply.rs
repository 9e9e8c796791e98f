//! “You said, we did”: what an organisation heard and what it did about it, written when the round is over.
//! A reply that is published never changes. It is the organisation's own word, and quotes nobody.

use diesel::prelude::*;
use serde_json::json;

use super::round::{VoiceRound, VoiceRoundState};
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{voice_replies, voice_rounds};
use crate::error::{Error, Result};
use crate::ids::{AccountId, VoiceReplyId, VoiceRoundId};

/// More than these nobody reads.
pub const MOST_REPLIES: usize = 12;

/// One thing they said, and what became of it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = voice_replies)]
pub struct Reply {
    pub id: VoiceReplyId,
    pub round_id: VoiceRoundId,
    /// 1 for the first; there may be gaps.
    pub position: i32,
    pub said: String,
    pub did: String,
}

/// What a lead writes.
#[derive(Debug, Clone)]
pub struct NewReply {
    pub said: String,
    pub did: String,
}

impl Reply {
    /// Those of a round, in order.
    pub fn in_round(conn: &mut DbConnection, round: VoiceRoundId) -> Result<Vec<Self>> {
        Ok(voice_replies::table
            .filter(voice_replies::round_id.eq(round))
            .order(voice_replies::position)
            .select(Self::as_select())
            .load(conn)?)
    }
}

/// Adds one. `Conflict` when the round is open, or answered, or there are many already.
pub fn add_reply(act: &mut Act<'_>, round: &VoiceRound, new: &NewReply) -> Result<()> {
    hold_closed(act, round)?;
    let there = Reply::in_round(act.conn, round.id)?;
    if there.len() >= MOST_REPLIES {
        return Err(Error::Conflict);
    }
    let reply = Reply {
        id: VoiceReplyId::new(),
        round_id: round.id,
        position: there.last().map_or(1, |last| last.position + 1),
        said: new.said.clone(),
        did: new.did.clone(),
    };
    diesel::insert_into(voice_replies::table).values(&reply).execute(act.conn)?;
    act.record("reply to young people written", round.subject(), json!({ "reply": reply.id }))
}

/// Removes one. `Conflict` when the round is answered, or it is gone.
pub fn remove_reply(act: &mut Act<'_>, round: &VoiceRound, id: VoiceReplyId) -> Result<()> {
    hold_closed(act, round)?;
    let row = voice_replies::table.find(id).filter(voice_replies::round_id.eq(round.id));
    if diesel::delete(row).execute(act.conn)? == 0 {
        return Err(Error::Conflict);
    }
    act.record("reply to young people removed", round.subject(), json!({ "reply": id }))
}

/// Lets everyone read them, for good. `Conflict` when there are none, or they are published.
pub fn publish_replies(act: &mut Act<'_>, round: &VoiceRound, by: AccountId) -> Result<()> {
    hold_closed(act, round)?;
    let replies = Reply::in_round(act.conn, round.id)?.len();
    if replies == 0 {
        return Err(Error::Conflict);
    }
    diesel::update(voice_rounds::table.find(round.id))
        .set((
            voice_rounds::state.eq(VoiceRoundState::Answered),
            voice_rounds::replied_by.eq(by),
            voice_rounds::replied_at.eq(act.at),
        ))
        .execute(act.conn)?;
    act.record("young people answered", round.subject(), json!({ "replies": replies }))
}

/// Takes the row of a round that is closed and not answered, for this act.
fn hold_closed(act: &mut Act<'_>, round: &VoiceRound) -> Result<()> {
    let closed = voice_rounds::table.find(round.id).filter(voice_rounds::state.eq(VoiceRoundState::Closed));
    match diesel::update(closed).set(voice_rounds::state.eq(VoiceRoundState::Closed)).execute(act.conn)? {
        0 => Err(Error::Conflict),
        _ => Ok(()),
    }
}
