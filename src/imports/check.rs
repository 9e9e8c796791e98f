//! The dry run: what an import would add to each organisation and what is wrong with it, worked out afresh from its
//! rows and the records as they are now. It changes nothing.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::columns::{Columns, Meaning};
use super::courses::{CourseNames, nearest};
use super::finding::{Finding, Found};
use super::import::{About, Import};
use super::plan::{Choices, Known, Plan, lay_out};
use super::reading::Reader;
use super::rows::rows_of;
use crate::db::DbConnection;
use crate::db::schema::organisations;
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId};
use crate::organisations::{Member, Organisation, OrganisationState};
use crate::sheets::{MergedCells, SheetRow};
use crate::training::standing_in;
use crate::words::fold_for_search;

/// An import with its rows, sorted by organisation.
pub struct Sorted {
    pub columns: Columns,
    pub choices: Choices,
    pub names: CourseNames,
    importer: AccountId,
    rows: BTreeMap<OrganisationId, Vec<SheetRow>>,
    /// What is wrong with the sheet or with rows that are no organisation's.
    strays: Vec<Finding>,
}

/// What an import would do.
pub struct Checked {
    pub parts: Vec<(OrganisationId, Plan)>,
    pub strays: Vec<Finding>,
}

impl Checked {
    pub fn has_problems(&self) -> bool {
        self.strays.iter().any(|finding| finding.what.is_problem())
            || self.parts.iter().any(|(_, plan)| plan.has_problems())
    }

    /// Everything that was found, in the order of the rows.
    pub fn findings(&self) -> Vec<&Finding> {
        let of_parts = self.parts.iter().flat_map(|(_, plan)| &plan.findings);
        let mut all: Vec<&Finding> = self.strays.iter().chain(of_parts).collect();
        all.sort_by_key(|finding| (finding.row, finding.column));
        all
    }

    pub fn new_people(&self) -> usize {
        self.parts.iter().map(|(_, plan)| plan.new_people()).sum()
    }

    pub fn completions(&self) -> usize {
        self.parts.iter().map(|(_, plan)| plan.completions.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|(_, plan)| plan.is_empty())
    }
}

impl Sorted {
    pub fn load(conn: &mut DbConnection, import: &Import) -> Result<Self> {
        let (columns, about) = (import.columns()?, import.about());
        let mut strays = merged_findings(&about, &columns);
        let all = rows_of(conn, import.id)?;
        let rows = match import.organisation_id {
            Some(organisation) => BTreeMap::from([(organisation, all)]),
            None => sort_by_organisation(conn, &columns, all, &mut strays)?,
        };
        Ok(Self {
            columns,
            choices: import.choices(),
            names: CourseNames::load(conn)?,
            importer: import.begun_by,
            rows,
            strays,
        })
    }

    pub fn organisations(&self) -> Vec<OrganisationId> {
        self.rows.keys().copied().collect()
    }

    /// What would be added to one organisation now, with what it has.
    pub fn plan_for(
        &self,
        conn: &mut DbConnection,
        organisation: OrganisationId,
        today: NaiveDate,
    ) -> Result<(Plan, Known)> {
        let rows: Vec<&SheetRow> = self.rows.get(&organisation).into_iter().flatten().collect();
        let known = Known {
            members: Member::all_in(conn, organisation)?,
            standing: standing_in(conn, organisation)?,
            importer: self.importer,
        };
        let reader = Reader::new(&self.columns, &self.names, today, &rows);
        let plan = lay_out(&rows, &reader, &known, &self.choices);
        Ok((plan, known))
    }

    /// The same for all of them.
    pub fn check(self, conn: &mut DbConnection, today: NaiveDate) -> Result<Checked> {
        let parts = self.organisations().into_iter().map(|id| Ok((id, self.plan_for(conn, id, today)?.0)));
        let parts = parts.collect::<Result<_>>()?;
        Ok(Checked { parts, strays: self.strays })
    }
}

/// Loads an import and checks it.
pub fn check_import(conn: &mut DbConnection, import: &Import, today: NaiveDate) -> Result<Checked> {
    Sorted::load(conn, import)?.check(conn, today)
}

/// Cells that were merged below the head hold one value for several rows: only a person knows what was meant.
fn merged_findings(about: &About, columns: &Columns) -> Vec<Finding> {
    let wanted = |first: usize, last: usize| {
        let meanings = columns.meanings.iter().enumerate();
        meanings.filter(|(at, _)| (first..=last).contains(at)).any(|(_, meaning)| *meaning != Meaning::Ignored)
    };
    let below =
        about.merged.iter().filter(|(_, last_row, first, last)| *last_row > about.head && wanted(*first, *last));
    below
        .map(|(first_row, last_row, first_column, last_column)| Finding {
            row: *first_row,
            column: Some(*first_column),
            what: Found::Merged(MergedCells {
                first_row: *first_row,
                last_row: *last_row,
                first_column: *first_column,
                last_column: *last_column,
            }),
        })
        .collect()
}

fn sort_by_organisation(
    conn: &mut DbConnection,
    columns: &Columns,
    all: Vec<SheetRow>,
    strays: &mut Vec<Finding>,
) -> Result<BTreeMap<OrganisationId, Vec<SheetRow>>> {
    let approved: Vec<Organisation> = organisations::table
        .filter(organisations::state.eq(OrganisationState::Approved))
        .select(Organisation::as_select())
        .load(conn)?;
    let known: HashMap<String, OrganisationId> =
        approved.iter().flat_map(|one| [(one.search.clone(), one.id), (one.slug.clone(), one.id)]).collect();
    let column = columns.of(&Meaning::Organisation);
    let mut sorted: BTreeMap<OrganisationId, Vec<SheetRow>> = BTreeMap::new();
    // The same wrong name stands in many rows: it is compared with all names once.
    let mut suggested: HashMap<String, Option<String>> = HashMap::new();
    for row in all {
        let said = column.and_then(|column| row.cells.get(column)).map_or("", |said| said.trim());
        let folded = fold_for_search(said);
        let what = match known.get(&folded) {
            Some(organisation) => {
                sorted.entry(*organisation).or_default().push(row);
                continue;
            }
            None if said.is_empty() => Found::OrganisationMissing,
            None => {
                let names = approved.iter().map(|one| &one.name);
                let nearest = suggested.entry(folded.clone()).or_insert_with(|| nearest(&folded, names)).clone();
                Found::OrganisationUnknown { said: said.to_owned(), nearest }
            }
        };
        strays.push(Finding { row: row.number, column, what });
    }
    Ok(sorted)
}
