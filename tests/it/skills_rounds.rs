//! Rounds of the skills audit: planned, opened and closed, for whom, with letters and reminders; and questions that change.

use chrono::{Datelike, Duration, NaiveDate};
use diesel::prelude::*;
use youth_charter::error::Error;
use youth_charter::ids::DistrictCode;
use youth_charter::organisations::Organisation;
use youth_charter::reminders::do_what_is_due;
use youth_charter::skills_audit::{
    Answer, Confidence, Instrument, Response, Round, RoundTerms, answer_group, begin, close_round, finish, open_round,
    retire_skill,
};

use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal};

const FIRST: &str = "I can spot signs that a young person may be being harmed or neglected.";

fn close_the_round(portal: &RunningPortal) {
    let round = portal.read(Round::open_now).expect("a round is open");
    portal.act(|act| close_round(act, &round));
}

/// Closes the round that came with the content and opens one with a last day.
fn round_until(portal: &RunningPortal, closes_on: NaiveDate, districts: Vec<DistrictCode>) -> Round {
    close_the_round(portal);
    let terms = RoundTerms { title: "Autumn audit".to_owned(), closes_on: Some(closes_on), districts };
    portal.act(|act| open_round(act, &terms)).expect("none is open")
}

fn district_of(portal: &RunningPortal, organisation: &Organisation) -> DistrictCode {
    use youth_charter::db::schema::organisation_districts::dsl;
    let (table, id) = (dsl::organisation_districts, organisation.id);
    portal.read(|conn| Ok(table.filter(dsl::organisation_id.eq(id)).select(dsl::district_code).first(conn)?))
}

/// The letters about a round that somebody has had.
fn letters_to(portal: &RunningPortal, address: &str) -> Vec<String> {
    portal.letters_to(address).into_iter().map(|letter| letter.subject).collect()
}

#[test]
fn the_vrp_closes_a_round_and_opens_the_next() {
    let portal = spawn_portal();
    let mut steward = portal.steward();
    steward.visit("/vrp/skills-audit").sees("Open now: Skills audit").press("Close this round");
    steward.sees("No round is open").press("Open this round");
    assert_eq!(steward.problems(), ["Enter a name for the round, like Skills audit 2027/28"]);
    steward.fill("Name of the round", "Spring check").press("Open this round").sees("Open now: Spring check");
    assert_eq!(steward.send("/vrp/skills-audit/rounds", &[("title", "Another")]).status, 422, "one is open already");
    steward.visit("/vrp/skills-audit").press("Close this round");
    assert_eq!(steward.send("/vrp/skills-audit/closure", &[]).status, 409);
    let NewOrganisation { mut lead, .. } = portal.approved_organisation("The Hub");
    assert_eq!(lead.ask("/vrp/skills-audit").status, 403);
    assert_eq!(lead.send("/vrp/skills-audit/rounds", &[("title", "Mine")]).status, 403);
    assert_eq!(lead.send("/vrp/skills-audit/closure", &[]).status, 403);
}

#[test]
fn a_planned_round_opens_and_closes_on_its_days() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let mut steward = portal.steward();
    let (opens, closes) = (portal.today() + Duration::days(10), portal.today() + Duration::days(30));
    steward.visit("/vrp/skills-audit").fill("Name of the round", "Next audit");
    steward.fill_date("First day (optional)", closes).fill_date("Last day (optional)", opens).press("Plan this round");
    assert_eq!(steward.problems(), ["Last day must be the same as or after the first day"]);
    steward.fill_date("First day (optional)", opens).fill_date("Last day (optional)", closes).press("Plan this round");
    steward.sees("The round is planned").sees("Planned: Next audit");
    assert_eq!(send_plan(&mut steward, "Third", opens), 422, "one is planned already");

    portal.advance(Duration::days(11));
    do_what_is_due(&portal.inside).expect("done");
    let title = |portal: &RunningPortal| portal.read(Round::open_now).map(|round| round.title);
    assert!(title(&portal).is_some_and(|title| title.starts_with("Skills audit")), "the other one is open still");
    close_the_round(&portal);
    let done = do_what_is_due(&portal.inside).expect("done");
    assert_eq!((done.rounds_turned, title(&portal)), (1, Some("Next audit".to_owned())));
    assert_eq!(letters_to(&portal, lead.email()), ["Next audit: invite your people"]);

    let mut asha = portal.practitioner_of(&organisation);
    asha.visit("/my/skills-audit").sees("Answers are taken until the end of").press("Start now");
    portal.advance(Duration::days(20));
    let done = do_what_is_due(&portal.inside).expect("done");
    assert_eq!((done.rounds_turned, title(&portal)), (1, None), "its last day is over");
    assert_eq!(do_what_is_due(&portal.inside).expect("done").rounds_turned, 0);
    portal.read_all_letters();
}

/// Someone sends the form of a round that begins on a day; the status.
fn send_plan(person: &mut Person, title: &str, day: NaiveDate) -> u16 {
    let (on, month, year) = (day.day().to_string(), day.month().to_string(), day.year().to_string());
    let fields = [("title", title), ("opens-day", &on), ("opens-month", &month), ("opens-year", &year)];
    person.send("/vrp/skills-audit/rounds", &fields).status
}

#[test]
fn a_plan_can_be_withdrawn_and_a_last_day_is_not_past() {
    let portal = spawn_portal();
    let mut steward = portal.steward();
    let day = portal.today() + Duration::days(5);
    assert_eq!(send_plan(&mut steward, "Next", day), 303);
    steward.visit("/vrp/skills-audit").sees("Planned: Next").press("Withdraw this plan").does_not_see("Planned: Next");
    assert_eq!(steward.send("/vrp/skills-audit/plan/withdrawal", &[]).status, 409);
    close_the_round(&portal);
    steward.visit("/vrp/skills-audit").fill("Name of the round", "Late");
    steward.fill_date("Last day (optional)", portal.today() - Duration::days(1)).press("Open this round");
    assert_eq!(steward.problems(), ["Last day must be today or later"]);
}

#[test]
fn a_round_for_some_districts_asks_nobody_elsewhere() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let NewOrganisation { organisation: far, lead: far_lead } = portal.approved_organisation("Far Away");
    let here = district_of(&portal, &organisation);
    portal.act(|act| {
        use youth_charter::db::schema::organisation_districts::dsl;
        let elsewhere = dsl::organisation_districts.filter(dsl::organisation_id.eq(far.id));
        diesel::update(elsewhere).set(dsl::district_code.eq("E07000174")).execute(act.conn)?;
        Ok(())
    });
    assert_ne!(here.as_str(), "E07000174");
    round_until(&portal, portal.today() + Duration::days(20), vec![here]);
    do_what_is_due(&portal.inside).expect("done");
    assert_eq!(letters_to(&portal, lead.email()), ["Autumn audit: invite your people"]);
    assert!(letters_to(&portal, far_lead.email()).is_empty());

    let mut near = portal.practitioner_of(&organisation);
    near.visit("/my/skills-audit").sees("Start now");
    let mut asha = portal.practitioner_of(&far);
    asha.visit("/my/skills-audit").sees("This round is not for your organisation");
    let start = format!("/my/skills-audit/{}", far.slug);
    assert_eq!(asha.send(&start, &[]).status, 422, "nothing can be begun");
    let mut far_lead = far_lead;
    far_lead
        .visit(&format!("/organisations/{}/skills-audit/people", far.slug))
        .sees("for organisations in other districts");
    assert_eq!(far_lead.send(&format!("/organisations/{}/skills-audit/entry", far.slug), &[]).status, 409);
}

#[test]
fn people_are_reminded_twice_until_they_have_finished_and_each_letter_goes_once() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let round = round_until(&portal, portal.today() + Duration::days(21), Vec::new());
    let (asha, ben) = (portal.practitioner_of(&organisation), portal.practitioner_of(&organisation));
    let looks_on = portal.viewer_of(&organisation);
    let mut lead = lead;
    lead.visit(&format!("/organisations/{}/skills-audit/people", organisation.slug)).press("Take part");
    lead.sees("Your organisation takes part").sees("0 of 4 people (0%)");
    do_what_is_due(&portal.inside).expect("done");
    portal.read_all_letters();

    portal.advance(Duration::days(8));
    assert_eq!(do_what_is_due(&portal.inside).expect("done").rounds_told, 1);
    assert_eq!(do_what_is_due(&portal.inside).expect("done").rounds_told, 0, "once");
    for person in [&asha, &ben] {
        assert_eq!(letters_to(&portal, person.email()), ["Reminder: The Hub asks what training would help you"]);
    }
    assert!(letters_to(&portal, looks_on.email()).is_empty(), "who looks on is not asked");
    portal.read_all_letters();

    let person = asha.account().id;
    portal.act(|act| {
        let person = youth_charter::organisations::find_person_of(act.conn, person)?.expect("a member is a person");
        let instrument = Instrument::of(act.conn, round.instrument)?;
        let skill = instrument.skills[0].id.clone();
        let answer = Answer { skill, confidence: Confidence::new(2).expect("1 to 5"), wants: true };
        let response = begin(act, round.id, organisation.id, person.id)?;
        answer_group(act, &response, &instrument.groups[0].id, &[answer])?;
        finish(act, &response)
    });
    portal.advance(Duration::days(11));
    do_what_is_due(&portal.inside).expect("done");
    assert!(letters_to(&portal, asha.email()).is_empty(), "whoever has finished is left alone");
    assert_eq!(letters_to(&portal, ben.email()).len(), 1);
    portal.read_all_letters();

    portal.advance(Duration::days(4));
    do_what_is_due(&portal.inside).expect("done");
    do_what_is_due(&portal.inside).expect("done");
    assert_eq!(letters_to(&portal, lead.email()), ["Autumn audit is closed: see what it shows"]);
    assert!(letters_to(&portal, ben.email()).is_empty());
    portal.read_all_letters();
}

#[test]
fn a_round_without_a_last_day_writes_to_nobody() {
    let portal = spawn_portal();
    let NewOrganisation { lead, .. } = portal.approved_organisation("The Hub");
    do_what_is_due(&portal.inside).expect("done");
    portal.advance(Duration::days(9));
    assert_eq!(do_what_is_due(&portal.inside).expect("done").rounds_told, 0);
    assert!(letters_to(&portal, lead.email()).iter().all(|subject| !subject.contains("audit")));
    portal.read_all_letters();
}

#[test]
fn a_skill_retired_in_the_middle_of_a_round_is_asked_no_more_and_nothing_is_lost() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    asha.visit("/my/skills-audit").press("Start now").choose(FIRST, "Not yet").press("Save and come back later");
    asha.sees("1 of 36 questions answered").follow("Continue").sees(FIRST);

    let mut steward = portal.steward();
    steward.visit("/vrp/skills-audit/questions").sees("This is version 1").follow(FIRST).press("Retire this skill");
    steward.sees("This is version 2").sees("No longer asked").sees(&format!("No longer asked: {FIRST}"));
    assert!(
        steward.visit("/vrp/skills-audit/questions/build-trust").reads().contains("can be changed once it has closed")
    );
    let words = [("statement", "I can build trust."), ("standard", "")];
    assert_eq!(steward.send("/vrp/skills-audit/questions/build-trust", &words).status, 422, "a round is open");
    assert_eq!(steward.send("/vrp/skills-audit/questions/no-such-skill/retirement", &[]).status, 404);

    // The page was open when the skill was retired: what was answered there is saved, and the retired one left out.
    asha.choose("I can listen and respond well when a young person tells me about harm.", "Fairly");
    asha.press("Save and come back later").sees("1 of 35 questions answered");
    asha.press("Finish and see your results").does_not_see(FIRST);
    asha.visit(&format!("/my/skills-audit/{}/groups/keeping-young-people-safe", organisation.slug)).does_not_see(FIRST);

    close_the_round(&portal);
    steward.visit("/vrp/skills-audit/questions").press(&format!("Ask again: {FIRST}")).sees("This is version 3");
    assert_eq!(steward.send("/vrp/skills-audit/questions/build-trust", &words).status, 303);
    let latest = portal.read(Instrument::load);
    assert_eq!((latest.number, latest.skills.len()), (4, 36));
    let reworded = latest.skill(&"build-trust".into()).map(|skill| skill.statement.clone());
    assert_eq!(reworded.as_deref(), Some("I can build trust."), "the same skill in other words");
    let before = portal.read(|conn| Instrument::of(conn, 2));
    assert_eq!(before.skills.len(), 35, "versions that were asked stay as they were");
}

#[test]
fn the_last_skill_stays() {
    let portal = spawn_portal();
    let steward = portal.steward();
    let by = steward.account().id;
    let skills: Vec<_> = portal.read(Instrument::load).skills.into_iter().map(|skill| skill.id).collect();
    for skill in &skills[1..] {
        portal.act(|act| retire_skill(act, skill, by));
    }
    let last = portal.try_act(steward.actor(), |act| retire_skill(act, &skills[0], by));
    assert!(matches!(last, Err(Error::Conflict)));
}

/// What a person had saved in a round that closed is theirs: a clear page, and a copy.
#[test]
fn answers_after_the_close_are_refused_on_a_clear_page_that_offers_a_copy() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    asha.visit("/my/skills-audit").press("Start now").choose(FIRST, "Not yet").press("Save and continue");
    asha.choose("I can calm a situation when tempers rise.", "Fairly");
    close_the_round(&portal);
    asha.press("Save and continue").sees("The skills audit is closed").sees("it was not saved");
    assert_eq!(asha.status(), 422);
    asha.follow("Get a copy of your answers").sees("A copy of your answers").sees("Not yet").sees("Not answered");
    let person = asha.account().id;
    let kept = portal.read(|conn| {
        let person = youth_charter::organisations::find_person_of(conn, person)?.expect("a member is a person");
        let (response, _) = Response::latest_of(conn, organisation.id, person.id)?.expect("they began");
        response.answers(conn)
    });
    assert_eq!(kept.len(), 1);
}
