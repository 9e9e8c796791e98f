//! The matrix filtered, in a file, on paper, and what it says of the time to come.

use chrono::{Days, Months};
use youth_charter::organisations::{Engagement, MembershipRole, Position, add_without_account};
use youth_charter::training::{Module, NewCompletion, log_completion};

use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal};

/// Amina's safeguarding expires in 10 days, Callum’s expired 20 days ago; both lack the rest.
fn two_people(portal: &RunningPortal) -> Person {
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let today = portal.today();
    for (name, engagement, completed_on) in [
        ("Amina Yusuf", Engagement::Volunteer, today + Days::new(10) - Months::new(36)),
        ("Callum Deakin", Engagement::Paid, today - Days::new(20) - Months::new(36)),
    ] {
        let position = Position { role: MembershipRole::Practitioner, engagement, accountable: false };
        portal.act_as(&lead, |act| {
            let person = add_without_account(act, organisation.id, name, position)?.person;
            let module = Module::find(act.conn, &"safeguarding".into())?;
            let logged_by = lead.account().id;
            let provider = "=cmd()".to_owned();
            let new = NewCompletion {
                person,
                module,
                equivalent: None,
                completed_on,
                provider,
                certificate: None,
                logged_by,
            };
            log_completion(act, Some(organisation.id), new)
        });
    }
    lead
}

const TRAINING: &str = "/organisations/the-hub/training";

#[test]
fn the_matrix_is_filtered_by_state_role_engagement_and_name() {
    let portal = spawn_portal();
    let mut lead = two_people(&portal);
    lead.visit(TRAINING).sees("Amina Yusuf").sees("Callum Deakin");
    lead.choose("Show", "With something expired").press("Filter").sees("Shown: With something expired");
    lead.sees("Callum Deakin").does_not_see("Amina Yusuf");
    lead.follow("Core").sees("Callum Deakin").does_not_see("Amina Yusuf").does_not_see("Financial management");
    lead.follow("Show everyone").choose("Works as", "Volunteer").press("Filter");
    lead.sees("Amina Yusuf").does_not_see("Callum Deakin").does_not_see("Financial management");
    lead.visit(TRAINING).fill("Name", "AMINA").press("Filter").sees("Amina Yusuf").does_not_see("Callum Deakin");
    assert_eq!(lead.value_of("Name"), "AMINA");
    lead.visit(TRAINING).choose("Role", "Viewers").press("Filter").sees("Nobody is like that");
    lead.follow("Show everyone").sees("Amina Yusuf");
}

#[test]
fn the_matrix_leaves_as_csv_workbook_and_paper_with_the_same_filters() {
    let portal = spawn_portal();
    let mut lead = two_people(&portal);
    lead.visit(&format!("{TRAINING}?state=expired"));
    for (words, kind) in [("CSV", "text/csv; charset=utf-8"), ("XLSX", "spreadsheetml.sheet")] {
        let links = lead.page().links(words);
        let address = links[0].attr("href").expect("a link leads somewhere").to_owned();
        let answer = lead.ask(&address);
        assert_eq!(answer.status, 200);
        assert!(answer.header("content-type").is_some_and(|value| value.ends_with(kind)), "{words}");
        let name = format!("attachment; filename=\"training-the-hub-{}.{}\"", portal.today(), words.to_lowercase());
        assert_eq!(answer.header("content-disposition"), Some(name.as_str()));
        if words == "CSV" {
            let text = answer.text();
            assert!(text.contains("Callum Deakin,Practitioner,Paid,7,0,Expired "), "{text}");
            assert!(!text.contains("Amina"), "{text}");
        }
    }
    lead.follow("for paper").sees("Training of The Hub").sees("With something expired").sees("Callum Deakin");
    lead.does_not_see("Amina Yusuf");
}

#[test]
fn what_expires_next_and_what_it_takes_to_be_complete() {
    let portal = spawn_portal();
    let mut lead = two_people(&portal);
    let ends = portal.today() + Days::new(10);
    lead.visit(TRAINING).follow("What expires next").sees("1 completion expires in the next 12 months");
    lead.sees(&format!("{} 1", ends.format("%B %Y"))).sees(&format!("{}: Amina Yusuf", ends.format("%-d %B %Y")));
    lead.does_not_see("Callum Deakin");
    lead.visit(TRAINING).follow("What it takes to be complete").sees("3 people are not complete, of 3");
    lead.sees("Safeguarding: expired").sees("SEND: not started").sees("1 of 7 in date").sees("0 of 7 in date");
}

#[test]
fn only_those_who_see_everyone_take_the_matrix_along() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead: _ } = portal.approved_organisation("The Hub");
    for (mut person, status) in [(portal.practitioner_of(&organisation), 403), (portal.viewer_of(&organisation), 200)] {
        for page in ["matrix.csv", "matrix.xlsx", "print", "next", "gaps"] {
            assert_eq!(person.ask(&format!("{TRAINING}/{page}")).status, status, "{} {page}", person.name());
        }
    }
}
