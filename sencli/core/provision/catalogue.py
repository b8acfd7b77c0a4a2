"""The catalogue of provisions, and the scales."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.class_sharing import shared
from sencli.core.record.edit import given
from sencli.core.record.lookup import joined
from sencli.core.record.types import Record
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_KEY = 60
_USUAL = ("minutes", "sessions_per_week", "weeks", "group_size", "role")

SCALE_KINDS = {
    "number": "a number",
    "ordinal": "words in order",
    "age": "an age, as 6:04",
    "score": "a score with its interval",
}


def key_of(typed: str, what: str) -> str:
    """A valid key for the catalogue.

    Raises:
        InvalidValue: it holds more than small letters, digits and hyphens.
    """
    if _KEY.fullmatch(typed) and len(typed) <= _LONGEST_KEY:
        return typed
    bare = re.sub(r"[^a-z0-9]+", "-", fold(typed)).strip("-")[:_LONGEST_KEY]
    hint = (
        f"Type {bare.strip('-')}" if bare else "Type it like this: precision-teaching"
    )
    raise InvalidValue(
        f"{typed!r} cannot be the short name of a {what}: small letters, digits and "
        "hyphens.",
        hint,
    )


def find_provision(typed: str, provisions: Record) -> Record:
    """A provision of the catalogue by its key or an unmistakable part of its name."""
    listed: list[Record] = provisions.get("provisions", [])
    exact = [p for p in listed if p["key"] == typed.strip().casefold()]
    found = exact or find.matches(
        typed, listed, lambda p: f"{p['key'].replace('-', ' ')} {p['name']}"
    )
    return find.one(
        typed,
        found,
        what="provision",
        show=lambda p: f"{p['key']}  {p['name']}",
        hint=f"Enter a new one: sen provision add {typed} --name NAME"
        if not found
        else "Type the short name in front of it.",
        everything=listed,
    )


def add_provision(provisions: Record, key: str, fields: Mapping[str, Any]) -> Act:
    """The catalogue with a provision more; one of the same key is amended.

    Args:
        provisions: ``provisions.yaml``.
        key: the short name to type.
        fields: by the names of the record, those of ``usual`` beside the others;
            ``None`` where not named.
    """
    key = key_of(key, "provision")
    listed = provisions.get("provisions", [])
    if any(p["key"] == key for p in listed):
        return set_provision(provisions, key, fields)
    name = fields.get("name") or key.replace("-", " ").capitalize()
    entry = {"key": key, **_amended({}, {**fields, "name": name})}
    return Act(
        {**provisions, "provisions": [*listed, entry]},
        f"Added to the catalogue: {_provision_words(entry)}.",
        {"provision": key},
    )


def set_provision(provisions: Record, which: str, fields: Mapping[str, Any]) -> Act:
    """The catalogue with the fields of one provision that are named changed."""
    entry = find_provision(which, provisions)
    changed = _amended(entry, fields)
    listed = [changed if p is entry else p for p in provisions["provisions"]]
    return Act(
        {**provisions, "provisions": listed},
        f"Changed in the catalogue: {_provision_words(changed)}.",
        {"provision": entry["key"]},
    )


def _amended(entry: Record, fields: Mapping[str, Any]) -> Record:
    """An entry updated with the given fields."""
    named = given(fields)
    usual = {k: named.pop(k) for k in _USUAL if k in named}
    if isinstance(often := usual.get("sessions_per_week"), float):
        usual["sessions_per_week"] = int(often) if often.is_integer() else often
    changed = {**entry, **named}
    if usual:
        changed["usual"] = {**entry.get("usual", {}), **usual}
    return shared(changed, fields.get("share"))


def _provision_words(entry: Record) -> str:
    """A provision in words: name, tier, usual dose."""
    parts = [f"{entry['name']} ({entry['key']})"]
    if "tier" in entry:
        parts.append(terms.TIERS[entry["tier"]])
    parts += [dose_words(entry.get("usual", {}))] if entry.get("usual") else []
    return ", ".join(part for part in parts if part)


def dose_words(usual: Mapping[str, Any]) -> str:
    """``30 minutes 3 times a week for 12 weeks, group of 4, led by TA``."""
    parts = []
    if minutes := usual.get("minutes"):
        parts.append(f"{minutes} minutes")
    if often := usual.get("sessions_per_week"):
        parts.append(f"{often} {'time' if often == 1 else 'times'} a week")
    if weeks := usual.get("weeks"):
        parts.append(f"for {weeks} {'week' if weeks == 1 else 'weeks'}")
    words = [" ".join(parts)] if parts else []
    if size := usual.get("group_size"):
        words.append("one to one" if size == 1 else f"group of {size}")
    if role := usual.get("role"):
        words.append(f"led by {role}")
    return ", ".join(words)


def add_scale(
    provisions: Record,
    key: str,
    kind: str | None,
    values: Sequence[str],
    fields: Mapping[str, Any],
) -> Act:
    """The catalogue with a scale more; one of the same key is amended.

    Args:
        provisions: ``provisions.yaml``.
        key: the short name to type.
        kind: number, ordinal, age or score; ordinal where values are given.
        values: the words of an ordinal scale, lowest first.
        fields: ``name``, ``better``, ``unit``; ``None`` where not named.
    """
    key = key_of(key, "scale")
    listed: list[Record] = provisions.get("scales", [])
    old = next((s for s in listed if s["key"] == key), None)
    kind = kind or (old or {}).get("kind") or ("ordinal" if values else "number")
    words = list(values) or (old or {}).get("values", [])
    _check_scale(key, kind, words)
    entry = {
        **(old or {"key": key}),
        "kind": kind,
        **given({"values": words, **fields}),
    }
    rest = [entry if s is old else s for s in listed]
    steps = f": {joined(words, 'then')}" if words else ""
    return Act(
        {**provisions, "scales": rest if old else [*listed, entry]},
        f"{'Changed' if old else 'Added'} the scale {key}, {SCALE_KINDS[kind]}{steps}.",
        {"scale": key},
    )


def _check_scale(key: str, kind: str, words: Sequence[str]) -> None:
    if kind == "ordinal" and len(words) < len(("low", "high")):
        raise InvalidValue(
            "A scale of words needs two words or more, lowest first.",
            f"sen scale add {key} --values WORDS",
        )
    if kind != "ordinal" and words:
        raise InvalidValue(
            f"A scale of kind {kind} has no words.", "Leave --values out."
        )
    folded = [fold(word) for word in words]
    if len(set(folded)) < len(folded):
        raise InvalidValue("Each word of a scale may stand in it only once.")
