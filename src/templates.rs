//! The templates: embedded in the binary, read from disk in a development build, and again when one changes.
//! Strict: a name that a template uses and nobody gives is an error, never an empty space.
//! Not here: what is shown; page structs and letters say that.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use handlebars::{
    Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderErrorReason, handlebars_helper,
};
use serde::Serialize;
use serde_json::Value;

use crate::error::{Error, Result};

#[derive(rust_embed::RustEmbed)]
#[folder = "templates"]
struct Embedded;

/// Both ways to fill the same templates.
struct Registries {
    escaped: Handlebars<'static>,
    plain: Handlebars<'static>,
}

struct Loaded {
    registries: Arc<Registries>,
    looked_at: Instant,
    newest: Option<u64>,
}

static LOADED: Mutex<Option<Loaded>> = Mutex::new(None);

/// Fills a template, named by its path without `.hbs`. What people typed is escaped for HTML.
pub fn fill(template: &str, values: &impl Serialize) -> Result<String> {
    Ok(registries()?.escaped.render(template, values)?)
}

/// Fills a template whose outcome is plain text, never HTML.
pub fn fill_plain(template: &str, values: &impl Serialize) -> Result<String> {
    Ok(registries()?.plain.render(template, values)?)
}

/// The names of all templates, for the test that renders each.
pub fn names() -> Vec<String> {
    let mut names: Vec<_> = Embedded::iter().filter_map(|file| file.strip_suffix(".hbs").map(str::to_owned)).collect();
    names.sort();
    names
}

handlebars_helper!(chosen: |field: Value, value: Value| {
    field["values"].as_array().is_some_and(|values| values.contains(&value))
});

/// The templates as they are now: a development build looks for a changed file once a second.
fn registries() -> Result<Arc<Registries>> {
    const LOOK_EVERY: Duration = Duration::from_secs(1);
    let mut loaded = LOADED.lock().map_err(Error::unexpected)?;
    if let Some(loaded) = loaded.as_mut() {
        if !cfg!(debug_assertions) || loaded.looked_at.elapsed() < LOOK_EVERY {
            return Ok(loaded.registries.clone());
        }
        loaded.looked_at = Instant::now();
        if loaded.newest == newest_change() {
            return Ok(loaded.registries.clone());
        }
    }
    let registries = Arc::new(Registries { escaped: load()?, plain: load_plain()? });
    *loaded = Some(Loaded { registries: registries.clone(), looked_at: Instant::now(), newest: newest_change() });
    Ok(registries)
}

/// Seconds since 1970 of the newest template; none in a release build, whose templates do not change.
fn newest_change() -> Option<u64> {
    if !cfg!(debug_assertions) {
        return None;
    }
    Embedded::iter().filter_map(|file| Embedded::get(&file)?.metadata.last_modified()).max()
}

fn load_plain() -> Result<Handlebars<'static>> {
    let mut templates = load()?;
    templates.register_escape_fn(handlebars::no_escape);
    Ok(templates)
}

fn load() -> Result<Handlebars<'static>> {
    let mut templates = Handlebars::new();
    templates.set_strict_mode(true);
    // Else an indented partial would indent what people typed into a text area.
    templates.set_prevent_indent(true);
    templates.register_helper("chosen", Box::new(chosen));
    templates.register_helper("concat", Box::new(concat));
    templates.register_helper("paragraphs", Box::new(paragraphs));
    templates.register_embed_templates_with_extension::<Embedded>(".hbs").map_err(Error::unexpected)?;
    Ok(templates)
}

/// `{{concat "a" b}}`: its arguments as one text.
fn concat(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    for part in helper.params() {
        match part.value() {
            Value::String(text) => out.write(&handlebars::html_escape(text))?,
            other => out.write(&other.to_string())?,
        }
    }
    Ok(())
}

/// `{{paragraphs text}}`: what a person typed, escaped, each line its own `<p class="govuk-body">`.
fn paragraphs(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let text = helper
        .param(0)
        .and_then(|p| p.value().as_str())
        .ok_or(RenderErrorReason::ParamNotFoundForIndex("paragraphs", 0))?;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        out.write(&format!("<p class=\"govuk-body\">{}</p>\n", handlebars::html_escape(line)))?;
    }
    Ok(())
}
