//! The second signature by someone without an account: a link that works once, for one person, for fourteen days.

use chrono::Duration;
use youth_charter::charter::{Capacity, PledgeState, RequestState, SignatureRequest};
use youth_charter::organisations::MembershipRole;

use crate::harness::{NewOrganisation, Person, RunningPortal, spawn_portal};
use crate::pledging::{Pledging, begin_and_write, sign};

const CHAIR: &str = "chair@example.org";

/// An organisation of one lead with an account, who has signed for delivery.
fn half_signed(portal: &RunningPortal) -> Pledging {
    let NewOrganisation { organisation, lead } = portal.approved_organisation("The Hub");
    let signatory = portal.visitor();
    portal.act_as(&lead, |act| begin_and_write(act, &organisation));
    portal.act_as(&lead, |act| sign(act, &organisation, Capacity::Delivery));
    portal.read_all_letters();
    Pledging { organisation, lead, signatory }
}

/// Asks someone by the page, and gives the path of their link.
fn asked(portal: &RunningPortal, club: &mut Pledging, address: &str) -> String {
    let page = club.address();
    club.lead.visit(&page).follow("Send a link to someone without an account");
    club.lead.fill("Their full name", "Cleo Chair").fill("Their email address", address).press("Send the link");
    club.lead.sees("We have written to Cleo Chair").sees("The link works until");
    portal.letter_to(address).link()
}

fn signs(person: &mut Person, link: &str) {
    person.visit(link).sees("asks you to sign its pledge").sees("For Respect we will.").sees("In practice:");
    assert_eq!(person.value_of("Your full name"), "Cleo Chair");
    person.fill("Your role in the organisation", "Chair of trustees");
    person.tick("I have the authority to sign this pledge for The Hub").press("Sign the pledge");
}

#[test]
fn a_chair_without_an_account_signs_by_the_link_and_both_get_what_they_signed() {
    let portal = spawn_portal();
    let mut hub = half_signed(&portal);
    let link = asked(&portal, &mut hub, CHAIR);
    let mut chair = portal.visitor();
    // Programs that open every link in an e-mail sign nothing.
    for _ in 0..3 {
        chair.visit(&link).sees("Sign for governance");
    }
    chair.press("Sign the pledge");
    assert_eq!(chair.status(), 422);
    assert_eq!(hub.state(&portal), PledgeState::PartSigned);
    signs(&mut chair, &link);
    chair.sees("You have signed").follow("Read it as everyone can").sees("What The Hub has promised young people");

    let whole = hub.pledge(&portal);
    assert_eq!(whole.pledge.state(), PledgeState::InForce);
    let by_link = whole.signed_as(Capacity::Governance).expect("signed");
    assert_eq!((by_link.account_id, by_link.name.as_str()), (None, "Cleo Chair"));
    for address in [CHAIR, hub.lead.email()] {
        let letter = portal.letter_to(address);
        assert_eq!(letter.subject, "The Hub’s pledge is in force");
        for words in ["What we will do: For Respect we will.", &whole.pledge.charter_hash, &by_link.signed_hash] {
            assert!(letter.text.contains(words), "{words}: {}", letter.text);
        }
    }
    // Once.
    assert_eq!(chair.visit(&link).sees("You have signed").status(), 410);
    chair.send(&link, &[("name", "Cleo"), ("role", "Chair"), ("authority", "yes"), ("capacity", "governance")]);
    assert_eq!(hub.pledge(&portal).signatures.len(), 2);
    hub.lead.visit(&hub.address()).sees("Cleo Chair, Chair of trustees, on");
}

#[test]
fn a_link_ends_when_it_is_old_withdrawn_or_somebody_else_is_asked() {
    let portal = spawn_portal();
    let mut hub = half_signed(&portal);
    let first = asked(&portal, &mut hub, CHAIR);
    let second = asked(&portal, &mut hub, "treasurer@example.org");
    let mut anyone = portal.visitor();
    assert_eq!(anyone.visit(&first).sees("This link does not work any more").status(), 410);
    anyone.visit(&second).sees("Sign for governance");
    let page = format!("{}/signature/request", hub.address());
    hub.lead.visit(&page).sees("treasurer@example.org").press("Withdraw this link").sees("does not work any more");
    anyone.visit(&second).sees("This link does not work any more");
    assert_eq!(hub.lead.send(&format!("{page}/withdrawal"), &[]).status, 409);

    let third = asked(&portal, &mut hub, CHAIR);
    portal.advance(Duration::days(14) - Duration::seconds(2));
    anyone.visit(&third).sees("Sign for governance");
    portal.advance(Duration::seconds(3));
    anyone.fill("Your role in the organisation", "Chair");
    anyone.tick("I have the authority to sign this pledge for The Hub").press("Sign the pledge");
    anyone.sees("This link does not work any more");
    assert_eq!(hub.state(&portal), PledgeState::PartSigned);
    hub.lead = portal.signed_in(hub.lead.account());
    hub.lead.visit(&page).sees("The link stopped working on");
    for nonsense in ["/pledge-signatures/x", "/pledge-signatures/0123456789abcdef0123456789abcdef"] {
        assert_eq!(anyone.ask(nonsense).status, 404);
    }
}

#[test]
fn reopening_the_words_ends_the_link_and_so_does_a_signature_from_inside() {
    let portal = spawn_portal();
    let mut hub = half_signed(&portal);
    let link = asked(&portal, &mut hub, CHAIR);
    let mut chair = portal.visitor();
    chair.visit(&link).fill("Your role in the organisation", "Chair");
    let address = hub.address();
    hub.lead.visit(&address).press("Remove the signature and correct the words");
    chair.tick("I have the authority to sign this pledge for The Hub").press("Sign the pledge");
    chair.sees("This link does not work any more");
    assert!(hub.pledge(&portal).signatures.is_empty());

    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    let signatory = portal.signatory_of(&hub.organisation);
    portal.read_all_letters();
    let link = asked(&portal, &mut hub, CHAIR);
    portal.act_as(&signatory, |act| sign(act, &hub.organisation, Capacity::Governance));
    assert_eq!(chair.visit(&link).status(), 410);
    portal.read_all_letters();
}

#[test]
fn of_a_link_pressed_in_many_windows_at_once_one_signature_comes() {
    let portal = spawn_portal();
    let mut hub = half_signed(&portal);
    let link = asked(&portal, &mut hub, CHAIR);
    let words = hub.pledge(&portal).words_hash("The Hub");
    std::thread::scope(|scope| {
        for _ in 0..6 {
            let (portal, link, words) = (&portal, &link, &words);
            scope.spawn(move || {
                let fields = [
                    ("capacity", "governance"),
                    ("name", "Cleo Chair"),
                    ("role", "Chair"),
                    ("authority", "yes"),
                    ("words_seen", words.as_str()),
                ];
                let mut window = portal.visitor();
                window.visit(link);
                assert!(matches!(window.send(link, &fields).status, 303 | 409));
            });
        }
    });
    assert_eq!((hub.state(&portal), hub.pledge(&portal).signatures.len()), (PledgeState::InForce, 2));
    assert_eq!(portal.letters_to(CHAIR).len(), 1);
    portal.read_all_letters();
}

#[test]
fn a_link_signs_for_one_side_the_words_it_shows_and_is_not_sent_to_the_first_who_signed() {
    let portal = spawn_portal();
    let mut hub = half_signed(&portal);
    let (page, own) = (format!("{}/signature/request", hub.address()), hub.lead.email().to_owned());
    hub.lead.visit(&page).fill("Their full name", "Me").fill("Their email address", &own).press("Send the link");
    assert_eq!(
        hub.lead.error_beside("Their email address"),
        "They have signed already. Enter the address of somebody else"
    );
    hub.lead.fill("Their full name", " ").fill("Their email address", "nobody").press("Send the link");
    assert_eq!(hub.lead.problems().len(), 2);
    let link = asked(&portal, &mut hub, CHAIR);
    let words = hub.pledge(&portal).words_hash("The Hub");
    let mut chair = portal.visitor();
    chair.visit(&link);
    for (capacity, words) in [("delivery", words.as_str()), ("governance", "other words")] {
        let fields =
            [("capacity", capacity), ("name", "C"), ("role", "R"), ("authority", "yes"), ("words_seen", words)];
        assert_eq!(chair.send(&link, &fields).status, 409, "{capacity}");
    }
    assert_eq!(hub.state(&portal), PledgeState::PartSigned, "and the link still works");
    let open = portal.read(|conn| SignatureRequest::open_of(conn, hub.pledge(&portal).pledge.id));
    assert_eq!(open.expect("there is one").state(), RequestState::Open);
    // Those who may not sign cannot ask either, and to others it does not exist.
    let mut practitioner = portal.practitioner_of(&hub.organisation);
    assert_eq!(practitioner.ask(&page).status, 403);
    assert_eq!(portal.signed_up("Somebody").ask(&page).status, 404);
    let (mut viewer, _) = portal.member_of(
        &hub.organisation,
        MembershipRole::Viewer,
        youth_charter::organisations::Engagement::Volunteer,
    );
    assert_eq!(viewer.ask(&page).status, 403);
}
