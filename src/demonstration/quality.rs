//! Self-assessments in the demonstration, answered a little, nearly, or wholly.

use chrono::{Days, Months};

use super::cast::Body;
use super::script::SCRIPT;
use super::stage::{Stage, keep_pdf};
use super::story::{QualityPart, Story};
use crate::accounts::Account;
use crate::documents::{NewDocument, add_document};
use crate::error::{Error, Result};
use crate::files::mark_refused;
use crate::ids::OrganisationId;
use crate::quality::{Assessment, Indicator, Judgement, Level, Said, Sheet, Weight, add_evidence, save_answer};

/// What the answers are meant to show.
#[derive(Clone, Copy)]
pub struct Aim {
    pub level: Level,
    /// A *must* is missing, so that no level is supported.
    pub falls_short: bool,
}

/// How long an organisation takes to answer, in days: it is done before it submits.
const ANSWERING_DAYS: i64 = 50;

/// Plays an assessment that is still a draft.
pub fn play_assessment(stage: &mut Stage<'_>, body: &Body, story: &Story) -> Result<()> {
    let QualityPart::Draft(hundredths) = story.quality else { return Ok(()) };
    let days = (story.days - 4).clamp(1, 60);
    let aim = Aim { level: Level::Established, falls_short: false };
    answer_some(stage, body, aim, days, hundredths)?;
    keep_doubtful_documents(stage, body.organisation.id, body.lead()?)
}

/// An assessment begun so many days ago with so many in a hundred indicators answered since.
pub fn answer_some(stage: &mut Stage<'_>, body: &Body, aim: Aim, days: i64, hundredths: usize) -> Result<Assessment> {
    let lead = body.lead()?;
    let at = stage.days_ago(days);
    let assessment = stage.play_as(lead, at, |act| Assessment::begin(act, body.organisation.id))?;
    let sheet = Sheet::of(stage.conn, &assessment)?;
    let gaps = sheet.gaps();
    let wanted = (gaps.len() * hundredths).div_ceil(100);
    let span = (days - 2).clamp(0, ANSWERING_DAYS);
    let missing_must = gaps.iter().position(|i| i.weight == Weight::Must).filter(|_| aim.falls_short);
    for (place, indicator) in gaps.into_iter().take(wanted).enumerate() {
        let (_, area) = sheet.framework.place_of(indicator)?;
        let judgement = match missing_must {
            Some(must) if place == must => Judgement::NotYet,
            _ => judgement_near(stage, aim.level),
        };
        let narrative = stage.one_of(narratives_of(area.id.as_str())?)?.clone();
        let said = Said { judgement, narrative, edition_seen: 0 };
        let at = stage.days_ago(days - span * (place as i64) / (wanted as i64) - 1);
        let by = if place % 3 == 2 { body.lead_other_than(lead).unwrap_or(lead) } else { lead };
        stage.play_as(by, at, |act| save_answer(act, &sheet, indicator, by.id, &said))?;
        if stage.number(0..4) == 0 {
            show_evidence(stage, &assessment, indicator, by, days - span - 1)?;
        }
    }
    Ok(assessment)
}

/// Adds a document to an indicator. Some are dated, and some are to be looked at again; a few are overdue.
fn show_evidence(
    stage: &mut Stage<'_>,
    assessment: &Assessment,
    indicator: &Indicator,
    by: &Account,
    days: i64,
) -> Result<()> {
    let title = indicator.ideas().next().unwrap_or("Notes of a team meeting").to_owned();
    let kept = keep_pdf(stage.files, &format!("{}.pdf", indicator.id), &["Evidence (invented)", &title])?;
    let at = stage.days_ago(days);
    let effective_on = at.date() - Days::new(stage.number(5..500) as u64);
    let review_by = (stage.number(0..3) == 0).then(|| effective_on + Months::new(12));
    let new = NewDocument { title, effective_on: Some(effective_on), review_by, address: None };
    stage.play_as(by, at, |act| {
        let document = add_document(act, assessment.organisation_id, by.id, new, kept)?;
        add_evidence(act, assessment, &indicator.id, by.id, &document)
    })
}

/// One document that still waits for the virus scanner, and one that it refused.
fn keep_doubtful_documents(stage: &mut Stage<'_>, organisation: OrganisationId, by: &Account) -> Result<()> {
    let waiting = stage.files.clone().with_scanner();
    for (title, finding) in [("Minutes of the autumn meeting", None), ("Old poster", Some("Win.Test.Example-1"))] {
        let kept = keep_pdf(&waiting, &format!("{}.pdf", title.to_lowercase()), &["Document (invented)", title])?;
        let at = stage.days_ago(0);
        let new = NewDocument { title: title.to_owned(), effective_on: None, review_by: None, address: None };
        stage.play_as(by, at, |act| {
            let document = add_document(act, organisation, by.id, new, kept)?;
            finding.map_or(Ok(()), |finding| mark_refused(act.conn, document.file_id, finding))
        })?;
    }
    Ok(())
}

/// The level aimed at, and now and then the next.
fn judgement_near(stage: &mut Stage<'_>, level: Level) -> Judgement {
    match (level, stage.number(0..4)) {
        (Level::Emerging, 1..) => Judgement::Emerging,
        (Level::Emerging, _) | (Level::Established, 1..) => Judgement::Established,
        _ => Judgement::Excelling,
    }
}

fn narratives_of(area: &str) -> Result<&'static [String]> {
    let narratives = SCRIPT.words.narratives.get(area).map(Vec::as_slice);
    narratives.ok_or_else(|| Error::unexpected(format!("no narratives for {area}")))
}
