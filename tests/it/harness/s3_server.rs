//! A store of files that speaks the S3 protocol, over a folder, on an address of its own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::mpsc;

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use youth_charter::config::{Bucket, FilesPlace};
use youth_charter::files::FileStore;

const KEY: &str = "portal";
const SECRET: &str = "a secret between the two";

pub struct S3Server {
    folder: TempDir,
    address: SocketAddr,
    running: Option<Runtime>,
}

impl S3Server {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("charter")).expect("a bucket is a folder");
        let running = Runtime::new().expect("a runtime of its own");
        let (sender, receiver) = mpsc::channel();
        let root = folder.path().to_owned();
        running.spawn(async move {
            let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(root).expect("a folder to serve"));
            builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
            let service = builder.build();
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
            sender.send(listener.local_addr().expect("a bound port")).expect("the test waits");
            loop {
                let Ok((socket, _)) = listener.accept().await else { return };
                let service = service.clone();
                tokio::spawn(async move {
                    let http = Builder::new(TokioExecutor::new());
                    http.serve_connection(TokioIo::new(socket), service).await.ok();
                });
            }
        });
        let address = receiver.recv().expect("the server starts");
        Self { folder, address, running: Some(running) }
    }

    /// Where it is, for someone who knows the secret.
    pub fn place(&self) -> FilesPlace {
        self.place_with_secret(SECRET)
    }

    pub fn place_with_secret(&self, secret: &str) -> FilesPlace {
        FilesPlace::Bucket(Bucket {
            name: "charter".into(),
            folder: "evidence".into(),
            endpoint: Some(format!("http://{}", self.address)),
            region: "us-east-1".into(),
            access_key_id: KEY.into(),
            secret_access_key: secret.into(),
        })
    }

    pub fn store(&self) -> FileStore {
        FileStore::open(&self.place()).expect("a store")
    }

    /// The files in it now.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.path().join("charter")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
                if entry.path().is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
            }
        }
        files
    }

    /// From now on nobody answers.
    pub fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown_background();
        }
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        self.stop();
    }
}
