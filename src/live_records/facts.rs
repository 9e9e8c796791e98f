//! Reading what the portal knows, each rule in a few small queries of one organisation's own rows.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rule::Rule;
use super::working::{Finding, SafeguardingLead, Working};
use crate::accounts::Account;
use crate::charter::Pledge;
use crate::clock::day_of;
use crate::db::DbConnection;
use crate::db::schema::{documents, skills_entries, skills_rounds};
use crate::error::Result;
use crate::ids::{ModuleId, OrganisationId};
use crate::organisations::{MembershipRole, Organisation, find_person_of};
use crate::training::{Cell, Matrix, MatrixRow, Pathway};
use crate::voice::{RoundHeard, VoiceRound};

const SAFEGUARDING: &str = "safeguarding";

/// One organisation on one day. The matrix is read once for all rules that need it.
pub struct Facts<'a> {
    organisation: &'a Organisation,
    today: NaiveDate,
    matrix: Option<Matrix>,
}

impl<'a> Facts<'a> {
    pub fn of(organisation: &'a Organisation, today: NaiveDate) -> Self {
        Self { organisation, today, matrix: None }
    }

    /// What a rule finds.
    pub fn working(&mut self, conn: &mut DbConnection, rule: Rule) -> Result<Working> {
        let id = self.organisation.id;
        let finding = match rule {
            Rule::PledgeInForce => Finding::Pledge { until: Pledge::in_force_of(conn, id)?.and_then(|p| p.ends_on) },
            Rule::CoreTraining => core_training(self.matrix(conn)?),
            Rule::SafeguardingLeadTrained => Finding::SafeguardingLead(self.safeguarding_lead(conn)?),
            Rule::TwoLeads => {
                let is_lead = |row: &&MatrixRow| row.member.membership.role == MembershipRole::Lead;
                Finding::Leads { leads: self.matrix(conn)?.rows.iter().filter(is_lead).count() }
            }
            Rule::DocumentsInDate => documents_of(conn, id, self.today)?,
            Rule::AuditTakenPart => audit_of(conn, id)?,
            Rule::YoungPeopleAsked | Rule::YoungPeopleAnswered => young_people_of(conn, id)?,
        };
        Ok(Working::of(rule, finding, self.today))
    }

    fn matrix(&mut self, conn: &mut DbConnection) -> Result<&Matrix> {
        if self.matrix.is_none() {
            self.matrix = Some(Matrix::of(conn, self.organisation, self.today)?);
        }
        Ok(self.matrix.as_ref().expect("it was just read"))
    }

    fn safeguarding_lead(&mut self, conn: &mut DbConnection) -> Result<SafeguardingLead> {
        let Some(address) = self.organisation.safeguarding_lead_email.clone() else {
            return Ok(SafeguardingLead::Nobody);
        };
        let account = Account::find_by_email(conn, &address)?;
        let person = account.map(|account| find_person_of(conn, account.id)).transpose()?.flatten();
        let matrix = self.matrix(conn)?;
        let column = matrix.modules.iter().position(|module| module.id == ModuleId::from(SAFEGUARDING));
        let theirs = |row: &&MatrixRow| Some(row.member.person.id) == person.as_ref().map(|person| person.id);
        let Some(row) = matrix.rows.iter().find(theirs) else { return Ok(SafeguardingLead::NotOfTheirs) };
        let held = column.map(|column| &row.cells[column]).filter(|cell| cell.state.is_held());
        Ok(match held {
            Some(cell) => SafeguardingLead::Trained { until: cell.latest.as_ref().and_then(|l| l.expires_on) },
            None => SafeguardingLead::Untrained,
        })
    }
}

fn core_training(matrix: &Matrix) -> Finding {
    let (complete, of) = matrix.complete_in(Pathway::Core);
    let cells = |row: &'_ MatrixRow| -> Vec<Cell> {
        let core = matrix.modules.iter().zip(&row.cells).filter(|(module, _)| module.pathway() == Pathway::Core);
        core.map(|(_, cell)| cell.clone()).filter(|cell| cell.required && cell.state.is_held()).collect()
    };
    let ends = matrix.rows.iter().flat_map(cells).filter_map(|cell| cell.latest?.expires_on);
    Finding::CoreTraining { complete, of, next: ends.min() }
}

fn documents_of(conn: &mut DbConnection, organisation: OrganisationId, today: NaiveDate) -> Result<Finding> {
    let days: Vec<Option<NaiveDate>> =
        documents::table.filter(documents::organisation_id.eq(organisation)).select(documents::review_by).load(conn)?;
    let overdue = days.iter().flatten().filter(|day| **day < today).count();
    Ok(Finding::Documents { kept: days.len(), overdue, next: days.into_iter().flatten().filter(|d| *d >= today).min() })
}

fn audit_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Finding> {
    let last: Option<(String, i32)> = skills_entries::table
        .inner_join(skills_rounds::table)
        .filter(skills_entries::organisation_id.eq(organisation))
        .filter(skills_entries::finished.gt(0))
        .order(skills_rounds::opened_at.desc())
        .select((skills_rounds::title, skills_entries::finished))
        .first(conn)
        .optional()?;
    Ok(match last {
        Some((title, people)) => Finding::Audit { round: Some(title), people: people.into() },
        None => Finding::Audit { round: None, people: 0 },
    })
}

fn young_people_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Finding> {
    let rounds = VoiceRound::latest_of(conn, organisation)?;
    let answered_on = rounds.iter().find_map(|round| round.replied_at).map(day_of);
    let Some(over) = rounds.iter().find(|round| round.closed_at.is_some()) else {
        return Ok(Finding::YoungPeople { ended_on: None, people: None, answered_on });
    };
    let people = RoundHeard::of(conn, over)?.and_then(|heard| heard.people);
    Ok(Finding::YoungPeople { ended_on: over.closed_at.map(day_of), people, answered_on })
}
