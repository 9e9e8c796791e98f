//! How many statements each database is asked, as diesel itself tells.

use std::collections::BTreeMap;
use std::sync::Mutex;

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use youth_charter::config::DatabaseUrl;

use super::database::TestDatabase;

/// By the address of the database.
static ASKED: Mutex<BTreeMap<String, usize>> = Mutex::new(BTreeMap::new());

/// Counts on every connection that is opened from here on.
pub fn count_statements() {
    set_default_instrumentation(|| Some(Box::new(Counter::default()))).expect("nobody panics while setting it");
}

/// How many were asked of a database so far.
pub fn statements_on(database: &TestDatabase) -> usize {
    let address = match &database.url {
        DatabaseUrl::Sqlite(path) => path.display().to_string(),
        DatabaseUrl::Postgres(url) => url.clone(),
    };
    ASKED.lock().expect("nobody panics while counting").get(&address).copied().unwrap_or(0)
}

#[derive(Default)]
struct Counter {
    address: String,
}

impl Instrumentation for Counter {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        match event {
            InstrumentationEvent::StartEstablishConnection { url, .. } => self.address = url.to_owned(),
            InstrumentationEvent::StartQuery { .. } => {
                let mut asked = ASKED.lock().expect("nobody panics while counting");
                *asked.entry(self.address.clone()).or_default() += 1;
            }
            _ => {}
        }
    }
}
