//! What someone is shown who wanted to sign what is no more: the new words, with their name and role as they typed them.
//! Nothing is signed by it.

use actix_web::HttpResponse;

use super::handlers::{address_of, latest_in_full};
use super::signature::{Turn, possible_signatories};
use super::signature_pages::{CannotSignPage, SignaturePage};
use super::version::CharterVersion;
use crate::error::{Error, Result};
use crate::organisations::ApprovedSignatory;
use crate::web::{Filled, redirect};

const CHANGED: &str = "The words have changed since you read them. Read them again, then sign";

/// Answers a signature that was refused because what was signed had changed.
pub async fn show_what_changed(signatory: &ApprovedSignatory, form: Filled) -> Result<HttpResponse> {
    let (organisation, membership) = (&signatory.organisation, &signatory.member.membership);
    let id = organisation.id;
    let (whole, charter, statements, possible) = signatory
        .read(move |conn| {
            let charter = CharterVersion::in_force(conn)?;
            let statements = charter.statements(conn)?;
            Ok((latest_in_full(conn, id)?, charter, statements, possible_signatories(conn, id)?))
        })
        .await?;
    match whole.turn_of(signatory.account.id, membership, &organisation.name) {
        Turn::Sign(free) => {
            let words = whole.words_hash(&organisation.name);
            if words == form.field("words_seen").value {
                return Err(Error::Conflict);
            }
            let form = form.with("words_seen", words).with_problem("words_seen", CHANGED);
            signatory.refuse(&SignaturePage::new(organisation, Some(membership), &whole, &free, form))
        }
        turn @ (Turn::Outdated | Turn::Unwritten | Turn::Renamed) => {
            let page = CannotSignPage::new(organisation, &whole, &turn, &possible);
            signatory.refuse(&page.after(&form, &charter, &statements))
        }
        _ => Ok(redirect(format!("{}/signature", address_of(organisation)))),
    }
}
