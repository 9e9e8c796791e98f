//! What can be chosen when training is logged: the modules, and the courses by others that count as one.

use super::equivalent::Equivalent;
use super::forms::Course;
use super::module::{Module, Pathway};
use super::pages::pathway_name;
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::web::Choice;

/// All that is offered, in the programme's order.
pub struct Courses {
    modules: Vec<Module>,
    equivalents: Vec<Equivalent>,
}

impl Courses {
    pub fn offered(conn: &mut DbConnection) -> Result<Self> {
        Ok(Self { modules: Module::all(conn)?, equivalents: Equivalent::all_offered(conn)? })
    }

    /// Each module, followed by the courses that count as it.
    pub fn choices(&self) -> Vec<Choice> {
        let mut choices = vec![Choice::new("", "Choose the training")];
        for module in &self.modules {
            let pathway: Pathway = module.pathway();
            choices.push(Choice::new(module.id.as_str(), format!("{} ({})", module.title, pathway_name(pathway))));
            for course in self.equivalents.iter().filter(|course| course.module_id == module.id) {
                let word = Course { module: module.id.clone(), equivalent: Some(course.id) }.as_word();
                choices.push(Choice::new(word, format!("{}, which counts as {}", course.title, module.short_title)));
            }
        }
        choices
    }
}

/// The module and the course that someone chose; `None` for what there is not.
pub fn find_course(conn: &mut DbConnection, course: &Course) -> Result<Option<(Module, Option<Equivalent>)>> {
    let module = match Module::find(conn, &course.module) {
        Err(Error::NotFound) => return Ok(None),
        found => found?,
    };
    match course.equivalent.map(|id| Equivalent::find(conn, id)).transpose() {
        Err(Error::NotFound) => Ok(None),
        Ok(Some(equivalent)) if equivalent.module_id != module.id => Ok(None),
        found => Ok(Some((module, found?))),
    }
}
