//! String catalogs of Xcode (`.xcstrings`): JSON with all languages. A string that has no text in the source language is its
//! own key.

use serde_json::value::RawValue;

use super::super::xml::Fault;
use super::json::{Member, members, root, string};
use super::syntax::{Syntax, is_ascii};
use super::{Entry, side_of_tag};
use crate::text::Side;

/// The language of the source texts.
pub fn source_language(text: &str) -> Option<Side> {
    side_of_tag(&source_tag(text, &members(text, root(text).ok()?).ok()?)?)
}

/// The strings in Chinese and in English. Their first key is the tag of the language.
pub fn parse(text: &str) -> Result<Vec<Entry>, Fault> {
    let members_of_root = members(text, root(text)?)?;
    let source = source_tag(text, &members_of_root).unwrap_or_else(|| "en".to_owned());
    let mut entries = Vec::new();
    for member in object(text, &members_of_root, "strings")? {
        let properties = members(text, member.value)?;
        let is_fixed = |p: &Member<'_>| p.name == "shouldTranslate" && p.value.get() == "false";
        if properties.iter().any(is_fixed) {
            continue;
        }
        let catalog = Catalog {
            text,
            syntax: Syntax::Json { ascii: is_ascii(text) },
        };
        let start = entries.len();
        let mut has_source = false;
        for localization in object(text, &properties, "localizations")? {
            if side_of_tag(&localization.name).is_some() {
                has_source |= localization.name == source.as_str();
                let mut key = vec![localization.name.into_owned(), member.name.clone().into_owned()];
                catalog.walk(localization.value, &mut key, &mut entries)?;
            }
        }
        if !has_source && side_of_tag(&source).is_some() {
            // One for each form of the translations.
            let mut forms: Vec<Vec<String>> = entries[start..].iter().map(|e| e.key[1..].to_vec()).collect();
            forms.sort();
            forms.dedup();
            if forms.is_empty() {
                forms.push(vec![member.name.clone().into_owned()]);
            }
            for form in forms {
                let key = std::iter::once(source.clone()).chain(form).collect();
                entries.extend(string(text, member.key, key, Syntax::Fixed)?);
            }
        }
    }
    Ok(entries)
}

/// The tag of the language of the source texts.
fn source_tag(text: &str, root: &[Member<'_>]) -> Option<String> {
    let value = root.iter().find(|member| member.name == "sourceLanguage")?.value;
    let tag = string(text, value, Vec::new(), Syntax::Fixed).ok()??;
    Some(tag.text.text().to_owned())
}

/// The members of the object that a member is; none without it.
fn object<'a>(text: &str, members_of: &[Member<'a>], name: &str) -> Result<Vec<Member<'a>>, Fault> {
    let member = members_of.iter().find(|member| member.name == name);
    member.map_or_else(|| Ok(Vec::new()), |member| members(text, member.value))
}

struct Catalog<'t> {
    text: &'t str,
    syntax: Syntax,
}

impl Catalog<'_> {
    /// Adds the text of a localization, of a form of it for a number or a device, or of a part of it with forms of its own.
    fn walk(&self, value: &RawValue, key: &mut Vec<String>, entries: &mut Vec<Entry>) -> Result<(), Fault> {
        let localization = members(self.text, value)?;
        let unit = object(self.text, &localization, "stringUnit")?;
        let is_new = |p: &Member<'_>| p.name == "state" && p.value.get() == "\"new\"";
        if let Some(value) = unit.iter().find(|p| p.name == "value")
            && !unit.iter().any(is_new)
        {
            entries.extend(string(self.text, value.value, key.clone(), self.syntax)?);
        }
        let variations = object(self.text, &localization, "variations")?;
        let forms = variations.iter().map(|kind| members(self.text, kind.value));
        for group in forms.chain([object(self.text, &localization, "substitutions")]) {
            for form in group? {
                key.push(form.name.into_owned());
                self.walk(form.value, key, entries)?;
                key.pop();
            }
        }
        Ok(())
    }
}
