//! What can be wrong with a questionnaire that comes back; somebody mends it in the file first.
//! Not here: how it is said; `wording` says it.

/// A problem, with its row and its cell where it has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// As the spreadsheet program counts; `None` for the whole file.
    pub row: Option<u32>,
    /// From 0.
    pub column: Option<usize>,
    pub what: Found,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// The assessment is signed, with the VRP, or over.
    NotWithYou,
    /// Of an earlier assessment of theirs.
    Earlier,
    /// Of no assessment of theirs.
    SomeoneElses,
    /// Downloaded under another version of the framework.
    FrameworkChanged {
        then: i32,
        now: i32,
    },
    Merged {
        last_row: u32,
        last_column: usize,
    },
    MarkMissing,
    QuestionMissing,
    QuestionUnknown(String),
    /// The present version does not ask it any more.
    NotAsked,
    /// It stands in this row too.
    Twice {
        earlier_row: u32,
    },
    JudgementUnknown(String),
    /// There are words and no judgement.
    JudgementMissing,
    /// What the program shows where a formula went wrong.
    ErrorOfTheProgram(String),
    TooLong,
    /// The reviewer did not ask about it.
    NotOpen,
    ReasonMissing,
    AppliesToAll,
}
