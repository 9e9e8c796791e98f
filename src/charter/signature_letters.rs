//! What is told of a signature: to whoever signed, what they signed; to the other side, that theirs is needed.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::commitment::PledgeInFull;
use super::signature::{Capacity, Signature, possible_signatories};
use super::signed_words::SignedWords;
use crate::acts::Act;
use crate::clock::say_day;
use crate::db::DbConnection;
use crate::db::schema::{accounts, pledge_signatures, signature_requests};
use crate::error::Result;
use crate::ids::{OrganisationId, PledgeId};
use crate::mail::Letter;
use crate::organisations::Organisation;
use crate::words::EmailAddress;

#[derive(Serialize)]
struct NeededLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    signer: &'a str,
    /// Of the one it goes to.
    capacity: Capacity,
}
impl Letter for NeededLetter<'_> {
    const NAME: &'static str = "pledge-signature-needed";
}

#[derive(Serialize)]
struct InForceLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    code: &'a str,
    ends_on: String,
    signed: SignedWords,
}
impl Letter for InForceLetter<'_> {
    const NAME: &'static str = "pledge-in-force";
}

#[derive(Serialize)]
struct SignedLetter<'a> {
    organisation: &'a str,
    slug: &'a str,
    signed: SignedWords,
}
impl Letter for SignedLetter<'_> {
    const NAME: &'static str = "pledge-signed";
}

/// Sends a letter to everyone who may sign, but not to the one who acts.
pub(super) fn tell_signatories<L: Letter>(act: &mut Act<'_>, organisation: OrganisationId, letter: &L) -> Result<()> {
    let others = possible_signatories(act.conn, organisation)?;
    let others = others.iter().filter(|signatory| Some(signatory.account) != act.by.account);
    let addresses: Vec<_> = others.filter_map(|signatory| EmailAddress::parse(&signatory.address).ok()).collect();
    addresses.iter().try_for_each(|address| act.post(address, letter))
}

/// Sends whoever signed first what they signed.
pub(super) fn confirm_first(act: &mut Act<'_>, organisation: &Organisation, whole: &PledgeInFull) -> Result<()> {
    let letter = SignedLetter {
        organisation: &organisation.name,
        slug: &organisation.slug,
        signed: SignedWords::of(whole, &organisation.name),
    };
    addresses_on(act.conn, whole.pledge.id)?.iter().try_for_each(|address| act.post(address, &letter))
}

pub(super) fn ask_the_other_side(act: &mut Act<'_>, organisation: &Organisation, first: &Signature) -> Result<()> {
    let capacity = first.capacity.other();
    let letter =
        NeededLetter { organisation: &organisation.name, slug: &organisation.slug, signer: &first.name, capacity };
    for signatory in possible_signatories(act.conn, organisation.id)? {
        let asked = Some(signatory.account) != first.account_id && signatory.capacities.contains(&capacity);
        if let (true, Ok(address)) = (asked, EmailAddress::parse(&signatory.address)) {
            act.post(&address, &letter)?;
        }
    }
    Ok(())
}

/// Sends both who signed, when the pledge comes into force.
pub(super) fn confirm_both(
    act: &mut Act<'_>,
    organisation: &Organisation,
    whole: &PledgeInFull,
    ends_on: NaiveDate,
) -> Result<()> {
    let letter = InForceLetter {
        organisation: &organisation.name,
        slug: &organisation.slug,
        code: &whole.pledge.code,
        ends_on: say_day(ends_on),
        signed: SignedWords::of(whole, &organisation.name),
    };
    addresses_on(act.conn, whole.pledge.id)?.iter().try_for_each(|address| act.post(address, &letter))
}

fn addresses_on(conn: &mut DbConnection, pledge: PledgeId) -> Result<Vec<EmailAddress>> {
    let stored: Vec<(Option<String>, Option<String>)> = pledge_signatures::table
        .left_join(accounts::table)
        .left_join(signature_requests::table)
        .filter(pledge_signatures::pledge_id.eq(pledge))
        .order(pledge_signatures::capacity)
        .select((accounts::email.nullable(), signature_requests::address.nullable()))
        .load(conn)?;
    let addresses = stored.into_iter().filter_map(|(account, link)| account.or(link));
    let mut addresses: Vec<_> = addresses.filter_map(|address| EmailAddress::parse(&address).ok()).collect();
    // Whoever signed for both sides has one letter.
    addresses.dedup();
    Ok(addresses)
}
