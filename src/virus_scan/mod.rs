//! Every new file is looked at by a virus scanner (clamd) before anyone can read it, where one is set.
//! A scanner that is down, slow or unsure lets nothing through: the file waits, and is asked about again.
//! Not here: what waiting means for a reader; `files` refuses to send what is not ready.

mod clamd;

use serde::Serialize;
use serde_json::json;

use crate::accounts::Account;
use crate::acts::{Act, Portal};
use crate::audit::{Actor, Subject};
use crate::config::ScannerPlace;
use crate::error::{Error, Result};
use crate::files::{StoredFile, mark_clean, mark_refused, put_off_check, waiting_files};
use crate::mail::Letter;
use clamd::{Opinion, ask_clamd};

const BATCH: i64 = 20;

#[derive(Serialize)]
struct FileRefusedLetter<'a> {
    name: &'a str,
    file: &'a str,
}
impl Letter for FileRefusedLetter<'_> {
    const NAME: &'static str = "file-refused";
}

/// Has every file looked at whose turn has come; returns how many were settled.
pub async fn scan_waiting(portal: &Portal, scanner: &ScannerPlace) -> Result<usize> {
    let mut settled = 0;
    loop {
        let now = portal.clock.now();
        let waiting = portal.db.read(move |conn| waiting_files(conn, now, BATCH)).await?;
        if waiting.is_empty() {
            return Ok(settled);
        }
        for file in waiting {
            settled += usize::from(scan_one(portal, scanner, file).await?);
        }
    }
}

/// Was it settled?
async fn scan_one(portal: &Portal, scanner: &ScannerPlace, file: StoredFile) -> Result<bool> {
    let id = file.id;
    let opinion = match portal.files.read(id).await {
        Ok((_, bytes)) => ask_clamd(scanner, bytes).await,
        Err(cause) => Err(cause.to_string()),
    };
    let outcome = match opinion {
        Ok(Opinion::Clean) => portal.act(Actor::portal(), move |act| mark_clean(act.conn, id)).await,
        Ok(Opinion::Harmful(finding)) => {
            portal.files.remove(id).await?;
            portal.act(Actor::portal(), move |act| refuse_file(act, &file, &finding)).await
        }
        Err(cause) => {
            tracing::error!(%cause, file = %id, "the virus scanner has no opinion; the file waits");
            let now = portal.clock.now();
            portal.db.write(move |conn| put_off_check(conn, id, now)).await?;
            return Ok(false);
        }
    };
    match outcome {
        // Another instance was quicker.
        Ok(()) | Err(Error::Conflict) => Ok(true),
        Err(cause) => Err(cause),
    }
}

fn refuse_file(act: &mut Act<'_>, file: &StoredFile, finding: &str) -> Result<()> {
    mark_refused(act.conn, file.id, finding)?;
    act.record("file refused", Subject::of("file", file.id), json!({ "finding": finding }))?;
    if let Some(by) = file.uploaded_by {
        let account = Account::find(act.conn, by)?;
        act.post(&account.address(), &FileRefusedLetter { name: &account.name, file: &file.name })?;
    }
    Ok(())
}
