//! The file: a ZIP archive with `tables/NAME.jsonl`, `files/ID` and, last of all, `manifest.json`.
//! Whatever is in it is written and read in pieces.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::error::{Error, Result};
use crate::ids::FileId;

/// The form that this program writes and reads.
pub const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";
const PIECE_BYTES: usize = 64 * 1024;

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// UTC.
    pub taken_at: String,
    /// The migrations that the tables have been through.
    pub migrations: Vec<String>,
    pub tables: Vec<TableEntry>,
    pub files: usize,
    /// Files with a row whose bytes the store did not have.
    pub missing: Vec<FileId>,
}

/// One table: a line for each row, an array of texts in the order of the columns, `null` for what is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableEntry {
    pub name: String,
    pub columns: Vec<String>,
    pub rows: u64,
    /// Of all lines, in hexadecimal.
    pub sha256: String,
}

/// A backup that is being written. It has its name only once it is whole.
pub struct ArchiveWriter {
    zip: ZipWriter<BufWriter<File>>,
    sum: Sha256,
    bytes: u64,
    /// Where it is until it is whole.
    unfinished: PathBuf,
    to: PathBuf,
}

impl ArchiveWriter {
    /// Begins a file that nobody else on the machine can read. One that is there already is not written over.
    pub fn create(to: &Path) -> Result<Self> {
        if to.exists() {
            return Err(Error::unexpected(format!("{} is there already, and is not written over", to.display())));
        }
        let mut name = to.as_os_str().to_owned();
        name.push(".unfinished");
        let unfinished = PathBuf::from(name);
        let file = only_for_me(&unfinished)?;
        Ok(Self {
            zip: ZipWriter::new(BufWriter::new(file)),
            sum: Sha256::new(),
            bytes: 0,
            unfinished,
            to: to.to_owned(),
        })
    }

    /// Begins the lines of a table.
    pub fn begin_table(&mut self, name: &str) -> Result<()> {
        self.begin(&table_path(name), CompressionMethod::Deflated)
    }

    /// Begins the bytes of an uploaded file; most do not shrink.
    pub fn begin_file(&mut self, id: FileId) -> Result<()> {
        self.begin(&file_path(id), CompressionMethod::Stored)
    }

    fn begin(&mut self, path: &str, method: CompressionMethod) -> Result<()> {
        (self.sum, self.bytes) = (Sha256::new(), 0);
        let options = SimpleFileOptions::default().compression_method(method).large_file(true);
        self.zip.start_file(path, options).map_err(Error::unexpected)
    }

    /// The sum of what was written since the last beginning, and how many bytes it is.
    pub fn sum_so_far(&self) -> (String, u64) {
        (hex::encode(self.sum.clone().finalize()), self.bytes)
    }

    /// Takes back what was begun last.
    pub fn drop_begun(&mut self) -> Result<()> {
        self.zip.abort_file().map_err(Error::unexpected)
    }

    /// Writes the list and gives the file its name.
    pub fn finish(mut self, manifest: &Manifest) -> Result<()> {
        self.begin(MANIFEST, CompressionMethod::Deflated)?;
        serde_json::to_writer_pretty(&mut self, manifest).map_err(Error::unexpected)?;
        let Self { zip, unfinished, to, .. } = self;
        let file = zip.finish().map_err(Error::unexpected)?.into_inner().map_err(Error::unexpected)?;
        file.sync_all()?;
        Ok(std::fs::rename(unfinished, to)?)
    }

    /// Leaves nothing behind.
    pub fn abandon(self) {
        let unfinished = self.unfinished.clone();
        drop(self);
        std::fs::remove_file(unfinished).ok();
    }
}

impl Write for ArchiveWriter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.zip.write(bytes)?;
        self.sum.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.zip.flush()
    }
}

fn only_for_me(path: &Path) -> Result<File> {
    let mut options = File::options();
    options.write(true).read(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|cause| Error::unexpected(format!("{}: {cause}", path.display())))
}

/// A backup that is read.
pub struct ArchiveReader {
    zip: ZipArchive<BufReader<File>>,
    pub manifest: Manifest,
    name: String,
}

impl ArchiveReader {
    pub fn open(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|cause| Error::unexpected(format!("{name}: {cause}")))?;
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|cause| not_whole(&name, cause))?;
        let manifest: Manifest = {
            let entry = zip.by_name(MANIFEST).map_err(|cause| not_whole(&name, cause))?;
            serde_json::from_reader(entry).map_err(|cause| not_whole(&name, cause))?
        };
        if manifest.format != FORMAT {
            let text = format!("{name} is a backup of form {}, which this version does not read", manifest.format);
            return Err(Error::unexpected(text));
        }
        Ok(Self { zip, manifest, name })
    }

    /// The lines of a table.
    pub fn table(&mut self, name: &str) -> Result<impl Read> {
        self.zip.by_name(&table_path(name)).map_err(|cause| not_whole(&self.name, cause))
    }

    /// The bytes of a file.
    pub fn file(&mut self, id: FileId) -> Result<impl Read> {
        self.zip.by_name(&file_path(id)).map_err(|cause| not_whole(&self.name, cause))
    }

    /// How many uploaded files are in it.
    pub fn count_files(&self) -> usize {
        self.zip.file_names().flatten().filter(|name| name.starts_with("files/")).count()
    }

    /// Reads everything once, and checks it against the list and the files' own sums.
    pub fn check_sums(&mut self, files: &BTreeMap<FileId, String>) -> Result<()> {
        let (name, tables) = (self.name.clone(), self.manifest.tables.clone());
        for table in &tables {
            let (sum, lines) = sum_of(self.table(&table.name)?).map_err(|cause| not_whole(&name, cause))?;
            if (sum, lines) != (table.sha256.clone(), table.rows) {
                return Err(not_whole(&self.name, format!("the table {} is not as it was written", table.name)));
            }
        }
        for (id, expected) in files {
            let (sum, _) = sum_of(self.file(*id)?).map_err(|cause| not_whole(&name, cause))?;
            if sum != *expected {
                return Err(not_whole(&self.name, format!("the file {id} is not as it was written")));
            }
        }
        if (self.count_files(), self.manifest.files) != (files.len(), files.len()) {
            return Err(not_whole(&self.name, "files are missing, or too many"));
        }
        Ok(())
    }

    /// Says that it cannot be used, and why.
    pub fn refuse(&self, why: impl std::fmt::Display) -> Error {
        not_whole(&self.name, why)
    }
}

/// The sum of what can be read, and how many lines it is.
fn sum_of(mut from: impl Read) -> std::io::Result<(String, u64)> {
    let (mut sum, mut lines, mut piece) = (Sha256::new(), 0, vec![0; PIECE_BYTES]);
    loop {
        match from.read(&mut piece)? {
            0 => return Ok((hex::encode(sum.finalize()), lines)),
            read => {
                sum.update(&piece[..read]);
                lines += piece[..read].iter().filter(|byte| **byte == b'\n').count() as u64;
            }
        }
    }
}

fn not_whole(name: &str, cause: impl std::fmt::Display) -> Error {
    Error::unexpected(format!("{name} is not a whole backup, and nothing was put back: {cause}"))
}

fn table_path(name: &str) -> String {
    format!("tables/{name}.jsonl")
}

fn file_path(id: FileId) -> String {
    format!("files/{id}")
}
