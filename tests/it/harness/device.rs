//! A device that makes passkeys and shows them, in software: what a phone does behind its fingerprint reader.

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const HAS_KEY: u8 = 0x40;

/// A device with one passkey for one website. What it does wrong, a test sets.
#[derive(Clone)]
pub struct Device {
    /// The website it believes it is on.
    pub origin: String,
    /// The name of the website that its passkey is for.
    pub name: String,
    /// Whose passkey it says it is.
    pub user: String,
    /// How often it was used.
    pub counter: u32,
    /// Has it been unlocked with a finger, a face or a code?
    pub unlocked: bool,
    id: Vec<u8>,
    key: Vec<u8>,
}

impl Device {
    /// A device with nothing on it, before a website.
    pub fn before(site: &str) -> Self {
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new());
        let url = url::Url::parse(site).expect("an address");
        Self {
            origin: site.to_owned(),
            name: url.host_str().expect("a name").to_owned(),
            user: String::new(),
            counter: 0,
            unlocked: true,
            id: rand::random::<[u8; 16]>().to_vec(),
            key: key.expect("a key").as_ref().to_vec(),
        }
    }

    /// Makes its passkey, as the page's options ask.
    pub fn make(&mut self, options: &Value) -> Value {
        self.user = options["publicKey"]["user"]["id"].as_str().expect("whose it is").to_owned();
        let public = self.pair().public_key().as_ref().to_vec();
        let (x, y) = public[1..].split_at(32);
        let mut key = self.what_it_saw(HAS_KEY);
        key.extend([0; 16]);
        key.extend((self.id.len() as u16).to_be_bytes());
        key.extend(&self.id);
        key.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        key.extend(x);
        key.extend([0x22, 0x58, 0x20]);
        key.extend(y);
        let mut made = b"\xa3cfmtdnonegattStmt\xa0hauthData\x58".to_vec();
        made.push(key.len() as u8);
        made.extend(&key);
        let said = self.said("webauthn.create", options);
        self.answer(json!({ "attestationObject": encode(&made), "clientDataJSON": encode(&said), "transports": [] }))
    }

    /// Shows its passkey.
    pub fn show(&mut self, options: &Value) -> Value {
        self.counter += 1;
        let saw = self.what_it_saw(0);
        let said = self.said("webauthn.get", options);
        let signed = [saw.as_slice(), &Sha256::digest(&said)].concat();
        let signature = self.pair().sign(&SystemRandom::new(), &signed).expect("it signs");
        self.answer(json!({
            "authenticatorData": encode(&saw),
            "clientDataJSON": encode(&said),
            "signature": encode(signature.as_ref()),
            "userHandle": self.user,
        }))
    }

    fn what_it_saw(&self, flags: u8) -> Vec<u8> {
        let unlocked = if self.unlocked { VERIFIED } else { 0 };
        let mut saw = Sha256::digest(&self.name).to_vec();
        saw.push(PRESENT | unlocked | flags);
        saw.extend(self.counter.to_be_bytes());
        saw
    }

    fn said(&self, what: &str, options: &Value) -> Vec<u8> {
        let challenge = &options["publicKey"]["challenge"];
        let said = json!({ "type": what, "challenge": challenge, "origin": self.origin, "crossOrigin": false });
        said.to_string().into_bytes()
    }

    fn answer(&self, response: Value) -> Value {
        let id = encode(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "extensions": {}, "response": response })
    }

    fn pair(&self) -> EcdsaKeyPair {
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &self.key, &SystemRandom::new()).expect("its key")
    }
}

/// Base64 for addresses, without padding.
fn encode(bytes: &[u8]) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            text.push(char::from(DIGITS[(bits >> (18 - 6 * digit) & 63) as usize]));
        }
    }
    text
}
