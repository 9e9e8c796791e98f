//! Whatever people type, wherever: it is taken as text or refused with words, and never brings the portal down.
//! Every form of every page is filled in with the same odd things; every address is asked for with odd parts in it.

use std::collections::BTreeMap;

use crate::harness::{Answer, Attachment, MailServer, PDF, Page, Person, Submission, Words, spawn_portal};
use crate::town::{Town, all_routes};

const SCRIPT: &str = "<script>alert(1)</script>'\"&{{7*7}}";

/// Things that someone types by mistake, in another script, or to do harm.
fn odd_words() -> Vec<(&'static str, String)> {
    vec![
        ("nothing", String::new()),
        ("white space", " \t\r\n ".to_owned()),
        ("mark-up", SCRIPT.to_owned()),
        ("right to left, with a trick in it", "מועדון הנוער \u{202e}gpj.\u{2066}".to_owned()),
        ("pictures and joined letters", "👩‍👩‍👧‍👦 e\u{301} ﷽ 🏳️‍🌈".to_owned()),
        ("control characters", "a\u{0}b\u{7}c\u{1b}[31m".to_owned()),
        ("something that climbs", "../../etc/passwd%00%2e%2e".to_owned()),
        ("a very long line", "long ".repeat(8_000)),
        ("a number", "99999999999999999999".to_owned()),
    ]
}

#[test]
fn every_form_answers_to_whatever_is_typed() {
    let town = Town::build_in(spawn_portal());
    let file =
        Attachment { name: "<b>\"\r\n/../x.html".to_owned(), bytes: b"<html><script>alert(1)</script>".to_vec() };
    let mut sent = 0;
    let mut readers = Readers::default();
    for (what, words) in odd_words() {
        let words = Words { text: &words, address: None };
        for (mut person, form) in forms_of(&town, &mut readers, words, &file) {
            let answer = person.send_form(&form);
            expect_sound(&format!("{what} to {}", form.path), &answer);
            if let Some(location) = answer.location() {
                // What was taken is shown as text, if at all.
                let path = location.to_owned();
                expect_sound(&format!("after {what} to {}: {path}", form.path), &person.ask(&path));
            }
            sent += 1;
        }
    }
    assert!(sent > 200, "only {sent} forms were sent");
    town.portal.read_all_letters();
}

#[test]
fn no_field_of_any_form_puts_a_header_into_an_answer_or_a_letter() {
    let town = Town::build_in(spawn_portal());
    let words = "Eve\r\nBcc: all@example.org\u{2028}X-Evil: 1\u{2029}X-Evil: 2\u{85}X-Evil: 3\u{b}X-Evil: 4\u{c}\
                 X-Evil: 5\n\nhttps://evil.example.org/sign-in\n\n=?utf-8?q?=0D=0ABcc:_x@example.org?= tail";
    let file = Attachment { name: format!("{words}.pdf"), bytes: PDF.to_vec() };
    let words = Words { text: words, address: Some("vera.victim@example.org") };
    for (mut person, form) in forms_of(&town, &mut Readers::default(), words, &file) {
        let answer = person.send_form(&form);
        expect_sound(&form.path, &answer);
        expect_no_header_of_theirs(&form.path, &answer);
        if let Some(location) = answer.location().map(str::to_owned) {
            assert!(!location.contains(['\r', '\n']), "{}: {location:?}", form.path);
            expect_no_header_of_theirs(&location, &person.ask(&location));
        }
    }
    let server = MailServer::start();
    let sent = crate::mail::send(&town.portal, &server.url());
    let letters = server.letters();
    assert_eq!(letters.len(), sent);
    let theirs = letters.iter().filter(|letter| letter.text.contains("Bcc: all@example.org")).count();
    assert!(theirs >= 8, "what was typed stands in only {theirs} letters of {sent}");
    let ours = ["from", "to", "subject", "message-id", "mime-version", "date", "content-type"];
    for letter in letters {
        let mut names: Vec<_> = letter.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let mut expected = ours.to_vec();
        expected.sort_unstable();
        assert_eq!(names, expected, "“{}”", letter.subject);
        assert!(letter.to.ends_with("@example.org") && !letter.to.contains([',', ' ']), "{}", letter.to);
        assert!(!letter.html.contains("href=\"https://evil"), "a link of theirs in “{}”", letter.subject);
    }
    town.portal.read_all_letters();
}

#[track_caller]
fn expect_no_header_of_theirs(what: &str, answer: &Answer) {
    for (name, value) in &answer.headers {
        assert!(!["bcc", "x-evil"].contains(&name.as_str()), "{what}: {name}");
        assert!(!value.contains(['\r', '\n']), "{what}: {name}: {value:?}");
    }
}

#[test]
fn pressing_twice_does_no_harm() {
    let town = Town::build_in(spawn_portal());
    let file = Attachment { name: "evidence.pdf".to_owned(), bytes: PDF.to_vec() };
    let words = Words { text: "Tuesday", address: None };
    for (mut person, form) in forms_of(&town, &mut Readers::default(), words, &file) {
        let (first, second) = (person.send_form(&form), person.send_form(&form));
        expect_sound(&form.path, &first);
        expect_sound(&format!("{} again", form.path), &second);
    }
    town.portal.read_all_letters();
}

#[test]
fn an_address_with_something_odd_in_it_is_not_found() {
    const ODD: &[&str] = &[
        "x",
        "0",
        "-1",
        "99999999999999999999",
        "%00",
        "%FF%FE",
        "%2e%2e%2fetc",
        "%F0%9F%8E%89",
        "'%20or%201=1",
        "00000000-0000-0000-0000-000000000000",
        "%7B%7Bx%7D%7D",
    ];
    let town = Town::build_in(spawn_portal());
    for route in all_routes().into_iter().filter(|route| route.path.contains('{')) {
        for odd in ODD {
            for (who, part) in [("lead", 1), ("lead", 2), ("steward", 1), ("reviewer", 1), ("reviewer", 2)] {
                let Some(address) = with_odd_part(&town, &route.path, odd, part) else { continue };
                let mut person = town.portal.same_person(town.person(who));
                let answer = match route.method.as_str() {
                    "GET" => person.ask(&address),
                    _ => person.send(&address, &[]),
                };
                expect_sound(&format!("{} {address} by {who}", route.method), &answer);
            }
        }
    }
    town.portal.read_all_letters();
}

const WHO: &[&str] = &["visitor", "lead", "steward", "reviewer", "decider"];

#[test]
fn a_question_with_something_odd_in_it_is_answered() {
    let town = Town::build_in(spawn_portal());
    let odd = ["%00", "%FF", "-1", "99999999999999999999", "%3Cscript%3Ealert(1)%3C/script%3E", "%F0%9F%8E%89%20%27"];
    for route in all_routes().into_iter().filter(|route| route.method == "GET") {
        let address = town.address_of(&route.path);
        // Who is turned away from a page is so whatever they ask: once for each odd thing is enough.
        let seen: Vec<_> =
            WHO.iter().filter(|who| town.portal.same_person(town.person(who)).ask(&address).status == 200).collect();
        let sees = |who: &&&str| seen.contains(who);
        for odd in odd {
            let names = [
                "q",
                "page",
                "district",
                "pathway",
                "area",
                "level",
                "age",
                "day",
                "activity",
                "next",
                "state",
                "role",
                "engagement",
            ];
            let query: Vec<_> = names.iter().map(|name| format!("{name}={odd}")).collect();
            for asked in [query.join("&"), format!("page={odd}"), format!("page={odd}&page=2")] {
                for who in WHO.iter().filter(|who| sees(who) || asked.starts_with("q=")) {
                    let mut person = town.portal.same_person(town.person(who));
                    let answer = person.ask(&format!("{address}?{asked}"));
                    expect_sound(&format!("{address}?{asked} by {who}"), &answer);
                }
            }
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_no_reason_to_fail() {
    let portal = spawn_portal();
    for (content_type, body) in [
        ("application/x-www-form-urlencoded", b"name=%FF%FE&email=\xff\xfe&password".to_vec()),
        ("application/x-www-form-urlencoded", vec![0; 1000]),
        ("application/json", b"{\"name\":1}".to_vec()),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nno end".to_vec(),
        ),
        ("multipart/form-data; boundary=x", b"--x\r\n\r\n\r\n--x--\r\n".to_vec()),
        ("multipart/form-data", b"without a boundary".to_vec()),
        ("", Vec::new()),
    ] {
        let form =
            Submission { path: "/register".to_owned(), is_get: false, content_type: content_type.to_owned(), body };
        let answer = portal.visitor().send_form(&form);
        expect_sound(&format!("{content_type:?}"), &answer);
        let expected = if content_type.starts_with("multipart") && answer.status != 422 { 400 } else { 422 };
        assert_eq!(answer.status, expected, "{content_type:?}");
    }
}

/// Who sees which page, as far as it is known: whoever saw it last sees it again, mostly.
#[derive(Default)]
struct Readers(BTreeMap<String, Person>);

impl Readers {
    /// Somebody of the town with this page before them.
    fn reader_of(&mut self, town: &Town, address: &str) -> Option<Person> {
        if let Some(last) = self.0.get(address) {
            let mut person = town.portal.same_person(last);
            person.visit(address);
            if person.status() == 200 && person.path() == address && person.answer().is_html() {
                return Some(person);
            }
        }
        let found = town.who_sees(address)?;
        self.0.insert(address.to_owned(), town.portal.same_person(&found));
        Some(found)
    }
}

/// Every form that somebody in the town can send, with that person.
fn forms_of(town: &Town, readers: &mut Readers, words: Words<'_>, file: &Attachment) -> Vec<(Person, Submission)> {
    let mut found = Vec::new();
    for route in all_routes().into_iter().filter(|route| route.method == "GET") {
        let address = town.address_of(&route.path);
        let Some(person) = readers.reader_of(town, &address) else { continue };
        for form in person.every_form_with(words, file) {
            if form.path != "/sign-out" {
                found.push((town.portal.same_person(&person), form));
            }
        }
    }
    found
}

fn with_odd_part(town: &Town, route: &str, odd: &str, which: usize) -> Option<String> {
    let mut seen = 0;
    let real = town.address_of(route);
    let parts = route.split('/').zip(real.split('/')).map(|(named, real)| {
        seen += usize::from(named.starts_with('{'));
        if named.starts_with('{') && seen == which { odd } else { real }
    });
    let address = parts.collect::<Vec<_>>().join("/");
    (seen >= which).then_some(address)
}

/// Not a failure of ours, and nothing typed has become mark-up.
#[track_caller]
fn expect_sound(what: &str, answer: &Answer) {
    assert!(answer.status < 500, "{what}: {} {}", answer.status, Page::parse(&answer.text()).text());
    assert_ne!(answer.status, 0, "{what}");
    if answer.is_html() {
        assert!(!answer.text().contains("<script>alert"), "{what}: what was typed became mark-up");
        let flaw = Page::parse(&answer.text()).flaw();
        assert_eq!(flaw, None, "{what}");
    }
    if answer.status == 422 {
        let page = Page::parse(&answer.text());
        assert!(!page.problems().is_empty(), "{what}: refused without a word");
    }
}
