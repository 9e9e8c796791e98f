//! The modules as `content/training.toml` writes them, for a new database.

use serde::Deserialize;

use super::equivalent::add_equivalent;
use super::expiry::Expiry;
use super::module::{Module, ModuleState, Pathway, Rules};
use super::requirement::Requirement;
use crate::acts::Act;
use crate::error::{Error, Result};
use crate::ids::ModuleId;
use crate::organisations::{Engagement, MembershipRole};

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
    refresh_months: Option<u32>,
    #[serde(default)]
    required_of: Vec<WrittenRequirement>,
    #[serde(default)]
    equivalents: Vec<String>,
    qualification_level: Option<i32>,
}

/// A requirement by the name the programme has for it.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum WrittenRequirement {
    /// Paid or volunteer, unless they only look on.
    WorksWithYoungPeople,
    CarriesResponsibility,
}

impl WrittenRequirement {
    fn read(self) -> Requirement {
        match self {
            Self::WorksWithYoungPeople => Requirement {
                roles: vec![MembershipRole::Lead, MembershipRole::Signatory, MembershipRole::Practitioner],
                engagements: vec![Engagement::Paid, Engagement::Volunteer],
                ..Requirement::default()
            },
            Self::CarriesResponsibility => Requirement { accountable: true, ..Requirement::default() },
        }
    }
}

/// Loads the modules into a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    for (module, equivalents) in written_modules()? {
        module.store(act.conn)?;
        equivalents.iter().try_for_each(|title| add_equivalent(act.conn, &module.id, title))?;
    }
    Ok(())
}

fn written_modules() -> Result<Vec<(Module, Vec<String>)>> {
    let file: ModulesFile = toml::from_str(include_str!("../../content/training.toml")).map_err(Error::unexpected)?;
    let modules = (1..).zip(file.modules).map(|(position, written)| {
        let expiry = written.refresh_months.map_or(Expiry::Never, |months| Expiry::FromCompletion { months });
        let module = Module {
            id: written.id,
            position,
            title: written.title,
            short_title: written.short,
            summary: written.summary,
            minimum_content: written.minimum_content.join("\n"),
            rules: Rules {
                pathway: written.pathway,
                expiry,
                required_of: written.required_of.into_iter().map(WrittenRequirement::read).collect(),
                state: ModuleState::Offered,
            },
            since_on: None,
            qualification_level: written.qualification_level,
            awarding_body: None,
        };
        (module, written.equivalents)
    });
    Ok(modules.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisations::Position;

    fn modules() -> Vec<Module> {
        written_modules().expect("the content can be read").into_iter().map(|(module, _)| module).collect()
    }

    #[test]
    fn the_pathways_are_7_core_8_accountability_and_2_qualifications_that_never_expire() {
        let modules = modules();
        let of = |pathway| modules.iter().filter(|m| m.pathway() == pathway).count();
        assert_eq!((of(Pathway::Core), of(Pathway::Accountability), of(Pathway::Cpd)), (7, 8, 2));
        for module in modules {
            assert_eq!(module.rules.expiry == Expiry::Never, module.pathway() == Pathway::Cpd, "{}", module.title);
        }
    }

    #[test]
    fn who_needs_how_many_modules() {
        use Engagement::{Paid, Trustee, Volunteer};
        use MembershipRole::{Lead, Practitioner, Signatory, Viewer};
        let modules = modules();
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
            let of = |p| modules.iter().filter(|m| m.pathway() == p && m.rules.is_required_in(position, None)).count();
            let needed = (of(Pathway::Core), of(Pathway::Accountability), of(Pathway::Cpd));
            assert_eq!(needed, (core, accountability, 0), "{position:?}");
        }
    }
}
