//! What may be said of a round across the sector, worked out from its counts: a few thousand numbers, however many people
//! answered. Only a round that is closed and counted to the end says anything.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::tally::PEOPLE;
use crate::db::DbConnection;
use crate::db::schema::skills_counts as counts;
use crate::error::Result;
use crate::ids::{ModuleId, OpenQuestionId, SkillId};
use crate::skills_audit::{Barrier, Round, WorkRole};
use crate::small_groups::{Cells, FEWEST, Group, Measure, Respondents, Shown, ShownTable, show_together};

/// What a table is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// How many are unsure, and how many want training, of those who answered.
    Skill(SkillId),
    /// How many want it, of all who took part.
    Wants(ModuleId),
    /// How many hold it already.
    Holds(ModuleId),
    /// How many it stops.
    Stops(Barrier),
}

/// The measures of a skill's table, by place.
pub(super) const UNSURE: usize = 0;
pub(super) const WANTING: usize = 1;

/// A round as the VRP sees it.
#[derive(Debug, Clone)]
pub struct SectorPicture {
    pub round: Round,
    /// Everyone who took part.
    pub people: i64,
    pub shown: Shown<Asked>,
    /// Open questions that five or more people answered.
    pub said: Vec<OpenQuestionId>,
}

impl SectorPicture {
    /// `None` before the round's counts are settled. One query.
    pub fn of(conn: &mut DbConnection, round: &Round) -> Result<Option<Self>> {
        if round.counted_at.is_none() {
            return Ok(None);
        }
        let rows: Vec<(String, WorkRole, String, i64)> = counts::table
            .filter(counts::round_id.eq(round.id))
            .filter(counts::people.ne(0))
            .select((counts::district, counts::role, counts::what, counts::people))
            .load(conn)?;
        Ok(Some(Self::from_counts(round, &rows)))
    }

    /// From the counts alone.
    pub fn from_counts(round: &Round, rows: &[(String, WorkRole, String, i64)]) -> Self {
        let mut by_what: BTreeMap<&str, Respondents> = BTreeMap::new();
        for (district, role, what, people) in rows {
            let at = (district.clone(), role.as_str().to_owned());
            *by_what.entry(what).or_default().entry(at).or_insert(0) += people;
        }
        let respondents = by_what.get(PEOPLE).cloned().unwrap_or_default();
        let empty = Respondents::new();
        let of = |what: String| by_what.get(what.as_str()).unwrap_or(&empty);
        let mut tables: BTreeMap<Asked, Vec<Cells>> = BTreeMap::new();
        for what in by_what.keys() {
            let Some((kind, id)) = what.split_once('/') else { continue };
            let table = match kind {
                "answered" => {
                    let answered = of(format!("answered/{id}"));
                    let measures = [of(format!("low/{id}")), of(format!("wants/{id}"))];
                    (Asked::Skill(id.into()), measures.map(|said| cells(answered, said)).to_vec())
                }
                "module" => (Asked::Wants(id.into()), vec![cells(&respondents, of(format!("module/{id}")))]),
                "holds" => (Asked::Holds(id.into()), vec![cells(&respondents, of(format!("holds/{id}")))]),
                "barrier" => match Barrier::parse(id) {
                    Some(barrier) => (Asked::Stops(barrier), vec![cells(&respondents, of(format!("barrier/{id}")))]),
                    None => continue,
                },
                _ => continue,
            };
            tables.insert(table.0, table.1);
        }
        let said = by_what.iter().filter_map(|(what, people)| {
            let question = what.strip_prefix("said/")?;
            (people.values().sum::<i64>() >= FEWEST).then(|| OpenQuestionId::from(question))
        });
        Self {
            round: round.clone(),
            people: respondents.values().sum(),
            said: said.collect(),
            shown: show_together(&respondents, &tables),
        }
    }

    pub fn table(&self, asked: &Asked) -> Option<&ShownTable> {
        self.shown.tables.get(asked)
    }

    /// What is said of everyone who answered a skill.
    pub fn of_skill(&self, skill: &SkillId, measure: usize) -> Option<Measure> {
        Some(self.table(&Asked::Skill(skill.clone()))?.figures.get(measure)?.all)
    }
}

/// People of `of`, and those of them who said it.
fn cells(of: &Respondents, said: &Respondents) -> Cells {
    let group = |at: &(String, String), people: i64| {
        let in_date = said.get(at).copied().unwrap_or(0);
        Group { people, in_date }
    };
    of.iter().map(|(at, people)| (at.clone(), group(at, *people))).collect()
}

/// Made-up numbers, for pages.
pub(super) mod samples {
    use crate::ids::DistrictCode;
    use crate::organisations::District;
    use crate::sector_skills::overview_page::Overview;
    use crate::skills_audit::{Rate, Round, WorkRole, sample_instrument};
    use crate::training_sessions::Supply;

    use super::SectorPicture;

    /// A counted round with a round before it.
    pub(in crate::sector_skills) fn overview() -> Overview {
        let (round, instrument) = (Round::sample(), sample_instrument());
        let picture = |unsure: i64| {
            let mut rows = Vec::new();
            let mut add = |district: &str, what: String, n| rows.push((district.to_owned(), WorkRole::Paid, what, n));
            for (district, people) in [("E06000018", 60), ("E07000174", 40), ("E07000170", 3)] {
                add(district, "people".to_owned(), people);
                for skill in &instrument.skills {
                    add(district, format!("answered/{}", skill.id), people);
                    add(district, format!("low/{}", skill.id), people * unsure / 100);
                    add(district, format!("wants/{}", skill.id), people / 3);
                }
                add(district, "module/send".to_owned(), people / 2);
                add(district, "barrier/cover".to_owned(), people / 4);
                add(district, "said/what-would-help".to_owned(), people);
            }
            SectorPicture::from_counts(&round, &rows)
        };
        let district = |code: &str, name: &str| District {
            code: DistrictCode::from(code),
            name: name.to_owned(),
            county: "Nottinghamshire".to_owned(),
        };
        Overview {
            rate: Rate { organisations: 34, people: 530, finished: 103 },
            picture: Some(picture(45)),
            before: Some(picture(60)),
            supply: [(Some("send".into()), Supply { sessions: 1, free: 8, waiting: 0 })].into(),
            districts: vec![district("E06000018", "Nottingham"), district("E07000174", "Mansfield")],
            instrument,
            round,
        }
    }
}
