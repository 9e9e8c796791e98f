//! Letters: the two faces, how wide a text is, where a line ends, and what to do with letters the faces do not have.

use std::sync::LazyLock;

use krilla::text::Font;
use rustybuzz::{Direction, UnicodeBuffer};

use crate::error::{Error, Result};

/// Drawn for a letter that the faces do not have; whoever copies the text or has it read out gets the letter itself.
const STRANGER: char = '\u{25a1}';

/// The upright face and the bold one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Upright,
    Bold,
}

struct Loaded {
    font: Option<Font>,
    shapes: Option<rustybuzz::Face<'static>>,
}

static UPRIGHT: LazyLock<Loaded> = LazyLock::new(|| load(dejavu::sans::regular()));
static BOLD: LazyLock<Loaded> = LazyLock::new(|| load(dejavu::sans::bold()));

fn load(bytes: &'static [u8]) -> Loaded {
    Loaded { font: Font::new(bytes.into(), 0), shapes: rustybuzz::Face::from_slice(bytes, 0) }
}

impl Face {
    /// For the drawing.
    pub fn font(self) -> Result<Font> {
        self.loaded().font.clone().ok_or_else(|| Error::unexpected("a built-in font cannot be read"))
    }

    fn shapes(self) -> &'static rustybuzz::Face<'static> {
        self.loaded().shapes.as_ref().expect("the built-in fonts are read by a test")
    }

    fn loaded(self) -> &'static Loaded {
        match self {
            Self::Upright => &UPRIGHT,
            Self::Bold => &BOLD,
        }
    }

    /// The width of a text on one line, in points.
    pub fn width_of(self, text: &str, size: f32) -> f32 {
        runs_of(self, text).iter().map(|run| self.width_of_run(run)).sum::<f32>() * size
    }

    /// In ems.
    pub fn width_of_run(self, run: &Run) -> f32 {
        let shapes = self.shapes();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&run.text);
        buffer.guess_segment_properties();
        buffer.set_direction(if run.leftward { Direction::RightToLeft } else { Direction::LeftToRight });
        let shaped = rustybuzz::shape(shapes, &[], buffer);
        let units: i32 = shaped.glyph_positions().iter().map(|position| position.x_advance).sum();
        units as f32 / shapes.units_per_em() as f32
    }

    /// Breaks a text into lines of at most this width; a word that is longer than a line is cut.
    pub fn lines_of(self, text: &str, size: f32, width: f32) -> Vec<String> {
        let space = self.width_of(" ", size);
        let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0.0);
        for paragraph in text.lines() {
            for word in paragraph.split(|c: char| c.is_whitespace() && !is_hard_space(c)).filter(|w| !w.is_empty()) {
                for (piece, wide) in self.pieces_of(word, size, width) {
                    let gap = if line.is_empty() { 0.0 } else { space };
                    if !line.is_empty() && used + gap + wide > width {
                        lines.push(std::mem::take(&mut line));
                        used = 0.0;
                    }
                    if !line.is_empty() {
                        line.push(' ');
                        used += space;
                    }
                    line.push_str(&piece);
                    used += wide;
                }
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            used = 0.0;
        }
        lines
    }

    /// The word, or as many pieces as it takes, each with its width.
    fn pieces_of(self, word: &str, size: f32, width: f32) -> Vec<(String, f32)> {
        let whole = self.width_of(word, size);
        if whole <= width {
            return vec![(word.to_owned(), whole)];
        }
        let mut pieces = Vec::new();
        let (mut piece, mut wide) = (String::new(), 0.0);
        for letter in word.chars() {
            let with_it = self.width_of(&format!("{piece}{letter}"), size);
            if with_it > width && !piece.is_empty() {
                pieces.push((std::mem::take(&mut piece), wide));
            }
            piece.push(letter);
            wide = self.width_of(&piece, size);
        }
        pieces.push((piece, wide));
        pieces
    }
}

/// A piece of a line in one direction of writing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub text: String,
    /// Hebrew, Arabic and their like.
    pub leftward: bool,
}

/// What is drawn of a line, piece by piece from the left.
pub(super) fn runs_of(face: Face, line: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for letter in line.chars().filter(|c| !is_unseen(*c)).map(|c| drawable(face, c)) {
        match runs.last_mut() {
            Some(run) if is_leftward(letter) == run.leftward || is_neutral(letter) => run.text.push(letter),
            _ => runs.push(Run { text: letter.to_string(), leftward: is_leftward(letter) }),
        }
    }
    runs
}

/// Is what is drawn other than what is said?
pub(super) fn hides_letters(face: Face, line: &str) -> bool {
    line.chars().any(|c| is_unseen(c) || drawable(face, c) != c)
}

/// What can be kept of a text as other text, such as that for screen readers.
pub(super) fn without_controls(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !is_private(*c)).collect()
}

fn drawable(face: Face, letter: char) -> char {
    match letter {
        c if c.is_whitespace() => ' ',
        c if is_private(c) || face.shapes().glyph_index(c).is_none_or(|glyph| glyph.0 == 0) => STRANGER,
        c => c,
    }
}

/// No standard says what these are: PDF/A does not take them.
fn is_private(letter: char) -> bool {
    matches!(u32::from(letter), 0xe000..=0xf8ff | 0xfdd0..=0xfdef | 0xfff0..=0xffff | 0xf_0000..)
        || u32::from(letter) & 0xfffe == 0xfffe
}

fn is_unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(u32::from(letter), 0xad | 0x34f | 0x61c | 0x180b..=0x180f | 0x200b..=0x200f | 0x2028..=0x202e
            | 0x2060..=0x206f | 0xfe00..=0xfe0f | 0xfeff | 0xe0000..=0xe0fff)
}

fn is_hard_space(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{202f}')
}

fn is_leftward(letter: char) -> bool {
    matches!(u32::from(letter), 0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc | 0x10800..=0x10fff | 0x1e800..=0x1efff)
}

/// Goes with what stands before it.
fn is_neutral(letter: char) -> bool {
    letter == ' '
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_faces_can_be_read() {
        for face in [Face::Upright, Face::Bold] {
            assert!(face.font().is_ok() && face.loaded().shapes.is_some());
            assert!(face.width_of("m", 10.0) > face.width_of("i", 10.0));
        }
    }

    #[test]
    fn a_line_ends_between_words_and_a_word_longer_than_a_line_is_cut() {
        let lines = Face::Upright.lines_of("Safeguarding and  child\nprotection", 10.0, 100.0);
        assert_eq!(lines, ["Safeguarding and", "child", "protection"]);
        let long = "x".repeat(100);
        let cut = Face::Upright.lines_of(&long, 10.0, 100.0);
        assert!(cut.len() > 5 && cut.concat() == long);
        assert!(cut.iter().all(|line| Face::Upright.width_of(line, 10.0) <= 100.0));
        assert!(Face::Upright.lines_of("", 10.0, 100.0).is_empty());
    }

    #[test]
    fn a_line_of_two_directions_is_drawn_in_pieces() {
        let pieces: Vec<_> = runs_of(Face::Upright, "Amina \u{64a}\u{648}\u{633}\u{641} (lead)").into_iter().collect();
        let seen: Vec<(&str, bool)> = pieces.iter().map(|run| (run.text.as_str(), run.leftward)).collect();
        assert_eq!(seen, [("Amina ", false), ("\u{64a}\u{648}\u{633}\u{641} ", true), ("(lead)", false)]);
    }

    #[test]
    fn a_letter_we_cannot_draw_is_still_there_for_whoever_copies_it() {
        assert!(hides_letters(Face::Upright, "\u{0c05}"), "Telugu is not in the faces");
        assert_eq!(runs_of(Face::Upright, "a\u{0c05}\u{200b}")[0].text, "a\u{25a1}");
        assert!(!hides_letters(Face::Upright, "Łódź, Ελλάδα, Київ"));
        assert_eq!(without_controls("a\u{7}b\u{e000}"), "ab");
    }
}
