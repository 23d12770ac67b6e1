//! Parts that change in a copy of a package, and new ones that others refer to.

use std::collections::BTreeMap;
use std::ops::Range;

use super::ooxml::{Token, Tokens, for_each_tag, relationships_of};
use super::package::{Package, Part};
use super::package_fault::PackageFault;

const CONTENT_TYPES: &str = "[Content_Types].xml";
const CONTENT_TYPES_NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// The parts of a package that change.
pub struct Changes<'p, 'b> {
    package: &'p mut Package<'b>,
    parts: BTreeMap<String, Part>,
}

impl<'p, 'b> Changes<'p, 'b> {
    /// No changes of this package yet.
    pub const fn new(package: &'p mut Package<'b>) -> Self {
        Self {
            package,
            parts: BTreeMap::new(),
        }
    }

    /// The part with this name as it is now; `None` if there is none.
    ///
    /// # Errors
    /// As [`Package::part`].
    pub fn part(&mut self, name: &str) -> Result<Option<&mut Part>, PackageFault> {
        if !self.parts.contains_key(name) {
            let Some(part) = self.package.part(name)? else {
                return Ok(None);
            };
            self.parts.insert(name.to_owned(), part);
        }
        Ok(self.parts.get_mut(name))
    }

    /// Changes the text of a part, or adds one.
    pub fn set(&mut self, part: Part) {
        self.parts.insert(part.name.clone(), part);
    }

    /// Adds a part in `folder`, named by the first of these files that is not there yet, and returns its name.
    ///
    /// # Errors
    /// All names are taken.
    pub fn add(
        &mut self,
        folder: &str,
        mut files: impl Iterator<Item = String>,
        text: String,
    ) -> Result<String, PackageFault> {
        let is_taken = |name: &String| self.package.contains(name) || self.parts.contains_key(name);
        let name = files
            .by_ref()
            .map(|file| format!("{folder}/{file}").trim_start_matches('/').to_owned())
            .find(|name| !is_taken(name));
        let name = name.ok_or_else(|| PackageFault::Damaged("parts that nothing refers to".to_owned()))?;
        self.set(Part::new(name.clone(), text));
        Ok(name)
    }

    /// Declares the type of a part.
    ///
    /// # Errors
    /// The list of types is missing or damaged.
    pub fn declare(&mut self, name: &str, content_type: &str) -> Result<(), PackageFault> {
        let types = self.part(CONTENT_TYPES)?;
        let types = types.ok_or_else(|| PackageFault::Damaged(format!("no {CONTENT_TYPES}")))?;
        types.append(&format!(
            "<Override xmlns=\"{CONTENT_TYPES_NAMESPACE}\" PartName=\"/{name}\" ContentType=\"{content_type}\"/>"
        ))
    }

    /// Adds a relationship of the part `from` to the part `to`, and returns its id. `kind` is a URI that says what for.
    ///
    /// # Errors
    /// The relationships of the part are damaged.
    pub fn relate(&mut self, from: &str, kind: &str, to: &str) -> Result<String, PackageFault> {
        let list = relationships_of(from);
        if self.part(&list)?.is_none() {
            self.set(Part::new(
                list.clone(),
                format!("<Relationships xmlns=\"{RELATIONSHIPS}\"/>"),
            ));
        }
        let mut ids = Vec::new();
        let mut id = String::new();
        if let Some(list) = self.part(&list)? {
            for_each_tag(list, |tag| ids.extend(tag.attribute("Id")))?;
            let free = (1..=ids.len() + 1).map(|n| format!("rId{n}"));
            id = free.into_iter().find(|id| !ids.contains(id)).unwrap_or_default();
            list.append(&format!(
                "<Relationship xmlns=\"{RELATIONSHIPS}\" Id=\"{id}\" Type=\"{kind}\" Target=\"/{to}\"/>"
            ))?;
        }
        Ok(id)
    }

    /// The parts that changed or are new, as [`Package::rewrite`] takes them.
    pub fn into_parts(self) -> BTreeMap<String, Vec<u8>> {
        self.parts
            .into_iter()
            .map(|(name, part)| (name, part.encode(&part.text)))
            .collect()
    }
}

/// The root of a part.
pub struct Root {
    /// The prefix of its name.
    pub prefix: String,
    /// Its name with prefix.
    pub name: String,
    /// The bytes of its end tag; empty where it has none, as in `<a/>`.
    pub end: Range<usize>,
}

impl Part {
    /// Its root.
    ///
    /// # Errors
    /// A part without an element, or one that is not well-formed.
    pub fn root(&self) -> Result<Root, PackageFault> {
        let mut tokens = Tokens::new(self);
        let mut name = String::new();
        let mut depth = 0;
        loop {
            let (token, bytes) = tokens.next()?;
            match token {
                Token::Start(tag) => {
                    if depth == 0 {
                        tag.written_name().clone_into(&mut name);
                    }
                    depth += 1;
                }
                Token::End => {
                    depth -= 1;
                    if depth == 0 {
                        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix).to_owned();
                        return Ok(Root {
                            prefix,
                            name,
                            end: bytes,
                        });
                    }
                }
                Token::Eof => return Err(PackageFault::Damaged(format!("{} is empty", self.name))),
                _ => {}
            }
        }
    }

    /// Adds elements at the end of its root.
    ///
    /// # Errors
    /// As [`Part::root`].
    pub fn append(&mut self, elements: &str) -> Result<(), PackageFault> {
        let root = self.root()?;
        let (before, after) = self.text.split_at(root.end.start);
        self.text = match before.strip_suffix("/>").filter(|_| root.end.is_empty()) {
            Some(open) => format!("{open}>{elements}</{}>{after}", root.name),
            None => format!("{before}{elements}{after}"),
        };
        Ok(())
    }
}
