//! People and past training out of a spreadsheet, as a lead does it: columns, dry run, all or nothing, undo; and as the
//! VRP does it for many organisations.

use chrono::{Duration, Months};
use youth_charter::imports::{CourseNames, FOR_MANY, Import, ImportState, keep_rows, take_apart, work_on_imports};
use youth_charter::organisations::{
    Engagement, Member, MembershipRole, Organisation, Position, add_without_account, give_account,
};
use youth_charter::reminders::do_what_is_due;
use youth_charter::sheets::read_sheet;

use crate::harness::{NewOrganisation, Person, RunningPortal, root, spawn_portal};

/// Someone has brought a sheet, and it waits.
pub fn brought(portal: &RunningPortal, by: &Person, organisation: Option<&Organisation>, csv: &str) -> Import {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("sheet.csv");
    std::fs::write(&path, csv).expect("a temporary folder takes files");
    let sheet = read_sheet(&path, FOR_MANY).expect("a test writes sheets correctly");
    let (about, columns, rows) = take_apart(sheet, &portal.read(CourseNames::load));
    let (within, account) = (organisation.map(|organisation| organisation.id), by.account().id);
    let import = portal.act_as(by, |act| {
        let import = Import::begin(act, within, account, "sheet.csv", &about)?;
        keep_rows(act.conn, import.id, &rows)?;
        import.received(act, &columns)?;
        Ok(import)
    });
    portal.read(|conn| Import::find(conn, import.id))
}

const SHEET: &str = "Name,Role here,Paid or volunteer,Training,Date completed,Given by\n\
    Amina Yusuf,Practitioner,Volunteer,Safeguarding,29/02/2024,Base 51\n\
    Amina Yusuf,,,SEND,3 May 2024,Base 51\n\
    Callum Deakin,Viewer,Paid,,,\n";

fn bring(lead: &mut Person, name: &str, bytes: &[u8]) {
    lead.visit("/organisations/the-hub/training").follow("Add people and training from a spreadsheet");
    lead.attach("Spreadsheet", name, bytes).press("Continue");
}

fn names_in(portal: &RunningPortal, organisation: &Organisation) -> Vec<String> {
    let members = portal.read(|conn| Member::all_in(conn, organisation.id));
    members.into_iter().map(|member| member.person.name).collect()
}

#[test]
fn a_lead_brings_a_spreadsheet_checks_it_adds_it_and_undoes_it() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    bring(&mut lead, "staff.csv", SHEET.as_bytes());
    lead.sees("What is in each column?").sees("We read 3 rows.");
    assert_eq!(lead.value_of("Training"), "Training");
    assert_eq!(lead.value_of("Date completed"), "Date completed");
    lead.press("Check it").sees("Check before you add").sees("Nothing is added yet");
    assert_eq!(names_in(&portal, &organisation), ["Lead of The Hub"], "nothing is added yet");

    lead.press("Add 2 people and 2 completions").sees("Everything is added").sees("2 people").sees("2 completions");
    let import = lead.path().to_owned();
    lead.visit("/organisations/the-hub/training").follow("Amina Yusuf");
    lead.sees("Completed 29 February 2024").sees("Confirmed by Lead of The Hub, from a spreadsheet on");

    lead.visit(&import).press("Undo this import").sees("The import is undone");
    assert_eq!(names_in(&portal, &organisation), ["Lead of The Hub"]);
    let path = format!("{import}/undoing");
    assert_eq!(lead.send(&path, &[]).status, 409, "it is undone once");
}

#[test]
fn every_problem_is_listed_by_its_cell_and_nothing_is_added_while_there_is_one() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let tomorrow = portal.today() + Duration::days(1);
    let long_ago = portal.today() - Months::new(60 * 12) - Duration::days(1);
    let rows = [
        ",,,SEND,3/5/2024,,".to_owned(),
        "Bev,,,Safegarding,3/5/2024,,".to_owned(),
        "Cal,,,GDPR,3/5/2024,,".to_owned(),
        "Dee,,,SEND,29/02/2023,,".to_owned(),
        format!("Eli,,,SEND,{tomorrow},,"),
        format!("Fay,,,SEND,{long_ago},,"),
        "Gus,,,SEND,,,".to_owned(),
        "Hal,,,,3/5/2024,,".to_owned(),
        "Ida,Wizard,,SEND,3/5/2024,,".to_owned(),
        "Jo,Lead,,SEND,3/5/2024,,".to_owned(),
        "Kit,,,SEND,3/5/2024,,2/5/2024".to_owned(),
        "Lee,,Sometimes,SEND,3/5/2024,,".to_owned(),
        "Mo,,,SEND,soon,,".to_owned(),
    ];
    let head = "Name,Role,Type,Training,Date completed,Given by,Expiry date\n";
    bring(&mut lead, "staff.csv", format!("{head}{}", rows.join("\n")).as_bytes());
    lead.press("Check it").sees("13 problems to mend");
    for (cell, text) in [
        ("A2", "The name is missing"),
        ("D3", "There is no training called “Safegarding”. Did you mean “Safeguarding”?"),
        ("D4", "“GDPR” could be “GDPR: information recording, sharing and storing (Core)” or “GDPR (Accountability)”"),
        ("E5", "February 2023 has no day 29"),
        ("E6", "The date of completion must be today or in the past"),
        ("E7", "The date of completion must be in the last 60 years"),
        ("E8", "The date of completion is missing"),
        ("D9", "The training is missing"),
        ("B10", "“Wizard” is not a role here"),
        ("B11", "A lead needs an account"),
        ("G12", "It expires on 2 May 2024, which is not after it was completed on 3 May 2024"),
        ("C13", "“Sometimes” does not say how they work for you"),
        ("E14", "“soon” is not a date we can read"),
    ] {
        lead.sees(&format!("{cell} {text}"));
    }
    let csv = lead.ask(&format!("{}/findings.csv", lead.path().to_owned())).text();
    assert!(csv.contains("5,E5,Date completed,To mend,February 2023 has no day 29. Check the date"), "{csv}");
    let addition = format!("{}/addition", lead.path());
    assert_eq!(lead.send(&addition, &[]).status, 303);
    assert_eq!(names_in(&portal, &organisation), ["Lead of The Hub"], "nothing is added by force either");
}

#[test]
fn what_is_there_already_is_left_as_it_is_and_the_rest_is_added() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    bring(&mut lead, "staff.csv", SHEET.as_bytes());
    lead.press("Check it").press("Add 2 people and 2 completions");
    let more = format!(
        "{SHEET}amina yusuf,,,SEND,2024-05-03,\nAmina Yusuf,,,Governance,1.6.2024,\nEXAMPLE x,,,SEND,1/1/2020,\n"
    );
    bring(&mut lead, "staff.csv", more.as_bytes());
    lead.press("Check it").sees("People who are here already").sees("On the record already for 29 February 2024");
    lead.sees("Row 7 The example from the template");
    lead.press("Add 1 completion").sees("Everything is added");
    assert_eq!(names_in(&portal, &organisation).len(), 3);
    bring(&mut lead, "staff.csv", more.as_bytes());
    lead.press("Check it")
        .sees("There is nothing new in this file")
        .press("Remove this import")
        .sees("The import is removed");
}

#[test]
fn people_of_the_same_name_are_told_apart_by_the_lead() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    for engagement in [Engagement::Paid, Engagement::Volunteer] {
        let position = Position { role: MembershipRole::Practitioner, engagement, accountable: false };
        portal.act(|act| add_without_account(act, organisation.id, "Amina Yusuf", position));
    }
    bring(&mut lead, "staff.csv", SHEET.as_bytes());
    lead.press("Check it").sees("1 problem to mend").sees("Several people here are called Amina Yusuf");
    lead.choose("Amina Yusuf in the file", "Someone else of the same name: add them").press("Keep these choices");
    lead.press("Add 2 people and 2 completions").sees("Everything is added");
    let named = names_in(&portal, &organisation).iter().filter(|name| *name == "Amina Yusuf").count();
    assert_eq!(named, 3);
}

#[test]
fn a_sheet_with_a_column_a_training_is_read_too_and_columns_can_be_corrected() {
    let portal = spawn_portal();
    let NewOrganisation { mut lead, .. } = portal.approved_organisation("The Hub");
    let wide = "Staff training,,,\nFirst name,Surname,Safeguarding,SEND,Who\nAmina,Yusuf,3/5/2024,n/a,Base 51\nCal,Dee,-,4/5/2024,\n";
    bring(&mut lead, "matrix.csv", wide.as_bytes());
    assert_eq!(lead.value_of("Surname"), "Last name");
    assert_eq!(lead.value_of("SEND"), "Date completed: SEND (Core)");
    lead.choose("Who", "Last name").press("Check it");
    assert_eq!(lead.status(), 422);
    assert_eq!(lead.error_beside("Who"), "Another column is this already. Select something else, or ‘Not used’");
    lead.choose("Who", "Who gave the training").choose("First name", "Not used").press("Check it");
    assert_eq!(
        lead.error_beside("First name"),
        "Select the column with people’s full names, or those with first and last names"
    );
    lead.choose("First name", "First name").press("Check it").press("Add 2 people and 2 completions");
    lead.visit("/organisations/the-hub/training").sees("Amina Yusuf").sees("Cal Dee");
}

#[test]
fn workbooks_go_the_same_way_and_merged_cells_are_asked_about() {
    let portal = spawn_portal();
    let NewOrganisation { mut lead, .. } = portal.approved_organisation("The Hub");
    let fixture = |name: &str| std::fs::read(root().join("tests/it/fixtures").join(name)).expect("it is there");
    bring(&mut lead, "staff.ods", &fixture("libreoffice.ods"));
    lead.sees("from the sheet “Staff”").sees("1 other sheet").press("Check it");
    lead.press("Add 4 people and 3 completions").sees("Everything is added");
    bring(&mut lead, "staff.xlsx", &fixture("merged.xlsx"));
    lead.press("Check it").sees("A2 Cells A2 to A3 are merged");
    bring(&mut lead, "staff.csv", &fixture("libreoffice-windows-1252.csv"));
    lead.press("Check it").sees("has the month first, as in America").sees("could be 11 March 2025 or 3 November 2025");
    bring(&mut lead, "staff.xlsx", &fixture("password.xlsx"));
    assert!(lead.error_beside("Spreadsheet").starts_with("The file needs a password"));
    let long: String = (0..50_000).map(|n| format!("Person {n},SEND,3/5/2024\n")).collect();
    lead.attach("Spreadsheet", "long.csv", format!("Name,Training,Date completed\n{long}").as_bytes())
        .press("Continue");
    assert!(lead.error_beside("Spreadsheet").starts_with("The file has more than 10,000 rows"));
}

#[test]
fn the_template_can_be_filled_in_and_brought() {
    let portal = spawn_portal();
    let NewOrganisation { mut lead, .. } = portal.approved_organisation("The Hub");
    for kind in ["xlsx", "csv"] {
        let template = lead.ask(&format!("/organisations/the-hub/imports/template.{kind}"));
        assert_eq!(template.status, 200);
        assert!(template.header("content-disposition").is_some_and(|value| value.starts_with("attachment")));
        bring(&mut lead, &format!("template.{kind}"), &template.bytes);
        lead.press("Check it").sees("There is nothing new in this file").sees("The example from the template");
        assert!(lead.ask(&format!("{}/findings.csv", lead.path().to_owned())).text().lines().count() > 1);
    }
}

#[test]
fn undoing_leaves_what_something_hangs_on_by_now() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    bring(&mut lead, "staff.csv", SHEET.as_bytes());
    lead.press("Check it").press("Add 2 people and 2 completions");
    let import = lead.path().to_owned();
    let amina = portal.read(|conn| Member::all_in(conn, organisation.id)).remove(0).person;
    assert_eq!(amina.name, "Amina Yusuf");
    let account = portal.signed_up("Amina Yusuf");
    portal.act(|act| give_account(act, &amina, account.account()));
    lead.visit(&import).press("Undo this import").sees("1 person: they have an account or other records by now");
    assert_eq!(names_in(&portal, &organisation), ["Amina Yusuf", "Lead of The Hub"]);
}

#[test]
fn nobody_else_sees_an_import_and_it_is_forgotten_after_a_day() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let import = brought(&portal, &lead, Some(&organisation), SHEET);
    let mut elsewhere = portal.approved_organisation("Elsewhere").lead;
    assert_eq!(elsewhere.ask(&format!("/organisations/elsewhere/imports/{}", import.id)).status, 404);
    let mut practitioner = portal.practitioner_of(&organisation);
    assert_eq!(practitioner.ask(&format!("/organisations/the-hub/imports/{}", import.id)).status, 403);
    let mut second = portal.lead_of(&organisation);
    second.visit(&format!("/organisations/the-hub/imports/{}", import.id)).sees("Check before you add");
    assert_eq!(do_what_is_due(&portal.inside).expect("it is done").imports_forgotten, 0);
    portal.advance(Duration::hours(25));
    assert!(do_what_is_due(&portal.inside).expect("it is done").imports_forgotten > 0);
    assert_eq!(second.ask(&format!("/organisations/the-hub/imports/{}", import.id)).status, 404);
    portal.read_all_letters();
}

#[test]
fn the_vrp_brings_a_sheet_of_many_organisations_which_is_added_one_after_another() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub").organisation;
    let barn = portal.approved_organisation("The Barn").organisation;
    let mut steward = portal.steward();
    let sheet = "Organisation,Name,Training,Date completed\nThe Hub,Ann,SEND,3/5/2024\nthe barn,Bo,SEND,3/5/2024\n\
                 The Barn,Cy,Safeguarding,3/5/2024\n";
    steward.visit("/vrp/imports").attach(
        "Spreadsheet",
        "all.csv",
        format!("{sheet}The Bran,Di,SEND,3/5/2024\n").as_bytes(),
    );
    steward
        .press("Continue")
        .press("Check it")
        .sees("A5 No approved organisation is called “The Bran”. Did you mean “The Barn”?");
    steward
        .visit("/vrp/imports")
        .attach("Spreadsheet", "all.csv", sheet.as_bytes())
        .press("Continue")
        .press("Check it");
    steward.press("Add 3 people and 3 completions").sees("The import has begun").sees("0 of 2");
    assert_eq!(names_in(&portal, &barn).len(), 1);
    assert_eq!(work_on_imports(&portal.inside).expect("it is worked through"), 2);
    let here = steward.path().to_owned();
    steward.visit(&here).sees("2 of 2").sees("3 people");
    assert_eq!((names_in(&portal, &hub).len(), names_in(&portal, &barn).len()), (2, 3));
    assert_eq!(work_on_imports(&portal.inside).expect("nothing is to do"), 0);
    steward.press("Undo this import").sees("The import is being undone");
    assert_eq!(work_on_imports(&portal.inside).expect("it is worked through"), 2);
    assert_eq!((names_in(&portal, &hub).len(), names_in(&portal, &barn).len()), (1, 1));
}

#[test]
fn when_a_part_no_longer_fits_all_of_it_is_taken_back_and_it_waits_again() {
    let portal = spawn_portal();
    let first = portal.approved_organisation("First Club").organisation;
    let last = portal.approved_organisation("Last Club").organisation;
    let steward = portal.steward();
    let sheet = "Organisation,Name,Training,Date completed\nFirst Club,Ann,SEND,3/5/2024\nLast Club,Bo,SEND,3/5/2024\n";
    let import = brought(&portal, &steward, None, sheet);
    portal.act_as(&steward, |act| import.add(act, steward.account().id));
    // Meanwhile two people called Bo have come to the last of them: nobody can say which is meant.
    let position = Position { role: MembershipRole::Viewer, engagement: Engagement::Paid, accountable: false };
    for _ in 0..2 {
        portal.act(|act| add_without_account(act, last.id, "Bo", position));
    }
    assert_eq!(work_on_imports(&portal.inside).expect("it is worked through"), 2, "one is added, and taken back");
    assert_eq!(names_in(&portal, &first).len(), 1);
    assert_eq!(portal.read(|conn| Import::find(conn, import.id)).state(), ImportState::Waiting);
}
