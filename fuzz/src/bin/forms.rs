//! Any body as a form of either encoding: it is understood or refused, with a problem for whatever is wrong.
#![no_main]

use std::cell::LazyCell;

use actix_web::FromRequest;
use actix_web::rt::{Runtime, System};
use actix_web::test::TestRequest;
use libfuzzer_sys::fuzz_target;
use youth_charter::web::{Ask, Form, Sent, Submitted};
use youth_charter::words::{Line, Passage};

thread_local! {
    static SYSTEM: LazyCell<Runtime> = LazyCell::new(|| {
        let _ = System::new();
        Runtime::new().expect("a runtime")
    });
}

/// One field of each kind.
struct Everything {
    line: Line<80>,
    passage: Passage<2000>,
}

impl Form for Everything {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let ask = |name: &'static str| Ask::new(name, "It", "Enter it");
        let line = sent.line(ask("a"));
        let passage = sent.passage(ask("b"));
        sent.email(ask("c"));
        sent.day(ask("d"));
        sent.day_if_any(ask("e"));
        sent.choice("f", "Choose", |word| (word == "yes").then_some(()));
        sent.choices("g", |word| word.parse::<u8>().ok());
        sent.ticked("h");
        sent.secret("i");
        sent.file("j");
        sent.beginning_with("k");
        Some(Self { line: line?, passage: passage? })
    }
}

fuzz_target!(|sent: (bool, Vec<u8>)| {
    let (multipart, body) = sent;
    let kind = if multipart { "multipart/form-data; boundary=x" } else { "application/x-www-form-urlencoded" };
    let request = TestRequest::post().insert_header(("content-type", kind)).set_payload(body);
    let (request, mut payload) = request.to_http_parts();
    let read = SYSTEM.with(|system| system.block_on(Submitted::<Everything>::from_request(&request, &mut payload)));
    match read.map(Submitted::parsed) {
        Ok(Ok((form, _))) => {
            let (line, passage) = (form.line.into_string(), form.passage.into_string());
            assert!(!line.is_empty() && line.chars().count() <= 80 && !line.contains(['\r', '\n', '\0']));
            assert!(!passage.is_empty() && passage.chars().count() <= 2000 && !passage.contains('\0'));
        }
        Ok(Err(filled)) => assert!(!filled.problems.is_empty(), "what is refused has a reason"),
        Err(_) => {}
    }
});
