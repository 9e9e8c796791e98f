//! A person's record as a paper to print and to send, with the way to check it.

use chrono::{NaiveDate, NaiveDateTime};

use super::record_link::RecordLink;
use super::shown_record::{ShownGroup, ShownLine, ShownRecord};
use crate::clock::{day_of, say_day};
use crate::drawing::{Column, Paper, Table};

/// The record, and the link by which it can be checked, if it has one.
pub fn record_paper(record: &ShownRecord, link: Option<&RecordLink>, site: &str, now: NaiveDateTime) -> Paper {
    let title = format!("Training record of {}", record.name);
    let made_on = say_day(day_of(now));
    let mut paper =
        Paper::new(title.clone(), "Youth Charter", now).with_foot(format!("{title}, {made_on}")).facts(vec![
            ("Name".to_owned(), record.name.clone()),
            ("Made on".to_owned(), made_on.clone()),
            (
                "Shows".to_owned(),
                if record.partly { "The training that was chosen" } else { "All training" }.to_owned(),
            ),
        ]);
    if record.is_empty() {
        paper = paper.paragraph("There is no training on this record yet.");
    }
    for group in &record.groups {
        paper = paper.section(group.title).table(table_of(group));
    }
    paper = paper.section("Check this record");
    match link {
        Some(link) => paper
            .qr_code(
                format!("{site}/verify/{}", link.code),
                vec![
                    format!(
                        "This paper says how things stood on {made_on}. Until {} anyone can see how they stand \
                         now: with the camera of a phone, or at this address.",
                        say_day(link.ends_on)
                    ),
                    format!("Code: {}", link.code),
                ],
            )
            .remark("The owner of this record can end the link at any time."),
        None => paper.paragraph(format!(
            "This paper says how things stood on {made_on}. It has no link to check it by: its owner can make one at \
             {site}/my/training/links, and print it again."
        )),
    }
}

fn table_of(group: &ShownGroup) -> Table {
    let columns =
        [("Training", 4.3), ("Completed", 2.5), ("Given by", 2.7), ("Until when", 2.9), ("On whose word", 3.6)];
    let row = |line: &ShownLine| {
        let until = match line.expires.map(short) {
            None => "Does not end".to_owned(),
            Some(day) if line.counts => format!("Counts until {day}"),
            Some(day) => format!("Ended {day}"),
        };
        vec![line.what.clone(), short(line.completed), line.provider.clone(), until, line.word.clone()]
    };
    Table {
        caption: format!(
            "{}: when it was completed, by whom it was given, until when it counts, and on whose word",
            group.title
        ),
        columns: columns.map(|(head, share)| Column::new(head, share)).into(),
        rows: group.lines.iter().map(row).collect(),
    }
}

/// A day that fits a column.
fn short(day: NaiveDate) -> String {
    day.format("%-d\u{a0}%b\u{a0}%Y").to_string()
}
