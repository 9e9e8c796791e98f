//! Modules by what people call them in their spreadsheets.
//! A name that two modules share means neither.

use std::collections::{BTreeSet, HashMap};

use crate::db::DbConnection;
use crate::error::Result;
use crate::ids::ModuleId;
use crate::training::{Course, Equivalent, Module, Pathway};
use crate::words::fold_for_search;

/// Everything a module may be called, and the modules.
pub struct CourseNames {
    pub modules: Vec<Module>,
    /// By folded name.
    meant: HashMap<String, Vec<Course>>,
    /// What may be suggested.
    full_names: BTreeSet<String>,
}

/// What somebody wrote for a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    One(Course),
    /// It could be any of these: by their full names.
    Several(Vec<String>),
    /// Nothing is called so; this is called nearly so.
    Unknown(Option<String>),
}

impl CourseNames {
    pub fn load(conn: &mut DbConnection) -> Result<Self> {
        Ok(Self::of(Module::all(conn)?, &Equivalent::all_offered(conn)?))
    }

    pub fn of(modules: Vec<Module>, equivalents: &[Equivalent]) -> Self {
        let mut names = Self { modules: Vec::new(), meant: HashMap::new(), full_names: BTreeSet::new() };
        for module in &modules {
            let course = Course { module: module.id.clone(), equivalent: None };
            let full = full_name(module);
            for name in [&module.title, &module.short_title, &full, module.id.as_str()] {
                names.learn(name, &course);
            }
            names.full_names.insert(full);
        }
        for equivalent in equivalents.iter().filter(|one| modules.iter().any(|module| module.id == one.module_id)) {
            let course = Course { module: equivalent.module_id.clone(), equivalent: Some(equivalent.id) };
            names.learn(&equivalent.title, &course);
            names.full_names.insert(equivalent.title.clone());
        }
        names.modules = modules;
        names
    }

    fn learn(&mut self, name: &str, course: &Course) {
        let meant = self.meant.entry(fold_for_search(name)).or_default();
        if !meant.contains(course) {
            meant.push(course.clone());
        }
    }

    /// What somebody means by a name.
    pub fn named(&self, name: &str) -> Named {
        let folded = fold_for_search(name);
        match self.meant.get(&folded).map(Vec::as_slice) {
            Some([course]) => Named::One(course.clone()),
            Some(several) => Named::Several(several.iter().filter_map(|course| self.full_name_of(course)).collect()),
            None => Named::Unknown(nearest(&folded, self.full_names.iter().chain(self.titles()))),
        }
    }

    /// The one module that is called so.
    pub fn module_called(&self, name: &str) -> Option<ModuleId> {
        match self.named(name) {
            Named::One(course) if course.equivalent.is_none() => Some(course.module),
            _ => None,
        }
    }

    pub fn module(&self, id: &ModuleId) -> Option<&Module> {
        self.modules.iter().find(|module| module.id == *id)
    }

    /// Names that each mean one thing, in the programme's order.
    pub fn full_names(&self) -> Vec<String> {
        self.modules.iter().map(full_name).collect()
    }

    fn titles(&self) -> impl Iterator<Item = &String> {
        self.modules.iter().flat_map(|module| [&module.title, &module.short_title])
    }

    fn full_name_of(&self, course: &Course) -> Option<String> {
        self.module(&course.module).map(full_name)
    }
}

/// A title with its pathway, as lists for choosing have it: no two modules share one.
fn full_name(module: &Module) -> String {
    let pathway = match module.pathway() {
        Pathway::Core => "Core",
        Pathway::Accountability => "Accountability",
        Pathway::Cpd => "Development (CPD)",
    };
    format!("{} ({pathway})", module.title)
}

/// Of several names the one that is most like this, if any is like it at all. All are compared without case.
pub(super) fn nearest<'a>(folded: &str, names: impl Iterator<Item = &'a String>) -> Option<String> {
    // What nobody would call a module is compared with none: it costs much and helps nobody.
    if folded.chars().count() > 100 {
        return None;
    }
    let likeness = |name: &&String| {
        let name = fold_for_search(name);
        let whole = strsim::jaro_winkler(folded, &name);
        // `Safe-guarding level 2` begins as `Safeguarding` does.
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let (short, long) = (letters(&name), letters(folded));
        if short.chars().count() > 3 && long.starts_with(&short) { whole.max(0.95) } else { whole }
    };
    let best = names.map(|name| (likeness(&name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness > 0.85).map(|(_, name)| name.clone())
}
