#!/bin/sh
# The demo model trained once more from another seed, half as long, to see what a run decides by chance. Its weights are not kept.
# usage: tools/demo-model/another-seed.sh SCRATCH_DIR     A broken-off run goes on where it stopped.
set -eu
export PYTHONDONTWRITEBYTECODE=1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
model=seed-2 results="$here/run/seed-2"
"$here/prepare.sh" "$1"
cd "$1"

export PYTHON="$PWD/venv/bin/python"
"$here/train.sh" work seed-2-run --seed 2 --samples 230400
mkdir -p "$results"
cp seed-2-run/log.csv "$results/log.csv"

export OMP_NUM_THREADS=1
"$PYTHON" "$here/export.py" work seed-2-run/checkpoint.pt "$model"
"$PYTHON" "$here/evaluate.py" work "$model" --json "$results/evaluation.json"
"$PYTHON" "$here/associations.py" work "$root/models/demo" "$model" --json "$results/associations.json"
