//! What organisations changed about themselves once they were in, published or not; and those that are suspended, closed
//! or open again.

use super::cast::{Body, Cast};
use super::stage::Stage;
use super::story::Story;
use crate::accounts::Account;
use crate::acts::Act;
use crate::error::{Error, Result};
use crate::ids::{AccessId, LanguageId};
use crate::organisations::{
    Access, Answer, Language, Organisation, Publication, Saved, StandingStep, Telephone, Website, WorkingProfile,
};
use crate::words::EmailAddress;

/// How it stands in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Suspended,
    ClosedByLead,
    ClosedByVrp,
    Reopened,
}

const PARTS: &[(&str, Part, i64)] = &[
    ("Ollerton Pit Lane Boxing", Part::Suspended, 18),
    ("Forest Town Girls Together", Part::ClosedByLead, 12),
    ("Teversal Trail Explorers", Part::ClosedByVrp, 40),
    ("Killisick Young Filmmakers", Part::Reopened, 90),
];

/// Has three changes that nobody has published yet.
const CHANGING: &str = "Radford Road Youth Collective";
/// Has a new name and a new safeguarding lead.
const RENAMED: &str = "Beeston Bridge Youth Project";

/// What most organisations say besides what they answered when they registered.
pub fn play_profile(stage: &mut Stage<'_>, body: &Body, story: &Story, seed: u64) -> Result<()> {
    let lead = body.lead()?;
    let organisation = &body.organisation;
    if !seed.is_multiple_of(4) {
        let at = stage.days_ago(story.days.min(50));
        let answers = welcome_of(organisation, seed as usize)?;
        stage.play_as(lead, at, |act| {
            save(act, organisation, lead, answers)?;
            publish(act, organisation)
        })?;
    }
    if story.organisation == RENAMED {
        let answers = vec![
            Answer::Name("Beeston Bridge Youth Trust".to_owned()),
            Answer::SafeguardingLead {
                name: "Farida Khan".to_owned(),
                email: EmailAddress::parse("farida.khan@example.org").map_err(|_| Error::NotFound)?,
            },
        ];
        let at = stage.days_ago(9);
        stage.play_as(lead, at, |act| {
            save(act, organisation, lead, answers)?;
            publish(act, organisation)
        })?;
    }
    if story.organisation == CHANGING {
        let other = body.lead_other_than(lead).ok_or(Error::NotFound)?;
        let text = "A neighbourhood youth charity with an open club, a music room and a garden on four evenings a week. \
                    Young people plan the programme and run the tuck shop.";
        let at = stage.days_ago(2);
        let answers = vec![Answer::Description(text.to_owned()), Answer::Ages { min: 10, max: 21 }];
        stage.play_as(lead, at, |act| save(act, organisation, lead, answers))?;
        let at = stage.days_ago(1);
        let renamed = vec![Answer::Name("Radford Road Youth Trust".to_owned())];
        stage.play_as(other, at, |act| save(act, organisation, other, renamed))?;
    }
    Ok(())
}

/// Brings an organisation to where it stands.
pub fn play_standing(stage: &mut Stage<'_>, cast: &Cast, body: &Body, story: &Story) -> Result<()> {
    let Some((_, part, days)) = PARTS.iter().find(|(name, ..)| *name == story.organisation) else { return Ok(()) };
    let (id, steward, lead) = (body.organisation.id, &cast.steward, body.lead()?);
    let at = stage.days_ago(*days);
    let step =
        |act: &mut Act<'_>, step, reason: &str| Organisation::find(act.conn, id)?.take_step(act, step, steward, reason);
    match part {
        Part::Suspended => stage.play_as(steward, at, |act| {
            step(
                act,
                StandingStep::Suspend,
                "The public liability insurance ran out in the summer and was not renewed.",
            )
        }),
        Part::ClosedByVrp => stage.play_as(steward, at, |act| {
            step(
                act,
                StandingStep::Close,
                "Nobody has answered us for three months, and the hall tells us that no session runs.",
            )
        }),
        Part::ClosedByLead => stage.play_as(lead, at, |act| {
            let reason = "Our last session was in October. The girls have joined the club at the leisure centre.";
            Organisation::find(act.conn, id)?.close_as_lead(act, lead, reason)
        }),
        Part::Reopened => {
            stage.play_as(steward, at, |act| {
                step(act, StandingStep::Suspend, "There was nobody left to be the safeguarding lead.")
            })?;
            let at = stage.days_ago(days - 20);
            stage.play_as(steward, at, |act| {
                step(act, StandingStep::Reopen, "A new safeguarding lead is trained and in place.")
            })
        }
    }
}

fn welcome_of(organisation: &Organisation, seed: usize) -> Result<Vec<Answer>> {
    let some = |all: usize, step: usize| (0..all).filter(move |place| (place + seed).is_multiple_of(step));
    let languages: Vec<LanguageId> =
        some(Language::all().len(), 7).map(|place| Language::all()[place].id.clone()).collect();
    let features: Vec<AccessId> = some(Access::all().len(), 3).map(|place| Access::all()[place].id.clone()).collect();
    let misprint = |_| Error::unexpected("an invented address");
    let place = format!("{}.example.org", organisation.slug);
    Ok(vec![
        Answer::Languages(languages),
        Answer::Access {
            features,
            note: seed
                .is_multiple_of(3)
                .then(|| "Ring the lower bell: the door is heavy, and we will come.".to_owned()),
        },
        Answer::Contact {
            website: Some(Website::parse(&place).map_err(misprint)?),
            email: Some(EmailAddress::parse(&format!("hello@{place}")).map_err(misprint)?),
            phone: Some(Telephone::parse(&format!("0115 496 0{:03}", seed * 7 % 1000)).map_err(misprint)?),
        },
    ])
}

fn save(act: &mut Act<'_>, organisation: &Organisation, by: &Account, answers: Vec<Answer>) -> Result<()> {
    for answer in answers {
        let seen = working(act, organisation)?.mark_of(answer.question());
        match organisation.change_answer(act, by.id, answer, &seen)? {
            Saved::Waiting | Saved::AsPublic => {}
            Saved::ChangedMeanwhile | Saved::NumberTaken => return Err(Error::Conflict),
        }
    }
    Ok(())
}

fn publish(act: &mut Act<'_>, organisation: &Organisation) -> Result<()> {
    let seen = working(act, organisation)?.mark_of_changes();
    match organisation.publish_changes(act, &seen)? {
        Publication::Made => Ok(()),
        Publication::ChangedMeanwhile | Publication::NumberTaken => Err(Error::Conflict),
    }
}

fn working(act: &mut Act<'_>, organisation: &Organisation) -> Result<WorkingProfile> {
    let fresh = Organisation::find(act.conn, organisation.id)?;
    WorkingProfile::of(act.conn, fresh)
}
