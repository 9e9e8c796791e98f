//! What each column of a sheet means: guessed from its head, corrected by whoever brings the sheet.
//! Every column means one thing, and no two the same, except that any number may be ignored.
//! Not here: what stands in the cells.

use serde::{Deserialize, Serialize};

use super::courses::CourseNames;
use crate::ids::ModuleId;
use crate::organisations::{Engagement, MembershipRole};
use crate::sheets::SheetRow;
use crate::words::fold_for_search;

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    Ignored,
    Name,
    GivenName,
    FamilyName,
    Role,
    Engagement,
    Accountable,
    Organisation,
    Module,
    CompletedOn,
    Provider,
    ExpiresOn,
    /// When one certain module was completed: for sheets with a column a module.
    DayOf(ModuleId),
}

/// Those that are always there, with the words that forms and the database have for them.
pub const MEANINGS: &[(Meaning, &str)] = &[
    (Meaning::Ignored, "ignored"),
    (Meaning::Name, "name"),
    (Meaning::GivenName, "given_name"),
    (Meaning::FamilyName, "family_name"),
    (Meaning::Role, "role"),
    (Meaning::Engagement, "engagement"),
    (Meaning::Accountable, "accountable"),
    (Meaning::Organisation, "organisation"),
    (Meaning::Module, "module"),
    (Meaning::CompletedOn, "completed_on"),
    (Meaning::Provider, "provider"),
    (Meaning::ExpiresOn, "expires_on"),
];
const DAY_OF: &str = "day_of:";
/// How far down the head of a table is looked for.
const HEAD_WITHIN: usize = 15;

impl Meaning {
    pub fn parse(word: &str) -> Option<Self> {
        match word.strip_prefix(DAY_OF) {
            Some(module) => (!module.is_empty()).then(|| Self::DayOf(module.into())),
            None => MEANINGS.iter().find(|(_, known)| *known == word).map(|(meaning, _)| meaning.clone()),
        }
    }

    pub fn as_word(&self) -> String {
        match self {
            Self::DayOf(module) => format!("{DAY_OF}{module}"),
            other => MEANINGS.iter().find(|(known, _)| known == other).map_or("", |(_, word)| word).to_owned(),
        }
    }

    /// From the head of a column.
    fn guess(head: &str, names: &CourseNames) -> Self {
        let head = plain(head);
        let said = HEADS.iter().find(|(_, heads)| heads.contains(&head.as_str()));
        match said {
            Some((meaning, _)) => meaning.clone(),
            None => names.module_called(&head).map_or(Self::Ignored, Self::DayOf),
        }
    }
}

/// What people write over such columns.
const HEADS: &[(Meaning, &[&str])] = &[
    (
        Meaning::Name,
        &[
            "name",
            "full name",
            "names",
            "person",
            "staff",
            "staff name",
            "staff member",
            "volunteer",
            "employee",
            "learner",
        ],
    ),
    (Meaning::GivenName, &["first name", "forename", "given name", "firstname", "forenames"]),
    (Meaning::FamilyName, &["surname", "last name", "family name", "lastname", "second name"]),
    (Meaning::Role, &["role", "role here", "what they do", "job role", "position"]),
    (
        Meaning::Engagement,
        &["paid or volunteer", "paid/volunteer", "engagement", "works as", "type", "status", "contract"],
    ),
    (Meaning::Accountable, &["carries responsibility", "responsible", "accountable", "responsibility"]),
    (Meaning::Organisation, &["organisation", "organization", "organisation name", "club", "group", "employer"]),
    (
        Meaning::Module,
        &["training", "module", "course", "training module", "course name", "course title", "training course"],
    ),
    (
        Meaning::CompletedOn,
        &[
            "completed on",
            "date completed",
            "completed",
            "completion date",
            "date of completion",
            "date",
            "training date",
            "date of training",
            "course date",
            "date attended",
            "attended on",
            "date passed",
        ],
    ),
    (
        Meaning::Provider,
        &["given by", "provider", "training provider", "trainer", "delivered by", "who gave the training"],
    ),
    (
        Meaning::ExpiresOn,
        &[
            "expires on",
            "expiry",
            "expiry date",
            "expires",
            "valid until",
            "valid to",
            "renewal date",
            "renewal due",
            "due",
        ],
    ),
];

fn plain(head: &str) -> String {
    let folded = fold_for_search(head);
    let kept = folded.trim_end_matches(|c: char| matches!(c, ':' | '*' | '?' | '.') || c.is_whitespace());
    // `Completed on (day/month/year)`: what is in brackets at the end explains.
    match kept.split_once(" (") {
        Some((before, rest)) if rest.ends_with(')') && !rest.contains("core") && !rest.contains("account") => {
            before.trim().to_owned()
        }
        _ => kept.to_owned(),
    }
}

/// What all columns mean, and what holds where a cell says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    pub meanings: Vec<Meaning>,
    pub role: MembershipRole,
    pub engagement: Engagement,
    pub provider: String,
}

/// [`Columns`] as they are stored.
#[derive(Serialize, Deserialize)]
struct StoredColumns {
    meanings: Vec<String>,
    role: MembershipRole,
    engagement: Engagement,
    provider: String,
}

/// What columns cannot mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnsFlaw {
    NoName,
    NoOrganisation,
    /// There is a module without a day, or the other way round.
    ModuleWithoutDay,
    DayWithoutModule,
    /// This column means what an earlier one means.
    Twice(usize),
}

impl Columns {
    pub fn from_json(json: &str) -> Option<Self> {
        let stored: StoredColumns = serde_json::from_str(json).ok()?;
        Some(Self {
            meanings: stored.meanings.iter().map(|word| Meaning::parse(word).unwrap_or(Meaning::Ignored)).collect(),
            role: stored.role,
            engagement: stored.engagement,
            provider: stored.provider,
        })
    }

    pub fn to_json(&self) -> String {
        let stored = StoredColumns {
            meanings: self.meanings.iter().map(Meaning::as_word).collect(),
            role: self.role,
            engagement: self.engagement,
            provider: self.provider.clone(),
        };
        serde_json::to_string(&stored).expect("columns can be written as JSON")
    }

    /// The column that means this.
    pub fn of(&self, meaning: &Meaning) -> Option<usize> {
        self.meanings.iter().position(|known| known == meaning)
    }

    /// What is wrong with them, if anything.
    pub fn flaw(&self, of_many: bool) -> Option<ColumnsFlaw> {
        let twice = (0..self.meanings.len()).find(|at| {
            let meaning = &self.meanings[*at];
            *meaning != Meaning::Ignored && self.meanings[..*at].contains(meaning)
        });
        let has = |meaning| self.of(&meaning).is_some();
        if let Some(column) = twice {
            Some(ColumnsFlaw::Twice(column))
        } else if !(has(Meaning::Name) || has(Meaning::GivenName) && has(Meaning::FamilyName)) {
            Some(ColumnsFlaw::NoName)
        } else if of_many && !has(Meaning::Organisation) {
            Some(ColumnsFlaw::NoOrganisation)
        } else if has(Meaning::Module) && !has(Meaning::CompletedOn) {
            Some(ColumnsFlaw::ModuleWithoutDay)
        } else if has(Meaning::CompletedOn) && !has(Meaning::Module) {
            Some(ColumnsFlaw::DayWithoutModule)
        } else {
            None
        }
    }
}

/// Which of the first rows is the head of the table, and what it says of the columns.
pub fn find_head(rows: &[SheetRow], names: &CourseNames) -> (usize, Vec<Meaning>) {
    let guess = |row: &SheetRow| -> Vec<Meaning> { row.cells.iter().map(|head| Meaning::guess(head, names)).collect() };
    let known = |meanings: &[Meaning]| meanings.iter().filter(|meaning| **meaning != Meaning::Ignored).count();
    let guesses = rows.iter().take(HEAD_WITHIN).map(guess).enumerate();
    // The first of the best: a table's body may hold such words too.
    guesses
        .reduce(|best, next| if known(&next.1) > known(&best.1) { next } else { best })
        .map(|(at, meanings)| (at, once_each(meanings)))
        .unwrap_or_default()
}

/// A second column under the same head is nobody's guess.
fn once_each(meanings: Vec<Meaning>) -> Vec<Meaning> {
    let mut kept: Vec<Meaning> = Vec::new();
    for meaning in meanings {
        kept.push(if kept.contains(&meaning) { Meaning::Ignored } else { meaning });
    }
    kept
}
