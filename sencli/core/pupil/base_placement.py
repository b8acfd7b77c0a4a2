"""Places in an inclusion base, beside the census codes of unit and resourced places."""

from __future__ import annotations

from sencli import terms
from sencli.core.pupil.arrangements import Kind
from sencli.core.pupil.arrangements import in_order
from sencli.core.pupil.arrangements import span_words
from sencli.core.record.types import Entry
from sencli.core.record.types import Record

CENSUS = {name: terms.FLAGS[name] for name in ("sen_unit", "resourced")}
"""The indicators that the census keeps, as flags of the record."""


def base_words(entry: Entry) -> str:
    """``support base (The Nest)``."""
    name = f" ({entry['name']})" if "name" in entry else ""
    return f"{terms.BASES[entry['base']]}{name}"


def base_label(entry: Entry) -> str:
    """``support base (The Nest), from 3 November 2025``."""
    return f"{base_words(entry)}, {span_words(entry)}"


KIND = Kind(
    *("base_placements", "base placement", base_label, "base"),
    *("support", "--name NAME"),
)


def bases_in_order(record: Entry) -> list[Record]:
    """The places in bases, oldest first."""
    return in_order(record, KIND)
