//! Ink on pages: the strips drawn by krilla, each mark tied to the part of the paper that it belongs to.

use std::num::NonZeroU16;

use chrono::{Datelike, Timelike};
use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page, PageSettings};
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, ListNumbering, Node as TreeNode, Placement, SpanTag,
    TableHeaderScope, Tag, TagGroup, TagKind, TagTree, kind,
};
use krilla::text::TextDirection;
use krilla::{Document, SerializeSettings};

use super::letters::{Face, hides_letters, runs_of, without_controls};
use super::pages::{PageOfStrips, TEXT_HEIGHT};
use super::paper::Paper;
use super::strip::{Colour, GREY, LINE, Mark, Node, Role, Style, TEXT_WIDTH};
use crate::error::{Error, Result};

const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;
const LEFT: f32 = 56.0;
const TOP: f32 = 58.0;
const LANGUAGE: &str = "en-GB";
const FOOT: Style = Style { face: Face::Upright, size: 8.0, colour: GREY };

/// What was drawn of each part.
struct Inked {
    nodes: Vec<Node>,
    leaves: Vec<Vec<Identifier>>,
    /// Where a picture is.
    boxes: Vec<Option<BBox>>,
}

pub(super) fn draw(paper: &Paper, pages: Vec<PageOfStrips>, nodes: Vec<Node>) -> Result<Vec<u8>> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|cause| Error::unexpected(format!("{cause:?}")))?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..Default::default() };
    let mut document = Document::new_with(settings);
    document.set_metadata(metadata_of(paper));
    let count = nodes.len();
    let mut inked = Inked { nodes, leaves: vec![Vec::new(); count], boxes: vec![None; count] };
    let (mut outline, of) = (Outline::new(), pages.len());
    for (number, strips) in pages.into_iter().enumerate() {
        for placed in &strips {
            if let Some((level, text)) = &placed.strip.heading
                && *level < 3
            {
                let place = XyzDestination::new(number, Point::from_xy(LEFT, TOP + placed.y));
                outline.push_child(OutlineNode::new(without_controls(text), place));
            }
        }
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| Error::unexpected("no page"))?;
        let mut page = document.start_page_with(settings);
        inked.draw_page(&mut page, number, strips, (&paper.foot, &format!("Page {} of {of}", number + 1)))?;
        page.finish();
    }
    document.set_outline(outline);
    let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
    tree.push(inked.group_of(0));
    document.set_tag_tree(tree);
    document.finish().map_err(|cause| Error::unexpected(format!("a paper breaks its standard: {cause:?}")))
}

impl Inked {
    /// A page has one surface: opened again, it would be blank.
    fn draw_page(
        &mut self,
        page: &mut Page<'_>,
        number: usize,
        strips: PageOfStrips,
        (name, page_number): (&str, &str),
    ) -> Result<()> {
        let mut surface = page.surface();
        let mut presses = Vec::new();
        for placed in strips {
            let top = TOP + placed.y;
            for mark in placed.strip.marks {
                match mark {
                    Mark::Text { part, x, y, style, text } => {
                        let at = Point::from_xy(LEFT + x, top + y);
                        match part {
                            Some(part) => {
                                let said = without_controls(&text);
                                let hides = hides_letters(style.face, &text);
                                let span = SpanTag::empty().with_actual_text(hides.then_some(said.as_str()));
                                let leaf = surface.start_tagged(ContentTag::Span(span));
                                self.leaves[part].push(leaf);
                            }
                            None => start_artifact(&mut surface, ArtifactType::PaginationOther),
                        }
                        draw_line(&mut surface, at, style, &text)?;
                        surface.end_tagged();
                    }
                    Mark::Box { x, y, width, height, colour } => {
                        start_artifact(&mut surface, ArtifactType::Layout);
                        draw_boxes(&mut surface, [([LEFT + x, top + y, width, height], colour)].into_iter());
                        surface.end_tagged();
                    }
                    Mark::Picture { part, x, y, width, height, boxes } => {
                        let leaf = surface.start_tagged(ContentTag::Other);
                        let at = |[left, down, wide, high]: [f32; 4]| [LEFT + x + left, top + y + down, wide, high];
                        draw_boxes(&mut surface, boxes.into_iter().map(|(sides, colour)| (at(sides), colour)));
                        surface.end_tagged();
                        self.leaves[part].push(leaf);
                        let edge = Rect::from_xywh(LEFT + x, top + y, width, height);
                        self.boxes[part] = edge.map(|edge| BBox::new(number, edge));
                    }
                    Mark::Photo { part, x, y, width, height, image } => {
                        let size = Size::from_wh(width, height).ok_or_else(|| Error::unexpected("no size"))?;
                        let leaf = surface.start_tagged(ContentTag::Other);
                        surface.push_transform(&Transform::from_translate(LEFT + x, top + y));
                        surface.draw_image(image, size);
                        surface.pop();
                        surface.end_tagged();
                        self.leaves[part].push(leaf);
                        let edge = Rect::from_xywh(LEFT + x, top + y, width, height);
                        self.boxes[part] = edge.map(|edge| BBox::new(number, edge));
                    }
                    Mark::Press { part, x, y, width, height, address } => {
                        presses.push((part, Rect::from_xywh(LEFT + x, top + y, width, height), address));
                    }
                }
            }
        }
        draw_foot(&mut surface, name, page_number)?;
        surface.finish();
        for (part, place, address) in presses {
            let Some(place) = place else { continue };
            let says = format!("Link to {address}");
            let target = Target::Action(LinkAction::new(address).into());
            let press = Annotation::new_link(LinkAnnotation::new(place, target), Some(says));
            let leaf = page.add_tagged_annotation(press);
            self.leaves[part].push(leaf);
        }
        Ok(())
    }

    fn group_of(&mut self, part: usize) -> TagGroup {
        let (role, parts) = (self.nodes[part].role.clone(), std::mem::take(&mut self.nodes[part].parts));
        let mut group = TagGroup::new(self.tag_of(part, role));
        for leaf in std::mem::take(&mut self.leaves[part]) {
            group.push(TreeNode::Leaf(leaf));
        }
        for inner in parts {
            let inner = self.group_of(inner);
            group.push(inner);
        }
        group
    }

    fn tag_of(&self, part: usize, role: Role) -> TagKind {
        match role {
            Role::Document => Tag::<kind::Part>::Part.into(),
            Role::Heading(level, text) => {
                let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
                Tag::Hn(level, Some(without_controls(&text))).into()
            }
            Role::Paragraph => Tag::<kind::P>::P.into(),
            Role::List => Tag::L(ListNumbering::None).into(),
            Role::Bullets => Tag::L(ListNumbering::Disc).into(),
            Role::Entry => Tag::<kind::LI>::LI.into(),
            Role::Label => Tag::<kind::Lbl>::Lbl.into(),
            Role::Body => Tag::<kind::LBody>::LBody.into(),
            Role::Table(caption) => Tag::<kind::Table>::Table.with_summary(Some(without_controls(&caption))).into(),
            Role::Row => Tag::<kind::TR>::TR.into(),
            Role::ColumnHead => Tag::TH(TableHeaderScope::Column).into(),
            Role::RowHead => Tag::TH(TableHeaderScope::Row).into(),
            Role::Cell => Tag::<kind::TD>::TD.into(),
            Role::Link => Tag::<kind::Link>::Link.into(),
            Role::Figure(says) => Tag::Figure(Some(without_controls(&says)))
                .with_placement(Some(Placement::Block))
                .with_bbox(self.boxes[part])
                .into(),
        }
    }
}

fn metadata_of(paper: &Paper) -> Metadata {
    let at = paper.made_at;
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let made = DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(without_controls(&paper.title))
        .language(LANGUAGE.to_owned())
        .authors(vec![without_controls(&paper.author)])
        .creator("Youth Charter".to_owned())
        .creation_date(made)
}

/// The name of the paper at the left, the number of the page at the right: not part of what is read out.
fn draw_foot(surface: &mut Surface<'_>, name: &str, number: &str) -> Result<()> {
    let y = TOP + TEXT_HEIGHT + 32.0;
    start_artifact(surface, ArtifactType::Layout);
    draw_boxes(surface, [([LEFT, y - 14.0, TEXT_WIDTH, 0.6], LINE)].into_iter());
    surface.end_tagged();
    let wide = FOOT.face.width_of(number, FOOT.size);
    let name = FOOT.face.lines_of(name, FOOT.size, TEXT_WIDTH - wide - 20.0).into_iter().next().unwrap_or_default();
    start_artifact(surface, ArtifactType::Footer);
    draw_line(surface, Point::from_xy(LEFT, y), FOOT, &name)?;
    surface.end_tagged();
    start_artifact(surface, ArtifactType::PageNumber);
    draw_line(surface, Point::from_xy(LEFT + TEXT_WIDTH - wide, y), FOOT, number)?;
    surface.end_tagged();
    Ok(())
}

fn start_artifact(surface: &mut Surface<'_>, kind: ArtifactType) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
}

fn draw_line(surface: &mut Surface<'_>, at: Point, style: Style, text: &str) -> Result<()> {
    surface.set_fill(fill_of(style.colour));
    let mut x = at.x;
    for run in runs_of(style.face, text) {
        let direction = if run.leftward { TextDirection::RightToLeft } else { TextDirection::LeftToRight };
        surface.draw_text(Point::from_xy(x, at.y), style.face.font()?, style.size, &run.text, false, direction);
        x += style.face.width_of_run(&run) * style.size;
    }
    Ok(())
}

/// One path for boxes of one colour that follow each other.
fn draw_boxes(surface: &mut Surface<'_>, boxes: impl Iterator<Item = ([f32; 4], Colour)>) {
    let boxes: Vec<([f32; 4], Colour)> = boxes.collect();
    for same in boxes.chunk_by(|one, next| one.1 == next.1) {
        let mut path = PathBuilder::new();
        for ([x, y, width, height], _) in same {
            if let Some(side) = Rect::from_xywh(*x, *y, *width, *height) {
                path.push_rect(side);
            }
        }
        if let Some(path) = path.finish() {
            surface.set_fill(fill_of(same[0].1));
            surface.draw_path(&path);
        }
    }
}

fn fill_of((red, green, blue): Colour) -> Option<Fill> {
    Some(Fill { paint: rgb::Color::new(red, green, blue).into(), ..Fill::default() })
}
