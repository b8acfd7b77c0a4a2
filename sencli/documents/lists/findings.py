"""What ``sen check`` found: faults in the files and findings of the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sencli.core.record.lookup import joined
from sencli.core.record.types import Entry
from sencli.core.text.folding import sort_key
from sencli.documents.view import Column
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.rules import rule_of
from sencli.rules.model import LEVELS

PROMISED = ("code", "level", "pupil", "path", "file", "line", "message", "mend")
"""The fields of a finding in json, always all of them."""

COLUMNS = (
    Column("level", "Level", width=8),
    Column("code", "Rule", width=5),
    Column("name", "Pupil", width=12),
    Column("message", "What is missing", width=34),
    Column("mend", "To mend it, type", "command", width=30),
    Column("where", "Where", width=16),
    *(Column(key, key, hidden=True) for key in ("pupil", "path", "file", "line")),
)

MOST = 100
"""So many faults of one kind are listed, and so many pupils; the rest is counted."""

_SEVERAL = 3  # so many pupils with one finding share a row
_SAID = {
    "must": ("duty not met", "duties not met"),
    "reminder": ("reminder for the local authority", "reminders for the authority"),
    "should": ("point of guidance", "points of guidance"),
    "may": ("note", "notes"),
}


def order(finding: Entry) -> tuple[Any, ...]:
    """What matters most first: level, then rule, then pupil and place."""
    return (
        LEVELS.index(finding["level"]),
        finding["code"][:1].isupper(),
        finding["code"][:1],
        len(finding["code"]),
        finding["code"],
        sort_key(finding["name"]),
        finding["file"],
        finding["line"],
    )


def build(
    shown: Sequence[Entry],
    everything: Sequence[Entry],
    school: Entry,
    day: str,
    looked_at: str,
    *,
    each: bool = True,
) -> View:
    """The findings that were asked for, and a summary of all of them.

    Args:
        shown: those to list; each has the fields of ``COLUMNS`` and ``answer``.
        everything: all that were found, for the summary.
        school: the school.
        day: ISO date.
        looked_at: what was looked at: "33 records".
        each: every finding in a row of its own; else those of one rule about several
            pupils share a row.
    """
    ordered = sorted(shown, key=order)
    listed = ordered if each else together(ordered)
    rows = tuple(tuple(_cell(f, c.key) for c in COLUMNS) for f in listed)
    blocks = (Table(COLUMNS, rows),) if rows else ()
    return View(
        "Check",
        Letterhead(str(school.get("name", ""))),
        day,
        (*blocks, Text(summary(everything, len(ordered), looked_at))),
        data=[{key: finding[key] for key in PROMISED} for finding in ordered],
    )


def together(ordered: Sequence[Entry]) -> list[Entry]:
    """The findings, those of one rule about several pupils, or of a new plan, as one.

    ``brief`` of a row leaves the names of several pupils out.
    """
    return _by_rule(_by_new_plan(ordered))


def _by_new_plan(ordered: Sequence[Entry]) -> list[Entry]:
    """The findings, those about one new plan as one sentence with its gaps."""
    plans: dict[tuple[str, str], list[Entry]] = {}
    for finding in ordered:
        key = (finding["pupil"], finding["new"])
        plans.setdefault(key if finding["new"] else (str(id(finding)), ""), []).append(
            finding
        )
    return [
        row
        for same in plans.values()
        for row in (same if len(same) < _SEVERAL else [_of_plan(same)])
    ]


def _of_plan(same: Sequence[Entry]) -> Entry:
    """One row for what a new plan lacks, each gap with its rule."""
    first = same[0]
    gaps: dict[str, str] = {}
    for finding in same:
        rule = rule_of(finding["code"])
        name = finding["message"] if rule is None else rule.name
        gaps[finding["code"]] = f"{name[:1].lower()}{name[1:]} ({finding['code']})"
    return {
        **first,
        "code": f"{len(gaps)} rules",
        "message": f"{first['new']} is new. Not shown yet: {joined([*gaps.values()])}.",
        "mend": f"sen check {first['pupil']} --each",
    }


def _by_rule(ordered: Sequence[Entry]) -> list[Entry]:
    """The findings, those of one rule about several pupils as one."""
    alike: dict[tuple[str, ...], list[Entry]] = {}
    for finding in ordered:
        # a fault of the files, and what is answered, each has its own sentence
        own = (
            finding["answer"]
            or not finding["pupil"]
            or rule_of(finding["code"]) is None
        )
        key = str(id(finding)) if own else finding["level"]
        kind = (key, finding["code"], finding["together"])
        alike.setdefault(kind, []).append(finding)
    rows = [
        row
        for same in alike.values()
        for row in (same if len(_names(same)) < _SEVERAL else [_of_several(same)])
    ]
    number = Counter(row["code"] for row in rows)
    listed: list[Entry] = []
    seen = Counter[str]()
    for row in rows:
        seen[row["code"]] += 1
        if seen[row["code"]] <= MOST:
            listed.append(row)
        elif seen[row["code"]] == number[row["code"]]:
            said = f"And {number[row['code']] - MOST} more like these."
            more = {"message": said, "mend": "sen check --each", "name": "", "file": ""}
            listed.append({**row, **more, "line": 0})
    return listed


def _names(same: Sequence[Entry]) -> list[str]:
    return list(dict.fromkeys(finding["name"] for finding in same))


def _of_several(same: Sequence[Entry]) -> Entry:
    """One row for the findings of one rule about several pupils."""
    first = same[0]
    one = len({finding["message"] for finding in same}) == 1
    rule = rule_of(first["code"])
    said = first["message"] if one or rule is None else f"Not shown: {rule.name}."
    names = _names(same)
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    mend = f"sen check --rule {first['code']}"
    if first["together"] and len(names) <= MOST:
        ids = ",".join(dict.fromkeys(finding["pupil"] for finding in same))
        mend = first["together"].replace("PUPILS", ids)
    return {
        **first,
        "name": f"{len(names)} pupils",
        "brief": said,
        "message": f"{said} {joined(names[:MOST])}{more}",
        "mend": mend,
        "file": "",
        "line": 0,
    }


def _cell(finding: Entry, key: str) -> Any:
    if key == "where":
        line = f":{finding['line']}" if finding["line"] else ""
        return f"{finding['file']}{line}"
    if key == "message" and finding["answer"]:
        return f"{finding['message']} Answered: {finding['answer']}"
    return finding[key]


def summary(everything: Sequence[Entry], shown: int, looked_at: str) -> str:
    """One or two sentences that can be read aloud."""
    open_ones = [finding for finding in everything if not finding["answer"]]
    counts = Counter(finding["level"] for finding in open_ones)
    answered = len(everything) - len(open_ones)
    parts = [_count(level, counts[level]) for level in LEVELS if counts[level]]
    pupils = len({f["pupil"] for f in open_ones if f["pupil"]})
    if not parts:
        said = f"{looked_at} checked: nothing is missing."
    else:
        of_whom = _plural(pupils, "pupil", "pupils")
        whom = f" ({of_whom})" if pupils > 1 else ""
        said = f"{looked_at} checked: {joined(parts)}{whom}."
    if answered:
        said += f" {_plural(answered, 'point is', 'points are')} answered by a reason."
    if shown < len(everything):
        said += " See everything: sen check --level all"
    return said


def _count(level: str, count: int) -> str:
    return _plural(count, *_SAID[level])


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
