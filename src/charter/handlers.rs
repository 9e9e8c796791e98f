//! Reading the Charter, and pledging. Each handler: who is asking, what they sent, one act, the
//! next page.

use actix_web::HttpResponse;
use chrono::Datelike;

use super::changed_handlers::show_what_changed;
use super::charter_page::CharterPage;
use super::charter_paper::{draw_charter, drawn_charter};
use super::commitment::{Commitment, PledgeInFull, mark_of};
use super::forms::{CommitmentForm, SignatureForm, WithdrawalForm};
use super::pages::{self, UnderWayPage, WithdrawalPage};
use super::picture_handlers::read_pictures;
use super::pledge::{Pledge, PledgeState};
use super::pledged_page::PledgedPage;
use super::promise_pages::{CommitmentView, StatementPage, WRITTEN_MEANWHILE};
use super::renewal::SignAgain;
use super::renewal_pages::KeptView;
use super::signature::{NewSignature, Turn, possible_signatories};
use super::signature_pages::{CannotSignPage, SignaturePage, authority_statement, signed_notice};
use super::start_page::{StartPage, TRAINING_FIRST};
use super::version::{CharterVersion, Statement};
use crate::accounts::Visitor;
use crate::before_pledging::Way;
use crate::db::DbConnection;
use crate::drawing::MEDIA_TYPE;
use crate::error::{Error, Result};
use crate::files::send_to_anyone;
use crate::ids::{OrganisationId, StatementId};
use crate::organisations::{ApprovedLead, ApprovedMember, ApprovedSignatory, MendingLead, Organisation};
use crate::programme::Programme;
use crate::web::{Filled, Path, Pressed, Submitted, redirect, redirect_with_notice};

pub async fn show_charter(visitor: Visitor) -> Result<HttpResponse> {
    show_version(visitor, CharterVersion::in_force).await
}

pub async fn show_charter_version(visitor: Visitor, number: Path<String>) -> Result<HttpResponse> {
    let number = number.parse().map_err(|_| Error::NotFound)?;
    show_version(visitor, move |conn| CharterVersion::by_number(conn, number)).await
}

pub async fn send_charter(visitor: Visitor) -> Result<HttpResponse> {
    send_version(visitor, CharterVersion::in_force).await
}

pub async fn send_charter_version(visitor: Visitor, number: Path<String>) -> Result<HttpResponse> {
    let number = number.parse().map_err(|_| Error::NotFound)?;
    send_version(visitor, move |conn| CharterVersion::by_number(conn, number)).await
}

pub async fn show_pledge(member: ApprovedMember) -> Result<HttpResponse> {
    let id = member.organisation.id;
    let (latest, in_force, charter) = member
        .read(move |conn| {
            let latest = Pledge::latest_of(conn, id)?;
            let latest = latest.map(|pledge| PledgeInFull::of(conn, pledge)).transpose()?;
            Ok((latest, Pledge::in_force_of(conn, id)?, CharterVersion::in_force(conn)?))
        })
        .await?;
    let (organisation, membership) = (&member.organisation, &member.member.membership);
    match latest {
        None => show_start(&member).await,
        Some(whole) if whole.pledge.is_unsigned() => {
            let mut page = UnderWayPage::new(organisation, membership, member.account.id, &whole);
            page.kept = in_force.as_ref().map(KeptView::of);
            member.show(&page)
        }
        Some(whole) => {
            let again = SignAgain::reason(&whole.pledge, organisation, &charter, member.today());
            member.show(&PledgedPage::new(organisation, membership, &whole, again, member.site()))
        }
    }
}

/// The pledge in force, while its renewal is under way.
pub async fn show_pledge_in_force(member: ApprovedMember) -> Result<HttpResponse> {
    let id = member.organisation.id;
    let whole = member
        .read(move |conn| {
            let pledge = Pledge::in_force_of(conn, id)?.ok_or(Error::NotFound)?;
            PledgeInFull::of(conn, pledge)
        })
        .await?;
    let membership = &member.member.membership;
    member.show(&PledgedPage::new(&member.organisation, membership, &whole, None, member.site()))
}

pub async fn begin_pledge(lead: ApprovedLead, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id = lead.organisation.id;
    match lead.act(move |act| Pledge::begin(act, id)).await {
        Err(Error::Conflict) => Ok(redirect_with_notice(address_of(&lead.organisation), TRAINING_FIRST)),
        begun => begun.map(|_| redirect(address_of(&lead.organisation))),
    }
}

/// There is no pledge yet.
async fn show_start(member: &ApprovedMember) -> Result<HttpResponse> {
    let (id, now) = (member.organisation.id, member.now());
    let (way, programme) = member.read(move |conn| Ok((Way::of(conn, id, now)?, Programme::now(conn)?))).await?;
    member.show(&StartPage::new(&member.organisation, &member.member.membership, &way, &programme))
}

pub async fn show_statement(lead: ApprovedLead, path: Path<(String, String)>) -> Result<HttpResponse> {
    let (id, statement) = (lead.organisation.id, StatementId::from(path.1.as_str()));
    let whole = lead.read(move |conn| latest_in_full(conn, id)).await?;
    let promise = whole.promise(&statement)?;
    if whole.pledge.state() != PledgeState::Draft {
        return Ok(redirect(address_of(&lead.organisation)));
    }
    let form = filled_with(promise.commitment.as_ref());
    lead.show(&StatementPage::new(&lead.organisation, &whole, promise, form))
}

pub async fn write_statement(
    lead: ApprovedLead,
    path: Path<(String, String)>,
    form: Submitted<CommitmentForm>,
) -> Result<HttpResponse> {
    let (id, statement) = (lead.organisation.id, StatementId::from(path.1.as_str()));
    let asked = statement.clone();
    match form.parsed() {
        Err(form) => {
            let whole = lead.read(move |conn| latest_in_full(conn, id)).await?;
            lead.refuse(&StatementPage::new(&lead.organisation, &whole, whole.promise(&asked)?, form))
        }
        Ok((form, filled)) => {
            let (whole, theirs) = lead
                .act(move |act| {
                    let pledge = latest(act.conn, id)?;
                    let theirs = pledge.rewrite_commitment(act, &asked, form.commitment(), &form.mark_seen)?;
                    Ok((PledgeInFull::of(act.conn, pledge)?, theirs))
                })
                .await?;
            let Some(theirs) = theirs else {
                return Ok(redirect(next_address(&lead.organisation, &whole, &statement)));
            };
            let form = filled.with("seen", mark_of(Some(&theirs))).with_problem("commitment", WRITTEN_MEANWHILE);
            let mut page = StatementPage::new(&lead.organisation, &whole, whole.promise(&statement)?, form);
            page.theirs = Some(CommitmentView::of(&theirs));
            lead.refuse(&page)
        }
    }
}

pub async fn show_signature(signatory: ApprovedSignatory) -> Result<HttpResponse> {
    let id = signatory.organisation.id;
    let whole = signatory.read(move |conn| latest_in_full(conn, id)).await?;
    match whole.turn_of(signatory.account.id, &signatory.member.membership, &signatory.organisation.name) {
        Turn::Sign(free) => {
            let form = Filled::blank(SignatureForm::FIELDS)
                .with("name", &signatory.account.name)
                .with("words_seen", whole.words_hash(&signatory.organisation.name));
            let membership = &signatory.member.membership;
            signatory.show(&SignaturePage::new(&signatory.organisation, Some(membership), &whole, &free, form))
        }
        Turn::Closed => Ok(redirect(address_of(&signatory.organisation))),
        turn => {
            let possible = signatory.read(move |conn| possible_signatories(conn, id)).await?;
            signatory.show(&CannotSignPage::new(&signatory.organisation, &whole, &turn, &possible))
        }
    }
}

pub async fn sign_pledge(signatory: ApprovedSignatory, form: Submitted<SignatureForm>) -> Result<HttpResponse> {
    let (id, membership) = (signatory.organisation.id, &signatory.member.membership);
    let whole = signatory.read(move |conn| latest_in_full(conn, id)).await?;
    let free = match whole.turn_of(signatory.account.id, membership, &signatory.organisation.name) {
        Turn::Sign(free) => free,
        _ => {
            let typed = form.parsed().map_or_else(|typed| typed, |(_, typed)| typed);
            return show_what_changed(&signatory, typed).await;
        }
    };
    let (new, typed) = match form.parsed() {
        Ok((form, typed)) => (signature_from(form, &signatory.organisation), typed),
        Err(form) => {
            return signatory.refuse(&SignaturePage::new(
                &signatory.organisation,
                Some(membership),
                &whole,
                &free,
                form,
            ));
        }
    };
    let organisation = signatory.organisation.clone();
    match signatory.act(move |act| whole.pledge.sign(act, &organisation, new)).await {
        Err(Error::Conflict) => show_what_changed(&signatory, typed).await,
        state => Ok(redirect_with_notice(address_of(&signatory.organisation), signed_notice(state?))),
    }
}

pub async fn reopen_pledge(lead: ApprovedLead, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let organisation = lead.organisation.clone();
    lead.act(move |act| latest(act.conn, organisation.id)?.reopen(act, &organisation)).await?;
    Ok(redirect_with_notice(address_of(&lead.organisation), pages::REOPENED))
}

pub async fn show_withdrawal(lead: MendingLead) -> Result<HttpResponse> {
    let id = lead.organisation.id;
    let current = lead.read(move |conn| Pledge::current_of(conn, id)).await?.ok_or(Error::NotFound)?;
    if current.state() != PledgeState::InForce {
        return Ok(redirect(address_of(&lead.organisation)));
    }
    lead.show(&WithdrawalPage::new(&lead.organisation, Filled::blank(WithdrawalForm::FIELDS)))
}

pub async fn withdraw_pledge(lead: MendingLead, form: Submitted<WithdrawalForm>) -> Result<HttpResponse> {
    let organisation = lead.organisation.clone();
    match form.parsed() {
        Ok((form, _)) => {
            lead.act(move |act| {
                let pledge = Pledge::in_force_of(act.conn, organisation.id)?.ok_or(Error::Conflict)?;
                pledge.withdraw(act, &organisation, form.reason.as_str())
            })
            .await?;
            Ok(redirect_with_notice(address_of(&lead.organisation), pages::WITHDRAWN))
        }
        Err(form) => lead.refuse(&WithdrawalPage::new(&organisation, form)),
    }
}

pub async fn renew_pledge(lead: ApprovedLead, _: Submitted<Pressed>) -> Result<HttpResponse> {
    let id = lead.organisation.id;
    lead.act(move |act| latest(act.conn, id)?.renew(act)).await?;
    Ok(redirect_with_notice(address_of(&lead.organisation), pages::RENEWED))
}

async fn show_version(
    visitor: Visitor,
    find: impl FnOnce(&mut DbConnection) -> Result<CharterVersion> + Send + 'static,
) -> Result<HttpResponse> {
    let (charter, statements) = read_version(&visitor, find).await?;
    visitor.show(&CharterPage::new(&charter, statements))
}

async fn send_version(
    visitor: Visitor,
    find: impl FnOnce(&mut DbConnection) -> Result<CharterVersion> + Send + 'static,
) -> Result<HttpResponse> {
    let (charter, statements) = read_version(&visitor, find).await?;
    let name = format!("{} version {}.pdf", charter.title, charter.number);
    let bytes = match drawn_charter(&charter, &statements) {
        Some(bytes) => bytes,
        None => draw_charter(&charter, &statements, read_pictures(&visitor, &statements).await?).await?,
    };
    Ok(send_to_anyone(&name, MEDIA_TYPE, bytes))
}

async fn read_version(
    visitor: &Visitor,
    find: impl FnOnce(&mut DbConnection) -> Result<CharterVersion> + Send + 'static,
) -> Result<(CharterVersion, Vec<Statement>)> {
    visitor
        .read(|conn| {
            let charter = find(conn)?;
            let statements = charter.statements(conn)?;
            Ok((charter, statements))
        })
        .await
}

fn latest(conn: &mut DbConnection, organisation: OrganisationId) -> Result<Pledge> {
    Pledge::latest_of(conn, organisation)?.ok_or(Error::NotFound)
}

pub(super) fn latest_in_full(conn: &mut DbConnection, organisation: OrganisationId) -> Result<PledgeInFull> {
    let pledge = latest(conn, organisation)?;
    PledgeInFull::of(conn, pledge)
}

pub(super) fn signature_from(form: SignatureForm, organisation: &Organisation) -> NewSignature {
    NewSignature {
        capacity: form.capacity,
        name: form.name.into_string(),
        role: form.role.into_string(),
        authority: authority_statement(organisation),
        words_seen: form.words_seen,
    }
}

fn filled_with(commitment: Option<&Commitment>) -> Filled {
    let form = Filled::blank(CommitmentForm::FIELDS).with("seen", mark_of(commitment));
    let Some(commitment) = commitment else { return form };
    let form = form.with("commitment", &commitment.words).with("who", commitment.who.clone().unwrap_or_default());
    match commitment.by_on {
        Some(day) => form
            .with("by-day", day.day().to_string())
            .with("by-month", day.month().to_string())
            .with("by-year", day.year().to_string()),
        None => form,
    }
}

fn next_address(organisation: &Organisation, whole: &PledgeInFull, written: &StatementId) -> String {
    let address = address_of(organisation);
    match whole.next_unwritten(written) {
        Some(next) => format!("{address}/statements/{}", next.id),
        None => format!("{address}/signature"),
    }
}

pub(super) fn address_of(organisation: &Organisation) -> String {
    format!("/organisations/{}/pledge", organisation.slug)
}
