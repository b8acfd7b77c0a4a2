"""What the reports that a school publishes have in common: texts, code, look-over."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from sencli import terms
from sencli.core.papers.anonymise import Unnamed
from sencli.core.papers.anonymise import families_of
from sencli.core.papers.plain_english import Guard
from sencli.core.papers.plain_english import Text as Typed
from sencli.core.record.find import PupilName
from sencli.core.record.fingerprint import published
from sencli.core.record.types import Entry
from sencli.core.reports.governors import Figures
from sencli.core.school import published_reports as core
from sencli.core.school.percentages import figure_label
from sencli.core.school.settings import settings
from sencli.core.text.dates import words
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.school import share_of_roll
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.value import replace


def section(title: str, body: list[Block]) -> list[Block]:
    """A section, its heading never alone."""
    first, *rest = body
    return [Keep((Heading(title), first)), *rest]


def facts(told: list[str]) -> list[Block]:
    """What the records show."""
    return [Bullets(tuple(told))] if told else []


def shares(made: Figures, setting: PaperContext, period: tuple[str, str]) -> list[str]:
    """SEN as a share of the school, beside England, where these are entered."""
    told = []
    for row in share_of_roll.rows_of(made, setting.school, min(setting.day, period[1])):
        if row["per_cent"] is None:
            continue
        name = terms.NATIONAL_FIGURES[row["figure"]]
        found = row["national"]
        beside = f" (England: {figure_label(found)})" if found else ""
        told.append(f"{name}: {row['per_cent']:g} per cent of the school{beside}")
    return told


def written(record: Entry, key: str, gap: str) -> Text:
    """What people wrote in a section, or what is still to be written there."""
    text = core.text_of(record, key)
    return Text(text) if text else Text(gap)


def own(kind: str, record: Entry) -> list[Block]:
    """The sections under the school's own headings."""
    found: list[Block] = []
    for entry in core.own_sections(kind, record):
        found += section(str(entry["section"]), [Text(str(entry["text"]))])
    return found


def next_due(kind: str, record: Entry, setting: PaperContext) -> list[str]:
    """When it was published last, and by when it is to be published again."""
    days = [str(entry["date"]) for entry in record.get("published", ())]
    last = max((day for day in days if day <= setting.day), default="")
    due = core.due_on(kind, record, setting.school, setting.day)
    told = [f"Last published on {words(last)}"] if last else []
    return [*told, f"To be published by {words(due)}"] if due else told


def coded(view: View, kind: str, setting: PaperContext) -> View:
    """The report with a check code of its own: of the records and what is written."""
    if not setting.fingerprints:
        return view
    code = published(kind, setting.published.get(kind, {}), view.fingerprint)
    return replace(view, fingerprint=code)


def without_names(kind: str, records: Iterable[Entry], setting: PaperContext) -> Entry:
    """What people wrote, without the full name of a child that slipped in."""
    texts: Entry = Unnamed(records).value(setting.published.get(kind, {}), full=True)
    return texts


def looked_over(
    kind: str, records: Iterable[Entry], setting: PaperContext
) -> tuple[Aside, ...]:
    """What is wrong with the texts for those who read them on a website.

    No child is named; and the information report, which parents read, keeps to the
    reading age and the words of the papers for parents.
    """
    guard = Guard(
        setting.words.section("jargon"),
        [_pupil_name(pupil) for pupil in records],
        [str(person["name"]) for person in setting.school.get("staff", ())],
        settings(setting.school).reading_age,
        # the school's governors know its families by name
        list(families_of(records)) if kind == core.GOVERNORS else (),
    )
    record = setting.published.get(kind, {})
    remarks = guard.remarks(_texts(kind, record), {"id": ""})
    return tuple(
        Aside(
            remark.message.replace("another child", "a child"),
            remark.command,
            grave=True,
        )
        for remark in remarks
        if remark.kind == "name" or kind == core.INFORMATION
    )


def _pupil_name(record: Entry) -> PupilName:
    return PupilName(
        str(record["id"]),
        str(record["first_name"]),
        str(record.get("last_name", "")),
        str(record.get("known_as", "")),
    )


def _texts(kind: str, record: Entry) -> Iterator[Typed]:
    for entry in record.get("sections", ()):
        name = str(entry["section"])
        command = f'sen report write {kind} "{name}" "NEW TEXT"'
        yield Typed(name, str(entry["text"]), command)
    for verb, name in (("barrier", "barriers"), ("activity", "activities")):
        for entry in record.get(name, ()):
            command = f"sen report remove {kind} {entry['id']}"
            yield from (
                Typed(f"{verb} {entry['id']}", str(entry[key]), command)
                for key in ("text", "evidence", "impact")
                if key in entry
            )


def data(told: dict[str, list[str]], kind: str, record: Entry) -> list[dict[str, Any]]:
    """The sections for json: what the records fill in, what is written, what lacks."""
    made = [
        {
            "section": key,
            "title": title,
            "filled_in": told.get(key, []),
            "written": core.text_of(record, key) or None,
            "gap": gap,
        }
        for key, title, gap in core.KINDS[kind].sections
    ]
    made += [
        {
            "section": entry["section"],
            "title": entry["section"],
            "filled_in": [],
            "written": entry["text"],
            "gap": "",
        }
        for entry in core.own_sections(kind, record)
    ]
    return made
