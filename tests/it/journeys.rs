//! The whole programme, from someone's first visit to an endorsement that anyone can check, and on to where it ends:
//! people at pages, nothing prepared.

use chrono::{Duration, Months};
use youth_charter::audit::{Verdict, verify_chain};
use youth_charter::reminders::do_what_is_due;

use crate::harness::{PASSWORD, PDF, Person, RunningPortal, spawn_portal};

const CLUB: &str = "St Ann’s Evening Club";
const HOME: &str = "/organisations/st-anns-evening-club";
const QUESTION: &str = "What describes you best today?";
const FINDING: &str = "What do you find?";

/// Signs up at the page, and follows the letter.
fn register(portal: &RunningPortal, name: &str, address: &str) -> Person {
    let mut person = portal.visitor();
    person.visit("/register").fill("Your full name", name).fill("Email address", address);
    person.fill("Create a password", PASSWORD).press("Continue");
    person.visit(&portal.letter_to(address).link()).press("Confirm my email address");
    person
}

/// The administrator, the reviewer and the decider, each made at a page.
fn people_of_the_vrp(portal: &RunningPortal) -> (Person, Person, Person) {
    let token = portal.act(youth_charter::accounts::invite_first_steward);
    let mut steward = portal.visitor();
    steward.visit(&format!("/set-up/{token}")).fill("Your full name", "Sam Okoro");
    steward.fill("Email address", "sam@vrp.example.org").fill("Create a password", PASSWORD);
    steward.press("Make me the first administrator");
    steward.fill("Email address", "sam@vrp.example.org").fill("Password", PASSWORD).press("Sign in");
    portal.sets_up_second_step(steward.visit("/vrp"), "sam@vrp.example.org");
    let mut with_role = |name: &str, address: &str, role: &str| {
        let mut person = register(portal, name, address);
        steward.visit("/vrp/roles").fill("Email address", address).choose("Role", role).press("Give this role");
        steward.sees(name);
        let work = if role == "Reviewer" { "/review" } else { "/review/decisions" };
        portal.sets_up_second_step(person.visit(work), address);
        person
    };
    let reviewer = with_role("Rae Winter", "rae@vrp.example.org", "Reviewer");
    let decider = with_role("Dee Marsh", "dee@vrp.example.org", "Decision maker");
    (steward, reviewer, decider)
}

fn register_the_club(asha: &mut Person) {
    asha.visit("/my").follow("Register my organisation").fill("What is your organisation called?", CLUB);
    asha.press("Continue").choose("What kind of organisation are you?", "Community group or club with no legal form");
    asha.press("Continue").tick("We have none of these").press("Continue");
    asha.fill("What do you do with young people?", "We open the hall on Tuesdays.\nEveryone is welcome.");
    asha.press("Continue").tick("Sport").press("Continue").fill("Youngest age", "8").fill("Oldest age", "16");
    asha.press("Continue").tick("Tuesday").press("Continue").tick("Nottingham").press("Continue");
    asha.fill("What is your postcode?", "ng3 1aa").press("Continue").fill("Their full name", "Rob Ward");
    asha.fill("Their email address", "rob@example.org").press("Continue");
    asha.choose("How far along is your organisation?", "Growing: we have run for a while and are building up");
    asha.press("Continue");
    assert_eq!(asha.heading(), "Check your answers");
    asha.press("Send to the VRP");
}

fn invite_the_chair(portal: &RunningPortal, asha: &mut Person) -> Person {
    asha.visit(&format!("{HOME}/people")).follow("Invite someone by email").fill("Their full name", "Rob Ward");
    asha.fill("Their email address", "rob@example.org").choose("What will they do here?", "Governance signatory");
    asha.choose("How do they work for you?", "Trustee").press("Send the invitation");
    let link = portal.letter_to("rob@example.org").link();
    let mut rob = register(portal, "Rob Ward", "rob@example.org");
    rob.visit(&link).press("Accept the invitation");
    assert_eq!(portal.letter_to("asha@example.org").subject, format!("Rob Ward has joined {CLUB}"));
    rob
}

fn keep_training_in_date(portal: &RunningPortal, asha: &mut Person, rob: &mut Person) {
    asha.visit("/my/training/new").choose("Training", "Safeguarding (Core)");
    asha.fill_date("When was it completed?", portal.today()).fill("Who gave the training?", "Base 51");
    asha.attach("Certificate", "certificate.pdf", PDF).press("Log training").sees("not confirmed yet");
    rob.visit(&format!("{HOME}/training"));
    asha.visit(&format!("{HOME}/training")).sees("In date to");
}

fn take_the_skills_audit(asha: &mut Person) {
    asha.visit("/my/skills-audit").press("Start now");
    for part in 1..=8 {
        asha.sees(&format!("Part {part} of 8")).press("Save and continue");
    }
    asha.tick("It costs too much").press("Save and continue").sees("What training do you hold already?");
    asha.press("Save and continue").press("Save and continue").press("Finish and see your results");
}

fn pledge(portal: &RunningPortal, asha: &mut Person, rob: &mut Person) -> String {
    asha.visit(&format!("{HOME}/pledge")).press("Begin your pledge").follow("Choice and voice");
    for _ in 0..7 {
        let prompt = asha.page().name_of(asha.page().all("textarea")[0]);
        asha.fill(&prompt, "We ask everyone, every term, and tell them what changed.");
        asha.fill("Who sees to it?", "The lead volunteer").press("Save and continue");
    }
    let sign = |person: &mut Person, role: &str| {
        person.fill("Your role in the organisation", role);
        let authority = person.page().name_of(person.page().all("input[type=checkbox]")[0]);
        person.tick(&authority).press("Sign the pledge");
    };
    asha.visit(&format!("{HOME}/pledge")).follow("Check and sign");
    sign(asha, "Youth worker in charge");
    rob.visit(&portal.letter_to("rob@example.org").link());
    sign(rob, "Chair of trustees");
    for address in ["asha@example.org", "rob@example.org"] {
        assert_eq!(portal.letters_about(address, &format!("{CLUB}’s pledge is in force")).len(), 1);
    }
    asha.visit(&format!("{HOME}/pledge")).follow("See your pledge as the public sees it").path().to_owned()
}

fn assess(asha: &mut Person, rob: &mut Person) {
    asha.visit(&format!("{HOME}/quality")).press("Begin").follow("Start with the first question");
    asha.choose(QUESTION, "Established").fill("In your own words", "We greet everyone by name.");
    asha.press("Save and add evidence").fill("What it is", "Welcome checklist");
    asha.attach("File", "checklist.pdf", PDF).press("Add this evidence").press("Save and continue");
    let mut answered = 1;
    while !asha.page().groups_with_legend(QUESTION).is_empty() {
        asha.choose(QUESTION, "Established").press("Save and continue");
        answered += 1;
        assert!(answered < 100, "the questions end");
    }
    asha.visit(&format!("{HOME}/quality/submission")).tick("The answers are right as far as I know");
    asha.press("Sign for the work").sees("Waiting for a signature").sees("Rob Ward");
    rob.visit(&format!("{HOME}/quality")).follow("Check and sign").sees("Asha Patel signed this self-assessment");
    rob.tick("We who govern this organisation know what is in it").press("Sign and send to the VRP");
    rob.sees("Submitted on");
}

/// Looks at everything; `wanting` is what they find in the first answer they look at.
fn look_at_everything(reviewer: &mut Person, wanting: &str, note: &str) {
    reviewer.follow("Look at the next one");
    let mut found = 0;
    while !reviewer.page().groups_with_legend(FINDING).is_empty() {
        match found {
            0 => reviewer.choose(FINDING, wanting).fill("Note for the organisation", note),
            _ => reviewer.choose(FINDING, "We agree"),
        };
        reviewer.press("Save and next");
        found += 1;
        assert!(found < 100, "the questions end");
    }
}

#[test]
fn an_organisation_goes_from_its_first_visit_to_an_endorsement_and_to_its_end() {
    let portal = spawn_portal();
    let (mut steward, mut reviewer, mut decider) = people_of_the_vrp(&portal);
    let mut visitor = portal.visitor();
    let mut asha = register(&portal, "Asha Patel", "asha@example.org");

    register_the_club(&mut asha);
    steward.visit("/vrp").visit("/vrp/registrations").follow(CLUB).press("Approve this organisation");
    assert_eq!(portal.letter_to("asha@example.org").link(), HOME);
    let mut rob = invite_the_chair(&portal, &mut asha);
    keep_training_in_date(&portal, &mut asha, &mut rob);
    take_the_skills_audit(&mut asha);

    let public = pledge(&portal, &mut asha, &mut rob);
    visitor.visit("/pledges").sees(CLUB);
    visitor.visit(&public).sees("We ask everyone, every term");

    assess(&mut asha, &mut rob);
    assert_eq!(portal.letter_to("asha@example.org").subject, format!("{CLUB} has submitted its self-assessment"));
    reviewer.visit("/review").follow(CLUB);
    let fair = reviewer.page().name_of(reviewer.page().all("input[type=checkbox]")[0]);
    reviewer.tick(&fair).press("Take this review");
    portal.letter_to("asha@example.org");
    look_at_everything(&mut reviewer, "Not shown yet", "Please add the date of the checklist.");
    answer_the_reviewer(&portal, &mut reviewer, &mut asha);

    reviewer.follow("Recommend").choose("What do you recommend?", "Established");
    reviewer.fill("Your reasons", "Strong practice, and young people say so.").press("Send the recommendation");
    let letter = portal.letter_to("dee@vrp.example.org");
    decider.visit(&letter.link()).choose("What do you decide?", "Established");
    decider.fill("Your reasons", "Your welcome is a model for others.").press("Decide");
    let letter = portal.letter_to("asha@example.org");
    assert_eq!(letter.subject, format!("{CLUB} is endorsed: Established"));
    asha.visit(&letter.link()).sees("Your welcome is a model for others.").sees("Established");

    visitor.visit("/directory").follow(CLUB).sees("Pledged to the Youth Charter").sees("at the level Established");
    let code = visitor.follow("Check this endorsement").sees("it stands today").path().to_owned();
    the_years_go_by(&portal, &public);
    visitor.visit(&code).sees("does not stand any more");
    assert!(matches!(portal.read(verify_chain), Verdict::Whole(entries) if entries > 100));
}

/// The reviewer asks for one change, the organisation makes it, and the reviewer looks again.
fn answer_the_reviewer(portal: &RunningPortal, reviewer: &mut Person, asha: &mut Person) {
    let desk = reviewer.follow("Ask for changes").path().trim_end_matches("/changes").to_owned();
    let box_name = reviewer.page().name_of(reviewer.page().all("textarea")[0]);
    reviewer.fill(&box_name, "Please say when it was last changed.").press("Send to the organisation");
    let letter = portal.letter_to("asha@example.org");
    assert!(letter.text.contains("Please say when it was last changed."), "{}", letter.text);
    asha.visit(&letter.link()).sees("Please say when it was last changed.");
    let question = letter.text.lines().find(|line| line.ends_with('?')).expect("the letter names the question");
    asha.follow(question).fill("In your own words", "We greet everyone by name. Changed this May.");
    asha.press("Save and continue").visit(&format!("{HOME}/quality/submission"));
    let declaration = asha.page().name_of(asha.page().all("input[type=checkbox]")[0]);
    asha.tick(&declaration).press("Send back to the reviewer");
    portal.letter_to("asha@example.org");
    reviewer.visit(&desk);
    look_at_everything(reviewer, "Good practice", "Others can learn from this.");
    reviewer.visit(&desk);
}

fn the_years_go_by(portal: &RunningPortal, public: &str) {
    let mut visitor = portal.visitor();
    assert_eq!(do_what_is_due(&portal.inside).expect("done").pledges_lapsed, 0);
    let year_after = portal.today() + Months::new(12) + Duration::days(1);
    portal.advance(year_after - portal.today());
    assert_eq!(do_what_is_due(&portal.inside).expect("done").pledges_lapsed, 1);
    visitor.visit("/pledges").does_not_see(CLUB);
    visitor.visit(public);
    let ended = portal.letters_to("asha@example.org");
    assert!(ended.iter().any(|letter| letter.subject == format!("{CLUB}’s pledge has ended")), "a lead is told");
    portal.advance(Duration::days(2 * 366));
    assert_eq!(do_what_is_due(&portal.inside).expect("done").endorsements_lapsed, 1);
    assert!(portal.letters_to("asha@example.org").iter().any(|l| l.subject.starts_with("Your endorsement has ended")));
    // Nobody of the VRP has signed in for three years: they are told.
    portal.read_all_letters();
}
