//! A session as a calendar file (RFC 5545), so that it stands in people's own calendars. Its number grows with each
//! change, so that a calendar which has it already takes the later one.

use chrono::NaiveDateTime;
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};

use super::letters::say_where;
use super::session::{SessionState, TrainingSession};

/// The file's content. `with_link` for those who have a place.
pub fn calendar_of(session: &TrainingSession, site: &str, now: NaiveDateTime, with_link: bool) -> String {
    let page = format!("{site}/my/sessions/{}", session.id);
    let link = session.online_link.as_deref().filter(|_| with_link);
    let location = link.map_or_else(|| say_where(session), str::to_owned);
    let status = match session.state() {
        SessionState::Cancelled => EventStatus::Cancelled,
        _ => EventStatus::Confirmed,
    };
    let event = Event::new()
        .uid(&format!("{}@youth-charter", session.id))
        .sequence(session.edition.unsigned_abs())
        .timestamp(now.and_utc())
        .starts(session.starts_at.and_utc())
        .ends(session.ends_at.and_utc())
        .summary(&session.title)
        .location(&location)
        .description(&format!("{}\n\n{page}", session.about))
        .url(&page)
        .status(status)
        .done();
    Calendar::new().push(event).done().to_string()
}
