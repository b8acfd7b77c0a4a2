"""Read a record's text: guards first, then the parser; faults give file and line.

A file may have been edited by hand, garbled by a merge or made to do harm. So its size
is judged before the parser sees it, and text that would not come back as it was written
(``1e3``, an anchor, a tag) is refused rather than turned into something else. Only
``30.0`` is read as 30: to a schema it is whole, and what counts with it needs an int.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import InvalidValue
from sencli.store.text import log_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from sencli.core.record.walk import Path


# Quick looks, a few microseconds each, which most records pass.
_MARKS = (b"&", b"*", b"!", b"<<", b"\n%")
_TO_DIGITS = bytes.maketrans(b"+-123456789E", b"00000000000e")
_EXPONENTS = (b"0e0", b"0.e")
_LONG = b"0" * 16
_RADIX = re.compile(r"0[xob][0-9a-fA-F]")
_POINT = re.compile(r"\.(?:(?<![0-9].)[0-9iInN]|(?<=[0-9].)(?:[\s,:\]}0-9]|\Z))")
_USUAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]")
_OF_NUMBER = frozenset("0123456789+-.")

# The closer look.
_SUSPECT_MARK = r"(?m:[&*](?=\S)|!|<<(?=\s*:)|^%)"
_SUSPECT_NUMBER = r"""(?x:(?<![^\s\[{,:])[-+]?(?:
        0(?:x[0-9a-fA-F]+|o[0-7]+|b[01]+)
      | [0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+
      | \.[0-9]+(?:[eE][-+]?[0-9]+)?
      | \.(?:inf|Inf|INF|nan|NaN|NAN)
      | [0-9]+\.
      | 0[0-9]+\.[0-9]*
      | [0-9]{16,}(?:\.[0-9]*)?
    )(?=[\s,\]}:]|\Z))"""
# A value may begin on its own line, or after one of these signs.
_LINE_ENDS = "\n\r\x85\u2028\u2029"
_BEFORE_VALUE = frozenset(f"{_LINE_ENDS}-:?[{{,")
_CLOSE_BEFORE = frozenset(f"{_LINE_ENDS} \t:[{{,")
_NUMBERED = "\ue000([0-9]+)\ue000"
_PERHAPS_WHOLE = re.compile(r"[0-9]\.(?:0|[\s,\]}]|$)")
_EXACT = 2**53


def marks(data: bytes, text: str) -> list[re.Match[str]]:
    """Possible anchors, aliases, tags, merges and directives."""
    if not data.startswith(b"%") and not any(mark in data for mark in _MARKS):
        return []
    found = re.finditer(_SUSPECT_MARK, text)
    return [mark for mark in found if _may_begin(text, mark.start())]


def without(text: str, suspects: Sequence[re.Match[str]]) -> str:
    """The text with ``@`` in their place, which stands in any text but begins none.

    If it can be read, all suspects stand inside text; if not, the fault is at one.
    """
    masked = list(text)
    for suspect in suspects:
        masked[suspect.start()] = "@"
    return "".join(masked)


def numbers(data: bytes, text: str) -> list[re.Match[str]]:
    """Possible numbers not written the way we write them."""
    digits = data.translate(_TO_DIGITS)
    if (
        any(exponent in digits for exponent in _EXPONENTS)
        or _LONG in digits
        or _RADIX.search(text)
        or any(_odd_point(text, point.start()) for point in _POINT.finditer(text))
    ):
        found = re.finditer(_SUSPECT_NUMBER, text)
        return [number for number in found if _may_begin(text, number.start())]
    return []


def _odd_point(text: str, index: int) -> bool:
    """Whether the point may stand in a value such as ``.5``, ``5.`` or ``010.5``."""
    start = index
    while start and text[start - 1] in _OF_NUMBER:
        start -= 1
    return _may_begin(text, start) and not _USUAL.match(text, start)


def _may_begin(text: str, index: int) -> bool:
    """Whether a value may begin here; in a sentence a word stands before."""
    if index and text[index - 1] not in _CLOSE_BEFORE:
        return False
    while index and text[index - 1] in " \t":
        index -= 1
    return not index or text[index - 1] in _BEFORE_VALUE


def misread(
    text: str, suspects: Sequence[re.Match[str]], record: object
) -> re.Match[str] | None:
    """The first number that the record holds in place of what the text says.

    Each suspect is replaced by a text with its place in the row: where the record has a
    number and then has that text, the suspect is a value and no part of a sentence.
    """
    from sencli.store.text.yaml_reader import loads

    parts, at = [], 0
    for place, suspect in enumerate(suspects):
        parts += [text[at : suspect.start()], f"\ue000{place}\ue000"]
        at = suspect.end()
    masked = loads("".join(parts) + text[at:])
    for value, other in _pairs(record, masked):
        found = re.fullmatch(_NUMBERED, other) if isinstance(other, str) else None
        if found and not isinstance(value, str):
            return suspects[int(found[1])]
    return None


def _pairs(one: object, other: object) -> Iterator[tuple[object, object]]:
    """Names and values in the same place."""
    if isinstance(one, dict) and isinstance(other, dict):
        for mine, theirs in zip(one.items(), other.items(), strict=True):
            yield mine[0], theirs[0]
            yield from _pairs(mine[1], theirs[1])
    elif isinstance(one, list) and isinstance(other, list):
        for mine, theirs in zip(one, other, strict=True):
            yield from _pairs(mine, theirs)
    else:
        yield one, other


MAX_BYTES = 1_000_000
# lines and commas: more than a record of MAX_BYTES full of session entries has
MAX_ENTRIES = 60_000
# Levels of open brackets. The parser stops there by itself, but takes its time to get
# there: so many brackets in all cost it a few milliseconds, and are let through to it.
MAX_DEPTH = 128
_FEW_BRACKETS = 5_000

_BOMS = (
    (b"\xef\xbb\xbf", "UTF-8 with a byte order mark"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]"
_CONFLICT = r"(?m)^(?:<{7}|>{7}|\|{7})(?: |$)"
_BRACKET = r"[\[\]{}]"

_AT = r"at line ([0-9]+) column ([0-9]+)"
_TAB = "tab character"
_TWICE = "duplicate entry"
_BAD_START = "cannot start any token"
_TOO_LARGE = "invalid type: integer"
_UNCLOSED = "scanning a quoted scalar"
_MORE = "more than one document"
_FIRST = r"(?m)^[ \t]*[^#\s]"
_OUTERMOST = r"(?m)^['\"]?([A-Za-z_][A-Za-z0-9_]*)['\"]? *:"
_DOCUMENT = r"(?m)^(?:---|\.\.\.)(?=\s|$)"
# What the parser says, and what a person would say. The first that fits counts.
_PLAIN_WORDS = (
    (_UNCLOSED, "a quote is opened here and not closed"),
    (_TAB, "a tab stands where spaces are needed"),
    (_BAD_START, "a value begins with a sign that needs quotes round it"),
    ("recursion limit", "too many levels inside one another"),
    ("repetition limit", "too many aliases"),
    ("escape", "after a backslash comes a letter that YAML does not know there"),
    (_TOO_LARGE, "a number is too large; if it is text, put quotes round it"),
    ("unhashable", "a field's name is not a word"),
    ("expected ',' or", "a bracket is opened and not closed, or a comma is missing"),
    ("node content", "a bracket or a comma stands where a value is needed"),
    (
        "mapping values are not allowed",
        "the line stands too far in, or its text holds ': ' and needs quotes round it",
    ),
    (
        "did not find expected",
        "the line stands too far in or out, or a quote ends too early",
    ),
    (
        "expected ':'",
        "a field needs a colon and a space after its name, like 'name: value'",
    ),
    ("block sequence entries", "a list begins on the line of its field, or too far in"),
)


def load(data: bytes, where: str) -> dict[str, Any]:
    """The record in the bytes of a file; dates stay text.

    Args:
        data: the whole file.
        where: how to name it in a message, such as ``pupils/p7k2q.yaml``.

    Raises:
        InvalidValue: the text cannot be read, or not as it was written.
    """
    text = _decode(data, where)
    _guard_size(data, text, where)
    if suspects := marks(data, text):
        _parse(without(text, suspects), text, where, suspects)
    from sencli.store.text.yaml_reader import loads

    record = log_lines.load(text, loads)
    if record is None:
        record = _parse(text, text, where)
    if suspects := numbers(data, text):
        number = misread(text, suspects, record)
        if number:
            raise _number(number, where)
    if not isinstance(record, dict):
        raise _misshapen(record, where)
    if _PERHAPS_WHOLE.search(text):  # most hold nothing that looks like such a number
        record = {key: _wholes_in(part) for key, part in record.items()}
    return record


def as_whole(number: float) -> float:
    """The number; an int where it has no fraction and is held exactly."""
    if number.is_integer() and -_EXACT < number < _EXACT:
        return int(number)
    return number


def _wholes_in(value: object) -> object:
    if isinstance(value, float):
        return as_whole(value)
    if isinstance(value, dict):
        return {key: _wholes_in(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_wholes_in(part) for part in value]
    return value


def lines(text: str) -> Callable[[Path], int]:
    """A function from a path to its line in the text, counted from 1.

    What is not there (a missing field) is said to stand where what should hold it does.
    Where the reader that knows places refuses the text, it is the outermost field's.
    """
    from sencli.store.text.places import UnplacedError
    from sencli.store.text.places import places

    known: dict[Path, int] = {}
    try:
        for place in places(text):
            known.setdefault(place.path, place.line + 1)
    except UnplacedError:
        for found in re.finditer(_OUTERMOST, text):
            known.setdefault((found[1],), _line_at(text, found.start()))
    first = min(known.values(), default=1)

    def line(path: Path) -> int:
        while path and path not in known:
            path = path[:-1]
        return known.get(path, first)

    return line


def _fault(where: str, line: int, message: str, hint: str = "") -> InvalidValue:
    return InvalidValue(f"{where}:{line}: {message}.", hint or _mend(where))


def _mend(where: str) -> str:
    if not where.endswith(".yaml"):
        return "Mend the line in an editor."
    return (
        "Mend the line in an editor, or bring back the version saved last: "
        f"git checkout -- {where}"
    )


def _line_at(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1


def _decode(data: bytes, where: str) -> str:
    if len(data) > MAX_BYTES:
        raise InvalidValue(
            f"{where} is too large for a record: {len(data) / 1e6:.1f} MB, "
            f"and at most {MAX_BYTES / 1e6:.0f} MB can be read.",
            _mend(where),
        )
    for mark, name in _BOMS:
        if data.startswith(mark):
            raise _fault(
                where, 1, f"the file is {name}", "Save it as plain UTF-8 (no BOM)."
            )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not UTF-8 text"
        hint = "Save the file as UTF-8 in the editor."
        raise _fault(where, line, message, hint) from error


def _guard_size(data: bytes, text: str, where: str) -> None:
    """Refuse what would keep the parser, or those who walk its answer, busy."""
    if len(data) > MAX_ENTRIES < data.count(b"\n") + data.count(b","):
        raise InvalidValue(f"{where} has too many entries for a record.", _mend(where))
    if data.count(b"[") + data.count(b"{") <= _FEW_BRACKETS:
        return
    depth = 0
    for bracket in re.finditer(_BRACKET, text):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        if depth > MAX_DEPTH:
            line = _line_at(text, bracket.start())
            raise _fault(where, line, "too many brackets are opened inside one another")


def _parse(
    source: str, text: str, where: str, suspects: Sequence[re.Match[str]] = ()
) -> object:
    """Parse ``source`` with ryaml; faults refer to ``text``."""
    from sencli.store.text.yaml_reader import loads

    try:
        return loads(source)
    except ValueError as error:
        said = str(error)
    if found := re.search(_CONFLICT, text):
        raise _conflict(text, found, where)
    if found := re.search(_CONTROL, text):
        code = f"U+{ord(found[0]):04X}"
        line = _line_at(text, found.start())
        raise _fault(where, line, f"a control character ({code}) stands in the text")
    if _TWICE in said:
        if suspects:  # masked names may meet; the text itself is read next
            return None
        raise _twice(text, where)
    if _MORE in said:
        raise _second(text, where)
    raise _syntax_fault(said, suspects, text, where)


def _conflict(text: str, found: re.Match[str], where: str) -> InvalidValue:
    return _fault(
        where,
        _line_at(text, found.start()),
        f"the file holds git conflict markers ({found[0].strip()}): two versions of it "
        "were never put together",
        "Put them together with `sen sync`, or keep the version from here: "
        f"git checkout --ours -- {where}",
    )


def _second(text: str, where: str) -> InvalidValue:
    """The parser says that the text does not end where its first value does."""
    first = re.search(_FIRST, text)
    begins = first.start() if first else 0
    if found := re.compile(_DOCUMENT).search(text, begins + 1):
        message = f"a second document begins ('{found[0]}')"
        return _fault(where, _line_at(text, found.start()), message)
    message = "the line stands further in than the fields after it, or is no field"
    return _fault(where, _line_at(text, begins), message)


def _syntax_fault(
    said: str, suspects: Sequence[re.Match[str]], text: str, where: str
) -> InvalidValue:
    """Say in plain words, and about the right line, what the parser said."""
    places = [(int(line), int(column)) for line, column in re.findall(_AT, said)]
    line, column = (places or [(1, 1)])[-1 if _UNCLOSED in said else 0]
    rows = text.splitlines()
    if _BAD_START in said:
        for suspect in suspects:
            if _place_of(text, suspect.start()) == (line, column):
                return _mark(suspect[0], line, where)
        if line <= len(rows) and rows[line - 1][column - 1 :].startswith("\t"):
            said = _TAB
    if _TOO_LARGE in said:
        for number in numbers(text.encode(), text):
            if _place_of(text, number.start()) == (line, column):
                return _number(number, where)
    return _fault(where, max(1, min(line, len(rows))), _plainly(said))


def _plainly(said: str) -> str:
    """The parser's message in plain words."""
    found = (plain for key, plain in _PLAIN_WORDS if key in said)
    return next(found, "this is not YAML")


def _mark(mark: str, line: int, where: str) -> InvalidValue:
    if mark == "<<":
        message = "'<<' (a YAML merge) has no place in a record"
        return _fault(where, line, message, "Write the fields out.")
    if mark == "%":
        message = "a line begins with '%' (a YAML directive)"
        return _fault(where, line, message, "Delete the line.")
    message = f"a value begins with '{mark}', which YAML keeps for anchors and tags"
    hint = "If it is meant as text, put quotes round the whole value."
    return _fault(where, line, message, hint)


def _number(number: re.Match[str], where: str) -> InvalidValue:
    return _fault(
        where,
        _line_at(number.string, number.start()),
        f"{number[0]} would be read as a number and lose the way it is written",
        f"If it is text, put quotes round it: '{number[0]}'; "
        "if it is a number, write plain figures.",
    )


def _place_of(text: str, index: int) -> tuple[int, int]:
    """Line and column, both from 1."""
    return _line_at(text, index), index - text.rfind("\n", 0, index)


def _twice(text: str, where: str) -> InvalidValue:
    from sencli.store.text.places import UnplacedError
    from sencli.store.text.places import places

    try:
        found = places(text)
    except UnplacedError as error:  # something else is wrong too: that comes first
        return _fault(where, error.line, _plainly(error.said))
    seen: set[Path] = set()
    for place in found:
        if place.path in seen:
            return _fault(
                where,
                place.line + 1,
                f"the field '{place.path[-1]}' stands here a second time",
                "Keep one of the two and delete the other.",
            )
        seen.add(place.path)
    return _fault(where, 1, "a field stands twice in one place")


def _misshapen(record: object, where: str) -> InvalidValue:
    kind = {type(None): "empty", list: "a list"}.get(type(record), "a single value")
    return InvalidValue(
        f"{where}:1: the file is {kind}, not a record of fields (name: value).",
        f"Bring back the version saved last: git checkout -- {where}",
    )
