//! Asking young people, as members of the organisation see it: the rounds, one round, opening one, and the poster.

use chrono::NaiveDate;
use serde::Serialize;

use super::answer::{Age, Answer};
use super::forms::{ExpectedForm, RoundForm};
use super::heard::{Heard, RoundHeard, safe_groups};
use super::heard_view::HeardView;
use super::reply::Reply;
use super::round::{VoiceRound, VoiceRoundState};
use super::say_pages::{ReplyView, made_up_reply};
use crate::clock::{day_of, say_day};
use crate::error::Result;
use crate::ids::{AccountId, OrganisationId, VoiceRoundId};
use crate::organisations::Organisation;
use crate::small_groups::{FEWEST, round_to_five};
use crate::web::{Filled, Link, Page, QrCode, Sample, count, sample};

pub(super) const OPENED: &str = "Young people can answer now. Show them the poster, or send them the link";
pub(super) const CLOSED: &str =
    "No more answers are taken. Read what young people said, and tell them what you will do";
pub(super) const EXPECTED_MORE: &str = "More young people can answer now";
pub(super) const ONE_IS_OPEN: &str = "You are asking young people already. End that first, or wait for its last day";
pub(super) const MUST_BE_MORE: &str = "The number of young people must be higher than before";
pub(super) const BAD_DAY: &str = "The last day must be after today and within a year";

/// Whose rounds they are.
#[derive(Debug, Clone, Serialize)]
pub struct Place {
    organisation_name: String,
    /// `/organisations/the-hub/voice`.
    address: String,
    #[serde(skip)]
    home: String,
}

impl Place {
    pub fn of(organisation: &Organisation) -> Self {
        Self::named(&organisation.name, &organisation.slug)
    }

    fn named(name: &str, slug: &str) -> Self {
        let home = format!("/organisations/{slug}");
        Self { organisation_name: name.to_owned(), address: format!("{home}/voice"), home }
    }

    pub fn made_up() -> Self {
        Self::named("The Hub", "the-hub")
    }

    pub fn of_round(&self, round: VoiceRoundId) -> String {
        format!("{}/{round}", self.address)
    }
}

/// All rounds.
#[derive(Serialize)]
pub struct RoundsPage {
    #[serde(flatten)]
    place: Place,
    can_open: bool,
    rounds: Vec<RoundRow>,
}

#[derive(Serialize)]
struct RoundRow {
    name: String,
    address: String,
    status: &'static str,
    colour: Option<&'static str>,
    detail: String,
}

/// One round.
#[derive(Serialize)]
pub struct RoundPage {
    #[serde(flatten)]
    place: Place,
    round: VoiceRoundId,
    name: String,
    state: &'static str,
    colour: Option<&'static str>,
    can_lead: bool,
    open: bool,
    closed: bool,
    answered: bool,
    full: bool,
    link: String,
    came: String,
    closes_on: String,
    expected: i32,
    form: Filled,
    waiting: Option<String>,
    escalated: Option<String>,
    people: Option<String>,
    heard: Vec<HeardView>,
    ages: Option<HeardView>,
    replies: Vec<ReplyView>,
}

/// What a round page shows besides the round.
pub struct Around {
    pub can_lead: bool,
    pub site: String,
    pub waiting: i64,
    pub escalated: i64,
    pub heard: Option<RoundHeard>,
    pub replies: Vec<Reply>,
    pub form: Filled,
}

/// Opening a round.
#[derive(Serialize)]
pub struct NewRoundPage {
    #[serde(flatten)]
    place: Place,
    form: Filled,
}

/// To print and hang up.
#[derive(Serialize)]
pub struct PosterPage {
    #[serde(flatten)]
    place: Place,
    link: String,
    qr: QrCode,
    closes_on: String,
    #[serde(skip)]
    back: String,
}

fn name_of(round: &VoiceRound) -> String {
    format!("Asked since {}", say_day(day_of(round.opened_at)))
}

/// How many came, as far as it may be said.
fn came(round: &VoiceRound) -> String {
    let (heard, expected) = (i64::from(round.heard), round.expected);
    match heard {
        0 => format!("Nobody of {expected} has answered yet"),
        few if few < FEWEST => format!("Fewer than {FEWEST} of {expected} have answered"),
        many => format!("About {} of {expected} have answered", round_to_five(many)),
    }
}

fn state_of(round: &VoiceRound) -> (&'static str, Option<&'static str>) {
    match round.state {
        VoiceRoundState::Open => ("Open", Some("blue")),
        VoiceRoundState::Closed => ("Waits for your reply", Some("yellow")),
        VoiceRoundState::Answered => ("Answered", None),
    }
}

impl RoundsPage {
    pub fn new(place: Place, rounds: &[VoiceRound], can_lead: bool) -> Self {
        let row = |round: &VoiceRound| {
            let (status, colour) = state_of(round);
            RoundRow { name: name_of(round), address: place.of_round(round.id), status, colour, detail: came(round) }
        };
        let is_open = rounds.iter().any(|round| round.state == VoiceRoundState::Open);
        Self { rounds: rounds.iter().map(row).collect(), can_open: can_lead && !is_open, place }
    }
}

impl RoundPage {
    pub fn new(place: Place, round: &VoiceRound, around: Around) -> Self {
        let Around { can_lead, site, waiting, escalated, heard, replies, form } = around;
        let (state, colour) = state_of(round);
        let some = |number: i64, one, many| {
            (number > 0).then(|| count(usize::try_from(number).unwrap_or_default(), one, many))
        };
        Self {
            round: round.id,
            name: name_of(round),
            state,
            colour,
            can_lead,
            open: round.state == VoiceRoundState::Open,
            closed: round.state == VoiceRoundState::Closed,
            answered: round.state == VoiceRoundState::Answered,
            full: round.is_full(),
            link: format!("{site}/say/{}", round.code),
            came: came(round),
            closes_on: say_day(round.closes_on),
            expected: round.expected,
            waiting: some(waiting, "message waits to be read", "messages wait to be read"),
            escalated: some(escalated, "message was passed on as urgent", "messages were passed on as urgent"),
            people: heard.as_ref().and_then(|heard| heard.people).map(|people| format!("About {people} answered")),
            ages: heard.as_ref().and_then(HeardView::of_ages),
            heard: heard.map(|heard| heard.questions.iter().map(HeardView::of).collect()).unwrap_or_default(),
            replies: replies.iter().map(ReplyView::of).collect(),
            form,
            place,
        }
    }
}

impl NewRoundPage {
    pub fn new(place: Place, form: Filled) -> Self {
        Self { place, form }
    }
}

impl PosterPage {
    pub fn new(place: Place, round: &VoiceRound, site: &str) -> Result<Self> {
        let link = format!("{site}/say/{}", round.code);
        let back = place.of_round(round.id);
        Ok(Self { qr: QrCode::draw(&link)?, link, closes_on: say_day(round.closes_on), back, place })
    }
}

impl Page for RoundsPage {
    const TEMPLATE: &'static str = "voice/rounds";
    fn title(&self) -> String {
        "What young people say".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.place.home)
    }
}

impl Page for RoundPage {
    const TEMPLATE: &'static str = "voice/round";
    fn title(&self) -> String {
        "What young people say".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.place.address)
    }
}

impl Page for NewRoundPage {
    const TEMPLATE: &'static str = "voice/new-round";
    fn title(&self) -> String {
        "Ask young people".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.place.address)
    }
}

impl Page for PosterPage {
    const TEMPLATE: &'static str = "voice/poster";
    fn title(&self) -> String {
        "A poster to hang up".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back)
    }
}

pub(super) fn made_up_round(state: VoiceRoundState) -> VoiceRound {
    let over = (state != VoiceRoundState::Open).then(Default::default);
    VoiceRound {
        id: VoiceRoundId::new(),
        organisation_id: OrganisationId::new(),
        code: "7K3M9QXZ".into(),
        state,
        expected: 30,
        heard: 23,
        closes_on: NaiveDate::from_ymd_opt(2026, 12, 18).unwrap_or_default(),
        opened_by: AccountId::new(),
        opened_at: Default::default(),
        closed_at: over,
        replied_by: None,
        replied_at: over.filter(|_| state == VoiceRoundState::Answered),
    }
}

pub(super) fn made_up_heard() -> RoundHeard {
    let heard = |words: &str, counts: [i64; Answer::ALL.len()]| Heard {
        words: words.into(),
        standard_id: None,
        statement_id: None,
        told: safe_groups(&counts).map(|groups| (round_to_five(counts.iter().sum()), groups)),
    };
    RoundHeard {
        people: Some(25),
        questions: vec![heard("Do you feel safe here?", [14, 7, 2]), heard("Are people here fair to you?", [2, 1, 0])],
        ages: safe_groups(&[0, 9, 8, 2, 0]).filter(|groups| groups.len() <= Age::ALL.len()),
    }
}

/// The rounds and one round in every state.
pub fn samples() -> Vec<Sample> {
    use VoiceRoundState::{Answered, Closed, Open};

    let rounds = [Open, Closed, Answered].map(made_up_round);
    let page = |round: &VoiceRound, can_lead, heard, form| {
        let around = Around {
            can_lead,
            site: "https://charter.example.org".into(),
            waiting: 2,
            escalated: 1,
            heard,
            replies: vec![made_up_reply()],
            form,
        };
        sample(&RoundPage::new(Place::made_up(), round, around))
    };
    let blank = || Filled::blank(ExpectedForm::FIELDS);
    let full = VoiceRound { heard: 30, ..made_up_round(Open) };
    let silent = VoiceRound { heard: 2, ..made_up_round(Closed) };
    let no_day = Filled::blank(RoundForm::FIELDS).with_problem("closes", BAD_DAY);
    let poster = PosterPage::new(Place::made_up(), &rounds[0], "https://charter.example.org").expect("a short link");
    vec![
        sample(&RoundsPage::new(Place::made_up(), &rounds, true)),
        sample(&RoundsPage::new(Place::made_up(), &rounds[1..], true)),
        sample(&RoundsPage::new(Place::made_up(), &[], false)),
        page(&rounds[0], true, None, blank()),
        page(&full, true, None, blank().with_problem("expected", MUST_BE_MORE)),
        page(&rounds[1], true, Some(made_up_heard()), blank()),
        page(&rounds[2], false, Some(made_up_heard()), blank()),
        page(&silent, true, Some(RoundHeard { people: None, questions: Vec::new(), ages: None }), blank()),
        sample(&NewRoundPage::new(Place::made_up(), Filled::blank(RoundForm::FIELDS))),
        sample(&NewRoundPage::new(Place::made_up(), no_day)),
        sample(&poster),
    ]
}
