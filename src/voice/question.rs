//! What young people are asked. A question keeps its id when it is reworded; a round keeps the words it was asked in.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::DbConnection;
use crate::db::schema::{voice_asked, voice_questions};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{StandardId, StatementId, VoiceQuestionId, VoiceRoundId};
use crate::words::mark_of;

/// A question as it is stored.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = voice_questions, treat_none_as_default_value = false)]
pub struct VoiceQuestion {
    pub id: VoiceQuestionId,
    /// 1 for the first.
    pub position: i32,
    pub words: String,
    pub standard_id: Option<StandardId>,
    pub statement_id: Option<StatementId>,
    /// In rounds that begin from now on.
    pub is_asked: bool,
}

/// A question as a round asks it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = voice_asked, treat_none_as_default_value = false)]
pub struct Asked {
    pub round_id: VoiceRoundId,
    pub question_id: VoiceQuestionId,
    /// 1 for the first, without gaps.
    pub position: i32,
    pub words: String,
    pub standard_id: Option<StandardId>,
    pub statement_id: Option<StatementId>,
}

#[derive(Deserialize)]
struct VoiceFile {
    questions: Vec<QuestionEntry>,
}

#[derive(Deserialize)]
struct QuestionEntry {
    id: VoiceQuestionId,
    words: String,
    standard: Option<StandardId>,
    statement: Option<StatementId>,
}

/// Loads the questions into a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    if voice_questions::table.count().get_result::<i64>(act.conn)? > 0 {
        return Ok(());
    }
    let questions = questions_in_content()?;
    let conn = &mut *act.conn;
    each!(conn, c => diesel::insert_into(voice_questions::table).values(&questions).execute(c))?;
    let details = json!({ "questions": questions.len() });
    act.record("questions for young people loaded", Subject::of("content", "voice"), details)
}

pub(super) fn questions_in_content() -> Result<Vec<VoiceQuestion>> {
    let file: VoiceFile = toml::from_str(include_str!("../../content/voice.toml")).map_err(Error::unexpected)?;
    let question = |(entry, position): (QuestionEntry, i32)| VoiceQuestion {
        id: entry.id,
        position,
        words: entry.words,
        standard_id: entry.standard,
        statement_id: entry.statement,
        is_asked: true,
    };
    Ok(file.questions.into_iter().zip(1..).map(question).collect())
}

impl VoiceQuestion {
    /// Every question there is, in order.
    pub fn all(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(voice_questions::table.order(voice_questions::position).select(Self::as_select()).load(conn)?)
    }

    pub fn find(conn: &mut DbConnection, id: &VoiceQuestionId) -> Result<Self> {
        Ok(voice_questions::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// Another one when somebody has changed it.
    pub fn mark(&self) -> String {
        mark_of(&(&self.words, self.is_asked))
    }
}

/// Says a question otherwise, or asks it no more, in rounds from now on. `None`, and nothing is changed, when it no longer
/// says what `seen` is the mark of; `Conflict` when nothing would be asked any more.
pub fn reword_question(
    act: &mut Act<'_>,
    id: &VoiceQuestionId,
    seen: &str,
    words: &str,
    is_asked: bool,
) -> Result<Option<()>> {
    // Takes every row, so that of two who stop asking the last two questions one is refused.
    diesel::update(voice_questions::table)
        .set(voice_questions::is_asked.eq(voice_questions::is_asked))
        .execute(act.conn)?;
    let all = VoiceQuestion::all(act.conn)?;
    let question = all.iter().find(|question| question.id == *id).ok_or(Error::NotFound)?;
    if question.mark() != seen {
        return Ok(None);
    }
    if !is_asked && !all.iter().any(|other| other.id != *id && other.is_asked) {
        return Err(Error::Conflict);
    }
    diesel::update(voice_questions::table.find(id))
        .set((voice_questions::words.eq(words), voice_questions::is_asked.eq(is_asked)))
        .execute(act.conn)?;
    let details = json!({ "words": words, "asked": is_asked });
    act.record("question for young people changed", Subject::of("voice question", id), details).map(Some)
}

impl Asked {
    /// The questions of a round, in order.
    pub fn in_round(conn: &mut DbConnection, round: VoiceRoundId) -> Result<Vec<Self>> {
        Ok(voice_asked::table
            .filter(voice_asked::round_id.eq(round))
            .order(voice_asked::position)
            .select(Self::as_select())
            .load(conn)?)
    }
}

/// Writes the questions down that a new round asks; how many there are.
pub(super) fn ask_in(act: &mut Act<'_>, round: VoiceRoundId) -> Result<usize> {
    let questions: Vec<VoiceQuestion> = voice_questions::table
        .filter(voice_questions::is_asked.eq(true))
        .order(voice_questions::position)
        .select(VoiceQuestion::as_select())
        .load(act.conn)?;
    let asked = |(question, position): (VoiceQuestion, i32)| Asked {
        round_id: round,
        question_id: question.id,
        position,
        words: question.words,
        standard_id: question.standard_id,
        statement_id: question.statement_id,
    };
    let asked: Vec<Asked> = questions.into_iter().zip(1..).map(asked).collect();
    let conn = &mut *act.conn;
    each!(conn, c => diesel::insert_into(voice_asked::table).values(&asked).execute(c))?;
    Ok(asked.len())
}
