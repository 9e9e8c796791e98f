//! Pictures of the published Charter, for anyone, and for its paper.

use actix_web::HttpResponse;

use super::charter_paper::PictureBytes;
use super::version::{CharterVersion, Statement};
use crate::accounts::{Seat, Visitor};
use crate::error::{Error, Result};
use crate::files::{file_named, files_named};
use crate::ids::{FileId, StatementId};
use crate::web::Path;

pub async fn send_picture(visitor: Visitor, path: Path<(String, String)>) -> Result<HttpResponse> {
    let number = path.0.parse().map_err(|_| Error::NotFound)?;
    let id = StatementId::from(path.1.as_str());
    let file = visitor
        .read(move |conn| {
            let statements = CharterVersion::by_number(conn, number)?.statements(conn)?;
            let statement = statements.into_iter().find(|statement| statement.id == id);
            let file = statement.and_then(|statement| statement.picture_file_id).ok_or(Error::NotFound)?;
            file_named(conn, file)
        })
        .await?;
    visitor.send_picture(&file).await
}

/// The pictures of statements, without those that cannot be had now.
pub(super) async fn read_pictures(seat: &Seat, statements: &[Statement]) -> Result<PictureBytes> {
    let ids: Vec<FileId> = statements.iter().filter_map(|statement| statement.picture_file_id).collect();
    let mut pictures = PictureBytes::new();
    if ids.is_empty() {
        return Ok(pictures);
    }
    let files = seat.read(move |conn| files_named(conn, &ids)).await?;
    for statement in statements {
        let Some(file) = files.iter().find(|file| Some(file.id) == statement.picture_file_id) else { continue };
        match seat.read_file(file.id).await {
            Ok(bytes) => drop(pictures.insert(statement.id.clone(), (file.media_type.clone(), bytes))),
            Err(cause) => tracing::warn!(%cause, file = %file.id, "a picture of the Charter cannot be read"),
        }
    }
    Ok(pictures)
}
