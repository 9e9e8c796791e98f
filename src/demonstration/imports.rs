//! Spreadsheets in the demonstration: one that was added, one that waits with problems, one that was undone, and the
//! VRP's own.

use super::cast::{Body, Cast};
use super::stage::Stage;
use super::story::Story;
use crate::accounts::Account;
use crate::error::{Error, Result};
use crate::ids::OrganisationId;
use crate::imports::{Added, CourseNames, Import, keep_rows, take_apart};
use crate::sheets::{Sheet, SheetRow};

/// How far it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Added,
    Waiting,
    Undone,
}

const PARTS: &[(&str, Part)] = &[
    ("Calverton Colliery Juniors Athletics", Part::Added),
    ("Arnold Lantern Youth Club", Part::Waiting),
    ("West Bridgford Open Table", Part::Undone),
];

const HEAD: &[&str] = &["Full name", "Role", "Paid or volunteer", "Training", "Date completed", "Given by"];

/// As a club's secretary keeps it.
const IN_ORDER: &[&[&str]] = &[
    &["Odette Falk", "Practitioner", "Volunteer", "Safeguarding", "14/3/2025", "Base 51"],
    &["Odette Falk", "", "", "SEND", "2 May 2025", "Base 51"],
    &["Winston Achebe", "Practitioner", "Paid", "Safeguarding", "9/9/2024", "Base 51"],
    &["Winston Achebe", "", "", "Exploitation awareness", "29/2/2024", "Base 51"],
    &["Priya Lund", "Viewer", "Volunteer", "", "", ""],
];

/// As many clubs do.
const WITH_PROBLEMS: &[&[&str]] = &[
    &["Odette Marsh", "Youth worker", "Volunteer", "Safegarding", "14/3/2025", "Base 51"],
    &["Odette Marsh", "", "", "GDPR", "2 May 2025", "Base 51"],
    &["Hugo Trent", "Practitioner", "Paid", "SEND", "29/02/2023", "Base 51"],
    &["Hugo Trent", "", "", "Exploitation awareness", "11/25/2024", "Base 51"],
    &["", "Practitioner", "Volunteer", "SEND", "9/9/2024", "Base 51"],
    &["Ines Calder", "Caretaker", "Sometimes", "SEND", "soon", ""],
    &["Ravi Stone", "Practitioner", "Volunteer", "Safeguarding", "9/9/2024", "Base 51"],
    &["Ravi Stone", "", "", "Safeguarding", "09/09/2024", "Base 51"],
];

pub fn play_import(stage: &mut Stage<'_>, body: &Body, story: &Story) -> Result<()> {
    let Some((_, part)) = PARTS.iter().find(|(name, _)| *name == story.organisation) else { return Ok(()) };
    let (lead, within) = (body.lead()?, Some(body.organisation.id));
    if *part == Part::Waiting {
        return bring(stage, lead, within, "staff training 2026.xlsx", HEAD, WITH_PROBLEMS, 0).map(drop);
    }
    let import = bring(stage, lead, within, "staff and courses.xlsx", HEAD, IN_ORDER, 12)?;
    let at = stage.days_ago(11);
    let added = stage.play_as(lead, at, |act| import.add(act, lead.id))?;
    if added != Added::All {
        return Err(Error::unexpected("the spreadsheet of the demonstration has a problem"));
    }
    if *part == Part::Undone {
        let at = stage.days_ago(10);
        let import = Import::find(stage.conn, import.id)?;
        stage.play_as(lead, at, |act| import.undo(act))?;
    }
    Ok(())
}

/// One of the VRP's waits: rows of a provider's register.
pub fn play_import_of_many(stage: &mut Stage<'_>, cast: &Cast) -> Result<()> {
    let rows: &[&[&str]] = &[
        &["Arnold Lantern Youth Club", "Ravi Stone", "SEND", "7/10/2026"],
        &["Arnold Lantern Youth Clubb", "Ines Calder", "SEND", "7/10/2026"],
        &["West Bridgford Open Table", "Odette Falk", "SEND", "7/10/2026"],
    ];
    let head = &["Organisation", "Learner", "Course", "Date attended"];
    bring(stage, &cast.steward, None, "Base 51 register, October.csv", head, rows, 0).map(drop)
}

fn bring(
    stage: &mut Stage<'_>,
    by: &Account,
    within: Option<OrganisationId>,
    file_name: &str,
    head: &[&str],
    rows: &[&[&str]],
    days_ago: i64,
) -> Result<Import> {
    let cells = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
    let all = std::iter::once(head).chain(rows.iter().copied());
    let rows = (1..).zip(all).map(|(number, row)| SheetRow { number, cells: cells(row) }).collect();
    let sheet = Sheet { name: Some("Staff".to_owned()), others: 0, rows, merged: Vec::new() };
    let (about, columns, rows) = take_apart(sheet, &CourseNames::load(stage.conn)?);
    let at = match days_ago {
        0 => stage.moments_ago(),
        days => stage.days_ago(days),
    };
    let id = stage.play_as(by, at, |act| {
        let import = Import::begin(act, within, by.id, file_name, &about)?;
        keep_rows(act.conn, import.id, &rows)?;
        import.received(act, &columns)?;
        Ok(import.id)
    })?;
    Import::find(stage.conn, id)
}
