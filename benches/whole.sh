#!/bin/sh
# Measures whole runs of the program - speed, memory, growth, start-up - and writes the table of docs/benchmarks.md:
#
#     benches/whole.sh REVIEWS.csv...
#
# REVIEWS are real review files; larger ones are made from them by examples/enlarge.rs. Nothing is typed by hand. Set
#     ROWS     sizes at which growth is measured; the first is that of all other measures ("100000 1000000")
#     RUNS     runs of which the fastest counts, at the first size (3)
#     PEER     rows given to the scikit-learn peer, which is slow (5000)
#     TRAIN    rows of the training file (40000); 0 leaves training out
#     PYTHON   a Python with benches/peers/requirements.txt; one is made if not set (downloads the packages)
#     SKIP_BUILD  any value: measure the release build that is there
set -eu
[ $# -gt 0 ] || { sed -n '2,13p' "$0"; exit 2; }
here=$(cd "$(dirname "$0")/.." && pwd)
rows=${ROWS:-100000 1000000}
command="ROWS=\"$rows\" RUNS=${RUNS:-3} benches/whole.sh"
for file in "$@"; do command="$command $(basename "$file")"; done
base=${rows%% *}
load=$(cut -d' ' -f1 /proc/loadavg)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -z "${SKIP_BUILD:-}" ]; then
    cargo build --release --quiet --manifest-path "$here/Cargo.toml" --bins --examples
fi
target=${CARGO_TARGET_DIR:-$here/target}/release
turfwatch=$target/turfwatch
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$work/venv"
    PYTHON=$work/venv/bin/python
    "$PYTHON" -m pip install --quiet -r "$here/benches/peers/requirements.txt"
fi

say() { echo "$*" >&2; }
calculate() { awk "BEGIN { printf \"$1\", $2 }"; }
make_file() { # ROWS FILES...
    size=$1
    shift
    [ -f "$work/$size.csv" ] || "$target/examples/enlarge" "$size" "$work/$size.csv" "$@" >"$work/enlarge.log" 2>&1
}
# Seconds and KiB of the fastest of so many runs of a command, in $seconds and $memory.
fastest() { # RUNS COMMAND...
    left=$1
    shift
    seconds= memory=0
    while [ "$left" -gt 0 ]; do
        /usr/bin/time -o "$work/time" -f '%e %M' "$@" >"$work/out.log" 2>&1 || { cat "$work/out.log" >&2; exit 1; }
        read -r elapsed peak <"$work/time"
        [ "$peak" -gt "$memory" ] && memory=$peak
        [ -n "$seconds" ] && [ "$(calculate '%d' "($elapsed >= $seconds)")" = 1 ] || seconds=$elapsed
        left=$((left - 1))
    done
}
score() { # RUNS THREADS FILE OPTIONS...
    repeated=$1 threads=$2 input=$3
    shift 3
    fastest "$repeated" "$turfwatch" score "$input" --threads "$threads" -o "$work/scored.csv" "$@"
    rm -f "$work/scored.csv"
}
line() { echo "| $1 | $2 | $3 |" >>"$work/table.md"; say "$1: $3"; }

line measure reach measured
line --- --- ---
make_file "$base" "$@"
file=$work/$base.csv
bytes=$(wc -c <"$file")
text=$(sed -n 's/.* \([0-9]*\) bytes of text a row.*/\1/p' "$work/enlarge.log")
runs=${RUNS:-3}

fastest "$runs" "$target/examples/bare_read" "$file"
bare=$seconds
score "$runs" 1 "$file" --no-campaigns
plain=$seconds
score "$runs" 1 "$file"
full=$seconds
score "$runs" 2 "$file" --no-campaigns
plain_two=$seconds
score "$runs" 2 "$file"
full_two=$seconds
speed() { calculate '%.1f MB/s, %d reviews/s' "$bytes / 1e6 / $1, $base / $1"; }
line '`score --no-campaigns`, one thread' '40 MB/s' "$(speed "$plain")"
line '`score` with everything on, one thread' '25 MB/s' "$(speed "$full")"

"$PYTHON" -c 'import sklearn; print("scikit-learn", sklearn.__version__)' >"$work/peer.version"
make_file "${PEER:-5000}" "$@"
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 "$PYTHON" "$here/benches/peers/speed.py" \
    "$work/${PEER:-5000}.csv" "$work/peer.csv" "${PEER:-5000}" >"$work/peer"
read -r peer_seconds peer_bytes peer_rows <"$work/peer"
line "$(cat "$work/peer.version"): words 1-2, characters 3-6, TF-IDF, logistic regression, one thread" '' \
    "$(calculate '%.2f MB/s, %d reviews/s' "$peer_bytes / 1e6 / $peer_seconds, $peer_rows / $peer_seconds")"
line 'one thread against it: `--no-campaigns`, everything' '60 times' \
    "$(calculate '%.0f times, %.0f times' "$base / $plain / ($peer_rows / $peer_seconds), $base / $full / ($peer_rows / $peer_seconds)")"
line 'against the bare `csv` read of the same file: `--no-campaigns`' '30 times its time' \
    "$(calculate '%.0f times (the read: %.0f MB/s)' "$plain / $bare, $bytes / 1e6 / $bare")"
line 'two threads against one: `--no-campaigns`, everything' '1.8 times' \
    "$(calculate '%.2f, %.2f times' "$plain / $plain_two, $full / $full_two")"

for size in $rows; do
    make_file "$size" "$@"
    score 1 2 "$work/$size.csv" --no-campaigns
    plain="$(calculate '%.1f s, %.0f MiB' "$seconds, $memory / 1024")"
    score 1 2 "$work/$size.csv"
    line "$size reviews, two threads: \`--no-campaigns\`; everything" '' \
        "$plain; $(calculate '%.1f s, %.0f MiB' "$seconds, $memory / 1024")"
    [ "$size" = "$base" ] || rm "$work/$size.csv"
done

make_file 300 "$@"
starts=20
before=$(date +%s%N)
for _ in $(seq $starts); do "$turfwatch" score "$work/300.csv" -o "$work/scored.csv" 2>"$work/out.log"; done
after=$(date +%s%N)
line 'from start to result, 300 reviews' '50 ms' "$(calculate '%.0f ms (mean of %d runs)' "($after - $before) / 1e6 / $starts, $starts")"

train=${TRAIN:-40000}
if [ "$train" != 0 ]; then
    make_file "$train" "$@"
    "$turfwatch" simulate "$work/$train.csv" --campaign paid-burst --size $((train / 20)) --seed 1 -o "$work/labelled.csv" 2>"$work/out.log"
    # A burst is of one property: only by reviewers are there fakes on both sides.
    fastest 1 "$turfwatch" train "$work/labelled.csv" --group reviewer -o "$work/model.safetensors"
    line "\`train\` on $train reviews" '60 s' "$(calculate '%.1f s' "$seconds")"
fi
line 'release binary, stripped' '25 MB' "$(calculate '%.1f MB' "$(wc -c <"$turfwatch") / 1e6")"

page=$here/docs/benchmarks.md
{
    sed '/<!-- speed: table -->/q' "$page"
    echo
    echo "\`$command\` on $(date -u +%Y-%m-%d), turfwatch $("$turfwatch" --version | cut -d' ' -f2); $(nproc) cores of $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)."
    echo "File: $base reviews, $(calculate '%.1f MB' "$bytes / 1e6"), $text bytes of text a review; fastest of $runs runs; times of whole processes, files in and out; load average $load when it began."
    echo
    cat "$work/table.md"
    echo
    sed -n '/<!-- end: speed -->/,$p' "$page"
} >"$work/page.md"
cp "$work/page.md" "$page"
