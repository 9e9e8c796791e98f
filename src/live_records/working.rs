//! From what is known to what may be proposed: pure functions, and the only place where it is decided whether a record
//! shows something, and until when it will.

use chrono::{Days, NaiveDate};

use super::rule::Rule;

/// Answers of young people speak for so long.
const YEAR: Days = Days::new(365);

/// What was found, in numbers and days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The last day of the pledge in force.
    Pledge {
        until: Option<NaiveDate>,
    },
    /// How many of those who need core training have all of it in date, and the day on which the first stops counting.
    CoreTraining {
        complete: usize,
        of: usize,
        next: Option<NaiveDate>,
    },
    SafeguardingLead(SafeguardingLead),
    Leads {
        leads: usize,
    },
    /// How many documents are kept, how many should have been looked at again, and the next day to look at one.
    Documents {
        kept: usize,
        overdue: usize,
        next: Option<NaiveDate>,
    },
    /// The last round of the skills audit that one of them finished.
    Audit {
        round: Option<String>,
        people: i64,
    },
    /// The day on which the last round of asking young people ended, and how many answered, rounded; `None` for too few.
    YoungPeople {
        ended_on: Option<NaiveDate>,
        people: Option<i64>,
        answered_on: Option<NaiveDate>,
    },
}

/// Whether whoever looks after safeguarding is trained for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SafeguardingLead {
    /// Nobody is named.
    Nobody,
    /// Whoever is named is not among its people, so nothing is known of their training.
    NotOfTheirs,
    /// They have no training in safeguarding, or none that counts.
    Untrained,
    /// It counts, until this day where it ends.
    Trained { until: Option<NaiveDate> },
}

/// What is proposed, with how it was worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    pub rule: Rule,
    pub finding: Finding,
    pub is_met: bool,
    /// The last day on which it is met as things stand; `None` while no day ends it, and when it is not met.
    pub until: Option<NaiveDate>,
}

impl Working {
    pub fn of(rule: Rule, finding: Finding, today: NaiveDate) -> Self {
        let (is_met, until) = finding.judged(rule, today);
        Self { rule, finding, is_met, until: until.filter(|_| is_met) }
    }
}

impl Finding {
    /// Is it met, and until when?
    fn judged(&self, rule: Rule, today: NaiveDate) -> (bool, Option<NaiveDate>) {
        match self {
            Self::Pledge { until } => (until.is_some_and(|until| today <= until), *until),
            Self::CoreTraining { complete, of, next } => (*of > 0 && complete == of, *next),
            Self::SafeguardingLead(SafeguardingLead::Trained { until }) => {
                (until.is_none_or(|until| today <= until), *until)
            }
            Self::SafeguardingLead(_) => (false, None),
            Self::Leads { leads } => (*leads >= 2, None),
            Self::Documents { kept, overdue, next } => (*kept > 0 && *overdue == 0, *next),
            Self::Audit { round, people } => (round.is_some() && *people > 0, None),
            Self::YoungPeople { ended_on, people, answered_on } => {
                let day = if rule == Rule::YoungPeopleAnswered { answered_on } else { ended_on };
                let until = day.and_then(|day| day.checked_add_days(YEAR));
                let heard = rule == Rule::YoungPeopleAnswered || people.is_some();
                (heard && until.is_some_and(|until| today <= until), until)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a test writes days correctly")
    }

    #[test]
    fn a_record_shows_something_up_to_its_last_day_and_not_after() {
        let today = day("2026-11-27");
        let judged = |rule, finding| {
            let working = Working::of(rule, finding, today);
            (working.is_met, working.until)
        };
        let pledge = |until: &str| judged(Rule::PledgeInForce, Finding::Pledge { until: Some(day(until)) });
        assert_eq!(pledge("2026-11-27"), (true, Some(today)));
        assert_eq!(pledge("2026-11-26"), (false, None));
        assert_eq!(judged(Rule::PledgeInForce, Finding::Pledge { until: None }), (false, None));
        let core = |complete, of| judged(Rule::CoreTraining, Finding::CoreTraining { complete, of, next: Some(today) });
        assert_eq!((core(5, 6), core(6, 6), core(0, 0)), ((false, None), (true, Some(today)), (false, None)));
        let lead = |lead| judged(Rule::SafeguardingLeadTrained, Finding::SafeguardingLead(lead));
        assert_eq!(lead(SafeguardingLead::Trained { until: None }), (true, None));
        assert_eq!(lead(SafeguardingLead::Untrained), (false, None));
        assert!(!judged(Rule::TwoLeads, Finding::Leads { leads: 1 }).0);
        assert!(judged(Rule::TwoLeads, Finding::Leads { leads: 2 }).0);
        let documents =
            |kept, overdue| judged(Rule::DocumentsInDate, Finding::Documents { kept, overdue, next: None }).0;
        assert_eq!((documents(0, 0), documents(3, 0), documents(3, 1)), (false, true, false));
        let asked = |rule, people, answered: Option<&str>| {
            let answered_on = answered.map(day);
            judged(rule, Finding::YoungPeople { ended_on: Some(day("2025-11-28")), people, answered_on })
        };
        assert_eq!(asked(Rule::YoungPeopleAsked, Some(20), None), (true, Some(day("2026-11-28"))));
        assert_eq!(asked(Rule::YoungPeopleAsked, None, None), (false, None));
        assert_eq!(asked(Rule::YoungPeopleAnswered, None, Some("2025-12-01")), (true, Some(day("2026-12-01"))));
        assert_eq!(asked(Rule::YoungPeopleAnswered, Some(20), None), (false, None));
    }
}
