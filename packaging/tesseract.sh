#!/usr/bin/env bash
# packaging/tesseract.sh FOLDER: builds tesserocr with a Tesseract that reads pixels and no files, and leaves its wheel
# in FOLDER. The published wheel for Linux has libjbig in it, which is under the GPL; this one has nothing but Tesseract
# (Apache-2.0) and Leptonica (BSD). Needs a C++ compiler, CMake, pkg-config, curl, and PYTHON with pip.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}

source "$here/versions.sh"

fetch() { # NAME ADDRESS SHA256
    curl -sSfL -o "$work/$1.tar.gz" "$2"
    echo "$3  $work/$1.tar.gz" | sha256sum --check --quiet
    mkdir "$work/$1"
    tar -xf "$work/$1.tar.gz" -C "$work/$1" --strip-components=1
}
fetch leptonica "$LEPTONICA" "$LEPTONICA_SHA256"
fetch tesseract "$TESSERACT" "$TESSERACT_SHA256"

built=$work/built
build() { # NAME OPTION…
    cmake -S "$work/$1" -B "$work/$1/build" -DCMAKE_INSTALL_PREFIX="$built" -DCMAKE_PREFIX_PATH="$built" \
        -DCMAKE_BUILD_TYPE=Release -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DBUILD_SHARED_LIBS=OFF "${@:2}"
    cmake --build "$work/$1/build" --target install
}
build leptonica -DSW_BUILD=OFF -DENABLE_ZLIB=OFF -DENABLE_PNG=OFF -DENABLE_GIF=OFF -DENABLE_JPEG=OFF \
    -DENABLE_TIFF=OFF -DENABLE_WEBP=OFF -DENABLE_OPENJPEG=OFF
build tesseract -DSW_BUILD=OFF -DBUILD_TRAINING_TOOLS=OFF -DGRAPHICS_DISABLED=ON -DOPENMP_BUILD=OFF \
    -DDISABLE_TIFF=ON -DDISABLE_ARCHIVE=ON -DDISABLE_CURL=ON -DINSTALL_CONFIGS=OFF

PKG_CONFIG_PATH=$built/lib/pkgconfig "$python" -m pip wheel --no-deps --no-binary tesserocr --no-cache-dir \
    --wheel-dir "$out" "tesserocr==$TESSEROCR"
