//! Everyone in the demonstration, and the bodies they make: from the first answer of a registration to a full team.

use chrono::NaiveDateTime;

use super::script::{SCRIPT, WrittenOrganisation, WrittenPerson};
use super::stage::Stage;
use super::story::{REVIEWERS_CLUB, Registration, Story};
use crate::accounts::{Account, Authenticator, NewAccount, Role, grant_role, open_confirmed};
use crate::acts::Act;
use crate::audit::Actor;
use crate::error::{Error, Result};
use crate::organisations::{
    Answer, Engagement, Member, MembershipRole, Organisation, Position, add_without_account, join, person_of,
};
use crate::passkeys::add_passkey;
use crate::people::{NewInvitation, invite, invite_to_own_record};
use crate::words::{EmailAddress, Line};

/// The people of the VRP.
pub struct Cast {
    pub steward: Account,
    pub reviewers: Vec<Account>,
    pub decider: Account,
    /// Of the training provider.
    pub trainer: Account,
    /// The one hash of the one password.
    password_hash: String,
}

/// An approved organisation with its people.
pub struct Body {
    pub organisation: Organisation,
    /// In the order of the script.
    pub players: Vec<Player>,
}

/// Someone in an organisation.
pub struct Player {
    pub member: Member,
    /// Many volunteers have none.
    pub account: Option<Account>,
}

impl Cast {
    /// Opens the accounts of the VRP.
    pub fn assemble(act: &mut Act<'_>, password_hash: &str) -> Result<Self> {
        let (mut holders, mut trainer) = (Vec::new(), None);
        for written in &SCRIPT.vrp {
            let email = EmailAddress::parse(&written.email).map_err(|_| Error::unexpected(&written.email))?;
            let account = open(act, &written.name, email, password_hash)?;
            if let Some(role) = written.role {
                grant_role(act, account.id, role)?;
                give_authenticator(act, &account)?;
                if role == Role::Steward {
                    give_passkey(act, &account)?;
                }
                holders.push((role, account));
            } else if written.trains {
                give_authenticator(act, &account)?;
                trainer = Some(account);
            }
        }
        let mut with = |role: Role| -> Vec<Account> {
            holders.extract_if(.., |(held, _)| *held == role).map(|(_, account)| account).collect()
        };
        let first =
            |accounts: Vec<Account>| accounts.into_iter().next().ok_or_else(|| Error::unexpected("a role is bare"));
        Ok(Self {
            steward: first(with(Role::Steward))?,
            reviewers: with(Role::Reviewer),
            decider: first(with(Role::Decider))?,
            trainer: trainer.ok_or_else(|| Error::unexpected("nobody trains"))?,
            password_hash: password_hash.to_owned(),
        })
    }

    /// Plays a registration as far as it goes; with a body at its end when it was approved.
    pub fn register(
        &self,
        stage: &mut Stage<'_>,
        written: &WrittenOrganisation,
        story: &Story,
    ) -> Result<Option<Body>> {
        let [first, others @ ..] = &written.staff[..] else { return Err(Error::unexpected("nobody registers")) };
        let at = stage.days_ago(story.days + 6);
        let lead = stage.play(&Actor::visitor(), at, |act| self.open_written(act, first))?;
        let begun = stage.play_as(&lead, at, |act| Organisation::begin(act, lead.id, &lead.name, &written.name))?;
        self.answer_questions(stage, written, story, &begun, &lead)?;
        if story.registration == Registration::Begun {
            return Ok(None);
        }
        let at = stage.days_ago(story.days + 2);
        stage.play_as(&lead, at, |act| begun.submit(act))?.ok_or(Error::Conflict)?;
        let at = stage.days_ago(story.days);
        match story.registration {
            Registration::Approved => stage.play_as(&self.steward, at, |act| begun.approve(act))?,
            Registration::MoreWanted => {
                let request = stage.one_of(&SCRIPT.words.more_wanted)?;
                stage.play_as(&self.steward, at, |act| begun.ask_for_more(act, request))?;
                return Ok(None);
            }
            Registration::Begun | Registration::Submitted => return Ok(None),
        }
        let organisation = Organisation::find(stage.conn, begun.id)?;
        let member = Member::of_account(stage.conn, organisation.id, lead.id)?.ok_or(Error::NotFound)?;
        let mut body = Body { organisation, players: vec![Player { member, account: Some(lead) }] };
        for (place, person) in others.iter().enumerate() {
            let at = stage.days_ago((story.days - place as i64).max(0));
            let has_account = is_office(person) || place < story.skills_answers || place % 2 == 0;
            let player = self.bring_in(stage, &body, person, has_account, at)?;
            body.players.push(player);
        }
        self.invite_another(stage, &body, story)?;
        if story.organisation == REVIEWERS_CLUB {
            self.tie_a_reviewer(stage, &body, story)?;
        }
        Ok(Some(body))
    }

    fn answer_questions(
        &self,
        stage: &mut Stage<'_>,
        written: &WrittenOrganisation,
        story: &Story,
        organisation: &Organisation,
        lead: &Account,
    ) -> Result<()> {
        let mut answers = vec![
            Answer::LegalForm(written.legal_form()?),
            Answer::Numbers(written.identifiers()?),
            Answer::Description(written.description.clone()),
            Answer::Activities(written.activities.clone()),
            Answer::Ages { min: written.min_age, max: written.max_age },
            Answer::Days(written.days.clone()),
            Answer::Districts(written.districts.clone()),
            Answer::Postcode(written.postcode()?),
            Answer::SafeguardingLead { name: lead.name.clone(), email: lead.address() },
            Answer::Stage(written.stage),
        ];
        if story.registration == Registration::Begun {
            answers.truncate(4);
        }
        let at = stage.days_ago(story.days + 5);
        stage.play_as(lead, at, |act| answers.into_iter().try_for_each(|answer| organisation.answer(act, answer)))
    }

    fn bring_in(
        &self,
        stage: &mut Stage<'_>,
        body: &Body,
        person: &WrittenPerson,
        has_account: bool,
        at: NaiveDateTime,
    ) -> Result<Player> {
        let organisation = body.organisation.id;
        if !has_account {
            let add = |act: &mut Act<'_>| add_without_account(act, organisation, &person.name, person.position());
            return Ok(Player { member: stage.play_as(body.lead()?, at, add)?, account: None });
        }
        let account = stage.play(&Actor::visitor(), at, |act| self.open_written(act, person))?;
        let member = stage.play_as(&account, at, |act| {
            let person_row = person_of(act, account.id, &account.name)?;
            join(act, organisation, person_row, person.position())?.ok_or(Error::Conflict)
        })?;
        Ok(Player { member, account: Some(account) })
    }

    /// Here and there invitations wait to be accepted: of someone new, and of someone on the record.
    fn invite_another(&self, stage: &mut Stage<'_>, body: &Body, story: &Story) -> Result<()> {
        if story.skills_answers < 6 {
            return Ok(());
        }
        let email = format!("new.volunteer@{}.example.org", body.organisation.slug);
        let email = EmailAddress::parse(&email).map_err(|_| Error::unexpected(&email))?;
        let (role, engagement) = (MembershipRole::Practitioner, Engagement::Volunteer);
        let position = Position { role, engagement, accountable: false };
        let new = NewInvitation { name: "Alex Newton".to_owned(), email, position };
        let at = stage.days_ago(3);
        stage.play_as(body.lead()?, at, |act| invite(act, &body.organisation, &new))?;
        let Some(on_record) = body.players.iter().find(|player| player.account.is_none()) else { return Ok(()) };
        let email = EmailAddress::parse(&format!("on.record@{}.example.org", body.organisation.slug));
        let email = email.map_err(|_| Error::unexpected("an address"))?;
        let (organisation, member) = (&body.organisation, &on_record.member);
        stage.play_as(body.lead()?, at, |act| invite_to_own_record(act, organisation, member, email)).map(drop)
    }

    /// One of the reviewers volunteers here.
    fn tie_a_reviewer(&self, stage: &mut Stage<'_>, body: &Body, story: &Story) -> Result<()> {
        let reviewer = self.reviewers.last().ok_or(Error::NotFound)?;
        let (role, engagement) = (MembershipRole::Practitioner, Engagement::Volunteer);
        let at = stage.days_ago(story.days - 30);
        stage.play_as(reviewer, at, |act| {
            let person = person_of(act, reviewer.id, &reviewer.name)?;
            join(act, body.organisation.id, person, Position { role, engagement, accountable: false }).map(drop)
        })
    }

    fn open_written(&self, act: &mut Act<'_>, person: &WrittenPerson) -> Result<Account> {
        open(act, &person.name, person.email()?, &self.password_hash)
    }
}

impl Body {
    /// The one who registered it.
    pub fn lead(&self) -> Result<&Account> {
        self.with_role(MembershipRole::Lead).next().ok_or(Error::NotFound)
    }

    /// A lead who is not this person, if there is one.
    pub fn lead_other_than(&self, account: &Account) -> Option<&Account> {
        self.with_role(MembershipRole::Lead).find(|lead| lead.id != account.id)
    }

    /// The one who signs for governance.
    pub fn signatory(&self) -> Result<&Account> {
        self.with_role(MembershipRole::Signatory).next().ok_or(Error::NotFound)
    }

    fn with_role(&self, role: MembershipRole) -> impl Iterator<Item = &Account> {
        let players = self.players.iter().filter(move |player| player.member.membership.role == role);
        players.filter_map(|player| player.account.as_ref())
    }
}

fn is_office(person: &WrittenPerson) -> bool {
    matches!(person.position().role, MembershipRole::Lead | MembershipRole::Signatory)
}

/// Sets up the pretended telephone of someone who works for the VRP.
fn give_authenticator(act: &mut Act<'_>, account: &Account) -> Result<()> {
    Authenticator::propose(act, account)?;
    let proposed = Authenticator::find_of(act.conn, account.id)?.ok_or(Error::NotFound)?;
    let code = proposed.code_at(act.secret, account, act.at)?;
    proposed.confirm(act, account, &code)?.ok_or(Error::Conflict).map(drop)
}

/// Made once by a device that is no more: it is there to be seen, and signs nobody in.
fn give_passkey(act: &mut Act<'_>, account: &Account) -> Result<()> {
    let made = serde_json::from_str(include_str!("../../content/demonstration/passkey.json"));
    let name = Line::parse("Work laptop").map_err(|_| Error::unexpected("the name of a passkey"))?;
    add_passkey(act, account, &name, &made.map_err(Error::unexpected)?)?.ok_or(Error::Conflict).map(drop)
}

fn open(act: &mut Act<'_>, name: &str, email: EmailAddress, password_hash: &str) -> Result<Account> {
    let new = NewAccount { name: name.to_owned(), email, password_hash: password_hash.to_owned() };
    open_confirmed(act, &new)?.ok_or(Error::Conflict)
}
