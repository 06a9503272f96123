#!/usr/bin/env bash
# packaging/macos/build.sh OUT: builds ocrdesk.app and ocrdesk-VERSION.dmg in OUT. Needs Python 3.11 or later and the
# command line tools of Xcode. SIGN names an identity to sign with; without it the bundle is only signed for itself.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
source "$here/../versions.sh"
python3 -m venv "$out/venv"
python=$out/venv/bin/python
grep -v "^openvino" "$here/../requirements.txt" >"$out/requirements.txt" # there is no wheel of it for macOS that is used
"$python" -m pip install --quiet --no-deps --requirement "$out/requirements.txt" "tesserocr==$TESSEROCR" "$here/../.."
"$python" -m pip install --quiet "pyinstaller==$PYINSTALLER"
"$python" -P -m PyInstaller --noconfirm --log-level WARN --workpath "$out/build" --distpath "$out" "$here/../ocrdesk.spec"
"$python" "$here/../licences.py" "$out/ocrdesk.app/Contents/Resources"
codesign --force --deep --options runtime --entitlements "$here/entitlements.plist" --sign "${SIGN:--}" "$out/ocrdesk.app"
version=$("$out/ocrdesk.app/Contents/MacOS/ocrdesk" --version | cut -d' ' -f2)
hdiutil create -volname ocrdesk -srcfolder "$out/ocrdesk.app" -ov -format ULFO "$out/ocrdesk-$version.dmg"
