//! Writes TBX-Basic, version 3, in the DCA style.

use std::collections::HashSet;
use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::{ADMITTED, DEPRECATED, EXTRA, ID_PREFIX, PREFERRED, divide};
use crate::glossary::load::fields::{keys, text_of};
use crate::glossary::{Concept, Name, Status};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
  <tbxHeader>
    <fileDesc>
      <sourceDesc>
        <p>A glossary of bilint. Notes of the form “key: text” hold fields that TBX-Basic has no data category for.</p>
      </sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text>
    <body>
"#;

/// The concepts as a TBX file.
pub(in crate::glossary::exchange) fn write(concepts: &[Concept]) -> String {
    let ids: HashSet<&str> = concepts.iter().map(|c| &*c.id).collect();
    let mut out = Writer(HEAD.to_owned());
    for concept in concepts {
        out.concept(concept, &ids);
    }
    out.0.push_str("    </body>\n  </text>\n</tbx>\n");
    out.0
}

struct Writer(String);

impl Writer {
    fn line(&mut self, depth: usize, line: &str) {
        let _ = writeln!(self.0, "{:1$}{line}", "", depth * 2);
    }

    /// An element with a text; `start` is its name and attributes.
    fn element(&mut self, depth: usize, start: &str, text: &str) {
        let name = start.split(' ').next().unwrap_or_default();
        self.line(depth, &format!("<{start}>{}</{name}>", xml(text)));
    }

    fn note(&mut self, depth: usize, key: &str, text: &str) {
        for line in text.lines() {
            self.element(depth, "note", &format!("{key}: {line}"));
        }
    }

    fn concept(&mut self, concept: &Concept, ids: &HashSet<&str>) {
        self.line(3, &format!("<conceptEntry id=\"{ID_PREFIX}{}\">", xml(&concept.id)));
        self.element(4, "descrip type=\"subjectField\"", concept.kind.name());
        if let Some(citation) = &concept.citation {
            self.element(4, "admin type=\"source\"", citation);
        }
        for key in keys().filter(|k| !["kind", "acronym", "citation", "history"].contains(k)) {
            match (key, text_of(concept, key)) {
                (_, None) => {}
                ("note", Some(note)) if divide(&note).is_none() => self.element(4, "note", &note),
                ("replaced-by", Some(id)) if ids.contains(&*id) => {
                    let target = format!("{ID_PREFIX}{}", xml(&id));
                    self.element(
                        4,
                        &format!("ref type=\"crossReference\" target=\"{target}\""),
                        "replaced-by",
                    );
                }
                (key, Some(text)) => self.note(4, key, &text),
            }
        }
        for (key, text) in &concept.extra {
            self.element(4, "note", &format!("{EXTRA}{}: {text}", key.replace(": ", ":\u{a0}")));
        }
        for change in &concept.history {
            self.line(4, "<transacGrp>");
            self.element(5, "transac type=\"transactionType\"", "modification");
            self.element(5, "date", &change.date);
            self.element(5, "transacNote type=\"responsibility\"", &change.author);
            self.element(5, "note", &change.change);
            if let Some(reason) = &change.reason {
                self.element(5, "note", reason);
            }
            self.line(4, "</transacGrp>");
        }
        for (language, names) in [("zh", &concept.zh), ("en", &concept.en)] {
            self.line(4, &format!("<langSec xml:lang=\"{language}\">"));
            for name in names {
                self.name(name);
            }
            if let Some(acronym) = concept.acronym.as_ref().filter(|_| language == "en") {
                self.line(5, "<termSec>");
                self.element(6, "term", acronym);
                self.element(6, "termNote type=\"administrativeStatus\"", ADMITTED);
                self.element(6, "termNote type=\"termType\"", "acronym");
                self.line(5, "</termSec>");
            }
            self.line(4, "</langSec>");
        }
        self.line(3, "</conceptEntry>");
    }

    fn name(&mut self, name: &Name) {
        self.line(5, "<termSec>");
        self.element(6, "term", &name.text);
        let status = match name.status {
            Status::Preferred => PREFERRED,
            Status::Admitted => ADMITTED,
            Status::Deprecated | Status::Forbidden => DEPRECATED,
        };
        self.element(6, "termNote type=\"administrativeStatus\"", status);
        if name.status == Status::Forbidden {
            self.note(6, "status", Status::Forbidden.name());
        }
        match &name.note {
            Some(note) if divide(note).is_some() => self.note(6, "note", note),
            Some(note) => self.element(6, "note", note),
            None => {}
        }
        self.line(5, "</termSec>");
    }
}

/// Text for XML 1.0, without the characters that it cannot hold.
fn xml(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    escape(text.chars().filter(allowed).collect::<String>()).into_owned()
}
