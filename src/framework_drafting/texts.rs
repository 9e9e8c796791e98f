//! The texts and choices of a framework in words for who writes it: what each is called, how to write it, how long it may
//! be, and where it is written.

use super::pages::DRAFT;
use crate::framework::{DraftText, Exemption, Fate, FrontText, HeadPart, IndicatorPart, MOST_OF_A_MEANING, Rule};
use crate::ids::{AreaId, IndicatorId, StandardId};
use crate::words::{Flaw, Line, Passage, fold_for_search};

pub fn front_name(text: FrontText) -> &'static str {
    match text {
        FrontText::Title => "Title",
        FrontText::Introduction => "Introduction",
    }
}

pub fn head_name(part: HeadPart) -> &'static str {
    match part {
        HeadPart::Title => "Title",
        HeadPart::Summary => "Summary",
    }
}

pub fn part_name(part: IndicatorPart) -> &'static str {
    match part {
        IndicatorPart::Question => "Question",
        IndicatorPart::Why => "Why it matters",
        IndicatorPart::Emerging => "Emerging",
        IndicatorPart::Established => "Established",
        IndicatorPart::Excelling => "Excelling",
        IndicatorPart::Evidence => "Evidence ideas",
        IndicatorPart::Voice => "How young people can speak to it",
        IndicatorPart::Resources => "What helps",
    }
}

pub fn rule_name(rule: Rule) -> &'static str {
    match rule {
        Rule::Weight => "Weight",
        Rule::Exemptions => "Who it is not for",
        Rule::ReasonNeeded => "Reason for “does not apply”",
        Rule::Standard => "Standard",
        Rule::ComesFrom => "Split from",
    }
}

pub fn exemption_name(exemption: Exemption) -> &'static str {
    match exemption {
        Exemption::NoPaidStaff => "Organisations without paid staff",
        Exemption::NoVolunteers => "Organisations without volunteers",
        Exemption::NoPremises => "Organisations without premises they use regularly",
        Exemption::NoTrips => "Organisations that go on no trips",
    }
}

pub fn say_exemptions(exemptions: &[Exemption]) -> String {
    match exemptions {
        [] => "It is for every organisation".to_owned(),
        some => some.iter().map(|exemption| exemption_name(*exemption)).collect::<Vec<_>>().join("\n"),
    }
}

pub fn say_reason(reason_needed: bool) -> &'static str {
    if reason_needed { "Asked for" } else { "Not asked for" }
}

/// What became of an indicator, in a word and its colour.
pub fn say_fate(fate: &Fate) -> (&'static str, &'static str) {
    match fate {
        Fate::AsItWas => ("As it is", "grey"),
        Fate::Reworded => ("Reworded", "yellow"),
        Fate::New => ("New", "blue"),
        Fate::Split(_) => ("Split", "purple"),
    }
}

pub fn name_of(which: &DraftText) -> &'static str {
    match which {
        DraftText::Front(text) => front_name(*text),
        DraftText::Area(_, part) | DraftText::Standard(_, part) => head_name(*part),
        DraftText::Indicator(_, part) => part_name(*part),
        DraftText::Term(_) => "What it means",
    }
}

pub fn hint_of(which: &DraftText) -> &'static str {
    match which {
        DraftText::Front(FrontText::Title) => "Such as Quality Endorsement Framework",
        DraftText::Front(FrontText::Introduction) => "What the framework is for, and how to answer",
        DraftText::Area(..) | DraftText::Standard(..) => "Shown above its questions",
        DraftText::Indicator(_, part) => match part {
            IndicatorPart::Question => "One question that a volunteer understands, ending with a question mark",
            IndicatorPart::Why => "What it means for a young person",
            IndicatorPart::Emerging => "The basics are in place. A small club run by volunteers can reach it",
            IndicatorPart::Established => "It works every time, and they can show it",
            IndicatorPart::Excelling => "Young people help to lead it, and others can learn from it",
            IndicatorPart::Evidence => "One idea on each line. A photo taken with a phone is fine",
            IndicatorPart::Voice => "What a young person could tell of it, and how to ask. You can leave it empty",
            IndicatorPart::Resources => {
                "One thing on each line: its name, then its address, such as https://www.example.org/guide. You can leave \
                 it empty"
            }
        },
        DraftText::Term(_) => "In plain words. It is shown wherever a question uses the word",
    }
}

/// Is it short enough for one line?
pub fn is_a_line(which: &DraftText) -> bool {
    matches!(
        which,
        DraftText::Front(FrontText::Title)
            | DraftText::Area(_, HeadPart::Title)
            | DraftText::Standard(_, HeadPart::Title)
            | DraftText::Indicator(_, IndicatorPart::Question)
    )
}

pub fn most_of(which: &DraftText) -> usize {
    match which {
        DraftText::Front(text) => text.most(),
        DraftText::Area(_, part) | DraftText::Standard(_, part) => part.most(),
        DraftText::Indicator(_, part) => part.most(),
        DraftText::Term(_) => MOST_OF_A_MEANING,
    }
}

/// The text that was typed, or what is wrong with it.
pub fn read_text(which: &DraftText, typed: &str) -> Result<String, String> {
    let may_be_empty = matches!(which, DraftText::Indicator(_, part) if !part.is_wanted());
    if may_be_empty && typed.trim().is_empty() {
        return Ok(String::new());
    }
    let read = match is_a_line(which) {
        true => Line::<MOST>::parse(typed).map(Line::into_string),
        false => Passage::<MOST>::parse(typed).map(Passage::into_string),
    };
    let read = match which {
        DraftText::Indicator(_, IndicatorPart::Evidence | IndicatorPart::Resources) => {
            read.map(|text| one_on_each_line(&text))
        }
        _ => read,
    };
    let most = most_of(which);
    match read {
        Ok(text) if text.chars().count() <= most => Ok(text),
        Ok(_) | Err(Flaw::TooLong(_)) => Err(format!("This must be {most} characters or fewer")),
        Err(_) => Err("Enter the words".to_owned()),
    }
}

/// More than any text may have.
const MOST: u64 = 100_000;

fn one_on_each_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

pub fn area_address(id: &AreaId) -> String {
    format!("{DRAFT}/areas/{id}")
}

pub fn standard_address(id: &StandardId) -> String {
    format!("{DRAFT}/standards/{id}")
}

pub fn indicator_address(id: &IndicatorId) -> String {
    format!("{DRAFT}/indicators/{id}")
}

pub fn term_address(term: &str) -> String {
    format!("{DRAFT}/words/{}", word_of(term))
}

/// Where a text is written.
pub fn text_address(which: &DraftText) -> String {
    match which {
        DraftText::Front(text) => format!("{DRAFT}/texts/{}", text.as_str()),
        DraftText::Area(id, part) => format!("{}/texts/{}", area_address(id), part.as_str()),
        DraftText::Standard(id, part) => format!("{}/texts/{}", standard_address(id), part.as_str()),
        DraftText::Indicator(id, part) => format!("{}/texts/{}", indicator_address(id), part.as_str()),
        DraftText::Term(term) => term_address(term),
    }
}

/// The page that a text is a part of.
pub fn home_of(which: &DraftText) -> String {
    match which {
        DraftText::Front(_) | DraftText::Area(..) => DRAFT.to_owned(),
        DraftText::Standard(id, _) => standard_address(id),
        DraftText::Indicator(id, _) => indicator_address(id),
        DraftText::Term(_) => format!("{DRAFT}/words"),
    }
}

/// `Risk assessment` is `risk-assessment` in an address.
pub fn word_of(term: &str) -> String {
    let folded = fold_for_search(term);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.join("-").as_str() {
        "" | "new" => "word".to_owned(),
        word => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_how_young_people_speak_to_it_and_what_helps_may_be_left_empty() {
        for part in IndicatorPart::ALL {
            let which = DraftText::Indicator("exp".into(), *part);
            assert_eq!(read_text(&which, " \r\n ").is_ok(), !part.is_wanted(), "{part:?}");
            let long = read_text(&which, &"é".repeat(1001)).expect_err("too long");
            assert!(long.ends_with("characters or fewer"), "{long}");
        }
    }

    #[test]
    fn ideas_stand_one_on_each_line() {
        let which = DraftText::Indicator("exp".into(), IndicatorPart::Evidence);
        assert_eq!(read_text(&which, " A list \r\n\r\n  A photo\n"), Ok("A list\nA photo".to_owned()));
    }
}
