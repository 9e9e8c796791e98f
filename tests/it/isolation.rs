//! Whatever people become and cease to be in organisations, nobody ever reads what is another organisation's.

use proptest::prelude::*;
use proptest::sample::Index;
use youth_charter::ids::DocumentId;
use youth_charter::organisations::{
    Change, Engagement, Member, MembershipRole, Organisation, Position, join, person_of,
};

use crate::harness::{Person, RunningPortal, SavedPortal, a_document, spawn_portal_in_a_file};

const NAMES: [&str; 3] = ["Aspley Den", "Bulwell Shed", "Clifton Loft"];
const PEOPLE: [&str; 4] = ["Ada Ash", "Ben Beech", "Cora Cedar", "Dev Dogwood"];
const PAGES: [&str; 9] = [
    "",
    "/people",
    "/training",
    "/documents",
    "/pledge",
    "/quality",
    "/skills-audit",
    "/documents/new",
    "/registration",
];

/// Something that happens to someone in an organisation.
#[derive(Debug, Clone)]
enum Step {
    Joins(Index, Index, MembershipRole),
    Becomes(Index, Index, MembershipRole),
    Leaves(Index, Index),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let role = || proptest::sample::select(MembershipRole::ALL);
    let step = prop_oneof![
        3 => (any::<Index>(), any::<Index>(), role()).prop_map(|(person, body, role)| Step::Joins(person, body, role)),
        1 => (any::<Index>(), any::<Index>(), role()).prop_map(|(person, body, role)| Step::Becomes(person, body, role)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(person, body)| Step::Leaves(person, body)),
    ];
    proptest::collection::vec(step, 1..14)
}

/// Three organisations, each with a lead, a document and a name that is in no other, and four people in none.
struct Sector {
    /// Keeps the files that the saved ones share.
    _home: RunningPortal,
    saved: SavedPortal,
    bodies: Vec<(Organisation, DocumentId)>,
    people: Vec<Person>,
}

fn build_sector() -> Sector {
    let portal = spawn_portal_in_a_file();
    let bodies = NAMES.map(|name| {
        let new = portal.approved_organisation(name);
        let (id, by) = (new.organisation.id, new.lead.account().id);
        let title = secret_of(name);
        let document = portal.act_as(&new.lead, |act| Ok(a_document(act, id, by, &title)?.id));
        (new.organisation, document)
    });
    let people = PEOPLE.map(|name| portal.signed_up(name));
    portal.read_all_letters();
    Sector { saved: portal.save(), _home: portal, bodies: bodies.into(), people: people.into() }
}

fn secret_of(name: &str) -> String {
    format!("What only {name} knows")
}

#[test]
fn nobody_reads_what_is_another_organisations_whatever_happened_before() {
    let sector = build_sector();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig { cases: 12, ..ProptestConfig::default() });
    let outcome = runner.run(&steps(), |steps| {
        let portal = sector.saved.spawn();
        portal.read_all_letters();
        for step in &steps {
            take(&portal, &sector, step);
        }
        for person in &sector.people {
            look_around(&portal, &sector, person)?;
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

fn take(portal: &RunningPortal, sector: &Sector, step: &Step) {
    let (person, body) = match step {
        Step::Joins(person, body, _) | Step::Becomes(person, body, _) | Step::Leaves(person, body) => {
            (person.get(&sector.people), &body.get(&sector.bodies).0)
        }
    };
    let position = |role| Position { role, engagement: Engagement::Volunteer, accountable: false };
    portal.act_as(person, |act| {
        let account = person.account();
        let on_record = person_of(act, account.id, &account.name)?;
        let member = Member::of_account(act.conn, body.id, account.id)?;
        match (step, member) {
            (Step::Joins(_, _, role), None) => join(act, body.id, on_record, position(*role)).map(drop),
            (Step::Becomes(_, _, role), Some(member)) => {
                member.membership.take_position(act, position(*role)).map(drop)
            }
            (Step::Leaves(..), Some(member)) => {
                member.membership.end(act).map(|change| assert_eq!(change, Change::Made))
            }
            _ => Ok(()),
        }
    });
}

/// Opens every page of every organisation, and each document under every organisation's address.
fn look_around(portal: &RunningPortal, sector: &Sector, person: &Person) -> Result<(), TestCaseError> {
    let mut person = portal.same_person(person);
    let account = person.account().id;
    for (body, document) in &sector.bodies {
        let is_member = portal.read(|conn| Member::of_account(conn, body.id, account)).is_some();
        let home = format!("/organisations/{}", body.slug);
        for page in PAGES {
            let answer = person.ask(&format!("{home}{page}"));
            prop_assert_eq!(answer.status == 404, !is_member, "{} {}{}: {}", person.name(), home, page, answer.status);
            for (other, _) in sector.bodies.iter().filter(|(other, _)| other.id != body.id) {
                prop_assert!(!answer.text().contains(&secret_of(&other.name)), "{}{}", home, page);
            }
        }
        for (owner, _) in &sector.bodies {
            for part in ["", "/file"] {
                let answer = person.ask(&format!("/organisations/{}/documents/{document}{part}", owner.slug));
                let may_read = is_member && owner.id == body.id;
                prop_assert_eq!(answer.status, if may_read { 200 } else { 404 }, "{} under {}", part, owner.slug);
            }
        }
    }
    Ok(())
}
