//! The conversations that are to be held, and one of them, as the VRP sees them.

use chrono::NaiveDate;
use serde::Serialize;

use super::conversation::{Conversation, ConversationState};
use super::forms::HeldForm;
use super::org_page::made_up;
use crate::clock::say_day;
use crate::web::{Filled, Link, Page, PageLinks, Sample, sample};

pub(super) const CONVERSATIONS: &str = "/review/conversations";
pub(super) const HELD: &str = "Noted. The organisation can read it";
/// So many on a page.
pub(super) const PAGE: i64 = 50;

#[derive(Serialize)]
struct ConversationRow {
    organisation: String,
    address: String,
    due_on: String,
    month: i32,
    tag: &'static str,
    colour: &'static str,
}

/// What is to be held.
#[derive(Serialize)]
pub struct AllPage {
    rows: Vec<ConversationRow>,
    pages: PageLinks,
}

impl AllPage {
    /// `open` has one more than a page where there is another.
    pub fn new(open: &[(Conversation, String)], page: i64, today: NaiveDate) -> Self {
        let row = |(conversation, organisation): &(Conversation, String)| {
            let (tag, colour) = match conversation.state() {
                _ if conversation.due_on < today => ("Overdue", "orange"),
                ConversationState::Prepared => ("They are ready", "green"),
                _ => ("Announced", "blue"),
            };
            ConversationRow {
                organisation: organisation.clone(),
                address: format!("{CONVERSATIONS}/{}", conversation.id),
                due_on: say_day(conversation.due_on),
                month: conversation.month,
                tag,
                colour,
            }
        };
        let has_more = open.len() > PAGE as usize;
        Self {
            rows: open.iter().take(PAGE as usize).map(row).collect(),
            pages: PageLinks::uncounted(page, has_more, |page| format!("{CONVERSATIONS}?page={page}")),
        }
    }
}

impl Page for AllPage {
    const TEMPLATE: &'static str = "review/conversations/all";
    fn title(&self) -> String {
        "Learning conversations".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Reviews", "/review"))
    }
}

/// One of them.
#[derive(Serialize)]
pub struct OnePage {
    organisation: String,
    due_on: String,
    month: i32,
    is_prepared: bool,
    is_held: bool,
    changed: String,
    proud: String,
    hard: String,
    taken_along: String,
    held_on: String,
    action: String,
    form: Filled,
}

impl OnePage {
    pub fn new(organisation: &str, conversation: &Conversation, form: Filled) -> Self {
        Self {
            organisation: organisation.to_owned(),
            due_on: say_day(conversation.due_on),
            month: conversation.month,
            is_prepared: conversation.prepared_at.is_some(),
            is_held: conversation.state() == ConversationState::Held,
            changed: conversation.changed.clone(),
            proud: conversation.proud.clone(),
            hard: conversation.hard.clone(),
            taken_along: conversation.taken_along.clone(),
            held_on: conversation.held_on.map(say_day).unwrap_or_default(),
            action: format!("{CONVERSATIONS}/{}", conversation.id),
            form,
        }
    }
}

impl Page for OnePage {
    const TEMPLATE: &'static str = "review/conversations/one";
    fn title(&self) -> String {
        format!("Learning conversation with {}", self.organisation)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Learning conversations", CONVERSATIONS))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let open =
        [ConversationState::Due, ConversationState::Prepared].map(|state| (made_up(state), "The Hub".to_owned()));
    let one = |state, form| OnePage::new("The Hub", &made_up(state), form);
    let form = Filled::blank(HeldForm::FIELDS);
    vec![
        sample(&AllPage::new(&open, 2, Default::default())),
        sample(&AllPage::new(&[], 1, Default::default())),
        sample(&one(ConversationState::Due, form.clone())),
        sample(&one(
            ConversationState::Prepared,
            form.clone().with_problem("taken_along", "Say what you both take from it"),
        )),
        sample(&one(ConversationState::Held, form)),
    ]
}
