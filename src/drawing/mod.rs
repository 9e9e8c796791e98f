//! Papers: PDFs that people print, send and keep, and that a screen reader reads as well as an eye does.
//! A [`Paper`] is written in words like heading, paragraph, table and QR code; it is laid out over as many pages as it
//! needs, and every one is PDF/UA-1 and PDF/A-2a, or it is not drawn at all. The same words can be written as a text
//! document, for those who want to go on writing in it.
//! Not here: what a paper says. Nothing in this folder knows what a pledge or a completion is.

mod compose;
mod ink;
mod letters;
mod pages;
mod paper;
mod photo;
mod strip;
mod text_document;

pub use paper::{Column, Paper, Picture, Shade, Table};
pub use photo::{MOST_DOTS, Photo, PhotoFlaw};
pub use text_document::{TEXT_MEDIA_TYPE, write_text_document};

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::error::{Error, Result};

/// The media type of what is drawn.
pub const MEDIA_TYPE: &str = "application/pdf";

/// Drawing is work for a core; more at once would only fight for them, and each holds its pages in memory.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Draws a paper, away from the threads that answer people.
pub async fn draw_paper(paper: Paper) -> Result<Vec<u8>> {
    let _turn = TURNS.acquire().await.map_err(Error::unexpected)?;
    spawn_blocking(move || draw_here(paper)).await.map_err(Error::unexpected)?
}

/// [`draw_paper`] on the present thread.
pub fn draw_here(paper: Paper) -> Result<Vec<u8>> {
    let composed = compose::compose(&paper)?;
    let pages = pages::paginate(composed.strips, &composed.heads);
    ink::draw(&paper, pages, composed.nodes)
}
