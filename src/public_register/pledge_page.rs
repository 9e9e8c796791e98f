//! The public page of one pledge: what is promised while it is in force, and then how it ended.

use serde::Serialize;

use crate::charter::{Commitment, CommitmentNote, PledgeInFull, PledgeState, Progress, Promise, stage_name};
use crate::clock::{day_of, say_day};
use crate::organisations::Organisation;
use crate::web::{Link, Page, Sample, sample};

/// One organisation's pledge: its words while it is in force, and then how it ended.
#[derive(Serialize)]
pub struct PublicPledgePage {
    organisation_name: String,
    organisation_address: String,
    in_force: bool,
    state_text: String,
    /// It has not ended, but does not stand at present.
    suspended: bool,
    from: String,
    until: String,
    charter_number: i32,
    code: String,
    promises: Vec<PromiseView>,
    /// By leave of the VRP.
    signed_by_one: bool,
    /// For young people, in the organisation’s words.
    changed: Option<String>,
    /// The code under which anyone reads what young people said, and what was answered.
    voice: Option<String>,
}

#[derive(Serialize)]
struct PromiseView {
    theme: String,
    words: String,
    commitment: String,
    who_and_when: Option<String>,
    /// How it is kept, where the organisation shows it.
    kept: Option<KeptView>,
}

#[derive(Serialize)]
struct KeptView {
    stage: &'static str,
    words: String,
    day: String,
}

impl KeptView {
    fn of(note: &CommitmentNote) -> Self {
        let day = say_day(day_of(note.written_at));
        Self { stage: stage_name(note.stage), words: note.words.clone(), day }
    }
}

impl PublicPledgePage {
    /// `progress` only where the organisation shows it; `voice` is the code of what young people said.
    pub fn new(
        organisation: &Organisation,
        whole: &PledgeInFull,
        progress: Option<&Progress>,
        voice: Option<String>,
    ) -> Self {
        let pledge = &whole.pledge;
        let day = |day: Option<_>| day.map(say_day).unwrap_or_default();
        let since = organisation.standing_since.map(|at| say_day(day_of(at))).unwrap_or_default();
        let in_force = pledge.state() == PledgeState::InForce && organisation.is_open();
        let promise = |promise: &Promise| PromiseView {
            theme: promise.statement.theme.clone(),
            words: promise.statement.words.clone(),
            commitment: promise.commitment.as_ref().map(|said| said.words.clone()).unwrap_or_default(),
            who_and_when: promise.commitment.as_ref().and_then(Commitment::who_and_when),
            kept: progress.and_then(|progress| progress.latest_of(&promise.statement.id)).map(KeptView::of),
        };
        Self {
            organisation_name: organisation.name.clone(),
            signed_by_one: whole.is_signed_by_one(),
            organisation_address: format!("/directory/{}", organisation.slug),
            in_force,
            state_text: match pledge.state() {
                PledgeState::Withdrawn => format!("Withdrawn on {}", day(pledge.withdrawn_on)),
                PledgeState::Lapsed if pledge.renewed_on.is_some() => format!("Renewed on {}", day(pledge.renewed_on)),
                PledgeState::Lapsed => format!("Ended on {}", day(pledge.ends_on)),
                _ if organisation.is_closed() => format!("{} closed on {since}", organisation.name),
                _ if !organisation.is_open() => format!("{} is suspended since {since}", organisation.name),
                _ => "In force".to_owned(),
            },
            suspended: pledge.state() == PledgeState::InForce && !organisation.is_open() && !organisation.is_closed(),
            from: day(pledge.in_force_on),
            until: day(pledge.ends_on),
            charter_number: whole.charter.number,
            code: pledge.code.clone(),
            changed: progress.filter(|_| in_force).and_then(|p| p.check.as_ref()).map(|check| check.words.clone()),
            voice: voice.filter(|_| in_force),
            promises: if in_force { whole.promises.iter().map(promise).collect() } else { Vec::new() },
        }
    }
}

impl Page for PublicPledgePage {
    const TEMPLATE: &'static str = "public_register/pledge";
    fn title(&self) -> String {
        format!("Pledge of {}", self.organisation_name)
    }
    fn back(&self) -> Option<Link> {
        Some(Link::new("Who has pledged", "/pledges"))
    }
}

/// The page with made-up content.
pub fn samples() -> Vec<Sample> {
    let pledge = |in_force: bool| PublicPledgePage {
        organisation_name: "The Hub".into(),
        signed_by_one: !in_force,
        organisation_address: "/directory/the-hub".into(),
        in_force,
        state_text: if in_force { "In force".into() } else { "Withdrawn on 1 May 2027".into() },
        suspended: false,
        from: "3 November 2026".into(),
        until: "3 November 2027".into(),
        charter_number: 1,
        code: "PL-7KQ2M9XB".into(),
        promises: vec![PromiseView {
            theme: "Respect".into(),
            words: "We will treat you fairly.".into(),
            commitment: "We write our ground rules with young people.".into(),
            who_and_when: Some("The lead volunteer, by 31 March 2027".into()),
            kept: Some(KeptView {
                stage: "It is going well",
                words: "Eleven came to the first evening.".into(),
                day: "3 November 2026".into(),
            }),
        }],
        changed: Some("Young people choose the trips now.".into()),
        voice: in_force.then(|| "7K3M9QXZ".into()),
    };
    vec![sample(&pledge(true)), sample(&pledge(false)), sample(&PublicPledgePage { suspended: true, ..pledge(false) })]
}
