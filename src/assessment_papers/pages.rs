//! The page of papers: each self-assessment of an organisation, with the four ways to take it along.

use diesel::prelude::*;
use serde::Serialize;

use super::wording::say_dates;
use crate::clock::{day_of, say_day};
use crate::db::DbConnection;
use crate::db::schema::{assessments, framework_versions};
use crate::error::Result;
use crate::ids::OrganisationId;
use crate::organisations::Organisation;
use crate::quality::{Assessment, AssessmentState, state_tag};
use crate::web::{Link, Page, Sample, sample};

/// An assessment with the number of its framework.
pub struct Listed {
    assessment: Assessment,
    framework: i32,
}

impl Listed {
    /// All of an organisation's, the newest first.
    pub fn all_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Vec<Self>> {
        let rows: Vec<(Assessment, i32)> = assessments::table
            .inner_join(framework_versions::table)
            .filter(assessments::organisation_id.eq(organisation))
            .order((assessments::started_at.desc(), assessments::id.desc()))
            .select((Assessment::as_select(), framework_versions::number))
            .load(conn)?;
        Ok(rows.into_iter().map(|(assessment, framework)| Self { assessment, framework }).collect())
    }
}

#[derive(Serialize)]
pub struct PapersPage {
    organisation_name: String,
    quality: String,
    assessments: Vec<PapersOf>,
}

/// One assessment.
#[derive(Serialize)]
struct PapersOf {
    heading: String,
    tag: &'static str,
    colour: &'static str,
    detail: String,
    papers: Vec<PaperLink>,
}

/// A way to take it along. What tells it from the same of another assessment is read out and not shown.
#[derive(Serialize)]
struct PaperLink {
    text: &'static str,
    of: String,
    href: String,
    meant_for: &'static str,
}

/// How each is called, what it is for, and how its address ends.
const KINDS: [(&str, &str, &str); 4] = [
    ("PDF", "to read, print and send", "pdf"),
    ("Text document (ODT)", "to go on writing in, with Word, Pages or LibreOffice", "odt"),
    ("Spreadsheet (XLSX)", "to sort and to count", "xlsx"),
    ("Data (JSON)", "for programs", "json"),
];

impl PapersPage {
    pub fn new(organisation: &Organisation, all: &[Listed]) -> Self {
        let quality = format!("/organisations/{}/quality", organisation.slug);
        Self {
            organisation_name: organisation.name.clone(),
            assessments: all.iter().map(|listed| PapersOf::of(&quality, listed)).collect(),
            quality,
        }
    }
}

impl PapersOf {
    fn of(quality: &str, Listed { assessment, framework }: &Listed) -> Self {
        let begun = day_of(assessment.started_at);
        let dates = say_dates(assessment.submitted_at.map(day_of), assessment.decided_at.map(day_of));
        let (tag, colour) = state_tag(assessment.state(), assessment.sealed_copy().is_some());
        let paper = |(text, meant_for, ending): (&'static str, &'static str, &'static str)| PaperLink {
            text,
            of: format!("of the self-assessment begun on {}", say_day(begun)),
            href: format!("{quality}/papers/{}/self-assessment.{ending}", assessment.id),
            meant_for,
        };
        Self {
            heading: format!("Begun on {}", say_day(begun)),
            tag,
            colour,
            detail: format!("{dates}Version {framework} of the framework."),
            papers: KINDS.map(paper).into(),
        }
    }
}

impl Page for PapersPage {
    const TEMPLATE: &'static str = "assessment_papers/papers";
    fn title(&self) -> String {
        "Papers and earlier self-assessments".into()
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Quality self-assessment", &self.quality))
    }
}

pub(super) fn samples() -> Vec<Sample> {
    let one = |begun: &str, state| PapersOf {
        heading: format!("Begun on {begun}"),
        tag: state_tag(state, false).0,
        colour: state_tag(state, false).1,
        detail: "Submitted on 4 June 2026. Version 1 of the framework.".into(),
        papers: KINDS
            .map(|(text, meant_for, ending)| PaperLink {
                text,
                of: format!("of the self-assessment begun on {begun}"),
                href: format!("/organisations/the-hub/quality/papers/1/self-assessment.{ending}"),
                meant_for,
            })
            .into(),
    };
    let page = |assessments| PapersPage {
        organisation_name: "The Hub".into(),
        quality: "/organisations/the-hub/quality".into(),
        assessments,
    };
    let years = (2027 - AssessmentState::ALL.len()..2027).rev();
    let all = AssessmentState::ALL.iter().zip(years).map(|(state, year)| one(&format!("3 May {year}"), *state));
    vec![sample(&page(all.collect())), sample(&page(Vec::new()))]
}
