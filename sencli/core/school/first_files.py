"""The first files of a school, as ``sen init`` writes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sencli.core.record.types import Record
from sencli.core.text.folding import fold

_TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "revd", "sir", "dame"}
_LONGEST = 8
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def initials_of(name: str) -> str:
    """``JP`` from ``J. Patel``; titles do not count.

    A name in another script than Latin gives ``SENCO``: initials are typed every day.
    """
    words = [word for word in _WORDS.findall(fold(name)) if word not in _TITLES]
    letters = "".join(w[0].upper() for w in words if w[0].isascii())
    return letters[:_LONGEST] or "SENCO"


def school(name: str, senco: str, details: Mapping[str, Any]) -> Record:
    """A new ``school.yaml``: the school, its SENCO, no rates or terms yet."""
    return {
        "schema": 1,
        "name": name,
        **details,
        "staff": [
            {
                "initials": initials_of(senco),
                "name": senco,
                "roles": [{"role": "SENCO"}],
            }
        ],
        "rates": [],
        "terms": [],
        "settings": {},
    }


def catalogue() -> Record:
    """A new ``provisions.yaml``: nothing offered yet, three scales to measure with."""
    return {
        "schema": 1,
        "provisions": [],
        "scales": [
            {
                "key": "independence",
                "name": "How independently",
                "kind": "ordinal",
                "values": ["not yet", "with prompt", "independent"],
                "better": "higher",
            },
            {
                "key": "reading-age",
                "name": "Reading age",
                "kind": "age",
                "better": "higher",
            },
            {
                "key": "standard-score",
                "name": "Standard score",
                "kind": "score",
                "better": "higher",
            },
        ],
    }


def groups() -> Record:
    """A new ``groups.yaml``: no teaching groups yet."""
    return {"schema": 1, "groups": []}
