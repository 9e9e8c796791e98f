//! What an umbrella body sees of the organisations that consented: totals in a few tables.
//! Nothing of fewer than five organisations or people is shown or can be worked out by comparing; [`rule`] is the one
//! place that says what may be shown. The picture is drawn in acts of the portal's own and stored; a page only reads it.
//! Not here: who consented, which is `affiliations`.

mod census;
mod drawing;
mod handlers;
mod pages;
pub mod rule;
mod stored;

pub use census::{Census, Table, TableName};
pub use drawing::{draw_picture, redraw_due_pictures};
pub use stored::{DrawnTable, Figure, Picture};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes.get("/organisations/{slug}/umbrella", handlers::show_picture);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    pages::samples()
}
