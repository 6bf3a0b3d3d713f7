#!/bin/sh
# The pictures in docs/pictures, made anew from the demo.
#   sh installer/pictures.sh          plays the demo first
#   sh installer/pictures.sh DIR      takes them from a demo that was played into DIR
# Needs a browser of Chromium's family, for the page a shopper's phone shows.
set -eu

cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
day=${1:-$scratch/day}
[ $# -gt 0 ] || "$python" -m storeapp.cli demo --out "$day"

find_browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null; then command -v "$name"; return; fi
    done
    echo "pictures.sh: no browser here; as root: apt-get install chromium" >&2
    exit 1
}

# a bare system has no Chinese font: the browser gets the ones that come with the program
cat >"$scratch/fonts.conf" <<FONTS
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$(pwd)/resources/fonts</dir><cachedir>$scratch/fonts</cachedir></fontconfig>
FONTS
browser=$(find_browser)
env HOME="$scratch" FONTCONFIG_FILE="$scratch/fonts.conf" "$browser" --headless --no-sandbox --disable-gpu \
    --lang=zh-CN --hide-scrollbars --force-device-scale-factor=2 --window-size=500,950 \
    --screenshot="$scratch/page.png" "file://$(cd "$day" && pwd)/page/1-receipt.html" 2>"$scratch/browser.log" ||
    { cat "$scratch/browser.log" >&2; exit 1; }

"$python" - "$day" "$scratch/page.png" docs/pictures <<'PICTURES'
import sys
from pathlib import Path

from PIL import Image, ImageOps

day, page, out = map(Path, sys.argv[1:])
out.mkdir(parents=True, exist_ok=True)


def keep(source: Path, name: str, *, width: int = 0, edge: int = 0) -> None:
    with Image.open(source) as found:
        picture = found.convert("RGB")
    if edge:
        # paper on a white page needs an edge to be seen
        picture = ImageOps.expand(ImageOps.expand(picture, edge, "white"), 2, "#C3CCD8")
    if width:
        picture = picture.resize((width, picture.height * width // picture.width), Image.Resampling.LANCZOS)
    # a palette says nearly the same in a third of the bytes
    picture.quantize(256, kmeans=3, dither=Image.Dither.NONE).save(out / name, optimize=True)


def screen(language: str, name: str) -> Path:
    [found] = (day / "screens" / f"{language}-1366x768").glob(f"*-{name}.png")
    return found


for language in ("zh", "en"):
    for name, shown in (("counter", "sell-full"), ("pay", "pay-cash"), ("sign-up", "sign-up"), ("settings", "settings-offer")):
        keep(screen(language, shown), f"{name}.{language}.png")
keep(screen("zh", "customer-paid"), "customer.zh.png")
keep(page, "page.zh.png", width=600)
[receipt] = (day / "receipts").glob("*-S01-1-20260929-0002.png")
keep(receipt, "receipt.png", width=460, edge=32)
PICTURES
ls -l docs/pictures
