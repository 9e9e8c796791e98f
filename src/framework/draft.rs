//! The next framework while the VRP writes it. There is at most one draft; it begins as a copy of the version in force.
//! An indicator keeps its id, by which answers are kept; no id is ever used for something else.
//!
//! Nobody overwrites what they have not seen: whoever saves a text says which one they had before them, and is shown what
//! stands there now when it is another. Every change counts the edition up.
//! Not here: adding, moving and retiring, which is `rearranging`'s; bringing it into force or dropping it, which is
//! `publication`'s.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::draft_text::DraftText;
use super::version::{Area, Exemption, Framework, FrameworkState, FrameworkVersion, Indicator, Standard, Weight};
use crate::acts::Act;
use crate::audit::Subject;
use crate::db::schema::{accounts, framework_files, framework_versions};
use crate::db::{DbConnection, unless_taken};
use crate::error::{Error, Result};
use crate::ids::{AccountId, AreaId, FrameworkVersionId, IndicatorId, StandardId};
use crate::words::mark_of;

/// The draft, whole.
#[derive(Debug, Clone)]
pub struct Draft {
    pub framework: Framework,
    /// Counts up with every change that somebody makes to it.
    pub edition: i32,
    pub begun_at: NaiveDateTime,
    /// The name of who began it.
    pub begun_by: String,
}

/// What came of saving a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rewritten {
    Saved,
    /// Somebody else saved this since it was looked at. Nothing was changed.
    Theirs(String),
    /// What it belongs to, or the whole draft, is there no more. Nothing was changed.
    Gone,
}

/// What is chosen, not written, about an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Chosen {
    Weight(Weight),
    Exemptions { not_for: Vec<Exemption>, reason_needed: bool },
    AsksAnew(bool),
    Standard(StandardId),
}

impl Chosen {
    /// The same choice as it stands.
    pub fn as_it_is(&self, indicator: &Indicator) -> Self {
        match self {
            Self::Weight(_) => Self::Weight(indicator.weight),
            Self::Exemptions { .. } => {
                Self::Exemptions { not_for: indicator.exemptions(), reason_needed: indicator.reason_needed }
            }
            Self::AsksAnew(_) => Self::AsksAnew(indicator.asks_anew),
            Self::Standard(_) => Self::Standard(indicator.standard_id.clone()),
        }
    }

    pub fn mark(&self) -> String {
        mark_of(self)
    }
}

/// Begins a draft as a copy of the version in force. `None` while there is one.
pub fn begin_draft(act: &mut Act<'_>, by: AccountId) -> Result<Option<Draft>> {
    let mut framework = Framework::in_force(act.conn)?;
    let from = framework.version.number;
    framework.version = FrameworkVersion {
        id: FrameworkVersionId::new(),
        number: 0,
        state: FrameworkState::Draft,
        published_at: None,
        ..framework.version
    };
    framework.indicators.iter_mut().for_each(|indicator| indicator.asks_anew = false);
    framework.put_in_order();
    let begun = (framework_versions::begun_by.eq(by), framework_versions::begun_at.eq(act.at));
    let added = unless_taken(act.conn, |conn| {
        diesel::insert_into(framework_versions::table).values((&framework.version, begun)).execute(conn)
    })?;
    if added.is_none() {
        return Ok(None);
    }
    framework.write_parts(act.conn)?;
    act.record("framework draft begun", subject_of(&framework.version), json!({ "from": from }))?;
    Draft::open(act.conn)
}

impl Draft {
    /// The one that is being written.
    pub fn open(conn: &mut DbConnection) -> Result<Option<Self>> {
        let found: Option<(FrameworkVersion, i32, Option<NaiveDateTime>, String)> = framework_versions::table
            .inner_join(accounts::table)
            .filter(framework_versions::state.eq(FrameworkState::Draft))
            .select((
                FrameworkVersion::as_select(),
                framework_versions::edition,
                framework_versions::begun_at,
                accounts::name,
            ))
            .first(conn)
            .optional()?;
        let Some((version, edition, begun_at, begun_by)) = found else { return Ok(None) };
        let framework = Framework::whole(conn, version)?;
        Ok(Some(Self { framework, edition, begun_at: begun_at.unwrap_or_default(), begun_by }))
    }

    /// One of its texts; of what is not there it has none.
    pub fn text(&self, which: &DraftText) -> Result<&str> {
        let framework = &self.framework;
        match which {
            DraftText::Front(front) => Ok(framework.version.front_text(*front)),
            DraftText::Area(id, part) => Ok(self.area(id)?.part(*part)),
            DraftText::Standard(id, part) => Ok(self.standard(id)?.part(*part)),
            DraftText::Indicator(id, part) => Ok(framework.indicator(id)?.part(*part)),
            DraftText::Term(term) => {
                let found = framework.terms.iter().find(|known| known.term == *term);
                found.map(|term| term.meaning.as_str()).ok_or(Error::NotFound)
            }
        }
    }

    pub fn area(&self, id: &AreaId) -> Result<&Area> {
        self.framework.areas.iter().find(|area| area.id == *id).ok_or(Error::NotFound)
    }

    pub fn standard(&self, id: &StandardId) -> Result<&Standard> {
        self.framework.standards.iter().find(|standard| standard.id == *id).ok_or(Error::NotFound)
    }

    pub(super) fn subject(&self) -> Subject {
        subject_of(&self.framework.version)
    }

    /// The draft as it is now, locked until the end of the act. A conflict when there is none.
    pub(super) fn hold(conn: &mut DbConnection) -> Result<Self> {
        Self::hold_if_any(conn)?.ok_or(Error::Conflict)
    }

    /// The same, for whoever saw this edition of it.
    pub(super) fn hold_edition(conn: &mut DbConnection, seen: i32) -> Result<Self> {
        let draft = Self::hold(conn)?;
        if draft.edition == seen { Ok(draft) } else { Err(Error::Conflict) }
    }

    fn hold_if_any(conn: &mut DbConnection) -> Result<Option<Self>> {
        diesel::update(framework_versions::table.filter(framework_versions::state.eq(FrameworkState::Draft)))
            .set(framework_versions::state.eq(framework_versions::state))
            .execute(conn)?;
        Self::open(conn)
    }

    /// Writes it anew, as it is in `self`, with one edition more and an entry of what was done.
    pub(super) fn put(mut self, act: &mut Act<'_>, verb: &str, details: Value) -> Result<()> {
        let id = self.framework.version.id;
        self.framework.put_in_order();
        Framework::delete_parts(act.conn, id)?;
        self.framework.write_parts(act.conn)?;
        diesel::update(framework_versions::table.find(id))
            .set((
                framework_versions::title.eq(&self.framework.version.title),
                framework_versions::introduction.eq(&self.framework.version.introduction),
                framework_versions::edition.eq(framework_versions::edition + 1),
            ))
            .execute(act.conn)?;
        act.record(verb, self.subject(), details)
    }

    fn put_text(&mut self, which: &DraftText, words: String) -> Result<()> {
        let framework = &mut self.framework;
        match which {
            DraftText::Front(front) => framework.version.put_front_text(*front, words),
            DraftText::Area(id, part) => {
                let area = framework.areas.iter_mut().find(|area| area.id == *id);
                area.ok_or(Error::NotFound)?.put_part(*part, words);
            }
            DraftText::Standard(id, part) => {
                let standard = framework.standards.iter_mut().find(|standard| standard.id == *id);
                standard.ok_or(Error::NotFound)?.put_part(*part, words);
            }
            DraftText::Indicator(id, part) => self.indicator_mut(id)?.put_part(*part, words),
            DraftText::Term(term) => {
                let term = framework.terms.iter_mut().find(|known| known.term == *term);
                term.ok_or(Error::NotFound)?.meaning = words;
            }
        }
        Ok(())
    }

    pub(super) fn indicator_mut(&mut self, id: &IndicatorId) -> Result<&mut Indicator> {
        self.framework.indicators.iter_mut().find(|indicator| indicator.id == *id).ok_or(Error::Conflict)
    }
}

impl DraftText {
    fn as_json(&self) -> Value {
        match self {
            Self::Front(text) => json!({ "text": text }),
            Self::Area(id, part) => json!({ "area": id, "text": part }),
            Self::Standard(id, part) => json!({ "standard": id, "text": part }),
            Self::Indicator(id, part) => json!({ "indicator": id, "text": part }),
            Self::Term(term) => json!({ "term": term }),
        }
    }
}

/// Saves a text for whoever had the one with this mark before them.
pub fn rewrite_draft(act: &mut Act<'_>, which: &DraftText, text: &str, seen: &str) -> Result<Rewritten> {
    let Some(mut draft) = Draft::hold_if_any(act.conn)? else { return Ok(Rewritten::Gone) };
    let Ok(stored) = draft.text(which) else { return Ok(Rewritten::Gone) };
    if stored == text {
        return Ok(Rewritten::Saved);
    }
    if mark_of(&stored) != seen {
        return Ok(Rewritten::Theirs(stored.to_owned()));
    }
    draft.put_text(which, text.to_owned())?;
    let mut details = which.as_json();
    details["words"] = json!(text);
    draft.put(act, "framework draft rewritten", details)?;
    Ok(Rewritten::Saved)
}

/// Chooses something about an indicator, for whoever saw what was chosen before.
pub fn choose_in_draft(act: &mut Act<'_>, id: &IndicatorId, chosen: Chosen, seen: &str) -> Result<()> {
    let mut draft = Draft::hold(act.conn)?;
    let stored = chosen.as_it_is(draft.framework.indicator(id)?);
    if stored == chosen {
        return Ok(());
    }
    if stored.mark() != seen {
        return Err(Error::Conflict);
    }
    let details = json!({ "indicator": id, "chosen": chosen });
    if let Chosen::Standard(standard) = &chosen {
        draft.standard(standard)?;
        // It comes after those that are there.
        let place = draft.framework.indicators.iter().position(|indicator| indicator.id == *id);
        let moved = draft.framework.indicators.remove(place.ok_or(Error::Conflict)?);
        draft.framework.indicators.push(moved);
    }
    let indicator = draft.indicator_mut(id)?;
    match chosen {
        Chosen::Weight(weight) => indicator.weight = weight,
        Chosen::Exemptions { not_for, reason_needed } => {
            (indicator.not_for, indicator.reason_needed) = (Exemption::joined(&not_for), reason_needed);
        }
        Chosen::AsksAnew(asks) => indicator.asks_anew = asks,
        Chosen::Standard(standard) => indicator.standard_id = standard,
    }
    draft.put(act, "framework draft rewritten", details)
}

/// Keeps a file that was looked over, until someone says that it takes the place of the draft.
pub fn keep_file(act: &mut Act<'_>, text: &str) -> Result<()> {
    let draft = Draft::hold(act.conn)?;
    let id = draft.framework.version.id;
    diesel::delete(framework_files::table.find(id)).execute(act.conn)?;
    diesel::insert_into(framework_files::table)
        .values((
            framework_files::framework_version_id.eq(id),
            framework_files::text.eq(text),
            framework_files::read_at.eq(act.at),
        ))
        .execute(act.conn)?;
    act.record("file read for the framework draft", draft.subject(), json!({ "characters": text.chars().count() }))
}

/// The file that waits, if there is one.
pub fn waiting_file(conn: &mut DbConnection, draft: &Draft) -> Result<Option<String>> {
    Ok(framework_files::table.find(draft.framework.version.id).select(framework_files::text).first(conn).optional()?)
}

/// Everything in the draft is replaced, for whoever saw this edition of it.
pub fn replace_draft(act: &mut Act<'_>, seen: i32, by: Framework) -> Result<()> {
    let draft = Draft::hold_edition(act.conn, seen)?;
    let version =
        FrameworkVersion { title: by.version.title, introduction: by.version.introduction, ..draft.framework.version };
    let details = json!({ "indicators": by.indicators.len(), "terms": by.terms.len() });
    let replaced = Draft { framework: Framework { version, ..by }, ..draft };
    diesel::delete(framework_files::table.find(replaced.framework.version.id)).execute(act.conn)?;
    replaced.put(act, "framework draft replaced by a file", details)
}

fn subject_of(version: &FrameworkVersion) -> Subject {
    Subject::of("framework", version.id)
}
