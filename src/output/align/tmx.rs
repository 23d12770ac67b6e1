//! TMX 1.4b (LISA OSCAR, 2005): a translation unit for every bead with both sides.

use std::io::{self, Write};

use quick_xml::escape::escape;

use crate::run::{Alignment, Units};

pub(super) fn write(alignments: &[Alignment], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">")?;
    writeln!(out, "<tmx version=\"1.4\">")?;
    writeln!(
        out,
        "  <header creationtool=\"bilint\" creationtoolversion=\"{}\" segtype=\"block\" o-tmf=\"bilint\" \
         adminlang=\"en\" srclang=\"*all*\" datatype=\"plaintext\"/>",
        env!("CARGO_PKG_VERSION")
    )?;
    writeln!(out, "  <body>")?;
    for alignment in alignments {
        for row in alignment.rows.iter().filter(|r| r.is_pair() && !r.structure) {
            writeln!(out, "    <tu>")?;
            writeln!(out, "      <prop type=\"x-document\">{}</prop>", text(&alignment.name))?;
            writeln!(out, "      <prop type=\"x-confidence\">{:.3}</prop>", row.confidence)?;
            variant("zh", &row.zh, out)?;
            variant("en", &row.en, out)?;
            writeln!(out, "    </tu>")?;
        }
    }
    writeln!(out, "  </body>\n</tmx>")
}

fn variant(language: &str, units: &Units, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "      <tuv xml:lang=\"{language}\"><seg>{}</seg></tuv>",
        text(&units.joined("\n"))
    )
}

/// Text for XML 1.0, without the characters that it cannot hold.
fn text(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..);
    escape(text.chars().filter(allowed).collect::<String>()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::tests::example;
    use super::*;

    #[test]
    fn only_pairs_become_units_and_text_is_escaped() {
        let mut out = Vec::new();
        write(&[example()], &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.matches("<tu>").count(), 1);
        assert!(text.contains("<seg>Open\nscience &amp; more</seg>"), "{text}");
        assert!(text.contains("开放科学 &lt;1&gt;"), "{text}");
    }
}
