//! Searching all organisations that have been sent to the VRP, however they stand: two queries a page.

use diesel::prelude::*;

use crate::db::schema::organisations;
use crate::db::{DbConnection, MultiBackend};
use crate::error::Result;
use crate::organisations::{Organisation, OrganisationStanding, OrganisationState};
use crate::text_enum;
use crate::words::fold_for_search;

/// How many entries a page of the list has.
pub const LISTING_PAGE: i64 = 50;

text_enum! {
    /// How organisations are sorted into kinds for the list.
    pub enum Listed {
        Open = "open",
        Suspended = "suspended",
        Closed = "closed",
        Waiting = "waiting",
        MoreWanted = "more-wanted",
    }
}

impl Listed {
    pub fn kind_of(organisation: &Organisation) -> Self {
        match (organisation.state(), organisation.standing()) {
            (OrganisationState::Submitted, _) => Self::Waiting,
            (OrganisationState::Draft | OrganisationState::MoreWanted, _) => Self::MoreWanted,
            (OrganisationState::Approved, OrganisationStanding::Open) => Self::Open,
            (OrganisationState::Approved, OrganisationStanding::Suspended) => Self::Suspended,
            (OrganisationState::Approved, OrganisationStanding::Closed) => Self::Closed,
        }
    }

    fn as_stored(self) -> (OrganisationState, OrganisationStanding) {
        match self {
            Self::Open => (OrganisationState::Approved, OrganisationStanding::Open),
            Self::Suspended => (OrganisationState::Approved, OrganisationStanding::Suspended),
            Self::Closed => (OrganisationState::Approved, OrganisationStanding::Closed),
            Self::Waiting => (OrganisationState::Submitted, OrganisationStanding::Open),
            Self::MoreWanted => (OrganisationState::MoreWanted, OrganisationStanding::Open),
        }
    }
}

/// What an administrator looks for.
#[derive(Debug, Clone, Default)]
pub struct ListingSearch {
    /// Part of a name; empty for any.
    pub name: String,
    /// None for any.
    pub listed: Option<Listed>,
    /// 0 for the first.
    pub page: i64,
}

/// A page of the list.
#[derive(Debug, Clone)]
pub struct Listing {
    pub organisations: Vec<Organisation>,
    /// How many match, on all pages.
    pub found: i64,
    /// The page these are on: the last one, if a later one was asked for.
    pub page: i64,
}

// A macro, because the type of such a query is longer than the query.
macro_rules! matching {
    ($search:expr) => {{
        let search: &ListingSearch = $search;
        let mut query =
            organisations::table.filter(organisations::state.ne(OrganisationState::Draft)).into_boxed::<MultiBackend>();
        if !search.name.is_empty() {
            query = query.filter(organisations::search.like(pattern_of(&search.name)).escape('\\'));
        }
        if let Some((state, standing)) = search.listed.map(Listed::as_stored) {
            query = query.filter(organisations::state.eq(state)).filter(organisations::standing.eq(standing));
        }
        query
    }};
}

impl Listing {
    /// By name. A registration that was not sent yet is nobody's business but its own.
    pub fn search(conn: &mut DbConnection, search: &ListingSearch) -> Result<Self> {
        let found: i64 = matching!(search).count().get_result(conn)?;
        let page = search.page.clamp(0, (found - 1).max(0) / LISTING_PAGE);
        let organisations = matching!(search)
            .order((organisations::search, organisations::id))
            .limit(LISTING_PAGE)
            .offset(page * LISTING_PAGE)
            .select(Organisation::as_select())
            .load(conn)?;
        Ok(Self { organisations, found, page })
    }
}

/// A pattern for `LIKE` that finds this text anywhere, with nothing in it standing for something else.
fn pattern_of(name: &str) -> String {
    let escaped = fold_for_search(name.trim()).replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}
