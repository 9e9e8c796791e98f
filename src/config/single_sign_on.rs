//! The settings of single sign-on: all that is needed, or none of it.
//! Not here: speaking to the provider, nor what a role is.

use std::fmt;

use url::Url;

use super::Setting;

pub(super) const SETTINGS: &[Setting] = &[
    Setting {
        name: "OIDC_ISSUER",
        default: "none: nobody signs in with a work account",
        meaning: "the OpenID provider of the VRP’s work accounts, such as https://login.microsoftonline.com/TENANT/v2.0",
        secret: false,
    },
    Setting {
        name: "OIDC_CLIENT_ID",
        default: "none",
        meaning: "what the provider calls this portal; its return address is BASE_URL/sign-in/work/return",
        secret: false,
    },
    Setting {
        name: "OIDC_CLIENT_SECRET",
        default: "none",
        meaning: "the secret that the provider gave this portal",
        secret: true,
    },
    Setting {
        name: "OIDC_TENANT",
        default: "none: whoever the provider vouches for",
        meaning: "the only tenant (claim tid) whose people may sign in",
        secret: false,
    },
    Setting {
        name: "OIDC_ROLES",
        default: "none",
        meaning: "which group has which role: GROUP=steward, GROUP=reviewer, GROUP=decider, with commas between",
        secret: false,
    },
];

/// The words that a group may be given. A test holds them to the roles of accounts.
pub const ROLE_WORDS: &[&str] = &["steward", "reviewer", "decider"];

/// How people sign in with their work accounts.
#[derive(Clone)]
pub struct SingleSignOn {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// The only tenant whose people may come in.
    pub tenant: Option<String>,
    pub roles: Vec<GroupRole>,
}

/// A group of the provider's, and the word of the role that its people have here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRole {
    pub group: String,
    pub role: String,
}

impl fmt::Debug for SingleSignOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "work accounts of {} as {}", self.issuer, self.client_id)
    }
}

impl SingleSignOn {
    /// `Ok(None)` when nothing is set. Every problem is listed.
    pub(super) fn read(get: impl Fn(&str) -> Option<String>) -> Result<Option<Self>, Vec<String>> {
        let value = |name: &str| get(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty());
        if SETTINGS.iter().all(|setting| value(setting.name).is_none()) {
            return Ok(None);
        }
        let mut wrong = Vec::new();
        let mut needed = |name: &str| {
            value(name).unwrap_or_else(|| {
                wrong.push(format!("{name} is missing; single sign-on needs it beside the other OIDC_ settings"));
                String::new()
            })
        };
        let issuer = needed("OIDC_ISSUER");
        let (client_id, client_secret) = (needed("OIDC_CLIENT_ID"), needed("OIDC_CLIENT_SECRET"));
        let roles = needed("OIDC_ROLES");
        wrong.extend(Some(&issuer).filter(|i| !i.is_empty()).and_then(|issuer| problem_with_issuer(issuer)));
        let roles = Some(roles).filter(|r| !r.is_empty()).map_or(Ok(Vec::new()), |roles| parse_roles(&roles));
        match roles {
            Ok(roles) if wrong.is_empty() => {
                Ok(Some(Self { issuer, client_id, client_secret, tenant: value("OIDC_TENANT"), roles }))
            }
            Ok(_) => Err(wrong),
            Err(problem) => {
                wrong.push(problem);
                Err(wrong)
            }
        }
    }
}

/// What is secret crosses the network only under TLS; a provider on this machine needs none.
fn problem_with_issuer(issuer: &str) -> Option<String> {
    let parsed = Url::parse(issuer).ok();
    let is_here = |url: &Url| matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    let good = parsed.is_some_and(|url| {
        let safe = url.scheme() == "https" || url.scheme() == "http" && is_here(&url);
        safe && url.query().is_none() && url.fragment().is_none()
    });
    (!good).then(|| format!("OIDC_ISSUER is {issuer:?}; it must be an address that begins with https://"))
}

fn parse_roles(text: &str) -> Result<Vec<GroupRole>, String> {
    let parse = |pair: &str| {
        let (group, role) = pair.rsplit_once('=')?;
        let (group, role) = (group.trim().to_owned(), role.trim().to_owned());
        (!group.is_empty() && ROLE_WORDS.contains(&role.as_str())).then_some(GroupRole { group, role })
    };
    let pairs = text.split(',').map(str::trim).filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let roles = ROLE_WORDS.join(", ");
            parse(pair).ok_or_else(|| {
                format!("OIDC_ROLES has {pair:?}; write GROUP=ROLE with commas between, where ROLE is one of {roles}")
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &[(&str, &str)] = &[
        ("OIDC_ISSUER", "https://login.example.org/council/v2.0"),
        ("OIDC_CLIENT_ID", "portal"),
        ("OIDC_CLIENT_SECRET", "hunter2"),
        ("OIDC_ROLES", "vrp-staff=steward, vrp=panel=reviewer,"),
    ];

    fn read(settings: &[(&str, &str)]) -> Result<Option<SingleSignOn>, Vec<String>> {
        SingleSignOn::read(|name| settings.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    fn with(name: &str, value: &str) -> Vec<String> {
        let changed: Vec<_> = WHOLE.iter().map(|(n, v)| (*n, if *n == name { value } else { v })).collect();
        read(&changed).expect_err("refused")
    }

    #[test]
    fn it_is_off_until_it_is_set() {
        assert!(matches!(read(&[]), Ok(None)));
        assert!(matches!(read(&[("OIDC_ISSUER", " ")]), Ok(None)));
    }

    #[test]
    fn groups_are_read_with_their_roles() {
        let read = read(WHOLE).expect("understood").expect("on");
        let roles: Vec<_> = read.roles.iter().map(|r| (r.group.as_str(), r.role.as_str())).collect();
        assert_eq!(roles, [("vrp-staff", "steward"), ("vrp=panel", "reviewer")]);
        assert!(!format!("{read:?}").contains("hunter2"));
    }

    #[test]
    fn half_of_it_stops_the_start_and_every_missing_setting_is_named() {
        let wrong = read(&[("OIDC_TENANT", "council")]).expect_err("refused");
        assert_eq!(wrong.len(), 4, "{wrong:?}");
        assert_eq!(with("OIDC_CLIENT_SECRET", "").len(), 1);
    }

    #[test]
    fn what_cannot_be_understood_stops_the_start() {
        for issuer in ["login.example.org", "http://login.example.org", "https://login.example.org?x=1", "ftp://x"] {
            assert!(with("OIDC_ISSUER", issuer)[0].starts_with("OIDC_ISSUER"), "{issuer}");
        }
        for roles in ["vrp-staff", "=steward", "vrp-staff=king", "vrp-staff:steward"] {
            assert!(with("OIDC_ROLES", roles)[0].starts_with("OIDC_ROLES"), "{roles}");
        }
    }
}
