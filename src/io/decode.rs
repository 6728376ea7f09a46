//! From the bytes of a file to bytes that are UTF-8 or nearly so: compression and UTF-16 are undone in a stream.
//!
//! What a file is, is told from its content and never from its name. Whether bytes that are no UTF-8 make a
//! Windows-1252 file or a UTF-8 file with broken rows is told over all of it ([`EncodingVotes`]).

use std::borrow::Cow;
use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Decoder, DecoderResult, Encoding};

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip, one or several members.
    Gzip,
    /// Zstandard.
    Zstd,
}

impl Compression {
    /// The name shown.
    pub fn name(self) -> &'static str {
        match self {
            Compression::None => "none",
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
        }
    }
}

/// How the characters of a file are encoded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Charset {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// Whether it begins with a byte-order mark.
    pub bom: bool,
}

impl Charset {
    /// Plain UTF-8.
    pub const UTF_8: Charset = Charset {
        encoding: encoding_rs::UTF_8,
        bom: false,
    };

    /// Whether the stream is turned into UTF-8 before it is cut into records. Otherwise each record is decoded by itself.
    fn is_streamed(self) -> bool {
        self.encoding != encoding_rs::UTF_8 && self.encoding != encoding_rs::WINDOWS_1252
    }
}

impl std::fmt::Display for Charset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.encoding.name())?;
        if self.bom {
            f.write_str(" with byte-order mark")
        } else {
            Ok(())
        }
    }
}

/// A compressed file may expand to this many bytes, and to [`MOST_EXPANSION`] more for each of its own: no table of
/// reviews is that repetitive, and a bomb is.
const FREE_EXPANSION: u64 = 64 << 20;
const MOST_EXPANSION: u64 = 250;

/// How much of a file is looked at to tell what it is.
pub const HEAD: usize = 64 * 1024;
const BUFFER: usize = 256 * 1024;

/// The first bytes of a file.
pub fn head(mut input: impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    input.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// The compression that a file's first bytes show.
pub fn compression(head: &[u8]) -> Compression {
    match head {
        [0x1f, 0x8b, ..] => Compression::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Compression::Zstd,
        _ => Compression::None,
    }
}

/// Undoes the compression, up to the limit of what a table of reviews may expand to.
pub fn decompress(file: impl Read + Send + 'static, compression: Compression) -> io::Result<Box<dyn Read + Send>> {
    let compressed = Arc::new(AtomicU64::new(0));
    let file = Counting {
        inner: file,
        count: compressed.clone(),
    };
    let file = BufReader::with_capacity(BUFFER, file);
    let inner: Box<dyn Read + Send> = match compression {
        Compression::None => return Ok(Box::new(file)),
        Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(file)),
        Compression::Zstd => Box::new(zstd::stream::read::Decoder::with_buffer(file)?),
    };
    Ok(Box::new(Expanding {
        inner,
        compressed,
        expanded: 0,
    }))
}

/// Counts the bytes read.
struct Counting<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.count.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// Ends with an error where a file expands beyond what a table of reviews can.
struct Expanding {
    inner: Box<dyn Read + Send>,
    compressed: Arc<AtomicU64>,
    expanded: u64,
}

impl Read for Expanding {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.expanded += length as u64;
        let compressed = self.compressed.load(Ordering::Relaxed);
        if self.expanded > FREE_EXPANSION + MOST_EXPANSION * compressed {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!(
                    "expected a compressed file of at most {MOST_EXPANSION} times its size, found that {compressed} bytes \
                     expand to more than {} MB; if it is sound, decompress it first",
                    self.expanded / 1_000_000
                ),
            ));
        }
        Ok(length)
    }
}

/// The encoding that the first bytes show by a byte-order mark or by the zero bytes of UTF-16; UTF-8 otherwise.
pub fn charset(head: &[u8]) -> Charset {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Charset { encoding, bom: true };
    }
    let sample = &head[..head.len().min(4096) & !1];
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = sample.len() / 2;
    let encoding = if half >= 2 && odd * 10 > half * 4 && even * 10 < half {
        encoding_rs::UTF_16LE
    } else if half >= 2 && even * 10 > half * 4 && odd * 10 < half {
        encoding_rs::UTF_16BE
    } else {
        encoding_rs::UTF_8
    };
    Charset { encoding, bom: false }
}

/// The stream without its byte-order mark, UTF-16 and other foreign encodings turned into UTF-8. UTF-8 and Windows-1252
/// pass as they are: they are decoded record by record, so that an invalid byte costs one record.
pub fn transcode(mut input: Box<dyn Read + Send>, charset: Charset) -> io::Result<Box<dyn Read + Send>> {
    if charset.bom {
        let length = if charset.encoding == encoding_rs::UTF_8 { 3 } else { 2 };
        input.read_exact(&mut [0; 3][..length])?;
    }
    if !charset.is_streamed() {
        return Ok(input);
    }
    let decoder = charset.encoding.new_decoder_without_bom_handling();
    Ok(Box::new(Transcoder {
        input,
        decoder,
        raw: vec![0; BUFFER],
        filled: 0..0,
        ended: false,
        spare: Vec::new(),
        given: 0,
    }))
}

/// Turns a stream into UTF-8. What is invalid becomes the byte 0xFF, which is no UTF-8, so that the record that holds it
/// is rejected and nothing is made up.
struct Transcoder {
    input: Box<dyn Read + Send>,
    decoder: Decoder,
    raw: Vec<u8>,
    filled: std::ops::Range<usize>,
    ended: bool,
    /// Decoded and not yet given out from `given` on.
    spare: Vec<u8>,
    given: usize,
}

impl Read for Transcoder {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.spare.len() {
            if self.ended && self.filled.is_empty() {
                return Ok(0);
            }
            self.decode()?;
        }
        let length = out.len().min(self.spare.len() - self.given);
        out[..length].copy_from_slice(&self.spare[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

impl Transcoder {
    fn decode(&mut self) -> io::Result<()> {
        if self.filled.is_empty() {
            let length = self.input.read(&mut self.raw)?;
            self.filled = 0..length;
            self.ended = length == 0;
        }
        self.given = 0;
        self.spare.resize(BUFFER, 0);
        let raw = &self.raw[self.filled.clone()];
        let (result, read, written) = self
            .decoder
            .decode_to_utf8_without_replacement(raw, &mut self.spare, self.ended);
        self.filled.start += read;
        self.spare.truncate(written);
        match result {
            DecoderResult::Malformed(..) => self.spare.push(0xff),
            DecoderResult::InputEmpty | DecoderResult::OutputFull => {}
        }
        Ok(())
    }
}

/// The bytes of a record as text; the bytes again where they are not valid in the encoding.
pub fn text(bytes: Vec<u8>, encoding: &'static Encoding) -> Result<String, Vec<u8>> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) if encoding == encoding_rs::WINDOWS_1252 => Ok(windows_1252(error.as_bytes())),
        Err(error) => Err(error.into_bytes()),
    }
}

/// The bytes of a field as text; `None` where they are not valid in the encoding.
pub fn field<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Option<Cow<'b, str>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(Cow::Borrowed(text)),
        Err(_) if encoding == encoding_rs::WINDOWS_1252 => Some(Cow::Owned(windows_1252(bytes))),
        Err(_) => None,
    }
}

fn windows_1252(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1252
        .decode_without_bom_handling(bytes)
        .0
        .into_owned()
}

/// The bytes of a record as text, whatever they are, with what is invalid replaced: for messages and rejects.
pub fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Counted over all of a file, tells a Windows-1252 file from a UTF-8 file with broken rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct EncodingVotes {
    /// Characters beyond ASCII that are valid UTF-8, in records that are.
    pub valid: u64,
    /// Bytes that are no UTF-8 and that make sense as Windows-1252 where they stand.
    pub plausible: u64,
    /// Bytes that are no UTF-8 and make no sense there.
    pub implausible: u64,
}

impl EncodingVotes {
    /// Counts a record.
    pub fn add(&mut self, bytes: &[u8]) {
        if bytes.is_ascii() {
            return;
        }
        let mut rest = bytes;
        loop {
            match std::str::from_utf8(rest) {
                Ok(valid) => {
                    self.valid += beyond_ascii(valid);
                    return;
                }
                Err(error) => {
                    let at = error.valid_up_to();
                    // The part before is valid, as the error says.
                    self.valid += beyond_ascii(std::str::from_utf8(&rest[..at]).unwrap_or(""));
                    let before = at.checked_sub(1).map(|index| rest[index]);
                    if is_plausible(before, rest[at], rest.get(at + 1).copied()) {
                        self.plausible += 1;
                    } else {
                        self.implausible += 1;
                    }
                    rest = &rest[at + 1..];
                }
            }
        }
    }

    /// Windows-1252 where what is no UTF-8 makes sense as that and is not outnumbered by what is UTF-8.
    pub fn encoding(&self) -> &'static Encoding {
        let sense = self.plausible >= 9 * self.implausible && self.plausible > 0;
        if sense && self.plausible > 10 * self.valid {
            encoding_rs::WINDOWS_1252
        } else {
            encoding_rs::UTF_8
        }
    }
}

fn beyond_ascii(text: &str) -> u64 {
    // Bytes that begin a character of several bytes.
    text.bytes().filter(|b| *b >= 0xc0).count() as u64
}

/// Whether a byte beyond ASCII makes sense in Windows-1252: a letter beside letters, or a sign in use in prose.
fn is_plausible(before: Option<u8>, byte: u8, after: Option<u8>) -> bool {
    let is_letter = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphabetic() || b >= 0xc0 || b == b'\'');
    match byte {
        0x80 | 0x85 | 0x91..=0x97 | 0xa0 | 0xa1 | 0xa3 | 0xab | 0xb0 | 0xb4 | 0xbb | 0xbf => true,
        0x8a | 0x8c | 0x8e | 0x9a | 0x9c | 0x9e => is_letter(before) || is_letter(after),
        0xd0 | 0xd7 | 0xde | 0xf0 | 0xf7 | 0xfe | 0xff => false,
        // "à" and "À" and "È" stand alone as words.
        0xc0 | 0xc8 | 0xe0 | 0xe8 | 0xe9 | 0xf3 | 0xf2 => true,
        0xc1..=0xfd => is_letter(before) || is_letter(after),
        _ => false,
    }
}

/// Decodes a whole byte string, for tests and small files.
#[cfg(test)]
pub fn decode_all(bytes: &[u8]) -> io::Result<String> {
    let head = head(bytes)?;
    let raw: Box<dyn Read + Send> = decompress(io::Cursor::new(bytes.to_vec()), compression(&head))?;
    let mut plain = Vec::new();
    { raw }.read_to_end(&mut plain)?;
    let mut decoded = Vec::new();
    transcode(Box::new(io::Cursor::new(plain.clone())), charset(&plain))?.read_to_end(&mut decoded)?;
    Ok(lossy(&decoded))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    const TEXT: &str = "id,text\n1,\"Très bien, 日本 €\"\n2,plain\n";

    fn utf16(text: &str, big: bool, bom: bool) -> Vec<u8> {
        let units = bom.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units
            .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
            .collect()
    }

    #[test]
    fn marks_and_zeros_tell_the_encoding() {
        for bytes in [
            TEXT.as_bytes().to_vec(),
            format!("\u{feff}{TEXT}").into_bytes(),
            utf16(TEXT, false, true),
            utf16(TEXT, true, true),
            utf16(TEXT, false, false),
            utf16(TEXT, true, false),
        ] {
            assert_eq!(decode_all(&bytes).unwrap(), TEXT);
        }
    }

    #[test]
    fn compression_is_undone() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(TEXT.as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        assert_eq!(decode_all(&gzip).unwrap(), TEXT);
        assert_eq!(decode_all(&[gzip.clone(), gzip].concat()).unwrap(), TEXT.repeat(2));
        assert_eq!(
            decode_all(&zstd::encode_all(TEXT.as_bytes(), 1).unwrap()).unwrap(),
            TEXT
        );
    }

    #[test]
    fn what_expands_beyond_any_table_is_refused() {
        let mut zstd = zstd::Encoder::new(Vec::new(), 1).unwrap();
        (0..100).for_each(|_| zstd.write_all(&vec![b'a'; 1 << 20]).unwrap());
        let bomb = zstd.finish().unwrap();
        let mut plain = decompress(io::Cursor::new(bomb), Compression::Zstd).unwrap();
        let mut read = 0;
        let mut buffer = vec![0; 1 << 16];
        let error = loop {
            match plain.read(&mut buffer) {
                Ok(length) => read += length as u64,
                Err(error) => break error.to_string(),
            }
            assert!(read < 100 << 20, "the bomb went off");
        };
        assert!(
            error.contains("at most 250 times its size") && error.contains("decompress it first"),
            "{error}"
        );
        assert!(read >= FREE_EXPANSION, "refused after {read} bytes");
    }

    #[test]
    fn a_lone_surrogate_is_not_made_up() {
        let mut bytes = utf16("ab", false, true);
        bytes.extend([0x00, 0xd8]);
        bytes.extend(utf16("c", false, false));
        let mut decoded = Vec::new();
        let charset = charset(&bytes);
        transcode(Box::new(io::Cursor::new(bytes)), charset)
            .unwrap()
            .read_to_end(&mut decoded)
            .unwrap();
        assert_eq!(decoded, b"ab\xffc");
    }

    #[test]
    fn windows_1252_is_told_from_broken_utf_8() {
        let vote = |records: &[&[u8]]| {
            let mut votes = EncodingVotes::default();
            records.iter().for_each(|record| votes.add(record));
            votes.encoding()
        };
        assert_eq!(
            vote(&[b"caf\xe9 tr\xe8s bien", b"l\x92h\xf4tel"]),
            encoding_rs::WINDOWS_1252
        );
        assert_eq!(vote(&[b"plain", b"broken \xff\xfe row"]), encoding_rs::UTF_8);
        assert_eq!(
            vote(&["très".as_bytes(), "là".as_bytes(), b"caf\xe9"]),
            encoding_rs::UTF_8
        );
        assert_eq!(vote(&[b"plain"]), encoding_rs::UTF_8);
    }

    proptest! {
        #[test]
        fn utf_16_reads_back(text in "\\PC{2,200}", big: bool) {
            prop_assume!(!text.starts_with('\u{feff}'));
            prop_assert_eq!(decode_all(&utf16(&text, big, true)).unwrap(), text);
        }
    }
}
