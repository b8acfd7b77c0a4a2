"""Check a school's own templates: which fail, and which are never used."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import InvalidValue

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.documents.lists.look import LookFacts
    from sencli.store.files.check_result import CheckResult
    from sencli.store.repository.look_files import LookFile

_REDACTION = "redaction.json"
_LEAST = 4.5
"""The contrast that WCAG asks of text."""

PUT_LOGO = (
    "Bring it back: sen doctor --fix, or give it anew: sen look set --logo FILE\n"
    "     Or do without: sen look remove logo"
)
"""What mends a logo that is not there."""

_NAMED = 5
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_OF_TEXT = ("ink", "muted")


def findings(
    own: Path, school: dict[str, Any], waiting: Sequence[LookFile] = ()
) -> Iterator[CheckResult]:
    """The faults of the templates in a folder.

    Args:
        own: the folder, whether it is there or not.
        school: whose letterhead it is.
        waiting: the files of the look, with what of them is in the history.
    """
    from sencli.cli.papers.setting import own_fault
    from sencli.formats.typst.typeset import template_fault
    from sencli.store.files.check_result import CheckResult

    if not own.is_dir():
        yield from (
            CheckResult("templates", *one) for one in _missing_logo(own, school)
        )
        return
    fault = template_fault(own) or own_fault(own)
    if fault:
        hint = "Mend it, or move it away to use the usual one."
        yield CheckResult("templates", "fault", fault, hint)
        return
    remarks = [
        *_files(own, school),
        *_theme(own),
        *_words(own),
        *_letterhead(school),
    ]
    for level, message, mend in [*remarks, *_unkept(waiting, school)]:
        yield CheckResult("templates", level, message, mend)
    if not any(level == "warning" for level, _, _ in remarks):
        yield CheckResult("templates", "ok", "The school's own templates work.")


Remark = tuple[str, str, str]


def _files(own: Path, school: dict[str, Any]) -> Iterator[Remark]:
    """Files that nothing reads: a slip in a name changes nothing in silence."""
    from sencli.core.papers import evidence_pack
    from sencli.formats.typst.typeset import TEMPLATES

    for path in sorted(own.rglob("*")):
        name = path.relative_to(own).as_posix()
        if path.is_dir() or used_in(f"{own.name}/{name}", school):
            continue
        usual = [*TEMPLATES, _REDACTION, evidence_pack.NAME, "wording/en.json"]
        near = get_close_matches(name, usual, n=1)
        meant = f"Do you mean {near[0]}?" if near else "Move it away."
        yield "warning", f"templates/{name} is read by nothing.", meant
    yield from _missing_logo(own, school)


def used_in(path: str, school: Mapping[str, Any]) -> bool:
    """Whether a file of ``templates/`` is read, by its path from the root."""
    from sencli.core.papers import evidence_pack
    from sencli.formats.typst.typeset import TEMPLATES

    name = path.partition("/")[2]
    if name.startswith("wording/") and name.endswith(".json"):
        return True
    logo = school.get("letterhead", {}).get("logo")
    return name in {*TEMPLATES, _REDACTION, evidence_pack.NAME, logo}


def logo_missing(own: Path, school: Mapping[str, Any]) -> str:
    """Why the logo that the school names cannot be printed, or ""."""
    from sencli.cli.papers.setting import own_logo
    from sencli.formats.typst.own_files import own_bytes

    name = str(school.get("letterhead", {}).get("logo", ""))
    if not name:
        return ""
    try:
        if own_bytes(own, name) is None:
            return f"The school's logo, templates/{name}, is not there."
    except InvalidValue as fault:
        return fault.message
    return "" if own_logo(name, own) else f"templates/{name} is too large for a logo."


def tell_logo_missing(app: App) -> None:
    """Tell of a logo that pages will lack."""
    if fault := logo_missing(app.repo.root / "templates", app.school):
        app.tell(f"{fault} It is left out.")
        app.tell(f"     {PUT_LOGO}")


def _missing_logo(own: Path, school: Mapping[str, Any]) -> Iterator[Remark]:
    if fault := logo_missing(own, school):
        yield "warning", fault, PUT_LOGO


def _unkept(waiting: Sequence[LookFile], school: Mapping[str, Any]) -> Iterator[Remark]:
    """Files of the look that a copy of the records would lack."""
    for one in waiting:
        if one.state in {"new", "changed"} and used_in(one.path, school):
            what = "is not" if one.state == "new" else "is not as it stands"
            told = f"{one.path} {what} in the history: a copy of the records lacks it."
            yield "warning", told, "sen look keep"


def fault_of(own: Path) -> str:
    """The fault of a school's own templates, wording or rules, or ""."""
    from sencli.cli.papers.setting import own_fault
    from sencli.formats.typst.typeset import template_fault

    return (template_fault(own) or own_fault(own)) if own.is_dir() else ""


def facts(own: Path, school: Mapping[str, Any], files: Sequence[LookFile]) -> LookFacts:
    """What there is of the school's own look, in words."""
    from sencli.documents.lists.look import LookFacts as Facts
    from sencli.formats.typst.colours import contrast_on_white
    from sencli.formats.typst.colours import readable

    head = school.get("letterhead", {})
    name, colour = str(head.get("logo", "")), str(head.get("colour", ""))
    shown = f"{colour}" if colour else 'the usual: sen look set --colour "#1f4e79"'
    if colour and contrast_on_white(colour) < contrast_on_white(readable(colour)):
        shown += f" (words in {readable(colour)}, to be read on white)"
    logo = f"templates/{name}" if name else "none: sen look set --logo FILE"
    used = [one for one in files if used_in(one.path, school)]
    states = {"new": "in the folder alone", "changed": "changed in the folder"}
    return Facts(
        logo_missing(own, school) or logo,
        shown,
        tuple(_counted(own)),
        tuple(
            (one.path.partition("/")[2], "the school's own")
            for one in used
            if "wording/" not in one.path and not one.path.endswith(f"/{name}")
        ),
        tuple(
            (one.path, states.get(one.state, "gone from the folder"))
            for one in files
            if one.state == "gone" or (one in used and one.state != "kept")
        ),
        tuple(one.path for one in files if one not in used),
    )


def _counted(own: Path) -> Iterator[tuple[str, str]]:
    """Each language that the school has words in, and how many."""
    from sencli.cli.papers.setting import spoken_name
    from sencli.cli.papers.setting import translated_texts
    from sencli.core.text.plural import plural
    from sencli.resources import folder

    english = folder("templates") / "wording" / "en.json"
    known = {key for key in _keys(json.loads(english.read_bytes())) if not _open(key)}
    for path in sorted((own / "wording").glob("*.json")):
        code = path.stem
        theirs = _keys(translated_texts(code, own)) & known
        ours = (english.parent / path.name).is_file()
        whole = (
            plural(len(theirs), "text")
            if ours
            else f"{len(theirs)} of {len(known)} texts"
        )
        rest = "the rest as usual" if ours else "the rest in English"
        yield f"{spoken_name(code, own)} ({code})", f"{whole}, {rest}"


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
        odd = [key for key in theirs - known if not _open(key)]
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
    from sencli.cli.papers.setting import ABOUT

    return found - ABOUT


def _letterhead(school: dict[str, Any]) -> Iterator[Remark]:
    from sencli.formats.typst.colours import contrast_on_white

    colour = str(school.get("letterhead", {}).get("colour", ""))
    if _COLOUR.fullmatch(colour) and contrast_on_white(colour) < _LEAST:
        pale = (
            f"The school's colour {colour} is too pale for words: they are printed in "
            "a darker shade of it."
        )
        yield "note", pale, ""
