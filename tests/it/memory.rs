//! How much memory the program takes while people send it much. Linux tells how much it was at most.
#![cfg(target_os = "linux")]

use chrono::{Days, NaiveDate};

use crate::commands::{Machine, Served};
use crate::harness::Person;

const MEGABYTE: usize = 1024 * 1024;
const PIECES: usize = 11;
const PIECE: usize = 19 * MEGABYTE;
/// Of its own. With the pages of a program built for release that is well under 150 MB; those of one built for tests,
/// which is many times as large, come and go as the system likes.
const MOST: usize = 100 * MEGABYTE;

#[test]
fn two_hundred_megabytes_of_files_taken_and_refused_need_less_than_150_megabytes_of_memory() {
    let machine = Machine::new();
    let said = Served::start_command(&machine, &["demo"], &[]).said.clone();
    let lead = said.iter().find(|line| line.contains("Lead of")).unwrap_or_else(|| panic!("{said:?}"));
    let lead = lead.split_whitespace().next().expect("an address").to_owned();
    // Making the demonstration took memory of its own: a new process serves what it made.
    let served = Served::start(&machine, &[]);
    let mut person = Person::new(&served.address);
    person.visit("/sign-in").fill("Email address", &lead).fill("Password", "three blue bicycles").press("Sign in");
    let before = memory_of(&served, "RssAnon:");
    let first = NaiveDate::from_ymd_opt(2001, 2, 3).expect("a day");
    let mut sent = 0;
    for piece in 0..PIECES {
        let begins: &[u8] = if piece % 2 == 0 { b"%PDF-1.7\n" } else { b"MZ\x90\x00" };
        let bytes: Vec<u8> = begins
            .iter()
            .copied()
            .chain((0..PIECE as u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8))
            .collect();
        person.visit("/my/training/new").choose("Training", "SEND (Core)").fill("Who gave the training", "Base 51");
        person.fill_date("When was it completed?", first + Days::new(20 * piece as u64));
        person.attach("Certificate", "certificate.pdf", &bytes).press("Log training");
        person.sees(if piece % 2 == 0 { "The training is logged" } else { "The certificate must be a PDF" });
        sent += bytes.len();
    }
    assert!(sent > 200 * MEGABYTE);
    let most = own_peak_of(&served);
    println!("{} MB before, {} MB at most, after {} MB", before / MEGABYTE, most / MEGABYTE, sent / MEGABYTE);
    assert!(most < MOST, "{} MB", most / MEGABYTE);
}

/// The most it had at once, but for what it maps of files, the program itself above all. In bytes.
pub fn own_peak_of(served: &Served) -> usize {
    memory_of(served, "VmHWM:") - memory_of(served, "RssFile:")
}

/// In bytes.
fn memory_of(served: &Served, what: &str) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", served.process())).expect("it runs");
    let line = status.lines().find(|line| line.starts_with(what)).expect("Linux tells");
    let kilobytes: usize = line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).expect("a number");
    kilobytes * 1024
}
