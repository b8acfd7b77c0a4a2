"""Make one row a pupil of what a file says in several rows or columns.

A report of needs has a row for each need, with its rank and its days; another has a
column for each. What belongs to one pupil is brought together before it is matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping

from sencli.core.handover.import_values import day_of
from sencli.core.handover.import_values import fault_of_excel
from sencli.core.handover.import_values import needs_of
from sencli.core.handover.import_values import rank_of
from sencli.core.handover.import_values import tick
from sencli.core.text.folding import key
from sencli.core.text.folding import same
from sencli.errors import InvalidValue
from sencli.terms import FLAGS

Cells = Mapping[str, str]
Row = tuple[int, Cells]

_NEED = ("needs", "need_rank", "need_from", "need_until")
_TICKS = frozenset("\u2713\u2714\u2611\u2705\u221a")
_MANY = (*_NEED, "provision", "provision_from")
_WHO = ("id", "upn", "name", "first_name", "last_name")
_NAMES = ("name", "first_name", "last_name")
_LEGAL = {"legal_first_name": "first_name", "legal_last_name": "last_name"}
_FOOT = re.compile(
    r"(total|count|number of (pupils|students|records))\b\D{0,20}\d+"
    r"|(printed|generated) (on|by|at)\b.*|report (run|generated|date|printed)\b.*"
    r"|page \d+( of \d+)?|end of report",
    re.IGNORECASE,
)
DAYS = ("date_of_birth", "since", "provision_from", "need_from", "need_until", "left")


def gathered(
    rows: Iterable[Row], today: str, *, since_1904: bool = False
) -> tuple[list[Row], list[str], list[str]]:
    """The rows, one for each pupil; faults; and what is worth a word.

    Args:
        rows: the line of the file, and the cells by field; of a second need
            ``needs.2`` and so on.
        today: ISO date.
        since_1904: whether the workbook counts its days from 1904.
    """
    faults: list[str] = []
    notes: list[str] = []
    groups = _Groups()
    rows = list(rows)
    there = {_base(field) for _, cells in rows for field in cells}
    # in a report of needs, the day is that of the need
    of_need = bool({"need_rank", "need_until"} & there) and "need_from" not in there
    for line, typed in rows:
        if _FOOT.fullmatch(" ".join(typed.values()).strip()):
            notes.append(f"line {line} is under the list, so it is left out.")
            continue
        cells = read_cells(line, typed, DAYS, today, faults, since_1904=since_1904)
        if of_need and "since" in cells:
            cells["need_from"] = cells.pop("since")
        groups.add(line, _by_legal_name(cells), faults)
    faults += _two_kinds_of_tick(rows)
    return [group.row(today, faults, notes) for group in groups.all], faults, notes


def _two_kinds_of_tick(rows: Iterable[Row]) -> Iterator[str]:
    """Columns with a tick and an x: does the x say yes, or no?"""
    marks: dict[str, set[str]] = {}
    for _, cells in rows:
        for field, text in cells.items():
            if field in FLAGS:
                marks.setdefault(field, set()).add(text.strip().casefold())
    for field, found in marks.items():
        if "x" in found and not found.isdisjoint(_TICKS):
            name = field.replace("_", " ")
            yield f"{name}: both \u2713 and x are in the column. Write yes or no."


def read_cells(
    line: int,
    typed: Cells,
    days: Iterable[str],
    today: str,
    faults: list[str],
    *,
    since_1904: bool,
) -> dict[str, str]:
    """The cells with their days as the records have them; Excel's faults are told."""
    cells = {}
    for field, text in typed.items():
        told = fault_of_excel(text.strip())
        if not told and _base(field) in days:
            try:
                cells[field] = day_of(text, today, since_1904=since_1904)
            except InvalidValue as fault:
                told = f"{fault.message} {fault.hint}".strip()
        elif not told:
            cells[field] = text
        if told:
            faults.append(f"line {line}, {field.replace('_', ' ')}: {told}")
    return cells


def _by_legal_name(cells: Cells) -> dict[str, str]:
    """The cells with the name under which the record is kept: the legal one first."""
    found = dict(cells)
    for legal, field in _LEGAL.items():
        if legal not in found:
            continue
        daily = found.get(field, "")
        found[field] = found.pop(legal)
        if field == "first_name" and daily and not same(daily, found[field]):
            found.setdefault("known_as", daily)
    daily = found.pop("daily_last_name", "")
    if daily and "name" not in found:
        found.setdefault("last_name", daily)
    if "known_as" in found and not {"id", "upn", "name", "first_name"} & found.keys():
        found["first_name"] = found.pop("known_as")
    first, known = found.get("first_name", ""), found.get("known_as", "")
    last = found.get("last_name", "")
    if last and len(known) > len(last) and same(known[-len(last) :], last):
        known = found["known_as"] = known[: -len(last)].strip()
    if known and first and same(known, first):
        del found["known_as"]
    for field, code in (("has_plan", "E"), ("on_support", "K")):
        if tick(found.pop(field, "")) and _only_sen(found.get("provision", "")):
            found["provision"] = code
    return found


def _only_sen(text: str) -> bool:
    """Whether a status says no more than that there is SEN."""
    return not text or tick(text) is True


class _Groups:
    """The rows of each pupil, as long as nothing says that they are of two."""

    def __init__(self) -> None:
        self.all: list[_Group] = []
        self._known: dict[object, _Group] = {}

    def add(self, line: int, cells: dict[str, str], faults: list[str]) -> None:
        """Add a row to its pupil's, or begin another pupil."""
        more = any(_base(f) in _NEED or f == "provision_from" for f in cells)
        if more and self.all and not any(field in cells for field in _WHO):
            self.all[-1].add(line, cells, faults)  # a report leaves out what it said
            return
        keys = list(_keys(cells))
        own = next((self._known[one] for one in keys if one in self._known), None)
        if own is not None and more and own.more:
            own.add(line, cells, faults)
        else:
            own = _Group(line, cells, more=more)
            self.all.append(own)
        for one in keys:
            self._known.setdefault(one, own)


def _keys(cells: Cells) -> Iterator[object]:
    """By what a pupil's rows belong together: the best that the file has."""
    for field in ("id", "upn"):
        if field in cells:
            yield field, cells[field].casefold()
            return
    name = key(" ".join(cells.get(field, "") for field in _NAMES))
    if name:
        born = cells.get("date_of_birth", "")
        yield name, born or (cells.get("class"), cells.get("year_group"))


class _Group:
    """The rows of one pupil."""

    def __init__(self, line: int, cells: dict[str, str], *, more: bool) -> None:
        self.more = more
        self._line = line
        self._cells = {f: t for f, t in cells.items() if _base(f) not in _MANY}
        self._rows = [(line, cells)]

    def add(self, line: int, cells: dict[str, str], faults: list[str]) -> None:
        """Add a row; what it says otherwise than the first is a fault."""
        self._rows.append((line, cells))
        for field, text in cells.items():
            if _base(field) in _MANY:
                continue
            if not same(self._cells.setdefault(field, text), text):
                faults.append(
                    f"line {line}, {field.replace('_', ' ')}: {text!r}, and line "
                    f"{self._line} of the same pupil says {self._cells[field]!r}."
                )

    def row(self, today: str, faults: list[str], notes: list[str]) -> Row:
        """One row for all of them."""
        cells = {**self._cells, **self._status(faults)}
        needs = sorted(self._needs(today, faults, notes))
        ranked: dict[str, str] = {}
        for _, _, need, since in needs:
            ranked.setdefault(need, since)
        if ranked:
            cells["needs"] = "; ".join(ranked)
            if any(ranked.values()):
                cells["need_from"] = "; ".join(ranked.values())
        return self._line, cells

    def _status(self, faults: list[str]) -> dict[str, str]:
        """The status of the row that began last."""
        found = [
            (cells.get("provision_from", ""), cells["provision"], line)
            for line, cells in self._rows
            if "provision" in cells
        ]
        if not found:
            return {}
        latest = max(day for day, _, _ in found)
        said = [(text, line) for day, text, line in found if day == latest]
        for text, line in said[1:]:
            if not same(text, said[0][0]):
                faults.append(
                    f"line {line}, provision: {text!r}, and line {said[0][1]} of the "
                    f"same pupil says {said[0][0]!r}."
                )
        status = {"provision": said[0][0]}
        return status | ({"provision_from": latest} if latest else {})

    def _needs(
        self, today: str, faults: list[str], notes: list[str]
    ) -> Iterator[tuple[int, int, str, str]]:
        """Rank, place, kind and first day of each need that has not ended."""
        place = 0
        for line, cells in self._rows:
            for number in sorted({_number(f) for f in cells if _base(f) in _NEED}):
                own = {f: cells.get(_numbered(f, number), "") for f in _NEED}
                try:
                    kinds = needs_of(own["needs"])
                    rank = rank_of(own["need_rank"]) if own["need_rank"] else 0
                except InvalidValue as fault:
                    told = f"{fault.message} {fault.hint}".strip()
                    faults.append(f"line {line}, needs: {told}")
                    continue
                if own["need_until"] and own["need_until"] < today:
                    notes += [
                        f"line {line}: {kind} ended, so it is left out."
                        for kind in kinds
                    ]
                    continue
                for kind in kinds:
                    place += 1
                    yield rank or number or 1, place, kind, own["need_from"]


def _base(field: str) -> str:
    return field.partition(".")[0]


def _number(field: str) -> int:
    return int(field.partition(".")[2] or 0)


def _numbered(field: str, number: int) -> str:
    return f"{field}.{number}" if number else field
