//! The VRP's pages: organisations that one person leads or nobody, and rescues.

use serde::Serialize;

use super::contact::{CameBy, Contact, ContactKind};
use super::forms::RescueDecisionForm;
use super::leadership::{LeadSeen, Thin};
use super::rescue::{Rescue, RescueState};
use crate::accounts::Account;
use crate::clock::{day_of, say_day};
use crate::organisations::{Member, Organisation};
use crate::web::{Choice, Filled, Link, Page, Sample, choices, count, sample};

pub(super) const PAGE: i64 = 50;
pub(super) const DECIDED: &str = "You have decided. Everyone concerned is told";

/// Organisations with one lead or none.
#[derive(Serialize)]
pub struct ThinPage {
    rows: Vec<ThinRow>,
    all_text: String,
    earlier: Option<String>,
    later: Option<String>,
}

#[derive(Serialize)]
struct ThinRow {
    name: String,
    address: String,
    lead: Option<String>,
    email: Option<String>,
}

impl ThinPage {
    pub fn new(thin: Vec<Thin>, all: i64, page: u32) -> Self {
        let at = |page: u32| format!("/vrp/leads?page={page}");
        let has_more = thin.len() as i64 > PAGE;
        let row = |thin: Thin| {
            let (lead, email) = thin.lead.unzip();
            let address = format!("/vrp/organisations/{}", thin.organisation.slug);
            ThinRow { name: thin.organisation.name, address, lead, email }
        };
        Self {
            rows: thin.into_iter().take(PAGE as usize).map(row).collect(),
            all_text: count(usize::try_from(all).unwrap_or(0), "organisation", "organisations"),
            earlier: (page > 1).then(|| at(page - 1)),
            later: has_more.then(|| at(page + 1)),
        }
    }
}
impl Page for ThinPage {
    const TEMPLATE: &'static str = "rescue/thin";
    fn title(&self) -> String {
        "Organisations with one lead or none".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

/// Every rescue, those to decide first.
#[derive(Serialize)]
pub struct RescuesPage {
    rows: Vec<RescueRow>,
}

#[derive(Serialize)]
struct RescueRow {
    name: String,
    address: String,
    detail: String,
    status: &'static str,
    colour: &'static str,
}

impl RescuesPage {
    pub fn new(rescues: &[(Rescue, String, String)]) -> Self {
        let row = |(rescue, organisation, asker): &(Rescue, String, String)| {
            let (status, colour) = status_of(rescue.state());
            RescueRow {
                name: organisation.clone(),
                address: format!("/vrp/rescues/{}", rescue.id),
                detail: format!("{asker}, asked on {}", say_day(day_of(rescue.asked_at))),
                status,
                colour,
            }
        };
        Self { rows: rescues.iter().map(row).collect() }
    }
}
impl Page for RescuesPage {
    const TEMPLATE: &'static str = "rescue/rescues";
    fn title(&self) -> String {
        "Asked to take over".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp")
    }
}

fn status_of(state: RescueState) -> (&'static str, &'static str) {
    match state {
        RescueState::Open => ("Time to object", "blue"),
        RescueState::Awaiting => ("To decide", "yellow"),
        RescueState::Granted => ("Granted", "green"),
        RescueState::Refused => ("Refused", "red"),
        RescueState::Withdrawn => ("Withdrawn", "grey"),
    }
}

/// A rescue with all that is known around it.
pub struct Case {
    pub rescue: Rescue,
    pub organisation: Organisation,
    pub asker: Account,
    pub member: Option<Member>,
    pub leads: Vec<LeadSeen>,
    pub contacts: Vec<Contact>,
    /// Did the one who looks ask for it?
    pub is_own: bool,
}

/// One rescue, to decide.
#[derive(Serialize)]
pub struct RescuePage {
    organisation_name: String,
    address: String,
    status: &'static str,
    colour: &'static str,
    asker: String,
    asker_email: String,
    belongs: &'static str,
    position: String,
    reasons: String,
    asked_on: String,
    ends_on: String,
    leads: Vec<LeadRow>,
    lead_objected: Option<String>,
    contacts: Vec<ContactRow>,
    decided: Option<String>,
    can_refuse: bool,
    can_grant: bool,
    options: Vec<Choice>,
    form: Filled,
}

#[derive(Serialize)]
struct LeadRow {
    name: String,
    email: String,
    text: String,
    gone: bool,
}

#[derive(Serialize)]
struct ContactRow {
    name: String,
    kind: &'static str,
    objection: Option<String>,
    objected: Option<String>,
}

impl RescuePage {
    pub fn new(case: &Case, form: Filled) -> Self {
        let rescue = &case.rescue;
        let (status, colour) = status_of(rescue.state());
        let can_grant = rescue.state() == RescueState::Awaiting && !case.is_own;
        let opposed = case.contacts.iter().find(|c| c.kind == ContactKind::Lead && c.objection.is_some());
        Self {
            organisation_name: case.organisation.name.clone(),
            address: format!("/vrp/rescues/{}/decision", rescue.id),
            status,
            colour,
            asker: case.asker.name.clone(),
            asker_email: case.asker.email.clone(),
            belongs: match case.member {
                Some(_) => "A member of the organisation here",
                None => "Not a member of the organisation here: find out who they are",
            },
            position: rescue.position.clone(),
            reasons: rescue.reasons.clone(),
            asked_on: say_day(day_of(rescue.asked_at)),
            ends_on: say_day(day_of(rescue.open_until)),
            leads: case.leads.iter().map(LeadRow::of).collect(),
            lead_objected: opposed.map(say_who_opposed),
            contacts: case.contacts.iter().map(ContactRow::of).collect(),
            decided: rescue.decision_reasons.clone(),
            can_refuse: rescue.is_under_way() && !case.is_own,
            can_grant,
            options: options(can_grant),
            form,
        }
    }
}

fn options(can_grant: bool) -> Vec<Choice> {
    let all = choices(&[("grant", "They take over: they become a lead"), ("refuse", "They do not take over")]);
    if can_grant { all } else { all.into_iter().skip(1).collect() }
}

fn say_who_opposed(contact: &Contact) -> String {
    match contact.came_by {
        Some(CameBy::Account) => format!("{}, who leads the organisation, signed in and objected.", contact.name),
        _ => format!("{}, who leads the organisation, objected by the link in their letter.", contact.name),
    }
}

impl LeadRow {
    fn of(lead: &LeadSeen) -> Self {
        let last = format!("Last here on {}", say_day(day_of(lead.last_here)));
        let mail = if lead.undeliverable { ". E-mail to them does not arrive" } else { "" };
        let idle = if lead.idle { ", more than 12 months ago" } else { "" };
        Self {
            name: lead.name.clone(),
            email: lead.email.clone(),
            text: format!("{last}{idle}{mail}"),
            gone: lead.is_gone(),
        }
    }
}

impl ContactRow {
    fn of(contact: &Contact) -> Self {
        let came_by = |by| match by {
            CameBy::Account => "signed in",
            CameBy::Link => "by the link in their letter",
        };
        let objected = contact.objected_at.zip(contact.came_by);
        Self {
            name: format!("{}, {}", contact.name, contact.address),
            kind: match contact.kind {
                ContactKind::Lead => "Lead",
                ContactKind::Member => "Member",
                ContactKind::Safeguarding => "Safeguarding lead",
            },
            objection: contact.objection.clone(),
            objected: objected.map(|(at, by)| format!("{}, {}", say_day(day_of(at)), came_by(by))),
        }
    }
}

impl Page for RescuePage {
    const TEMPLATE: &'static str = "rescue/rescue";
    fn title(&self) -> String {
        format!("Taking over {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Link::back("/vrp/rescues")
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let rescue = |can_grant: bool, decided: Option<String>| RescuePage {
        organisation_name: "The Hub".into(),
        address: "/vrp/rescues/1/decision".into(),
        status: "To decide",
        colour: "yellow",
        asker: "Rob Ward".into(),
        asker_email: "rob@example.org".into(),
        belongs: "A member of the organisation here",
        position: "Chair".into(),
        reasons: "Asha has moved away.".into(),
        asked_on: "3 November 2026".into(),
        ends_on: "17 November 2026".into(),
        leads: vec![LeadRow {
            name: "Asha Patel".into(),
            email: "asha@example.org".into(),
            text: "Last here on 1 May 2025".into(),
            gone: true,
        }],
        lead_objected: can_grant.then(|| "Asha Patel signed in and objected.".into()),
        contacts: vec![
            ContactRow {
                name: "Asha Patel, asha@example.org".into(),
                kind: "Lead",
                objection: Some("I am here.".into()),
                objected: Some("5 November 2026, signed in".into()),
            },
            ContactRow { name: "Bev, bev@example.org".into(), kind: "Member", objection: None, objected: None },
        ],
        can_refuse: decided.is_none(),
        form: match &decided {
            None => Filled::blank(RescueDecisionForm::FIELDS).with_problem("reasons", "Enter your reasons"),
            Some(_) => Filled::blank(RescueDecisionForm::FIELDS),
        },
        decided,
        can_grant,
        options: options(can_grant),
    };
    let row = |lead: Option<&str>| ThinRow {
        name: "The Hub".into(),
        address: "/vrp/organisations/the-hub".into(),
        lead: lead.map(str::to_owned),
        email: lead.map(|_| "asha@example.org".to_owned()),
    };
    let thin = ThinPage {
        rows: vec![row(Some("Asha Patel")), row(None)],
        all_text: "2 organisations".into(),
        earlier: Some("/vrp/leads?page=1".into()),
        later: Some("/vrp/leads?page=3".into()),
    };
    let listed = RescueRow {
        name: "The Hub".into(),
        address: "/vrp/rescues/1".into(),
        detail: "Rob Ward, asked on 3 November 2026".into(),
        status: "To decide",
        colour: "yellow",
    };
    vec![
        sample(&thin),
        sample(&ThinPage::new(Vec::new(), 0, 1)),
        sample(&RescuesPage { rows: vec![listed] }),
        sample(&RescuesPage { rows: Vec::new() }),
        sample(&rescue(true, None)),
        sample(&rescue(false, None)),
        sample(&RescuePage { leads: Vec::new(), contacts: Vec::new(), ..rescue(false, Some("No.".into())) }),
    ]
}
