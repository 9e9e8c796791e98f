//! The modules of the pathways, and who each is for. They come from `content/`; refresh periods are data.
//!
//! | pathway | for |
//! |---|---|
//! | core | everyone who works with young people: paid or volunteer, unless they only look on |
//! | accountability | everyone who carries responsibility for the organisation |
//! | cpd | nobody must; whoever holds one shows it |
//!
//! Safeguarding is for those who carry responsibility too, such as a trustee who never meets a young person.

use diesel::prelude::*;
use serde::Deserialize;

use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::training_modules;
use crate::each;
use crate::error::{Error, Result};
use crate::ids::ModuleId;
use crate::organisations::{Engagement, Membership, MembershipRole, Position};
use crate::text_enum;

const SAFEGUARDING: &str = "safeguarding";

text_enum! {
    /// A group of modules.
    pub enum Pathway {
        /// The minimum for everyone who works with young people.
        Core = "core",
        /// For those who carry responsibility for the organisation.
        Accountability = "accountability",
        /// Continuing professional development: qualifications.
        Cpd = "cpd",
    }
}

/// A training module.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = training_modules, treat_none_as_default_value = false)]
pub struct Module {
    pub id: ModuleId,
    pub position: i32,
    pub title: String,
    /// Fits the head of a column.
    pub short_title: String,
    pub pathway: Pathway,
    pub summary: String,
    /// What it covers at least, one a line.
    pub minimum_content: String,
    /// How long a completion counts; `None` for ever.
    pub refresh_months: Option<i32>,
}

#[derive(Deserialize)]
struct ModulesFile {
    modules: Vec<WrittenModule>,
}

#[derive(Deserialize)]
struct WrittenModule {
    id: ModuleId,
    title: String,
    short: String,
    pathway: Pathway,
    summary: String,
    minimum_content: Vec<String>,
    refresh_months: Option<i32>,
}

impl Module {
    /// Every module, in the programme's order.
    pub fn all(conn: &mut DbConnection) -> Result<Vec<Self>> {
        Ok(training_modules::table.order(training_modules::position).select(Self::as_select()).load(conn)?)
    }

    pub fn find(conn: &mut DbConnection, id: &ModuleId) -> Result<Self> {
        Ok(training_modules::table.find(id).select(Self::as_select()).first(conn)?)
    }

    /// Must this member have it?
    pub fn is_required_of(&self, membership: &Membership) -> bool {
        let Membership { role, engagement, accountable, .. } = *membership;
        self.is_required_in(Position { role, engagement, accountable })
    }

    /// Must whoever has this position have it?
    pub fn is_required_in(&self, position: Position) -> bool {
        match self.pathway {
            Pathway::Core => {
                works_with_young_people(position) || (self.id.as_str() == SAFEGUARDING && position.accountable)
            }
            Pathway::Accountability => position.accountable,
            Pathway::Cpd => false,
        }
    }
}

fn works_with_young_people(position: Position) -> bool {
    position.engagement != Engagement::Trustee && position.role != MembershipRole::Viewer
}

pub(super) fn load_modules(act: &mut Act<'_>) -> Result<()> {
    let modules = written_modules()?;
    each!(act.conn, c => diesel::insert_into(training_modules::table).values(&modules).execute(c))?;
    Ok(())
}

fn written_modules() -> Result<Vec<Module>> {
    let file: ModulesFile = toml::from_str(include_str!("../../content/training.toml")).map_err(Error::unexpected)?;
    let modules = (1..).zip(file.modules).map(|(position, written)| Module {
        id: written.id,
        position,
        title: written.title,
        short_title: written.short,
        pathway: written.pathway,
        summary: written.summary,
        minimum_content: written.minimum_content.join("\n"),
        refresh_months: written.refresh_months,
    });
    Ok(modules.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pathways_are_7_core_8_accountability_and_2_qualifications_that_never_expire() {
        let modules = written_modules().expect("the content can be read");
        let of = |pathway| modules.iter().filter(|m| m.pathway == pathway).count();
        assert_eq!((of(Pathway::Core), of(Pathway::Accountability), of(Pathway::Cpd)), (7, 8, 2));
        for module in modules {
            assert_eq!(module.refresh_months.is_none(), module.pathway == Pathway::Cpd, "{}", module.title);
        }
    }

    #[test]
    fn who_needs_how_many_modules() {
        use Engagement::{Paid, Trustee, Volunteer};
        use MembershipRole::{Lead, Practitioner, Signatory, Viewer};
        let modules = written_modules().expect("the content can be read");
        for (role, engagement, accountable, core, accountability) in [
            (Practitioner, Paid, false, 7, 0),
            (Practitioner, Volunteer, false, 7, 0),
            (Lead, Volunteer, true, 7, 8),
            (Signatory, Trustee, true, 1, 8),
            (Signatory, Trustee, false, 0, 0),
            (Viewer, Paid, false, 0, 0),
            (Viewer, Trustee, true, 1, 8),
        ] {
            let position = Position { role, engagement, accountable };
            let of = |p| modules.iter().filter(|m| m.pathway == p && m.is_required_in(position)).count();
            let needed = (of(Pathway::Core), of(Pathway::Accountability), of(Pathway::Cpd));
            assert_eq!(needed, (core, accountability, 0), "{position:?}");
        }
    }
}
