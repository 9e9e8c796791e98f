//! A mark to embed on other people's pages: what it stands for, and how that stands on the day it is looked at.
//! It tells its state in words, and by a colour beside them; it holds no script, no style sheet and no link.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, X_CONTENT_TYPE_OPTIONS};

use super::pages::ProofPage;

const CORP: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

const HEIGHT: u32 = 28;
/// As wide as a letter of its size is on average.
const LETTER: u32 = 7;
const MARGIN: u32 = 10;

const NAME_COLOUR: &str = "#43194f";
const GOOD: &str = "#0b6b47";
const ENDED: &str = "#54475b";

/// A mark with its two fields: what it is, and how it stands.
pub struct Badge {
    known: bool,
    stands: bool,
    what: String,
    state: String,
}

impl Badge {
    pub fn of(proof: &ProofPage) -> Self {
        let (stands, state) = proof.state();
        let (what, last_day) = proof.short.clone();
        let state = if stands { format!("until {last_day}") } else { state.to_owned() };
        Self { known: true, stands, what, state }
    }

    /// Of a code that stands for nothing.
    pub fn unknown() -> Self {
        Self {
            known: false,
            stands: false,
            what: "Youth Charter".to_owned(),
            state: "This code is not known".to_owned(),
        }
    }

    pub fn answer(&self) -> HttpResponse {
        HttpResponse::build(if self.known { StatusCode::OK } else { StatusCode::NOT_FOUND })
            .insert_header((CONTENT_TYPE, "image/svg+xml; charset=utf-8"))
            .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((CACHE_CONTROL, "no-cache"))
            .insert_header((CORP, "cross-origin"))
            .body(self.draw())
    }

    fn draw(&self) -> String {
        let width_of = |text: &str| text.chars().count() as u32 * LETTER;
        let (what, state) = (width_of(&self.what), width_of(&self.state));
        let split = what + 2 * MARGIN;
        let width = split + state + 2 * MARGIN;
        let colour = if self.stands { GOOD } else { ENDED };
        let escape = handlebars::html_escape;
        let text = |text: &str, at: u32, long: u32| {
            format!("<text x=\"{at}\" y=\"19\" textLength=\"{long}\">{}</text>", escape(text))
        };
        let title = escape(&format!("{}: {}", self.what, self.state));
        [
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{HEIGHT}\" \
                 viewBox=\"0 0 {width} {HEIGHT}\" role=\"img\" aria-label=\"{title}\"><title>{title}</title>"
            ),
            format!("<rect width=\"{width}\" height=\"{HEIGHT}\" rx=\"4\" fill=\"{colour}\"/>"),
            format!("<path d=\"M4 0H{split}V{HEIGHT}H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z\" fill=\"{NAME_COLOUR}\"/>"),
            "<g fill=\"#ffffff\" font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"12\">".to_owned(),
            text(&self.what, MARGIN, what),
            text(&self.state, split + MARGIN, state),
            "</g></svg>".to_owned(),
        ]
        .concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_a_mark_cannot_break_out_of_it() {
        let badge = Badge { known: true, stands: true, what: "<b> & \"".to_owned(), state: "'x'".to_owned() };
        let drawn = badge.draw();
        assert!(!drawn.contains("<b>") && drawn.contains("&lt;b&gt; &amp; &quot;"), "{drawn}");
        assert_eq!(drawn.matches("<title>").count(), 1);
    }
}
