//! What each stage of scoring costs, over the reviews of the sample:
//!
//! ```text
//! cargo bench --bench stages [-- FILTER]
//! ```
//!
//! Rates are in bytes of text, those of single signals in reviews. Signals share what the analysis keeps once it was asked
//! for (details, the language as identified), so that only the first of them pays for it.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::time::Duration;
use turfwatch::Review;
use turfwatch::context::{Event, Properties, Surroundings};
use turfwatch::io::{ReadOptions, Source};
use turfwatch::lexical::Grams;
use turfwatch::model::{self, Model};
use turfwatch::normalize::{RawRecord, Warnings, normalize};
use turfwatch::score::Passage;
use turfwatch::scorer::{Detail, Scorer};
use turfwatch::signals::{Case, SIGNALS};
use turfwatch::text::{Analysis, Lexicon, Tokens};

const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets/sample_reviews.csv");

fn stages(criterion: &mut Criterion) {
    let source = Source::open(SAMPLE, &ReadOptions::default()).expect("the sample is there");
    let records: Vec<RawRecord> = source
        .records()
        .expect("the sample is there")
        .filter_map(|record| record.expect("the sample is readable").ok())
        .collect();
    let read = |record: &RawRecord| normalize(record, source.reading(), &mut Warnings::default());
    let reviews: Vec<Review> = records.iter().filter_map(|record| read(record).ok()).collect();
    let texts: Vec<&str> = reviews.iter().filter_map(|review| review.text.as_deref()).collect();
    let tokens: Vec<Tokens> = texts.iter().map(|text| Tokens::of(text)).collect();
    let (around, properties) = (Surroundings::default(), Properties::default());
    let analysed: Vec<(&Review, Analysis<'_>)> = reviews
        .iter()
        .filter_map(|review| {
            let text = review.text.as_deref()?;
            Some((review, Analysis::new(Passage::Text, text, review.language)))
        })
        .collect();
    let cases: Vec<Case<'_>> = analysed
        .iter()
        .map(|(review, text)| Case::new(review, Some(text), None, &around, &[]))
        .collect();
    let model = model::bundled(model::DEFAULT).expect("the default model is bundled");
    let model = Model::from_bytes(model).expect("a sound model");
    let scorer = Scorer::new(&model, None).expect("a share");

    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.bench_function("normalize", |bench| {
        bench.iter(|| records.iter().filter(|record| read(black_box(record)).is_ok()).count());
    });
    group.bench_function("tokens", |bench| {
        bench.iter(|| {
            texts
                .iter()
                .map(|text| Tokens::of(black_box(text)).list.len())
                .sum::<usize>()
        });
    });
    group.bench_function("word lists", |bench| {
        let lists: Vec<Option<&Lexicon>> = analysed
            .iter()
            .map(|(_, text)| text.language.and_then(Lexicon::of))
            .collect();
        let found = |(lists, tokens): (&Option<&Lexicon>, &Tokens)| lists.map_or(0, |lists| lists.find(tokens).len());
        bench.iter(|| lists.iter().zip(&tokens).map(found).sum::<usize>());
    });
    group.bench_function("analysis", |bench| {
        let analyse = |text: &&str| Analysis::new(Passage::Text, text, None).words;
        bench.iter(|| texts.iter().map(analyse).sum::<usize>());
    });
    group.bench_function("event", |bench| {
        let event = |(review, text): &(&Review, Analysis<'_>)| {
            black_box(Event::of(0, review, Some(text), text.language, &properties));
        };
        bench.iter(|| analysed.iter().for_each(event));
    });
    group.bench_function("n-grams", |bench| {
        bench.iter(|| cases.iter().filter_map(Grams::of_case).count());
    });
    group.bench_function("n-gram tables", |bench| {
        let grams: Vec<Grams> = cases.iter().filter_map(Grams::of_case).collect();
        let values = |grams: &Grams| {
            let of_blocks = model.blocks.iter().filter_map(|block| block.values(grams));
            of_blocks.map(|values| values[0]).sum::<f64>()
        };
        bench.iter(|| grams.iter().map(values).sum::<f64>());
    });
    group.bench_function("scorer", |bench| {
        bench.iter(|| {
            cases
                .iter()
                .map(|case| scorer.score(case, Detail::Numbers).milli_logit)
                .sum::<i64>()
        });
    });
    group.finish();

    let mut group = criterion.benchmark_group("signals");
    group.throughput(Throughput::Elements(cases.len() as u64));
    group
        .warm_up_time(Duration::from_millis(100))
        .measurement_time(Duration::from_millis(400));
    for signal in SIGNALS {
        group.bench_function(signal.spec().code, |bench| {
            bench.iter(|| {
                cases
                    .iter()
                    .filter_map(|case| signal.extract(black_box(case)))
                    .sum::<f64>()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
