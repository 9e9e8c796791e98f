//! The words a paper is written in. What comes first is read first.

use chrono::NaiveDateTime;

use super::photo::Photo;

/// A paper to be drawn. Its title is its first heading.
#[derive(Debug, Clone)]
pub struct Paper {
    pub(super) title: String,
    /// Who stands behind it.
    pub(super) author: String,
    /// When it was made, UTC: the same paper made at the same instant is the same file.
    pub(super) made_at: NaiveDateTime,
    /// At the foot of each page, beside its number.
    pub(super) foot: String,
    pub(super) blocks: Vec<Block>,
}

/// One thing on a paper.
#[derive(Debug, Clone)]
pub(super) enum Block {
    /// Of level 2, 3 or 4.
    Heading(u16, String),
    Paragraph(String),
    /// Smaller and greyer.
    Remark(String),
    Bullets(Vec<String>),
    Facts(Vec<(String, String)>),
    Table(Table),
    Picture(Picture),
    Photo(Photo),
    QrCode(String, Vec<String>),
    Link(String, String),
    NewPage,
}

/// A table: its columns have heads, which stand again on each page it goes on to; the first cell of a row is its head.
#[derive(Debug, Clone)]
pub struct Table {
    /// What it shows, for those who do not see it at a glance.
    pub caption: String,
    pub columns: Vec<Column>,
    /// Each with as many cells as there are columns.
    pub rows: Vec<Vec<String>>,
}

/// A column, and its share of the width.
#[derive(Debug, Clone)]
pub struct Column {
    pub head: String,
    pub share: f32,
}

impl Column {
    pub fn new(head: impl Into<String>, share: f32) -> Self {
        Self { head: head.into(), share }
    }
}

/// How dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    Light,
    Middle,
    Dark,
}

/// A drawing of filled boxes, such as a bar chart, with what it shows in words.
#[derive(Debug, Clone)]
pub struct Picture {
    /// All that the drawing says.
    pub alternative: String,
    /// In units of its own; drawn as wide as the text.
    pub width: f32,
    pub height: f32,
    /// Left, top, width and height of each box, in those units.
    pub boxes: Vec<([f32; 4], Shade)>,
}

impl Paper {
    pub fn new(title: impl Into<String>, author: impl Into<String>, made_at: NaiveDateTime) -> Self {
        let (title, author) = (title.into(), author.into());
        Self { foot: title.clone(), title, author, made_at, blocks: Vec::new() }
    }

    /// What stands at the foot of each page; the title if this is not called.
    pub fn with_foot(mut self, foot: impl Into<String>) -> Self {
        self.foot = foot.into();
        self
    }

    /// A heading below the title.
    pub fn section(self, text: impl Into<String>) -> Self {
        self.with(Block::Heading(2, text.into()))
    }

    /// A heading below a section's.
    pub fn subsection(self, text: impl Into<String>) -> Self {
        self.with(Block::Heading(3, text.into()))
    }

    /// A heading below a subsection's.
    pub fn point(self, text: impl Into<String>) -> Self {
        self.with(Block::Heading(4, text.into()))
    }

    pub fn paragraph(self, text: impl Into<String>) -> Self {
        self.with(Block::Paragraph(text.into()))
    }

    /// A paragraph that is no more than a remark.
    pub fn remark(self, text: impl Into<String>) -> Self {
        self.with(Block::Remark(text.into()))
    }

    pub fn bullets(self, points: Vec<String>) -> Self {
        self.with(Block::Bullets(points))
    }

    /// Names with what they stand for, one below the other.
    pub fn facts(self, facts: Vec<(String, String)>) -> Self {
        self.with(Block::Facts(facts))
    }

    pub fn table(self, table: Table) -> Self {
        self.with(Block::Table(table))
    }

    pub fn picture(self, picture: Picture) -> Self {
        self.with(Block::Picture(picture))
    }

    pub fn photo(self, photo: Photo) -> Self {
        self.with(Block::Photo(photo))
    }

    /// A QR code that leads to an address, with a few paragraphs beside it; the last thing there is the address itself.
    pub fn qr_code(self, address: impl Into<String>, beside: Vec<String>) -> Self {
        self.with(Block::QrCode(address.into(), beside))
    }

    /// A link on a line of its own.
    pub fn link(self, text: impl Into<String>, address: impl Into<String>) -> Self {
        self.with(Block::Link(text.into(), address.into()))
    }

    /// What follows begins on a new page.
    pub fn new_page(self) -> Self {
        self.with(Block::NewPage)
    }

    fn with(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }
}
