//! Requests to the provider: no redirects, an end to waiting, and an end to what it may send.

use std::time::Duration;

use openidconnect::http::Response;
use openidconnect::{HttpRequest, HttpResponse};
use reqwest::redirect::Policy;

use crate::error::{Error, Result};

const TO_CONNECT: Duration = Duration::from_secs(5);
const IN_ALL: Duration = Duration::from_secs(10);
/// Keys, descriptions and tokens are a few kilobytes.
const MOST_BYTES: usize = 512 * 1024;

/// The way to the provider.
#[derive(Clone)]
pub struct Wire(reqwest::Client);

impl Wire {
    pub fn new() -> Result<Self> {
        // Whoever comes first installs it; a second time is refused, and is no harm.
        rustls::crypto::ring::default_provider().install_default().ok();
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(TO_CONNECT)
            .timeout(IN_ALL)
            // Each worker has a runtime of its own; a connection is not carried from one to another.
            .pool_max_idle_per_host(0)
            .build();
        client.map(Self).map_err(Error::unexpected)
    }

    /// Sends one request and reads the whole answer.
    pub async fn carry(&self, request: HttpRequest) -> Result<HttpResponse> {
        let request = reqwest::Request::try_from(request).map_err(Error::unexpected)?;
        let mut response = self.0.execute(request).await.map_err(Error::unexpected)?;
        let mut answer = Response::builder().status(response.status());
        for (name, value) in response.headers() {
            answer = answer.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(Error::unexpected)? {
            if body.len() + chunk.len() > MOST_BYTES {
                return Err(Error::unexpected("the provider sent too much"));
            }
            body.extend_from_slice(&chunk);
        }
        answer.body(body).map_err(Error::unexpected)
    }
}
