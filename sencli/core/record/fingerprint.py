"""The check code: a short fingerprint of the records behind a paper.

Of the records' content and not of a commit, so that it survives an erasure elsewhere.
What was issued to whom is left out: printing a paper must not change its fingerprint.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

# Crockford's letters: nothing that is mistaken for something else on paper.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_GROUPS = 4
_GROUP = 4


def fingerprint(records: Iterable[Mapping[str, Any]]) -> str:
    """Sixteen letters in four groups (``7Q2K-...``); of no record at all "".

    The order of the records and of the fields within them does not matter.
    """
    return combined(digest(record) for record in records)


def combined(digests: Iterable[bytes]) -> str:
    """The fingerprint of records whose digests these are."""
    each = sorted(digests)
    if not each:
        return ""
    whole = each[0] if len(each) == 1 else hashlib.sha256(b"".join(each)).digest()
    number = int.from_bytes(whole[:10], "big")
    letters = ""
    for _ in range(_GROUPS * _GROUP):
        number, at = divmod(number, len(_LETTERS))
        letters += _LETTERS[at]
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def published(kind: str, written: Mapping[str, Any], records: str) -> str:
    """The fingerprint of a report that is published: of what is written, and figures.

    Args:
        kind: which report, so that no two of one school have the same.
        written: what people wrote of it.
        records: the fingerprint of the records that the figures come from.
    """
    return combined([digest({"report": kind, "written": written, "records": records})])


def normal(typed: str) -> str:
    """A fingerprint as it was read off paper, in the form that it was printed in."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    letters = letters.translate(str.maketrans("OIL", "011"))
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))


def digest(record: Mapping[str, Any]) -> bytes:
    """The digest of a record's content without ``issued``."""
    content = {key: value for key, value in record.items() if key != "issued"}
    text = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()
