//! A questionnaire in the demonstration that was filled in without the portal and waits to be confirmed: some answers are
//! new, one is changed, and one was saved on the portal meanwhile, so that somebody has to choose.

use super::cast::Body;
use super::stage::Stage;
use crate::error::Result;
use crate::offline_answers::{HEADS, Upload, question_rows, read_questionnaire};
use crate::quality::{Said, Sheet, save_answer};
use crate::sheets::{Sheet as Table, SheetRow};

const WHO: &str = "Southwell Minster Lane Guild";
const CHANGED: &str =
    "We wrote this together in the hall, where there is no network.\n\nTwo of our young leaders read it back to us.";
const NEW: &str = "We talked about this at the committee on Tuesday. Everyone had something to add.";
const MEANWHILE: &str = "Added on the bus home: the new noticeboard shows it too.";

pub fn play_upload(stage: &mut Stage<'_>, bodies: &[&Body]) -> Result<()> {
    let Some(body) = bodies.iter().find(|body| body.organisation.name == WHO) else { return Ok(()) };
    let (lead, organisation) = (body.lead()?, body.organisation.id);
    let sheet = Sheet::latest_of(stage.conn, organisation)?;
    let rows = filled_in(&sheet)?;
    // Answered on the portal after the download, and in the file too.
    if let Some(indicator) = sheet.framework.indicators.iter().filter(|i| sheet.answer(i).is_some()).nth(1)
        && let Some(answer) = sheet.answer(indicator)
    {
        let said = Said { judgement: answer.judgement, narrative: MEANWHILE.to_owned(), edition_seen: answer.edition };
        let at = stage.days_ago(1);
        stage.play_as(lead, at, |act| save_answer(act, &sheet, indicator, lead.id, &said))?;
    }
    let head = SheetRow { number: 1, cells: HEADS.map(str::to_owned).into() };
    let rows = (2..).zip(rows).map(|(number, cells)| SheetRow { number, cells });
    let table = Table { rows: std::iter::once(head).chain(rows).collect(), name: None, others: 0, merged: Vec::new() };
    let Ok(filled) = read_questionnaire(&table) else { return Ok(()) };
    let by = body.lead_other_than(lead).unwrap_or(lead);
    let at = stage.moments_ago();
    stage.play_as(by, at, |act| Upload::bring(act, organisation, by.id, "Committee on Tuesday.xlsx", &filled)).map(drop)
}

/// The rows as the committee has filled them in: two that were answered, and what was not, up to four of it.
fn filled_in(sheet: &Sheet) -> Result<Vec<Vec<String>>> {
    let mut rows = question_rows(sheet)?;
    let (mut changed, mut new) = (0, 0);
    let place = |name: &str| HEADS.iter().position(|head| *head == name).unwrap_or_default();
    let (judgement, words) = (place("Your judgement"), place("In your own words"));
    for row in &mut rows {
        match row[judgement].as_str() {
            "" if new < 4 && !row[8].starts_with("Does not apply") => {
                (row[judgement], row[words], new) = ("Emerging".to_owned(), NEW.to_owned(), new + 1);
            }
            "" => {}
            _ if changed < 2 => {
                (row[judgement], row[words], changed) = ("Established".to_owned(), CHANGED.to_owned(), changed + 1);
            }
            _ => {}
        }
    }
    Ok(rows)
}
