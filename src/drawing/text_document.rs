//! A paper as a text document (ODT) that office programs open and people go on writing in: headings that are headings,
//! tables that know their heads, its language and its title. What is drawn on a paper, such as a chart, a photograph or a
//! QR code, is told here in the words that go with it.
//! Not here: how it looks; `looks` says that once for all.

mod looks;

use std::io::{Cursor, Write};

use chrono::{Datelike, NaiveDateTime, Timelike};
use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::paper::{Block, Paper, Table};
use crate::error::{Error, Result};

/// The media type of what is written.
pub const TEXT_MEDIA_TYPE: &str = "application/vnd.oasis.opendocument.text";

/// Writes a paper as a text document. The same paper is the same file.
pub fn write_text_document(paper: &Paper) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default().last_modified_time(time_of(paper.made_at));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // It is told by its beginning: this part is the first, and not packed.
    zip.start_file("mimetype", options.compression_method(CompressionMethod::Stored)).map_err(Error::unexpected)?;
    zip.write_all(TEXT_MEDIA_TYPE.as_bytes())?;
    let packed = options.compression_method(CompressionMethod::Deflated);
    for (name, text) in [
        ("META-INF/manifest.xml", looks::MANIFEST.to_owned()),
        ("meta.xml", meta_of(paper)),
        ("styles.xml", looks::styles(&said(&paper.foot))),
        ("content.xml", Body::of(paper).into_content()),
    ] {
        zip.start_file(name, packed).map_err(Error::unexpected)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish().map_err(Error::unexpected)?.into_inner())
}

fn meta_of(paper: &Paper) -> String {
    let at = paper.made_at.format("%Y-%m-%dT%H:%M:%SZ");
    format!(
        "{}<office:document-meta {} office:version=\"1.3\"><office:meta><dc:title>{}</dc:title><dc:creator>{author}\
         </dc:creator><meta:initial-creator>{author}</meta:initial-creator><dc:language>en-GB</dc:language>\
         <meta:creation-date>{at}</meta:creation-date><dc:date>{at}</dc:date></office:meta></office:document-meta>",
        looks::DECLARATION,
        looks::NAMESPACES,
        said(&paper.title),
        author = said(&paper.author),
    )
}

/// What a text document holds, while it is written.
struct Body {
    text: String,
    /// The widths of the columns of tables, as styles.
    widths: String,
    tables: usize,
    /// The next thing begins a page.
    turns: bool,
}

impl Body {
    fn of(paper: &Paper) -> Self {
        let mut body = Self { text: String::new(), widths: String::new(), tables: 0, turns: false };
        body.heading(1, &paper.title);
        for block in &paper.blocks {
            body.block(block);
        }
        body
    }

    fn into_content(self) -> String {
        format!(
            "{}<office:document-content {} office:version=\"1.3\"><office:automatic-styles>{}{}\
             </office:automatic-styles><office:body><office:text>{}</office:text></office:body></office:document-content>",
            looks::DECLARATION,
            looks::NAMESPACES,
            looks::of_tables_and_turns(),
            self.widths,
            self.text
        )
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Paragraph(text) => self.paragraphs("Text_20_body", text),
            Block::Remark(text) => self.paragraphs("Remark", text),
            Block::Bullets(points) => self.bullets(points),
            Block::Facts(facts) => facts.iter().for_each(|(name, value)| self.fact(name, value)),
            Block::Table(table) => self.table(table),
            Block::Picture(picture) => self.paragraphs("Text_20_body", &picture.alternative),
            Block::Photo(photo) => self.paragraphs("Text_20_body", &photo.alternative),
            Block::QrCode(address, beside) => {
                beside.iter().for_each(|text| self.paragraphs("Text_20_body", text));
                self.link(address, address);
            }
            Block::Link(text, address) => self.link(text, address),
            Block::NewPage => self.turns = true,
        }
    }

    /// A style by its name, or the one like it that begins a page.
    fn style(&mut self, name: &str) -> String {
        if std::mem::take(&mut self.turns) { looks::turned(name) } else { name.to_owned() }
    }

    fn heading(&mut self, level: u16, text: &str) {
        let style = self.style(&format!("Heading_20_{level}"));
        let text = said(text);
        self.text += &format!("<text:h text:style-name=\"{style}\" text:outline-level=\"{level}\">{text}</text:h>");
    }

    fn paragraphs(&mut self, style: &str, text: &str) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let style = self.style(style);
            self.text += &format!("<text:p text:style-name=\"{style}\">{}</text:p>", said(line));
        }
    }

    fn bullets(&mut self, points: &[String]) {
        self.text += "<text:list text:style-name=\"Bullets\">";
        for point in points {
            self.text += "<text:list-item>";
            self.paragraphs("List_20_Bullet", point);
            self.text += "</text:list-item>";
        }
        self.text += "</text:list>";
    }

    fn fact(&mut self, name: &str, value: &str) {
        let style = self.style("Fact");
        let lines: Vec<String> = value.lines().map(said).collect();
        self.text += &format!(
            "<text:p text:style-name=\"{style}\"><text:span text:style-name=\"Strong_20_Emphasis\">{}:</text:span> {}\
             </text:p>",
            said(name),
            lines.join("<text:line-break/>")
        );
    }

    fn link(&mut self, text: &str, address: &str) {
        let style = self.style("Text_20_body");
        self.text += &format!(
            "<text:p text:style-name=\"{style}\"><text:a xlink:type=\"simple\" xlink:href=\"{}\" \
             text:style-name=\"Internet_20_link\">{}</text:a></text:p>",
            said(address),
            said(text)
        );
    }

    /// Its caption stands above it; its heads stand again on each page.
    fn table(&mut self, table: &Table) {
        self.tables += 1;
        let number = self.tables;
        self.paragraphs("Table", &table.caption);
        self.text += &format!("<table:table table:name=\"Table {number}\" table:style-name=\"Whole_width\">");
        let all: f32 = table.columns.iter().map(|column| column.share).sum();
        for (column, head) in table.columns.iter().enumerate() {
            let width = looks::TEXT_WIDTH_CM * head.share / all.max(0.001);
            self.widths += &format!(
                "<style:style style:name=\"Table{number}.{column}\" style:family=\"table-column\">\
                 <style:table-column-properties style:column-width=\"{width:.3}cm\"/></style:style>"
            );
            let element = format!("<table:table-column table:style-name=\"Table{number}.{column}\"/>");
            // The first cell of a row is its head.
            self.text += &match column {
                0 => format!("<table:table-header-columns>{element}</table:table-header-columns>"),
                _ => element,
            };
        }
        self.text += "<table:table-header-rows>";
        let heads: Vec<&str> = table.columns.iter().map(|column| column.head.as_str()).collect();
        self.row(&heads, "Head_cell", |_| "Table_20_Heading");
        self.text += "</table:table-header-rows>";
        for row in &table.rows {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            self.row(&cells, "Cell", |column| if column == 0 { "Row_20_Heading" } else { "Table_20_Contents" });
        }
        self.text += "</table:table>";
    }

    fn row(&mut self, cells: &[&str], style: &str, style_of: impl Fn(usize) -> &'static str) {
        self.text += "<table:table-row>";
        for (column, cell) in cells.iter().enumerate() {
            self.text += &format!("<table:table-cell table:style-name=\"{style}\" office:value-type=\"string\">");
            match cell.trim() {
                "" => self.text += &format!("<text:p text:style-name=\"{}\"/>", style_of(column)),
                text => self.paragraphs(style_of(column), text),
            }
            self.text += "</table:table-cell>";
        }
        self.text += "</table:table-row>";
    }
}

/// A text as it stands in XML, which cannot hold every character.
fn said(text: &str) -> String {
    let legal = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let text: String = text.chars().map(|c| if c == '\t' { ' ' } else { c }).filter(legal).collect();
    escape(text.as_str()).into_owned()
}

fn time_of(at: NaiveDateTime) -> DateTime {
    let year = u16::try_from(at.year()).unwrap_or(1980);
    let [month, day, hour, minute, second] =
        [at.month(), at.day(), at.hour(), at.minute(), at.second()].map(|part| u8::try_from(part).unwrap_or_default());
    DateTime::from_date_and_time(year, month, day, hour, minute, second).unwrap_or_default()
}
