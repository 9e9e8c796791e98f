//! Where uploaded files are kept, and who looks for viruses in them.

use std::fmt;
use std::path::PathBuf;

use url::Url;

use super::Setting;

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "FILES_URL",
        default: "file://data/files",
        meaning: "where uploaded files are kept: file://FOLDER, or s3://BUCKET/FOLDER?endpoint=https://…&region=… for any store that speaks S3",
        secret: false,
    },
    Setting {
        name: "AWS_ACCESS_KEY_ID",
        default: "none; needed with s3://",
        meaning: "who the portal is to the store of files",
        secret: true,
    },
    Setting {
        name: "AWS_SECRET_ACCESS_KEY",
        default: "none; needed with s3://",
        meaning: "the secret that goes with it",
        secret: true,
    },
    Setting {
        name: "VIRUS_SCANNER",
        default: "none: files can be read at once",
        meaning: "a clamd that looks at every file before anyone can read it: tcp://HOST:3310 or unix:/run/clamav/clamd.ctl",
        secret: false,
    },
];

/// Where uploaded files are kept.
#[derive(Clone)]
pub enum FilesPlace {
    Folder(PathBuf),
    Bucket(Bucket),
}

/// A bucket of a store that speaks S3.
#[derive(Clone)]
pub struct Bucket {
    pub name: String,
    /// Within the bucket; may be empty.
    pub folder: String,
    /// `None` for Amazon's own.
    pub endpoint: Option<String>,
    pub region: String,
    pub access_key_id: String,
    pub secret_access_key: String,
}

/// Where clamd listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScannerPlace {
    /// Host and port.
    Tcp(String),
    Socket(PathBuf),
}

impl FilesPlace {
    pub(super) fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let set = |name: &str| get(name).filter(|value| !value.is_empty());
        let url = set("FILES_URL").unwrap_or_else(|| SETTINGS[0].default.to_owned());
        if let Some(folder) = url.strip_prefix("file://").filter(|path| !path.is_empty()) {
            return Ok(Self::Folder(PathBuf::from(folder)));
        }
        let wrong = || "FILES_URL must be file://FOLDER or s3://BUCKET?endpoint=…".to_owned();
        let parsed = Url::parse(&url).ok().filter(|url| url.scheme() == "s3").ok_or_else(wrong)?;
        let part = |name: &str| parsed.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        let key = |name: &str| set(name).ok_or_else(|| format!("{name} must be set when FILES_URL is s3://"));
        Ok(Self::Bucket(Bucket {
            name: parsed.host_str().ok_or_else(wrong)?.to_owned(),
            folder: parsed.path().trim_matches('/').to_owned(),
            endpoint: part("endpoint").map(|endpoint| endpoint.trim_end_matches('/').to_owned()),
            region: part("region").unwrap_or_else(|| "us-east-1".to_owned()),
            access_key_id: key("AWS_ACCESS_KEY_ID")?,
            secret_access_key: key("AWS_SECRET_ACCESS_KEY")?,
        }))
    }
}

impl ScannerPlace {
    /// `None` when no scanner is set.
    pub(super) fn read(get: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, String> {
        let Some(text) = get("VIRUS_SCANNER").filter(|value| !value.is_empty()) else { return Ok(None) };
        let wrong = || format!("VIRUS_SCANNER is {text:?}; it must be tcp://HOST:PORT or unix:/PATH");
        if let Some(path) = text.strip_prefix("unix:").filter(|path| path.starts_with('/')) {
            return Ok(Some(Self::Socket(PathBuf::from(path))));
        }
        let host = text.strip_prefix("tcp://").ok_or_else(wrong)?;
        let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        has_port.then(|| Some(Self::Tcp(host.to_owned()))).ok_or_else(wrong)
    }
}

impl fmt::Display for FilesPlace {
    /// Says where, without a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => write!(f, "the folder {}", path.display()),
            Self::Bucket(bucket) => write!(f, "the bucket {}", bucket.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_wants_its_keys() {
        let read = |settings: &[(&str, &str)]| {
            FilesPlace::read(|name| settings.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        let url = "s3://charter/evidence?endpoint=http://127.0.0.1:9000/";
        assert!(read(&[("FILES_URL", url)]).is_err_and(|problem| problem.contains("AWS_ACCESS_KEY_ID")));
        let keys = [("FILES_URL", url), ("AWS_ACCESS_KEY_ID", "portal"), ("AWS_SECRET_ACCESS_KEY", "secret")];
        let Ok(FilesPlace::Bucket(bucket)) = read(&keys) else { panic!("a right address is understood") };
        assert_eq!((bucket.name.as_str(), bucket.folder.as_str()), ("charter", "evidence"));
        assert_eq!(bucket.endpoint.as_deref(), Some("http://127.0.0.1:9000"));
        assert!(read(&[("FILES_URL", "/srv/files")]).is_err());
    }

    #[test]
    fn a_scanner_has_an_address() {
        let read = |text: &str| ScannerPlace::read(|_| Some(text.to_owned()));
        assert_eq!(read("tcp://127.0.0.1:3310"), Ok(Some(ScannerPlace::Tcp("127.0.0.1:3310".into()))));
        assert_eq!(read("unix:/run/clamd"), Ok(Some(ScannerPlace::Socket("/run/clamd".into()))));
        assert_eq!(read(""), Ok(None));
        assert!(read("clamd").is_err() && read("tcp://clamd").is_err() && read("unix:clamd").is_err());
    }
}
