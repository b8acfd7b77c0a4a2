"""Explain to a SENCO why a record does not fit its schema.

Loaded only when something is wrong. jsonschema finds each keyword that a value misses;
``sentences`` has the words.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING
from typing import Any

import jsonschema
from jsonschema.exceptions import best_match

from sencli.core.record.walk import Fault
from sencli.resources import by_schema
from sencli.resources import load_schema
from sencli.store.text.dump import scalar
from sencli.store.text.value_words import KINDS
from sencli.store.text.value_words import cut
from sencli.store.text.value_words import example
from sencli.store.text.value_words import key
from sencli.store.text.value_words import must
from sencli.store.text.value_words import name
from sencli.store.text.value_words import plain
from sencli.store.text.value_words import quoted
from sencli.store.text.value_words import value_found
from sencli.store.text.value_words import within
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from jsonschema import ValidationError

    from sencli.core.record.walk import Path


_NAME_OF_FILE = "a file name of letters, figures, dots and dashes, like report-1.pdf"
_KEY = "small letters, figures and dashes, like precision-teaching"

# each blank by its number: what \s covers differs from one validator to the other
_BLANK = r"\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"

_FORMS = {
    "^p[a-z0-9]{4,7}$": "p and four to seven small letters or figures, like p7k2q",
    "^[a-z][a-z0-9]{3,7}$": "four to eight small letters or figures, like o8fd",
    "^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$": (
        "a capital letter (not I, O or S) and 12 figures, like P999900024001"
    ),
    "^[0-9a-f]{12}$": "twelve figures and letters a to f",
    "^[0-9a-f]{64}$": "a fingerprint of 64 figures and letters a to f",
    "^[0-9]{10}$": "ten figures in quotes, like '9990000001'",
    "^20[0-9]{2}/[0-9]{2}$": "a school year in quotes, like '2025/26'",
    "^[A-Z]{3,4}$": "three or four capital letters, like URD",
    "^[a-z0-9]+([-_][a-z0-9]+)*$": "small letters and figures, like reading_age",
    "^[0-9]{6}$": "six figures in quotes, like '999999'",
    "^[0-9]{4}$": "four figures in quotes, like '9999'",
    "^[0-9]{3}$": "three figures in quotes, like '999'",
    "^[a-z0-9]+(-[a-z0-9]+)*$": _KEY,
    "^([01][0-9]|2[0-3]):[0-5][0-9]$": "a time in quotes, like '09:30'",
    "^[A-Za-z0-9][A-Za-z0-9._-]*$": _NAME_OF_FILE,
    "^[0-9A-Za-z-]{8,64}$": "a check code, like 7Q2K-M4XD-0C5T-9BRH",
    "^[A-Z][0-9]{1,3}$": "the code of a rule, like R12",
    "^[0-9]{7}$": "seven figures in quotes, like '9994321'",
    "^[1-9][0-9]{5}$": "six figures in quotes, like '123456'",
    "^[12][0-9]{3}-[0-9]{2}$": "a school year, like 2025-26",
    "^#[0-9a-fA-F]{6}$": "a colour, like '#1f4e79'",
    "^[A-Za-z][A-Za-z0-9]{0,7}$": "one to eight letters or figures, like KM or TA2",
    "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$": "a month and a day, like '02-15'",
    "^[a-z]{2}(-[A-Z]{2})?$": "a language, like en or en-GB",
    "^[^\\n\\r]*$": "text on one line",
    f"^[^{_BLANK}]([^\\n\\r]*[^{_BLANK}])?$": (
        "text on one line, without blanks at its ends"
    ),
}


def form(pattern: str) -> str:
    """The pattern in words; the pattern itself where nobody has put it in words."""
    return _FORMS.get(pattern, f"of the form {pattern}")


def in_words(pattern: str) -> bool:
    """Whether there are words for the pattern."""
    return pattern in _FORMS


_YES_NO = {"yes": "true", "y": "true", "on": "true"} | dict.fromkeys(
    ("no", "n", "off"), "false"
)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_BRITISH = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


class SchemaMiss(Value):
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
        """What to type, written as a line of the file."""
        return f"Write {key(self.path)}{value}"


def tell(miss: SchemaMiss) -> list[Fault]:
    """The faults in plain words; several where several fields are meant."""
    if miss.keyword == "required":
        return _missing(miss)
    if miss.keyword == "additionalProperties":
        return _unknown(miss)
    return [_TELLERS.get(miss.keyword, _other)(miss)]


def tell_name(miss: SchemaMiss) -> Fault:
    """The fault of a name that the schema does not have in that place."""
    allowed = [str(value) for value in miss.schema.get("enum", ())]
    return _unknown_field(miss.path, str(miss.value), allowed, allowed)


def tell_kind(miss: SchemaMiss, kinds: list[str]) -> Fault:
    """The fault of a value that is of none of these kinds."""
    what = " or ".join(KINDS[kind] for kind in kinds)
    return miss.fault(must(what, miss.value), _retyped(miss, kinds))


def _missing(miss: SchemaMiss) -> list[Fault]:
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


def _unknown(miss: SchemaMiss) -> list[Fault]:
    known = list(miss.schema.get("properties", {}))
    free = [field for field in known if field not in miss.value]
    return [
        _unknown_field(miss.path, field, free, known)
        for field in miss.value
        if field not in known
    ]


def _unknown_field(path: Path, field: str, free: list[str], known: list[str]) -> Fault:
    near = _nearest(field, free) or _nearest(field, known)
    message = f"unknown field {quoted(field)}{within(path)}"
    mend = f"Delete it, or use one of: {', '.join(free or known)}."
    if near:
        message += f"; did you mean {quoted(near[0])}?"
        mend = f"Write {near[0]} in place of {cut(field)}."
    return Fault((*path, field), message, mend)


def _type(miss: SchemaMiss) -> Fault:
    wanted = miss.wanted
    return tell_kind(miss, [wanted] if isinstance(wanted, str) else list(wanted))


def _figures(text: str) -> str:
    """A number as YAML reads it everywhere: without noughts before it."""
    whole, point, rest = text.lstrip("-").partition(".")
    return f"{'-' * text.startswith('-')}{whole.lstrip('0') or '0'}{point}{rest}"


def _retyped(miss: SchemaMiss, kinds: list[str]) -> str:
    """What to type in place of a value of the wrong kind."""
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


def _enum(miss: SchemaMiss) -> Fault:
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


def _const(miss: SchemaMiss) -> Fault:
    wanted = plain(miss.wanted)
    return miss.fault(must(wanted, miss.value), miss.line(wanted))


def _form(miss: SchemaMiss) -> Fault:
    if miss.schema.get("format") == "date":
        return _date(miss)
    if "\n" in miss.value:
        return miss.fault("must be on one line", "Take the line ends out.")
    what = form(str(miss.wanted))
    return miss.fault(must(what, miss.value), miss.line(f"and {what}."))


def _date(miss: SchemaMiss) -> Fault:
    """An impossible date, or one that is not written as the files have it."""
    iso, british = _ISO.fullmatch(miss.value), _BRITISH.fullmatch(miss.value)
    meant = _day(*iso.groups()) if iso else ""
    if british:
        meant = _day(*reversed(british.groups()))
    if (iso or british) and not meant:
        said = f"is {quoted(miss.value)}, and there is no such day"
        return miss.fault(said, miss.line("and a day of the calendar."))
    mend = miss.line(meant or "and year-month-day, like 2025-09-18.")
    return miss.fault(must("a date like 2025-09-18", miss.value), mend)


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _length(miss: SchemaMiss) -> Fault:
    size = len(miss.value)
    if not size:
        return miss.fault("is empty", "Write what it is, or delete the line.")
    short = miss.keyword == "minLength"
    bound = f"{'at least' if short else 'at most'} {miss.wanted} characters"
    mend = f"Make it {'longer' if short else 'shorter'}."
    return miss.fault(f"must have {bound}, and has {size}", mend)


def _limit(miss: SchemaMiss) -> Fault:
    bound = f"{_LIMITS[miss.keyword]} {miss.wanted}"
    return miss.fault(must(bound, miss.value), miss.line(f"and a number, {bound}."))


def _count(miss: SchemaMiss) -> Fault:
    least = "at least" if miss.keyword == "minItems" else "at most"
    bound = f"{least} {miss.wanted} entries"
    return miss.fault(
        f"must have {bound}, and has {len(miss.value)}", f"Make it {bound}."
    )


def _twice(miss: SchemaMiss) -> Fault:
    twice = next(item for item in miss.value if miss.value.count(item) > 1)
    return miss.fault(f"has {value_found(twice)} twice", "Delete one of the two.")


def _other(miss: SchemaMiss) -> Fault:
    """A keyword that the schemas do not use today."""
    return miss.fault(
        f"does not fit, as it is {value_found(miss.value)}",
        str(miss.schema.get("description", "")),
    )


_LIMITS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "more than",
    "exclusiveMaximum": "less than",
    "multipleOf": "a multiple of",
}
_TELLERS: dict[str, Callable[[SchemaMiss], Fault]] = {
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


# Where several keywords fail on one value, these say most, the first most of all.
_TELLING = ("type", "minLength", "enum", "const", "format", "pattern")


def explain(record: dict[str, Any], schema: str) -> list[Fault]:
    """The faults of a record that does not fit that schema; at least one."""
    if odd := list(_odd_names(record, ())):
        return odd
    if newer := _newer(record, load_schema(schema)):
        return [newer]
    found: dict[object, Fault] = {}
    for error in sorted(errors(record, schema), key=_order):
        for fault in _faults_of(error):
            # of several about one value only the first is kept
            about = fault.message if error.validator == "required" else ""
            found.setdefault((fault.path, about), fault)
    return list(found.values()) or [Fault((), "the record does not fit its schema")]


def errors(record: dict[str, Any], schema: str) -> Iterator[ValidationError]:
    """The errors that jsonschema finds in a record."""
    found: Iterator[ValidationError] = _validator(schema).iter_errors(record)
    return found


@by_schema
def _validator(schema: str) -> jsonschema.Draft202012Validator:
    extend: Any = jsonschema.validators.extend
    strict: Any = extend(jsonschema.Draft202012Validator, {"pattern": _pattern})
    checker = jsonschema.FormatChecker(["date"])
    made: jsonschema.Draft202012Validator = strict(
        load_schema(schema), format_checker=checker
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


def _faults_of(error: ValidationError) -> list[Fault]:
    if "propertyNames" in error.absolute_schema_path:
        return [tell_name(_miss(error))]
    if error.validator in {"anyOf", "oneOf"} and error.context:
        return _choice(error, list(error.context))
    return tell(_miss(error))


def _miss(error: ValidationError) -> SchemaMiss:
    schema = error.schema
    return SchemaMiss(
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
    return _faults_of(nearest)[:1] if nearest else tell(_miss(error))
