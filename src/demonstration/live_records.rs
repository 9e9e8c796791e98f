//! What the portal knows, as evidence, in the demonstration: mostly accepted where it is met, once declined, and once met then
//! and out of date now.

use super::cast::Body;
use super::stage::Stage;
use crate::audit::Actor;
use crate::error::Result;
use crate::live_records::{
    Facts, Finding, NewVerdict, Rule, Verdict, Working, judge_record, rules_of, say_working, watch_records,
};
use crate::quality::Assessment;

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
    let (at, lead) = (stage.days_ago(2), body.lead()?.clone());
    let organisation = body.organisation.clone();
    stage.play_as(&lead, at, |act| {
        let Some(assessment) = Assessment::latest_of(act.conn, organisation.id)? else { return Ok(()) };
        let today = act.today();
        let mut facts = Facts::of(&organisation, today);
        for (indicator, rule) in rules_of(act.conn)? {
            let mut working = facts.working(act.conn, rule)?;
            let verdict = match (rule, working.is_met) {
                (Rule::TwoLeads, true) if organisation.name == DECLINES => Verdict::Declined,
                (_, true) => Verdict::Accepted,
                // They had asked young people the year before.
                (Rule::YoungPeopleAsked, false) => {
                    let ended_on = Some(today - chrono::Days::new(360));
                    let finding = Finding::YoungPeople { ended_on, people: Some(15), answered_on: None };
                    working = Working::of(rule, finding, today);
                    Verdict::Accepted
                }
                _ => continue,
            };
            let reason = if verdict == Verdict::Declined { WHY_NOT.to_owned() } else { String::new() };
            let new = NewVerdict { verdict, shown: say_working(&working), reason };
            judge_record(act, (assessment.id, &indicator, organisation.id), lead.id, &working, new)?;
        }
        Ok(())
    })
}
