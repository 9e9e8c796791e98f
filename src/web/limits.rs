//! How often the same address or account may try. Counted in memory by a clock that nobody can set, for each
//! instance of the portal by itself.
//! Not here: wrong codes of a second step, which are counted in the database.

use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::ResponseError;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use ipnet::IpNet;

use crate::error::{Error, Result};

/// So many at once, and then one more each time this long has passed.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    at_once: u32,
    one_more_every: Duration,
}

const fn allow(at_once: u32, every_seconds: u64) -> Allowance {
    Allowance { at_once, one_more_every: Duration::from_secs(every_seconds) }
}

/// What is counted for the address a request comes from. A whole office or school may share one.
const BY_ADDRESS: &[(Which, Allowance)] = &[
    // Guessing passwords, codes and links.
    (Which::Posts("/sign-in"), allow(40, 15)),
    (Which::Posts("/reset-password"), allow(20, 30)),
    // Opening these writes a row: the question to a device, the errand to a provider.
    (Which::Any("/sign-in/passkey"), allow(60, 5)),
    (Which::Any("/sign-in/work"), allow(60, 5)),
    // Each of these sends an e-mail to whoever is named.
    (Which::Posts("/forgotten-password"), allow(20, 60)),
    (Which::Posts("/register"), allow(20, 60)),
    (Which::PostsEnding("/people/invitations/new"), allow(60, 30)),
    (Which::PostsEnding("/resending"), allow(60, 30)),
    (Which::PostsEnding("/invitation"), allow(60, 30)),
    (Which::Posts("/take-over"), allow(20, 60)),
    (Which::Posts("/my/account/email"), allow(20, 60)),
    // Guessing the links that letters bring.
    (Which::Posts("/confirm"), allow(40, 15)),
    (Which::Posts("/set-up"), allow(20, 60)),
    (Which::Posts("/new-address"), allow(40, 15)),
    (Which::Posts("/invitations"), allow(40, 15)),
    (Which::Posts("/objections"), allow(40, 15)),
    // Guessing codes of certificates.
    (Which::Any("/verify"), allow(60, 2)),
    // Young people answer in a group, from one hall's network.
    (Which::Any("/say"), allow(120, 2)),
];

/// What is counted for one account, or for an address that might have one: it makes no difference whether it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    SignIn,
    /// A link to sign in, or to choose a new password.
    Link,
    /// Signing up: each time the address gets a letter.
    Registration,
    /// Inviting, and sending an invitation again: each time somebody gets a letter.
    Invitation,
    /// Asking for another address: two letters each time.
    NewAddress,
    /// Proving once more who one is.
    Proof,
    /// Asking to take over an organisation: each time everyone there gets a letter.
    TakingOver,
    /// A young person's form, by the code of its round: nobody is told apart.
    Saying,
}

const BY_ACCOUNT: &[(Attempt, Allowance)] = &[
    (Attempt::SignIn, allow(10, 60)),
    (Attempt::Link, allow(5, 300)),
    (Attempt::Registration, allow(5, 300)),
    (Attempt::Invitation, allow(60, 30)),
    (Attempt::NewAddress, allow(5, 300)),
    (Attempt::Proof, allow(10, 60)),
    (Attempt::TakingOver, allow(3, 6 * 3600)),
    // A whole hall at once, and then one every few seconds.
    (Attempt::Saying, allow(120, 3)),
];

#[derive(Debug, Clone, Copy)]
enum Which {
    Any(&'static str),
    Posts(&'static str),
    PostsEnding(&'static str),
}

type Counter = DefaultKeyedRateLimiter<String>;

struct Counters {
    by_address: Vec<(Which, Counter)>,
    by_account: Vec<(Attempt, Counter)>,
}

/// The limits of one running portal. Clones count together.
#[derive(Clone)]
pub struct Limits {
    counters: Option<Arc<Counters>>,
    trusted_proxies: Arc<[IpNet]>,
    /// Turns addresses into numbers that mean nothing outside this process: no address is kept, not even in memory.
    numbers: RandomState,
}

impl Limits {
    /// The limits as they stand above. `trusted_proxies` may say for whom they ask.
    pub fn strict(trusted_proxies: &[IpNet]) -> Self {
        let counters = Counters {
            by_address: BY_ADDRESS.iter().map(|(which, allowance)| (*which, allowance.counter())).collect(),
            by_account: BY_ACCOUNT.iter().map(|(attempt, allowance)| (*attempt, allowance.counter())).collect(),
        };
        Self {
            counters: Some(Arc::new(counters)),
            trusted_proxies: trusted_proxies.into(),
            numbers: RandomState::new(),
        }
    }

    /// None: for tests that are about other things.
    pub fn none() -> Self {
        Self { counters: None, trusted_proxies: Arc::new([]), numbers: RandomState::new() }
    }

    /// Counts an attempt on an account; [`Error::TooMany`] when there were too many.
    pub fn count(&self, attempt: Attempt, account: &str) -> Result<()> {
        let Some(counters) = &self.counters else { return Ok(()) };
        counters
            .by_account
            .iter()
            .filter(|(kind, _)| *kind == attempt)
            .try_for_each(|(_, counter)| take(counter, account))
    }

    /// Forgets whoever has not tried for so long that it makes no difference.
    pub fn forget_old(&self) {
        let Some(counters) = &self.counters else { return };
        let by_address = counters.by_address.iter().map(|(_, counter)| counter);
        for counter in by_address.chain(counters.by_account.iter().map(|(_, counter)| counter)) {
            counter.retain_recent();
            counter.shrink_to_fit();
        }
    }

    fn count_request(&self, request: &HttpRequest) -> Result<()> {
        let Some(counters) = &self.counters else { return Ok(()) };
        let mut concerned = counters.by_address.iter().filter(|(which, _)| which.covers(request)).peekable();
        if concerned.peek().is_none() {
            return Ok(());
        }
        let client = self.client_of(request.peer_addr(), forwarded_for(request).as_deref());
        let client = self.numbers.hash_one(client).to_string();
        concerned.try_for_each(|(_, counter)| take(counter, &client))
    }

    /// Who asks: the peer, or, where the peer is a proxy of ours, the last in its list that is none.
    fn client_of(&self, peer: Option<SocketAddr>, forwarded: Option<&str>) -> String {
        let Some(peer) = peer.map(|peer| peer.ip().to_canonical()) else { return "unknown".to_owned() };
        let is_ours = |address: &IpAddr| self.trusted_proxies.iter().any(|network| network.contains(address));
        if !is_ours(&peer) {
            return network_of(peer);
        }
        let stated = forwarded.unwrap_or_default().rsplit(',').map(|part| part.trim().parse::<IpAddr>());
        let client = stated.map_while(std::result::Result::ok).map(|a| a.to_canonical()).find(|a| !is_ours(a));
        network_of(client.unwrap_or(peer))
    }
}

impl Allowance {
    fn counter(self) -> Counter {
        let quota = Quota::with_period(self.one_more_every).expect("an allowance grows in time");
        RateLimiter::keyed(quota.allow_burst(NonZeroU32::new(self.at_once).expect("an allowance is not nothing")))
    }
}

impl Which {
    fn covers(self, request: &HttpRequest) -> bool {
        let (path, posts) = (request.path(), request.method() == "POST");
        match self {
            Self::Any(beginning) => is_within(path, beginning),
            Self::Posts(beginning) => posts && is_within(path, beginning),
            Self::PostsEnding(end) => posts && path.ends_with(end),
        }
    }
}

/// Answers a request that is within the limits; any other gets a page that says when to try again.
pub async fn within_limits<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> std::result::Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let limits = request.app_data::<Limits>().cloned().unwrap_or_else(Limits::none);
    match limits.count_request(request.request()) {
        Ok(()) => Ok(next.call(request).await?.map_into_left_body()),
        Err(refused) => Ok(request.into_response(refused.error_response()).map_into_right_body()),
    }
}

fn take(counter: &Counter, key: &str) -> Result<()> {
    counter.check_key(&key.to_owned()).map_err(|refused| {
        let wait = refused.wait_time_from(DefaultClock::default().now());
        Error::TooMany { retry_after_seconds: wait.as_secs() + 1 }
    })
}

fn forwarded_for(request: &HttpRequest) -> Option<String> {
    let lines = request.headers().get_all("x-forwarded-for").filter_map(|line| line.to_str().ok());
    Some(lines.collect::<Vec<_>>().join(",")).filter(|all| !all.is_empty())
}

/// Someone with a network of version 6 has billions of addresses in it: they count as one.
fn network_of(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
    }
}

fn is_within(path: &str, beginning: &str) -> bool {
    path.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &[&str], peer: &str, forwarded: Option<&str>) -> String {
        let proxies: Vec<IpNet> = proxies.iter().map(|p| p.parse().expect("a network")).collect();
        Limits::strict(&proxies).client_of(Some(SocketAddr::new(peer.parse().expect("an address"), 1)), forwarded)
    }

    #[test]
    fn nobody_can_say_they_are_somebody_else() {
        assert_eq!(client(&[], "192.0.2.1", Some("203.0.113.9")), "192.0.2.1");
        let ours = &["10.0.0.0/8"];
        assert_eq!(client(ours, "192.0.2.1", Some("203.0.113.9")), "192.0.2.1");
        assert_eq!(client(ours, "10.0.0.2", Some("203.0.113.9")), "203.0.113.9");
        assert_eq!(client(ours, "10.0.0.2", Some("1.2.3.4, 203.0.113.9, 10.0.0.7")), "203.0.113.9");
        assert_eq!(client(ours, "10.0.0.2", Some("203.0.113.9, nonsense")), "10.0.0.2");
        assert_eq!(client(ours, "10.0.0.2", None), "10.0.0.2");
        assert_eq!(client(ours, "::ffff:10.0.0.2", Some("203.0.113.9")), "203.0.113.9");
    }

    #[test]
    fn a_network_of_version_6_counts_as_one() {
        assert_eq!(client(&[], "2001:db8:1:2:3::4", None), client(&[], "2001:db8:1:2:ffff::1", None));
        assert_ne!(client(&[], "2001:db8:1:2::1", None), client(&[], "2001:db8:1:3::1", None));
    }

    #[test]
    fn an_account_is_counted_for_itself_and_the_rest_goes_on() {
        let limits = Limits::strict(&[]);
        let tries = |who: &str| (0..20).take_while(|_| limits.count(Attempt::SignIn, who).is_ok()).count();
        assert_eq!((tries("asha"), tries("asha"), tries("ben")), (10, 0, 10));
        let Err(Error::TooMany { retry_after_seconds }) = limits.count(Attempt::SignIn, "asha") else {
            panic!("an eleventh attempt is refused")
        };
        assert!((1..=61).contains(&retry_after_seconds), "{retry_after_seconds}");
        assert!(limits.count(Attempt::Link, "asha").is_ok());
    }
}
