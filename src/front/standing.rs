//! Where an organisation stands in each part of the programme: what its own page shows, in some fifteen small queries.

use chrono::NaiveDate;

use crate::affiliations::{Affiliation, Umbrella};
use crate::audit::{AuditEntry, latest_entries};
use crate::charter::{Pledge, PledgeInFull};
use crate::db::DbConnection;
use crate::documents::Document;
use crate::error::Result;
use crate::organisations::{Organisation, StandingChange, WorkingProfile};
use crate::quality::{Assessment, Progress, Sheet};
use crate::registration::first_open;
use crate::rescue::Rescue;
use crate::review::Endorsement;
use crate::skills_audit::{Picture, Round};
use crate::training::Matrix;
use crate::voice::VoiceRound;

/// How many entries of the trail are shown.
const ENTRIES: i64 = 10;

/// What an organisation has done so far.
pub struct Standing {
    /// Is a question of its registration still open?
    pub unanswered: bool,
    /// How many answers are changed and not public yet.
    pub unpublished: usize,
    /// Why it is suspended or closed, if it is.
    pub halted: Option<StandingChange>,
    pub pledge: Option<PledgeInFull>,
    /// None while no round of the skills audit is open.
    pub skills: Option<Picture>,
    pub matrix: Matrix,
    /// How many are kept, and how many of them are to be looked at again.
    pub documents: (i64, i64),
    /// The last time young people were asked.
    pub voice: Option<VoiceRound>,
    pub assessment: Option<(Assessment, Progress)>,
    pub endorsement: Option<Endorsement>,
    /// Someone asks to take it over.
    pub rescue: Option<Rescue>,
    /// How many umbrella bodies wait for its answer, and how many see it in their totals.
    pub affiliations: (i64, i64),
    /// It is an umbrella body itself.
    pub is_umbrella: bool,
    /// The newest first; for its leads.
    pub trail: Vec<AuditEntry>,
}

impl Standing {
    pub fn of(conn: &mut DbConnection, organisation: &Organisation, today: NaiveDate) -> Result<Self> {
        let id = organisation.id;
        let profile = WorkingProfile::of(conn, organisation.clone())?;
        let pledge = Pledge::current_of(conn, id)?;
        let round = Round::open_now(conn)?;
        let assessment = match Assessment::latest_of(conn, id)? {
            Some(assessment) => {
                let sheet = Sheet::of(conn, &assessment)?;
                let progress = sheet.progress(&sheet.framework.indicators);
                Some((assessment, progress))
            }
            None => None,
        };
        Ok(Self {
            unanswered: first_open(&profile.public).is_some(),
            unpublished: profile.changes.len(),
            halted: StandingChange::in_effect(conn, organisation)?,
            pledge: pledge.map(|pledge| PledgeInFull::of(conn, pledge)).transpose()?,
            skills: round.map(|round| Picture::of(conn, round.id, id)).transpose()?,
            matrix: Matrix::of(conn, organisation, today)?,
            documents: Document::count_of(conn, id, today)?,
            voice: VoiceRound::latest_of(conn, id)?.into_iter().next(),
            assessment,
            endorsement: Endorsement::latest_of(conn, id)?,
            rescue: Rescue::under_way(conn, id)?,
            affiliations: Affiliation::count_of(conn, id)?,
            is_umbrella: Umbrella::is_one(conn, id)?,
            trail: latest_entries(conn, id, ENTRIES)?,
        })
    }
}
