//! Finding who has pledged: by name, by district, page by page.

use youth_charter::charter::{Capacity, Pledge};
use youth_charter::ids::DistrictCode;
use youth_charter::organisations::{Answer, Engagement, MembershipRole, Organisation, Position, join, person_of};
use youth_charter::public_register::{Register, RegisterSearch};

use crate::harness::{Person, RunningPortal, spawn_portal};
use crate::pledging::{begin_and_write, pledged, sign};

const NOTTINGHAM: &str = "E06000018";
const ASHFIELD: &str = "E07000170";

/// Organisations with pledges in force, all led and signed by the same two people.
struct Many {
    lead: Person,
    signatory: Person,
}

impl Many {
    fn of(portal: &RunningPortal) -> Self {
        let (lead, signatory) = (portal.signed_up("Lena Lead"), portal.signed_up("Sita Signatory"));
        Self { lead, signatory }
    }

    fn pledge(&self, portal: &RunningPortal, name: &str, districts: &[&str]) {
        let lead = self.lead.account().clone();
        let signatory = self.signatory.account().clone();
        let organisation = portal.act_as(&self.lead, |act| {
            let organisation = Organisation::begin(act, lead.id, &lead.name, name)?;
            let codes = districts.iter().map(|code| DistrictCode::from(*code)).collect();
            organisation.answer(act, Answer::Districts(codes))?;
            organisation.submit(act)?;
            organisation.approve(act)?;
            let person = person_of(act, signatory.id, &signatory.name)?;
            let position =
                Position { role: MembershipRole::Signatory, engagement: Engagement::Trustee, accountable: true };
            join(act, organisation.id, person, position)?;
            begin_and_write(act, &organisation)?;
            sign(act, &organisation, Capacity::Delivery)?;
            Ok(organisation)
        });
        portal.act_as(&self.signatory, |act| sign(act, &organisation, Capacity::Governance));
    }
}

#[test]
fn the_register_is_filtered_by_name_and_by_district() {
    let portal = spawn_portal();
    let many = Many::of(&portal);
    many.pledge(&portal, "Élan Arts", &[NOTTINGHAM]);
    many.pledge(&portal, "100% Football", &[NOTTINGHAM, ASHFIELD]);
    many.pledge(&portal, "Ashfield Elan", &[ASHFIELD]);
    portal.read_all_letters();
    let mut visitor = portal.visitor();
    visitor.visit("/pledges").sees("3 organisations have pledged").sees("Ashfield, Nottingham");
    visitor.fill("Name of the organisation", "ELAN").press("Search").sees("2 organisations found");
    visitor.sees("Élan Arts").sees("Ashfield Elan").does_not_see("100% Football");
    visitor.choose("District", "Nottingham").press("Search").sees("1 organisation found").sees("Élan Arts");
    assert_eq!(
        (visitor.value_of("Name of the organisation"), visitor.value_of("District")),
        ("ELAN".into(), "Nottingham".into())
    );
    visitor.follow("Show all").fill("Name of the organisation", "%").press("Search").sees("1 organisation found");
    visitor.sees("100% Football");
    visitor.fill("Name of the organisation", "<b>'; --").press("Search").sees("No pledge found");
    assert_eq!(visitor.value_of("Name of the organisation"), "<b>'; --");
    for odd in ["/pledges?district=nowhere", "/pledges?district=%27&page=-1&q=%00", "/pledges?q=_"] {
        assert_eq!(visitor.visit(odd).sees("No pledge found").status(), 200, "{odd}");
    }
}

#[test]
fn the_picture_says_the_same_as_its_table() {
    let portal = spawn_portal();
    let many = Many::of(&portal);
    many.pledge(&portal, "One", &[NOTTINGHAM]);
    many.pledge(&portal, "Two", &[NOTTINGHAM, ASHFIELD]);
    portal.read_all_letters();
    let mut visitor = portal.visitor();
    visitor.visit("/pledges");
    let picture = visitor.page().all("svg[role=img] desc")[0].text().collect::<String>();
    let rows = visitor.page().all("tbody tr");
    let table: Vec<_> = rows.iter().map(|row| row.text().collect::<Vec<_>>().join(" ")).collect();
    let table: Vec<_> = table.iter().map(|row| row.split_whitespace().collect::<Vec<_>>()).collect();
    assert_eq!(table.len(), 8);
    let said = table.iter().map(|row| format!("{}: {}", row[..row.len() - 1].join(" "), row[row.len() - 1]));
    assert_eq!(picture, said.collect::<Vec<_>>().join(", "));
    assert!(
        picture.contains("Ashfield: 1,") && picture.contains("Nottingham: 2,") && picture.contains("Mansfield: 0,")
    );
    visitor.follow("Ashfield").sees("1 organisation found").sees("Two");
}

#[test]
fn fifty_stand_on_a_page_newest_first_and_the_filter_stays() {
    let portal = spawn_portal();
    let many = Many::of(&portal);
    for n in 1..=52 {
        many.pledge(&portal, &format!("Club {n:02}"), &[ASHFIELD]);
    }
    portal.read_all_letters();
    let mut visitor = portal.visitor();
    visitor.visit("/pledges?district=E07000170&q=club").sees("52 organisations found").sees("Page 1 of 2");
    visitor.sees("Club 52").does_not_see("Club 02").follow("Next page").sees("Page 2 of 2");
    visitor.sees("Club 02").sees("Club 01").does_not_see("Club 52").follow("← Previous page").sees("Club 52");
    visitor.visit("/pledges?page=9").sees("Page 2 of 2").sees("Club 01");
    let first = portal.read(|conn| Register::search(conn, &RegisterSearch::default()));
    assert_eq!((first.entries.len(), first.found), (50, 52));
}

#[test]
fn a_pledge_has_a_page_only_once_it_has_been_in_force() {
    let portal = spawn_portal();
    let hub = pledged(&portal, "The Hub");
    let mut visitor = portal.visitor();
    let code = hub.pledge(&portal).pledge.code;
    visitor
        .visit(&format!("/pledges/{code}"))
        .sees("For Respect we will.")
        .sees("Signed for governance and for delivery");
    visitor.does_not_see(hub.lead.name()).does_not_see(hub.signatory.name());
    let draft = portal.approved_organisation("Other");
    let draft = portal.act_as(&draft.lead, |act| Pledge::begin(act, draft.organisation.id));
    for missing in [draft.code.as_str(), "PL-", "PL-00000000", "%00", "x"] {
        assert_eq!(visitor.ask(&format!("/pledges/{missing}")).status, 404, "{missing}");
    }
}
