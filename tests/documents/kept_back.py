"""A record with a marker in every free text of the schema, and of what is restricted.

It grows with the schema: a field of tomorrow is looked for without a change here.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from sencli.core.papers.redact import Rules
from sencli.resources import folder
from tests.documents.example import AMELIA

DATA = json.loads((folder("templates") / "redaction.json").read_text("utf-8"))
_SCHEMA = json.loads((folder("schemas") / "pupil.schema.json").read_text("utf-8"))
# what would make another record of it, or point at what is not there
_UNSAID = {
    *("until", "discharged", "closed", "ended", "ceased", "withdrawn", "done"),
    *("language", "interpreter", "continues", "within", "group", "need", "measure"),
    *("large_print", "ehc_outcome", "joined", "joined_from", "picture", "restricted"),
    "interval",
}
_KEPT = {"first_name", "last_name", "known_as", "name", "title", "form_of_address"}
_NOT_AGAIN = {"placements", "exceptions", "corrections", "issued", "roll", "attainment"}
_SAID = {
    "outcome": "o8fd",
    "intervention": "i5tr",
    "scale": None,
    "academic_year": "2025-26",
    "value": 40,
    "plan": None,
}


class Marked:
    """The record, and at which field each marker stands."""

    def __init__(self) -> None:
        self._numbers = count(100)
        self.shown: dict[str, str] = {}
        self.restricted: dict[str, str] = {}
        self.record = copy.deepcopy(AMELIA)
        self._fill(self.record, _SCHEMA, "")

    def kept_from(self, rules: Rules) -> set[str]:
        """The markers of what is restricted, and of what the rules leave out."""
        ruled = (*rules.leave_out, *rules.sharing)
        return {*self.restricted} | {
            mark for mark, path in self.shown.items() if _ruled(path, ruled)
        }

    def at(self, *paths: str) -> set[str]:
        """The markers at these fields; each must be in the schema."""
        assert {*paths} <= {*self.shown.values()}
        return {mark for mark, path in self.shown.items() if path in paths}

    def field(self, mark: str) -> str:
        """Where a marker stands in the record."""
        return self.shown.get(mark) or self.restricted[mark]

    def _mark(self, path: str, *, restricted: bool) -> str:
        mark = f"{'Qrestr' if restricted else 'Qplain'}{next(self._numbers)}z"
        (self.restricted if restricted else self.shown)[mark] = path
        return mark

    def _fill(self, entry: dict[str, Any], schema: Any, path: str) -> None:
        for key, field, inner in _fields(schema, path):
            made = _named(field)
            if key in _UNSAID | _KEPT | {"id", "scale", "value", "provision"}:
                continue
            if _free(field):
                entry[key] = self._mark(inner, restricted=False)
            elif "properties" in made and key in entry:
                self._fill(entry[key], field, inner)
            elif "properties" in made:
                entry[key] = self._new(field, inner, key)
            elif made.get("type") == "array":
                self._add(entry, key, made["items"], inner)

    def _add(self, entry: dict[str, Any], key: str, items: Any, path: str) -> None:
        known = _named(items).get("properties")
        if known is None or (key in _NOT_AGAIN and not entry.get(key)):
            return
        for item in entry.get(key, ()):
            self._fill(item, items, path)
        listed = entry.get(key) or [self._new(items, path, key)]
        if "restricted" in known:
            listed = [*listed, self._new(items, path, key, restricted=True)]
        entry[key] = listed

    def _new(
        self, schema: Any, path: str, key: str, *, restricted: bool = False
    ) -> Any:
        made = _named(schema)
        if "properties" in made:
            item: dict[str, Any] = {"restricted": True} if restricted else {}
            for name, field, inner in _fields(schema, path):
                if name not in _UNSAID:
                    item[name] = self._new(field, inner, name, restricted=restricted)
            return {k: v for k, v in item.items() if v not in (None, [], {})}
        if made.get("type") == "array":
            one = self._new(made["items"], path, key, restricted=restricted)
            return [] if one is None else [one]
        if key == "provision" and "properties" not in made:
            return "precision-teaching" if "interventions" in path else "K"
        if _free(schema):
            return self._mark(path, restricted=restricted)
        return self._plain(schema, key)

    def _plain(self, schema: Any, key: str) -> Any:
        made = _named(schema)
        ref = schema.get("$ref", "").rpartition("/")[2]
        by_name = {"who": "pupil", "initials": "KM", "date": "2025-10-02"}
        by_name |= {"id": f"z{next(self._numbers)}"}
        if key in _SAID:
            return _SAID[key]
        if ref in by_name:
            return by_name[ref]
        if some := made.get("anyOf") or made.get("oneOf"):
            return self._plain(some[0], key)
        if "enum" in made:
            return made["enum"][0]
        return {"boolean": True, "integer": 1, "number": 1}.get(made.get("type", ""))


def _fields(schema: Any, path: str) -> Iterator[tuple[str, Any, str]]:
    for key, field in _named(schema)["properties"].items():
        yield key, field, f"{path}.{key}".strip(".")


def _named(schema: Any) -> Any:
    while "$ref" in schema:
        schema = _SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


def _free(schema: Any) -> bool:
    return schema.get("$ref", "").rpartition("/")[2] in {"text", "line"}


def _ruled(path: str, rules: tuple[str, ...]) -> bool:
    return any(
        f"{path}.".startswith(f"{rule}.")
        or (rule.startswith("**.") and f".{path}".endswith(rule[2:]))
        for rule in rules
    )
