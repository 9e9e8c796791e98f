//! The portal put together: every route, around it what every answer needs, and the work nobody presses a button for.
//! Not here: any page of a pillar.
#![allow(clippy::disallowed_types)]

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::dev::{Server, ServiceResponse};
use actix_web::middleware::{ErrorHandlerResponse, ErrorHandlers, from_fn};
use actix_web::{App, HttpRequest, HttpServer, ResponseError, web};

use crate::accounts::{Visitor, open_door};
use crate::acts::{Act, Portal};
use crate::audit::Actor;
use crate::config::{Config, ScannerPlace};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::files::{FileStore, sweep_files};
use crate::mail::{Mailer, send_due};
use crate::openid::IdentityProvider;
use crate::reminders::{carry_assessments_over, count_skills, do_what_is_due, walk_for_rules};
use crate::virus_scan::scan_waiting;
use crate::web::{Limits, OwnAddress, Path, RouteEntry, Routes, Sample, security_headers, serve_asset, within_limits};
use crate::{
    accounts, affiliations, assessment_papers, attendance, before_pledging, charter, charter_drafting,
    charter_oversight, credentials, demonstration, directory, documents, framework, framework_drafting, front,
    funders_pack, good_practice, imports, live_records, my_account, my_training, notices, offline_answers,
    organisation_data, organisations, oversight, passkeys, pathways, people, profile, programme, providers,
    public_register, quality, questions, registration, rescue, review, sector_skills, sector_training, sign_in,
    single_sign_on, skills_audit, skills_rounds, training, training_sessions, umbrella_picture, voice, your_data,
};

/// Every route there is.
pub fn routes(config: &mut web::ServiceConfig) -> Vec<RouteEntry> {
    let mut routes = Routes::new(config);
    routes.get("/static/{hash}/{name}", show_asset);
    accounts::routes(&mut routes);
    single_sign_on::routes(&mut routes);
    passkeys::routes(&mut routes);
    sign_in::routes(&mut routes);
    my_account::routes(&mut routes);
    registration::routes(&mut routes);
    profile::routes(&mut routes);
    people::routes(&mut routes);
    your_data::routes(&mut routes);
    organisation_data::routes(&mut routes);
    rescue::routes(&mut routes);
    affiliations::routes(&mut routes);
    umbrella_picture::routes(&mut routes);
    documents::routes(&mut routes);
    providers::routes(&mut routes);
    training_sessions::routes(&mut routes);
    attendance::routes(&mut routes);
    training::routes(&mut routes);
    sector_training::routes(&mut routes);
    pathways::routes(&mut routes);
    my_training::routes(&mut routes);
    notices::routes(&mut routes);
    imports::routes(&mut routes);
    programme::routes(&mut routes);
    before_pledging::routes(&mut routes);
    charter::routes(&mut routes);
    charter_drafting::routes(&mut routes);
    charter_oversight::routes(&mut routes);
    voice::routes(&mut routes);
    skills_audit::routes(&mut routes);
    skills_rounds::routes(&mut routes);
    sector_skills::routes(&mut routes);
    framework::routes(&mut routes);
    framework_drafting::routes(&mut routes);
    live_records::routes(&mut routes);
    good_practice::routes(&mut routes);
    quality::routes(&mut routes);
    assessment_papers::routes(&mut routes);
    offline_answers::routes(&mut routes);
    review::routes(&mut routes);
    funders_pack::routes(&mut routes);
    credentials::routes(&mut routes);
    directory::routes(&mut routes);
    demonstration::routes(&mut routes);
    public_register::routes(&mut routes);
    oversight::routes(&mut routes);
    // Last: an organisation's own page takes any single word, `new` too.
    front::routes(&mut routes);
    routes.into_entries()
}

/// Every page with made-up content, for the test that draws each.
pub fn samples() -> Vec<Sample> {
    [
        front::samples(),
        accounts::samples(),
        single_sign_on::samples(),
        passkeys::samples(),
        sign_in::samples(),
        my_account::samples(),
        questions::samples(),
        registration::samples(),
        profile::samples(),
        people::samples(),
        your_data::samples(),
        organisation_data::samples(),
        rescue::samples(),
        affiliations::samples(),
        umbrella_picture::samples(),
        documents::samples(),
        providers::samples(),
        training_sessions::samples(),
        attendance::samples(),
        training::samples(),
        sector_training::samples(),
        pathways::samples(),
        my_training::samples(),
        notices::samples(),
        imports::samples(),
        programme::samples(),
        before_pledging::samples(),
        charter::samples(),
        charter_drafting::samples(),
        charter_oversight::samples(),
        voice::samples(),
        skills_audit::samples(),
        skills_rounds::samples(),
        sector_skills::samples(),
        framework::samples(),
        framework_drafting::samples(),
        live_records::samples(),
        good_practice::samples(),
        quality::samples(),
        assessment_papers::samples(),
        offline_answers::samples(),
        review::samples(),
        funders_pack::samples(),
        credentials::samples(),
        directory::samples(),
        demonstration::samples(),
        public_register::samples(),
        oversight::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Loads `content/` into a new database.
pub fn load_content(act: &mut Act<'_>) -> Result<()> {
    organisations::load_content(act)?;
    training::load_content(act)?;
    charter::load_content(act)?;
    skills_audit::load_content(act)?;
    framework::load_content(act)?;
    voice::load_content(act)?;
    live_records::load_content(act)
}

/// Opens the database and the files.
pub fn open_portal(config: &Config) -> Result<Portal> {
    Ok(Portal {
        db: Db::open(&config.database)?,
        files: open_files(config)?,
        clock: Default::default(),
        identity_provider: config.single_sign_on.clone().map(IdentityProvider::open).transpose()?,
        secret: config.secret_key.key()?,
        limits: Limits::strict(&config.trusted_proxies),
        site: config.base_url.as_str().into(),
        retention: config.retention,
        demonstration: config.demonstration,
    })
}

fn open_files(config: &Config) -> Result<FileStore> {
    let files = FileStore::open(&config.files)?;
    Ok(if config.scanner.is_some() { files.with_scanner() } else { files })
}

/// Answers on a listener until stopped.
pub fn serve(portal: Portal, listener: TcpListener, workers: usize) -> Result<Server> {
    let limits = portal.limits.clone();
    let own_address = OwnAddress(portal.site.clone());
    let door = open_door(portal);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(door.clone())
            .app_data(limits.clone())
            .app_data(own_address.clone())
            .configure(|config| {
                routes(config);
            })
            .default_service(web::to(no_such_page))
            .wrap(ErrorHandlers::new().default_handler(as_a_page))
            .wrap(from_fn(within_limits))
            .wrap(from_fn(security_headers))
    });
    Ok(server.workers(workers).shutdown_timeout(5).listen(listener)?.run())
}

/// Binds an address, or says why not.
pub fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).map_err(|cause| Error::unexpected(format!("cannot listen on {address}: {cause}")))
}

/// Sends e-mails as they fall due, until the process ends.
pub async fn keep_sending(portal: Portal, mailer: Mailer) {
    loop {
        if let Err(cause) = send_due(&portal.db, &mailer, &portal.clock).await {
            tracing::error!(%cause, "the outbox could not be worked through");
        }
        actix_web::rt::time::sleep(Duration::from_secs(2)).await;
    }
}

/// Has new files looked at by the virus scanner, until the process ends.
pub async fn keep_scanning(portal: Portal, scanner: ScannerPlace) {
    loop {
        if let Err(cause) = scan_waiting(&portal, &scanner).await {
            tracing::error!(%cause, "waiting files could not be worked through");
        }
        actix_web::rt::time::sleep(Duration::from_secs(2)).await;
    }
}

/// Goes on with rules of training that are being tried or applied, until the process ends.
pub async fn keep_walking(portal: Portal) {
    keep_at(portal, "rules of training", |portal| walk_for_rules(portal).map(|_| ())).await;
}

/// Counts what people answer in the skills audit, until the process ends.
pub async fn keep_counting(portal: Portal) {
    keep_at(portal, "answers of the skills audit", |portal| count_skills(portal).map(|_| ())).await;
}

/// Brings self-assessments over to a framework that was published, until the process ends.
pub async fn keep_carrying(portal: Portal) {
    keep_at(portal, "self-assessments", |portal| carry_assessments_over(portal).map(|_| ())).await;
}

/// Works through imports of many organisations, until the process ends.
pub async fn keep_importing(portal: Portal) {
    keep_at(portal, "imports", |portal| imports::work_on_imports(portal).map(|_| ())).await;
}

/// Sends letters to groups, a batch a second, until the process ends.
pub async fn keep_writing(portal: Portal) {
    keep_at(portal, "letters to groups", |portal| {
        let go_on = charter_oversight::go_on_with_group_letters;
        portal.act_at(Actor::portal(), portal.clock.now(), go_on).map(|_| ())
    })
    .await;
}

async fn keep_at(portal: Portal, what: &'static str, work: fn(&Portal) -> Result<()>) {
    loop {
        let here = portal.clone();
        match actix_web::rt::task::spawn_blocking(move || work(&here)).await {
            Ok(Ok(())) => {}
            Ok(Err(cause)) => tracing::error!(%cause, "{what} could not be worked through"),
            Err(cause) => tracing::error!(%cause, "{what} could not be worked through"),
        }
        actix_web::rt::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Does what falls due, every hour, until the process ends.
pub async fn keep_reminding(portal: Portal) {
    loop {
        portal.limits.forget_old();
        let here = portal.clone();
        match actix_web::rt::task::spawn_blocking(move || do_what_is_due(&here)).await {
            Ok(Ok(done)) => tracing::info!(?done, "what was due is done"),
            Ok(Err(cause)) => tracing::error!(%cause, "what is due could not be done"),
            Err(cause) => tracing::error!(%cause, "what is due could not be done"),
        }
        match sweep_files(&portal.db, &portal.files, portal.clock.now()).await {
            Ok(swept) => tracing::info!(swept, "files that nothing speaks of are gone"),
            Err(cause) => tracing::error!(%cause, "the store of files could not be swept"),
        }
        actix_web::rt::time::sleep(Duration::from_secs(60 * 60)).await;
    }
}

async fn show_asset(_: Visitor, path: Path<(String, String)>, request: HttpRequest) -> Result<actix_web::HttpResponse> {
    serve_asset(&request, &path.0, &path.1)
}

async fn no_such_page() -> Result<actix_web::HttpResponse> {
    Err(Error::NotFound)
}

/// What the framework itself refuses (a malformed query, an unknown method) looks like every other error.
fn as_a_page<B: actix_web::body::MessageBody + 'static>(
    response: ServiceResponse<B>,
) -> actix_web::Result<ErrorHandlerResponse<B>> {
    let kind = response.headers().get("content-type").map_or(&b""[..], |kind| kind.as_bytes());
    // A mark says in a picture that its code is not known.
    let is_ours = kind.starts_with(b"text/html") || kind.starts_with(b"image/");
    if is_ours || response.request().path().starts_with("/health/") {
        return Ok(ErrorHandlerResponse::Response(response.map_into_left_body()));
    }
    let status = response.status();
    let page = if status.is_client_error() { Error::NotFound } else { Error::unexpected(status) }.error_response();
    let response = ServiceResponse::new(response.into_parts().0, page).map_into_right_body();
    Ok(ErrorHandlerResponse::Response(response))
}
