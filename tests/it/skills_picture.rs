//! An organisation's gaps: by role, by name of those who agreed, since the round before, as a plan, a file and a page on paper.

use youth_charter::ids::{OrganisationId, PersonId};
use youth_charter::organisations::{Engagement, MembershipRole, Organisation, Position, add_without_account};
use youth_charter::skills_audit::{
    Answer, Confidence, Instrument, Picture, Round, RoundTerms, WorkRole, answer_group, begin, close_round, enter,
    finish, open_round, say_in_words,
};

use crate::harness::{NewOrganisation, RunningPortal, spawn_portal};

const FIRST: &str = "I can spot signs that a young person may be being harmed or neglected.";

fn page_of(organisation: &Organisation) -> String {
    format!("/organisations/{}/skills-audit", organisation.slug)
}

fn add(portal: &RunningPortal, organisation: OrganisationId, name: &str, engagement: Engagement) -> PersonId {
    let position = Position { role: MembershipRole::Practitioner, engagement, accountable: false };
    portal.act(|act| add_without_account(act, organisation, name, position)).person.id
}

/// Someone answers the first group alike, says whether their leads may see their name, and finishes.
fn answer(portal: &RunningPortal, organisation: OrganisationId, person: PersonId, said: i32, wants: bool, names: bool) {
    let round = portal.read(Round::open_now).expect("open");
    portal.act(|act| {
        let instrument = Instrument::of(act.conn, round.instrument)?;
        let group = &instrument.groups[0].id;
        let confidence = Confidence::new(said).expect("1 to 5");
        let answers: Vec<_> =
            instrument.skills_of(group).map(|skill| Answer { skill: skill.id.clone(), confidence, wants }).collect();
        let response = begin(act, round.id, organisation, person)?;
        answer_group(act, &response, group, &answers)?;
        say_in_words(act, &response, &[], names)?;
        finish(act, &response)
    });
}

#[test]
fn roles_are_shown_apart_where_many_have_them_and_add_up_to_everyone() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let id = organisation.id;
    let paid: Vec<_> = (0..12).map(|n| add(&portal, id, &format!("Paid {n}"), Engagement::Paid)).collect();
    let volunteers: Vec<_> = (0..14).map(|n| add(&portal, id, &format!("Vol {n}"), Engagement::Volunteer)).collect();
    let round = portal.read(Round::open_now).expect("open");
    portal.act(|act| enter(act, round.id, id));
    let picture = |portal: &RunningPortal| portal.read(|conn| Picture::of(conn, round.id, id));
    for person in &paid[..4] {
        answer(&portal, id, *person, 1, true, false);
    }
    for person in &volunteers[..6] {
        answer(&portal, id, *person, 5, false, false);
    }
    let before = picture(&portal);
    assert_eq!(before.by_role.iter().map(|(group, _)| *group).collect::<Vec<_>>(), [Some(WorkRole::Volunteer)]);
    assert_eq!(before.spreads[0].people(), 6 - 1, "the sixth waits, and so do four who are paid");
    answer(&portal, id, paid[4], 1, true, false);
    let now = picture(&portal);
    for spread in &now.spreads {
        let of_groups: Vec<_> = now
            .by_role
            .iter()
            .filter_map(|(_, spreads)| spreads.iter().find(|other| other.skill == spread.skill))
            .collect();
        assert!(of_groups.iter().all(|group| group.people() >= 5));
        assert_eq!(of_groups.iter().map(|group| group.people()).sum::<i64>(), spread.people());
        assert_eq!((spread.people(), spread.low()), (10, 5));
    }
    lead.visit(&page_of(&organisation)).sees("By role").sees("All other roles").sees("Volunteers").sees("5 of 5");
}

#[test]
fn names_stand_beside_wishes_only_of_those_who_agreed_and_finished() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let id = organisation.id;
    let people: Vec<_> =
        ["Amina", "Ben", "Cai", "Dot", "Eve", "Fay"].map(|name| add(&portal, id, name, Engagement::Volunteer)).to_vec();
    answer(&portal, id, people[0], 1, true, true);
    answer(&portal, id, people[1], 1, true, false);
    lead.visit(&page_of(&organisation)).does_not_see("Ben");
    for person in &people[2..5] {
        answer(&portal, id, *person, 2, true, false);
    }
    // One of the five is known by name: what the others want could be had by taking it away.
    lead.visit(&page_of(&organisation))
        .sees("No skill has five answers yet that can be shown")
        .does_not_see("Biggest gaps");
    answer(&portal, id, people[5], 2, false, false);
    lead.visit(&page_of(&organisation)).sees("Biggest gaps").sees("Who wants what").sees("Amina").sees("Safeguarding");
    for name in ["Ben", "Cai", "Dot", "Eve", "Fay"] {
        lead.does_not_see(name);
    }
}

#[test]
fn agreeing_comes_before_finishing_and_can_be_taken_back() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    let own = format!("/my/skills-audit/{}", organisation.slug);
    let share = "Show my leads which training I want, with my name";
    asha.visit(&own).press("Start now").choose(FIRST, "Not yet").tick_in(FIRST, "I would like training in this");
    asha.press("Save and come back later").follow("In your own words").tick(share).press("Save and continue");
    asha.press("Finish and see your results");
    // It is shown only once others have finished too.
    for _ in 0..5 {
        let person = add(&portal, organisation.id, "Someone", Engagement::Volunteer);
        answer(&portal, organisation.id, person, 2, true, false);
    }
    let name = asha.name().to_owned();
    lead.visit(&page_of(&organisation)).sees(&name);
    asha.visit(&format!("{own}/words")).untick(share).press("Save and continue");
    lead.visit(&page_of(&organisation)).does_not_see(&name);

    let mut ben = portal.practitioner_of(&organisation);
    ben.visit(&own).press("Start now").choose(FIRST, "Not yet").press("Save and come back later");
    ben.press("Finish and see your results").visit(&format!("{own}/words")).does_not_see(share);
    assert_eq!(ben.send(&format!("{own}/words"), &[("shares", "yes")]).status, 303);
    lead.visit(&page_of(&organisation)).does_not_see(ben.name());
}

#[test]
fn what_the_page_suggests_goes_on_the_training_plan_and_nothing_else() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    for n in 0..5 {
        let person = add(&portal, organisation.id, &format!("Person {n}"), Engagement::Volunteer);
        answer(&portal, organisation.id, person, 1, n < 3, false);
    }
    let plan = format!("/organisations/{}/training/plan", organisation.slug);
    lead.visit(&plan).sees("Nothing is planned yet").follow("See skills and gaps");
    lead.sees("At least 3 people want it, and half or more are unsure in 5 skills");
    lead.tick("Safeguarding").press("Add to your training plan");
    assert_eq!(lead.path(), plan);
    lead.sees("1 module is added to your training plan").sees("Safeguarding").sees("No session has a free place");
    let base = portal.appointed_provider("Base 51");
    portal.open_session(&base, portal.plan_for("safeguarding", 8));
    lead.visit(&plan).sees("Book places: 1 session has a free place");
    lead.visit(&page_of(&organisation)).sees("Safeguarding: planned.");

    let address = format!("{}/plan", page_of(&organisation));
    for nonsense in ["finance", "governance", "safeguarding", "'; --"] {
        assert_eq!(lead.send(&address, &[("modules", nonsense)]).status, 303, "{nonsense}");
    }
    lead.visit(&plan).press("Mark as done: Safeguarding").sees("Nothing is planned yet");
    let mut viewer = portal.viewer_of(&organisation);
    viewer.visit(&page_of(&organisation)).sees("What you could plan");
    assert_eq!(viewer.send(&address, &[("modules", "safeguarding")]).status, 403);
    let mut asha = portal.practitioner_of(&organisation);
    assert_eq!(asha.ask(&plan).status, 403);
    portal.read_all_letters();
}

#[test]
fn what_is_shown_is_taken_along_and_nothing_more() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    for n in 0..4 {
        let person = add(&portal, organisation.id, &format!("Person {n}"), Engagement::Volunteer);
        answer(&portal, organisation.id, person, 1, true, false);
    }
    let csv = format!("{}/skills.csv", page_of(&organisation));
    assert!(!lead.ask(&csv).text().contains(FIRST), "four people are not shown");
    lead.visit(&format!("{}/print", page_of(&organisation))).sees("4 people have finished so far").does_not_see(FIRST);
    let person = add(&portal, organisation.id, "Person 5", Engagement::Volunteer);
    answer(&portal, organisation.id, person, 4, false, false);
    let file = lead.ask(&csv).text();
    assert!(file.contains(&format!("{FIRST},Safeguarding,Everyone,5,4,0,0,1,0,4")), "{file}");
    assert_eq!(lead.ask(&format!("{}/skills.xlsx", page_of(&organisation))).status, 200);
    lead.visit(&format!("{}/print", page_of(&organisation))).sees(FIRST).sees("What would close the gaps");
    let mut asha = portal.practitioner_of(&organisation);
    for path in ["print", "skills.csv", "skills.xlsx"] {
        assert_eq!(asha.ask(&format!("{}/{path}", page_of(&organisation))).status, 403, "{path}");
    }
}

#[test]
fn a_round_is_compared_with_the_one_before() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let people: Vec<_> =
        (0..5).map(|n| add(&portal, organisation.id, &format!("Person {n}"), Engagement::Volunteer)).collect();
    people.iter().for_each(|person| answer(&portal, organisation.id, *person, 1, true, false));
    let first = portal.read(Round::open_now).expect("open");
    portal.act(|act| close_round(act, &first));
    portal.act(|act| open_round(act, &RoundTerms::called("The next"))).expect("none is open");
    lead.visit(&page_of(&organisation)).does_not_see("What has changed since");
    people.iter().for_each(|person| answer(&portal, organisation.id, *person, 4, false, false));
    lead.visit(&page_of(&organisation)).sees("What has changed since").sees("100% (5 of 5)").sees("0% (0 of 5)");
    lead.sees("Fewer unsure");
    lead.visit(&format!("{}?round={}", page_of(&organisation), first.id)).sees("5 of 5 answered");
    assert_eq!(lead.ask(&format!("{}?round=nonsense", page_of(&organisation))).status, 404);
}
