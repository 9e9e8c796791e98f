//! A ZIP on its way out: read from disk as it is sent, and gone from there when the last piece is.

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, X_CONTENT_TYPE_OPTIONS};
use actix_web::web::Bytes;
use futures_util::stream;
use tempfile::TempPath;
use tokio::io::AsyncReadExt;
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::error::{Error, Result};

const AT_ONCE: usize = 2;
const PIECE_BYTES: usize = 64 * 1024;
static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// Waits while two others are being made.
pub async fn wait_for_turn() -> Result<SemaphorePermit<'static>> {
    TURNS.acquire().await.map_err(Error::unexpected)
}

/// Answers with a ZIP called so; the name has letters, digits and hyphens only.
pub async fn send_takeaway(path: TempPath, name: &str) -> Result<HttpResponse> {
    let file = tokio::fs::File::open(&path).await?;
    let length = file.metadata().await?.len();
    // The path is held as long as there is something to read: then the file goes.
    let pieces = stream::try_unfold((file, path), |(mut file, path)| async move {
        let mut piece = vec![0; PIECE_BYTES];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(piece), (file, path))))
    });
    Ok(HttpResponse::Ok()
        .content_type("application/zip")
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.zip\"")))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(SizedStream::new(length, Box::pin(pieces))))
}
