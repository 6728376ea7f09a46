#!/bin/sh
# Rebuilds the bundled models from the public corpora:
#
#     models/build.sh CORPORA [OUT]
#
# CORPORA is a folder with ott/, maide_up/, op_spam_ai/, yelp_hotel/, yelpchi_graph/ (see datasets/README.md for where to
# get them) and tripadvisor/, any real review files into which campaigns are planted. OUT is where the models go, models/
# if not given; TURFWATCH, if set, is the program to use instead of building it. Built twice from the same files, the models have the same digest.
set -eu
corpora=$1
here=$(cd "$(dirname "$0")" && pwd)
out=${2:-$here}
turfwatch=${TURFWATCH:-}
if [ -z "$turfwatch" ]; then
    cargo build --release --manifest-path "$here/../Cargo.toml" --quiet
    turfwatch=${CARGO_TARGET_DIR:-$here/../target}/release/turfwatch
fi
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$turfwatch" import ott "$corpora/ott" -o "$work/ott.csv"
"$turfwatch" import op-spam-ai "$corpora/op_spam_ai" -o "$work/op_spam_ai.csv"
"$turfwatch" import maide-up "$corpora/maide_up" -o "$work/maide_up.csv"
"$turfwatch" import yelp-hotel "$corpora/yelp_hotel" -o "$work/yelp_hotel.csv"
"$turfwatch" import yelpchi-graph "$corpora/yelpchi_graph" -o "$work/yelpchi_graph.csv"

# Campaigns planted into real files teach what behaviour looks like; their texts teach nothing. Kinds, files and sizes
# differ, so that no single background or size is learnt. Their own reviews also show where the bands must begin on files that
# resemble no labelled corpus.
plant() { # FILE KIND SIZE SEED
    "$turfwatch" simulate "$corpora/tripadvisor/$1.csv" --campaign "$2" --size "$3" --seed "$4" -o "$work/planted_$1_$4.csv"
}
plant sf_tripadvisor insider 24 11
plant stockton_pipe_separated paid-burst 30 12
plant restaurants_es_bom group 30 13
plant slovakia competitor-attack 24 14

"$turfwatch" train "$work/ott.csv" "$work/op_spam_ai.csv" "$work/maide_up.csv" "$work/yelp_hotel.csv" \
    "$work"/planted_*_1[1-4].csv \
    --name hotel --prevalence 0.1 --card "$here/cards/hotel.json" \
    --notice "Model hotel: learnt in part from corpora licensed for non-commercial use only (models/LICENSES.md); --model hotel-open is free of them." \
    -o "$out/hotel.safetensors"

# For hotel-open nothing but open sources: campaigns are planted into the innocent reviews of our own sample, and of the graph
# all reviews of about a tenth of the properties: whole properties, so that what their reviewers share stays.
awk -F, 'NR == FNR { if ($3 == "genuine") innocent[$1]; next }
    { record = record (record == "" ? "" : "\n") $0 } # a record ends where its quotes are even
    gsub(/"/, "&", record) % 2 == 0 { split(record, fields); if (!header++ || fields[1] in innocent) print record; record = "" }' \
    "$here/../datasets/sample_key.csv" "$here/../datasets/sample_reviews.csv" >"$work/innocent.csv"
for campaign in insider paid-burst group competitor-attack; do
    "$turfwatch" simulate "$work/innocent.csv" --campaign $campaign --size 24 --seed 21 -o "$work/planted_own_$campaign.csv"
done
awk -F, 'NR == 1 || substr($3, length($3)) ~ /[07]/' "$work/yelpchi_graph.csv" >"$work/yelpchi_part.csv"
"$turfwatch" train "$work/maide_up.csv" "$work/yelpchi_part.csv" "$work"/planted_own_*.csv \
    --name hotel-open --prevalence 0.1 --card "$here/cards/hotel-open.json" \
    -o "$out/hotel-open.safetensors"
