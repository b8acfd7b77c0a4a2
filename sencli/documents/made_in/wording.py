"""Wording for families, from one file that a school can change or translate.

A text may hold ``{name}`` where a value goes in, and nothing else of a template
language: whatever a school or a record writes is data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from typing import Any

from sencli.core.record.lookup import joined
from sencli.documents.made_in.language_marks import FROM
from sencli.documents.made_in.language_marks import english
from sencli.errors import InvalidValue

_KINDS = "for"  # how kinds of readers are spoken to
_PLACE = re.compile(r"\{(\w+)\}")


class Wording:
    """The wording of one language.

    Args:
        data: the wording file; texts in named sections.
        lang: its language (BCP 47).
        translated: the texts that are in that language; what is not among them is
            marked as English. None where all are.
    """

    def __init__(
        self,
        data: Mapping[str, Any],
        lang: str = "en-GB",
        translated: Mapping[str, Any] | None = None,
    ) -> None:
        self._data = data
        self._translated = translated
        self.lang = lang

    def __call__(self, key: str, **values: object) -> str:
        """The text of that name (``summary.next_review``), its values put in.

        Raises:
            InvalidValue: the wording lacks the text, or asks for a value that this text
                does not have.
        """
        text = self.find(key)
        if text is None:
            raise InvalidValue(
                f"The wording for {self.lang} has no text {key}.",
                "Add it to templates/wording/ of your records, or remove that file.",
            )
        if self._translated is not None and _text(self._translated, key) is None:
            text = english(text)
        return put_in(text, key, values)

    def find(self, key: str) -> str | None:
        """The text of that name, unfilled, or ``None``."""
        return _text(self._data, key)

    def section(self, key: str) -> dict[str, str]:
        """All texts of a section by name; empty where there is none."""
        here: Any = self._data
        for part in key.split("."):
            here = here.get(part, {}) if isinstance(here, Mapping) else {}
        texts = here if isinstance(here, Mapping) else {}
        return {name: text for name, text in texts.items() if isinstance(text, str)}

    def suited(self, readers: Sequence[str]) -> Wording:
        """The wording as kinds of readers are spoken to; later kinds lie over earlier.

        Args:
            readers: names in the section ``for``, such as ``young_person``.
        """
        if not readers:
            return self
        data, translated = self._data, self._translated
        for reader in readers:
            suited = self._data.get(_KINDS, {}).get(reader, {})
            data = over(data, suited)
            # nothing that is said to some readers is in another language by chance
            translated = translated if translated is None else over(translated, suited)
        return Wording(data, self.lang, translated)

    def values(self) -> dict[str, set[str]]:
        """The values that each text asks for, by the text's name."""
        found: dict[str, set[str]] = {}
        todo: list[tuple[str, Any]] = [("", self._data)]
        while todo:
            at, here = todo.pop()
            if isinstance(here, Mapping):
                below = f"{at}." if at else ""
                todo += [(f"{below}{name}", inner) for name, inner in here.items()]
            elif isinstance(here, str) and at != "about":
                found[at] = set(_PLACE.findall(here))
        return found

    def count(self, key: str, number: float, **values: object) -> str:
        """``key.one`` or ``key.many``, as the number asks."""
        form = "one" if number == 1 else "many"
        shown = f"{number:g}"
        return self(f"{key}.{form}", number=shown, **values)

    def date(self, day: str) -> str:
        """``12 March 2026``."""
        month = self(f"months.{int(day[5:7])}")
        return self("date.long", day=int(day[8:10]), month=month, year=day[:4])

    def full_date(self, day: str) -> str:
        """``Thursday 12 March 2026``."""
        weekday = self(f"weekdays.{date.fromisoformat(day).isoweekday()}")
        return self("date.full", weekday=weekday, date=self.date(day))

    def short_date(self, day: str) -> str:
        """``12 Mar``."""
        month = self(f"short_months.{int(day[5:7])}")
        return self("date.short", day=int(day[8:10]), month=month)

    def listed(self, parts: Sequence[str]) -> str:
        """``a; and b``, for parts that hold commas or "and" themselves."""
        if len(parts) <= 1:
            return "".join(parts)
        return f"{'; '.join(parts[:-1])}; {self('and')} {parts[-1]}"

    def joined(self, parts: Sequence[str]) -> str:
        """``a, b and c``."""
        return joined(parts, self("and"))


def _text(data: Mapping[str, Any], key: str) -> str | None:
    """The text of that name in a wording file, or ``None``."""
    here: Any = data
    for part in key.split("."):
        if not isinstance(here, Mapping) or part not in here:
            return None
        here = here[part]
    return here if isinstance(here, str) else None


def put_in(text: str, key: str, values: Mapping[str, object]) -> str:
    """The text with each ``{name}`` replaced by its value.

    Raises:
        InvalidValue: there is no value of that name.
    """

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            known = ", ".join(f"{{{name}}}" for name in values) or "none"
            raise InvalidValue(
                f"The wording {key} asks for {found[0]}, which it does not have.",
                f"Values that it has: {known}.",
            )
        return str(values[found[1]])

    return _PLACE.sub(value, text)


def over(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The base wording, with a school's own texts in place of some."""
    made = dict(base)
    for key, value in own.items():
        below = made.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            made[key] = over(below, value)
        else:
            made[key] = value
    return made


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    lead = len(text) - len(text.lstrip(FROM))
    return text[:lead] + text[lead : lead + 1].upper() + text[lead + 1 :]
