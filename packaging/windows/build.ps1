# packaging\windows\build.ps1 [OUT]: builds the program's folder and ocrdesk-VERSION-setup.exe in OUT. Needs Python 3.11 or later
# (64 bits) and Inno Setup 6. The published wheel of tesserocr is used: that for Windows has no libjbig in it.
param([string]$Out = "out")
$ErrorActionPreference = "Stop"
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
$packaging = Split-Path -Parent $here
New-Item -ItemType Directory -Force $Out | Out-Null
$versions = @{}
Get-Content "$packaging\versions.sh" | Where-Object { $_ -match "^(\w+)=(.+)$" } | ForEach-Object { $versions[$Matches[1]] = $Matches[2] }

py -m venv "$Out\venv"
$python = "$Out\venv\Scripts\python.exe"
& $python -m pip install --quiet --no-deps --requirement "$packaging\requirements.txt" "tesserocr==$($versions.TESSEROCR)" "$packaging\.."
if ($LASTEXITCODE) { exit $LASTEXITCODE }
& $python -m pip install --quiet "pyinstaller==$($versions.PYINSTALLER)"
if ($LASTEXITCODE) { exit $LASTEXITCODE }
& $python -P -m PyInstaller --noconfirm --log-level WARN --workpath "$Out\build" --distpath $Out "$packaging\ocrdesk.spec"
if ($LASTEXITCODE) { exit $LASTEXITCODE }
& $python "$packaging\licences.py" "$Out\ocrdesk"
$version = (& "$Out\ocrdesk\ocrdesk.exe" --version).Split(" ")[1]
iscc /Qp "/DVersion=$version" "/DFolder=$((Resolve-Path "$Out\ocrdesk").Path)" "/O$((Resolve-Path $Out).Path)" "$here\ocrdesk.iss"
exit $LASTEXITCODE
