//! What a member of an organisation holds that somebody must hold when they leave, and who may take it over.
//! Nothing is lost: what is given to nobody falls to the leads together, and a safeguarding lead is always named.
//! Not here: ending the membership, which is `leaving`; each feature itself knows what is held of it and passes it on.

use std::collections::BTreeMap;

use super::invitation::{count_invitations_sent_by, pass_on_invitations};
use crate::acts::Act;
use crate::charter::signs_alone_for_governance;
use crate::db::DbConnection;
use crate::documents::{count_documents_kept_by, pass_on_documents};
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::organisations::{Member, MembershipRole, Organisation, Position, address_of_person};
use crate::quality::{count_actions_of, count_answers_kept_by, pass_on_actions, pass_on_answers};
use crate::text_enum;

text_enum! {
    /// A kind of thing that someone can hold.
    pub enum Thing {
        /// Being named as the one to tell of a worry.
        Safeguarding = "safeguarding",
        /// The signature for governance that an open pledge waits for, where nobody else may give it.
        Signature = "signature",
        Documents = "documents",
        /// Answers of the running self-assessment.
        Answers = "answers",
        /// Open steps of the action plan.
        Steps = "steps",
        /// Invitations that are not answered yet.
        Invitations = "invitations",
    }
}

impl Thing {
    /// Can this member take it over?
    pub fn can_go_to(self, member: &Member) -> bool {
        let role = member.membership.role;
        let fits = match self {
            Self::Safeguarding => true,
            // It makes them a governance signatory, and a lead stays a lead.
            Self::Signature => matches!(role, MembershipRole::Practitioner | MembershipRole::Viewer),
            Self::Documents | Self::Answers | Self::Steps => role != MembershipRole::Viewer,
            Self::Invitations => role == MembershipRole::Lead,
        };
        fits && member.person.account_id.is_some()
    }

    /// May someone in this role say who takes it over? Only a lead gives people another role.
    pub fn can_be_given_by(self, role: MembershipRole) -> bool {
        self != Self::Signature || role == MembershipRole::Lead
    }
}

/// What someone holds, and how many of each.
pub type Holding = Vec<(Thing, i64)>;

/// Who shall take over what. What is not in it falls to the leads.
pub type Successors = BTreeMap<Thing, PersonId>;

/// What a member holds now.
pub fn holding_of(conn: &mut DbConnection, organisation: &Organisation, member: &Member) -> Result<Holding> {
    let address = address_of_person(conn, member.person.id)?;
    let named = organisation.has_as_safeguarding_lead(&member.person.name, address.as_ref());
    let mut holding = vec![(Thing::Safeguarding, i64::from(named))];
    if let Some(account) = member.person.account_id {
        let alone = signs_alone_for_governance(conn, organisation.id, account)?;
        holding.push((Thing::Signature, i64::from(alone)));
        holding.push((Thing::Documents, count_documents_kept_by(conn, organisation.id, account)?));
        holding.push((Thing::Answers, count_answers_kept_by(conn, organisation.id, account)?));
        holding.push((Thing::Steps, count_actions_of(conn, organisation.id, account)?));
        holding.push((Thing::Invitations, count_invitations_sent_by(conn, organisation.id, account)?));
    }
    holding.retain(|(_, count)| *count > 0);
    Ok(holding)
}

/// The members who shall take over, each found among the others of the organisation; or the first thing that its
/// successor cannot take.
pub(super) fn find_successors(
    act: &mut Act<'_>,
    leaver: &Member,
    given_by: MembershipRole,
    wanted: &Successors,
) -> Result<Result<BTreeMap<Thing, Member>, Thing>> {
    let mut found = BTreeMap::new();
    for (thing, person) in wanted {
        let member = match Member::find_in(act.conn, leaver.membership.organisation_id, *person) {
            Err(Error::NotFound) => return Ok(Err(*thing)),
            member => member?,
        };
        if member.person.id == leaver.person.id || !thing.can_go_to(&member) || !thing.can_be_given_by(given_by) {
            return Ok(Err(*thing));
        }
        found.insert(*thing, member);
    }
    Ok(Ok(found))
}

/// Gives one thing of someone who has left to another, or to the leads together. Tells whose name it bears now, where
/// it must bear one.
pub(super) fn pass_on(
    act: &mut Act<'_>,
    organisation: &Organisation,
    thing: Thing,
    leaver: &Member,
    to: Option<&Member>,
) -> Result<Option<Member>> {
    let heir = to.and_then(|member| member.person.account_id);
    match (thing, leaver.person.account_id) {
        (Thing::Safeguarding, _) => return pass_on_safeguarding(act, organisation, leaver, to).map(Some),
        (Thing::Signature, _) => make_signatory(act, to)?,
        (Thing::Documents, Some(from)) => pass_on_documents(act, organisation.id, from, heir)?,
        (Thing::Answers, Some(from)) => pass_on_answers(act, organisation.id, from, heir)?,
        (Thing::Steps, Some(from)) => pass_on_actions(act, organisation.id, from, heir)?,
        (Thing::Invitations, Some(from)) => pass_on_invitations(act, organisation.id, from, heir)?,
        (Thing::Documents | Thing::Answers | Thing::Steps | Thing::Invitations, None) => {}
    }
    Ok(to.cloned())
}

/// Where nobody was chosen, the lead who has been there longest is named.
fn pass_on_safeguarding(
    act: &mut Act<'_>,
    organisation: &Organisation,
    leaver: &Member,
    to: Option<&Member>,
) -> Result<Member> {
    let heir = match to {
        Some(member) => member.clone(),
        None => longest_lead(act.conn, organisation)?,
    };
    let address = address_of_person(act.conn, heir.person.id)?.ok_or(Error::Conflict)?;
    let own = address_of_person(act.conn, leaver.person.id)?;
    organisation.name_safeguarding_lead(act, &heir.person.name, &address, own.as_ref())?;
    Ok(heir)
}

fn longest_lead(conn: &mut DbConnection, organisation: &Organisation) -> Result<Member> {
    let members = Member::all_in(conn, organisation.id)?.into_iter();
    let leads = members.filter(|m| m.membership.role == MembershipRole::Lead && m.person.account_id.is_some());
    leads.min_by_key(|lead| lead.membership.joined_at).ok_or(Error::Conflict)
}

fn make_signatory(act: &mut Act<'_>, heir: Option<&Member>) -> Result<()> {
    let Some(heir) = heir else { return Ok(()) };
    let position = Position { role: MembershipRole::Signatory, ..heir.membership.position() };
    heir.membership.take_position(act, position).map(|_| ())
}
