//! Where an organisation is on its way, worked out from what happened to it.
//! An organisation that has come to a step counts as having come to all before it, also where it was let off one.

use chrono::{NaiveDate, NaiveDateTime};

use crate::charter::PledgeState;
use crate::clock::day_of;
use crate::text_enum;

text_enum! {
    /// A step on the way. Whoever has none has shown no interest.
    pub enum CharterStep {
        Interested = "interested",
        Trained = "trained",
        Begun = "begun",
        HalfSigned = "half_signed",
        InForce = "in_force",
        Renewed = "renewed",
        /// Its pledge lapsed or was withdrawn, and no other is begun.
        Ended = "ended",
    }
}

impl CharterStep {
    /// From the first to the last.
    pub const WAY: [Self; 6] =
        [Self::Interested, Self::Trained, Self::Begun, Self::HalfSigned, Self::InForce, Self::Renewed];
    /// Where there is nothing to wait for.
    pub const SETTLED: [Self; 2] = [Self::InForce, Self::Renewed];

    /// 1 for the first. Whoever's pledge has ended had come as far as one in force.
    pub fn place(self) -> i32 {
        match self {
            Self::Interested => 1,
            Self::Trained => 2,
            Self::Begun => 3,
            Self::HalfSigned => 4,
            Self::InForce | Self::Ended => 5,
            Self::Renewed => 6,
        }
    }
}

/// One pledge of an organisation.
#[derive(Debug, Clone)]
pub struct PledgeHad {
    pub state: PledgeState,
    pub started_at: NaiveDateTime,
    pub in_force_on: Option<NaiveDate>,
    /// The last day, or the day on which it was withdrawn.
    pub ended_on: Option<NaiveDate>,
    pub first_signed_at: Option<NaiveDateTime>,
}

/// What has happened to an organisation.
#[derive(Debug, Clone, Default)]
pub struct Happened {
    pub interested_at: Option<NaiveDateTime>,
    pub trained_at: Option<NaiveDateTime>,
    /// In the order in which they were begun.
    pub pledges: Vec<PledgeHad>,
}

/// Where that puts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    pub step: CharterStep,
    pub since: NaiveDate,
    /// The place of the furthest step it ever came to.
    pub furthest: i32,
    /// The day of the first thing that happened.
    pub arrived: NaiveDate,
}

impl Happened {
    /// `None` when nothing has happened.
    pub fn placed(&self) -> Option<Placed> {
        let begun = self.pledges.first().map(|pledge| pledge.started_at);
        let arrived = [self.interested_at, self.trained_at, begun].into_iter().flatten().min()?;
        let (step, since) = self.step(arrived);
        let were_in_force = self.pledges.iter().filter(|pledge| pledge.in_force_on.is_some()).count();
        let reached = match were_in_force {
            0 => step.place(),
            1 => CharterStep::InForce.place(),
            _ => CharterStep::Renewed.place(),
        };
        Some(Placed { step, since, furthest: reached.max(step.place()), arrived: day_of(arrived) })
    }

    fn step(&self, arrived: NaiveDateTime) -> (CharterStep, NaiveDate) {
        let in_force = self.pledges.iter().find(|pledge| pledge.state == PledgeState::InForce);
        let under_way =
            self.pledges.iter().find(|pledge| matches!(pledge.state, PledgeState::Draft | PledgeState::PartSigned));
        let earlier = self.pledges.iter().filter(|pledge| pledge.in_force_on.is_some()).count();
        if let Some(pledge) = in_force {
            let step = if earlier > 1 { CharterStep::Renewed } else { CharterStep::InForce };
            return (step, pledge.in_force_on.unwrap_or_else(|| day_of(pledge.started_at)));
        }
        match under_way {
            Some(pledge) if pledge.state == PledgeState::PartSigned => {
                (CharterStep::HalfSigned, day_of(pledge.first_signed_at.unwrap_or(pledge.started_at)))
            }
            Some(pledge) => (CharterStep::Begun, day_of(pledge.started_at)),
            None => match (self.pledges.iter().filter_map(|pledge| pledge.ended_on).max(), self.trained_at) {
                (Some(ended), _) => (CharterStep::Ended, ended),
                (None, Some(trained)) => (CharterStep::Trained, day_of(trained)),
                (None, None) => (CharterStep::Interested, day_of(arrived)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str) -> NaiveDateTime {
        day.parse::<NaiveDate>().expect("a test writes days correctly").and_hms_opt(12, 0, 0).expect("noon")
    }

    fn pledge(state: PledgeState, started: &str, in_force: Option<&str>, ended: Option<&str>) -> PledgeHad {
        let day = |day: Option<&str>| day.map(|day| day_of(at(day)));
        PledgeHad {
            state,
            started_at: at(started),
            in_force_on: day(in_force),
            ended_on: day(ended),
            first_signed_at: None,
        }
    }

    #[test]
    fn where_an_organisation_is_follows_from_what_happened_last() {
        use CharterStep as S;
        use PledgeState as P;
        let interested = Some(at("2026-01-05"));
        let trained = Some(at("2026-02-05"));
        let first = || pledge(P::InForce, "2026-03-01", Some("2026-03-09"), None);
        let lapsed = || pledge(P::Lapsed, "2025-01-01", Some("2025-01-09"), Some("2026-01-09"));
        let half =
            PledgeHad { first_signed_at: Some(at("2026-03-04")), ..pledge(P::PartSigned, "2026-03-01", None, None) };
        for (interested_at, trained_at, pledges, step, since, furthest) in [
            (interested, None, vec![], S::Interested, "2026-01-05", 1),
            (interested, trained, vec![], S::Trained, "2026-02-05", 2),
            (None, trained, vec![], S::Trained, "2026-02-05", 2),
            (interested, None, vec![pledge(P::Draft, "2026-03-01", None, None)], S::Begun, "2026-03-01", 3),
            (interested, trained, vec![half], S::HalfSigned, "2026-03-04", 4),
            (interested, trained, vec![first()], S::InForce, "2026-03-09", 5),
            (None, None, vec![lapsed()], S::Ended, "2026-01-09", 5),
            (None, None, vec![lapsed(), first()], S::Renewed, "2026-03-09", 6),
            (None, None, vec![lapsed(), pledge(P::Draft, "2026-03-01", None, None)], S::Begun, "2026-03-01", 5),
        ] {
            let happened = Happened { interested_at, trained_at, pledges };
            let placed = happened.placed().expect("something happened");
            assert_eq!(
                (placed.step, placed.since, placed.furthest),
                (step, day_of(at(since)), furthest),
                "{happened:?}"
            );
        }
        assert_eq!(Happened::default().placed(), None);
    }
}
