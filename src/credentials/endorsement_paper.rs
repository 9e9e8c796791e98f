//! The certificate of an endorsement: a paper for the wall that says how things stand on the day it is made, with the way
//! to check how they stand on any other. One that does not stand says so in its heading.

use chrono::NaiveDateTime;

use super::checking::{checking_address, how_to_check};
use super::pages::ProofPage;
use crate::clock::{day_of, say_day};
use crate::drawing::Paper;
use crate::quality::Framework;
use crate::review::{Endorsement, level_name};

/// The certificate as of an instant; `site` without a slash at its end.
pub fn endorsement_certificate(
    organisation: &str,
    endorsement: &Endorsement,
    proof: &ProofPage,
    framework: &Framework,
    site: &str,
    now: NaiveDateTime,
) -> Paper {
    let made_on = say_day(day_of(now));
    let level = level_name(endorsement.level);
    let (stands, state) = proof.state();
    let title = match stands {
        true => format!("{organisation} is endorsed for the quality of its youth work: {level}"),
        false => format!("{organisation} was endorsed for the quality of its youth work: {level}"),
    };
    let foot = format!("Quality endorsement of {organisation}, as of {made_on}");
    let mut paper = Paper::new(title, "Youth Charter", now).with_foot(foot);
    if !stands {
        paper = paper.section(format!("This does not stand now: {state}"));
        if let Some(because) = proof.because() {
            paper = paper.paragraph(because);
        }
    }
    let facts = vec![
        ("Level".to_owned(), level.to_owned()),
        ("Number".to_owned(), endorsement.number.clone()),
        ("State".to_owned(), format!("{state}, on {made_on}")),
        ("From".to_owned(), say_day(endorsement.starts_on)),
        ("Last day".to_owned(), say_day(endorsement.ends_on)),
        ("Quality framework".to_owned(), format!("Version {}", framework.version.number)),
    ];
    let areas = framework.areas.iter().map(|area| area.title.clone()).collect();
    paper
        .facts(facts)
        .qr_code(checking_address(site, &endorsement.code), how_to_check(&made_on, &endorsement.code))
        .section("What was looked at")
        .bullets(areas)
        .section("How it was given")
        .paragraph(
            "The organisation assessed itself against the quality framework and showed evidence. Someone without a tie to \
             it looked at every answer and recommended; someone else without a tie decided, and gave reasons.",
        )
}
