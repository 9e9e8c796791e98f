//! The VRP gives an organisation leave, and ends it; not one that the administrator belongs to.

use actix_web::{HttpRequest, HttpResponse};

use super::forms::LeaveForm;
use super::leave::{Leave, end_leave, grant_leave};
use super::leave_pages::{self, LeavePage};
use crate::accounts::Steward;
use crate::error::{Error, Result};
use crate::ids::PledgeLeaveId;
use crate::organisations::{Organisation, is_tied};
use crate::web::{Filled, Path, Pressed, Submitted, redirect_with_notice};

pub async fn show_leave(steward: Steward, request: HttpRequest, slug: Path<String>) -> Result<HttpResponse> {
    let (organisation, leaves) = find(&steward, slug.into_inner()).await?;
    steward.want_proof(&request)?;
    steward.show(&LeavePage::new(&organisation, &leaves, Filled::blank(LeaveForm::FIELDS)))
}

pub async fn grant(
    steward: Steward,
    request: HttpRequest,
    slug: Path<String>,
    form: Submitted<LeaveForm>,
) -> Result<HttpResponse> {
    let (organisation, leaves) = find(&steward, slug.into_inner()).await?;
    steward.want_proof(&request)?;
    let (wanted, filled) = match form.parsed() {
        Ok(parsed) => parsed,
        Err(form) => return steward.refuse(&LeavePage::new(&organisation, &leaves, form)),
    };
    let (by, asked) = (steward.account.id, organisation.clone());
    let granted = steward.act(move |act| grant_leave(act, &asked, by, wanted.kind, wanted.reason.as_str())).await;
    match granted {
        Ok(_) => Ok(redirect_with_notice(
            leave_pages::address_of(&organisation),
            &leave_pages::granted_notice(&organisation, wanted.kind),
        )),
        Err(Error::Conflict) => {
            let (organisation, leaves) = find(&steward, organisation.slug).await?;
            let form = filled.with_problem("kind", leave_pages::STANDS_ALREADY);
            steward.refuse(&LeavePage::new(&organisation, &leaves, form))
        }
        Err(other) => Err(other),
    }
}

pub async fn end(
    steward: Steward,
    request: HttpRequest,
    path: Path<(String, String)>,
    _: Submitted<Pressed>,
) -> Result<HttpResponse> {
    let (slug, leave) = path.into_inner();
    let (organisation, _) = find(&steward, slug).await?;
    let leave: PledgeLeaveId = leave.parse().map_err(|_| Error::NotFound)?;
    steward.want_proof(&request)?;
    let id = organisation.id;
    steward.act(move |act| end_leave(act, id, leave)).await?;
    Ok(redirect_with_notice(leave_pages::address_of(&organisation), leave_pages::ENDED))
}

async fn find(steward: &Steward, slug: String) -> Result<(Organisation, Vec<Leave>)> {
    let me = steward.account.id;
    let (organisation, leaves, is_own) = steward
        .read(move |conn| {
            let organisation = Organisation::find_by_slug(conn, &slug)?;
            if !organisation.is_approved() {
                return Err(Error::NotFound);
            }
            let leaves = Leave::all_of(conn, organisation.id)?;
            let is_own = is_tied(conn, organisation.id, me)?;
            Ok((organisation, leaves, is_own))
        })
        .await?;
    if is_own { Err(Error::NotAllowed) } else { Ok((organisation, leaves)) }
}
