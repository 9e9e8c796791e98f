//! Reading a body: fields into memory, files to disk as they come, both within limits.
#![allow(clippy::disallowed_types)]

use std::collections::BTreeMap;
use std::io::Write;

use actix_multipart::{Field, Multipart};
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};
use futures_util::TryStreamExt;

use super::sent::Sent;
use crate::error::{Error, Result};

/// The most a whole body may weigh: one file of 20 MB and the fields around it.
pub const MAX_BODY_BYTES: usize = 21 * 1024 * 1024;
/// The most the fields of a form may weigh together.
const MAX_FIELDS_BYTES: usize = 512 * 1024;

/// A file as it came, in a temporary place that is emptied when this is dropped.
pub struct ReceivedFile {
    pub path: tempfile::TempPath,
    /// As the sender called it.
    pub name: String,
}

/// Reads a form, of either encoding.
pub(super) async fn receive(request: &HttpRequest, payload: &mut Payload) -> Result<Sent> {
    let header = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if header.starts_with("multipart/form-data") {
        return receive_multipart(Multipart::new(request.headers(), payload.take())).await;
    }
    let mut body = web::BytesMut::new();
    while let Some(chunk) = payload.try_next().await.map_err(|_| Error::Unreadable)? {
        if body.len() + chunk.len() > MAX_FIELDS_BYTES {
            return Err(Error::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    let mut values = BTreeMap::<String, Vec<String>>::new();
    for (name, value) in url::form_urlencoded::parse(&body) {
        values.entry(name.into_owned()).or_default().push(value.into_owned());
    }
    Ok(Sent::new(values, BTreeMap::new()))
}

async fn receive_multipart(mut parts: Multipart) -> Result<Sent> {
    let mut values = BTreeMap::<String, Vec<String>>::new();
    let mut files = BTreeMap::new();
    let mut room = MAX_BODY_BYTES;
    let mut room_for_fields = MAX_FIELDS_BYTES;
    while let Some(mut part) = parts.try_next().await.map_err(|_| Error::Unreadable)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.content_disposition().and_then(|d| d.get_filename()).map(str::to_owned);
        match file_name {
            Some(file_name) => {
                let path = receive_file(&mut part, &mut room).await?;
                if !file_name.is_empty() {
                    files.insert(name, ReceivedFile { path, name: file_name });
                }
            }
            None => {
                let text = receive_text(&mut part, &mut room_for_fields).await?;
                values.entry(name).or_default().push(text);
            }
        }
    }
    Ok(Sent::new(values, files))
}

async fn receive_text(part: &mut Field, room: &mut usize) -> Result<String> {
    let mut text = Vec::new();
    while let Some(chunk) = part.try_next().await.map_err(|_| Error::Unreadable)? {
        *room = room.checked_sub(chunk.len()).ok_or(Error::TooLarge)?;
        text.extend_from_slice(&chunk);
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

async fn receive_file(part: &mut Field, room: &mut usize) -> Result<tempfile::TempPath> {
    let mut file = tempfile::NamedTempFile::new()?;
    while let Some(chunk) = part.try_next().await.map_err(|_| Error::Unreadable)? {
        *room = room.checked_sub(chunk.len()).ok_or(Error::TooLarge)?;
        file.write_all(&chunk)?;
    }
    file.flush()?;
    Ok(file.into_temp_path())
}
