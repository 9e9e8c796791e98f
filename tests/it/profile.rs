//! What an approved organisation changes about itself: it waits, it is published in one act, it is taken back, and two
//! who change at once lose nothing.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use youth_charter::audit::latest_entries;
use youth_charter::ids::LanguageId;
use youth_charter::organisations::{
    Answer, Day, IdScheme, Identifier, Organisation, Postcode, Profile, Publication, Question, Saved, Stage,
    WorkingProfile,
};
use youth_charter::words::EmailAddress;

use crate::harness::{Person, RunningPortal, spawn_portal};

fn change(portal: &RunningPortal, organisation: &Organisation, by: &Person, answer: Answer) -> Saved {
    let account = by.account().id;
    portal.act_as(by, |act| {
        let fresh = Organisation::find(act.conn, organisation.id)?;
        let seen = WorkingProfile::of(act.conn, fresh)?.mark_of(answer.question());
        organisation.change_answer(act, account, answer, &seen)
    })
}

fn look_at(portal: &RunningPortal, organisation: &Organisation) -> WorkingProfile {
    let id = organisation.id;
    portal.read(|conn| {
        let fresh = Organisation::find(conn, id)?;
        WorkingProfile::of(conn, fresh)
    })
}

fn publish(portal: &RunningPortal, organisation: &Organisation, by: &Person) -> Publication {
    let seen = look_at(portal, organisation).mark_of_changes();
    portal.act_as(by, |act| organisation.publish_changes(act, &seen))
}

#[test]
fn a_change_waits_until_all_changes_are_published_together() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let steward = portal.steward();
    let mut anyone = portal.visitor();
    let lead = &mut hub.lead;
    lead.visit("/organisations/the-hub").follow("Profile").follow_in("What you do", "Change");
    lead.fill("What do you do with young people?", "We built a skate park.").press("Save");
    lead.sees("It is not public until you publish").sees("1 change is not public yet").sees("We built a skate park.");
    lead.sees("Public now:").sees("A place to meet, make and play");
    lead.follow_in("Languages besides English", "Change").tick("Polish").tick("British Sign Language").press("Save");
    lead.follow_in("Access", "Change").tick("Step-free way in");
    lead.fill("What else is there to say about access? (optional)", "Ring the lower bell.").press("Save");
    lead.follow_in("Contact for the public", "Change").fill("Website (optional)", "thehub.example");
    lead.fill("Telephone number (optional)", "0115 496 0123").press("Save").sees("4 changes are not public yet");
    anyone.visit("/directory/the-hub").does_not_see("skate park").does_not_see("Polish").does_not_see("0115");

    lead.follow("Check and publish").sees("Will be").press("Publish all of this").sees("Your changes are public now");
    lead.does_not_see("not public yet");
    anyone.visit("/directory/the-hub").sees("We built a skate park.").sees("British Sign Language, Polish");
    anyone.sees("Step-free way in Ring the lower bell.").sees("https://thehub.example/").sees("0115 496 0123");
    // Nothing of that matters to the VRP.
    assert!(portal.letters_to(steward.email()).is_empty());
}

#[test]
fn a_new_name_and_a_new_safeguarding_lead_are_told_to_every_administrator_and_no_address_goes_into_the_trail() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let (sam, sue) = (portal.steward(), portal.with_role("Sue Second", youth_charter::accounts::Role::Steward));
    let lead = &mut hub.lead;
    lead.visit("/organisations/the-hub/profile/name").fill("What is your organisation called?", "The New Hub");
    lead.press("Save").follow_in("Safeguarding lead", "Change");
    lead.fill("Their full name", "Rob Ward").fill("Their email address", "rob.private@example.org").press("Save");
    assert!(portal.letters_to(sam.email()).is_empty(), "nothing is published yet");
    lead.follow("Check and publish")
        .sees("we will tell the Violence Reduction Partnership")
        .press("Publish all of this");
    for steward in [&sam, &sue] {
        let letter = portal.letter_to(steward.email());
        for words in ["It was The Hub", "now Rob Ward. It was Grace Okafor", "email address of its safeguarding lead"] {
            assert!(letter.text.contains(words), "{words}: {}", letter.text);
        }
        assert!(!letter.text.contains("rob.private"), "{}", letter.text);
        assert_eq!(letter.link(), "/vrp/organisations/the-hub");
    }
    // The name is new, the address is not; it is found by its new name only.
    let mut anyone = portal.visitor();
    anyone.visit("/directory?q=new+hub").follow("The New Hub");
    assert_eq!(anyone.path(), "/directory/the-hub");

    let trail = portal.read(|conn| latest_entries(conn, hub.organisation.id, 50));
    let published = trail.iter().find(|entry| entry.verb == "profile published").expect("it is on the trail");
    let details: serde_json::Value = serde_json::from_str(&published.details).expect("JSON");
    assert_eq!(details["name"], serde_json::json!({ "from": "The Hub", "to": "The New Hub" }));
    assert_eq!(details["safeguarding_lead"], serde_json::json!({ "from": "Grace Okafor", "to": "Rob Ward" }));
    assert!(trail.iter().all(|entry| !entry.details.contains("rob.private")), "an address is on the trail");
    let mut steward = portal.same_person(&sam);
    steward.visit("/vrp/organisations/the-hub").sees("Name: The Hub → The New Hub").sees("rob.private@example.org");
}

#[test]
fn changes_are_taken_back_one_by_one_or_all() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    for answer in [
        Answer::Stage(Stage::Settled),
        Answer::Days(vec![Day::Sunday]),
        Answer::Postcode(Postcode::parse("NG7 6LB").expect("a postcode")),
    ] {
        assert_eq!(change(&portal, &hub.organisation, &hub.lead, answer), Saved::Waiting);
    }
    let lead = &mut hub.lead;
    lead.visit("/organisations/the-hub/profile/changes").press("Take back the change of days");
    lead.sees("The change is taken back").sees("2 changes are not public yet").does_not_see("Sunday");
    lead.press("Take all of it back").sees("All changes are taken back").does_not_see("not public yet");
    lead.visit("/organisations/the-hub/profile/changes").sees("Nothing to publish").follow("Go to the profile");
    assert_eq!(lead.send("/organisations/the-hub/profile/publication", &[]).status, 409);
    assert_eq!(lead.send("/organisations/the-hub/profile/changes/nonsense/discarding", &[]).status, 404);
}

#[test]
fn an_answer_that_is_public_already_is_no_change() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let days = |days: &[Day]| Answer::Days(days.to_vec());
    let save = |answer| change(&portal, &hub.organisation, &hub.lead, answer);
    assert_eq!(save(days(&[Day::Friday, Day::Tuesday, Day::Friday])), Saved::AsPublic, "in another order, and twice");
    assert_eq!(save(days(&[Day::Friday])), Saved::Waiting);
    assert_eq!(save(days(&[Day::Tuesday, Day::Friday])), Saved::AsPublic, "changed back");
    assert!(look_at(&portal, &hub.organisation).changes.is_empty());
    assert_eq!(save(Answer::Languages(Vec::new())), Saved::AsPublic, "none, as before");
}

#[test]
fn two_leads_at_once_lose_nothing() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let mut rob = portal.lead_of(&hub.organisation);
    let asha = &mut hub.lead;
    // Different answers: both stay.
    asha.visit("/organisations/the-hub/profile/days").untick("Friday").tick("Monday");
    rob.visit("/organisations/the-hub/profile/ages").fill("Oldest age", "21").press("Save");
    asha.press("Save").sees("2 changes are not public yet");
    // The same answer: the second sees the first one's words, with their own still in the form.
    asha.visit("/organisations/the-hub/profile/description");
    rob.visit("/organisations/the-hub/profile/description");
    rob.fill("What do you do with young people?", "Rob’s words.").press("Save");
    asha.fill("What do you do with young people?", "Asha’s words.").press("Save");
    assert_eq!(asha.status(), 409);
    asha.sees("This answer was changed while you were writing").sees(rob.name()).sees("Rob’s words.");
    assert_eq!(asha.value_of("What do you do with young people?"), "Asha’s words.");
    let waiting = |portal: &RunningPortal| {
        look_at(portal, &hub.organisation).working.organisation.description.clone().unwrap_or_default()
    };
    assert_eq!(waiting(&portal), "Rob’s words.");
    asha.press("Save").sees("Asha’s words.");
    assert_eq!(waiting(&portal), "Asha’s words.");
    // Who publishes or takes back what they have not seen is told.
    rob.visit("/organisations/the-hub/profile/changes");
    asha.visit("/organisations/the-hub/profile/stage")
        .choose("How far along is your organisation?", "New: we started in the last two years");
    asha.press("Save");
    rob.press("Publish all of this");
    assert_eq!(rob.status(), 409);
    rob.sees("Someone changed an answer since you opened this page").sees("Stage");
    asha.visit("/organisations/the-hub/profile/description")
        .fill("What do you do with young people?", "Newer.")
        .press("Save");
    rob.press("Take back the change of what you do");
    assert_eq!((rob.status(), waiting(&portal).as_str()), (409, "Newer."));
    rob.visit("/organisations/the-hub/profile/changes").press("Publish all of this").sees("public now");
}

#[test]
fn only_leads_change_the_profile_and_every_member_sees_it() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let mut viewer = portal.viewer_of(&hub.organisation);
    change(&portal, &hub.organisation, &hub.lead, Answer::Stage(Stage::Settled));
    viewer.visit("/organisations/the-hub/profile").sees("1 change is not public yet").does_not_see("Check and publish");
    assert!(viewer.page().links("Change stage").is_empty());
    for page in ["stage", "changes"] {
        assert_eq!(viewer.ask(&format!("/organisations/the-hub/profile/{page}")).status, 403, "{page}");
    }
    assert_eq!(viewer.send("/organisations/the-hub/profile/publication", &[]).status, 403);
}

#[test]
fn a_number_of_another_organisation_is_refused_when_it_is_written_and_again_when_it_is_published() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let other = portal.approved_organisation("The Other Hub");
    let number = |typed: &str| Answer::Numbers(vec![Identifier::parse_charity(typed).expect("a number")]);
    let mut taken = number("1123456");
    if let Answer::Numbers(numbers) = &mut taken {
        numbers.push(Identifier::parse(IdScheme::School, "122841").expect("a number"));
    }
    assert_eq!(change(&portal, &other.organisation, &other.lead, taken), Saved::Waiting);
    // Both write it down while neither has published it.
    assert_eq!(change(&portal, &hub.organisation, &hub.lead, number("1123456")), Saved::Waiting);
    assert_eq!(publish(&portal, &other.organisation, &other.lead), Publication::Made);
    hub.lead.visit("/organisations/the-hub/profile/changes").press("Publish all of this");
    assert_eq!(hub.lead.status(), 422);
    assert!(hub.lead.problems()[0].starts_with("Another organisation is registered"), "{:?}", hub.lead.problems());
    let profile = look_at(&portal, &hub.organisation);
    assert!(profile.public.identifiers.is_empty() && profile.changes.len() == 1, "nothing was published or lost");
    // Now it is refused at once.
    hub.lead.visit("/organisations/the-hub/profile/numbers").untick("We have none of these");
    hub.lead.fill("Charity number", "").fill("School number (URN)", "122841").press("Save");
    assert_eq!(hub.lead.status(), 422);
    hub.lead.fill("School number (URN)", "122842").press("Save").sees("School, URN 122842");
    portal.visitor().visit("/directory/the-other-hub").sees("Charity 1123456, School, URN 122841");
}

#[test]
fn each_number_has_its_form_and_one_of_a_kind() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let lead = &mut hub.lead;
    lead.visit("/organisations/the-hub/profile/numbers").untick("We have none of these").press("Save");
    assert_eq!(lead.problems(), ["Enter a number, or tick that you have none"]);
    for (label, wrong) in [
        ("Charity number", "12"),
        ("Company number", "ABC"),
        ("Charity number in another country of the UK", "1"),
        ("School number (URN)", "12284"),
        ("Learning provider number (UKPRN)", "20004797"),
        ("Local authority code", "NG1"),
    ] {
        lead.fill(label, wrong);
    }
    lead.press("Save");
    assert_eq!(lead.problems().len(), 6, "{:?}", lead.problems());
    lead.fill("Charity number", "1123456").fill("Charity number in another country of the UK", "1123457");
    lead.fill("Company number", "1234567").fill("School number (URN)", "").fill("Local authority code", "ngm");
    lead.fill("Learning provider number (UKPRN)", "").press("Save");
    assert_eq!(lead.problems(), ["Enter a number of another country here, or leave it empty"]);
    lead.fill("Charity number in another country of the UK", "sc 012345").press("Save");
    lead.sees("Charity 1123456, Charity SC012345, Company 01234567, Local authority NGM");
    lead.follow_in("Charity, company and other numbers", "Change");
    assert_eq!(lead.value_of("Charity number in another country of the UK"), "SC012345");
    // What is no website is refused, with words.
    lead.visit("/organisations/the-hub/profile/contact").fill("Website (optional)", "javascript://x.y/%0Aalert(1)");
    lead.fill("Email address (optional)", "hub").fill("Telephone number (optional)", "ask Asha").press("Save");
    assert_eq!(lead.problems().len(), 3, "{:?}", lead.problems());
}

#[test]
fn a_number_mended_in_a_registration_that_was_sent_back_is_checked_when_it_is_sent_again() {
    let portal = spawn_portal();
    let other = portal.approved_organisation("The Other Hub");
    change(&portal, &other.organisation, &other.lead, Answer::Numbers(vec![charity("1123456")]));
    publish(&portal, &other.organisation, &other.lead);
    let mut hub = portal.submitted_organisation("The Hub");
    portal.act(|act| hub.organisation.ask_for_more(act, "Which number?"));
    portal.letters_to(hub.lead.email());
    hub.lead.visit("/organisations/the-hub/registration/numbers").untick("We have none of these");
    hub.lead.fill("Charity number", "1123456").press("Continue").press("Send to the VRP");
    assert_eq!(hub.lead.status(), 422);
    assert!(hub.lead.problems()[0].starts_with("Another organisation is registered"), "{:?}", hub.lead.problems());
}

fn charity(typed: &str) -> Identifier {
    Identifier::parse_charity(typed).expect("a number")
}

/// Any answer to a few questions, as two leads may give them.
fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        "[A-Z][a-z]{2,8}".prop_map(Answer::Name),
        "[a-z ]{1,20}[a-z]".prop_map(Answer::Description),
        prop::sample::subsequence(Day::ALL.to_vec(), 1..4).prop_map(Answer::Days),
        prop::sample::select(Stage::ALL.to_vec()).prop_map(Answer::Stage),
        prop::sample::subsequence(vec!["pl", "ur", "bfi"], 0..3)
            .prop_map(|ids| Answer::Languages(ids.into_iter().map(LanguageId::from).collect())),
        (0..15, 15..30).prop_map(|(min, max)| Answer::Ages { min, max }),
        ("[A-Z][a-z]{2,8}", "[a-z]{2,8}").prop_map(|(name, at)| Answer::SafeguardingLead {
            name,
            email: EmailAddress::parse(&format!("{at}@example.org")).expect("an address"),
        }),
        prop::option::of("[1-9][0-9]{6}").prop_map(|typed| Answer::Numbers(typed.iter().map(|t| charity(t)).collect())),
    ]
}

#[derive(Debug, Clone)]
enum Move {
    Change(Answer),
    Discard(Question),
    DiscardAll,
    Publish,
}

fn any_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        6 => any_answer().prop_map(Move::Change),
        1 => prop::sample::select(Question::ALL.to_vec()).prop_map(Move::Discard),
        1 => Just(Move::DiscardAll),
        2 => Just(Move::Publish),
    ]
}

/// What the public reads changes by publishing alone, and then it is what the leads saw.
#[test]
fn the_public_reads_what_was_published_last_whatever_the_leads_did() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let (organisation, id) = (&hub.organisation, hub.organisation.id);
    let mut runner = TestRunner::new(ProptestConfig { cases: 24, ..ProptestConfig::default() });
    let outcome = runner.run(&prop::collection::vec(any_move(), 1..12), |moves| {
        for step in moves {
            let before = look_at(&portal, organisation);
            let (public, working) = (answers(&before.public), answers(&before.working));
            match step {
                Move::Change(answer) => {
                    let question = answer.question();
                    change(&portal, organisation, &hub.lead, answer);
                    let after = look_at(&portal, organisation);
                    prop_assert_eq!(answers(&after.public), public);
                    let changed =
                        Answer::in_profile(&after.public, question) != Answer::in_profile(&after.working, question);
                    prop_assert_eq!(after.change_of(question).is_some(), changed);
                }
                Move::Discard(question) => {
                    let seen = before.mark_of(question);
                    let done =
                        portal.try_act(hub.lead.actor(), |act| organisation.discard_change(act, question, &seen));
                    prop_assert_eq!(done.is_ok(), before.change_of(question).is_some());
                    let after = look_at(&portal, organisation);
                    prop_assert_eq!(answers(&after.public), public);
                    prop_assert!(after.change_of(question).is_none());
                }
                Move::DiscardAll => {
                    let seen = before.mark_of_changes();
                    let done = portal.try_act(hub.lead.actor(), |act| organisation.discard_changes(act, &seen));
                    prop_assert_eq!(done.is_ok(), !before.changes.is_empty());
                    prop_assert_eq!(answers(&look_at(&portal, organisation).working), public);
                }
                Move::Publish => {
                    let seen = before.mark_of_changes();
                    let done = portal.try_act(hub.lead.actor(), |act| organisation.publish_changes(act, &seen));
                    prop_assert_eq!(done.is_ok(), !before.changes.is_empty());
                    let after = look_at(&portal, organisation);
                    prop_assert_eq!(answers(&after.public), working);
                    prop_assert!(after.changes.is_empty());
                    prop_assert_eq!(portal.read(|conn| Organisation::find(conn, id)).slug, "the-hub");
                }
            }
        }
        Ok(())
    });
    portal.read_all_letters();
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

fn answers(profile: &Profile) -> Vec<Option<Answer>> {
    Question::ALL.iter().map(|question| Answer::in_profile(profile, *question)).collect()
}
