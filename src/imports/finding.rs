//! What is found when a sheet is read: problems, which somebody must mend first, and notes, after which nothing is to
//! be done. Each has its row, and its cell where it is one cell's.
//! Not here: how it is said; `wording` says it.

use chrono::NaiveDate;

use super::columns::Meaning;
use super::dates::DateFlaw;
use crate::sheets::MergedCells;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// As the spreadsheet program counts.
    pub row: u32,
    /// From 0.
    pub column: Option<usize>,
    pub what: Found,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    NameMissing,
    /// It has more characters than this.
    TooLong(usize),
    Merged(MergedCells),
    ModuleMissing,
    ModuleUnknown {
        said: String,
        nearest: Option<String>,
    },
    ModuleAmbiguous {
        said: String,
        choices: Vec<String>,
    },
    DayMissing,
    DayWrong {
        said: String,
        flaw: DateFlaw,
    },
    /// A day on which it cannot have been completed; said as the log says it.
    DayImpossible(&'static str),
    ExpiryWrong {
        said: String,
        flaw: DateFlaw,
    },
    ExpiryBeforeCompletion {
        completed_on: NaiveDate,
        expires_on: NaiveDate,
    },
    RoleUnknown(String),
    /// Leads and signatories have an account.
    RoleNeedsAccount(String),
    EngagementUnknown(String),
    YesOrNoUnknown(String),
    /// The same person is something else in an earlier row.
    Differs {
        from: Meaning,
        earlier_row: u32,
    },
    /// Several people of the organisation have this name.
    WhichOfSeveral(String),
    OrganisationMissing,
    OrganisationUnknown {
        said: String,
        nearest: Option<String>,
    },
    /// More than are added to one organisation at once.
    TooMany(usize),

    // Notes from here on.
    ExampleRow,
    OnRecordAlready(NaiveDate),
    TwiceInSheet {
        earlier_row: u32,
    },
    /// What they are here stays as it is.
    PositionStays,
}

impl Found {
    /// Must it be mended before anything can be added?
    pub fn is_problem(&self) -> bool {
        !matches!(self, Self::ExampleRow | Self::OnRecordAlready(_) | Self::TwiceInSheet { .. } | Self::PositionStays)
    }
}
