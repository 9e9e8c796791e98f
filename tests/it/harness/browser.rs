//! HTTP as a browser speaks it: cookies kept, where a form came from said.

use std::collections::BTreeMap;
use std::time::Duration;

use ureq::http::Response;
use ureq::{Agent, Body};
use url::Url;

use super::form::Submission;

/// What the portal answered.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    /// Path and query that were asked for.
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub bytes: Vec<u8>,
}

/// A browser without a window.
pub struct Browser {
    agent: Agent,
    site: Url,
    cookies: BTreeMap<String, String>,
}

impl Answer {
    pub(super) fn nothing_yet() -> Self {
        Self { status: 0, path: "/".to_owned(), headers: Vec::new(), bytes: Vec::new() }
    }

    /// A header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Where it leads, when it is a redirect.
    pub fn location(&self) -> Option<&str> {
        self.header("location")
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn is_html(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
    }
}

impl Browser {
    pub fn new(site: &str) -> Self {
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .user_agent("a test")
            .build();
        let site = Url::parse(site).expect("the portal's address");
        Self { agent: config.into(), site, cookies: BTreeMap::new() }
    }

    /// Another browser with the same cookies, for another site.
    pub fn elsewhere(&self, site: &str) -> Self {
        Self { cookies: self.cookies.clone(), ..Self::new(site) }
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.get(name).cloned()
    }

    /// The path and query that a link on a page leads to; a link off the portal is an error in a test.
    #[track_caller]
    pub fn path_from(&self, page: &str, link: &str) -> String {
        let here = self.site.join(page).expect("a page's address");
        let there = here.join(link).unwrap_or_else(|cause| panic!("{link:?} is no address: {cause}"));
        assert_eq!(there.origin(), self.site.origin(), "{link} leads away from the portal");
        match there.query() {
            Some(query) => format!("{}?{query}", there.path()),
            None => there.path().to_owned(),
        }
    }

    #[track_caller]
    pub fn get(&mut self, path: &str) -> Answer {
        let request = self.agent.get(self.address(path)).header("cookie", self.cookie_header());
        let response = request.header("sec-fetch-site", "same-origin").call();
        self.take(path, response)
    }

    #[track_caller]
    pub fn post(&mut self, submission: &Submission, site: &str) -> Answer {
        let request = self
            .agent
            .post(self.address(&submission.path))
            .header("cookie", self.cookie_header())
            .header("sec-fetch-site", site)
            .header("content-type", &submission.content_type);
        let response = request.send(&submission.body);
        self.take(&submission.path, response)
    }

    fn address(&self, path: &str) -> String {
        assert!(path.starts_with('/'), "{path:?} is no path within the portal");
        format!("{}{path}", self.site.as_str().trim_end_matches('/'))
    }

    fn cookie_header(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    #[track_caller]
    fn take(&mut self, path: &str, response: Result<Response<Body>, ureq::Error>) -> Answer {
        let mut response = response.unwrap_or_else(|cause| panic!("{path} was not answered: {cause}"));
        for cookie in response.headers().get_all("set-cookie") {
            self.keep_cookie(cookie.to_str().expect("cookies are plain text"));
        }
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let status = response.status().as_u16();
        let bytes = response.body_mut().with_config().limit(100_000_000).read_to_vec();
        let bytes = bytes.unwrap_or_else(|cause| panic!("the answer to {path} broke off: {cause}"));
        Answer { status, path: path.to_owned(), headers, bytes }
    }

    fn keep_cookie(&mut self, header: &str) {
        let (pair, attributes) = header.split_once(';').unwrap_or((header, ""));
        let (name, value) = pair.split_once('=').expect("a cookie has a name and a value");
        if attributes.contains("Max-Age=0") || value.is_empty() {
            self.cookies.remove(name);
        } else {
            self.set_cookie(name, value);
        }
    }
}
