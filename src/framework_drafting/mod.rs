//! The quality framework as the VRP keeps it: its versions, the next one while it is written, its file, and its
//! publication. Before a draft is published the VRP sees what it would change, question by question, and what it would ask
//! of whom; nobody is written to by that.
//! Not here: what a draft is and what may become of it, which is `framework`; how self-assessments go over to a new
//! version, which is `quality`.

mod affected;
mod choice_page;
mod difference;
mod file_handlers;
mod file_page;
mod forms;
mod handlers;
mod indicator_handlers;
mod indicator_page;
mod pages;
mod publication;
mod publication_handlers;
mod publication_page;
mod reading;
mod standard_handlers;
mod standard_page;
mod term_handlers;
mod term_page;
mod texts;
mod write_handlers;
mod write_page;

pub use affected::{Affected, Concerned, all_concerned, some_concerned};
pub use publication::{Published, publish};
pub use reading::{FileProblem, read_framework};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/vrp/framework", handlers::show_frameworks)
        .get("/vrp/framework/versions/{number}/framework.toml", file_handlers::send_version)
        .post("/vrp/framework/draft", handlers::begin)
        .get("/vrp/framework/draft", handlers::show_draft)
        .get("/vrp/framework/draft/preview", handlers::show_preview)
        .get("/vrp/framework/draft/dropping", handlers::show_dropping)
        .post("/vrp/framework/draft/dropping", handlers::drop_it)
        .get("/vrp/framework/draft/framework.toml", file_handlers::send_draft)
        .get("/vrp/framework/draft/file", file_handlers::show_upload)
        .post("/vrp/framework/draft/file", file_handlers::upload)
        .get("/vrp/framework/draft/file/trial", file_handlers::show_trial)
        .post("/vrp/framework/draft/file/trial", file_handlers::replace)
        .get("/vrp/framework/draft/texts/{text}", write_handlers::show_front)
        .post("/vrp/framework/draft/texts/{text}", write_handlers::save_front)
        .get("/vrp/framework/draft/areas/{area}/texts/{text}", write_handlers::show_area)
        .post("/vrp/framework/draft/areas/{area}/texts/{text}", write_handlers::save_area)
        .get("/vrp/framework/draft/areas/{area}/standards/new", standard_handlers::show_new)
        .post("/vrp/framework/draft/areas/{area}/standards/new", standard_handlers::add)
        .get("/vrp/framework/draft/standards/{standard}", standard_handlers::show)
        .post("/vrp/framework/draft/standards/{standard}/place", standard_handlers::put_in_place)
        .post("/vrp/framework/draft/standards/{standard}/removal", standard_handlers::remove)
        .get("/vrp/framework/draft/standards/{standard}/texts/{text}", write_handlers::show_standard)
        .post("/vrp/framework/draft/standards/{standard}/texts/{text}", write_handlers::save_standard)
        .get("/vrp/framework/draft/standards/{standard}/indicators/new", indicator_handlers::show_new)
        .post("/vrp/framework/draft/standards/{standard}/indicators/new", indicator_handlers::add)
        .get("/vrp/framework/draft/indicators/{indicator}", indicator_handlers::show)
        .post("/vrp/framework/draft/indicators/{indicator}/place", indicator_handlers::put_in_place)
        .post("/vrp/framework/draft/indicators/{indicator}/retirement", indicator_handlers::retire)
        .post("/vrp/framework/draft/indicators/{indicator}/return", indicator_handlers::put_back)
        .get("/vrp/framework/draft/indicators/{indicator}/split", indicator_handlers::show_split)
        .post("/vrp/framework/draft/indicators/{indicator}/split", indicator_handlers::split)
        .get("/vrp/framework/draft/indicators/{indicator}/choices/{choice}", indicator_handlers::show_choice)
        .post("/vrp/framework/draft/indicators/{indicator}/choices/{choice}", indicator_handlers::choose)
        .get("/vrp/framework/draft/indicators/{indicator}/texts/{text}", write_handlers::show_indicator)
        .post("/vrp/framework/draft/indicators/{indicator}/texts/{text}", write_handlers::save_indicator)
        .get("/vrp/framework/draft/words", term_handlers::show_terms)
        .get("/vrp/framework/draft/words/new", term_handlers::show_new)
        .post("/vrp/framework/draft/words/new", term_handlers::add)
        .get("/vrp/framework/draft/words/{word}", term_handlers::show)
        .post("/vrp/framework/draft/words/{word}", term_handlers::save)
        .post("/vrp/framework/draft/words/{word}/removal", term_handlers::remove)
        .get("/vrp/framework/draft/publication", publication_handlers::show_publication)
        .post("/vrp/framework/draft/publication", publication_handlers::publish_it)
        .get("/vrp/framework/draft/publication/concerned", publication_handlers::show_concerned)
        .get("/vrp/framework/draft/publication/concerned.csv", publication_handlers::send_concerned);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [
        pages::samples(),
        standard_page::samples(),
        indicator_page::samples(),
        choice_page::samples(),
        write_page::samples(),
        term_page::samples(),
        file_page::samples(),
        publication_page::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
