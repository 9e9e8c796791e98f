//! The skills audit: answered in pieces, private, and shown to an organisation only in groups of five.

use std::collections::BTreeMap;

use diesel::prelude::*;
use rand::prelude::*;
use rand::rngs::StdRng;
use youth_charter::db::DbConnection;
use youth_charter::db::schema::{skills_answers, skills_responses};
use youth_charter::error::{Error, Result};
use youth_charter::ids::{OrganisationId, PersonId, SkillId, SkillsResponseId};
use youth_charter::organisations::{Engagement, MembershipRole, Organisation, Position, add_without_account};
use youth_charter::skills_audit::{
    Answer, Confidence, Instrument, Picture, Response, Round, RoundTerms, answer_group, begin, close_round, finish,
    open_round,
};

use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal};

const FIRST: &str = "I can spot signs that a young person may be being harmed or neglected.";
const SECOND: &str = "I can listen and respond well when a young person tells me about harm.";
const WISH: &str = "I would like training in this";

fn audit_of(organisation: &Organisation) -> String {
    format!("/my/skills-audit/{}", organisation.slug)
}

fn picture_of(organisation: &Organisation) -> String {
    format!("/organisations/{}/skills-audit", organisation.slug)
}

fn the_round(portal: &RunningPortal) -> Round {
    portal.read(Round::latest).expect("content opens a round")
}

fn new_person(portal: &RunningPortal, organisation: OrganisationId, name: &str) -> PersonId {
    let position =
        Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };
    portal.act(|act| add_without_account(act, organisation, name, position)).person.id
}

fn answer(skill: &SkillId, confidence: i32, wants: bool) -> Answer {
    Answer { skill: skill.clone(), confidence: Confidence::new(confidence).expect("1 to 5"), wants }
}

/// The copies of answers that the picture is made of.
type Shown = BTreeMap<SkillId, BTreeMap<SkillsResponseId, (i32, bool)>>;

fn shown_now(conn: &mut DbConnection) -> Result<Shown> {
    use youth_charter::db::schema::skills_shown_answers::dsl;
    let rows: Vec<(SkillId, SkillsResponseId, i32, bool)> =
        dsl::skills_shown_answers.select((dsl::skill_id, dsl::response_id, dsl::confidence, dsl::wants)).load(conn)?;
    let mut shown = Shown::new();
    for (skill, response, confidence, wants) in rows {
        shown.entry(skill).or_default().insert(response, (confidence, wants));
    }
    Ok(shown)
}

/// Someone who answers the whole first group alike and finishes.
fn finish_alike(portal: &RunningPortal, organisation: OrganisationId, confidence: i32, wants: bool) -> PersonId {
    let round = the_round(portal);
    let person = new_person(portal, organisation, "Someone");
    portal.act(|act| {
        let instrument = Instrument::load(act.conn)?;
        let group = &instrument.groups[0].id;
        let answers: Vec<_> = instrument.skills_of(group).map(|s| answer(&s.id, confidence, wants)).collect();
        let response = begin(act, round.id, organisation, person)?;
        answer_group(act, &response, group, &answers)?;
        finish(act, &response)
    });
    person
}

fn start(person: &mut Person) -> &mut Person {
    person.visit("/my/skills-audit").press("Start now")
}

#[test]
fn a_practitioner_stops_comes_back_and_finishes() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);

    asha.visit("/my/skills-audit").sees("36 things").sees("about 8 minutes").sees("Only you").press("Start now");
    asha.sees("Part 1 of 8").choose(FIRST, "A little").choose(SECOND, "Could teach it");
    asha.tick_in(FIRST, WISH).press("Save and come back later");
    asha.sees("Your answers are saved").sees("2 of 36 questions answered").sees("2 of 5 answered");

    let mut later = portal.signed_in(asha.account());
    later.visit("/my/skills-audit").follow("Continue").sees("Part 1 of 8");
    let ticked = later.page().all("input[checked]").iter().filter_map(|i| i.attr("id")).collect::<Vec<_>>().join(" ");
    assert_eq!(ticked, "confidence-spot-signs-of-harm-2 wants-spot-signs-of-harm confidence-respond-to-a-disclosure-5");
    later.press("Save and continue").sees("Part 2 of 8");
    for part in 3..=8 {
        later.press("Save and continue").sees(&format!("Part {part} of 8"));
    }
    later.press("Save and continue").sees("What makes training hard for you?");
    later.tick("It costs too much").press("Save and continue").sees("What training do you hold already?");
    later.tick("SEND").press("Save and continue").sees("In your own words");
    later.fill("What one thing would help you most in your work with young people?", "A quiet room.");
    later.press("Save and continue");
    later.sees("34 questions are not answered yet").press("Finish and see your results");
    later
        .sees("Your next step")
        .sees("Safeguarding")
        .sees("You would like training in this")
        .sees("No session has a free place");
    later.sees("You left out 34 questions. They do not count for or against you.");
    later.sees("You said training costs too much. Each session says its price before you book.");
    later.follow("Get a copy of your answers").sees("A little. You would like training in this.").sees("A quiet room.");
    later.sees("It costs too much").sees("SEND").visit(&format!("{}/results", audit_of(&organisation)));
    let text = later.reads();
    let (good, grow) = text.split_once("Where you could grow").expect("both lists are there");
    assert!(good.contains(SECOND) && !good.contains(FIRST) && grow.contains(FIRST) && !grow.contains(SECOND));
}

#[test]
fn answers_can_be_changed_and_finished_again_while_the_round_is_open() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    start(&mut asha).choose(FIRST, "Not yet").press("Save and come back later");
    asha.press("Finish and see your results").sees("Where you could grow");
    asha.follow("Change your answers").sees("You have finished").follow("Keeping young people safe");
    asha.choose(FIRST, "Confident").press("Save and continue");
    assert_eq!(asha.send(&format!("{}/completion", audit_of(&organisation)), &[]).status, 303);
    assert_eq!(asha.send(&format!("{}/completion", audit_of(&organisation)), &[]).status, 303);
    asha.visit(&format!("{}/results", audit_of(&organisation)));
    asha.sees("You did not answer ‘Not yet’ or ‘A little’ to anything.");
    let finished = portal.read(|conn| Picture::of(conn, the_round(&portal).id, organisation.id)).finished;
    assert_eq!(finished, 1);
}

#[test]
fn finishing_needs_an_answer() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    start(&mut asha).visit("/my/skills-audit").press("Finish and see your results");
    assert_eq!((asha.status(), asha.problems().len()), (422, 1));
    asha.visit(&format!("{}/results", audit_of(&organisation)));
    assert_eq!(asha.heading(), "Your skills audit");
}

#[test]
fn what_is_not_an_answer_is_refused_and_what_is_no_question_is_ignored() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    start(&mut asha);
    let page = format!("{}/groups/keeping-young-people-safe", audit_of(&organisation));
    let answered =
        |portal: &RunningPortal| -> i64 { portal.read(|conn| Ok(skills_answers::table.count().get_result(conn)?)) };
    for wrong in ["0", "6", "-1", "1.5", "many", ""] {
        assert_eq!(asha.send(&page, &[("confidence-spot-signs-of-harm", wrong)]).status, 422, "{wrong:?}");
    }
    assert_eq!(answered(&portal), 0);
    let strangers = [
        ("confidence-no-such-skill", "3"),
        ("confidence-set-and-watch-a-budget", "3"),
        ("confidence-'; DROP TABLE skills; --", "3"),
    ];
    assert_eq!(asha.send(&page, &strangers).status, 303);
    assert_eq!(answered(&portal), 0, "another group's skill is not answered here");
    assert_eq!(asha.ask(&format!("{}/groups/no-such-group", audit_of(&organisation))).status, 404);
    assert_eq!(asha.send(&format!("{}/groups/no-such-group", audit_of(&organisation)), &[]).status, 404);
    assert_eq!(asha.send_from_elsewhere(&page, &[("confidence-spot-signs-of-harm", "3")]).status, 403);
    assert_eq!(answered(&portal), 0);
}

#[test]
fn a_wish_for_training_without_an_answer_is_not_lost_silently() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    start(&mut asha).tick_in(FIRST, WISH).choose(SECOND, "Fairly").press("Save and continue");
    assert_eq!(asha.status(), 422);
    assert!(asha.error_beside(FIRST).starts_with("Select how confident you are as well"));
    asha.choose(FIRST, "Fairly").press("Save and continue").sees("Part 2 of 8");
}

#[test]
fn a_closed_round_takes_no_more_and_says_so() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    start(&mut asha)
        .choose(FIRST, "Not yet")
        .press("Save and continue")
        .choose("I can calm a situation when tempers rise.", "Fairly");
    let round = the_round(&portal);
    portal.act(|act| close_round(act, &round));
    asha.press("Save and continue").sees("The skills audit is closed").sees("it was not saved");
    assert_eq!(asha.status(), 422);
    for path in ["/barriers", "/completion", ""] {
        assert_eq!(asha.send(&format!("{}{path}", audit_of(&organisation)), &[]).status, 422, "{path:?}");
    }
    asha.visit("/my/skills-audit").sees("The skills audit is closed");
    assert_eq!(asha.status(), 200);

    let person =
        portal.read(|conn| Ok(skills_responses::table.select(skills_responses::person_id).first::<PersonId>(conn)?));
    let response = portal.read(|conn| Response::of_person(conn, round.id, organisation.id, person)).expect("begun");
    let actor = asha.actor();
    let late = portal.try_act(actor.clone(), |act| answer_group(act, &response, &"leading-people".into(), &[]));
    assert!(matches!(late, Err(Error::Conflict)));
    assert!(matches!(portal.try_act(actor.clone(), |act| finish(act, &response)), Err(Error::Conflict)));
    let late = portal.try_act(actor, |act| begin(act, round.id, organisation.id, PersonId::new()));
    assert!(matches!(late, Err(Error::Conflict)));
    assert!(matches!(portal.try_act(asha.actor(), |act| close_round(act, &round)), Err(Error::Conflict)));

    portal.act(|act| open_round(act, &RoundTerms::called("The next one"))).expect("none is open");
    assert_eq!(asha.visit("/my/skills-audit").heading(), "Skills audit", "a new round begins from the start");
    asha.press("Start now").visit("/my/skills-audit").sees("0 of 36 questions answered");
}

#[test]
fn nobody_reads_another_persons_answers() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    start(&mut asha).choose(FIRST, "Not yet").press("Save and come back later");
    asha.press("Finish and see your results").sees(FIRST);

    lead.visit("/my/skills-audit").sees("Start now");
    lead.visit(&format!("{}/results", audit_of(&organisation))).does_not_see(FIRST);
    lead.visit(&picture_of(&organisation)).sees("1 person has finished so far").does_not_see(FIRST);
    lead.does_not_see(asha.name());
    let trail = portal.read(|conn| youth_charter::audit::latest_entries(conn, organisation.id, 100));
    assert!(trail.iter().all(|entry| !entry.verb.contains("skills")), "an organisation's trail tells who answered");

    let NewOrganisation { lead: mut stranger, .. } = portal.approved_organisation("Elsewhere");
    for path in ["", "/results", "/barriers", "/groups/leading-people"] {
        assert_eq!(stranger.ask(&format!("{}{path}", audit_of(&organisation))).status, 404, "{path:?}");
    }
    assert_eq!(stranger.ask(&picture_of(&organisation)).status, 404);
    let path = asha.ask(&picture_of(&organisation)).location().map(str::to_owned);
    assert_eq!(path, Some(audit_of(&organisation)), "a practitioner is led to their own audit");
}

#[test]
fn gaps_show_when_five_have_finished_and_not_before() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    for _ in 0..4 {
        finish_alike(&portal, organisation.id, 1, true);
    }
    lead.visit(&picture_of(&organisation)).sees("4 of 5 people").sees("4 people have finished so far.");
    lead.sees("Results show when five people have finished").does_not_see(FIRST);

    finish_alike(&portal, organisation.id, 5, false);
    lead.visit(&picture_of(&organisation)).sees("5 of 6 people").sees("Biggest gaps").sees(FIRST);
    lead.sees("4 of 5 answered ‘Not yet’ or ‘A little’. 4 of 5 want training.");
    lead.sees("Safeguarding").sees("At least 4 people want it, and half or more are unsure in 5 skills");
    let bars: Vec<_> = lead.page().all("svg.spread").iter().filter_map(|bar| bar.attr("aria-label")).collect();
    assert_eq!(bars, ["Not yet: 4, Could teach it: 1"; 5]);
    lead.sees("Fewer than five people’s answers are in the results for these");

    finish_alike(&portal, organisation.id, 5, false);
    lead.visit(&picture_of(&organisation)).sees("6 of 7 people").sees("1 person’s answers are waiting");
    lead.sees("4 of 5 answered");
    assert!(!lead.reads().contains("of 6 answered"), "the sixth answer can be read off by subtracting");
}

#[test]
fn those_who_have_left_are_not_counted_but_stay_in_the_picture() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let leaver = (0..5).map(|_| finish_alike(&portal, organisation.id, 2, false)).last().expect("five people");
    portal.act(|act| {
        use youth_charter::db::schema::memberships;
        diesel::update(memberships::table.filter(memberships::person_id.eq(leaver)))
            .set(memberships::state.eq("left"))
            .execute(act.conn)?;
        Ok(())
    });
    lead.visit(&picture_of(&organisation)).sees("4 of 5 people").sees("5 of 5 answered ‘Not yet’ or ‘A little’.");
}

#[test]
fn no_picture_and_no_difference_of_pictures_tells_of_fewer_than_five_people() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let NewOrganisation { organisation: other, .. } = portal.approved_organisation("Elsewhere");
    let round = the_round(&portal);
    let instrument = portal.read(Instrument::load);
    let staff: Vec<_> =
        (0..9).map(|n| (organisation.id, new_person(&portal, organisation.id, &format!("Person {n}")))).collect();
    let others: Vec<_> = (0..4).map(|n| (other.id, new_person(&portal, other.id, &format!("Other {n}")))).collect();
    let everyone = [staff, others].concat();
    let mut rng = StdRng::seed_from_u64(5);
    let mut before = Shown::new();
    let mut redrawn = 0;
    for step in 0..600 {
        let (body, person) = *everyone.choose(&mut rng).expect("somebody");
        let group = &instrument.groups[rng.random_range(0..3)].id;
        let answers: Vec<_> = instrument
            .skills_of(group)
            .filter_map(|skill| {
                let made = answer(&skill.id, rng.random_range(1..=5), rng.random_bool(0.3));
                rng.random_bool(0.8).then_some(made)
            })
            .collect();
        let finishes = rng.random_bool(0.3);
        let (now, picture, hidden) = portal.act(|act| {
            let response = begin(act, round.id, body, person)?;
            answer_group(act, &response, group, &answers)?;
            if finishes {
                finish(act, &response)?;
            }
            let hidden = Picture::of(act.conn, round.id, other.id)?;
            Ok((shown_now(act.conn)?, Picture::of(act.conn, round.id, organisation.id)?, hidden))
        });

        assert_eq!((hidden.shown, hidden.spreads.len()), (0, 0), "four people are never shown");
        for spread in &picture.spreads {
            assert!(spread.people() >= 5, "step {step}: {spread:?}");
            assert!(spread.wanting <= spread.people());
            let rows = &now[&spread.skill];
            let at = |value| rows.values().filter(|(confidence, _)| *confidence == value).count() as i64;
            assert_eq!(spread.people_at, [at(1), at(2), at(3), at(4), at(5)]);
        }
        assert!(picture.finished >= 5 || picture.spreads.is_empty());
        for skill in &instrument.skills {
            let (old, new) = (before.get(&skill.id).cloned().unwrap_or_default(), now.get(&skill.id));
            let new = new.cloned().unwrap_or_default();
            let changed = new.iter().filter(|(response, cell)| old.get(*response) != Some(*cell)).count();
            let lost = old.keys().filter(|response| !new.contains_key(*response)).count();
            assert!(changed >= 5 || (changed, lost) == (0, 0), "step {step}: {changed} changed, {lost} were lost");
            redrawn += usize::from(changed > 0);
        }
        before = now;
    }
    assert!(redrawn > 30, "the picture was drawn {redrawn} times: too seldom to say anything");
}

#[test]
fn someone_in_two_organisations_answers_for_each() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let NewOrganisation { organisation: second, .. } = portal.approved_organisation("Youth Works");
    let account = lead.account().clone();
    portal.act(|act| {
        let person = youth_charter::organisations::person_of(act, account.id, &account.name)?;
        let position =
            Position { role: MembershipRole::Practitioner, engagement: Engagement::Paid, accountable: false };
        youth_charter::organisations::join(act, second.id, person, position)
    });
    let mut lead = lead;
    lead.visit("/my/skills-audit").follow("Youth Works").press("Start now");
    lead.choose(FIRST, "Not yet").press("Save and come back later");
    lead.visit("/my/skills-audit").sees("1 answered").sees("Not started").follow("The Hub").sees("Start now");
    assert_eq!(lead.path(), audit_of(&organisation));
}

#[test]
fn someone_without_an_approved_organisation_is_told() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.draft_organisation("The Hub");
    lead.visit("/my/skills-audit").sees("You are not in an approved organisation yet");
    assert_eq!(lead.ask(&audit_of(&organisation)).status, 403);
    let mut nobody = portal.visitor();
    let answer = nobody.ask("/my/skills-audit");
    assert_eq!(answer.location(), Some("/sign-in?next=%2Fmy%2Fskills-audit"));
}
