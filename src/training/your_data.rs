//! The training that someone did, to be told and to be forgotten. A certificate goes; that a module was completed stays
//! under the neutral mark where an organisation has counted on it.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::completion::{Completion, Source};
use super::plan::TrainingPlan;
use crate::acts::Act;
use crate::db::DbConnection;
use crate::db::schema::{
    files, memberships, training_completions as completions, training_modules, training_plans as plans,
};
use crate::error::Result;
use crate::files::{StoredFile, files_named};
use crate::ids::{AccountId, FileId};
use crate::row;
use crate::takeaway::{Row, Sheet, Someone, Window, place_of};

pub fn sheets() -> Vec<Sheet<Someone>> {
    vec![
        Sheet {
            name: "training",
            title: "Your training",
            columns: &[
                "module",
                "completed_on",
                "expires_on",
                "provider",
                "source",
                "logged_at",
                "confirmed_at",
                "state",
                "certificate",
            ],
            page: own_training,
        },
        Sheet {
            name: "training-of-others",
            title: "Training you logged, confirmed, corrected or withdrew for other people",
            columns: &[
                "module",
                "completed_on",
                "you_logged_it",
                "logged_at",
                "you_confirmed_it",
                "confirmed_at",
                "you_ended_it",
                "ended_at",
            ],
            page: training_of_others,
        },
        Sheet {
            name: "training-you-planned",
            title: "Modules that you put on an organisation’s training plan",
            columns: &["module", "state", "planned_at"],
            page: training_planned,
        },
    ]
}

fn training_planned(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, TrainingPlan)> = plans::table
        .inner_join(training_modules::table)
        .filter(plans::planned_by.eq_any(whom.account.as_slice()))
        .order((plans::planned_at, plans::id))
        .limit(window.most)
        .offset(window.from)
        .select((training_modules::title, TrainingPlan::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(title, plan)| row![title, plan.state(), plan.planned_at]).collect())
}

fn own_training(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, Completion)> = completions::table
        .inner_join(training_modules::table)
        .filter(completions::person_id.eq_any(whom.person.as_slice()))
        .order((completions::completed_on, completions::id))
        .limit(window.most)
        .offset(window.from)
        .select((training_modules::title, Completion::as_select()))
        .load(conn)?;
    let ids: Vec<FileId> = rows.iter().filter_map(|(_, c)| c.certificate_file_id).collect();
    let files = files_named(conn, &ids)?;
    let told = |(module, c): (String, Completion)| {
        let file = files.iter().find(|file| Some(file.id) == c.certificate_file_id);
        let place = file.map(|file| place_of(file.id, &file.name, file.extension()));
        row![module, c.completed_on, c.expires_on, c.provider, c.source(), c.logged_at, c.confirmed_at, c.state, place]
    };
    Ok(rows.into_iter().map(told).collect())
}

fn training_of_others(conn: &mut DbConnection, whom: &Someone, window: Window) -> Result<Vec<Row>> {
    let by_them = completions::logged_by
        .eq_any(whom.account.as_slice())
        .or(completions::confirmed_by.assume_not_null().eq_any(whom.account.as_slice()))
        .or(completions::ended_by.assume_not_null().eq_any(whom.account.as_slice()));
    type Ended = (Option<AccountId>, Option<NaiveDateTime>);
    let rows: Vec<(String, Completion, Ended)> = completions::table
        .inner_join(training_modules::table)
        .filter(by_them)
        .filter(completions::person_id.ne_all(whom.person.as_slice()))
        .order((completions::logged_at, completions::id))
        .limit(window.most)
        .offset(window.from)
        .select((training_modules::title, Completion::as_select(), (completions::ended_by, completions::ended_at)))
        .load(conn)?;
    let told = |(module, c, (ended_by, ended_at)): (String, Completion, Ended)| {
        let by_them = |by: Option<AccountId>| by.is_some() && by == whom.account;
        let (logged, confirmed, ended) = (by_them(Some(c.logged_by)), by_them(c.confirmed_by), by_them(ended_by));
        row![module, c.completed_on, logged, c.logged_at, confirmed, c.confirmed_at, ended, ended_at]
    };
    Ok(rows.into_iter().map(told).collect())
}

/// The certificates that can be read.
pub fn files_of(conn: &mut DbConnection, whom: &Someone) -> Result<Vec<StoredFile>> {
    Ok(certificates_of(conn, whom)?.into_iter().filter(StoredFile::is_ready).collect())
}

/// Takes certificates away, and what nobody but this person has relied on. Gives the files whose bytes go with it.
pub fn forget(act: &mut Act<'_>, whom: &Someone) -> Result<Vec<FileId>> {
    let certificates: Vec<FileId> = certificates_of(act.conn, whom)?.into_iter().map(|file| file.id).collect();
    let own = || completions::table.filter(completions::person_id.eq_any(whom.person.as_slice()));
    diesel::update(own()).set(completions::certificate_file_id.eq(None::<FileId>)).execute(act.conn)?;
    diesel::delete(files::table.filter(files::id.eq_any(&certificates))).execute(act.conn)?;
    let belonged =
        memberships::table.filter(memberships::person_id.eq_any(whom.person.as_slice())).select(memberships::person_id);
    let own_word = own().filter(completions::source.eq(Source::SelfLogged));
    diesel::delete(own_word.filter(completions::person_id.ne_all(belonged))).execute(act.conn)?;
    Ok(certificates)
}

fn certificates_of(conn: &mut DbConnection, whom: &Someone) -> Result<Vec<StoredFile>> {
    Ok(completions::table
        .inner_join(files::table)
        .filter(completions::person_id.eq_any(whom.person.as_slice()))
        .order(files::id)
        .select(StoredFile::as_select())
        .load(conn)?)
}
