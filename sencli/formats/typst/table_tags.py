"""Finish the tags of tables in a PDF: row headers, and cells that only hold rows.

Typst's row headers wait behind a switch that its Python package lacks, and rows stay on
one page only under a cell that spans them. The templates mark both by fills that nobody
sees: the one becomes TH with scope Row, the other leaves the tree of tags. What is
written takes the place of as many bytes, so that no offset in the file changes.
"""

from __future__ import annotations

import re

NAMES_ROW = b"/BackgroundColor[1 1 0.99607843]"
HOLDS_ROWS = b"/BackgroundColor[1 0.99607843 1]"

_ELEMENT = re.compile(
    rb"(?P<number>\d+) 0 obj\n<</Type/StructElem/S/(?P<kind>TD|TH|TR)/P[^\n]*"
)
_HEADERS = re.compile(rb"/Headers\[[^]]*\]")
_TABLE = re.compile(rb"\(U(\d+)x")
_SPAN = re.compile(rb"/ColSpan (\d+)")
_KID = re.compile(rb"(\d+) 0 R")
_SCOPE = b"/Scope/Row"


def finished(pdf: bytes) -> bytes:
    """The file with the tags of its tables finished."""
    if NAMES_ROW not in pdf and HOLDS_ROWS not in pdf:
        return pdf
    return _ELEMENT.sub(_Marked(pdf).mended, pdf)


class _Marked:
    """The tables with cells that name rows, and with cells that hold rows."""

    def __init__(self, pdf: bytes) -> None:
        self._named: set[bytes] = set()
        self._held: set[bytes] = set()
        self._holding: set[bytes] = set()
        for element in _ELEMENT.finditer(pdf):
            if NAMES_ROW in element[0]:
                self._named.update(_TABLE.findall(element[0]))
            if HOLDS_ROWS in element[0]:
                self._held.update(_TABLE.findall(element[0]))
                self._holding.add(element["number"])

    def mended(self, element: re.Match[bytes]) -> bytes:
        """A row or cell with its tags finished, as long as before."""
        whole = element[0]
        if element["kind"] == b"TR":
            place = whole.find(b"/K[")
            return whole[:place] + _KID.sub(self._kid, whole[place:])
        tables = {*_TABLE.findall(whole)}
        if element["kind"] == b"TH":
            return _SPAN.sub(_narrower, whole) if tables & self._held else whole
        if NAMES_ROW in whole:
            whole = whole.replace(b"/S/TD/", b"/S/TH/", 1)
            whole = whole.replace(NAMES_ROW, b" " * len(NAMES_ROW))
            return _HEADERS.sub(lambda was: _SCOPE.ljust(len(was[0])), whole, count=1)
        if tables & self._named:
            # by the scopes of both kinds; a list of headers would name columns alone
            return _HEADERS.sub(lambda was: b" " * len(was[0]), whole)
        return whole

    def _kid(self, kid: re.Match[bytes]) -> bytes:
        return b" " * len(kid[0]) if kid[1] in self._holding else kid[0]


def _narrower(span: re.Match[bytes]) -> bytes:
    """A span without the column of the cells that hold rows."""
    columns = int(span[1]) - 1
    made = b"/ColSpan %d" % columns if columns > 1 else b""
    return made.ljust(len(span[0]))
