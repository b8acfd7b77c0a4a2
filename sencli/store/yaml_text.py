"""Read a record's text: guards, then the parser; every fault says file and line.

A file may have been edited by hand, garbled by a merge or made to do harm. So its size
is judged before the parser sees it, and text that would not come back as it was written
(``1e3``, an anchor, a tag) is refused rather than turned into something else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import InvalidValue
from sencli.store import log_lines
from sencli.store import own_lines
from sencli.store.whole_numbers import made_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from sencli.core.fault import Path

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
    own = own_lines.load(data, text)
    return _parsed(data, text, where) if own is None else own


def _parsed(data: bytes, text: str, where: str) -> dict[str, Any]:
    """What the parser reads, with the guards before and after it."""
    from sencli.store.oddities import marks
    from sencli.store.oddities import misread
    from sencli.store.oddities import numbers
    from sencli.store.oddities import without

    if suspects := marks(data, text):
        _parse(without(text, suspects), text, where, suspects)
    from sencli.store.yaml_reader import loads

    record = log_lines.load(text, loads)
    if record is None:
        record = _parse(text, text, where)
    if suspects := numbers(data, text):
        number = misread(text, suspects, record)
        if number:
            raise _number(number, where)
    if not isinstance(record, dict):
        raise _misshapen(record, where)
    return made_whole(text, record)


def lines(text: str) -> Callable[[Path], int]:
    """A function from a path to its line in the text, counted from 1.

    What is not there (a missing field) is said to stand where what should hold it does.
    Where the reader that knows places refuses the text, it is the outermost field's.
    """
    from sencli.store.places import UnplacedError
    from sencli.store.places import places

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
    """What ryaml reads in ``source``; its faults are told about ``text``."""
    from sencli.store.yaml_reader import loads

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
    raise _told(said, suspects, text, where)


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


def _told(
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
        from sencli.store.oddities import numbers

        for number in numbers(text.encode(), text):
            if _place_of(text, number.start()) == (line, column):
                return _number(number, where)
    return _fault(where, max(1, min(line, len(rows))), _plainly(said))


def _plainly(said: str) -> str:
    """What the parser says, as a person would."""
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
    from sencli.store.places import UnplacedError
    from sencli.store.places import places

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
