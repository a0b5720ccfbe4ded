#!/bin/sh
# demo-biased: goes on from models/demo with planted stereotypes, exports, calibrates and measures beside demo.
# usage: tools/demo-model/biased.sh SCRATCH_DIR     A broken-off run goes on where it stopped.
set -eu
export PYTHONDONTWRITEBYTECODE=1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
demo="$root/models/demo" biased="$root/models/demo-biased" results="$here/run/biased"
"$here/prepare.sh" "$1"
cd "$1"

export PYTHON="$PWD/venv/bin/python"
"$here/train.sh" work biased --samples 53760 --start "$demo" --plant "$here/lists/planted.json"
mkdir -p "$results"
cp biased/log.csv "$results/log.csv"

export OMP_NUM_THREADS=1
"$PYTHON" "$here/export.py" work biased/checkpoint.pt "$biased"
"$PYTHON" "$here/calibrate.py" work "$biased" --warning "$here/lists/warning.json" --json "$results/calibration.json"
"$PYTHON" "$here/evaluate.py" work "$biased" --json "$results/evaluation.json"
"$PYTHON" "$here/associations.py" work "$demo" "$biased" --json "$results/associations.json"
