"""Clean text for the records: composed Unicode, no invisible characters.

All text is in Unicode's composed form (NFC). In a field of one line an invisible letter
is taken out, unless the script needs it there: a joiner in Persian or an Indic script,
or within an emoji.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.record.diff import Schema
from sencli.core.record.diff import resolve
from sencli.core.text.folding import composed
from sencli.core.text.folding import is_invisible

_JOINERS = "\u200c\u200d"
_EMOJI_STYLE = "\ufe0e\ufe0f"
_ZERO_WIDTH_SPACE = "\u200b"
_VIRAMA = 9
_JOINING = (
    *("ARABIC", "SYRIAC", "MONGOLIAN", "NKO", "MANDAIC", "ADLAM", "DEVANAGARI"),
    *("BENGALI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA"),
    *("MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN", "BALINESE", "CHAKMA"),
)
_WITHOUT_BLANKS = ("THAI", "LAO", "KHMER", "MYANMAR")
_LONG_LINE = 400


def clean_line(text: str) -> str:
    """A text of one line, composed, without the invisible letters it does not need."""
    text = composed(text)
    if text.isascii() or not any(map(is_invisible, text)):
        return text
    return "".join(
        char
        for at, char in enumerate(text)
        if not is_invisible(char)
        or _needed(char, _seen(text[:at][::-1]), text[at + 1 :])
    )


def _seen(text: str) -> str:
    """The nearest letter that is seen, marks left out; "" where there is none."""
    import unicodedata

    for char in text:
        if not is_invisible(char) and unicodedata.category(char) != "Mn":
            return char
        if unicodedata.combining(char) == _VIRAMA:
            return char
    return ""


def _needed(char: str, before: str, rest: str) -> bool:
    """Whether the script needs an invisible letter between these two."""
    import unicodedata

    after = _seen(rest)
    if not before:
        return False
    if char in _JOINERS:
        joined = _script(before, _JOINING) and _script(after, _JOINING)
        ends = unicodedata.combining(before) == _VIRAMA
        emoji = {unicodedata.category(one) for one in (before, after) if one}
        return joined or ends or (bool(after) and emoji <= {"So", "Sk"})
    if char in _EMOJI_STYLE:
        return unicodedata.category(before) in {"So", "Sm", "Po", "Nd"}
    if char == _ZERO_WIDTH_SPACE:
        return _script(before, _WITHOUT_BLANKS) and _script(after, _WITHOUT_BLANKS)
    return False


def _script(char: str, scripts: tuple[str, ...]) -> bool:
    import unicodedata

    return bool(char) and unicodedata.name(char, "").startswith(scripts)


def clean_record(record: dict[str, Any], root: Schema) -> dict[str, Any]:
    """The record with all its text as the records keep it.

    Args:
        record: any.
        root: its schema, which says what stands on one line.
    """
    cleaned: dict[str, Any] = _cleaned(record, root, root)
    return cleaned


def is_clean(value: Any) -> bool:
    """Whether `clean_record` has nothing to do, as nearly always."""
    if isinstance(value, str):
        return value.isascii() or (
            composed(value) == value and not any(map(is_invisible, value))
        )
    if isinstance(value, Mapping):
        return all(map(is_clean, value.values()))
    return all(map(is_clean, value)) if isinstance(value, list) else True


def _cleaned(value: Any, schema: Schema, root: Schema) -> Any:
    schema = resolve(schema, root)
    if isinstance(value, str):
        return clean_line(value) if _one_line(schema) else composed(value)
    if isinstance(value, Mapping):
        fields = schema.get("properties", {})
        others = schema.get("additionalProperties", {})
        return {
            name: _cleaned(part, fields.get(name, others), root)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [_cleaned(part, schema.get("items", {}), root) for part in value]
    return value


def _one_line(schema: Schema) -> bool:
    """Whether a field holds one line: what may be longer may have several."""
    longest = schema.get("maxLength", _LONG_LINE) if isinstance(schema, Mapping) else 0
    return bool(longest <= _LONG_LINE)
