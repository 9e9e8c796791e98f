//! Young people say what it is like: the form, the round, what is shown of it, and the reply.

use chrono::Duration;
use diesel::prelude::*;
use youth_charter::db::schema::{voice_rounds, voice_slips, voice_tallies, voice_words};
use youth_charter::reading_age::reading_age;
use youth_charter::reminders::do_what_is_due;
use youth_charter::voice::{
    Age, Answer, HandedIn, NewAnswers, RoundHeard, Said, Slip, VoiceRound, VoiceWords, hand_in, open_voice_round,
};

use crate::harness::{NewOrganisation, RunningPortal, count_statements, spawn_portal, statements_on, text_of};

/// An organisation that asks thirty young people for three weeks.
pub fn asking(portal: &RunningPortal, name: &str) -> (NewOrganisation, VoiceRound) {
    let hub = portal.approved_organisation(name);
    let by = hub.lead.account().id;
    let closes_on = portal.today() + Duration::days(21);
    let round = portal.act_as(&hub.lead, |act| open_voice_round(act, hub.organisation.id, by, (30, closes_on)));
    (hub, round)
}

/// Hands a form in, with the same answer to all nine questions.
pub fn say(portal: &RunningPortal, round: &VoiceRound, answer: Answer, words: &str) -> HandedIn {
    let said = Said(vec![Some(answer); 9]);
    let new = NewAnswers { slip: Slip::new(), said, age: Some(Age::From11), words: words.into() };
    portal.act(|act| hand_in(act, &round.code, &new))
}

fn fresh(portal: &RunningPortal, round: &VoiceRound) -> VoiceRound {
    portal.read(|conn| VoiceRound::find_in(conn, round.organisation_id, round.id))
}

#[test]
fn a_young_person_answers_one_question_at_a_time_goes_back_and_skips() {
    let portal = spawn_portal();
    let (hub, round) = asking(&portal, "The Hub");
    let mut kim = portal.visitor();
    let form = format!("/say/{}", round.code);
    kim.visit(&form.to_lowercase()).sees("What is it like here?").sees("The Hub wants to know");
    kim.sees("Please do not write it here").sees("0800 1111").does_not_see("Sign in").does_not_see("Register");
    kim.press("Start").sees("Question 1 of 9").sees("Do you feel welcome here?").does_not_see("Go back");
    kim.press("Yes").sees("Question 2 of 9").press("Skip this question").sees("Question 3 of 9");
    kim.press("Go back one question").sees("Question 2 of 9").press("No");
    for number in 3..=9 {
        kim.sees(&format!("Question {number} of 9")).press("Sometimes");
    }
    kim.sees("Nearly done").fill("Is there one thing you want to tell us?", &"x".repeat(501)).press("Send my answers");
    assert_eq!(kim.problems(), ["What you write must be 500 characters or fewer"]);
    kim.fill("Is there one thing you want to tell us?", "The hall <b>is</b> cold.");
    kim.choose("How old are you?", "11 to 13").press("Send my answers").sees("Thank you").sees("Your answers count");
    assert!(!kim.has_session());
    assert_eq!(fresh(&portal, &round).heard, 1);
    let tallies = portal.read(|conn| {
        Ok(voice_tallies::table
            .select((voice_tallies::answer, voice_tallies::people))
            .order(voice_tallies::answer)
            .load::<(String, i32)>(conn)?)
    });
    let of = |answer: &str| tallies.iter().filter(|(word, _)| word == answer).map(|(_, people)| people).sum::<i32>();
    assert_eq!((of("yes"), of("no"), of("sometimes")), (1, 1, 7));

    // Nothing is said while it is open, of one who answered or of many.
    let mut lead = hub.lead;
    let home = format!("/organisations/{}/voice/{}", hub.organisation.slug, round.id);
    lead.visit(&home).sees("Fewer than 5 of 30 have answered").does_not_see("Do you feel welcome here?");
    lead.sees("1 message waits to be read").follow("Read what they wrote").sees("The hall <b>is</b> cold.");
}

#[test]
fn a_form_counts_once_however_often_it_is_sent_and_no_more_count_than_could() {
    let portal = spawn_portal();
    let (hub, round) = asking(&portal, "The Hub");
    let new = NewAnswers { slip: Slip::new(), said: Said(vec![Some(Answer::Yes)]), age: None, words: "Once".into() };
    for _ in 0..3 {
        assert_eq!(portal.act(|act| hand_in(act, &round.code, &new)), HandedIn::Counted);
    }
    assert_eq!(fresh(&portal, &round).heard, 1);
    assert_eq!(portal.read(|conn| VoiceWords::in_round(conn, round.id)).len(), 1);
    for _ in 0..29 {
        assert_eq!(say(&portal, &round, Answer::Yes, ""), HandedIn::Counted);
    }
    assert_eq!(say(&portal, &round, Answer::Yes, ""), HandedIn::Full);
    // One that had counted is thanked again.
    assert_eq!(portal.act(|act| hand_in(act, &round.code, &new)), HandedIn::Counted);
    assert_eq!(fresh(&portal, &round).heard, 30);
    let mut late = portal.visitor();
    late.visit(&format!("/say/{}", round.code)).sees("We have heard from a lot of you");

    let mut lead = hub.lead;
    let home = format!("/organisations/{}/voice/{}", hub.organisation.slug, round.id);
    let question = "How many young people could answer?";
    lead.visit(&home).sees("No more answers are taken").fill(question, "30").press("Make room");
    assert_eq!(lead.problems(), ["The number of young people must be higher than before"]);
    lead.fill(question, "35").press("Make room").sees("More young people can answer now");
    assert_eq!(say(&portal, &round, Answer::Yes, ""), HandedIn::Counted);
}

#[test]
fn many_at_once_are_all_counted() {
    let portal = spawn_portal();
    let (_, round) = asking(&portal, "The Hub");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..6).for_each(|_| assert_eq!(say(&portal, &round, Answer::No, ""), HandedIn::Counted)));
        }
    });
    assert_eq!(fresh(&portal, &round).heard, 24);
    let people = portal.read(|conn| Ok(voice_tallies::table.select(voice_tallies::people).load::<i32>(conn)?));
    assert_eq!(people, [24; 9]);
}

#[test]
fn what_was_said_is_shown_when_it_is_over_and_answered_for_all_to_read() {
    let portal = spawn_portal();
    let (hub, round) = asking(&portal, "The Hub");
    for (answer, times) in [(Answer::Yes, 12), (Answer::Sometimes, 6), (Answer::No, 2)] {
        (0..times).for_each(|_| assert_eq!(say(&portal, &round, answer, ""), HandedIn::Counted));
    }
    let mut lead = hub.lead;
    let home = format!("/organisations/{}/voice/{}", hub.organisation.slug, round.id);
    let public = format!("/say/{}", round.code);
    assert_eq!(portal.read(|conn| RoundHeard::of(conn, &round)), None);
    lead.visit(&home).sees("About 20 of 30 have answered").press("Stop asking").sees("No more answers are taken");
    // Two said no: they are told with those who said sometimes.
    lead.sees("About 20 answered").sees("Sometimes or no").does_not_see("About 2 ").sees("Do you feel safe here?");
    portal.visitor().visit(&public).sees("The Hub is reading what you all said").does_not_see("Sometimes or no");
    assert_eq!(portal.read(|conn| Ok(voice_slips::table.count().get_result::<i64>(conn)?)), 0);

    lead.follow("Write “you said, we did”").press("Add this");
    assert_eq!(lead.problems(), ["Enter what young people told you", "Enter what you did, or why you cannot"]);
    lead.fill("You said", "It is dark outside.").fill("We did", "Two of us stand at the gate.").press("Add this");
    lead.fill("You said", "Too loud.").fill("We did", "A mistake").press("Add this").press("Remove reply 2");
    portal.visitor().visit(&public).does_not_see("It is dark outside.");
    lead.press("Publish").sees("Published");
    let mut anyone = portal.visitor();
    anyone.visit(&public).sees("It is dark outside.").sees("Two of us stand at the gate.").sees("Sometimes or no");
    anyone.does_not_see("A mistake");
    // What is published stays.
    let reply = format!("{home}/reply");
    assert_eq!(lead.send(&reply, &[("said", "Other"), ("did", "Words")]).status, 409);
    assert_eq!(lead.send(&format!("{reply}/publication"), &[]).status, 409);
    // And stands beside what the organisation says of itself.
    lead.visit(&format!("/organisations/{}/quality", hub.organisation.slug)).press("Begin");
    let indicator = format!("/organisations/{}/quality/indicators/exp-feel-safe", hub.organisation.slug);
    lead.visit(&indicator).sees("What young people say").sees("Do you feel safe here?").sees("About 20 answered");
    lead.visit(&format!("/organisations/{}/quality/indicators/org-governing-group", hub.organisation.slug));
    lead.does_not_see("What young people say");
}

#[test]
fn of_fewer_than_five_nothing_is_shown_to_anyone() {
    let portal = spawn_portal();
    let (hub, round) = asking(&portal, "The Hub");
    (0..4).for_each(|_| assert_eq!(say(&portal, &round, Answer::No, ""), HandedIn::Counted));
    portal.advance(Duration::days(22));
    assert_eq!(say(&portal, &round, Answer::No, ""), HandedIn::Over);
    let done = do_what_is_due(&portal.inside).expect("it is done");
    assert_eq!(done.voices_closed, 1);
    let letter = portal.letter_to(hub.lead.email());
    assert!(letter.text.contains("Fewer than 5 answered"), "{}", letter.text);
    let mut lead = portal.signed_in(hub.lead.account());
    lead.visit(&letter.link()).sees("Fewer than 5 of 30 have answered").sees("nothing is shown of what they said");
    lead.does_not_see("Do you feel safe here?");
    let heard = portal.read(|conn| RoundHeard::of(conn, &fresh(&portal, &round))).expect("it is over");
    assert!(heard.people.is_none() && heard.ages.is_none());
    assert!(heard.questions.iter().all(|heard| heard.told.is_none()));
    assert_eq!(do_what_is_due(&portal.inside).expect("it is done").voices_closed, 0);
}

#[test]
fn leads_read_what_was_written_and_what_is_urgent_leaves_only_that_it_was() {
    let portal = spawn_portal();
    let (hub, round) = asking(&portal, "The Hub");
    for words in ["I like the football.", "Sam Smith is mean.", "I am scared to go home."] {
        say(&portal, &round, Answer::Yes, words);
    }
    let home = format!("/organisations/{}/voice/{}", hub.organisation.slug, round.id);
    let mut worker = portal.practitioner_of(&hub.organisation);
    assert_eq!(worker.ask(&format!("{home}/words")).status, 403);
    worker.visit(&home).does_not_see("Read what they wrote");
    let mut lead = hub.lead;
    lead.visit(&format!("{home}/words")).sees("Copy the words first").press_in("I like the football.", "Keep");
    lead.sees("Kept.").press_in("Sam Smith is mean.", "Remove").sees("Removed for good").does_not_see("Sam Smith");
    lead.press_in("I am scared to go home.", "Urgent: safeguarding").sees("noted as passed on");
    lead.does_not_see("I am scared").sees("I like the football.");
    lead.visit(&home).sees("1 message was passed on as urgent to your safeguarding lead");
    let trail = portal.read(|conn| youth_charter::audit::latest_entries(conn, hub.organisation.id, 50));
    assert!(trail.iter().any(|entry| entry.verb == "young person's words judged"));
    assert!(!trail.iter().any(|entry| entry.details.contains("scared")));
    // Three months after the end the rest is gone too.
    lead.press("Stop asking");
    portal.advance(Duration::days(89));
    assert_eq!(do_what_is_due(&portal.inside).expect("it is done").forgotten.voices, 0);
    portal.advance(Duration::days(2));
    assert_eq!(do_what_is_due(&portal.inside).expect("it is done").forgotten.voices, 1);
    assert_eq!(portal.read(|conn| Ok(voice_words::table.count().get_result::<i64>(conn)?)), 0);
    portal.read_all_letters();
}

#[test]
fn one_round_at_a_time_with_a_last_day_that_makes_sense() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let home = format!("/organisations/{}/voice", hub.organisation.slug);
    let (lead, today) = (&mut hub.lead, portal.today());
    let (many, last) = ("How many young people could answer?", "What is the last day?");
    lead.visit(&home).sees("You have not asked yet").follow("Ask young people").press("Start asking");
    assert_eq!(
        lead.problems(),
        ["Enter how many young people could answer", "Enter the last day on which they can answer"]
    );
    lead.fill(many, "4").fill_date(last, today + Duration::days(7)).press("Start asking");
    assert!(lead.error_beside(many).contains("With fewer than 5, talk to them instead"));
    for day in [today, today + Duration::days(400)] {
        lead.fill(many, "40").fill_date(last, day).press("Start asking");
        assert_eq!(lead.problems(), ["The last day must be after today and within a year"]);
    }
    lead.fill_date(last, today + Duration::days(1)).press("Start asking").sees("Young people can answer now");
    lead.follow("Show the poster").sees("What is it like here?").sees("/say/");
    assert_eq!(lead.page().all("svg.poster__code").len(), 1);
    lead.visit(&format!("{home}/new")).fill(many, "40").fill_date(last, today + Duration::days(7));
    lead.press("Start asking");
    assert_eq!(lead.problems(), ["You are asking young people already. End that first, or wait for its last day"]);
    portal.advance(Duration::days(1));
    portal.visitor().visit(&public_of(&portal)).sees("What is it like here?");
    portal.advance(Duration::days(1));
    portal.visitor().visit(&public_of(&portal)).sees("This has closed");
}

fn public_of(portal: &RunningPortal) -> String {
    let code = portal.read(|conn| Ok(voice_rounds::table.select(voice_rounds::code).first::<String>(conn)?));
    format!("/say/{code}")
}

#[test]
fn the_form_is_closed_with_its_organisation_and_garbage_begins_anew() {
    let portal = spawn_portal();
    let (hub, round) = asking(&portal, "The Hub");
    let form = format!("/say/{}", round.code);
    let mut kim = portal.visitor();
    for odd in ["", "xyz", "yyyyyyyyyyyyyyyyyyyyyyyyyyyy", "🙂"] {
        let answer = kim.send(&form, &[("said", odd), ("slip", "nonsense"), ("press", "yes")]);
        assert_eq!(answer.status, 200, "{odd}");
    }
    assert_eq!(kim.send(&form, &[]).status, 200);
    assert_eq!(kim.ask("/say/NOSUCHCODE").status, 404);
    assert_eq!(kim.ask("/say/%00").status, 404);
    portal.advance(Duration::days(30));
    let sent = kim.send(&form, &[("said", "yyy"), ("press", "send")]);
    assert_eq!(sent.status, 409);
    assert!(sent.text().contains("This has just closed"));
    assert_eq!(fresh(&portal, &round).heard, 0);
    let steward = portal.steward();
    portal.act_as(&steward, |act| {
        let step = youth_charter::organisations::StandingStep::Close;
        hub.organisation.take_step(act, step, steward.account(), "It closed")
    });
    assert_eq!(kim.ask(&form).status, 404);
    portal.read_all_letters();
}

#[test]
fn what_young_people_read_is_for_a_reader_of_nine() {
    let portal = spawn_portal();
    let (_, round) = asking(&portal, "The Hub");
    let mut kim = portal.visitor();
    kim.visit(&format!("/say/{}", round.code));
    let mut texts = paragraphs(&kim);
    kim.press("Start");
    for _ in 0..9 {
        texts.extend(paragraphs(&kim));
        kim.press("Skip this question");
    }
    texts.extend(paragraphs(&kim));
    kim.press("Send my answers");
    texts.extend(paragraphs(&kim));
    assert!(texts.len() > 25, "{texts:#?}");
    let is_a_label = |text: &String| text.split_whitespace().count() <= 3;
    let hard: Vec<(f64, &String)> = texts
        .iter()
        .filter(|text| !is_a_label(text))
        .filter_map(|text| reading_age(text).map(|age| (age, text)))
        .filter(|(age, _)| *age > 9.0)
        .collect();
    assert!(hard.is_empty(), "{hard:#?}");
}

fn paragraphs(person: &crate::harness::Person) -> Vec<String> {
    person.page().all("main h1, main p, main li, main .govuk-hint, main label").into_iter().map(text_of).collect()
}

#[test]
fn the_vrp_rewords_a_question_for_rounds_to_come_and_two_stewards_do_not_overwrite_each_other() {
    let portal = spawn_portal();
    let (_, round) = asking(&portal, "The Hub");
    let account = portal.steward().account().clone();
    let mut sam = portal.signed_in_with_two_steps(&account);
    let edit = "/vrp/voice/feel-safe";
    sam.visit("/vrp/voice").sees("Do you feel safe here?").visit(edit).fill("The question", "").press("Save");
    assert_eq!(sam.problems(), ["Enter the question"]);
    let before = sam.page().all("input[name=seen]")[0].attr("value").expect("a mark").to_owned();
    sam.fill("The question", "Is it safe here?").press("Save").sees("Saved.").sees("Is it safe here?");
    let stale = sam.send(edit, &[("words", "Mine"), ("asked", "yes"), ("seen", &before)]);
    assert_eq!(stale.status, 409);
    assert!(stale.text().contains("Somebody else has changed this question"));
    let mut kim = portal.visitor();
    kim.visit(&format!("/say/{}", round.code)).press("Start").press("Yes").sees("Do you feel safe here?");
    for question in ["feel-welcome", "feel-safe", "have-a-say", "hear-back", "treated-fairly", "learn-new-things"] {
        sam.visit(&format!("/vrp/voice/{question}")).choose("Is it asked?", "No, leave it out").press("Save");
    }
    for question in ["do-your-best", "help-choose"] {
        sam.visit(&format!("/vrp/voice/{question}")).choose("Is it asked?", "No, leave it out").press("Save");
    }
    sam.visit("/vrp/voice/who-to-tell").choose("Is it asked?", "No, leave it out").press("Save");
    assert_eq!(sam.problems(), ["Ask one question at least"]);
    let (_, next) = asking(&portal, "Other Hub");
    portal.visitor().visit(&format!("/say/{}", next.code)).press("Start").sees("Question 1 of 1");
}

#[test]
fn a_page_costs_the_same_however_many_have_answered() {
    count_statements();
    let portal = spawn_portal();
    let (hub, round) = asking(&portal, "The Hub");
    let mut lead = hub.lead;
    let home = format!("/organisations/{}/voice/{}", hub.organisation.slug, round.id);
    let mut cost = || {
        lead.visit(&home);
        let before = statements_on(portal.database());
        lead.visit(&home);
        statements_on(portal.database()) - before
    };
    let few = cost();
    for _ in 0..20 {
        say(&portal, &round, Answer::Yes, "Words");
    }
    assert_eq!(cost(), few);
}
