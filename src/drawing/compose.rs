//! From the words of a paper to strips, with the tree of what each part is.

use super::letters::Face;
use super::pages::TEXT_HEIGHT;
use super::paper::{Block, Paper, Picture, Shade};
use super::photo::Photo;
use super::strip::{BLUE, Colour, GREY, INK, LINE, Mark, Node, Role, Strip, Style, TEXT_WIDTH};
use crate::error::{Error, Result};

mod table;

pub(super) const BODY: Style = Style { face: Face::Upright, size: 10.5, colour: INK };
const STRONG: Style = Style { face: Face::Bold, ..BODY };
const REMARK: Style = Style { face: Face::Upright, size: 9.0, colour: GREY };
const LINK: Style = Style { colour: BLUE, ..BODY };
const GAP: f32 = 9.0;
/// Facts: how wide their names are.
const NAMES: f32 = 150.0;
const QR_SIDE: f32 = 104.0;
/// The most room a photograph takes.
const PHOTO_WIDTH: f32 = 320.0;
const PHOTO_HEIGHT: f32 = 200.0;
/// Light modules around the dark ones, as scanners want them.
const QUIET: usize = 4;

/// Strips in order, the heads of tables by their number, and the parts: the first is the whole paper.
pub(super) struct Composed {
    pub strips: Vec<Strip>,
    pub heads: Vec<Vec<Strip>>,
    pub nodes: Vec<Node>,
}

pub(super) fn compose(paper: &Paper) -> Result<Composed> {
    let mut composed =
        Composed { strips: Vec::new(), heads: Vec::new(), nodes: vec![Node { role: Role::Document, parts: vec![] }] };
    composed.heading(1, &paper.title);
    let mut turn = false;
    for block in &paper.blocks {
        let first = composed.strips.len();
        composed.block(block)?;
        if let (true, Some(strip)) = (turn, composed.strips.get_mut(first)) {
            strip.starts_page = true;
        }
        turn = matches!(block, Block::NewPage);
    }
    Ok(composed)
}

impl Composed {
    fn block(&mut self, block: &Block) -> Result<()> {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Paragraph(text) => self.paragraphs(text, BODY),
            Block::Remark(text) => self.paragraphs(text, REMARK),
            Block::Bullets(points) => self.bullets(points),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Picture(picture) => self.picture(picture),
            Block::Photo(photo) => self.photo(photo),
            Block::QrCode(address, beside) => self.qr_code(address, beside)?,
            Block::Link(text, address) => {
                let lines = self.link_lines(0, text, address, 0.0, TEXT_WIDTH);
                self.stack(lines, GAP);
            }
            Block::NewPage => {}
        }
        Ok(())
    }

    /// A part within another; its number.
    fn part(&mut self, within: usize, role: Role) -> usize {
        self.nodes.push(Node { role, parts: Vec::new() });
        let number = self.nodes.len() - 1;
        self.nodes[within].parts.push(number);
        number
    }

    fn heading(&mut self, level: u16, text: &str) {
        let (size, before) = match level {
            1 => (22.0, 0.0),
            2 => (14.0, 20.0),
            3 => (11.5, 14.0),
            _ => (10.5, 12.0),
        };
        let style = Style { face: Face::Bold, size, colour: INK };
        let part = self.part(0, Role::Heading(level, text.to_owned()));
        let mut lines = lines_at(part, text, style, 0.0, TEXT_WIDTH);
        for line in &mut lines {
            line.with_next = true;
        }
        if let Some(first) = lines.first_mut() {
            first.heading = Some((level, text.to_owned()));
        }
        self.stack(lines, before);
    }

    fn paragraphs(&mut self, text: &str, style: Style) {
        for paragraph in text.lines().filter(|line| !line.trim().is_empty()) {
            let part = self.part(0, Role::Paragraph);
            let lines = lines_at(part, paragraph, style, 0.0, TEXT_WIDTH);
            self.stack(without_lonely_lines(lines), GAP);
        }
    }

    fn bullets(&mut self, points: &[String]) {
        let list = self.part(0, Role::Bullets);
        for (number, point) in points.iter().enumerate() {
            let entry = self.part(list, Role::Entry);
            let (label, body) = (self.part(entry, Role::Label), self.part(entry, Role::Body));
            let mut lines = lines_at(body, point, BODY, 16.0, TEXT_WIDTH - 16.0);
            if let Some(first) = lines.first_mut() {
                let y = base_line(BODY);
                first
                    .marks
                    .insert(0, Mark::Text { part: Some(label), x: 3.0, y, style: BODY, text: "\u{2022}".to_owned() });
            }
            self.stack(without_lonely_lines(lines), if number == 0 { GAP } else { 3.0 });
        }
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        let list = self.part(0, Role::List);
        for (number, (name, value)) in facts.iter().enumerate() {
            let entry = self.part(list, Role::Entry);
            let (label, body) = (self.part(entry, Role::Label), self.part(entry, Role::Body));
            let names = lines_at(label, name, STRONG, 0.0, NAMES - 12.0);
            let values = lines_at(body, value, BODY, NAMES, TEXT_WIDTH - NAMES);
            let mut lines = beside(names, values);
            if let Some(last) = lines.last_mut() {
                let y = last.height + 3.0;
                last.height += 4.0;
                last.marks.push(Mark::Box { x: 0.0, y, width: TEXT_WIDTH, height: 0.6, colour: LINE });
            }
            self.stack(without_lonely_lines(lines), if number == 0 { GAP } else { 4.0 });
        }
    }

    fn picture(&mut self, picture: &Picture) {
        let part = self.part(0, Role::Figure(picture.alternative.clone()));
        let scale = (TEXT_WIDTH / picture.width.max(1.0)).min(TEXT_HEIGHT / picture.height.max(1.0));
        let height = picture.height * scale;
        let boxes = picture.boxes.iter().map(|(sides, shade)| (sides.map(|side| side * scale), colour_of(*shade)));
        let mark = Mark::Picture { part, x: 0.0, y: 0.0, width: picture.width * scale, height, boxes: boxes.collect() };
        self.strips.push(Strip { space_before: GAP, height, marks: vec![mark], ..Strip::default() });
    }

    /// Never parted from what follows, as it belongs to it.
    fn photo(&mut self, photo: &Photo) {
        let part = self.part(0, Role::Figure(photo.alternative.clone()));
        let (wide, high) = photo.size();
        let scale = (PHOTO_WIDTH / wide).min(PHOTO_HEIGHT / high);
        let (width, height) = (wide * scale, high * scale);
        let mark = Mark::Photo { part, x: 0.0, y: 0.0, width, height, image: photo.image.clone() };
        self.strips.push(Strip { space_before: GAP, height, marks: vec![mark], with_next: true, ..Strip::default() });
    }

    /// One strip: the code at the left, the words beside it.
    fn qr_code(&mut self, address: &str, words: &[String]) -> Result<()> {
        let code = fast_qr::QRBuilder::new(address).build().map_err(|_| Error::unexpected("too long for a QR code"))?;
        let part = self.part(0, Role::Figure(format!("QR code that leads to {address}")));
        let module = QR_SIDE / (code.size + 2 * QUIET) as f32;
        let at = |place: usize| (place + QUIET) as f32 * module;
        let mut boxes = Vec::new();
        for row in 0..code.size {
            for column in (0..code.size).filter(|column| code[row][*column].value()) {
                boxes.push(([at(column), at(row), module, module], INK));
            }
        }
        let mut marks = vec![Mark::Picture { part, x: 0.0, y: 0.0, width: QR_SIDE, height: QR_SIDE, boxes }];
        let (left, width, mut y) = (QR_SIDE + 14.0, TEXT_WIDTH - QR_SIDE - 14.0, 8.0);
        let mut lines = Vec::new();
        for text in words {
            let part = self.part(0, Role::Paragraph);
            let mut paragraph = lines_at(part, text, BODY, left, width);
            paragraph.first_mut().into_iter().for_each(|line| line.space_before = 5.0);
            lines.extend(paragraph);
        }
        lines.extend(self.link_lines(0, address, address, left, width));
        for line in lines {
            y += line.space_before;
            marks.extend(line.marks.into_iter().map(|mark| lowered(mark, y)));
            y += line.height;
        }
        self.strips.push(Strip { space_before: GAP, height: y.max(QR_SIDE), marks, ..Strip::default() });
        Ok(())
    }

    fn link_lines(&mut self, within: usize, text: &str, address: &str, x: f32, width: f32) -> Vec<Strip> {
        let paragraph = self.part(within, Role::Paragraph);
        let part = self.part(paragraph, Role::Link);
        let mut lines = lines_at(part, text, LINK, x, width);
        for line in &mut lines {
            let wide = match &line.marks[..] {
                [Mark::Text { text, style, .. }] => style.face.width_of(text, style.size),
                _ => 0.0,
            };
            let y = base_line(LINK) + 2.0;
            line.marks.push(Mark::Box { x, y, width: wide, height: 0.6, colour: BLUE });
            let address = address.to_owned();
            line.marks.push(Mark::Press { part, x, y: 0.0, width: wide.max(1.0), height: line.height, address });
        }
        lines
    }

    fn stack(&mut self, mut lines: Vec<Strip>, space_before: f32) {
        if let Some(first) = lines.first_mut() {
            first.space_before = space_before;
        }
        self.strips.append(&mut lines);
    }
}

/// Where letters stand, from the top of their line.
fn base_line(style: Style) -> f32 {
    style.line_height() * 0.5 + style.size * 0.36
}

/// A text in lines of this width, a strip each.
fn lines_at(part: usize, text: &str, style: Style, x: f32, width: f32) -> Vec<Strip> {
    let strip = |text: String| {
        let mark = Mark::Text { part: Some(part), x, y: base_line(style), style, text };
        Strip { height: style.line_height(), marks: vec![mark], ..Strip::default() }
    };
    let mut lines = style.face.lines_of(text, style.size, width);
    let last = lines.len().saturating_sub(1);
    for line in lines.iter_mut().take(last) {
        // Whoever has it read out hears two words, not one.
        line.push(' ');
    }
    lines.into_iter().map(strip).collect()
}

/// Two columns of lines as one.
fn beside(left: Vec<Strip>, right: Vec<Strip>) -> Vec<Strip> {
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    let mut both = Vec::new();
    loop {
        let (one, other) = (left.next(), right.next());
        if one.is_none() && other.is_none() {
            return both;
        }
        let (one, other) = (one.unwrap_or_default(), other.unwrap_or_default());
        let height = one.height.max(other.height);
        both.push(Strip { height, marks: [one.marks, other.marks].concat(), ..Strip::default() });
    }
}

/// No page ends with the first line of a paragraph, and none begins with its last.
fn without_lonely_lines(mut lines: Vec<Strip>) -> Vec<Strip> {
    let count = lines.len();
    for (number, line) in lines.iter_mut().enumerate() {
        line.with_next = number + 1 < count && (number == 0 || number + 2 == count);
    }
    lines
}

fn lowered(mark: Mark, by: f32) -> Mark {
    match mark {
        Mark::Text { part, x, y, style, text } => Mark::Text { part, x, y: y + by, style, text },
        Mark::Box { x, y, width, height, colour } => Mark::Box { x, y: y + by, width, height, colour },
        Mark::Picture { part, x, y, width, height, boxes } => {
            Mark::Picture { part, x, y: y + by, width, height, boxes }
        }
        Mark::Photo { part, x, y, width, height, image } => Mark::Photo { part, x, y: y + by, width, height, image },
        Mark::Press { part, x, y, width, height, address } => {
            Mark::Press { part, x, y: y + by, width, height, address }
        }
    }
}

fn colour_of(shade: Shade) -> Colour {
    match shade {
        Shade::Light => LINE,
        Shade::Middle => BLUE,
        Shade::Dark => INK,
    }
}
