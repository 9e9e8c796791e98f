//! Two pages, for anyone.

use actix_web::HttpResponse;
use serde::Deserialize;

use super::pages::{DirectoryPage, EntryPage};
use super::search::{Directory, DirectorySearch};
use crate::accounts::Visitor;
use crate::charter::Pledge;
use crate::error::Result;
use crate::ids::{ActivityId, DistrictCode};
use crate::organisations::{Activity, Day, District, Organisation, Profile};
use crate::quality::Level;
use crate::review::{Endorsement, RecordedStep};
use crate::web::{Path, Query};
use crate::words::Line;

/// The filters of the directory, as they stand in its address. What makes no sense filters nothing.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DirectoryQuery {
    pub q: String,
    pub district: String,
    pub age: String,
    pub activity: String,
    pub day: String,
    pub level: String,
    /// 1 for the first.
    pub page: String,
}

impl DirectoryQuery {
    pub fn search(&self) -> DirectorySearch {
        DirectorySearch {
            name: Line::<100>::parse(&self.q).map(Line::into_string).unwrap_or_default(),
            district: (!self.district.is_empty()).then(|| DistrictCode::from(self.district.as_str())),
            age: self.age.trim().parse().ok(),
            activity: (!self.activity.is_empty()).then(|| ActivityId::from(self.activity.as_str())),
            day: Day::parse(&self.day),
            level: Level::parse(&self.level),
            page: self.page.parse::<i64>().unwrap_or(1).saturating_sub(1),
        }
    }
}

pub async fn show_directory(visitor: Visitor, query: Query<DirectoryQuery>) -> Result<HttpResponse> {
    let search = query.search();
    let (directory, districts, activities) = visitor
        .read(move |conn| Ok((Directory::search(conn, &search)?, District::all(conn)?, Activity::all(conn)?)))
        .await?;
    visitor.show(&DirectoryPage::new(&directory, &query, &districts, &activities))
}

pub async fn show_entry(visitor: Visitor, slug: Path<String>) -> Result<HttpResponse> {
    let today = visitor.today();
    let page = visitor
        .read(move |conn| {
            let organisation = Organisation::find_public(conn, &slug)?;
            if !organisation.is_open() {
                return Ok(EntryPage::halted(&organisation));
            }
            let id = organisation.id;
            let (profile, pledge) = (Profile::of(conn, organisation)?, Pledge::in_force_of(conn, id)?);
            let endorsement = match Endorsement::latest_of(conn, id)? {
                Some(latest) => Some((RecordedStep::last_of(conn, latest.id)?, latest)),
                None => None,
            };
            let endorsed = endorsement.as_ref().map(|(last, endorsement)| (endorsement, last.as_ref()));
            Ok(EntryPage::new(&profile, pledge.as_ref(), endorsed, today))
        })
        .await?;
    visitor.show(&page)
}
