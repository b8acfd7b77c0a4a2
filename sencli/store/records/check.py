"""Check all files of a repository: each fault with file, line and command.

Text, schema, and whether the records hang together. The Code of Practice is another
matter (``sencli.rules``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.checks.duplicates import Keys
from sencli.core.checks.duplicates import double_faults
from sencli.core.checks.duplicates import keys_of
from sencli.core.checks.integrity import UNSAID
from sencli.core.checks.integrity import across
from sencli.core.checks.integrity import catalogue_faults
from sencli.core.checks.integrity import integrity
from sencli.core.checks.integrity import unsaid
from sencli.core.checks.school_faults import LIKELY
from sencli.core.checks.school_faults import school_faults
from sencli.core.provision.school import School
from sencli.core.record.items import place_name
from sencli.core.record.types import Record
from sencli.core.record.walk import Fault
from sencli.errors import InvalidValue
from sencli.errors import SencliError
from sencli.resources import by_schema
from sencli.resources import is_newer
from sencli.resources import load_schema
from sencli.resources import shipped_schema
from sencli.store.files import shell
from sencli.store.files.parallel import Tick
from sencli.store.files.parallel import spread
from sencli.store.records import check_groups
from sencli.store.records.records import REPORTS
from sencli.store.records.records import TOP
from sencli.store.records.records import WorkingRecords
from sencli.store.records.records import pupil_of
from sencli.store.records.records import schema_of
from sencli.store.text import load
from sencli.store.text import schema
from sencli.store.text.line_of import line_of
from sencli.value import Value
from sencli.value import contents
from sencli.value import names
from sencli.value import replace

if TYPE_CHECKING:
    from pathlib import Path

    from sencli.store.records.records import Records

Place = tuple[str | int, ...]

# What of a record is compared with other records.
_COMPARED = ("id", "first_name", "last_name", "date_of_birth", "upn")
# Fields that hold what others refer to.
_HOLDERS = frozenset((
    "contacts", "needs", "cycles", "plan", "outcomes", "interventions", "strategies",
    "adjustments", "specialists", "documents", "ehc", "plans", "provision",
    "staff", "provisions", "scales", "values", "kind", "groups",
))  # fmt: skip
_PLACE = re.compile(r"(?P<file>.*?):(?P<line>[0-9]+): (?P<said>.*)", re.DOTALL)


class Problem(Value):
    """A fault in a file.

    Attributes:
        file: from the repository's root, with ``/``.
        line: counted from 1; 0 where the whole file is meant.
        pupil_id: whose record it is, or "".
        path: the way to the place in the record.
        message: what is wrong.
        mend: what to type.
        code: what kind of fault: text, schema, id, reference, person, date ...
        note: whether it may be right, and only needs a look.
        level: what a judge makes of it; "" for a fault of the file itself.
        answer: the reason with which it was answered, or "".
        place: the path as people are shown it: ``cycles[y2qf].plan``.
        together: the command that mends it for several pupils at once, or "".
    """

    file: str
    line: int
    pupil_id: str
    path: tuple[str | int, ...]
    message: str
    mend: str
    code: str
    note: bool = False
    level: str = ""
    answer: str = ""
    place: str = ""
    together: str = ""


RecordJudge = Callable[[Record], Iterable[Problem]]
"""Looks at a sound record; gives problems without a line, which is found for them."""


class _SchoolFiles(Value):
    """The school's files that records refer to; None if unreadable."""

    school: Record | None
    provisions: Record | None
    groups: Record | None
    judge: RecordJudge | None = None
    day: str = ""


def check_files(
    root: Path,
    only: Sequence[str] = (),
    judge: RecordJudge | None = None,
    tick: Tick | None = None,
    day: str = "",
) -> list[Problem]:
    """The problems of the working folder.

    Args:
        root: the records repository.
        only: files to look at, from the root; all of them where none is named.
        judge: what to ask of each sound record besides.
        tick: is told how many records more have been looked at.
        day: ISO date on which the groups are counted; "" counts none.
    """
    read = WorkingRecords(str(root))
    return check_records(read, only, processes=0, judge=judge, tick=tick, day=day)


def check_records(
    records: Records,
    only: Sequence[str] = (),
    processes: int = 1,
    judge: RecordJudge | None = None,
    tick: Tick | None = None,
    day: str = "",
) -> list[Problem]:
    """The problems of any records: the working folder, a commit, a merge to come.

    Args:
        records: read from several processes, unless `processes` is 1.
        only: files to look at; all of them where none is named.
        processes: how many share the work; 0 takes as many as it is worth.
        judge: what to ask of each sound record besides.
        tick: is told how many records more have been looked at.
        day: ISO date on which the groups are counted; "" counts none.
    """
    found: list[Problem] = []
    common: list[Record | None] = []
    for path in TOP:
        record, problems = _top(records, path)
        common.append(record)
        found += problems
    if common[2] is not None:
        faults = catalogue_faults(common[2], common[1])
        found += _placed(records.read_bytes(TOP[2]), TOP[2], faults)
    there = {f"reports/{name}" for name in records.names("reports")}
    for path in filter(there.__contains__, REPORTS):
        found += of_school(records, path)
    paths = []
    for name in records.names("pupils"):
        path = f"pupils/{name}"
        if pupil_of(path):
            paths.append(path)
        elif name.endswith((".yaml", ".yml")):
            found.append(_stray(path))
    judged = _judge_all(
        records,
        paths,
        _SchoolFiles(common[0], common[1], common[2], judge, day),
        processes,
        tick,
    )
    found += [problem for problems, _ in judged for problem in problems]
    rows = [row for _, row in judged if row]
    found += _between(records, rows)
    if day and common[2] is not None:
        found += _in_groups(records, rows, common[2], day)
    return sorted(
        (problem for problem in found if not only or problem.file in only),
        key=lambda problem: (problem.file, problem.line),
    )


@by_schema
def _keys(name: str) -> Keys:
    return keys_of(load_schema(name))


def of_school(records: Records, path: str) -> list[Problem]:
    """The problems of one of the school's own files."""
    return _top(records, path)[1]


def _top(records: Records, path: str) -> tuple[Record | None, list[Problem]]:
    record, problems = _read(records, path)
    if record is None:
        return None, problems
    data = records.read_bytes(path)
    faults = double_faults(record, _keys(schema_of(path)))
    faults += [*unsaid(record, {}), *school_faults(_known_part(record, path))]
    return record, problems + _placed(data, path, faults)


def _read(records: Records, path: str) -> tuple[Record | None, list[Problem]]:
    """A record to judge further, or None; and where it does not fit its schema."""
    try:
        data = records.read_bytes(path)
        record = load.load(data, path)
    except InvalidValue as error:
        return None, [_unreadable(path, error)]
    except SencliError as error:
        return None, [_problem(path, 0, Fault((), error.message, error.hint, "text"))]
    if schema.surely_valid(record, schema_of(path), data):
        return record, []
    faults = schema.faults(record, schema_of(path))
    rest = _without(record, faults)
    sound = rest is not None and schema.fits(rest, schema_of(path))
    return (rest if sound else None), _placed(data, path, faults)


def _known_part(record: Record, path: str) -> Record:
    """The record without what only a newer version of the program can judge."""
    if not is_newer(schema_of(path)):
        return record
    from sencli.core.record.newer import known_part

    return known_part(record, shipped_schema(schema_of(path)))


def _without(record: Record, faults: Sequence[Fault]) -> Record | None:
    """The record without the fields at fault, so that the rest can be judged.

    None where what others refer to would go with them, and seem to be missing.
    """
    from copy import deepcopy

    rest = deepcopy(record)
    for fault in faults:
        if not _HOLDERS.isdisjoint(fault.path[-1:]):
            return None
        holder: Any = rest
        for step in fault.path[:-1]:
            holder = holder[step]
        if fault.path and isinstance(holder, dict):
            holder.pop(fault.path[-1], None)
    return rest


def _unreadable(path: str, error: InvalidValue) -> Problem:
    found = _PLACE.fullmatch(error.message)
    line, said = (int(found["line"]), found["said"]) if found else (0, error.message)
    return _problem(path, line, Fault((), said, error.hint, "text"))


def _problem(path: str, line: int, fault: Fault) -> Problem:
    return Problem(
        file=path,
        line=line,
        pupil_id=pupil_of(path),
        path=fault.path,
        message=fault.message,
        mend=fault.mend,
        code=fault.code,
        note=fault.note,
        level=_level(fault),
    )


def _level(fault: Fault) -> str:
    if fault.code == check_groups.CODE and fault.note:
        return "may"
    return "should" if fault.code in {UNSAID, LIKELY, check_groups.CODE} else ""


def _placed(data: bytes, path: str, faults: Sequence[Fault]) -> list[Problem]:
    if not faults:
        return []
    line = _lines(data, load.load(data, path))
    return [_problem(path, line(fault.path), fault) for fault in faults]


def _lines(data: bytes, record: Record) -> Callable[[Place], int]:
    """A function from a path to its line: found quickly, or else by composing."""
    text = data.decode()
    composed: list[Callable[[Place], int]] = []

    def line(place: Place) -> int:
        if quick := line_of(text, record, place):
            return quick
        if not composed:
            composed.append(load.lines(text))
        return composed[0](place)

    return line


def _stray(path: str) -> Problem:
    message = "a pupil's record is named by its id alone, such as p7k2q.yaml"
    mend = (
        "Look at it for what the record lacks, then move it out of pupils/, or give it "
        f"its id as its name. If git has it too: git rm --cached {shell.quoted(path)}"
    )
    return _problem(path, 0, Fault((), message, mend, "id"))


_Judged = tuple[list[Problem], Record]
_Held = dict[str, tuple[Record, Callable[[Place], int]]]


def _judge_all(
    records: Records,
    paths: list[str],
    common: _SchoolFiles,
    processes: int,
    tick: Tick | None,
) -> list[_Judged]:
    books: _Held = {}

    def judge(path: str) -> tuple[list[tuple[Any, ...]], Record]:
        problems, row = _judge_one(records, path, common, books)
        return [contents(problem) for problem in problems], row

    # made once for all the processes, which have it from this one
    schema.fits({}, "pupil")
    judged = spread(judge, paths, tick, processes)
    return [
        ([_problem_from(told) for told in problems], row) for problems, row in judged
    ]


def _problem_from(told: Sequence[Any]) -> Problem:
    """A problem from another process, whose path is a list."""
    named = dict(zip(names(Problem), told, strict=True))
    return Problem(**{**named, "path": tuple(named["path"])})


def _judge_one(
    records: Records, path: str, common: _SchoolFiles, books: _Held
) -> _Judged:
    """The problems of one pupil's file, and facts to compare with other pupils'."""
    record, problems = _read(records, path)
    if record is None:
        return problems, {}
    # what was left out as faulty must not be told of as missing
    whole = all(problem.note for problem in problems)
    faults = integrity(record, common.school, common.provisions, common.groups)
    faults += double_faults(record, _keys("pupil"))
    faults += _named_otherwise(record, path)
    if faults:
        problems += _placed(records.read_bytes(path), path, faults)
    if common.judge is not None and whole:
        judged = common.judge(_known_part(record, path))
        problems += _lined(records, path, record, judged, books)
    row = {name: record[name] for name in _COMPARED if name in record}
    if common.day and common.school is not None and common.provisions is not None:
        around = School(common.school, common.provisions, common.groups or {})
        part = _known_part(record, path)
        row["in_groups"] = check_groups.placed(part, around, common.day)
    return problems, {**row, "id": pupil_of(path)}


def _lined(
    records: Records,
    path: str,
    record: Record,
    found: Iterable[Problem],
    books: _Held,
) -> Iterator[Problem]:
    """A judge's findings with their lines."""
    own: _Held = {}
    for problem in found:
        file = problem.file or path
        held = own if file == path else books
        if file not in held:
            whole = record if file == path else records.read(file)
            held[file] = whole, _lines(records.read_bytes(file), whole)
        whole, line = held[file]
        shown = place_name(whole, problem.path, load_schema(schema_of(file)))
        yield replace(problem, file=file, line=line(problem.path), place=shown)


def _named_otherwise(record: Record, path: str) -> Iterator[Fault]:
    pupil = pupil_of(path)
    if record["id"] != pupil:
        yield Fault(
            ("id",),
            f"id is {record['id']}, and the file is named {pupil}.yaml",
            f"Write id: {pupil}, or give the file the id as its name: "
            f"git mv {shell.quoted(path)} pupils/{record['id']}.yaml",
            "id",
        )


def _between(records: Records, rows: list[Record]) -> Iterator[Problem]:
    by_id = {str(row["id"]): row for row in rows}
    for pupil, fault in across(by_id):
        path = f"pupils/{pupil}.yaml"
        line = _lines(records.read_bytes(path), by_id[pupil])
        yield _problem(path, line(fault.path), fault)


def _in_groups(
    records: Records, rows: list[Record], groups: Record, day: str
) -> Iterator[Problem]:
    for pupil, fault in check_groups.faults(rows, groups, day):
        path = f"pupils/{pupil}.yaml"
        record = records.read(path)
        line = _lines(records.read_bytes(path), record)
        shown = place_name(record, fault.path, load_schema("pupil"))
        yield replace(_problem(path, line(fault.path), fault), place=shown)
