//! Asking for the second signature, and what a link says that does not work any more.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::commitment::PledgeInFull;
use super::forms::RequestForm;
use super::pages::Place;
use super::signature::{Capacity, Turn};
use super::signature_pages::{in_sentence, side_meaning};
use super::signature_request::{RequestState, SignatureRequest};
use crate::clock::{day_of, say_day};
use crate::organisations::Organisation;
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) const SIGNED_ALREADY: &str = "They have signed already. Enter the address of somebody else";

pub(super) fn sent_notice(name: &str) -> String {
    format!("We have written to {name}")
}

pub(super) fn withdrawn_notice() -> &'static str {
    "The link does not work any more"
}

/// Whom to ask.
#[derive(Serialize)]
pub struct RequestPage {
    #[serde(flatten)]
    place: Place,
    side: String,
    meaning: &'static str,
    open: Option<OpenView>,
    form: Filled,
}

/// The link that is out.
#[derive(Serialize)]
struct OpenView {
    name: String,
    address: String,
    asked_on: String,
    ends_on: String,
    works: bool,
}

impl RequestPage {
    pub fn new(
        organisation: &Organisation,
        whole: &PledgeInFull,
        open: Option<SignatureRequest>,
        form: Filled,
        now: NaiveDateTime,
    ) -> Self {
        let side = whole.signatures.first().map_or(Capacity::Governance, |first| first.capacity.other());
        let view = |request: SignatureRequest| OpenView {
            asked_on: say_day(day_of(request.asked_at)),
            ends_on: say_day(day_of(request.expires_at)),
            works: request.works_at(now),
            name: request.name,
            address: request.address,
        };
        Self {
            place: Place::seen_by_a_signatory(organisation),
            side: in_sentence(side),
            meaning: side_meaning(side),
            open: open.map(view),
            form,
        }
    }
}

impl Page for RequestPage {
    const TEMPLATE: &'static str = "charter/signature-request";
    fn title(&self) -> String {
        "Ask for the second signature".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.place.address)
    }
}

/// A link that was used, or that does not work any more.
#[derive(Serialize)]
pub struct LinkPage {
    organisation_name: String,
    heading: &'static str,
    text: String,
    /// The pledge’s public page, once there is one.
    code: Option<String>,
}

impl LinkPage {
    /// `turn`: why it cannot be signed although the link works.
    pub fn of(
        request: &SignatureRequest,
        whole: &PledgeInFull,
        organisation: &Organisation,
        turn: Option<&Turn>,
    ) -> Self {
        let by = &organisation.name;
        let signed = request.state() == RequestState::Signed;
        let (heading, text) = match (signed, turn) {
            (true, _) => ("You have signed", format!("Thank you. We have sent you what you signed for {by}.")),
            (_, Some(Turn::Outdated)) => (
                "The Charter has changed",
                format!("{by} continues with the new one first, and then asks you again. You need do nothing."),
            ),
            (_, Some(Turn::Renamed)) => (
                "The organisation has another name now",
                format!("{by} signs again under it, and then asks you again. You need do nothing."),
            ),
            _ => (
                "This link does not work any more",
                format!(
                    "It has been withdrawn, or is older than 14 days. If {by} still needs your signature, ask them \
                         to send you another."
                ),
            ),
        };
        let code = whole.pledge.in_force_on.filter(|_| signed).map(|_| whole.pledge.code.clone());
        Self { organisation_name: by.clone(), heading, text, code }
    }
}

impl Page for LinkPage {
    const TEMPLATE: &'static str = "charter/signature-link";
    fn title(&self) -> String {
        self.heading.into()
    }
}

/// Each page with made-up content.
pub(super) fn request_samples() -> Vec<Sample> {
    let page = |works: Option<bool>| RequestPage {
        place: Place::sample(),
        side: "governance".into(),
        meaning: side_meaning(Capacity::Governance),
        open: works.map(|works| OpenView {
            name: "Rob Ward".into(),
            address: "rob@example.org".into(),
            asked_on: "3 November 2026".into(),
            ends_on: "17 November 2026".into(),
            works,
        }),
        form: Filled::blank(RequestForm::FIELDS).with_problem("email", SIGNED_ALREADY),
    };
    let link = |code: Option<&str>| LinkPage {
        organisation_name: "The Hub".into(),
        heading: "You have signed",
        text: "Thank you. We have sent you what you signed for The Hub.".into(),
        code: code.map(str::to_owned),
    };
    vec![
        sample(&page(None)),
        sample(&page(Some(true))),
        sample(&page(Some(false))),
        sample(&link(None)),
        sample(&link(Some("PL-7KQ2M9XB"))),
    ]
}
