"""What was arranged for a pupil beside the cycles, as a case tells it."""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core.pupil.alternative_provision import amount_words
from sencli.core.pupil.base_placement import base_words
from sencli.core.pupil.dual_registration import registration_words
from sencli.core.pupil.dual_registration import school_words
from sencli.core.pupil.part_time import hours_words
from sencli.core.pupil.suspensions import kind_words
from sencli.core.pupil.suspensions import length_words
from sencli.core.record.types import Entry

_LONGEST = 100


def one_line(text: str) -> str:
    """The whole text on one line."""
    return " ".join(text.split())


def short(text: str) -> str:
    """Text on one line, cut after a word where it is long."""
    flat = one_line(text)
    if len(flat) <= _LONGEST:
        return flat
    return flat[:_LONGEST].rpartition(" ")[0] + " ..."


def arranged(record: Entry) -> Iterator[tuple[str, str, str]]:
    """Suspensions, and what began and ended: date, words and path of a claim."""
    for entry in record.get("suspensions", ()):
        path, why = f"suspensions[{entry['id']}]", _why(entry)
        kind, long = kind_words(entry), length_words(entry)
        said = f"{kind}, {long}" if long else kind
        yield entry["date"], f"{_begun(said)}{why}", path
    for name, said_of in (
        ("part_time_timetables", _timetable),
        ("alternative_provision", _elsewhere),
        ("dual_registrations", _two_schools),
        ("base_placements", _base),
    ):
        for entry in record.get(name, ()):
            path, said = f"{name}[{entry['id']}]", said_of(entry)
            why = _why(entry)
            yield entry["from"], f"{_begun(said)} began{why}", path
            came = f": {one_line(entry['outcome'])}" if "outcome" in entry else ""
            what = f"{_begun(said)} ended{came}"
            yield entry.get("until", ""), what, f"{path}.until"


def _begun(said: str) -> str:
    return said[:1].upper() + said[1:]


def _why(entry: Entry) -> str:
    return f": {one_line(entry['reason'])}" if "reason" in entry else ""


def _timetable(entry: Entry) -> str:
    hours = hours_words(entry)
    return f"part-time timetable of {hours}" if hours else "part-time timetable"


def _elsewhere(entry: Entry) -> str:
    at = f" at {entry['provider']}" if "provider" in entry else ""
    amount = f", {amount_words(entry)}," if amount_words(entry) else ""
    return f"alternative provision{at}{amount}"


def _two_schools(entry: Entry) -> str:
    return f"dual registration with {school_words(entry)}, {registration_words(entry)},"


def _base(entry: Entry) -> str:
    return f"place in a {base_words(entry)}"
