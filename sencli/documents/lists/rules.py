"""The rules: a list of all, or one explained."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.rules import EDITIONS
from sencli.rules import LEVEL_WORDS
from sencli.rules import NOT_SHOWN
from sencli.rules import RULES
from sencli.rules import Rule

COLUMNS = (
    Column("code", "Rule", width=6),
    Column("level", "Level", width=10),
    Column("name", "What is as it should be", width=46),
    Column("citation", "Where it comes from", width=46),
)


def promised(rule: Rule) -> dict[str, Any]:
    """A rule, as shown in json."""
    return {
        "code": rule.code,
        "name": rule.name,
        "level": rule.level,
        "edition": rule.edition,
        "citation": rule.cites,
        "confirmed": rule.confirmed,
        "asks": rule.asks,
        "why": rule.why,
        "meet": rule.meet,
    }


def listed(day: str) -> View:
    """Every rule in force on the day, and the rows that no record can show."""
    rules = [rule for rule in RULES if rule.in_force(day)]
    rows = tuple((r.code, r.level, r.name, r.cites) for r in rules)
    hidden = tuple(
        f"{code} {row.name}: {row.reason}" for code, row in NOT_SHOWN.items()
    )
    return View(
        "Rules of the Code of Practice",
        Letterhead(""),
        day,
        (
            Table(COLUMNS, rows),
            Heading("What a record cannot show"),
            Bullets(hidden),
            Text("One rule explained: sen rule A13", style="note"),
        ),
        data=[promised(rule) for rule in rules],
    )


def explained(rule: Rule, day: str) -> View:
    """One rule: what it asks, where it comes from, how to meet it."""
    facts = [
        ("Level", LEVEL_WORDS[rule.level]),
        ("Comes from", rule.citation),
        ("Edition", EDITIONS[rule.edition].title),
    ]
    if rule.draft_section:
        facts.append(("In the draft of 2013", rule.draft_section))
    blocks: tuple[Block, ...] = (
        Fields(tuple(facts)),
        Heading("What it asks"),
        Text(rule.asks),
        Heading("Why"),
        Text(rule.why),
        Heading("When it finds fault"),
        Text(rule.found_when),
        Heading("How to meet it"),
        Text(rule.meet),
        Heading("A record that falls short"),
        Text(outline(rule.shown[0])),
        Heading("The same record put right"),
        Text(outline(rule.shown[1])),
    )
    return View(
        f"{rule.code}: {rule.name}", Letterhead(""), day, blocks, data=promised(rule)
    )


def outline(value: Any) -> str:
    """A fragment as YAML people would write it."""
    return "\n".join(_lines(value, ""))


def _lines(value: Any, indent: str) -> list[str]:
    found: list[str] = []
    if isinstance(value, Mapping):
        for key, child in value.items():
            found += _entry(f"{indent}{key}:", child, indent)
    else:
        for child in value:
            inner = _lines(child, f"{indent}  ") if _nests(child) else []
            if inner:
                inner[0] = f"{indent}- {inner[0].lstrip()}"
                found += inner
            else:
                found.append(f"{indent}- {_scalar(child)}")
    return found


def _entry(head: str, child: Any, indent: str) -> list[str]:
    if not _nests(child):
        return [f"{head} {_scalar(child)}"]
    below = indent if isinstance(child, list | tuple) else f"{indent}  "
    return [head, *_lines(child, below)]


def _nests(value: Any) -> bool:
    if isinstance(value, Mapping):
        return bool(value)
    return isinstance(value, list | tuple) and any(
        isinstance(child, Mapping) for child in value
    )


def _scalar(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_scalar(child) for child in value)}]"
    if isinstance(value, str):
        risky = any(sign in value for sign in ":#'\"[]{},&*") or value.isdigit()
        return json.dumps(value, ensure_ascii=False) if risky else value
    return json.dumps(value)
