//! The Charter as the VRP keeps it: which version is in force, the next one while it is written, and its publication.
//! Before a draft is published the VRP sees what it would change, statement by statement, and for which pledges; nobody is
//! written to by that.
//! Not here: what a draft is and what may become of it, which is `charter`.

mod affected;
mod comparison;
mod forms;
mod handlers;
mod pages;
mod picture_handlers;
mod picture_page;
mod publication_handlers;
mod publication_page;
mod sign_again;
mod statement_handlers;
mod statement_page;
mod texts;
mod write_handlers;
mod write_pages;

pub use affected::Affected;
pub use comparison::Comparison;

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/vrp/charter", handlers::show_charters)
        .post("/vrp/charter/draft", handlers::begin)
        .get("/vrp/charter/draft", handlers::show_draft)
        .get("/vrp/charter/draft/preview", handlers::show_preview)
        .get("/vrp/charter/draft/dropping", handlers::show_dropping)
        .post("/vrp/charter/draft/dropping", handlers::drop_it)
        .get("/vrp/charter/draft/wording", write_handlers::show_wording)
        .post("/vrp/charter/draft/wording", write_handlers::save_wording)
        .get("/vrp/charter/draft/texts/{text}", write_handlers::show_front_text)
        .post("/vrp/charter/draft/texts/{text}", write_handlers::save_front_text)
        .get("/vrp/charter/draft/statements/new", statement_handlers::show_new)
        .post("/vrp/charter/draft/statements/new", statement_handlers::add)
        .get("/vrp/charter/draft/statements/{statement}", statement_handlers::show)
        .post("/vrp/charter/draft/statements/{statement}/place", statement_handlers::put_in_place)
        .post("/vrp/charter/draft/statements/{statement}/removal", statement_handlers::remove)
        .post("/vrp/charter/draft/statements/{statement}/return", statement_handlers::put_back)
        .get("/vrp/charter/draft/statements/{statement}/picture", picture_handlers::show_picture)
        .post("/vrp/charter/draft/statements/{statement}/picture", picture_handlers::save_picture)
        .post("/vrp/charter/draft/statements/{statement}/picture/removal", picture_handlers::take_away)
        .get("/vrp/charter/draft/statements/{statement}/picture/file", picture_handlers::send_draft_picture)
        .get("/vrp/charter/draft/statements/{statement}/texts/{text}", write_handlers::show_part)
        .post("/vrp/charter/draft/statements/{statement}/texts/{text}", write_handlers::save_part)
        .get("/vrp/charter/draft/publication", publication_handlers::show_publication)
        .post("/vrp/charter/draft/publication", publication_handlers::publish)
        .get("/vrp/charter/draft/publication/affected.csv", publication_handlers::send_affected)
        .get("/vrp/charter/sign-again", sign_again::show_day)
        .post("/vrp/charter/sign-again", sign_again::change_day);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [
        pages::samples(),
        statement_page::samples(),
        picture_page::samples(),
        write_pages::samples(),
        publication_page::samples(),
        sign_again::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
