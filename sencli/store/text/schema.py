"""Validate records against their schema; faults in plain words.

The verdict is a fast validator's, compiled once for each schema. Only where it says no
is a second one asked, which can explain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.record.walk import Fault
from sencli.resources import by_schema
from sencli.resources import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema_rs import Draft202012Validator

    from sencli.core.record.walk import Path

__all__ = ["Fault", "faults", "fits", "surely_valid", "text_faults"]

# Cannot be seen, and can change how text around it is shown: terminal codes, and marks
# that turn the direction of writing. What joins emoji and Persian letters is allowed.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
# How Python shows these, or something else with a backslash.
_MAYBE_UNSEEN = re.compile(r"\\(?:[xr]|u20[26]|ud)")
# Those of them that a parser may let through raw; all others come as escapes.
_UNSEEN_RAW = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])|\xc2\x85")


def faults(record: dict[str, Any], schema: str) -> list[Fault]:
    """Everything in which a record does not fit its schema; [] where it does."""
    found = text_faults(record)
    if fits(record, schema):
        return found
    from sencli.store.text.explain import explain

    known = {fault.path for fault in found}
    explained = explain(record, schema)
    return found + [fault for fault in explained if fault.path not in known]


def fits(record: dict[str, Any], schema: str) -> bool:
    """Whether a record fits its schema, in a fraction of a millisecond."""
    try:
        return _validator(schema).is_valid(record)
    except ValueError:  # a name of a field that is no text
        return False


def surely_valid(record: dict[str, Any], schema: str, data: bytes) -> bool:
    """Whether `faults` would find none in a record that was read from these bytes.

    If it may find some, that is for it to say.
    """
    odd = b"\\" in data or (not data.isascii() and _UNSEEN_RAW.search(data))
    return not odd and fits(record, schema)


def text_faults(record: dict[str, Any]) -> list[Fault]:
    """The texts in a record that hold control characters or turn the writing round."""
    if not _MAYBE_UNSEEN.search(repr(record)):
        return []
    from sencli.store.text.value_words import name

    return [
        Fault(
            path,
            f"{name(path)} holds a character that cannot be seen (U+{ord(char):04X})",
            "Delete it, or type the text again without it.",
            "text",
        )
        for path, char in _unseen(record, ())
    ]


@by_schema
def _validator(schema: str) -> Draft202012Validator:
    from sencli.store.files.parallel import uninterrupted

    # it panics, loudly, where Ctrl-C comes while it is loaded
    with uninterrupted():
        from jsonschema_rs import Draft202012Validator

    return Draft202012Validator(load_schema(schema), validate_formats=True)


def _unseen(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        if found := _UNSEEN.search(value):
            yield path, found[0]
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _unseen(str(name), path)
            yield from _unseen(item, (*path, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _unseen(item, (*path, number))
