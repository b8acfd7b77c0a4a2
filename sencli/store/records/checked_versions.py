"""Versions of files, read and validated incrementally."""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Any

from sencli.store.records.draft import judge
from sencli.store.records.records import schema_of
from sencli.store.text import schema
from sencli.store.text.fitting import Fitting
from sencli.store.text.pieces import Pieces

# So many files are remembered: what is read of one takes several times its size.
_KEPT = 100
# What remains of a text without these may hold what cannot be seen, or an escape of it.
_PLAIN = bytes(set(range(0x20, 0x7F)) | {0x09, 0x0A}).replace(b"\\", b"")
_MAYBE_UNSEEN = re.compile(
    rb"[\\\x00-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]"
)


class Versions:
    """Reads one version of a file after another, of any file."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[Pieces, Fitting]] = OrderedDict()

    def record(self, path: str, data: bytes) -> dict[str, Any]:
        """The record, which is not to be changed.

        Raises:
            InvalidValue: as ``draft.judge``.
        """
        if path not in self._kept:
            self._kept[path] = Pieces(path), Fitting(schema_of(path))
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(path)
        pieces, fitting = self._kept[path]
        found = pieces.load(data)
        odd = _MAYBE_UNSEEN.search(data.translate(None, _PLAIN))
        unseen = odd and schema.text_faults(found)
        if unseen or not fitting.fits(found):
            judge(path, data)
        return found
