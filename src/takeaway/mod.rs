//! What someone takes away: one ZIP of sheets, as JSON and as tables a spreadsheet opens, with the files that belong to
//! them and a page that says what is what.
//! It is written to disk a page of rows and a piece of a file at a time, so that memory does not grow with it; no more
//! than two are made at once. A cell is never a formula, a name in the ZIP never leads out of it.
//! Not here: what belongs to whom; each part of the portal says that of its own.

mod answer;
mod sheet;
mod someone;
mod zip_file;

pub use answer::{send_takeaway, wait_for_turn};
pub use sheet::{Row, Sheet, Window};
pub use someone::Someone;
pub use zip_file::{Content, Forms, Index, Takeaway, place_of};
