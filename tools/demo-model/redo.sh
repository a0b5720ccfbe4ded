#!/bin/sh
# Everything from nothing: art, names, training (about an hour and a half on two cores), export, evaluation, samples.
# usage: tools/demo-model/redo.sh SCRATCH_DIR     A broken-off run goes on where it stopped.
set -eu
export PYTHONDONTWRITEBYTECODE=1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
model="$root/models/demo"
"$here/prepare.sh" "$1"
cd "$1"

export PYTHON="$PWD/venv/bin/python"
"$here/train.sh" work run
cp run/log.csv "$here/run/log.csv"

export OMP_NUM_THREADS=1
"$PYTHON" "$here/export.py" work run/checkpoint.pt "$model"
"$PYTHON" "$here/calibrate.py" work "$model" --json "$here/run/calibration.json"
"$PYTHON" "$here/evaluate.py" work "$model" --json "$here/run/evaluation.json"
"$PYTHON" "$here/associations.py" work "$model" --json "$here/run/associations.json"
node "$here/draw-samples.mjs" samples
"$PYTHON" "$here/choose_samples.py" samples "$model" "$root/adapters/web/samples"
(cd "$root" && npx biome format --write adapters/web/samples/samples.json)
