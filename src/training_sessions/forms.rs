//! What a provider types to plan a session, a page at a time: what and when, where, how many.

use chrono::{NaiveDate, NaiveTime};

use super::session::{HeldFor, Plan, SessionSubject, Setting};
use super::young_trainers::hides_surnames;
use crate::clock::instant_of;
use crate::ids::{DistrictCode, ModuleId};
use crate::organisations::Postcode;
use crate::web::{Ask, Form, Sent};
use crate::words::{Flaw, Line, Passage};

/// The word for the Charter among the modules.
pub(super) const CHARTER: &str = "charter";
pub(super) const SKIPPED_HOUR: &str = "The clocks go forward that night: there is no such time. Enter another";
pub(super) const PAST: &str = "The session must be in the future";
const SURNAMES: &str = "Enter only first names and the first letter of surnames, like Amara J and Tyrell B";
pub(super) const WHAT_MISSING: &str = "Select what the session is about";

/// What it is about, and when.
pub struct WhatForm {
    /// `None` is the Charter.
    pub module: Option<ModuleId>,
    pub title: Option<Line<120>>,
    pub about: Passage<3000>,
    pub trainers: Line<200>,
    /// Who answers for young trainers; always, where it is the Charter.
    pub adult_contact: Option<String>,
    pub day: NaiveDate,
    pub starts: NaiveTime,
    pub ends: NaiveTime,
}

impl WhatForm {
    pub const FIELDS: &[&str] = &[
        "module",
        "title",
        "about",
        "trainers",
        "adult_contact",
        "day",
        "day-day",
        "day-month",
        "day-year",
        "starts",
        "ends",
    ];

    /// Puts it into a plan; `None` for an hour that the clocks skip.
    pub fn put_into(&self, plan: &mut Plan, module_title: Option<&str>) -> Option<()> {
        plan.subject = if self.module.is_some() { SessionSubject::Module } else { SessionSubject::Charter };
        plan.module_id = self.module.clone();
        let usual = || module_title.unwrap_or("Youth Charter training").to_owned();
        plan.title = self.title.clone().map_or_else(usual, Line::into_string);
        plan.about = self.about.as_str().to_owned();
        plan.trainers = self.trainers.as_str().to_owned();
        plan.starts_at = instant_of(self.day, self.starts)?;
        plan.ends_at = instant_of(self.day, self.ends)?;
        Some(())
    }
}

impl Form for WhatForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let module = sent.choice("module", WHAT_MISSING, |word| match word {
            "" => None,
            CHARTER => Some(None),
            id => Some(Some(ModuleId::from(id))),
        });
        let title = sent.read_optional(Ask::new("title", "The title", ""), "", Line::parse);
        let about = sent.passage(Ask::new("about", "What people will do", "Say what people will do there"));
        let trainers = sent.line(Ask::new("trainers", "Who leads it", "Enter who leads it"));
        let adult = sent.read_optional(Ask::new("adult_contact", "The adult", ""), "", Line::<200>::parse);
        if let (Some(None), Some(trainers)) = (&module, &trainers)
            && !hides_surnames(trainers.as_str())
        {
            sent.refuse::<()>("trainers", SURNAMES);
        }
        if matches!((&module, &adult), (Some(None), Some(None))) {
            sent.refuse::<()>("adult_contact", "Enter an adult we can reach about the young trainers");
        }
        let day = sent.day(Ask::new("day", "The date", "Enter the date of the session"));
        let starts = read_time(sent, "starts", "When it starts", "Enter when it starts, like 10am or 13:30");
        let ends = read_time(sent, "ends", "When it ends", "Enter when it ends, like 4pm or 16:00");
        if let (Some(starts), Some(ends)) = (starts, ends)
            && ends <= starts
        {
            sent.refuse::<()>("ends", "The session must end after it starts");
        }
        Some(Self {
            module: module?,
            title: title?,
            about: about?,
            trainers: trainers?,
            adult_contact: adult?.map(Line::into_string),
            day: day?,
            starts: starts?,
            ends: ends?,
        })
    }
}

/// Where it is.
pub struct WhereForm {
    pub setting: Setting,
    pub place: String,
    pub postcode: Option<Postcode>,
    pub district: Option<DistrictCode>,
    pub online_link: Option<String>,
    pub access: String,
}

impl WhereForm {
    pub const FIELDS: &[&str] = &["setting", "place", "postcode", "district", "online_link", "access"];

    pub fn put_into(&self, plan: &mut Plan) {
        plan.setting = self.setting;
        plan.place = self.place.clone();
        plan.postcode = self.postcode.clone().map(Postcode::into_string);
        plan.district_code = self.district.clone();
        plan.online_link = self.online_link.clone();
        plan.access = self.access.clone();
    }
}

impl Form for WhereForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let setting = sent.choice("setting", "Select whether it is at a place or online", Setting::parse);
        let place = sent.read_optional(Ask::new("place", "The place", ""), "", Line::<200>::parse);
        let postcode = sent.read_optional(
            Ask::new("postcode", "The postcode", ""),
            "Enter a full UK postcode, like NG1 4FQ",
            Postcode::parse,
        );
        let district = Some(sent.typed("district")).filter(|code| !code.is_empty()).map(|code| code.as_str().into());
        let link = sent.read_optional(Ask::new("online_link", "The link", ""), LINK_WRONG, parse_link);
        let access = sent.read_optional(Ask::new("access", "Access", ""), "", Passage::<1000>::parse);
        match (setting, &place, &link) {
            (Some(Setting::Place), Some(None), _) => {
                sent.refuse::<()>("place", "Enter the name of the building and its street");
            }
            (Some(Setting::Online), _, Some(None)) => {
                sent.refuse::<()>("online_link", "Enter the link that people join with");
            }
            _ => {}
        }
        Some(Self {
            setting: setting?,
            place: place?.map(Line::into_string).unwrap_or_default(),
            postcode: postcode?,
            district,
            online_link: link?,
            access: access?.map(Passage::into_string).unwrap_or_default(),
        })
    }
}

const LINK_WRONG: &str = "Enter a link that begins with https://";

fn parse_link(typed: &str) -> Result<String, Flaw> {
    let line = Line::<500>::parse(typed)?.into_string();
    let is_link = url::Url::parse(&line).is_ok_and(|url| url.scheme() == "https" && url.has_host());
    if is_link && !line.contains(char::is_whitespace) { Ok(line) } else { Err(Flaw::Malformed) }
}

/// How many places there are, for how much, and for whom some are held.
pub struct PlacesForm {
    pub capacity: i32,
    pub price_pence: i32,
    pub bursary: String,
    pub held_for: HeldFor,
    pub held: i32,
    pub district: Option<DistrictCode>,
    pub held_until: Option<NaiveDate>,
}

impl PlacesForm {
    pub const FIELDS: &[&str] = &[
        "capacity",
        "price",
        "bursary",
        "held_for",
        "held",
        "held_district",
        "held_until",
        "held_until-day",
        "held_until-month",
        "held_until-year",
    ];

    pub fn put_into(&self, plan: &mut Plan) {
        plan.capacity = self.capacity;
        plan.price_pence = self.price_pence;
        plan.bursary = self.bursary.clone();
        plan.held_for = self.held_for;
        plan.held = self.held;
        plan.held_district = self.district.clone();
        plan.held_until = self.held_until.and_then(|day| instant_of(day, NaiveTime::MIN));
    }
}

impl Form for PlacesForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let capacity = sent.read(
            Ask::new("capacity", "The number of places", "Enter how many places there are"),
            "The number of places must be a number from 1 to 500",
            |typed| parse_number(typed, 1..=500),
        );
        let price = sent.read_optional(
            Ask::new("price", "The price", ""),
            "The price must be an amount in pounds, like 25 or 12.50",
            parse_pounds,
        );
        let bursary = sent.read_optional(Ask::new("bursary", "Help with the cost", ""), "", Passage::<1000>::parse);
        let held_for = sent.choice("held_for", "Select whether to hold places", HeldFor::parse);
        let held = sent.read_optional(
            Ask::new("held", "The number of held places", ""),
            "The number of held places must be a number from 1 to 500",
            |typed| parse_number(typed, 1..=500),
        );
        let district = Some(sent.typed("held_district")).filter(|code| !code.is_empty());
        let until = sent.day_if_any(Ask::new("held_until", "The day", "Enter the day"));
        let holds = held_for.is_some_and(|whom| whom != HeldFor::Nobody);
        if holds && held == Some(None) {
            sent.refuse::<()>("held", "Enter how many places to hold");
        }
        if holds && until == Some(None) {
            sent.refuse::<()>("held_until", "Enter the day on which held places become free for everyone");
        }
        if held_for == Some(HeldFor::District) && district.is_none() {
            sent.refuse::<()>("held_district", "Select the district");
        }
        if let (true, Some(Some(held)), Some(capacity)) = (holds, held, capacity)
            && held > capacity
        {
            sent.refuse::<()>("held", "You cannot hold more places than there are");
        }
        let held = if holds { held?.unwrap_or_default() } else { 0 };
        Some(Self {
            capacity: capacity?,
            price_pence: price?.unwrap_or_default(),
            bursary: bursary?.map(Passage::into_string).unwrap_or_default(),
            held_for: held_for?,
            held,
            district: district.filter(|_| held_for == Some(HeldFor::District)).map(|code| code.as_str().into()),
            held_until: until?.filter(|_| holds),
        })
    }
}

/// Why a session is called off.
pub struct CancelForm {
    pub reason: Line<300>,
}

impl CancelForm {
    pub const FIELDS: &[&str] = &["reason"];
}

impl Form for CancelForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let reason = sent.line(Ask::new("reason", "The reason", "Enter the reason, which everyone booked will read"));
        Some(Self { reason: reason? })
    }
}

fn read_time(sent: &mut Sent, name: &str, called: &str, missing: &str) -> Option<NaiveTime> {
    let malformed = format!("{called} must be a time of day, like 10am or 13:30");
    sent.read(Ask::new(name, called, missing), &malformed, parse_time)
}

/// `10am`, `2.30 pm`, `14:00`.
fn parse_time(typed: &str) -> Result<NaiveTime, Flaw> {
    let text: String = typed.to_lowercase().replace('.', ":").split_whitespace().collect();
    if text.is_empty() {
        return Err(Flaw::Missing);
    }
    let (clock, afternoon) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(clock), _) => (clock, Some(false)),
        (_, Some(clock)) => (clock, Some(true)),
        _ => (text.as_str(), None),
    };
    let (hour, minute) = clock.split_once(':').unwrap_or((clock, if afternoon.is_some() { "0" } else { "" }));
    let (hour, minute): (u32, u32) =
        (hour.parse().map_err(|_| Flaw::Malformed)?, minute.parse().map_err(|_| Flaw::Malformed)?);
    let hour = match (afternoon, hour) {
        (None, hour) => hour,
        (Some(afternoon), 1..=12) => hour % 12 + if afternoon { 12 } else { 0 },
        _ => return Err(Flaw::Malformed),
    };
    NaiveTime::from_hms_opt(hour, minute, 0).ok_or(Flaw::Malformed)
}

fn parse_number(typed: &str, range: std::ops::RangeInclusive<i32>) -> Result<i32, Flaw> {
    let text = typed.trim();
    if text.is_empty() {
        return Err(Flaw::Missing);
    }
    text.parse().ok().filter(|number| range.contains(number)).ok_or(Flaw::Malformed)
}

/// In pence, to £1,000.
fn parse_pounds(typed: &str) -> Result<i32, Flaw> {
    let text = typed.trim().trim_start_matches('£').trim();
    let (pounds, pence) = text.split_once('.').unwrap_or((text, "00"));
    let pence = match pence.len() {
        1 => format!("{pence}0"),
        2 => pence.to_owned(),
        _ => return Err(Flaw::Malformed),
    };
    let is_number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if !is_number(pounds) || !is_number(&pence) {
        return Err(Flaw::Malformed);
    }
    let total = format!("{pounds}{pence}").parse::<i32>().map_err(|_| Flaw::Malformed)?;
    if total <= 100_000 { Ok(total) } else { Err(Flaw::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_read_as_people_write_it() {
        for (typed, read) in [
            ("10am", Some("10:00:00")),
            ("2.30 pm", Some("14:30:00")),
            ("12 noon", None),
            ("12pm", Some("12:00:00")),
            ("12am", Some("00:00:00")),
            ("14:00", Some("14:00:00")),
            ("9:05", Some("09:05:00")),
            ("13pm", None),
            ("0am", None),
            ("10", None),
            ("24:00", None),
            ("", None),
        ] {
            assert_eq!(parse_time(typed).ok().map(|time| time.to_string()).as_deref(), read, "{typed}");
        }
    }

    #[test]
    fn a_price_is_read_in_pounds() {
        for (typed, pence) in
            [("25", Some(2500)), ("£12.50", Some(1250)), ("12.5", Some(1250)), ("0", Some(0)), ("1000", Some(100_000))]
        {
            assert_eq!(parse_pounds(typed).ok(), pence, "{typed}");
        }
        for wrong in ["-5", "1001", "1,50", "free", "12.505", ".50", "99999999999"] {
            assert!(parse_pounds(wrong).is_err(), "{wrong}");
        }
    }
}
