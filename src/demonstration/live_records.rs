//! What the portal knows, as evidence, in the demonstration: accepted where it was met while the answers were written, once
//! declined, and here and there out of date by now.

use chrono::{Days, Duration, NaiveDate};

use super::cast::Body;
use super::stage::Stage;
use crate::audit::Actor;
use crate::error::Result;
use crate::live_records::{
    Facts, Finding, NewVerdict, Rule, Verdict, Working, judge_record, rules_of, say_working, watch_records,
};
use crate::quality::Assessment;

const ASKED_LONG_AGO: &str = "Clifton Wheels Project";
const DECLINES: &str = "Radford Road Youth Collective";
const WHY_NOT: &str = "Our committee meets in person, and its minutes say more than this.";

pub fn play_records(stage: &mut Stage<'_>, bodies: &[&Body]) -> Result<()> {
    for body in bodies {
        play_verdicts(stage, body)?;
    }
    let now = stage.moments_ago();
    stage.play(&Actor::portal(), now, |act| {
        while watch_records(act)? > 0 {}
        Ok(())
    })
}

fn play_verdicts(stage: &mut Stage<'_>, body: &Body) -> Result<()> {
    let (now, organisation) = (stage.moments_ago(), body.organisation.clone());
    let found = stage.play(&Actor::portal(), now, |act| Assessment::latest_of(act.conn, organisation.id))?;
    let Some(assessment) = found else { return Ok(()) };
    // While it was a draft, soon after it was begun.
    let (at, lead) = (assessment.started_at + Duration::hours(1), body.lead()?.clone());
    stage.play_as(&lead, at, |act| {
        let today = act.today();
        let mut facts = Facts::of(&organisation, today);
        for (indicator, rule) in rules_of(act.conn)? {
            let working = match rule {
                Rule::YoungPeopleAsked if organisation.name == ASKED_LONG_AGO => asked_long_ago(rule, today),
                _ => facts.working(act.conn, rule)?,
            };
            if !working.is_met {
                continue;
            }
            let declines = rule == Rule::TwoLeads && organisation.name == DECLINES;
            let (verdict, reason) = if declines { (Verdict::Declined, WHY_NOT) } else { (Verdict::Accepted, "") };
            let new = NewVerdict { verdict, shown: say_working(&working), reason: reason.to_owned() };
            judge_record(act, (assessment.id, &indicator, organisation.id), lead.id, &working, new)?;
        }
        Ok(())
    })
}

/// They had asked young people almost a year before.
fn asked_long_ago(rule: Rule, today: NaiveDate) -> Working {
    let ended_on = Some(today - Days::new(364));
    Working::of(rule, Finding::YoungPeople { ended_on, people: Some(15), answered_on: None }, today)
}
