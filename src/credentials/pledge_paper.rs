//! The certificate of a pledge: a paper for the wall, with the way to check whether it still stands.

use chrono::NaiveDateTime;

use super::checking::{checking_address, how_to_check};
use crate::charter::{Capacity, PledgeInFull};
use crate::clock::{day_of, say_day};
use crate::drawing::Paper;

/// The certificate as of an instant; `site` without a slash at its end.
pub fn pledge_certificate(organisation: &str, whole: &PledgeInFull, site: &str, now: NaiveDateTime) -> Paper {
    let pledge = &whole.pledge;
    let day = |day: Option<_>| day.map(say_day).unwrap_or_default();
    let made_on = say_day(day_of(now));
    let mut facts = vec![
        ("In force from".to_owned(), day(pledge.in_force_on)),
        ("Last day".to_owned(), day(pledge.ends_on)),
        ("Code".to_owned(), pledge.code.clone()),
    ];
    for (side, capacity) in
        [("Signed for governance", Capacity::Governance), ("Signed for the work", Capacity::Delivery)]
    {
        if let Some(signature) = whole.signed_as(capacity) {
            let signed_on = say_day(day_of(signature.signed_at));
            facts.push((side.to_owned(), format!("{}, {}, on {signed_on}", signature.name, signature.role)));
        }
    }
    if whole.is_signed_by_one() {
        facts.push(("Signed by one person".to_owned(), "As the Violence Reduction Partnership allowed".to_owned()));
    }
    let title = format!("{organisation} has pledged to keep the {}", whole.charter.title);
    let foot = format!("Youth Charter pledge of {organisation}, as of {made_on}");
    let mut paper = Paper::new(title, "Youth Charter", now)
        .with_foot(foot)
        .facts(facts)
        .qr_code(checking_address(site, &pledge.code), how_to_check(&made_on, &pledge.code));
    paper = paper.section("What we have promised");
    for promise in &whole.promises {
        paper = paper.subsection(promise.statement.theme.clone()).remark(promise.statement.words.clone());
        let Some(said) = &promise.commitment else { continue };
        for line in said.words.lines().map(str::trim).filter(|line| !line.is_empty()) {
            paper = paper.paragraph(line);
        }
        if let Some(who_and_when) = said.who_and_when() {
            paper = paper.remark(who_and_when);
        }
    }
    let signed = whole.signatures.first().map(|signature| signature.signed_hash.clone()).unwrap_or_default();
    paper.section("What was signed").facts(vec![
        ("Charter".to_owned(), format!("{}, version {}", whole.charter.title, whole.charter.number)),
        ("Fingerprint of the Charter (SHA-256)".to_owned(), pledge.charter_hash.clone()),
        ("Fingerprint of all that was signed".to_owned(), signed),
    ])
}
