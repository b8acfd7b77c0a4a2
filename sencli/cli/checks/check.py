"""``sen check``: the files and the Code of Practice, in one list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import Reading
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import listing
from sencli.core.record.types import Record
from sencli.core.text.plural import plural
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.store.records.check import Problem
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sencli.rules import Judge
    from sencli.store.repository.repository import Repository


SHOWN = {
    "must": {"must"},
    "should": {"must", "reminder", "should"},
    "all": {"must", "reminder", "should", "may"},
}


@click.command()
@click.argument("targets", nargs=-1, metavar="[PUPIL|FILE]...")
@click.option(
    "--level",
    type=click.Choice(list(SHOWN)),
    default="should",
    help="must: duties alone; should: guidance too (default); all: notes too.",
)
@click.option("--rule", "codes", multiple=True, metavar="CODE", help="This rule alone.")
@click.option("--each", is_flag=True, help="Every finding by itself, with its command.")
@click.option("--strict", is_flag=True, help="Exit 1 on unmet guidance too.")
@clocks
@listing
@pass_app
def check(
    app: App,
    *,
    targets: tuple[str, ...],
    level: str,
    codes: tuple[str, ...],
    each: bool,
    strict: bool,
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> int:
    """Check the records; exit 1 on any fault.

    Faults of the files and unmet duties of the Code of Practice come in one list,
    what matters most first, each with the command that mends it. Where one rule finds
    three pupils or more, they share a line, and so do the gaps of a plan of the last
    six weeks; --rule or --each shows each.
    """
    from sencli.cli.shell.output import emit
    from sencli.cli.shell.output import format_of
    from sencli.cli.shell.output import on_screen
    from sencli.cli.shell.output import one_table
    from sencli.documents.lists.findings import build

    wanted_codes = frozenset(_code(typed) for typed in codes)
    reading = app.read(known_at, as_at)
    pupils, files = _targets(app, reading, targets)
    found = [
        _finding(problem)
        for problem in _problems(reading, pupils, files, wanted_codes)
        if not wanted_codes or problem.code in wanted_codes
    ]
    _name(reading, found)
    _mark_new_plans(reading, found)
    shown = [
        f
        for f in found
        if f["level"] in SHOWN[level] and (level == "all" or not f["answer"])
    ]
    looked_at = _looked_at(reading, pupils, files)
    wanted = format_of(fmt, output)
    alone = each or bool(codes or files) or wanted == "json" or one_table(wanted)
    if fmt is None and output is None and not alone and on_screen():
        _screen(app, reading, shown, found, looked_at)
    else:
        school, day = _school(reading), reading.day
        view = build(shown, found, school, day, looked_at, each=alone)
        emit(app, [view], fmt, output, force=force)
    bad = {"must", "should"} if strict else {"must"}
    return int(any(f["level"] in bad and not f["answer"] for f in found))


def _screen(
    app: App,
    reading: Reading,
    shown: list[dict[str, Any]],
    found: list[dict[str, Any]],
    looked_at: str,
) -> None:
    """The first screen, whose lines `sen do` can mend."""
    from sencli.cli.shell import first_screen
    from sencli.cli.shell.last_list import Task
    from sencli.cli.shell.last_list import keep
    from sencli.documents.lists import findings_screen

    rows = findings_screen.listed(shown)
    told = (len(shown), found, _school(reading), reading.day, looked_at)
    room = first_screen.show(
        app, lambda room: findings_screen.build(rows, room, *told), len(rows)
    )
    tasks = [Task(findings_screen.sentence(r), r["mend"]) for r in rows[:room]]
    keep(app.repo, tasks)


def _looked_at(reading: Reading, pupils: frozenset[str], files: frozenset[str]) -> str:
    """``33 records``, ``1 file``."""
    what = "file" if files and not pupils else "record"
    count = len(pupils) or len(files) or len(reading.source.pupil_ids())
    return plural(count, what)


def _code(typed: str) -> str:
    from sencli.rules import NOT_SHOWN
    from sencli.rules import rule_of

    found = rule_of(typed)
    if found is not None:
        return found.code
    if (hidden := NOT_SHOWN.get(typed.strip().upper())) is not None:
        raise NotFound(f"{typed} is not a rule here. {hidden.reason}", "See: sen rule")
    raise NotFound(f"There is no rule {typed!r}.", "See them all: sen rule")


def _targets(
    app: App, reading: Reading, targets: tuple[str, ...]
) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the pupils, and the files, that were named."""
    from sencli.store.records.records import pupil_of

    pupils: set[str] = set()
    files: set[str] = set()
    for target in targets:
        if "/" in target or target.endswith((".yaml", ".yml")):
            path = _path(app, target)
            files.add(path)
            pupils.update(filter(None, [pupil_of(path)]))
        else:
            pupils.add(app.pupil_id(target, reading.source))
    return frozenset(pupils), frozenset(files)


def _path(app: App, typed: str) -> str:
    """A file as the records name it, typed from the root or from here."""
    root = Path(app.repo.root).resolve()
    for base in (Path.cwd(), root):
        place = (base / typed).resolve()
        if place.is_relative_to(root) and place.is_file():
            return place.relative_to(root).as_posix()
    raise UsageFault(
        f"{typed} is not a file of these records.",
        "Name a pupil, or a file such as pupils/p7k2q.yaml or school.yaml.",
    )


def _school(reading: Reading) -> dict[str, Any]:
    """The school for the heading: a slip in its file is in the list itself."""
    from sencli.store.records.valid_part import read

    return read(reading.source, "school.yaml", None)[0]


def _problems(
    reading: Reading,
    pupils: frozenset[str],
    files: frozenset[str],
    codes: frozenset[str],
) -> Iterable[Problem]:
    """Problems of the pupils and files named, or of all."""
    from sencli.store.records.check import check_files
    from sencli.store.records.check import check_records
    from sencli.store.repository.repository import Repository

    judge = None
    if pupils or not files:
        school, whole = _book(reading, "school.yaml")
        provisions, known = _book(reading, "provisions.yaml")
        judge = Judging(
            school,
            provisions,
            reading.day,
            reading.filtered,
            pupils,
            codes,
            whole=whole and known,
        )
    day = reading.day if judge is not None else ""
    if isinstance(reading.source, Repository):
        from sencli.cli.shell.progress import progress

        with progress("Checking", len(reading.source.pupil_ids())) as tick:
            root = Path(reading.source.root)
            found = check_files(root, judge=judge, tick=tick, day=day)
        astray = _astray(reading.source)
        named = {problem.file for problem in astray}
        found += astray
        found += [
            one for one in _missing_files(reading.source) if one.file not in named
        ]
    else:
        found = check_records(reading.source, judge=judge, day=day)
    everything = not pupils and not files
    once: dict[tuple[object, ...], Problem] = {}
    for problem in found:
        mine = problem.pupil_id in pupils or problem.file in files
        of_school = bool(problem.level) and not problem.pupil_id
        if everything or mine or of_school:
            key = (problem.code, problem.file, problem.path, problem.message)
            once.setdefault(key, problem)
    return once.values()


def _book(reading: Reading, path: str) -> tuple[dict[str, Any], bool]:
    """The valid part of a school file, and whether that is all of it."""
    from sencli.store.records.valid_part import read
    from sencli.store.repository.repository import Repository

    here = reading.source
    if not isinstance(here, Repository):
        return read(here, path, None)
    try:
        return read(here, path, here.committed)
    finally:
        here.close()


def _missing_files(repo: Repository) -> Iterable[Problem]:
    """Each file of the history that is not in the folder."""
    from sencli.store.records import missing_files
    from sencli.store.records.records import TOP
    from sencli.store.records.records import pupil_of
    from sencli.store.repository import restore_files

    for path in restore_files.everything(repo):
        if path in TOP:  # that it cannot be read is said already
            continue
        message = "the history has this file, and it is gone from the folder"
        yield Problem(
            path, 0, pupil_of(path), (), message, missing_files.RESTORE, "gone"
        )


def _astray(repository: Repository) -> list[Problem]:
    """The attachments and schemas that are not as they were put there."""
    from sencli.store.repository.attachments import astray

    try:
        return [
            Problem(
                file=one.path,
                line=0,
                pupil_id=one.pupil_id,
                path=(),
                message=one.message,
                mend=one.mend,
                code=one.kind,
                level="should" if one.what in ("unnamed", "new") else "",
                place=f"documents[{one.entry}]" if one.entry else "",
            )
            for one in astray(repository.git, repository, repository.committed())
        ]
    except SencliError as error:
        message = f"The attachments cannot be looked at: {error.message}"
        return [Problem("documents", 0, "", (), message, error.hint, "attachment")]
    finally:
        repository.close()


def _finding(problem: Problem) -> dict[str, Any]:
    level = problem.level or ("may" if problem.note else "must")
    return {
        "code": problem.code,
        "level": level,
        "pupil": problem.pupil_id,
        "path": problem.place or ".".join(map(str, problem.path)),
        "file": problem.file,
        "line": problem.line,
        "message": _sentence(problem),
        "mend": problem.mend,
        "answer": problem.answer,
        "together": problem.together,
    }


def _sentence(problem: Problem) -> str:
    """It begins with a capital, unless with the name of a file."""
    if problem.message.startswith(problem.file):
        return problem.message
    return problem.message[:1].upper() + problem.message[1:]


def _name(reading: Reading, found: list[dict[str, Any]]) -> None:
    """Put the pupils' names beside their ids."""
    from sencli.store.repository.pupil_names import of_id

    names: dict[str, str] = {}
    for pupil_id in {finding["pupil"] for finding in found}:
        with suppress(SencliError):
            if named := of_id(reading.source, pupil_id):
                names[pupil_id] = named.shown
    for finding in found:
        finding["name"] = names.get(finding["pupil"], finding["pupil"])


def _mark_new_plans(reading: Reading, found: list[dict[str, Any]]) -> None:
    """Put beside each finding about a new cycle which it is, else ""."""
    from sencli.core.record.lookup import new_cycles

    plans: dict[str, dict[str, str]] = {}
    for finding in found:
        path, pupil = finding["path"], finding["pupil"]
        finding["new"] = ""
        if not path.startswith("cycles[") or finding["level"] != "should":
            continue
        if pupil not in plans:
            plans[pupil] = {}
            with suppress(SencliError):
                plans[pupil] = new_cycles(reading.pupil(pupil), reading.day)
        cycle = path.removeprefix("cycles[").partition("]")[0]
        finding["new"] = "" if finding["answer"] else plans[pupil].get(cycle, "")


class Judging(Value):
    """Judges one record after another; another process can have it too.

    Attributes:
        school: the school.
        provisions: the catalogue.
        day: ISO date on which the records are judged.
        as_at: whether what is dated after the day is left out.
        only: ids of the pupils to judge; empty is everybody.
        codes: codes of the rules to ask; empty is all.
        whole: whether this is all of the school; of a part, what seems to be missing
            is not told.
    """

    school: Record
    provisions: Record
    day: str
    as_at: bool = False
    only: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    whole: bool = True

    def __getstate__(self) -> dict[str, Any]:
        """Without the rules themselves: the other process has its own."""
        return {k: v for k, v in self.__dict__.items() if k != "_made"}

    def _judge(self) -> Judge:
        if "_made" not in self.__dict__:
            from sencli.core.statutory.deadlines import BankHolidays
            from sencli.rules import RULES
            from sencli.rules import Judge

            self.__dict__["_made"] = Judge(
                self.school,
                self.day,
                provisions=self.provisions,
                rules=[r for r in RULES if not self.codes or r.code in self.codes],
                bank_holidays=BankHolidays(),
            )
        made: Judge = self.__dict__["_made"]
        return made

    def __call__(self, record: Record) -> Iterator[Problem]:
        """The rules' findings as problems, without lines."""
        pupil_id = str(record["id"])
        if self.only and pupil_id not in self.only:
            return
        judge = self._judge()
        if not self.as_at and not self.codes:
            yield from self._of_days(record, pupil_id)
        seen = self._on_the_day(record)
        of_school = judge.of_school(seen) if self.whole else ()
        for finding in (*judge.findings(seen), *of_school):
            path = finding.path
            if seen is not record and not finding.file:
                path = self._in_file(path, seen, record)
            yield Problem(
                file=finding.file,
                line=0,
                pupil_id="" if finding.file else pupil_id,
                path=path,
                message=finding.message,
                mend=finding.mend,
                code=finding.code,
                level=finding.level,
                answer=finding.excepted,
                together=finding.together,
            )

    def _of_days(self, record: Record, pupil_id: str) -> Iterator[Problem]:
        from sencli.core.checks.future_events import left_open
        from sencli.core.checks.future_events import to_come
        from sencli.core.record.items import place_name
        from sencli.resources import load_schema

        def shown(path: tuple[str | int, ...]) -> str:
            return place_name(record, path, load_schema("pupil"))

        found = to_come(record, self.day, shown), left_open(record, self.day)
        for fault in chain.from_iterable(found):
            yield Problem(
                "", 0, pupil_id, fault.path, fault.message, fault.mend, fault.code
            )

    def _on_the_day(self, record: Record) -> Record:
        if not self.as_at:
            from sencli.core.checks.future_events import done_by

            return done_by(record, self.day)
        from sencli.core.record.as_at import as_at
        from sencli.resources import load_schema

        return as_at(record, self.day, load_schema("pupil"))

    def _in_file(
        self, path: tuple[str | int, ...], seen: Record, record: Record
    ) -> tuple[str | int, ...]:
        from sencli.core.record.items import same_place
        from sencli.resources import load_schema

        return same_place(path, seen, record, load_schema("pupil"))
