"""The parents' summary since a day, such as the last meeting."""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core.cycle import progress
from sencli.core.cycle.delivery import delivery
from sencli.core.people.young_person import family_met
from sencli.core.record.types import Entry
from sencli.documents.made_in.family_scale import family_scale
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.parents.support import name_of
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Text

LAST_MEETING = "last-meeting"


def day_of(since: str, record: Entry, cycle: Entry | None, day: str) -> str:
    """The ISO date meant; ``last-meeting`` is the newest one before the day.

    Where parents were not met yet, the day the plan was made; "" for no day at all.
    """
    if since != LAST_MEETING:
        return since
    met = [d for d in family_met(record) if d < day]
    return met[-1] if met else str((cycle or {}).get("plan", {}).get("date", ""))


def since_blocks(
    record: Entry, shown: Entry, since: str, setting: PaperContext
) -> list[Block]:
    """The section: what was given, measured, changed, decided and met about.

    Aims of the cycle that is ``shown`` go by their numbers there.
    """
    words = setting.words
    heading = Heading(words("summary.since", date=words.date(since)))
    lines = tuple(_lines(record, shown, since, setting))
    body = Bullets(lines) if lines else Text(words("summary.since_nothing"))
    return [Keep((heading, body))]


def _lines(
    record: Entry, shown: Entry, since: str, setting: PaperContext
) -> Iterator[str]:
    words = setting.words
    for meeting in record.get("meetings", ()):
        if since < meeting["date"] <= setting.day:
            yield words("summary.since_met", date=words.date(meeting["date"]))
    for cycle in record.get("cycles", ()):
        yield from _planned(cycle, since, setting)
        yield from _given(cycle, since, setting)
        yield from _measured(cycle, shown, since, setting)
        for change in cycle.get("do", {}).get("changes", ()):
            if since < change["date"] <= setting.day:
                date = words.date(change["date"])
                text = change["change"]
                yield words("summary.since_changed", date=date, change=text)


def _planned(cycle: Entry, since: str, setting: PaperContext) -> Iterator[str]:
    for part, key in (("plan", "since_planned"), ("review", "since_reviewed")):
        day = cycle.get(part, {}).get("date", "")
        if since < day <= setting.day:
            yield setting.words(f"summary.{key}", date=setting.words.date(day))


def _given(cycle: Entry, since: str, setting: PaperContext) -> Iterator[str]:
    for item in cycle.get("plan", {}).get("interventions", ()):
        done = delivery(cycle, item["id"], since, setting.day)
        if done.recorded:
            name = name_of(setting.provision(item["provision"]))
            key = "summary.since_given" + ("_missed" if done.not_delivered else "")
            yield setting.words(
                key, name=name, given=done.delivered, missed=done.not_delivered
            )


def _measured(
    cycle: Entry, shown: Entry, since: str, setting: PaperContext
) -> Iterator[str]:
    words = setting.words
    outcomes = {o["id"]: o for o in cycle.get("plan", {}).get("outcomes", ())}
    numbered = [o["id"] for o in shown.get("plan", {}).get("outcomes", ())]
    for entry in cycle.get("do", {}).get("measurements", ()):
        outcome = outcomes.get(entry["outcome"])
        if outcome is None or not since < entry["date"] <= setting.day:
            continue
        scale = family_scale(outcome, setting)
        said = words.section("values")
        value = progress.value_words(entry["value"], scale, entry.get("interval"), said)
        name = outcome["outcome"]
        if outcome["id"] in numbered:
            number = numbered.index(outcome["id"]) + 1
            name = words("summary.aim_number", number=number)
        date = words.date(entry["date"])
        yield words("summary.since_measured", outcome=name, value=value, date=date)
