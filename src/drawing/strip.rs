//! What lies between words and pages: strips that are never cut, the marks on them, and the tree of what they mean.
//! Lengths are points, a seventy-second of an inch; a mark's place is from the left of the text and the top of its strip.

use krilla::image::Image;

use super::letters::Face;

/// The text's width on a page of A4.
pub(super) const TEXT_WIDTH: f32 = 483.28;

/// A colour: red, green, blue.
pub(super) type Colour = (u8, u8, u8);
pub(super) const INK: Colour = (11, 12, 12);
pub(super) const GREY: Colour = (72, 73, 73);
pub(super) const LINE: Colour = (177, 180, 182);
pub(super) const PALE: Colour = (243, 242, 241);
pub(super) const BLUE: Colour = (26, 101, 166);

/// What a part of a paper is, for whoever has it read out.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Role {
    Document,
    Heading(u16, String),
    Paragraph,
    List,
    Bullets,
    Entry,
    Label,
    Body,
    Table(String),
    Row,
    ColumnHead,
    RowHead,
    Cell,
    Figure(String),
    Link,
}

/// A part of the paper and the parts within it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub role: Role,
    pub parts: Vec<usize>,
}

/// How a piece of text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub face: Face,
    pub size: f32,
    pub colour: Colour,
}

impl Style {
    pub fn line_height(self) -> f32 {
        (self.size * 1.4).round()
    }
}

/// Something on a strip. A mark without a part is there for the eye only.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// One line of text, by its base line.
    Text { part: Option<usize>, x: f32, y: f32, style: Style, text: String },
    /// A filled box.
    Box { x: f32, y: f32, width: f32, height: f32, colour: Colour },
    /// Boxes that are one picture.
    Picture { part: usize, x: f32, y: f32, width: f32, height: f32, boxes: Vec<([f32; 4], Colour)> },
    /// A picture of dots.
    Photo { part: usize, x: f32, y: f32, width: f32, height: f32, image: Image },
    /// Where a press leads to an address.
    Press { part: usize, x: f32, y: f32, width: f32, height: f32, address: String },
}

/// A strip as wide as the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Strip {
    /// Left out at the top of a page.
    pub space_before: f32,
    pub height: f32,
    pub marks: Vec<Mark>,
    /// Not to be parted from the next.
    pub with_next: bool,
    /// It belongs to the table of this number, below its head.
    pub in_table: Option<usize>,
    /// Its text, when it is where a heading begins, and the heading's level.
    pub heading: Option<(u16, String)>,
    pub starts_page: bool,
}

impl Strip {
    /// The same for the eye only: the head of a table where the table goes on.
    pub fn again(&self) -> Self {
        let for_the_eye = |mark: &Mark| match mark {
            Mark::Text { x, y, style, text, .. } => {
                Some(Mark::Text { part: None, x: *x, y: *y, style: *style, text: text.clone() })
            }
            Mark::Box { .. } => Some(mark.clone()),
            Mark::Picture { .. } | Mark::Photo { .. } | Mark::Press { .. } => None,
        };
        let marks = self.marks.iter().filter_map(for_the_eye).collect();
        Self { space_before: 0.0, marks, heading: None, ..self.clone() }
    }
}
