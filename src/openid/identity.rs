//! Who came back from the provider: what a signed token says of a person, in our own words.

use chrono::NaiveDateTime;
use openidconnect::core::CoreGenderClaim;
use openidconnect::{AdditionalClaims, IdTokenClaims};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::words::EmailAddress;

/// Claims that the standard does not know.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct WorkClaims {
    #[serde(default)]
    tid: Option<String>,
    #[serde(default, deserialize_with = "words_only")]
    groups: Vec<String>,
    /// Microsoft’s word for an address whose domain was verified: `true`, `1`, or either as text.
    #[serde(default)]
    xms_edov: Option<Value>,
}
impl AdditionalClaims for WorkClaims {}

/// Someone the provider vouches for.
#[derive(Debug, Clone)]
pub struct WorkIdentity {
    /// Together with the subject this names one person for ever.
    pub issuer: String,
    pub subject: String,
    /// The organisation of theirs that the provider keeps them in.
    pub tenant: Option<String>,
    pub groups: Vec<String>,
    pub name: Option<String>,
    /// Their address, if it can be one.
    pub email: Option<EmailAddress>,
    /// Whether the provider has checked the address; `None` when it does not say.
    pub email_verified: Option<bool>,
    /// Have they shown more than a password to the provider?
    pub second_factor: bool,
    /// When they last proved to the provider who they are, UTC, if it says so.
    pub proved_at: Option<NaiveDateTime>,
}

impl WorkIdentity {
    pub(super) fn of_token(claims: &IdTokenClaims<WorkClaims, CoreGenderClaim>) -> Self {
        let own = claims.additional_claims();
        let methods = claims.auth_method_refs().into_iter().flatten();
        let class = claims.auth_context_ref().map(|class| class.as_str());
        let vouched = own.xms_edov.as_ref().map(says_yes);
        Self {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            tenant: own.tid.clone(),
            groups: own.groups.clone(),
            name: claims.name().and_then(|name| name.get(None)).map(|name| name.to_string()),
            email: claims.email().and_then(|email| EmailAddress::parse(email.as_str()).ok()),
            email_verified: claims.email_verified().or(vouched),
            second_factor: methods.into_iter().any(|method| method.as_str() == "mfa")
                || class.is_some_and(means_several),
            proved_at: claims.auth_time().map(|at| at.naive_utc()),
        }
    }
}

/// The classes that stand for more than one factor: `mfa`, and the phishing-resistant ones of OpenID’s own list.
fn means_several(class: &str) -> bool {
    matches!(class, "mfa" | "phr" | "phrh")
}

fn says_yes(value: &Value) -> bool {
    matches!(value, Value::Bool(true)) || matches!(value.to_string().trim_matches('"'), "1" | "true")
}

/// A provider that lists groups in another form lists none for us; the token is not refused for it.
fn words_only<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let words = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    Ok(words.map(str::to_owned).collect())
}
