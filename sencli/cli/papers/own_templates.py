"""Check a school's own templates: which fail, and which are never used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import InvalidValue

if TYPE_CHECKING:
    from sencli.store.files.check_result import CheckResult

_REDACTION = "redaction.json"
_LEAST = 4.5
"""The contrast that WCAG asks of text."""

_NAMED = 5
_ABOUT = frozenset({"about", "language", "own_name", "needs_check"})
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_OF_TEXT = ("ink", "muted")


def findings(own: Path, school: dict[str, Any]) -> Iterator[CheckResult]:
    """The faults of the templates in a folder.

    Args:
        own: the folder, which is there.
        school: whose letterhead it is.
    """
    from sencli.cli.papers.setting import own_fault
    from sencli.formats.typst.typeset import template_fault
    from sencli.store.files.check_result import CheckResult

    fault = template_fault(own) or own_fault(own)
    if fault:
        hint = "Mend it, or move it away to use the usual one."
        yield CheckResult("templates", "fault", fault, hint)
        return
    remarks = [*_files(own, school), *_theme(own), *_words(own), *_letterhead(school)]
    for level, message, mend in remarks:
        yield CheckResult("templates", level, message, mend)
    if not any(level == "warning" for level, _, _ in remarks):
        yield CheckResult("templates", "ok", "The school's own templates work.")


Remark = tuple[str, str, str]


def _files(own: Path, school: dict[str, Any]) -> Iterator[Remark]:
    """Files that nothing reads: a slip in a name changes nothing in silence."""
    from sencli.core.papers import evidence_pack
    from sencli.formats.typst.own_files import own_bytes
    from sencli.formats.typst.typeset import TEMPLATES

    logo = str(school.get("letterhead", {}).get("logo", ""))
    used = {*TEMPLATES, _REDACTION, evidence_pack.NAME}
    for path in sorted(own.rglob("*")):
        name = path.relative_to(own).as_posix()
        words = name.startswith("wording/") and path.suffix == ".json"
        if path.is_dir() or name in used or name == logo or words:
            continue
        near = get_close_matches(name, [*used, "wording/en.json"], n=1)
        meant = f"Do you mean {near[0]}?" if near else "Move it away."
        yield "warning", f"templates/{name} is read by nothing.", meant
    try:
        missing = bool(logo) and own_bytes(own, logo) is None
    except InvalidValue as fault:
        yield "warning", fault.message, fault.hint
        missing = False
    if missing:
        yield (
            "warning",
            f"The school's logo, templates/{logo}, is not there.",
            "Put the picture there, or: sen school set letterhead.logo=",
        )


def _theme(own: Path) -> Iterator[Remark]:
    """Settings that nothing reads, and colours too pale to be read on white."""
    from sencli.formats.typst.colours import contrast_on_white
    from sencli.resources import folder

    path = own / "theme.json"
    if not path.is_file():
        return
    theirs = json.loads(path.read_text("utf-8"))
    usual = json.loads((folder("templates") / path.name).read_text("utf-8"))
    for key in theirs:
        if key not in usual:
            mend = f"It may have: {', '.join(usual)}."
            yield "warning", f"templates/theme.json: {key} means nothing.", mend
    for key in _OF_TEXT:
        colour = str(theirs.get(key, usual[key]))
        if not _COLOUR.fullmatch(colour):
            continue
        contrast = contrast_on_white(colour)
        if contrast < _LEAST:
            pale = (
                f"templates/theme.json: {key} {colour} is too pale on white paper "
                f"({contrast:.1f} to 1, and {_LEAST} is the least)."
            )
            yield "warning", pale, "Choose a darker colour."


def _words(own: Path) -> Iterator[Remark]:
    """Texts that are no texts of ours, and those that a language still lacks."""
    from sencli.cli.papers.setting import wording
    from sencli.resources import folder

    ours = folder("templates") / "wording"
    known = _keys(json.loads((ours / "en.json").read_text("utf-8")))
    for path in sorted((own / "wording").glob("*.json")):
        name = f"templates/wording/{path.name}"
        theirs = _keys(json.loads(path.read_text("utf-8")))
        # a school may add words of the trade and kinds of relatives
        odd = [key for key in theirs - known if not _open(key) and key not in _ABOUT]
        for key in sorted(odd):
            near = get_close_matches(key, known, n=1)
            meant = f"Do you mean {near[0]}?" if near else "Take it out."
            yield "warning", f"{name}: {key} is the name of no text.", meant
        if (ours / path.name).is_file():
            continue
        lacking = sorted(key for key in known - theirs if not _open(key))
        if lacking:
            some = ", ".join(lacking[:_NAMED])
            more = f" and {len(lacking) - _NAMED} more" if lacking[_NAMED:] else ""
            told = f"{name} lacks {len(lacking)} texts: {some}{more}."
            yield "note", told, "They are printed in English until they are there."
        if doubt := wording(path.stem, own).find("needs_check"):
            yield "note", f"{name}: {doubt}", "Have it read, then take that line out."


def _open(key: str) -> bool:
    return key.split(".", maxsplit=1)[0] in {"jargon", "relationships", "roles"}


def _keys(data: dict[str, Any], at: str = "") -> set[str]:
    found: set[str] = set()
    for name, value in data.items():
        here = f"{at}.{name}" if at else name
        found |= _keys(value, here) if isinstance(value, dict) else {here}
    return found - _ABOUT


def _letterhead(school: dict[str, Any]) -> Iterator[Remark]:
    from sencli.formats.typst.colours import contrast_on_white

    colour = str(school.get("letterhead", {}).get("colour", ""))
    if _COLOUR.fullmatch(colour) and contrast_on_white(colour) < _LEAST:
        pale = (
            f"The school's colour {colour} is too pale for words: they are printed in "
            "a darker shade of it."
        )
        yield "note", pale, ""
