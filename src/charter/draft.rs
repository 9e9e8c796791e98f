//! The next Charter while the VRP writes it. There is at most one draft; it begins as a copy of the version in force, and
//! a statement that stays keeps its id, by which pledges know it.
//!
//! Nobody overwrites what they have not seen: whoever saves a text says which one they had before them, and is shown what
//! stands there now when it is another. Every change counts the edition up.
//! Not here: bringing it into force or dropping it, which is `publication`'s.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use super::draft_text::{DraftText, FrontText, Wording};
use super::picture::forget_unused_pictures;
use super::version::{CharterState, CharterText, CharterVersion, Statement};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{accounts, charter_statements, charter_versions};
use crate::db::{DbConnection, unless_taken};
use crate::each;
use crate::error::{Error, Result};
use crate::ids::{AccountId, CharterVersionId, StatementId};
use crate::words::{fold_for_search, mark_of};

/// The draft, with its statements in order.
#[derive(Debug, Clone)]
pub struct Draft {
    pub version: CharterVersion,
    /// Counts up with every change that somebody makes to it.
    pub edition: i32,
    pub begun_at: NaiveDateTime,
    /// The name of who began it.
    pub begun_by: String,
    pub statements: Vec<Statement>,
}

/// What came of saving a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rewritten {
    Saved,
    /// Somebody else saved this since it was looked at. Nothing was changed.
    Theirs(String),
    /// The statement, or the whole draft, is there no more. Nothing was changed.
    Gone,
}

/// Which way a statement goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// Begins a draft as a copy of the version in force. `None` while there is one.
pub fn begin_draft(act: &mut Act<'_>, by: AccountId) -> Result<Option<Draft>> {
    let in_force = CharterVersion::in_force(act.conn)?;
    let statements = in_force.statements(act.conn)?;
    let version = CharterVersion {
        id: CharterVersionId::new(),
        number: 0,
        state: CharterState::Draft,
        hash: String::new(),
        published_at: None,
        sign_again_by: None,
        ..in_force.clone()
    };
    let begun = (charter_versions::begun_by.eq(by), charter_versions::begun_at.eq(act.at));
    let added = unless_taken(act.conn, |conn| {
        diesel::insert_into(charter_versions::table).values((&version, begun)).execute(conn)
    })?;
    if added.is_none() {
        return Ok(None);
    }
    write_statements(act.conn, version.id, &statements)?;
    act.record("charter draft begun", subject_of(&version), json!({ "from": in_force.number }))?;
    Draft::open(act.conn)
}

impl Draft {
    /// The one that is being written.
    pub fn open(conn: &mut DbConnection) -> Result<Option<Self>> {
        let found: Option<(CharterVersion, i32, Option<NaiveDateTime>, String)> = charter_versions::table
            .inner_join(accounts::table)
            .filter(charter_versions::state.eq(CharterState::Draft))
            .select((
                CharterVersion::as_select(),
                charter_versions::edition,
                charter_versions::begun_at,
                accounts::name,
            ))
            .first(conn)
            .optional()?;
        let Some((version, edition, begun_at, begun_by)) = found else { return Ok(None) };
        let statements = version.statements(conn)?;
        Ok(Some(Self { version, edition, begun_at: begun_at.unwrap_or_default(), begun_by, statements }))
    }

    pub fn statement(&self, id: &StatementId) -> Result<&Statement> {
        self.statements.iter().find(|statement| statement.id == *id).ok_or(Error::NotFound)
    }

    /// One of its texts; of a statement that is not there it has none.
    pub fn text(&self, which: &DraftText) -> Result<&str> {
        match which {
            DraftText::Front(front) => Ok(self.version.front_text(*front)),
            DraftText::Statement(id, part) => {
                let statement = self.statement(id)?;
                if statement.has_part(*part) { Ok(statement.part(*part)) } else { Err(Error::NotFound) }
            }
        }
    }

    /// The whole of it, as the text of version `number`.
    pub(super) fn as_text(&self, number: i32) -> CharterText {
        text_of(&self.version, &self.statements, number)
    }

    pub(super) fn subject(&self) -> Subject {
        subject_of(&self.version)
    }

    /// The draft as it is now, locked until the end of the act. A conflict when there is none.
    pub(super) fn hold(conn: &mut DbConnection) -> Result<Self> {
        Self::hold_if_any(conn)?.ok_or(Error::Conflict)
    }

    pub(super) fn hold_if_any(conn: &mut DbConnection) -> Result<Option<Self>> {
        diesel::update(charter_versions::table.filter(charter_versions::state.eq(CharterState::Draft)))
            .set(charter_versions::state.eq(charter_versions::state))
            .execute(conn)?;
        Self::open(conn)
    }

    pub(super) fn put_statements(&self, act: &mut Act<'_>, statements: &[Statement]) -> Result<()> {
        diesel::delete(statements_of(self.version.id)).execute(act.conn)?;
        write_statements(act.conn, self.version.id, statements)?;
        forget_unused_pictures(act.conn, &self.statements)?;
        self.count_up(act.conn)
    }

    fn count_up(&self, conn: &mut DbConnection) -> Result<()> {
        diesel::update(charter_versions::table.find(self.version.id))
            .set(charter_versions::edition.eq(charter_versions::edition + 1))
            .execute(conn)?;
        Ok(())
    }

    pub(super) fn place_of(&self, id: &StatementId) -> Result<usize> {
        self.statements.iter().position(|statement| statement.id == *id).ok_or(Error::Conflict)
    }
}

/// Saves a text for whoever had the one with this mark before them.
pub fn rewrite_draft(act: &mut Act<'_>, which: &DraftText, text: &str, seen: &str) -> Result<Rewritten> {
    let Some(draft) = Draft::hold_if_any(act.conn)? else { return Ok(Rewritten::Gone) };
    let Ok(stored) = draft.text(which) else { return Ok(Rewritten::Gone) };
    if stored == text {
        return Ok(Rewritten::Saved);
    }
    if mark_of(&stored) != seen {
        return Ok(Rewritten::Theirs(stored.to_owned()));
    }
    match which {
        DraftText::Front(front) => {
            let row = charter_versions::table.find(draft.version.id);
            match front {
                FrontText::Title => diesel::update(row).set(charter_versions::title.eq(text)).execute(act.conn)?,
                FrontText::Introduction => {
                    diesel::update(row).set(charter_versions::introduction.eq(text)).execute(act.conn)?
                }
            };
            draft.count_up(act.conn)?;
            act.record("charter draft rewritten", draft.subject(), json!({ "text": front, "words": text }))?;
        }
        DraftText::Statement(id, part) => {
            let mut statements = draft.statements.clone();
            statements[draft.place_of(id)?].put_part(*part, text);
            draft.put_statements(act, &statements)?;
            let details = json!({ "statement": id, "text": part, "words": text });
            act.record("charter draft rewritten", draft.subject(), details)?;
        }
    }
    Ok(Rewritten::Saved)
}

/// Says whose words the draft is in, for whoever saw it said so before.
pub fn say_wording(act: &mut Act<'_>, wording: Wording, seen: Wording) -> Result<()> {
    let draft = Draft::hold(act.conn)?;
    let stored = draft.version.wording();
    if stored == wording {
        return Ok(());
    }
    if stored != seen {
        return Err(Error::Conflict);
    }
    diesel::update(charter_versions::table.find(draft.version.id))
        .set(charter_versions::sample.eq(wording == Wording::MadeUp))
        .execute(act.conn)?;
    draft.count_up(act.conn)?;
    act.record("charter draft’s wording said", draft.subject(), json!({ "wording": wording }))
}

/// Adds a statement at the end, with nothing but its theme.
pub fn add_statement(act: &mut Act<'_>, theme: &str) -> Result<StatementId> {
    let draft = Draft::hold(act.conn)?;
    let id = free_id(act.conn, theme)?;
    let mut statements = draft.statements.clone();
    statements.push(Statement {
        charter_version_id: draft.version.id,
        id: id.clone(),
        position: i32::MAX,
        theme: theme.to_owned(),
        words: String::new(),
        in_practice: String::new(),
        prompt: String::new(),
        example: String::new(),
        read_aloud: None,
        picture_file_id: None,
        picture_words: None,
    });
    draft.put_statements(act, &statements)?;
    act.record("statement added to the charter draft", draft.subject(), json!({ "statement": id, "theme": theme }))?;
    Ok(id)
}

/// Moves a statement by one place. At the end it stays where it is.
pub fn move_statement(act: &mut Act<'_>, id: &StatementId, direction: Direction) -> Result<()> {
    let draft = Draft::hold(act.conn)?;
    let here = draft.place_of(id)?;
    let there = match direction {
        Direction::Up => here.checked_sub(1),
        Direction::Down => Some(here + 1).filter(|there| *there < draft.statements.len()),
    };
    let Some(there) = there else { return Ok(()) };
    let mut statements = draft.statements.clone();
    statements.swap(here, there);
    draft.put_statements(act, &statements)?;
    let details = json!({ "statement": id, "passes": draft.statements[there].id });
    act.record("statement moved in the charter draft", draft.subject(), details)
}

/// Takes a statement out, for whoever saw it with this mark. A conflict when it says something else by now.
pub fn remove_statement(act: &mut Act<'_>, id: &StatementId, seen: &str) -> Result<()> {
    let draft = Draft::hold(act.conn)?;
    let here = draft.place_of(id)?;
    let mut statements = draft.statements.clone();
    let removed = statements.remove(here);
    if removed.mark() != seen {
        return Err(Error::Conflict);
    }
    draft.put_statements(act, &statements)?;
    let details = json!({ "statement": id, "theme": removed.theme, "words": removed.words });
    act.record("statement removed from the charter draft", draft.subject(), details)
}

/// Puts a statement of the version in force back, as it is there, after the one it follows there.
pub fn put_statement_back(act: &mut Act<'_>, id: &StatementId) -> Result<()> {
    let draft = Draft::hold(act.conn)?;
    if draft.place_of(id).is_ok() {
        return Ok(());
    }
    let in_force = CharterVersion::in_force(act.conn)?.statements(act.conn)?;
    let place = in_force.iter().position(|statement| statement.id == *id).ok_or(Error::NotFound)?;
    let follows = in_force[..place].iter().rev().find_map(|before| draft.place_of(&before.id).ok());
    let mut statements = draft.statements.clone();
    statements.insert(follows.map_or(0, |before| before + 1), in_force[place].clone());
    draft.put_statements(act, &statements)?;
    act.record("statement put back into the charter draft", draft.subject(), json!({ "statement": id }))
}

/// A version and its statements as the text of version `number`.
pub(super) fn text_of(version: &CharterVersion, statements: &[Statement], number: i32) -> CharterText {
    CharterText {
        number,
        title: version.title.clone(),
        sample: version.sample,
        introduction: version.introduction.clone(),
        statements: statements.iter().cloned().map(Into::into).collect(),
    }
}

/// The statements of a draft, to be deleted.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn statements_of(version: CharterVersionId) -> _ {
    charter_statements::table.filter(charter_statements::charter_version_id.eq(version))
}

/// Writes statements in this order.
fn write_statements(conn: &mut DbConnection, version: CharterVersionId, statements: &[Statement]) -> Result<()> {
    let numbered = statements.iter().zip(1..);
    let rows: Vec<Statement> =
        numbered.map(|(s, position)| Statement { charter_version_id: version, position, ..s.clone() }).collect();
    each!(conn, c => diesel::insert_into(charter_statements::table).values(&rows).execute(c))?;
    Ok(())
}

/// An id that no statement of any version has: whoever knows an id knows what it meant.
fn free_id(conn: &mut DbConnection, theme: &str) -> Result<StatementId> {
    let word = id_from(theme);
    for number in 1..1000 {
        let id = StatementId::from(if number == 1 { word.clone() } else { format!("{word}-{number}") }.as_str());
        let taken = charter_statements::table.filter(charter_statements::id.eq(&id));
        if diesel::select(diesel::dsl::exists(taken)).get_result::<bool>(conn)? {
            continue;
        }
        return Ok(id);
    }
    Err(Error::Conflict)
}

/// `A safe place` is `a-safe-place`.
fn id_from(theme: &str) -> String {
    let folded = fold_for_search(theme);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined: String = words.join("-").chars().take(60).collect();
    match joined.trim_matches('-') {
        "" | "new" => "statement".to_owned(),
        id => id.to_owned(),
    }
}

fn subject_of(version: &CharterVersion) -> Subject {
    Subject::of("charter", version.id)
}

#[cfg(test)]
mod tests {
    use super::id_from;

    #[test]
    fn the_id_of_a_statement_is_made_of_its_theme_and_is_never_an_address_of_ours() {
        for (theme, id) in
            [("A safe place", "a-safe-place"), ("  Été: (2) ", "ete-2"), ("New", "statement"), ("安全", "statement")]
        {
            assert_eq!(id_from(theme), id);
        }
        assert!(id_from(&"long words ".repeat(20)).len() <= 60);
    }
}
