//! Delimited text: comma, semicolon, tab, pipe; quoted fields over several lines.
//!
//! Well-formed files read as they do with the `csv` crate (a test holds that). The difference is what happens to broken
//! ones: a quote that is never closed costs the lines up to the one on which it opened, and reading goes on after it,
//! where it would otherwise swallow the rest of the file without a word. A quote counts as never closed where the next
//! quote, on a later line, is followed by something that cannot follow a field, or where there is no next one.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memchr2, memchr3};

/// How fields and records are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// The sign between fields.
    pub delimiter: u8,
    /// Whether a quote inside quotes is written `\"` and not `""`.
    pub backslash: bool,
}

impl Dialect {
    /// Comma separated, quotes doubled.
    pub const CSV: Dialect = Dialect {
        delimiter: b',',
        backslash: false,
    };

    /// The name of the delimiter.
    pub fn delimiter_name(self) -> &'static str {
        match self.delimiter {
            b',' => "comma",
            b';' => "semicolon",
            b'\t' => "tab",
            b'|' => "pipe",
            ONE_COLUMN => "none (one column)",
            _ => "other",
        }
    }
}

/// The delimiter of a file of one column: a sign that separates and that nobody writes.
pub const ONE_COLUMN: u8 = 0x1f;

/// A longer record is rejected, so that a file without line breaks cannot fill the memory.
pub const LONGEST_RECORD: usize = 64 << 20;
const FIRST_BUFFER: usize = 256 << 10;

/// What stands next in the file.
#[derive(Debug)]
pub enum Piece<'a> {
    /// A record.
    Row(Row<'a>),
    /// A stretch that is no record.
    Broken {
        /// The line on which the trouble begins.
        line: u64,
        /// What is wrong.
        fault: Fault,
        /// The bytes, cut where they are very many.
        raw: &'a [u8],
    },
}

/// Why a stretch of a file is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A quote was opened and not closed.
    UnclosedQuote,
    /// More bytes than a record may have.
    TooLong,
}

/// A record: its fields one after the other, and where each ends.
#[derive(Debug)]
pub struct Row<'a> {
    /// Fields without quotes and delimiters.
    pub bytes: &'a [u8],
    /// End of each field in `bytes`.
    pub ends: &'a [usize],
    /// The line on which it begins, counted from 1.
    pub line: u64,
}

impl<'a> Row<'a> {
    /// The fields as bytes.
    pub fn fields(&self) -> impl Iterator<Item = &'a [u8]> {
        let (bytes, ends) = (self.bytes, self.ends);
        let mut start = 0;
        ends.iter()
            .map(move |&end| &bytes[std::mem::replace(&mut start, end)..end])
    }
}

/// Cuts a stream into records.
pub struct Delimited<R> {
    input: R,
    dialect: Dialect,
    longest: usize,
    buffer: Vec<u8>,
    /// What of the buffer is filled and not yet used.
    start: usize,
    end: usize,
    ended: bool,
    line: u64,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

/// What a look at the buffer gave.
enum Scan {
    Record {
        used: usize,
    },
    Incomplete,
    /// The quote at this offset is not closed.
    Unclosed {
        quote: usize,
    },
}

impl<R: Read> Delimited<R> {
    /// Reads from the start of a stream.
    pub fn new(input: R, dialect: Dialect) -> Delimited<R> {
        Delimited::with_longest(input, dialect, LONGEST_RECORD)
    }

    fn with_longest(input: R, dialect: Dialect, longest: usize) -> Delimited<R> {
        Delimited {
            input,
            dialect,
            longest,
            buffer: vec![0; FIRST_BUFFER.min(longest.max(16))],
            start: 0,
            end: 0,
            ended: false,
            line: 1,
            bytes: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// The next piece, or `None` at the end. Empty lines are no records.
    ///
    /// # Errors
    /// Where the stream cannot be read.
    pub fn next_piece(&mut self) -> io::Result<Option<Piece<'_>>> {
        loop {
            while let Some(b'\n' | b'\r') = self.buffer[self.start..self.end].first() {
                self.line += u64::from(self.ends_a_line(self.start));
                self.start += 1;
            }
            if self.start == self.end {
                if self.ended {
                    return Ok(None);
                }
                self.fill()?;
                continue;
            }
            let line = self.line;
            let first = self.start;
            match self.scan() {
                Scan::Record { used } => {
                    self.advance(used);
                    return Ok(Some(Piece::Row(Row {
                        bytes: &self.bytes,
                        ends: &self.ends,
                        line,
                    })));
                }
                Scan::Incomplete if self.end - self.start < self.longest => self.fill()?,
                Scan::Incomplete => {
                    self.skip_line()?;
                    return Ok(Some(Piece::Broken {
                        line,
                        fault: Fault::TooLong,
                        raw: &self.bytes,
                    }));
                }
                Scan::Unclosed { quote } => {
                    let rest = &self.buffer[first + quote..self.end];
                    let used = quote + memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
                    let line = line + count_lines(&self.buffer[first..first + quote]);
                    self.advance(used);
                    return Ok(Some(Piece::Broken {
                        line,
                        fault: Fault::UnclosedQuote,
                        raw: &self.buffer[first..first + used],
                    }));
                }
            }
        }
    }

    /// Whether the byte at an offset of the buffer ends a line: a line feed, or a carriage return that has none after it.
    fn ends_a_line(&self, at: usize) -> bool {
        self.buffer[at] == b'\n' || (self.buffer[at] == b'\r' && self.buffer[..self.end].get(at + 1) != Some(&b'\n'))
    }

    fn advance(&mut self, used: usize) {
        let stretch = &self.buffer[self.start..self.start + used];
        self.line += count_lines(stretch) + u64::from(stretch.last() == Some(&b'\r'));
        self.start += used;
    }

    /// Reads more, after moving what is left to the front and doubling the buffer where that is full.
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        while self.end < self.buffer.len() {
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(length) => self.end += length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Drops what is left of a line, keeping its beginning in `bytes`.
    fn skip_line(&mut self) -> io::Result<()> {
        const KEPT: usize = 1024;
        self.bytes.clear();
        self.bytes
            .extend(&self.buffer[self.start..self.end.min(self.start + KEPT)]);
        loop {
            let rest = &self.buffer[self.start..self.end];
            if let Some(at) = memchr(b'\n', rest) {
                self.advance(at + 1);
                return Ok(());
            }
            self.start = self.end;
            if self.ended {
                return Ok(());
            }
            self.fill()?;
        }
    }

    /// Looks for a record at the start of the buffer and leaves its fields in `bytes` and `ends`.
    fn scan(&mut self) -> Scan {
        let Delimited {
            buffer,
            bytes,
            ends,
            dialect,
            ended,
            ..
        } = self;
        let buffer = &buffer[self.start..self.end];
        let delimiter = dialect.delimiter;
        bytes.clear();
        ends.clear();
        let mut at = 0;
        loop {
            if buffer.get(at) == Some(&b'"') {
                match quoted(buffer, at, *dialect, *ended, bytes) {
                    Quoted::Closed(next) => at = next,
                    Quoted::Incomplete => return Scan::Incomplete,
                    Quoted::Unclosed => return Scan::Unclosed { quote: at },
                }
            }
            // After a closing quote there is nothing left, or what should not be there and is kept.
            let Some(length) = memchr3(delimiter, b'\n', b'\r', &buffer[at..]) else {
                if !*ended {
                    return Scan::Incomplete;
                }
                bytes.extend_from_slice(&buffer[at..]);
                ends.push(bytes.len());
                return Scan::Record { used: buffer.len() };
            };
            let stop = at + length;
            bytes.extend_from_slice(&buffer[at..stop]);
            ends.push(bytes.len());
            match buffer[stop] {
                b'\n' => return Scan::Record { used: stop + 1 },
                b'\r' if buffer.get(stop + 1) == Some(&b'\n') => return Scan::Record { used: stop + 2 },
                b'\r' if stop + 1 == buffer.len() && !*ended => return Scan::Incomplete,
                b'\r' => return Scan::Record { used: stop + 1 },
                _ => at = stop + 1,
            }
        }
    }
}

enum Quoted {
    /// Offset after the closing quote.
    Closed(usize),
    Incomplete,
    Unclosed,
}

/// Reads a quoted field that opens at `open` into `bytes`.
fn quoted(buffer: &[u8], open: usize, dialect: Dialect, ended: bool, bytes: &mut Vec<u8>) -> Quoted {
    let mut at = open + 1;
    loop {
        let found = if dialect.backslash {
            memchr2(b'"', b'\\', &buffer[at..])
        } else {
            memchr(b'"', &buffer[at..])
        };
        let Some(length) = found else {
            return if ended { Quoted::Unclosed } else { Quoted::Incomplete };
        };
        let sign = at + length;
        bytes.extend_from_slice(&buffer[at..sign]);
        let after = buffer.get(sign + 1).copied();
        if after.is_none() && !ended {
            return Quoted::Incomplete;
        }
        if buffer[sign] == b'\\' {
            match after {
                Some(next @ (b'"' | b'\\')) => bytes.push(next),
                Some(next) => bytes.extend([b'\\', next]),
                None => return Quoted::Unclosed,
            }
            at = sign + 2;
            continue;
        }
        match after {
            Some(b'"') => {
                bytes.push(b'"');
                at = sign + 2;
            }
            None | Some(b'\n' | b'\r') => return Quoted::Closed(sign + 1),
            Some(next) if next == dialect.delimiter => return Quoted::Closed(sign + 1),
            Some(_) if memchr(b'\n', &buffer[open..sign]).is_some() => return Quoted::Unclosed,
            Some(_) => return Quoted::Closed(sign + 1),
        }
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

/// Tells the dialect from the first bytes of a file: the one under which most records have as many fields as the first.
pub fn sniff(head: &[u8]) -> Dialect {
    let mut best = (
        0.0,
        Dialect {
            delimiter: ONE_COLUMN,
            backslash: false,
        },
    );
    for delimiter in [b',', b';', b'\t', b'|'] {
        for backslash in [false, true] {
            if backslash && memchr::memmem::find(head, b"\\\"").is_none() {
                continue;
            }
            let dialect = Dialect { delimiter, backslash };
            let (fields, agreeing) = agreement(head, dialect);
            let score = agreeing * agreeing * (fields.min(6) as f64 - 1.0);
            if score > best.0 {
                best = (score, dialect);
            }
        }
    }
    // One column, or text that is not delimited at all: commas are then part of it, if there are any.
    best.1
}

/// Number of fields of the record that heads the table, and the share of the later ones that have as many.
fn agreement(head: &[u8], dialect: Dialect) -> (usize, f64) {
    let mut records = filled(head, dialect);
    // A quote that is not closed heads nothing.
    records.drain(..records.iter().take_while(|record| record.fields == 0).count());
    let header = header_of(&records);
    (
        records.get(header).map_or(1, |record| record.fields),
        agreement_with(&records, header),
    )
}

/// How many records stand above the table, as far as a look at its beginning tells: a title, the day of an export, and what
/// else has less than half as many values as the names of the columns have.
pub fn preamble(head: &[u8], dialect: Dialect) -> usize {
    header_of(&filled(head, dialect))
}

/// The size of a record.
#[derive(Clone, Copy)]
struct Filled {
    fields: usize,
    /// Fields that are not empty.
    values: usize,
    /// Whether the last field is empty.
    trails: bool,
}

/// The first records of a file.
fn filled(head: &[u8], dialect: Dialect) -> Vec<Filled> {
    const RECORDS: usize = 200;
    // The last line of a head that is full is cut off.
    let whole = if head.len() < super::decode::HEAD {
        head
    } else {
        &head[..memchr::memrchr(b'\n', head).unwrap_or(head.len())]
    };
    let mut reader = Delimited::new(whole, dialect);
    let mut records = Vec::new();
    // Reading from memory cannot fail.
    while let Ok(Some(piece)) = reader.next_piece() {
        records.push(match piece {
            Piece::Row(row) => Filled {
                fields: row.ends.len(),
                values: row.fields().filter(|field| !field.trim_ascii().is_empty()).count(),
                trails: row.fields().last() == Some(b""),
            },
            Piece::Broken { .. } => Filled {
                fields: 0,
                values: 0,
                trails: false,
            },
        });
        if records.len() > RECORDS {
            break;
        }
    }
    records
}

/// Share of the records after one that have as many fields; 1 where there are none. An empty field at the end of every
/// line is no field.
fn agreement_with(records: &[Filled], header: usize) -> f64 {
    let later = records.get(header + 1..).unwrap_or_default();
    if later.is_empty() {
        return 1.0;
    }
    let fields = records[header].fields;
    let agrees = |record: &&Filled| record.fields == fields || (record.trails && record.fields == fields + 1);
    let agree = later.iter().filter(agrees).count();
    agree as f64 / later.len() as f64
}

/// The place of the record that names the columns. It is the first, but where that is too small for the records that
/// follow and one below it is not.
fn header_of(records: &[Filled]) -> usize {
    const MOST: usize = 5;
    const FEWEST_COLUMNS: usize = 3;
    let Some(first) = records.first() else {
        return 0;
    };
    if first.values * 2 > first.fields && agreement_with(records, 0) >= 0.5 {
        return 0;
    }
    let is_header = |at: &usize| {
        let header = records[*at];
        header.values >= FEWEST_COLUMNS
            && records[..*at].iter().all(|above| above.values * 2 <= header.values)
            && agreement_with(records, *at) >= 0.95
    };
    // Two records at least must follow: prose with as many commas in one line as in the next is no table.
    (1..records.len().saturating_sub(2).min(MOST + 1))
        .find(is_header)
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, PartialEq)]
    enum Seen {
        Row(u64, Vec<String>),
        Broken(u64, Fault),
    }

    fn read(text: &[u8], dialect: Dialect) -> Vec<Seen> {
        let mut reader = Delimited::new(text, dialect);
        let mut seen = Vec::new();
        while let Some(piece) = reader.next_piece().unwrap() {
            seen.push(match piece {
                Piece::Row(row) => Seen::Row(
                    row.line,
                    row.fields()
                        .map(|field| String::from_utf8_lossy(field).into_owned())
                        .collect(),
                ),
                Piece::Broken { line, fault, .. } => Seen::Broken(line, fault),
            });
        }
        seen
    }

    fn row(line: u64, fields: &[&str]) -> Seen {
        Seen::Row(line, fields.iter().map(|field| (*field).to_owned()).collect())
    }

    #[test]
    fn quotes_lines_and_line_numbers() {
        assert_eq!(
            read(b"a,b\r\n\r\n\"x\ny\",\"\"\"z\"\"\"\r\nlast,", Dialect::CSV),
            [row(1, &["a", "b"]), row(3, &["x\ny", "\"z\""]), row(5, &["last", ""])]
        );
        assert_eq!(
            read(b"a,b\rc,d\r", Dialect::CSV),
            [row(1, &["a", "b"]), row(2, &["c", "d"])]
        );
    }

    #[test]
    fn an_unclosed_quote_costs_its_line_only() {
        let text = b"a,b\n1,\"never closed\n2,fine\n3,\"two\nlines\"\n4,x\n";
        let rest = [
            row(3, &["2", "fine"]),
            row(4, &["3", "two\nlines"]),
            row(6, &["4", "x"]),
        ];
        let mut expected = vec![row(1, &["a", "b"]), Seen::Broken(2, Fault::UnclosedQuote)];
        expected.extend(rest);
        assert_eq!(read(text, Dialect::CSV), expected);
        assert_eq!(
            read(b"a,b\n1,\"no end\n2,y\n", Dialect::CSV),
            [
                row(1, &["a", "b"]),
                Seen::Broken(2, Fault::UnclosedQuote),
                row(3, &["2", "y"])
            ]
        );
    }

    #[test]
    fn quotes_inside_a_line_are_kept_as_far_as_can_be() {
        assert_eq!(
            read(b"\"He said \"hi\" to me\",5\n", Dialect::CSV),
            [row(1, &["He said hi\" to me\"", "5"])]
        );
        let dialect = Dialect {
            backslash: true,
            ..Dialect::CSV
        };
        assert_eq!(
            read(b"\"a \\\"b\\\" \\n\",5\n", dialect),
            [row(1, &["a \"b\" \\n", "5"])]
        );
    }

    #[test]
    fn records_longer_than_the_limit_are_dropped_and_the_next_are_read() {
        let text = format!("a,b\n{}\nc,d\n", "x".repeat(300));
        let mut reader = Delimited::with_longest(text.as_bytes(), Dialect::CSV, 100);
        let mut lines = Vec::new();
        while let Some(piece) = reader.next_piece().unwrap() {
            lines.push(match piece {
                Piece::Row(row) => (row.line, None),
                Piece::Broken { line, fault, .. } => (line, Some(fault)),
            });
        }
        assert_eq!(lines, [(1, None), (2, Some(Fault::TooLong)), (3, None)]);
    }

    #[test]
    fn dialects_are_told_apart() {
        for (text, delimiter, backslash) in [
            ("a,b\n1,\"x;y;z\"\n", b',', false),
            ("a;b\n\"1,5\";2,5\n3,5;x, y\n", b';', false),
            ("a\tb\nx, y\tz\n", b'\t', false),
            ("a|b|c\nx, y|z|\n", b'|', false),
            ("a,b\n1,\"x \\\"y, z\\\", w\"\n2,\"p\"\n3,q\n", b',', true),
            ("review\nGood, clean\nBad; dirty\n", ONE_COLUMN, false),
        ] {
            assert_eq!(sniff(text.as_bytes()), Dialect { delimiter, backslash }, "{text}");
        }
    }

    #[test]
    fn a_preamble_is_told_from_a_header() {
        let comma = |text: &str| {
            (
                sniff(text.as_bytes()).delimiter,
                preamble(text.as_bytes(), Dialect::CSV),
            )
        };
        for (text, above) in [
            (
                "Guest book 2021\nhotel,guest,text\nSeeblick,Ann,good\nSeeblick,Bo,bad\n",
                1,
            ),
            (
                "# exported on Monday\n\nhotel,guest,text\nSeeblick,Ann,good\nSeeblick,Bo,bad\n",
                1,
            ),
            (
                "Report,Reviews\nDay,2021-03-04\nhotel,guest,text,stars\nSeeblick,Ann,good,4\nSeeblick,Bo,bad,1\n",
                2,
            ),
            (
                "Guest book,,,\n,,,\nhotel,guest,text,stars\nSeeblick,Ann,good,4\nSeeblick,Bo,bad,1\n",
                2,
            ),
            ("hotel,guest,text\nSeeblick,Ann,good\nSeeblick,Bo\n", 0),
            ("hotel,guest,text,\nSeeblick,Ann,good,\n", 0),
            (
                "hotel,text,,,,\nSeeblick,good,,,,\nSeeblick,bad,,,,\nSeeblick,fine,,,,\n",
                0,
            ),
            ("hotel,guest,text\n", 0),
        ] {
            assert_eq!(comma(text), (b',', above), "{text}");
        }
        let prose = "review\nClean, calm, and near\nLoud\nDear, dirty, and far\n";
        assert_eq!(sniff(prose.as_bytes()).delimiter, ONE_COLUMN);
    }

    proptest! {
        #[test]
        fn reads_what_the_csv_crate_reads(
            rows in prop::collection::vec(prop::collection::vec("[a-z\",;|\t\r\n é]{0,8}", 3), 1..8),
            delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
        ) {
            let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
            rows.iter().for_each(|row| writer.write_record(row).unwrap());
            let text = writer.into_inner().unwrap();
            let seen: Vec<Vec<String>> = read(&text, Dialect { delimiter, backslash: false })
                .into_iter()
                .map(|seen| match seen { Seen::Row(_, fields) => fields, broken => panic!("{broken:?}") })
                .collect();
            prop_assert_eq!(seen, rows);
        }

        #[test]
        fn any_bytes_are_read_to_the_end(bytes in prop::collection::vec(prop::sample::select(b"a,\"\n\r\\\xff\xc3".to_vec()), 0..200)) {
            for backslash in [false, true] {
                let mut reader = Delimited::with_longest(&bytes[..], Dialect { delimiter: b',', backslash }, 64);
                let mut used = 0;
                while let Some(piece) = reader.next_piece().unwrap() {
                    if let Piece::Row(row) = piece { used += row.bytes.len(); }
                }
                prop_assert!(used <= bytes.len());
            }
            sniff(&bytes);
        }
    }
}
