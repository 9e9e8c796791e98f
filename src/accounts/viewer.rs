//! Who is asking. A viewer can only be made from a request by checking it, and carries what was loaded.
//! The database is reached through a viewer's [`Seat`] and in no other way: the door is private to this file.
#![allow(clippy::disallowed_types)]

use actix_web::http::StatusCode;
use actix_web::rt::task::spawn_blocking;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{Duration, NaiveDate, NaiveDateTime};

use super::account::{Account, Role};
use super::session::{HasTwoSteps, Known, device_of, known_by, token_on};
use crate::acts::{Act, Portal};
use crate::audit::Actor;
use crate::clock::day_of;
use crate::config::Retention;
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::files::{IncomingFile, KeptFile, StoredFile, send_file, send_picture};
use crate::ids::FileId;
use crate::openid::IdentityProvider;
use crate::secrets::SecretKey;
use crate::takeaway::{Takeaway, send_takeaway, wait_for_turn};
use crate::web::{Attempt, Concern, NavLink, Page, Standing, notice_on, render};

/// The way from the web server to the portal. Only viewers go through it.
pub struct Door(Portal);

/// Puts the portal behind its door, for `app`.
pub fn open_door(portal: Portal) -> web::Data<Door> {
    web::Data::new(Door(portal))
}

/// How long ago one may have proved who one is, for an act that matters much.
const PROOF_LASTS: Duration = Duration::minutes(10);
/// What was begun with a fresh proof may take so long to write down.
const WRITING_TAKES: Duration = Duration::minutes(60);

/// What every viewer can do: read, act, show a page.
#[derive(Clone)]
pub struct Seat {
    portal: Portal,
    actor: Actor,
    standing: Standing,
    token: Option<String>,
    has_two_steps: HasTwoSteps,
    proved_at: Option<NaiveDateTime>,
    device: String,
    address: String,
}

impl Seat {
    /// The same seat, whose pages say at their top what is the matter.
    pub fn with_concern(mut self, concern: Concern) -> Self {
        self.standing.concern = Some(concern);
        self
    }

    /// Runs queries that change nothing.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut DbConnection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.portal.db.read(work).await
    }

    /// Does one act, as this person, now.
    pub async fn act<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Act<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.portal.act(self.actor.clone(), work).await
    }

    /// Does one act of the portal's own that would be done in a moment anyway.
    pub async fn act_as_portal<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Act<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.portal.act(Actor::portal(), work).await
    }

    /// Shows a page.
    pub fn show<P: Page>(&self, page: &P) -> Result<HttpResponse> {
        render(page, &self.standing, StatusCode::OK)
    }

    /// Shows a form's page again, with what is wrong.
    pub fn refuse<P: Page>(&self, page: &P) -> Result<HttpResponse> {
        render(page, &self.standing, StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// Shows a page that says kindly that there is no such thing.
    pub fn miss<P: Page>(&self, page: &P) -> Result<HttpResponse> {
        render(page, &self.standing, StatusCode::NOT_FOUND)
    }

    /// Shows a page with a status of its own.
    pub fn answer<P: Page>(&self, status: StatusCode, page: &P) -> Result<HttpResponse> {
        render(page, &self.standing, status)
    }

    pub fn now(&self) -> NaiveDateTime {
        self.portal.clock.now()
    }

    /// The calendar day in the United Kingdom.
    pub fn today(&self) -> NaiveDate {
        day_of(self.now())
    }

    /// The portal's own address, without a slash at its end.
    pub fn site(&self) -> &str {
        &self.portal.site
    }

    /// Keeps the bytes of a file, before the act that writes it down.
    pub async fn keep_file(&self, file: IncomingFile) -> Result<KeptFile> {
        self.portal.files.keep(file).await
    }

    /// Answers with a stored file.
    pub async fn send_file(&self, file: &StoredFile) -> Result<HttpResponse> {
        send_file(file, &self.portal.files).await
    }

    /// Answers with a picture that was published.
    pub async fn send_picture(&self, file: &StoredFile) -> Result<HttpResponse> {
        send_picture(file, &self.portal.files).await
    }

    /// All the bytes of a small file, such as a picture to be drawn.
    pub async fn read_file(&self, id: FileId) -> Result<Vec<u8>> {
        self.portal.files.read_whole(id).await
    }

    /// Makes what someone takes away, on a thread of its own, and answers with it. No connection to the records is held
    /// while files are copied.
    pub async fn take_away(
        &self,
        name: &str,
        gather: impl FnOnce(&mut DbConnection, &mut Takeaway) -> Result<()> + Send + 'static,
    ) -> Result<HttpResponse> {
        let turn = wait_for_turn().await?;
        let portal = self.portal.clone();
        let made = spawn_blocking(move || {
            let mut takeaway = Takeaway::begin(portal.clock.now())?;
            portal.db.read_here(|conn| gather(conn, &mut takeaway))?;
            takeaway.finish(|id, mut to| portal.files.copy_now(id, &mut to))
        });
        let path = made.await.map_err(Error::unexpected)??;
        drop(turn);
        send_takeaway(path, name).await
    }

    /// Takes the bytes of files away whose rows are gone. What is left when the store is away is swept later.
    pub async fn remove_files(&self, ids: &[FileId]) {
        for id in ids {
            if let Err(cause) = self.portal.files.remove(*id).await {
                tracing::warn!(%cause, file = %id, "a file is left to be swept");
            }
        }
    }

    /// Is this the demonstration, where nothing is real?
    pub fn is_demonstration(&self) -> bool {
        self.portal.demonstration
    }

    /// Can a file be stored now?
    pub async fn check_files(&self) -> Result<()> {
        self.portal.files.check().await
    }

    /// The portal's own key.
    pub fn secret(&self) -> &SecretKey {
        &self.portal.secret
    }

    /// How long things are kept.
    pub fn retention(&self) -> Retention {
        self.portal.retention
    }

    /// Counts an attempt on an account, or on what might be one's address.
    pub fn count_attempt(&self, attempt: Attempt, account: &str) -> Result<()> {
        self.portal.limits.count(attempt, account)
    }

    /// The token of their session.
    pub fn token(&self) -> Option<String> {
        self.token.clone()
    }

    /// Where people sign in with their work accounts; `NotFound` while that is off.
    pub fn identity_provider(&self) -> Result<IdentityProvider> {
        self.portal.identity_provider.clone().ok_or(Error::NotFound)
    }

    /// What their browser says of itself.
    pub fn device(&self) -> String {
        self.device.clone()
    }

    /// Did they prove two things when they signed in?
    pub fn has_two_steps(&self) -> HasTwoSteps {
        self.has_two_steps
    }

    /// For acts that matter much: have they proved lately who they are? If not, they do, and come back.
    pub fn want_proof(&self, request: &HttpRequest) -> Result<()> {
        let lasts = if request.method() == "GET" { PROOF_LASTS } else { WRITING_TAKES };
        match self.proved_at {
            Some(at) if at > self.now() - lasts => Ok(()),
            _ => Err(Error::ProofNeeded(request.uri().to_string())),
        }
    }
}

/// Declares a viewer: a struct with a seat and what was loaded, and how a request is admitted to it.
/// The function after `by` is asynchronous and takes the request.
#[macro_export]
macro_rules! viewer {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* $(,)? } by $admit:expr) => {
        $(#[$doc])*
        pub struct $name {
            seat: $crate::accounts::Seat,
            $(pub $field: $type),*
        }
        impl $crate::web::Viewer for $name {}
        impl std::ops::Deref for $name {
            type Target = $crate::accounts::Seat;
            fn deref(&self) -> &$crate::accounts::Seat {
                &self.seat
            }
        }
        impl actix_web::FromRequest for $name {
            type Error = $crate::error::Error;
            type Future = std::pin::Pin<Box<dyn Future<Output = $crate::error::Result<Self>>>>;
            fn from_request(request: &actix_web::HttpRequest, _: &mut actix_web::dev::Payload) -> Self::Future {
                let request = request.clone();
                Box::pin(async move { $admit(&request).await })
            }
        }
    };
}

viewer! {
    /// Anyone, signed in or not; perhaps between the first step of signing in and the second.
    Visitor { account: Option<Account>, roles: Vec<Role>, awaiting: Option<Account> } by Visitor::admit
}
viewer! {
    /// Someone with an account.
    SignedIn { account: Account, roles: Vec<Role> } by SignedIn::admit
}
viewer! {
    /// Someone with an account who proved lately that it is theirs.
    Proven { account: Account, roles: Vec<Role> } by |request: &HttpRequest| {
        let request = request.clone();
        async move {
            let SignedIn { seat, account, roles } = SignedIn::admit(&request).await?;
            seat.want_proof(&request)?;
            Ok(Self { seat, account, roles })
        }
    }
}
viewer! {
    /// An administrator of the VRP.
    Steward { account: Account } by Steward::admit
}
viewer! {
    /// A reviewer of the VRP.
    Reviewer { account: Account } by Reviewer::admit
}
viewer! {
    /// One who decides what a reviewer recommended.
    Decider { account: Account } by Decider::admit
}

impl Visitor {
    /// Finds out who sent a request.
    pub async fn admit(request: &HttpRequest) -> Result<Self> {
        let door = request.app_data::<web::Data<Door>>().ok_or_else(|| Error::unexpected("the door is missing"))?;
        let portal = door.0.clone();
        let token = token_on(request, &portal.site);
        let known = match token.clone() {
            Some(token) => {
                let now = portal.clock.now();
                portal.db.read(move |conn| known_by(conn, now, &token)).await?
            }
            None => Known::default(),
        };
        let Known { account, roles, awaiting, has_two_steps, proved_at } = known;
        let standing = Standing {
            signed_in: account.as_ref().map(|a| a.name.clone()),
            nav: nav_for(request.path(), account.is_some(), &roles),
            notice: notice_on(request),
            demonstration: portal.demonstration,
            concern: None,
        };
        let actor = match &account {
            Some(account) => Actor { account: Some(account.id), name: account.name.clone() },
            None => Actor::visitor(),
        };
        let address = request.uri().to_string();
        let device = device_of(request);
        let seat = Seat { portal, actor, standing, token, has_two_steps, proved_at, device, address };
        Ok(Self { seat, account, roles, awaiting })
    }
}

impl SignedIn {
    /// A visitor who is signed in, or the way to sign in and come back.
    pub async fn admit(request: &HttpRequest) -> Result<Self> {
        let Visitor { seat, account, roles, .. } = Visitor::admit(request).await?;
        match account {
            Some(account) => Ok(Self { seat, account, roles }),
            None => Err(Error::SignInNeeded(if request.method() == "GET" { seat.address } else { "/my".to_owned() })),
        }
    }

    /// The seat alone, for a viewer that knows more.
    pub fn into_seat(self) -> (Seat, Account) {
        (self.seat, self.account)
    }

    /// The same, for someone with one of these roles of the VRP, who must have proved two things.
    pub fn with_role(self, wanted: &[Role]) -> Result<(Seat, Account)> {
        let held = self.roles.iter().filter(|role| wanted.contains(role));
        match held.map(|role| role.wants_two_steps()).max() {
            None => Err(Error::NotAllowed),
            Some(HasTwoSteps::Yes) if self.seat.has_two_steps == HasTwoSteps::No => Err(Error::SecondStepNeeded),
            Some(_) => Ok((self.seat, self.account)),
        }
    }
}

impl Steward {
    async fn admit(request: &HttpRequest) -> Result<Self> {
        let (seat, account) = SignedIn::admit(request).await?.with_role(&[Role::Steward])?;
        Ok(Self { seat, account })
    }
}

impl Reviewer {
    /// Someone signed in who is a reviewer.
    pub async fn admit(request: &HttpRequest) -> Result<Self> {
        let (seat, account) = SignedIn::admit(request).await?.with_role(&[Role::Reviewer])?;
        Ok(Self { seat, account })
    }
}

impl Decider {
    /// Someone signed in who decides.
    pub async fn admit(request: &HttpRequest) -> Result<Self> {
        let (seat, account) = SignedIn::admit(request).await?.with_role(&[Role::Decider])?;
        Ok(Self { seat, account })
    }
}

fn nav_for(path: &str, signed_in: bool, roles: &[Role]) -> Vec<NavLink> {
    let mut links = vec![("Charter", "/charter"), ("Pledges", "/pledges"), ("Find provision", "/directory")];
    if signed_in {
        links.insert(0, ("My page", "/my"));
    }
    for role in roles {
        links.push(match role {
            Role::Steward => ("VRP", "/vrp"),
            Role::Reviewer => ("Reviews", "/review"),
            Role::Decider => ("Decisions", "/review/decisions"),
        });
    }
    // The longest address that begins the path is where we are.
    let here = links.iter().map(|(_, href)| *href).filter(|href| is_within(path, href)).max_by_key(|href| href.len());
    links.into_iter().map(|(text, href)| NavLink { text, href, current: Some(href) == here }).collect()
}

fn is_within(path: &str, href: &str) -> bool {
    path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
