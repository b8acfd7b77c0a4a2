"""Fields and values of a record in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.cycle.dose import dose_said
from sencli.core.record.diff import Schema
from sencli.core.record.diff import resolve
from sencli.core.record.lookup import joined
from sencli.core.record.types import Entry
from sencli.core.record.wording import quoted
from sencli.core.record.wording import referred
from sencli.core.record.wording import who_is
from sencli.core.record.wording import worded
from sencli.core.text.dates import words
from sencli.core.text.money import pounds

_DATE = re.compile(r"[12]\d{3}-\d{2}-\d{2}")
_NAMES = {
    "pence_per_hour": "hourly rate",
    "target.value": "target",
    "target.by": "target date",
    "baseline.value": "baseline",
    "baseline.date": "baseline date",
    "review_by": "review by",
    "upn": "UPN",
    "uln": "ULN",
    "ehc_outcome": "outcome of the EHC plan",
    "pfa": "preparing for adulthood",
    "of": "views of",
    "told": "parents told",
    "asked": "parents asked",
    "consent.given": "parents agreed",
    "consent.by": "answer of",
    "consent.date": "answered",
    "decision.outcome": "decision",
    "decision.date": "decided",
    "eal": "EAL",
    "evidence_seen": "evidence seen",
    "appointed": "appointed as SENCO",
    "started": "qualification begun",
    "awarded": "qualification awarded",
    "evidence_by": "evidence seen by",
    "reassess": "will assess anew",
    "to_authority": "new authority",
    "from_authority": "authority before",
    "draft_answered": "draft plan answered",
    "notice_sent": "notice of amendments",
    "joined": "came with the plan",
    "joined_from": "came from",
    "appealed": "appeal made",
    "certificate": "mediation certificate",
    "share": "may be shown to",
    "urn": "URN",
    "laestab": "LAESTAB",
    "percent": "per cent",
    "half_days": "half days",
    "responsibilities.school": "what the school does",
    "responsibilities.parent": "what parents do",
    "responsibilities.pupil": "what the pupil does",
}
_OWN_NAMES = {
    ("OutcomeResult", "value"): "exit value",
    ("OutcomeResult", "interval"): "exit interval",
    ("Status", "provision"): "SEN status",
    ("Strategy", "text"): "strategy",
    ("Views", "text"): "words",
    ("Outcome", "outcome"): "wording",
    ("Concern", "concern"): "concern",
    ("DualRegistration", "registration"): "registration here",
    ("Health", "plan"): "healthcare plan",
    ("Health", "medication"): "medicine in school",
    ("Flag", "arrangement"): "care ended by",
    ("Ethnicity", "basis"): "ascribed by",
    ("HomeLanguage", "basis"): "said by",
}
_WHO = frozenset(
    (
        *("by", "of", "who", "attended", "invited", "led_by", "raised_by", "teacher"),
        *("decided_by", "made_with", "agreed_with", "with", "evidence_by"),
    )
)
_REFERS = frozenset(
    (
        *("need", "outcome", "outcomes", "intervention", "continues", "within"),
        *(
            "item",
            "items",
            "group",
            "provision",
            "section_f",
            "ehc_outcome",
            "plan",
            "barrier",
        ),
    )
)
_VOCABULARY: dict[str, Mapping[str, str]] = {
    "result": terms.RESULTS,
    "decisions": terms.DECISIONS,
    "missed": terms.MISSED,
    "answer": terms.ANSWERS,
    "tier": terms.TIERS,
    "layer": terms.TIERS,
    "flag": terms.FLAGS,
    "role": terms.INVITED,
    "conclusion": terms.CONCLUSIONS,
    "recommendation": terms.PLAN_DECISIONS,
    "pfa": terms.ADULTHOOD,
    "share": terms.SHARE,
    "against": terms.APPEALS,
}
# Vocabularies of fields that mean something else in another kind of item.
_OWN_VOCABULARY: dict[tuple[str, str], Mapping[str, str]] = {
    ("Meeting", "kind"): terms.MEETINGS,
    ("EhcReview", "kind"): terms.ANNUAL_REVIEWS,
    ("Transition", "kind"): terms.MOVES,
    ("Specialist", "source"): terms.SPECIALISTS_FROM,
    ("Suspension", "kind"): terms.SUSPENSIONS,
    ("AlternativeProvision", "commissioned_by"): terms.COMMISSIONERS,
    ("DualRegistration", "registration"): terms.REGISTRATIONS,
    ("BasePlacement", "base"): terms.BASES,
    ("Advice", "decision"): terms.ADVICE_ANSWERS,
    ("ReviewDecision", "outcome"): terms.PLAN_DECISIONS,
    ("Ethnicity", "code"): terms.ETHNICITY,
    ("Ethnicity", "basis"): terms.ASCRIBED,
    ("HomeLanguage", "basis"): terms.ASCRIBED,
    ("Flag", "arrangement"): terms.CARE_ENDED,
    ("Attainment", "scale"): terms.MEASURES,
    ("EhcAppeal", "result"): terms.APPEAL_RESULTS,
    ("TimetableException", "step"): terms.EHC_STEPS,
    ("ReviewException", "step"): terms.EHC_STEPS,
    ("TimetableException", "basis"): terms.EHC_EXCEPTIONS,
    ("ReviewException", "basis"): terms.EHC_EXCEPTIONS,
}
# What the words for an item say already.
_SAID = {
    "Outcome": ("outcome",),
    "Strategy": ("text",),
    "Concern": ("concern",),
    "Contact": ("name",),
    "Intervention": ("provision",),
    "OutcomeResult": ("outcome",),
    "InterventionResult": ("intervention",),
    "Session": ("date", "intervention", "ordinal"),
    "Tally": ("week", "intervention"),
    "Measurement": ("date", "outcome"),
    "Need": ("type",),
    "Views": ("of",),
    "Agreement": ("who",),
    "Told": ("who",),
    "Placement": ("from", "year_group", "class"),
    "Status": ("from", "provision"),
    "Flag": ("flag",),
    "SupportChange": ("change",),
    "Document": ("title", "sha256"),
    "Section": ("section",),
    "Barrier": ("text",),
    "Activity": ("text",),
    "Publication": ("date",),
    "Departure": ("guidance",),
    "Profile": ("date",),
    "Meeting": ("date", "kind"),
    "Report": ("date",),
    "EhcReview": ("date",),
    "EhcRequest": ("date",),
    "EhcPlan": ("issued",),
    "EhcAppeal": ("about", "against", "date"),
    "PlanTransfer": ("date", "to_authority"),
    "Consideration": ("about",),
    "Information": ("what",),
    "RelatedPlan": ("kind",),
    "Transition": ("to",),
    "Invitation": ("role", "who", "date"),
    "ReviewAdvice": ("of",),
    "Shared": ("with", "date"),
    "Funding": ("source", "from"),
    "Attendance": ("academic_year", "term"),
    "Suspension": ("date",),
    "PartTimeTimetable": ("from",),
    "AlternativeProvision": ("provider",),
    "DualRegistration": ("school",),
    "BasePlacement": ("base", "from"),
    "NationalFigure": ("figure", "schools", "year"),
    "NumberOnRoll": ("date", "year_group", "class"),
    "Ethnicity": ("from", "code"),
    "HomeLanguage": ("from", "language"),
    "Health": ("condition",),
    "Attainment": ("date", "scale", "test", "subject"),
    "Specialist": ("service",),
    "Advice": ("recommendation",),
    "Action": ("text",),
    "Adjustment": ("text",),
    "InterimTarget": ("text",),
    "SectionB": ("text",),
    "SectionE": ("text",),
    "SectionF": ("text",),
}
_IMPACTS = terms.IMPACTS
_LONGEST = 400


def field_name(name: str, title: str = "") -> str:
    """A field in words: ``target.by`` is "target date"."""
    last = name.rpartition(".")[2]
    found = _OWN_NAMES.get((title, last)) or _NAMES.get(name) or _NAMES.get(last)
    return found or last.replace("_pence", "").replace("_", " ")


def value_said(name: str, title: str, value: Any, record: Entry, books: Entry) -> str:
    """A value in words: dates, codes, people and references spelled out."""
    last = name.rpartition(".")[2]
    if value is None:
        return "(nothing)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return joined([value_said(name, title, v, record, books) for v in value])
    if isinstance(value, dict):
        parts = (
            f"{field_name(k)} {value_said(k, '', v, record, books)}"
            for k, v in value.items()
            if k != "id"
        )
        return ", ".join(parts)
    if isinstance(value, int | float):
        return _number(last, value)
    return _text(last, title, str(value), record, books)


def _number(name: str, value: float) -> str:
    if "pence" in name and isinstance(value, int):
        return pounds(value)
    if name == "impact":
        signed = f"{value:+g}" if value else "0"
        return f"{signed} ({_IMPACTS.get(int(value), '')})"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _text(name: str, title: str, value: str, record: Entry, books: Entry) -> str:
    if _DATE.fullmatch(value):
        return words(value)
    if name == "year_group":
        return terms.year_group_name(value)
    if title == "Status" and name == "provision":
        return f"{terms.PROVISION.get(value, value)} ({value})"
    if title == "Need" and name == "type":
        return f"{terms.NEED_TYPES.get(value, ('',))[0]} ({value})"
    own = _OWN_VOCABULARY.get((title, name)) or _VOCABULARY.get(name, {})
    if value in own:
        return own[value]
    return _referring(name, title, value, record, books)


def _referring(name: str, title: str, value: str, record: Entry, books: Entry) -> str:
    """The person or item that an id names; otherwise the text itself."""
    if name in _WHO:
        return str(books.get(value) or who_is(value, record))
    if name in _REFERS and not (title == "Outcome" and name == "outcome"):
        found = referred(value, record, books)
        return found if found.startswith("'") else quoted(found)
    plain = value.replace(":", "").isalnum()
    return value if plain else quoted(value, _LONGEST)


def facts(
    value: Any,
    schema: Schema,
    root: Schema,
    record: Entry,
    books: Entry,
    prefix: str = "",
    title: str = "",
) -> Iterator[str]:
    """All that an object says, a fact at a time, without ids.

    Args:
        value: the object.
        schema: its schema.
        root: the schema of the file.
        record: the record it stands in.
        books: names of provisions, groups and staff.
        prefix: names of the fields on the way to it.
        title: its kind, whose words have been said already.
    """
    schema = resolve(schema, root)
    known = {"id", *_SAID.get(title, ())}
    kind = title or str(schema.get("title", ""))
    for name, child in value.items():
        if name in known:
            continue
        part = resolve(schema.get("properties", {}).get(name, {}), root)
        full = f"{prefix}.{name}" if prefix else name
        if isinstance(child, dict):
            yield from facts(child, part, root, record, books, full)
        elif _holds_items(child):
            yield from _items(child, part, root, record, books)
        else:
            said = value_said(full, kind, child, record, books)
            yield f"{field_name(full, kind)} {said}"


def _holds_items(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(v, dict) for v in value)


def _items(
    listed: list[Any], schema: Schema, root: Schema, record: Entry, books: Entry
) -> Iterator[str]:
    part = resolve(schema.get("items", {}), root)
    title = str(part.get("title", ""))
    for item in listed:
        yield item_said(item, part, root, record, books, title)


def item_said(
    item: Any, schema: Schema, root: Schema, record: Entry, books: Entry, title: str
) -> str:
    """An item and all that it says, in one line.

    Args:
        item: the item.
        schema: its schema.
        root: the schema of the file.
        record: the record it stands in.
        books: names of provisions, groups and staff.
        title: its kind, by the schema.
    """
    if title in _SENTENCES:
        return _SENTENCES[title](item, record, books)
    known = worded(item, record, title, books)
    if not isinstance(item, dict):
        return known
    said = list(facts(item, schema, root, record, books, "", title))
    if title in {"OutcomeResult", "InterventionResult", "Session", "Tally"} and said:
        return f"{known}: {', '.join(said)}"
    return f"{known} ({'; '.join(said)})" if said else known


def _views(item: Entry, record: Entry, books: Entry) -> str:
    who = books.get(item["of"]) or who_is(item["of"], record)
    return f"views of {who}: {quoted(item['text'], _LONGEST)}"


def _agreement(item: Entry, record: Entry, books: Entry) -> str:
    who = books.get(item["who"]) or who_is(item["who"], record)
    when = f" on {words(item['date'])}" if "date" in item else ""
    return f"{who} {terms.ANSWERS.get(item['answer'], item['answer'])}{when}"


def _who_was_told(item: Entry, record: Entry, books: Entry) -> str:
    who = books.get(item["who"]) or who_is(item["who"], record)
    how = f" ({item['how']})" if "how" in item else ""
    return f"{who} told on {words(item['date'])}{how}"


def _dose(item: Entry, _record: Entry, books: Entry) -> str:
    named = dict(item)
    if "led_by" in named:
        named["led_by"] = [str(books.get(who, who)) for who in named["led_by"]]
    return f"{dose_said(named)} from {words(item['from'])}"


def _correction(item: Entry, _record: Entry, _books: Entry) -> str:
    return f"correction: {quoted(item['reason'])}"


_SENTENCES = {
    "Views": _views,
    "Agreement": _agreement,
    "Told": _who_was_told,
    "Dose": _dose,
    "Correction": _correction,
}
