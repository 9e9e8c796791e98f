//! A conversation as its organisation sees it: to prepare, and to read what was noted.

use chrono::NaiveDate;
use serde::Serialize;

use super::conversation::{Conversation, ConversationState};
use super::forms::PreparationForm;
use crate::clock::say_day;
use crate::organisations::Organisation;
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) const PREPARED: &str = "Saved. Whoever talks with you reads it beforehand";

/// Whose conversation it is.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub name: &'a str,
    pub slug: &'a str,
}

impl<'a> Place<'a> {
    pub fn of(organisation: &'a Organisation) -> Self {
        Self { name: &organisation.name, slug: &organisation.slug }
    }

    pub fn address_of(self, conversation: &Conversation) -> String {
        format!("/organisations/{}/conversations/{}", self.slug, conversation.id)
    }
}

/// How many years after the endorsement, in words.
pub(super) fn say_years(conversation: &Conversation) -> &'static str {
    if conversation.month == 12 { "One year after your endorsement" } else { "Two years after your endorsement" }
}

#[derive(Serialize)]
pub struct OwnPage {
    organisation_name: String,
    years: &'static str,
    due_on: String,
    action: String,
    may_prepare: bool,
    is_held: bool,
    is_prepared: bool,
    changed: String,
    proud: String,
    hard: String,
    taken_along: String,
    held_on: String,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}

impl OwnPage {
    pub fn new(place: Place<'_>, conversation: &Conversation, may_prepare: bool, form: Filled) -> Self {
        let is_held = conversation.state() == ConversationState::Held;
        Self {
            organisation_name: place.name.to_owned(),
            years: say_years(conversation),
            due_on: say_day(conversation.due_on),
            action: place.address_of(conversation),
            may_prepare: may_prepare && !is_held,
            is_held,
            is_prepared: conversation.prepared_at.is_some(),
            changed: conversation.changed.clone(),
            proud: conversation.proud.clone(),
            hard: conversation.hard.clone(),
            taken_along: conversation.taken_along.clone(),
            held_on: conversation.held_on.map(say_day).unwrap_or_default(),
            form,
            back_to: format!("/organisations/{}/quality/outcome", place.slug),
        }
    }
}

impl Page for OwnPage {
    const TEMPLATE: &'static str = "review/conversations/own";
    fn title(&self) -> String {
        "Learning conversation".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// A conversation that nobody had.
pub(super) fn made_up(state: ConversationState) -> Conversation {
    let said = |text: &str| if state == ConversationState::Due { String::new() } else { text.to_owned() };
    let is_held = state == ConversationState::Held;
    Conversation {
        id: crate::ids::ConversationId::new(),
        endorsement_id: crate::ids::EndorsementId::new(),
        organisation_id: crate::ids::OrganisationId::new(),
        month: 12,
        due_on: NaiveDate::from_ymd_opt(2027, 3, 1).unwrap_or_default(),
        state,
        changed: said("We moved to a bigger room."),
        proud: said("Young people run the welcome."),
        hard: said("Finding volunteers for Thursdays."),
        prepared_by: None,
        prepared_at: (state != ConversationState::Due).then(Default::default),
        taken_along: if is_held { "We put them in touch with Base 51.".into() } else { String::new() },
        held_on: is_held.then(|| NaiveDate::from_ymd_opt(2027, 3, 5).unwrap_or_default()),
        held_by: None,
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let place = Place { name: "The Hub", slug: "the-hub" };
    let page = |state| {
        let conversation = made_up(state);
        let form = PreparationForm::filled_from(&conversation);
        OwnPage::new(place, &conversation, true, form)
    };
    let wrong = PreparationForm::filled_from(&made_up(ConversationState::Due)).with_problem("hard", "Say what is hard");
    vec![
        sample(&page(ConversationState::Due)),
        sample(&page(ConversationState::Prepared)),
        sample(&page(ConversationState::Held)),
        sample(&OwnPage::new(place, &made_up(ConversationState::Due), true, wrong)),
        sample(&OwnPage::new(place, &made_up(ConversationState::Due), false, Filled::blank(PreparationForm::FIELDS))),
    ]
}
