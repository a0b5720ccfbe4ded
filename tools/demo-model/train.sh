#!/bin/sh
# Start the two training processes and wait for them. usage: train.sh WORK_DIR RUN_DIR [OPTIONS OF train.py]
# Two processes of one thread each are about twice as fast as one process of two threads on two cores.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
# Large buffers come and go at every step; keep glibc from giving the pages back each time.
export MALLOC_MMAP_THRESHOLD_=4294967296 MALLOC_TRIM_THRESHOLD_=17179869184 MALLOC_TOP_PAD_=268435456
pids=
for rank in 0 1; do
  nice -n 10 "${PYTHON:-python3}" "$here/train.py" "$@" --rank "$rank" &
  pids="$pids $!"
done
for pid in $pids; do wait "$pid"; done
