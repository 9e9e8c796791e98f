//! The words of the dry run, and how judgements are read.

use super::finding::{Finding, Found};
use super::questionnaire::{JUDGEMENT, MARK, QUESTION_ID};
use super::reading::Unread;
use crate::quality::{Judgement, judgement_name};
use crate::sheets::cell_name;
use crate::words::fold_for_search;

/// What people write for a judgement that is not its name.
const OTHER_NAMES: &[(&str, Judgement)] = &[
    ("does not apply", Judgement::NotApplicable),
    ("not applicable", Judgement::NotApplicable),
    ("n/a", Judgement::NotApplicable),
    ("na", Judgement::NotApplicable),
];

/// A judgement by its name, however it is written; `None` for an empty cell.
pub(super) fn read_judgement(cell: &str) -> Result<Option<Judgement>, ()> {
    let said = fold_for_search(cell.trim().trim_end_matches('.').trim());
    if said.is_empty() {
        return Ok(None);
    }
    let by_name = Judgement::ALL.iter().copied().find(|judgement| fold_for_search(judgement_name(*judgement)) == said);
    let other = || OTHER_NAMES.iter().find(|(name, _)| *name == said).map(|(_, judgement)| *judgement);
    by_name.or_else(other).map(Some).ok_or(())
}

pub(super) fn say_unread(unread: Unread) -> String {
    match unread {
        Unread::NoHead => format!(
            "The file is not the questionnaire: no row has columns called “{QUESTION_ID}” and “{JUDGEMENT}”. Download \
             the questionnaire and fill that in"
        ),
        Unread::ColumnMissing(name) => format!(
            "The column “{name}” is missing. Put it back, or download the questionnaire again and copy your answers into it"
        ),
        Unread::NoRows => {
            "The file has the names of the columns and nothing below them. Choose the file that you filled in"
                .to_owned()
        }
    }
}

/// Where it is: `J7`, `Row 7` or `The whole file`.
pub(super) fn say_place(finding: &Finding) -> String {
    match (finding.row, finding.column) {
        (Some(row), Some(column)) => cell_name(column, row),
        (Some(row), None) => format!("Row {row}"),
        _ => "The whole file".to_owned(),
    }
}

/// What is wrong, and what to do.
pub(super) fn say_finding(finding: &Finding) -> String {
    match &finding.what {
        Found::NotWithYou => "Your self-assessment is not open for answers now. Nothing of this file can be saved".into(),
        Found::Earlier => {
            "The file is of an earlier self-assessment of yours. Download the questionnaire again and copy your answers \
             into it"
                .into()
        }
        Found::SomeoneElses => {
            "The file is of another organisation’s self-assessment. Choose the file that you downloaded here".into()
        }
        Found::FrameworkChanged { then, now } => format!(
            "The file has the questions of version {then} of the framework, and version {now} is in force by now. \
             Download the questionnaire again and copy your answers into it"
        ),
        Found::Merged { last_row, last_column } => {
            let first = say_place(finding);
            format!(
                "Cells {first} to {} are merged. Unmerge them, so that each question has its own cell",
                cell_name(*last_column, *last_row)
            )
        }
        Found::MarkMissing => format!(
            "What stood in the column “{MARK}” is gone. Copy this cell from a fresh download of the questionnaire"
        ),
        Found::QuestionMissing => {
            "The question’s id is missing. Copy it from a fresh download of the questionnaire, or empty the row".into()
        }
        Found::QuestionUnknown(id) => format!(
            "There is no question “{}”. Copy the id from a fresh download of the questionnaire",
            shortened(id)
        ),
        Found::NotAsked => "This question is not asked any more. Take the row out".into(),
        Found::Twice { earlier_row } => {
            format!("The same question stands in row {earlier_row}. Keep one of them, and take the other out")
        }
        Found::JudgementUnknown(said) => {
            let names: Vec<&str> = Judgement::ALL.iter().map(|judgement| judgement_name(*judgement)).collect();
            format!("“{}” is not a judgement. It can be: {}", shortened(said), names.join(", "))
        }
        Found::JudgementMissing => "There are words and no judgement. Choose the judgement that describes you".into(),
        Found::ErrorOfTheProgram(said) => format!(
            "“{said}” is what the spreadsheet program shows for a formula that went wrong. Write the answer again, \
             beginning with a letter"
        ),
        Found::TooLong => "The answer must be 5,000 characters or fewer. Shorten it, or add the rest as a file".into(),
        Found::NotOpen => {
            "This answer is locked: the reviewer did not ask about it. Put back what stood there, or take the row out".into()
        }
        Found::ReasonMissing => "Say in a few words why this does not apply to you".into(),
        Found::AppliesToAll => "This applies to every organisation. Choose where you are with it today".into(),
    }
}

/// Of what somebody pasted, no more than tells it.
fn shortened(said: &str) -> String {
    let mut short: String = said.chars().take(60).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if said.chars().count() > 60 {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_judgement_is_known_by_its_name_however_it_is_written() {
        for judgement in Judgement::ALL {
            let name = judgement_name(*judgement);
            for written in [name.to_owned(), name.to_uppercase(), format!(" {}. ", name.to_lowercase())] {
                assert_eq!(read_judgement(&written), Ok(Some(*judgement)), "{written}");
            }
        }
        assert_eq!(read_judgement("N/A"), Ok(Some(Judgement::NotApplicable)));
        assert_eq!(read_judgement(" "), Ok(None));
        assert_eq!(read_judgement("splendid"), Err(()));
    }
}
