"""Texts without the names of a school's children, for papers that name nobody."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sencli.core.find import Named
from sencli.core.names_in_text import Replacing
from sencli.core.other_names import OtherNames
from sencli.core.walk import LOGS

_CODED = frozenset({"id", "key", "provision", "type", "from", "until", "date", *LOGS})
"""Fields that hold no words; and the logs, of which such papers show numbers."""


class Unnamed:
    """What takes the names out of texts.

    Args:
        records: the pupils'.
    """

    def __init__(self, records: Iterable[Mapping[str, Any]]) -> None:
        self._others = OtherNames(
            Named(
                str(record["id"]),
                str(record["first_name"]),
                str(record.get("last_name", "")),
                str(record.get("known_as", "")),
            )
            for record in records
        )

    def value(self, value: Any, pupil: str = "", *, full: bool = False) -> Any:
        """A value with no child's name in any of its texts.

        Args:
            value: a text, or a part of a record.
            pupil: the child whose record it is of; that one's names are out already.
            full: whether only first and family name together are a name, as in a
                catalogue, where Jack may be of the beanstalk.
        """
        if isinstance(value, str):
            return self._text(value, pupil, full=full)
        if isinstance(value, Mapping):
            return {
                key: inner if key in _CODED else self.value(inner, pupil, full=full)
                for key, inner in value.items()
            }
        if isinstance(value, list):
            return [self.value(inner, pupil, full=full) for inner in value]
        return value

    def _text(self, text: str, pupil: str, *, full: bool) -> str:
        found = self._others.named(text, (), pupil)
        named = {name: "a pupil" for name in found if " " in name or not full}
        return Replacing(named).text(text) if named else text
