//! Fuzz targets of files: the cutting of records, whole files in all forms, column mapping, photos, and the scoring of
//! whatever comes out. See [`crate::fuzzing`].

use super::contained::contained;
use super::delimited::{Delimited, Dialect, Piece, sniff};
use super::json::{self, Layout, Next, Objects};
use super::photos::{self, PhotoLimits};
use super::{ReadError, ReadOptions, Source};
use crate::context::Properties;
use crate::fuzzing::fuzz;
use crate::model::{Model, bundled};
use crate::normalize::{RawRecord, Reject, Warnings, normalize};
use crate::passes::{self, GatherOptions, Outcome};
use crate::scorer::{Detail, Scorer};
use crate::signals::Case;
use arrow_array::{ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray, StructArray};
use arrow_schema::{DataType, Field as ArrowField};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression as Codec, Encoding};
use parquet::file::properties::WriterProperties;
use std::cell::Cell;
use std::io::{Cursor, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Gives no more than so many bytes at a time.
struct Pieces<'b>(&'b [u8], usize);

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.1.min(buffer.len()).min(self.0.len());
        buffer[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        Ok(length)
    }
}

/// The first reviews of the sample.
fn sample(rows: usize) -> String {
    let mut reader = csv::Reader::from_reader(&include_bytes!("../../datasets/sample_reviews.csv")[..]);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(reader.headers().expect("a header"))
        .expect("memory");
    for record in reader.records().take(rows) {
        writer.write_record(&record.expect("a sound record")).expect("memory");
    }
    String::from_utf8(writer.into_inner().expect("memory")).expect("UTF-8")
}

const TABLE: &str = "id;user;hotel;rating;date;title;review;lang\n\
    1;Ann;Harbour Inn;4,5;14/12/2024;\"Kind; and quiet\";\"We liked the \"\"blue\"\" room\nand the view\";en\n\
    2;Bob;Harbour Inn;2;02/01/2025;Trop bruyant;L'hôtel n'était pas propre, dommage;fr\n\
    3;Cleo;Mill House;5;3 mars 2025;;Great stay, great staff, great food!!!;en\n";

const JSON: &str = concat!(
    r#"{"id":1,"user":{"name":"Ann \u00e9\ud83d\ude00","since":2019},"text":"Clean, quiet \"room\"","stars":4,"tags":["a",{"b":null}]}"#,
    "\n",
    r#"{"id":2,"user":{"name":"Bob"},"text":"Too loud\nfor us","stars":2.5,"photos":["a.jpg","https://example.org/b.png"]}"#,
    "\n",
    r#"{"id":3,"deep":{"a":{"b":{"c":{"d":{"e":{"f":{"g":1}}}}}}},"text":"Fine","stars":null}"#,
    "\n"
);

const MARKS: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b"\n",
    b"\r\n",
    b"\r",
    b",",
    b";",
    b"\t",
    b"|",
    b"\\\"",
    b"\\",
    b"\0",
    b"\xff",
    b"\xe9",
    b"\xef\xbb\xbf",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"null",
    b"\\u00e9",
    b"\\ud800",
    b"NaN",
    b"1e999",
    b"\"a\":",
    b",,,,,",
    b"sep=;\n",
    b"2024-13-45",
    b"99999999999999999999",
    b"text",
    b"rating",
    b"=cmd()",
    b"\x1f",
    b"\xff\xff\xff\x7f",
];

fn pieces(reader: impl Read, dialect: Dialect) -> Vec<String> {
    let mut reader = Delimited::new(reader, dialect);
    let mut found = Vec::new();
    while let Some(piece) = reader.next_piece().expect("memory") {
        if let Piece::Row(row) = &piece {
            assert_eq!(row.ends.last(), Some(&row.bytes.len()), "fields fill the row");
            assert!(row.ends.is_sorted());
        }
        found.push(format!("{piece:?}"));
    }
    found
}

#[test]
fn delimited() {
    let mut seeds = vec![
        sample(3).into_bytes(),
        TABLE.as_bytes().to_vec(),
        TABLE.replace(';', "\t").into_bytes(),
        TABLE.replace(';', "|").replace("\"\"", "\\\"").into_bytes(),
        b"a,b\n1,\"x\"\n\"2\",\"\"\"\"\n".to_vec(),
        b"a\r\n\"b\r\n\"\r\nc\r".to_vec(),
    ];
    seeds.push(seeds[1].repeat(2));
    fuzz("delimited", &seeds, MARKS, |input| {
        let dialect = sniff(input);
        let whole = pieces(input, dialect);
        for size in [1, 3, 64] {
            assert!(
                pieces(Pieces(input, size), dialect) == whole,
                "read {size} bytes at a time"
            );
        }
        // What is read and written again reads as it did.
        let mut reader = Delimited::new(input, dialect);
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let mut rows: Vec<Vec<Vec<u8>>> = Vec::new();
        while let Some(piece) = reader.next_piece().expect("memory") {
            if let Piece::Row(row) = piece {
                rows.push(row.fields().map(<[u8]>::to_vec).collect());
                writer.write_record(row.fields()).expect("memory");
            }
        }
        let written = writer.into_inner().expect("memory");
        let mut reader = Delimited::new(&written[..], Dialect::CSV);
        for expected in rows {
            let Some(Piece::Row(row)) = reader.next_piece().expect("memory") else {
                panic!("a row is lost")
            };
            assert_eq!(row.fields().map(<[u8]>::to_vec).collect::<Vec<_>>(), expected);
        }
        assert!(reader.next_piece().expect("memory").is_none());
    });
}

fn objects(reader: impl Read, layout: Layout) -> Vec<(Next, Vec<u8>)> {
    let mut objects = Objects::new(reader, layout);
    let mut found = Vec::new();
    while let Some(next) = objects.next_object().expect("memory") {
        let is_last = matches!(next, Next::CutOff { .. });
        found.push((next, objects.bytes.clone()));
        if is_last {
            break;
        }
    }
    found
}

#[test]
fn json_objects() {
    let array = format!("[{}]", JSON.trim().replace('\n', ",\n"));
    let seeds = [
        JSON.as_bytes().to_vec(),
        array.into_bytes(),
        JSON.replace(',', ",\n  ").into_bytes(),
    ];
    fuzz("json", &seeds, MARKS, |input| {
        let layout = json::layout(input);
        let whole = objects(input, layout);
        for size in [1, 5, 64] {
            assert!(
                objects(Pieces(input, size), layout) == whole,
                "read {size} bytes at a time"
            );
        }
        for (_, object) in whole {
            let Ok(text) = std::str::from_utf8(&object) else {
                continue;
            };
            let mut paths = Vec::new();
            let flat = json::flatten(text, &mut |path, _| paths.push(path.to_owned()));
            if let Ok(serde_json::Value::Object(map)) = serde_json::from_str(text) {
                assert!(flat.is_ok(), "an object is no object: {flat:?}");
                let plain = map.iter().filter(|(_, value)| !value.is_null() && !value.is_object());
                assert!(plain.into_iter().all(|(key, _)| paths.contains(key)), "a key is lost");
            }
        }
    });
}

/// A file that is written anew for each input, in memory where there is such a folder.
struct Scratch {
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Scratch {
    fn new() -> Scratch {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            tempfile::tempdir_in(memory)
        } else {
            tempfile::tempdir()
        };
        let folder = folder.expect("a folder");
        Scratch {
            path: folder.path().join("reviews"),
            _folder: folder,
        }
    }

    fn open(&self, bytes: &[u8], options: &ReadOptions) -> Result<Source, ReadError> {
        std::fs::write(&self.path, bytes).expect("a writable folder");
        Source::open(&self.path, options)
    }
}

/// Opens a file and holds what must be true of any.
fn check(scratch: &Scratch, input: &[u8], options: &ReadOptions) -> Option<Source> {
    let source = match scratch.open(input, options) {
        Ok(source) => source,
        Err(error) => {
            let message = error.to_string();
            assert!(
                message.contains("reviews") || message.contains("mapping"),
                "no file is named: {message}"
            );
            return None;
        }
    };
    let read = || -> Vec<Result<RawRecord, Reject>> {
        let records = source.records().expect("it was read before");
        records.map(|record| record.expect("it was read before")).collect()
    };
    let records = read();
    assert!(read() == records, "another reading gives other records");
    let survey = source.survey();
    let rejected = records.iter().filter(|record| record.is_err()).count() as u64;
    assert_eq!(
        (survey.records, survey.rejected),
        (records.len() as u64 - rejected, rejected)
    );
    let width = source.reading().header.len();
    let columns = source.reading().mapping.iter().flat_map(|(_, columns)| columns);
    assert!(columns.into_iter().all(|column| *column < width));
    let mut warnings = Warnings::default();
    for (at, record) in records.iter().enumerate() {
        match record {
            Ok(record) => {
                assert!(record.position.record == at as u64 + 1 && record.len() <= width);
                if let Ok(review) = normalize(record, source.reading(), &mut warnings) {
                    assert!(review.rating.is_none_or(|rating| (1.0..=5.0).contains(&rating)));
                }
            }
            Err(reject) => assert_eq!(reject.position.record, at as u64 + 1),
        }
    }
    Some(source)
}

fn compressed(bytes: &[u8]) -> [Vec<u8>; 2] {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).expect("memory");
    [
        gzip.finish().expect("memory"),
        zstd::encode_all(bytes, 1).expect("memory"),
    ]
}

/// The same reviews in all forms in which files come.
fn forms() -> Vec<Vec<u8>> {
    let utf_16 = |unit: fn(u16) -> [u8; 2]| TABLE.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let mut forms = vec![
        sample(4).into_bytes(),
        TABLE.as_bytes().to_vec(),
        TABLE.replace(';', "\t").into_bytes(),
        format!("sep=;\r\n{}", TABLE.replace('\n', "\r\n")).into_bytes(),
        format!("\u{feff}{TABLE}").into_bytes(),
        encoding_rs::WINDOWS_1252.encode(TABLE).0.into_owned(),
        utf_16(u16::to_le_bytes),
        [&b"\xfe\xff"[..], &utf_16(u16::to_be_bytes)].concat(),
        JSON.as_bytes().to_vec(),
        format!("[{}]", JSON.trim().replace('\n', ",")).into_bytes(),
        TABLE.split_once('\n').expect("two lines").1.as_bytes().to_vec(),
    ];
    forms.extend(compressed(TABLE.as_bytes()));
    forms.extend(compressed(JSON.as_bytes()));
    forms
}

#[test]
fn files() {
    let scratch = Scratch::new();
    fuzz("files", &forms(), MARKS, |input| {
        check(&scratch, input, &ReadOptions::default());
    });
}

#[test]
fn mapping() {
    const ROW: &str =
        "17,Ann K,Harbour Inn,4,2024-12-14,We liked the quiet room and the view,en,3,a.jpg,yes,48.85,2.35\n";
    let headers = [
        "id,user,hotel,rating,date,review,language,helpful,photos,verified,lat,lon",
        "reviewId,authorName,placeName,stars,publishedAtDate,text,originalLanguage,likesCount,reviewImageUrls,isLocalGuide,lat,lng",
        "identifiant,pseudo,établissement,note,date de publication,commentaire,langue,votes utiles,photos,vérifié,latitude,longitude",
        "ID,Benutzer,Unterkunft,Bewertung,Datum,Bewertungstext,Sprache,hilfreich,Bilder,verifiziert,Breite,Länge",
        "id,usuario,hotel,puntuación,fecha,opinión,idioma,votos,fotos,verificado,lat,lon",
    ];
    let files = headers.map(|header| format!("{header}\n{}", ROW.repeat(3)).into_bytes());
    let words: &[&[u8]] = &[
        b"text",
        b"review",
        b"rating",
        b"date",
        b"user",
        b"name",
        b"id",
        b"hotel",
        b"_",
        b" ",
        b"turf_logit",
        b"response",
        b"title",
        b"of",
        b"stay",
        b"count",
        b",",
        b"\n",
        b"avis",
        b"property",
        b"reviewer",
        b"total",
        b"url",
        b"5",
        b"None",
        b"A",
        b"day",
    ];
    let saved = br#"{"version":1,"files":[{"columns":["id","user","hotel"],"fields":{"text":["review"],"rating":["rating"]}}]}"#;
    let scratch = Scratch::new();
    let mapping_file = scratch.path.with_file_name("mapping.json");
    fuzz("mapping", &files, words, |input| {
        let Some(source) = check(&scratch, input, &ReadOptions::default()) else {
            return;
        };
        // What is saved reads the file as it was read without; a damaged mapping file is refused.
        let options = ReadOptions {
            mapping_file: Some(mapping_file.clone()),
            ..ReadOptions::default()
        };
        _ = std::fs::remove_file(&mapping_file);
        for _ in 0..2 {
            let kept = Source::open(&scratch.path, &options).expect("it opened before");
            assert!(
                kept.reading().mapping == source.reading().mapping,
                "saved as another mapping"
            );
        }
        let mut damaged = saved.to_vec();
        let at = input.len() % saved.len();
        damaged[at] ^= input.first().copied().unwrap_or(1);
        std::fs::write(&mapping_file, damaged).expect("a writable folder");
        _ = Source::open(&scratch.path, &options);
    });
}

fn parquet_file(codec: Codec, encoding: Option<Encoding>, v2: bool) -> Vec<u8> {
    let texts = ["We liked the quiet room", "Too loud for us", "We liked the quiet room"];
    let names: ArrayRef = Arc::new(StringArray::from(vec![Some("Ann"), None, Some("Bob")]));
    let user = StructArray::from(vec![(Arc::new(ArrowField::new("name", DataType::Utf8, true)), names)]);
    let columns: [(&str, ArrayRef); 5] = [
        ("id", Arc::new(Int64Array::from(vec![1, 2, 3]))),
        ("text", Arc::new(StringArray::from(texts.to_vec()))),
        ("rating", Arc::new(Float64Array::from(vec![Some(4.0), None, Some(2.5)]))),
        ("date", Arc::new(Date32Array::from(vec![20_000, 20_001, -5]))),
        ("user", Arc::new(user)),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
    let mut properties = WriterProperties::builder().set_compression(codec);
    if let Some(encoding) = encoding {
        properties = properties
            .set_dictionary_enabled(false)
            .set_column_encoding("text".into(), encoding);
    }
    if v2 {
        properties = properties.set_writer_version(parquet::file::properties::WriterVersion::PARQUET_2_0);
    }
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties.build())).expect("a schema");
    writer.write(&batch).expect("memory");
    writer.into_inner().expect("memory")
}

#[test]
fn parquet_files() {
    let seeds = [
        parquet_file(Codec::UNCOMPRESSED, None, false),
        parquet_file(Codec::SNAPPY, None, true),
        parquet_file(Codec::ZSTD(Default::default()), Some(Encoding::PLAIN), false),
        parquet_file(Codec::UNCOMPRESSED, Some(Encoding::DELTA_LENGTH_BYTE_ARRAY), true),
        parquet_file(Codec::GZIP(Default::default()), Some(Encoding::DELTA_BYTE_ARRAY), false),
    ];
    let scratch = Scratch::new();
    for seed in &seeds {
        assert!(
            check(&scratch, seed, &ReadOptions::default()).is_some(),
            "a sound file is read"
        );
    }
    let words: &[&[u8]] = &[
        b"PAR1",
        b"\0",
        b"\0\0\0\0",
        b"\xff\xff\xff\x7f",
        b"\xfe\xff\xff\xff\x0f",
        b"\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
        b"\x15",
        b"\x80\x80\x80\x80\x08",
        b"\x1c",
        b"\x2c",
        b"\x26",
        b"text",
    ];
    fuzz("parquet", &seeds, words, |input| {
        check(&scratch, input, &ReadOptions::default());
    });
}

#[test]
fn photo_files() {
    let picture = image::RgbImage::from_fn(40, 24, |x, y| {
        image::Rgb([(x * 6) as u8, (y * 10) as u8, (x * y) as u8])
    });
    let encoded = |format| {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("memory");
        bytes.into_inner()
    };
    let jpeg = encoded(image::ImageFormat::Jpeg);
    let seeds = [
        super::photos::tests::with_exif(&jpeg, "Canon", "Canon EOS 5D", "Adobe Photoshop 24"),
        jpeg,
        encoded(image::ImageFormat::Png),
        encoded(image::ImageFormat::WebP),
    ];
    let words: &[&[u8]] = &[
        b"\xff\xd8",
        b"\xff\xc0",
        b"\xff\xc2",
        b"\xff\xc4",
        b"\xff\xda",
        b"\xff\xdb",
        b"\xff\xdd",
        b"\xff\xe1",
        b"Exif\0\0",
        b"II*\0",
        b"MM\0*",
        b"IHDR",
        b"IDAT",
        b"PLTE",
        b"tRNS",
        b"eXIf",
        b"acTL",
        b"RIFF",
        b"WEBP",
        b"VP8 ",
        b"VP8L",
        b"VP8X",
        b"ANIM",
        b"ALPH",
        b"\0\0",
        b"\xff\xff",
        b"\xff\xff\xff\x7f",
        b"\x7f\xff\xff\xff",
        b"\0\0\x4e\x20",
    ];
    let limits = PhotoLimits {
        bytes: 1_000_000,
        pixels: 1_000_000,
    };
    let panics = Cell::new(0);
    fuzz("photos", &seeds, words, |input| {
        match contained(|| photos::facts(Path::new("photo"), input, &limits)) {
            Ok(Ok(facts)) => {
                assert!(u64::from(facts.size.0) * u64::from(facts.size.1) <= limits.pixels);
                let numbers = [facts.sharpness, facts.exposure, facts.clipped, facts.saturation];
                assert!(
                    numbers.into_iter().all(|number| number.is_finite() && number >= 0.0),
                    "{numbers:?}"
                );
            }
            Ok(Err(error)) => assert!(error.to_string().starts_with("photo: ")),
            Err(_) => panics.set(panics.get() + 1),
        }
    });
    println!("fuzz photos: {} panics of decoders contained", panics.get());
}

#[test]
fn scores() {
    let model = Model::from_bytes(bundled("hotel-open").expect("it is bundled")).expect("a sound model");
    let scorer = Scorer::new(&model, None).expect("its own prevalence");
    let scratch = Scratch::new();
    let mut seeds = forms();
    seeds.push(sample(30).into_bytes());
    fuzz("scores", &seeds, MARKS, |input| {
        let Ok(source) = scratch.open(input, &ReadOptions::default()) else {
            return;
        };
        let properties = Properties::default();
        let options = GatherOptions {
            horizon: model.settings.horizon,
            properties: &properties,
            copies: true,
        };
        let sources = [source];
        let gathered = passes::gather(&sources, &options, |_| ()).expect("it was read before");
        let mut scored = 0;
        let mut rejected = 0;
        let rows = passes::in_order(
            &sources[0],
            0,
            &mut Warnings::default(),
            |_, review, row| {
                let around = gathered.context.around(row);
                Case::with(&review, &around, &[], |case| scorer.score(case, Detail::All))
            },
            |outcome| {
                match outcome {
                    Outcome::Read(_, score) => {
                        let sum: i64 = score.reasons.iter().map(|reason| reason.milli_logit).sum();
                        assert_eq!(score.milli_base + sum, score.milli_logit, "the reasons add up");
                        assert!((0.0..=1.0).contains(&score.probability()) && (0.0..=1.0).contains(&score.evidence));
                        scored += 1;
                    }
                    Outcome::Rejected(_) => rejected += 1,
                }
                Ok::<(), ReadError>(())
            },
        );
        assert_eq!(rows.ok(), Some(scored), "rows scored are rows read");
        assert_eq!(
            (gathered.rows, gathered.rejected),
            (scored, rejected),
            "both passes agree"
        );
    });
}
