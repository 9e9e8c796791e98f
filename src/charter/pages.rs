//! The pages of an organisation's own pledge, and the words for its states.

use serde::Serialize;

use super::charter_page::charter_samples;
use super::commitment::{PledgeInFull, Promise};
use super::forms::WithdrawalForm;
use super::left_over::LeftOver;
use super::pledge::PledgeState;
use super::pledged_page::pledged_samples;
use super::progress_pages::progress_samples;
use super::promise_pages::{PromiseView, statement_sample};
use super::renewal_pages::KeptView;
use super::signature::{Capacity, Turn};
use super::signature_pages::signing_samples;
use super::signature_pages::{in_sentence, side_meaning, signed_line};
use super::signature_request_pages::request_samples;
use super::start_page::start_samples;
use crate::ids::AccountId;
use crate::organisations::{Membership, MembershipRole, Organisation};
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) const RENAMED: &str = "Your organisation has another name since the first signature";
const RENAMED_SHORT: &str = "Sign again";
pub(super) const REOPENED: &str = "The pledge is open again. The signature has been removed";
pub(super) const WITHDRAWN: &str = "Your pledge is withdrawn";
pub(super) const RENEWED: &str = "Your new pledge has begun with what you wrote before";

/// What every page of a pledge knows.
#[derive(Serialize)]
pub(super) struct Place {
    organisation_name: String,
    /// Of the pledge.
    pub(super) address: String,
    people_address: String,
    /// Leads change things.
    pub(super) can_lead: bool,
}

impl Place {
    pub(super) fn of(organisation: &Organisation, membership: &Membership) -> Self {
        Self { can_lead: membership.role == MembershipRole::Lead, ..Self::seen_by_a_signatory(organisation) }
    }

    pub(super) fn seen_by_a_signatory(organisation: &Organisation) -> Self {
        let home = format!("/organisations/{}", organisation.slug);
        Self {
            organisation_name: organisation.name.clone(),
            address: format!("{home}/pledge"),
            people_address: format!("{home}/people"),
            can_lead: false,
        }
    }

    pub(super) fn sample() -> Self {
        Self {
            organisation_name: "The Hub".into(),
            address: "/organisations/the-hub/pledge".into(),
            people_address: "/organisations/the-hub/people".into(),
            can_lead: true,
        }
    }

    pub(super) fn home(&self) -> Option<Link> {
        Link::back(self.address.trim_end_matches("/pledge"))
    }
}

/// A pledge that waits for words or signatures.
#[derive(Serialize)]
pub struct UnderWayPage {
    #[serde(flatten)]
    place: Place,
    charter_number: i32,
    /// The pledge that stands until this one is signed.
    pub(super) kept: Option<KeptView>,
    outdated: bool,
    state_text: &'static str,
    next_text: String,
    written: usize,
    total: usize,
    statement_tasks: Vec<TaskView>,
    signature_tasks: Vec<TaskView>,
    promises: Vec<PromiseView>,
    left_over: Vec<LeftOver>,
    /// Where the viewer signs, if it is their turn.
    sign_address: Option<String>,
    /// Where someone without an account is asked for the signature that is missing.
    ask_address: Option<String>,
    can_reopen: bool,
}

#[derive(Serialize)]
struct TaskView {
    name: String,
    detail: Option<String>,
    address: Option<String>,
    status: &'static str,
    colour: Option<&'static str>,
}

impl UnderWayPage {
    pub fn new(organisation: &Organisation, membership: &Membership, account: AccountId, whole: &PledgeInFull) -> Self {
        let place = Place::of(organisation, membership);
        let is_draft = whole.pledge.state() == PledgeState::Draft;
        let can_write = place.can_lead && is_draft && !whole.is_outdated();
        let turn = whole.turn_of(account, membership, &organisation.name);
        let able = Capacity::all_of(membership, whole.one_signatory.is_some());
        let can_sign = matches!(turn, Turn::Sign(_) | Turn::Signed | Turn::SideSigned) && !able.is_empty();
        let can_ask = !is_draft && can_sign;
        let sign_at = can_sign.then(|| format!("{}/signature", place.address));
        let (state_text, next_text) = if turn == Turn::Renamed {
            (RENAMED_SHORT, format!("{RENAMED}. The words are signed again under the new one."))
        } else {
            what_is_next(whole)
        };
        Self {
            charter_number: whole.charter.number,
            kept: None,
            outdated: whole.is_outdated(),
            state_text,
            next_text,
            written: whole.written(),
            total: whole.promises.len(),
            statement_tasks: statement_tasks(whole, can_write.then_some(place.address.as_str())),
            signature_tasks: Capacity::ALL.iter().map(|side| signature_task(whole, *side, sign_at.clone())).collect(),
            promises: PromiseView::all(whole, None),
            left_over: whole.left_over.clone(),
            ask_address: can_ask.then(|| format!("{}/signature/request", place.address)),
            sign_address: sign_at.filter(|_| matches!(turn, Turn::Sign(_))),
            can_reopen: place.can_lead && !is_draft && !whole.is_outdated(),
            place,
        }
    }
}

impl Page for UnderWayPage {
    const TEMPLATE: &'static str = "charter/under-way";
    fn title(&self) -> String {
        "Your pledge to the Youth Charter".into()
    }
    fn back(&self) -> Option<Link> {
        self.place.home()
    }
}

fn what_is_next(whole: &PledgeInFull) -> (&'static str, String) {
    match whole.signatures.first() {
        _ if whole.is_outdated() => ("The Charter has changed", String::new()),
        None if !whole.is_written() => {
            ("Draft", "Say what you will do for each statement. When all are written, two people sign.".to_owned())
        }
        None if whole.one_signatory.is_some() => {
            ("Ready to sign", "Every statement has its words. One person may sign for both sides.".to_owned())
        }
        None => ("Ready to sign", "Every statement has its words. Two different people sign next.".to_owned()),
        Some(first) => (
            "One signature to go",
            format!(
                "{} has signed for {}. The words are locked, and {} signs for {} next.",
                first.name,
                in_sentence(first.capacity),
                if whole.one_signatory.is_some() { "a lead" } else { "someone else" },
                in_sentence(first.capacity.other())
            ),
        ),
    }
}

fn statement_tasks(whole: &PledgeInFull, write_at: Option<&str>) -> Vec<TaskView> {
    let task = |promise: &Promise| TaskView {
        name: promise.statement.theme.clone(),
        detail: None,
        address: write_at.map(|address| format!("{address}/statements/{}", promise.statement.id)),
        status: if promise.commitment.is_some() { "Written" } else { "To do" },
        colour: promise.commitment.is_none().then_some("blue"),
    };
    whole.promises.iter().map(task).collect()
}

fn signature_task(whole: &PledgeInFull, side: Capacity, sign_at: Option<String>) -> TaskView {
    let name = format!("Sign for {}", in_sentence(side));
    let (detail, address, status, colour) = match whole.signed_as(side) {
        Some(signature) => (signed_line(signature), None, "Signed", None),
        None if !whole.is_written() => (side_meaning(side).to_owned(), None, "Cannot start yet", None),
        None => (side_meaning(side).to_owned(), sign_at, "To sign", Some("blue")),
    };
    TaskView { name, detail: Some(detail), address, status, colour }
}

/// Taking a pledge back.
#[derive(Serialize)]
pub struct WithdrawalPage {
    #[serde(flatten)]
    place: Place,
    form: Filled,
}

impl WithdrawalPage {
    pub fn new(organisation: &Organisation, form: Filled) -> Self {
        Self { place: Place::seen_by_a_signatory(organisation), form }
    }
}

impl Page for WithdrawalPage {
    const TEMPLATE: &'static str = "charter/withdrawal";
    fn title(&self) -> String {
        "Withdraw your pledge".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.place.address)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let task = |name: &str, address: Option<&str>| TaskView {
        name: name.into(),
        detail: Some("A trustee, chair or director".into()),
        address: address.map(Into::into),
        status: "To do",
        colour: Some("blue"),
    };
    let under_way = |outdated: bool| UnderWayPage {
        place: Place::sample(),
        charter_number: 1,
        kept: outdated.then(KeptView::sample),
        outdated,
        state_text: "One signature to go",
        next_text: "Asha Patel has signed for delivery.".into(),
        written: 2,
        total: 7,
        statement_tasks: vec![task("Respect", Some("/organisations/the-hub/pledge/statements/respect"))],
        signature_tasks: vec![task("Sign for governance", None)],
        promises: PromiseView::samples(),
        left_over: LeftOver::samples(),
        sign_address: Some("/organisations/the-hub/pledge/signature".into()),
        ask_address: Some("/organisations/the-hub/pledge/signature/request".into()),
        can_reopen: !outdated,
    };
    let reason = Filled::blank(WithdrawalForm::FIELDS).with_problem("reason", "Enter why you are withdrawing");
    let mut samples = vec![
        sample(&under_way(false)),
        sample(&under_way(true)),
        statement_sample(),
        sample(&WithdrawalPage { place: Place::sample(), form: reason }),
    ];
    samples.extend(start_samples());
    samples.extend(charter_samples());
    samples.extend(signing_samples());
    samples.extend(request_samples());
    samples.extend(progress_samples());
    samples.extend(pledged_samples());
    samples
}
