//! The parts of a Word document around its body (ECMA-376, part 1).

use crate::formats::{AUTHOR, PROPERTIES, PackageFault, REPORT_CATEGORY, pack as pack_parts};
use crate::text::date::Date;

use super::{escaped, paragraph, run};

const STYLES: &str = include_str!("styles.xml");

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    <Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
    <Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
    <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
    </Types>";

/// A sheet of A4 on its side with margins of two centimetres.
const SECTION: &str = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/>\
    <w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>\
    <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>\
    </w:sectPr>";

/// Without this, Word lays the document out as a version before 2013 did.
const SETTINGS: &str = "<w:compat><w:compatSetting w:name=\"compatibilityMode\" \
    w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>";

/// The bytes of a document with this body, and its title and the number of the page at the foot of each page.
pub(super) fn pack(title: &str, day: Date, body: &str) -> Result<Vec<u8>, PackageFault> {
    let document = format!("{HEAD}<w:document {WORD}><w:body>{body}{SECTION}</w:body></w:document>");
    let number = |field: &str| format!("<w:fldSimple w:instr=\" {field} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    let footer = [
        run("", &format!("{AUTHOR}: {title}, {day}")),
        "<w:r><w:tab/></w:r>".to_owned(),
        number("PAGE"),
        run("", " / "),
        number("NUMPAGES"),
    ];
    let footer = format!("{HEAD}<w:ftr {WORD}>{}</w:ftr>", paragraph("Footer", &footer.concat()));
    pack_parts(&[
        ("[Content_Types].xml", format!("{HEAD}{TYPES}")),
        (
            "_rels/.rels",
            relationships(&[
                ("officeDocument", "word/document.xml"),
                ("metadata/core-properties", PROPERTIES),
            ]),
        ),
        (PROPERTIES, properties(title, day)),
        ("word/document.xml", document),
        (
            "word/_rels/document.xml.rels",
            relationships(&[
                ("styles", "styles.xml"),
                ("settings", "settings.xml"),
                ("footer", "footer1.xml"),
            ]),
        ),
        ("word/styles.xml", STYLES.to_owned()),
        (
            "word/settings.xml",
            format!("{HEAD}<w:settings {WORD}>{SETTINGS}</w:settings>"),
        ),
        ("word/footer1.xml", footer),
    ])
}

/// A list of relationships, each with what it is for and the part that it leads to. Their ids are `rId1`, `rId2` …
fn relationships(parts: &[(&str, &str)]) -> String {
    let one = |((purpose, target), number): (&(&str, &str), usize)| {
        // The properties are those of all packages, not of Office files alone.
        let base = if purpose.contains('/') {
            "http://schemas.openxmlformats.org/package/2006/relationships"
        } else {
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        };
        format!("<Relationship Id=\"rId{number}\" Type=\"{base}/{purpose}\" Target=\"{target}\"/>")
    };
    let all: String = parts.iter().zip(1..).map(one).collect();
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
    )
}

fn properties(title: &str, day: Date) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{AUTHOR}</dc:creator>\
         <cp:category>{REPORT_CATEGORY}</cp:category>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created></cp:coreProperties>",
        escaped(&format!("{AUTHOR}: {title}"))
    )
}
