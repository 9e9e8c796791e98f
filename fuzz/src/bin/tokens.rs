//! Any text as a token, an id, a code or an address: it is one, or it is refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use youth_charter::config::DatabaseUrl;
use youth_charter::ids::{DocumentId, OrganisationId};
use youth_charter::organisations::{IdScheme, Identifier, Postcode, Telephone, Website};
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
    for scheme in IdScheme::ALL {
        if let Ok(identifier) = Identifier::parse(*scheme, text) {
            assert_eq!(Identifier::parse(*scheme, &identifier.org_id()), Ok(identifier), "a number is written one way");
        }
    }
    Identifier::parse_charity(text).ok();
    Telephone::parse(text).ok();
    if let Ok(website) = Website::parse(text) {
        assert!(website.as_str().starts_with("http") && !website.as_str().contains(['"', '<', ' ']), "{website:?}");
    }
    DatabaseUrl::parse(text).ok();
    SecretKey::parse(text).ok();
    let key = SecretKey::parse(&"0".repeat(64)).expect("a key");
    assert!(key.open("record", text).is_err(), "nobody guesses what is sealed");
    assert_eq!(key.open("record", &key.seal("record", text.as_bytes())).ok().as_deref(), Some(text.as_bytes()));
});
