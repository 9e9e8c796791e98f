//! How text documents look: A4, a plain face, space above headings, rules in tables; and the parts of the file that are
//! always the same.

pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

pub(super) const NAMESPACES: &str = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
    xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
    xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
    xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
    xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" \
    xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

pub(super) const MANIFEST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.3\">\
    <manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.3\" \
    manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>\
    <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
    <manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>\
    <manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>";

/// Between the margins of the page.
pub(super) const TEXT_WIDTH_CM: f32 = 17.0;

/// Name, name as people see it, and what a paragraph of it looks like.
const PARAGRAPHS: &[(&str, &str, &str)] = &[
    (
        "Text_20_body",
        "Text body",
        "<style:paragraph-properties fo:margin-top=\"0cm\" fo:margin-bottom=\"0.25cm\" fo:line-height=\"130%\"/>",
    ),
    (
        "Fact",
        "Fact",
        "<style:paragraph-properties fo:margin-top=\"0cm\" fo:margin-bottom=\"0.15cm\" fo:line-height=\"130%\"/>",
    ),
    (
        "Remark",
        "Remark",
        "<style:paragraph-properties fo:margin-top=\"0cm\" fo:margin-bottom=\"0.25cm\"/>\
         <style:text-properties fo:font-size=\"9.5pt\" fo:color=\"#4a4a4a\"/>",
    ),
    ("List_20_Bullet", "List Bullet", "<style:paragraph-properties fo:margin-top=\"0cm\" fo:margin-bottom=\"0.1cm\"/>"),
    (
        "Table",
        "Table",
        "<style:paragraph-properties fo:margin-top=\"0.25cm\" fo:margin-bottom=\"0.1cm\" fo:keep-with-next=\"always\"/>\
         <style:text-properties fo:font-size=\"9.5pt\" fo:color=\"#4a4a4a\"/>",
    ),
    ("Table_20_Contents", "Table Contents", "<style:text-properties fo:font-size=\"9.5pt\"/>"),
    ("Table_20_Heading", "Table Heading", "<style:text-properties fo:font-size=\"9.5pt\" fo:font-weight=\"bold\"/>"),
    ("Row_20_Heading", "Row Heading", "<style:text-properties fo:font-size=\"9.5pt\" fo:font-weight=\"bold\"/>"),
];

/// Size in points, and the space above in centimetres, of each level.
const HEADINGS: [(u16, f32, f32); 4] = [(1, 22.0, 0.0), (2, 16.0, 0.8), (3, 13.0, 0.6), (4, 11.0, 0.45)];

/// The name of the style like another that begins a page.
pub(super) fn turned(name: &str) -> String {
    format!("{name}_turned")
}

/// Those that a document brings with it: for tables, and for whatever begins a page.
pub(super) fn of_tables_and_turns() -> String {
    let headings = HEADINGS.map(|(level, ..)| format!("Heading_20_{level}"));
    let names = PARAGRAPHS.iter().map(|(name, ..)| (*name).to_owned()).chain(headings);
    let turns: String = names
        .map(|name| {
            format!(
                "<style:style style:name=\"{}\" style:family=\"paragraph\" style:parent-style-name=\"{name}\">\
                 <style:paragraph-properties fo:break-before=\"page\"/></style:style>",
                turned(&name)
            )
        })
        .collect();
    let cell = |name: &str, more: &str| {
        format!(
            "<style:style style:name=\"{name}\" style:family=\"table-cell\"><style:table-cell-properties \
             fo:padding=\"0.12cm\" fo:border-bottom=\"0.5pt solid #b1b4b6\"{more}/></style:style>"
        )
    };
    format!(
        "<style:style style:name=\"Whole_width\" style:family=\"table\"><style:table-properties \
         style:width=\"{TEXT_WIDTH_CM}cm\" table:align=\"left\" fo:margin-bottom=\"0.35cm\"/></style:style>{}{}{turns}",
        cell("Head_cell", " fo:background-color=\"#ede4f0\""),
        cell("Cell", "")
    )
}

/// The part of the file with all styles; `foot` stands at the foot of each page.
pub(super) fn styles(foot: &str) -> String {
    let heading = |(level, size, above): (u16, f32, f32)| {
        format!(
            "<style:style style:name=\"Heading_20_{level}\" style:display-name=\"Heading {level}\" \
             style:family=\"paragraph\" style:parent-style-name=\"Heading\" style:next-style-name=\"Text_20_body\" \
             style:default-outline-level=\"{level}\"><style:paragraph-properties fo:margin-top=\"{above}cm\" \
             fo:margin-bottom=\"0.2cm\"/><style:text-properties fo:font-size=\"{size}pt\"/></style:style>"
        )
    };
    let paragraph = |(name, shown, looks): &(&str, &str, &str)| {
        format!(
            "<style:style style:name=\"{name}\" style:display-name=\"{shown}\" style:family=\"paragraph\" \
             style:parent-style-name=\"Standard\">{looks}</style:style>"
        )
    };
    let level = |level: u16| format!("<text:outline-level-style text:level=\"{level}\" style:num-format=\"\"/>");
    format!(
        "{DECLARATION}<office:document-styles {NAMESPACES} office:version=\"1.3\"><office:styles>\
         <style:default-style style:family=\"paragraph\"><style:text-properties fo:font-family=\"Arial, 'Liberation \
         Sans', sans-serif\" fo:font-size=\"11pt\" fo:language=\"en\" fo:country=\"GB\" fo:color=\"#0b0c0c\"/>\
         </style:default-style>\
         <style:style style:name=\"Standard\" style:family=\"paragraph\"/>\
         <style:style style:name=\"Heading\" style:family=\"paragraph\" style:parent-style-name=\"Standard\" \
         style:next-style-name=\"Text_20_body\"><style:paragraph-properties fo:keep-with-next=\"always\"/>\
         <style:text-properties fo:font-weight=\"bold\"/></style:style>{headings}{paragraphs}\
         <style:style style:name=\"Footer\" style:family=\"paragraph\" style:parent-style-name=\"Standard\">\
         <style:text-properties fo:font-size=\"9pt\" fo:color=\"#4a4a4a\"/></style:style>\
         <style:style style:name=\"Strong_20_Emphasis\" style:display-name=\"Strong Emphasis\" style:family=\"text\">\
         <style:text-properties fo:font-weight=\"bold\"/></style:style>\
         <style:style style:name=\"Internet_20_link\" style:display-name=\"Internet link\" style:family=\"text\">\
         <style:text-properties fo:color=\"#1a5fa8\" style:text-underline-style=\"solid\"/></style:style>\
         <text:outline-style style:name=\"Outline\">{outline}</text:outline-style>\
         <text:list-style style:name=\"Bullets\"><text:list-level-style-bullet text:level=\"1\" \
         text:bullet-char=\"\u{2022}\"><style:list-level-properties text:list-level-position-and-space-mode=\
         \"label-alignment\"><style:list-level-label-alignment text:label-followed-by=\"listtab\" \
         fo:margin-left=\"0.8cm\" fo:text-indent=\"-0.5cm\"/></style:list-level-properties>\
         </text:list-level-style-bullet></text:list-style></office:styles>\
         <office:automatic-styles><style:page-layout style:name=\"A4\"><style:page-layout-properties \
         fo:page-width=\"21cm\" fo:page-height=\"29.7cm\" fo:margin-top=\"2cm\" fo:margin-bottom=\"1.5cm\" \
         fo:margin-left=\"2cm\" fo:margin-right=\"2cm\"/><style:footer-style><style:header-footer-properties \
         fo:min-height=\"0.8cm\" fo:margin-top=\"0.4cm\"/></style:footer-style></style:page-layout>\
         </office:automatic-styles><office:master-styles><style:master-page style:name=\"Standard\" \
         style:page-layout-name=\"A4\"><style:footer><text:p text:style-name=\"Footer\">{foot}, page \
         <text:page-number text:select-page=\"current\"/> of <text:page-count/></text:p></style:footer>\
         </style:master-page></office:master-styles></office:document-styles>",
        headings = HEADINGS.map(heading).concat(),
        paragraphs = PARAGRAPHS.iter().map(paragraph).collect::<String>(),
        outline = HEADINGS.map(|(of, ..)| level(of)).concat(),
    )
}
