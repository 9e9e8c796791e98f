//! The words of the papers for where things are.

use chrono::NaiveDate;

use super::told::{Exclusion, IndicatorTold, RecordTold, SaidBy, StandingTold, StateTold};
use crate::clock::say_day;
use crate::live_records::Verdict;
use crate::quality::{judgement_name, level_name};

/// `Submitted on 4 June 2026, decided on 5 July 2026. `; nothing before that.
pub(super) fn say_dates(submitted: Option<NaiveDate>, decided: Option<NaiveDate>) -> String {
    let submitted = submitted.map(|day| format!("Submitted on {}", say_day(day)));
    let decided = decided.map(|day| format!(", decided on {}", say_day(day))).unwrap_or_default();
    submitted.map(|submitted| format!("{submitted}{decided}. ")).unwrap_or_default()
}

pub(super) fn say_level(state: &StateTold) -> String {
    state.level_supported.map_or("No level yet", level_name).to_owned()
}

/// What stands where a judgement would.
pub(super) fn say_judgement(one: &IndicatorTold) -> String {
    let judged = one.judgement.map(judgement_name);
    match (one.standing, judged) {
        (StandingTold::ToLookAtAgain, Some(judged)) => {
            format!("{judged} (from the last self-assessment, to be looked at again)")
        }
        (StandingTold::AskedAnew, Some(judged)) => {
            format!("{judged} (the question asks for something else now, to be looked at again)")
        }
        (_, Some(judged)) => judged.to_owned(),
        (StandingTold::PresumedNotApplicable, None) => "Does not apply".to_owned(),
        (_, None) => "Not answered yet".to_owned(),
    }
}

/// Why it does not apply.
pub(super) fn say_why_not(exclusion: &Exclusion) -> String {
    match (exclusion.said_by, exclusion.reason.as_str()) {
        (SaidBy::Organisation, "") => "The organisation says so; no reason is asked for here.".to_owned(),
        (_, reason) => reason.to_owned(),
    }
}

/// What someone made of a record, and how it stands.
pub(super) fn say_verdict(record: &RecordTold) -> String {
    let on = say_day(record.judged_on);
    match (record.verdict, record.is_met) {
        (Verdict::Declined, _) => format!("Not taken as evidence on {on}: {}", record.reason),
        (Verdict::Accepted, false) => format!("Taken as evidence on {on}. It is out of date now"),
        (Verdict::Accepted, true) => match record.met_until {
            Some(day) => format!("Taken as evidence on {on}. In date until {}", say_day(day)),
            None => format!("Taken as evidence on {on}. In date"),
        },
    }
}
