//! One organisation before the VRP.

use serde::Serialize;
use serde_json::Value;

use super::list_pages::kind_name;
use super::listing::Listed;
use super::step_pages::step_address;
use crate::audit::AuditEntry;
use crate::charter::{Pledge, PledgeState};
use crate::clock::{day_of, say_day, say_instant};
use crate::organisations::{ChangedAs, OrganisationStanding, Question, StandingChange, StandingStep, WorkingProfile};
use crate::questions::{answer_text, row_name};
use crate::rescue::LeadSeen;
use crate::review::{Endorsement, endorsement_state_name, level_name};
use crate::web::{Link, Page, Sample, sample};

/// What is known of an organisation.
pub struct Overseen {
    pub profile: WorkingProfile,
    pub leads: Vec<LeadSeen>,
    pub pledge: Option<Pledge>,
    pub endorsement: Option<Endorsement>,
    /// Answers under the endorsement that rest on records out of date by now.
    pub out_of_date: usize,
    /// With who changed it, the newest first.
    pub history: Vec<(StandingChange, String)>,
    /// The newest first.
    pub trail: Vec<AuditEntry>,
    /// Does whoever looks belong to it, or did they ever?
    pub is_own: bool,
}

/// One organisation before the VRP.
#[derive(Serialize)]
pub struct OverseenPage {
    name: String,
    status: &'static str,
    colour: &'static str,
    since: String,
    /// Where its registration is looked at, until it is approved.
    registration: Option<String>,
    public: String,
    steps: Vec<Link>,
    /// Someone else has to decide.
    is_own: bool,
    history: Vec<HistoryRow>,
    leads: Vec<OverseenLead>,
    facts: Vec<Fact>,
    answers: Vec<Fact>,
    waiting_text: Option<String>,
    trail: Vec<TrailLine>,
}

#[derive(Serialize)]
struct HistoryRow {
    what: &'static str,
    who: String,
    reason: String,
}

#[derive(Serialize)]
struct OverseenLead {
    name: String,
    email: String,
    text: String,
}

#[derive(Serialize)]
struct Fact {
    name: &'static str,
    text: String,
}

#[derive(Serialize)]
struct TrailLine {
    what: String,
    who: String,
    /// From what to what, where that matters.
    detail: Option<String>,
}

impl OverseenPage {
    pub fn new(seen: &Overseen) -> Self {
        let organisation = &seen.profile.public.organisation;
        let (status, colour) = kind_name(Listed::kind_of(organisation));
        let approved = organisation.is_approved();
        let possible = |step: &&StandingStep| step.leads_from(ChangedAs::Steward).contains(&organisation.standing());
        let steps = StandingStep::ALL
            .iter()
            .filter(possible)
            .map(|step| Link::new(step_name(*step), step_address(&organisation.slug, *step)));
        let leave =
            Link::new("Give leave to pledge otherwise", format!("/vrp/organisations/{}/leave", organisation.slug));
        let answer =
            |question: Question| Fact { name: row_name(question).0, text: answer_text(&seen.profile.public, question) };
        let story = seen.endorsement.as_ref().map(|endorsement| {
            Link::new("Read the story of its endorsement", format!("/review/endorsements/{}/story", endorsement.id))
        });
        let waiting = seen.profile.changes.len();
        Self {
            name: organisation.name.clone(),
            status,
            colour,
            since: organisation.standing_since.map(|at| say_day(day_of(at))).unwrap_or_default(),
            registration: (!approved).then(|| format!("/vrp/registrations/{}", organisation.slug)),
            public: format!("/directory/{}", organisation.slug),
            steps: if approved && !seen.is_own { steps.chain([leave]).chain(story).collect() } else { Vec::new() },
            is_own: approved && seen.is_own,
            history: seen.history.iter().map(HistoryRow::of).collect(),
            leads: seen.leads.iter().map(OverseenLead::of).collect(),
            facts: vec![
                Fact { name: "Pledge", text: seen.pledge.as_ref().map(say_pledge).unwrap_or_default() },
                Fact { name: "Endorsement", text: seen.endorsement.as_ref().map(say_endorsement).unwrap_or_default() },
                Fact { name: "Evidence", text: say_out_of_date(seen) },
            ],
            answers: Question::ALL.iter().copied().map(answer).collect(),
            waiting_text: (waiting > 0).then(|| match waiting {
                1 => "One answer is changed and not public yet".to_owned(),
                many => format!("{many} answers are changed and not public yet"),
            }),
            trail: seen.trail.iter().map(TrailLine::of).collect(),
        }
    }
}

impl Page for OverseenPage {
    const TEMPLATE: &'static str = "oversight/organisation";
    fn title(&self) -> String {
        self.name.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("All organisations", "/vrp/organisations"))
    }
}

impl HistoryRow {
    fn of((change, by): &(StandingChange, String)) -> Self {
        let taken_as = match change.changed_as {
            ChangedAs::Steward => "for the Violence Reduction Partnership",
            ChangedAs::Lead => "who led it",
        };
        Self {
            what: match change.became {
                OrganisationStanding::Open => "Re-opened",
                OrganisationStanding::Suspended => "Suspended",
                OrganisationStanding::Closed => "Closed",
            },
            who: format!("{by}, {taken_as}, {}", say_instant(change.changed_at)),
            reason: change.reason.clone(),
        }
    }
}

impl OverseenLead {
    fn of(lead: &LeadSeen) -> Self {
        let mail = if lead.undeliverable { ". E-mail to them does not arrive" } else { "" };
        let text = format!("Last here on {}{mail}", say_day(day_of(lead.last_here)));
        Self { name: lead.name.clone(), email: lead.email.clone(), text }
    }
}

impl TrailLine {
    fn of(entry: &AuditEntry) -> Self {
        let details: Value = serde_json::from_str(&entry.details).unwrap_or_default();
        let change = |called: &str, key: &str| {
            let (from, to) = (details[key]["from"].as_str()?, details[key]["to"].as_str()?);
            Some(format!("{called}: {from} → {to}"))
        };
        let address =
            details.get("safeguarding_lead_address").map(|_| "Safeguarding lead’s address: changed".to_owned());
        let changes = [change("Name", "name"), change("Safeguarding lead", "safeguarding_lead"), address];
        let changes: Vec<String> = changes.into_iter().flatten().collect();
        Self {
            what: entry.verb.clone(),
            who: format!("{}, {}", entry.actor_name, say_instant(entry.at)),
            detail: (!changes.is_empty()).then(|| changes.join("\n")),
        }
    }
}

fn step_name(step: StandingStep) -> &'static str {
    match step {
        StandingStep::Suspend => "Suspend this organisation",
        StandingStep::Close => "Close this organisation",
        StandingStep::Reopen => "Re-open this organisation",
    }
}

fn say_pledge(pledge: &Pledge) -> String {
    let ends = pledge.ends_on.map(say_day).unwrap_or_default();
    match pledge.state() {
        PledgeState::Draft => "Being written".to_owned(),
        PledgeState::PartSigned => "Half signed".to_owned(),
        PledgeState::InForce => format!("In force until {ends}"),
        PledgeState::Lapsed => format!("Ended on {ends}"),
        PledgeState::Withdrawn => "Withdrawn".to_owned(),
    }
}

fn say_out_of_date(seen: &Overseen) -> String {
    match (&seen.endorsement, seen.out_of_date) {
        (None, _) => String::new(),
        (Some(_), 0) => "No record that the endorsement rests on is out of date".to_owned(),
        (Some(_), 1) => {
            "1 answer that the endorsement rests on was met, and its evidence is out of date now".to_owned()
        }
        (Some(_), n) => {
            format!("{n} answers that the endorsement rests on were met, and their evidence is out of date now")
        }
    }
}

fn say_endorsement(endorsement: &Endorsement) -> String {
    let state = endorsement_state_name(endorsement.state());
    format!("{}, {state}, last day {}", level_name(endorsement.level), say_day(endorsement.ends_on))
}

/// The page with made-up content.
pub fn samples() -> Vec<Sample> {
    let page = || OverseenPage {
        name: "The Hub".into(),
        status: "Suspended",
        colour: "orange",
        since: "3 November 2026".into(),
        registration: None,
        public: "/directory/the-hub".into(),
        steps: vec![Link::new("Re-open this organisation", "/vrp/organisations/the-hub/standing/reopening")],
        is_own: false,
        history: vec![HistoryRow {
            what: "Suspended",
            who: "Sam Steward, for the Violence Reduction Partnership, 3 November 2026 at 4:05pm".into(),
            reason: "There is no safeguarding lead.".into(),
        }],
        leads: vec![OverseenLead {
            name: "Asha Patel".into(),
            email: "asha@example.org".into(),
            text: "Last here on 1 November 2026".into(),
        }],
        facts: vec![Fact { name: "Pledge", text: "In force until 3 November 2027".into() }],
        answers: vec![Fact { name: "Ages", text: "8 to 16".into() }],
        waiting_text: Some("One answer is changed and not public yet".into()),
        trail: vec![
            TrailLine {
                what: "profile published".into(),
                who: "Asha Patel, 3 November 2026 at 4:05pm".into(),
                detail: Some("Name: The Old Hub → The Hub".into()),
            },
            TrailLine { what: "pledge signed".into(), who: "Asha Patel".into(), detail: None },
        ],
    };
    let bare = OverseenPage {
        history: Vec::new(),
        leads: Vec::new(),
        steps: Vec::new(),
        trail: Vec::new(),
        waiting_text: None,
        since: String::new(),
        is_own: true,
        registration: Some("/vrp/registrations/the-hub".into()),
        ..page()
    };
    vec![sample(&page()), sample(&bare)]
}
