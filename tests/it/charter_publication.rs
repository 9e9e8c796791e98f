//! The draft of the Charter brought into force: what it would change and for whom, its hash and its number, and that nobody
//! signs a text while it is replaced.

use std::sync::mpsc::channel;
use std::time::Duration as Pause;

use chrono::{Datelike, Duration, NaiveDate};
use serde_json::json;
use sha2::{Digest, Sha256};
use youth_charter::audit::{Actor, Verdict, verify_chain};
use youth_charter::charter::{
    Capacity, CharterVersion, Draft, DraftText, FrontText, Pledge, PledgeState, Publication, begin_draft,
    publish_draft, remove_statement, rewrite_draft,
};
use youth_charter::error::Error;
use youth_charter::ids::StatementId;
use youth_charter::words::mark_of;

use crate::harness::{Answer, Person, RunningPortal, spawn_portal};
use crate::pledging::{begin_and_write, pledged, sign, with_both_sides};
use crate::your_data::unpack;

const DAY: &str = "By which day do organisations sign again?";
const DRAFT: &str = "/vrp/charter/draft";
const PUBLICATION: &str = "/vrp/charter/draft/publication";

/// A steward with a draft that has another title, and without these statements.
fn with_draft(portal: &RunningPortal, without: &[&str]) -> (Person, Draft) {
    let steward = portal.steward();
    portal.act_as(&steward, |act| {
        let draft = begin_draft(act, steward.account().id)?.expect("the first");
        let title = DraftText::Front(FrontText::Title);
        rewrite_draft(act, &title, "The Youth Charter", &mark_of(&draft.version.title))?;
        for id in without {
            let id = StatementId::from(*id);
            remove_statement(act, &id, &draft.statement(&id)?.mark())?;
        }
        Ok(())
    });
    let draft = portal.read(Draft::open).expect("a draft");
    (steward, draft)
}

fn in_ninety_days(portal: &RunningPortal) -> NaiveDate {
    portal.today() + Duration::days(90)
}

/// What the form of a publication sends.
fn sent(portal: &RunningPortal, edition: &str) -> Vec<(&'static str, String)> {
    let by = in_ninety_days(portal);
    vec![
        ("edition", edition.to_owned()),
        ("sign_again_by-day", by.day().to_string()),
        ("sign_again_by-month", by.month().to_string()),
        ("sign_again_by-year", by.year().to_string()),
    ]
}

fn send(portal: &RunningPortal, steward: &mut Person, edition: &str) -> Answer {
    let fields = sent(portal, edition);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    steward.send(PUBLICATION, &fields)
}

fn publish(portal: &RunningPortal, steward: &Person) -> CharterVersion {
    let (draft, by) = (portal.read(Draft::open).expect("a draft"), in_ninety_days(portal));
    match portal.act_as(steward, |act| publish_draft(act, draft.edition, by)) {
        Publication::InForce(version) => version,
        Publication::Refused(faults) => panic!("{faults:?}"),
    }
}

#[test]
fn a_draft_is_tried_and_published_with_the_next_number_and_a_hash_anyone_can_compute() {
    let portal = spawn_portal();
    let (mut steward, _) = with_draft(&portal, &["influence"]);
    steward.visit(DRAFT).follow("See what publishing would change").sees("Nothing has changed yet");
    steward.sees("In force now: Youth Charter").sees("Taken out").sees("Statements that stay as they are: 6");
    steward.sees("It would still be marked as a sample");
    assert_eq!(portal.read(CharterVersion::in_force).number, 1, "looking changes nothing");
    steward.press("Publish this Charter");
    assert_eq!(steward.error_beside(DAY), "Enter the day by which organisations sign again");
    steward.fill_date(DAY, portal.today() + Duration::days(29)).press("Publish this Charter");
    assert!(steward.error_beside(DAY).ends_with("or later, so that everyone has time"));
    steward.fill_date(DAY, portal.today() + Duration::days(800)).press("Publish this Charter");
    assert!(steward.error_beside(DAY).ends_with("or earlier"));
    steward.fill_date(DAY, in_ninety_days(&portal));
    steward.press("Publish this Charter").sees("Version 2 of the Charter is in force").sees("Earlier versions");
    let (charter, statements) = portal.read(|conn| {
        let charter = CharterVersion::in_force(conn)?;
        let statements = charter.statements(conn)?;
        Ok((charter, statements))
    });
    let said: Vec<_> = statements.iter().map(|s| json!([s.id, s.theme, s.words, s.in_practice])).collect();
    let canonical = json!([2, "The Youth Charter", charter.introduction, said]).to_string();
    assert_eq!((charter.number, charter.hash.as_str()), (2, hex::encode(Sha256::digest(canonical)).as_str()));
    let mut visitor = portal.visitor();
    visitor.visit("/charter").sees("The Youth Charter").sees(&charter.hash).does_not_see("Influence on what happens");
    visitor.visit("/charter/1").sees("no longer in force").sees("Influence on what happens");
    assert_eq!(visitor.ask("/charter.pdf").status, 200);
    assert!(portal.read(Draft::open).is_none());
    assert!(matches!(portal.read(verify_chain), Verdict::Whole(_)));
}

#[test]
fn a_draft_that_says_nothing_new_or_nothing_at_all_is_refused_with_the_reason() {
    let portal = spawn_portal();
    let mut steward = portal.steward();
    steward.visit("/vrp/charter").press("Begin a draft of the next version").follow("See what publishing would change");
    steward.sees("The draft says what version 1 says").does_not_see("Publish this Charter");
    let edition = || portal.read(Draft::open).expect("a draft").edition.to_string();
    let refused = send(&portal, &mut steward, &edition());
    assert_eq!(refused.status, 422);
    for statement in portal.read(Draft::open).expect("a draft").statements {
        portal.act_as(&steward, |act| remove_statement(act, &statement.id, &statement.mark()));
    }
    steward.visit(DRAFT).sees("There are none").visit(PUBLICATION).sees("The draft has no statements");
    assert_eq!(send(&portal, &mut steward, &edition()).status, 422);
    steward.visit(DRAFT).follow("Add a statement").fill("Theme", "Respect").press("Add the statement");
    assert!(steward.path().ends_with("/statements/respect-2"), "an id has one meaning for ever: {}", steward.path());
    steward
        .visit(PUBLICATION)
        .sees("Respect: write “The statement” first")
        .does_not_see("an example of an answer” first");
    assert_eq!(send(&portal, &mut steward, &edition()).status, 422);
    assert_eq!(portal.read(CharterVersion::in_force).number, 1);
}

#[test]
fn publishing_wants_a_fresh_proof_and_the_edition_that_was_seen() {
    let portal = spawn_portal();
    let (mut sam, draft) = with_draft(&portal, &[]);
    let mut ola = portal.signed_in_with_two_steps(sam.account());
    ola.visit(PUBLICATION);
    sam.visit(DRAFT).press("Down: Respect");
    ola.fill_date(DAY, in_ninety_days(&portal)).press("Publish this Charter");
    assert_eq!(ola.status(), 409);
    for stale in [draft.edition.to_string(), String::new(), "0".into(), "x".into()] {
        assert_eq!(send(&portal, &mut sam, &stale).status, 409, "{stale}");
    }
    portal.advance(Duration::minutes(61));
    let edition = portal.read(Draft::open).expect("a draft").edition.to_string();
    for answer in [sam.ask(PUBLICATION), send(&portal, &mut sam, &edition)] {
        assert!(answer.location().is_some_and(|to| to.starts_with("/sign-in/again")), "{}", answer.status);
    }
    assert_eq!(portal.read(CharterVersion::in_force).number, 1);
}

#[test]
fn the_dry_run_names_whom_it_concerns_and_counts_the_rest() {
    let portal = spawn_portal();
    pledged(&portal, "Standing Club");
    let half = with_both_sides(&portal, "Half Club");
    portal.act_as(&half.lead, |act| begin_and_write(act, &half.organisation));
    portal.act_as(&half.lead, |act| sign(act, &half.organisation, Capacity::Delivery));
    for number in 0..22 {
        let writing = portal.approved_organisation(&format!("Writing Club {number:02}"));
        portal.act_as(&writing.lead, |act| Pledge::begin(act, writing.organisation.id));
    }
    portal.read_all_letters();
    let (mut steward, _) = with_draft(&portal, &[]);
    steward.visit(PUBLICATION).sees("In force: 1.").sees("Waiting for a second signature: 1.").sees("Half Club");
    steward.sees("Being written: 22.").sees("Writing Club 19").does_not_see("Writing Club 20").sees("and 2 more");
    steward.sees("Standing Club");
    let table = steward.ask(&format!("{PUBLICATION}/affected.csv")).text();
    assert_eq!(table.lines().count(), 1 + 24, "{table}");
    assert!(
        table.contains("Standing Club,In force,1,") && table.contains("Half Club,One signature to go,1,"),
        "{table}"
    );
    portal.read_all_letters();
    publish(&portal, &steward);
    assert!(portal.letters_to(half.lead.email()).is_empty(), "nobody is written to");
    steward.visit("/vrp/charter").sees("Version 1");
    assert_eq!(half.state(&portal), PledgeState::PartSigned);
    portal.visitor().visit("/pledges").sees("Standing Club").sees("version 1 of the Charter");
}

#[test]
fn a_signature_under_way_comes_before_the_new_charter_and_the_pledge_stands() {
    let portal = spawn_portal();
    let hub = half_signed(&portal);
    let (steward, draft) = with_draft(&portal, &[]);
    let by = in_ninety_days(&portal);
    let (told, wait) = channel();
    std::thread::scope(|scope| {
        let (portal, organisation, signatory) = (&portal, &hub.organisation, hub.signatory.actor());
        let signs = scope.spawn(move || {
            portal.try_act(signatory, |act| {
                let state = sign(act, organisation, Capacity::Governance)?;
                told.send(()).expect("somebody waits");
                std::thread::sleep(Pause::from_millis(400));
                Ok(state)
            })
        });
        wait.recv().expect("signed, and not kept yet");
        let published = portal.try_act(steward.actor(), |act| publish_draft(act, draft.edition, by));
        assert!(matches!(published, Ok(Publication::InForce(_))), "{published:?}");
        assert_eq!(signs.join().expect("no panic").expect("signed"), PledgeState::InForce);
    });
    portal.read_all_letters();
    assert_eq!((hub.state(&portal), hub.pledge(&portal).is_outdated()), (PledgeState::InForce, true));
}

#[test]
fn a_signature_that_comes_while_a_charter_is_published_is_refused() {
    let portal = spawn_portal();
    let hub = half_signed(&portal);
    let (steward, draft) = with_draft(&portal, &[]);
    let by = in_ninety_days(&portal);
    let (told, wait) = channel();
    std::thread::scope(|scope| {
        let (portal, publisher) = (&portal, steward.actor());
        let publishes = scope.spawn(move || {
            portal.try_act(publisher, |act| {
                publish_draft(act, draft.edition, by)?;
                told.send(()).expect("somebody waits");
                std::thread::sleep(Pause::from_millis(400));
                Ok(())
            })
        });
        wait.recv().expect("published, and not kept yet");
        let signed = portal.try_act(hub.signatory.actor(), |act| sign(act, &hub.organisation, Capacity::Governance));
        assert!(matches!(signed, Err(Error::Conflict)), "{signed:?}");
        publishes.join().expect("no panic").expect("published");
    });
    assert_eq!((hub.state(&portal), hub.pledge(&portal).signatures.len()), (PledgeState::PartSigned, 1));
}

#[test]
fn two_who_publish_at_once_publish_one_version() {
    let portal = spawn_portal();
    let (steward, draft) = with_draft(&portal, &[]);
    let by = in_ninety_days(&portal);
    let done = std::thread::scope(|scope| {
        let press = |_| {
            let (actor, portal, edition) = (steward.actor(), &portal, draft.edition);
            scope.spawn(move || portal.try_act(actor, |act| publish_draft(act, edition, by)).is_ok())
        };
        let threads: Vec<_> = (0..4).map(press).collect();
        threads.into_iter().map(|thread| thread.join().expect("it answers")).filter(|done| *done).count()
    });
    let versions: Vec<i32> = portal.read(CharterVersion::all_published).iter().map(|version| version.number).collect();
    assert_eq!((done, versions), (1, vec![2, 1]));
}

#[test]
fn whoever_signs_while_the_charter_changes_sees_the_new_text_and_what_they_typed() {
    let portal = spawn_portal();
    let mut hub = half_signed(&portal);
    let signature = format!("{}/signature", hub.address());
    hub.signatory
        .visit(&signature)
        .fill("Your full name", "Rob A. Ward")
        .fill("Your role in the organisation", "Chair");
    hub.signatory.tick("I have the authority to sign this pledge for The Hub");
    let (steward, _) = with_draft(&portal, &["influence"]);
    publish(&portal, &steward);
    hub.signatory.press("Sign the pledge").sees("The Charter has changed").sees("You have not signed");
    assert_eq!(hub.signatory.status(), 422);
    hub.signatory.sees("Rob A. Ward").sees("Chair").sees("This is version 2").does_not_see("Influence on what happens");
    // A lead goes on with the new Charter before the signatory presses: the words are others.
    let address = hub.address();
    hub.lead.visit(&address).press("Continue with the new Charter").sees("6 of 6 statements written");
    hub.signatory
        .visit(&signature)
        .fill("Your full name", "Rob A. Ward")
        .fill("Your role in the organisation", "Chair");
    let mut second = portal.lead_of(&hub.organisation);
    let statement = format!("{address}/statements/respect");
    second.visit(&statement);
    let question = question_of(&second);
    second.fill(&question, "We listen.").fill("Who sees to it?", "All of us").press("Save and continue");
    hub.signatory.tick("I have the authority to sign this pledge for The Hub").press("Sign the pledge");
    assert_eq!(hub.signatory.status(), 422);
    hub.signatory.sees("The words have changed since you read them").sees("We listen.");
    assert_eq!(hub.signatory.value_of("Your full name"), "Rob A. Ward");
    hub.signatory.press("Sign the pledge").sees("You have signed");
    portal.read_all_letters();
}

#[test]
fn words_for_a_statement_that_is_no_more_stay_with_the_organisation() {
    let portal = spawn_portal();
    let mut hub = half_signed(&portal);
    let (steward, _) = with_draft(&portal, &["influence"]);
    publish(&portal, &steward);
    let address = hub.address();
    hub.lead.visit(&address).press("Continue with the new Charter").sees("6 of 6 statements written");
    let gone = "What you wrote for statements that are no more";
    hub.lead.sees(gone).sees("For Influence on what happens we will.");
    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    portal.act_as(&hub.signatory, |act| sign(act, &hub.organisation, Capacity::Governance));
    portal.read_all_letters();
    hub.lead.visit(&address).sees("In force").sees(gone).sees("For Influence on what happens we will.");
    let code = hub.pledge(&portal).pledge.code;
    portal.visitor().visit(&format!("/pledges/{code}")).does_not_see("For Influence on what happens");

    hub.lead.visit("/organisations/the-hub").follow("Download everything your organisation has put in");
    hub.lead.press("Download everything");
    let files = unpack(&hub.lead.answer().bytes);
    let table = String::from_utf8_lossy(&files["tables/commitments.csv"]).into_owned();
    let row = table.lines().find(|row| row.contains("For Influence on what happens we will.")).expect("it is there");
    assert!(row.contains("We will share decisions with you") && row.trim().ends_with("no"), "{row}");
    assert!(table.lines().filter(|row| row.trim().ends_with("yes")).count() == 6, "{table}");

    // They go along when the pledge is renewed.
    portal.act_as(&hub.lead, |act| hub.pledge(&portal).pledge.withdraw(act, &hub.organisation, "A reason"));
    portal.read_all_letters();
    hub.lead
        .visit(&address)
        .press("Pledge again")
        .sees("6 of 6")
        .sees(gone)
        .sees("For Influence on what happens we will.");
}

/// The Hub, signed for delivery.
fn half_signed(portal: &RunningPortal) -> crate::pledging::Pledging {
    let hub = with_both_sides(portal, "The Hub");
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    portal.read_all_letters();
    hub
}

fn question_of(person: &Person) -> String {
    person.page().name_of(person.page().all("textarea")[0])
}

#[test]
fn only_the_portal_loads_the_first_charter() {
    let portal = spawn_portal();
    let again = portal.try_act(Actor::portal(), youth_charter::charter::load_content);
    assert!(matches!(again, Err(Error::Conflict)));
    assert_eq!(portal.read(CharterVersion::in_force).number, 1);
}
