//! What organisations of the demonstration work towards, say to each other and share: steps in every state, comments, a
//! link as evidence, good practice offered, shared and taken back.

use chrono::{Days, NaiveDateTime};

use super::cast::{Body, Cast};
use super::stage::Stage;
use crate::accounts::Account;
use crate::acts::Act;
use crate::audit::Actor;
use crate::documents::{NewDocument, add_document};
use crate::error::{Error, Result};
use crate::files::accept_file;
use crate::good_practice::{Practice, PracticeState};
use crate::ids::{AccountId, IndicatorId};
use crate::organisations::{MembershipRole, Website};
use crate::quality::{
    ActionState, Assessment, AssessmentState, Judgement, Level, NewAction, PlannedAction, Sheet, Standing, add_comment,
    add_evidence,
};
use crate::review::{Conversation, Prepared, invite_to_conversations, offer_good_practice, tell_of_endings};

/// A step: what is done first, in how many days it is due, where it is, and how it went.
const STEPS: [(&str, i64, ActionState, &str); 5] = [
    ("Ask three young helpers what would have made their first visit easier.", 40, ActionState::Planned, ""),
    ("Put two dates for supervision in the diary.", 9, ActionState::UnderWay, "The first one took place."),
    ("Look for a template and change it together.", -12, ActionState::Planned, ""),
    ("Write down what we do already.", -60, ActionState::Done, "It is one page, and it hangs in the office."),
    ("Find money for a ramp at the back door.", -90, ActionState::Dropped, "The landlord is going to build one."),
];
const YOUNG_PEOPLE: &str = "They choose what comes first, and look at it again with us in the summer.";
const HOW: [&str; 3] = [
    "We wrote down on one page how we do this, together with young people, and hung it where everyone passes. Every new \
     worker talks it through with one of them in the first week. Twice a year we ask whether it still holds.",
    "It is a fixed point of our monthly meeting: what went well, what was hard, what we try next. A young person chairs \
     that part. Who does what stands on a sheet at the door, and is crossed out when it is done.",
    "We began small, with one evening a week, and asked young people after a month. What they told us changed how we do \
     it. Now two older members explain it to those who are new, and a worker stays near by.",
];

pub fn play_improving(stage: &mut Stage<'_>, cast: &Cast, bodies: &[&Body]) -> Result<()> {
    let now = stage.moments_ago();
    for body in bodies {
        let organisation = body.organisation.id;
        let latest = stage.play(&Actor::portal(), now, |act| Assessment::latest_of(act.conn, organisation))?;
        let Some(assessment) = latest else { continue };
        play_steps(stage, body, &assessment)?;
        if assessment.state() == AssessmentState::Draft && assessment.sealed_copy().is_none() {
            play_comments(stage, body)?;
            play_link(stage, body, &assessment)?;
        }
    }
    stage.play(&Actor::portal(), now, |act| {
        while offer_good_practice(act)? > 0 {}
        while invite_to_conversations(act)? > 0 {}
        while tell_of_endings(act)? > 0 {}
        Ok(())
    })?;
    for (number, body) in bodies.iter().enumerate() {
        share_some(stage, number, body)?;
        talk(stage, cast, number, body)?;
    }
    Ok(())
}

/// For what was answered “not yet” or only emerging.
fn play_steps(stage: &mut Stage<'_>, body: &Body, assessment: &Assessment) -> Result<()> {
    let (lead, now) = (body.lead()?.clone(), stage.moments_ago());
    let gaps = stage.play(&Actor::portal(), now, |act| {
        let sheet = Sheet::of(act.conn, assessment)?;
        let wants = |standing| match standing {
            Standing::Answered(Judgement::NotYet) => Some(Level::Emerging),
            Standing::Answered(Judgement::Emerging) => Some(Level::Established),
            Standing::Answered(Judgement::Established) => Some(Level::Excelling),
            _ => None,
        };
        let gap = |i: &crate::quality::Indicator| Some((i.id.clone(), wants(sheet.standing(i))?));
        Ok(sheet.framework.indicators.iter().filter_map(gap).collect::<Vec<_>>())
    })?;
    // Some are left unplanned, so that the plan has something to suggest.
    for ((indicator, aim), step) in gaps.into_iter().skip(1).step_by(2).zip(&STEPS) {
        let begun = stage.days_ago(stage_days(step.1));
        play_step(stage, &lead, body, (indicator, aim), step, begun)?;
    }
    Ok(())
}

/// It was planned before it was due.
fn stage_days(due_in: i64) -> i64 {
    30.max(30 - due_in)
}

fn play_step(
    stage: &mut Stage<'_>,
    lead: &Account,
    body: &Body,
    (indicator, aim): (IndicatorId, Level),
    (first_step, days, state, outcome): &(&str, i64, ActionState, &str),
    begun: NaiveDateTime,
) -> Result<()> {
    let (organisation, due_on) = (body.organisation.id, stage.today() + chrono::Duration::days(*days));
    let new = NewAction {
        aim,
        first_step: (*first_step).to_owned(),
        due_on,
        owned_by: (*days > 0).then_some(lead.id),
        helper: if *state == ActionState::UnderWay { "Base 51".to_owned() } else { String::new() },
        young_people: if *state == ActionState::Planned { YOUNG_PEOPLE.to_owned() } else { String::new() },
    };
    stage.play_as(lead, begun, |act| PlannedAction::plan(act, organisation, &indicator, lead.id, new))?;
    if *state == ActionState::Planned {
        return Ok(());
    }
    let later = stage.days_ago(5);
    stage.play_as(lead, later, |act| {
        let open = PlannedAction::open_for(act.conn, organisation, &indicator)?.ok_or(Error::NotFound)?;
        open.go_on(act, &open.mark(), *state, outcome).map(|_| ())
    })
}

fn play_comments(stage: &mut Stage<'_>, body: &Body) -> Result<()> {
    let lead = body.lead()?.clone();
    let others = body.players.iter().filter(|player| player.member.membership.role != MembershipRole::Viewer);
    let colleague = others.filter_map(|player| player.account.clone()).find(|account| account.id != lead.id);
    let said = [
        (Some(lead), "Does anyone know who wrote this down last year?"),
        (colleague, "I have it at home. I will bring it on Thursday."),
    ];
    for (days, (by, words)) in (1..).zip(said.into_iter().rev()) {
        let Some(by) = by else { continue };
        let at = stage.days_ago(days);
        stage.play_as(&by, at, |act| say(act, body, by.id, words))?;
    }
    Ok(())
}

fn say(act: &mut Act<'_>, body: &Body, by: AccountId, words: &str) -> Result<()> {
    let sheet = Sheet::latest_of(act.conn, body.organisation.id)?;
    let first = sheet.framework.indicators.first().ok_or(Error::NotFound)?;
    add_comment(act, &body.organisation, &sheet, first, by, words)
}

fn play_link(stage: &mut Stage<'_>, body: &Body, assessment: &Assessment) -> Result<()> {
    let (lead, at) = (body.lead()?.clone(), stage.days_ago(2));
    let written = format!("https://{}.example/what-to-expect", body.organisation.slug);
    let address = Website::parse(&written).map_err(|flaw| Error::unexpected(format!("{flaw:?}")))?;
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), format!("{}\n", address.as_str()))?;
    let checked =
        accept_file(file.into_temp_path(), "link.txt").map_err(|flaw| Error::unexpected(format!("{flaw:?}")))?;
    let kept = stage.files.keep_now(checked)?;
    let organisation = body.organisation.id;
    stage.play_as(&lead, at, |act| {
        let review_by = Some(act.today() + Days::new(20));
        let title = "What to expect on your first visit".to_owned();
        let new = NewDocument { title, effective_on: None, review_by, address: Some(address) };
        let document = add_document(act, organisation, lead.id, new, kept)?;
        let sheet = Sheet::of(act.conn, assessment)?;
        let first = sheet.framework.indicators.first().ok_or(Error::NotFound)?;
        add_evidence(act, assessment, &first.id, lead.id, &document)
    })
}

/// The first mark is shared, of every third organisation taken back again; the others wait.
fn share_some(stage: &mut Stage<'_>, number: usize, body: &Body) -> Result<()> {
    let (lead, organisation, at) = (body.lead()?.clone(), body.organisation.id, stage.days_ago(1));
    stage.play_as(&lead, at, |act| {
        let marks = Practice::all_of(act.conn, organisation)?;
        for (mark, words) in marks.iter().filter(|mark| mark.state() == PracticeState::Offered).zip(HOW).take(2) {
            mark.share(act, lead.id, words)?;
        }
        match Practice::all_of(act.conn, organisation)?.into_iter().find(|mark| mark.state() == PracticeState::Shared) {
            Some(shared) if number % 3 == 2 => shared.withdraw(act),
            _ => Ok(()),
        }
    })
}

/// Of every three conversations one is prepared, one was held, and one waits.
fn talk(stage: &mut Stage<'_>, cast: &Cast, number: usize, body: &Body) -> Result<()> {
    let (lead, organisation) = (body.lead()?.clone(), body.organisation.id);
    for (at, conversation) in Conversation::all_of(stage.conn, organisation)?.into_iter().enumerate() {
        if (number + at).is_multiple_of(3) {
            continue;
        }
        let said = Prepared {
            changed: "We have a second evening, and two new volunteers.".to_owned(),
            proud: "Young people now plan the summer with us.".to_owned(),
            hard: "Money for transport. Someone to write bids with us would help.".to_owned(),
        };
        let day = stage.days_ago(6);
        stage.play_as(&lead, day, |act| conversation.prepare(act, lead.id, &said))?;
        if (number + at) % 3 == 1 {
            let reviewer = cast.reviewers.first().ok_or(Error::NotFound)?;
            let day = stage.days_ago(2);
            stage.play_as(reviewer, day, |act| {
                let prepared = Conversation::find_in(act.conn, organisation, conversation.id)?;
                let (on, taken) = (act.today(), "We put them in touch with someone who writes bids.");
                prepared.note_held(act, reviewer.id, on, taken)
            })?;
        }
    }
    Ok(())
}
