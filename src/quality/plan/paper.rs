//! The plan to print, for the wall of the office and the next meeting.

use chrono::NaiveDateTime;

use super::action::PlannedAction;
use super::pages::{Plan, say_owner, say_state};
use crate::clock::{day_of, say_day};
use crate::drawing::{Column, Paper, Table};
use crate::framework::level_name;

/// The plan as of an instant.
pub(super) fn plan_paper(organisation: &str, plan: &Plan, now: NaiveDateTime) -> Paper {
    let (today, made_on) = (day_of(now), say_day(day_of(now)));
    let title = format!("Action plan of {organisation}");
    let mut paper = Paper::new(&title, organisation, now).with_foot(format!("{title}, {made_on}"));
    paper = paper.paragraph(format!("As it stood on {made_on}."));
    if plan.open().next().is_none() {
        paper = paper.paragraph("Nothing is planned at the moment.");
    }
    for entry in plan.open() {
        let (action, owner) = entry;
        let (state, _) = say_state(action, today);
        let mut facts = vec![
            ("First step".to_owned(), action.first_step.clone()),
            ("By".to_owned(), format!("{} ({})", say_day(action.due_on), state.to_lowercase())),
            ("Who".to_owned(), say_owner(owner.as_ref())),
            ("Works towards".to_owned(), level_name(action.aim).to_owned()),
        ];
        let more = [("Who helps", &action.helper), ("Young people", &action.young_people)];
        facts.extend(
            more.into_iter().filter(|(_, said)| !said.is_empty()).map(|(k, said)| (k.to_owned(), said.clone())),
        );
        paper = paper.subsection(plan.question(action)).facts(facts);
    }
    match closed_table(plan) {
        Some(table) => paper.section("What is over").table(table),
        None => paper,
    }
}

fn closed_table(plan: &Plan) -> Option<Table> {
    let row = |(action, _): &(PlannedAction, Option<String>)| {
        let (state, _) = say_state(action, action.due_on);
        let on = action.closed_at.map(|at| say_day(day_of(at))).unwrap_or_default();
        vec![plan.question(action).to_owned(), format!("{state}, {on}"), action.outcome.clone()]
    };
    let rows: Vec<_> = plan.closed().map(row).collect();
    let columns = vec![Column::new("Question", 4.0), Column::new("When", 2.0), Column::new("How it went", 4.0)];
    (!rows.is_empty()).then(|| Table { caption: "Steps that are over".to_owned(), columns, rows })
}
