//! What the records say, in words.

use serde::Serialize;

use super::rule::Rule;
use super::verdict::{RecordVerdict, Verdict};
use super::working::{Finding, SafeguardingLead, Working};
use crate::clock::say_day;
use crate::web::count;

/// A record beside a question.
#[derive(Debug, Clone, Serialize)]
pub struct RecordView {
    pub words: String,
    pub is_met: bool,
    until: Option<String>,
    /// It was accepted, and showed more then.
    has_lapsed: bool,
    accepted: bool,
    declined: bool,
    /// Is there anything to take as evidence, or to take back?
    may_be_judged: bool,
    /// What stood there when it was judged, where that is something else than now.
    then: Option<String>,
    reason: String,
}

impl RecordView {
    pub fn new(working: &Working, verdict: Option<&RecordVerdict>) -> Self {
        let words = say_working(working);
        let accepted = verdict.is_some_and(|verdict| verdict.verdict == Verdict::Accepted);
        Self {
            is_met: working.is_met,
            until: working.until.map(say_day),
            has_lapsed: accepted && !working.is_met,
            accepted,
            may_be_judged: working.is_met || accepted,
            declined: verdict.is_some_and(|verdict| verdict.verdict == Verdict::Declined),
            then: verdict.map(|verdict| verdict.shown.clone()).filter(|then| *then != words),
            reason: verdict.map(|verdict| verdict.reason.clone()).unwrap_or_default(),
            words,
        }
    }

    /// For samples of the pages that show it.
    pub fn samples() -> Vec<Self> {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 3);
        let met = Working {
            rule: Rule::CoreTraining,
            finding: Finding::CoreTraining { complete: 6, of: 6, next: day },
            is_met: true,
            until: day,
        };
        let view = |is_met, accepted, declined| Self {
            is_met,
            has_lapsed: accepted && !is_met,
            accepted,
            declined,
            may_be_judged: is_met || accepted,
            then: accepted.then(|| "6 of 6 people have all core training in date.".into()),
            reason: if declined { "Two of them are on leave.".into() } else { String::new() },
            ..Self::new(&met, None)
        };
        vec![view(true, false, false), view(false, false, false), view(false, true, false), view(true, false, true)]
    }
}

/// `5 of 6 people have all core training in date. The next ends on 3 November 2026.`
pub fn say_working(working: &Working) -> String {
    match &working.finding {
        Finding::Pledge { until: Some(until) } => format!("Your pledge is in force until {}.", say_day(*until)),
        Finding::Pledge { until: None } => "You have no pledge in force.".into(),
        Finding::CoreTraining { of: 0, .. } => "Nobody on your list needs core training.".into(),
        Finding::CoreTraining { complete, of, next } => {
            let next = next.map(|day| format!(" The next ends on {}.", say_day(day))).unwrap_or_default();
            format!("{complete} of {} have all core training in date.{next}", count(*of, "person", "people"))
        }
        Finding::SafeguardingLead(lead) => say_safeguarding_lead(lead),
        Finding::Leads { leads } => format!("You have {}.", count(*leads, "lead", "leads")),
        Finding::Documents { kept: 0, .. } => "You keep no documents here.".into(),
        Finding::Documents { kept, overdue, next } => {
            let kept = count(*kept, "document", "documents");
            match (overdue, next) {
                (0, Some(day)) => format!("You keep {kept}. The next is to be looked at by {}.", say_day(*day)),
                (0, None) => format!("You keep {kept}, and none is overdue."),
                (overdue, _) => format!("You keep {kept}; {overdue} should have been looked at again by now."),
            }
        }
        Finding::Audit { round: Some(round), people } => {
            let people = count(usize::try_from(*people).unwrap_or_default(), "person has", "people have");
            format!("{people} finished “{round}”.")
        }
        Finding::Audit { round: None, .. } => "Nobody of yours has finished a skills audit yet.".into(),
        Finding::YoungPeople { ended_on, people, answered_on } => {
            say_young_people(working.rule, *ended_on, *people, *answered_on)
        }
    }
}

fn say_safeguarding_lead(lead: &SafeguardingLead) -> String {
    match lead {
        SafeguardingLead::Nobody => "You have not said who your safeguarding lead is.".into(),
        SafeguardingLead::NotOfTheirs => {
            "Your safeguarding lead is not on your list of people, so we know nothing of their training.".into()
        }
        SafeguardingLead::Untrained => "Your safeguarding lead has no safeguarding training in date here.".into(),
        SafeguardingLead::Trained { until: Some(until) } => {
            format!("Your safeguarding lead has safeguarding training in date until {}.", say_day(*until))
        }
        SafeguardingLead::Trained { until: None } => "Your safeguarding lead has safeguarding training.".into(),
    }
}

fn say_young_people(
    rule: Rule,
    ended_on: Option<chrono::NaiveDate>,
    people: Option<i64>,
    answered_on: Option<chrono::NaiveDate>,
) -> String {
    match (rule, ended_on, answered_on) {
        (Rule::YoungPeopleAnswered, _, Some(day)) => {
            format!("You last told young people what you did about their answers on {}.", say_day(day))
        }
        (Rule::YoungPeopleAnswered, ..) => "You have not published a reply to young people here yet.".into(),
        (_, None, _) => "You have not asked young people here yet.".into(),
        (_, Some(day), _) => match people {
            Some(people) => {
                format!("About {people} young people answered when you last asked, up to {}.", say_day(day))
            }
            None => format!("Fewer than 5 young people answered when you last asked, up to {}.", say_day(day)),
        },
    }
}
