//! Every kind of token that opens something: once, in time, whole, and for what it was made.

use chrono::Duration;
use youth_charter::organisations::{Engagement, MembershipRole, Position};
use youth_charter::people::{NewInvitation, invite};
use youth_charter::words::EmailAddress;

use crate::harness::{PASSWORD, Person, RunningPortal, spawn_portal};

/// A kind of link that a letter brings.
struct Kind {
    name: &'static str,
    /// How long it works.
    lasts: Duration,
    /// Makes one, and says who presses its button with what.
    make: fn(&RunningPortal) -> Made,
    /// What an answer says that lets nobody through.
    refused: u16,
}

struct Made {
    path: String,
    person: Person,
    fields: Vec<(&'static str, String)>,
}

impl Made {
    fn by(path: String, person: Person) -> Self {
        Self { path, person, fields: Vec::new() }
    }

    fn press(&mut self, path: &str) -> u16 {
        let fields: Vec<_> = self.fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.person.send(path, &fields).status
    }
}

const KINDS: &[Kind] = &[
    Kind { name: "sign-in link", lasts: Duration::minutes(20), make: sign_in_link, refused: 404 },
    Kind { name: "reset", lasts: Duration::hours(2), make: reset, refused: 404 },
    Kind { name: "confirm", lasts: Duration::days(7), make: confirm, refused: 404 },
    Kind { name: "new address", lasts: Duration::hours(24), make: new_address, refused: 404 },
    Kind { name: "invitation", lasts: Duration::days(14), make: invitation, refused: 404 },
    Kind { name: "objection", lasts: Duration::days(14), make: objection, refused: 404 },
];

fn sign_in_link(portal: &RunningPortal) -> Made {
    let asha = portal.signed_up("Asha Patel");
    portal.visitor().send("/sign-in/link", &[("email", asha.email())]);
    Made::by(portal.letter_to(asha.email()).link(), portal.visitor())
}

fn reset(portal: &RunningPortal) -> Made {
    let asha = portal.signed_up("Asha Patel");
    portal.visitor().send("/forgotten-password", &[("email", asha.email())]);
    let made = Made::by(portal.letter_to(asha.email()).link(), portal.visitor());
    Made { fields: vec![("password", "four green tricycles".to_owned())], ..made }
}

fn confirm(portal: &RunningPortal) -> Made {
    let fields = [("name", "Una Grey"), ("email", "una@example.org"), ("password", PASSWORD)];
    portal.visitor().send("/register", &fields);
    Made::by(portal.letter_to("una@example.org").link(), portal.visitor())
}

fn new_address(portal: &RunningPortal) -> Made {
    let mut asha = portal.signed_up("Asha Patel");
    assert_eq!(asha.send("/my/account/email", &[("email", "asha.new@example.org")]).status, 303);
    Made::by(portal.letter_to("asha.new@example.org").link(), asha)
}

fn invitation(portal: &RunningPortal) -> Made {
    let hub = portal.approved_organisation("The Hub");
    let email = EmailAddress::parse("ivy@example.org").expect("an address");
    let position = Position { role: MembershipRole::Viewer, engagement: Engagement::Volunteer, accountable: false };
    portal.act(|act| invite(act, &hub.organisation, &NewInvitation { name: "Ivy".into(), email, position }));
    Made::by(portal.letter_to("ivy@example.org").link(), portal.signed_up("Ivy Green"))
}

fn objection(portal: &RunningPortal) -> Made {
    let hub = portal.approved_organisation("The Hub");
    let asker = portal.practitioner_of(&hub.organisation);
    portal.asked_to_take_over(&hub.organisation, &asker);
    let letters = portal.letters_to(hub.lead.email());
    let link = letters.iter().find(|letter| letter.subject.contains("asks to take over")).expect("a letter").link();
    let made = Made::by(link, portal.visitor());
    Made { fields: vec![("reason", "I am still here.".to_owned())], ..made }
}

#[test]
fn a_token_works_once() {
    for kind in KINDS {
        let portal = spawn_portal();
        let mut made = (kind.make)(&portal);
        let path = made.path.clone();
        assert_eq!(made.press(&path), 303, "{}: whole, in time, the first time", kind.name);
        let again = made.press(&path);
        assert!([kind.refused, 409].contains(&again), "{}: a second time: {again}", kind.name);
        portal.read_all_letters();
    }
}

#[test]
fn a_token_that_is_cut_short_lengthened_or_changed_opens_nothing() {
    for kind in KINDS {
        let portal = spawn_portal();
        let mut made = (kind.make)(&portal);
        let path = made.path.clone();
        let (place, token) = path.rsplit_once('/').expect("a link ends in its token");
        let last = if token.ends_with('0') { "1" } else { "0" };
        let wrong = [
            token[..token.len() - 1].to_owned(),
            token[..8].to_owned(),
            token[1..].to_owned(),
            format!("{token}0"),
            format!("{token}%00"),
            format!("%20{token}"),
            token.to_uppercase(),
            format!("{}{last}", &token[..token.len() - 1]),
            "%".to_owned(),
            "_".to_owned(),
        ];
        for wrong in wrong.iter().filter(|wrong| *wrong != token) {
            let answer = made.press(&format!("{place}/{wrong}"));
            assert!([404, 400].contains(&answer), "{}: {wrong}: {answer}", kind.name);
            let shown = made.person.ask(&format!("{place}/{wrong}"));
            assert!(shown.status < 500, "{}: {wrong} shown: {}", kind.name, shown.status);
        }
        assert_eq!(made.press(&path), 303, "{}: and it still works when whole", kind.name);
        portal.read_all_letters();
    }
}

#[test]
fn a_token_is_over_when_its_time_is() {
    for kind in KINDS {
        let portal = spawn_portal();
        let mut made = (kind.make)(&portal);
        let path = made.path.clone();
        portal.advance(kind.lasts + Duration::seconds(2));
        youth_charter::reminders::do_what_is_due(&portal.inside).expect("what the portal does every hour");
        // Whoever must be signed in signs in anew: their session may be over too.
        if let Some(session) = made.person.cookie("session") {
            assert!(!session.is_empty());
            let account = made.person.account().clone();
            made.person = portal.signed_in(&account);
        }
        let answer = made.press(&path);
        assert!([kind.refused, 409].contains(&answer), "{}: {answer}", kind.name);
        portal.read_all_letters();
    }
}

#[test]
fn a_token_made_while_the_clock_was_a_year_ahead_is_not_good_for_a_year() {
    for kind in KINDS.iter().filter(|kind| kind.name != "objection") {
        let portal = spawn_portal();
        portal.advance(Duration::days(365));
        let mut made = (kind.make)(&portal);
        let path = made.path.clone();
        portal.advance(Duration::days(-365));
        if made.person.cookie("session").is_some() {
            let account = made.person.account().clone();
            made.person = portal.signed_in(&account);
        }
        assert_eq!(made.press(&path), kind.refused, "{}", kind.name);
        portal.read_all_letters();
    }
}

#[test]
fn a_token_is_good_for_nothing_else() {
    let portal = spawn_portal();
    let tokens: Vec<String> = [sign_in_link(&portal).path].into_iter().collect();
    let token = tokens[0].rsplit('/').next().expect("a token");
    let fields =
        [("password", "four green tricycles"), ("name", "Mallory"), ("email", "m@example.org"), ("reason", "no")];
    let mut someone = portal.signed_up("Mallory Moss");
    for place in ["/reset-password", "/confirm", "/set-up", "/new-address", "/invitations", "/objections"] {
        let answer = someone.send(&format!("{place}/{token}"), &fields);
        assert_eq!(answer.status, 404, "{place}");
    }
    let as_session = portal.visitor().with_session_token(token).ask("/my");
    assert_eq!(as_session.location(), Some("/sign-in?next=%2Fmy"));
    portal.read_all_letters();
}

#[test]
fn a_session_cookie_is_taken_whole_or_not_at_all() {
    let portal = spawn_portal();
    let asha = portal.signed_up("Asha Patel");
    let token = asha.cookie("session").expect("signed in");
    let is_in = |value: &str| portal.visitor().with_session_token(value).ask("/my").status == 200;
    assert!(is_in(&token));
    for wrong in
        [&token[..63], &token[1..], &format!("{token}0"), &token.to_uppercase(), "0", "%00", &"a".repeat(9_000)]
    {
        // Upper case is another token, unless there is no letter in it.
        assert!(*wrong == token || !is_in(wrong), "{wrong}");
    }
}

#[test]
fn a_planted_cookie_is_never_adopted_by_any_door() {
    let planted = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    // By password, by link, by confirming an address.
    let doors: &[fn(&RunningPortal, Person) -> Person] = &[
        |portal, mut person| {
            let asha = portal.signed_up("Asha Patel");
            assert_eq!(person.send("/sign-in", &[("email", asha.email()), ("password", PASSWORD)]).status, 303);
            person
        },
        |portal, mut person| {
            let link = sign_in_link(portal).path;
            assert_eq!(person.send(&link, &[]).status, 303);
            person
        },
        |portal, mut person| {
            let link = confirm(portal).path;
            assert_eq!(person.send(&link, &[]).status, 303);
            person
        },
    ];
    for door in doors {
        for is_real in [false, true] {
            let portal = spawn_portal();
            let mallorys = portal.signed_up("Mallory Moss").cookie("session").expect("a session of their own");
            let planted = if is_real { mallorys } else { planted.to_owned() };
            let victim = door(&portal, portal.visitor().with_session_token(&planted));
            let own = victim.cookie("session").expect("signed in");
            assert_ne!(own, planted);
            assert_eq!(portal.visitor().with_session_token(&own).ask("/my").status, 200);
            let thief = portal.visitor().with_session_token(&planted).ask("/my");
            assert_eq!(thief.status, 303, "whoever planted it is not signed in");
            portal.read_all_letters();
        }
    }
}
