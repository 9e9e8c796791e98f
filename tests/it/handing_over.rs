//! Leaving with a hand-over: whatever someone held has a holder afterwards, chosen or not.

use youth_charter::charter::{Capacity, Pledge};
use youth_charter::documents::{Document, count_documents_kept_by};
use youth_charter::organisations::{Engagement, Member, MembershipRole, Organisation, Position};
use youth_charter::people::{Invitation, Thing, holding_of, invite};
use youth_charter::quality::count_answers_kept_by;
use youth_charter::words::EmailAddress;

use crate::harness::{NewOrganisation, Person, RunningPortal, a_document, spawn_portal};

fn member_of(portal: &RunningPortal, organisation: &Organisation, person: &Person) -> Member {
    portal.read(|conn| Member::of_account(conn, organisation.id, person.account().id)).expect("a member")
}

/// The subject of the letter that tells a steward of another safeguarding lead.
const TOLD: &str = "has another safeguarding lead";

fn again(portal: &RunningPortal, organisation: &Organisation) -> Organisation {
    portal.read(|conn| Organisation::find(conn, organisation.id))
}

/// What someone holds, each with how many.
fn held(portal: &RunningPortal, organisation: &Organisation, person: &Person) -> Vec<(Thing, i64)> {
    let (organisation, member) = (again(portal, organisation), member_of(portal, organisation, person));
    portal.read(|conn| holding_of(conn, &organisation, &member))
}

/// Makes someone the safeguarding lead, by the answer that a registration gives.
fn make_safeguarding_lead(portal: &RunningPortal, organisation: &Organisation, name: &str, email: &str) {
    let address = EmailAddress::parse(email).expect("an address");
    let before = EmailAddress::parse("safe@example.org").expect("the address that the fixtures give");
    portal.act(|act| organisation.name_safeguarding_lead(act, name, &address, Some(&before)));
    let named = again(portal, organisation);
    assert_eq!(named.safeguarding_lead_name.as_deref(), Some(name));
}

/// A club whose second lead holds one of everything that a lead can hold.
struct Club {
    hub: NewOrganisation,
    second: Person,
}

fn a_club_whose_second_lead_holds_much(portal: &RunningPortal) -> Club {
    let hub = portal.approved_organisation("The Hub");
    let second = portal.lead_of(&hub.organisation);
    make_safeguarding_lead(portal, &hub.organisation, second.name(), second.email());
    portal.answered_assessment(&hub.organisation, &second);
    portal.act_as(&second, |act| {
        a_document(act, hub.organisation.id, second.account().id, "Safeguarding policy")?;
        let email = EmailAddress::parse("ivy@example.org").expect("an address");
        let position = Position { role: MembershipRole::Viewer, engagement: Engagement::Volunteer, accountable: false };
        invite(act, &hub.organisation, &youth_charter::people::NewInvitation { name: "Ivy".into(), email, position })
    });
    portal.read_all_letters();
    Club { hub, second }
}

#[test]
fn someone_who_leaves_chooses_who_takes_over_what_they_held() {
    let portal = spawn_portal();
    let steward = portal.steward();
    let Club { mut hub, mut second } = a_club_whose_second_lead_holds_much(&portal);
    let prue = portal.practitioner_of(&hub.organisation);
    let answers = held(&portal, &hub.organisation, &second).iter().find(|(t, _)| *t == Thing::Answers).expect("some").1;
    second.visit("/organisations/the-hub/people/me/leaving").sees("What you look after here");
    second.choose("Safeguarding lead", prue.name()).choose("2 documents", prue.name());
    second.choose(&format!("{answers} answers of the self-assessment"), hub.lead.name());
    second.press("Leave").sees("You have left The Hub");

    let now = again(&portal, &hub.organisation);
    assert_eq!(now.safeguarding_lead_name.as_deref(), Some(prue.name()));
    let told = portal.letters_about(steward.email(), TOLD).pop().expect("the VRP is told");
    let another = format!("* Its safeguarding lead is now {}. It was {}.", prue.name(), second.name());
    assert!(told.text.contains(&another) && !told.text.contains(prue.email()), "{}", told.text);
    assert!(told.text.contains("lead of The Hub has left it. Somebody else is named"), "{}", told.text);
    assert_eq!(told.link(), "/vrp/organisations/the-hub");
    let id = hub.organisation.id;
    let kept = |person: &Person| portal.read(|conn| count_documents_kept_by(conn, id, person.account().id));
    assert_eq!((kept(&prue), kept(&second), kept(&hub.lead)), (2, 0, 0));
    let answered = |person: &Person| portal.read(|conn| count_answers_kept_by(conn, id, person.account().id));
    assert_eq!((answered(&hub.lead), answered(&second)), (answers, 0));

    let to_prue = portal.letter_to(prue.email());
    assert_eq!(to_prue.subject, format!("You take over from {} at The Hub", second.name()));
    assert!(to_prue.text.contains("* being named as the safeguarding lead\n* 2 documents\n"), "{}", to_prue.text);
    let to_lead = portal.letters_to(hub.lead.email());
    assert_eq!(to_lead.len(), 2, "{to_lead:#?}");
    let all = to_lead.iter().map(|letter| letter.text.as_str()).collect::<String>();
    assert!(all.contains(&format!("* 2 documents: {}\n", prue.name())), "{all}");
    assert!(all.contains("* 1 open invitation: the leads together\n"), "{all}");

    // Those who look after it see it, and who added it has not changed.
    let documents = portal.read(|conn| Document::all_of(conn, id));
    assert!(documents.iter().all(|(document, ..)| document.added_by == second.account().id));
    hub.lead.visit("/organisations/the-hub/documents").follow("Safeguarding policy").sees(prue.name());
    let indicator = portal.read(youth_charter::quality::Framework::in_force).indicators.remove(0).id;
    let page = format!("/organisations/the-hub/quality/indicators/{indicator}");
    let keeper = hub.lead.name().to_owned();
    hub.lead.visit(&page).sees(&format!("{keeper} looks after this answer now"));
    hub.lead.press("Save and continue").visit(&page).does_not_see("looks after this answer now");
}

#[test]
fn what_nobody_was_chosen_for_falls_to_the_leads_and_is_not_lost() {
    let portal = spawn_portal();
    let Club { mut hub, mut second } = a_club_whose_second_lead_holds_much(&portal);
    let before = held(&portal, &hub.organisation, &second);
    assert_eq!(before.len(), 4, "{before:?}");
    second.visit("/organisations/the-hub/people/me/leaving").press("Leave");
    let letters = portal.letters_to(hub.lead.email());
    let text = letters.iter().map(|letter| letter.text.as_str()).collect::<String>();
    let named = format!("* being named as the safeguarding lead: {} until you name someone else\n", hub.lead.name());
    assert!(text.contains(&named), "{text}");
    for (thing, wanted) in [("document", 2), ("open invitation", 1)] {
        let line = format!("* {wanted} {thing}{}: the leads together\n", if wanted > 1 { "s" } else { "" });
        assert!(text.contains(&line), "{line}: {text}");
    }
    let now = again(&portal, &hub.organisation);
    assert_eq!(now.safeguarding_lead_name.as_deref(), Some(hub.lead.name()));
    assert_eq!(now.safeguarding_lead_email.as_deref(), Some(hub.lead.email()));
    assert_eq!(portal.read(|conn| Document::all_of(conn, now.id)).len(), 2);
    assert_eq!(portal.read(|conn| Invitation::open_in(conn, now.id)).len(), 1);
    hub.lead.visit("/organisations/the-hub/documents").follow("Safeguarding policy").sees("The leads together");
    hub.lead.visit("/organisations/the-hub/people").press("Send again");
    assert_eq!(portal.letters_to("ivy@example.org").len(), 1);
}

#[test]
fn a_lead_chooses_for_someone_whose_membership_they_end() {
    let portal = spawn_portal();
    let Club { mut hub, second } = a_club_whose_second_lead_holds_much(&portal);
    let member = member_of(&portal, &hub.organisation, &second);
    let page = format!("/organisations/the-hub/people/{}/leaving", member.person.id);
    hub.lead.visit(&page).sees("What they look after here");
    hub.lead.choose("1 open invitation", hub.lead.name().to_owned().as_str()).press("End their membership");
    assert_eq!(
        held(&portal, &hub.organisation, &hub.lead).iter().map(|(t, _)| *t).collect::<Vec<_>>(),
        [Thing::Safeguarding, Thing::Invitations]
    );
    assert_eq!(portal.letters_to(second.email()).len(), 1, "only that it ended");
    portal.read_all_letters();
}

#[test]
fn a_shared_safeguarding_mailbox_stays_when_its_reader_leaves() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let mut prue = portal.practitioner_of(&hub.organisation);
    make_safeguarding_lead(&portal, &hub.organisation, &prue.name().to_uppercase(), "safe@example.org");
    prue.visit("/organisations/the-hub/people/me/leaving").choose("Safeguarding lead", hub.lead.name()).press("Leave");
    let now = again(&portal, &hub.organisation);
    assert_eq!(now.safeguarding_lead_name.as_deref(), Some(hub.lead.name()));
    assert_eq!(now.safeguarding_lead_email.as_deref(), Some("safe@example.org"));
    portal.read_all_letters();
}

#[test]
fn the_signature_that_a_pledge_waits_for_finds_another_hand() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let mut gail = portal.signatory_of(&hub.organisation);
    let mut prue = portal.practitioner_of(&hub.organisation);
    let pledge = portal.written_pledge(&hub.organisation, &hub.lead);
    portal.sign(&hub.organisation, &pledge, &hub.lead, Capacity::Delivery);
    portal.read_all_letters();
    assert_eq!(held(&portal, &hub.organisation, &gail), [(Thing::Signature, 1)]);

    // Only a lead makes someone a signatory: whoever leaves cannot, whatever they send.
    gail.visit("/organisations/the-hub/people/me/leaving").sees("Signing the pledge for governance");
    let member = member_of(&portal, &hub.organisation, &prue);
    let forged = [("signature", member.person.id.to_string())];
    let refused = gail.send("/organisations/the-hub/people/me/leaving", &[("signature", &forged[0].1)]);
    assert_eq!(refused.status, 422);
    assert_eq!(member_of(&portal, &hub.organisation, &prue).membership.role, MembershipRole::Practitioner);

    let leaving = member_of(&portal, &hub.organisation, &gail).person.id;
    hub.lead.visit(&format!("/organisations/the-hub/people/{leaving}/leaving"));
    hub.lead.choose("Signing the pledge for governance", prue.name()).press("End their membership");
    assert_eq!(member_of(&portal, &hub.organisation, &prue).membership.role, MembershipRole::Signatory);
    assert!(portal.letter_to(prue.email()).text.contains("the signature for governance that the pledge waits for"));
    assert_eq!(prue.visit("/organisations/the-hub/pledge/signature").status(), 200);
    portal.sign(&hub.organisation, &pledge, &prue, Capacity::Governance);
    assert!(portal.read(|conn| Pledge::in_force_of(conn, hub.organisation.id)).is_some());
    portal.read_all_letters();
}

#[test]
fn nobody_takes_over_who_is_not_there_or_may_not() {
    let portal = spawn_portal();
    let Club { hub, mut second } = a_club_whose_second_lead_holds_much(&portal);
    let elsewhere = portal.approved_organisation("The Shed");
    let looker = portal.viewer_of(&hub.organisation);
    let id_in =
        |organisation: &Organisation, person: &Person| member_of(&portal, organisation, person).person.id.to_string();
    let wrong = [
        ("documents", id_in(&elsewhere.organisation, &elsewhere.lead)),
        ("documents", id_in(&hub.organisation, &looker)),
        ("invitations", id_in(&hub.organisation, &looker)),
        ("answers", id_in(&hub.organisation, &second)),
        ("safeguarding", "00000000-0000-7000-8000-000000000000".to_owned()),
        ("safeguarding", "somebody".to_owned()),
    ];
    for (thing, person) in wrong {
        let answer = second.send("/organisations/the-hub/people/me/leaving", &[(thing, &person)]);
        assert_eq!(answer.status, 422, "{thing} to {person}");
        assert!(answer.text().contains("Select someone from the list"), "{thing} to {person}");
    }
    assert_eq!(held(&portal, &hub.organisation, &second).len(), 4, "nothing was changed");
    portal.read_all_letters();
}

#[test]
fn someone_without_an_account_hands_over_too() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let position = Position { role: MembershipRole::Viewer, engagement: Engagement::Volunteer, accountable: false };
    let grace = portal.act(|act| {
        youth_charter::organisations::add_without_account(act, hub.organisation.id, "Grace Okafor", position)
    });
    // Whom the fixtures name at registration.
    hub.lead.visit(&format!("/organisations/the-hub/people/{}/leaving", grace.person.id));
    let lead = hub.lead.name().to_owned();
    hub.lead.choose("Safeguarding lead", &lead).press("End their membership");
    assert_eq!(again(&portal, &hub.organisation).safeguarding_lead_name.as_deref(), Some(hub.lead.name()));
    portal.read_all_letters();
}
