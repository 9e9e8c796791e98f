//! Fixtures: people and organisations, made by the same verbs that the pages use.

use std::sync::LazyLock;
use std::sync::atomic::Ordering;

use actix_web::rt::System;
use chrono::Duration;
use youth_charter::accounts::{
    Account, Authenticator, NewAccount, Password, Role, Strength, begin_session, confirm_account, grant_role,
    hash_password, sign_up,
};
use youth_charter::db::DbConnection;
use youth_charter::error::Result;
use youth_charter::organisations::{
    Activity, Answer, Day, District, Engagement, LegalForm, Membership, MembershipRole, Organisation, Position,
    Postcode, Stage, join, person_of,
};
use youth_charter::rescue::{NewRescue, Rescue, ask_to_take_over};
use youth_charter::words::EmailAddress;

use super::person::Person;
use super::portal::RunningPortal;

/// The password of everyone whom a fixture signs up.
pub const PASSWORD: &str = "three blue bicycles";

/// An organisation made by a fixture, with its first lead.
pub struct NewOrganisation {
    pub organisation: Organisation,
    pub lead: Person,
}

impl RunningPortal {
    /// Someone with an account, signed in. `Asha Patel` has the address `asha.patel@example.org`.
    pub fn signed_up(&self, name: &str) -> Person {
        let address = address_of(name);
        let new = NewAccount { name: name.into(), email: address.clone(), password_hash: PASSWORD_HASH.clone() };
        self.act(|act| sign_up(act, new));
        let link = self.letters_to(address.as_str()).pop().expect("a letter to confirm the address").link();
        let token = link.rsplit('/').next().expect("a link ends in its token");
        let account = self.act(|act| confirm_account(act, token));
        self.signed_in(&account)
    }

    /// Someone signed in to an account there is.
    pub fn signed_in(&self, account: &Account) -> Person {
        let session = self.act(|act| begin_session(act, account, "a test", Strength::Single));
        self.visitor().with_session(account.clone(), &session)
    }

    /// Someone signed in with a code from their authenticator app too.
    pub fn signed_in_with_two_steps(&self, account: &Account) -> Person {
        let session = self.act(|act| begin_session(act, account, "a test", Strength::Double));
        self.visitor().with_session(account.clone(), &session)
    }

    /// The code that someone's authenticator app shows now.
    pub fn code_of(&self, account: &Account) -> String {
        self.code_ago(account, Duration::zero())
    }

    /// What their app showed half a minute ago: never newer than a code that was read before, however slow the machine.
    pub fn code_before(&self, account: &Account) -> String {
        self.code_ago(account, Duration::seconds(30))
    }

    fn code_ago(&self, account: &Account, ago: Duration) -> String {
        let found = self.read(|conn| Authenticator::find_of(conn, account.id)).expect("they have an app");
        found.code_at(&self.inside.secret, account, self.inside.clock.now() - ago).expect("it shows a code")
    }

    /// Someone sets their authenticator app up at the pages, from the one that says they must; to their own page.
    pub fn sets_up_second_step(&self, person: &mut Person, address: &str) {
        person.press("Set it up");
        let account = self.read(|conn| Account::find_by_email(conn, address)).expect("they have an account");
        person.fill("The code your app shows now", &self.code_of(&account)).press("Continue");
        person.sees("Keep your recovery codes").follow("I have kept them");
        assert_eq!(self.letter_to(address).subject, "Your account now asks for a code");
    }

    /// Sets an authenticator app up for someone. Its code of this half minute is used up.
    pub fn give_authenticator(&self, account: &Account) {
        self.act(|act| Authenticator::propose(act, account));
        let code = self.code_of(account);
        self.act(|act| {
            let found = Authenticator::find_of(act.conn, account.id)?.expect("it was proposed");
            found.confirm(act, account, &code)
        })
        .expect("the code is right");
        self.letters_to(&account.email);
    }

    /// An administrator of the VRP.
    pub fn steward(&self) -> Person {
        self.with_role("Sam Steward", Role::Steward)
    }

    /// A reviewer of the VRP.
    pub fn reviewer(&self) -> Person {
        self.with_role("Rae Reviewer", Role::Reviewer)
    }

    /// One who decides for the VRP.
    pub fn decider(&self) -> Person {
        self.with_role("Dee Decider", Role::Decider)
    }

    /// Someone with a role of the VRP, signed in with both steps.
    pub fn with_role(&self, name: &str, role: Role) -> Person {
        self.promoted(&self.signed_up(name), role)
    }

    /// Gives someone a role of the VRP, and an authenticator app if they have none; they are signed in with both steps.
    pub fn promoted(&self, person: &Person, role: Role) -> Person {
        let account = person.account();
        self.act(|act| grant_role(act, account.id, role));
        if self.read(|conn| Authenticator::find_of(conn, account.id)).is_none() {
            self.give_authenticator(account);
        }
        self.signed_in_with_two_steps(account)
    }

    /// An organisation that the VRP has approved, with one lead.
    pub fn approved_organisation(&self, name: &str) -> NewOrganisation {
        let NewOrganisation { organisation, lead } = self.submitted_organisation(name);
        self.act(|act| organisation.approve(act));
        self.letters_to(lead.email());
        let organisation = self.read(|conn| Organisation::find(conn, organisation.id));
        NewOrganisation { organisation, lead }
    }

    /// An organisation that waits for the VRP's approval.
    pub fn submitted_organisation(&self, name: &str) -> NewOrganisation {
        let begun = self.draft_organisation(name);
        self.act_as(&begun.lead, |act| {
            answers(act.conn)?.into_iter().try_for_each(|answer| begun.organisation.answer(act, answer))?;
            begun.organisation.submit(act)
        })
        .expect("no other has its numbers");
        let organisation = self.read(|conn| Organisation::find(conn, begun.organisation.id));
        NewOrganisation { organisation, lead: begun.lead }
    }

    /// An organisation whose registration was begun.
    pub fn draft_organisation(&self, name: &str) -> NewOrganisation {
        let lead = self.signed_up(&self.name_for("Lead", name));
        let account = lead.account().clone();
        let organisation = self.act_as(&lead, |act| Organisation::begin(act, account.id, &account.name, name));
        NewOrganisation { organisation, lead }
    }

    /// A further lead of an organisation.
    pub fn lead_of(&self, organisation: &Organisation) -> Person {
        self.member_of(organisation, MembershipRole::Lead, Engagement::Paid).0
    }

    /// Someone who signs for an organisation's governance.
    pub fn signatory_of(&self, organisation: &Organisation) -> Person {
        self.member_of(organisation, MembershipRole::Signatory, Engagement::Trustee).0
    }

    /// Someone who works with young people there.
    pub fn practitioner_of(&self, organisation: &Organisation) -> Person {
        self.member_of(organisation, MembershipRole::Practitioner, Engagement::Volunteer).0
    }

    /// Someone who looks on.
    pub fn viewer_of(&self, organisation: &Organisation) -> Person {
        self.member_of(organisation, MembershipRole::Viewer, Engagement::Volunteer).0
    }

    /// Someone new, with an account, in a role there.
    pub fn member_of(
        &self,
        organisation: &Organisation,
        role: MembershipRole,
        engagement: Engagement,
    ) -> (Person, Membership) {
        let called = match role {
            MembershipRole::Lead => "Lead",
            MembershipRole::Signatory => "Signatory",
            MembershipRole::Practitioner => "Practitioner",
            MembershipRole::Viewer => "Viewer",
        };
        let person = self.signed_up(&self.name_for(called, &organisation.name));
        let membership = self.enrol(&person, organisation, role, engagement);
        (person, membership)
    }

    /// Someone has asked to take an organisation over.
    pub fn asked_to_take_over(&self, organisation: &Organisation, person: &Person) -> Rescue {
        let new = NewRescue {
            position: "Treasurer".to_owned(),
            engagement: Engagement::Volunteer,
            reasons: "Our lead has moved to Wales.".to_owned(),
        };
        let asked = self.act_as(person, |act| ask_to_take_over(act, organisation, person.account(), new));
        asked.expect("no other is under way")
    }

    /// Makes someone a member of an organisation.
    pub fn enrol(
        &self,
        person: &Person,
        organisation: &Organisation,
        role: MembershipRole,
        engagement: Engagement,
    ) -> Membership {
        let account = person.account();
        let accountable = matches!(role, MembershipRole::Lead | MembershipRole::Signatory);
        let member = self.act(|act| {
            let who = person_of(act, account.id, &account.name)?;
            join(act, organisation.id, who, Position { role, engagement, accountable })
        });
        member.expect("someone new is no member yet").membership
    }

    /// `Lead of The Hub`, then `Lead 2 of The Hub`.
    fn name_for(&self, called: &str, organisation: &str) -> String {
        match self.members.fetch_add(1, Ordering::Relaxed) {
            0 => format!("{called} of {organisation}"),
            n => format!("{called} {} of {organisation}", n + 1),
        }
    }
}

/// What every organisation of the fixtures answers.
fn answers(conn: &mut DbConnection) -> Result<Vec<Answer>> {
    let (districts, activities) = (District::all(conn)?, Activity::all(conn)?);
    Ok(vec![
        Answer::LegalForm(LegalForm::Unincorporated),
        Answer::Numbers(Vec::new()),
        Answer::Description("A place to meet, make and play, every week of the year.".to_owned()),
        Answer::Activities(activities.into_iter().take(2).map(|activity| activity.id).collect()),
        Answer::Ages { min: 11, max: 17 },
        Answer::Days(vec![Day::Tuesday, Day::Friday]),
        Answer::Districts(districts.into_iter().take(1).map(|district| district.code).collect()),
        Answer::Postcode(Postcode::parse("NG1 1AA").expect("a postcode")),
        Answer::SafeguardingLead {
            name: "Grace Okafor".to_owned(),
            email: EmailAddress::parse("safe@example.org").expect("an address"),
        },
        Answer::Stage(Stage::Growing),
    ])
}

/// `Asha Patel` is at `asha.patel@example.org`.
fn address_of(name: &str) -> EmailAddress {
    let words: Vec<String> = name
        .split_whitespace()
        .map(|word| word.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let local: String = words.join(".").chars().take(60).collect();
    EmailAddress::parse(&format!("{}@example.org", local.trim_end_matches('.'))).expect("a name makes an address")
}

/// [`PASSWORD`], hashed once for everyone.
static PASSWORD_HASH: LazyLock<String> = LazyLock::new(|| {
    let hashing = || {
        let password = Password::parse(PASSWORD, &[]).expect("a good password");
        System::new().block_on(hash_password(password)).expect("argon2 hashes")
    };
    std::thread::spawn(hashing).join().expect("argon2 hashes")
});
