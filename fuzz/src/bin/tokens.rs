//! Any text as a token, an id, a code or an address: it is one, or it is refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use youth_charter::config::DatabaseUrl;
use youth_charter::ids::{DocumentId, OrganisationId};
use youth_charter::organisations::{CharityNumber, CompanyNumber, Postcode};
use youth_charter::secrets::SecretKey;
use youth_charter::words::EmailAddress;

fuzz_target!(|text: &str| {
    if let Ok(id) = text.parse::<OrganisationId>() {
        assert_eq!(id.as_str().parse::<OrganisationId>().ok(), Some(id), "an id reads as it is written");
    }
    text.parse::<DocumentId>().ok();
    if let Ok(address) = EmailAddress::parse(text) {
        let address = address.into_string();
        assert!(address.contains('@') && !address.contains(['\r', '\n', '\0', ' ']), "{address:?}");
    }
    if let Ok(code) = Postcode::parse(text) {
        let code = code.into_string();
        assert!(code.is_ascii() && code == code.to_uppercase() && code.matches(' ').count() == 1, "{code:?}");
    }
    CharityNumber::parse(text).ok();
    CompanyNumber::parse(text).ok();
    DatabaseUrl::parse(text).ok();
    SecretKey::parse(text).ok();
    let key = SecretKey::parse(&"0".repeat(64)).expect("a key");
    assert!(key.open("record", text).is_err(), "nobody guesses what is sealed");
    assert_eq!(key.open("record", &key.seal("record", text.as_bytes())).ok().as_deref(), Some(text.as_bytes()));
});
