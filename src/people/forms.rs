//! What a lead types to add or invite someone.

use super::holding::{Successors, Thing};
use super::leaving_pages::NOBODY_TO_CHOOSE;
use crate::organisations::{Engagement, MembershipRole, Position};
use crate::web::{Ask, Form, Sent};
use crate::words::{EmailAddress, Line};

/// Adding someone who has no account.
pub struct PersonForm {
    pub name: Line<100>,
    pub position: Position,
}

impl PersonForm {
    pub const FIELDS: &[&str] = &["name", "role", "engagement", "accountable"];
}

impl Form for PersonForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let name = sent.line(Ask::new("name", "Their name", "Enter their full name"));
        let position = read_position(sent, can_be_without_account);
        Some(Self { name: name?, position: position? })
    }
}

/// Inviting someone by e-mail.
pub struct InvitationForm {
    pub name: Line<100>,
    pub email: EmailAddress,
    pub position: Position,
}

impl InvitationForm {
    pub const FIELDS: &[&str] = &["name", "email", "role", "engagement", "accountable"];
}

impl Form for InvitationForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let name = sent.line(Ask::new("name", "Their name", "Enter their full name"));
        let email = sent.email(Ask::new("email", "Their email address", "Enter their email address"));
        let position = read_position(sent, |_| true);
        Some(Self { name: name?, email: email?, position: position? })
    }
}

/// Inviting someone who is on the record already.
pub struct OwnInvitationForm {
    pub email: EmailAddress,
}

impl OwnInvitationForm {
    pub const FIELDS: &[&str] = &["email"];
}

impl Form for OwnInvitationForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.email(Ask::new("email", "Their email address", "Enter their email address")).map(|email| Self { email })
    }
}

/// Giving someone another position.
pub struct PositionForm {
    pub position: Position,
}

impl PositionForm {
    pub const FIELDS: &[&str] = &["role", "engagement", "accountable"];
}

impl Form for PositionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        read_position(sent, |_| true).map(|position| Self { position })
    }
}

/// Leaving: who takes over what. Where nobody is chosen the leads do.
pub struct LeavingForm {
    pub successors: Successors,
}

impl LeavingForm {
    /// Chosen where no single person shall take over.
    pub const THE_LEADS: &str = "leads";
}

impl Form for LeavingForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let mut successors = Successors::new();
        for thing in Thing::ALL {
            if matches!(sent.typed(thing.as_str()).trim(), "" | Self::THE_LEADS) {
                continue;
            }
            let chosen = sent.choice(thing.as_str(), NOBODY_TO_CHOOSE, |person| person.parse().ok());
            successors.extend(chosen.map(|person| (*thing, person)));
        }
        Some(Self { successors })
    }
}

/// Leads and signatories act here themselves, so they need an account.
pub(super) fn can_be_without_account(role: MembershipRole) -> bool {
    matches!(role, MembershipRole::Practitioner | MembershipRole::Viewer)
}

fn read_position(sent: &mut Sent, allowed: fn(MembershipRole) -> bool) -> Option<Position> {
    let parse_role = |word: &str| MembershipRole::parse(word).filter(|role| allowed(*role));
    let role = sent.choice("role", "Select what they will do here", parse_role);
    let engagement = sent.choice("engagement", "Select how they work for you", Engagement::parse);
    let accountable = sent.ticked("accountable");
    Some(Position { role: role?, engagement: engagement?, accountable })
}
