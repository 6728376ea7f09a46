#!/bin/sh
# Measures the detector on the public corpora and writes docs/benchmarks.md:
#
#     benches/quality.sh CORPORA [PART...]
#
# CORPORA as for models/build.sh. Parts, each a section of the page; the first five if none is named (under 20 minutes on
# two cores), those that are not run keep their section:
#
#     table      every line of the table of results: corpora one by one, the graph without labels, calibration, bands
#     pooled     one model for all corpora, as the bundled one is trained, by corpus, language and length
#     matrix     learnt from one corpus, measured on each other one
#     attacks    fakes rewritten as an astroturfer would
#     real       bands of the bundled model on unlabelled files, CORPORA/tripadvisor
#     ablation   each family alone and left out, per corpus (an hour; needs benches/peers/requirements.txt)
#     peers      scikit-learn on the same folds, after table (needs benches/peers/requirements.txt)
#
# Every measure is one `turfwatch evaluate`, kept with its command and its result in RESULTS (target/quality). TURFWATCH
# names the program to measure, built from here if not given; PYTHON the interpreter (3.11 or newer).
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
corpora=$(cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- table pooled matrix attacks real
python=${PYTHON:-python3}
results=${RESULTS:-$here/target/quality}
mkdir -p "$results/files"
results=$(cd "$results" && pwd)
if [ -z "${TURFWATCH:-}" ]; then
    cargo build --release --quiet --manifest-path "$here/Cargo.toml"
    TURFWATCH=${CARGO_TARGET_DIR:-$here/target}/release/turfwatch
fi
export TURFWATCH

cd "$results/files"
for corpus in ott op-spam-ai maide-up yelp-hotel yelpchi-graph; do
    file=$(echo "$corpus" | tr - _)
    "$TURFWATCH" import "$corpus" "$corpora/$file" -o "$file.csv" 2>"$results/import.log" || { cat "$results/import.log"; exit 1; }
done

measure() { # NAME ARGUMENTS...: one evaluation; its result, scores, command and seconds are NAME.*
    name=$1
    shift
    echo "$name: turfwatch evaluate $*" >&2
    begun=$(date +%s)
    "$TURFWATCH" evaluate "$@" --json "$results/$name.json" --scores "$results/$name.csv" \
        >"$results/$name.txt" 2>"$results/$name.log" || { cat "$results/$name.log"; exit 1; }
    echo "turfwatch evaluate $*" >"$results/$name.command"
    echo $(($(date +%s) - begun)) >"$results/$name.seconds"
}

table() {
    measure ott ott.csv --fold-column fold --by polarity --by length
    measure maide_up maide_up.csv --folds 5 --by language --by length
    measure yelp_hotel yelp_hotel.csv --folds 5 --by rating --by length --by history
    measure yelp_forward yelp_hotel.csv --split time:0.7 --by rating --by history
    # The published priors are columns of the file; the bare graph is the file without them.
    cut -d, -f1-3,7 yelpchi_graph.csv >yelpchi_bare.csv
    measure graph_priors yelpchi_graph.csv --untrained --signals B6.network_suspicion
    measure graph_bare yelpchi_bare.csv --untrained --signals B6.network_suspicion
}

pooled() {
    measure pooled ott.csv op_spam_ai.csv maide_up.csv yelp_hotel.csv --folds 5 \
        --by corpus --by language --by length
}

matrix() {
    # Generated reviews of Ott's hotels have no genuine ones of their own: they stand beside the truthful ones of Ott.
    "$python" "$here/benches/rewrite.py" beside-truthful ott.csv op_spam_ai.csv -o op_spam_ai_truthful.csv
    # Its other languages have nothing of Ott's in common with them.
    "$python" "$here/benches/rewrite.py" english maide_up.csv -o maide_up_en.csv
    all="ott op_spam_ai_truthful maide_up maide_up_en yelp_hotel yelpchi_graph"
    for learnt in $all; do
        tests=""
        for other in $all; do
            [ "$other" = "$learnt" ] || tests="$tests --test $other.csv"
        done
        # shellcheck disable=SC2086 # a list of arguments
        measure "matrix_$learnt" "$learnt.csv" $tests --folds 5 --by corpus
    done
    measure matrix_own_op_spam_ai_truthful op_spam_ai_truthful.csv --fold-column fold
    measure matrix_own_maide_up_en maide_up_en.csv --folds 5
    measure matrix_own_yelpchi_graph yelpchi_graph.csv --folds 5
}

attacks() {
    rm -f attack_*.csv
    "$python" "$here/benches/rewrite.py" attacks ott.csv op_spam_ai.csv --lexicons "$here/src/lexicons/en" -o .
    tests=""
    for file in attack_*.csv; do
        tests="$tests --test $file"
    done
    # shellcheck disable=SC2086
    measure attacks ott.csv $tests --fold-column fold --by corpus
    # The same by a model that learnt machine-written text too, but no paraphrase of it.
    grep -v ',t5-paraphrase,fake$' op_spam_ai.csv >op_spam_ai_unparaphrased.csv
    # shellcheck disable=SC2086
    measure attacks_machine ott.csv op_spam_ai_unparaphrased.csv $tests --fold-column fold --by corpus
}

real() {
    for file in "$corpora"/tripadvisor/*.csv; do
        echo "turfwatch score $(basename "$file")" >&2
        # 3: done, but some records were rejected.
        "$TURFWATCH" score "$file" -o "$results/real_$(basename "$file")" --rejects "$results/rejects.csv" \
            2>"$results/real.log" || [ $? -eq 3 ] || { cat "$results/real.log"; exit 1; }
    done
}

ablation() {
    "$python" "$here/benches/peers/ablation.py" "$results" "$corpora"
}

peers() {
    "$python" "$here/benches/peers/peers.py" "$results"
}

begun=$(date +%s)
for part in "$@"; do
    "$part"
done
echo "$# parts in $(($(date +%s) - begun)) s" >&2
"$python" "$here/benches/page.py" "$results" "$here/docs/benchmarks.md" "$@"
