//! Who is asking, within an umbrella body. An organisation that is none has none of its pages.

use actix_web::dev::Payload;

use super::umbrella::Umbrella;
use crate::accounts::Seat;
use crate::error::Error;
use crate::organisations::{ApprovedLead, ApprovedMember, MembershipRole, Organisation};
use crate::viewer;

macro_rules! umbrella_viewers {
    ($($(#[$doc:meta])* $name:ident from $within:ty;)*) => {$(
        viewer! {
            $(#[$doc])*
            $name { organisation: Organisation, role: MembershipRole } by async |request: &actix_web::HttpRequest| {
                let within = <$within>::from_request(request, &mut Payload::None).await?;
                let (seat, id) = (Seat::clone(&within), within.organisation.id);
                let umbrella = seat.read(move |conn| Umbrella::find(conn, id)).await?;
                if !umbrella.is_marked() {
                    return Err(Error::NotFound);
                }
                Ok(Self { seat, organisation: within.organisation, role: within.member.membership.role })
            }
        }
    )*};
}

umbrella_viewers! {
    /// Anyone in an umbrella body: for its picture.
    UmbrellaMember from ApprovedMember;
    /// A lead of an umbrella body: for whom it asks.
    UmbrellaLead from ApprovedLead;
}
