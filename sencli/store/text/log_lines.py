"""Read session logs by pattern: they are most of a long record.

The rest is read without them, and they are put where their places were found.
Whatever is not as the program writes it is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_HEAD = "\n  do:\n    sessions:\n"
_LINE = (
    r"    - \{date: [12][0-9]{3}-[01][0-9]-[0-3][0-9], intervention: i[a-z0-9]{3}"
    r"(?:, by: [A-Z][A-Z0-9]{1,7}|, missed: [a-z_]+)?\}\n"
)
_ENTRY = (
    r"date: (.{10}), intervention: (.{4})(?:, (?:by: ([A-Z0-9]+)|missed: ([a-z_]+)))?\}"
)
MARK = "\ue001"
"""Begins a text that stands in the place of a log."""
_FEW = 8
# Words that are no text to YAML, were they a person's initials.
_NO_TEXT = frozenset(("NULL", "TRUE", "FALSE", "null", "true", "false"))

Log = list[dict[str, str]]


def load(text: str, parse: Callable[[str], Any]) -> Any:
    """The record, or None if the parser has to read the whole text.

    Args:
        text: a record's.
        parse: raises ValueError for what it cannot read.
    """
    rest, logs = taken_out(text)
    if not logs:
        return None
    try:
        record = parse(rest)
    except ValueError:
        return None
    return record if put_back(record, logs) else None


def taken_out(text: str) -> tuple[str, list[Log]]:
    """The text with a mark in the place of each log, and the logs."""
    block = re.compile(rf"(?:{_LINE})+")
    parts: list[str] = []
    logs: list[Log] = []
    at, head = 0, -1 if MARK in text else text.find(_HEAD)
    while head >= 0:
        start = head + len(_HEAD)
        found = block.match(text, start)
        log = _entries(found[0]) if found else []
        # the whole list, or what follows would stand beside the mark
        if found and len(log) >= _FEW and not text.startswith("    - ", found.end()):
            parts += [text[at : start - 1], f' "{MARK}{len(logs)}"\n']
            logs.append(log)
            at = found.end()
        head = text.find(_HEAD, start)
    return "".join([*parts, text[at:]]), logs


def _entries(block: str) -> Log:
    """The entries of a log; none where a word in it is no text."""
    log: Log = []
    for day, intervention, by, missed in re.findall(_ENTRY, block):
        entry = {"date": day, "intervention": intervention}
        if by:
            entry["by"] = by
        elif missed:
            entry["missed"] = missed
        if by in _NO_TEXT or missed in _NO_TEXT:
            return []
        log.append(entry)
    return log


def put_back(record: Any, logs: list[Log]) -> bool:
    """Put each log where its mark is; False where a mark is anywhere else.

    A text that a person typed may look like a log. Then its mark is found in that text,
    or nowhere, and not as a cycle's sessions.
    """
    cycles = record.get("cycles") if isinstance(record, dict) else None
    number = 0
    for cycle in cycles if isinstance(cycles, list) else ():
        done = cycle.get("do") if isinstance(cycle, dict) else None
        if not isinstance(done, dict):
            continue
        if number < len(logs) and done.get("sessions") == f"{MARK}{number}":
            done["sessions"] = logs[number]
            number += 1
    return number == len(logs)
