//! The training of an organisation's people, for it to take away: what its leads see on their pages, with the
//! certificates, and nothing that its owner does not share with it. Whoever has left took their own record along.

use diesel::prelude::*;

use super::completion::Completion;
use super::plan::TrainingPlan;
use super::sharing::completions_shown_in;
use crate::db::DbConnection;
use crate::db::schema::{
    files, people, training_completions as completions, training_modules, training_plans as plans,
};
use crate::error::Result;
use crate::files::{StoredFile, files_named};
use crate::ids::{FileId, OrganisationId};
use crate::row;
use crate::takeaway::{Row, Sheet, Window, place_of};

pub fn sheets() -> Vec<Sheet<OrganisationId>> {
    let columns =
        &["person", "module", "completed_on", "expires_on", "provider", "source", "logged_at", "confirmed_at", "file"];
    vec![
        Sheet { name: "training", title: "Training of the people who are with you now", columns, page: all_training },
        Sheet {
            name: "training-plan",
            title: "Your training plan",
            columns: &["module", "state", "reason", "planned_at"],
            page: all_plans,
        },
    ]
}

fn all_plans(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let rows: Vec<(String, TrainingPlan)> = plans::table
        .inner_join(training_modules::table)
        .filter(plans::organisation_id.eq(id))
        .order((plans::planned_at, plans::id))
        .limit(window.most)
        .offset(window.from)
        .select((training_modules::title, TrainingPlan::as_select()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(title, plan)| row![title, plan.state(), plan.reason, plan.planned_at]).collect())
}

fn all_training(conn: &mut DbConnection, id: &OrganisationId, window: Window) -> Result<Vec<Row>> {
    let shown = completions_shown_in(conn, *id)?;
    let ids = shown.into_iter().skip(window.from as usize).take(window.most as usize);
    let rows: Vec<(String, String, Completion)> = completions::table
        .inner_join(people::table)
        .inner_join(training_modules::table)
        .filter(completions::id.eq_any(ids.collect::<Vec<_>>()))
        .order(completions::id)
        .select((people::name, training_modules::title, Completion::as_select()))
        .load(conn)?;
    let ids: Vec<FileId> = rows.iter().filter_map(|(_, _, c)| c.certificate_file_id).collect();
    let files = files_named(conn, &ids)?;
    let told = |(person, module, c): (String, String, Completion)| {
        let file = files.iter().find(|file| Some(file.id) == c.certificate_file_id);
        let place = file.map(|file| place_of(file.id, &file.name, file.extension()));
        row![person, module, c.completed_on, c.expires_on, c.provider, c.source(), c.logged_at, c.confirmed_at, place]
    };
    Ok(rows.into_iter().map(told).collect())
}

/// The certificates that can be read.
pub fn files_of(conn: &mut DbConnection, id: OrganisationId) -> Result<Vec<StoredFile>> {
    let shown = completions_shown_in(conn, id)?;
    let mut all: Vec<StoredFile> = Vec::new();
    for some in shown.chunks(500) {
        let files = completions::table.inner_join(files::table).filter(completions::id.eq_any(some)).order(files::id);
        all.extend(files.select(StoredFile::as_select()).load(conn)?);
    }
    Ok(all.into_iter().filter(StoredFile::is_ready).collect())
}
