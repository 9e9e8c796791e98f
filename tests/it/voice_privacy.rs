//! A young person's form leaves no address, no cookie and no name of a browser: not in the records, nor in the log at its
//! most verbose. The real program is asked by hand, over a socket.

use std::io::{Read, Write};
use std::net::TcpStream;

use youth_charter::voice::Answer;

use crate::commands::Served;
use crate::harness::{RunningPortal, is_postgres, spawn_portal};
use crate::voice::{asking, say};

/// What a browser tells of itself and of whoever holds it.
const TELLS: &[(&str, &str)] = &[
    ("User-Agent", "Telltale-Browser/7.31"),
    ("X-Forwarded-For", "203.0.113.77"),
    ("Forwarded", "for=203.0.113.78"),
    ("X-Real-IP", "203.0.113.79"),
    ("Cookie", "telltale=8c1f5a0d"),
    ("Accept-Language", "telltale-TT"),
    ("Referer", "https://telltale.example.org/kim-from-form-9b"),
];

const WORDS: &str = "The+hall+is+cold";

fn exchange(served: &Served, method: &str, path: &str, body: &str) -> String {
    let address = served.address.strip_prefix("http://").expect("an address");
    let mut stream = TcpStream::connect(address).expect("it answers");
    let tells: String = TELLS.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\n{tells}Connection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("it listens");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers in text");
    answer
}

/// Every record there is: as the backup writes them, and on SQLite the very bytes of the file and what lies beside it.
fn all_records(portal: &RunningPortal) -> String {
    let (_folder, file) = crate::backup::backup_of(portal);
    let mut all: Vec<String> = crate::backup::contents_of(&file).into_iter().flat_map(|(_, lines)| lines).collect();
    if !is_postgres() {
        for entry in std::fs::read_dir(portal.folder()).expect("a folder").flatten() {
            if entry.file_name().to_string_lossy().starts_with("portal.sqlite") {
                all.push(String::from_utf8_lossy(&std::fs::read(entry.path()).expect("a file")).into_owned());
            }
        }
    }
    all.join("\n")
}

#[test]
fn nothing_tells_who_answered_from_where_or_with_what() {
    let portal = spawn_portal();
    let (_, round) = asking(&portal, "The Hub");
    let served = Served::beside(&portal, &[("RUST_LOG", "trace"), ("TRUSTED_PROXIES", "127.0.0.0/8")]);
    let form = format!("/say/{}", round.code);
    let trail_before = portal.read(|conn| youth_charter::audit::latest_entries(conn, round.organisation_id, 100)).len();
    let mut answers = vec![exchange(&served, "GET", &form, "")];
    let slip = "0123456789abcdef0123456789abcdef";
    for (said, press) in [("", "begin"), ("", "yes"), ("y", "no"), ("ynsy", "skip")] {
        answers.push(exchange(&served, "POST", &form, &format!("slip={slip}&said={said}&press={press}")));
    }
    let last = format!("slip={slip}&said=ynsyyyyyy&press=send&age=14-16&words={WORDS}");
    answers.push(exchange(&served, "POST", &form, &last));
    assert!(answers.last().expect("an answer").contains("Your answers count"), "{answers:#?}");
    for answer in &answers {
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(!answer.to_lowercase().contains("set-cookie"), "{answer}");
    }
    say(&portal, &round, Answer::Yes, "");

    let records = all_records(&portal);
    assert!(records.contains("The hall is cold"), "what was written is found by this search");
    let log = served.complaints();
    for (name, value) in TELLS {
        for (place, text) in [("the records", &records), ("the log", &log)] {
            let line = text.lines().find(|line| line.contains(value)).map(|l| l.chars().take(300).collect::<String>());
            assert_eq!(line, None, "{name} is in {place}");
        }
    }
    // The log, at its most verbose, has no answers either, nor what was written.
    for secret in ["The hall is cold", WORDS, "ynsyyyyyy", slip] {
        let line = log.lines().find(|line| line.contains(secret)).map(|l| l.chars().take(300).collect::<String>());
        assert_eq!(line, None, "{secret} is in the log");
    }
    let trail = portal.read(|conn| youth_charter::audit::latest_entries(conn, round.organisation_id, 100)).len();
    assert_eq!(trail, trail_before, "that somebody answered is not in the trail");
}
