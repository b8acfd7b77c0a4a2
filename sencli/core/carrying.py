"""What of a plan carries out a recommendation: from what was typed to ids."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core import find
from sencli.core import lookup
from sencli.core.folding import fold
from sencli.core.lookup import full_name
from sencli.core.types import Entry
from sencli.errors import NotFound
from sencli.errors import UsageFault

_LETTERS = {"o": "outcomes", "i": "interventions", "s": "strategies"}
_NOUNS = {"o": "outcome", "i": "intervention", "s": "strategy", "a": "adjustment"}


def carrying(record: Entry, typed: Entry) -> list[str]:
    """The ids of what is named.

    Args:
        record: the pupil's.
        typed: ``outcome`` and ``intervention`` (numbers, ids or wording in the open or
            newest cycle), ``items`` (o1, i2, s1 for a strategy, a1 for an adjustment,
            an id, or wording).

    Raises:
        NotFound: there is no such item.
        Ambiguous: several fit.
    """
    found = [
        _named(record, letter, name)
        for kind, letter in (("outcome", "o"), ("intervention", "i"))
        for name in _names(typed.get(kind, ()))
    ]
    return found + [_any(record, name) for name in _names(typed.get("items", ()))]


def _names(typed: Sequence[str]) -> list[str]:
    """``1,o2`` is two names; a wording with a comma in it is one."""
    names = []
    for text in typed:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        names += parts if all(" " not in part for part in parts) else [text.strip()]
    return names


def _listed(record: Entry, letter: str) -> Sequence[Entry]:
    found: Sequence[Entry]
    if letter == "a":
        found = record.get("adjustments", ())
        return found
    plan = (lookup.latest_cycle(dict(record)) or {}).get("plan", {})
    found = plan.get(_LETTERS[letter], ())
    return found


def _called(item: Entry) -> str:
    if "provision" in item:
        return str(item["provision"]).replace("-", " ")
    return str(item.get("outcome") or item.get("text", ""))


def _named(record: Entry, letter: str, name: str) -> str:
    listed, noun = _listed(record, letter), _NOUNS[letter]
    if not listed:
        raise NotFound(
            f"{full_name(dict(record))} has no {noun} in a plan.",
            f"Add it first: sen {noun} add {record['id']}",
        )
    return str(find.item(name, listed, _called, noun)["id"])


def _any(record: Entry, name: str) -> str:
    text = fold(name)
    ever = [
        str(item["id"])
        for kind in _LETTERS.values()
        for _, item in lookup.items(record, kind)
    ]
    if text in ever:
        return text
    if text[:1] in _NOUNS and text[1:].isdigit():
        return _named(record, text[0], text[1:])
    if text.isdigit():
        raise UsageFault(
            f"{name!r} could be an outcome or an intervention.",
            f"Write o{text} for the outcome, i{text} for the intervention.",
        )
    everything = [item for letter in _NOUNS for item in _listed(record, letter)]
    return str(find.item(name, everything, _called, "outcome")["id"])
