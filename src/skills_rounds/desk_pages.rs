//! A lead's desk in a round, the sheet to print, and the sheet to type.

use serde::Serialize;

use super::forms::ADDRESS;
use crate::clock::{day_of, say_day};
use crate::organisations::{Member, MembershipRole, Organisation};
use crate::skills_audit::{Barrier, Instrument, Round, Skill, SkillsLink, barrier_name, sheet_fields};
use crate::training::Module;
use crate::web::{Choice, Field, Filled, Link, Page, Sample, count, sample};

pub(super) const TAKES_PART: &str = "Your organisation takes part. Invite your people now";
pub(super) const NOBODY_CHOSEN: &str = "Enter at least one email address to send a link";
pub(super) const PAPER_KEPT: &str =
    "The sheet is saved. If they have answered themselves, their own answers count instead";

/// What a lead sees of a round.
pub struct Desk {
    /// None while none is open.
    pub round: Option<Round>,
    pub is_for: bool,
    pub takes_part: bool,
    pub finished: i64,
    pub people: i64,
    pub members: Vec<Member>,
    pub links: Vec<SkillsLink>,
    pub site: String,
}

impl Desk {
    pub fn closed() -> Self {
        Self {
            round: None,
            is_for: false,
            takes_part: false,
            finished: 0,
            people: 0,
            members: Vec::new(),
            links: Vec::new(),
            site: String::new(),
        }
    }
}

/// Who is invited, and how.
#[derive(Serialize)]
pub struct DeskPage {
    organisation: String,
    address: String,
    round: Option<String>,
    closes_on: Option<String>,
    is_for: bool,
    takes_part: bool,
    /// `6 of 9 people (67%)`.
    rate: String,
    invitation: String,
    /// Where people are added.
    people: String,
    with_account: String,
    without: Vec<WithoutRow>,
    form: Filled,
}
/// Someone without an account.
#[derive(Serialize)]
struct WithoutRow {
    name: String,
    field: Field,
    sent: Option<String>,
    misdirected: bool,
    paper: String,
}
impl DeskPage {
    pub fn new(organisation: &Organisation, desk: &Desk, form: Filled) -> Self {
        let address = format!("/organisations/{}/skills-audit", organisation.slug);
        let answering = desk.members.iter().filter(|member| member.membership.role != MembershipRole::Viewer);
        let (with, without): (Vec<_>, Vec<_>) = answering.partition(|member| member.person.account_id.is_some());
        let row = |member: &&Member| {
            let link = desk.links.iter().rev().find(|link| link.person_id == member.person.id);
            WithoutRow {
                name: member.person.name.clone(),
                field: form.field(&format!("{ADDRESS}{}", member.person.id)),
                sent: link.map(|link| format!("{} on {}", link.address, say_day(day_of(link.sent_at)))),
                misdirected: link.is_some_and(|link| !link.is_open()),
                paper: format!("{address}/people/{}/paper", member.person.id),
            }
        };
        Self {
            organisation: organisation.name.clone(),
            round: desk.round.as_ref().map(|round| round.title.clone()),
            closes_on: desk.round.as_ref().and_then(|round| round.closes_on).map(say_day),
            is_for: desk.is_for,
            takes_part: desk.takes_part,
            rate: say_rate(desk.finished, desk.people),
            invitation: format!("{}/my/skills-audit/{}", desk.site, organisation.slug),
            people: format!("/organisations/{}/people", organisation.slug),
            with_account: count(with.len(), "person", "people"),
            without: without.iter().map(row).collect(),
            address,
            form,
        }
    }
}

fn say_rate(finished: i64, people: i64) -> String {
    let of = count(people.unsigned_abs() as usize, "person", "people");
    let share = (finished * 100).checked_div(people).unwrap_or(0);
    format!("{finished} of {of} ({share}%)")
}

impl Page for DeskPage {
    const TEMPLATE: &'static str = "skills_rounds/desk";
    fn title(&self) -> String {
        "Invite your people to the skills audit".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.address)
    }
}

/// The questions on paper.
#[derive(Serialize)]
pub struct SheetPage {
    organisation: String,
    anchors: Vec<AnchorRow>,
    groups: Vec<SheetGroup>,
    modules: Vec<Choice>,
    barriers: Vec<Choice>,
    #[serde(skip)]
    back_to: String,
}
#[derive(Serialize)]
struct AnchorRow {
    value: String,
    label: String,
    meaning: String,
}
#[derive(Serialize)]
struct SheetGroup {
    title: String,
    questions: Vec<SheetRow>,
}
#[derive(Serialize)]
struct SheetRow {
    statement: String,
    confidence: Field,
    wants: Field,
}
impl SheetPage {
    pub fn new(organisation: &Organisation, instrument: &Instrument, modules: &[Module]) -> Self {
        Self {
            organisation: organisation.name.clone(),
            anchors: anchors_of(instrument),
            groups: groups_of(instrument, &Filled::default()),
            modules: modules_of(modules),
            barriers: barriers(),
            back_to: format!("/organisations/{}/skills-audit/people", organisation.slug),
        }
    }
}

fn anchors_of(instrument: &Instrument) -> Vec<AnchorRow> {
    let row = |anchor: &crate::skills_audit::Anchor| AnchorRow {
        value: anchor.value.to_string(),
        label: anchor.label.clone(),
        meaning: anchor.meaning.clone(),
    };
    instrument.anchors.iter().map(row).collect()
}

fn groups_of(instrument: &Instrument, form: &Filled) -> Vec<SheetGroup> {
    let question = |skill: &Skill| {
        let (confidence, wants) = sheet_fields(&skill.id);
        SheetRow { statement: skill.statement.clone(), confidence: form.field(&confidence), wants: form.field(&wants) }
    };
    let group = |group: &crate::skills_audit::SkillGroup| SheetGroup {
        title: group.title.clone(),
        questions: instrument.skills_of(&group.id).map(question).collect(),
    };
    instrument.groups.iter().map(group).collect()
}

fn modules_of(modules: &[Module]) -> Vec<Choice> {
    modules.iter().map(|module| Choice::new(module.id.as_str(), &module.title)).collect()
}

fn barriers() -> Vec<Choice> {
    Barrier::ALL.iter().map(|barrier| Choice::new(barrier.as_str(), barrier_name(*barrier))).collect()
}

impl Page for SheetPage {
    const TEMPLATE: &'static str = "skills_rounds/sheet";
    const WIDE: bool = true;
    fn title(&self) -> String {
        "The skills audit on paper".into()
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// A sheet to type.
#[derive(Serialize)]
pub struct PaperPage {
    organisation: String,
    round: String,
    name: String,
    action: String,
    anchors: Vec<AnchorRow>,
    groups: Vec<SheetGroup>,
    modules: Vec<Choice>,
    barriers: Vec<Choice>,
    form: Filled,
    #[serde(skip)]
    back_to: String,
}
impl PaperPage {
    pub const FIELDS: &[&str] = &["sheet", "held", "barriers"];

    pub fn new(
        organisation: &Organisation,
        member: &Member,
        round: &Round,
        instrument: &Instrument,
        modules: &[Module],
        form: Filled,
    ) -> Self {
        let back_to = format!("/organisations/{}/skills-audit/people", organisation.slug);
        // Fields that were not sent are shown all the same.
        let form = Self::FIELDS.iter().fold(form, |form, name| match form.field(name) {
            field if field.values.is_empty() && field.error.is_none() => form.with(name, ""),
            _ => form,
        });
        Self {
            organisation: organisation.name.clone(),
            round: round.title.clone(),
            name: member.person.name.clone(),
            action: format!("{back_to}/{}/paper", member.person.id),
            anchors: anchors_of(instrument),
            groups: groups_of(instrument, &form),
            modules: modules_of(modules),
            barriers: barriers(),
            form,
            back_to,
        }
    }
}
impl Page for PaperPage {
    const TEMPLATE: &'static str = "skills_rounds/paper";
    fn title(&self) -> String {
        format!("Type the answers of {}", self.name)
    }
    fn back(&self) -> Option<Link> {
        Link::back(&self.back_to)
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let row = |id: &str, sent: Option<&str>, misdirected| WithoutRow {
        name: "Callum Deakin".into(),
        field: Filled::default().field(id),
        sent: sent.map(str::to_owned),
        misdirected,
        paper: "/organisations/the-hub/skills-audit/people/1/paper".into(),
    };
    let desk = |round: Option<&str>, is_for, takes_part, without| DeskPage {
        organisation: "The Hub".into(),
        address: "/organisations/the-hub/skills-audit".into(),
        round: round.map(str::to_owned),
        closes_on: round.map(|_| "18 December 2026".into()),
        is_for,
        takes_part,
        rate: "6 of 9 people (67%)".into(),
        invitation: "https://example.org/my/skills-audit/the-hub".into(),
        people: "/organisations/the-hub/people".into(),
        with_account: "7 people".into(),
        without,
        form: Filled::default(),
    };
    let question = || SheetRow {
        statement: "I can keep money safe.".into(),
        confidence: Filled::default()
            .with_problem("confidence-1", "Select one of the five answers")
            .field("confidence-1"),
        wants: Filled::default().field("wants-1"),
    };
    let anchors = || vec![AnchorRow { value: "1".into(), label: "Not yet".into(), meaning: "It is new to me.".into() }];
    let groups = || vec![SheetGroup { title: "Money".into(), questions: vec![question()] }];
    let send = || vec![Choice::new("send", "SEND")];
    vec![
        sample(&desk(
            Some("Skills audit 2026/27"),
            true,
            true,
            vec![row("address-1", None, false), row("address-2", Some("c@example.org"), true)],
        )),
        sample(&desk(Some("Skills audit 2026/27"), true, false, Vec::new())),
        sample(&desk(Some("Skills audit 2026/27"), false, false, Vec::new())),
        sample(&desk(None, false, false, Vec::new())),
        sample(&SheetPage {
            organisation: "The Hub".into(),
            anchors: anchors(),
            groups: groups(),
            modules: send(),
            barriers: barriers(),
            back_to: "/organisations/the-hub/skills-audit/people".into(),
        }),
        sample(&PaperPage {
            organisation: "The Hub".into(),
            round: "Skills audit 2026/27".into(),
            name: "Callum Deakin".into(),
            action: "/organisations/the-hub/skills-audit/people/1/paper".into(),
            anchors: anchors(),
            groups: groups(),
            modules: send(),
            barriers: barriers(),
            form: Filled::blank(PaperPage::FIELDS).with_problem("sheet", "Select an answer to at least one question"),
            back_to: "/organisations/the-hub/skills-audit/people".into(),
        }),
    ]
}
