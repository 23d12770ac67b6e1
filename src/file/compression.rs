//! Compressed files: gzip and Zstandard.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Cursor, Read, Write};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

/// How a file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstandard,
}

/// Bytes of text in a frame of Zstandard. More would hardly compress better: the window of the encoder is smaller.
const FRAME: usize = 1 << 20;

impl Compression {
    /// By the ending of a name, and the name without that ending.
    pub fn of(path: &Path) -> (Self, PathBuf) {
        let compression = match path.extension().and_then(OsStr::to_str) {
            Some(e) if e.eq_ignore_ascii_case("gz") => Self::Gzip,
            Some(e) if e.eq_ignore_ascii_case("zst") => Self::Zstandard,
            _ => return (Self::None, path.to_owned()),
        };
        (compression, path.with_extension(""))
    }

    fn by_magic(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, ..] => Self::Gzip,
            // The latter is a frame to skip.
            [0x28, 0xb5, 0x2f, 0xfd] | [0x50..=0x5f, 0x2a, 0x4d, 0x18] => Self::Zstandard,
            _ => Self::None,
        }
    }
}

/// What is in a file that may be compressed, by its first bytes.
///
/// # Errors
/// The file cannot be read.
pub fn decompress(mut file: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let mut head = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut head)?;
    let compression = Compression::by_magic(&head);
    let whole = BufReader::with_capacity(1 << 16, Cursor::new(head).chain(file));
    Ok(match compression {
        Compression::None => Box::new(whole),
        Compression::Gzip => Box::new(MultiGzDecoder::new(whole)),
        Compression::Zstandard => Box::new(ZstandardReader {
            file: whole,
            decoder: FrameDecoder::new(),
        }),
    })
}

/// Reads the frames of a file of Zstandard one after the other, and compares their checksums.
struct ZstandardReader<R> {
    file: R,
    decoder: FrameDecoder,
}

impl<R: BufRead> ZstandardReader<R> {
    /// Begins the next frame with content. Returns `false` at the end of the file.
    fn next_frame(&mut self) -> io::Result<bool> {
        while !self.file.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.file) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let skipped = io::copy(&mut self.file.by_ref().take(length.into()), &mut io::sink())?;
                    if skipped < u64::from(length) {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(e) => return Err(invalid(e)),
            }
        }
        Ok(false)
    }

    fn check_frame(&self) -> io::Result<()> {
        let expected = self.decoder.get_checksum_from_data();
        if expected.is_some() && expected != self.decoder.get_calculated_checksum() {
            return Err(invalid("the checksum of a frame is wrong"));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for ZstandardReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            if self.decoder.is_finished() {
                self.check_frame()?;
                if !self.next_frame()? {
                    return Ok(0);
                }
            }
            self.decoder
                .decode_blocks(&mut self.file, BlockDecodingStrategy::UptoBlocks(1))
                .map_err(invalid)?;
        }
    }
}

fn invalid(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

/// Compresses what is written. [`Self::finish`] writes what is left.
pub enum Compressor<W: Write> {
    /// Writes it as it is.
    None(W),
    /// Into one member.
    Gzip(Box<GzEncoder<W>>),
    /// Into frames of a megabyte of text, because the encoder takes a text and is no writer.
    Zstandard {
        /// Where it is written.
        file: W,
        /// The text of the next frame.
        frame: Vec<u8>,
    },
}

impl<W: Write> Compressor<W> {
    /// Compresses into `file`.
    pub fn new(compression: Compression, file: W) -> Self {
        match compression {
            Compression::None => Self::None(file),
            Compression::Gzip => Self::Gzip(Box::new(GzEncoder::new(file, flate2::Compression::default()))),
            Compression::Zstandard => Self::Zstandard {
                file,
                frame: Vec::new(),
            },
        }
    }

    /// Writes what is left, and returns the file.
    ///
    /// # Errors
    /// Only those of the file.
    pub fn finish(self) -> io::Result<W> {
        match self {
            Self::None(file) => Ok(file),
            Self::Gzip(encoder) => encoder.finish(),
            Self::Zstandard { mut file, frame } => {
                file.write_all(&compress_to_vec(&*frame, CompressionLevel::Fastest))?;
                Ok(file)
            }
        }
    }
}

impl<W: Write> Write for Compressor<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::None(file) => file.write(bytes),
            Self::Gzip(encoder) => encoder.write(bytes),
            Self::Zstandard { file, frame } => {
                frame.extend_from_slice(bytes);
                while frame.len() >= FRAME {
                    let rest = frame.split_off(FRAME);
                    file.write_all(&compress_to_vec(&**frame, CompressionLevel::Fastest))?;
                    *frame = rest;
                }
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::None(file) | Self::Zstandard { file, .. } => file.flush(),
            Self::Gzip(encoder) => encoder.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compressed(compression: Compression, text: &[u8]) -> Vec<u8> {
        let mut compressor = Compressor::new(compression, Vec::new());
        for part in text.chunks(77_777) {
            compressor.write_all(part).unwrap();
        }
        compressor.finish().unwrap()
    }

    fn decompressed(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        decompress(Cursor::new(bytes))?.read_to_end(&mut text)?;
        Ok(text)
    }

    fn long_text() -> Vec<u8> {
        (0..60_000_u32)
            .flat_map(|i| format!("第{i}条\tArticle {}\n", i * 7).into_bytes())
            .collect()
    }

    #[test]
    fn what_was_compressed_comes_back() {
        for text in [Vec::new(), b"one\n".to_vec(), long_text()] {
            for compression in [Compression::None, Compression::Gzip, Compression::Zstandard] {
                let bytes = compressed(compression, &text);
                assert!(decompressed(bytes).unwrap() == text, "{compression:?}");
            }
        }
        assert!(long_text().len() > FRAME, "one frame only");
        for compression in [Compression::Gzip, Compression::Zstandard] {
            assert!(compressed(compression, &long_text()).len() < long_text().len() / 2);
        }
    }

    #[test]
    fn files_that_were_joined_are_read_to_the_end() {
        for compression in [Compression::Gzip, Compression::Zstandard] {
            let mut bytes = compressed(compression, b"one\n");
            if compression == Compression::Zstandard {
                bytes.extend([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, b'x', b'x', b'x']);
            }
            bytes.extend(compressed(compression, b"two\n"));
            assert_eq!(decompressed(bytes).unwrap(), b"one\ntwo\n", "{compression:?}");
        }
    }

    #[test]
    fn damage_is_an_error() {
        for compression in [Compression::Gzip, Compression::Zstandard] {
            let bytes = compressed(compression, &long_text());
            for cut in [bytes.len() - 1, bytes.len() / 2] {
                assert!(decompressed(bytes[..cut].to_vec()).is_err(), "{compression:?} {cut}");
            }
            let mut changed = bytes;
            let checksum = changed.len() - 6;
            changed[checksum] ^= 0x40;
            assert!(decompressed(changed).is_err(), "{compression:?}");
        }
    }

    #[test]
    fn the_name_says_how_a_file_is_written() {
        let of = |name: &str| Compression::of(Path::new(name));
        assert_eq!(of("a.tsv.gz"), (Compression::Gzip, PathBuf::from("a.tsv")));
        assert_eq!(of("b/a.zh.ZST"), (Compression::Zstandard, PathBuf::from("b/a.zh")));
        assert_eq!(of("a.tsv"), (Compression::None, PathBuf::from("a.tsv")));
    }
}
