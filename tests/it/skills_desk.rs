//! A lead in a round: links to people without an account, answers on paper, and what a lead can never read.

use chrono::Duration;
use diesel::prelude::*;
use youth_charter::db::schema::skills_answers;
use youth_charter::ids::PersonId;
use youth_charter::organisations::{Engagement, MembershipRole, Organisation, Position, add_without_account};
use youth_charter::skills_audit::{CameBy, Picture, Response, Round, close_round};

use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal};

const FIRST: &str = "I can spot signs that a young person may be being harmed or neglected.";
const SECOND: &str = "I can listen and respond well when a young person tells me about harm.";

fn desk_of(organisation: &Organisation) -> String {
    format!("/organisations/{}/skills-audit/people", organisation.slug)
}

/// Someone without an account.
fn add(portal: &RunningPortal, organisation: &Organisation, name: &str) -> PersonId {
    let position =
        Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };
    portal.act(|act| add_without_account(act, organisation.id, name, position)).person.id
}

/// The lead sends a link to someone; where it leads.
fn link_for(portal: &RunningPortal, lead: &mut Person, organisation: &Organisation, name: &str) -> String {
    let address = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
    lead.visit(&desk_of(organisation)).fill(&format!("Email address of {name}"), &address);
    lead.press("Send personal links").sees("We have sent 1 personal link").sees(&format!("Link sent to {address}"));
    let letter = portal.letter_to(&address);
    assert_eq!(letter.subject, format!("{} asks what training would help you", organisation.name));
    letter.link()
}

fn response_of(portal: &RunningPortal, organisation: &Organisation, person: PersonId) -> Option<Response> {
    let round = portal.read(Round::latest).expect("there is one");
    portal.read(|conn| Response::of_person(conn, round.id, organisation.id, person))
}

#[test]
fn someone_without_an_account_answers_by_a_link_and_goes_on_elsewhere() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let person = add(&portal, &organisation, "Callum Deakin");
    let link = link_for(&portal, &mut lead, &organisation, "Callum Deakin");

    let mut phone = portal.visitor();
    phone.visit(&link).sees("This link is for Callum Deakin alone").sees("Skills audit");
    assert!(response_of(&portal, &organisation, person).is_none(), "looking uses nothing up");
    phone.press("Start now").choose(FIRST, "Not yet").tick_in(FIRST, "I would like training in this");
    phone.press("Save and come back later").sees("1 of 36 questions answered").sees("Your link brings you back here");

    let mut laptop = portal.visitor();
    laptop.visit(&link).sees("1 of 36 questions answered").press("Finish and see your results");
    laptop.sees("Safeguarding").sees("No session has a free place").does_not_see("See your training");
    let response = response_of(&portal, &organisation, person).expect("answered");
    assert!(response.is_finished() && response.came_by == CameBy::Link);
    lead.visit(&desk_of(&organisation)).sees("1 of 2 people (50%)");
}

#[test]
fn a_link_opened_by_two_people_loses_nobodys_answers_silently() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let person = add(&portal, &organisation, "Callum Deakin");
    let link = link_for(&portal, &mut lead, &organisation, "Callum Deakin");
    let (mut one, mut other) = (portal.visitor(), portal.visitor());
    one.visit(&link).press("Start now").sees("Part 1 of 8");
    other.visit(&link).follow("Continue").sees("Part 1 of 8");
    one.choose(FIRST, "Not yet").press("Save and continue").sees("Part 2 of 8");
    other.choose(FIRST, "Could teach it").choose(SECOND, "Fairly").press("Save and continue");
    assert_eq!(other.status(), 422);
    other.sees("Answers here were saved somewhere else since you opened this page");
    let saved = |portal: &RunningPortal| {
        let response = response_of(portal, &organisation, person).expect("begun");
        let answers = portal.read(|conn| response.answers(conn));
        answers.into_iter().map(|answer| answer.confidence.value()).collect::<Vec<_>>()
    };
    assert_eq!(saved(&portal), [1], "what was saved first stands");
    other.choose(FIRST, "Could teach it").press("Save and continue").sees("Part 2 of 8");
    assert_eq!(saved(&portal), [5], "whoever has seen it may change it");
    let responses: i64 =
        portal.read(|conn| Ok(youth_charter::db::schema::skills_responses::table.count().get_result(conn)?));
    assert_eq!(responses, 1, "they count once");
}

#[test]
fn a_link_that_went_to_somebody_else_is_sent_back_and_stops_working() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    add(&portal, &organisation, "Callum Deakin");
    let link = link_for(&portal, &mut lead, &organisation, "Callum Deakin");
    let mut stranger = portal.visitor();
    stranger.visit(&link).press("This is not my link").sees("Thank you for telling us");
    for path in ["", "/results", "/answers", "/barriers", "/held", "/words", "/groups/leading-people"] {
        assert_eq!(stranger.ask(&format!("{link}{path}")).status, 410, "{path:?}");
        if !matches!(path, "/results" | "/answers") {
            assert_eq!(stranger.send(&format!("{link}{path}"), &[]).status, 410, "{path:?}");
        }
    }
    lead.visit(&desk_of(&organisation)).sees("Went to the wrong person");
    let again = link_for(&portal, &mut lead, &organisation, "Callum Deakin");
    assert_ne!(again, link);
    lead.does_not_see("Went to the wrong person");
    assert_eq!(portal.visitor().ask(&again).status, 200);
    let newest = link_for(&portal, &mut lead, &organisation, "Callum Deakin");
    assert_eq!(portal.visitor().ask(&again).status, 410, "a newer one was sent");
    assert_eq!(portal.visitor().ask(&format!("{newest}0")).status, 404);
    assert_eq!(portal.visitor().ask("/skills-audit/0123").status, 404);
}

#[test]
fn after_the_close_a_link_still_gives_its_owner_a_copy_for_two_months() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    add(&portal, &organisation, "Callum Deakin");
    let link = link_for(&portal, &mut lead, &organisation, "Callum Deakin");
    let mut callum = portal.visitor();
    callum.visit(&link).press("Start now").choose(FIRST, "Not yet").press("Save and come back later");
    let round = portal.read(Round::open_now).expect("open");
    portal.act(|act| close_round(act, &round));
    assert_eq!(callum.send(&format!("{link}/completion"), &[]).status, 422);
    callum.visit(&link).sees("The skills audit is closed").follow("Get a copy of your answers").sees("Not yet");
    portal.advance(Duration::days(61));
    assert_eq!(callum.ask(&link).status, 410);
    portal.read_all_letters();
}

#[test]
fn answers_on_paper_are_typed_once_marked_so_and_never_read_again() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let person = add(&portal, &organisation, "Callum Deakin");
    let sheet = format!("{}/{person}/paper", desk_of(&organisation));
    lead.visit(&desk_of(&organisation)).follow("on paper").sees("The skills audit on paper").sees(FIRST);
    lead.visit(&sheet).sees("Type the answers of Callum Deakin").press("Save this sheet");
    assert_eq!(lead.problems(), ["Select an answer to at least one question"]);
    lead.choose(FIRST, "Not yet").tick("It costs too much").tick("SEND").press("Save this sheet");
    lead.sees("The sheet is saved");
    let response = response_of(&portal, &organisation, person).expect("typed");
    assert!(response.is_finished() && response.came_by == CameBy::Paper);
    lead.visit(&sheet);
    assert!(lead.page().all("input[checked]").is_empty(), "nothing typed is shown again");

    lead.choose(FIRST, "Fairly").press("Save this sheet");
    let answers = portal.read(|conn| response.answers(conn));
    assert_eq!(answers.iter().map(|answer| answer.confidence.value()).collect::<Vec<_>>(), [3], "typed again");
    let trail = portal.read(|conn| youth_charter::audit::latest_entries(conn, organisation.id, 100));
    assert!(trail.iter().any(|entry| entry.verb == "answers typed from paper"));
    assert!(trail.iter().all(|entry| !entry.details.contains('3')), "what was typed is not in the trail");
}

#[test]
fn what_someone_answered_themselves_stands_and_nobody_is_told() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let person = add(&portal, &organisation, "Callum Deakin");
    let sheet = format!("{}/{person}/paper", desk_of(&organisation));
    let link = link_for(&portal, &mut lead, &organisation, "Callum Deakin");
    lead.visit(&sheet).choose(FIRST, "Fairly").press("Save this sheet");
    let said_before = lead.reads();
    let mut callum = portal.visitor();
    callum.visit(&link).sees("You have finished").follow("Keeping young people safe").choose(FIRST, "Not yet");
    callum.press("Save and continue").sees("Part 2 of 8");
    lead.visit(&sheet).choose(FIRST, "Could teach it").press("Save this sheet");
    assert_eq!(lead.reads(), said_before, "the lead learns nothing");
    let response = response_of(&portal, &organisation, person).expect("answered");
    let answers = portal.read(|conn| response.answers(conn));
    assert_eq!(answers.iter().map(|answer| answer.confidence.value()).collect::<Vec<_>>(), [1]);
    assert_eq!(response.came_by, CameBy::Link);
}

#[test]
fn a_lead_finds_no_way_to_one_persons_answers() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    asha.visit("/my/skills-audit").press("Start now").choose(FIRST, "Not yet").press("Save and come back later");
    asha.press("Finish and see your results");
    let account = asha.account().id;
    let person = portal.read(|conn| youth_charter::organisations::find_person_of(conn, account)).expect("a person").id;
    let response = response_of(&portal, &organisation, person).expect("answered").id;
    let home = format!("/organisations/{}/skills-audit", organisation.slug);
    for path in [
        format!("{home}/people/{person}"),
        format!("{home}/people/{person}/results"),
        format!("{home}/people/{person}/answers"),
        format!("{home}/people/{person}/paper"),
        format!("{home}/responses/{response}"),
        format!("/my/skills-audit/{}/{person}", organisation.slug),
        format!("/skills-audit/{response}"),
        format!("/skills-audit/{response}/answers"),
    ] {
        assert_eq!(lead.ask(&path).status, 404, "{path}");
    }
    let confidence = [("confidence-spot-signs-of-harm", "5")];
    assert_eq!(lead.send(&format!("{home}/people/{person}/paper"), &confidence).status, 404);
    lead.visit(&desk_of(&organisation)).does_not_see(asha.name());
    // Their own address is their own audit.
    lead.visit(&format!("/my/skills-audit/{}/answers", organisation.slug)).does_not_see("Not yet.");
    let NewOrganisation { lead: mut stranger, .. } = portal.approved_organisation("Elsewhere");
    for path in ["people", "sheet", "print", "skills.csv", "skills.xlsx"] {
        assert_eq!(stranger.ask(&format!("{home}/{path}")).status, 404, "{path}");
    }
    let elsewhere = format!("/organisations/elsewhere/skills-audit/people/{person}/paper");
    assert_eq!(stranger.ask(&elsewhere).status, 404);
}

/// A lead who typed four of five sheets knows four answers: the fifth must not be what is left.
#[test]
fn what_a_lead_typed_does_not_count_towards_the_five() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let round = portal.read(Round::open_now).expect("open");
    let shown = |portal: &RunningPortal| portal.read(|conn| Picture::of(conn, round.id, organisation.id)).spreads.len();
    for number in 1..=4 {
        let person = add(&portal, &organisation, &format!("Person {number}"));
        lead.visit(&format!("{}/{person}/paper", desk_of(&organisation))).choose(FIRST, "Not yet");
        lead.press("Save this sheet");
    }
    let mut asha = portal.practitioner_of(&organisation);
    asha.visit("/my/skills-audit").press("Start now").choose(FIRST, "Could teach it").press("Save and come back later");
    asha.press("Finish and see your results");
    assert_eq!(shown(&portal), 0, "the fifth answer would be what is left");
    for number in 5..=8 {
        let mut other = portal.practitioner_of(&organisation);
        other.visit("/my/skills-audit").press("Start now").choose(FIRST, "Fairly").press("Save and come back later");
        other.press("Finish and see your results");
        assert_eq!(shown(&portal), usize::from(number == 8), "{number}");
    }
    let answers: i64 = portal.read(|conn| Ok(skills_answers::table.count().get_result(conn)?));
    assert_eq!(answers, 9);
    lead.visit(&format!("/organisations/{}/skills-audit", organisation.slug)).sees("9 of 10 people");
    lead.sees("4 of 9 answered ‘Not yet’ or ‘A little’.");
}
