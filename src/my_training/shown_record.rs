//! A record as it leaves the portal, on paper or by a link: of each completion what, when, by whom, until when, and on
//! whose word. No address, nothing of what any organisation requires, and no name but the owner's.

use chrono::NaiveDate;
use serde::Serialize;

use super::record_link::RecordLink;
use crate::clock::say_day;
use crate::db::DbConnection;
use crate::db::schema::people;
use crate::error::Result;
use crate::ids::{ModuleId, PersonId};
use crate::training::{Pathway, Record, RecordEntry, Source, pathway_name};
use diesel::prelude::*;

/// What is shown of a person's training, on one day.
#[derive(Debug, Clone, Serialize)]
pub struct ShownRecord {
    pub name: String,
    /// Only some modules were chosen.
    pub partly: bool,
    /// Groups with anything in them.
    pub groups: Vec<ShownGroup>,
}

/// The completions of one pathway, or those that a later one has replaced.
#[derive(Debug, Clone, Serialize)]
pub struct ShownGroup {
    pub title: &'static str,
    pub lines: Vec<ShownLine>,
}

/// One completion.
#[derive(Debug, Clone, Serialize)]
pub struct ShownLine {
    /// The module, with the course by others that counts as it.
    pub what: String,
    #[serde(skip)]
    pub completed: NaiveDate,
    /// The last day it counts.
    #[serde(skip)]
    pub expires: Option<NaiveDate>,
    pub completed_on: String,
    pub provider: String,
    /// `Counts until 3 November 2028`, `Counted until …`, `Does not end`.
    pub until: String,
    pub counts: bool,
    pub word: String,
}

impl ShownRecord {
    /// All of someone's record, or of the modules given.
    pub fn of(
        conn: &mut DbConnection,
        person: PersonId,
        modules: Option<&[ModuleId]>,
        today: NaiveDate,
    ) -> Result<Self> {
        let name = people::table.find(person).select(people::name).first(conn)?;
        // What is required, and of whom, is not shown: no membership is asked for.
        let record = Record::of(conn, person, &[], today)?;
        let is_shown = |entry: &RecordEntry| modules.is_none_or(|chosen| chosen.contains(&entry.module.id));
        let latest = || record.lines.iter().filter_map(|line| line.latest.as_ref()).filter(|entry| is_shown(entry));
        let in_pathway = |pathway: &Pathway| ShownGroup {
            title: pathway_name(*pathway),
            lines: latest().filter(|e| e.module.pathway() == *pathway).map(|e| ShownLine::new(e, today)).collect(),
        };
        let mut groups: Vec<ShownGroup> = Pathway::ALL.iter().map(in_pathway).collect();
        let earlier = record.earlier.iter().filter(|entry| is_shown(entry)).map(|e| ShownLine::new(e, today));
        groups.push(ShownGroup { title: "Earlier training", lines: earlier.collect() });
        groups.retain(|group| !group.lines.is_empty());
        Ok(Self { name, partly: modules.is_some(), groups })
    }

    /// What a link shows; `None` when it cannot be opened any more.
    pub fn behind(conn: &mut DbConnection, link: &RecordLink, today: NaiveDate) -> Result<Option<Self>> {
        if !link.opens_on(today) {
            return Ok(None);
        }
        let modules = link.modules(conn)?;
        Self::of(conn, link.person_id, modules.as_deref(), today).map(Some)
    }

    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

impl ShownLine {
    fn new(entry: &RecordEntry, today: NaiveDate) -> Self {
        let completion = &entry.completion;
        let counts = completion.expires_on.is_none_or(|last| today <= last);
        Self {
            what: match &entry.equivalent {
                Some(course) => format!("{} ({course})", entry.module.title),
                None => entry.module.title.clone(),
            },
            completed: completion.completed_on,
            expires: completion.expires_on,
            completed_on: say_day(completion.completed_on),
            provider: completion.provider.clone(),
            until: match completion.expires_on {
                None => "Does not end".to_owned(),
                Some(last) if counts => format!("Counts until {}", say_day(last)),
                Some(last) => format!("Ended {}", say_day(last)),
            },
            counts,
            word: say_word(completion.source(), entry.confirmed_within.as_deref()),
        }
    }
}

/// On whose word it stands. Leads are not named: their organisation answers for it.
fn say_word(source: Source, confirmed_within: Option<&str>) -> String {
    match (source, confirmed_within) {
        (Source::SelfLogged, _) => "Their own word: nobody has confirmed it".to_owned(),
        (Source::Confirmed, Some(organisation)) => format!("Confirmed by a lead of {organisation}"),
        (Source::Confirmed, None) => "Confirmed by a lead of their organisation".to_owned(),
        (Source::Verified, _) => "Verified by the provider".to_owned(),
    }
}

/// With made-up content, for the pages that show one.
pub fn shown_record_sample() -> ShownRecord {
    let line = |what: &str, until: &str, counts, word: &str| ShownLine {
        what: what.into(),
        completed: NaiveDate::MIN,
        expires: None,
        completed_on: "3 November 2025".into(),
        provider: "Base 51".into(),
        until: until.into(),
        counts,
        word: word.into(),
    };
    ShownRecord {
        name: "Amina Yusuf".into(),
        partly: true,
        groups: vec![ShownGroup {
            title: "Core",
            lines: vec![
                line("Safeguarding", "Counts until 3 November 2028", true, "Confirmed by a lead of The Hub"),
                line("SEND", "Ended 3 November 2026", false, "Their own word: nobody has confirmed it"),
            ],
        }],
    }
}
