//! Umbrella bodies: marked by the VRP, asking, consenting, withdrawing; and what they see, which is never one
//! organisation by itself. The rule of what may be shown is judged in `umbrella_rule`.

use chrono::{Days, Duration};
use youth_charter::affiliations::{Affiliation, AffiliationState, Umbrella};
use youth_charter::error::Error;
use youth_charter::ids::OrganisationId;
use youth_charter::organisations::{Engagement, MembershipRole, Organisation, Position, add_without_account};
use youth_charter::reminders::do_what_is_due;
use youth_charter::training::{Module, NewCompletion, log_completion};
use youth_charter::umbrella_picture::{DrawnTable, Picture, TableName};

use crate::harness::{NewOrganisation, RunningPortal, spawn_portal};

fn picture(portal: &RunningPortal, umbrella: OrganisationId) -> Picture {
    let now = portal.inside.clock.now();
    portal.read(|conn| Picture::of(conn, umbrella, now))
}

fn amounts(picture: &Picture, name: &TableName) -> Vec<i64> {
    let table: Option<&DrawnTable> = picture.tables.iter().find(|table| table.name == *name);
    table.map(|table| table.figures.iter().map(|figure| figure.amount).collect()).unwrap_or_default()
}

fn looked_at(portal: &RunningPortal) -> usize {
    do_what_is_due(&portal.inside).expect("done").pictures_looked_at
}

fn safeguarding() -> TableName {
    TableName::Training("safeguarding".into())
}

/// A club with three volunteers on record besides its lead, who is one too; each has safeguarding in date, or none.
fn club(portal: &RunningPortal, number: usize, trained: bool) -> NewOrganisation {
    let club = portal.approved_organisation(&format!("Club number {number}"));
    let (lead, id, today) = (club.lead.account().id, club.organisation.id, portal.today());
    let position =
        Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };
    portal.act_as(&club.lead, |act| {
        let module = Module::find(act.conn, &"safeguarding".into())?;
        for name in ["Bev Clarke", "Cam Doyle", "Dot Evans"] {
            let person = add_without_account(act, id, name, position)?.person;
            if trained {
                let new = NewCompletion {
                    person,
                    module: module.clone(),
                    equivalent: None,
                    completed_on: today - Days::new(100),
                    provider: "Base 51".to_owned(),
                    certificate: None,
                    logged_by: lead,
                };
                log_completion(act, Some(id), new)?.expect("logged once");
            }
        }
        Ok(())
    });
    club
}

/// An umbrella body that twelve clubs have joined: six are trained, five have pledged.
fn county(portal: &RunningPortal) -> (NewOrganisation, Vec<NewOrganisation>) {
    let umbrella = portal.umbrella("Clubs of the County");
    let clubs: Vec<NewOrganisation> = (0..12).map(|number| club(portal, number, number < 6)).collect();
    let clerk = portal.signed_up("Cleo Clerk");
    for (number, club) in clubs.iter().enumerate() {
        if number % 2 == 0 && number < 10 {
            portal.enrol(&clerk, &club.organisation, MembershipRole::Signatory, Engagement::Trustee);
            portal.pledge_in_force(&club.organisation, &clerk, &club.lead);
        }
        portal.consented_affiliation(&umbrella.organisation, &club.organisation);
    }
    portal.read_all_letters();
    (umbrella, clubs)
}

#[test]
fn the_vrp_marks_one_it_asks_and_an_organisation_consents_and_withdraws() {
    let portal = spawn_portal();
    let mut clubs = portal.approved_organisation("Clubs of the County");
    let mut hub = portal.approved_organisation("The Hub");
    let mut steward = portal.steward();
    assert_eq!(clubs.lead.ask("/organisations/clubs-of-the-county/umbrella").status, 404, "not yet");
    steward.visit("/vrp").follow("Umbrella bodies").sees("There is none yet");
    steward.fill("Name of the organisation", "of the county").press("Search").follow("Clubs of the County");
    steward.press("Mark it as an umbrella body").sees("It is an umbrella body now").sees("0 organisations have joined");
    assert!(portal.letter_to(clubs.lead.email()).subject.ends_with("is an umbrella body now"));

    clubs.lead.visit("/organisations/clubs-of-the-county").follow("Organisations together").sees("No totals yet");
    clubs.lead.follow("See whom you have asked, and ask more").sees("You have asked nobody yet");
    clubs.lead.follow("Ask an organisation").fill("Name of the organisation", "hub").press("Search");
    clubs.lead.follow("The Hub").press("Ask them");
    assert_eq!(clubs.lead.problems(), ["Enter who you are and why you ask"]);
    clubs.lead.fill("Who are you, and why do you ask?", "You are a member of ours.").press("Ask them");
    clubs.lead.sees("We have written to the organisation’s leads").sees("Asked");

    let letter = portal.letter_to(hub.lead.email());
    assert!(letter.text.contains("You are a member of ours."), "{}", letter.text);
    hub.lead
        .visit("/organisations/the-hub")
        .sees("1 to answer")
        .follow("Umbrella bodies")
        .follow("Clubs of the County");
    assert_eq!(hub.lead.path(), letter.link());
    for said in ["You are a member of ours.", "What they see if you join", "What they never see", "skills audit"] {
        hub.lead.sees(said);
    }
    hub.lead.press("Send your answer");
    assert_eq!(hub.lead.problems(), ["Select whether you agree"]);
    hub.lead.choose("Do you let Clubs of the County see you in its totals?", "Yes, we join").press("Send your answer");
    hub.lead.sees("You have joined");
    assert_eq!(portal.letter_to(clubs.lead.email()).subject, "The Hub has joined");
    assert_eq!(portal.letter_to(hub.lead.email()).subject, "The Hub has joined Clubs of the County");
    clubs.lead.visit("/organisations/clubs-of-the-county/umbrella").sees("1 organisation").sees("No totals yet");

    hub.lead.follow("Clubs of the County").press("Withdraw").sees("You have withdrawn");
    assert_eq!(portal.letter_to(clubs.lead.email()).subject, "The Hub has withdrawn");
    assert_eq!(portal.letter_to(hub.lead.email()).subject, "The Hub has withdrawn from Clubs of the County");
    clubs.lead.visit("/organisations/clubs-of-the-county/umbrella").sees("0 organisations");
    hub.lead.visit(&letter.link()).press("Join again").sees("You have joined");
    portal.read_all_letters();
    let trail = portal.read(|conn| youth_charter::audit::latest_entries(conn, hub.organisation.id, 4));
    let verbs: Vec<_> = trail.iter().map(|entry| entry.verb.as_str()).collect();
    let expected = [
        "consented to an umbrella body",
        "withdrew from an umbrella body",
        "consented to an umbrella body",
        "asked to join an umbrella body",
    ];
    assert_eq!(verbs, expected);
}

#[test]
fn whoever_declined_is_left_alone_for_three_months() {
    let portal = spawn_portal();
    let mut clubs = portal.umbrella("Clubs of the County");
    let mut hub = portal.approved_organisation("The Hub");
    let asked = portal.asked_affiliation(&clubs.organisation, &hub.organisation);
    let own = format!("/organisations/the-hub/umbrellas/{}", asked.id);
    portal.read_all_letters();
    let asking = "/organisations/clubs-of-the-county/umbrella/asking/the-hub";
    clubs.lead.visit(asking).sees("Its leads have not answered yet").does_not_see("Who are you");
    assert_eq!(clubs.lead.send(asking, &[("message", "Please")]).status, 409, "asked once");
    hub.lead.visit(&own).choose("Do you let Clubs of the County see you in its totals?", "No, we do not");
    hub.lead.press("Send your answer").sees("You have declined");
    assert_eq!(hub.lead.send(&own, &[("answer", "consent")]).status, 409, "answered once");
    assert_eq!(hub.lead.send(&format!("{own}/withdrawal"), &[]).status, 409);
    assert!(portal.letter_to(clubs.lead.email()).subject.ends_with("has declined to join"));
    portal.advance(Duration::days(91));
    let mut lead = portal.signed_in(clubs.lead.account());
    lead.visit(asking).sees("The Hub said no on");
    assert_eq!(lead.send(asking, &[("message", "Please")]).status, 409);
    portal.advance(Duration::days(2));
    let mut lead = portal.signed_in(clubs.lead.account());
    lead.visit(asking).fill("Who are you, and why do you ask?", "A year has gone.").press("Ask them").sees("Asked");
    assert!(portal.letter_to(hub.lead.email()).text.contains("A year has gone."));
    lead.press("Take the question back: The Hub").sees("Ended by you");
    assert!(portal.letter_to(hub.lead.email()).subject.contains("no longer in the totals"));
}

#[test]
fn it_sees_totals_of_many_and_never_which_one_joined_or_left() {
    let portal = spawn_portal();
    let (mut umbrella, mut clubs) = county(&portal);
    let id = umbrella.organisation.id;
    umbrella.lead.visit("/organisations/clubs-of-the-county/umbrella").sees("Totals are drawn within a day");
    assert_eq!((looked_at(&portal), looked_at(&portal)), (1, 0));
    let first = picture(&portal, id);
    assert_eq!(amounts(&first, &TableName::People), [48]);
    assert_eq!(amounts(&first, &safeguarding()), [18, 30]);
    assert_eq!(amounts(&first, &TableName::Pledge), [5, 7]);
    // All are alike in these: nothing is said of them.
    for alike in [TableName::Districts, TableName::Level, TableName::Engagement, TableName::Training("send".into())] {
        assert_eq!(amounts(&first, &alike), [0; 0], "{alike:?}");
    }
    umbrella.lead.visit("/organisations/clubs-of-the-county/umbrella");
    umbrella.lead.sees("12 organisations").sees("48 people").sees("38%: 18 of 48 people").sees("5 organisations");
    umbrella.lead.sees("Not shown now").sees("Where organisations work").does_not_see("Club number");

    // One leaves: it is gone from the list at once, and no number changes, then or at the next drawing.
    let leaving = clubs.remove(0);
    let theirs = portal.read(|conn| Affiliation::between(conn, id, leaving.organisation.id)).expect("it is there");
    portal.act(|act| theirs.withdraw(act, &leaving.organisation));
    portal.read_all_letters();
    portal.advance(Duration::days(40));
    assert_eq!(looked_at(&portal), 1);
    let second = picture(&portal, id);
    assert_eq!((second.consented, &second.tables), (11, &first.tables));

    // Others join until there are enough of them on each side.
    for number in 20..25 {
        let trained = club(&portal, number, true);
        portal.consented_affiliation(&umbrella.organisation, &trained.organisation);
    }
    portal.read_all_letters();
    assert_eq!(looked_at(&portal), 1);
    let third = picture(&portal, id);
    assert_eq!(amounts(&third, &TableName::People), [64], "eleven and five clubs of four");
    assert_eq!(amounts(&third, &safeguarding()), [30, 34]);
    assert_eq!(amounts(&third, &TableName::Pledge), [5, 7], "those who came and went would stand out: it stays");
    portal.read_all_letters();
}

#[test]
fn what_is_left_of_too_few_is_taken_down_at_once() {
    let portal = spawn_portal();
    let (umbrella, clubs) = county(&portal);
    let id = umbrella.organisation.id;
    looked_at(&portal);
    assert!(!picture(&portal, id).tables.is_empty());
    for club in &clubs[..8] {
        let theirs = portal.read(|conn| Affiliation::between(conn, id, club.organisation.id)).expect("it is there");
        portal.act(|act| theirs.withdraw(act, &club.organisation));
    }
    let left = picture(&portal, id);
    assert_eq!((left.consented, left.tables.len()), (4, 0));
    portal.read_all_letters();
}

#[test]
fn organisations_it_leads_itself_and_those_led_together_make_no_crowd() {
    let portal = spawn_portal();
    let (umbrella, clubs) = county(&portal);
    let puppet = club(&portal, 50, true);
    portal.enrol(&umbrella.lead, &puppet.organisation, MembershipRole::Lead, Engagement::Volunteer);
    portal.consented_affiliation(&umbrella.organisation, &puppet.organisation);
    // Of the six trained clubs two get a common lead: five hands are left. Then a third.
    let common = portal.signed_up("Cora Common");
    for club in &clubs[..2] {
        portal.enrol(&common, &club.organisation, MembershipRole::Lead, Engagement::Trustee);
    }
    portal.read_all_letters();
    looked_at(&portal);
    let seen = picture(&portal, umbrella.organisation.id);
    assert_eq!(amounts(&seen, &TableName::People), [48], "the one it leads itself is left out");
    assert_eq!(amounts(&seen, &safeguarding()), [18, 30]);

    let other = spawn_portal();
    let (umbrella, clubs) = county(&other);
    let common = other.signed_up("Cora Common");
    for club in &clubs[..3] {
        other.enrol(&common, &club.organisation, MembershipRole::Lead, Engagement::Trustee);
    }
    other.read_all_letters();
    looked_at(&other);
    let seen = picture(&other, umbrella.organisation.id);
    assert_eq!(amounts(&seen, &safeguarding()), [0; 0], "six clubs of four hands");
}

#[test]
fn when_it_is_no_umbrella_body_any_more_it_sees_nothing_and_everyone_is_told() {
    let portal = spawn_portal();
    let mut clubs = portal.umbrella("Clubs of the County");
    let hub = portal.approved_organisation("The Hub");
    let asked = portal.approved_organisation("Asked Club");
    portal.consented_affiliation(&clubs.organisation, &hub.organisation);
    portal.asked_affiliation(&clubs.organisation, &asked.organisation);
    portal.read_all_letters();
    let mut steward = portal.steward();
    steward.visit("/vrp/umbrellas").sees("1 organisation has joined").follow("Clubs of the County").press("End it");
    steward.sees("It is an umbrella body no longer").sees("There is none yet");
    for lead in [&hub.lead, &asked.lead] {
        assert!(portal.letter_to(lead.email()).subject.contains("no longer in the totals"));
    }
    assert!(portal.letter_to(clubs.lead.email()).subject.ends_with("is no longer an umbrella body"));
    assert_eq!(clubs.lead.ask("/organisations/clubs-of-the-county/umbrella").status, 404);
    let theirs = portal.read(|conn| Affiliation::between(conn, clubs.organisation.id, hub.organisation.id));
    assert_eq!(theirs.map(|affiliation| affiliation.state()), Some(AffiliationState::Ended));
    steward.visit("/vrp/umbrellas/clubs-of-the-county").press("Mark it as an umbrella body");
    assert_eq!(steward.send("/vrp/umbrellas/clubs-of-the-county", &[]).status, 409, "marked once");
    portal.read_all_letters();
}

#[test]
fn nobody_asks_themselves_an_organisation_that_is_not_public_or_without_being_an_umbrella_body() {
    let portal = spawn_portal();
    let mut clubs = portal.umbrella("Clubs of the County");
    let draft = portal.draft_organisation("New Club");
    let asking = |slug: &str| format!("/organisations/clubs-of-the-county/umbrella/asking/{slug}");
    for slug in ["clubs-of-the-county", "new-club", "nobody"] {
        assert_eq!(clubs.lead.ask(&asking(slug)).status, 404, "{slug}");
        assert_eq!(clubs.lead.send(&asking(slug), &[("message", "Please")]).status, 404, "{slug}");
    }
    let hub = portal.approved_organisation("The Hub");
    let ask = |by: &Organisation, whom: &Organisation| {
        let work =
            |act: &mut youth_charter::acts::Act<'_>| youth_charter::affiliations::ask_to_join(act, by, whom, "x");
        portal.try_act(youth_charter::audit::Actor::portal(), work)
    };
    assert!(matches!(ask(&hub.organisation, &clubs.organisation), Err(Error::NotFound)));
    assert!(matches!(ask(&clubs.organisation, &draft.organisation), Err(Error::NotFound)));
    assert!(matches!(ask(&clubs.organisation, &clubs.organisation), Err(Error::NotFound)));
    assert_eq!(portal.read(Umbrella::all).len(), 1);
}
