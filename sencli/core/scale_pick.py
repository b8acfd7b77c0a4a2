"""Which scale was meant: one of the catalogue's, a kind, or words typed in a row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core import find
from sencli.core.folding import fold
from sencli.core.scales import Scale
from sencli.core.scales import parse
from sencli.core.types import Record
from sencli.errors import InvalidValue

KINDS = ("number", "age", "score")
_LONGEST = 60
_AN_AGE = (
    r"\b(?:reading|spelling|comprehension|language|vocabulary|listening|maths|number|"
    r"developmental|mental|accuracy) age\b|\bage equivalent\b"
)


def pick(typed: str, scales: Sequence[Record]) -> tuple[str, Record | None]:
    """The key of the scale meant, and the new entry where it has to be made.

    ``not yet, with prompt, independent`` is an ordinal scale, lowest first; the one
    with the same words is used where there is one.

    Raises:
        NotFound: a name that no scale has.
        InvalidValue: the same word twice in a scale.
    """
    words = [word.strip() for word in typed.split(",") if word.strip()]
    if len(words) > 1:
        return _ordinal(words, scales)
    if fold(typed) in KINDS:
        return fold(typed), None
    exact = [s for s in scales if s["key"] == fold(typed)]
    found = exact or find.matches(
        typed, scales, lambda s: f"{s['key'].replace('-', ' ')} {s.get('name', '')}"
    )
    chosen = find.one(
        typed,
        found,
        what="scale",
        show=lambda s: f"{s['key']}  {', '.join(s.get('values', (s['kind'],)))}",
        hint="Type number, age or score, or the words of a scale, lowest first: "
        "not yet, with prompt, independent",
        everything=scales,
    )
    return str(chosen["key"]), None


def of_measure(measure: str, scales: Sequence[Record]) -> tuple[str, str]:
    """The key of the scale that a measure is, and its name where it is that very name.

    ``reading age`` is the catalogue's scale of that name; where there is none, an age.
    "" is no scale: what is counted, as in ``words of 100``.
    """
    want = fold(measure)
    for scale in scales:
        key = fold(scale["key"])
        names = {key, key.replace("-", " "), fold(scale.get("name", ""))}
        if want in names:
            return str(scale["key"]), str(scale.get("unit") or scale.get("name") or key)
    if want in KINDS:
        return want, want
    return ("age" if re.search(_AN_AGE, want) else ""), ""


def scaled(typed: Mapping[str, Any], scales: Sequence[Record]) -> dict[str, Any]:
    """What was typed, with the scale that its measure is the name of.

    Raises:
        InvalidValue: the scale typed beside it is of another kind.
    """
    measure = typed.get("measure", "")
    key, name = of_measure(measure, scales)
    if not key:
        return dict(typed)
    if "scale" not in typed:
        return {**typed, "scale": key, "measure": name or measure}
    kinds = {s["key"]: s["kind"] for s in scales} | {kind: kind for kind in KINDS}
    if name and kinds[key] != kinds.get(typed["scale"]):
        raise InvalidValue(
            f"{measure!r} is a scale of its own ({kinds[key]}), and --scale names "
            "another.",
            f"Leave one of them out, or type: --scale {key}",
        )
    return dict(typed)


def _ordinal(words: list[str], scales: Sequence[Record]) -> tuple[str, Record | None]:
    folded = [fold(word) for word in words]
    if len(set(folded)) < len(folded):
        raise InvalidValue(
            "A scale has each word once.", "Type its words, lowest first."
        )
    for scale in scales:
        if [fold(word) for word in scale.get("values", ())] == folded:
            return str(scale["key"]), None
    taken = {s["key"] for s in scales} | set(KINDS)
    base = slug(" ".join(words)) or "scale"
    key, count = base, 2
    while key in taken:
        key, count = f"{base}-{count}", count + 1
    name = f"{words[0]} to {words[-1]}"
    return key, {"key": key, "name": name, "kind": "ordinal", "values": words}


def slug(text: str) -> str:
    """Words as a key: ``not-yet-with-prompt-independent``."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return plain[: _LONGEST - 3].rstrip("-")


def guessed(values: Iterable[str]) -> str:
    """The kind of scale that these values are all of: "" for plain numbers.

    Raises:
        InvalidValue: no kind fits them all; says how to give a scale of words.
    """
    typed = list(values)
    for kind in ("", "age", "score"):
        if all(_fits(value, kind) for value in typed):
            return kind
    odd = next((v for v in typed if not any(_fits(v, k) for k in KINDS)), "")
    what = f"{odd!r} is" if odd else f"{' and '.join(map(repr, typed))} are"
    raise InvalidValue(
        f"{what} not on a scale of numbers, ages or scores.",
        'Type a number (22), an age (6:04) or a score ("85 (78-92)"), or give the '
        "words of the scale, lowest first: not yet, with prompt, independent",
    )


def _fits(value: str, kind: Any) -> bool:
    try:
        parse(value, Scale(kind=kind or "number"))
    except InvalidValue:
        return False
    return True
