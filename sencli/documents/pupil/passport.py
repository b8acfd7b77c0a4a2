"""The passport for the supply teacher: what to know about a pupil before the lesson.

For staff alone: needs, what to do and not to do, what upsets the pupil, and what they
have in tests. It says what is in the record, and where it says nothing.
"""

from __future__ import annotations

from sencli import terms
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.paper_request import mark
from sencli.documents.made_in.paper_request import page_each
from sencli.documents.made_in.portrait import lines_of
from sencli.documents.made_in.portrait import portrait
from sencli.documents.made_in.portrait import sheet
from sencli.documents.view import Block
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Bullets
from sencli.documents.view import Text
from sencli.documents.view import View

STAFF_ONLY = "STAFF ONLY, not for display"


@page_each
def build(record: Entry, setting: PaperContext, request: PaperRequest) -> View:
    """One page or card for each pupil."""
    seen = request.seen(record, setting)
    profile = lookup.profile_on(seen.record, setting.day)
    picture, asides = portrait(record, seen.record, setting, request)
    helps = "\n".join(
        str(profile[part])
        for part in ("please_do", "how_to_support_me")
        if part in profile
    )
    never = profile.get("please_do_not", "")
    blocks: list[Block] = [
        Boxes((_box("Needs", _needs(seen.record, setting.day)),), level=2),
        Boxes(
            (
                _box("Please do", lines_of(helps), strong=True),
                _box("Please do not", lines_of(never), strong=True),
            ),
            fill=2,
            level=2,
        ),
        Boxes(
            (
                _box("What upsets me", lines_of(profile.get("triggers", ""))),
                _box("In tests and exams", lines_of(profile.get("exam_access", ""))),
            ),
            fill=1,
            level=2,
        ),
        *mark(seen, setting, "profiles", "needs"),
    ]
    room = lookup.placement_on(seen.record, setting.day).get("class", "")
    return setting.view(
        lookup.display_name(seen.record),
        blocks,
        [record],
        subtitle=" · ".join(part for part in (room, STAFF_ONLY) if part),
        footer=STAFF_ONLY,
        sheet=sheet({}, setting.day, request.size),
        picture=picture,
        asides=asides,
    )


def _needs(record: Entry, day: str) -> tuple[str, ...]:
    """The types of need, the first rank first, with what each means for this pupil."""
    return tuple(
        ": ".join(
            part
            for part in (terms.NEED_TYPES[need["type"]][0], need.get("description", ""))
            if part
        )
        for need in lookup.needs_on(record, day)
    )


def _box(title: str, lines: tuple[str, ...], *, strong: bool = False) -> Box:
    body: Block = Text(lines[0] if lines else "Nothing is recorded.")
    if len(lines) > 1:
        body = Bullets(lines)
    return Box(title, (body,), "strong" if strong and lines else "plain")
