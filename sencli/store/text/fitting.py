"""Versions of a record, judged by their schema: what they share is judged once."""

from __future__ import annotations

from typing import Any

from sencli.store.text.schema import fits


class _Place:
    """What has been seen at one place of a record, such as its cycles' plans.

    What fits at one place may not at another, even where both say the same. Objects are
    known by their numbers, which stay their own as long as the objects are kept.

    Attributes:
        sound: objects of the list there that fitted.
        last: the object or list seen there last; nothing in it was new.
        bare: the same without what is known to fit.
        within: the places further in, by the names of their fields.
    """

    __slots__ = ("bare", "last", "sound", "within")

    def __init__(self) -> None:
        self.sound: dict[int, dict[str, Any]] = {}
        self.last: Any = None
        self.bare: Any = None
        self.within: dict[str, _Place] = {}


_New = list[tuple[_Place, dict[str, Any]]]


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
        self._root = _Place()

    def fits(self, record: dict[str, Any]) -> bool:
        """As ``schema.fits``."""
        new: _New = []
        if not fits(_without_known(record, self._root, new), self._schema):
            return fits(record, self._schema)
        for place, item in new:
            place.sound[id(item)] = item
        return True


def _without_known(part: Any, at: _Place, new: _New) -> Any:
    """The same without those objects in lists that are known to fit there.

    Args:
        part: an object or a list.
        at: where it stands.
        new: is given the other objects, however deep, with their places.
    """
    if part is at.last:
        return at.bare
    before = len(new)
    found: Any
    if isinstance(part, list):
        sound = at.sound
        found = [_noted(item, at, new) for item in part if id(item) not in sound]
    else:
        found = dict(part)
        for name, value in part.items():
            if isinstance(value, dict | list):
                place = at.within.get(name) or at.within.setdefault(name, _Place())
                found[name] = _without_known(value, place, new)
    if len(new) == before:
        at.last, at.bare = part, found
    return found


def _noted(item: Any, place: _Place, new: _New) -> Any:
    if not isinstance(item, dict):
        return item
    new.append((place, item))
    return _without_known(item, place, new)
