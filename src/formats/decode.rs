//! Bytes to text. In this order: what the user declares, byte order mark, the pattern of NUL bytes (UTF-16 without
//! mark), strict UTF-8, and only then statistics (chardetng). Nothing is ever replaced silently.

use std::string::FromUtf8Error;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::error::InputError;
use crate::text::script::{ScriptCount, is_cjk_punctuation, is_han};

/// A decoded file.
#[derive(Debug)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// What it was encoded in.
    pub encoding: &'static Encoding,
    /// Whether it began with a byte order mark.
    pub bom: bool,
}

/// Decodes a whole file.
///
/// # Errors
/// Broken UTF-8, sequences that the declared encoding does not have, binary files, and encodings that cannot be detected.
pub fn decode(path: &Arc<str>, bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Decoded, InputError> {
    let mark = Encoding::for_bom(&bytes);
    if let Some(encoding) = declared {
        let skip = mark.filter(|&(e, _)| e == encoding).map_or(0, |(_, n)| n);
        return strictly(path, encoding, bytes, skip);
    }
    if let Some((encoding, skip)) = mark {
        let decoded = strictly(path, encoding, bytes, skip)?;
        return if decoded.text.contains('\0') {
            Err(binary(path, "a binary file or UTF-32"))
        } else {
            Ok(decoded)
        };
    }
    if let Some(what) = signature(&bytes) {
        return Err(binary(path, what));
    }
    if bytes.contains(&0) {
        return utf16_without_mark(&bytes).ok_or_else(|| binary(path, "a binary file"));
    }
    match utf8(bytes) {
        Ok(text) => Ok(Decoded {
            text,
            encoding: UTF_8,
            bom: false,
        }),
        Err(e) => {
            let at = e.utf8_error().valid_up_to();
            let bytes = e.into_bytes();
            if is_utf8_with_a_fault(&bytes) {
                return Err(broken(path, &bytes, at, 1, 0));
            }
            by_statistics(path, &bytes)
        }
    }
}

/// The text that `bytes` are. Validates many bytes at a time, which more than makes up for the copy.
pub fn utf8(bytes: Vec<u8>) -> Result<String, FromUtf8Error> {
    match UTF_8.decode_without_bom_handling_and_without_replacement(&bytes) {
        Some(text) => Ok(text.into_owned()),
        None => String::from_utf8(bytes),
    }
}

/// The error for bytes that stop being UTF-8 at `at`; they start in line `first_line` at byte `before` of the file.
pub fn broken(path: &Arc<str>, bytes: &[u8], at: usize, first_line: usize, before: u64) -> InputError {
    let (line, column) = place(&String::from_utf8_lossy(&bytes[..at]));
    InputError::BrokenUtf8 {
        path: Arc::clone(path),
        line: first_line + line - 1,
        column,
        byte: before + at as u64,
    }
}

/// The encoding of a label such as `gbk`, `UTF-8` or `big5`, as the WHATWG standard lists them.
pub fn encoding_for(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.trim().as_bytes())
}

fn binary(path: &Arc<str>, what: &'static str) -> InputError {
    InputError::Binary {
        path: Arc::clone(path),
        what,
    }
}

/// 1-based line and column (code points) of the end of `text`.
fn place(text: &str) -> (usize, usize) {
    let start = text.rfind('\n').map_or(0, |i| i + 1);
    (
        text.bytes().filter(|&b| b == b'\n').count() + 1,
        text[start..].chars().count() + 1,
    )
}

fn strictly(
    path: &Arc<str>,
    encoding: &'static Encoding,
    mut bytes: Vec<u8>,
    skip: usize,
) -> Result<Decoded, InputError> {
    let bom = skip > 0;
    if encoding == UTF_8 {
        bytes.drain(..skip);
        return match utf8(bytes) {
            Ok(text) => Ok(Decoded { text, encoding, bom }),
            Err(e) => {
                let at = e.utf8_error().valid_up_to();
                Err(broken(path, e.as_bytes(), at, 1, skip as u64))
            }
        };
    }
    let rest = &bytes[skip..];
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(rest) {
        let text = text.into_owned();
        return Ok(Decoded { text, encoding, bom });
    }
    let (line, column) = place(&valid_prefix(encoding, rest));
    Err(InputError::Malformed {
        path: Arc::clone(path),
        encoding: encoding.name(),
        line,
        column,
    })
}

/// What `encoding` makes of `bytes` up to the first malformed sequence.
fn valid_prefix(encoding: &'static Encoding, bytes: &[u8]) -> String {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let mut at = 0;
    loop {
        text.reserve(4096);
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        if !matches!(result, DecoderResult::OutputFull) {
            return text;
        }
    }
}

/// Well-known binary formats that people pass by mistake.
fn signature(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 8] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive or an Office document"),
        (b"\xd0\xcf\x11\xe0", "an old Office document"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"\x1f\x8b", "compressed with gzip"),
        (b"SQLite format 3\0", "a database"),
        (b"PAR1", "Parquet (which `bilint filter` reads)"),
    ];
    KNOWN.iter().find(|(s, _)| bytes.starts_with(s)).map(|&(_, what)| what)
}

/// UTF-16 is recognised by what it decodes to: text, nearly all of it characters of the two languages.
fn utf16_without_mark(bytes: &[u8]) -> Option<Decoded> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let plausible = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(head);
        let (mut good, mut all) = (0usize, 0usize);
        for c in text.chars() {
            all += 1;
            good += usize::from(
                c.is_ascii_graphic() || matches!(c, ' ' | '\t' | '\r' | '\n') || is_han(c) || is_cjk_punctuation(c),
            );
        }
        (good * 10 >= all * 9 && all > 0).then_some(good)
    };
    let encoding = match (plausible(UTF_16LE), plausible(UTF_16BE)) {
        (Some(le), be) if be.is_none_or(|be| le >= be) => UTF_16LE,
        (_, Some(_)) => UTF_16BE,
        _ => return None,
    };
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(bytes)?
        .into_owned();
    (!text.contains('\0')).then_some(Decoded {
        text,
        encoding,
        bom: false,
    })
}

/// Whether bytes that are not UTF-8 are UTF-8 nevertheless but for a broken place: most sequences of three and more
/// bytes are sound. In GBK or Big5 text hardly any are.
fn is_utf8_with_a_fault(bytes: &[u8]) -> bool {
    let (mut sound, mut faults) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|&b| b >= 0xe0).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    let truncated = std::str::from_utf8(bytes).is_err_and(|e| e.error_len().is_none());
    sound > 0 && (sound >= 4 * faults || (truncated && faults == 1))
}

fn by_statistics(path: &Arc<str>, bytes: &[u8]) -> Result<Decoded, InputError> {
    let undecided = || InputError::UndecidedEncoding { path: Arc::clone(path) };
    let controls = bytes
        .iter()
        .filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b))
        .count();
    if controls * 50 > bytes.len() {
        return Err(binary(path, "a binary file"));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // GBK is decoded as GB18030, which holds it.
    let guess = match detector.guess(None, Utf8Detection::Deny) {
        e if e == GBK || e == GB18030 => GB18030,
        e => e,
    };
    let candidates = if guess == BIG5 {
        [BIG5, GB18030]
    } else {
        [guess, GB18030]
    };
    for encoding in candidates {
        let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
            continue;
        };
        if is_plausible(encoding, &text) {
            return Ok(Decoded {
                text: text.into_owned(),
                encoding,
                bom: false,
            });
        }
    }
    Err(undecided())
}

/// A text in a Chinese encoding has Han characters and few others beyond ASCII; one in windows-1252 is English with
/// curly quotes and the odd accent.
fn is_plausible(encoding: &'static Encoding, text: &str) -> bool {
    let foreign = text.chars().filter(|c| !c.is_ascii()).count();
    if encoding == GB18030 || encoding == BIG5 {
        let chinese = text.chars().filter(|&c| is_han(c) || is_cjk_punctuation(c)).count();
        chinese > 0 && chinese * 10 >= foreign * 9
    } else {
        encoding == WINDOWS_1252 && foreign * 10 <= text.chars().count() && ScriptCount::of(text).latin > 0
    }
}

/// Encodes text for writing back; `None` where the encoding lacks a character.
pub fn encode(text: &str, encoding: &'static Encoding, bom: bool) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() + 3);
    if encoding == UTF_16LE || encoding == UTF_16BE {
        let unit = |u: u16| {
            if encoding == UTF_16LE {
                u.to_le_bytes()
            } else {
                u.to_be_bytes()
            }
        };
        let mark = bom.then_some(0xfeff);
        out.extend(mark.into_iter().chain(text.encode_utf16()).flat_map(unit));
        return Some(out);
    }
    if bom && encoding == UTF_8 {
        out.extend("\u{feff}".as_bytes());
    }
    let mut encoder = encoding.new_encoder();
    let mut rest = text;
    loop {
        out.reserve(rest.len() + 64);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(rest, &mut out, true);
        rest = &rest[read..];
        match result {
            encoding_rs::EncoderResult::InputEmpty => return Some(out),
            encoding_rs::EncoderResult::OutputFull => {}
            encoding_rs::EncoderResult::Unmappable(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "中国同巴西、南非共同发起“开放科学国际合作倡议”。\nChina launched the Initiative.\n";

    fn path() -> Arc<str> {
        Arc::from("a.txt")
    }

    fn read(bytes: &[u8]) -> Result<Decoded, InputError> {
        decode(&path(), bytes.to_vec(), None)
    }

    #[test]
    fn every_encoding_comes_back() {
        for (encoding, bom) in [
            (UTF_8, false),
            (UTF_8, true),
            (UTF_16LE, true),
            (UTF_16BE, true),
            (UTF_16LE, false),
            (UTF_16BE, false),
            (GB18030, false),
        ] {
            let bytes = encode(TEXT, encoding, bom).unwrap();
            let d = read(&bytes).unwrap();
            assert_eq!((d.text.as_str(), d.encoding, d.bom), (TEXT, encoding, bom));
        }
    }

    #[test]
    fn big5_is_told_from_gbk_given_enough_text() {
        let text = "科學技術是世界性、時代性課題，唯有開放合作才是正道。中國國家主席習近平在會議上發表重要講話，強調國際合作的重要意義。";
        let d = read(&encode(text, BIG5, false).unwrap()).unwrap();
        assert_eq!((d.text.as_str(), d.encoding), (text, BIG5));
    }

    #[test]
    fn a_few_bytes_of_gbk_are_enough() {
        let d = read(&encode("开放科学", GB18030, false).unwrap()).unwrap();
        assert_eq!(d.text, "开放科学");
    }

    #[test]
    fn english_with_curly_quotes_in_windows_1252_is_read() {
        let d = read(b"China\x92s 15th Five-Year Plan period starts in 2026.\n").unwrap();
        assert!(d.text.starts_with("China’s"), "{}", d.text);
    }

    #[test]
    fn truncated_utf8_is_an_error_with_its_place_not_mojibake() {
        let bytes = TEXT.as_bytes();
        let e = read(&bytes[..40]).unwrap_err();
        let InputError::BrokenUtf8 { line, column, byte, .. } = e else {
            panic!("{e}")
        };
        assert_eq!((line, column, byte), (1, 14, 39));
        assert!(e.to_string().contains("a.txt:1:14") && e.to_string().contains("--encoding"));
        let cut = "开放科学".as_bytes().split_last().unwrap().1;
        assert!(matches!(
            read(cut),
            Err(InputError::BrokenUtf8 { line: 1, column: 4, .. })
        ));
    }

    #[test]
    fn a_broken_sequence_in_the_middle_names_its_line() {
        let mut bytes = TEXT.repeat(3).into_bytes();
        let second = bytes.iter().position(|&b| b == b'\n').unwrap() + 1;
        bytes[second + 5] = 0xff;
        assert!(matches!(
            read(&bytes),
            Err(InputError::BrokenUtf8 { line: 2, column: 6, .. })
        ));
    }

    #[test]
    fn binary_files_are_refused() {
        assert!(matches!(
            read(b"%PDF-1.7\n%\xe2\xe3"),
            Err(InputError::Binary { what: "a PDF", .. })
        ));
        let parquet = read(b"PAR1\x15\x04\0").unwrap_err().to_string();
        assert!(parquet.contains("bilint filter"), "{parquet}");
        let noise: Vec<u8> = (0..4000u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        assert!(matches!(read(&noise), Err(InputError::Binary { .. })));
    }

    #[test]
    fn a_declared_encoding_is_kept_to() {
        let gbk = encode(TEXT, GB18030, false).unwrap();
        assert_eq!(decode(&path(), gbk.clone(), encoding_for("gbk")).unwrap().text, TEXT);
        assert!(matches!(
            decode(&path(), gbk, encoding_for("utf-8")),
            Err(InputError::BrokenUtf8 { .. })
        ));
        assert!(matches!(
            decode(&path(), b"ab\xff\xff".to_vec(), encoding_for("big5")),
            Err(InputError::Malformed { line: 1, column: 3, .. })
        ));
        assert!(encoding_for("klingon").is_none());
    }

    #[test]
    fn encode_refuses_what_the_encoding_lacks() {
        assert!(encode("开放", WINDOWS_1252, false).is_none());
    }
}
