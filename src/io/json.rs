//! JSON Lines, and arrays or runs of JSON objects over several lines: cut into objects, and objects flattened into columns
//! (`user.name`).

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::delimited::LONGEST_RECORD;

/// How objects follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One object on each line.
    Lines,
    /// An array, or objects that run over several lines.
    Stream,
    /// Objects in an array that an object holds: `{"reviews": [{...}, {...}]}`.
    Held,
}

/// Tells the layout from the first bytes, which begin with a brace or a bracket.
pub fn layout(head: &[u8]) -> Layout {
    if holds_objects(head) {
        return Layout::Held;
    }
    let first_line = head
        .split(|b| *b == b'\n')
        .find(|line| !line.trim_ascii().is_empty())
        .unwrap_or(head);
    let is_object =
        first_line.trim_ascii().starts_with(b"{") && serde_json::from_slice::<&RawValue>(first_line).is_ok();
    // A first line that is broken is a broken record where the second is sound.
    let second = head
        .split(|b| *b == b'\n')
        .filter(|line| !line.trim_ascii().is_empty())
        .nth(1);
    let second_is_object = second
        .is_some_and(|line| line.trim_ascii().starts_with(b"{") && serde_json::from_slice::<&RawValue>(line).is_ok());
    if is_object || (second_is_object && first_line.trim_ascii().len() > 1 && !first_line.starts_with(b"[")) {
        Layout::Lines
    } else {
        Layout::Stream
    }
}

/// Whether there is one object, and most of it is one array of objects: a single review with its photos is none.
fn holds_objects(head: &[u8]) -> bool {
    let (mut nesting, mut quoted, mut escaped) = (Vec::<u8>::new(), false, false);
    // Objects at the top, arrays of objects in them, whether such an array has no object yet, and the bytes in those that have.
    let (mut roots, mut holders, mut is_new, mut held) = (0, 0, false, 0);
    for &byte in head {
        held += usize::from(holders > 0 && nesting.starts_with(HOLDER));
        if quoted {
            quoted = !ends_string(byte, &mut escaped);
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => {
                if nesting.is_empty() {
                    roots += 1;
                    if byte == b'[' || roots > 1 {
                        return false;
                    }
                }
                if nesting == HOLDER && byte == b'{' {
                    holders += usize::from(std::mem::take(&mut is_new));
                }
                nesting.push(byte);
                is_new |= nesting == HOLDER;
            }
            b'}' | b']' => {
                nesting.pop();
            }
            _ => {}
        }
    }
    holders == 1 && held * 2 > head.len()
}

/// Whether a byte of a string is the quotation mark that ends it; `escaped` is kept from one byte to the next.
#[inline]
fn ends_string(byte: u8, escaped: &mut bool) -> bool {
    let was_escaped = std::mem::replace(escaped, !*escaped && byte == b'\\');
    byte == b'"' && !was_escaped
}

/// What is open around the objects of [`Layout::Held`].
const HOLDER: &[u8] = b"{[";

/// Whether a file begins as an object of columns, each an object of rows: `{"stars": {"0": 5, "1": 4}, ...}`.
pub fn is_by_columns(head: &[u8]) -> bool {
    fn after(text: &[u8], sign: u8) -> Option<&[u8]> {
        Some(text.trim_ascii_start().strip_prefix(&[sign])?.trim_ascii_start())
    }
    let inside = || {
        let name = after(after(head, b'{')?, b'"')?;
        after(after(&name[memchr::memchr(b'"', name)? + 1..], b':')?, b'{')
    };
    inside().is_some_and(|rows| rows.starts_with(b"\"0\""))
}

/// What stands next.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// The bytes of an object, and the line on which it begins.
    Object { line: u64 },
    /// More bytes than a record may have.
    TooLong { line: u64 },
    /// An object that the end of the file cuts off.
    CutOff { line: u64 },
}

/// Cuts a stream into objects.
pub struct Objects<R> {
    input: BufReader<R>,
    layout: Layout,
    line: u64,
    /// What is open around the next object, for [`Layout::Held`]: the outermost, and how many more.
    around: Vec<u8>,
    deeper: u64,
    /// The bytes of the object last found.
    pub bytes: Vec<u8>,
}

impl<R: Read> Objects<R> {
    /// Reads from the start of a stream.
    pub fn new(input: R, layout: Layout) -> Objects<R> {
        Objects {
            input: BufReader::with_capacity(256 << 10, input),
            layout,
            line: 1,
            around: Vec::new(),
            deeper: 0,
            bytes: Vec::new(),
        }
    }

    /// The next object, its bytes in [`Objects::bytes`]; `None` at the end.
    ///
    /// # Errors
    /// Where the stream cannot be read.
    pub fn next_object(&mut self) -> io::Result<Option<Next>> {
        match self.layout {
            Layout::Lines => self.next_line(),
            Layout::Stream | Layout::Held => self.next_in_stream(),
        }
    }

    fn next_line(&mut self) -> io::Result<Option<Next>> {
        loop {
            self.bytes.clear();
            let read = self
                .input
                .by_ref()
                .take(LONGEST_RECORD as u64)
                .read_until(b'\n', &mut self.bytes)?;
            if read == 0 {
                return Ok(None);
            }
            let line = self.line;
            self.line += 1;
            if read == LONGEST_RECORD && self.bytes.last() != Some(&b'\n') {
                self.input.skip_until(b'\n')?;
                return Ok(Some(Next::TooLong { line }));
            }
            let end = self.bytes.trim_ascii_end().len();
            self.bytes.truncate(end);
            if !self.bytes.trim_ascii_start().is_empty() {
                return Ok(Some(Next::Object { line }));
            }
        }
    }

    fn next_in_stream(&mut self) -> io::Result<Option<Next>> {
        self.bytes.clear();
        let mut depth = 0u32;
        let mut quoted = false;
        let mut escaped = false;
        let mut began = 0;
        let mut too_long = false;
        let is_held = self.layout == Layout::Held;
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                let is_cut_off = depth > 0 || !self.around.is_empty();
                self.around.clear();
                return Ok(is_cut_off.then_some(Next::CutOff {
                    line: if depth > 0 { began } else { self.line },
                }));
            }
            let mut used = 0;
            let mut from = 0;
            let mut complete = false;
            for &byte in buffer {
                used += 1;
                self.line += u64::from(byte == b'\n');
                if quoted {
                    quoted = !ends_string(byte, &mut escaped);
                    continue;
                }
                match byte {
                    b'{' | b'[' if is_held && depth == 0 && !(byte == b'{' && self.around == HOLDER) => {
                        if self.around.len() > HOLDER.len() {
                            self.deeper += 1;
                        } else {
                            self.around.push(byte);
                        }
                    }
                    b'}' | b']' if is_held && depth == 0 => {
                        if self.deeper > 0 {
                            self.deeper -= 1;
                        } else {
                            self.around.pop();
                        }
                    }
                    b'{' => {
                        if depth == 0 {
                            from = used - 1;
                            began = self.line;
                        }
                        depth += 1;
                    }
                    b'}' if depth > 0 => {
                        depth -= 1;
                        if depth == 0 {
                            complete = true;
                            break;
                        }
                    }
                    b'"' if depth > 0 || is_held => quoted = true,
                    _ => {}
                }
            }
            if depth > 0 || complete {
                if self.bytes.len() + used - from > LONGEST_RECORD {
                    too_long = true;
                    self.bytes.truncate(1024);
                } else {
                    self.bytes.extend_from_slice(&buffer[from..used]);
                }
            }
            self.input.consume(used);
            if complete {
                return Ok(Some(if too_long {
                    Next::TooLong { line: began }
                } else {
                    Next::Object { line: began }
                }));
            }
        }
    }
}

/// Objects nested deeper are kept as JSON text.
const DEEPEST: usize = 6;

/// Calls `put` with each path and value of an object; nulls are left out, arrays are kept as JSON text.
///
/// # Errors
/// Where the text is no JSON object.
pub fn flatten(object: &str, put: &mut dyn FnMut(&str, &str)) -> serde_json::Result<()> {
    let mut path = String::new();
    flatten_below(object, &mut path, 0, put)
}

fn flatten_below(
    object: &str,
    path: &mut String,
    depth: usize,
    put: &mut dyn FnMut(&str, &str),
) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(object);
    let Pairs(pairs) = deserializer.deserialize_map(PairsVisitor)?;
    deserializer.end()?;
    let length = path.len();
    for (key, value) in pairs {
        path.truncate(length);
        if length > 0 {
            path.push('.');
        }
        path.push_str(&key.0);
        let raw = value.get();
        match raw.as_bytes().first() {
            Some(b'n') => {}
            Some(b'"') => put(path, &serde_json::from_str::<Text>(raw)?.0),
            Some(b'{') if depth < DEEPEST => flatten_below(raw, path, depth + 1, put)?,
            _ => put(path, raw),
        }
    }
    path.truncate(length);
    Ok(())
}

/// A string, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

struct Pairs<'a>(Vec<(Text<'a>, &'a RawValue)>);

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn objects(text: &str) -> Vec<(u64, String)> {
        let mut objects = Objects::new(text.as_bytes(), layout(text.as_bytes()));
        let mut found = Vec::new();
        while let Some(next) = objects.next_object().unwrap() {
            let Next::Object { line } = next else {
                panic!("{next:?}")
            };
            found.push((line, String::from_utf8(objects.bytes.clone()).unwrap()));
        }
        found
    }

    fn flat(object: &str) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        flatten(object, &mut |path, value| {
            pairs.push((path.to_owned(), value.to_owned()))
        })
        .unwrap();
        pairs
    }

    #[test]
    fn lines_arrays_and_pretty_objects() {
        let expected = |lines: [u64; 2]| {
            vec![
                (lines[0], r#"{"a":"}{"}"#.to_owned()),
                (lines[1], r#"{"b":1}"#.to_owned()),
            ]
        };
        assert_eq!(objects("{\"a\":\"}{\"}\n\n{\"b\":1}\n"), expected([1, 3]));
        assert_eq!(objects("[{\"a\":\"}{\"},\n{\"b\":1}]"), expected([1, 2]));
        assert_eq!(
            objects("{\n \"a\": \"\\\"}\"\n}\n{\"b\":1}")[0],
            (1, "{\n \"a\": \"\\\"}\"\n}".to_owned())
        );
    }

    #[test]
    fn a_broken_line_does_not_make_a_stream() {
        assert_eq!(layout(b"{\"a\": \n{\"a\":1}\n"), Layout::Lines);
        assert_eq!(layout(b"{\n{\"a\":1}\n"), Layout::Stream);
    }

    #[test]
    fn objects_that_an_object_holds() {
        let held = "{\"of\": {\"x\": [{}]}, \"page\": \"{[\",\n\"reviews\": [\n{\"a\": \"] and more of it, and more again, and a good deal more\"},\n{\"b\": [{\"c\": 1}]}],\n\"n\": [1]}";
        assert_eq!(layout(held.as_bytes()), Layout::Held);
        assert_eq!(
            objects(held),
            [
                (
                    3,
                    "{\"a\": \"] and more of it, and more again, and a good deal more\"}".to_owned()
                ),
                (4, "{\"b\": [{\"c\": 1}]}".to_owned())
            ]
        );
        for text in [
            "{\"text\": \"fine\", \"photos\": [{\"url\": \"a\"}]}\n{\"text\": \"bad\", \"photos\": [{\"url\": \"b\"}]}",
            "{\"text\": \"a long review of a quiet house\",\n \"photos\": [{\"url\": \"a\"}]}",
            "{\"reviews\": [{\"text\": \"fine\"}], \"places\": [{\"name\": \"x\"}]}",
            "[{\"reviews\": [{\"text\": \"fine\"}]}]",
            "{\"reviews\": [\"fine\", \"bad\"]}",
        ] {
            assert_ne!(layout(text.as_bytes()), Layout::Held, "{text}");
        }
        let mut objects = Objects::new(&b"{\"reviews\": [{\"a\":1}, "[..], Layout::Held);
        assert_eq!(objects.next_object().unwrap(), Some(Next::Object { line: 1 }));
        assert_eq!(objects.next_object().unwrap(), Some(Next::CutOff { line: 1 }));
        assert_eq!(objects.next_object().unwrap(), None);
    }

    #[test]
    fn tables_column_by_column() {
        assert!(is_by_columns(b"{\"stars\": {\"0\": 5, \"1\": 4}}") && is_by_columns(b"{ \"a\" :{\n\"0\":1"));
        for text in [
            "{\"a\": {\"b\": 1}}",
            "{\"a\": \"0\"}",
            "[{\"a\": {\"0\": 1}}]",
            "{",
            "{\"a",
        ] {
            assert!(!is_by_columns(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn an_object_that_does_not_end() {
        let mut objects = Objects::new(&b"[{\"a\":1},\n{\"b\":"[..], Layout::Stream);
        assert_eq!(objects.next_object().unwrap(), Some(Next::Object { line: 1 }));
        assert_eq!(objects.next_object().unwrap(), Some(Next::CutOff { line: 2 }));
    }

    #[test]
    fn nested_keys_are_joined_and_nulls_left_out() {
        let pairs = flat(r#"{"id":7,"user":{"name":"A\u00e9","x":null,"n":{"k":true}},"tags":["a",1],"none":null}"#);
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(path, value)| (path.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            pairs,
            [
                ("id", "7"),
                ("user.name", "Aé"),
                ("user.n.k", "true"),
                ("tags", "[\"a\",1]")
            ]
        );
        assert!(flatten("[1]", &mut |_, _| ()).is_err() && flatten("{\"a\":1} x", &mut |_, _| ()).is_err());
    }

    #[test]
    fn deep_nesting_is_kept_as_text() {
        let deep = format!("{}1{}", "{\"a\":".repeat(3000), "}".repeat(3000));
        assert_eq!(flat(&deep).len(), 1);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_to_the_end(bytes in prop::collection::vec(prop::sample::select(b"{}[]\",:\\\na1".to_vec()), 0..80)) {
            for layout in [Layout::Lines, Layout::Stream, Layout::Held] {
                let mut objects = Objects::new(&bytes[..], layout);
                while let Some(next) = objects.next_object().unwrap() {
                    if let Ok(text) = std::str::from_utf8(&objects.bytes) { let _ = flatten(text, &mut |_, _| ()); }
                    if matches!(next, Next::CutOff { .. }) { break; }
                }
            }
        }
    }
}
