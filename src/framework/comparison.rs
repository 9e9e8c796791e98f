//! What a version changes: its parts beside those of the version before, by their ids. An indicator is the same one as
//! long as its id is, whatever it says and wherever it stands.

use super::draft_text::{FrontText, HeadPart, IndicatorPart};
use super::glossary::GlossaryTerm;
use super::version::{Area, Framework, Indicator, Standard};
use crate::ids::{IndicatorId, StandardId};

/// One version beside the one before it.
#[derive(Debug, Clone)]
pub struct Comparison {
    pub before: Framework,
    pub after: Framework,
    /// In the order of the new version.
    pub indicators: Vec<Compared>,
    /// Those that the new version has no more, in their old order.
    pub retired: Vec<Indicator>,
}

/// An indicator of the new version.
#[derive(Debug, Clone)]
pub struct Compared {
    pub indicator: Indicator,
    /// As it was; `None` for a new one.
    pub before: Option<Indicator>,
}

/// What became of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    AsItWas,
    Reworded,
    New,
    /// New, and split from this one.
    Split(IndicatorId),
}

/// What is chosen about an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    Weight,
    Exemptions,
    ReasonNeeded,
    Standard,
    ComesFrom,
}

impl Rule {
    pub const ALL: [Self; 5] = [Self::Weight, Self::Exemptions, Self::ReasonNeeded, Self::Standard, Self::ComesFrom];

    fn differs(self, one: &Indicator, other: &Indicator) -> bool {
        match self {
            Self::Weight => one.weight != other.weight,
            Self::Exemptions => one.exemptions() != other.exemptions(),
            Self::ReasonNeeded => one.reason_needed != other.reason_needed,
            Self::Standard => one.standard_id != other.standard_id,
            Self::ComesFrom => one.comes_from != other.comes_from,
        }
    }
}

impl Compared {
    pub fn fate(&self) -> Fate {
        match (&self.before, &self.indicator.comes_from) {
            (None, Some(origin)) => Fate::Split(origin.clone()),
            (None, None) => Fate::New,
            _ if self.changed_parts().is_empty() && self.changed_rules().is_empty() => Fate::AsItWas,
            _ => Fate::Reworded,
        }
    }

    /// The texts that differ; none of a new one.
    pub fn changed_parts(&self) -> Vec<IndicatorPart> {
        let Some(before) = &self.before else { return Vec::new() };
        IndicatorPart::ALL.iter().copied().filter(|part| before.part(*part) != self.indicator.part(*part)).collect()
    }

    /// What was chosen otherwise; none of a new one.
    pub fn changed_rules(&self) -> Vec<Rule> {
        let Some(before) = &self.before else { return Vec::new() };
        Rule::ALL.into_iter().filter(|rule| rule.differs(before, &self.indicator)).collect()
    }

    /// Does whoever answered it look again? One that is as it was asks nothing anew.
    pub fn asks_anew(&self) -> bool {
        self.indicator.asks_anew && self.fate() == Fate::Reworded
    }
}

impl Comparison {
    pub fn between(before: Framework, after: Framework) -> Self {
        let compared = |indicator: &Indicator| Compared {
            before: before.indicator(&indicator.id).ok().cloned(),
            indicator: indicator.clone(),
        };
        let indicators = after.indicators.iter().map(compared).collect();
        let retired = before.indicators.iter().filter(|old| after.indicator(&old.id).is_err()).cloned().collect();
        Self { indicators, retired, before, after }
    }

    pub fn compared(&self, id: &IndicatorId) -> Option<&Compared> {
        self.indicators.iter().find(|compared| compared.indicator.id == *id)
    }

    /// How many came to this.
    pub fn count(&self, is_it: impl Fn(&Fate) -> bool) -> usize {
        self.indicators.iter().filter(|compared| is_it(&compared.fate())).count()
    }

    /// Does it say what the version before says, in the same order?
    pub fn is_as_before(&self) -> bool {
        let ids = |framework: &Framework| framework.indicators.iter().map(|i| i.id.clone()).collect::<Vec<_>>();
        let heads = |framework: &Framework| {
            let area = |area: &Area| (area.id.to_string(), String::new(), area.title.clone(), area.summary.clone());
            let standard = |s: &Standard| (s.id.to_string(), s.area_id.to_string(), s.title.clone(), s.summary.clone());
            framework.areas.iter().map(area).chain(framework.standards.iter().map(standard)).collect::<Vec<_>>()
        };
        self.changed_front().is_empty()
            && self.before.terms == self.after.terms
            && heads(&self.before) == heads(&self.after)
            && ids(&self.before) == ids(&self.after)
            && self.indicators.iter().all(|compared| compared.fate() == Fate::AsItWas)
    }

    /// The texts before the areas that differ.
    pub fn changed_front(&self) -> Vec<FrontText> {
        let differs = |text: &FrontText| self.before.version.front_text(*text) != self.after.version.front_text(*text);
        FrontText::ALL.iter().copied().filter(differs).collect()
    }

    /// Areas whose texts differ, as they were and are.
    pub fn changed_areas(&self) -> Vec<(&Area, &Area)> {
        let before = |area: &Area| self.before.areas.iter().find(|old| old.id == area.id);
        let pairs = self.after.areas.iter().filter_map(|area| Some((before(area)?, area)));
        pairs.filter(|(old, new)| HeadPart::ALL.iter().any(|part| old.part(*part) != new.part(*part))).collect()
    }

    pub fn standard_before(&self, id: &StandardId) -> Option<&Standard> {
        self.before.standards.iter().find(|old| old.id == *id)
    }

    /// Standards that are new.
    pub fn new_standards(&self) -> Vec<&Standard> {
        self.after.standards.iter().filter(|standard| self.standard_before(&standard.id).is_none()).collect()
    }

    /// Standards whose texts or area differ, as they were and are.
    pub fn changed_standards(&self) -> Vec<(&Standard, &Standard)> {
        let pairs = self.after.standards.iter().filter_map(|s| Some((self.standard_before(&s.id)?, s)));
        let differs =
            |old: &Standard, new: &Standard| HeadPart::ALL.iter().any(|part| old.part(*part) != new.part(*part));
        pairs.filter(|(old, new)| old.area_id != new.area_id || differs(old, new)).collect()
    }

    /// Standards that are no more.
    pub fn removed_standards(&self) -> Vec<&Standard> {
        let is_gone = |old: &&Standard| !self.after.standards.iter().any(|standard| standard.id == old.id);
        self.before.standards.iter().filter(is_gone).collect()
    }

    /// Standards whose indicators that stay stand in another order.
    pub fn reordered_standards(&self) -> Vec<&Standard> {
        let order = |framework: &Framework, other: &Framework, id: &StandardId| -> Vec<IndicatorId> {
            let stays = |indicator: &&Indicator| other.indicator(&indicator.id).is_ok_and(|i| i.standard_id == *id);
            framework.indicators_of(id).filter(stays).map(|indicator| indicator.id.clone()).collect()
        };
        let moved = |s: &&Standard| order(&self.before, &self.after, &s.id) != order(&self.after, &self.before, &s.id);
        self.after.standards.iter().filter(moved).collect()
    }

    /// Words explained that differ: as they were and as they are.
    pub fn changed_terms(&self) -> Vec<(Option<&GlossaryTerm>, Option<&GlossaryTerm>)> {
        let in_list = |terms: &'_ [GlossaryTerm], term: &str| terms.iter().position(|known| known.term == term);
        let before = |term: &GlossaryTerm| in_list(&self.before.terms, &term.term).map(|at| &self.before.terms[at]);
        let now = self.after.terms.iter().map(|term| (before(term), Some(term)));
        let gone = self.before.terms.iter().filter(|term| in_list(&self.after.terms, &term.term).is_none());
        let all = now.chain(gone.map(|term| (Some(term), None)));
        all.filter(|(old, new)| old != new).collect()
    }
}
