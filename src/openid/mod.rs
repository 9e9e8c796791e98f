//! OpenID Connect as a client speaks it: where to send someone to sign in, and who came back.
//! What comes out is what the provider vouches for, with its signature, audience, nonce and age checked.
//! Not here: accounts and roles, nor who may come in.

mod identity;
mod provider;
mod wire;

pub use identity::WorkIdentity;
pub use provider::{Asking, Errand, IdentityProvider, Trouble};
