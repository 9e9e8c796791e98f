//! The Charter, and an organisation's way from its first word to a pledge that is in force, ends and begins again.

use chrono::{Duration, Months};
use youth_charter::audit::{Verdict, verify_chain};
use youth_charter::charter::{
    Capacity, CharterText, CharterVersion, PledgeState, StatementText, lapse_due, publish_charter,
};
use youth_charter::clock::say_day;
use youth_charter::organisations::{Engagement, MembershipRole};

use crate::harness::{Letter, RunningPortal, spawn_portal};
use crate::pledging::{begin_and_write, pledged, sign, with_both_sides};

/// The question beside the words of a commitment.
const WHO: &str = "Who sees to it?";
const THEMES: [&str; 7] = [
    "Choice and voice",
    "Respect",
    "A safe place",
    "Development and progression",
    "Motivation to achieve",
    "Community and belonging",
    "Influence on what happens",
];

#[test]
fn anyone_reads_the_charter_and_is_told_that_it_is_a_sample() {
    let portal = spawn_portal();
    let mut visitor = portal.visitor();
    visitor.visit("/charter").sees("Sample.").sees("version").follow("Who has pledged");
    visitor.sees("Nobody has pledged yet");
    let charter = portal.read(CharterVersion::in_force);
    visitor.visit("/charter/1").sees(&charter.hash).does_not_see("no longer in force");
    for theme in THEMES {
        visitor.sees(theme);
    }
    for missing in ["/charter/2", "/charter/0", "/charter/x", "/charter/-1", "/charter/99999999999"] {
        assert_eq!(visitor.ask(missing).status, 404, "{missing}");
    }
}

#[test]
fn an_organisation_pledges_from_its_first_word_to_the_public_register() {
    let portal = spawn_portal();
    let mut hub = with_both_sides(&portal, "The Hub");
    let address = hub.address();
    let lead = &mut hub.lead;
    lead.visit(&address).press("Begin your pledge").sees("0 of 7 statements written").sees("Cannot start yet");
    lead.follow("Choice and voice");
    for (number, theme) in THEMES.iter().enumerate() {
        assert_eq!(lead.heading(), *theme);
        lead.sees(&format!("Statement {} of 7", number + 1));
        let question = lead.page().name_of(lead.page().all("textarea")[0]);
        lead.fill(&question, &format!("Our word on {theme}.")).fill(WHO, "The lead volunteer");
        lead.fill_in("By when? (optional)", "Day", "31").fill_in("By when? (optional)", "Month", "3");
        lead.fill_in("By when? (optional)", "Year", "2027").press("Save and continue");
    }
    assert_eq!(lead.heading(), "Check and sign your pledge");
    lead.sees("Our word on Respect.").sees("Sign for delivery");
    assert_eq!(lead.value_of("Your full name"), lead.name());
    lead.fill("Your role in the organisation", "Youth worker in charge")
        .tick("I have the authority to sign this pledge for The Hub")
        .press("Sign the pledge")
        .sees("You have signed. One more signature is needed")
        .sees("One signature to go");
    portal.visitor().visit("/pledges").sees("Nobody has pledged yet");
    let confirmation = portal.letter_to(hub.lead.email());
    assert_eq!(confirmation.subject, "You have signed The Hub’s pledge");
    assert!(confirmation.text.contains("What we will do: Our word on Respect. (The lead volunteer, by 31 March 2027)"));

    let signatory = &mut hub.signatory;
    let letter = portal.letter_to(signatory.email());
    insta::assert_snapshot!("pledge_signature_needed", shown(&letter, &portal, ""));
    signatory
        .visit(&letter.link())
        .sees("Sign for governance")
        .sees("Our word on Respect.")
        .fill("Your role in the organisation", "Chair")
        .tick("I have the authority to sign this pledge for The Hub")
        .press("Sign the pledge")
        .sees("Your pledge is in force and in the public register");

    let whole = hub.pledge(&portal);
    assert_eq!(whole.pledge.in_force_on, Some(portal.today()));
    assert_eq!(whole.pledge.ends_on, Some(portal.today() + Months::new(12)));
    let signed: Vec<_> = whole.signatures.iter().map(|s| (s.capacity, s.role.as_str(), s.authority.as_str())).collect();
    let authority = "I have the authority to sign this pledge for The Hub";
    assert_eq!(
        signed,
        [(Capacity::Governance, "Chair", authority), (Capacity::Delivery, "Youth worker in charge", authority)]
    );
    let words = whole.words_hash("The Hub");
    assert!(whole.signatures.iter().all(|signature| signature.signed_hash == words));
    assert_eq!(whole.pledge.charter_hash, portal.read(CharterVersion::in_force).hash);

    for account in hub.accounts() {
        let letter = portal.letter_to(&account.email);
        insta::assert_snapshot!("pledge_in_force", shown(&letter, &portal, &whole.pledge.code));
    }
    let mut visitor = portal.visitor();
    visitor.visit("/pledges").sees("1 organisation has pledged").follow("The Hub").sees("Our word on Respect.");
    assert_eq!(visitor.path(), format!("/pledges/{}", whole.pledge.code));
    assert!(matches!(portal.read(verify_chain), Verdict::Whole(_)));
}

#[test]
fn saving_a_statement_leads_to_the_next_one_without_words_and_keeps_the_others() {
    let portal = spawn_portal();
    let mut hub = with_both_sides(&portal, "The Hub");
    let address = hub.address();
    let lead = &mut hub.lead;
    lead.visit(&address).press("Begin your pledge").follow("Influence on what happens");
    lead.fill("Which real decisions will young people share in this year?", "The budget.");
    lead.fill(WHO, "The trustees").press("Save and continue");
    assert_eq!(lead.heading(), "Choice and voice", "round to the beginning");
    lead.visit(&address).sees("1 of 7").follow("Influence on what happens");
    assert_eq!(lead.value_of("Which real decisions will young people share in this year?"), "The budget.");
    lead.visit(&format!("{address}/signature")).sees("The pledge is not ready to sign").sees("1 of 7");
    assert_eq!(lead.send(&format!("{address}/signature"), &[]).status, 422);
    assert_eq!(hub.state(&portal), PledgeState::Draft);
}

#[test]
fn what_is_wrong_is_said_and_what_was_typed_stays() {
    let portal = spawn_portal();
    let mut hub = with_both_sides(&portal, "The Hub");
    let statement = format!("{}/statements/respect", hub.address());
    let question = "What will adults in your organisation do so that every young person feels respected?";
    let address = hub.address();
    let lead = &mut hub.lead;
    lead.visit(&address).press("Begin your pledge").visit(&statement);
    lead.fill(question, "   ").press("Save and continue");
    let who = "Enter who sees to it, such as the lead volunteer".to_owned();
    assert_eq!((lead.status(), lead.problems()), (422, vec!["Enter what you will do".to_owned(), who]));
    assert_eq!(lead.error_beside(question), "Enter what you will do");

    let long = "é".repeat(1001);
    lead.fill(question, &long).fill(WHO, "All of us").press("Save and continue");
    assert_eq!(lead.problems(), ["What you will do must be 1000 characters or fewer"]);
    assert_eq!(lead.value_of(question), long);

    let odd = "<script>alert(1)</script> & \"so\"\nשלום لكم 🎉👩🏽‍🚒 \u{202e}gnorw";
    lead.fill(question, odd).press("Save and continue");
    let kept = "<script>alert(1)</script> & \"so\"\nשלום لكم 🎉👩🏽‍🚒 gnorw";
    assert_eq!(lead.visit(&statement).value_of(question), kept);
    lead.visit(&address).sees("<script>alert(1)</script> & \"so\"").sees("שלום لكم 🎉👩🏽‍🚒 gnorw");
    assert!(!lead.page().source().contains("<script>alert"));

    for missing in ["/statements/nonsense", "/statements/%00", "/statements/respect%20"] {
        assert_eq!(lead.ask(&format!("{address}{missing}")).status, 404, "{missing}");
        assert_eq!(lead.send(&format!("{address}{missing}"), &[("commitment", "x")]).status, 404, "{missing}");
    }
}

#[test]
fn a_signature_needs_a_name_a_role_and_authority() {
    let portal = spawn_portal();
    let mut hub = with_both_sides(&portal, "The Hub");
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    let address = hub.address();
    hub.lead.visit(&format!("{address}/signature")).fill("Your full name", "").press("Sign the pledge");
    let problems = [
        "Enter your full name",
        "Enter your role, such as chair of trustees",
        "Confirm that you have the authority to sign",
    ];
    assert_eq!((hub.lead.status(), hub.lead.problems()), (422, problems.map(String::from).to_vec()));
    hub.lead.fill("Your full name", &"x".repeat(101)).press("Sign the pledge");
    assert_eq!(hub.lead.error_beside("Your full name"), "Your full name must be 100 characters or fewer");
    assert_eq!(hub.state(&portal), PledgeState::Draft);
}

#[test]
fn a_lead_who_is_a_trustee_chooses_a_side_and_cannot_sign_for_the_other_too() {
    let portal = spawn_portal();
    let mut hub = with_both_sides(&portal, "The Hub");
    let (mut both, _) = portal.member_of(&hub.organisation, MembershipRole::Lead, Engagement::Trustee);
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    let signature = format!("{}/signature", hub.address());
    both.visit(&signature).fill("Your role in the organisation", "Chair");
    both.tick("I have the authority to sign this pledge for The Hub").press("Sign the pledge");
    assert_eq!(both.error_beside("Which side do you sign for?"), "Select which side you sign for");
    both.choose("Which side do you sign for?", "Governance").press("Sign the pledge").sees("You have signed");
    portal.read_all_letters();

    both.visit(&signature).sees("must be someone else’s").sees("Waiting for a signature for delivery");
    let listed = format!("{}</li>", both.name());
    both.sees(hub.lead.name()).does_not_see(&listed);
    let words = hub.pledge(&portal).words_hash("The Hub");
    let fields = [
        ("capacity", "delivery"),
        ("name", "Other Name"),
        ("role", "Lead"),
        ("authority", "yes"),
        ("words_seen", &words),
    ];
    assert_eq!(both.send(&signature, &fields).location(), Some(signature.as_str()));
    assert_eq!(hub.state(&portal), PledgeState::PartSigned);
    hub.signatory.visit(&signature).sees("Your side has signed").sees("has signed for governance");
}

#[test]
fn whoever_waits_for_a_signature_learns_how_to_invite() {
    let portal = spawn_portal();
    let new = portal.approved_organisation("The Hub");
    let mut lead = new.lead;
    portal.act_as(&lead, |act| begin_and_write(act, &new.organisation));
    portal.act_as(&lead, |act| sign(act, &new.organisation, Capacity::Delivery));
    portal.read_all_letters();
    lead.visit("/organisations/the-hub/pledge/signature")
        .sees("You have signed")
        .sees("Nobody else in The Hub can sign for governance yet")
        .follow("invite them on the people page");
    assert_eq!(lead.heading(), "People");
}

#[test]
fn a_lead_opens_the_words_again_and_everyone_else_who_may_sign_is_told() {
    let portal = spawn_portal();
    let mut hub = with_both_sides(&portal, "The Hub");
    let address = hub.address();
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    portal.act_as(&hub.signatory, |act| sign(act, &hub.organisation, Capacity::Governance));
    portal.read_all_letters();
    let locked =
        hub.lead.send(&format!("{address}/statements/respect"), &[("commitment", "Late words"), ("who", "Us")]);
    assert_eq!(locked.status, 409, "the first signature locks the words");

    hub.signatory.visit(&address).does_not_see("Remove the signature");
    assert_eq!(hub.signatory.send(&format!("{address}/reopening"), &[]).status, 403);
    hub.lead.visit(&address).press("Remove the signature and correct the words").sees("Ready to sign");
    let letter = portal.letter_to(hub.signatory.email());
    insta::assert_snapshot!("pledge_reopened", shown(&letter, &portal, ""));
    assert!(hub.pledge(&portal).signatures.is_empty());
    assert_eq!(hub.lead.send(&format!("{address}/reopening"), &[]).status, 409);
    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    portal.act_as(&hub.signatory, |act| sign(act, &hub.organisation, Capacity::Governance));
    portal.read_all_letters();
    assert_eq!(hub.state(&portal), PledgeState::InForce);
}

#[test]
fn a_pledge_is_withdrawn_for_all_to_see_and_begun_again_with_the_old_words() {
    let portal = spawn_portal();
    let mut hub = pledged(&portal, "The Hub");
    let (address, code) = (hub.address(), hub.pledge(&portal).pledge.code);
    hub.lead.visit(&address).follow("Withdraw your pledge").press("Withdraw the pledge");
    assert_eq!(hub.lead.error_beside("Why are you withdrawing?"), "Enter why you are withdrawing");
    hub.lead.fill("Why are you withdrawing?", &"x".repeat(501)).press("Withdraw the pledge");
    assert_eq!(hub.lead.problems(), ["Your reason must be 500 characters or fewer"]);
    hub.lead.fill("Why are you withdrawing?", "The roof\n\nfell in.").press("Withdraw the pledge");
    hub.lead.sees("Your pledge is withdrawn").sees("Pledge again");
    let letter = portal.letter_to(hub.signatory.email());
    insta::assert_snapshot!("pledge_withdrawn", shown(&letter, &portal, ""));

    let mut visitor = portal.visitor();
    visitor.visit("/pledges").sees("Nobody has pledged yet");
    visitor.visit(&format!("/pledges/{}", code.to_lowercase()));
    visitor.sees(&format!("Withdrawn on {}", say_day(portal.today()))).does_not_see("For Respect we will");
    visitor.does_not_see("fell in");
    assert_eq!(hub.lead.send(&format!("{address}/withdrawal"), &[("reason", "again")]).status, 409);
    assert_eq!(hub.lead.ask(&format!("{address}/withdrawal")).status, 303);

    hub.lead.visit(&address).press("Pledge again").sees("Ready to sign").sees("7 of 7");
    let renewed = hub.pledge(&portal).pledge;
    assert_eq!(hub.lead.send(&format!("{address}/renewal"), &[]).status, 303, "pressed twice");
    assert_eq!(hub.pledge(&portal).pledge.id, renewed.id);
    assert_ne!(renewed.code, code);
    visitor.visit(&format!("/pledges/{code}")).sees("Withdrawn on");
    assert_eq!(visitor.ask(&format!("/pledges/{}", renewed.code)).status, 404, "it never was in force yet");
}

#[test]
fn a_pledge_lapses_the_day_after_its_year() {
    let portal = spawn_portal();
    let hub = pledged(&portal, "The Hub");
    let pledge = hub.pledge(&portal).pledge;
    let ends_on = pledge.ends_on.expect("in force");
    portal.advance(Duration::days((ends_on - portal.today()).num_days()));
    assert_eq!((portal.today(), portal.act(lapse_due)), (ends_on, 0), "the last day counts");
    portal.visitor().visit("/pledges").sees("The Hub");
    portal.advance(Duration::days(1));
    assert_eq!((portal.act(lapse_due), portal.act(lapse_due)), (1, 0));
    assert_eq!(hub.state(&portal), PledgeState::Lapsed);
    assert_eq!(portal.letter_to(hub.signatory.email()).subject, "The Hub’s pledge has ended");
    insta::assert_snapshot!("pledge_lapsed", shown(&portal.letter_to(hub.lead.email()), &portal, ""));
    let mut visitor = portal.visitor();
    visitor.visit("/pledges").does_not_see("The Hub");
    visitor.visit(&format!("/pledges/{}", pledge.code)).sees(&format!("Ended on {}", say_day(ends_on)));
    let mut lead = portal.signed_in(hub.lead.account());
    lead.visit(&hub.address()).sees("Ended").press("Pledge again").sees("7 of 7");
}

#[test]
fn a_pledge_that_waits_for_signatures_follows_a_new_charter() {
    let portal = spawn_portal();
    let mut hub = with_both_sides(&portal, "The Hub");
    let signature = format!("{}/signature", hub.address());
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    portal.read_all_letters();
    hub.signatory.visit(&signature).sees("Sign for governance");
    publish_second(&portal);

    hub.signatory.fill("Your role in the organisation", "Chair");
    hub.signatory.tick("I have the authority to sign this pledge for The Hub").press("Sign the pledge");
    hub.signatory.sees("The Charter has changed").sees("You have not signed").sees("Chair").sees("Fairness");
    assert_eq!(hub.signatory.status(), 422);
    assert_eq!(hub.state(&portal), PledgeState::PartSigned);
    let address = hub.address();
    hub.lead.visit(&address).press("Continue with the new Charter").sees("1 of 2 statements written");
    let whole = hub.pledge(&portal);
    assert!(whole.signatures.is_empty());
    assert_eq!(whole.promises[0].commitment.as_ref().map(|said| said.words.as_str()), Some("For Respect we will."));
    hub.lead.visit("/charter/1").sees("no longer in force").visit("/charter").sees("Fairness").does_not_see("Sample.");
}

#[test]
fn a_pledge_in_force_stands_when_the_charter_changes() {
    let portal = spawn_portal();
    let mut hub = pledged(&portal, "The Hub");
    publish_second(&portal);
    let address = hub.address();
    hub.lead.visit(&address).sees("Another version of the Charter").sees("For Respect we will.");
    portal.visitor().visit("/pledges").sees("version 1 of the Charter");
}

fn publish_second(portal: &RunningPortal) {
    let statement = |id: &str, theme: &str| StatementText {
        id: id.into(),
        theme: theme.into(),
        words: "We will be fair.".into(),
        in_practice: "Fairly.".into(),
        prompt: "How will you be fair?".into(),
        example: "So.".into(),
        read_aloud: None,
        picture: None,
    };
    let text = CharterText {
        number: 2,
        title: "Youth Charter".into(),
        sample: false,
        introduction: "New words.".into(),
        statements: vec![statement("respect", "Respect"), statement("fairness", "Fairness")],
    };
    portal.act(|act| publish_charter(act, &text));
}

/// A letter as it reads anywhere.
fn shown(letter: &Letter, portal: &RunningPortal, code: &str) -> String {
    let ends_on = say_day(portal.today() + Months::new(12));
    let text = letter.text.replace(portal.site(), "https://portal").replace(&ends_on, "DAY");
    let text = if code.is_empty() { text } else { text.replace(code, "PL-CODE") };
    format!("{}\n\n{text}", letter.subject)
}
