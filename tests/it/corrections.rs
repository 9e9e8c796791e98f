//! Correcting and withdrawing what was logged: the history stays, and nothing becomes stronger than who corrects it.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use youth_charter::db::schema::training_completions;
use youth_charter::ids::{CompletionId, PersonId};
use youth_charter::organisations::{Organisation, find_person_of};
use youth_charter::training::{CompletionHistory, Record, Source};

use crate::harness::{NewOrganisation, PDF, Person, RunningPortal, spawn_portal};

#[test]
fn a_person_corrects_what_they_logged_and_it_stands_on_their_own_word_again() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    log_own(&mut asha, "SEND (Core)", portal.today());
    let record = record_of(&portal, &organisation, &asha);
    lead.visit(&record).press("Confirm").sees("Confirmed by Lead of The Hub");

    asha.visit("/my/training").follow("History of the training in SEND").sees("Confirmed by Lead of The Hub");
    asha.follow("Correct it").sees("even if a lead had confirmed it").press("Correct it");
    assert_eq!(asha.error_beside("What was wrong?"), "Enter what was wrong");
    let right = portal.today() - Days::new(400);
    asha.fill_date("When was it completed?", right).fill("What was wrong?", "It was the year before.");
    asha.press("Correct it").sees("The training is corrected").sees("Logged by yourself, not confirmed yet");
    asha.sees("1 of 7").follow("History of the training in SEND");
    for step in ["Logged: SEND", "Confirmed by Lead of The Hub", "Corrected by", "It was the year before.", "Now: SEND"]
    {
        asha.sees(step);
    }
    assert_eq!(standing(&portal, &asha), vec![(right, Source::SelfLogged)]);
    // The certificate went along, and a lead may confirm again.
    assert_eq!(asha.page().all("a[href$='/certificate']").len(), 1);
    lead.visit(&record).press("Confirm").sees("Confirmed by Lead of The Hub");
}

#[test]
fn a_lead_corrects_somebody_elses_and_it_is_confirmed_by_that_lead() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    let mut second = portal.lead_of(&organisation);
    drop(lead);
    log_own(&mut asha, "SEND (Core)", portal.today());
    second.visit(&record_of(&portal, &organisation, &asha)).follow("History of the training in SEND");
    second.follow("Correct it").choose("Training", "Safeguarding (Core)").fill("What was wrong?", "Another module.");
    second.sees("By correcting this you confirm").press("Correct it").sees("The training is corrected");
    second.sees(&format!("Confirmed by {}", second.name()));
    // It is not their own word any more.
    asha.visit("/my/training").follow("History of the training in Safeguarding").does_not_see("Correct it");
    let address = format!("{}/correction", asha.path());
    assert_eq!(asha.ask(&address).status, 403);
    assert_eq!(asha.send(&address, &[("reason", "Mine")]).status, 403);
}

#[test]
fn what_is_withdrawn_does_not_count_and_its_history_stays() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    log_own(&mut asha, "SEND (Core)", portal.today());
    asha.follow("History of the training in SEND");
    let page = asha.path().to_owned();
    asha.follow("Withdraw it").press("Withdraw it");
    assert_eq!(asha.error_beside("Why is it withdrawn?"), "Enter why it is withdrawn");
    asha.fill("Why is it withdrawn?", "That was my sister.").press("Withdraw it").sees("The training is withdrawn");
    asha.sees("0 of 7");
    asha.visit(&page).sees("It does not count any more").sees("That was my sister.").does_not_see("Correct it");
    for part in ["correction", "withdrawal"] {
        assert_eq!(asha.send(&format!("{page}/{part}"), &[("reason", "Again")]).status, 409);
    }
    // The place is free again.
    log_own(&mut asha, "SEND (Core)", portal.today());
    asha.sees("1 of 7");
}

#[test]
fn the_word_of_another_organisation_is_not_a_leads_to_correct() {
    let portal = spawn_portal();
    let NewOrganisation { organisation: hub, lead: mut hub_lead } = portal.approved_organisation("The Hub");
    let NewOrganisation { organisation: barn, lead: mut barn_lead } = portal.approved_organisation("The Barn");
    let mut asha = portal.practitioner_of(&hub);
    portal.enrol(
        &asha,
        &barn,
        youth_charter::organisations::MembershipRole::Practitioner,
        youth_charter::organisations::Engagement::Paid,
    );
    log_own(&mut asha, "SEND (Core)", portal.today());
    hub_lead.visit(&record_of(&portal, &hub, &asha)).press("Confirm");
    barn_lead.visit(&record_of(&portal, &barn, &asha)).follow("History of the training in SEND");
    barn_lead.does_not_see("Correct it");
    let address = barn_lead.path().to_owned();
    assert_eq!(barn_lead.send(&format!("{address}/withdrawal"), &[("reason", "No")]).status, 403);
    let mut stranger = portal.approved_organisation("Elsewhere").lead;
    assert_eq!(stranger.ask(&address.replace("the-barn", "elsewhere")).status, 404);
    let mut other = portal.practitioner_of(&hub);
    assert_eq!(other.ask(&address.replace("the-barn", "the-hub")).status, 404);
    // Self-logged again, it is the word of someone who is here.
    asha.visit("/my/training").follow("History of the training in SEND").follow("Correct it");
    asha.fill("What was wrong?", "The provider.").fill("Who gave the training?", "Somebody else").press("Correct it");
    barn_lead.visit(&record_of(&portal, &barn, &asha)).follow("History of the training in SEND").follow("Correct it");
}

#[test]
fn a_correction_to_a_day_that_is_logged_already_is_refused_and_changes_nothing() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    let earlier = portal.today() - Days::new(100);
    log_own(&mut asha, "SEND (Core)", earlier);
    log_own(&mut asha, "SEND (Core)", portal.today());
    let today = portal.today().format("%-d %B %Y");
    asha.follow(&format!("History of the training in SEND of {today}")).follow("Correct it");
    asha.fill_date("When was it completed?", earlier);
    asha.fill("What was wrong?", "The day.").press("Correct it");
    assert_eq!(asha.error_beside("When was it completed?"), "This training is logged already for this date");
    assert_eq!(standing(&portal, &asha).len(), 2);
}

#[test]
fn what_a_provider_verified_is_the_providers_to_withdraw() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, mut lead } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    log_own(&mut asha, "SEND (Core)", portal.today());
    asha.follow("History of the training in SEND");
    let own = asha.path().to_owned();
    verify(&portal, own.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id"));
    asha.visit(&own).sees("only the provider can withdraw it").does_not_see("Correct it");
    asha.visit(&format!("{own}/correction")).sees("Only the provider can change this");
    let within = own.replace("/my/", "/organisations/the-hub/");
    lead.visit(&format!("{within}/withdrawal")).sees("Only the provider can change this");
    for (person, address) in [(&mut asha, &own), (&mut lead, &within)] {
        let answer = person.send(&format!("{address}/withdrawal"), &[("reason", "No")]);
        assert_eq!(answer.status, 403);
        assert!(answer.text().contains("Only the provider can change this"));
    }
}

#[test]
fn the_same_module_within_a_fortnight_is_asked_about() {
    let portal = spawn_portal();
    let NewOrganisation { organisation, .. } = portal.approved_organisation("The Hub");
    let mut asha = portal.practitioner_of(&organisation);
    let today = portal.today();
    log_own(&mut asha, "SEND (Core)", today - Days::new(40));
    for (days, asked) in [(25, false), (11, true), (10, true)] {
        asha.visit("/my/training/new");
        fill(&mut asha, "SEND (Core)", today - Days::new(days));
        asha.press("Log training");
        assert_eq!(asha.status() == 422, asked, "{days} days ago: {:?}", asha.problems());
        if asked {
            asha.sees("This is on the record already").tick("Yes, this is another training").press("Log training");
        }
        asha.sees("The training is logged");
    }
    assert_eq!(standing(&portal, &asha).len(), 4);
}

#[track_caller]
fn log_own(person: &mut Person, training: &str, day: NaiveDate) {
    person.visit("/my/training/new");
    fill(person, training, day);
    person.attach("Certificate", "certificate.pdf", PDF).press("Log training").sees("The training is logged");
}

#[track_caller]
fn fill(person: &mut Person, training: &str, day: NaiveDate) {
    person
        .choose("Training", training)
        .fill_date("When was it completed?", day)
        .fill("Who gave the training?", "Base 51");
}

fn person_id(portal: &RunningPortal, person: &Person) -> PersonId {
    let account = person.account().id;
    portal.read(|conn| find_person_of(conn, account)).expect("on a record").id
}

fn record_of(portal: &RunningPortal, organisation: &Organisation, person: &Person) -> String {
    format!("/organisations/{}/training/people/{}", organisation.slug, person_id(portal, person))
}

/// What stands, by day and on whose word.
fn standing(portal: &RunningPortal, person: &Person) -> Vec<(NaiveDate, Source)> {
    let (id, today) = (person_id(portal, person), portal.today());
    let record = portal.read(|conn| Record::of(conn, id, &[], today));
    let latest = record.lines.into_iter().filter_map(|line| line.latest);
    let entries: Vec<_> = latest.chain(record.earlier).collect();
    for entry in &entries {
        let history = portal.read(|conn| CompletionHistory::of(conn, id, entry.completion.id));
        assert_eq!(history.last().expect("a version").completion.id, entry.completion.id, "what stands is last");
    }
    entries.into_iter().map(|entry| (entry.completion.completed_on, entry.completion.source())).collect()
}

/// What the register of a session does to a completion of the day.
#[track_caller]
fn verify(portal: &RunningPortal, completion: CompletionId) {
    let base = portal.appointed_provider("Base 51");
    let session = portal.open_session(&base, portal.plan_for("send", 9)).id;
    portal.act(|act| {
        diesel::update(training_completions::table.find(completion))
            .set((training_completions::source.eq(Source::Verified), training_completions::session_id.eq(session)))
            .execute(act.conn)?;
        Ok(())
    });
}
