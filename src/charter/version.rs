//! The text of the Charter, version by version. One version is in force; a published text never changes again.
//!
//! Its hash is SHA-256, in hexadecimal, over one line of JSON in UTF-8 without spaces between its parts and with no
//! escapes but those JSON demands: `[number, title, introduction, [[id, theme, words, in_practice], …]]`, the
//! statements in order. Prompt and example are help for who writes a pledge, what is read aloud is help for who listens,
//! and a picture is help for who looks: no part of what is promised.
//! Not here: a text that is not published yet, which is `draft`'s.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{charter_statements, charter_versions};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{CharterVersionId, FileId, StatementId};
use crate::{each, text_enum};

text_enum! {
    /// A new text supersedes the one in force.
    pub enum CharterState { Draft = "draft", InForce = "in_force", Superseded = "superseded" }
}

/// A version of the Charter, without its statements.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = charter_versions)]
pub struct CharterVersion {
    pub id: CharterVersionId,
    /// 1 for the first. A draft has none yet: 0.
    pub number: i32,
    pub title: String,
    pub introduction: String,
    /// Made-up wording, to be replaced by the VRP's own.
    pub sample: bool,
    pub(super) state: CharterState,
    /// 64 hexadecimal digits; empty while it is a draft.
    pub hash: String,
    pub published_at: Option<NaiveDateTime>,
    /// The day by which those who pledged to an older version sign this one; none where nobody is asked.
    pub sign_again_by: Option<NaiveDate>,
}

/// One statement of a version. Its id stays the same from version to version.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = charter_statements, treat_none_as_default_value = false)]
pub struct Statement {
    pub charter_version_id: CharterVersionId,
    pub id: StatementId,
    /// 1 for the first.
    pub position: i32,
    pub theme: String,
    pub words: String,
    pub in_practice: String,
    /// The question that an organisation answers.
    pub prompt: String,
    /// An answer someone might give.
    pub example: String,
    /// The same for the ear, where it differs from what is to be read.
    pub read_aloud: Option<String>,
    /// A picture of it; there is one exactly when there are words for what it shows.
    pub picture_file_id: Option<FileId>,
    /// All that the picture shows.
    pub picture_words: Option<String>,
}

/// A text to publish, as it stands in `content/charter.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CharterText {
    pub number: i32,
    pub title: String,
    pub sample: bool,
    pub introduction: String,
    pub statements: Vec<StatementText>,
}

/// A statement of a text to publish.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StatementText {
    pub id: StatementId,
    pub theme: String,
    pub words: String,
    pub in_practice: String,
    pub prompt: String,
    pub example: String,
    #[serde(default)]
    pub read_aloud: Option<String>,
    /// The file of its picture, and what that shows.
    #[serde(skip)]
    pub picture: Option<(FileId, String)>,
}

impl From<Statement> for StatementText {
    fn from(s: Statement) -> Self {
        let picture = s.picture_file_id.zip(s.picture_words);
        let Statement { id, theme, words, in_practice, prompt, example, read_aloud, .. } = s;
        Self { id, theme, words, in_practice, prompt, example, read_aloud, picture }
    }
}

impl CharterText {
    /// See the head of this file.
    pub(super) fn hash(&self) -> String {
        let statements: Vec<_> =
            self.statements.iter().map(|s| json!([s.id, s.theme, s.words, s.in_practice])).collect();
        let canonical = json!([self.number, self.title, self.introduction, statements]);
        hex::encode(Sha256::digest(canonical.to_string()))
    }

    pub(super) fn statements_of(&self, version: CharterVersionId) -> Vec<Statement> {
        let numbered = self.statements.iter().zip(1..);
        let row = |(text, position): (&StatementText, i32)| Statement {
            charter_version_id: version,
            id: text.id.clone(),
            position,
            theme: text.theme.clone(),
            words: text.words.clone(),
            in_practice: text.in_practice.clone(),
            prompt: text.prompt.clone(),
            example: text.example.clone(),
            read_aloud: text.read_aloud.clone(),
            picture_file_id: text.picture.as_ref().map(|(file, _)| *file),
            picture_words: text.picture.as_ref().map(|(_, words)| words.clone()),
        };
        numbered.map(row).collect()
    }
}

impl CharterVersion {
    /// The version that organisations pledge to now.
    pub fn in_force(conn: &mut DbConnection) -> Result<Self> {
        Ok(charter_versions::table
            .filter(charter_versions::state.eq(CharterState::InForce))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// A version that is or was in force.
    pub fn by_number(conn: &mut DbConnection, number: i32) -> Result<Self> {
        Ok(charter_versions::table
            .filter(charter_versions::number.eq(number))
            .filter(charter_versions::state.ne(CharterState::Draft))
            .select(Self::as_select())
            .first(conn)?)
    }

    /// A version in any state.
    pub fn find(conn: &mut DbConnection, id: CharterVersionId) -> Result<Self> {
        Ok(charter_versions::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// Every version that is or was in force, newest first.
    pub fn all_published(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(charter_versions::table
            .filter(charter_versions::state.ne(CharterState::Draft))
            .order(charter_versions::number.desc())
            .select(Self::as_select())
            .load(conn)?)
    }

    /// Is this the one in force, and does it stay so until the end of the act? Nobody publishes meanwhile.
    pub(super) fn hold_in_force(conn: &mut DbConnection, id: CharterVersionId) -> Result<bool> {
        let held = diesel::update(charter_versions::table.find(id))
            .filter(charter_versions::state.eq(CharterState::InForce))
            .set(charter_versions::state.eq(charter_versions::state))
            .execute(conn)?;
        Ok(held == 1)
    }

    /// Its statements, in order.
    pub fn statements(&self, conn: &mut DbConnection) -> Result<Vec<Statement>> {
        Ok(charter_statements::table
            .filter(charter_statements::charter_version_id.eq(self.id))
            .order(charter_statements::position)
            .select(Statement::as_select())
            .load(conn)?)
    }

    pub fn is_in_force(&self) -> bool {
        self.state == CharterState::InForce
    }
}

/// Brings a text into force in place of the one before. A number that was used is a conflict.
pub fn publish_charter(act: &mut Act<'_>, text: &CharterText) -> Result<CharterVersion> {
    supersede(act.conn)?;
    let version = CharterVersion {
        id: CharterVersionId::new(),
        number: text.number,
        title: text.title.clone(),
        introduction: text.introduction.clone(),
        sample: text.sample,
        state: CharterState::InForce,
        hash: text.hash(),
        published_at: Some(act.at),
        sign_again_by: None,
    };
    unless_taken(act.conn, |conn| diesel::insert_into(charter_versions::table).values(&version).execute(conn))?
        .ok_or(Error::Conflict)?;
    let statements = text.statements_of(version.id);
    each!(act.conn, c => diesel::insert_into(charter_statements::table).values(&statements).execute(c))?;
    let details = json!({ "number": version.number, "hash": version.hash });
    act.record("charter published", Subject::of("charter", version.id), details)?;
    Ok(version)
}

/// Ends the version in force, after those who sign it at this moment. When another was published in the same moment it
/// is a conflict.
pub(super) fn supersede(conn: &mut DbConnection) -> Result<()> {
    let ended = diesel::update(charter_versions::table.filter(charter_versions::state.eq(CharterState::InForce)))
        .set(charter_versions::state.eq(CharterState::Superseded))
        .execute(conn)?;
    if ended == 0 && last_number(conn)? > 0 { Err(Error::Conflict) } else { Ok(()) }
}

/// The number of the newest version that was published; 0 before the first.
pub(super) fn last_number(conn: &mut DbConnection) -> Result<i32> {
    let last: Option<i32> = charter_versions::table.select(diesel::dsl::max(charter_versions::number)).first(conn)?;
    Ok(last.unwrap_or_default())
}

pub(super) fn load_content(act: &mut Act<'_>) -> Result<()> {
    let text: CharterText = toml::from_str(include_str!("../../content/charter.toml")).map_err(Error::unexpected)?;
    publish_charter(act, &text).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> CharterText {
        CharterText {
            number: 1,
            title: "Youth “Charter”".into(),
            sample: true,
            introduction: "One\nTwo".into(),
            statements: vec![StatementText {
                id: "respect".into(),
                theme: "Respect".into(),
                words: "We will \"listen\" & reply.".into(),
                in_practice: "Łódź café".into(),
                prompt: "How?".into(),
                example: "So.".into(),
                read_aloud: None,
                picture: None,
            }],
        }
    }

    #[test]
    fn the_hash_is_the_one_that_anyone_can_compute() {
        // python3: json.dumps([...], separators=(",", ":"), ensure_ascii=False), UTF-8, hashlib.sha256
        assert_eq!(text().hash(), "621a4b34e470d2a2957ffbf3a6d070d663fafd3c5d014554bae075bf7ac9adaf");
    }

    #[test]
    fn the_hash_covers_what_is_promised_and_not_the_help() {
        let published = text().hash();
        let changed = |change: fn(&mut CharterText)| {
            let mut text = text();
            change(&mut text);
            text.hash()
        };
        assert_ne!(published, changed(|t| t.number = 2));
        assert_ne!(published, changed(|t| t.title.push('.')));
        assert_ne!(published, changed(|t| t.introduction.push('.')));
        assert_ne!(published, changed(|t| t.statements[0].theme.push('.')));
        assert_ne!(published, changed(|t| t.statements[0].words.push('.')));
        assert_ne!(published, changed(|t| t.statements[0].in_practice.push('.')));
        assert_eq!(published, changed(|t| t.statements[0].prompt.push('.')));
        assert_eq!(published, changed(|t| t.statements[0].example.push('.')));
        assert_eq!(published, changed(|t| t.statements[0].read_aloud = Some("We will listen.".into())));
        assert_eq!(published, changed(|t| t.statements[0].picture = Some((FileId::new(), "Two friends.".into()))));
    }

    #[test]
    fn what_moves_from_one_statement_to_the_next_changes_the_hash() {
        let two = |first: &str, second: &str| {
            let mut text = text();
            text.statements.push(text.statements[0].clone());
            text.statements[0].in_practice = first.into();
            text.statements[1].id = second.into();
            text.hash()
        };
        assert_ne!(two("a", "bc"), two("ab", "c"));
    }
}
