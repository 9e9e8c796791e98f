//! An organisation's training plan, with the way to sessions.

use std::collections::HashMap;

use serde::Serialize;

use super::module::Module;
use super::plan::TrainingPlan;
use crate::clock::{day_of, say_day};
use crate::ids::ModuleId;
use crate::organisations::Organisation;
use crate::web::{Link, Page, Sample, count, sample};

pub(super) const SETTLED_AS_DONE: &str = "Marked as done";
pub(super) const SETTLED_AS_DROPPED: &str = "Taken off the plan";

/// What an organisation plans.
#[derive(Serialize)]
pub struct PlanPage {
    organisation: String,
    slug: String,
    rows: Vec<PlanRow>,
    is_lead: bool,
}

#[derive(Serialize)]
struct PlanRow {
    title: String,
    summary: String,
    reason: String,
    planned_on: String,
    /// Sessions with free places, if there are any.
    sessions: Option<String>,
    book: String,
    settle: String,
}

impl PlanPage {
    /// `free`: sessions ahead with a place, by module.
    pub fn new(
        organisation: &Organisation,
        plans: &[TrainingPlan],
        modules: &[Module],
        free: &HashMap<ModuleId, i64>,
        is_lead: bool,
    ) -> Self {
        let slug = &organisation.slug;
        let row = |plan: &TrainingPlan| {
            let module = modules.iter().find(|module| module.id == plan.module_id);
            let sessions = free.get(&plan.module_id).and_then(|n| usize::try_from(*n).ok()).filter(|n| *n > 0);
            PlanRow {
                title: module.map_or_else(|| plan.module_id.to_string(), |module| module.title.clone()),
                summary: module.map(|module| module.summary.clone()).unwrap_or_default(),
                reason: plan.reason.clone(),
                planned_on: say_day(day_of(plan.planned_at)),
                sessions: sessions.map(|n| count(n, "session has a free place", "sessions have free places")),
                book: format!("/organisations/{slug}/training/sessions?module={}", plan.module_id),
                settle: format!("/organisations/{slug}/training/plan/{}", plan.id),
            }
        };
        Self {
            organisation: organisation.name.clone(),
            slug: slug.clone(),
            rows: plans.iter().map(row).collect(),
            is_lead,
        }
    }
}

impl Page for PlanPage {
    const TEMPLATE: &'static str = "training/plan";
    fn title(&self) -> String {
        "Your training plan".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Training", format!("/organisations/{}/training", self.slug)))
    }
}

/// With something planned, for a lead and for others, and without.
pub(super) fn samples() -> Vec<Sample> {
    let row = |sessions: Option<&str>| PlanRow {
        title: "Exploitation awareness".into(),
        summary: "You will be able to recognise signs of exploitation.".into(),
        reason: "Skills audit 2026/27: at least 6 people want it".into(),
        planned_on: "27 November 2026".into(),
        sessions: sessions.map(str::to_owned),
        book: "/organisations/the-hub/training/sessions?module=exploitation-awareness".into(),
        settle: "/organisations/the-hub/training/plan/1".into(),
    };
    let page = |rows, is_lead| PlanPage { organisation: "The Hub".into(), slug: "the-hub".into(), rows, is_lead };
    vec![
        sample(&page(vec![row(Some("2 sessions have free places")), row(None)], true)),
        sample(&page(vec![row(None)], false)),
        sample(&page(Vec::new(), true)),
    ]
}
