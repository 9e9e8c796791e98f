//! Styles, scripts and icons, each under an address that changes with its content, so that browsers may keep it.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::LazyLock;

use actix_web::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, VARY};
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

struct Asset {
    /// The first characters of the SHA-256 of its content.
    hash: String,
    media_type: &'static str,
    plain: Vec<u8>,
    gzipped: Vec<u8>,
}

static ASSETS: LazyLock<BTreeMap<&'static str, Asset>> = LazyLock::new(|| {
    let start = [
        include_str!(concat!(env!("OUT_DIR"), "/govuk.js")),
        "\n",
        include_str!("../../static/start.js"),
        include_str!("../../static/passkeys.js"),
    ]
    .concat();
    BTreeMap::from([
        ("govuk.css", asset("text/css", include_bytes!(concat!(env!("OUT_DIR"), "/govuk.css")))),
        ("portal.css", asset("text/css", include_bytes!("../../static/portal.css"))),
        ("start.js", asset("text/javascript", start.as_bytes())),
        ("icon.svg", asset("image/svg+xml", include_bytes!("../../static/icon.svg"))),
    ])
});

/// The address of an asset, with its hash in it.
pub(super) fn asset_address(name: &'static str) -> String {
    format!("/static/{}/{name}", ASSETS[name].hash)
}

/// Answers with an asset. An old hash is answered too, with what there is now, but not to be kept.
pub fn serve_asset(request: &HttpRequest, hash: &str, name: &str) -> Result<HttpResponse> {
    let asset = ASSETS.get(name).ok_or(Error::NotFound)?;
    let keep = if asset.hash == hash { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response = HttpResponse::Ok();
    response
        .content_type(asset.media_type)
        .insert_header((CACHE_CONTROL, keep))
        .insert_header((VARY, "accept-encoding"));
    let takes_gzip =
        request.headers().get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("gzip"));
    if takes_gzip {
        response.insert_header((CONTENT_ENCODING, "gzip"));
        return Ok(response.body(asset.gzipped.clone()));
    }
    Ok(response.body(asset.plain.clone()))
}

fn asset(media_type: &'static str, content: &[u8]) -> Asset {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let gzipped = encoder.write_all(content).and_then(|()| encoder.finish()).expect("writing to memory does not fail");
    Asset { hash: hex::encode(Sha256::digest(content))[..12].to_owned(), media_type, plain: content.to_vec(), gzipped }
}
