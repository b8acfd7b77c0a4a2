"""Versions of a record, judged by their schema: what they share is judged once."""

from __future__ import annotations

from typing import Any

from sencli.store.schema import fits


class Fitting:
    """Says of one version after another whether it fits.

    A schema asks nothing of an object in a list that depends on its neighbours. So one
    that fitted in an earlier version, and is the same object in a later one, is left
    out when that is judged.

    Args:
        schema: the schema's name.
    """

    def __init__(self, schema: str) -> None:
        self._schema = schema
        # by its number, which stays its own as long as the object is kept
        self._sound: dict[int, dict[str, Any]] = {}

    def fits(self, record: dict[str, Any]) -> bool:
        """As ``schema.fits``."""
        new: list[dict[str, Any]] = []
        if not fits(self._without_known(record, new), self._schema):
            return fits(record, self._schema)
        self._sound.update((id(item), item) for item in new)
        return True

    def _without_known(
        self, part: dict[str, Any], new: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """The same without those objects in lists that are known to fit.

        Args:
            part: of a record.
            new: is given the other objects, however deep.
        """
        sound = self._sound
        found: dict[str, Any] = {}
        for name, value in part.items():
            if isinstance(value, dict):
                found[name] = self._without_known(value, new)
            elif isinstance(value, list):
                found[name] = [
                    self._noted(item, new) for item in value if id(item) not in sound
                ]
            else:
                found[name] = value
        return found

    def _noted(self, item: Any, new: list[dict[str, Any]]) -> Any:
        if not isinstance(item, dict):
            return item
        new.append(item)
        return self._without_known(item, new)
