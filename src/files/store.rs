//! Where bytes are kept: a folder, or a bucket of any store that speaks the S3 protocol. They are read and written in
//! pieces, so that memory does not grow with a file.

use std::future::Future;
use std::io::Write;
use std::sync::{Arc, LazyLock, mpsc};
use std::time::Duration;

use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig, WriteMultipart};
use tempfile::TempPath;
use tokio::io::AsyncReadExt;
use tokio::runtime::Runtime;

use super::IncomingFile;
use crate::config::{Bucket, FilesPlace};
use crate::error::{Error, Result};
use crate::ids::FileId;

/// The least that S3 takes as a part; also what is held in memory of one upload.
const PART_BYTES: usize = 5 * 1024 * 1024;
const PIECE_BYTES: usize = 64 * 1024;
/// People wait for an answer: a store that does not speak is away.
const PATIENCE: Duration = Duration::from_secs(15);
/// Made at the first use, for those who cannot wait in the way of servers. It lives as long as the process, and with
/// it the connections it opened.
static ELSEWHERE: LazyLock<std::io::Result<Runtime>> =
    LazyLock::new(|| tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build());

/// What becomes of a file when it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewFiles {
    /// It can be read at once: there is no virus scanner.
    AreReady,
    /// It waits until the virus scanner has looked at it.
    WaitForScan,
}

/// The way to the bytes. Clones share it.
#[derive(Clone)]
pub struct FileStore {
    store: Arc<dyn ObjectStore>,
    pub(super) new_files: NewFiles,
}

/// A file whose bytes are kept. It becomes a record with [`super::record_file`]; if it never does, it is swept away.
pub struct KeptFile {
    pub(super) id: FileId,
    pub(super) name: String,
    pub(super) media_type: &'static str,
    pub(super) bytes: i64,
    pub(super) sha256: String,
    pub(super) new_files: NewFiles,
}

impl KeptFile {
    /// In hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

impl FileStore {
    /// Makes the way ready. A folder is made if there is none; a bucket is not asked yet.
    pub fn open(place: &FilesPlace) -> Result<Self> {
        let store: Arc<dyn ObjectStore> = match place {
            FilesPlace::Folder(folder) => {
                std::fs::create_dir_all(folder)?;
                let local = LocalFileSystem::new_with_prefix(folder).map_err(Error::unexpected)?;
                // What is recorded must be there after a power cut, too.
                Arc::new(local.with_fsync(cfg!(not(debug_assertions))))
            }
            FilesPlace::Bucket(bucket) => open_bucket(bucket)?,
        };
        Ok(Self { store, new_files: NewFiles::AreReady })
    }

    /// The same store, whose new files wait for the virus scanner.
    pub fn with_scanner(self) -> Self {
        Self { new_files: NewFiles::WaitForScan, ..self }
    }

    /// Keeps the bytes of a checked file. `FilesAway` when the store does not take them; nothing is left behind then.
    pub async fn keep(&self, incoming: IncomingFile) -> Result<KeptFile> {
        let id = FileId::new();
        self.put(id, &incoming.received).await?;
        let IncomingFile { name, media_type, bytes, sha256, .. } = incoming;
        Ok(KeptFile { id, name, media_type, bytes, sha256, new_files: self.new_files })
    }

    async fn put(&self, id: FileId, from: &std::path::Path) -> Result<()> {
        let upload = self.store.put_multipart(&path_of(id)).await.map_err(away)?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PART_BYTES);
        let mut file = tokio::fs::File::open(from).await?;
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let read = file.read(&mut piece).await?;
            if read == 0 {
                break;
            }
            // One part on its way, one being filled.
            if let Err(cause) = writer.wait_for_capacity(1).await {
                writer.abort().await.ok();
                return Err(away(cause));
            }
            writer.write(&piece[..read]);
        }
        writer.finish().await.map_err(away)?;
        Ok(())
    }

    /// [`FileStore::keep`] for the demonstration and for commands, which wait.
    pub fn keep_now(&self, incoming: IncomingFile) -> Result<KeptFile> {
        let store = self.clone();
        wait_for(async move { store.keep(incoming).await })?
    }

    /// Keeps bytes under an id that they had elsewhere, for commands.
    pub fn put_now(&self, id: FileId, from: TempPath) -> Result<()> {
        let store = self.clone();
        wait_for(async move { store.put(id, &from).await })?
    }

    /// Is a file there? For commands.
    pub fn has_now(&self, id: FileId) -> Result<bool> {
        let store = self.clone();
        wait_for(async move {
            match store.store.head(&path_of(id)).await {
                Ok(_) => Ok(true),
                Err(object_store::Error::NotFound { .. }) => Ok(false),
                Err(cause) => Err(away(cause)),
            }
        })?
    }

    /// Is there no file at all? For commands.
    pub fn is_empty_now(&self) -> Result<bool> {
        let store = self.clone();
        wait_for(async move {
            let first = store.store.list(None).next().await;
            first.transpose().map(|found| found.is_none()).map_err(away)
        })?
    }

    /// [`FileStore::remove`] for commands.
    pub fn remove_now(&self, id: FileId) -> Result<()> {
        let store = self.clone();
        wait_for(async move { store.remove(id).await })?
    }

    /// The bytes of a file, and how many they are.
    pub async fn read(
        &self,
        id: FileId,
    ) -> Result<(u64, impl Stream<Item = std::io::Result<Bytes>> + 'static + use<>)> {
        let found = self.store.get(&path_of(id)).await.map_err(away)?;
        Ok((found.meta.size, found.into_stream().map_err(std::io::Error::other)))
    }

    /// All the bytes of a file that is known to be small.
    pub async fn read_whole(&self, id: FileId) -> Result<Vec<u8>> {
        let found = self.store.get(&path_of(id)).await.map_err(away)?;
        Ok(found.bytes().await.map_err(away)?.to_vec())
    }

    /// Writes the bytes of a file, for commands and for archives that are made in the background.
    pub fn copy_now(&self, id: FileId, to: &mut impl Write) -> Result<u64> {
        let (store, (sender, receiver)) = (self.clone(), mpsc::sync_channel::<Result<Bytes>>(2));
        elsewhere()?.spawn(async move {
            let outcome = async {
                let (_, mut bytes) = store.read(id).await?;
                while let Some(piece) = bytes.next().await {
                    if sender.send(Ok(piece?)).is_err() {
                        break;
                    }
                }
                Ok(())
            };
            if let Err(cause) = outcome.await {
                sender.send(Err(cause)).ok();
            }
        });
        receiver.iter().try_fold(0, |written, piece| {
            let piece = piece?;
            to.write_all(&piece)?;
            Ok(written + piece.len() as u64)
        })
    }

    /// Takes the bytes of a file away. No error when there are none.
    pub async fn remove(&self, id: FileId) -> Result<()> {
        match self.store.delete(&path_of(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(away(cause)),
        }
    }

    /// Can a file be kept now?
    pub async fn check(&self) -> Result<()> {
        let probe = Path::from("probe");
        self.store.put(&probe, Bytes::from_static(b"probe").into()).await.map_err(away)?;
        self.store.delete(&probe).await.map_err(away)
    }

    /// [`FileStore::check`] for commands, which wait.
    pub fn check_now(&self) -> Result<()> {
        let store = self.clone();
        wait_for(async move { store.check().await })?
    }

    pub(super) fn objects(&self) -> &dyn ObjectStore {
        self.store.as_ref()
    }
}

/// The last letters of a version 7 id are random: files spread evenly over the folders.
fn path_of(id: FileId) -> Path {
    let id = id.as_str();
    Path::from_iter([&id[34..], id])
}

fn open_bucket(bucket: &Bucket) -> Result<Arc<dyn ObjectStore>> {
    // Another part of the portal may have installed it first; it is the same one.
    rustls::crypto::ring::default_provider().install_default().ok();
    let options = ClientOptions::new().with_timeout(PATIENCE).with_connect_timeout(PATIENCE / 3);
    let retry = RetryConfig { max_retries: 2, retry_timeout: PATIENCE, ..RetryConfig::default() };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&bucket.name)
        .with_region(&bucket.region)
        .with_access_key_id(&bucket.access_key_id)
        .with_secret_access_key(&bucket.secret_access_key)
        .with_client_options(options)
        .with_retry(retry);
    if let Some(endpoint) = &bucket.endpoint {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    let store = builder.build().map_err(Error::unexpected)?;
    Ok(Arc::new(PrefixStore::new(store, bucket.folder.as_str())))
}

fn away(cause: object_store::Error) -> Error {
    Error::FilesAway(cause.to_string())
}

fn elsewhere() -> Result<&'static Runtime> {
    ELSEWHERE.as_ref().map_err(Error::unexpected)
}

/// Waits for work that is done on a thread of its own.
fn wait_for<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> Result<T> {
    let (sender, receiver) = mpsc::channel();
    elsewhere()?.spawn(async move { sender.send(work.await).ok() });
    receiver.recv().map_err(Error::unexpected)
}
