#!/usr/bin/env bash
# packaging/folder.sh OUT: builds the program with its own Python as the folder OUT/ocrdesk, for Linux, from the tracked
# files. The folder runs on every Linux with the C library of the system it was built on, or a later one: build on the
# oldest one promised. Needs what tesseract.sh needs, and strip. PYTHON names the Python to build with.
set -euo pipefail
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
source "$here/versions.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"${PYTHON:-python3}" -m venv "$work/venv"
python=$work/venv/bin/python
wheels=$out/wheels
ls "$wheels"/tesserocr-*.whl >/dev/null 2>&1 || PYTHON=$python "$here/tesseract.sh" "$wheels"
"$python" -m pip install --quiet --no-deps --requirement "$here/requirements.txt" "$wheels"/tesserocr-*.whl \
    "$here/.."
"$python" -m pip install --quiet "pyinstaller==$PYINSTALLER"
"$python" -P -m PyInstaller --noconfirm --log-level WARN --workpath "$work/build" --distpath "$out" "$here/ocrdesk.spec"
strip --strip-unneeded "$out"/ocrdesk/program/libpython*
"$python" "$here/licences.py" "$out/ocrdesk"
