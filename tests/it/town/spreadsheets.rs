//! What there is of spreadsheets in the town: people that wait to be added and that were, the same for the VRP, and answers to
//! the self-assessment.

use youth_charter::accounts::Role;
use youth_charter::imports::work_on_imports;
use youth_charter::offline_answers::{FilledIn, HEADS, Upload, question_rows, read_questionnaire};
use youth_charter::organisations::Organisation;
use youth_charter::quality::Sheet;
use youth_charter::sheets::SheetRow;

use super::Crew;
use crate::harness::RunningPortal;
use crate::imports::brought;

/// A spreadsheet that waits to be added, one that was added, and the same for the VRP.
pub(super) fn imports(portal: &RunningPortal, crew: &Crew) -> Vec<(&'static str, String)> {
    let hub = portal.read(|conn| Organisation::find_by_slug(conn, "the-hub"));
    let sheet = "Name,Training,Date completed\nPrue Practitioner,SEND,2024-05-03\nNew Person,SEND,2024-05-03\n";
    let waiting = brought(portal, &crew.lead, Some(&hub), sheet);
    let done = brought(portal, &crew.lead, Some(&hub), &sheet.replace("New", "Other"));
    portal.act_as(&crew.lead, |act| done.add(act, crew.lead.account().id));
    let steward = portal.with_role("Ivo Importer", Role::Steward);
    let many = "Organisation,Name,Training,Date completed\nThe Hub,New Person,SEND,2024-05-03\n";
    let of_many = brought(portal, &steward, None, many);
    let done_many = brought(portal, &steward, None, &many.replace("New", "Third"));
    portal.act_as(&steward, |act| done_many.add(act, steward.account().id));
    work_on_imports(&portal.inside).expect("it is worked through");
    vec![
        ("/organisations/{slug}/imports/{import}", format!("/organisations/the-hub/imports/{}", waiting.id)),
        (
            "/organisations/{slug}/imports/{import}/undoing",
            format!("/organisations/the-hub/imports/{}/undoing", done.id),
        ),
        ("/vrp/imports/{import}", format!("/vrp/imports/{}", of_many.id)),
        ("/vrp/imports/{import}/undoing", format!("/vrp/imports/{}/undoing", done_many.id)),
    ]
}

/// The questionnaire with one answer changed, which waits to be confirmed.
pub(super) fn questionnaire(portal: &RunningPortal, crew: &Crew, hub: &Organisation) -> String {
    let sheet = portal.read(|conn| Sheet::latest_of(conn, hub.id));
    let upload = portal.act_as(&crew.lead, |act| {
        Upload::bring(act, hub.id, crew.lead.account().id, "answers.xlsx", &filled_in(&sheet))
    });
    format!("/organisations/the-hub/quality/offline/{}", upload.id)
}

fn filled_in(sheet: &Sheet) -> FilledIn {
    let mut rows = question_rows(sheet).expect("every question has its place");
    rows[0][9] = "Excelling".to_owned();
    let head = HEADS.map(str::to_owned).to_vec();
    let rows = (1..).zip(std::iter::once(head).chain(rows)).map(|(number, cells)| SheetRow { number, cells });
    let table = youth_charter::sheets::Sheet { name: None, others: 0, rows: rows.collect(), merged: Vec::new() };
    read_questionnaire(&table).expect("the questionnaire")
}
