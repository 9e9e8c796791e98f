//! The next quality framework in the demonstration: a draft in progress, with a question that is new, one reworded, one that
//! asks for something else, one split in two, one moved and one taken out. It is whole, so that it can be published.

use super::cast::Cast;
use super::stage::Stage;
use crate::acts::Act;
use crate::error::{Error, Result};
use crate::framework::{
    Chosen, Direction, Draft, DraftText, IndicatorPart, add_indicator, add_term, begin_draft, choose_in_draft,
    move_indicator, retire_indicator, rewrite_draft, split_indicator,
};
use crate::ids::IndicatorId;
use crate::words::mark_of;

const WELCOME: &str = "How do you welcome a young person who comes to you for the first time?";
const SAFE: &str = "Young people say when and where they feel unsafe, on the way too, and you can show what you changed for \
                    it at the door, in the room and in the group chat.";
const WALK_HOME: &str = "How do young people get home when a session ends late?";
const LEARN: &str = "How do you help young people to learn new things?";
const NEXT: &str = "How do you help young people to find their next step?";

/// Begun three weeks ago, and written on since.
pub fn play_draft(stage: &mut Stage<'_>, cast: &Cast) -> Result<()> {
    let (steward, begun, written) = (&cast.steward, stage.days_ago(21), stage.days_ago(2));
    stage.play_as(steward, begun, |act| {
        begin_draft(act, steward.id)?;
        write(act, "exp-welcome-first-visit", IndicatorPart::Question, WELCOME)?;
        write(act, "exp-feel-safe", IndicatorPart::Established, SAFE)?;
        let seen = Chosen::AsksAnew(false).mark();
        choose_in_draft(act, &"exp-feel-safe".into(), Chosen::AsksAnew(true), &seen)?;
        add_term(act, "Group chat", "A conversation of several people on their phones.").map(drop)
    })?;
    stage.play_as(steward, written, |act| {
        let walk_home = IndicatorId::from("exp-walk-home");
        add_indicator(act, &"safe-and-welcoming".into(), &walk_home, WALK_HOME)?;
        write_all(act, &walk_home, &WRITTEN_OF_WALK_HOME)?;
        let steps = IndicatorId::from("exp-next-steps");
        let seen = mark(act, &steps)?;
        let parts = [("exp-learn-new-things".into(), LEARN.to_owned()), ("exp-find-next-step".into(), NEXT.to_owned())];
        split_indicator(act, &steps, &seen, parts)?;
        write_all(act, &"exp-learn-new-things".into(), &WRITTEN_OF_LEARNING)?;
        write_all(act, &"exp-find-next-step".into(), &WRITTEN_OF_NEXT)?;
        let retired = IndicatorId::from("org-budget-and-reserves");
        let seen = mark(act, &retired)?;
        retire_indicator(act, &retired, &seen)?;
        move_indicator(act, &"exp-respect-challenged".into(), Direction::Up)
    })
}

type Written = [(IndicatorPart, &'static str); 6];

const WRITTEN_OF_WALK_HOME: Written = [
    (IndicatorPart::Why, "The way home in the dark is where many young people feel least safe."),
    (IndicatorPart::Emerging, "You know how each young person gets home, and nobody leaves alone after dark."),
    (
        IndicatorPart::Established,
        "Ways home are agreed with families and written down, and someone checks each evening.",
    ),
    (
        IndicatorPart::Excelling,
        "Young people planned the ways home with you, and you changed times or lifts because of it.",
    ),
    (IndicatorPart::Evidence, "A list of ways home, with no names\nNotes of an evening that ended earlier"),
    (IndicatorPart::Voice, "Ask how they got home the last three times, and what would have made it better."),
];
const WRITTEN_OF_LEARNING: Written = [
    (IndicatorPart::Why, "A club can open doors that school or home cannot."),
    (IndicatorPart::Emerging, "Young people can try something new with you each term."),
    (IndicatorPart::Established, "You plan with young people what they learn, and build on it from term to term."),
    (IndicatorPart::Excelling, "Young people set goals of their own, look back on them, and teach others."),
    (IndicatorPart::Evidence, "A programme that shows new activities\nWhat young people say they learned"),
    (IndicatorPart::Voice, "Ask what they can do now that they could not a year ago."),
];
const WRITTEN_OF_NEXT: Written = [
    (IndicatorPart::Why, "Young people often do not know what is there for them after your club."),
    (IndicatorPart::Emerging, "Workers talk with young people about what comes next and tell them of other places."),
    (IndicatorPart::Established, "There are steps with you, such as young leader, and you plan the move on together."),
    (IndicatorPart::Excelling, "You can show where young people went next, and they come back to help others."),
    (IndicatorPart::Evidence, "Young leader role description\nStories of next steps, shared with permission"),
    (IndicatorPart::Voice, "Ask who helped them to a next step, and how."),
];

fn write_all(act: &mut Act<'_>, id: &IndicatorId, written: &Written) -> Result<()> {
    written.iter().try_for_each(|(part, words)| write(act, id.as_str(), *part, words))
}

fn write(act: &mut Act<'_>, id: &str, part: IndicatorPart, words: &str) -> Result<()> {
    let draft = Draft::open(act.conn)?.ok_or(Error::NotFound)?;
    let which = DraftText::Indicator(id.into(), part);
    let seen = mark_of(&draft.text(&which)?);
    rewrite_draft(act, &which, words, &seen).map(drop)
}

fn mark(act: &mut Act<'_>, id: &IndicatorId) -> Result<String> {
    Ok(Draft::open(act.conn)?.ok_or(Error::NotFound)?.framework.indicator(id)?.mark())
}
