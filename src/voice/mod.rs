//! What young people say of an organisation: a short form without names, and what the organisation answers.
//! Of an answer only a number grows. Nothing is kept of who gave it, of when, or of what else they said; no number of fewer
//! than five is shown to anyone, and what they write in their own words is read by leads alone.
//! Not here: what an organisation says of itself, which is `quality`, and what it promises, which is `charter`.

mod answer;
mod forms;
mod heard;
mod heard_view;
pub mod organisation_data;
mod question;
mod questions_handlers;
mod questions_page;
mod reply;
mod reply_handlers;
mod reply_page;
mod round;
mod round_handlers;
mod round_pages;
mod say_handlers;
mod say_pages;
mod words;
mod words_handlers;
mod words_page;
pub mod your_data;

pub use answer::{Age, Answer, HandedIn, NewAnswers, Said, Slip, hand_in};
pub use heard::{Heard, RoundHeard, SafeGroup, safe_groups};
pub use heard_view::{HeardView, SaidAbout, SaidLately};
pub use question::{VoiceQuestion, load_content, reword_question};
pub use reply::{NewReply, Reply, add_reply, publish_replies};
pub use round::{VoiceRound, VoiceRoundState, close_due_voice_rounds, open_voice_round};
pub use words::{Verdict, VoiceWords, forget_voice_words, judge_words};

use crate::web::{Routes, Sample};

pub fn routes(routes: &mut Routes<'_>) {
    routes
        .get("/say/{code}", say_handlers::show_form)
        .post("/say/{code}", say_handlers::go_on)
        .get("/organisations/{slug}/voice", round_handlers::show_rounds)
        .get("/organisations/{slug}/voice/new", round_handlers::show_new_round)
        .post("/organisations/{slug}/voice/new", round_handlers::open_round)
        .get("/organisations/{slug}/voice/{round}", round_handlers::show_round)
        .get("/organisations/{slug}/voice/{round}/poster", round_handlers::show_poster)
        .post("/organisations/{slug}/voice/{round}/expected", round_handlers::expect_more)
        .post("/organisations/{slug}/voice/{round}/closing", round_handlers::close_round)
        .get("/organisations/{slug}/voice/{round}/words", words_handlers::show_words)
        .post("/organisations/{slug}/voice/{round}/words/{words}", words_handlers::judge)
        .get("/organisations/{slug}/voice/{round}/reply", reply_handlers::show_replies)
        .post("/organisations/{slug}/voice/{round}/reply", reply_handlers::add)
        .post("/organisations/{slug}/voice/{round}/reply/publication", reply_handlers::publish)
        .post("/organisations/{slug}/voice/{round}/reply/{reply}/removal", reply_handlers::remove)
        .get("/vrp/voice", questions_handlers::show_questions)
        .get("/vrp/voice/{question}", questions_handlers::show_question)
        .post("/vrp/voice/{question}", questions_handlers::reword);
}

/// Each page with made-up content.
pub fn samples() -> Vec<Sample> {
    [
        say_pages::samples(),
        round_pages::samples(),
        words_page::samples(),
        reply_page::samples(),
        questions_page::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
