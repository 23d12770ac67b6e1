//! Record files in parts of whole lines, so that a file of a million records is read in constant memory.
//!
//! UTF-8 is validated part by part. A file in another encoding is decoded whole and then cut up the
//! same way.

use std::io::{Cursor, Read};
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};
use xxhash_rust::xxh3::Xxh3;

use super::chunk::FilePart;
use super::decode::{self, Decoded};
use super::{File, InputError, whole};
use crate::text::{Dialect, FileBytes, Source};

/// About how many bytes a part has. A part is longer where one record is.
const PART: usize = 128 * 1024;

/// A stretch of whole lines.
#[derive(Debug)]
pub struct Part {
    /// The text.
    pub text: String,
    /// 1-based line of the file that it starts with.
    pub first_line: usize,
    /// Whether nothing comes after it.
    pub last: bool,
    /// Lines (by their start in `text`) with broken UTF-8, each with its error. Records in them must not be used.
    pub broken: Vec<(usize, InputError)>,
}

/// Reads a file part by part.
pub struct Parts {
    path: Arc<str>,
    dialect: Arc<Dialect>,
    reader: Box<dyn Read + Send>,
    /// Hashes the bytes of the file; `None` when they are all read, and `reader` gives them again.
    hasher: Option<Box<Xxh3>>,
    hash: u64,
    declared: Option<&'static Encoding>,
    /// `None` while everything was ASCII, so that the encoding is still open.
    encoding: Option<&'static Encoding>,
    bom: bool,
    /// What has been read and not given out.
    buffer: Vec<u8>,
    /// Bytes to have in the buffer before a part is cut.
    wanted: usize,
    line: usize,
    /// Bytes of the file before the buffer.
    offset: u64,
    started: bool,
    at_end: bool,
    /// Broken lines of what was put back.
    broken: Vec<(usize, InputError)>,
}

impl Parts {
    /// The parts of a file of the format with this name.
    pub fn new(format: &'static str, file: File) -> Self {
        Self {
            path: file.name,
            dialect: Arc::new(Dialect::new(format)),
            reader: file.bytes,
            hasher: Some(Box::new(Xxh3::new())),
            hash: 0,
            declared: file.encoding,
            encoding: None,
            bom: false,
            buffer: Vec::new(),
            wanted: PART,
            line: 1,
            offset: 0,
            started: false,
            at_end: false,
            broken: Vec::new(),
        }
    }

    /// The file's name as messages show it.
    pub const fn path(&self) -> &Arc<str> {
        &self.path
    }

    /// The dialect of the file, complete when the last part is read.
    pub fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    /// The part of the file with this text, which starts at line `first_line`.
    pub fn file(&self, text: String, first_line: usize) -> FilePart {
        FilePart {
            source: self.source(text, first_line),
            encoding: self.encoding.unwrap_or(UTF_8),
            bom: self.bom,
        }
    }

    /// A source for the text of a part that starts at line `first_line`.
    pub fn source(&self, text: String, first_line: usize) -> Arc<Source> {
        Arc::new(
            Source::new(Arc::clone(&self.path), text)
                .starting_at_line(first_line)
                .written_in(Arc::clone(&self.dialect)),
        )
    }

    /// The next part; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read, is binary, or its encoding cannot be detected. Nothing follows an error.
    pub fn next(&mut self) -> Result<Option<Part>, InputError> {
        if !self.started {
            self.started = true;
            self.start()?;
        }
        self.fill()?;
        if self.buffer.is_empty() {
            self.dialect.set_bytes(FileBytes {
                encoding: self.encoding.unwrap_or(UTF_8),
                bom: self.bom,
                hash: self.hash,
            });
            return Ok(None);
        }
        let cut = match self.buffer.iter().rposition(|&b| b == b'\n') {
            Some(at) if !self.at_end => at + 1,
            _ => self.buffer.len(),
        };
        let tail = self.buffer.split_off(cut);
        let bytes = std::mem::replace(&mut self.buffer, tail);
        self.wanted = PART;
        let length = bytes.len() as u64;
        let (text, mut broken) = match decode::utf8(bytes) {
            Ok(text) => {
                if self.encoding.is_none() && !text.is_ascii() {
                    self.encoding = Some(UTF_8);
                }
                (text, Vec::new())
            }
            Err(e) if self.encoding.is_none() => {
                return self.in_another_encoding(e.into_bytes());
            }
            Err(e) => self.line_by_line(e.as_bytes()),
        };
        broken.splice(0..0, self.broken.drain(..));
        let part = Part {
            first_line: self.line,
            last: self.at_end && self.buffer.is_empty(),
            text,
            broken,
        };
        self.line += count_lines(&part.text);
        self.offset += length;
        Ok(Some(part))
    }

    /// Puts back the end of a part, because a record in it goes on: the next part starts with it and is longer.
    /// `broken` are the broken lines of the tail, by their start in it.
    pub fn give_back(&mut self, tail: &str, broken: Vec<(usize, InputError)>) {
        self.line -= count_lines(tail);
        self.offset = self.offset.saturating_sub(tail.len() as u64);
        self.broken = broken;
        self.wanted = PART.max(tail.len() * 2);
        let mut bytes = Vec::with_capacity(tail.len() + self.buffer.len());
        bytes.extend_from_slice(tail.as_bytes());
        bytes.append(&mut self.buffer);
        self.buffer = bytes;
    }

    /// Looks at the first bytes: marks, NULs and a declared encoding other than UTF-8 mean decoding the file whole.
    fn start(&mut self) -> Result<(), InputError> {
        self.fill()?;
        let mark = Encoding::for_bom(&self.buffer);
        if let (Some((encoding, skip)), None) = (mark, self.declared)
            && encoding == UTF_8
        {
            self.buffer.drain(..skip);
            self.offset = skip as u64;
            self.encoding = Some(UTF_8);
            self.bom = true;
        } else if mark.is_some() || self.declared.is_some_and(|e| e != UTF_8) || self.buffer.contains(&0) {
            self.decode_whole()?;
        } else {
            self.encoding = self.declared;
        }
        Ok(())
    }

    fn decode_whole(&mut self) -> Result<(), InputError> {
        let mut bytes = std::mem::take(&mut self.buffer);
        self.read_rest(&mut bytes)?;
        let decoded = decode::decode(&self.path, bytes, self.declared)?;
        self.go_on_with(decoded);
        Ok(())
    }

    fn go_on_with(&mut self, decoded: Decoded) {
        self.encoding = Some(decoded.encoding);
        self.bom = decoded.bom;
        self.reader = Box::new(Cursor::new(decoded.text.into_bytes()));
        self.buffer = Vec::new();
        self.at_end = false;
    }

    /// The first part that is neither ASCII nor UTF-8 decides on the encoding, together with all that follows.
    fn in_another_encoding(&mut self, mut bytes: Vec<u8>) -> Result<Option<Part>, InputError> {
        self.encoding = Some(UTF_8);
        bytes.append(&mut self.buffer);
        self.read_rest(&mut bytes)?;
        match decode::decode(&self.path, bytes.clone(), None) {
            Ok(decoded) => self.go_on_with(decoded),
            // Faults in a UTF-8 file cost the lines that they are in, not the file.
            Err(InputError::BrokenUtf8 { .. }) => {
                self.reader = Box::new(Cursor::new(bytes));
                self.at_end = false;
            }
            Err(e) => return Err(e),
        }
        self.next()
    }

    fn line_by_line(&self, bytes: &[u8]) -> (String, Vec<(usize, InputError)>) {
        let (mut text, mut broken, mut at) = (String::with_capacity(bytes.len()), Vec::new(), 0);
        for (n, line) in bytes.split_inclusive(|&b| b == b'\n').enumerate() {
            match std::str::from_utf8(line) {
                Ok(line) => text.push_str(line),
                Err(e) => {
                    let before = self.offset + at as u64;
                    let error = decode::broken(&self.path, line, e.valid_up_to(), self.line + n, before);
                    broken.push((text.len(), error));
                    text.push_str(&String::from_utf8_lossy(line));
                }
            }
            at += line.len();
        }
        (text, broken)
    }

    /// Reads until there is a part's worth of bytes with at least one line end, or the file ends.
    fn fill(&mut self) -> Result<(), InputError> {
        let mut searched = 0;
        while !self.at_end {
            if self.buffer.len() >= self.wanted {
                if self.buffer[searched..].contains(&b'\n') {
                    break;
                }
                searched = self.buffer.len();
                self.check_size(searched)?;
                self.wanted = self.buffer.len() * 2;
            }
            let missing = (self.wanted - self.buffer.len()) as u64;
            let mut buffer = std::mem::take(&mut self.buffer);
            let read = self.read(missing, &mut buffer);
            self.buffer = buffer;
            self.at_end = (read? as u64) < missing;
        }
        Ok(())
    }

    /// Appends all that is left of the file to `into`.
    fn read_rest(&mut self, into: &mut Vec<u8>) -> Result<(), InputError> {
        self.read(whole::MOST_BYTES + 1, into)?;
        self.check_size(into.len())
    }

    fn check_size(&self, bytes: usize) -> Result<(), InputError> {
        whole::check_size(bytes, whole::MOST_BYTES).map_err(|e| InputError::io(&self.path, e))
    }

    /// Appends at most `limit` bytes of the file to `into`. Fewer are read only where the file ends.
    fn read(&mut self, limit: u64, into: &mut Vec<u8>) -> Result<usize, InputError> {
        let before = into.len();
        let read = self
            .reader
            .by_ref()
            .take(limit)
            .read_to_end(into)
            .map_err(|e| InputError::io(&self.path, e))?;
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&into[before..]);
            if (read as u64) < limit {
                self.hash = hasher.digest();
                self.hasher = None;
            }
        }
        Ok(read)
    }
}

fn count_lines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(bytes: &[u8]) -> Parts {
        let file = File {
            name: Arc::from("a.tsv"),
            bytes: Box::new(Cursor::new(bytes.to_vec())),
            encoding: None,
            explicit: true,
        };
        Parts::new("TSV", file)
    }

    fn all(bytes: &[u8]) -> (String, Vec<InputError>, Vec<usize>) {
        let mut p = parts(bytes);
        let (mut text, mut errors, mut lines) = (String::new(), Vec::new(), Vec::new());
        while let Some(part) = p.next().unwrap() {
            text.push_str(&part.text);
            lines.push(part.first_line);
            errors.extend(part.broken.into_iter().map(|(_, e)| e));
        }
        (text, errors, lines)
    }

    #[test]
    fn parts_are_whole_lines_and_know_where_they_start() {
        let text = "一行文字\n".repeat(100_000);
        let (read, errors, lines) = all(text.as_bytes());
        assert!(read == text && errors.is_empty());
        assert!(lines.len() > 1);
        assert_eq!(lines[1] - 1, PART / "一行文字\n".len());
    }

    #[test]
    fn a_line_longer_than_a_part_comes_whole() {
        let text = format!("{}\nend", "x".repeat(3 * PART));
        let mut p = parts(text.as_bytes());
        assert!(p.next().unwrap().unwrap().text.len() > 3 * PART);
    }

    #[test]
    fn another_encoding_shows_only_late_and_is_still_read() {
        let late = "十五五规划\t15th Five-Year Plan\n".repeat(50);
        let mut text = "id\ten\n".repeat(200_000);
        text.push_str(&late);
        let bytes = decode::encode(&text, encoding_rs::GB18030, false).unwrap();
        let (read, errors, _) = all(&bytes);
        assert!(errors.is_empty() && read == text);
    }

    #[test]
    fn a_broken_line_costs_that_line() {
        let mut bytes = "中文内容一二三\n".repeat(10).into_bytes();
        bytes[3 * 22 + 3] = 0xff;
        let (read, errors, _) = all(&bytes);
        assert_eq!(read.lines().count(), 10);
        assert!(matches!(
            errors.as_slice(),
            [InputError::BrokenUtf8 {
                line: 4,
                column: 2,
                byte: 69,
                ..
            }]
        ));
    }

    #[test]
    fn the_last_part_completes_the_dialect() {
        let text = "编号\t中文\t英文\n".repeat(2 * PART / 20);
        for (encoding, bom) in [
            (UTF_8, false),
            (UTF_8, true),
            (encoding_rs::GB18030, false),
            (encoding_rs::UTF_16LE, true),
        ] {
            let bytes = decode::encode(&text, encoding, bom).unwrap();
            let mut p = parts(&bytes);
            let source = p
                .next()
                .unwrap()
                .map(|part| p.source(part.text, part.first_line))
                .unwrap();
            assert_eq!(source.dialect().bytes(), None);
            while p.next().unwrap().is_some() {}
            let hash = xxhash_rust::xxh3::xxh3_64(&bytes);
            assert_eq!(source.dialect().bytes(), Some(FileBytes { encoding, bom, hash }));
        }
    }

    #[test]
    fn what_is_given_back_comes_again() {
        let mut p = parts(b"a\nb\nc\n");
        let first = p.next().unwrap().unwrap();
        assert_eq!((first.text.as_str(), first.last), ("a\nb\nc\n", true));
        p.give_back("b\nc\n", Vec::new());
        let again = p.next().unwrap().unwrap();
        assert_eq!((again.text.as_str(), again.first_line), ("b\nc\n", 2));
        assert!(p.next().unwrap().is_none());
    }
}
