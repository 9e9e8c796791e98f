//! Is a file of a kind we take, whatever it calls itself?

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::archive::{check_archive, ends_as_archive};

/// The most a file may weigh: 20 MB.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;

/// A file that passed the check, still where it was received.
#[derive(Debug)]
pub struct IncomingFile {
    pub(super) received: tempfile::TempPath,
    pub name: String,
    pub(super) media_type: &'static str,
    pub(super) bytes: i64,
    pub(super) sha256: String,
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileFlaw {
    Empty,
    TooLarge,
    /// Not a PDF, picture, office document or plain text.
    WrongKind,
    /// Cut off or damaged.
    Broken,
    /// Macros.
    HoldsProgram,
    /// Unpacked it would fill the disk of whoever opens it.
    Swells,
}

impl IncomingFile {
    pub fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// Its bytes, while it is where it was received.
    pub fn read_all(&self) -> std::io::Result<Vec<u8>> {
        std::fs::read(&self.received)
    }
}

impl FileFlaw {
    /// What is wrong and what to do, for a field called so: `The certificate`.
    pub fn say(self, called: &str) -> String {
        match self {
            Self::Empty => format!("{called} is empty. Choose it again, or choose another file"),
            Self::TooLarge => format!("{called} must be 20 MB or smaller"),
            Self::WrongKind => format!(
                "{called} must be a PDF, a picture, a Word, Excel, PowerPoint or OpenDocument file, or plain text"
            ),
            Self::Broken => format!("{called} is damaged. Save it again and choose the new copy, or save it as a PDF"),
            Self::HoldsProgram => {
                format!("{called} holds macros, which we do not take. Save it as a PDF and choose that")
            }
            Self::Swells => format!("{called} unpacks to far more than it should. Save it as a PDF and choose that"),
        }
    }
}

/// Each kind with how its names end, the usual ending first.
const KINDS: &[(&str, &[&str])] = &[
    ("application/pdf", &["pdf"]),
    ("image/jpeg", &["jpg", "jpeg"]),
    ("image/png", &["png"]),
    ("image/webp", &["webp"]),
    ("image/heif", &["heic", "heif"]),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", &["pptx"]),
    ("application/vnd.oasis.opendocument.text", &["odt"]),
    ("application/vnd.oasis.opendocument.spreadsheet", &["ods"]),
    (PLAIN_TEXT, &["txt", "csv", "md"]),
];
const PLAIN_TEXT: &str = "text/plain";

/// Reads the file once: its size, kind and hash.
pub fn accept_file(received: tempfile::TempPath, name: &str) -> Result<IncomingFile, FileFlaw> {
    let (bytes, start, sha256) = read_through(&received).map_err(|_| FileFlaw::Empty)?;
    if bytes == 0 {
        return Err(FileFlaw::Empty);
    }
    if bytes > MAX_BYTES {
        return Err(FileFlaw::TooLarge);
    }
    let media_type = kind_of(&received, &start)?;
    Ok(IncomingFile { received, name: safe_name(name), media_type, bytes: bytes as i64, sha256 })
}

/// How the names of files of a kind end, the usual ending first.
pub(super) fn extensions_of(media_type: &str) -> &'static [&'static str] {
    KINDS.iter().find(|(kind, _)| *kind == media_type).map_or(&[], |(_, extensions)| *extensions)
}

/// Office documents are archives, and are told apart by what is in them.
fn kind_of(path: &Path, start: &[u8]) -> Result<&'static str, FileFlaw> {
    let media_type = if start.starts_with(b"PK") {
        check_archive(path)?
    } else if ends_as_archive(path) {
        return Err(FileFlaw::WrongKind);
    } else {
        match infer::get(start) {
            Some(kind) => kind.mime_type().to_owned(),
            None if is_plain_text(start) => PLAIN_TEXT.to_owned(),
            None => return Err(FileFlaw::WrongKind),
        }
    };
    let known = KINDS.iter().find(|(kind, _)| *kind == media_type);
    known.map(|(kind, _)| *kind).ok_or(FileFlaw::WrongKind)
}

/// Text has no control bytes and no mark-up at its beginning that a browser might take for a page.
fn is_plain_text(start: &[u8]) -> bool {
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        // The sample may end within a character.
        Err(e) if e.valid_up_to() + 4 > start.len() => std::str::from_utf8(&start[..e.valid_up_to()]).unwrap_or(""),
        Err(_) => return false,
    };
    let ordinary = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    !text.is_empty() && text.chars().all(ordinary) && !text.trim_start().starts_with('<')
}

fn read_through(path: &Path) -> std::io::Result<(u64, Vec<u8>, String)> {
    let mut file = File::open(path)?;
    let (mut bytes, mut hash, mut start) = (0, Sha256::new(), Vec::new());
    let mut chunk = [0; 64 * 1024];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok((bytes, start, hex::encode(hash.finalize())));
        }
        if start.is_empty() {
            start.extend_from_slice(&chunk[..read.min(8192)]);
        }
        bytes += read as u64;
        hash.update(&chunk[..read]);
    }
}

/// The last part of a name, without what could end a header or climb a folder; 100 characters at most.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control() && !matches!(c, '"' | ';')).collect();
    let kept = kept.trim().trim_start_matches('.');
    let skip = kept.chars().count().saturating_sub(100);
    let kept: String = kept.chars().skip(skip).collect();
    if kept.is_empty() { "file".to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn check(content: &[u8], name: &str) -> Result<IncomingFile, FileFlaw> {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(content).expect("a temporary file takes bytes");
        accept_file(file.into_temp_path(), name)
    }

    #[test]
    fn a_file_is_what_it_holds_not_what_it_is_called() {
        assert_eq!(check(b"%PDF-1.7 rest", "photo.png").map(|f| f.media_type), Ok("application/pdf"));
        assert_eq!(check(b"MZ\x90\0 program", "certificate.pdf").map(|f| f.media_type), Err(FileFlaw::WrongKind));
        assert_eq!(check(b"<html><script>", "notes.txt").map(|f| f.media_type), Err(FileFlaw::WrongKind));
        assert_eq!(check("Minutes, 3 May: caf\u{e9}".as_bytes(), "m.txt").map(|f| f.media_type), Ok("text/plain"));
        assert_eq!(check(b"", "empty.pdf").map(|f| f.media_type), Err(FileFlaw::Empty));
    }

    #[test]
    fn an_office_document_is_unpacked_to_see_what_it_holds() {
        assert_eq!(
            check(&document(&[("word/document.xml", b"<w/>")]), "plan.docx").map(|f| f.name),
            Ok("plan.docx".into())
        );
        let with_macros = document(&[("word/document.xml", b"<w/>"), ("word/vbaProject.bin", b"Sub AutoOpen")]);
        assert_eq!(check(&with_macros, "plan.docx").map(|f| f.name), Err(FileFlaw::HoldsProgram));
        let whole = document(&[("word/document.xml", &[b'x'; 4000])]);
        assert_eq!(check(&whole[..whole.len() - 40], "plan.docx").map(|f| f.name), Err(FileFlaw::Broken));
    }

    #[test]
    fn a_zip_bomb_is_refused_whatever_it_says_of_its_size() {
        let zeroes = vec![0; 64 * 1024 * 1024];
        let names: Vec<String> = (0..5).map(|n| format!("word/media/image{n}.png")).collect();
        let mut parts: Vec<(&str, &[u8])> = vec![("word/document.xml", b"<w/>")];
        parts.extend(names.iter().map(|name| (name.as_str(), zeroes.as_slice())));
        let bomb = document(&parts);
        assert!(bomb.len() < 1024 * 1024, "it is small");
        assert_eq!(check(&bomb, "bomb.docx").map(|f| f.name), Err(FileFlaw::Swells));
        // The central directory says 64 MiB a part; let it lie.
        let size = (64_u32 * 1024 * 1024).to_le_bytes();
        let mut liar = bomb;
        while let Some(at) = liar.windows(4).position(|bytes| bytes == size) {
            liar[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
        }
        assert!(check(&liar, "liar.docx").is_err());
    }

    #[test]
    fn what_is_two_things_at_once_is_neither() {
        let mut both = b"%PDF-1.7 a page of text\n%%EOF\n".to_vec();
        both.extend(document(&[("word/document.xml", b"<w/>")]));
        assert_eq!(check(&both, "both.pdf").map(|f| f.media_type), Err(FileFlaw::WrongKind));
        assert_eq!(check(b"GIF89a/*<script>", "a.gif").map(|f| f.media_type), Err(FileFlaw::WrongKind));
        assert_eq!(
            check(&document(&[("holiday.exe", b"MZ")]), "plan.docx").map(|f| f.media_type),
            Err(FileFlaw::WrongKind)
        );
    }

    /// A ZIP archive of these parts, the Office kind when one is `word/…`.
    fn document(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, content) in [("[Content_Types].xml", &b"<Types/>"[..]), ("_rels/.rels", b"<R/>")].iter().chain(parts)
        {
            archive.start_file(*name, options).expect("a part begins");
            archive.write_all(content).expect("a part is written");
        }
        archive.finish().expect("an archive ends").into_inner()
    }

    #[test]
    fn a_name_cannot_climb_or_carry_a_header() {
        let name = |n| check(b"%PDF-1.7", n).map(|f| f.name).unwrap_or_default();
        assert_eq!(name("../../etc/pass\"wd\r\nX: y.pdf"), "passwdX: y.pdf");
        assert_eq!(name("..."), "file");
    }
}
