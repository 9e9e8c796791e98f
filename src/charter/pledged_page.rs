//! A pledge that is or was in force, as its organisation sees it.

use serde::Serialize;

use super::commitment::PledgeInFull;
use super::left_over::LeftOver;
use super::pages::Place;
use super::pledge::PledgeState;
use super::promise_pages::PromiseView;
use super::renewal::SignAgain;
use super::renewal_pages::AgainView;
use super::signature_pages::SignatureView;
use crate::clock::say_day;
use crate::organisations::{Membership, Organisation};
use crate::web::{Link, Page, Sample, sample};

/// A pledge that is or was in force.
#[derive(Serialize)]
pub struct PledgedPage {
    #[serde(flatten)]
    place: Place,
    in_force: bool,
    /// Of an organisation in good standing: there is a certificate, and a mark to embed.
    has_proof: bool,
    state_text: &'static str,
    explanation: String,
    code: String,
    /// Where the portal is, without a slash at its end.
    site: String,
    charter_number: i32,
    charter_hash: String,
    signed_hash: String,
    /// Why it is to be signed again, while it is in force.
    again: Option<AgainView>,
    promises: Vec<PromiseView>,
    left_over: Vec<LeftOver>,
    signatures: Vec<SignatureView>,
}

impl PledgedPage {
    pub fn new(
        organisation: &Organisation,
        membership: &Membership,
        whole: &PledgeInFull,
        again: Option<SignAgain>,
        site: &str,
    ) -> Self {
        let pledge = &whole.pledge;
        let day = |day: Option<_>| day.map(say_day).unwrap_or_default();
        let since = day(pledge.in_force_on);
        let (state_text, explanation) = match pledge.state() {
            PledgeState::Withdrawn => (
                "Withdrawn",
                format!("It was in force from {since} and was withdrawn on {}.", day(pledge.withdrawn_on)),
            ),
            PledgeState::Lapsed if pledge.renewed_on.is_some() => {
                ("Renewed", format!("It was in force from {since} and was renewed on {}.", day(pledge.renewed_on)))
            }
            PledgeState::Lapsed => ("Ended", format!("It was in force from {since} to {}.", day(pledge.ends_on))),
            _ => ("In force", format!("It has been in force since {since} and ends on {}.", day(pledge.ends_on))),
        };
        Self {
            place: Place::of(organisation, membership),
            in_force: pledge.state() == PledgeState::InForce,
            has_proof: pledge.state() == PledgeState::InForce && organisation.is_open(),
            state_text,
            explanation,
            code: pledge.code.clone(),
            site: site.to_owned(),
            charter_number: whole.charter.number,
            charter_hash: pledge.charter_hash.clone(),
            signed_hash: whole.signatures.first().map(|s| s.signed_hash.clone()).unwrap_or_default(),
            again: again.map(|reason| AgainView::of(reason, pledge, organisation)),
            promises: PromiseView::all(whole, None),
            left_over: whole.left_over.clone(),
            signatures: whole.signatures.iter().map(SignatureView::of).collect(),
        }
    }
}

impl Page for PledgedPage {
    const TEMPLATE: &'static str = "charter/pledged";
    fn title(&self) -> String {
        "Your pledge to the Youth Charter".into()
    }
    fn back(&self) -> Option<Link> {
        self.place.home()
    }
}

/// The page with made-up content.
pub(super) fn pledged_samples() -> Vec<Sample> {
    let page = |in_force: bool| PledgedPage {
        place: Place::sample(),
        in_force,
        has_proof: in_force,
        site: "https://charter.example.org".into(),
        state_text: if in_force { "In force" } else { "Ended" },
        explanation: "It has been in force since 3 November 2026 and ends on 3 November 2027.".into(),
        code: "PL-7KQ2M9XB".into(),
        charter_number: 1,
        charter_hash: "0f".repeat(32),
        signed_hash: "1e".repeat(32),
        again: in_force.then(AgainView::sample),
        promises: PromiseView::samples(),
        left_over: LeftOver::samples(),
        signatures: vec![SignatureView::sample(), SignatureView::sample()],
    };
    vec![sample(&page(true)), sample(&page(false))]
}
