"""Counts how many parsed records are alive at once."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest

from sencli.core.record import packed
from sencli.store.text import load as yaml_text
from sencli.store.text.version_parser import VersionParser


class _Counted(dict[str, Any]):
    """A record of which it is known whether it has been let go."""

    __slots__ = ("__weakref__",)


class Held:
    """The parsed records that are alive, and the most that ever were.

    Args:
        patch: undoes the counting.
    """

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.alive: dict[int, weakref.ref[_Counted]] = {}
        self.most = self.read = 0
        for owner in (yaml_text, VersionParser, packed):
            patch.setattr(owner, "load", self._counting(owner.load))
        gc.collect()

    def _counting(self, load: Any) -> Any:
        def counted(*args: Any) -> Any:
            found = load(*args)
            if "first_name" not in found or isinstance(found, _Counted):
                return found
            made = _Counted(found)
            key = id(made)
            self.alive[key] = weakref.ref(made, lambda _: self.alive.pop(key, None))
            self.read += 1
            self.most = max(self.most, len(self.alive))
            return made

        return counted
