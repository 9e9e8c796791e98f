//! What tests of pledges need: an organisation with its two sides, and the steps of a pledge done as acts.

use youth_charter::accounts::Account;
use youth_charter::acts::Act;
use youth_charter::charter::{Capacity, CharterVersion, NewSignature, Pledge, PledgeInFull, PledgeState};
use youth_charter::error::Result;
use youth_charter::ids::DistrictCode;
use youth_charter::organisations::{Answer, Engagement, MembershipRole, Organisation, Position, join, person_of};

use crate::harness::{NewOrganisation, Person, RunningPortal};

/// An organisation with a lead, who signs for delivery, and a signatory, who signs for governance.
pub struct Pledging {
    pub organisation: Organisation,
    pub lead: Person,
    pub signatory: Person,
}

/// An approved organisation that has both sides.
pub fn with_both_sides(portal: &RunningPortal, name: &str) -> Pledging {
    let NewOrganisation { organisation, lead } = portal.approved_organisation(name);
    let signatory = portal.signatory_of(&organisation);
    Pledging { organisation, lead, signatory }
}

/// An organisation whose pledge is in force.
pub fn pledged(portal: &RunningPortal, name: &str) -> Pledging {
    let hub = with_both_sides(portal, name);
    portal.act_as(&hub.lead, |act| begin_and_write(act, &hub.organisation));
    portal.act_as(&hub.lead, |act| sign(act, &hub.organisation, Capacity::Delivery));
    let state = portal.act_as(&hub.signatory, |act| sign(act, &hub.organisation, Capacity::Governance));
    assert_eq!(state, PledgeState::InForce);
    portal.read_all_letters();
    hub
}

/// Begins a pledge and writes every commitment.
pub fn begin_and_write(act: &mut Act<'_>, organisation: &Organisation) -> Result<Pledge> {
    let pledge = Pledge::begin(act, organisation.id)?;
    write_all(act, &pledge)?;
    Ok(pledge)
}

/// Writes every commitment of a pledge.
pub fn write_all(act: &mut Act<'_>, pledge: &Pledge) -> Result<()> {
    let charter = CharterVersion::find(act.conn, pledge.charter_version_id)?;
    for statement in charter.statements(act.conn)? {
        pledge.write_commitment(act, &statement.id, format!("For {} we will.", statement.theme).as_str())?;
    }
    Ok(())
}

/// Signs the words as they are, as whoever acts.
pub fn sign(act: &mut Act<'_>, organisation: &Organisation, capacity: Capacity) -> Result<PledgeState> {
    let pledge = Pledge::latest_of(act.conn, organisation.id)?.expect("there is a pledge");
    let whole = PledgeInFull::of(act.conn, pledge)?;
    let new = signature(act.by.name.clone(), capacity, whole.words_hash(&organisation.name));
    whole.pledge.sign(act, organisation, new)
}

/// What someone gives to sign.
pub fn signature(name: String, capacity: Capacity, words_seen: String) -> NewSignature {
    NewSignature {
        capacity,
        name,
        role: "Someone who may".into(),
        authority: "I have the authority".into(),
        words_seen,
    }
}

impl Pledging {
    /// Where its pledge is.
    pub fn address(&self) -> String {
        format!("/organisations/{}/pledge", self.organisation.slug)
    }

    /// Its pledge, with all that belongs to it.
    pub fn pledge(&self, portal: &RunningPortal) -> PledgeInFull {
        let id = self.organisation.id;
        portal.read(|conn| {
            let pledge = Pledge::latest_of(conn, id)?.expect("there is a pledge");
            PledgeInFull::of(conn, pledge)
        })
    }

    pub fn state(&self, portal: &RunningPortal) -> PledgeState {
        self.pledge(portal).pledge.state()
    }

    pub fn accounts(&self) -> [&Account; 2] {
        [self.lead.account(), self.signatory.account()]
    }
}

/// Organisations with pledges in force, all led and signed by the same two people.
pub struct Many {
    lead: Person,
    signatory: Person,
}

impl Many {
    pub fn of(portal: &RunningPortal) -> Self {
        let (lead, signatory) = (portal.signed_up("Lena Lead"), portal.signed_up("Sita Signatory"));
        Self { lead, signatory }
    }

    pub fn pledge(&self, portal: &RunningPortal, name: &str, districts: &[&str]) {
        let lead = self.lead.account().clone();
        let signatory = self.signatory.account().clone();
        let organisation = portal.act_as(&self.lead, |act| {
            let organisation = Organisation::begin(act, lead.id, &lead.name, name)?;
            let codes = districts.iter().map(|code| DistrictCode::from(*code)).collect();
            organisation.answer(act, Answer::Districts(codes))?;
            organisation.submit(act)?;
            organisation.approve(act)?;
            let person = person_of(act, signatory.id, &signatory.name)?;
            let position =
                Position { role: MembershipRole::Signatory, engagement: Engagement::Trustee, accountable: true };
            join(act, organisation.id, person, position)?;
            begin_and_write(act, &organisation)?;
            sign(act, &organisation, Capacity::Delivery)?;
            Ok(organisation)
        });
        portal.act_as(&self.signatory, |act| sign(act, &organisation, Capacity::Governance));
    }
}
