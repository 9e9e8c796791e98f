//! What a person's own answers say: strengths, gaps, and the modules to turn to first.
//! A skill without an answer is neither a strength nor a gap.

use super::instrument::{Instrument, Skill};
use super::response::Answer;
use crate::ids::ModuleId;

/// How many modules are named as next steps.
const STEPS: usize = 3;

/// A person's results.
#[derive(Debug)]
pub struct Results<'a> {
    /// The most confident first.
    pub strengths: Vec<&'a Skill>,
    /// The least confident first.
    pub gaps: Vec<&'a Skill>,
    /// At most three.
    pub steps: Vec<Step>,
    pub unanswered: usize,
}

/// A module that would help, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub module: ModuleId,
    pub title: String,
    /// In how many of its skills training is wanted.
    pub wanted: usize,
    /// In how many of its skills confidence is low.
    pub low: usize,
}

impl<'a> Results<'a> {
    /// `held` are the modules that someone says they hold: none is a next step, unless they want more of it.
    pub fn of(instrument: &'a Instrument, answers: &[Answer], held: &[ModuleId]) -> Self {
        let answer_to = |skill: &Skill| answers.iter().find(|answer| answer.skill == skill.id);
        let answered: Vec<_> = instrument.skills.iter().filter_map(|skill| Some((skill, answer_to(skill)?))).collect();
        let mut strengths: Vec<_> = answered.iter().filter(|(_, answer)| answer.confidence.is_high()).collect();
        strengths.sort_by_key(|(_, answer)| std::cmp::Reverse(answer.confidence));
        let mut gaps: Vec<_> = answered.iter().filter(|(_, answer)| answer.confidence.is_low()).collect();
        gaps.sort_by_key(|(_, answer)| answer.confidence);
        Self {
            strengths: strengths.into_iter().map(|(skill, _)| *skill).collect(),
            gaps: gaps.into_iter().map(|(skill, _)| *skill).collect(),
            steps: next_steps(instrument, &answered, held),
            unanswered: instrument.skills.len() - answered.len(),
        }
    }
}

/// The modules in which most is wanted or missing; in programme order where that is equal.
fn next_steps(instrument: &Instrument, answered: &[(&Skill, &Answer)], held: &[ModuleId]) -> Vec<Step> {
    let mut ranked: Vec<(i32, Step)> = instrument
        .modules
        .iter()
        .map(|(module, title)| {
            let within = answered.iter().filter(|(skill, _)| skill.module_id == *module);
            let mut step = Step { module: module.clone(), title: title.clone(), wanted: 0, low: 0 };
            let mut need = 0;
            for (_, answer) in within {
                step.wanted += usize::from(answer.wants);
                step.low += usize::from(answer.confidence.is_low());
                // Wanting training weighs as much as answering `Not yet`.
                need += (3 - answer.confidence.value()).max(0) + if answer.wants { 2 } else { 0 };
            }
            // Who holds it and does not ask for more has done this step.
            if held.contains(module) && step.wanted == 0 {
                need = 0;
            }
            (need, step)
        })
        .filter(|(need, _)| *need > 0)
        .collect();
    ranked.sort_by_key(|(need, _)| std::cmp::Reverse(*need));
    ranked.into_iter().take(STEPS).map(|(_, step)| step).collect()
}

#[cfg(test)]
mod tests {
    use super::super::instrument::Confidence;
    use super::*;

    fn instrument() -> Instrument {
        let skill = |id: &str, module: &str| Skill {
            id: id.into(),
            group_id: "group".into(),
            position: 1,
            statement: format!("I can {id}"),
            module_id: module.into(),
            area: None,
            standard: None,
        };
        Instrument {
            number: 1,
            open_questions: Vec::new(),
            groups: Vec::new(),
            skills: vec![
                skill("a", "one"),
                skill("b", "one"),
                skill("c", "two"),
                skill("d", "three"),
                skill("e", "four"),
            ],
            anchors: Vec::new(),
            modules: ["one", "two", "three", "four"].map(|id| (id.into(), id.to_owned())).into(),
        }
    }

    fn answer(skill: &str, confidence: i32, wants: bool) -> Answer {
        Answer { skill: skill.into(), confidence: Confidence::new(confidence).expect("1 to 5"), wants }
    }

    fn ids<'a>(skills: &[&'a Skill]) -> Vec<&'a str> {
        skills.iter().map(|skill| skill.id.as_str()).collect()
    }

    #[test]
    fn what_was_not_answered_is_no_gap() {
        let instrument = instrument();
        let results = Results::of(&instrument, &[answer("a", 5, false)], &[]);
        assert_eq!((ids(&results.strengths), ids(&results.gaps)), (vec!["a"], vec![]));
        assert_eq!((results.steps, results.unanswered), (vec![], 4));
    }

    #[test]
    fn the_strongest_and_the_weakest_come_first_and_the_middle_is_neither() {
        let instrument = instrument();
        let answers = [answer("a", 4, false), answer("b", 5, false), answer("c", 2, false), answer("d", 1, false)];
        let results = Results::of(&instrument, &[&answers[..], &[answer("e", 3, false)]].concat(), &[]);
        assert_eq!((ids(&results.strengths), ids(&results.gaps)), (vec!["b", "a"], vec!["d", "c"]));
    }

    #[test]
    fn next_steps_are_the_three_modules_most_needed() {
        let instrument = instrument();
        let answers = [answer("a", 2, false), answer("c", 4, true), answer("d", 1, true), answer("e", 2, false)];
        let titles = |held: &[ModuleId]| -> Vec<String> {
            Results::of(&instrument, &answers, held).steps.into_iter().map(|step| step.title).collect()
        };
        assert_eq!(titles(&[]), ["three", "two", "one"]);
        assert_eq!(titles(&["one".into()]), ["three", "two", "four"], "what someone holds is no step");
        assert_eq!(titles(&["two".into()]), ["three", "two", "one"], "unless they want more of it");
    }
}
