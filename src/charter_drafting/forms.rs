//! What people type about the draft. How long a text may be depends on which it is: see `texts`.

use chrono::{Days, Months, NaiveDate};

use super::picture_page::PICTURE_UNREADABLE;
use crate::charter::{Direction, LEAST_DAYS, Wording};
use crate::clock::say_day;
use crate::drawing::{MOST_DOTS, Photo, PhotoFlaw};
use crate::files::{IncomingFile, accept_file};
use crate::web::{Ask, Form, Sent};
use crate::words::{Line, Passage};

const MOST_MONTHS: u32 = 24;

/// One text of the draft, as it was typed.
pub struct TextForm {
    pub typed: String,
    /// Of the text that stood there when they began.
    pub mark_seen: String,
}

impl TextForm {
    pub const FIELDS: &[&str] = &["text", "seen"];
}

impl Form for TextForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self { typed: sent.typed("text"), mark_seen: sent.typed("seen") })
    }
}

/// A picture and what it shows in words.
pub struct PictureForm {
    pub file: IncomingFile,
    /// As papers have it.
    pub photo: Photo,
    pub words: Passage<600>,
    /// Of the picture that stood there when they began.
    pub mark_seen: String,
}

/// The most a picture may weigh: everyone who reads the Charter loads it.
const MOST_BYTES: usize = 5 * 1024 * 1024;

impl PictureForm {
    pub const FIELDS: &[&str] = &["picture", "words", "seen"];
}

impl Form for PictureForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let mark_seen = sent.typed("seen");
        let file = match sent.file("picture").map(|received| accept_file(received.path, &received.name)) {
            None => sent.refuse("picture", "Select a picture"),
            Some(Err(flaw)) => sent.refuse("picture", flaw.say("The picture")),
            Some(Ok(file)) => Some(file),
        };
        let words = sent.passage(Ask::new("words", "What the picture shows", "Say what the picture shows"));
        let file = file?;
        let shows = words.as_ref().map_or("", Passage::as_str);
        match photo_of(&file, shows) {
            Ok(photo) => Some(Self { file, photo, words: words?, mark_seen }),
            Err(problem) => sent.refuse("picture", problem),
        }
    }
}

fn photo_of(file: &IncomingFile, shows: &str) -> Result<Photo, String> {
    let bytes = file.read_all().map_err(|_| PICTURE_UNREADABLE.to_owned())?;
    if bytes.len() > MOST_BYTES {
        return Err("The picture must be 5 MB or smaller".to_owned());
    }
    Photo::read(file.media_type(), bytes, shows).map_err(|flaw| match flaw {
        PhotoFlaw::WrongKind => "The picture must be a JPEG, PNG or WebP file".to_owned(),
        PhotoFlaw::TooLarge => format!("The picture must be {MOST_DOTS} dots wide and high or fewer"),
        PhotoFlaw::Unreadable => PICTURE_UNREADABLE.to_owned(),
    })
}

/// Which picture was there when they pressed the button that takes it away.
pub struct PictureRemovalForm {
    pub mark_seen: String,
}

impl Form for PictureRemovalForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self { mark_seen: sent.typed("seen") })
    }
}

/// A new statement has nothing but its theme.
pub struct ThemeForm(pub Line<80>);

impl ThemeForm {
    pub const FIELDS: &[&str] = &["theme"];
}

impl Form for ThemeForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        sent.line(Ask::new("theme", "The theme", "Enter the theme")).map(Self)
    }
}

/// Whose words the Charter is in.
pub struct WordingForm {
    pub wording: Wording,
    /// What was said when they began.
    pub seen: Option<Wording>,
}

impl WordingForm {
    pub const FIELDS: &[&str] = &["wording", "seen"];
}

impl Form for WordingForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let seen = Wording::parse(&sent.typed("seen"));
        let wording = sent.choice("wording", "Select whose words they are", Wording::parse)?;
        Some(Self { wording, seen })
    }
}

/// Where a statement goes.
pub struct PlaceForm(pub Direction);

impl Form for PlaceForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self(if sent.typed("way") == "up" { Direction::Up } else { Direction::Down }))
    }
}

/// Taking a statement out, by someone who saw it so.
pub struct RemovalForm {
    pub mark_seen: String,
}

impl Form for RemovalForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self { mark_seen: sent.typed("seen") })
    }
}

/// The day by which whoever pledged before signs again.
pub struct SignAgainForm {
    pub by: NaiveDate,
}

impl SignAgainForm {
    pub const FIELDS: &[&str] = &["sign_again_by", "sign_again_by-day", "sign_again_by-month", "sign_again_by-year"];

    /// What is wrong with the day, seen from another.
    pub fn problem(&self, today: NaiveDate) -> Option<String> {
        let earliest = today + Days::new(LEAST_DAYS.unsigned_abs());
        let latest = today + Months::new(MOST_MONTHS);
        match self.by {
            by if by < earliest => {
                Some(format!("The day must be {} or later, so that everyone has time", say_day(earliest)))
            }
            by if by > latest => Some(format!("The day must be {} or earlier", say_day(latest))),
            _ => None,
        }
    }
}

impl Form for SignAgainForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let by = sent.day(Ask::new("sign_again_by", "The day", "Enter the day by which organisations sign again"));
        by.map(|by| Self { by })
    }
}

/// Publishing the draft, as it was seen.
pub struct PublicationForm {
    pub edition: i32,
    pub sign_again: SignAgainForm,
}

impl Form for PublicationForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        let (edition, sign_again) = (EditionForm::parse(sent), SignAgainForm::parse(sent));
        Some(Self { edition: edition?.edition, sign_again: sign_again? })
    }
}

/// A button about the whole draft, pressed by someone who saw this edition.
pub struct EditionForm {
    /// There is no edition 0: a form that does not say what it saw is out of date.
    pub edition: i32,
}

impl Form for EditionForm {
    fn parse(sent: &mut Sent) -> Option<Self> {
        Some(Self { edition: sent.typed("edition").parse().unwrap_or(0) })
    }
}
