//! Who is asking, within one organisation. To anyone who is not a member the organisation's pages do not exist.
//! Each viewer says how the organisation must stand: a suspended one mends what it has and promises nothing new, a
//! closed one is only read. A handler cannot forget it, because it cannot be called without its viewer.

use actix_web::HttpRequest;
use actix_web::http::Method;

use super::membership::{Member, MembershipRole};
use super::organisation::Organisation;
use super::standing::OrganisationStanding;
use crate::accounts::{Account, Seat, SignedIn};
use crate::clock::{day_of, say_day};
use crate::error::{Error, Result};
use crate::viewer;
use crate::web::Concern;

/// How an organisation must stand for what is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// As it may: nothing here is the organisation's.
    Nothing,
    /// To read, as it may; to change anything, not closed.
    ToRead,
    /// Not closed, not even to look at the form.
    ToMend,
    /// Open: for what is promised, signed or sent on the organisation's behalf.
    GoodStanding,
}

impl Wanted {
    fn check(self, method: &Method, standing: OrganisationStanding) -> Result<()> {
        let reads = method == Method::GET || method == Method::HEAD;
        match (standing, self) {
            (OrganisationStanding::Open, _) | (_, Self::Nothing) => Ok(()),
            (OrganisationStanding::Suspended, Self::ToRead | Self::ToMend) => Ok(()),
            (OrganisationStanding::Suspended, Self::GoodStanding) => Err(Error::OrganisationSuspended),
            (OrganisationStanding::Closed, Self::ToRead) if reads => Ok(()),
            (OrganisationStanding::Closed, _) => Err(Error::OrganisationClosed),
        }
    }
}

macro_rules! organisation_viewers {
    ($($(#[$doc:meta])* $name:ident, $wanted:ident: $admits:expr;)*) => {$(
        viewer! {
            $(#[$doc])*
            $name { account: Account, organisation: Organisation, member: Member } by async |request| {
                let (seat, account, organisation, member) = admit(request).await?;
                let admits: fn(&Organisation, MembershipRole) -> bool = $admits;
                if !admits(&organisation, member.membership.role) {
                    return Err(Error::NotAllowed);
                }
                Wanted::$wanted.check(request.method(), organisation.standing())?;
                Ok(Self { seat, account, organisation, member })
            }
        }
    )*};
}

organisation_viewers! {
    /// A member in any role, of an organisation in any state.
    OrgMember, ToRead: |_, _| true;
    /// A member in any role who does what concerns only themselves: they may go, however the organisation stands.
    LeavingMember, Nothing: |_, _| true;
    /// A lead, of an organisation in any state: for its registration and its people.
    OrgLead, ToMend: |_, role| role == MembershipRole::Lead;
    /// A member in any role, of an approved organisation: for the work of the programme.
    ApprovedMember, ToRead: |organisation, _| organisation.is_approved();
    /// A member of an approved organisation who may change its work: in any role but that of looking on.
    ApprovedContributor, ToMend: |organisation, role| organisation.is_approved() && role != MembershipRole::Viewer;
    /// A lead of an approved organisation, for what it says and keeps: suspended, it may mend that.
    MendingLead, ToMend: |organisation, role| organisation.is_approved() && role == MembershipRole::Lead;
    /// A lead of an approved organisation in good standing: one who may promise or send something on its behalf.
    ApprovedLead, GoodStanding: |organisation, role| organisation.is_approved() && role == MembershipRole::Lead;
    /// A lead or governance signatory of an approved organisation in good standing: one who may sign.
    ApprovedSignatory, GoodStanding: |organisation, role| {
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
    let seat = match concern_about(&organisation, Reader::Member) {
        Some(concern) => seat.with_concern(concern),
        None => seat,
    };
    Ok((seat, account, organisation, member))
}

/// Who reads of what is the matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Member,
    /// One who reviews or decides.
    Assessor,
}

/// What every page about an organisation that is not open says at its top.
pub fn concern_about(organisation: &Organisation, reader: Reader) -> Option<Concern> {
    let since = organisation.standing_since.map(|at| say_day(day_of(at))).unwrap_or_default();
    let reviewing = reader == Reader::Assessor;
    let about = |closed| Concern { organisation: organisation.name.clone(), closed, reviewing, since };
    match organisation.standing() {
        OrganisationStanding::Open => None,
        OrganisationStanding::Suspended => Some(about(false)),
        OrganisationStanding::Closed => Some(about(true)),
    }
}

/// Refuses to write about an organisation that is not open; reading is free. For viewers that are not of its members.
pub fn stands_for_writing(request: &HttpRequest, organisation: &Organisation) -> Result<()> {
    let wanted = if request.method() == Method::GET { Wanted::ToRead } else { Wanted::GoodStanding };
    wanted.check(request.method(), organisation.standing())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_possible_in_each_standing() {
        use OrganisationStanding::{Closed, Open, Suspended};
        let possible = |wanted: Wanted, standing| {
            [Method::GET, Method::POST].map(|method| wanted.check(&method, standing).is_ok())
        };
        for wanted in [Wanted::Nothing, Wanted::ToRead, Wanted::ToMend, Wanted::GoodStanding] {
            assert_eq!(possible(wanted, Open), [true, true], "{wanted:?}");
        }
        assert_eq!(possible(Wanted::ToRead, Suspended), [true, true]);
        assert_eq!(possible(Wanted::ToMend, Suspended), [true, true]);
        assert_eq!(possible(Wanted::GoodStanding, Suspended), [false, false]);
        assert_eq!(possible(Wanted::Nothing, Closed), [true, true]);
        assert_eq!(possible(Wanted::ToRead, Closed), [true, false]);
        assert_eq!(possible(Wanted::ToMend, Closed), [false, false]);
        assert_eq!(possible(Wanted::GoodStanding, Closed), [false, false]);
    }
}
