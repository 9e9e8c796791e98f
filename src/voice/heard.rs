//! What young people said in a round that is over, as far as it may be shown: to anyone, their organisation too.
//!
//! - Nothing is said while a round is open: between two looks one young person may have answered.
//! - Nothing is said of a question that fewer than five answered.
//! - Answers that one to four gave are told together with the answer next to them.
//! - Every number is rounded to five, so that nothing is left over when one is taken from another.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use diesel::prelude::*;

use super::answer::{Age, Answer};
use super::question::Asked;
use super::round::VoiceRound;
use crate::db::DbConnection;
use crate::db::schema::{voice_ages, voice_tallies};
use crate::error::Result;
use crate::ids::{OrganisationId, StandardId, StatementId, VoiceQuestionId};
use crate::small_groups::{FEWEST, round_to_five};

/// Neighbours that are told together: which they are, and how many people, rounded to five.
pub type SafeGroup = (RangeInclusive<usize>, i64);

/// What may be said of one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    pub words: String,
    pub standard_id: Option<StandardId>,
    pub statement_id: Option<StatementId>,
    /// How many answered it, rounded to five, and what, as places in [`Answer::ALL`]; `None` when fewer than five did.
    pub told: Option<(i64, Vec<SafeGroup>)>,
}

/// What may be said of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundHeard {
    /// How many answered, rounded to five; `None` when fewer than five did.
    pub people: Option<i64>,
    pub questions: Vec<Heard>,
    /// As places in [`Age::ALL`].
    pub ages: Option<Vec<SafeGroup>>,
}

/// Numbers of people in order, put together with their neighbours until each is nobody or five and more, and rounded.
/// `None` when there are fewer than five in all.
pub fn safe_groups(counts: &[i64]) -> Option<Vec<SafeGroup>> {
    if counts.iter().sum::<i64>() < FEWEST {
        return None;
    }
    let mut groups: Vec<SafeGroup> = counts.iter().enumerate().map(|(at, people)| (at..=at, *people)).collect();
    let smallest = |groups: &[SafeGroup]| {
        let small = groups.iter().enumerate().filter(|(_, (_, people))| (1..FEWEST).contains(people));
        small.min_by_key(|(_, (_, people))| *people).map(|(at, _)| at)
    };
    while let Some(at) = smallest(&groups) {
        let people_at = |at: Option<usize>| at.and_then(|at| groups.get(at)).map(|(_, people)| *people);
        let (before, after) = (people_at(at.checked_sub(1)), people_at(Some(at + 1)));
        // With the smaller of the two beside it, so that as much as possible is told apart.
        let first = match (before, after) {
            (Some(before), Some(after)) if after <= before => at,
            (None, _) => at,
            _ => at - 1,
        };
        let (next, people) = groups.remove(first + 1);
        let joined = &mut groups[first];
        *joined = (*joined.0.start()..=*next.end(), joined.1 + people);
    }
    Some(groups.into_iter().map(|(places, people)| (places, round_to_five(people))).collect())
}

impl RoundHeard {
    /// `None` while the round is open. Three queries.
    pub fn of(conn: &mut DbConnection, round: &VoiceRound) -> Result<Option<Self>> {
        if round.closed_at.is_none() {
            return Ok(None);
        }
        let asked = Asked::in_round(conn, round.id)?;
        let rows: Vec<(VoiceQuestionId, Answer, i32)> = voice_tallies::table
            .filter(voice_tallies::round_id.eq(round.id))
            .select((voice_tallies::question_id, voice_tallies::answer, voice_tallies::people))
            .load(conn)?;
        let mut counts: HashMap<VoiceQuestionId, [i64; 3]> = HashMap::new();
        for (question, answer, people) in rows {
            counts.entry(question).or_default()[answer as usize] = people.into();
        }
        let ages: Vec<(Age, i32)> = voice_ages::table
            .filter(voice_ages::round_id.eq(round.id))
            .select((voice_ages::age, voice_ages::people))
            .load(conn)?;
        let mut by_age = [0; Age::ALL.len()];
        ages.into_iter().for_each(|(age, people)| by_age[age as usize] = people.into());
        let heard = |asked: Asked| {
            let counts = counts.get(&asked.question_id).copied().unwrap_or_default();
            Heard {
                told: safe_groups(&counts).map(|groups| (round_to_five(counts.iter().sum()), groups)),
                words: asked.words,
                standard_id: asked.standard_id,
                statement_id: asked.statement_id,
            }
        };
        let people = i64::from(round.heard);
        Ok(Some(Self {
            people: (people >= FEWEST).then(|| round_to_five(people)),
            questions: asked.into_iter().map(heard).collect(),
            ages: safe_groups(&by_age),
        }))
    }

    /// What was said in the last round of an organisation that is over, if there was one.
    pub fn last_of(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Option<(VoiceRound, Self)>> {
        let Some(round) = VoiceRound::last_over(conn, organisation)? else { return Ok(None) };
        Ok(Self::of(conn, &round)?.map(|heard| (round, heard)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_few_said_is_told_with_the_answer_beside_it() {
        assert_eq!(safe_groups(&[2, 1, 1]), None);
        assert_eq!(safe_groups(&[12, 6, 7]), Some(vec![(0..=0, 10), (1..=1, 5), (2..=2, 5)]));
        assert_eq!(safe_groups(&[12, 6, 1]), Some(vec![(0..=0, 10), (1..=2, 5)]));
        assert_eq!(safe_groups(&[12, 0, 0]), Some(vec![(0..=0, 10), (1..=1, 0), (2..=2, 0)]));
        assert_eq!(safe_groups(&[8, 0, 2]), Some(vec![(0..=2, 10)]));
        assert_eq!(safe_groups(&[2, 9, 9]), Some(vec![(0..=1, 10), (2..=2, 10)]));
        assert_eq!(safe_groups(&[]), None);
    }

    proptest! {
        /// Each group is nobody or five and more, the groups are all the answers in order, and every number is a
        /// multiple of five: taking one from another leaves zero or five at least.
        #[test]
        fn no_group_is_of_a_few_and_none_can_be_had_by_taking_away(counts in prop::collection::vec(0_i64..40, 1..7)) {
            let Some(groups) = safe_groups(&counts) else {
                prop_assert!(counts.iter().sum::<i64>() < FEWEST);
                return Ok(());
            };
            let mut next = 0;
            for (places, told) in groups {
                prop_assert_eq!(*places.start(), next);
                next = places.end() + 1;
                let people: i64 = counts[places].iter().sum();
                prop_assert!(people == 0 || people >= FEWEST, "{} of {:?}", people, counts);
                prop_assert_eq!(told % FEWEST, 0);
                prop_assert!((told - people).abs() <= 2);
            }
            prop_assert_eq!(next, counts.len());
        }

        /// Whoever knows what is told cannot tell a round from one in which somebody of a few had answered otherwise:
        /// the numbers told fit at least five ways in which the people could be.
        #[test]
        fn what_is_told_fits_other_rounds_too(counts in prop::collection::vec(0_i64..12, 3..=3)) {
            let Some(told) = safe_groups(&counts) else { return Ok(()) };
            let all = (0..15_i64).flat_map(|a| (0..15_i64).flat_map(move |b| (0..15_i64).map(move |c| [a, b, c])));
            let fits = all.filter(|other| safe_groups(other).as_ref() == Some(&told)).count();
            // Where everyone said the same there is one number, known to within two.
            prop_assert!(fits >= 3, "{} fit {:?}", fits, told);
        }
    }
}
