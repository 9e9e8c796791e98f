//! What an import would add to one organisation: worked out from the rows and what is known there, and changing
//! nothing. Each row is taken, left as it is with a note, or has a problem; nothing is added while there is one.
//! Rows with the same name are one person.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::columns::{Columns, Meaning};
use super::finding::{Finding, Found};
use super::reading::{ReadCompletion, ReadRow, Reader};
use crate::ids::{AccountId, EquivalentId, ModuleId, PersonId};
use crate::organisations::{Member, Position};
use crate::sheets::SheetRow;
use crate::training::{Course, StandingCompletion};
use crate::words::fold_for_search;

/// What is added to one organisation in one go, at most: it is one transaction.
pub const MOST_COMPLETIONS: usize = 10_000;

/// Who and what an organisation has.
pub struct Known {
    pub members: Vec<Member>,
    pub standing: Vec<StandingCompletion>,
    /// Whose import it is.
    pub importer: AccountId,
}

/// By folded name: which person of the organisation it is; `None` for someone new of the same name.
pub type Choices = BTreeMap<String, Option<PersonId>>;

#[derive(Debug, Default)]
pub struct Plan {
    pub people: Vec<PlannedPerson>,
    /// Each with the number of its person.
    pub completions: Vec<PlannedCompletion>,
    /// In the order of the rows.
    pub findings: Vec<Finding>,
    /// Names that somebody of the organisation has too.
    pub namesakes: Vec<Namesake>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPerson {
    pub name: String,
    /// `None` for someone new.
    pub known: Option<PersonId>,
    pub is_importer: bool,
    pub position: PlannedPosition,
    first_row: u32,
}

/// [`Position`], to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedPosition {
    pub role: crate::organisations::MembershipRole,
    pub engagement: crate::organisations::Engagement,
    pub accountable: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedCompletion {
    pub person: usize,
    pub module: ModuleId,
    pub equivalent: Option<EquivalentId>,
    pub completed_on: NaiveDate,
    pub provider: String,
}

/// A name in the sheet that one person of the organisation has, or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namesake {
    pub name: String,
    pub people: Vec<PersonId>,
    /// Who it is taken to be: `None` while that is to be chosen.
    pub taken_for: Option<Option<PersonId>>,
}

impl Plan {
    pub fn has_problems(&self) -> bool {
        self.findings.iter().any(|finding| finding.what.is_problem())
    }

    pub fn new_people(&self) -> usize {
        self.people.iter().filter(|person| person.known.is_none()).count()
    }

    /// Is there nothing to add?
    pub fn is_empty(&self) -> bool {
        self.new_people() == 0 && self.completions.is_empty()
    }
}

impl From<PlannedPosition> for Position {
    fn from(planned: PlannedPosition) -> Self {
        Self { role: planned.role, engagement: planned.engagement, accountable: planned.accountable }
    }
}

/// Lays the rows of one organisation out.
pub fn lay_out(rows: &[&SheetRow], reader: &Reader<'_>, known: &Known, choices: &Choices) -> Plan {
    let mut layout = Layout::new(known, choices);
    for row in rows {
        let mut found = Vec::new();
        let read = reader.read(row, &mut found);
        layout.take(row.number, read, reader.columns, &mut found);
        layout.plan.findings.append(&mut found);
    }
    layout.plan
}

struct Layout<'a> {
    plan: Plan,
    choices: &'a Choices,
    importer: AccountId,
    /// By folded name.
    members: HashMap<String, Vec<&'a Member>>,
    standing: HashSet<(PersonId, &'a ModuleId, NaiveDate)>,
    /// By folded name: the number of the person, or `None` when nobody knows which.
    people: HashMap<String, Option<usize>>,
    /// With the row that had it first.
    taken: HashMap<(usize, ModuleId, NaiveDate), u32>,
}

impl<'a> Layout<'a> {
    fn new(known: &'a Known, choices: &'a Choices) -> Self {
        let mut members: HashMap<String, Vec<&Member>> = HashMap::new();
        for member in &known.members {
            members.entry(fold_for_search(&member.person.name)).or_default().push(member);
        }
        let standing = known.standing.iter().map(|one| (one.person_id, &one.module_id, one.completed_on)).collect();
        Self {
            plan: Plan::default(),
            choices,
            importer: known.importer,
            members,
            standing,
            people: HashMap::new(),
            taken: HashMap::new(),
        }
    }

    fn take(&mut self, row: u32, read: ReadRow, columns: &Columns, found: &mut Vec<Finding>) {
        let Some(name) = &read.name else { return };
        let column = columns.of(&Meaning::Name).or(columns.of(&Meaning::GivenName));
        let Some(person) = self.person(name, row, column, &read, columns, found) else { return };
        for completion in read.completions {
            self.complete(person, row, completion, found);
        }
    }

    /// The number of the person of this name.
    fn person(
        &mut self,
        name: &str,
        row: u32,
        column: Option<usize>,
        read: &ReadRow,
        columns: &Columns,
        found: &mut Vec<Finding>,
    ) -> Option<usize> {
        let folded = fold_for_search(name);
        if let Some(number) = self.people.get(&folded) {
            if let Some(number) = *number {
                self.compare(number, row, read, columns, found);
            }
            return *number;
        }
        let number = match self.whose(&folded, name) {
            None => {
                found.push(Finding { row, column, what: Found::WhichOfSeveral(name.to_owned()) });
                None
            }
            Some(member) => {
                let person = planned_person(name, row, read, columns, member, self.importer);
                let says_otherwise = read.role.is_some_and(|role| role != person.position.role)
                    || read.engagement.is_some_and(|engagement| engagement != person.position.engagement);
                if member.is_some() && says_otherwise {
                    found.push(Finding { row, column, what: Found::PositionStays });
                }
                self.plan.people.push(person);
                Some(self.plan.people.len() - 1)
            }
        };
        self.people.insert(folded, number);
        number
    }

    /// `Some(None)` for someone new; `None` when it is to be chosen.
    fn whose(&mut self, folded: &str, name: &str) -> Option<Option<&'a Member>> {
        let Some(members) = self.members.get(folded) else { return Some(None) };
        let chosen = match self.choices.get(folded) {
            Some(None) => Some(None),
            Some(Some(id)) => members.iter().find(|member| member.person.id == *id).map(|member| Some(*member)),
            None => match members.as_slice() {
                [only] => Some(Some(*only)),
                _ => None,
            },
        };
        self.plan.namesakes.push(Namesake {
            name: name.to_owned(),
            people: members.iter().map(|member| member.person.id).collect(),
            taken_for: chosen.map(|member| member.map(|member| member.person.id)),
        });
        chosen
    }

    /// The same person cannot be two things.
    fn compare(&self, number: usize, row: u32, read: &ReadRow, columns: &Columns, found: &mut Vec<Finding>) {
        let person = &self.plan.people[number];
        if person.known.is_some() {
            return;
        }
        let differs = [
            (Meaning::Role, read.role.is_some_and(|role| role != person.position.role)),
            (Meaning::Engagement, read.engagement.is_some_and(|one| one != person.position.engagement)),
            (Meaning::Accountable, read.accountable.is_some_and(|one| one != person.position.accountable)),
        ];
        for (from, _) in differs.into_iter().filter(|(_, differs)| *differs) {
            let column = columns.of(&from);
            found.push(Finding { row, column, what: Found::Differs { from, earlier_row: person.first_row } });
        }
    }

    fn complete(&mut self, person: usize, row: u32, read: ReadCompletion, found: &mut Vec<Finding>) {
        let ReadCompletion { column, course, completed_on, provider } = read;
        let column = Some(column);
        if let Some(earlier_row) = self.taken.get(&(person, course.module.clone(), completed_on)) {
            found.push(Finding { row, column, what: Found::TwiceInSheet { earlier_row: *earlier_row } });
            return;
        }
        let known = self.plan.people[person].known;
        if known.is_some_and(|id| self.standing.contains(&(id, &course.module, completed_on))) {
            found.push(Finding { row, column, what: Found::OnRecordAlready(completed_on) });
            return;
        }
        if self.plan.completions.len() == MOST_COMPLETIONS {
            if !self.plan.findings.iter().any(|finding| matches!(finding.what, Found::TooMany(_))) {
                found.push(Finding { row, column: None, what: Found::TooMany(MOST_COMPLETIONS) });
            }
            return;
        }
        self.taken.insert((person, course.module.clone(), completed_on), row);
        let Course { module, equivalent } = course;
        self.plan.completions.push(PlannedCompletion { person, module, equivalent, completed_on, provider });
    }
}

fn planned_person(
    name: &str,
    row: u32,
    read: &ReadRow,
    columns: &Columns,
    member: Option<&Member>,
    importer: AccountId,
) -> PlannedPerson {
    let position = match member.map(|member| member.membership.position()) {
        Some(Position { role, engagement, accountable }) => PlannedPosition { role, engagement, accountable },
        None => PlannedPosition {
            role: read.role.unwrap_or(columns.role),
            engagement: read.engagement.unwrap_or(columns.engagement),
            accountable: read.accountable.unwrap_or(false),
        },
    };
    PlannedPerson {
        name: member.map_or(name, |member| member.person.name.as_str()).to_owned(),
        known: member.map(|member| member.person.id),
        is_importer: member.is_some_and(|member| member.person.account_id == Some(importer)),
        position,
        first_row: row,
    }
}
