//! Whole files, sound and broken, opened as a user would. The texts are invented.

use std::io::Write as _;

use proptest::prelude::*;

use super::{ReadError, ReadOptions, Source};
use crate::normalize::{Field, RawRecord, Reject, Scale, Warnings, normalize};
use crate::review::{Date, Review};

fn open_with(bytes: &[u8], options: &ReadOptions) -> Result<Source, ReadError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    // The file must outlive the source, which opens it again.
    let path = file.into_temp_path().keep().unwrap();
    let source = Source::open(&path, options);
    OPENED.with_borrow_mut(|opened| opened.0.push(path));
    source
}

/// Files to delete when the test ends.
#[derive(Default)]
struct Opened(Vec<std::path::PathBuf>);

impl Drop for Opened {
    fn drop(&mut self) {
        self.0.iter().for_each(|path| _ = std::fs::remove_file(path));
    }
}

thread_local! {
    static OPENED: std::cell::RefCell<Opened> = std::cell::RefCell::default();
}

fn open(bytes: &[u8]) -> Result<Source, ReadError> {
    open_with(bytes, &ReadOptions::default())
}

fn records(source: &Source) -> Vec<Result<RawRecord, Reject>> {
    source.records().unwrap().map(Result::unwrap).collect()
}

fn reviews(source: &Source) -> Vec<Review> {
    let mut warnings = Warnings::default();
    let read = records(source).into_iter().flatten();
    read.map(|record| normalize(&record, source.reading(), &mut warnings).unwrap())
        .collect()
}

fn texts(source: &Source) -> Vec<String> {
    reviews(source).into_iter().filter_map(|review| review.text).collect()
}

/// The message of a reject without the name of the file.
fn message(reject: &Reject) -> String {
    let whole = reject.to_string();
    whole
        .split_once(": record")
        .map(|(_, rest)| format!("record{rest}"))
        .unwrap_or(whole)
}

fn messages(source: &Source) -> Vec<String> {
    records(source)
        .into_iter()
        .filter_map(Result::err)
        .map(|reject| message(&reject))
        .collect()
}

#[test]
fn files_that_are_no_reviews_say_what_was_looked_for() {
    let error = |bytes: &[u8]| open(bytes).err().unwrap().to_string();
    assert!(error(b"").contains("the file is empty"));
    assert!(error(b" \r\n\n").contains("the file is empty"));
    assert!(error(b"PK\x03\x04rest").contains("spreadsheet; save it as CSV"));
    assert!(error(b"<!DOCTYPE html><html>").contains("found an HTML or XML document"));
    assert!(error(b"\x89PNG\r\n\x1a\n").contains("found a picture"));
    assert!(error(b"a\x00\x01\x02b\xff,\n").contains("found binary data"));
    assert!(error(b"PAR1 and then nonsense").contains("broken Parquet file"));
    let prices = error(b"sku,price\n1,9.99\n2,3.50\n");
    assert!(
        prices.contains("looked for a column of texts")
            && prices.contains("found columns sku, price")
            && prices.contains("--map")
    );
    let wide = error(format!("{}\n1\n", "text,".repeat(1_000_000)).as_bytes());
    assert!(wide.contains("expected at most 10000 columns, found 1000001"));
    let folder = tempfile::tempdir().unwrap();
    let error = Source::open(folder.path(), &ReadOptions::default()).err().unwrap();
    assert!(error.to_string().ends_with("found a folder"));
    assert!(matches!(
        Source::open(folder.path().join("none.csv"), &ReadOptions::default()),
        Err(ReadError::Io { .. })
    ));
}

#[test]
fn a_header_alone_and_one_row() {
    let header = open(b"hotel,user,text\n").unwrap();
    assert_eq!((records(&header).len(), header.survey().records), (0, 0));
    assert_eq!(header.survey().notes, ["there is no record after the header"]);
    let one = open(b"hotel,user,rating,text\nInn,Ann,5,\"Quiet, clean\"").unwrap();
    assert_eq!(texts(&one), ["Quiet, clean"]);
}

#[test]
fn a_column_named_twice_stays_twice() {
    let source = open(b"text,date,date\nFine and quiet,2024-01-02,x\n").unwrap();
    assert_eq!(source.reading().header, ["text", "date", "date"]);
    assert_eq!(
        source.survey().notes,
        ["columns 2 and 3 are both named date; fields are read from the first"]
    );
    assert_eq!(reviews(&source)[0].published, Date::from_ymd(2024, 1, 2));
}

#[test]
fn broken_rows_are_rejected_with_their_line_and_the_rest_is_read() {
    let source =
        open(b"id,text\n1,good\n2,\"never closed\n3,a,b\n4\n5,\"two\nlines\"\n\n6,caf\xff\xfe\n7,end\n").unwrap();
    assert_eq!(texts(&source), ["good", "two\nlines", "end"]);
    assert_eq!(
        messages(&source),
        [
            "record 2 (line 3): expected a closing quote, found a quote that opens on line 3 and is never closed",
            "record 3 (line 4): expected 2 fields, found 3 fields",
            "record 4 (line 5): expected 2 fields, found 1 field",
            "record 6 (line 9): expected valid UTF-8, found invalid bytes in field 2 of 2",
        ]
    );
    assert_eq!((source.survey().records, source.survey().rejected), (3, 4));
}

#[test]
fn lines_that_end_with_a_delimiter_are_sound() {
    let source = open(b"id;text\n1;good;\n2;fine;\n").unwrap();
    assert_eq!(texts(&source), ["good", "fine"]);
}

#[test]
fn encodings_and_compressions() {
    let text = "id,text\n1,Tr\u{e8}s bien, l\u{2019}h\u{f4}tel\n".replace("bien, ", "bien ");
    let (windows, ..) = encoding_rs::WINDOWS_1252.encode(&text);
    let utf16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    for bytes in [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        windows.into_owned(),
        utf16,
        gzip.finish().unwrap(),
        zstd::encode_all(text.as_bytes(), 1).unwrap(),
    ] {
        let source = open(&bytes).unwrap();
        assert_eq!(texts(&source), ["Très bien l’hôtel"]);
        assert_eq!(source.reading().header, ["id", "text"]);
    }
    let options = ReadOptions {
        encoding: Some("windows-1251".to_owned()),
        ..ReadOptions::default()
    };
    assert_eq!(
        texts(&open_with(b"id,text\n1,\xd5\xee\xf0\xee\xf8\xee\n", &options).unwrap()),
        ["Хорошо"]
    );
}

#[test]
fn a_compressed_file_that_is_cut_off_fails() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all("id,text\n1,fine\n".repeat(5000).as_bytes()).unwrap();
    let bytes = gzip.finish().unwrap();
    assert!(matches!(open(&bytes[..bytes.len() / 2]), Err(ReadError::Io { .. })));
}

#[test]
fn a_field_of_fifty_megabytes_is_read() {
    let source = open(format!("id,text\n1,\"{}\"\n2,short\n", "long ".repeat(10 << 20)).as_bytes()).unwrap();
    let lengths: Vec<usize> = texts(&source).iter().map(String::len).collect();
    assert_eq!(lengths, [(50 << 20) - 1, 5]);
}

#[test]
fn a_line_beyond_all_measure_is_dropped_in_a_stream() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    gzip.write_all(b"id,text\n").unwrap();
    (0..100).for_each(|_| gzip.write_all(&vec![b'a'; 1 << 20]).unwrap());
    gzip.write_all(b"\n2,fine\n").unwrap();
    let source = open(&gzip.finish().unwrap()).unwrap();
    assert_eq!(
        messages(&source),
        ["record 1 (line 2): expected at most 64 MiB, found a longer record"]
    );
    assert_eq!(texts(&source), ["fine"]);
}

#[test]
fn json_lines_and_arrays() {
    let lines = "{\"id\":1,\"user\":{\"name\":\"Ann\"},\"text\":\"Clean\",\"stars\":4}\n{\"id\":2,\n{\"id\":3,\"text\":\"Loud\",\"extra\":[1]}\n";
    let source = open(lines.as_bytes()).unwrap();
    assert_eq!(source.reading().header, ["id", "user.name", "text", "stars", "extra"]);
    assert_eq!(texts(&source), ["Clean", "Loud"]);
    assert_eq!((source.survey().records, source.survey().rejected), (2, 1));
    let reviews = reviews(&source);
    assert_eq!(
        (reviews[0].reviewer_name.as_deref(), reviews[1].rating),
        (Some("Ann"), None)
    );
    let array = "[\n  {\"text\": \"Clean\"},\n  {\"text\": \"Loud\"}\n]\n";
    assert_eq!(texts(&open(array.as_bytes()).unwrap()), ["Clean", "Loud"]);
}

#[test]
fn a_file_without_header_is_mapped_by_its_values() {
    let rows = (0..12).map(|i| {
        format!(
            "{},2024-01-{:02},\"The room {i} was quiet and clean, and the breakfast was rich and warm\"\n",
            i % 5 + 1,
            i + 1
        )
    });
    let source = open(rows.collect::<String>().as_bytes()).unwrap();
    assert_eq!(source.reading().header, ["column_1", "column_2", "column_3"]);
    let mapping = &source.reading().mapping;
    assert_eq!(
        (
            mapping.get(Field::Rating),
            mapping.get(Field::Published),
            mapping.get(Field::Text)
        ),
        (Some(0), Some(1), Some(2))
    );
    assert_eq!(records(&source).len(), 12);
}

#[test]
fn the_user_maps_columns_and_is_told_what_exists() {
    let text = b"a,b,c,d\nquiet and clean,not cheap,5,9\n";
    let with = |map: &[(&str, &str)]| {
        let map = map
            .iter()
            .map(|(field, column)| ((*field).to_owned(), (*column).to_owned()))
            .collect();
        open_with(
            text,
            &ReadOptions {
                map,
                ..ReadOptions::default()
            },
        )
    };
    let source = with(&[("text", "a+b"), ("rating", "c")]).unwrap();
    assert_eq!(texts(&source), ["quiet and clean\nnot cheap"]);
    assert_eq!(
        source
            .survey()
            .confidence
            .iter()
            .map(|pair| pair.confidence)
            .sum::<f64>(),
        3.0
    );
    let error = |map| with(map).err().unwrap().to_string();
    assert!(error(&[("txt", "a")]).starts_with("unknown field txt; fields are review_id, site,"));
    assert!(error(&[("text", "z")]).ends_with("no column is named z; columns are a, b, c, d"));
}

#[test]
fn mappings_are_kept_and_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let mapping_file = Some(folder.path().join("mapping.json"));
    let (one, other) = (b"a,b\nquiet and clean,5\n", b"text,x\nquiet and clean,5\n");
    let map = vec![
        ("text".to_owned(), "a".to_owned()),
        ("rating".to_owned(), "b".to_owned()),
    ];
    open_with(
        one,
        &ReadOptions {
            map,
            mapping_file: mapping_file.clone(),
            ..ReadOptions::default()
        },
    )
    .unwrap();
    let again = ReadOptions {
        mapping_file,
        ..ReadOptions::default()
    };
    let source = open_with(one, &again).unwrap();
    assert_eq!(
        (
            source.reading().mapping.get(Field::Text),
            source.reading().mapping.get(Field::Rating)
        ),
        (Some(0), Some(1))
    );
    let other = open_with(other, &again).unwrap();
    assert_eq!(
        other.reading().mapping.get(Field::Text),
        Some(0),
        "a file with other columns is mapped anew"
    );
}

#[test]
fn ratings_and_dates_are_read_as_the_whole_file_has_them() {
    let rows: String = (1..=12)
        .map(|i| {
            format!(
                "{i},room {i} was quiet and clean,{},{i:02}/{:02}/2024\n",
                i % 4 + 7,
                i + 12
            )
        })
        .collect();
    let source = open(format!("id,text,score,date\n{rows}").as_bytes()).unwrap();
    let reading = source.reading();
    assert_eq!(reading.conventions[2].scale, Some(Scale { low: 1.0, high: 10.0 }));
    let reviews = reviews(&source);
    assert_eq!(reviews[0].published, Date::from_ymd(2024, 1, 13));
    assert!(
        reviews
            .iter()
            .all(|review| review.published.is_some() && review.rating.is_some())
    );
    assert!(source.days_known());
}

#[test]
fn columns_of_an_earlier_run_are_not_read() {
    let text = "text,turf_explanation,turf_band\nquiet and clean,Some words of an earlier run that are longer than the text is,clear\n";
    let source = open(text.as_bytes()).unwrap();
    assert_eq!(texts(&source), ["quiet and clean"]);
    assert!(source.survey().notes[0].contains("earlier run"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_table_reads_back_whatever_the_delimiter(
        rows in prop::collection::vec(("[a-z]{1,6}", "[a-z \",;|\t\né]{0,12}", "[A-Z]{1,5}"), 3..20),
        delimiter in prop::sample::select(b",;\t|".to_vec()),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).quote_style(csv::QuoteStyle::NonNumeric).from_writer(Vec::new());
        writer.write_record(["hotel", "text", "user"]).unwrap();
        rows.iter().for_each(|(a, b, c)| writer.write_record([a, b, c]).unwrap());
        let source = open(&writer.into_inner().unwrap()).unwrap();
        let read: Vec<(String, String, String)> = records(&source)
            .into_iter()
            .map(|record| {
                let record = record.unwrap();
                let field = |column| record.get(column).unwrap().to_owned();
                (field(0), field(1), field(2))
            })
            .collect();
        prop_assert_eq!(read, rows);
    }

    #[test]
    fn rows_in_are_rows_out_and_rejects_for_any_bytes(
        body in prop::collection::vec(prop::sample::select(b"ab,\"\n\r;\\{}\xc3\xa9\xff\xe9 1".to_vec()), 0..300),
        json in any::<bool>(),
    ) {
        let mut bytes = if json { b"{\"text\":\"fine\"}\n".to_vec() } else { b"id,text\n1,fine\n".to_vec() };
        bytes.extend(body);
        if let Ok(source) = open(&bytes) {
            let (first, second) = (records(&source), records(&source));
            prop_assert_eq!(&first, &second);
            let read = first.iter().filter(|record| record.is_ok()).count() as u64;
            let survey = source.survey();
            prop_assert_eq!((survey.records, survey.rejected), (read, first.len() as u64 - read));
            let mut warnings = Warnings::default();
            for record in first.into_iter().flatten() {
                let _ = normalize(&record, source.reading(), &mut warnings);
            }
        }
    }
}

/// A source over a file that the test may write to.
fn open_path(path: &std::path::Path, text: &str) -> Source {
    std::fs::write(path, text).unwrap();
    Source::open(path, &ReadOptions::default()).unwrap()
}

#[test]
fn a_file_that_changes_under_the_reader_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reviews.csv");
    let text = "id,text\n1,good\n2,fine\n";
    for after in [
        "id,text\n1,good\n",
        "id,text\n1,good\n2,fine\n3,new\n",
        "id,text\n1,good\n2,bad!\n",
    ] {
        // Some file systems tell times no finer than a hundredth of a second.
        let write = || {
            std::thread::sleep(std::time::Duration::from_millis(20));
            std::fs::write(&path, after).unwrap();
        };
        let source = open_path(&path, text);
        write();
        assert!(
            matches!(source.records(), Err(ReadError::Changed { .. })),
            "between: {after}"
        );
        let source = open_path(&path, text);
        let mut records = source.records().unwrap();
        assert!(records.next().unwrap().is_ok());
        write();
        let last = records.last().unwrap();
        let message = last.unwrap_err().to_string();
        assert!(
            message.contains("reviews.csv") && message.contains("it was written to"),
            "{message}"
        );
    }
    let source = open_path(&path, text);
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(source.records(), Err(ReadError::Io { .. })));
}

#[test]
fn lines_above_the_names_of_the_columns_are_not_read() {
    let table = "hotel;guest;stars;review;date\n\
        Seeblick;Ann;4;A quiet room above the lake;2021-03-04\n\
        Seeblick;Bo;1;The heating never came on;2021-03-05\n";
    let plain = open(table.as_bytes()).unwrap();
    for above in [
        "Guest book 2021\n",
        "Guest book 2021;;;;\n;;;;\n",
        "Export;2021-04-01\n\nRows;2\n",
    ] {
        let source = open(format!("{above}{table}").as_bytes()).unwrap();
        assert_eq!(source.reading().header, plain.reading().header, "{above}");
        assert_eq!(texts(&source), texts(&plain), "{above}");
        let notes = &source.survey().notes;
        assert!(notes.iter().any(|note| note.contains("above the names")), "{notes:?}");
    }
    assert!(plain.survey().notes.is_empty(), "{:?}", plain.survey().notes);
}

#[test]
fn json_that_holds_its_reviews_is_read_and_columns_are_refused() {
    let source = open(
        br#"{"place": "Seeblick", "reviews": [
            {"author": "Ann", "text": "A quiet room above the lake", "stars": 4, "photos": [{"url": "a.jpg"}]},
            {"author": "Bo", "text": "The heating never came on", "stars": 1, "photos": []}], "next": null}"#,
    )
    .unwrap();
    assert_eq!(
        texts(&source),
        ["A quiet room above the lake", "The heating never came on"]
    );
    let columns = open(br#"{"text": {"0": "A quiet room", "1": "No heating"}, "stars": {"0": 4, "1": 1}}"#);
    let error = columns.err().unwrap().to_string();
    assert!(error.contains("column by column"), "{error}");
}
