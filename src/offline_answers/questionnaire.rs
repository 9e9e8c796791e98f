//! The questionnaire as a workbook: a row for each question that can be answered now, filled with the answer that stands
//! there, and a sheet that says how it goes.

use super::mark::{Mark, mark_of_cells};
use super::reading::LIMITS;
use crate::clock::{day_of, say_day};
use crate::error::Result;
use crate::framework::weight_name;
use crate::quality::{Answer, Applicability, Indicator, Judgement, Sheet, Standing, judgement_name};
use crate::sheets::{BookSheet, write_workbook};

/// What the columns are called. Those that are read when it comes back may stand in any order.
pub const HEADS: [&str; 12] = [
    QUESTION_ID,
    "Area",
    "Standard",
    "Question",
    "Must or should",
    "Emerging looks like",
    "Established looks like",
    "Excelling looks like",
    "What stands there now",
    JUDGEMENT,
    WORDS,
    MARK,
];
pub(super) const QUESTION_ID: &str = "Question id";
pub(super) const JUDGEMENT: &str = "Your judgement";
pub(super) const WORDS: &str = "In your own words";
pub(super) const MARK: &str = "Leave this column as it is";
/// The place of the judgement among them.
const JUDGEMENT_COLUMN: u16 = 9;

const HOW_IT_GOES: &[&str] = &[
    "Fill in two columns of the first sheet: “Your judgement”, by choosing from its list, and “In your own words”, up to 5,000 characters.",
    "Where you leave a row as it is, nothing changes. You need not answer everything at once.",
    "“Does not apply to us” is possible only where a question says so on its page; most ask for a reason in your own words.",
    "Leave the other columns as they are. The last one tells us which answer stood there when you downloaded this.",
    "Others can go on answering on the portal meanwhile. Where they and you answered the same question, you will see both texts and choose.",
    "Save the file as XLSX, ODS or CSV and bring it back to the page where you downloaded it. You will see what would change before anything is saved.",
];

/// The workbook.
pub fn questionnaire_of(sheet: &Sheet) -> Result<Vec<u8>> {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let judgements = Judgement::ALL.iter().map(|judgement| vec![judgement_name(*judgement).to_owned()]);
    let list = format!("=Choices!$A$2:$A${}", Judgement::ALL.len() + 1);
    write_workbook(&[
        BookSheet {
            name: "Questions",
            header: owned(&HEADS),
            rows: question_rows(sheet)?,
            choices: vec![(JUDGEMENT_COLUMN, list)],
        },
        BookSheet {
            name: "How it goes",
            header: owned(&["How to fill this in"]),
            rows: HOW_IT_GOES.iter().map(|text| owned(&[text])).collect(),
            ..BookSheet::default()
        },
        BookSheet {
            name: "Choices",
            header: owned(&["Your judgement can be"]),
            rows: judgements.collect(),
            ..BookSheet::default()
        },
    ])
}

/// A row for each question that is open.
pub fn question_rows(sheet: &Sheet) -> Result<Vec<Vec<String>>> {
    sheet.framework.indicators.iter().filter(|i| sheet.is_open(i)).map(|i| question_row(sheet, i)).collect()
}

fn question_row(sheet: &Sheet, indicator: &Indicator) -> Result<Vec<String>> {
    let (standard, area) = sheet.framework.place_of(indicator)?;
    let answer = sheet.answer(indicator);
    let judgement = answer.filter(|answer| answer.is_confirmed()).map(|answer| answer.judgement);
    let words = answer.map(|answer| answer.narrative.clone()).unwrap_or_default();
    let mark = Mark {
        assessment: sheet.assessment.id,
        framework: sheet.framework.version.number,
        edition: answer.map_or(0, |answer| answer.edition),
        as_it_stood: mark_of_cells(judgement, &LIMITS.as_read(&words)),
    };
    Ok(vec![
        indicator.id.to_string(),
        area.title.clone(),
        standard.title.clone(),
        indicator.question.clone(),
        weight_name(indicator.weight).to_owned(),
        indicator.emerging.clone(),
        indicator.established.clone(),
        indicator.excelling.clone(),
        say_standing(sheet, indicator),
        judgement.map(judgement_name).unwrap_or_default().to_owned(),
        words,
        mark.to_string(),
    ])
}

fn say_standing(sheet: &Sheet, indicator: &Indicator) -> String {
    let answer = sheet.answer(indicator);
    let judged = answer.map_or("", |answer| judgement_name(answer.judgement));
    let standing = match sheet.standing(indicator) {
        Standing::NotStarted => "Not answered yet.".to_owned(),
        Standing::Answered(_) => format!("{judged}, saved on {}.", answer.map(saved_on).unwrap_or_default()),
        Standing::ToLookAtAgain => {
            format!("{judged}, from your last self-assessment. To keep or change it, choose a judgement again.")
        }
        Standing::AskedAnew => {
            format!("{judged}, but the question asks for something else now. Choose a judgement again.")
        }
        Standing::PresumedNotApplicable => {
            "Does not apply to you, by your list of people. You can leave it, or answer it all the same.".to_owned()
        }
    };
    let asked = sheet.request_for(indicator).map(|request| format!(" The reviewer asks: {}", request.reason));
    let applies = match sheet.applicability(indicator) {
        Applicability::UnlessExplained => " It can be that it does not apply to you: then say why.",
        Applicability::UnlessSaid => " It can be that it does not apply to you.",
        Applicability::Always | Applicability::PresumedNot => "",
    };
    format!("{standing}{}{applies}", asked.unwrap_or_default())
}

fn saved_on(answer: &Answer) -> String {
    say_day(day_of(answer.answered_at))
}
