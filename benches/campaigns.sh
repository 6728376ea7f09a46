#!/bin/sh
# Measures the search for campaigns and writes its section of docs/benchmarks.md:
#
#     benches/campaigns.sh CORPORA [ROUNDS]
#
# CORPORA is a folder with tripadvisor/, real review files (and, if there, yelpchi_graph/). Every kind of campaign that makes sense in
# a file is planted into it ROUNDS times (4 if not given) with other sizes, intensities, seeds and texts, and looked for; the
# untouched files, and files whose dates and ratings or reviewers were permuted, show what is found where nothing was
# planted. Needs python3, its standard library alone. Takes a quarter of an hour on two cores.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
turfwatch=${TURFWATCH:-}
if [ -z "$turfwatch" ]; then
    cargo build --release --quiet --manifest-path "$here/Cargo.toml"
    turfwatch=${CARGO_TARGET_DIR:-$here/target}/release/turfwatch
fi
exec python3 "$here/benches/campaigns.py" "$turfwatch" "$1" "${2:-4}" "$here/docs/benchmarks.md"
