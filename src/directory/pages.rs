//! The directory as anyone sees it.

use chrono::NaiveDate;
use serde::Serialize;
use url::form_urlencoded::Serializer;

use super::handlers::DirectoryQuery;
use super::search::{DIRECTORY_PAGE, Directory, DirectoryEntry};
use crate::charter::Pledge;
use crate::clock::{day_of, say_day};
use crate::organisations::{Activity, Day, District, Organisation, Profile};
use crate::quality::Level;
use crate::questions::{day_name, say_access, say_identifiers, say_languages};
use crate::review::{Endorsement, EndorsementState, RecordedStep, level_name};
use crate::web::{Choice, Filled, Link, Page, PageLinks, Sample, count, sample};

/// The most characters of a description that the list shows.
const TEASER: usize = 160;

/// The list, with what to look for.
#[derive(Serialize)]
pub struct DirectoryPage {
    form: Filled,
    district_choices: Vec<Choice>,
    activity_choices: Vec<Choice>,
    day_choices: Vec<Choice>,
    level_choices: Vec<Choice>,
    filtered: bool,
    found_text: String,
    entries: Vec<EntryRow>,
    pages: PageLinks,
}

#[derive(Serialize)]
struct EntryRow {
    name: String,
    address: String,
    teaser: String,
    where_and_who: String,
    pledged: bool,
    endorsed: Option<String>,
}

impl DirectoryPage {
    pub fn new(directory: &Directory, query: &DirectoryQuery, districts: &[District], activities: &[Activity]) -> Self {
        let filters = fields_of(query);
        let form = filters.iter().fold(Filled::default(), |form, (name, value)| form.with(name, *value));
        let any = |text: &str| std::iter::once(Choice::new("", text)).collect::<Vec<_>>();
        let districts = districts.iter().map(|d| Choice::new(d.code.as_str(), &d.name));
        let activities = activities.iter().map(|a| Choice::new(a.id.as_str(), &a.name));
        let days = Day::ALL.iter().map(|d| Choice::new(d.as_str(), day_name(*d)));
        let levels = Level::ALL.iter().map(|l| Choice::new(l.as_str(), level_name(*l)));
        let found = usize::try_from(directory.found).unwrap_or_default();
        Self {
            form,
            district_choices: any("All districts").into_iter().chain(districts).collect(),
            activity_choices: any("Any activity").into_iter().chain(activities).collect(),
            day_choices: any("Any day").into_iter().chain(days).collect(),
            level_choices: any("Endorsed or not").into_iter().chain(levels).collect(),
            filtered: filters.iter().any(|(_, value)| !value.trim().is_empty()),
            found_text: count(found, "organisation", "organisations"),
            entries: directory.entries.iter().map(EntryRow::of).collect(),
            pages: pages_of(directory, query),
        }
    }
}

impl Page for DirectoryPage {
    const TEMPLATE: &'static str = "directory/list";
    fn title(&self) -> String {
        "Find provision".into()
    }
}

impl EntryRow {
    fn of(entry: &DirectoryEntry) -> Self {
        let organisation = &entry.organisation;
        let mut facts = vec![entry.districts.join(", ")];
        facts.extend(ages_of(organisation).map(|ages| format!("ages {ages}")));
        facts.retain(|fact| !fact.is_empty());
        Self {
            name: organisation.name.clone(),
            address: format!("/directory/{}", organisation.slug),
            teaser: shortened(organisation.description.as_deref().unwrap_or_default()),
            where_and_who: facts.join(" · "),
            pledged: entry.pledged,
            endorsed: entry.level.map(|level| format!("Endorsed: {}", level_name(level))),
        }
    }
}

fn pages_of(directory: &Directory, query: &DirectoryQuery) -> PageLinks {
    PageLinks::counted(directory.page + 1, directory.found, DIRECTORY_PAGE, |page| {
        let mut address = Serializer::new(String::new());
        fields_of(query).iter().filter(|(_, value)| !value.is_empty()).for_each(|(name, value)| {
            address.append_pair(name, value);
        });
        format!("/directory?{}", address.append_pair("page", &page.to_string()).finish())
    })
}

fn fields_of(query: &DirectoryQuery) -> [(&'static str, &str); 6] {
    [
        ("q", &query.q),
        ("district", &query.district),
        ("age", &query.age),
        ("activity", &query.activity),
        ("day", &query.day),
        ("level", &query.level),
    ]
}

/// One organisation, as anyone sees it.
#[derive(Serialize)]
pub struct EntryPage {
    name: String,
    description: String,
    facts: Vec<Fact>,
    contact: Contact,
    pledge: Option<Standing>,
    endorsement: Option<Standing>,
    /// It is suspended or closed: then nothing else is shown of it.
    halted: Option<Halted>,
    /// Where someone from there asks to lead it.
    take_over: String,
}

#[derive(Serialize)]
struct Fact {
    name: &'static str,
    text: String,
}

/// How the public reaches it.
#[derive(Serialize, Default)]
struct Contact {
    website: Option<String>,
    email: Option<String>,
    phone: Option<String>,
}

#[derive(Serialize)]
struct Halted {
    closed: bool,
    since: String,
}

/// Something that can be checked.
#[derive(Serialize)]
struct Standing {
    text: String,
    /// Else it is suspended, or was taken back.
    stands: bool,
    verify: String,
    read: Option<String>,
}

impl EntryPage {
    /// `endorsed`: the endorsement given last, with the last step it took.
    pub fn new(
        profile: &Profile,
        pledge: Option<&Pledge>,
        endorsed: Option<(&Endorsement, Option<&RecordedStep>)>,
        today: NaiveDate,
    ) -> Self {
        let organisation = &profile.organisation;
        let list = |names: Vec<&str>| names.join(", ");
        let facts = [
            ("Ages", ages_of(organisation).unwrap_or_default()),
            ("Days", list(profile.days.iter().map(|d| day_name(*d)).collect())),
            ("Where", list(profile.districts.iter().map(|d| d.name.as_str()).collect())),
            ("Postcode", organisation.postcode.clone().unwrap_or_default()),
            ("Activities", list(profile.activities.iter().map(|a| a.name.as_str()).collect())),
            ("Languages besides English", say_languages(profile)),
            ("Access", say_access(profile).join("\n")),
            ("Registered as", say_identifiers(&profile.identifiers)),
        ];
        let facts = facts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| Fact { name, text });
        Self {
            name: organisation.name.clone(),
            description: organisation.description.clone().unwrap_or_default(),
            facts: facts.collect(),
            contact: Contact {
                website: organisation.website.clone(),
                email: organisation.public_email.clone(),
                phone: organisation.phone.clone(),
            },
            halted: None,
            pledge: pledge.map(Standing::of_pledge),
            endorsement: endorsed.and_then(|(given, last)| Standing::of_endorsement(given, last, today)),
            take_over: format!("/take-over/{}", organisation.slug),
        }
    }
}

impl EntryPage {
    /// Of an organisation that is suspended or closed: its name, and that.
    pub fn halted(organisation: &Organisation) -> Self {
        let since = organisation.standing_since.map(|at| say_day(day_of(at))).unwrap_or_default();
        Self {
            name: organisation.name.clone(),
            description: String::new(),
            facts: Vec::new(),
            contact: Contact::default(),
            pledge: None,
            endorsement: None,
            halted: Some(Halted { closed: organisation.is_closed(), since }),
            take_over: format!("/take-over/{}", organisation.slug),
        }
    }
}

impl Standing {
    fn of_pledge(pledge: &Pledge) -> Self {
        Self {
            text: format!("Pledged to the Youth Charter, until {}", pledge.ends_on.map(say_day).unwrap_or_default()),
            stands: true,
            verify: format!("/verify/{}", pledge.code),
            read: Some(format!("/pledges/{}", pledge.code)),
        }
    }

    /// Nothing once it came to its end; one that was taken back is shown for as long as it would have stood.
    fn of_endorsement(endorsement: &Endorsement, last: Option<&RecordedStep>, today: NaiveDate) -> Option<Self> {
        let (level, ends) = (level_name(endorsement.level), say_day(endorsement.ends_on));
        let on = last.map(|step| say_day(day_of(step.taken_at))).unwrap_or_default();
        let text = match endorsement.state() {
            EndorsementState::InForce => {
                format!("Endorsed at the level {level}, number {}, until {ends}", endorsement.number)
            }
            EndorsementState::Suspended => format!(
                "Their endorsement at the level {level} is suspended since {on}, while the Violence Reduction \
                 Partnership looks into something. It does not stand at present, and may stand again"
            ),
            EndorsementState::Revoked if endorsement.ends_on >= today => format!(
                "The Violence Reduction Partnership took their endorsement at the level {level} back on {on}. It does \
                 not stand any more"
            ),
            EndorsementState::Revoked | EndorsementState::Lapsed | EndorsementState::Replaced => return None,
        };
        let (stands, verify) = (endorsement.is_in_force(), format!("/verify/{}", endorsement.code));
        Some(Self { text, stands, verify, read: None })
    }
}

impl Page for EntryPage {
    const TEMPLATE: &'static str = "directory/entry";
    fn title(&self) -> String {
        self.name.clone()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Find provision", "/directory"))
    }
}

fn ages_of(organisation: &Organisation) -> Option<String> {
    Some(format!("{} to {}", organisation.min_age?, organisation.max_age?))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(TEASER) {
        None => text.to_owned(),
        Some((end, _)) => {
            let cut = text[..end].rfind(char::is_whitespace).unwrap_or(end);
            format!("{}…", text[..cut].trim_end())
        }
    }
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    let districts =
        [District { code: "E06000018".into(), name: "Nottingham".into(), county: "Nottingham City".into() }];
    let nothing = Directory { entries: Vec::new(), found: 0, page: 0 };
    let query = DirectoryQuery { q: "boxing".into(), ..DirectoryQuery::default() };
    let mut list = DirectoryPage::new(&nothing, &DirectoryQuery::default(), &districts, &[]);
    list.entries = vec![EntryRow {
        name: "The Hub".into(),
        address: "/directory/the-hub".into(),
        teaser: "We open the hall on Tuesdays.".into(),
        where_and_who: "Nottingham · ages 8 to 16".into(),
        pledged: true,
        endorsed: Some("Endorsed: Established".into()),
    }];
    let standing = |read: Option<String>| {
        let (text, verify) = ("How it stands".into(), "/verify/PL-7K3M9QXZ".into());
        Standing { text, stands: read.is_some(), verify, read }
    };
    let entry = EntryPage {
        name: "The Hub".into(),
        description: "We open the hall on Tuesdays.".into(),
        facts: vec![Fact { name: "Ages", text: "8 to 16".into() }],
        contact: Contact {
            website: Some("https://thehub.example/".into()),
            email: Some("hello@thehub.example".into()),
            phone: Some("0115 496 0123".into()),
        },
        halted: None,
        pledge: Some(standing(Some("/pledges/PL-7K3M9QXZ".into()))),
        endorsement: Some(standing(None)),
        take_over: "/take-over/the-hub".into(),
    };
    let halted = |closed| Some(Halted { closed, since: "3 November 2026".into() });
    let bare = || EntryPage {
        name: "The Hub".into(),
        description: String::new(),
        facts: Vec::new(),
        contact: Contact::default(),
        pledge: None,
        endorsement: None,
        halted: None,
        take_over: "/take-over/the-hub".into(),
    };
    vec![
        sample(&list),
        sample(&DirectoryPage::new(&nothing, &query, &districts, &[])),
        sample(&DirectoryPage::new(&nothing, &DirectoryQuery::default(), &districts, &[])),
        sample(&entry),
        sample(&EntryPage { halted: halted(true), ..bare() }),
        sample(&EntryPage { halted: halted(false), ..bare() }),
        sample(&bare()),
    ]
}
