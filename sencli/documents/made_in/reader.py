"""Redact a document about many pupils for one kind of reader, and say so on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

from sencli.core.papers.anonymise import Unnamed
from sencli.core.papers.redact import LeftOut
from sencli.core.papers.redact import Redacted
from sencli.core.papers.redact import Rules
from sencli.core.papers.redact import redact
from sencli.core.record.packed import Packed
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import View
from sencli.value import replace

_NAMES = {
    "upn": "unique pupil numbers",
    "former_upn": "unique pupil numbers",
    "uln": "unique pupil numbers",
    "date_of_birth": "the date of birth",
    "sex": "the sex",
    "contacts": "particulars of the family",
    "flags": "circumstances (flags)",
    "concerns": "the words of concerns",
    "profiles": "the one-page profile",
    "needs": "descriptions of needs",
    "documents": "attached papers",
    "funding": "funding",
    "attendance": "where figures of attendance come from",
    "suspensions": "why the pupil was suspended",
    "part_time_timetables": "why the timetable is part-time",
    "alternative_provision": "particulars of alternative provision",
    "dual_registrations": "dual registration",
    "base_placements": "places in a base",
    "ethnicity": "ethnicity",
    "home_language": "the home language",
    "health": "health",
    "attainment": "tests and attainment",
    "specialists": "specialists",
    "meetings": "meetings",
    "cycles": "parts of the cycles",
}
_UNSAID = frozenset({"issued", "corrections", "exceptions"})
_PARTS = {
    "gaps": "what the rules find missing",
    "costs": "costs",
    "trail": "the commits",
}
_HEAD = re.compile(r"[a-z_]+")


def left_out(seen: Redacted) -> list[Block]:
    """The section; empty where nothing was left out, and for the family."""
    if seen.rules.family:
        return []
    lines = [_PARTS[part] for part in sorted(seen.rules.parts) if part in _PARTS]
    if seen.rules.anonymous:
        lines.insert(0, "the names of the child and the family")
    ruled: dict[str, None] = {}
    marked: Counter[str] = Counter()
    for out in seen.left_out:
        found = _HEAD.match(out.path)
        head = found[0] if found else ""
        if out.why == "rule" and head not in _UNSAID:
            ruled[_NAMES.get(head, head.replace("_", " "))] = None
        elif out.why != "rule":
            marked[out.why] += 1
    lines += ruled
    if count := marked["restricted"]:
        lines.append(f"{count} marked restricted")
    if count := marked["views"]:
        lines.append(f"somebody's views ({count})")
    if not lines:
        return []
    reader = f" for {seen.rules.title}" if seen.rules.title else ""
    return [Keep((Heading(f"Left out{reader}"), Bullets(tuple(lines))))]


Gone = Mapping[str, tuple[LeftOut, ...]]

_ITEM = re.compile(r"\[[^\]]*\]")


def cut(
    records: Iterable[Entry], rules: Rules, shows: Sequence[str]
) -> tuple[Packed, dict[str, tuple[LeftOut, ...]]]:
    """The records as the reader may see them, and by pupil what was left out of them.

    What is restricted stays with its mark: the papers about many withhold it, and say
    where they do not count it.

    Args:
        records: the pupils'.
        rules: for the kind of reader.
        shows: the fields that the paper shows; what is left out elsewhere is no loss.
    """
    gone: dict[str, tuple[LeftOut, ...]] = {}

    def each() -> Iterator[Entry]:
        for record in records:
            seen = redact(record, rules)
            lost = (out for out in seen.left_out if _is_lost(out, shows))
            gone[str(record["id"])] = tuple(lost)
            yield redact(record, rules, marked=True).record

    return Packed(each()), gone


def unnamed(setting: PaperContext, records: Iterable[Entry]) -> PaperContext:
    """The setting with no child's name in the names of groups and provisions."""
    others = Unnamed(records)
    return replace(
        setting,
        groups=others.value(setting.groups),
        provisions=others.value(setting.provisions, full=True),
    )


def _is_lost(out: LeftOut, shows: Sequence[str]) -> bool:
    """Whether the paper would have shown it: a field whole, or a restricted item."""
    if out.why == "rule":
        return _ITEM.sub("", out.path) in shows
    return out.why == "restricted" and out.path.startswith(tuple(shows))


def marked(view: View, rules: Rules, gone: Gone, *, table: bool) -> View:
    """The paper with the reader under its title and what was left out at its end.

    Args:
        view: the paper.
        rules: for the kind of reader; its parts are those that the paper has.
        gone: by pupil, what was left out.
        table: whether it is to be one table and no more, as csv is.
    """
    reader = f"for {rules.title}"
    lost = tuple(out for pupil in view.pupils for out in gone.get(pupil, ()))
    mark = left_out(Redacted({}, lost, rules))
    # theirs is no longer for staff alone
    staff = view.footer.startswith("Confidential: for staff")
    data = view.data
    if isinstance(data, dict):
        data = {**data, "for": rules.audience}
    return replace(
        view,
        subtitle=f"{view.subtitle} · {reader}" if view.subtitle else reader,
        blocks=view.blocks if table else (*view.blocks, *mark),
        data=data,
        footer=f"Confidential: {reader}" if gone or staff else view.footer,
    )
