#!/bin/sh
# Measures the detector on the public corpora and writes the table of docs/benchmarks.md:
#
#     benches/quality.sh CORPORA
#
# CORPORA as for models/build.sh. Every line is one `turfwatch evaluate`; nothing is typed by hand.
set -eu
corpora=$1
here=$(cd "$(dirname "$0")/.." && pwd)
cargo build --release --quiet --manifest-path "$here/Cargo.toml"
turfwatch=${CARGO_TARGET_DIR:-$here/target}/release/turfwatch
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for corpus in ott maide-up op-spam-ai yelp-hotel; do
    folder=$(echo "$corpus" | tr - _)
    "$turfwatch" import "$corpus" "$corpora/$folder" -o "$work/$folder.csv" 2>"$work/import.log" || { cat "$work/import.log"; exit 1; }
done

measure() { # NAME COMMAND...
    name=$1
    shift
    echo "$name: turfwatch evaluate $*" >&2
    "$turfwatch" evaluate "$@" --json "$work/$name.json" >"$work/$name.txt" 2>"$work/$name.log" || { cat "$work/$name.log"; exit 1; }
    {
        echo
        echo "### $name"
        echo
        echo '```'
        echo "turfwatch evaluate $(echo "$*" | sed "s#$work/##g")"
        echo
        cat "$work/$name.txt"
        echo '```'
    } >>"$work/results.md"
}

measure ott-hotel-folds "$work/ott.csv" --fold-column fold --by polarity
measure maide-up-hotel-disjoint "$work/maide_up.csv" --folds 5 --by language
measure yelp-hotel-disjoint "$work/yelp_hotel.csv" --folds 5
measure yelp-forward-in-time "$work/yelp_hotel.csv" --split time:0.7

page=$here/docs/benchmarks.md
{
    sed '/<!-- quality: generated below -->/q' "$page"
    echo
    echo "Written by \`benches/quality.sh CORPORA\` on $(date -u +%Y-%m-%d), turfwatch $("$turfwatch" --version | cut -d' ' -f2), on rows that the model of each fold did not see."
    cat "$work/results.md"
} >"$work/page.md"
cp "$work/page.md" "$page"
