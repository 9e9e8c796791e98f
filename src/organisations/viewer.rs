//! Who is asking, within one organisation. To anyone who is not a member the organisation's pages do not exist.

use actix_web::HttpRequest;

use super::membership::{Member, MembershipRole};
use super::organisation::Organisation;
use crate::accounts::{Account, Seat, SignedIn};
use crate::error::{Error, Result};
use crate::viewer;

macro_rules! organisation_viewers {
    ($($(#[$doc:meta])* $name:ident: $admits:expr;)*) => {$(
        viewer! {
            $(#[$doc])*
            $name { account: Account, organisation: Organisation, member: Member } by async |request| {
                let (seat, account, organisation, member) = admit(request).await?;
                let admits: fn(&Organisation, MembershipRole) -> bool = $admits;
                if !admits(&organisation, member.membership.role) {
                    return Err(Error::NotAllowed);
                }
                Ok(Self { seat, account, organisation, member })
            }
        }
    )*};
}

organisation_viewers! {
    /// A member in any role, of an organisation in any state.
    OrgMember: |_, _| true;
    /// A lead, of an organisation in any state: for its registration and its people.
    OrgLead: |_, role| role == MembershipRole::Lead;
    /// A member in any role, of an approved organisation: for the work of the programme.
    ApprovedMember: |organisation, _| organisation.is_approved();
    /// A member of an approved organisation who may change its work: in any role but that of looking on.
    ApprovedContributor: |organisation, role| organisation.is_approved() && role != MembershipRole::Viewer;
    /// A lead of an approved organisation.
    ApprovedLead: |organisation, role| organisation.is_approved() && role == MembershipRole::Lead;
    /// A lead or governance signatory of an approved organisation: one who may sign.
    ApprovedSignatory: |organisation, role| {
        organisation.is_approved() && matches!(role, MembershipRole::Lead | MembershipRole::Signatory)
    };
}

async fn admit(request: &HttpRequest) -> Result<(Seat, Account, Organisation, Member)> {
    let (seat, account) = SignedIn::admit(request).await?.into_seat();
    let slug = request.match_info().get("slug").ok_or(Error::NotFound)?.to_owned();
    let id = account.id;
    let (organisation, member) = seat
        .read(move |conn| {
            let organisation = Organisation::find_by_slug(conn, &slug)?;
            let member = Member::of_account(conn, organisation.id, id)?.ok_or(Error::NotFound)?;
            Ok((organisation, member))
        })
        .await?;
    Ok((seat, account, organisation, member))
}
