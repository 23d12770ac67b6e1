//! A static site of a glossary: a page for each concept, indexes by pinyin and by English, and a search. It works from a folder,
//! without a server, and all but the search without scripts.

mod concept;
mod index;
mod json_ld;
mod search;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use maud::{Markup, html};
use rayon::prelude::*;

use super::page::{STYLE, site_page, text};
use crate::glossary::Concept;
use crate::run::Usage;

const SCRIPT: &str = include_str!("script.js");
const OWN_STYLE: &str = include_str!("style.css");

/// The folders of a site, which hold nothing else.
pub const FOLDERS: [&str; 4] = ["concepts", "zh", "en", "search"];

/// A glossary to publish.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// The heading of the site.
    pub title: &'a str,
    /// The concepts.
    pub concepts: &'a [Concept],
    /// How texts use each of them.
    pub usage: Option<&'a [Usage]>,
}

/// Where the files of a site go.
pub trait Put: Sync {
    /// Writes a file, given its path in the folder of the site.
    ///
    /// # Errors
    /// The system refuses.
    fn put(&self, path: &str, content: &str) -> io::Result<()>;
}

impl Site<'_> {
    /// Writes all files. The same glossary gives the same bytes.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &dyn Put) -> io::Result<()> {
        out.put("style.css", &[STYLE, OWN_STYLE].concat())?;
        out.put("script.js", SCRIPT)?;
        let shards = search::shards(self.concepts);
        out.put("index.html", &index::front(self, shards.len()).into_string())?;
        for (i, shard) in shards.iter().enumerate() {
            out.put(&format!("search/{i}.js"), shard)?;
        }
        index::write(self, out)?;
        let by_id: BTreeMap<&str, &Concept> = self.concepts.iter().map(|c| (&*c.id, c)).collect();
        let replaced = self.predecessors();
        self.concepts.par_iter().enumerate().try_for_each(|(i, c)| {
            let usage = self.usage.and_then(|usage| usage.get(i));
            let successor = c.replaced_by.as_deref().and_then(|id| by_id.get(id).copied());
            let earlier = replaced.get(&*c.id).map_or(&[][..], Vec::as_slice);
            let page = concept::page(self, c, usage, successor, earlier).into_string();
            out.put(&format!("concepts/{}.html", page_name(&c.id)), &page)
        })
    }

    /// The concepts that name each id as their successor.
    fn predecessors(&self) -> BTreeMap<&str, Vec<&Concept>> {
        let mut all: BTreeMap<&str, Vec<&Concept>> = BTreeMap::new();
        for concept in self.concepts {
            if let Some(successor) = &concept.replaced_by {
                all.entry(successor).or_default().push(concept);
            }
        }
        all
    }

    /// A page in a folder of the site.
    fn page(&self, title: &str, json_ld: Option<&serde_json::Value>, body: &Markup) -> Markup {
        let body = html! {
            a.skip href="#content" { "Skip to the content" }
            header.site {
                a href="../index.html" { (text(self.title)) }
                form action="../index.html" method="get" role="search" {
                    label { "Search " input type="search" name="q"; }
                    button { "Find" }
                }
            }
            main id="content" tabindex="-1" { (body) }
        };
        site_page(&format!("{title} · {}", self.title), "../", json_ld, &body, false)
    }
}

/// A link to the page of a concept, from a page in a folder of the site.
fn link(concept: &Concept, name: &Markup) -> Markup {
    html! { a href={ "../concepts/" (page_name(&concept.id)) ".html" } { (name) } }
}

/// The id as a name of a file on any system: other characters than those of ids in kebab-case, which a table may have, become
/// their code points.
fn page_name(id: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.chars().all(is_plain) {
        return Cow::Borrowed(id);
    }
    let written = |c: char| {
        if is_plain(c) {
            c.to_string()
        } else {
            format!("_{:x}_", u32::from(c))
        }
    };
    Cow::Owned(id.chars().map(written).collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::glossary::{Kind, Name, Status};

    /// The files of a site in memory.
    #[derive(Default)]
    struct Files(Mutex<BTreeMap<String, String>>);

    impl Put for Files {
        fn put(&self, path: &str, content: &str) -> io::Result<()> {
            let mut files = self.0.lock().unwrap();
            assert!(files.insert(path.to_owned(), content.to_owned()).is_none(), "{path}");
            Ok(())
        }
    }

    fn concepts() -> Vec<Concept> {
        let concept = |id: &str, zh: &str, en: &str| {
            let mut c = Concept::new(id, Kind::Institution);
            c.zh = vec![Name::new(zh, Status::Preferred)];
            c.en = vec![Name::new(en, Status::Preferred)];
            c
        };
        let mut old = concept("moa", "农业部", "Ministry of Agriculture");
        old.replaced_by = Some("mara".into());
        old.valid_to = Some("2018-03-18".into());
        let mut new = concept("mara", "农业农村部", "Ministry of Agriculture and Rural Affairs");
        new.en.push(Name::new("<b>MARA</b>", Status::Forbidden));
        new.citation = Some("www.moa.gov.cn/a, javascript:alert(1)".into());
        vec![old, new, concept("chongqing", "重庆", "Chongqing")]
    }

    fn files(usage: Option<&[Usage]>) -> BTreeMap<String, String> {
        let files = Files::default();
        let concepts = concepts();
        let site = Site {
            title: "Names",
            concepts: &concepts,
            usage,
        };
        site.write(&files).unwrap();
        files.0.into_inner().unwrap()
    }

    #[test]
    fn every_concept_has_a_page_and_its_names_are_in_the_indexes() {
        let files = files(None);
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        let expected = [
            "concepts/chongqing.html",
            "concepts/mara.html",
            "concepts/moa.html",
            "en/c.html",
            "en/m.html",
            "en/other.html",
            "index.html",
            "script.js",
            "search/0.js",
            "style.css",
            "zh/c.html",
            "zh/n.html",
        ];
        assert_eq!(names, expected);
        assert!(files["zh/c.html"].contains("../concepts/chongqing.html"));
        assert!(files["search/0.js"].contains("chongqing\\t重庆\\tChongqing\\t\\tchong qing"));
        assert!(files["concepts/moa.html"].contains("<a href=\"../concepts/mara.html\">"));
        assert!(files["concepts/mara.html"].contains("<a href=\"../concepts/moa.html\">"));
    }

    #[test]
    fn names_are_text_and_only_web_addresses_are_links() {
        let page = &files(None)["concepts/mara.html"];
        assert!(
            page.contains("&lt;b&gt;MARA&lt;/b&gt;") && !page.contains("<b>"),
            "{page}"
        );
        assert!(
            page.contains("<a href=\"https://www.moa.gov.cn/a\">www.moa.gov.cn/a</a>, javascript:alert(1)"),
            "{page}"
        );
        let json = page
            .split_once("ld+json\">")
            .unwrap()
            .1
            .split_once("</script>")
            .unwrap()
            .0;
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(json["@type"], "DefinedTerm");
        assert_eq!(json["name"][0]["@value"], "农业农村部");
        // A forbidden name is no name for machines.
        assert_eq!(json["alternateName"], serde_json::Value::Null);
    }

    #[test]
    fn an_id_leads_to_no_other_folder() {
        assert_eq!(page_name("cas-2"), "cas-2");
        assert_eq!(page_name("../A"), "_2e__2e__2f__41_");
    }

    #[test]
    fn usages_are_counted() {
        let mut usage = vec![Usage::default(); 3];
        usage[1].pairs = 7;
        usage[1]
            .renderings
            .insert("the Ministry".to_owned(), (Status::Admitted, 5));
        usage[1].unrendered = 2;
        usage[1].first_unrendered = Some("a.md:3".to_owned());
        let files = files(Some(&usage));
        let page = &files["concepts/mara.html"];
        assert!(
            page.contains("7 pairs") && page.contains("the Ministry") && page.contains("a.md:3"),
            "{page}"
        );
        assert!(files["concepts/moa.html"].contains("No text names it"));
    }
}
