//! What a draft changes: its texts beside those of the version in force, statement by statement.
//! A statement is the same one as long as its id is, whatever it says and wherever it stands.

use crate::charter::{CharterVersion, Draft, FrontText, Statement, StatementPart, Wording};

/// A draft beside the version in force.
#[derive(Debug, Clone)]
pub struct Comparison {
    pub before: CharterVersion,
    pub draft: Draft,
    /// In the order of the draft.
    pub statements: Vec<Compared>,
    /// Those that the draft has no more, in their old order.
    pub removed: Vec<Statement>,
}

/// A statement of the draft.
#[derive(Debug, Clone)]
pub struct Compared {
    pub statement: Statement,
    /// As it is in force; `None` for a new one.
    pub before: Option<Statement>,
    /// Does it stand elsewhere among those that stay?
    pub moved: bool,
}

impl Comparison {
    pub fn between(before: CharterVersion, old: &[Statement], draft: Draft) -> Self {
        let place = |statement: &Statement| old.iter().position(|before| before.id == statement.id);
        let places: Vec<Option<usize>> = draft.statements.iter().map(place).collect();
        let unmoved = longest_rise(&places.iter().copied().flatten().collect::<Vec<_>>());
        let compared = |(statement, place): (&Statement, &Option<usize>)| Compared {
            statement: statement.clone(),
            before: place.map(|place| old[place].clone()),
            moved: place.is_some_and(|place| !unmoved.contains(&place)),
        };
        let statements = draft.statements.iter().zip(&places).map(compared).collect();
        let removed = old.iter().enumerate().filter(|(place, _)| !places.contains(&Some(*place)));
        let removed = removed.map(|(_, statement)| statement.clone()).collect();
        Self { before, draft, statements, removed }
    }

    /// The texts before the statements that differ.
    pub fn changed_front(&self) -> Vec<FrontText> {
        let differs = |text: &FrontText| self.before.front_text(*text) != self.draft.version.front_text(*text);
        FrontText::ALL.iter().copied().filter(differs).collect()
    }

    /// Whose words it would be in, where that differs.
    pub fn changed_wording(&self) -> Option<Wording> {
        Some(self.draft.version.wording()).filter(|wording| *wording != self.before.wording())
    }
}

impl Compared {
    /// The texts that differ; none of a new one.
    pub fn changed_parts(&self) -> Vec<StatementPart> {
        let Some(before) = &self.before else { return Vec::new() };
        let differs = |part: &StatementPart| match part {
            StatementPart::PictureWords => self.has_other_picture() || before.part(*part) != self.statement.part(*part),
            _ => before.part(*part) != self.statement.part(*part),
        };
        StatementPart::ALL.iter().copied().filter(differs).collect()
    }

    /// Is its picture another one, or gone, or new, whatever is said of it?
    pub fn has_other_picture(&self) -> bool {
        self.before.as_ref().is_some_and(|before| before.picture_file_id != self.statement.picture_file_id)
    }

    pub fn is_new(&self) -> bool {
        self.before.is_none()
    }

    pub fn is_as_before(&self) -> bool {
        !self.is_new() && !self.moved && self.changed_parts().is_empty()
    }
}

/// The most of these numbers that rise in the order in which they stand: what was not moved.
fn longest_rise(numbers: &[usize]) -> Vec<usize> {
    let mut rises: Vec<Vec<usize>> = Vec::new();
    for (at, number) in numbers.iter().enumerate() {
        let before = rises[..at].iter().filter(|rise| rise.last() < Some(number));
        let mut rise = before.max_by_key(|rise| rise.len()).cloned().unwrap_or_default();
        rise.push(*number);
        rises.push(rise);
    }
    rises.into_iter().max_by_key(Vec::len).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::longest_rise;

    #[test]
    fn of_statements_that_were_moved_as_few_as_can_be_are_said_to_be() {
        assert_eq!(longest_rise(&[]), [0; 0]);
        assert_eq!(longest_rise(&[0, 1, 2]), [0, 1, 2]);
        assert_eq!(longest_rise(&[2, 0, 1]), [0, 1]);
        assert_eq!(longest_rise(&[0, 3, 1, 2, 4]), [0, 1, 2, 4]);
        assert_eq!(longest_rise(&[1, 0]).len(), 1);
    }
}
