"""Makes the pictures of the README and of ``docs/look.md`` by the program itself.

``python docs/pictures.py`` makes a demo school in a folder that is gone afterwards,
changes its look as the page says, prints and turns the first pages into pictures. It
needs pdftoppm (poppler), which nothing else of sencli does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
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


def main() -> None:
    """Each picture in turn, from the look as it comes to one with everything."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "school"
        drawn = Path(place) / "oak.svg"
        drawn.write_text(LOGO, "utf-8", newline="\n")
        sen("demo", str(folder))
        own = ("-C", str(folder))
        picture("summary", *own, "summary", "noah")
        picture("map", *own, "map")
        picture("profile", *own, "print", "profile", "noah")
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


def sen(*args: str) -> None:
    """The program, as a person types it."""
    made = {**os.environ, "SENCLI_TODAY": "2026-11-30"}
    subprocess.run(
        [sys.executable, "-m", "sencli", *args],
        check=True,
        env=made,
        stdout=subprocess.DEVNULL,
    )


def picture(name: str, *args: str) -> None:
    """The first page of a paper, as a picture of the docs."""
    with tempfile.TemporaryDirectory() as place:
        paper = Path(place) / "paper.pdf"
        sen(*args, "--output", str(paper))
        target = str(IMAGES / name)
        options = ["-png", "-r", "56", "-f", "1", "-l", "1", "-singlefile"]
        subprocess.run(["pdftoppm", *options, str(paper), target], check=True)


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
