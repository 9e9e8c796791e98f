//! The paper at the front of a pack, and its training in numbers as a table.

use chrono::NaiveDateTime;

use super::standing::PackStanding;
use crate::clock::{day_of, say_day};
use crate::documents::{Document, kind_of};
use crate::drawing::{Column, Paper, Table};
use crate::error::{Error, Result};
use crate::files::StoredFile;
use crate::live_records::say_working;
use crate::organisations::Identifier;
use crate::questions::scheme_name;
use crate::review::level_name;
use crate::takeaway::place_of;
use crate::training::Holding;

/// What stands, as of an instant; `site` without a slash at its end.
pub(super) fn pack_paper(standing: &PackStanding, site: &str, now: NaiveDateTime) -> Paper {
    let made_on = say_day(day_of(now));
    let title = format!("{}: for funders", standing.name);
    let mut paper = Paper::new(&title, "Youth Charter", now).with_foot(format!("{title}, {made_on}"));
    paper = paper.paragraph(format!(
        "How {} stood on {made_on} in the records of the Youth Charter portal. Each code below can be checked by anyone, \
         at any time: the portal then says what holds on that day.",
        standing.name
    ));
    paper = paper.facts(facts_of(standing));
    paper = endorsement(paper, standing, site);
    paper = pledge(paper, standing, site);
    let (complete, of) = standing.core;
    paper = paper.section("Training in date").paragraph(match of {
        0 => "Nobody is on its list of people who need training.".to_owned(),
        of => format!("{complete} of {of} people have all the core training that the programme asks of them in date."),
    });
    paper = paper.paragraph(format!("Safeguarding lead: {}", say_working(&standing.safeguarding_lead)));
    if !standing.training.is_empty() {
        paper = paper.table(Table {
            caption: "People who need each training, and those who have it in date".to_owned(),
            columns: vec![Column::new("Training", 4.0), Column::new("In date", 2.0), Column::new("First to end", 2.0)],
            rows: standing.training.iter().map(training_row).collect(),
        });
    }
    match standing.documents.is_empty() {
        true => paper.section("Documents").paragraph("No documents are in this pack."),
        false => paper.section("Documents in this pack").table(Table {
            caption: "Documents, as the organisation keeps them".to_owned(),
            columns: vec![
                Column::new("Document", 3.0),
                Column::new("Dates", 3.0),
                Column::new("File and SHA-256", 4.0),
            ],
            rows: standing.documents.iter().map(document_row).collect(),
        }),
    }
}

fn facts_of(standing: &PackStanding) -> Vec<(String, String)> {
    let mut facts = vec![("Organisation".to_owned(), standing.name.clone())];
    let identifier =
        |id: &Identifier| (scheme_name(id.scheme()).to_owned(), format!("{} ({})", id.number(), id.org_id()));
    facts.extend(standing.identifiers.iter().map(identifier));
    if !standing.districts.is_empty() {
        facts.push(("Works in".to_owned(), standing.districts.join(", ")));
    }
    facts
}

fn endorsement(paper: Paper, standing: &PackStanding, site: &str) -> Paper {
    let paper = paper.section("Quality endorsement");
    let Some(endorsement) = &standing.endorsement else {
        return paper.paragraph("It has no endorsement in force.");
    };
    paper
        .facts(vec![
            ("Level".to_owned(), level_name(endorsement.level).to_owned()),
            ("Number".to_owned(), endorsement.number.clone()),
            ("From".to_owned(), say_day(endorsement.starts_on)),
            ("Last day".to_owned(), say_day(endorsement.ends_on)),
        ])
        .qr_code(
            format!("{site}/verify/{}", endorsement.code),
            vec!["See how the endorsement stands now.".to_owned(), format!("Code: {}", endorsement.code)],
        )
}

fn pledge(paper: Paper, standing: &PackStanding, site: &str) -> Paper {
    let paper = paper.section("Youth Charter pledge");
    let Some(pledge) = &standing.pledge else {
        return paper.paragraph("It has no pledge in force.");
    };
    let ends_on = pledge.ends_on.map(say_day).unwrap_or_default();
    paper.facts(vec![("Last day".to_owned(), ends_on)]).qr_code(
        format!("{site}/verify/{}", pledge.code),
        vec!["See how the pledge stands now.".to_owned(), format!("Code: {}", pledge.code)],
    )
}

fn training_row((title, holding): &(String, Holding)) -> Vec<String> {
    let in_date = format!("{} of {}", holding.held_by, holding.needed_by);
    vec![title.clone(), in_date, holding.first_expiry.map(say_day).unwrap_or_else(|| "None ends".to_owned())]
}

fn document_row((document, file): &(Document, StoredFile)) -> Vec<String> {
    let dated = document.effective_on.map(|day| format!("Dated {}. ", say_day(day))).unwrap_or_default();
    let review = document.review_by.map(|day| format!("Review by {}", say_day(day))).unwrap_or_default();
    let place = place_of(file.id, &document.title, file.extension());
    let what = match document.address.as_deref() {
        Some(address) => format!("{}: {address}", kind_of(file, Some(address))),
        None => format!("{place}, {}", file.sha256),
    };
    vec![document.title.clone(), format!("{dated}{review}"), what]
}

/// The same numbers for a spreadsheet.
pub(super) fn training_table(standing: &PackStanding) -> Result<String> {
    let mut table = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    table.write_record(["Training", "People who need it", "In date", "First to end"]).map_err(Error::unexpected)?;
    for (title, holding) in &standing.training {
        let ends = holding.first_expiry.map(|day| day.to_string()).unwrap_or_default();
        let row = [title.clone(), holding.needed_by.to_string(), holding.held_by.to_string(), ends];
        table.write_record(row).map_err(Error::unexpected)?;
    }
    String::from_utf8(table.into_inner().map_err(Error::unexpected)?).map_err(Error::unexpected)
}
