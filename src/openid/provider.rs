//! The provider: what it says of itself (kept for a while), the way to it, and the way back.

use std::sync::{Arc, Mutex};

use chrono::{Duration, NaiveDateTime};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, Scope, StandardErrorResponse, StandardTokenResponse, TokenResponse,
};

use super::identity::{WorkClaims, WorkIdentity};
use super::wire::Wire;
use crate::config::SingleSignOn;
use crate::error::{Error, Result};

/// What the provider says of itself is asked again after so long…
const FRESH_FOR: Duration = Duration::hours(1);
/// …and, while it does not answer, believed for so long.
const BELIEVED_FOR: Duration = Duration::hours(24);
/// A token signed with a key we do not know makes us ask again, but not more often than this.
const ASKED_AGAIN_AFTER: Duration = Duration::minutes(1);

type WorkTokens = StandardTokenResponse<
    IdTokenFields<
        WorkClaims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;
type WorkClient = Client<
    WorkClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    WorkTokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why nobody came back.
#[derive(Debug)]
pub enum Trouble {
    /// It does not answer, or not as a provider does.
    Away(String),
    /// It will not take the code: it was used, it is too old, or it was never given.
    Refused(String),
    /// What it sent cannot be believed.
    Forged(String),
}

/// What the provider does when someone is signed in there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// It may send them back at once.
    IfNeeded,
    /// It asks who they are again: they are to prove it afresh.
    Again,
}

impl Asking {
    /// How long ago they may have proved to the provider who they are: a working day, as here.
    fn oldest_proof(self) -> std::time::Duration {
        match self {
            Self::IfNeeded => std::time::Duration::from_secs(12 * 60 * 60),
            Self::Again => std::time::Duration::ZERO,
        }
    }
}

/// Someone on their way to the provider: where to, and what only we and they know.
pub struct Errand {
    pub address: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// The OpenID provider that the settings name. Clones share what is known of it.
#[derive(Clone)]
pub struct IdentityProvider {
    settings: Arc<SingleSignOn>,
    wire: Wire,
    known: Arc<Mutex<Option<Known>>>,
}

#[derive(Clone)]
struct Known {
    metadata: CoreProviderMetadata,
    since: NaiveDateTime,
}

impl IdentityProvider {
    /// Nothing is asked of it yet.
    pub fn open(settings: SingleSignOn) -> Result<Self> {
        Ok(Self { settings: Arc::new(settings), wire: Wire::new()?, known: Arc::default() })
    }

    pub fn settings(&self) -> &SingleSignOn {
        &self.settings
    }

    /// Where to send someone, who is to come back to `return_to`.
    pub async fn send_off(&self, now: NaiveDateTime, return_to: &str, asking: Asking) -> Result<Errand, Trouble> {
        let known = self.known(now).await?;
        let client = self.client(&known, return_to)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let mut request = client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        if asking == Asking::Again {
            request = request.add_prompt(CoreAuthPrompt::Login);
        }
        // Whoever is asked for an age has to say when it was. What a browser takes out of the address it loses.
        request = request.set_max_age(asking.oldest_proof());
        let (address, state, nonce) = request
            .add_scope(Scope::new("profile".to_owned()))
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let (state, nonce) = (state.into_secret(), nonce.secret().clone());
        Ok(Errand { address: address.into(), state, nonce, verifier: verifier.into_secret() })
    }

    /// Gives the code back and reads who it stands for.
    pub async fn welcome_back(
        &self,
        now: NaiveDateTime,
        return_to: &str,
        code: String,
        errand: (String, String),
    ) -> Result<WorkIdentity, Trouble> {
        let (nonce, verifier) = errand;
        let known = self.known(now).await?;
        let tokens = self.exchange(&known, return_to, code, verifier).await?;
        let nonce = Nonce::new(nonce);
        match self.read_token(&known, now, &tokens, &nonce) {
            // Its keys may have changed since we asked.
            Err(Trouble::Forged(_)) if known.since < now - ASKED_AGAIN_AFTER => {
                let known = self.ask(now).await?;
                self.read_token(&known, now, &tokens, &nonce)
            }
            other => other,
        }
    }

    async fn exchange(
        &self,
        known: &Known,
        return_to: &str,
        code: String,
        verifier: String,
    ) -> Result<WorkTokens, Trouble> {
        let client = self.client(known, return_to)?;
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(away)?;
        let wire = |request| self.wire.carry(request);
        let answer = request.set_pkce_verifier(PkceCodeVerifier::new(verifier)).request_async(&wire).await;
        answer.map_err(|cause| match cause {
            RequestTokenError::ServerResponse(said) => Trouble::Refused(said.to_string()),
            other => away(other),
        })
    }

    fn read_token(
        &self,
        known: &Known,
        now: NaiveDateTime,
        tokens: &WorkTokens,
        nonce: &Nonce,
    ) -> Result<WorkIdentity, Trouble> {
        let client = self.client(known, "")?;
        let token = tokens.id_token().ok_or_else(|| Trouble::Forged("there is no token".to_owned()))?;
        let verifier = client
            .id_token_verifier()
            // Keys that only the provider has. The shared secret signs nothing here.
            .set_allowed_algs([CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, CoreJwsSigningAlgorithm::EcdsaP256Sha256])
            .set_time_fn(move || now.and_utc());
        let claims = token.claims(&verifier, nonce).map_err(|cause| Trouble::Forged(cause.to_string()))?;
        Ok(WorkIdentity::of_token(claims))
    }

    fn client(&self, known: &Known, return_to: &str) -> Result<WorkClient, Trouble> {
        let id = ClientId::new(self.settings.client_id.clone());
        let secret = ClientSecret::new(self.settings.client_secret.clone());
        let client = WorkClient::from_provider_metadata(known.metadata.clone(), id, Some(secret));
        if return_to.is_empty() {
            return Ok(client);
        }
        Ok(client.set_redirect_uri(RedirectUrl::new(return_to.to_owned()).map_err(away)?))
    }

    /// What it says of itself, not older than an hour; older while it does not answer.
    async fn known(&self, now: NaiveDateTime) -> Result<Known, Trouble> {
        let kept = self.known.lock().map_err(away)?.clone();
        match kept {
            Some(kept) if kept.since > now - FRESH_FOR => Ok(kept),
            Some(kept) if kept.since > now - BELIEVED_FOR => Ok(self.ask(now).await.unwrap_or(kept)),
            _ => self.ask(now).await,
        }
    }

    async fn ask(&self, now: NaiveDateTime) -> Result<Known, Trouble> {
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(away)?;
        let wire = |request| self.wire.carry(request);
        let metadata = CoreProviderMetadata::discover_async(issuer, &wire).await.map_err(away)?;
        let known = Known { metadata, since: now };
        *self.known.lock().map_err(away)? = Some(known.clone());
        Ok(known)
    }
}

fn away(cause: impl std::fmt::Display) -> Trouble {
    Trouble::Away(cause.to_string())
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Away(error.to_string())
    }
}
