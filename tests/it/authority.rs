//! Who may ask for what: every route there is, by every kind of person there is, against a table that is read by
//! people. A new route is missing from the table until someone has looked at its line.
//! It runs on SQLite in any case: authority is not a matter of the database.

use crate::harness::{Answer, Person, spawn_portal_in_a_file};
use crate::town::{Town, all_routes};

#[test]
fn who_may_look_at_what() {
    insta::assert_snapshot!(table_of("GET"));
}

#[test]
fn who_may_do_what() {
    insta::assert_snapshot!(table_of("POST"));
}

#[test]
fn another_organisations_records_are_not_found_under_ones_own_address() {
    let town = Town::build_in(spawn_portal_in_a_file());
    let saved = town.portal.save();
    let mut looked_for = 0;
    // Training sessions are for everyone; only the bookings on them are an organisation's.
    let is_for_all = |path: &str| path.ends_with("/training/sessions/{session}") || path.ends_with("/places");
    let routes = all_routes().into_iter().filter(|route| !is_for_all(&route.path));
    for route in routes.filter(|route| route.path.starts_with("/organisations/{slug}/")) {
        let address = town.address_of(&route.path);
        let is_of_a_record = address.split('/').any(|part| part.parse::<uuid::Uuid>().is_ok());
        if is_of_a_record {
            let portal = saved.spawn();
            let elsewhere = address.replace("/organisations/the-hub/", "/organisations/elsewhere/");
            assert_ne!(elsewhere, address);
            let answer = ask(&mut portal.same_person(town.person("lead 2")), &route.method, &elsewhere);
            assert_eq!(answer.status, 404, "{} {elsewhere}", route.method);
            portal.read_all_letters();
            looked_for += 1;
        }
    }
    assert!(looked_for > 4, "only {looked_for} routes lead to an organisation's records");
}

#[test]
fn an_organisation_that_is_not_approved_has_its_registration_and_its_people_and_no_more() {
    let town = Town::build_in(spawn_portal_in_a_file());
    let mut lead = town.portal.same_person(town.person("lead"));
    for route in all_routes() {
        let Some(rest) = route.path.strip_prefix("/organisations/{slug}").filter(|rest| !rest.contains('{')) else {
            continue;
        };
        let before_approval =
            rest.is_empty() || ["/registration", "/people", "/data"].iter().any(|own| rest.starts_with(own));
        if !before_approval {
            let answer = ask(&mut lead, &route.method, &format!("/organisations/new-club{rest}"));
            assert_eq!(answer.status, 403, "{} {rest}", route.method);
        }
    }
}

fn table_of(method: &str) -> String {
    let town = Town::build_in(spawn_portal_in_a_file());
    let saved = town.portal.save();
    let mut portal = saved.spawn();
    let mut table = line("", &town.people.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
    for route in all_routes().into_iter().filter(|route| route.method == method) {
        let address = town.address_of(&route.path);
        let mut cells = Vec::new();
        for (_, person) in &town.people {
            let mut person = portal.same_person(person);
            let answer = ask(&mut person, method, &address);
            cells.push(say(&answer));
            if method == "POST" && !leaves_all_as_it_was(&answer) {
                portal.read_all_letters();
                portal = saved.spawn();
            }
        }
        table.push_str(&line(&route.path, &cells));
    }
    portal.read_all_letters();
    table
}

fn ask(person: &mut Person, method: &str, address: &str) -> Answer {
    let answer = if method == "GET" { person.ask(address) } else { person.send(address, &[]) };
    assert_ne!(answer.status, 500, "{method} {address}: {}", answer.text());
    answer
}

fn leaves_all_as_it_was(answer: &Answer) -> bool {
    answer.status >= 400 || say(answer) == "sign in"
}

fn say(answer: &Answer) -> String {
    match answer.location() {
        Some(location) if location.starts_with("/sign-in") && answer.status == 303 => "sign in".to_owned(),
        _ => answer.status.to_string(),
    }
}

fn line(first: &str, cells: &[String]) -> String {
    let cells: String = cells.iter().map(|cell| format!(" {cell:>9}")).collect();
    format!("{first:<72}{cells}\n")
}
