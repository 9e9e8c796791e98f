//! Where browsers trust a website enough to keep keys for it.

use url::Url;

/// The name that browsers bind a passkey to; `None` where they make none: at an address of numbers, or without HTTPS
/// (but on one's own machine).
pub fn name_for_passkeys(site: &str) -> Option<String> {
    let origin = Url::parse(site).ok()?;
    let name = origin.domain()?;
    (origin.scheme() == "https" || name == "localhost").then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_a_name_and_https_but_on_ones_own_machine() {
        for site in ["https://charter.example.org", "http://localhost:8080", "https://localhost"] {
            assert!(name_for_passkeys(site).is_some(), "{site}");
        }
        for site in ["http://127.0.0.1:8080", "https://192.0.2.7", "https://[::1]:8080", "http://charter.example.org"] {
            assert!(name_for_passkeys(site).is_none(), "{site}");
        }
    }
}
