//! What can go wrong, by what it means to the person who asked: what it means has a page of its own.
//! A cause is kept for the log and never shown. Refused input is not an error: it is a page (see `web::forms`).

use diesel::result::{DatabaseErrorKind, Error as QueryError};

/// What the portal answers when it cannot do what was asked.
#[derive(Debug)]
pub enum Error {
    /// There is no such thing, or it is somebody else's: the answer is the same.
    NotFound,
    /// Somebody must sign in first; then they come back to this address.
    SignInNeeded(String),
    /// A VRP role wants a second step at sign-in, and this person has not set one up.
    SecondStepNeeded,
    /// They must prove once more that it is them; then they come back to this address.
    ProofNeeded(String),
    /// Signed in, and not allowed; also a form that another website sent.
    NotAllowed,
    /// The organisation is suspended: it promises, signs and sends nothing meanwhile.
    OrganisationSuspended,
    /// The organisation is closed: it can only be read.
    OrganisationClosed,
    /// Someone changed this meanwhile, or it was already done.
    Conflict,
    /// Too many tries in a short time.
    TooMany { retry_after_seconds: u64 },
    /// Too much is going on; the same request may well succeed in a moment.
    Busy,
    /// The store of files does not answer. The cause is for the log.
    FilesAway(String),
    /// A file that the virus scanner has not looked at yet.
    FileWaiting,
    /// A file in which the virus scanner found something.
    FileRefused,
    /// More was sent than we take.
    TooLarge,
    /// What was sent breaks off, or is not in the form it says.
    Unreadable,
    /// A fault of ours. The cause goes to the log, once.
    Unexpected(String),
}

/// A result whose error is one of the [`Error`]s.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Wraps a cause that nobody outside should see.
    pub fn unexpected(cause: impl std::fmt::Display) -> Self {
        Self::Unexpected(cause.to_string())
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unexpected(cause) => write!(f, "unexpected: {cause}"),
            Self::FilesAway(cause) => write!(f, "the store of files is away: {cause}"),
            other => write!(f, "{other:?}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::NotFound => Self::NotFound,
            QueryError::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => Self::Busy,
            QueryError::DatabaseError(_, info) if info.message().contains("database is locked") => Self::Busy,
            // PostgreSQL keeps no zero byte in text: whatever was asked for by such a name is not there.
            QueryError::DatabaseError(_, info) if info.message().contains("invalid byte sequence") => Self::NotFound,
            other => Self::unexpected(other),
        }
    }
}

impl From<handlebars::RenderError> for Error {
    fn from(error: handlebars::RenderError) -> Self {
        Self::unexpected(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::unexpected(error)
    }
}
