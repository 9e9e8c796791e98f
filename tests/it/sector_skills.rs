//! The skills audit across the sector: counts that are kept as people answer, against a count of everything; and what the VRP
//! reads of them. What may be said of people is judged in `skills_rule`.

use chrono::Duration;
use diesel::prelude::*;
use rand::prelude::*;
use rand::rngs::StdRng;
use youth_charter::acts::Act;
use youth_charter::audit::Actor;
use youth_charter::db::schema::{organisation_districts, skills_counts, skills_organisation_counts};
use youth_charter::error::{Error, Result};
use youth_charter::ids::{DistrictCode, OrganisationId, PersonId};
use youth_charter::organisations::{Engagement, MembershipRole, Position, add_without_account};
use youth_charter::reminders::{count_skills, do_what_is_due};
use youth_charter::sector_skills::{go_on_with_counts_by, recount_round};
use youth_charter::skills_audit::{
    Answer, Barrier, Confidence, Instrument, Response, Round, RoundTerms, answer_group, begin, close_round, finish,
    hand_over_responses, name_barriers, open_round, say_held, say_in_words,
};
use youth_charter::takeaway::Someone;

use crate::harness::{NewOrganisation, RunningPortal, count_statements, spawn_portal, statements_on};

const NOTTINGHAM: &str = "E06000018";
const MANSFIELD: &str = "E07000174";
const GEDLING: &str = "E07000173";

fn the_round(portal: &RunningPortal) -> Round {
    portal.read(Round::latest).expect("content opens a round")
}

fn move_to(portal: &RunningPortal, organisation: OrganisationId, district: &str) {
    portal.act(|act| {
        diesel::update(organisation_districts::table.filter(organisation_districts::organisation_id.eq(organisation)))
            .set(organisation_districts::district_code.eq(DistrictCode::from(district)))
            .execute(act.conn)?;
        Ok(())
    });
}

/// A club in a district with so many volunteers.
fn club(portal: &RunningPortal, name: &str, district: &str, volunteers: usize) -> (OrganisationId, Vec<PersonId>) {
    let NewOrganisation { organisation, .. } = portal.approved_organisation(name);
    move_to(portal, organisation.id, district);
    let people = portal.act(|act| {
        (0..volunteers)
            .map(|n| {
                let engagement = if n % 3 == 0 { Engagement::Paid } else { Engagement::Volunteer };
                let position = Position { role: MembershipRole::Practitioner, engagement, accountable: false };
                Ok(add_without_account(act, organisation.id, &format!("Person {n}"), position)?.person.id)
            })
            .collect()
    });
    (organisation.id, people)
}

/// Someone answers every question with what `said` gives for its place, and finishes.
fn answer_all(
    act: &mut Act<'_>,
    round: &Round,
    organisation: OrganisationId,
    person: PersonId,
    said: impl Fn(usize) -> (i32, bool),
) -> Result<()> {
    let instrument = Instrument::of(act.conn, round.instrument)?;
    let response = begin(act, round.id, organisation, person)?;
    for group in &instrument.groups {
        let answers: Vec<Answer> = instrument
            .skills
            .iter()
            .enumerate()
            .filter(|(_, skill)| skill.group_id == group.id)
            .map(|(place, skill)| {
                let (value, wants) = said(place);
                Answer { skill: skill.id.clone(), confidence: Confidence::new(value).expect("1 to 5"), wants }
            })
            .collect();
        answer_group(act, &response, &group.id, &answers)?;
    }
    finish(act, &response).map(drop)
}

/// One thing that somebody does, at random.
fn do_something(
    act: &mut Act<'_>,
    round: &Round,
    everyone: &[(OrganisationId, PersonId)],
    rng: &mut StdRng,
) -> Result<()> {
    let (organisation, person) = *everyone.choose(rng).expect("somebody");
    let response = begin(act, round.id, organisation, person)?;
    let instrument = Instrument::of(act.conn, round.instrument)?;
    match rng.random_range(0..6) {
        0 | 1 => {
            let group = &instrument.groups.choose(rng).expect("groups").id;
            let answers: Vec<Answer> = instrument
                .skills_of(group)
                .filter_map(|skill| {
                    let value = rng.random_range(0..6);
                    Some(Answer { skill: skill.id.clone(), confidence: Confidence::new(value)?, wants: rng.random() })
                })
                .collect();
            answer_group(act, &response, group, &answers)
        }
        2 => name_barriers(act, &response, &[*Barrier::ALL.choose(rng).expect("barriers")]),
        3 => say_held(act, &response, &[instrument.modules.choose(rng).expect("modules").0.clone()]),
        4 => {
            let question = instrument.open_questions.choose(rng).expect("questions").id.clone();
            say_in_words(act, &response, &[(question, "Time to talk.".to_owned())], rng.random())
        }
        _ => finish(act, &response).map(drop),
    }
}

#[test]
fn the_counts_are_what_counting_everything_finds() {
    let portal = spawn_portal();
    let round = the_round(&portal);
    let mut clubs = Vec::new();
    for (name, district, people) in
        [("One", NOTTINGHAM, 9), ("Two", MANSFIELD, 6), ("Three", MANSFIELD, 2), ("Four", GEDLING, 4)]
    {
        clubs.push(club(&portal, name, district, people));
    }
    let mut everyone: Vec<_> =
        clubs.iter().flat_map(|(id, people)| people.iter().map(|person| (*id, *person))).collect();
    let mut rng = StdRng::seed_from_u64(7);
    let mut compared = 0;
    for step in 0..240 {
        portal.act(|act| do_something(act, &round, &everyone, &mut rng));
        if step % 60 == 30 {
            move_to(&portal, clubs[rng.random_range(0..clubs.len())].0, NOTTINGHAM);
        }
        if step == 100 {
            // Two rows of people turn out to be one, and someone is erased.
            let (from, to) = (everyone.remove(0), everyone[0]);
            portal.act(|act| hand_over_responses(act, from.1, to.1));
            let gone = everyone.remove(3);
            let whom = Someone { account: None, person: Some(gone.1), name: String::new(), addresses: Vec::new() };
            portal.act(|act| youth_charter::skills_audit::your_data::forget(act, &whom));
        }
        if step % 9 == 0 {
            // Never to the end: the next step comes while others wait.
            portal.act(|act| go_on_with_counts_by(act, 2));
        }
        if step % 40 == 0 {
            count_skills(&portal.inside).expect("counted");
            assert_eq!(portal.read(|conn| recount_round(conn, &round)), [], "step {step}");
            compared += 1;
        }
    }
    count_skills(&portal.inside).expect("counted");
    assert_eq!(portal.read(|conn| recount_round(conn, &round)), []);
    let counted: i64 =
        portal.read(|conn| Ok(skills_counts::table.filter(skills_counts::people.gt(0)).count().get_result(conn)?));
    assert!(compared > 4 && counted > 300, "{counted} counts: too few to say anything");
    assert_eq!(count_skills(&portal.inside).expect("counted"), 0, "nothing is left to count");
}

#[test]
fn a_recount_finds_what_is_wrong() {
    let portal = spawn_portal();
    let round = the_round(&portal);
    let (id, people) = club(&portal, "One", NOTTINGHAM, 3);
    portal.act(|act| answer_all(act, &round, id, people[1], |_| (2, true)));
    count_skills(&portal.inside).expect("counted");
    assert_eq!(portal.read(|conn| recount_round(conn, &round)), []);
    portal.act(|act| {
        let one = skills_organisation_counts::table.filter(skills_organisation_counts::what.eq("low/build-trust"));
        diesel::update(one).set(skills_organisation_counts::people.eq(7_i64)).execute(act.conn)?;
        Ok(())
    });
    let mistakes = portal.read(|conn| recount_round(conn, &round));
    let of_club = mistakes.iter().find(|mistake| mistake.organisation == Some(id)).expect("found");
    assert_eq!((of_club.stored, of_club.recounted), (7, 1));
    let of_sector = mistakes.iter().find(|mistake| mistake.organisation.is_none()).expect("found");
    assert_eq!((of_sector.stored, of_sector.recounted), (1, 7));
}

/// Three hundred people finish at the same time, some in the same organisation, while two servers count.
#[test]
fn three_hundred_who_finish_in_the_same_minute_are_all_counted_once() {
    let portal = spawn_portal();
    let round = the_round(&portal);
    let clubs: Vec<_> = (0..3).map(|n| club(&portal, &format!("Club {n}"), NOTTINGHAM, 100)).collect();
    let everyone: Vec<_> = clubs.iter().flat_map(|(id, people)| people.iter().map(|person| (*id, *person))).collect();
    let first = portal.read(Instrument::load).skills[0].clone();
    let finish_one = |organisation, person| {
        let answer = Answer { skill: first.id.clone(), confidence: Confidence::new(2).expect("1 to 5"), wants: true };
        let work = |act: &mut Act<'_>| {
            let response = begin(act, round.id, organisation, person)?;
            answer_group(act, &response, &first.group_id, std::slice::from_ref(&answer))?;
            finish(act, &response)
        };
        let now = portal.inside.clock.now();
        // What is too busy is tried again, as a browser does.
        loop {
            match portal.inside.act_at(Actor::portal(), now, work) {
                Ok(_) => return,
                Err(Error::Busy) => {}
                Err(cause) => panic!("{cause}"),
            }
        }
    };
    std::thread::scope(|scope| {
        for some in everyone.chunks(25) {
            scope.spawn(|| some.iter().for_each(|(organisation, person)| finish_one(*organisation, *person)));
        }
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..40 {
                    match count_skills(&portal.inside) {
                        Ok(_) | Err(Error::Busy) => {}
                        Err(cause) => panic!("{cause}"),
                    }
                }
            });
        }
    });
    count_skills(&portal.inside).expect("counted");
    assert_eq!(portal.read(|conn| recount_round(conn, &round)), []);
    let rate = portal.read(|conn| Round::rate_of(conn, round.id));
    assert_eq!((rate.organisations, rate.finished, rate.people), (3, 300, 303));
}

/// Fills a round: most of Nottingham is unsure of the first skill and wants training in it.
fn fill(portal: &RunningPortal, round: &Round, clubs: &[(OrganisationId, Vec<PersonId>)], unsure: usize) {
    for (id, people) in clubs {
        for (place, person) in people.iter().enumerate() {
            portal.act(|act| {
                answer_all(act, round, *id, *person, |question| {
                    let is_unsure = question == 0 && place % 10 < unsure;
                    (if is_unsure { 1 } else { 4 }, is_unsure)
                })?;
                let response = Response::of_person(act.conn, round.id, *id, *person)?.expect("answered");
                let barriers: &[Barrier] = if place % 2 == 0 { &[Barrier::Cover] } else { &[] };
                name_barriers(act, &response, barriers)?;
                say_in_words(act, &response, &[("what-would-help".into(), format!("Words {place}"))], false)
            });
        }
    }
}

fn close_and_count(portal: &RunningPortal) -> Round {
    let round = portal.read(Round::open_now).expect("open");
    portal.act(|act| close_round(act, &round));
    count_skills(&portal.inside).expect("counted");
    portal.read(|conn| Round::find(conn, round.id))
}

#[test]
fn the_vrp_sees_gaps_wishes_barriers_and_changes_once_a_round_is_over() {
    let portal = spawn_portal();
    let first = the_round(&portal);
    let clubs =
        [club(&portal, "One", NOTTINGHAM, 40), club(&portal, "Two", MANSFIELD, 30), club(&portal, "Three", GEDLING, 2)];
    fill(&portal, &first, &clubs, 8);
    let base = portal.appointed_provider("Base 51");
    portal.open_session(&base, portal.plan_for("safeguarding", 8));
    let mut steward = portal.steward();
    count_skills(&portal.inside).expect("counted");
    let home = |round: &Round| format!("/vrp/skills-audit/rounds/{}", round.id);
    steward.visit(&home(&first)).sees("72 of 75 people (96%)").sees("The round is open").does_not_see("Biggest gaps");
    steward.visit(&format!("{}/heat", home(&first))).sees("Nothing to show yet");
    steward.visit(&format!("{}/words", home(&first))).sees("Nothing to show yet");

    let first = close_and_count(&portal);
    steward.visit(&home(&first)).sees("Biggest gaps").sees("young person may be being harmed or neglected");
    steward
        .sees("Too few places")
        .sees("8 places at 1 session")
        .sees("people in Gedling, Mansfield")
        .sees("nobody to cover");
    steward.sees("Shown together").does_not_see("What has changed since");
    steward.follow("In people’s own words").sees("Words 7").does_not_see("One");
    steward.visit(&format!("{}/heat", home(&first))).sees("Hidden").sees("Nottingham");
    let heads = steward.page().all("svg.heat text.heat__head").len();
    let cells = steward.page().all("svg.heat rect").len();
    assert_eq!((heads, cells), (3, 36 * 3), "a cell a skill and a district");
    steward.visit(&format!("{}/heat?by=role", home(&first))).sees("Paid practitioners").sees("Volunteers");
    let csv = steward.ask(&format!("{}/skills.csv", home(&first)));
    assert!(csv.status == 200 && csv.text().contains("spot-signs-of-harm,Everyone"), "{}", csv.text());
    assert!(!csv.text().contains("Gedling"), "two people are nowhere by themselves");

    let second = portal.act(|act| open_round(act, &RoundTerms::called("The next"))).expect("none is open");
    fill(&portal, &second, &clubs[..2], 2);
    let second = close_and_count(&portal);
    steward.visit(&home(&second)).sees("What has changed since").sees("points fewer are unsure");
    let NewOrganisation { mut lead, .. } = portal.approved_organisation("Elsewhere");
    for path in ["", "/heat", "/words", "/skills.csv"] {
        assert_eq!(lead.ask(&format!("{}{path}", home(&second))).status, 403, "{path:?}");
    }
    assert_eq!(steward.ask("/vrp/skills-audit/rounds/1").status, 404);
    portal.read_all_letters();
}

/// What a closed round says does not change any more, whatever becomes of those who answered.
#[test]
fn a_round_that_was_counted_says_the_same_for_good() {
    let portal = spawn_portal();
    let round = the_round(&portal);
    let clubs = [club(&portal, "One", NOTTINGHAM, 30), club(&portal, "Two", MANSFIELD, 20)];
    fill(&portal, &round, &clubs, 5);
    let round = close_and_count(&portal);
    let mut steward = portal.steward();
    let csv = format!("/vrp/skills-audit/rounds/{}/skills.csv", round.id);
    let before = steward.ask(&csv).text();
    let whom = Someone { account: None, person: Some(clubs[0].1[0]), name: String::new(), addresses: Vec::new() };
    portal.act(|act| youth_charter::skills_audit::your_data::forget(act, &whom));
    portal.act(|act| hand_over_responses(act, clubs[0].1[1], clubs[0].1[2]));
    move_to(&portal, clubs[1].0, GEDLING);
    portal.advance(Duration::days(1));
    do_what_is_due(&portal.inside).expect("done");
    assert_eq!(portal.signed_in_with_two_steps(steward.account()).ask(&csv).text(), before);
    assert_eq!(portal.read(|conn| recount_round(conn, &round)), [], "what has changed since is left out");
    portal.read_all_letters();
}

#[test]
fn pages_ask_a_handful_of_questions_whatever_the_number_of_answers() {
    count_statements();
    let portal = spawn_portal();
    let round = the_round(&portal);
    let clubs: Vec<_> = (0..3).map(|n| club(&portal, &format!("Club {n}"), NOTTINGHAM, 12)).collect();
    fill(&portal, &round, &clubs[..1], 5);
    let few = close_and_count(&portal);
    let many = portal.act(|act| open_round(act, &RoundTerms::called("The next"))).expect("none is open");
    fill(&portal, &many, &clubs, 5);
    let many = close_and_count(&portal);
    let mut steward = portal.steward();
    let mut asked = |round: &Round| {
        ["", "/heat", "/heat?by=role", "/skills.csv"].map(|path| {
            let before = statements_on(portal.database());
            assert_eq!(steward.ask(&format!("/vrp/skills-audit/rounds/{}{path}", round.id)).status, 200);
            statements_on(portal.database()) - before
        })
    };
    let (of_few, of_many) = (asked(&few), asked(&many));
    for (few, many) in of_few.into_iter().zip(of_many) {
        assert!(many <= few + 1 && many < 25, "{few} and {many}: the round before is one more");
    }
}
