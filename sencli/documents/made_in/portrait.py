"""A pupil's picture on a paper, or a frame for one; and the sheet of such papers."""

from __future__ import annotations

import re

from sencli.core.pupil.photo import photo
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.view import Aside
from sencli.documents.view import Picture
from sencli.documents.view import Sheet
from sencli.documents.view import grown
from sencli.errors import InvalidValue

_LINES = re.compile(r"[\n;]")
_YOUNGEST = frozenset(("E1", "E2", "N1", "N2", "R", "1", "2"))
_TYPE = {
    "a4": (grown(9, 14), grown(11, 18)),
    "a5": (grown(7.5, 11), grown(8.5, 13)),
    "card": (grown(6.5, 11), grown(7, 13)),
}
"""Sizes of type by sheet: for the older, and larger ones for the youngest."""


def sheet(record: Entry, day: str, size: str) -> Sheet:
    """The sheet, with larger type up to the end of key stage 1."""
    year = str(lookup.placement_on(record, day).get("year_group", ""))
    older, youngest = _TYPE[size]
    sizes = {"a4": Sheet("a4"), "a5": Sheet("a5"), "card": Sheet("card")}
    made = sizes[size]
    return Sheet(made.size, youngest if year in _YOUNGEST else older)


def portrait(
    record: Entry, seen: Entry, setting: PaperContext, request: PaperRequest
) -> tuple[Picture, tuple[Aside, ...]]:
    """The picture, and what the one who prints is told where there is none to show.

    Args:
        record: the pupil's, whole.
        seen: the same as the reader may see it.
        setting: the school and the words.
        request: holds the picture's file.
    """
    words, name = setting.words, lookup.display_name(record)
    frame = Picture(words("profile.frame"))
    wanted = lookup.profile_on(seen, setting.day).get("picture")
    if not wanted:
        return frame, ()
    pupil = record["id"]
    entry = _attached(record, wanted)
    if entry is None or _attached(seen, wanted) is None:
        why = (
            "is restricted" if entry and entry.get("restricted") else "is not for them"
        )
        why = why if entry else "is not among the documents"
        aside = Aside(
            f"{name}: the picture {why}, so a frame stands in its place.",
            f"sen document list {pupil}",
        )
        return frame, (aside,)
    path = f"documents/{pupil}/{entry['file']}"
    if request.picture is None:
        aside = Aside(
            f"{name}: the file of the picture is missing ({path}), so a frame stands "
            "in its place.",
            "sen doctor",
        )
        return frame, (aside,)
    try:
        made = photo(request.picture)
    except InvalidValue as fault:
        said = f"{name}: {path}: {fault.message} A frame stands in its place."
        hint = fault.hint.replace("PUPIL", str(pupil))
        return frame, (Aside(said, hint.rpartition(": ")[2]),)
    shown = words(
        "profile.picture", name=str(seen.get("known_as") or seen["first_name"])
    )
    parts = (made.data, made.kind, made.width, made.height, made.turned)
    return Picture(frame.label, shown, *parts), ()


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text, or its parts between semicolons, without their marks."""
    parts = (part.strip(" -•*\t") for part in _LINES.split(text))
    return tuple(part for part in parts if part)


def _attached(record: Entry, wanted: str) -> Entry | None:
    found = (one for one in record.get("documents", ()) if one["id"] == wanted)
    return next(found, None)
