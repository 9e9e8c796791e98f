//! A stored file on its way out. A browser saves it and never shows or runs it, whoever uploaded it.

use std::path::PathBuf;

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::web::Bytes;
use futures_util::stream::try_unfold;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use super::StoredFile;
use super::check::extensions_of;
use crate::error::Result;

const CHUNK: usize = 64 * 1024;
/// What RFC 8187 lets stand unescaped in an extended value, as far as names need it.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// Answers with a stored file whose bytes are at `path`, read as they are sent.
pub async fn download(stored: &StoredFile, path: PathBuf) -> Result<HttpResponse> {
    let file = File::open(path).await?;
    let length = file.metadata().await?.len();
    let chunks = try_unfold(file, |mut file| async {
        let mut chunk = vec![0; CHUNK];
        let read = file.read(&mut chunk).await?;
        chunk.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(chunk), file)))
    });
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, stored.media_type.as_str()))
        .insert_header((CONTENT_DISPOSITION, disposition(&stored.name, &stored.media_type)))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((CACHE_CONTROL, "private, no-store"))
        .body(SizedStream::new(length, Box::pin(chunks))))
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
        let bytes: Vec<u8> = (0..3 * CHUNK + 5).map(|n| n as u8).collect();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("long");
        std::fs::write(&path, &bytes).expect("a temporary folder takes files");
        let stored = StoredFile {
            id: crate::ids::FileId::new(),
            name: "long.pdf".into(),
            media_type: "application/pdf".into(),
            bytes: bytes.len() as i64,
            sha256: String::new(),
            uploaded_at: Default::default(),
        };
        let answer = download(&stored, path).await.expect("the file is there");
        assert_eq!(
            answer.headers().get("content-security-policy").map(|v| v.as_bytes()),
            Some(&b"sandbox; default-src 'none'"[..])
        );
        assert_eq!(answer.headers().get("content-type").map(|v| v.as_bytes()), Some(&b"application/pdf"[..]));
        let sent = actix_web::body::to_bytes(answer.into_body()).await.expect("the file can be read");
        assert!(sent[..] == bytes[..]);
        assert!(download(&stored, folder.path().join("gone")).await.is_err());
    }
}
