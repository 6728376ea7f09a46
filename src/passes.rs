//! The two passes over the input: the first gathers context, the second scores. Batches of records are worked on in
//! parallel and handed over in input order, so that nothing depends on the number of threads and no text of the whole
//! file is held.

use crate::context::{Answer, Context, Event, Events, Horizon, Properties, Reread};
use crate::io::photos::{self, PhotoError, PhotoIndex, PhotoLimits};
use crate::io::{ReadError, Source};
use crate::normalize::{RawRecord, Reject, Warnings, normalize};
use crate::review::Review;
use crate::signals::{Case, PhotoFacts};
use crate::text::Identification;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Records worked on at a time: two batches with their scores, reasons and texts are to stay in the cache.
const BATCH: usize = 256;

/// What becomes of a record.
pub enum Outcome<T> {
    /// It was read, and this was made of it.
    Read(RawRecord, T),
    /// Its structure is broken.
    Rejected(Reject),
}

/// Reads a source to its end: `work` is called in parallel with each record, its review and its row, `take` in input
/// order with what `work` made of it. Rows are numbered on from `row`, rejected records not counted. Returns the number
/// of the next row.
pub fn in_order<T, E>(
    source: &Source,
    row: usize,
    warnings: &mut Warnings,
    work: impl Fn(&RawRecord, Review, usize) -> T + Sync,
    take: impl FnMut(Outcome<T>) -> Result<(), E> + Send,
) -> Result<usize, E>
where
    T: Send,
    E: From<ReadError> + Send,
{
    in_batches(BATCH, source, row, warnings, work, take)
}

fn in_batches<T, E>(
    size: usize,
    source: &Source,
    mut row: usize,
    warnings: &mut Warnings,
    work: impl Fn(&RawRecord, Review, usize) -> T + Sync,
    mut take: impl FnMut(Outcome<T>) -> Result<(), E> + Send,
) -> Result<usize, E>
where
    T: Send,
    E: From<ReadError> + Send,
{
    let mut records = source.records()?;
    let mut read = || -> Result<Vec<Result<RawRecord, Reject>>, ReadError> { records.by_ref().take(size).collect() };
    let mut batch = read()?;
    let mut done = Vec::new();
    while !batch.is_empty() {
        // While this batch is worked on, the one before it is handed over and the next one read.
        let (worked, rest) = rayon::join(
            || work_on(batch, row, source, &work),
            || {
                done.into_iter().try_for_each(&mut take)?;
                Ok::<_, E>(read()?)
            },
        );
        batch = rest?;
        row += worked.rows;
        warnings.merge(worked.warnings);
        done = worked.outcomes;
    }
    done.into_iter().try_for_each(take)?;
    Ok(row)
}

/// A record with its review, or why it is neither.
type Read = Result<(RawRecord, Review), Reject>;

struct Worked<T> {
    outcomes: Vec<Outcome<T>>,
    rows: usize,
    warnings: Warnings,
}

fn work_on<T: Send>(
    batch: Vec<Result<RawRecord, Reject>>,
    first_row: usize,
    source: &Source,
    work: &(impl Fn(&RawRecord, Review, usize) -> T + Sync),
) -> Worked<T> {
    let read: Vec<(Read, Warnings)> = batch
        .into_par_iter()
        .map(|record| {
            let mut warnings = Warnings::default();
            let read = record.and_then(|record| {
                let review = normalize(&record, source.reading(), &mut warnings)?;
                Ok((record, review))
            });
            (read, warnings)
        })
        .collect();
    let mut warnings = Warnings::default();
    let mut rows = 0;
    let numbered: Vec<(Read, usize)> = read
        .into_iter()
        .map(|(read, of_record)| {
            warnings.merge(of_record);
            let row = first_row + rows;
            rows += usize::from(read.is_ok());
            (read, row)
        })
        .collect();
    let outcomes = numbered
        .into_par_iter()
        .map(|(read, row)| match read {
            Ok((record, review)) => {
                let made = work(&record, review, row);
                Outcome::Read(record, made)
            }
            Err(reject) => Outcome::Rejected(reject),
        })
        .collect();
    Worked {
        outcomes,
        rows,
        warnings,
    }
}

/// What the first pass found.
pub struct Gathered {
    /// The context of every row.
    pub context: Context,
    /// Photos by row; rows without readable photos are not in it.
    pub photos: FxHashMap<usize, Vec<PhotoFacts>>,
    /// Rows read.
    pub rows: usize,
    /// Records rejected.
    pub rejected: u64,
    /// Values that became missing.
    pub warnings: Warnings,
    /// Photos that were left out.
    pub photos_unread: PhotosUnread,
    /// Languages by row, where they took long to identify.
    identified: FxHashMap<usize, Identification>,
}

impl Gathered {
    /// The case of a row's review.
    pub fn case<T>(&self, review: &Review, row: usize, then: impl FnOnce(&Case<'_>) -> T) -> T {
        let around = self.context.around(row);
        let photos = self.photos.get(&row).map_or(&[][..], Vec::as_slice);
        let text = match self.identified.get(&row) {
            Some(identified) => Case::body_again(review, *identified),
            None => Case::body(review),
        };
        Case::of_body(review, text, &around, photos, then)
    }
}

/// What the first pass is told.
pub struct GatherOptions<'a> {
    /// What a view may know.
    pub horizon: Horizon,
    /// Facts about properties from a table.
    pub properties: &'a Properties,
    /// Whether to look for copies and campaigns over the whole input.
    pub copies: bool,
}

/// The first pass.
pub fn gather(
    sources: &[Source],
    options: &GatherOptions<'_>,
    mut progress: impl FnMut(u64) + Send,
) -> Result<Gathered, ReadError> {
    let mut events = Events::default();
    let mut warnings = Warnings::default();
    let mut shown: FxHashMap<usize, Shown> = FxHashMap::default();
    let mut identified = FxHashMap::default();
    let (mut rows, mut rejected, mut photos_unread) = (0, 0, PhotosUnread::default());
    for (file, source) in sources.iter().enumerate() {
        let mut row = rows;
        rows = in_order(
            source,
            rows,
            &mut warnings,
            |_, review, _| {
                let text = Case::body(&review);
                let language = text.as_ref().and_then(|text| text.language);
                let condense = if options.copies {
                    Event::of
                } else {
                    Event::without_sketch
                };
                let event = condense(file, &review, text.as_ref(), language, options.properties);
                let identified = text.as_ref().and_then(|text| text.identification());
                let costly = identified.filter(|found| matches!(found, Identification::ByLetters(_)));
                (event, Shown::of(&review, source), costly)
            },
            |outcome| {
                progress(1);
                match outcome {
                    Outcome::Read(_, (event, photos, costly)) => {
                        identified.extend(costly.map(|found| (row, found)));
                        photos_unread.merge(&photos.unread);
                        if !photos.facts.is_empty() {
                            shown.insert(row, photos);
                        }
                        events.extend([event]);
                        row += 1;
                    }
                    Outcome::Rejected(_) => rejected += 1,
                }
                Ok::<(), ReadError>(())
            },
        )?;
    }
    if !options.copies {
        events.skip_campaigns();
    }
    // Dates that the site rounded are months already, so that no file needs to be marked.
    let context = events.finish(options.horizon, &[], |reread| read_again(sources, reread))?;
    Ok(Gathered {
        context,
        photos: with_reuse(shown),
        rows,
        rejected,
        warnings,
        photos_unread,
        identified,
    })
}

/// Reads the texts of some rows again.
fn read_again(sources: &[Source], reread: &Reread<'_>) -> Result<Vec<Answer>, ReadError> {
    let mut answers = Vec::new();
    let mut row = 0;
    for source in sources {
        row = in_order(
            source,
            row,
            &mut Warnings::default(),
            |_, review, row| reread.answer(row, review.text.as_deref()?),
            |outcome| {
                if let Outcome::Read(_, answer) = outcome {
                    answers.extend(answer);
                }
                Ok::<(), ReadError>(())
            },
        )?;
    }
    Ok(answers)
}

/// The photos of one review that could be read.
struct Shown {
    reviewer: Option<u64>,
    property: Option<u64>,
    facts: Vec<PhotoFacts>,
    unread: PhotosUnread,
}

/// Photos that a file names and that were left out, by why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhotosUnread {
    /// Addresses, which are never fetched.
    pub addresses: u64,
    /// Paths to where photos may not be read from.
    pub outside: u64,
    /// Files that are not there, too large or no image.
    pub broken: u64,
    /// The first of these, in words.
    pub first_broken: Option<String>,
}

impl PhotosUnread {
    fn count(&mut self, error: &PhotoError) {
        match error {
            PhotoError::Address(_) => self.addresses += 1,
            PhotoError::Outside(_) => self.outside += 1,
            error => {
                self.broken += 1;
                self.first_broken.get_or_insert_with(|| error.to_string());
            }
        }
    }

    fn merge(&mut self, later: &PhotosUnread) {
        self.addresses += later.addresses;
        self.outside += later.outside;
        self.broken += later.broken;
        if self.first_broken.is_none() {
            self.first_broken.clone_from(&later.first_broken);
        }
    }
}

impl Shown {
    fn of(review: &Review, source: &Source) -> Shown {
        let key = |parts: [&Option<String>; 2]| {
            let name = parts.into_iter().flatten().next()?;
            Some(xxhash_rust::xxh3::xxh3_64(name.as_bytes()))
        };
        let limits = PhotoLimits::default();
        let (mut facts, mut unread) = (Vec::new(), PhotosUnread::default());
        for name in &review.photos {
            let found = source.photos().find(name);
            match found.and_then(|path| photos::read(&path, &limits)) {
                Ok(photo) => facts.push(photo),
                Err(error) => unread.count(&error),
            }
        }
        Shown {
            reviewer: key([&review.reviewer_id, &review.reviewer_name]),
            property: key([&review.property_id, &review.property_name]),
            unread,
            facts,
        }
    }
}

/// Fills in which photos other reviewers or other properties show too.
fn with_reuse(mut shown: FxHashMap<usize, Shown>) -> FxHashMap<usize, Vec<PhotoFacts>> {
    let mut index = PhotoIndex::default();
    for photos in shown.values() {
        for photo in &photos.facts {
            index.add(photo.hash, photos.reviewer, photos.property);
        }
    }
    for photos in shown.values_mut() {
        for photo in &mut photos.facts {
            index.fill(photo, photos.reviewer, photos.property);
        }
    }
    shown.into_iter().map(|(row, photos)| (row, photos.facts)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::ReadOptions;

    #[test]
    fn neither_the_size_of_batches_nor_the_number_of_threads_changes_anything() {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets/sample_reviews.csv");
        let source = Source::open(sample, &ReadOptions::default()).expect("the sample is there");
        let read = |size: usize, threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let mut rows: Vec<(u64, usize, Review)> = Vec::new();
            let end = pool.expect("threads").install(|| {
                in_batches(
                    size,
                    &source,
                    0,
                    &mut Warnings::default(),
                    |_, review, row| (row, review),
                    |outcome| {
                        if let Outcome::Read(record, (row, review)) = outcome {
                            rows.push((record.position.record, row, review));
                        }
                        Ok::<(), ReadError>(())
                    },
                )
            });
            assert_eq!(end.ok(), Some(rows.len()));
            rows
        };
        let expected = read(BATCH, 1);
        assert!(expected.iter().enumerate().all(|(at, (_, row, _))| at == *row));
        for (size, threads) in [(1, 2), (7, 1), (7, 8), (expected.len(), 2), (BATCH, 8)] {
            assert!(read(size, threads) == expected, "batches of {size}, {threads} threads");
        }
    }
}
