"""One sentence for each keyword of a schema that a value missed, and what to type."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.fault import Fault
from sencli.store.forms import form
from sencli.store.scalars import scalar
from sencli.store.wording import KINDS
from sencli.store.wording import cut
from sencli.store.wording import example
from sencli.store.wording import found
from sencli.store.wording import key
from sencli.store.wording import must
from sencli.store.wording import name
from sencli.store.wording import plain
from sencli.store.wording import shown
from sencli.store.wording import within
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from sencli.core.fault import Path

_YES_NO = {"yes": "true", "y": "true", "on": "true"} | dict.fromkeys(
    ("no", "n", "off"), "false"
)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_BRITISH = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


class Miss(Value):
    """A value that misses one keyword of its schema.

    Args:
        path: the way to the value.
        keyword: the keyword, such as ``enum``.
        wanted: what the keyword asks for.
        value: what stands there.
        schema: the part of the schema with the keyword.
    """

    path: Path
    keyword: str
    wanted: Any
    value: Any
    schema: dict[str, Any]

    def fault(self, said: str, mend: str) -> Fault:
        """The fault, said of the value by its name."""
        return Fault(self.path, f"{name(self.path)} {said}", mend)

    def line(self, value: str) -> str:
        """What to type, as the line would stand in the file."""
        return f"Write {key(self.path)}{value}"


def tell(miss: Miss) -> list[Fault]:
    """The faults in plain words; several where several fields are meant."""
    if miss.keyword == "required":
        return _missing(miss)
    if miss.keyword == "additionalProperties":
        return _unknown(miss)
    return [_TELLERS.get(miss.keyword, _other)(miss)]


def tell_name(miss: Miss) -> Fault:
    """The fault of a name that the schema does not have in that place."""
    allowed = [str(value) for value in miss.schema.get("enum", ())]
    return _unknown_field(miss.path, str(miss.value), allowed, allowed)


def tell_kind(miss: Miss, kinds: list[str]) -> Fault:
    """The fault of a value that is of none of these kinds."""
    what = " or ".join(KINDS[kind] for kind in kinds)
    return miss.fault(must(what, miss.value), _retyped(miss, kinds))


def _missing(miss: Miss) -> list[Fault]:
    known = miss.schema.get("properties", {})
    return [
        Fault(
            miss.path,
            f"{field} is missing{within(miss.path)}",
            f"Add a line: {field}: {example(known.get(field, {}), field)}",
        )
        for field in miss.wanted
        if field not in miss.value
    ]


def _unknown(miss: Miss) -> list[Fault]:
    known = list(miss.schema.get("properties", {}))
    free = [field for field in known if field not in miss.value]
    return [
        _unknown_field(miss.path, field, free, known)
        for field in miss.value
        if field not in known
    ]


def _unknown_field(path: Path, field: str, free: list[str], known: list[str]) -> Fault:
    near = _nearest(field, free) or _nearest(field, known)
    message = f"unknown field {shown(field)}{within(path)}"
    mend = f"Delete it, or use one of: {', '.join(free or known)}."
    if near:
        message += f"; did you mean {shown(near[0])}?"
        mend = f"Write {near[0]} in place of {cut(field)}."
    return Fault((*path, field), message, mend)


def _type(miss: Miss) -> Fault:
    wanted = miss.wanted
    return tell_kind(miss, [wanted] if isinstance(wanted, str) else list(wanted))


def _figures(text: str) -> str:
    """A number as YAML reads it everywhere: without noughts before it."""
    whole, point, rest = text.lstrip("-").partition(".")
    return f"{'-' * text.startswith('-')}{whole.lstrip('0') or '0'}{point}{rest}"


def _retyped(miss: Miss, kinds: list[str]) -> str:
    """What to type for a value of the wrong kind."""
    value, typed = miss.value, plain(miss.value)
    if value is None:
        mend = "Write what it is, or delete the line."
    elif "string" in kinds and typed:
        mend = f"Put quotes round it: {key(miss.path)}'{typed}'"
    elif "array" in kinds and typed:
        mend = f"Write it as a list: {key(miss.path)}[{cut(typed)}]"
    elif "boolean" in kinds:
        known = _YES_NO.get(typed.lower())
        mend = miss.line(known) if known else miss.line("true, or false")
    elif isinstance(value, str) and _NUMBER.fullmatch(value):
        mend = f"Write it without quotes: {key(miss.path)}{_figures(value)}"
    else:
        mend = f"Write it as {' or '.join(KINDS[kind] for kind in kinds)}."
    return mend


def _enum(miss: Miss) -> Fault:
    values = [str(value) for value in miss.wanted]
    near = _nearest(plain(miss.value), values)
    ordered = ", ".join(near + [value for value in values if value not in near])
    mend = miss.line(scalar(near[0])) if near else "Write one of them."
    return miss.fault(must(f"one of {ordered}", miss.value), mend)


def _nearest(typed: str, values: list[str]) -> list[str]:
    """The allowed words nearest to what was typed; capitals and blanks do not count."""
    folded = {value.casefold(): value for value in values}
    near = get_close_matches(typed.casefold(), folded, 3)
    near += get_close_matches(re.sub(r"[ -]", "_", typed.casefold()), folded, 3)
    return list(dict.fromkeys(folded[word] for word in near))


def _const(miss: Miss) -> Fault:
    wanted = plain(miss.wanted)
    return miss.fault(must(wanted, miss.value), miss.line(wanted))


def _form(miss: Miss) -> Fault:
    if miss.schema.get("format") == "date":
        return _date(miss)
    if "\n" in miss.value:
        return miss.fault("must be on one line", "Take the line ends out.")
    what = form(str(miss.wanted))
    return miss.fault(must(what, miss.value), miss.line(f"and {what}."))


def _date(miss: Miss) -> Fault:
    """An impossible date, or one that is not written as the files have it."""
    iso, british = _ISO.fullmatch(miss.value), _BRITISH.fullmatch(miss.value)
    meant = _day(*iso.groups()) if iso else ""
    if british:
        meant = _day(*reversed(british.groups()))
    if (iso or british) and not meant:
        said = f"is {shown(miss.value)}, and there is no such day"
        return miss.fault(said, miss.line("and a day of the calendar."))
    mend = miss.line(meant or "and year-month-day, like 2025-09-18.")
    return miss.fault(must("a date like 2025-09-18", miss.value), mend)


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _length(miss: Miss) -> Fault:
    size = len(miss.value)
    if not size:
        return miss.fault("is empty", "Write what it is, or delete the line.")
    short = miss.keyword == "minLength"
    bound = f"{'at least' if short else 'at most'} {miss.wanted} characters"
    mend = f"Make it {'longer' if short else 'shorter'}."
    return miss.fault(f"must have {bound}, and has {size}", mend)


def _limit(miss: Miss) -> Fault:
    bound = f"{_LIMITS[miss.keyword]} {miss.wanted}"
    return miss.fault(must(bound, miss.value), miss.line(f"and a number, {bound}."))


def _count(miss: Miss) -> Fault:
    least = "at least" if miss.keyword == "minItems" else "at most"
    bound = f"{least} {miss.wanted} entries"
    return miss.fault(
        f"must have {bound}, and has {len(miss.value)}", f"Make it {bound}."
    )


def _twice(miss: Miss) -> Fault:
    twice = next(item for item in miss.value if miss.value.count(item) > 1)
    return miss.fault(f"has {found(twice)} twice", "Delete one of the two.")


def _other(miss: Miss) -> Fault:
    """A keyword that the schemas do not use today."""
    return miss.fault(
        f"does not fit, as it is {found(miss.value)}",
        str(miss.schema.get("description", "")),
    )


_LIMITS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
    "multipleOf": "a multiple of",
}
_TELLERS: dict[str, Callable[[Miss], Fault]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "format": _form,
    "pattern": _form,
    "minLength": _length,
    "maxLength": _length,
    **dict.fromkeys(_LIMITS, _limit),
    "minItems": _count,
    "maxItems": _count,
    "uniqueItems": _twice,
}
