//! What the styles of a document make of its paragraphs.

use std::collections::HashMap;

use crate::document::BlockKind;
use crate::formats::ooxml::{Token, Tokens};
use crate::formats::package::Part;
use crate::formats::package_fault::PackageFault;

/// Longest chain of styles that are based on each other. Word allows ten.
const LONGEST_CHAIN: usize = 20;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::formats) struct Role {
    /// Its outline level from 1 on; 0 for a title without one.
    pub heading: Option<u8>,
    /// Whether it is numbered or has a bullet.
    pub numbered: Option<bool>,
    /// Whether Word generates it, as it does tables of contents.
    pub generated: bool,
}

impl Role {
    /// The kind of block, where the role says it.
    pub fn kind(self) -> Option<BlockKind> {
        match self.heading {
            Some(level) => Some(BlockKind::Heading(level)),
            None => (self.numbered == Some(true)).then_some(BlockKind::ListItem),
        }
    }
}

/// The level, from 1 on, of a heading with this outline level. 9 is body text.
pub(in crate::formats) fn heading(outline: u8) -> Option<u8> {
    (outline < 9).then_some(outline + 1)
}

/// The paragraph styles of a document, by id.
#[derive(Debug, Default)]
pub(in crate::formats) struct Styles {
    styles: HashMap<String, Style>,
    default: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    role: Role,
}

impl Styles {
    /// Reads the part with the styles.
    pub fn read(part: &Part) -> Result<Self, PackageFault> {
        let mut styles = Self::default();
        let mut tokens = Tokens::new(part);
        let (mut id, mut style) = (None, Style::default());
        loop {
            let tag = match tokens.next()?.0 {
                Token::Start(tag) => tag,
                Token::Eof => break,
                _ => continue,
            };
            let value = || tag.attribute("val").unwrap_or_default();
            if tag.is_word("style") {
                styles.add(id.take(), std::mem::take(&mut style));
                if tag.attribute("type").is_none_or(|t| t == "paragraph") {
                    id = tag.attribute("styleId");
                    if tag.attribute("default").is_some_and(|d| d == "1" || d == "true") {
                        styles.default.clone_from(&id);
                    }
                }
            } else if tag.is_word("basedOn") {
                style.based_on = Some(value());
            } else if tag.is_word("name") {
                style.role.name(&value());
            } else if tag.is_word("outlineLvl") {
                style.role.heading = value().parse().ok().and_then(heading);
            } else if tag.is_word("numId") {
                style.role.numbered = Some(value() != "0");
            } else if tag.is_word("pPrChange") {
                tokens.skip()?;
            }
        }
        styles.add(id, style);
        Ok(styles)
    }

    fn add(&mut self, id: Option<String>, style: Style) {
        if let Some(id) = id {
            self.styles.insert(id, style);
        }
    }

    /// What a paragraph in this style is, by the style itself and those that it is based on.
    pub fn role(&self, id: Option<&str>) -> Role {
        let mut role = Role::default();
        let mut next = id.or(self.default.as_deref());
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|id| self.styles.get(id)) else {
                break;
            };
            role.heading = role.heading.or(style.role.heading);
            role.numbered = role.numbered.or(style.role.numbered);
            role.generated |= style.role.generated;
            next = style.based_on.as_deref();
        }
        role
    }
}

impl Role {
    /// What the name of a built-in style says. Names are English in all languages of Word.
    fn name(&mut self, name: &str) {
        let name = name.to_lowercase();
        match name.as_str() {
            "title" => self.heading = Some(1),
            "subtitle" => self.heading = Some(0),
            _ => {}
        }
        if let Some(level) = name.strip_prefix("heading ").and_then(|n| n.parse().ok()) {
            self.heading = Some(level);
        }
        self.generated = name.starts_with("toc ") || name == "table of figures";
    }
}
