"""Collects the licences of all that a packaged program brings: ``python licences.py FOLDER``.

``FOLDER/licences`` gets a folder for each package that is installed beside this Python, and one for Python itself, with
its licence texts and those of the libraries in its wheel. ``FOLDER/LICENCES.txt`` lists the packages, their versions,
licences and home pages.
"""

import shutil
import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

HERE = Path(__file__).parent
_BUILDS = {"pip", "setuptools", "pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "macholib", "pefile", "wheel"}
"""What only builds; the start of the program, which is PyInstaller's, is under an exception that permits any use."""

_OTHERS = {
    "Qt": "LGPL-3.0-only",
    "Tesseract": "Apache-2.0",
    "Leptonica": "BSD-2-Clause",
    "Python": f"{sys.version.split()[0]}, PSF-2.0",
}
"""What no package brings the licence text of; these are beside this file."""

_NAMES = ("licen", "copying", "notice", "authors", "third", "copyright")


def main() -> None:
    """Collects them."""
    folder = Path(sys.argv[1])
    texts = folder / "licences"
    shutil.rmtree(texts, ignore_errors=True)
    lines = ["ocrdesk is under the Apache License 2.0. It brings:", ""]
    for package in sorted(distributions(), key=lambda package: package.name.lower()):
        if package.name.lower() in _BUILDS:
            continue
        about = package.metadata
        licence = about.get("License-Expression") or _classified(package) or (about.get("License") or "").split("\n")[0]
        lines.append(f"{package.name} {package.version}: {licence}")
        _copy(package, texts / package.name)
    for name, licence in _OTHERS.items():
        shutil.copytree(HERE / "licences" / name, texts / name)
        lines.append(f"{name}: {licence}")
    _put(HERE.parent / "LICENSE", texts / "ocrdesk")
    (folder / "LICENCES.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")


def _classified(package: Distribution) -> str:
    known = [line.split(" :: ")[-1] for line in package.metadata.get_all("Classifier") or () if "License ::" in line]
    return ", ".join(known)


def _copy(package: Distribution, folder: Path) -> None:
    for file in package.files or ():
        is_text = file.suffix.lower() in {"", ".txt", ".md", ".rst"} or "licenses" in file.parts
        if (is_text and any(part in file.name.lower() for part in _NAMES)) or "licenses" in file.parts:
            _put(Path(str(package.locate_file(file))), folder)


def _put(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / file.name
    if target.exists() and target.read_bytes() != file.read_bytes():
        target = folder / f"{file.parent.name} {file.name}"
    shutil.copyfile(file, target)


if __name__ == "__main__":
    main()
