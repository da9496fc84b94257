#!/usr/bin/env bash
# From a fresh clone to answers: builds juesuan, reads the sample reports, makes the notebook and its pictures.
# Needs the Rust toolchain and Python 3.11 or later; everything else is installed into target/notebook/venv.
# JUESUAN_REPORTS=FOLDER reads other reports.
set -euo pipefail
cd "$(dirname "$0")/.."
work=${JUESUAN_WORK:-$PWD/target/notebook}
python=$work/venv/bin/python
mkdir -p "$work"
[ -x "$python" ] || python3 -m venv "$work/venv"
"$python" -m pip install --quiet --disable-pip-version-check --requirement examples/requirements.txt
[ -n "${JUESUAN:-}" ] || cargo build --release --quiet # JUESUAN=PROGRAM takes one that is built
JUESUAN_WORK=$work "$python" -m nbconvert --to html --execute examples/notebook.ipynb --output-dir "$work" --log-level ERROR
echo "written: $work/notebook.html, and its pictures beside it"
