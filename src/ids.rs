//! A type for every identifier, so that an organisation's id can never be passed where a pledge's is wanted.
//! Ids of rows are UUIDs of version 7 made here, never by the database, and stored as hyphenated text.
//! Ids of the programme's content (modules, skills, indicators…) are stable words written in `content/`.
//! Not here: looking anything up.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use uuid::Uuid;

macro_rules! row_id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Text)]
        pub struct $name([u8; 36]);

        impl $name {
            /// A fresh id; ids made later sort later.
            #[allow(clippy::new_without_default)]
            pub fn new() -> Self {
                Self::from(Uuid::now_v7())
            }

            /// The hyphenated lower-case form.
            pub fn as_str(&self) -> &str {
                std::str::from_utf8(&self.0).expect("hyphenated uuids are ascii")
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                let mut text = [0; 36];
                uuid.hyphenated().encode_lower(&mut text);
                Self(text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse::<Uuid>().map(Self::from)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl<DB: Backend> ToSql<Text, DB> for $name where str: ToSql<Text, DB> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.as_str().to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $name where String: FromSql<Text, DB> {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                Ok(String::from_sql(bytes)?.parse()?)
            }
        }
    )*};
}

row_id!(
    AccountId,
    ActionId,
    AffiliationId,
    AppealId,
    AssessmentId,
    BookingId,
    CensusId,
    CharterVersionId,
    CommentId,
    CommitmentNoteId,
    CompletionId,
    ConversationId,
    DocumentId,
    EndorsementId,
    EquivalentId,
    EvidenceId,
    FileId,
    FeedbackId,
    FrameworkVersionId,
    GroupLetterId,
    ImportId,
    InterestId,
    InvitationId,
    MembershipId,
    MessageId,
    OfflineUploadId,
    OrganisationId,
    PasskeyId,
    PersonId,
    PledgeId,
    PledgeLeaveId,
    PracticeId,
    ProviderId,
    ProviderPersonId,
    RecordLinkId,
    RescueId,
    ReviewId,
    RoundId,
    RoundPlanId,
    RuleChangeId,
    SignatureRequestId,
    SkillsLinkId,
    SkillsResponseId,
    TrainingNoticeId,
    TrainingPlanId,
    TrainingSessionId,
    StandingChangeId,
    VoiceEscalationId,
    VoiceReplyId,
    VoiceRoundId,
    VoiceWordsId,
);

macro_rules! content_id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, AsExpression, FromSqlRow, serde::Serialize, serde::Deserialize)]
        #[diesel(sql_type = Text)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                Self(word.to_owned())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Ok(Self(word.to_owned()))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<DB: Backend> ToSql<Text, DB> for $name where str: ToSql<Text, DB> {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                self.0.as_str().to_sql(out)
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $name where String: FromSql<Text, DB> {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                String::from_sql(bytes).map(Self)
            }
        }
    )*};
}

content_id!(
    /// A kind of access, such as `step-free`.
    AccessId,
    /// A kind of youth activity, such as `open-access-youth-club`.
    ActivityId,
    /// One of the three areas of the quality framework.
    AreaId,
    /// The GSS code of a district, such as `E06000018`.
    DistrictCode,
    /// An indicator of the quality framework; the same in every version.
    IndicatorId,
    /// A language by its ISO 639 code, such as `pl`; `bfi` is British Sign Language.
    LanguageId,
    /// A training module, such as `safeguarding`.
    ModuleId,
    /// A group of questions of the skills audit.
    SkillGroupId,
    /// One skill of the skills audit; the same in every version.
    SkillId,
    /// An open question of the skills audit.
    OpenQuestionId,
    /// A standard of the quality framework.
    StandardId,
    /// A statement of the Youth Charter.
    StatementId,
    /// A question that young people are asked.
    VoiceQuestionId,
);
