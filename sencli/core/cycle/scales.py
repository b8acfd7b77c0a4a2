"""The four kinds of scale that progress is measured on.

A number; words in order (not yet, with a prompt, independent); an age as ``6:04``; a
score with its interval. Values are kept as people say them: an ordinal as its word, an
age as its text. ``place`` turns each into a number to compare and to draw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from typing import Literal

from sencli.core.record import find
from sencli.core.record.types import Record
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue
from sencli.value import Value
from sencli.value import replace

ScaleKind = Literal["number", "ordinal", "age", "score"]
Measured = int | float | str
Interval = tuple[float, float]

_MONTHS = 12
_DIGITS = 15
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_PLAIN = rf"({_NUMBER})\s*%?"
_AGE = r"(\d{1,2})\s*:\s*(\d{1,2})"
_YEARS = r"(\d{1,2})\s*(?:years?|yrs?|y)"
_AGE_WORDS = rf"{_YEARS}(?:[\s,]*(?:and\s+)?(\d{{1,2}})\s*(?:months?|mths?|m))?"
_SCORE = (
    rf"({_NUMBER})\s*[\s(\[,:]\s*({_NUMBER})\s*(?:-|to|,|\u2013)\s*({_NUMBER})\s*[)\]]?"
)
_SCORE_ABOUT = rf"({_NUMBER})\s*(?:±|\+/-)\s*({_NUMBER})"


class Scale(Value):
    """The scale of an outcome.

    Attributes:
        kind: number, ordinal, age or score.
        values: words of an ordinal scale, lowest first.
        better: which way is progress.
        measure: what is counted, for people: "words of 100"; or "".
        key: its name in provisions.yaml; "" for plain numbers.
    """

    kind: ScaleKind = "number"
    values: tuple[str, ...] = ()
    better: Literal["higher", "lower"] = "higher"
    measure: str = ""
    key: str = ""


def scale_of(outcome: Mapping[str, Any], scales: Iterable[Mapping[str, Any]]) -> Scale:
    """The scale of an outcome; one without a scale is measured in plain numbers.

    A scale named ``number``, ``age`` or ``score`` needs no entry in provisions.yaml.
    Where nothing says which way is better, a target below the baseline does.
    """
    key = outcome.get("scale", "")
    found = next((s for s in scales if s["key"] == key), None)
    if found is None:
        found = {"kind": key if key in {"age", "score"} else "number"}
    made = Scale(
        kind=found["kind"],
        values=tuple(found.get("values", ())),
        measure=outcome.get("measure") or found.get("unit") or found.get("name", ""),
        key=key,
    )
    better = outcome.get("better") or found.get("better")
    if better is None:
        start = place(outcome.get("baseline", {}).get("value"), made)
        aim = place(outcome.get("target", {}).get("value"), made)
        better = (
            "lower" if start is not None and aim is not None and aim < start else ""
        )
    return replace(made, better="lower") if better == "lower" else made


def parse(typed: str, scale: Scale) -> tuple[Measured, Interval | None]:
    """Parse a typed value into its stored form, with the interval of a score.

    Raises:
        InvalidValue: it is no value of that scale; says what one looks like.
    """
    text = " ".join(typed.split())
    if scale.kind == "ordinal":
        return _word(text, scale), None
    if scale.kind == "age":
        return _age(text), None
    if scale.kind == "score":
        return _score(text)
    if m := re.fullmatch(_PLAIN, text):
        return _number(m[1]), None
    raise InvalidValue(
        f"{typed!r} is not a number, and this outcome is measured in numbers.",
        "Type a number (37), or give the outcome a scale: sen outcome set PUPIL "
        "OUTCOME --scale SCALE",
    )


def kept_note(typed: str, scale: Scale) -> tuple[str, ...]:
    """A note on parts of a typed value that are not stored."""
    if scale.kind not in {"number", "score"}:
        return ()
    notes = []
    if "%" in typed and "%" not in scale.measure:
        notes.append(f"{typed!r} is kept without its per cent sign.")
    for number in re.findall(r"\d+\.\d+", typed):
        if number.endswith("0"):
            kept = _number(number)
            notes.append(
                f"{number} is kept as the number {kept}. An age of years and months "
                f"is typed {number.replace('.', ':')}, on a scale of ages: --scale age"
            )
    return tuple(notes)


def _number(text: str) -> int | float:
    """The number, exactly as typed.

    Raises:
        InvalidValue: it has more digits than can be kept.
    """
    exact = Decimal(text)
    value = int(exact) if exact == exact.to_integral_value() else float(text)
    if len(exact.as_tuple().digits) > _DIGITS:
        raise InvalidValue(
            f"{text} has more than {_DIGITS} digits.", "Type a shorter number."
        )
    return value


def _word(text: str, scale: Scale) -> str:
    want = fold(text)
    exact = [word for word in scale.values if fold(word) == want]
    near = [word for word in scale.values if want and fold(word).startswith(want)]
    found = exact or near
    if len(found) == 1:
        return found[0]
    if text.isdecimal() and 1 <= int(text) <= len(scale.values) and not near:
        return scale.values[int(text) - 1]
    raise InvalidValue(
        f"{text!r} is not on the scale.",
        f"Its words are, lowest first: {', '.join(scale.values)}.",
    )


def _age(text: str) -> str:
    m = re.fullmatch(_AGE, text) or re.fullmatch(_AGE_WORDS, text.casefold())
    months = int(m[2] or 0) if m else _MONTHS
    if m is None or months >= _MONTHS:
        hint = "Write years and months as 6:04 (6 years 4 months)."
        if n := re.fullmatch(r"(\d{1,2})\.(\d{1,2})", text):
            hint = (
                "A point may mean months or a part of a year. Write years and months "
                f"as {n[1]}:{n[2]}, if that is what it means."
            )
        raise InvalidValue(f"{text!r} is not an age.", hint)
    return f"{int(m[1])}:{months:02d}"


def _score(text: str) -> tuple[Measured, Interval | None]:
    if m := re.fullmatch(_PLAIN, text):
        return _number(m[1]), None
    if m := re.fullmatch(_SCORE_ABOUT, text):
        value, spread = Decimal(m[1]), Decimal(m[2])
        low, high = value - spread, value + spread
    elif m := re.fullmatch(_SCORE, text):
        value, low, high = Decimal(m[1]), Decimal(m[2]), Decimal(m[3])
    else:
        raise InvalidValue(
            f"{text!r} is not a score.",
            'Type the score, with its interval where there is one: 85 or "85 (78-92)".',
        )
    if not low <= value <= high:
        raise InvalidValue(
            f"The score {_number(m[1])} lies outside its interval {text!r}.",
            'The interval holds the score: "85 (78-92)".',
        )
    return _number(m[1]), (_number(str(low)), _number(str(high)))


def place(value: Any, scale: Scale) -> float | None:
    """The value as a number (an ordinal from 1, an age in months); None if it is none.

    Reads what stands in a record, so it never raises: a hand-made file may hold
    anything.
    """
    if value is None or isinstance(value, bool):
        return None
    if scale.kind == "ordinal":
        words = [fold(word) for word in scale.values]
        return (
            words.index(fold(str(value))) + 1.0 if fold(str(value)) in words else None
        )
    if scale.kind == "age":
        m = re.fullmatch(_AGE, str(value))
        if m is None or int(m[2]) >= _MONTHS:
            return None
        return float(int(m[1]) * _MONTHS + int(m[2]))
    if isinstance(value, int | float):
        return float(value)
    m = re.fullmatch(_PLAIN, str(value).strip())
    return float(m[1]) if m else None


def compare(before: Any, after: Any, scale: Scale) -> int | None:
    """1 where ``after`` is better than ``before``, 0 the same, -1 worse; else None."""
    old, new = place(before, scale), place(after, scale)
    if old is None or new is None:
        return None
    direction = 1 if scale.better == "higher" else -1
    return direction * ((new > old) - (new < old))


def reached(value: Any, target: Any, scale: Scale) -> bool | None:
    """Whether the value reaches the target; None if that is unknown."""
    verdict = compare(target, value, scale)
    return None if verdict is None else verdict >= 0


def axis_words(scale: Scale) -> tuple[tuple[float, str], ...]:
    """The words along the axis of an ordinal scale; none for the others."""
    return tuple((place + 1.0, word) for place, word in enumerate(scale.values))


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
    """The typed values, with the scale that the measure names.

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
