//! Texts that a program has in memory, in place of files: whole documents and whole corpora. [`super::RecordChecker`] is for pairs.

use rayon::prelude::*;

use super::aligning::align_document;
use super::records::documents_of_pairs;
use super::{AlignUnit, Alignment, Run, RunError};
use crate::finding::Finding;
use crate::formats::lines;
use crate::text::Sides;

impl Run {
    /// The findings in pairs that form a corpus, those of the rules that compare pairs included, in report order. They are what
    /// [`Run::check`] finds in a file called `name`; lines and columns count as in a table, each pair in a line of Chinese, a tab and
    /// English.
    ///
    /// ```
    /// use bilint::run::{Run, Settings};
    ///
    /// let select = vec!["inconsistent-translation".to_owned()];
    /// let run = Run::new(Settings { select, ..Settings::default() })?;
    /// let pairs = [("总投资三亿元。", "Total investment: 300 million yuan."), ("总投资三亿元。", "It cost 300 million yuan.")];
    /// let findings = run.check_corpus("", &pairs)?;
    /// assert_eq!(findings[0].rule, "inconsistent-translation");
    /// # Ok::<(), bilint::run::RunError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Run::check`].
    pub fn check_corpus(&self, name: &str, pairs: &[(&str, &str)]) -> Result<Vec<Finding>, RunError> {
        let documents: Vec<_> = documents_of_pairs(name, pairs).collect();
        Ok(self.check_documents(documents.into_iter(), &())?.findings)
    }

    /// The findings in a document of these paragraphs, which are aligned first, in report order. They are what [`Run::check`] finds
    /// in a record of a whole document with this id in a file called `name`; lines count as if each paragraph were a line.
    ///
    /// ```
    /// use bilint::run::{Run, Settings};
    /// use bilint::text::Sides;
    ///
    /// let run = Run::new(Settings::default())?;
    /// let zh = ["会议在北京举行。", "共有三家企业参加。", "会议还讨论了开放科学。"];
    /// let en = ["The meeting was held in Beijing.", "Open science was discussed, too."];
    /// let findings = run.check_paragraphs("", Some("1"), Sides::new(&zh, &en))?;
    /// assert_eq!(findings[0].rule, "paragraph-omitted");
    /// assert_eq!(findings[0].pair.zh_blocks, 1..2);
    /// # Ok::<(), bilint::run::RunError>(())
    /// ```
    ///
    /// # Errors
    /// As [`Run::check`].
    pub fn check_paragraphs(
        &self,
        name: &str,
        id: Option<&str>,
        paragraphs: Sides<&[&str]>,
    ) -> Result<Vec<Finding>, RunError> {
        let document = lines::document_of_paragraphs(name, id, paragraphs);
        Ok(self.check_documents(std::iter::once(document), &())?.findings)
    }

    /// The alignment of these paragraphs; `unit` is not [`AlignUnit::Line`], which aligns files.
    pub fn align_paragraphs(&self, paragraphs: Sides<&[&str]>, unit: AlignUnit) -> Alignment {
        let document = lines::document_of_paragraphs("", None, paragraphs);
        align_document(&document, unit, self.tools())
    }
}
