//! The self-assessment as people fill it in: answers, evidence, what is left, submitting.

use youth_charter::acts::Act;
use youth_charter::error::Result;
use youth_charter::ids::OrganisationId;
use youth_charter::organisations::{Engagement, MembershipRole, Organisation, Position, add_without_account};
use youth_charter::quality::{Assessment, Judgement, Progress, Said, Sheet, Standing, save_answer};

use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal};

pub const QUALITY: &str = "/organisations/the-hub/quality";
const WELCOME: &str = "/organisations/the-hub/quality/indicators/exp-welcome-first-visit";
const NEXT_STEPS: &str = "/organisations/the-hub/quality/indicators/exp-next-steps";
const ASK: &str = "What describes you best today?";
const PDF: &[u8] = b"%PDF-1.4\n% a checklist\n%%EOF\n";

#[test]
fn an_organisation_assesses_itself_and_submits() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    asha.visit(QUALITY).sees("A lead of your organisation can begin it");
    lead.visit(QUALITY).sees("44 questions").press("Begin").sees("0 of 43 questions answered");
    lead.follow("Start with the first question").sees("Every organisation needs this");

    asha.visit(WELCOME).choose(ASK, "Emerging").fill("In your own words", "We say hello.\nTwice.");
    asha.press("Save and add evidence").sees("Your answer is saved");
    assert_eq!(asha.path(), format!("{WELCOME}"));
    assert_eq!(asha.value_of("In your own words"), "We say hello.\nTwice.");
    asha.fill("What it is", "Checklist").attach("File", "list.pdf", PDF);
    asha.fill_date("Date on it (optional)", portal.today()).press("Add this evidence").sees("The evidence is added");
    let link = asha.page().links("Checklist")[0].attr("href").expect("a link").to_owned();
    let file = lead.ask(&link);
    assert_eq!((file.status, file.bytes.as_slice()), (200, PDF));
    assert!(file.header("content-disposition").is_some_and(|d| d.starts_with("attachment; filename=\"list.pdf\"")));

    asha.press("Save and continue").sees("How do you know that young people feel safe");
    lead.visit(QUALITY).sees("1 of 43 questions answered").sees("1 of 12 answered").sees("Must, 1 piece of evidence");
    answer_the_rest(&portal, organisation.id, &lead);
    lead.visit(QUALITY).sees("43 of 43 questions answered").follow("Check and submit");
    lead.sees("your own answers support the level Emerging").sees("A reviewer may ask about 42 answers");
    lead.tick_in("I confirm for my organisation", "The answers are right as far as I know");
    lead.press("Sign for the work");
    assert_eq!(
        lead.problems()[0],
        "Nobody can sign for those who govern you yet. Invite the person who chairs your committee as a governance signatory"
    );
    sign_and_send(&portal, &organisation, &mut lead);
    let letter = portal.letter_to(lead.email());
    assert_eq!(letter.subject, "The Hub has submitted its self-assessment");
    assert_eq!(letter.link(), QUALITY);
    asha.visit(WELCOME).sees("This answer is locked").sees("We say hello.").does_not_see("Save and continue");
}

#[test]
fn nothing_changes_after_submitting() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    portal.act_as(&lead, |act| Assessment::begin(act, organisation.id));
    lead.visit(WELCOME).choose(ASK, "Emerging").press("Save and add evidence");
    lead.fill("What it is", "Checklist").attach("File", "list.pdf", PDF).press("Add this evidence");
    let removal = lead.page().action_of("Remove Checklist");
    answer_the_rest(&portal, organisation.id, &lead);
    let mut other_tab = portal.signed_in(lead.account());
    other_tab.visit(WELCOME);
    sign_and_send(&portal, &organisation, &mut lead);
    portal.read_all_letters();

    other_tab.choose(ASK, "Excelling").press("Save and continue").sees("This has changed since you opened it");
    assert_eq!(other_tab.status(), 409);
    assert_eq!(lead.send(&removal, &[]).status, 409);
    // Pressing submit twice is no mistake.
    let again = lead.send(&format!("{QUALITY}/submission"), &[("declaration", "yes")]);
    assert_eq!((again.status, again.location()), (303, Some(QUALITY)));
    lead.visit(&format!("{QUALITY}/submission")).sees("Submitted on");
    assert_eq!(lead.path(), QUALITY);
    lead.visit(WELCOME).sees("Checklist").does_not_see("Excelling").does_not_see("Remove");
}

#[test]
fn two_people_write_at_once_and_neither_loses_a_word() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    portal.act_as(&lead, |act| Assessment::begin(act, organisation.id));
    let mut asha = portal.practitioner_of(&organisation);
    lead.visit(WELCOME);
    asha.visit(WELCOME).choose(ASK, "Emerging").fill("In your own words", "Asha’s words").press("Save and continue");
    lead.choose(ASK, "Established").fill("In your own words", "The lead’s words").press("Save and continue");
    lead.sees("Someone else saved this answer while you were writing").sees(&format!("What {} saved", asha.name()));
    assert_eq!(lead.status(), 422);
    lead.sees("Asha’s words");
    assert_eq!(lead.value_of("In your own words"), "The lead’s words");
    assert_eq!(stored_words(&portal, organisation.id), "Asha’s words");

    lead.fill("In your own words", "Both").press("Save this answer").sees("Your answer is saved");
    assert_eq!(stored_words(&portal, organisation.id), "Both");
}

#[test]
fn the_same_form_sent_twice_is_saved_once() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    portal.act_as(&lead, |act| Assessment::begin(act, organisation.id));
    let fields = [("judgement", "emerging"), ("narrative", "Words"), ("edition", "0")];
    assert_eq!(lead.send(WELCOME, &fields).status, 303);
    assert_eq!(lead.send(WELCOME, &fields).status, 303);
    let sheet = portal.read(|conn| Sheet::latest_of(conn, organisation.id));
    assert_eq!(sheet.answers.values().map(|answer| answer.edition).collect::<Vec<_>>(), [1]);
    for edition in ["7", "-1", "2147483647", "x"] {
        let stale = [("judgement", "excelling"), ("narrative", "Other"), ("edition", edition)];
        assert_eq!(lead.send(WELCOME, &stale).status, 422, "{edition}");
    }
    assert_eq!(stored_words(&portal, organisation.id), "Words");
}

#[test]
fn does_not_apply_is_offered_where_it_can_be_true_and_explained_where_it_must() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    portal.act_as(&lead, |act| Assessment::begin(act, organisation.id));
    let indicator = |id: &str| format!("{QUALITY}/indicators/{id}");
    lead.visit(WELCOME).does_not_see("Does not apply to us");
    let refused = lead.send(WELCOME, &[("judgement", "not_applicable"), ("narrative", "No"), ("edition", "0")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("This applies to every organisation"));

    lead.visit(NEXT_STEPS).choose(ASK, "Does not apply to us").press("Save and continue");
    assert_eq!(lead.error_beside("In your own words"), "Say in a few words why this does not apply to you");
    lead.fill("In your own words", "We only run one-day events.")
        .press("Save and continue")
        .sees("Your answer is saved");
    lead.visit(&indicator("org-accessible-premises")).choose(ASK, "Does not apply to us");
    lead.press("Save and continue").sees("Your answer is saved");

    lead.visit(&indicator("org-paid-staff-development")).sees("Your list of people shows no paid staff");
    lead.visit(QUALITY).sees("2 of 43 questions answered");
    let position = Position { role: MembershipRole::Practitioner, engagement: Engagement::Paid, accountable: false };
    portal.act(|act| add_without_account(act, organisation.id, "Callum Deakin", position));
    lead.visit(QUALITY).sees("2 of 44 questions answered");
    lead.visit(&indicator("org-paid-staff-development")).choose(ASK, "Does not apply to us").press("Save and continue");
    assert_eq!(lead.error_beside("In your own words"), "Say in a few words why this does not apply to you");
}

#[test]
fn what_is_wrong_is_said_beside_each_field() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    portal.act_as(&lead, |act| Assessment::begin(act, organisation.id));
    lead.visit(WELCOME).fill("In your own words", "Words that stay").press("Save and continue");
    assert_eq!(lead.error_beside(ASK), "Select what describes you best today");
    assert_eq!(lead.value_of("In your own words"), "Words that stay");
    lead.choose(ASK, "Emerging").fill("In your own words", &"é".repeat(5001)).press("Save and continue");
    assert_eq!(lead.error_beside("In your own words"), "Your answer must be 5000 characters or fewer");
    lead.fill("In your own words", &"é".repeat(5000)).press("Save and continue").sees("Your answer is saved");
    let nonsense = [("judgement", "splendid"), ("narrative", ""), ("edition", "1")];
    assert_eq!(lead.send(WELCOME, &nonsense).status, 422);

    lead.visit(WELCOME).press("Add this evidence");
    assert_eq!(lead.status(), 422);
    assert_eq!(lead.error_beside("File"), "Select a file, or enter a web address");
    assert_eq!(lead.error_beside("What it is"), "Say what the file is, such as ‘Welcome checklist’");
    assert_eq!(lead.value_of("In your own words"), "é".repeat(5000));
    for (name, bytes, problem) in [
        ("virus.pdf", &b"MZ\x90\0 a program"[..], "The file must be a PDF, a picture"),
        ("page.pdf", b"<html><script>alert(1)</script>", "The file must be a PDF, a picture"),
        ("empty.pdf", b"", "The file is empty"),
    ] {
        lead.fill("What it is", "Checklist").attach("File", name, bytes).press("Add this evidence");
        assert!(lead.error_beside("File").starts_with(problem), "{name}: {}", lead.error_beside("File"));
    }
    lead.fill("What it is", &"x".repeat(151)).attach("File", "list.pdf", PDF);
    lead.fill_in("Date on it (optional)", "Day", "31").fill_in("Date on it (optional)", "Month", "2");
    lead.press("Add this evidence");
    assert_eq!(lead.error_beside("What it is"), "What it is must be 150 characters or fewer");
    assert_eq!(lead.error_beside("Date on it (optional)"), "The date on it must be a real date, like 27 3 2026");
    lead.visit(WELCOME).sees("Nothing is added yet");
}

#[test]
fn words_pasted_from_a_word_processor_are_taken_and_far_too_many_are_given_back_whole() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    portal.act_as(&lead, |act| Assessment::begin(act, organisation.id));
    let pasted = "\u{2022}\tWe say \u{201c}hello\u{201d} \u{2013} always\u{2026}\u{b}<o:p></o:p>\r\n\u{2022}\tZo\u{eb}\u{2019}s \
                  rota\u{a0}\u{202e}is on the wall\u{0}";
    lead.visit(WELCOME).choose(ASK, "Emerging").fill("In your own words", pasted).press("Save and continue");
    let kept = stored_words(&portal, organisation.id);
    assert!(
        kept.contains("\u{201c}hello\u{201d} \u{2013} always\u{2026}") && kept.contains("Zo\u{eb}\u{2019}s rota"),
        "{kept:?}"
    );
    assert!(!kept.chars().any(|c| (c.is_control() && c != '\n' && c != '\t') || c == '\u{202e}'), "{kept:?}");
    lead.visit(WELCOME).sees("<o:p></o:p>");

    let far_too_many = "Ten words. ".repeat(50_000 / 11 + 1);
    lead.fill("In your own words", &far_too_many).press("Save and continue");
    assert_eq!(lead.error_beside("In your own words"), "Your answer must be 5000 characters or fewer");
    assert_eq!(lead.value_of("In your own words"), far_too_many, "nothing that was typed is lost");
    assert_eq!(stored_words(&portal, organisation.id), kept);
}

#[test]
fn what_is_not_finished_cannot_be_submitted() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    portal.act_as(&lead, |act| Assessment::begin(act, organisation.id));
    let submission = format!("{QUALITY}/submission");
    lead.visit(&submission).sees("43 questions are not finished yet").does_not_see("I confirm");
    assert_eq!(lead.send(&submission, &[("declaration", "yes")]).status, 422);
    answer_the_rest(&portal, organisation.id, &lead);
    portal.signatory_of(&organisation);
    lead.visit(&submission).press("Sign for the work");
    assert_eq!(lead.problems(), ["Tick the box to confirm that the answers are right as far as you know"]);
    let sheet = portal.read(|conn| Sheet::latest_of(conn, organisation.id));
    assert!(!sheet.assessment.is_concluded() && sheet.assessment.submitted_at.is_none());
}

#[test]
fn who_may_do_what() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    for mut person in [portal.practitioner_of(&organisation), portal.signatory_of(&organisation)] {
        assert_eq!(person.send(QUALITY, &[]).status, 403, "{}", person.name());
    }
    assert_eq!(lead.ask(WELCOME).status, 404, "before it is begun");
    lead.visit(QUALITY).press("Begin");
    assert_eq!(lead.send(QUALITY, &[]).status, 303, "beginning twice is no mistake");
    lead.visit(QUALITY).sees("0 of 43");
    lead.visit(WELCOME).fill("What it is", "Checklist").attach("File", "list.pdf", PDF).press("Add this evidence");
    let file = lead.page().links("Checklist")[0].attr("href").expect("a link").to_owned();
    let removal = lead.page().action_of("Remove Checklist");

    let answer = [("judgement", "emerging"), ("narrative", ""), ("edition", "0")];
    let mut viewer = portal.viewer_of(&organisation);
    viewer.visit(WELCOME).sees("Not answered yet").sees("Checklist").does_not_see("Save and continue");
    assert_eq!((viewer.ask(&file).status, viewer.send(&removal, &[]).status), (200, 403));
    assert_eq!(viewer.send(WELCOME, &answer).status, 403);
    let mut asha = portal.practitioner_of(&organisation);
    assert_eq!(asha.send(&format!("{QUALITY}/submission"), &[("declaration", "yes")]).status, 403);
    assert_eq!(asha.ask(&format!("{QUALITY}/indicators/no-such-question")).status, 404);
    assert_eq!(asha.send(&format!("{QUALITY}/indicators/no-such-question"), &answer).status, 404);
    assert_eq!(asha.send_from_elsewhere(WELCOME, &answer).status, 403);

    let NewOrganisation { lead: mut stranger, .. } = portal.approved_organisation("Elsewhere");
    let theirs = |path: &str| path.replace("the-hub", "elsewhere");
    stranger.visit("/organisations/elsewhere/quality").press("Begin");
    for path in [&file, &theirs(&file)] {
        assert_eq!(stranger.ask(path).status, 404, "{path}");
    }
    for path in [&removal, &theirs(&removal)] {
        assert_eq!(stranger.send(path, &[]).status, 404, "{path}");
    }
    assert_eq!(portal.visitor().ask(&file).status, 303);
    let NewOrganisation { lead: mut waiting, .. } = portal.submitted_organisation("Not Yet");
    assert_eq!(waiting.ask("/organisations/not-yet/quality").status, 403);
    lead.visit(WELCOME).press("Remove Checklist").sees("The evidence is removed").sees("Nothing is added yet");
    assert_eq!(lead.send(&removal, &[]).status, 404);
}

#[test]
fn anyone_can_read_the_framework() {
    let portal = spawn_portal();
    let mut visitor = portal.visitor();
    visitor
        .visit("/framework")
        .sees("Young People's Experiences: 12 questions")
        .sees("Youth Work Practice: 14 questions");
    visitor.sees("The Organisation: 18 questions").sees("What good looks like").sees("Disclosure and Barring Service");
    assert_eq!(visitor.page().all("article.indicator").len(), 44);
}

/// Both sides sign at their pages.
pub fn sign_and_send(portal: &RunningPortal, organisation: &Organisation, lead: &mut Person) {
    let mut chair = portal.signatory_of(organisation);
    lead.visit(&format!("{QUALITY}/submission")).sees(chair.name());
    lead.tick_in("I confirm for my organisation", "The answers are right as far as I know");
    lead.press("Sign for the work").sees("Waiting for a signature").sees(chair.name());
    assert_eq!(portal.letter_to(chair.email()).link(), format!("{QUALITY}/signature"));
    chair.visit(QUALITY).follow("Check and sign").press("Sign and send to the VRP");
    assert_eq!(chair.problems().len(), 1);
    chair.tick_in("I confirm for my organisation", "We who govern this organisation know what is in it");
    chair.press("Sign and send to the VRP").sees("Your self-assessment is with the VRP");
}

fn stored_words(portal: &RunningPortal, organisation: OrganisationId) -> String {
    let sheet = portal.read(|conn| Sheet::latest_of(conn, organisation));
    sheet.answers.values().next().map(|answer| answer.narrative.clone()).unwrap_or_default()
}

/// Answers whatever is left with Established, and no words.
pub fn answer_the_rest(portal: &RunningPortal, organisation: OrganisationId, person: &Person) {
    let account = person.account().id;
    portal.act_as(person, |act| {
        let sheet = Sheet::latest_of(act.conn, organisation)?;
        sheet.gaps().into_iter().try_for_each(|gap| {
            let edition_seen = sheet.answer(gap).map_or(0, |answer| answer.edition);
            let said = Said { judgement: Judgement::Established, narrative: String::new(), edition_seen };
            save_answer(act, &sheet, gap, account, &said).map(|_| ())
        })
    });
}

/// Progress and the standing of the first question.
pub fn look_at(act: &mut Act<'_>, organisation: OrganisationId) -> Result<(Progress, Standing)> {
    let sheet = Sheet::latest_of(act.conn, organisation)?;
    Ok((sheet.progress(&sheet.framework.indicators), sheet.standing(&sheet.framework.indicators[0])))
}
