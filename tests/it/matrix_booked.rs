//! A place on a session to come, on the matrix and on one's own record.

use youth_charter::audit::Actor;
use youth_charter::ids::{OrganisationId, PersonId, TrainingSessionId};
use youth_charter::organisations::{Engagement, MembershipRole, Position, add_without_account, find_person_of};
use youth_charter::training_sessions::{Asked, Wish, ask_for_place};

use crate::harness::{Person, RunningPortal, spawn_portal};

const TRAINING: &str = "/organisations/the-hub/training";

fn book(portal: &RunningPortal, session: TrainingSessionId, person: PersonId, within: OrganisationId, by: &Person) {
    let asked_by = by.account().id;
    let wish = Wish { person, organisation: within, asked_by, access_needs: None, wants_bursary: false };
    let asked = portal.try_act(Actor::portal(), |act| ask_for_place(act, session, &wish));
    assert_eq!(asked.expect("an answer"), Asked::Booked);
}

#[test]
fn whoever_has_a_place_is_booked_until_they_have_been_there_or_given_it_up() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let mut hub = portal.approved_organisation("The Hub");
    let mut practitioner = portal.practitioner_of(&hub.organisation);
    let account = practitioner.account().id;
    let person = portal.read(|conn| find_person_of(conn, account)).expect("a member is a person").id;
    let session = portal.open_session(&base, portal.plan_for("send", 5));
    let day = session.day().format("%-d %b %Y").to_string();
    hub.lead.visit(TRAINING).does_not_see(&format!("Booked {day}"));
    book(&portal, session.id, person, hub.organisation.id, &practitioner);
    hub.lead.visit(TRAINING).sees(&format!("Booked {day}"));
    let name = practitioner.name().to_owned();
    hub.lead
        .choose("Show", "With a place on a session")
        .press("Filter")
        .sees(&name)
        .does_not_see("Nobody is like that");
    let csv = hub.lead.ask(&format!("{TRAINING}/matrix.csv")).text();
    assert!(csv.contains(&format!("Booked {day}")), "{csv}");
    practitioner.visit("/my/training").sees("Booked ");
    portal.act(|act| {
        let booking = youth_charter::training_sessions::Booking::of(act.conn, session.id, person)?.expect("booked");
        booking.give_up(act)
    });
    hub.lead.visit(TRAINING).does_not_see(&format!("Booked {day}"));
    portal.read_all_letters();
}

#[test]
fn a_place_for_another_organisation_is_not_shown_where_the_training_is_not_required() {
    let portal = spawn_portal();
    let base = portal.appointed_provider("Base 51");
    let mut hub = portal.approved_organisation("The Hub");
    let elsewhere = portal.approved_organisation("Elsewhere");
    let position = Position { role: MembershipRole::Viewer, engagement: Engagement::Trustee, accountable: false };
    let member = portal.act(|act| add_without_account(act, hub.organisation.id, "Tess Trustee", position));
    let session = portal.open_session(&base, portal.plan_for("send", 5));
    let day = session.day().format("%-d %b %Y").to_string();
    book(&portal, session.id, member.person.id, elsewhere.organisation.id, &elsewhere.lead);
    hub.lead.visit(TRAINING).sees("Tess Trustee").does_not_see(&format!("Booked {day}"));
    portal.read_all_letters();
}
