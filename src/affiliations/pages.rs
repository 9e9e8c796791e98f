//! The pages of an umbrella body's leads: whom they asked, and asking one more.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::affiliation::{Affiliation, AffiliationState};
use super::forms::AskingForm;
use crate::clock::{day_of, say_day};
use crate::organisations::Organisation;
use crate::web::{Field, Filled, Link, Page, Sample, sample};

pub(super) const MEMBERS_PAGE: i64 = 50;
pub(super) const SEARCH_PAGE: i64 = 20;
pub(super) const ASKED: &str = "We have written to the organisation’s leads";
pub(super) const ENDED: &str = "The organisation is no longer asked, and not in your totals";

pub(super) fn members_address(slug: &str) -> String {
    format!("/organisations/{slug}/umbrella/members")
}

/// A tag's words and colour.
pub(super) fn status_of(state: AffiliationState) -> (&'static str, &'static str) {
    match state {
        AffiliationState::Asked => ("Asked", "yellow"),
        AffiliationState::Consented => ("Joined", "green"),
        AffiliationState::Declined => ("Declined", "grey"),
        AffiliationState::Withdrawn => ("Withdrawn", "grey"),
        AffiliationState::Ended => ("Ended by you", "grey"),
    }
}

/// Whom an umbrella body has asked, and how that stands.
#[derive(Serialize)]
pub struct MembersPage {
    organisation_name: String,
    slug: String,
    rows: Vec<MemberRow>,
    earlier: Option<String>,
    later: Option<String>,
}

#[derive(Serialize)]
struct MemberRow {
    name: String,
    public: String,
    status: &'static str,
    colour: &'static str,
    since: String,
    /// Where to take the question back, or to let it go.
    end: Option<String>,
    end_text: &'static str,
}

impl MembersPage {
    pub fn new(umbrella: &Organisation, mut members: Vec<(Affiliation, Organisation)>, page: u32) -> Self {
        let address = members_address(&umbrella.slug);
        let at = |page: u32| format!("{address}?page={page}");
        let has_more = members.len() as i64 > MEMBERS_PAGE;
        members.truncate(MEMBERS_PAGE as usize);
        Self {
            organisation_name: umbrella.name.clone(),
            slug: umbrella.slug.clone(),
            rows: members.iter().map(|(affiliation, member)| member_row(&address, affiliation, member)).collect(),
            earlier: (page > 1).then(|| at(page - 1)),
            later: has_more.then(|| at(page + 1)),
        }
    }
}

fn member_row(address: &str, affiliation: &Affiliation, member: &Organisation) -> MemberRow {
    let (status, colour) = status_of(affiliation.state());
    let end_text = match affiliation.state() {
        AffiliationState::Asked => "Take the question back",
        AffiliationState::Consented => "Leave out of our totals",
        _ => "",
    };
    MemberRow {
        name: member.name.clone(),
        public: format!("/directory/{}", member.slug),
        status,
        colour,
        since: format!("since {}", say_day(day_of(affiliation.changed_at))),
        end: (!end_text.is_empty()).then(|| format!("{address}/{}/end", affiliation.id)),
        end_text,
    }
}

impl Page for MembersPage {
    const TEMPLATE: &'static str = "affiliations/members";
    fn title(&self) -> String {
        "Organisations you have asked".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("/organisations/{}/umbrella", self.slug))
    }
}

/// Finding an organisation to ask.
#[derive(Serialize)]
pub struct SearchPage {
    slug: String,
    q: Field,
    searched: bool,
    found: Vec<Link>,
    has_more: bool,
}

impl SearchPage {
    pub fn new(umbrella: &Organisation, q: &str, found: &[Organisation]) -> Self {
        let others = found.iter().take(SEARCH_PAGE as usize).filter(|other| other.id != umbrella.id);
        let address = |other: &Organisation| format!("/organisations/{}/umbrella/asking/{}", umbrella.slug, other.slug);
        Self {
            slug: umbrella.slug.clone(),
            q: Filled::blank(&[]).with("q", q).field("q"),
            searched: !q.trim().is_empty(),
            found: others.map(|other| Link::new(&other.name, address(other))).collect(),
            has_more: found.len() as i64 > SEARCH_PAGE,
        }
    }
}

impl Page for SearchPage {
    const TEMPLATE: &'static str = "affiliations/search";
    fn title(&self) -> String {
        "Find an organisation to ask".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(members_address(&self.slug))
    }
}

/// Asking one organisation.
#[derive(Serialize)]
pub struct AskingPage {
    name: String,
    slug: String,
    address: String,
    /// How it stands already, when it cannot be asked now.
    standing: Option<String>,
    form: Filled,
}

impl AskingPage {
    pub fn new(
        umbrella: &Organisation,
        other: &Organisation,
        there: Option<&Affiliation>,
        now: NaiveDateTime,
        form: Filled,
    ) -> Self {
        Self {
            name: other.name.clone(),
            slug: umbrella.slug.clone(),
            address: format!("/organisations/{}/umbrella/asking/{}", umbrella.slug, other.slug),
            standing: there.and_then(|there| say_standing(&other.name, there, now)),
            form,
        }
    }
}

fn say_standing(name: &str, there: &Affiliation, now: NaiveDateTime) -> Option<String> {
    let again = there.left_alone_until();
    let changed = say_day(day_of(there.changed_at));
    match there.state() {
        AffiliationState::Asked => Some(format!("You asked {name} on {changed}. Its leads have not answered yet.")),
        AffiliationState::Consented => Some(format!("{name} has joined. It is in your totals.")),
        _ if again <= now => None,
        AffiliationState::Ended => {
            Some(format!("You ended this on {changed}. You can ask again from {}.", say_day(day_of(again))))
        }
        AffiliationState::Declined | AffiliationState::Withdrawn => Some(format!(
            "{name} said no on {changed}. You can ask again from {}. It can join before then, if it wants to.",
            say_day(day_of(again))
        )),
    }
}

impl Page for AskingPage {
    const TEMPLATE: &'static str = "affiliations/asking";
    fn title(&self) -> String {
        format!("Ask {} to join", self.name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(format!("/organisations/{}/umbrella/asking", self.slug))
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let row = |state: AffiliationState, end: bool| {
        let (status, colour) = status_of(state);
        MemberRow {
            name: "The Hub".into(),
            public: "/directory/the-hub".into(),
            status,
            colour,
            since: "since 3 November 2026".into(),
            end: end.then(|| "/organisations/clubs/umbrella/members/1/end".into()),
            end_text: "Take the question back",
        }
    };
    let members = |rows: Vec<MemberRow>, more: bool| MembersPage {
        organisation_name: "Clubs of the County".into(),
        slug: "clubs".into(),
        rows,
        earlier: more.then(|| "/organisations/clubs/umbrella/members?page=1".into()),
        later: more.then(|| "/organisations/clubs/umbrella/members?page=3".into()),
    };
    let search = |q: &str, found: Vec<Link>| SearchPage {
        slug: "clubs".into(),
        q: Filled::blank(&[]).with("q", q).field("q"),
        searched: !q.is_empty(),
        has_more: found.len() > 1,
        found,
    };
    let asking = |standing: Option<String>| AskingPage {
        name: "The Hub".into(),
        slug: "clubs".into(),
        address: "/organisations/clubs/umbrella/asking/the-hub".into(),
        standing,
        form: Filled::blank(AskingForm::FIELDS).with_problem("message", "Enter who you are and why you ask"),
    };
    let link = || Link::new("The Hub", "/organisations/clubs/umbrella/asking/the-hub");
    vec![
        sample(&members(vec![row(AffiliationState::Asked, true), row(AffiliationState::Declined, false)], true)),
        sample(&members(Vec::new(), false)),
        sample(&search("", Vec::new())),
        sample(&search("hub", Vec::new())),
        sample(&search("hub", vec![link(), link()])),
        sample(&asking(None)),
        sample(&asking(Some("The Hub has joined.".into()))),
    ]
}
