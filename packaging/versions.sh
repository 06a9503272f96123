# What the packages are built from, with the sums of what is fetched.
LEPTONICA=https://deb.debian.org/debian/pool/main/l/leptonlib/leptonlib_1.86.0.orig.tar.gz
LEPTONICA_SHA256=b4447faf61a8786a9b211d58d4103d85d47fd3a5dd418d5a6bc525d41db54ccc
TESSERACT=https://deb.debian.org/debian/pool/main/t/tesseract/tesseract_5.5.0.orig.tar.gz
TESSERACT_SHA256=f2fb34ca035b6d087a42875a35a7a5c4155fa9979c6132365b1e5a28ebc3fc11
TESSEROCR=2.13.0
PYINSTALLER=6.22.3
