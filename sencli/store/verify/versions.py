"""Check that each version of each record is valid and its dates plausible."""

from __future__ import annotations

import re
import time
from contextlib import closing
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import IntegrityFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.files.check_result import CheckResult
from sencli.store.files.commit_words import count
from sencli.store.git import objects
from sencli.store.git.process import Blobs
from sencli.store.history.clock import SLACK
from sencli.store.records.draft import judge
from sencli.store.records.records import pupil_of
from sencli.store.records.records import schema_of
from sencli.store.text.version_parser import VersionParser
from sencli.store.trust.signed import SHORT
from sencli.store.verify.stated_actions import Deeds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.log import Commit
    from sencli.store.git.log import Touched
    from sencli.store.records.committed import CommittedRecords
    from sencli.store.repository.repository import Repository

DAY = 86_400
_FILES = ("100644", "100755")
_FAR = 253_402_300_799  # the last second that has a day
# A day in any field but those that say what is planned: by, review_by, from, until.
_DAY = re.compile(
    rb": *['\"]?([0-9]{4}-[0-9]{2}-[0-9]{2})"
    rb"(?<!by: .{10})(?<!from: .{10})(?<!until: .{10})"
)


def dates(history: list[Commit]) -> Iterator[CheckResult]:
    """Dates that run backwards or are still to come.

    A clock that was wrong is a warning: the order of the changes does not hang on it. A
    date that no clock gives, since the change was written on another day, is a breach.
    """
    seconds = {commit.name: commit.seconds for commit in history}
    wrong = 0
    for commit in history:
        latest = max((seconds.get(name, 0) for name in commit.parents), default=0)
        back = latest - commit.seconds
        ahead = commit.seconds - time.time()
        written = _written(commit)
        if written:
            yield written
        if back <= 0 and ahead <= SLACK:
            continue
        wrong += 1
        level = "breach" if written and max(back, ahead) > DAY else "warning"
        day, name = _day(commit.seconds), commit.name[:SHORT]
        if back > 0:
            message = (
                f"{name} is dated {day}, before the change that it follows "
                f"({_day(latest)}): {_backwards(commit, latest, back, written)}"
            )
        else:
            message = f"{name} is dated {day}, in the future: {_ahead(written)}"
        yield CheckResult("dates", level, message, commit=commit.name)
    if not wrong:
        yield CheckResult("dates", "ok", "The dates run forwards.")


def _day(seconds: int) -> str:
    return time.strftime("%Y-%m-%d", time.gmtime(min(seconds, _FAR)))


def _backwards(
    commit: Commit, latest: int, back: int, written: CheckResult | None
) -> str:
    if written and back > DAY:
        return f"it was dated back, since it was written on {commit.date[:10]}."
    if latest > time.time():
        return "that one's clock ran ahead."
    return (
        "the clock of one of the two computers was wrong, or it was dated back. "
        "It was made later than what it follows, whatever it says."
    )


def _ahead(written: CheckResult | None) -> str:
    if written:
        return "no clock gave it, since it was written on another day."
    return "the clock of the computer ran ahead."


def _written(commit: Commit) -> CheckResult | None:
    """A date of writing that is not that of the commit: the history shows the first."""
    try:
        written = datetime.fromisoformat(commit.date).timestamp()
    except ValueError:
        written = 0.0  # no date at all
    if abs(written - commit.seconds) <= DAY:
        return None
    return CheckResult(
        "dates",
        "warning",
        f"{commit.name[:SHORT]} says that it was written on {commit.date[:10]}, "
        f"and was committed on {_day(commit.seconds)}.",
        commit=commit.name,
    )


def versions(repository: Repository, history: list[Commit]) -> Iterator[CheckResult]:
    """Each version of each record, by its schema; events before they could be; deeds.

    A deed is what a commit changed: nothing else than what its action may.
    """
    deeds = Deeds(history)
    # file by file, so that each is read after the one before it
    wanted: dict[str, list[tuple[Commit, Touched]]] = {}
    for commit in reversed(history):
        for file in commit.files:
            if _record(file.path):
                wanted.setdefault(file.path, []).append((commit, file))
            elif len(commit.parents) <= 1:
                deeds.file(commit, file)
    looked = _Looked(repository.committed())
    names = [
        name
        for steps in wanted.values()
        for name in dict.fromkeys(f.blob for _, f in steps if f.mode in _FILES)
    ]
    found: list[tuple[str, CheckResult]] = []
    with (
        repository.told("Checking every version", len(names)) as tick,
        closing(Blobs(repository.git)) as blobs,
    ):
        contents = blobs.of(names)
        for path, steps in wanted.items():
            found += looked.steps(path, steps, contents, deeds)
            if tick is not None:
                tick(len({file.blob for _, file in steps if file.mode in _FILES}))
    order = {commit.name: number for number, commit in enumerate(reversed(history))}
    yield from (check for _, check in sorted(found, key=lambda one: order[one[0]]))
    if not looked.wrong:
        number = sum(
            len({file.blob for _, file in steps if file.mode in _FILES})
            for path, steps in wanted.items()
            if pupil_of(path)
        )
        message = f"Every version of every record is valid ({number} of pupils)."
        yield CheckResult("schema", "ok", message)
    yield from deeds.checks(history)
    if not deeds.wrong and deeds.held:
        message = (
            f"{count(len(deeds.held))} held to the action: each touches only what that "
            "may. Whether what was typed is true, no check of the history can say."
        )
        yield CheckResult("trailers", "ok", message)


def _record(path: str) -> bool:
    try:
        return bool(schema_of(path))
    except InvalidValue:
        return True  # among the records, and cannot be one


class _Looked:
    """What was checked, and the results.

    Args:
        now: the records as they were committed last.

    Attributes:
        wrong: how many versions are no valid records.
    """

    def __init__(self, now: CommittedRecords) -> None:
        self.wrong = 0
        self._unread: set[str] = set()
        self._now = now
        self._early: set[tuple[str, str, str]] = set()
        self._parts = VersionParser("")

    def steps(
        self,
        path: str,
        steps: list[tuple[Commit, Touched]],
        contents: Iterator[tuple[str, bytes | None]],
        deeds: Deeds,
    ) -> list[tuple[str, CheckResult]]:
        """What is to be said of all versions of one file, by commits.

        Args:
            path: the file.
            steps: the commits that changed it, oldest first.
            contents: what they made of it, each once.
            deeds: is given each change.
        """
        found: list[tuple[str, CheckResult]] = []
        known: dict[str, dict[str, Any] | None] = {objects.ZERO: None}
        self._parts = VersionParser(path)
        for commit, file in steps:
            # what several commits hold is told of the oldest
            if file.mode in _FILES and file.blob not in known:
                _, data = next(contents)
                checks = self._at(commit, file, data, known)
                found += [(commit.name, check) for check in checks]
            if len(commit.parents) > 1:
                continue
            if file.before[0] not in known:
                self._before(path, file.before[0], known)
            sides = file.before[0], file.blob
            if not self._unread.intersection(sides):
                old, new = (known.get(name) for name in sides)
                deeds.record(commit, path, old, new)
        return found

    def _before(
        self, path: str, name: str, known: dict[str, dict[str, Any] | None]
    ) -> None:
        """Read what stood before the history in this copy begins."""
        try:
            known[name] = judge(path, self._now.content(name), self._parts)
        except (InvalidValue, NotFound, IntegrityFault):
            self._unread.add(name)

    def _at(
        self,
        commit: Commit,
        file: Touched,
        data: bytes | None,
        known: dict[str, dict[str, Any] | None],
    ) -> Iterator[CheckResult]:
        """What is to be said of the version of a file that a commit holds."""
        known[file.blob] = None
        try:
            if data is None:
                data = self._now.content(file.blob)  # says what is wrong
            record = judge(file.path, data, self._parts)
            known[file.blob] = record
            if pupil_of(file.path):
                yield from _early(commit, file.path, data, record, self._early)
        except (InvalidValue, NotFound) as error:
            self.wrong += 1
            self._unread.add(file.blob)
            level = "breach" if commit.action or _stands(self._now, file) else "warning"
            fault = error.message.splitlines()[0]
            message = f"{commit.name[:SHORT]} has an invalid record: {fault}"
            yield CheckResult(
                "schema", level, message, commit=commit.name, path=file.path
            )


def _early(
    commit: Commit,
    path: str,
    data: bytes,
    record: dict[str, Any],
    known: set[tuple[str, str, str]],
) -> Iterator[CheckResult]:
    """Events that were recorded before they can have happened, each told once."""
    # a day more: the clock of another time zone
    made = datetime.fromtimestamp(commit.seconds, UTC) + timedelta(days=1)
    day = made.date().isoformat()
    if max(_DAY.findall(data), default=b"").decode() <= day:
        return
    from sencli.core.checks.future_events import ahead

    for words, when in ahead(record, day):
        if (path, words, when) not in known:
            known.add((path, words, when))
            message = (
                f"{commit.name[:SHORT]} records {words} of {pupil_of(path)} on {when}, "
                "which was still to come then."
            )
            yield CheckResult(
                "dates", "warning", message, commit=commit.name, path=path
            )


def _stands(now: CommittedRecords, file: Touched) -> bool:
    try:
        return now.tree.find(file.path) == file.blob
    except InvalidValue:
        return False
