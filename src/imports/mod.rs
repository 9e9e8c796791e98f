//! Bulk in: people and their past training out of a spreadsheet. A lead brings a sheet, says what its columns mean, sees
//! every problem by row and cell, and adds all of it or nothing; what was added can be taken back as long as nothing
//! hangs on it. The VRP brings sheets of many organisations in the same way.
//! Nothing is added while there is a problem. What was read is forgotten after a day.
//! Not here: the files themselves; `sheets` reads them.

mod adding;
mod batches;
mod check;
mod columns;
mod courses;
mod dates;
mod desk;
mod finding;
mod forms;
mod handlers;
mod import;
pub mod organisation_data;
mod pages;
mod plan;
mod reading;
mod result_pages;
mod rows;
mod template;
mod vrp_handlers;
mod wording;
pub mod your_data;

pub use adding::Added;
pub use batches::work_on_imports;
pub use check::{Checked, Sorted, check_import};
pub use columns::{Columns, ColumnsFlaw, MEANINGS, Meaning, find_head};
pub use courses::{CourseNames, Named};
pub use dates::{DateFlaw, DateOrder, read_date};
pub use desk::{FOR_MANY, FOR_ONE, take_apart};
pub use finding::{Finding, Found};
pub use import::{About, Import, ImportState, Part, forget_old_imports};
pub use plan::{Choices, Known, MOST_COMPLETIONS, Namesake, Plan, PlannedCompletion, PlannedPerson, lay_out};
pub use reading::Reader;
pub use rows::keep_rows;

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/organisations/{slug}/imports", handlers::show_imports)
        .post("/organisations/{slug}/imports", handlers::receive)
        .get("/organisations/{slug}/imports/template.csv", handlers::send_csv_template)
        .get("/organisations/{slug}/imports/template.xlsx", handlers::send_workbook_template)
        .get("/organisations/{slug}/imports/{import}", handlers::show_import)
        .get("/organisations/{slug}/imports/{import}/columns", handlers::show_columns)
        .post("/organisations/{slug}/imports/{import}/columns", handlers::set_columns)
        .get("/organisations/{slug}/imports/{import}/findings.csv", handlers::send_findings)
        .post("/organisations/{slug}/imports/{import}/choices", handlers::set_choices)
        .post("/organisations/{slug}/imports/{import}/addition", handlers::add)
        .post("/organisations/{slug}/imports/{import}/undoing", handlers::undo)
        .post("/organisations/{slug}/imports/{import}/removal", handlers::remove)
        .get("/vrp/imports", vrp_handlers::show_imports)
        .post("/vrp/imports", vrp_handlers::receive)
        .get("/vrp/imports/template.csv", vrp_handlers::send_csv_template)
        .get("/vrp/imports/template.xlsx", vrp_handlers::send_workbook_template)
        .get("/vrp/imports/{import}", vrp_handlers::show_import)
        .get("/vrp/imports/{import}/columns", vrp_handlers::show_columns)
        .post("/vrp/imports/{import}/columns", vrp_handlers::set_columns)
        .get("/vrp/imports/{import}/findings.csv", vrp_handlers::send_findings)
        .post("/vrp/imports/{import}/addition", vrp_handlers::add)
        .post("/vrp/imports/{import}/undoing", vrp_handlers::undo)
        .post("/vrp/imports/{import}/removal", vrp_handlers::remove);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [pages::samples(), result_pages::samples()].into_iter().flatten().collect()
}
