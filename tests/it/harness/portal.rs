//! The portal, running on a port of its own with a database of its own, and the fixtures: people and organisations
//! made by the same verbs that the pages use.

use std::collections::HashSet;
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex, mpsc};
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use actix_web::rt::System;
use chrono::{Duration, NaiveDate};
use tempfile::TempDir;
use youth_charter::accounts::{
    Account, NewAccount, Password, Role, begin_session, confirm_account, grant_role, hash_password, sign_up,
};
use youth_charter::acts::{Act, Portal};
use youth_charter::app::{listen, serve};
use youth_charter::audit::Actor;
use youth_charter::clock::{Clock, day_of};
use youth_charter::db::{Db, DbConnection};
use youth_charter::error::Result;
use youth_charter::files::FileStore;
use youth_charter::ids::MessageId;
use youth_charter::mail::{OutboxMessage, latest_messages};
use youth_charter::organisations::{
    Activity, Answer, Day, District, Engagement, LegalForm, Membership, MembershipRole, Organisation, Position,
    Postcode, Stage, join, person_of,
};
use youth_charter::words::EmailAddress;

use super::database::TestDatabase;
use super::log::listen_to_log;
use super::person::Person;

/// The password of everyone whom a fixture signs up.
pub const PASSWORD: &str = "three blue bicycles";

/// A portal at work. Dropping it stops it, and fails the test when a letter was left unread.
pub struct RunningPortal {
    /// The records, the files and the clock that the server uses too.
    pub inside: Portal,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
    opened: Mutex<HashSet<MessageId>>,
    leads: AtomicUsize,
    folder: TempDir,
    // Dropped last: nobody may be connected to it any more.
    database: TestDatabase,
}

/// An organisation made by a fixture, with its first lead.
pub struct NewOrganisation {
    pub organisation: Organisation,
    pub lead: Person,
}

/// A letter that somebody received.
#[derive(Debug, Clone)]
pub struct Letter {
    pub subject: String,
    pub text: String,
    pub html: String,
    site: String,
}

/// Starts a portal with the programme's content and nobody in it.
pub fn spawn_portal() -> RunningPortal {
    listen_to_log();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = TestDatabase::with_content(folder.path());
    let listener = listen(([127, 0, 0, 1], 0).into()).expect("there is a free port");
    let inside = Portal {
        db: Db::open(&database.url).expect("the database opens"),
        files: FileStore::open(folder.path().join("files")).expect("a folder for files"),
        clock: Clock::default(),
        site: format!("http://{}", listener.local_addr().expect("a bound port")).into(),
        demonstration: false,
    };
    let (server, thread) = start_server(inside.clone(), listener);
    let (opened, leads) = (Mutex::default(), AtomicUsize::new(0));
    RunningPortal { inside, server, thread: Some(thread), opened, leads, folder, database }
}

fn start_server(portal: Portal, listener: TcpListener) -> (ServerHandle, JoinHandle<()>) {
    let (sender, receiver) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        System::new().block_on(async {
            let server = serve(portal, listener, 1).expect("the server starts");
            sender.send(server.handle()).expect("the test waits for its server");
            server.await.expect("the server ends in good order");
        });
    });
    (receiver.recv().expect("the server starts"), thread)
}

impl RunningPortal {
    /// The address, without a slash at its end.
    pub fn site(&self) -> &str {
        &self.inside.site
    }

    /// Where files are kept.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The calendar day in the United Kingdom, now.
    pub fn today(&self) -> NaiveDate {
        day_of(self.inside.clock.now())
    }

    /// Lets time pass.
    pub fn advance(&self, by: Duration) {
        self.inside.clock.advance(by);
    }

    /// Reads the records.
    pub fn read<T>(&self, work: impl FnOnce(&mut DbConnection) -> Result<T>) -> T {
        self.inside.db.read_here(work).expect("the records can be read")
    }

    /// Does one act as the portal itself.
    pub fn act<T>(&self, work: impl FnOnce(&mut Act<'_>) -> Result<T>) -> T {
        self.try_act(Actor::portal(), work).expect("the act is done")
    }

    /// Does one act as someone with an account.
    pub fn act_as<T>(&self, person: &Person, work: impl FnOnce(&mut Act<'_>) -> Result<T>) -> T {
        self.try_act(person.actor(), work).expect("the act is done")
    }

    /// Does one act that may be refused.
    pub fn try_act<T>(&self, by: Actor, work: impl FnOnce(&mut Act<'_>) -> Result<T>) -> Result<T> {
        self.inside.act_at(by, self.inside.clock.now(), work)
    }

    /// Someone who has never been here.
    pub fn visitor(&self) -> Person {
        Person::new(self.site())
    }

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
        let session = self.act(|act| begin_session(act, account, "a test"));
        self.visitor().with_session(account.clone(), &session)
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

    /// Someone with a role of the VRP.
    pub fn with_role(&self, name: &str, role: Role) -> Person {
        let person = self.signed_up(name);
        self.act(|act| grant_role(act, person.account().id, role));
        person
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
        let account = person.account().clone();
        let accountable = matches!(role, MembershipRole::Lead | MembershipRole::Signatory);
        let member = self.act(|act| {
            let who = person_of(act, account.id, &account.name)?;
            join(act, organisation.id, who, Position { role, engagement, accountable })
        });
        (person, member.expect("someone new is no member yet").membership)
    }

    /// The letters to an address that have not been read yet, oldest first. They count as read from now on.
    pub fn letters_to(&self, address: &str) -> Vec<Letter> {
        let mut letters = Vec::new();
        for message in self.unread().into_iter().filter(|message| message.recipient == address) {
            self.opened.lock().expect("one reader at a time").insert(message.id);
            letters.push(Letter {
                subject: message.subject,
                text: message.body_text,
                html: message.body_html,
                site: self.site().to_owned(),
            });
        }
        letters
    }

    /// The one letter to an address that has not been read yet.
    pub fn letter_to(&self, address: &str) -> Letter {
        let mut letters = self.letters_to(address);
        assert_eq!(letters.len(), 1, "letters to {address}: {letters:#?}");
        letters.remove(0)
    }

    /// Counts every letter as read: for tests that are not about letters.
    pub fn read_all_letters(&self) {
        let unread = self.unread().into_iter().map(|message| message.id);
        self.opened.lock().expect("one reader at a time").extend(unread);
    }

    fn unread(&self) -> Vec<OutboxMessage> {
        let opened = self.opened.lock().expect("one reader at a time");
        let mut messages = self.read(|conn| latest_messages(conn, 10_000));
        messages.retain(|message| !opened.contains(&message.id));
        messages.reverse();
        messages
    }

    /// `Lead of The Hub`, then `Lead 2 of The Hub`.
    fn name_for(&self, called: &str, organisation: &str) -> String {
        match self.leads.fetch_add(1, Ordering::Relaxed) {
            0 => format!("{called} of {organisation}"),
            n => format!("{called} {} of {organisation}", n + 1),
        }
    }
}

impl Drop for RunningPortal {
    fn drop(&mut self) {
        let unread: Vec<_> = match std::thread::panicking() {
            true => Vec::new(),
            false => self.unread().into_iter().map(|m| format!("“{}” to {}", m.subject, m.recipient)).collect(),
        };
        // The command is sent at once; the thread ends when it has been carried out.
        drop(self.server.stop(false));
        let ended = self.thread.take().map(JoinHandle::join);
        if std::thread::panicking() {
            return;
        }
        assert!(ended.is_some_and(|outcome| outcome.is_ok()), "the server panicked");
        assert!(unread.is_empty(), "nobody read these letters (letters_to, or read_all_letters): {unread:#?}");
    }
}

impl Letter {
    /// The path of the link in it.
    pub fn link(&self) -> String {
        let address = self.text.lines().find(|line| line.starts_with("http"));
        let address = address.unwrap_or_else(|| panic!("no link in this letter:\n{}", self.text));
        let path = address.strip_prefix(&self.site);
        path.unwrap_or_else(|| panic!("{address} does not lead to {}", self.site)).to_owned()
    }
}

/// What every organisation of the fixtures answers.
fn answers(conn: &mut DbConnection) -> Result<Vec<Answer>> {
    let (districts, activities) = (District::all(conn)?, Activity::all(conn)?);
    Ok(vec![
        Answer::LegalForm(LegalForm::Unincorporated),
        Answer::Numbers { charity: None, company: None },
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
        let password = Password::parse(PASSWORD).expect("a good password");
        System::new().block_on(hash_password(password)).expect("argon2 hashes")
    };
    std::thread::spawn(hashing).join().expect("argon2 hashes")
});
