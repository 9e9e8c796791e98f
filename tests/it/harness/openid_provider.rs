//! A real OpenID provider in a process of its own, and people who sign in there.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use serde_json::Value;
use youth_charter::config::{GroupRole, SingleSignOn};

use super::browser::Browser;
use super::form::Submission;
use super::root;

/// A provider at work. Dropping it stops it; so does the end of the tests.
pub struct OpenIdProvider {
    process: Child,
    pub issuer: String,
}

/// The provider that tests share which do not stop it.
pub fn openid_provider() -> &'static OpenIdProvider {
    static SHARED: LazyLock<OpenIdProvider> = LazyLock::new(OpenIdProvider::start);
    &SHARED
}

impl OpenIdProvider {
    pub fn start() -> Self {
        Self::start_at("0")
    }

    /// Answers on a port that was free a moment ago.
    pub fn start_at(port: &str) -> Self {
        let mut process = Command::new("node")
            .arg("provider.mjs")
            .arg(port)
            .current_dir(&*INSTALLED)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Node.js is installed");
        let said = BufReader::new(process.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let issuer = said.filter_map(|line| line.strip_prefix("ready ").map(str::to_owned)).next();
        Self { process, issuer: issuer.expect("the provider starts") }
    }

    /// How a portal is set to use it: `stewards` and `reviewers` are groups of the tenant `vrp`.
    pub fn settings(&self) -> SingleSignOn {
        let pair = |group: &str, role: &str| GroupRole { group: group.to_owned(), role: role.to_owned() };
        SingleSignOn {
            issuer: self.issuer.clone(),
            client_id: "portal".to_owned(),
            client_secret: "a secret of two".to_owned(),
            tenant: Some("vrp".to_owned()),
            roles: vec![pair("stewards", "steward"), pair("reviewers", "reviewer")],
        }
    }

    /// Goes to the provider, says who they are, and returns the path they are sent back to.
    #[track_caller]
    pub fn sign_in(&self, address: &str, claims: &Value) -> String {
        self.walk(address, &[("do", "in"), ("claims", &claims.to_string())])
    }

    /// Goes to the provider and thinks better of it.
    #[track_caller]
    pub fn cancel(&self, address: &str) -> String {
        self.walk(address, &[("do", "cancel")])
    }

    #[track_caller]
    fn walk(&self, address: &str, fields: &[(&str, &str)]) -> String {
        let mut browser = Browser::new(&self.issuer);
        let mut path = self.path_of(address).expect("an address at the provider");
        for _ in 0..8 {
            let mut answer = browser.get(&path);
            if answer.location().is_none() {
                assert_eq!(answer.status, 200, "{}", answer.text());
                answer = browser.post(&Submission::of_fields(&path, fields), "same-origin");
            }
            let next = answer.location().unwrap_or_else(|| panic!("{} leads nowhere: {}", path, answer.text()));
            match self.path_of(next) {
                Some(within) => path = within,
                None => {
                    let url = url::Url::parse(next).expect("an address of the portal");
                    return format!("{}?{}", url.path(), url.query().unwrap_or_default());
                }
            }
        }
        panic!("the provider leads on and on");
    }

    fn path_of(&self, address: &str) -> Option<String> {
        let path = address.strip_prefix(&self.issuer).unwrap_or(address);
        path.starts_with('/').then(|| path.to_owned())
    }
}

impl Drop for OpenIdProvider {
    fn drop(&mut self) {
        self.process.kill().and_then(|()| self.process.wait()).expect("the provider stops");
    }
}

/// Its folder with its packages beside it, fetched once.
static INSTALLED: LazyLock<PathBuf> = LazyLock::new(|| {
    let (from, to) = (root().join("tests/openid_provider"), Path::new(env!("CARGO_TARGET_TMPDIR")).join("openid"));
    std::fs::create_dir_all(&to).expect("the target folder takes folders");
    let read = |path: PathBuf| std::fs::read(path).unwrap_or_default();
    let fetched = to.join("node_modules/.package-lock.json").exists();
    let same = fetched && read(from.join("package-lock.json")) == read(to.join("package-lock.json"));
    for name in ["package.json", "package-lock.json", "provider.mjs"] {
        std::fs::copy(from.join(name), to.join(name)).expect("the target folder takes files");
    }
    if !same {
        let npm = Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"])
            .current_dir(&to)
            .output();
        let npm = npm.expect("npm is installed; the OpenID provider of the tests comes from its registry");
        assert!(npm.status.success(), "npm ci: {}", String::from_utf8_lossy(&npm.stderr));
    }
    to
});
