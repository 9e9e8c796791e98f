//! Training across the sector: the census, and what the VRP reads of it, against people and sessions made by hand. What
//! may be said of people is judged in `sector_rule`.

use chrono::{Days, Duration};
use diesel::prelude::*;
use youth_charter::attendance::{Mark, Said, finish_register, give_feedback, mark_attendance};
use youth_charter::db::schema::{organisation_districts, organisations};
use youth_charter::ids::{DistrictCode, PersonId};
use youth_charter::organisations::{
    Engagement, LegalForm, MembershipRole, OrganisationStanding, Person, Position, add_without_account,
};
use youth_charter::reminders::do_what_is_due;
use youth_charter::sector_training::{DrawnCensus, ModuleTally, go_on_with_census_by};
use youth_charter::small_groups::Cells;
use youth_charter::training::{Module, NewCompletion, Pathway, log_completion};
use youth_charter::training_sessions::{Asked, BookingState, Plan, TrainingSession, Wish, ask_for_place, bookings_in};

use crate::harness::{NewOrganisation, NewProvider, RunningPortal, count_statements, spawn_portal, statements_on};

const NOTTINGHAM: &str = "E06000018";
const MANSFIELD: &str = "E07000174";
const GEDLING: &str = "E07000173";

const PAGES: [&str; 7] = [
    "/vrp/training",
    "/vrp/training/compliance",
    "/vrp/training/compliance?by=district",
    "/vrp/training/compliance?by=kind",
    "/vrp/training/demand",
    "/vrp/training/delivery",
    "/vrp/training/access",
];

/// A club, and so many volunteers without accounts.
struct Club {
    new: NewOrganisation,
    people: Vec<Person>,
}

impl Club {
    fn new(portal: &RunningPortal, name: &str, district: &str, kind: LegalForm, volunteers: usize) -> Self {
        let new = portal.approved_organisation(name);
        let id = new.organisation.id;
        let position =
            Position { role: MembershipRole::Practitioner, engagement: Engagement::Volunteer, accountable: false };
        let people = portal.act_as(&new.lead, |act| {
            diesel::update(organisations::table.find(id)).set(organisations::legal_form.eq(kind)).execute(act.conn)?;
            diesel::update(organisation_districts::table.filter(organisation_districts::organisation_id.eq(id)))
                .set(organisation_districts::district_code.eq(DistrictCode::from(district)))
                .execute(act.conn)?;
            let add = |n| Ok(add_without_account(act, id, &format!("Volunteer {n}"), position)?.person);
            (0..volunteers).map(add).collect()
        });
        Self { new, people }
    }

    /// So many of its volunteers completed these modules so many days ago.
    fn train(&self, portal: &RunningPortal, people: std::ops::Range<usize>, module: Option<&str>, days: u64) {
        let (lead, today) = (self.new.lead.account().id, portal.today());
        portal.act_as(&self.new.lead, |act| {
            let modules: Vec<Module> = Module::all(act.conn)?
                .into_iter()
                .filter(|each| module.map_or(each.pathway() == Pathway::Core, |only| each.id.as_str() == only))
                .collect();
            for person in &self.people[people] {
                for module in &modules {
                    let new = NewCompletion {
                        person: person.clone(),
                        module: module.clone(),
                        equivalent: None,
                        completed_on: today - Days::new(days),
                        provider: "Base 51".to_owned(),
                        certificate: None,
                        logged_by: lead,
                    };
                    log_completion(act, Some(self.new.organisation.id), new)?.expect("logged once");
                }
            }
            Ok(())
        });
    }

    fn book(&self, portal: &RunningPortal, session: &TrainingSession, people: std::ops::Range<usize>) -> Vec<Asked> {
        let asked_by = self.new.lead.account().id;
        let wish = |person: &Person| Wish {
            person: person.id,
            organisation: self.new.organisation.id,
            asked_by,
            access_needs: None,
            wants_bursary: false,
        };
        portal.act_as(&self.new.lead, |act| {
            self.people[people].iter().map(|person| ask_for_place(act, session.id, &wish(person))).collect()
        })
    }
}

/// Three clubs in good standing and a suspended one; 32 people who must have training, 12 of them with all of it.
struct Sector {
    north: Club,
    south: Club,
}

fn sector(portal: &RunningPortal) -> Sector {
    let north = Club::new(portal, "North Club", NOTTINGHAM, LegalForm::Unincorporated, 11);
    let south = Club::new(portal, "South Club", MANSFIELD, LegalForm::Cio, 15);
    Club::new(portal, "Small Club", GEDLING, LegalForm::Cic, 2);
    let suspended = Club::new(portal, "Suspended Club", GEDLING, LegalForm::Cic, 7);
    north.train(portal, 0..6, None, 100);
    south.train(portal, 0..6, None, 100);
    // Five whose safeguarding ends soon, and one whose is over.
    south.train(portal, 6..11, Some("safeguarding"), 3 * 365 - 30);
    south.train(portal, 11..12, Some("safeguarding"), 4 * 365);
    suspended.train(portal, 0..7, None, 100);
    portal.act(|act| {
        diesel::update(organisations::table.find(suspended.new.organisation.id))
            .set((
                organisations::standing.eq(OrganisationStanding::Suspended),
                organisations::standing_since.eq(act.at),
            ))
            .execute(act.conn)?;
        Ok(())
    });
    // Someone who works for two of them counts once.
    let wanda = portal.signed_up("Wanda Both");
    for club in [&north, &south] {
        portal.enrol(&wanda, &club.new.organisation, MembershipRole::Practitioner, Engagement::Volunteer);
    }
    portal.read_all_letters();
    Sector { north, south }
}

/// A session of three hours that six came to and five spoke of, a week ago by now.
fn session_held(portal: &RunningPortal, base: &NewProvider, club: &Club) {
    let session = portal.open_session(base, portal.plan_for("send", 8));
    club.book(portal, &session, 0..7);
    portal.advance(session.ends_at - portal.inside.clock.now() + Duration::hours(1));
    portal.act_as(&base.person, |act| {
        let booked = bookings_in(act.conn, session.id, &[BookingState::Booked])?;
        let is_away = |person: &PersonId| *person == club.people[6].id;
        let mark = |person| if is_away(person) { Mark::NotHere } else { Mark::Here };
        let marks: Vec<_> = booked.iter().map(|booking| (booking.id, mark(&booking.person_id))).collect();
        mark_attendance(act, &session, base.person.account().id, &marks)?;
        finish_register(act, &session, base.person.account().id)?;
        let came = bookings_in(act.conn, session.id, &[BookingState::Attended])?;
        for (booking, rating) in came.iter().zip([5, 5, 4, 4, 5]) {
            give_feedback(act, &session, booking, Said { rating, useful: String::new(), better: String::new() })?;
        }
        Ok(())
    });
    portal.read_all_letters();
}

fn counted(portal: &RunningPortal) -> (Cells, Vec<ModuleTally>, i64) {
    portal.read(|conn| {
        let census = DrawnCensus::latest(conn)?.expect("one was finished");
        let mut modules = census.modules(conn)?;
        modules.sort_by(|a, b| a.module.cmp(&b.module));
        let without = census.organisations(conn)?.iter().map(|tally| tally.without_place).sum();
        Ok((census.people(conn)?, modules, without))
    })
}

fn is_due(portal: &RunningPortal) -> usize {
    do_what_is_due(&portal.inside).expect("done").batches_of_census
}

#[test]
fn before_the_first_census_each_page_says_when_there_will_be_numbers() {
    let portal = spawn_portal();
    let mut steward = portal.steward();
    steward.visit("/vrp").follow("Training across the sector").sees("Not counted yet").sees("within the hour");
    for page in PAGES {
        steward.visit(page).sees("within the hour");
    }
    assert!(is_due(&portal) > 0);
    assert_eq!(is_due(&portal), 0, "once a day");
    steward.visit("/vrp/training/compliance").sees("Nobody to count yet");
    steward.visit("/vrp/training/delivery").sees("No session in the last 12 months");
    steward.visit("/vrp/training/access").sees("No organisation yet");
    steward.visit("/vrp/training/demand").sees("No session can be booked now").sees("Nothing wanted, nothing on offer");
}

#[test]
fn the_vrp_reads_who_is_up_to_date_and_small_districts_are_put_together() {
    let portal = spawn_portal();
    sector(&portal);
    is_due(&portal);
    let mut steward = portal.steward();
    steward.visit("/vrp").follow("Training across the sector").sees("33%: 10 of 30 people").sees("As of");
    steward.follow("Who is up to date").sees("Safeguarding 50%: 15 of 30 people").sees("SEND 33%: 10 of 30 people");
    steward.follow("By district").sees("Mansfield 33%: 5 of 15 people");
    steward.sees("Gedling, More than one district, Nottingham 33%: 5 of 15 people");
    steward.follow("By kind of organisation").sees("Charitable incorporated organisation (CIO) 33%: 5 of 15 people");
    steward.does_not_see("Suspended Club");
    let (_, modules, _) = counted(&portal);
    let safeguarding = modules.iter().find(|tally| tally.module.as_str() == "safeguarding").expect("it is required");
    assert_eq!((safeguarding.group.people, safeguarding.group.in_date, safeguarding.ends_soon), (32, 17, 5));
}

#[test]
fn what_is_wanted_stands_beside_what_is_on_offer() {
    let portal = spawn_portal();
    let Sector { south, .. } = sector(&portal);
    let base = portal.appointed_provider("Base 51");
    let full = portal.open_session(&base, portal.plan_for("safeguarding", 1));
    portal.open_session(&base, portal.plan_for("gdpr", 12));
    let asked = south.book(&portal, &full, 6..12);
    assert_eq!(asked.iter().filter(|asked| **asked == Asked::Waiting).count(), 5);
    is_due(&portal);
    portal.read_all_letters();
    let mut steward = portal.steward();
    steward.visit("/vrp/training").follow("What is wanted, and what is on offer");
    // 32 must have it and 17 do: 15 need it now, of whom 5 wait; and 5 more within 60 days.
    steward.sees("there are no places Safeguarding Need it now: 15 people Within 60 days: 5 people");
    steward.sees("Waiting: 5 people Places free: 0 places at 1 session");
    steward.sees("Fewer places than people who need it GDPR").sees("Places free: 12 places at 1 session");
}

#[test]
fn what_was_delivered_is_told_in_people_and_hours_and_what_people_said() {
    let portal = spawn_portal();
    let Sector { north, .. } = sector(&portal);
    let base = portal.appointed_provider("Base 51");
    session_held(&portal, &base, &north);
    is_due(&portal);
    let mut steward = portal.steward();
    steward.visit("/vrp/training").sees("5 people").follow("What providers delivered");
    steward.sees("came 5 people").sees("hours of training 15").sees("Base 51 4.6 of 5, from about 5 answers");
    steward.sees("5 people, 15 hours, sessions: 1").sees("0 people, 0 hours, sessions: 0");
}

#[test]
fn organisations_without_a_place_are_named_and_can_be_taken_along() {
    let portal = spawn_portal();
    let Sector { north, south } = sector(&portal);
    let base = portal.appointed_provider("Base 51");
    session_held(&portal, &base, &north);
    let held =
        Plan { held: 3, held_for: youth_charter::training_sessions::HeldFor::Newcomers, ..portal.plan_for("gdpr", 8) };
    let session = portal.open_session(&base, held);
    south.book(&portal, &session, 0..1);
    is_due(&portal);
    portal.read_all_letters();
    let mut steward = portal.steward();
    steward.visit("/vrp/training").sees("1 of 3 organisations").follow("Who never got a place");
    steward.sees("1 of 3 organisations in good standing").sees("Small Club").sees("7 days");
    steward.sees("Gedling 1 of 1").sees("Mansfield 0 of 1").sees("Nottingham 0 of 1");
    steward.does_not_see("South Club").does_not_see("Suspended Club").sees("Ask a provider to hold places");
    steward.visit("/vrp/training/access?page=9").sees("Small Club").sees("1 organisation");
    let table = steward.ask("/vrp/training/access.csv").text();
    assert!(table.contains("Small Club,Gedling,Community interest company (CIC),"), "{table}");
    assert!(!table.contains("North Club"));
    steward.choose("District", "Mansfield").press("Show").sees("None here").follow("Show all districts");
    steward.follow("Small Club").sees("Small Club");
    assert_eq!(steward.path(), "/vrp/organisations/small-club");
}

#[test]
fn a_census_that_is_stopped_goes_on_and_pages_keep_to_the_last_one_that_was_finished() {
    let portal = spawn_portal();
    let Sector { north, .. } = sector(&portal);
    session_held(&portal, &portal.appointed_provider("Base 51"), &north);
    is_due(&portal);
    let (whole, first) = (counted(&portal), portal.today());
    let mut steward = portal.steward();
    let delivered = steward.visit("/vrp/training/delivery").page().text();
    portal.advance(Duration::days(1));
    let mut steps = 0;
    let go_on = || portal.act(|act| go_on_with_census_by(act, 2));
    // It begins, comes to some people, and is stopped.
    for _ in 0..6 {
        assert_eq!(go_on(), 1);
        steps += 1;
    }
    let as_of = || portal.read(DrawnCensus::latest).expect("one was finished").as_of;
    assert_eq!((as_of(), counted(&portal)), (first, whole.clone()));
    while go_on() > 0 {
        steps += 1;
    }
    assert!(steps > 20, "{steps} batches");
    assert_eq!((as_of(), counted(&portal)), (portal.today(), whole), "the same, however it was cut up");
    let mut steward = portal.signed_in_with_two_steps(steward.account());
    let again = steward.visit("/vrp/training/delivery").page().text();
    let without_day = |text: &str| text.split("By provider").nth(1).unwrap_or_default().to_owned();
    assert_eq!(without_day(&again), without_day(&delivered));
}

#[test]
fn pages_cost_the_same_whatever_the_size_of_the_sector() {
    count_statements();
    let portal = spawn_portal();
    Club::new(&portal, "First Club", NOTTINGHAM, LegalForm::Cio, 3);
    is_due(&portal);
    let account = portal.steward().account().clone();
    let cost = |portal: &RunningPortal| -> Vec<usize> {
        let mut steward = portal.signed_in_with_two_steps(&account);
        let mut of = |page: &str| {
            steward.visit(page);
            let before = statements_on(portal.database());
            steward.visit(page);
            statements_on(portal.database()) - before
        };
        PAGES.iter().map(|page| of(page)).collect()
    };
    let small = cost(&portal);
    for (number, district) in [NOTTINGHAM, MANSFIELD, GEDLING, MANSFIELD].into_iter().enumerate() {
        Club::new(&portal, &format!("Club number {number}"), district, LegalForm::Cic, 9);
    }
    portal.advance(Duration::days(1));
    is_due(&portal);
    portal.read_all_letters();
    assert!(small.iter().all(|statements| *statements > 0));
    assert_eq!(cost(&portal), small);
}
