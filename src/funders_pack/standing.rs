//! What stands of an organisation today: its pledge, its endorsement, its training in numbers, its documents.

use chrono::NaiveDate;

use crate::charter::Pledge;
use crate::clock::say_day;
use crate::db::DbConnection;
use crate::documents::Document;
use crate::error::Result;
use crate::files::StoredFile;
use crate::live_records::{Facts, Rule, Working};
use crate::organisations::{Identifier, Organisation, districts_of};
use crate::review::Endorsement;
use crate::training::{Holding, Matrix, Pathway};

/// Everything that a pack speaks of.
pub struct PackStanding {
    pub name: String,
    pub identifiers: Vec<Identifier>,
    pub districts: Vec<String>,
    pub pledge: Option<Pledge>,
    pub endorsement: Option<Endorsement>,
    /// How many of those who need core training have all of it in date, and how many need it.
    pub core: (usize, usize),
    /// Each module that somebody needs, in the programme's order.
    pub training: Vec<(String, Holding)>,
    pub safeguarding_lead: Working,
    /// By title.
    pub documents: Vec<(Document, StoredFile)>,
}

impl PackStanding {
    /// Some twenty queries, whatever the organisation holds.
    pub fn of(conn: &mut DbConnection, organisation: &Organisation, today: NaiveDate) -> Result<Self> {
        let matrix = Matrix::of(conn, organisation, today)?;
        let holding = |module: &crate::training::Module| Some((module.title.clone(), matrix.holding_of(&module.id)?));
        let documents = Document::all_of(conn, organisation.id)?;
        Ok(Self {
            name: organisation.name.clone(),
            identifiers: Identifier::all_of(conn, organisation.id)?,
            districts: districts_of(conn, &[organisation.id])?.remove(&organisation.id).unwrap_or_default(),
            pledge: Pledge::in_force_of(conn, organisation.id)?,
            endorsement: Endorsement::in_force_of(conn, organisation.id)?,
            core: matrix.complete_in(Pathway::Core),
            training: matrix.modules.iter().filter_map(holding).filter(|(_, h)| h.needed_by > 0).collect(),
            safeguarding_lead: Facts::of(organisation, today).working(conn, Rule::SafeguardingLeadTrained)?,
            documents: documents.into_iter().map(|(document, file, _)| (document, file)).collect(),
        })
    }

    /// What may be sent along.
    pub fn in_date(&self, today: NaiveDate) -> impl Iterator<Item = &(Document, StoredFile)> {
        self.documents.iter().filter(move |(document, file)| what_is_wrong(document, file, today).is_none())
    }
}

/// Why a document cannot be sent along, in words.
pub fn what_is_wrong(document: &Document, file: &StoredFile, today: NaiveDate) -> Option<String> {
    match document.review_by {
        _ if !file.is_ready() => file.say_state().map(str::to_owned),
        Some(day) if day < today => Some(format!("to be looked at again since {}", say_day(day))),
        _ => None,
    }
}
