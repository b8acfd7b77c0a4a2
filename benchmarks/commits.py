"""Years of small commits in a bench school: one a change, as `sen` makes them."""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from itertools import islice
from pathlib import Path

AUTHOR = b"J. Patel <senco@bench.example>"
BEGUN = datetime(2023, 11, 24, 16, tzinfo=UTC)
ENDS = datetime(2026, 11, 20, 15, tzinfo=UTC)
# Of so many pupils most is recorded; chance decides how much of each.
BUSY = 40
DO, SESSIONS = b"\n  do:\n", b"    sessions:\n"
MEASUREMENTS = b"    measurements:\n"


def git(folder: Path, *args: str, feed: bytes | None = None) -> None:
    """Run git in a folder; it must succeed."""
    subprocess.run(["git", "-C", str(folder), *args], input=feed, check=True)


def first(folder: Path) -> None:
    """Make the files of a folder a repository with one commit."""
    git(folder, "init", "-q", "-b", "main")
    settings = {
        "user.name": "J. Patel",
        "user.email": "senco@bench.example",
        "gc.auto": "0",
    }
    for name, value in settings.items():
        git(folder, "config", name, value)
    names = sorted(
        p for p in folder.rglob("*") if p.is_file() and ".git" not in p.parts
    )
    feed = [_commit(BEGUN, b"A school to measure with")]
    for path in names:
        body = path.read_bytes()
        place = path.relative_to(folder).as_posix().encode()
        feed.append(b"M 100644 inline %s\ndata %d\n%s\n" % (place, len(body), body))
    _import(folder, feed)


def history(folder: Path, ids: list[str], commits: int, seed: int) -> None:
    """Add so many commits of one changed record each.

    All versions of one record are given to git in a row, so that it stores them as
    differences, as a repository does that was packed.
    """
    rng = random.Random(seed)
    records = dict(islice(_growing(folder, rng.sample(ids, len(ids))), BUSY))
    changed = rng.choices([*records], k=commits)
    step = (ENDS - BEGUN) / (commits + 1)
    verbs: dict[int, bytes] = {}

    def feed() -> Iterator[bytes]:
        for name, record in records.items():
            for n in (n for n in range(commits) if changed[n] == name):
                verbs[n], body = record.change(rng, n, BEGUN + (n + 1) * step)
                yield b"blob\nmark :%d\ndata %d\n%s\n" % (n + 1, len(body), body)
        for n, name in enumerate(changed):
            words = (_SAID[verbs[n]], name.encode(), name.encode(), verbs[n])
            message = b"%s for %s\n\nPupil: %s\nAction: %s\n" % words
            yield _commit(BEGUN + (n + 1) * step, message)
            if n == 0:
                yield b"from refs/heads/main^0\n"
            yield b"M 100644 :%d pupils/%s.yaml\n" % (n + 1, name.encode())

    _import(folder, feed())


def _growing(folder: Path, ids: list[str]) -> Iterator[tuple[str, Growing]]:
    """Those whose open cycle has sessions and measurements already."""
    for pupil_id in ids:
        text = (folder / "pupils" / f"{pupil_id}.yaml").read_bytes()
        done = text[text.rfind(DO) :]
        if SESSIONS in done and MEASUREMENTS in done:
            yield pupil_id, Growing(text)


_SAID = {
    b"session.log": b"Log a session",
    b"outcome.measure": b"Measure an outcome",
    b"pupil.set": b"Correct a record",
}


def _commit(when: datetime, message: bytes) -> bytes:
    stamp = int(when.timestamp())
    lines = b"commit refs/heads/main\ncommitter %s %d +0000\ndata %d\n%s\n"
    return lines % (AUTHOR, stamp, len(message), message)


def _import(folder: Path, feed: Iterator[bytes] | list[bytes]) -> None:
    words = ["git", "-C", str(folder), "fast-import", "--quiet", "--done"]
    with subprocess.Popen(words, stdin=subprocess.PIPE) as process:
        if process.stdin is None:
            raise OSError("git took nothing")
        process.stdin.writelines(feed)
        process.stdin.write(b"done\n")
        process.stdin.close()
        if process.wait():
            raise OSError("git fast-import failed")
    git(folder, "reset", "-q", "--hard")
    git(folder, "repack", "-adq")


class Growing:
    """A record's canonical text, to which a school year adds line by line.

    Sessions and measurements go where `sen` puts them, behind the last of the open
    cycle; corrections stand at the end.
    """

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._item, self._outcome = self._taught()
        logged = rb"- \{date: ([-0-9]+), intervention: " + self._item
        self._logged = Counter(re.findall(logged, text))

    def _taught(self) -> tuple[bytes, bytes]:
        """The last intervention and its outcome, from the last plan."""
        plan = self._text[self._text.rindex(b"\n  plan:\n") :]
        plan = plan[plan.index(b"    interventions:\n") :]
        found = re.search(rb"- id: (\w+).*?outcomes:\s*(?:- |\[)(\w+)", plan, re.DOTALL)
        if found is None:
            raise ValueError("The record has no intervention to log")
        return found[1], found[2]

    def change(
        self, rng: random.Random, number: int, when: datetime
    ) -> tuple[bytes, bytes]:
        """The text after one change more, and what was done."""
        day = when.date().isoformat().encode()
        chance = rng.random()
        if chance < 0.75:
            self._log(day)
            return b"session.log", self._text
        if chance < 0.9:
            entry = b"    - {id: mm%05d, date: %s, outcome: %s, value: %d}\n"
            self._put(
                MEASUREMENTS,
                entry % (number, day, self._outcome, rng.randint(10, 60)),
            )
            return b"outcome.measure", self._text
        head = b"" if b"\ncorrections:\n" in self._text else b"corrections:\n"
        entry = b"- {id: z%06d, date: %s, path: last_name, reason: Typed wrongly}\n"
        self._text += head + entry % (number, day)
        return b"pupil.set", self._text

    def _log(self, day: bytes) -> None:
        self._logged[day] += 1
        count = self._logged[day]
        ordinal = b", ordinal: %d" % count if count > 1 else b""
        line = b"    - {date: %s, intervention: %s%s, by: A01}\n"
        self._put(SESSIONS, line % (day, self._item, ordinal))

    def _put(self, key: bytes, line: bytes) -> None:
        """A line behind the last of that list of the last cycle."""
        at = self._text.index(key, self._text.rindex(DO)) + len(key)
        while self._text.startswith(b"    - ", at):
            at = self._text.index(b"\n", at) + 1
        self._text = self._text[:at] + line + self._text[at:]
