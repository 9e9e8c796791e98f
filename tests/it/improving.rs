//! What an organisation works towards, what colleagues say to each other, and what is said kindly before it submits.

use chrono::{Days, Duration};
use diesel::prelude::*;
use youth_charter::db::schema::{assessment_answers, planned_actions};
use youth_charter::documents::{NewDocument, add_document};
use youth_charter::quality::{Assessment, add_evidence};
use youth_charter::reminders::do_what_is_due;

use crate::harness::{NewOrganisation, Person, RunningPortal, a_pdf, spawn_portal, words_of_paper};
use crate::quality::{QUALITY, answer_the_rest, sign_and_send};

const PLAN: &str = "/organisations/the-hub/quality/plan";
const STEP: &str = "/organisations/the-hub/quality/plan/exp-welcome-first-visit";
const WELCOME: &str = "/organisations/the-hub/quality/indicators/exp-welcome-first-visit";
const QUESTION: &str = "What happens when a young person comes to you for the first time?";
const ASK: &str = "What describes you best today?";
const SAY: &str = "Say something to your colleagues";

fn due(portal: &RunningPortal) {
    do_what_is_due(&portal.inside).expect("it is done");
}

/// Plans a step for the welcome, due in so many days, by a lead with the form open.
fn plan(portal: &RunningPortal, person: &mut Person, days: u64) {
    person.fill("What is the first step?", "Ask three young helpers what a good welcome is.");
    person.fill_date("By when?", portal.today() + Days::new(days));
    person.choose("What do you work towards?", "Established").press("Save the step").sees("The step is in your plan");
}

#[test]
fn from_not_yet_to_done_with_a_colleague_and_a_paper() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    lead.visit(PLAN).sees("Nothing is planned yet").sees("it is listed here");
    lead.visit(QUALITY).press("Begin");
    lead.visit(WELCOME).sees("Nothing is planned for this question").choose(ASK, "Not yet").press("Save and continue");
    lead.visit(QUALITY).sees("Nothing is planned yet.").follow("See what could come next");
    lead.sees("What could come next").sees(QUESTION).follow(QUESTION);
    lead.press("Save the step");
    assert_eq!(
        lead.problems(),
        ["Enter the first step", "Enter the day it should be done by", "Select what you work towards"]
    );
    lead.fill("What is the first step?", "Ask them").choose("What do you work towards?", "Emerging");
    lead.fill_date("By when?", portal.today() - Days::new(1)).press("Save the step");
    assert_eq!(lead.problems(), ["The day must be today or later"]);
    lead.choose("Who does it?", asha.name()).fill("Who helps? (optional)", "Base 51");
    lead.fill("How are young people part of it? (optional)", "They write the checklist.");
    plan(&portal, &mut lead, 40);
    lead.sees("0 of 1 steps done").sees("Ask three young helpers").sees(asha.name()).sees("Base 51");
    lead.visit(WELCOME).sees("Established, by").sees("with the help of Base 51");
    lead.visit(QUALITY).sees("1 step is open.").sees("Working towards Established by");
    let other =
        [("first_step", "Another"), ("aim", "emerging"), ("due-day", "1"), ("due-month", "1"), ("due-year", "2999")];
    assert_eq!(lead.send(STEP, &other).status, 422, "a thousand years is too long");

    let paper = lead.ask(&format!("{PLAN}.pdf"));
    assert_eq!(paper.header("content-type"), Some("application/pdf"));
    let text = words_of_paper(&paper.bytes);
    for words in ["Action plan of The Hub", QUESTION, "Ask three young helpers", "They write the checklist."] {
        assert!(text.contains(words), "{words}: {text}");
    }

    asha.visit(PLAN).follow("Say how it goes").choose("Where is it?", "Under way").press("Save").sees("Under way");
    asha.follow("Say how it goes").choose("Where is it?", "Done");
    asha.fill("How did it go? (optional)", "The checklist hangs at the door.").press("Save");
    asha.sees("1 of 1 steps done").sees("The checklist hangs at the door.").sees("Nothing is open");
    // What is over stays as it was; the question can be planned for again.
    assert_eq!(asha.send(&format!("{STEP}/progress"), &[("state", "done")]).status, 404);
    asha.visit(PLAN).follow(QUESTION).sees("Plan a step");
}

#[test]
fn the_plan_is_the_organisations_and_the_next_assessment_begins_with_it() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    portal.act_as(&lead, |act| Assessment::begin(act, organisation.id));
    lead.visit(STEP);
    plan(&portal, &mut lead, 100);
    portal.advance(Duration::days(3));
    let mut viewer = portal.viewer_of(&organisation);
    viewer.visit(PLAN).sees(QUESTION).does_not_see("Say how it goes");
    assert_eq!(viewer.ask(STEP).status, 403);
    let mut stranger = portal.approved_organisation("Elsewhere").lead;
    for address in [PLAN, STEP, "/organisations/the-hub/quality/plan.pdf"] {
        assert_eq!(stranger.ask(address).status, 404, "{address}");
    }
    lead.visit(WELCOME).sees("Ask three young helpers");
}

#[test]
fn two_people_change_a_step_and_nothing_is_lost() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    portal.act_as(&lead, |act| Assessment::begin(act, organisation.id));
    lead.visit(STEP);
    plan(&portal, &mut lead, 100);
    asha.visit(STEP);
    lead.visit(STEP).fill("What is the first step?", "Ask five").press("Save the step");
    asha.fill("What is the first step?", "Ask the parents too").press("Save the step");
    assert_eq!(asha.status(), 409);
    asha.sees("somebody changed this step while you were writing");
    assert_eq!(asha.value_of("What is the first step?"), "Ask the parents too");
    asha.press("Save the step").sees("Ask the parents too");
    lead.visit(&format!("{STEP}/progress"));
    asha.visit(&format!("{STEP}/progress")).choose("Where is it?", "Under way").press("Save");
    lead.choose("Where is it?", "Done").press("Save");
    assert_eq!(lead.status(), 409);
    lead.sees("somebody changed this step").press("Save").sees("1 of 1 steps done");
}

#[test]
fn the_owner_is_told_two_weeks_before_and_once_and_leaving_gives_the_step_to_the_leads() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let asha = portal.practitioner_of(&organisation);
    portal.act_as(&lead, |act| Assessment::begin(act, organisation.id));
    lead.visit(STEP).choose("Who does it?", asha.name());
    plan(&portal, &mut lead, 20);
    portal.read_all_letters();
    due(&portal);
    assert!(portal.letters_about(asha.email(), "A step of your action plan").is_empty());
    portal.advance(Duration::days(6));
    due(&portal);
    due(&portal);
    let told = portal.letters_about(asha.email(), "A step of your action plan");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].text.contains("Ask three young helpers"), "{}", told[0].text);
    assert!(portal.letters_about(lead.email(), "A step of your action plan").is_empty());

    let mut asha = portal.signed_in(asha.account());
    asha.visit("/organisations/the-hub/people/me/leaving").sees("1 open step of the action plan");
    let owner = || {
        portal
            .read(|conn| Ok(planned_actions::table.select(planned_actions::owned_by).first::<Option<String>>(conn)?))
    };
    assert_eq!(owner(), Some(asha.account().id.to_string()));
    asha.press("Leave");
    assert_eq!(owner(), None, "the leads have it together");
    // Another day is told of again.
    let mut lead = portal.signed_in(lead.account());
    lead.visit(STEP).fill_date("By when?", portal.today() + Days::new(10)).press("Save the step");
    due(&portal);
    assert_eq!(portal.letters_about(lead.email(), "A step of your action plan").len(), 1);
}

#[test]
fn colleagues_talk_about_an_answer_and_no_reviewer_reads_it() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    portal.act_as(&lead, |act| Assessment::begin(act, organisation.id));
    asha.visit(WELCOME).choose(ASK, "Emerging").press("Save and continue");
    portal.read_all_letters();
    lead.visit(WELCOME).press("Add comment");
    assert_eq!(lead.error_beside(SAY), "Enter what you want to say");
    lead.fill(SAY, "Mei knows how the rota works.").press("Add comment").sees("Your comment is added");
    lead.fill(SAY, "Ask her on Monday.").press("Add comment").sees("Ask her on Monday.");
    let told = portal.letters_about(asha.email(), "commented on an answer");
    assert_eq!(told.len(), 1, "of one question once a day: {told:#?}");
    assert!(!told[0].text.contains("Mei"), "what was said stays in the portal");
    assert_eq!(told[0].link(), format!("{WELCOME}#comments"));
    asha.visit(WELCOME).sees("Mei knows how the rota works.").does_not_see("Take away");
    asha.fill(SAY, "I will.").press("Add comment");
    assert_eq!(portal.letters_about(lead.email(), "commented on an answer").len(), 1);
    let removal = asha.page().action_of("Take away");
    assert_eq!(lead.send(&removal, &[]).status, 403, "nobody takes away what another said");
    asha.press("Take away").sees("Your comment is gone").does_not_see("I will.");

    answer_the_rest(&portal, organisation.id, &lead);
    sign_and_send(&portal, &organisation, &mut lead);
    // While it is with the VRP its answers are locked; colleagues can still talk.
    lead.visit(WELCOME).sees("This answer is locked").press("Add comment");
    assert_eq!(lead.error_beside(SAY), "Enter what you want to say");
    lead.fill(SAY, "Now we wait.").press("Add comment").sees("Now we wait.");
    let assessment = portal.read(|conn| Assessment::latest_of(conn, organisation.id)).expect("there is one");
    let mut rae = portal.reviewer();
    rae.visit("/review").follow("The Hub").tick("I know of no reason why I could not be fair to The Hub");
    rae.press("Take this review");
    rae.visit(&format!("/review/assessments/{}/indicators/exp-welcome-first-visit", assessment.id));
    rae.sees(QUESTION).does_not_see("Mei knows").does_not_see("Now we wait");
    portal.read_all_letters();
    let mut stranger = portal.approved_organisation("Elsewhere").lead;
    assert_eq!(stranger.send(&format!("{WELCOME}/comments"), &[("words", "Hello")]).status, 404);
    assert_eq!(stranger.send(&removal, &[]).status, 404);
}

#[test]
fn before_submitting_it_is_said_kindly_what_a_reviewer_may_ask_about() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let assessment = portal.act_as(&lead, |act| Assessment::begin(act, organisation.id));
    answer_the_rest(&portal, organisation.id, &lead);
    portal.read(|conn| {
        diesel::update(assessment_answers::table).set(assessment_answers::narrative.eq("We do.")).execute(conn)?;
        Ok(())
    });
    let account = lead.account().id;
    let show = |indicator: &str, days: u64| {
        portal.act_as(&lead, |act| {
            let file = a_pdf(act, &format!("{indicator}.pdf"));
            let effective_on = Some(act.today() - Days::new(days));
            let new = NewDocument { title: "Paper".into(), effective_on, review_by: None, address: None };
            let document = add_document(act, organisation.id, account, new, file)?;
            add_evidence(act, &assessment, &indicator.into(), account, &document)
        })
    };
    show("exp-feel-safe", 100);
    show("exp-welcome-first-visit", 900);
    lead.visit(&format!("{QUALITY}/submission")).sees("A reviewer may ask about 42 answers");
    lead.sees("All of its evidence is older than 2 years").sees("It is met, and nothing shows it yet");
    lead.does_not_see("Nothing is said in your own words");
    lead.visit(WELCOME).sees("Older than 2 years").sees("Looked after by").sees("Fingerprint");
}
