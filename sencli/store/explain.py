"""Why a record does not fit its schema, said to a SENCO.

Loaded only when something is wrong. jsonschema finds each keyword that a value misses;
``sentences`` has the words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import Any

import jsonschema
from jsonschema.exceptions import best_match

from sencli.core.fault import Fault
from sencli.store.schema import document
from sencli.store.sentences import Miss
from sencli.store.sentences import tell
from sencli.store.sentences import tell_kind
from sencli.store.sentences import tell_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema import ValidationError

    from sencli.core.fault import Path

# Where several keywords fail on one value, these say most, the first most of all.
_TELLING = ("type", "minLength", "enum", "const", "format", "pattern")


def explain(record: dict[str, Any], schema: str) -> list[Fault]:
    """The faults of a record that does not fit that schema; at least one."""
    if odd := list(_odd_names(record, ())):
        return odd
    if newer := _newer(record, document(schema)):
        return [newer]
    found: dict[object, Fault] = {}
    for error in sorted(errors(record, schema), key=_order):
        for fault in _told(error):
            # of several about one value only the first is kept
            about = fault.message if error.validator == "required" else ""
            found.setdefault((fault.path, about), fault)
    return list(found.values()) or [Fault((), "the record does not fit its schema")]


def errors(record: dict[str, Any], schema: str) -> Iterator[ValidationError]:
    """What jsonschema has against a record; nothing where it fits."""
    found: Iterator[ValidationError] = _validator(schema).iter_errors(record)
    return found


@lru_cache(maxsize=8)
def _validator(schema: str) -> jsonschema.Draft202012Validator:
    extend: Any = jsonschema.validators.extend
    strict: Any = extend(jsonschema.Draft202012Validator, {"pattern": _pattern})
    checker = jsonschema.FormatChecker(["date"])
    made: jsonschema.Draft202012Validator = strict(
        document(schema), format_checker=checker
    )
    return made


def _pattern(
    _validator: object, pattern: str, instance: object, _schema: object
) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not matches(pattern, instance):
        yield jsonschema.ValidationError("does not match")


def matches(pattern: str, text: str) -> bool:
    """Whether a text is of that form; ``$`` means the very end.

    To Python it may also stand before a line end.
    """
    if pattern.endswith("$"):
        pattern = pattern.removesuffix("$") + r"\Z"
    return re.search(pattern, text) is not None


def _order(error: ValidationError) -> tuple[list[str], int]:
    """By place in the record; among several for one value, the most telling first."""
    keyword = str(error.validator)
    rank = _TELLING.index(keyword) if keyword in _TELLING else len(_TELLING)
    return [f"{part:>9}" for part in error.absolute_path], rank


def _odd_names(value: object, path: Path) -> Iterator[Fault]:
    """Names of fields that YAML does not take for text, such as ``4:`` or ``true:``."""
    if isinstance(value, dict):
        for name, item in value.items():
            if isinstance(name, str):
                yield from _odd_names(item, (*path, name))
            else:
                word = str(name).lower()
                message = f"the name of a field must be text, not {word}"
                yield Fault(path, message, f"Put quotes round it: '{word}':")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _odd_names(item, (*path, number))


def _newer(record: dict[str, Any], schema: dict[str, Any]) -> Fault | None:
    """The one fault of a record that a later version of the program has written."""
    known = schema.get("properties", {}).get("schema", {}).get("const")
    version = record.get("schema")
    if isinstance(known, int) and isinstance(version, int) and version > known:
        return Fault(
            ("schema",),
            f"this was written by a newer sencli (schema {version}; this one reads "
            f"schema {known})",
            "Install the newer one: pipx upgrade sencli",
        )
    return None


def _told(error: ValidationError) -> list[Fault]:
    if "propertyNames" in error.absolute_schema_path:
        return [tell_name(_miss(error))]
    if error.validator in {"anyOf", "oneOf"} and error.context:
        return _choice(error, list(error.context))
    return tell(_miss(error))


def _miss(error: ValidationError) -> Miss:
    schema = error.schema
    return Miss(
        path=tuple(error.absolute_path),
        keyword=str(error.validator),
        wanted=error.validator_value,
        value=error.instance,
        schema=dict(schema) if isinstance(schema, dict) else {},
    )


def _choice(error: ValidationError, tried: list[ValidationError]) -> list[Fault]:
    """One sentence for a value that may be of several kinds and is none of them."""
    kinds = [
        str(part.validator_value)
        for part in tried
        if part.validator == "type" and not part.path
    ]
    if len(kinds) == len({part.schema_path[0] for part in tried}):
        return [tell_kind(_miss(error), kinds)]
    # of the right kind for one of them: what is wrong with it as that
    nearest = best_match(part for part in tried if part.validator != "type")
    return _told(nearest)[:1] if nearest else tell(_miss(error))
