//! The portal as devices know it: by the name in its address. A passkey made for one name works for no other, which is
//! what no imitation of the portal can get around.

use serde_json::{Value, json};
use url::Url;
use webauthn_rs::prelude::{
    AuthenticationResult, CredentialID, DiscoverableAuthentication, Passkey as Credential, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Webauthn, WebauthnBuilder, WebauthnError,
};

use crate::accounts::Account;
use crate::error::{Error, Result};
use crate::web::name_for_passkeys;

/// Asks devices, and checks what they answer.
pub struct RelyingParty(Webauthn);

/// A question as the browser wants it, and what must be kept to check the answer.
pub struct Asked {
    /// JSON, for the script of the page.
    pub options: String,
    /// JSON, for the row.
    pub state: String,
}

impl RelyingParty {
    /// `None` where browsers make no passkeys.
    pub fn at(site: &str) -> Option<Self> {
        let (name, origin) = (name_for_passkeys(site)?, Url::parse(site).ok()?);
        let built = WebauthnBuilder::new(&name, &origin).map(|builder| builder.rp_name("Youth Charter"));
        built.and_then(WebauthnBuilder::build).map(Self).ok()
    }

    /// Asks a device to make a passkey, which must not have one for this account already.
    pub fn ask_for_new(&self, account: &Account, has: Vec<CredentialID>) -> Result<Asked> {
        let id = account.id.as_str().parse().map_err(Error::unexpected)?;
        let asked = self.0.start_passkey_registration(id, &account.email, &account.name, Some(has));
        let (options, state) = asked.map_err(Error::unexpected)?;
        let mut options = serde_json::to_value(options).map_err(Error::unexpected)?;
        // The device keeps it with the account's name, so that nobody has to type who they are.
        let selection = &mut options["publicKey"]["authenticatorSelection"];
        selection["residentKey"] = json!("required");
        selection["requireResidentKey"] = json!(true);
        Asked::of(&options, &state)
    }

    /// Asks a device for any passkey that it has for the portal.
    pub fn ask_for_any(&self) -> Result<Asked> {
        let (options, state) = self.0.start_discoverable_authentication().map_err(Error::unexpected)?;
        Asked::of(&serde_json::to_value(options).map_err(Error::unexpected)?, &state)
    }

    /// The passkey that a device made, if the answer is right.
    pub fn check_new(&self, answer: &RegisterPublicKeyCredential, state: &str) -> Result<Option<Credential>> {
        let state: PasskeyRegistration = serde_json::from_str(state).map_err(Error::unexpected)?;
        Ok(self.0.finish_passkey_registration(answer, &state).inspect_err(say_why).ok())
    }

    /// What a device has shown with this passkey, if the answer is right.
    pub fn check_use(
        &self,
        answer: &PublicKeyCredential,
        state: &str,
        credential: &Credential,
    ) -> Result<Option<AuthenticationResult>> {
        let state: DiscoverableAuthentication = serde_json::from_str(state).map_err(Error::unexpected)?;
        Ok(self.0.finish_discoverable_authentication_v2(answer, state, credential).inspect_err(say_why).ok())
    }
}

impl Asked {
    fn of(options: &Value, state: &impl serde::Serialize) -> Result<Self> {
        let state = serde_json::to_string(state).map_err(Error::unexpected)?;
        Ok(Self { options: options.to_string(), state })
    }
}

fn say_why(cause: &WebauthnError) {
    tracing::warn!(?cause, "a passkey was not accepted");
}
