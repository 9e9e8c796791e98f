//! A stored file on its way out. A browser saves it and never shows or runs it, whoever uploaded it.

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::web::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::check::extensions_of;
use super::{FileStore, StoredFile};
use crate::error::Result;

/// What RFC 8187 lets stand unescaped in an extended value, as far as names need it.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// Answers with a stored file, read as it is sent. `FileWaiting` or `FileRefused` when it may not be read.
pub async fn send_file(stored: &StoredFile, store: &FileStore) -> Result<HttpResponse> {
    stored.readable()?;
    let (length, bytes) = store.read(stored.id).await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, stored.media_type.as_str()))
        .insert_header((CONTENT_DISPOSITION, disposition(&stored.name, &stored.media_type)))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(SizedStream::new(length, Box::pin(bytes))))
}

/// Answers with a picture that was published, for pages to show. Its address never shows another one.
pub async fn send_picture(stored: &StoredFile, store: &FileStore) -> Result<HttpResponse> {
    stored.readable()?;
    let (length, bytes) = store.read(stored.id).await?;
    let disposition = disposition(&stored.name, &stored.media_type).replacen("attachment", "inline", 1);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, stored.media_type.as_str()))
        .insert_header((CONTENT_DISPOSITION, disposition))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(SizedStream::new(length, Box::pin(bytes))))
}

/// Answers with what was made just now for the one who asks, such as a paper.
pub fn send_bytes(name: &str, media_type: &str, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CONTENT_DISPOSITION, disposition(name, media_type)))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(bytes)
}

/// Answers with what anyone may have and a browser may show: made by the portal itself, never uploaded.
pub fn send_to_anyone(name: &str, media_type: &str, bytes: Bytes) -> HttpResponse {
    let disposition = disposition(name, media_type).replacen("attachment", "inline", 1);
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CONTENT_DISPOSITION, disposition))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CACHE_CONTROL, "public, max-age=600"))
        .body(bytes)
}

/// The name twice: in ASCII for old programs, and as it is. It ends as its kind does, so that what was called
/// `notes.exe` and is a PDF is saved as `notes.exe.pdf`.
fn disposition(name: &str, media_type: &str) -> String {
    let extensions = extensions_of(media_type);
    let ends_right = extensions.iter().any(|end| name.to_lowercase().ends_with(&format!(".{end}")));
    let name = match extensions.first() {
        Some(end) if !ends_right => format!("{name}.{end}"),
        _ => name.to_owned(),
    };
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(&name, KEPT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::FilesPlace;
    use crate::files::{FileState, accept_file};

    #[test]
    fn a_name_cannot_end_the_header_or_pass_for_another_kind() {
        for (name, media_type, header) in [
            ("certificate.pdf", "application/pdf", "filename=\"certificate.pdf\"; filename*=UTF-8''certificate.pdf"),
            ("photo.JPEG", "image/jpeg", "filename=\"photo.JPEG\"; filename*=UTF-8''photo.JPEG"),
            ("notes.exe", "application/pdf", "filename=\"notes.exe.pdf\"; filename*=UTF-8''notes.exe.pdf"),
            ("Zoë & co", "text/plain", "filename=\"Zo_ _ co.txt\"; filename*=UTF-8''Zo%C3%AB%20%26%20co.txt"),
            (
                "a\"\r\nX: y.pdf",
                "application/pdf",
                "filename=\"a___X_ y.pdf\"; filename*=UTF-8''a%22%0D%0AX%3A%20y.pdf",
            ),
        ] {
            assert_eq!(disposition(name, media_type), format!("attachment; {header}"));
        }
    }

    #[actix_web::test]
    async fn every_byte_of_a_long_file_is_sent_in_a_sandbox() {
        let bytes: Vec<u8> = b"Minutes. ".iter().copied().cycle().take(11 * 1024 * 1024 + 5).collect();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = FileStore::open(&FilesPlace::Folder(folder.path().into())).expect("a folder for files");
        let path = tempfile::NamedTempFile::new().expect("a temporary file").into_temp_path();
        std::fs::write(&path, &bytes).expect("a temporary file takes bytes");
        let kept = store.keep(accept_file(path, "minutes.txt").expect("plain text is taken")).await;
        let kept = kept.expect("the folder takes it");
        let mut stored = StoredFile { id: kept.id, ..StoredFile::made_up("minutes.txt", FileState::Ready) };
        stored.media_type = kept.media_type.to_owned();
        let answer = send_file(&stored, &store).await.expect("the file is there");
        let header = |name: &str| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        assert_eq!(header("content-security-policy").as_deref(), Some("sandbox; default-src 'none'"));
        assert_eq!(header("content-type").as_deref(), Some("text/plain"));
        let sent = actix_web::body::to_bytes(answer.into_body()).await.expect("the file can be read");
        assert!(sent[..] == bytes[..]);
        for (state, right) in [(FileState::Waiting, "FileWaiting"), (FileState::Refused, "FileRefused")] {
            stored.state = state;
            assert_eq!(send_file(&stored, &store).await.map(|_| ()).map_err(|e| e.to_string()), Err(right.to_owned()));
        }
    }
}
