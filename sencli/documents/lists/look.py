"""The school's own look: logo, colour, wording and templates, and what is not kept."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.record.types import Entry
from sencli.documents.view import Block
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.value import Value

_KEEP = "To keep them in the history, so that every copy has them: sen look keep"


class LookFacts(Value):
    """What there is of the school's own look.

    Attributes:
        logo: in words.
        colour: in words.
        wording: by language, how many texts of how many are the school's own.
        files: the other files of its own.
        waiting: paths of those that the history has not as they stand, with how.
        unread: paths of those that nothing reads.
    """

    logo: str
    colour: str
    wording: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    waiting: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]


def look_view(school: Entry, facts: LookFacts, day: str) -> View:
    """The look, part by part."""
    blocks: list[Block] = [
        Fields((("Logo", facts.logo), ("Colour", facts.colour))),
        *_part("Wording", facts.wording),
        *_part("Templates", facts.files),
        *_part("Not in the history", facts.waiting),
    ]
    if facts.waiting:
        blocks.append(Text(_KEEP, "note"))
    if facts.unread:
        blocks.append(Text(f"Read by nothing: {', '.join(facts.unread)}", "note"))
    data = {
        "logo": school.get("letterhead", {}).get("logo"),
        "colour": school.get("letterhead", {}).get("colour"),
        "wording": dict(facts.wording),
        "templates": dict(facts.files),
        "not_in_history": dict(facts.waiting),
        "unread": list(facts.unread),
    }
    name = str(school.get("name", ""))
    return View("Look", Letterhead(name), day, tuple(blocks), data=data)


def _part(title: str, rows: Sequence[tuple[str, str]]) -> list[Block]:
    return [Heading(title), Fields(tuple(rows))] if rows else []
