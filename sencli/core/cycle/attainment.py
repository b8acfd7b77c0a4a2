"""Tests and attainment outside outcomes: on named scales, and over time."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from sencli import terms
from sencli.core.cycle.progress import Point
from sencli.core.cycle.progress import value_words
from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import place
from sencli.core.cycle.scales import scale_of
from sencli.core.record import find
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.value import Value

_EXPECTED = (
    "below the standard of the test",
    "working towards the expected standard",
    "working at the expected standard",
    "working at greater depth",
)
_JUDGED = ("well below expected", "below expected", "at expected", "above expected")
_COMMON = (
    Scale("age", measure="reading age", key="reading_age"),
    Scale("age", measure="spelling age", key="spelling_age"),
    Scale("age", measure="mathematics age", key="mathematics_age"),
    Scale("score", measure="standardised score", key="standardised_score"),
    Scale("number", measure="scaled score", key="scaled_score"),
    Scale("number", measure="of 40 in phonics", key="phonics"),
    Scale("ordinal", _EXPECTED, key="key_stage"),
    Scale("ordinal", _JUDGED, key="teacher_assessment"),
    Scale("number", key="number"),
)
_SCALES = {scale.key: scale for scale in _COMMON}
_WORDS = {
    "ra": "reading_age",
    "sa": "spelling_age",
    "maths age": "mathematics_age",
    "ss": "standardised_score",
    "standard score": "standardised_score",
    "psc": "phonics",
    "phonics screening": "phonics",
    "sats": "scaled_score",
    "ks": "key_stage",
    "ta": "teacher_assessment",
}


class Course(Value):
    """The results of one test in one measure, in order of time.

    Attributes:
        key: of the measure.
        measure: in words: "reading age".
        about: the subject and the test: "NGRT"; or "".
        scale: what they are measured on.
        entries: as the record has them.
        points: the same, for a chart.
    """

    key: str
    measure: str
    about: str
    scale: Scale
    entries: tuple[Entry, ...]
    points: tuple[Point, ...]


def measure_of(typed: str, scales: Sequence[Entry]) -> str:
    """The measure meant: one that all schools know, or a scale of the school's own.

    Raises:
        InvalidValue: there is none of that name; says what there is.
    """
    own = {str(s["key"]): str(s.get("name", s["key"])) for s in scales}
    options = {**own, **terms.MEASURES}
    return find.choose(typed, options, "measure", _WORDS)


def scale_named(key: str, scales: Sequence[Entry]) -> Scale:
    """The scale of a measure."""
    return _SCALES.get(key) or scale_of({"scale": key}, scales)


def measure_name(key: str, scales: Sequence[Entry]) -> str:
    """A measure in words."""
    own = {str(s["key"]): str(s.get("name", s["key"])) for s in scales}
    return terms.MEASURES.get(key) or own.get(key, key)


def is_measure(key: str, scales: Sequence[Entry]) -> bool:
    """Whether there is such a measure."""
    return key in _SCALES or any(s["key"] == key for s in scales)


def result_label(entry: Entry, scales: Sequence[Entry] = ()) -> str:
    """A result in words: ``reading age 6 years 4 months (NGRT), 12 March 2026``."""
    scale = scale_named(entry["scale"], scales)
    said = value_words(entry["value"], scale, entry.get("interval"))
    about = ", ".join(entry[n] for n in ("subject", "test") if n in entry)
    about = f" ({about})" if about else ""
    return f"{said}{about}, {words(entry['date'])}"


def in_order(record: Entry) -> list[Record]:
    """The results, oldest first: the order that their numbers go by."""
    return sorted(record.get("attainment", ()), key=lambda e: str(e["date"]))


def courses(record: Entry, scales: Sequence[Entry]) -> list[Course]:
    """The results by what they measure, in order of time; the newest course last."""
    found: dict[tuple[str, ...], list[Record]] = {}
    for entry in in_order(record):
        about = (fold(entry.get("test", "")), fold(entry.get("subject", "")))
        found.setdefault((entry["scale"], *about), []).append(entry)
    return [_course(key[0], entries, scales) for key, entries in found.items()]


def _course(key: str, entries: Sequence[Entry], scales: Sequence[Entry]) -> Course:
    scale = scale_named(key, scales)
    last = entries[-1]
    about = ", ".join(last[n] for n in ("subject", "test") if n in last)
    points = tuple(_points(entries, scale))
    return Course(key, measure_name(key, scales), about, scale, tuple(entries), points)


def _points(entries: Sequence[Entry], scale: Scale) -> Iterator[Point]:
    for entry in entries:
        low_high = entry.get("interval")
        yield Point(
            date=entry["date"],
            value=entry["value"],
            place=place(entry["value"], scale),
            kind="measurement",
            outcome=entry["id"],
            interval=(low_high[0], low_high[1]) if low_high else None,
        )
