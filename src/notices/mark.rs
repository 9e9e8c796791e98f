//! How far a night's work has come: a row that whoever works takes first, so that two servers take turns.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::acts::Act;
use crate::db::schema::notice_marks;
use crate::db::unless_taken;
use crate::error::Result;
use crate::text_enum;

text_enum! {
    /// A piece of work that goes on from day to day.
    pub enum Mark { Completions = "completions", Organisations = "organisations" }
}

impl Mark {
    /// Takes the row for this act, and says which day the work has reached: `first` when it was never begun.
    pub fn hold(self, act: &mut Act<'_>, first: NaiveDate) -> Result<NaiveDate> {
        let row = notice_marks::table.find(self.as_str());
        let held = diesel::update(row).set(notice_marks::reached_on.eq(notice_marks::reached_on)).execute(act.conn)?;
        if held == 0 {
            let begun = (notice_marks::name.eq(self.as_str()), notice_marks::reached_on.eq(first));
            unless_taken(act.conn, |conn| diesel::insert_into(notice_marks::table).values(begun).execute(conn))?;
        }
        Ok(row.select(notice_marks::reached_on).first(act.conn)?)
    }

    /// The day it has reached by now.
    pub fn reach(self, act: &mut Act<'_>, day: NaiveDate) -> Result<()> {
        let row = notice_marks::table.find(self.as_str());
        diesel::update(row).set(notice_marks::reached_on.eq(day)).execute(act.conn)?;
        Ok(())
    }
}
