//! Finding who has pledged: by name, by district, page by page.

use youth_charter::charter::Pledge;
use youth_charter::db::schema::pledges;
use youth_charter::public_register::{Matches, REGISTER_PAGE, Register, RegisterSearch};

use crate::harness::{RunningPortal, count_statements, spawn_portal, statements_on};
use crate::pledging::{Many, pledged};

const NOTTINGHAM: &str = "E06000018";
const ASHFIELD: &str = "E07000170";

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
    visitor.follow("Show all").fill("Name of the organisation", "100%").press("Search").sees("1 organisation found");
    visitor.sees("100% Football");
    visitor.fill("Name of the organisation", "foot 1").press("Search").sees("1 organisation found");
    visitor.fill("Name of the organisation", "football elan").press("Search").sees("No pledge found");
    visitor.fill("Name of the organisation", "<b>'; --").press("Search").sees("No pledge found");
    assert_eq!(visitor.value_of("Name of the organisation"), "<b>'; --");
    for odd in ["/pledges?district=nowhere", "/pledges?district=%27&after=-1&q=%00", "/pledges?q=_", "/pledges?q=%25"] {
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
    for n in 1..=102 {
        many.pledge(&portal, &format!("Club {n:03}"), &[ASHFIELD]);
    }
    portal.read_all_letters();
    let mut visitor = portal.visitor();
    for address in ["/pledges", "/pledges?district=E07000170", "/pledges?district=E07000170&q=club", "/pledges?q=cl"] {
        visitor.visit(address).sees("102 organisations").sees("Pledged on").sees("Club 102").does_not_see("Club 052");
        let first = visitor.page().text();
        assert!(visitor.page().links("First page").is_empty() && visitor.page().links("← Previous page").is_empty());
        visitor.follow("Next page").sees("102 organisations").sees("Club 052").sees("Club 003");
        visitor.does_not_see("Club 053").does_not_see("Club 002").follow("Next page").sees("Club 002").sees("Club 001");
        assert!(visitor.does_not_see("Club 003").page().links("Next page").is_empty());
        visitor.follow("← Previous page").sees("Club 052").sees("Club 003").does_not_see("Club 002");
        visitor.follow("← Previous page");
        assert_eq!(visitor.page().text(), first, "{address}");
        visitor.follow("Next page").follow("Next page").follow("First page");
        assert_eq!(visitor.page().text(), first, "{address}");
    }
    for odd in ["after=PL-00000000", "before=x", "after=%00", "district=%00", "page=9", "before=%27&after="] {
        visitor.visit(&format!("/pledges?{odd}")).sees("Club 102").does_not_see("Club 052");
    }
    let first = portal.read(|conn| Register::search(conn, &RegisterSearch::default()));
    assert_eq!((first.entries.len(), first.found), (REGISTER_PAGE, Matches::Exactly(102)));
}

/// On days of their own, with some on one day.
#[test]
fn going_through_the_pages_meets_everyone_once_whoever_comes_and_goes_meanwhile() {
    let portal = spawn_portal();
    let many = Many::of(&portal);
    for n in 0..130 {
        many.pledge(&portal, &format!("Club {n}"), &[NOTTINGHAM]);
        if n % 7 == 0 {
            portal.advance(chrono::Duration::days(1));
        }
    }
    let mut visitor = portal.visitor();
    let mut met = Vec::new();
    visitor.visit("/pledges");
    loop {
        met.extend(listed(&visitor));
        if visitor.page().links("Next page").is_empty() {
            break;
        }
        // The last one on the page ends its pledge, and somebody new comes.
        let last: Pledge = portal.read(|conn| {
            let code = met.last().expect("a page has somebody").trim_start_matches("/pledges/").to_owned();
            Ok(Pledge::find_by_code(conn, &code)?.expect("it is there"))
        });
        portal.act(|act| {
            let organisation = youth_charter::organisations::Organisation::find(act.conn, last.organisation_id)?;
            last.withdraw(act, &organisation, "A reason")
        });
        many.pledge(&portal, &format!("Newcomer {}", met.len()), &[NOTTINGHAM]);
        visitor.follow("Next page");
    }
    portal.read_all_letters();
    let mut once = met.clone();
    once.sort();
    once.dedup();
    assert_eq!((met.len(), once.len()), (130, 130));
    let order: Vec<(chrono::NaiveDate, String)> = portal.read(|conn| {
        use diesel::prelude::*;
        let codes = met.iter().map(|address| address.trim_start_matches("/pledges/").to_owned());
        codes
            .map(|code| {
                let row = pledges::table.filter(pledges::code.eq(&code)).select(pledges::in_force_on.assume_not_null());
                Ok((row.first(conn)?, code))
            })
            .collect()
    });
    assert!(order.windows(2).all(|two| two[0].0 >= two[1].0), "newest first");
}

fn listed(visitor: &crate::harness::Person) -> Vec<String> {
    let links = visitor.page().all(".result h3 a");
    links.iter().filter_map(|link| link.attr("href")).map(str::to_owned).collect()
}

#[test]
fn a_page_costs_the_same_with_three_pledges_and_with_sixty() {
    count_statements();
    let portal = spawn_portal();
    let many = Many::of(&portal);
    let add = |from, to| (from..to).for_each(|n| many.pledge(&portal, &format!("Club {n} of Ashfield"), &[ASHFIELD]));
    let after = |portal: &RunningPortal| {
        let newest = portal.read(|conn| Register::search(conn, &RegisterSearch::default())).entries.remove(0);
        newest.pledge.code
    };
    let cost = |portal: &RunningPortal| -> Vec<usize> {
        let mut visitor = portal.visitor();
        let pages = [
            "/pledges".to_owned(),
            format!("/pledges?after={}", after(portal)),
            "/pledges?q=club+ashfield".to_owned(),
            "/pledges?district=E07000170".to_owned(),
            "/charter".to_owned(),
        ];
        let mut of = |page: &String| {
            visitor.visit(page);
            let before = statements_on(portal.database());
            visitor.visit(page);
            statements_on(portal.database()) - before
        };
        pages.iter().map(&mut of).collect()
    };
    add(0, 3);
    let small = cost(&portal);
    add(3, 60);
    portal.read_all_letters();
    assert!(small.iter().all(|statements| (1..12).contains(statements)), "{small:?}");
    assert_eq!(cost(&portal), small);
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
