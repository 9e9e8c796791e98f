//! The settings: from the environment, or from a TOML file named by `YOUTH_CHARTER_CONFIG` (the environment wins).
//! A setting that cannot be understood stops the start with a sentence; it is never guessed at.
//! Not here: the programme's own values (periods, levels), which are content.

mod files;
mod retention;
mod single_sign_on;

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use url::Url;

use crate::error::Result;
use crate::secrets::SecretKey;
pub use files::{Bucket, FilesPlace, ScannerPlace};
pub use retention::{Period, Retention};
pub use single_sign_on::{GroupRole, ROLE_WORDS, SingleSignOn};

/// One setting, as `youth-charter config` explains it.
pub struct Setting {
    pub name: &'static str,
    pub default: &'static str,
    pub meaning: &'static str,
    /// Its value is never printed.
    pub secret: bool,
}

/// Every setting there is.
pub fn settings() -> impl Iterator<Item = &'static Setting> {
    SETTINGS.iter().chain(files::SETTINGS).chain(single_sign_on::SETTINGS).chain(retention::SETTINGS)
}

const SETTINGS: &[Setting] = &[
    Setting {
        name: "DATABASE_URL",
        default: "sqlite://data/portal.sqlite",
        meaning: "where records are kept: sqlite://FILE or postgres://USER@HOST/DATABASE",
        secret: true,
    },
    Setting {
        name: "TRUSTED_PROXIES",
        default: "none: whoever connects is who asks",
        meaning: "networks of your own reverse proxies, such as 10.0.0.0/8, 127.0.0.1/32: their X-Forwarded-For is believed",
        secret: false,
    },
    Setting { name: "LISTEN", default: "127.0.0.1:8080", meaning: "address and port to answer on", secret: false },
    Setting {
        name: "BASE_URL",
        default: "http:// and LISTEN",
        meaning: "how people reach the portal; links in e-mails begin with it",
        secret: false,
    },
    Setting {
        name: "SMTP_URL",
        default: "none: e-mails are written to data/mail/",
        meaning: "mail server: smtp://HOST:PORT, smtps://USER:PASSWORD@HOST, ?tls=required for STARTTLS",
        secret: true,
    },
    Setting {
        name: "MAIL_FROM",
        default: "Youth Charter <no-reply@localhost>",
        meaning: "who e-mails come from",
        secret: false,
    },
    Setting {
        name: "SECRET_KEY",
        default: "made at the first start, in data/secret-key",
        meaning: "64 hexadecimal digits that seal secrets in the database; instances that share one share it",
        secret: true,
    },
];

/// The settings, understood.
#[derive(Clone)]
pub struct Config {
    pub database: DatabaseUrl,
    pub listen: SocketAddr,
    /// Without a slash at its end.
    pub base_url: String,
    pub mail: MailTransport,
    pub mail_from: String,
    pub files: FilesPlace,
    /// Who looks for viruses in files, if anyone.
    pub scanner: Option<ScannerPlace>,
    /// Signing in with a work account; off unless it is set.
    pub single_sign_on: Option<SingleSignOn>,
    pub secret_key: KeySource,
    pub trusted_proxies: Vec<IpNet>,
    /// How long things are kept.
    pub retention: Retention,
    /// A demonstration: a database of its own, and a mailbox page.
    pub demonstration: bool,
}

/// Which database, and where.
#[derive(Clone)]
pub enum DatabaseUrl {
    Sqlite(PathBuf),
    Postgres(String),
}

/// Where the portal's own key comes from.
#[derive(Clone)]
pub enum KeySource {
    Given(SecretKey),
    /// A file, made at the first start.
    File(PathBuf),
}

impl KeySource {
    /// The key itself.
    pub fn key(&self) -> Result<SecretKey> {
        match self {
            Self::Given(key) => Ok(key.clone()),
            Self::File(path) => SecretKey::kept_in(path),
        }
    }
}

/// How e-mails leave.
#[derive(Clone)]
pub enum MailTransport {
    Smtp(String),
    Folder(PathBuf),
}

impl Config {
    /// Reads all settings, or lists every one that is wrong.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<String>> {
        let mut wrong = Vec::new();
        let value =
            |name: &str, default: &str| get(name).filter(|v| !v.is_empty()).unwrap_or_else(|| default.to_owned());
        let database = understood(DatabaseUrl::parse(&value("DATABASE_URL", SETTINGS[0].default)), &mut wrong);
        let listen = understood(parse_address(&value("LISTEN", "127.0.0.1:8080")), &mut wrong);
        let base_url = value("BASE_URL", &listen.map(|l| format!("http://{l}")).unwrap_or_default());
        if Url::parse(&base_url).is_err() && listen.is_some() {
            wrong.push(format!("BASE_URL is {base_url:?}; it must be an address such as https://charter.example.org"));
        }
        let smtp = get("SMTP_URL").filter(|v| !v.is_empty()).map(|url| parse_smtp(&url)).transpose();
        let mail = understood(smtp, &mut wrong).map(|url| match url {
            Some(url) => MailTransport::Smtp(url),
            None => MailTransport::Folder(PathBuf::from("data/mail")),
        });
        let mail_from = value("MAIL_FROM", "Youth Charter <no-reply@localhost>");
        if mail_from.parse::<lettre::message::Mailbox>().is_err() {
            wrong.push(format!("MAIL_FROM is {mail_from:?}; write it as Name <name@example.org>"));
        }
        let files = understood(FilesPlace::read(&get), &mut wrong);
        let scanner = understood(ScannerPlace::read(&get), &mut wrong).flatten();
        let single_sign_on = SingleSignOn::read(&get).unwrap_or_else(|problems| {
            wrong.extend(problems);
            None
        });
        let retention = Retention::read(&get).unwrap_or_else(|problems| {
            wrong.extend(problems);
            Retention::default()
        });
        let given = get("SECRET_KEY").filter(|v| !v.is_empty()).map(|text| SecretKey::parse(&text)).transpose();
        let secret_key = understood(given, &mut wrong)
            .map(|given| given.map_or_else(|| KeySource::File(PathBuf::from("data/secret-key")), KeySource::Given));
        let proxies = understood(parse_networks(&value("TRUSTED_PROXIES", "")), &mut wrong);
        match (database, listen, mail, files, secret_key, proxies) {
            (Some(database), Some(listen), Some(mail), Some(files), Some(secret_key), Some(trusted_proxies))
                if wrong.is_empty() =>
            {
                Ok(Self {
                    database,
                    listen,
                    base_url: base_url.trim_end_matches('/').to_owned(),
                    mail,
                    mail_from,
                    files,
                    scanner,
                    single_sign_on,
                    secret_key,
                    trusted_proxies,
                    retention,
                    demonstration: false,
                })
            }
            _ => Err(wrong),
        }
    }

    /// Reads the environment and the file named by `YOUTH_CHARTER_CONFIG`.
    pub fn from_environment() -> Result<Self, Vec<String>> {
        let file = match std::env::var("YOUTH_CHARTER_CONFIG") {
            Ok(path) => read_file(&path).map_err(|problem| vec![problem])?,
            Err(_) => toml::Table::new(),
        };
        Self::read(|name| {
            std::env::var(name).ok().or_else(|| file.get(name).and_then(|v| v.as_str()).map(str::to_owned))
        })
    }
}

impl DatabaseUrl {
    /// Refuses what is neither kind, so that a mistyped address never becomes a new empty file.
    pub fn parse(url: &str) -> Result<Self, String> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self::Postgres(url.to_owned()))
        } else if let Some(path) = url.strip_prefix("sqlite://").filter(|path| !path.is_empty()) {
            Ok(Self::Sqlite(PathBuf::from(path)))
        } else {
            Err("DATABASE_URL must begin with sqlite:// or postgres://".to_owned())
        }
    }
}

impl fmt::Display for DatabaseUrl {
    /// Says where, without a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "the file {}", path.display()),
            Self::Postgres(url) => {
                let host = Url::parse(url).ok().and_then(|u| u.host_str().map(str::to_owned));
                write!(f, "PostgreSQL on {}", host.as_deref().unwrap_or("an unnamed host"))
            }
        }
    }
}

fn understood<T>(read: Result<T, String>, wrong: &mut Vec<String>) -> Option<T> {
    read.map_err(|problem| wrong.push(problem)).ok()
}

fn parse_address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("LISTEN is {text:?}; it must be an address and port such as 127.0.0.1:8080"))
}

fn parse_smtp(url: &str) -> Result<String, String> {
    match Url::parse(url) {
        Ok(parsed) if matches!(parsed.scheme(), "smtp" | "smtps") => Ok(url.to_owned()),
        _ => Err("SMTP_URL must begin with smtp:// or smtps://".to_owned()),
    }
}

fn parse_networks(list: &str) -> Result<Vec<IpNet>, String> {
    let parts = list.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| part.parse().map_err(|_| format!("TRUSTED_PROXIES has {part:?}; write networks as 10.0.0.0/8")))
        .collect()
}

fn read_file(path: &str) -> Result<toml::Table, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("cannot read {path}: {e}"))?;
    let table: toml::Table = text.parse().map_err(|e| format!("{path} is not TOML: {e}"))?;
    let known = |name: &String| settings().any(|s| s.name == name);
    match table.keys().find(|name| !known(name)) {
        Some(unknown) => Err(format!("{path} has {unknown}, which is no setting")),
        None => Ok(table),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        Config::read(|name| settings.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn nothing_needs_to_be_set() {
        let config = read(&[]).expect("the defaults are right");
        assert_eq!(config.base_url, "http://127.0.0.1:8080");
        assert!(matches!(config.mail, MailTransport::Folder(_)));
    }

    #[test]
    fn every_wrong_setting_is_listed() {
        let wrong = read(&[
            ("DATABASE_URL", "sqlit://x"),
            ("LISTEN", "here"),
            ("SMTP_URL", "mail.example.org"),
            ("MAIL_FROM", "the portal"),
            ("FILES_URL", "/srv"),
            ("SECRET_KEY", "secret"),
            ("TRUSTED_PROXIES", "10.0.0.0/8, my proxy"),
        ]);
        assert_eq!(wrong.err().map(|w| w.len()), Some(7));
    }

    #[test]
    fn a_password_in_the_database_address_is_not_shown() {
        let url = DatabaseUrl::parse("postgres://portal:hunter2@db.example.org/portal").expect("a right address");
        assert_eq!(url.to_string(), "PostgreSQL on db.example.org");
    }
}
