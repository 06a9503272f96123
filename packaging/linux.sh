#!/usr/bin/env bash
# packaging/linux.sh OUT: builds the program's folder and, of it, the packages for Linux in OUT:
#   ocrdesk-VERSION-linux-ARCH.tar.xz   to unpack anywhere; works from a memory stick too (see README.md, "portable")
#   ocrdesk_VERSION_ARCH.deb            for Debian 12, Ubuntu 24.04 and later
#   ocrdesk-VERSION-ARCH.AppImage       if RUNTIME names the runtime of AppImages (type2-runtime, a file of some 900 KB
#                                       from https://github.com/AppImage/type2-runtime) and mksquashfs is installed
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
[[ -n ${KEEP_FOLDER:-} && -x $1/ocrdesk/ocrdesk ]] || "$here/folder.sh" "$1"
out=$(cd "$1" && pwd)
version=$("$out/ocrdesk/ocrdesk" --version | cut -d' ' -f2)
arch=$(uname -m)
id=io.github.ocrdesk.ocrdesk
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

share() { # FOLDER COMMAND: menu entry, icons, MIME type and AppStream data in FOLDER
    mkdir -p "$1"
    (cd "$here/.." && "${PYTHON:-python3}" packaging/menu_entry.py "$1" "$2")
    # A script for one file manager, which only looks for it in a home.
    rm -r "$1/nautilus"
    mkdir -p "$1/metainfo"
    cp "$here/$id.metainfo.xml" "$1/metainfo/"
}

echo "== .tar.xz"
tar -C "$out" --owner=0 --group=0 --sort=name -cf - ocrdesk | xz -T0 -"${LEVEL:-6}" >"$out/ocrdesk-$version-linux-$arch.tar.xz"

echo "== .deb"
case $arch in x86_64) debian=amd64 ;; aarch64) debian=arm64 ;; *) debian=$arch ;; esac
root=$work/deb
mkdir -p "$root/opt" "$root/usr/bin" "$root/usr/share/doc/ocrdesk" "$root/DEBIAN"
cp -a "$out/ocrdesk" "$root/opt/ocrdesk"
ln -s /opt/ocrdesk/ocrdesk "$root/usr/bin/ocrdesk"
share "$root/usr/share" ocrdesk
cp "$out/ocrdesk/LICENCES.txt" "$root/usr/share/doc/ocrdesk/copyright"
cat >"$root/DEBIAN/control" <<END
Package: ocrdesk
Version: $version
Architecture: $debian
Maintainer: The ocrdesk authors <ocrdesk@users.noreply.github.com>
Section: graphics
Priority: optional
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: libc6 (>= 2.36), libegl1, libgl1, libfontconfig1, libdbus-1-3
Recommends: fonts-noto-cjk, shared-mime-info, desktop-file-utils
Description: Reads scans, photos and receipts into text, offline
 A desktop program that reads folders of pictures and PDF files into text
 that people can find, check, correct and export. Nothing leaves the computer.
END
chmod -R u+rwX,go+rX,go-w "$root"
dpkg-deb --root-owner-group -Zxz -z"${LEVEL:-6}" --build "$root" "$out/ocrdesk_${version}_$debian.deb" >/dev/null

if [[ -n ${RUNTIME:-} ]]; then
    echo "== AppImage"
    app=$work/ocrdesk.AppDir
    mkdir -p "$app/usr"
    cp -a "$out/ocrdesk" "$app/usr/ocrdesk"
    share "$app/usr/share" ocrdesk
    cp "$app/usr/share/applications/$id.desktop" "$app/"
    cp "$app/usr/share/icons/hicolor/256x256/apps/$id.png" "$app/"
    ln -s "$id.png" "$app/.DirIcon"
    ln -s usr/ocrdesk/ocrdesk "$app/AppRun"
    mksquashfs "$app" "$work/app.squashfs" -root-owned -noappend -comp zstd -Xcompression-level 19 -quiet -no-progress
    cat "$RUNTIME" "$work/app.squashfs" >"$out/ocrdesk-$version-$arch.AppImage"
    chmod +x "$out/ocrdesk-$version-$arch.AppImage"
fi
(cd "$out" && du -sh ocrdesk ocrdesk[-_]*)
