//! Writing “you said, we did”.

use serde::Serialize;

use super::forms::ReplyForm;
use super::heard::RoundHeard;
use super::heard_view::HeardView;
use super::reply::{MOST_REPLIES, Reply};
use super::round::VoiceRound;
use super::round_pages::{Place, made_up_heard, made_up_round};
use super::say_pages::{ReplyView, made_up_reply};
use crate::ids::VoiceRoundId;
use crate::web::{Filled, Link, Page, Sample, sample};

pub(super) const ADDED: &str = "Added. Nobody sees it before you publish";
pub(super) const REMOVED: &str = "Removed";
pub(super) const PUBLISHED: &str = "Published. Whoever opens the link or scans the poster reads it now";
pub(super) const NOTHING_WRITTEN: &str = "Write one reply at least before you publish";

/// The replies so far, what young people said, and one more reply.
#[derive(Serialize)]
pub struct ReplyPage {
    #[serde(flatten)]
    place: Place,
    round: VoiceRoundId,
    heard: Vec<HeardView>,
    replies: Vec<ReplyView>,
    has_room: bool,
    form: Filled,
}

impl ReplyPage {
    pub fn new(place: Place, round: &VoiceRound, heard: Option<&RoundHeard>, replies: &[Reply], form: Filled) -> Self {
        let questions = heard.map(|heard| heard.questions.as_slice()).unwrap_or_default();
        Self {
            place,
            round: round.id,
            heard: questions.iter().filter(|heard| heard.told.is_some()).map(HeardView::of).collect(),
            replies: replies.iter().map(ReplyView::of).collect(),
            has_room: replies.len() < MOST_REPLIES,
            form,
        }
    }
}

impl Page for ReplyPage {
    const TEMPLATE: &'static str = "voice/reply";
    fn title(&self) -> String {
        "You said, we did".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(self.place.of_round(self.round))
    }
}

/// With replies, with none, with as many as there may be.
pub fn samples() -> Vec<Sample> {
    let round = made_up_round(super::VoiceRoundState::Closed);
    let (heard, blank) = (made_up_heard(), || Filled::blank(ReplyForm::FIELDS));
    let page = |replies: &[Reply], form| sample(&ReplyPage::new(Place::made_up(), &round, Some(&heard), replies, form));
    let all: Vec<Reply> = (0..MOST_REPLIES).map(|_| made_up_reply()).collect();
    vec![
        page(&[made_up_reply()], blank()),
        page(&[], blank().with_problem("did", "Enter what you did, or why you cannot")),
        page(&all, blank()),
    ]
}
