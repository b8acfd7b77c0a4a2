"""The audit trail: sentences for people, a table for csv, events for json."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from typing import Literal

from sencli.core.audit.events import Event
from sencli.core.text.dates import words
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.value import replace

Form = Literal["prose", "table", "data"]
SHORT = 8
_MANY = 3
_NOTHING = "Nothing has been recorded."
_SESSION = re.compile(
    r"(.*\b(?:added|removed)) session of (.+) on (\d{1,2} [A-Z][a-z]+ \d{4})(.*)"
)


def history_view(
    title: str,
    school: Mapping[str, Any],
    day: str,
    events: Sequence[Event],
    form: Form,
) -> View:
    """The events, newest first.

    Args:
        title: whose history it is.
        school: ``school.yaml``.
        day: today.
        events: as the core tells them.
        form: sentences, a table of them with a row each, or only what is behind.
    """
    body: list[Block] = []
    if form == "table":
        body = [_table(events)]
    elif form == "prose":
        body = list(_prose(events))
    if not events:
        body = [Text(_NOTHING)]
    return replace(
        history_head(title, school, day),
        blocks=tuple(body),
        data=lambda: [_event(e) for e in events],
    )


def history_head(title: str, school: Mapping[str, Any], day: str) -> View:
    """What stands above and below the events, for ``told_in_turn``."""
    return View(title, Letterhead(str(school.get("name", ""))), day, ())


def told_in_turn(
    events: Iterable[Event],
) -> tuple[Iterator[Block], Iterator[dict[str, Any]]]:
    """The events one by one, for what shows blocks or gives what is behind them.

    Only one of the two can be gone through.
    """
    return _or_nothing(_prose(events)), map(_event, events)


def _or_nothing(blocks: Iterable[Block]) -> Iterator[Block]:
    block = None
    for block in blocks:
        yield block
    if block is None:
        yield Text(_NOTHING)


def _prose(events: Iterable[Event]) -> Iterable[Block]:
    for event in events:
        told = [line for change in event.changes for line in change.lines]
        lines = gathered(told)
        head = f"{event.author}, {words(event.date[:10])}: "
        tail = f"  [{event.commit[:SHORT]}]"
        if len(lines) == 1:
            yield Text(f"{head}{lines[0]}{tail}")
            continue
        yield Text(f"{head}{event.summary}{tail}")
        if lines:
            yield Bullets(tuple(lines))


def gathered(lines: Sequence[str]) -> list[str]:
    """The sentences, with many sessions of one kind summarised."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for line in lines:
        if m := _SESSION.fullmatch(line):
            groups.setdefault((m[1], m[2], m[4]), []).append(m[3])
    said: list[str] = []
    for line in lines:
        m = _SESSION.fullmatch(line)
        key = (m[1], m[2], m[4]) if m else ()
        days = groups.get(key, [])
        if m is None or len(days) < _MANY:
            said.append(line)
        elif m[3] == days[0]:
            count = f"{m[1]} {len(days)} sessions of {m[2]}"
            said.append(f"{count}, {days[0]} to {days[-1]}{m[4]}")
    return said


def _table(events: Sequence[Event]) -> Table:
    columns = (
        Column("date", "When", "date"),
        Column("author", "Who"),
        Column("action", "Action"),
        Column("change", "What changed", width=6),
        Column("path", "Where", hidden=True),
        Column("commit", "Commit"),
    )
    rows = tuple(
        (event.date[:10], event.author, event.action, line, path, event.commit[:SHORT])
        for event in events
        for path, line in _lines(event)
    )
    return Table(columns, rows)


def _lines(event: Event) -> Iterable[tuple[str, str]]:
    found = [(c.path, line) for c in event.changes for line in c.lines]
    return found or [("", event.summary)]


def _event(event: Event) -> dict[str, Any]:
    return {
        "commit": event.commit,
        "date": event.date,
        "author": event.author,
        "action": event.action,
        "summary": event.summary,
        "changes": [
            {"path": field.path, "old": field.old, "new": field.new}
            for change in event.changes
            for field in change.fields
        ],
        "text": [line for change in event.changes for line in change.lines],
    }
