"""The digest of a JSON value: the same here and in a browser.

The value holds objects, lists, texts, whole numbers, true, false and null, and names of
fields in ASCII. It is written as JSON with the names in order, no blanks, and every
letter as itself (``JSON.stringify`` escapes as ``json.dumps`` does), in UTF-8; the
digest is its SHA-256 in 64 small hexadecimal figures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(value: Any) -> bytes:
    """The value as the bytes that are digested.

    Raises:
        ValueError: it holds half a letter (a lone surrogate), or no number.
    """
    text = json.dumps(
        value,
        sort_keys=True,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ":"),
    )
    return text.encode("utf-8")


def digest_of(value: Mapping[str, Any], but: str) -> str:
    """The digest of an object without the field that holds it."""
    kept = {name: part for name, part in value.items() if name != but}
    return hashlib.sha256(canonical(kept)).hexdigest()
