"""Exceptions: a "should" of the Code answered with a reason; never a "must"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.record.act import Act
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import display_name
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.value import Value


class Answer(Value):
    """The school's answer to a rule.

    Attributes:
        rule: the rule's code.
        level: the rule's level; only ``should`` can be answered.
        reason: why the school departs from it.
        date: ISO date.
        until: ISO date after which it no longer counts, or "".
        by: who decided, or "".
    """

    rule: str
    level: str
    reason: str
    date: str
    until: str = ""
    by: str = ""


def add(record: Mapping[str, Any], answer: Answer) -> Act:
    """The record with the answer; the same rule on the same day is amended.

    Raises:
        InvalidValue: the rule is the law, or the answer ends before it begins.
    """
    if answer.level in {"must", "reminder"}:
        raise InvalidValue(
            f"{answer.rule} is the law and cannot be waived.",
            f"See how to meet it: sen rule {answer.rule}",
        )
    if answer.until and answer.until < answer.date:
        raise InvalidValue(
            f"{words(answer.until)} is before {words(answer.date)}.",
            "Give a later --until, or none.",
        )
    made = {"rule": answer.rule, "reason": answer.reason}
    if answer.by:
        made["by"] = answer.by
    made["date"] = answer.date
    if answer.until:
        made["until"] = answer.until
    kept = [
        entry
        for entry in record.get("exceptions", ())
        if (entry["rule"], entry["date"]) != (answer.rule, answer.date)
    ]
    until = f" until {words(answer.until)}" if answer.until else ""
    return Act(
        {**record, "exceptions": [*kept, made]},
        f"{answer.rule} is answered for {display_name(record)}{until}: {answer.reason}",
        {"rule": answer.rule},
    )


def end(record: Mapping[str, Any], rule: str, day: str) -> Act:
    """The record with the rule's answer ended: from the next day the rule counts again.

    Raises:
        NotFound: no answer to the rule is in force.
    """
    entries: list[Record] = [dict(e) for e in record.get("exceptions", ())]
    running = [
        entry
        for entry in entries
        if entry["rule"] == rule and entry["date"] <= day <= entry.get("until", STILL)
    ]
    if not running:
        raise NotFound(
            f"No answer to {rule} is in force for {display_name(record)}.",
            f"See them: sen exception list {record['id']}",
        )
    for entry in running:
        entry["until"] = day
    return Act(
        {**record, "exceptions": entries},
        f"The answer to {rule} for {display_name(record)} ends on {words(day)}.",
        {"rule": rule},
    )
