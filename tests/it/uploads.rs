//! What people upload, to do harm or by mistake: far too much of it, and names that climb.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use crate::commands::{Machine, Served};
use crate::harness::{PDF, Person, spawn_portal};

const GIGABYTE: u64 = 1024 * 1024 * 1024;
const MEGABYTE: u64 = 1024 * 1024;
/// Some of it is on its way, in buffers, when the answer is written.
const EARLY: u64 = 100 * MEGABYTE;

/// What came of sending a body: what was answered, and when.
#[derive(Debug)]
struct Outcome {
    answer: String,
    /// It came when a tenth of the body had gone.
    answered_early: bool,
}

/// Sends a form with a file of a gigabyte, piece by piece as a browser does, until the other side has had enough.
fn send_a_gigabyte(address: &str, session: &str, is_announced: bool) -> Outcome {
    let start = "--x\r\nContent-Disposition: form-data; name=\"document\"; filename=\"film.pdf\"\r\n\r\n%PDF-1.7\n";
    let length =
        if is_announced { format!("Content-Length: {}", GIGABYTE) } else { "Transfer-Encoding: chunked".to_owned() };
    let head = format!(
        "POST /my/training/new HTTP/1.1\r\nHost: {address}\r\nCookie: session={session}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: multipart/form-data; boundary=x\r\n{length}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(address).expect("it answers");
    stream.set_write_timeout(Some(Duration::from_secs(20))).expect("a socket");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a socket");
    stream.write_all(head.as_bytes()).expect("the head goes");
    let mut reading = stream.try_clone().expect("both ways");
    let (answers, answered) = mpsc::channel();
    let answer = std::thread::spawn(move || {
        let mut answer = Vec::new();
        let mut piece = [0; 4096];
        // Until it closes: what it said before counts.
        while let Ok(read @ 1..) = reading.read(&mut piece) {
            answer.extend(&piece[..read]);
            answers.send(()).ok();
        }
        String::from_utf8_lossy(&answer).into_owned()
    });
    let piece = vec![b'a'; 64 * 1024];
    let mut frame = |bytes: &[u8]| match is_announced {
        true => stream.write_all(bytes),
        false => {
            stream.write_all(format!("{:x}\r\n", bytes.len()).as_bytes())?;
            stream.write_all(bytes)?;
            stream.write_all(b"\r\n")
        }
    };
    let mut sent = 0;
    let mut outcome = frame(start.as_bytes());
    let mut answered_early = false;
    while outcome.is_ok() && sent < GIGABYTE {
        outcome = frame(&piece);
        sent += piece.len() as u64;
        if sent == EARLY {
            // No more goes until it has answered: whoever must have all of it first never does.
            answered_early = answered.recv_timeout(Duration::from_secs(60)).is_ok();
        }
    }
    if let Err(cause) = &outcome {
        let closed = [ErrorKind::BrokenPipe, ErrorKind::ConnectionReset, ErrorKind::ConnectionAborted];
        assert!(closed.contains(&cause.kind()), "it closes, it does not hang: {cause}");
    }
    stream.shutdown(Shutdown::Both).ok();
    // It may have closed before so much could go.
    let answered_early = answered_early || sent < EARLY;
    Outcome { answer: answer.join().expect("no panic"), answered_early }
}

#[test]
#[cfg(target_os = "linux")]
fn a_gigabyte_is_refused_early_in_little_memory_with_nothing_left_on_disk() {
    let machine = Machine::new();
    let temporary = machine.folder().join("tmp");
    std::fs::create_dir(&temporary).expect("a folder");
    let said = Served::start_command(&machine, &["demo"], &[]).said.clone();
    let lead = said.iter().find(|line| line.contains("Lead of")).expect("a lead");
    let lead = lead.split_whitespace().next().expect("an address").to_owned();
    // Making the demonstration took memory of its own: a new process serves what it made.
    let served = Served::start(&machine, &[("TMPDIR", temporary.to_str().expect("a plain path"))]);
    let mut person = Person::new(&served.address);
    person.visit("/sign-in").fill("Email address", &lead).fill("Password", "three blue bicycles").press("Sign in");
    let session = person.cookie("session").expect("signed in");
    let address = served.address.trim_start_matches("http://").to_owned();
    for is_announced in [true, false] {
        let outcome = send_a_gigabyte(&address, &session, is_announced);
        assert!(outcome.answer.starts_with("HTTP/1.1 413"), "announced {is_announced}: {outcome:?}");
        assert!(outcome.answer.contains("That is too large to send"), "{outcome:?}");
        assert!(outcome.answer.to_lowercase().contains("connection: close"), "{outcome:?}");
        assert!(outcome.answered_early, "announced {is_announced}: {outcome:?}");
        assert_eq!(weight_of(&temporary), 0, "announced {is_announced}: bytes are left behind");
    }
    let most = crate::memory::own_peak_of(&served) as u64;
    assert!(most < 100 * MEGABYTE, "{} MB", most / MEGABYTE);
    // Everyone else is served as before.
    assert_eq!(person.visit("/my").status(), 200);
}

/// Of everything in a folder, in bytes.
fn weight_of(folder: &Path) -> u64 {
    // The answer may come a moment before the file is gone.
    std::thread::sleep(Duration::from_millis(500));
    let files = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    files.filter_map(|entry| entry.metadata().ok()).map(|about| about.len()).sum()
}

#[test]
fn a_files_name_leads_nowhere_and_comes_back_as_a_name() {
    let portal = spawn_portal();
    let mut hub = portal.approved_organisation("The Hub");
    let names = [
        "../../../etc/cron.d/evil.pdf",
        "..\\..\\windows\\evil.pdf",
        "/etc/passwd",
        "C:\\evil.pdf",
        "evil.pdf\r\nSet-Cookie: session=planted",
        "evil\"; filename*=UTF-8''x.html; x=\".pdf",
        ".pdf",
        "..",
        "пример\u{202e}fdp.exe",
    ];
    for (number, name) in names.iter().enumerate() {
        let title = format!("Paper {number}");
        let bytes = [PDF, title.as_bytes()].concat();
        hub.lead.visit("/organisations/the-hub/documents/new").fill("What it is", &title);
        hub.lead.attach("File", name, &bytes).press("Add this document");
        assert_eq!(hub.lead.status(), 200, "{name:?}: {}", hub.lead.reads());
        hub.lead.visit("/organisations/the-hub/documents").follow(&title);
        let download = hub.lead.page().all("a[href$='/file']")[0].attr("href").expect("a link").to_owned();
        let answer = hub.lead.ask(&download);
        assert_eq!((answer.status, answer.bytes.len()), (200, bytes.len()), "{name:?}");
        let disposition = answer.header("content-disposition").expect("an attachment").to_owned();
        assert!(disposition.starts_with("attachment"), "{disposition}");
        assert!(!disposition.contains(['/', '\\']), "{name:?}: {disposition}");
        let count = |part: &str| disposition.matches(part).count();
        assert!(count("filename=\"") <= 1 && count("filename*=") <= 1, "{name:?}: {disposition}");
        assert_eq!(count("\"") % 2, 0, "{name:?}: {disposition}");
        assert_eq!(answer.headers.iter().filter(|(name, _)| name == "set-cookie").count(), 0, "{name:?}");
    }
    // Nothing was written but files of our own names, in our own folder.
    let folder = portal.folder().join("files");
    let kept = std::fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("an entry").file_name());
    for name in kept {
        let name = name.to_string_lossy().into_owned();
        assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{name}");
    }
}

#[test]
fn an_address_does_not_climb_out_of_its_place() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("The Hub");
    let address = portal.site().trim_start_matches("http://").to_owned();
    let session = hub.lead.cookie("session").expect("signed in");
    // As bytes, for a browser would tidy them up.
    for path in [
        "/static/../../../../etc/passwd",
        "/static/x/../../../../etc/passwd",
        "/static/0123456789ab/..%2f..%2f..%2fetc%2fpasswd",
        "/static/0123456789ab/%2e%2e/%2e%2e/etc/passwd",
        "/static/0123456789ab/....//....//etc/passwd",
        "/static//etc/passwd",
        "/static/0123456789ab/portal.css%00.png",
        "/organisations/../../../etc/passwd",
        "/organisations/..%2f..%2fetc/documents",
        "/organisations/the-hub/documents/..%2f..%2f..%2fportal.sqlite/file",
        "/organisations/the-hub/documents/%2e%2e/file",
        "/organisations/the-hub/documents/..\\..\\portal.sqlite/file",
        "/verify/..%2f..%2fetc%2fpasswd",
        "/directory/..%2f..%2fetc%2fpasswd",
        "http://elsewhere.example.org/etc/passwd",
    ] {
        let mut stream = TcpStream::connect(&address).expect("it answers");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a socket");
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: session={session}\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).expect("the head goes");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split_whitespace().nth(1).unwrap_or_default().to_owned();
        assert!(["404", "400"].contains(&status.as_str()), "{path}: {status}");
        assert!(!answer.contains("root:") && !answer.contains("SQLite format"), "{path}");
    }
}
