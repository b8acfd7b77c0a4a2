"""A record as the program writes it, read line by line: twice as quick as parsed.

Only what can be read in one way is read here: fields and dashes where the program puts
them, plain text, dates, numbers, quotes, one-line entries. Of all else None comes, and
the parser, with the guards before it, has to read it. So nothing here judges a text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from sencli.store.text import log_lines
from sencli.store.text.whole_numbers import as_whole

# Bytes of which nothing is asked; what other bytes say must be letters and the like.
_USUAL = bytes((10, *range(32, 127)))
_KEY = r"(?!(?:null|true|false)\b)[a-z][a-z0-9_]*"
_NEXT = rf", (?={_KEY}: )"
_IN_FLOW = r"(?:[^\W\d_]|[1-9][0-9]?[A-DF-Z]|[0-9]+ (?=\S))[\w .;'()/-]*(?<! )"
_DATE = r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]"
_WHOLE = r"0|-?[1-9][0-9]{0,14}"
_BROKEN = r"-?(?:0|[1-9][0-9]{0,8})\.[0-9]{1,6}"
_QUOTED = r"'((?:[^']|'')*)'"
_OPENS = "{["
_WITHIN = frozenset("{['")
_TRUTH = {"true": True, "false": False}
# What the parser might take for no text.
_WORDS = frozenset(
    spelled
    for word in ("null", "true", "false", "inf", "nan", "infinity")
    for spelled in (word, word.capitalize(), word.upper(), "NaN")
)


class _OddError(ValueError):
    """The text is not as the program writes it."""


def load(data: bytes, text: str) -> dict[str, Any] | None:
    """The record, as the parser would read it, or None: ask the parser.

    Args:
        data: the whole file.
        text: the same, decoded.
    """
    other = data.translate(None, _USUAL)
    if other and not other.decode().isprintable():
        return None
    rest, logs = log_lines.taken_out(text)
    if rest.startswith("# "):
        rest = rest[rest.find("\n") + 1 :]
    if not rest.endswith("\n") or " #" in rest:
        return None
    try:
        record = _Reading(rest[:-1].split("\n")).record()
    except _OddError:
        return None
    return record if log_lines.put_back(record, logs) else None


class _Reading:
    """The entry that is open at each depth, and the list that is open in it.

    Fields of the entry at depth n stand at column 2n, and so do the dashes of a list.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._entries: list[dict[str, Any]] = [{}]
        self._lists: list[list[Any] | None] = [None]
        self._waiting = ""  # the field whose value begins on the next line

    def record(self) -> dict[str, Any]:
        """The whole; its lines are gone through once."""
        text_ends = 0
        for number, line in enumerate(self._lines):
            if number < text_ends:
                continue
            start, colon, rest = line.partition(": ")
            depth, dash, key = _head(start, colon)
            if dash and not key:
                self._open(depth).append(_value(line[2 * depth + 2 :]))
                continue
            entry = self._item(depth) if dash else self._entry(depth)
            if key in entry:
                raise _OddError
            if not colon:
                self._waiting = key
                entry[key] = None
            elif rest[:1].isalpha():
                entry[key] = _plain(rest)
            elif rest == "|-":
                entry[key], text_ends = self._text(number + 1)
            else:
                entry[key] = _value(rest)
        if self._waiting:
            raise _OddError
        return self._entries[0]

    def _entry(self, depth: int) -> dict[str, Any]:
        """The entry whose fields stand at this depth."""
        entries, lists = self._entries, self._lists
        if self._waiting:
            if depth != len(entries):
                raise _OddError
            begun: dict[str, Any] = {}
            entries[-1][self._waiting] = begun
            self._waiting = ""
            entries.append(begun)
            lists.append(None)
            return begun
        if depth >= len(entries):
            raise _OddError
        del entries[depth + 1 :], lists[depth + 1 :]
        lists[depth] = None
        return entries[depth]

    def _open(self, depth: int) -> list[Any]:
        """The list whose dashes stand at this depth."""
        entries, lists = self._entries, self._lists
        if self._waiting:
            if depth != len(entries) - 1:
                raise _OddError
            begun: list[Any] = []
            entries[depth][self._waiting] = lists[depth] = begun
            self._waiting = ""
            return begun
        if depth >= len(entries):
            raise _OddError
        del entries[depth + 1 :], lists[depth + 1 :]
        found = lists[depth]
        if found is None:
            raise _OddError
        return found

    def _item(self, depth: int) -> dict[str, Any]:
        """The entry that begins at a dash."""
        begun: dict[str, Any] = {}
        self._open(depth).append(begun)
        self._entries.append(begun)
        self._lists.append(None)
        return begun

    def _text(self, first: int) -> tuple[str, int]:
        """Text of several lines, for the entry that is open; and where it ends."""
        lines, pad = self._lines, "  " * len(self._entries)
        last = first
        while last < len(lines) and (lines[last].startswith(pad) or not lines[last]):
            last += 1
        rows = [row[len(pad) :] for row in lines[first:last]]
        if not rows or rows[0][:1] in {"", " "} or not rows[-1].strip():
            raise _OddError
        return "\n".join(rows), last


@lru_cache(maxsize=2048)
def _head(start: str, colon: str) -> tuple[int, str, str]:
    """What stands before a value: its depth, whether after a dash, its field or ""."""
    column = len(start) - len(start.lstrip(" "))
    dash = "- " if start.startswith("- ", column) else ""
    key = start[column + len(dash) :]
    if not colon:
        key = key[:-1] if key.endswith(":") else ""
    key = key if _is_key(key) else ""
    if column % 2 or not (dash or key):
        raise _OddError
    return column // 2, dash, key


def _value(text: str) -> object:
    first = text[:1]
    if first == "{":
        return _in_braces(text)
    if first == "[":
        return _in_brackets(text)
    return _plain(text) if first.isalpha() else _scalar(text)


def _plain(text: str) -> object:
    """Text without quotes, which ends with its line."""
    if ": " in text or text[-1] in ": " or text in _WORDS:
        return _word(text)
    return text


def _word(text: str) -> bool:
    if text in _TRUTH:
        return _TRUTH[text]
    raise _OddError


def _in_braces(text: str) -> dict[str, Any]:
    """``{date: 2026-01-05, by: TA2, with: [KM, JP]}``."""
    inner = text[1:-1]
    if text[-1] != "}":
        raise _OddError
    if not inner:
        return {}
    if _WITHIN.isdisjoint(inner):
        parts = inner.split(", ")
    else:
        parts = _whole(_next().split(inner))
    entry: dict[str, Any] = {}
    for part in parts:
        key, _, value = part.partition(": ")
        if not value or not _is_key(key):
            raise _OddError
        entry[key] = _value(value) if value[0] in _OPENS else _scalar(value)
    if len(entry) != len(parts):
        raise _OddError
    return entry


def _in_brackets(text: str) -> list[object]:
    inner = text[1:-1]
    if text[-1] != "]":
        raise _OddError
    if not inner:
        return []
    parts = _items().findall(inner) if "'" in inner else inner.split(", ")
    if ", ".join(parts) != inner:
        raise _OddError
    return [_scalar(part) for part in parts]


def _whole(parts: list[str]) -> list[str]:
    """The same, with those put together again that stand in braces of their own."""
    found = [""]
    for part in parts:
        if found[-1].count("{") > found[-1].count("}"):
            found[-1] += f", {part}"
        else:
            found.append(part)
    return found[1:]


@lru_cache(maxsize=1)
def _items() -> re.Pattern[str]:
    return re.compile(r"((?:'(?:[^']|'')*'|[^,])+)(?:, |$)")


@lru_cache(maxsize=1)
def _next() -> re.Pattern[str]:
    return re.compile(_NEXT)


@lru_cache(maxsize=512)
def _is_key(text: str) -> bool:
    return re.fullmatch(_KEY, text) is not None


@lru_cache(maxsize=4096)
def _scalar(text: str) -> object:
    """A value that may stand between brackets too."""
    if re.fullmatch(_IN_FLOW, text):
        return _plain(text)
    if re.fullmatch(_DATE, text):
        return text
    if re.fullmatch(_WHOLE, text):
        return int(text)
    if re.fullmatch(_BROKEN, text):
        return as_whole(float(text))
    if found := re.fullmatch(_QUOTED, text):
        return found[1].replace("''", "'")
    if re.fullmatch(rf'"{log_lines.MARK}[0-9]+"', text):
        return text[1:-1]
    raise _OddError
