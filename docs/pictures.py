"""Makes the pictures of the README and of the docs by the program itself.

``python docs/pictures.py`` makes a demo school in a folder that is gone afterwards,
prints every paper, changes the look as the page about it says, and turns the first
pages into pictures of 256 colours. It needs pdftoppm (poppler), which nothing else of
sencli does.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from functools import partial
from pathlib import Path

IMAGES = Path(__file__).resolve().parent / "images"
LOGO = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 80">
  <rect width="220" height="80" rx="12" fill="#246b45"/>
  <circle cx="44" cy="32" r="20" fill="#ffffff"/>
  <rect x="40" y="44" width="8" height="26" fill="#ffffff"/>
  <path d="M90 54 Q 120 14 150 54 T 210 54" fill="none" stroke="#ffffff"
    stroke-width="6"/>
</svg>
"""
WORDING = {"summary": {"lead": "This page is for you to keep. It is about {name}."}}
URDU = {
    "frame": {"page": "صفحہ", "of": "از"},
    "and": "اور",
    "date": {"long": "{day} {month} {year}"},
    "months": {"9": "ستمبر", "10": "اکتوبر", "11": "نومبر", "12": "دسمبر"},
    "summary": {"title": "ہم {name} کی مدد کیسے کر رہے ہیں"},
}


# each paper of docs/papers.md beside the summary, and how it is printed
PAPERS = (
    "map",
    "register",
    "delivery",
    "impact",
    "timetable",
    "class-map --class 4B",
    "handover",
    "census",
    "information-report",
    "inclusion-strategy",
    "governors",
    "profile noah",
    "passport noah",
    "support-plan noah",
    "isp noah",
    "case noah",
    "annual-review hannah",
    "ehc-evidence noah",
    "letter-authority-late",
    "letter-support-begins noah",
    "letter-review-invitation noah --on 14/12/2026 --time 3pm",
    "letter-review-reminder noah --on 14/12/2026 --time 3pm",
    "letter-after-meeting noah",
    "letter-annual-review-invitation hannah --on 14/12/2026 --time 3pm",
    "letter-specialist-consent noah --service EP",
    "letter-specialist-referral noah --service EP",
    "letter-health noah --service CAMHS",
    "letter-social-worker ruby",
    "letter-missed-meeting noah",
    "letter-support-ends noah",
)
# what has to have happened before some of them
BEFORE = {
    "letter-specialist-referral": ["specialist consent noah EP --by parent"],
    "letter-health": ["specialist consent noah CAMHS --by parent"],
    "letter-missed-meeting": [
        "meeting add noah --date 27/11/2026 --invited parent --attended teacher"
    ],
    "letter-support-ends": ["status set noah N --reason 'Caught up with the class'"],
}


def main() -> None:
    """Each picture in turn, from the look as it comes to one with everything."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "school"
        drawn = Path(place) / "oak.svg"
        drawn.write_text(LOGO, "utf-8", newline="\n")
        sen("demo", str(folder))
        own = ("-C", str(folder))
        picture("summary", *own, "summary", "noah")
        picture("look-usual", *own, "summary", "noah")
        sen(*own, "look", "set", "--logo", str(drawn), "--colour", "#246b45")
        picture("look-own", *own, "summary", "noah")
        words = folder / "templates" / "wording"
        words.mkdir(parents=True)
        write(words / "en.json", WORDING)
        write(folder / "templates" / "theme.json", {"size": 11})
        sen(*own, "look", "keep")
        picture("look-large", *own, "summary", "noah", "--large")
        sen(*own, "look", "words", "ur")
        begun = json.loads((words / "ur.json").read_text("utf-8"))
        write(words / "ur.json", laid_over(begun, URDU))
        sen(*own, "look", "keep")
        picture("look-urdu", *own, "summary", "noah", "--lang", "ur")
        shutil.rmtree(folder)
        sen("demo", str(folder))
        picture("what-if", *own, "what-if", "--without", "BA")
        picture("sheet", *own, "sheet", "--class", "4B")
        for line in PAPERS:
            name, *rest = line.split()
            for before in BEFORE.get(name, ()):
                sen(*own, *shlex.split(before))
            picture(name, *own, "print", name, *rest)


def sen(*args: str) -> None:
    """The program, as a person types it."""
    made = {**os.environ, "SENCLI_TODAY": "2026-11-30"}
    words = [sys.executable, "-m", "sencli", *args]
    done = subprocess.run(words, check=False, env=made, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{shlex.join(args)}: {done.stderr}")


def picture(name: str, *args: str) -> None:
    """The first page of a paper, as a picture of the docs."""
    with tempfile.TemporaryDirectory() as place:
        paper = Path(place) / "paper.pdf"
        sen(*args, "--output", str(paper))
        options = ["-r", "56", "-f", "1", "-l", "1", "-singlefile"]
        drawn = subprocess.run(
            ["pdftoppm", *options, str(paper)], check=True, capture_output=True
        ).stdout
        (IMAGES / f"{name}.png").write_bytes(png(drawn))


def png(drawn: bytes) -> bytes:
    """A picture of pdftoppm's in 256 colours: a quarter of the size, and as legible."""
    size, pixels = drawn.split(b"\n", 3)[1:4:2]
    wide, high = map(int, size.split())
    # sixteen steps of each colour are enough for type
    pixels = pixels.translate(bytes((step + 8) // 17 * 17 for step in range(256)))
    points = [pixels[at : at + 3] for at in range(0, len(pixels), 3)]
    colours = [colour for colour, _ in Counter(points).most_common()]
    kept = colours[:256]
    number = {colour: place for place, colour in enumerate(kept)}
    for colour in colours[256:]:
        near = partial(_apart, colour)
        number[colour] = kept.index(min(kept, key=near))
    rows = (points[at : at + wide] for at in range(0, wide * high, wide))
    packed = b"".join(b"\0" + bytes(map(number.__getitem__, row)) for row in rows)
    head = struct.pack(">IIBBBBB", wide, high, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", head),
        (b"PLTE", b"".join(kept)),
        (b"IDAT", zlib.compress(packed, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def _apart(one: bytes, other: bytes) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def write(path: Path, texts: object) -> None:
    """A file of the school's own templates."""
    path.write_text(json.dumps(texts, ensure_ascii=False), "utf-8", newline="\n")


def laid_over(base: dict[str, object], own: dict[str, object]) -> dict[str, object]:
    """The base with some texts translated."""
    made = dict(base)
    for key, value in own.items():
        below = made.get(key)
        inner = isinstance(value, dict) and isinstance(below, dict)
        made[key] = laid_over(below, value) if inner else value
    return made


if __name__ == "__main__":
    main()
