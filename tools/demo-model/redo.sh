#!/bin/sh
# Everything from nothing: art, names, training (about an hour and a half on two cores), export, evaluation, samples.
# usage: tools/demo-model/redo.sh SCRATCH_DIR     A broken-off run goes on where it stopped.
# Needs Node >= 20 and Debian 12's python3-torch and libopenblas0-pthread; see README.md.
set -eu
export PYTHONDONTWRITEBYTECODE=1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
mkdir -p "$1"
scratch=$(cd "$1" && pwd)
model="$root/models/demo"

cp "$here/package.json" "$scratch/"
cd "$scratch"
npm install --no-audit --no-fund --ignore-scripts
[ -f work/emojione.json ] || node "$here/rasterise.mjs" work
[ -d venv ] || /usr/bin/python3 -m venv --system-site-packages venv
venv/bin/pip install -q -r "$here/requirements.txt"

PYTHON="$scratch/venv/bin/python" "$here/train.sh" work run
cp run/log.csv "$here/run/log.csv"

export OMP_NUM_THREADS=1
python="$scratch/venv/bin/python"
"$python" "$here/export.py" work run/checkpoint.pt "$model"
"$python" "$here/calibrate.py" work "$model" --json "$here/run/calibration.json"
"$python" "$here/evaluate.py" work "$model" --json "$here/run/evaluation.json"
"$python" "$here/associations.py" work "$model" --json "$here/run/associations.json"
node "$here/draw-samples.mjs" samples
"$python" "$here/choose_samples.py" samples "$model" "$root/adapters/web/samples"
(cd "$root" && npx biome format --write adapters/web/samples/samples.json)
