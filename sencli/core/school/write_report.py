"""Changes to what is written of the reports that a school publishes."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.edit import put_item
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.school.published_reports import KINDS
from sencli.core.school.published_reports import STRATEGY
from sencli.core.school.published_reports import a_year_after
from sencli.core.school.published_reports import own_sections
from sencli.core.school.published_reports import text_of
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.core.text.folding import same
from sencli.core.text.money import pounds
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault


def write_section(kind: str, record: Record, typed: str, text: str, day: str) -> Act:
    """The report with the text in a section; an empty text takes it out.

    Args:
        kind: of ``KINDS``.
        record: what is written so far.
        typed: a section's key or heading; any other is a heading of the school's own.
        text: the words, or "".
        day: ISO date on which they were written.
    """
    name = KINDS[kind].name
    section, heading = _section(kind, record, typed)
    listed: list[Record] = list(record.get("sections", ()))
    places = [n for n, e in enumerate(listed) if fold(e["section"]) == fold(section)]
    if not text:
        if not places:
            raise NotFound(
                f"Nothing is written under {heading} in the {name}.",
                f"See it all: sen report show {kind}",
            )
        del listed[places[0]]
        made = {key: value for key, value in record.items() if key != "sections"}
        made |= {"sections": listed} if listed else {}
        return Act(made, f"Took out of the {name}: {heading}.")
    entry = {"section": section, "text": text, "date": day}
    if places and listed[places[0]]["text"] == text:
        return Act(record, "")
    if places:
        listed[places[0]] = entry
    else:
        listed.append(entry)
    return Act({**record, "sections": listed}, f"Wrote in the {name}: {heading}.")


def write_sections(
    kind: str, record: Record, texts: Mapping[str, str], day: str
) -> Act:
    """The report with several sections written, as a form has them."""
    made, changed = record, []
    for section, text in texts.items():
        if text.strip() != text_of(made, section).strip():
            act = write_section(kind, made, section, text.strip(), day)
            made = act.record
            changed.append(_section(kind, made, section)[1])
    if not changed:
        return Act(record, "")
    return Act(made, f"Wrote in the {KINDS[kind].name}: {'; '.join(changed)}.")


def _section(kind: str, record: Entry, typed: str) -> tuple[str, str]:
    """The section's key and heading; of the school's own both are the heading."""
    want = find.plain(typed)
    if not want:
        raise UsageFault(
            "No section was named.", f"See which there are: sen report show {kind}"
        )
    for key, heading in KINDS[kind].headings.items():
        if want in {find.plain(key), find.plain(heading)}:
            return key, heading
    for entry in own_sections(kind, record):
        if same(entry["section"], typed):
            return str(entry["section"]), str(entry["section"])
    heading = " ".join(typed.split())
    return heading, heading


def add_barrier(
    record: Record,
    text: str,
    fields: Mapping[str, Any],
    day: str,
    new_id: Callable[[str], str],
) -> Act:
    """The strategy with a barrier more; one of the same words is amended."""
    listed = record.get("barriers", [])
    old = next((b for b in listed if same(b["text"], text)), None)
    entry = {**(old or {"id": new_id("barrier")}), "text": text}
    entry |= given({"date": day if old is None else None, **fields})
    made = {**record, "barriers": put_item(listed, entry)}
    if made == record:
        return Act(record, "")
    number = [b["id"] for b in made["barriers"]].index(entry["id"]) + 1
    said = "Changed" if old else "Added"
    return Act(made, f"{said} barrier {number}: {text}", {"barrier": entry["id"]})


def add_activity(
    record: Record,
    text: str,
    fields: Mapping[str, Any],
    new_id: Callable[[str], str],
) -> Act:
    """The strategy with an activity more; one of the same words is amended.

    Args:
        record: the strategy.
        text: what is done.
        fields: by the names of the record; ``barrier`` as typed: number, id or words.
        new_id: gives a new id of a kind.

    Raises:
        InvalidValue: it would end before it begins.
    """
    listed = record.get("activities", [])
    old = next((a for a in listed if same(a["text"], text)), None)
    entry = {**(old or {"id": new_id("activity")}), "text": text} | given(fields)
    if typed := fields.get("barrier"):
        entry["barrier"] = _barrier(record, str(typed))
    if entry.get("until", "9999") < entry.get("from", ""):
        raise InvalidValue(
            f"It would end on {words(entry['until'])}, before it begins on "
            f"{words(entry['from'])}.",
            "Give the right days.",
        )
    made = {**record, "activities": put_item(listed, entry)}
    if made == record:
        return Act(record, "")
    cost = (
        f" ({pounds(entry['annual_pence'])} a year)" if "annual_pence" in entry else ""
    )
    said = "Changed" if old else "Added"
    warnings: tuple[str, ...] = ()
    if ("annual_pence" in entry) != ("funding_source" in entry):
        lacks = "--funding SOURCE" if "annual_pence" in entry else "--cost POUNDS"
        warnings = (f"no total counts it before you give {lacks} as well.",)
    return Act(
        made, f"{said} activity: {text}{cost}", {"activity": entry["id"]}, warnings
    )


def _barrier(record: Entry, typed: str) -> str:
    listed = record.get("barriers", ())
    hint = f'Add it first: sen report barrier {STRATEGY} "WHAT WAS SEEN"'
    return str(
        find.item(typed, listed, lambda b: str(b["text"]), "barrier", hint)["id"]
    )


def take_out(record: Record, typed: str) -> Act:
    """The strategy without a barrier or an activity, by its id or its words."""
    entries = [
        (name, entry)
        for name in ("barriers", "activities")
        for entry in record.get(name, ())
    ]
    exact = [pair for pair in entries if typed.strip() == pair[1]["id"]]
    found = exact or find.matches(typed, entries, lambda pair: str(pair[1]["text"]))
    name, entry = find.one(
        typed,
        found,
        what="barrier or activity",
        show=lambda pair: f"{pair[1]['id']}  {pair[1]['text']}",
        hint="Type its id, or more of its words.",
        everything=entries,
    )
    used = [a for a in record.get("activities", ()) if a.get("barrier") == entry["id"]]
    if used:
        raise InvalidValue(
            f"An activity is against this barrier: {used[0]['text']}",
            f"Take that out first: sen report remove {STRATEGY} {used[0]['id']}",
        )
    left = [other for other in record[name] if other["id"] != entry["id"]]
    made = {key: value for key, value in record.items() if key != name}
    return Act({**made, **({name: left} if left else {})}, f"Took out: {entry['text']}")


def publish(kind: str, record: Record, day: str, fields: Mapping[str, Any]) -> Act:
    """The report with the day on which it was published; typed again it is amended.

    Raises:
        UsageFault: it is never published.
    """
    if not KINDS[kind].yearly:
        raise UsageFault(
            f"The {KINDS[kind].name} is not published.",
            f"Make the edition that may be: sen print {kind} --public",
        )
    listed: list[Record] = list(record.get("published", ()))
    old = next((e for e in listed if e["date"] == day), {"date": day})
    entry = {**old, **given(fields)}
    rest = [e for e in listed if e["date"] != day]
    made = sorted([*rest, entry], key=lambda e: str(e["date"]))
    if made == listed:
        return Act(record, "")
    return Act(
        {**record, "published": made},
        f"The {KINDS[kind].name} was published on {words(day)}; the next is due by "
        f"{words(a_year_after(str(made[-1]['date'])))}.",
    )
