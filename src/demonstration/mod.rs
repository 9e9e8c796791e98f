//! A portal full of made-up organisations, in every state of every journey, made through the same verbs that
//! people's buttons call, at times in the past.
//! What is invented stands in `content/demonstration/`; what happens to whom in `story`. Every start makes it afresh.
//! Not here: anything that a real portal does; its pages answer in a demonstration only.

mod before_pledging;
mod cast;
mod charter;
mod charter_draft;
mod charter_oversight;
mod erasures;
mod framework_draft;
mod generated;
mod guests;
mod imports;
mod improving;
mod leaving;
mod live_records;
mod mailbox;
mod offline_answers;
mod opening;
mod pathways;
mod proof;
mod provision;
mod quality;
mod rescue;
mod review;
mod script;
mod skills;
mod stage;
mod standing;
mod story;
mod trail;
mod training;
mod umbrella;
mod voice;

use chrono::Duration;

pub use generated::generate_organisations;
pub use guests::{Guest, guests};
pub use opening::{demonstration_config, hash_of_password, open_empty};
pub use script::PASSWORD;

use self::cast::{Body, Cast};
use self::script::{SCRIPT, WrittenOrganisation};
use self::stage::Stage;
use self::story::{STORIES, Story};
use crate::acts::{Act, Portal};
use crate::audit::Actor;
use crate::error::{Error, Result};
use crate::sector_training::go_on_with_census;
use crate::web::{Routes, Sample};

/// The programme begins before the first organisation comes.
const PROGRAMME_BEGAN: Duration = Duration::days(1600);

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/demonstration", guests::show_guests)
        .get("/mailbox", mailbox::show_mailbox)
        .get("/mailbox/{message}", mailbox::show_message);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [guests::samples(), mailbox::samples()].into_iter().flatten().collect()
}

/// Fills an empty portal: the programme's content by `load_content`, then the play. All of it is kept, or nothing.
pub fn play_demonstration(
    portal: &Portal,
    password_hash: &str,
    load_content: impl FnOnce(&mut Act<'_>) -> Result<()>,
) -> Result<()> {
    let now = portal.clock.now();
    portal.act_at(Actor::portal(), now - PROGRAMME_BEGAN, load_content)?;
    let cast = portal.act_at(Actor::portal(), now - PROGRAMME_BEGAN, |act| Cast::assemble(act, password_hash))?;
    portal.act_at(Actor::portal(), now, |act| play_all(act, &cast))
}

fn play_all(act: &mut Act<'_>, cast: &Cast) -> Result<()> {
    let began = PROGRAMME_BEGAN.num_days() - 1;
    pathways::play_rules(&mut Stage::within(act, 3000), cast, began)?;
    before_pledging::play_beginning(&mut Stage::within(act, 12000), cast, began)?;
    let mut bodies = Vec::new();
    for (seed, (story, written)) in (1..).zip(STORIES.iter().zip(&SCRIPT.organisations)) {
        let body = play_story(&mut Stage::within(act, seed), cast, story, written)
            .map_err(|error| Error::unexpected(format!("{}: {error}", story.organisation)))?;
        bodies.extend(body.map(|body| (seed, story, body)));
    }
    // One round of the skills audit is open at a time, for everyone.
    skills::play_new_round(&mut Stage::within(act, 0), cast)?;
    for (seed, story, body) in &bodies {
        skills::play_round(&mut Stage::within(act, 1000 + seed), body, story)?;
    }
    for (seed, story, body) in &bodies {
        pathways::play_corrections(&mut Stage::within(act, 3000 + seed), body, story)?;
    }
    pathways::play_trial(&mut Stage::within(act, 3000), cast)?;
    for (seed, story, body) in &bodies {
        rescue::play_rescue(&mut Stage::within(act, 2000 + seed), cast, body, story)?;
        imports::play_import(&mut Stage::within(act, 3000 + seed), body, story)?;
    }
    for (seed, story, body) in &bodies {
        leaving::play_leaving(&mut Stage::within(act, 5000 + seed), body, story)?;
    }
    for (seed, story, body) in &bodies {
        let mut stage = Stage::within(act, 3000 + seed);
        standing::play_profile(&mut stage, body, story, *seed)?;
        standing::play_standing(&mut stage, cast, body, story)?;
    }
    let all: Vec<&Body> = bodies.iter().map(|(_, _, body)| body).collect();
    provision::play_sessions(&mut Stage::within(act, 4000), cast, &all)?;
    voice::play_voices(&mut Stage::within(act, 13000), &all)?;
    before_pledging::play_way(&mut Stage::within(act, 12000), cast, &bodies)?;
    for (seed, _, body) in &bodies {
        proof::play_links(&mut Stage::within(act, 6000 + seed), body)?;
    }
    proof::play_notices(&mut Stage::within(act, 7000))?;
    for (seed, story, body) in &bodies {
        erasures::play_erasures(&mut Stage::within(act, 8000 + seed), body, story)?;
    }
    umbrella::play_umbrella(&mut Stage::within(act, 9000), cast, &bodies)?;
    imports::play_import_of_many(&mut Stage::within(act, 10000), cast)?;
    review::play_judging(&mut Stage::within(act, 16000), cast, &all)?;
    review::play_appeals(&mut Stage::within(act, 17000), cast, &all)?;
    review::play_ties(&mut Stage::within(act, 16000), cast, &all)?;
    live_records::play_records(&mut Stage::within(act, 14000), &all)?;
    improving::play_improving(&mut Stage::within(act, 16000), cast, &all)?;
    offline_answers::play_upload(&mut Stage::within(act, 15000), &all)?;
    while go_on_with_census(act)? > 0 {}
    charter_oversight::play_letters(&mut Stage::within(act, 12000), cast)?;
    charter_draft::play_draft(&mut Stage::within(act, 11000), cast)?;
    framework_draft::play_draft(&mut Stage::within(act, 13000), cast)?;
    trail::put_trail_in_order(act.conn)
}

fn play_story(
    stage: &mut Stage<'_>,
    cast: &Cast,
    story: &Story,
    written: &WrittenOrganisation,
) -> Result<Option<Body>> {
    let Some(body) = cast.register(stage, written, story)? else { return Ok(None) };
    training::play_training(stage, &body, story)?;
    charter::play_pledge(stage, &body, story)?;
    quality::play_assessment(stage, &body, story)?;
    review::play_review(stage, cast, &body, story)?;
    skills::play_round_before(stage, &body, story)?;
    Ok(Some(body))
}
