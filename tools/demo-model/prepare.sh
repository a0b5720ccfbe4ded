#!/bin/sh
# Art, names and Python packages into the scratch folder. usage: prepare.sh SCRATCH_DIR     Done again, it does nothing.
# Needs Node >= 20 and Debian 12's python3-torch and libopenblas0-pthread; see README.md.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cp "$here/package.json" "$1/"
cd "$1"
npm install --no-audit --no-fund --ignore-scripts
[ -f work/emojione.json ] || node "$here/rasterise.mjs" work
[ -d venv ] || /usr/bin/python3 -m venv --system-site-packages venv
venv/bin/pip install -q -r "$here/requirements.txt"
