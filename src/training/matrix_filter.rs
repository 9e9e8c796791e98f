//! Which part of a matrix is looked at: columns by pathway; rows by what people are, how they stand, and their names.
//! What cannot be understood filters nothing.

use serde::Deserialize;

use super::matrix::{Cell, CellState, Matrix, MatrixRow};
use super::module::Pathway;
use crate::organisations::{Engagement, MembershipRole};
use crate::words::fold_for_search;

/// As the address says it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct MatrixQuery {
    pub pathway: Option<String>,
    pub state: Option<String>,
    pub role: Option<String>,
    pub engagement: Option<String>,
    pub q: Option<String>,
}

/// Who has something to be done about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowState {
    Expired,
    Expiring,
    NotStarted,
    Booked,
    /// Any of these.
    Incomplete,
    Complete,
}

/// The states with their words.
pub const ROW_STATES: &[(RowState, &str)] = &[
    (RowState::Expired, "expired"),
    (RowState::Expiring, "expiring"),
    (RowState::NotStarted, "not_started"),
    (RowState::Booked, "booked"),
    (RowState::Incomplete, "incomplete"),
    (RowState::Complete, "complete"),
];
/// As much as anybody types to find a name.
const LONGEST_NAME: usize = 100;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MatrixFilter {
    pub pathway: Option<Pathway>,
    pub state: Option<RowState>,
    pub role: Option<MembershipRole>,
    pub engagement: Option<Engagement>,
    /// As it was typed.
    pub name: String,
}

impl MatrixFilter {
    pub fn of(query: &MatrixQuery) -> Self {
        let state = |word: &str| ROW_STATES.iter().find(|(_, known)| *known == word).map(|(state, _)| *state);
        let name = query.q.as_deref().unwrap_or_default().trim();
        Self {
            pathway: query.pathway.as_deref().and_then(Pathway::parse),
            state: query.state.as_deref().and_then(state),
            role: query.role.as_deref().and_then(MembershipRole::parse),
            engagement: query.engagement.as_deref().and_then(Engagement::parse),
            name: name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect(),
        }
    }

    /// Does it leave rows out?
    pub fn narrows_rows(&self) -> bool {
        *self != Self { pathway: self.pathway, ..Self::default() }
    }

    /// The same with another pathway.
    pub fn with_pathway(&self, pathway: Option<Pathway>) -> Self {
        Self { pathway, ..self.clone() }
    }

    /// As an address says it, with `?` before it; empty when it filters nothing.
    pub fn as_query(&self) -> String {
        let state = self.state.and_then(|state| ROW_STATES.iter().find(|(known, _)| *known == state));
        let parts = [
            ("pathway", self.pathway.map(Pathway::as_str)),
            ("state", state.map(|(_, word)| *word)),
            ("role", self.role.map(MembershipRole::as_str)),
            ("engagement", self.engagement.map(Engagement::as_str)),
            ("q", Some(self.name.as_str()).filter(|name| !name.is_empty())),
        ];
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in parts {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        let query = query.finish();
        if query.is_empty() { query } else { format!("?{query}") }
    }

    /// What is left of a matrix.
    pub fn narrow(&self, matrix: Matrix) -> Matrix {
        let mut matrix = match self.pathway {
            Some(pathway) => matrix.narrowed_to(pathway),
            None => matrix,
        };
        let name = fold_for_search(&self.name);
        matrix.rows.retain(|row| self.admits(row, &name));
        matrix
    }

    fn admits(&self, row: &MatrixRow, name: &str) -> bool {
        let membership = &row.member.membership;
        self.role.is_none_or(|role| membership.role == role)
            && self.engagement.is_none_or(|engagement| membership.engagement == engagement)
            && fold_for_search(&row.member.person.name).contains(name)
            && self.state.is_none_or(|state| state.is_of(&row.cells))
    }
}

impl RowState {
    /// Optional training makes no difference.
    fn is_of(self, cells: &[Cell]) -> bool {
        let mut required = cells.iter().filter(|cell| cell.required).map(|cell| cell.state);
        match self {
            Self::Expired => required.any(|state| state == CellState::Expired),
            Self::Expiring => required.any(|state| state == CellState::Expiring),
            Self::NotStarted => required.any(|state| matches!(state, CellState::NotStarted | CellState::Booked)),
            Self::Incomplete => required.any(|state| !state.is_held()),
            Self::Booked => cells.iter().any(|cell| cell.booked_on.is_some()),
            Self::Complete => required.all(CellState::is_held),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_filters_and_nonsense_filters_nothing() {
        let word = |word: &str| Some(word.to_owned());
        let query = MatrixQuery {
            pathway: word("core"),
            state: word("expired"),
            role: word("lead"),
            engagement: word("paid"),
            q: word(" Zoë & co "),
        };
        let filter = MatrixFilter::of(&query);
        assert_eq!(filter.as_query(), "?pathway=core&state=expired&role=lead&engagement=paid&q=Zo%C3%AB+%26+co");
        assert!(filter.narrows_rows());
        let nonsense = MatrixQuery { pathway: word("x"), state: word(""), role: word("\0"), ..MatrixQuery::default() };
        assert_eq!(MatrixFilter::of(&nonsense), MatrixFilter::default());
        assert_eq!(MatrixFilter::default().as_query(), "");
        let pathway_only = filter.with_pathway(None).with_pathway(Some(Pathway::Core));
        assert_eq!(pathway_only, filter);
        assert!(!MatrixFilter::default().with_pathway(Some(Pathway::Cpd)).narrows_rows());
    }
}
