"""Random rounds on two and three laptops that meet in one place or in two.

    python -m benchmarks.meetings [--steps 400] [--seeds 3]

Real commands are typed on each laptop in turn, meetings among them; questions are
answered at random. In some runs the ids are so few that two laptops often give the
same. At the end all meet until they hold the same, and then:

- *lost*: commits of confirmed commands that are not in everybody's history, and entries
  that nobody removed and that are not in everybody's records;
- *mixed*: answers that stand by another entry than the one they were typed for, and
  attachments whose content is another's;
- *unlike*: laptops that do not come to hold the same;
- *known*: days of which a laptop gives another answer than it had on that evening;
- *undone*: times that ``sen undo`` took back another laptop's act;
- *faults*: what ``sen check`` and ``sen verify`` find, and git in its own.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from unittest.mock import patch

import yaml

from sencli.cli.shell.run import run
from sencli.store.repository.repository import Repository
from sencli.store.trust.history_on_day import known_at

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGUN = datetime(2026, 1, 5, 12, tzinfo=UTC)
_CONFLICT = 6
_MEETINGS = 12
_FEW = 4
_EVENING = 15  # acts a day
PLACES = ("north", "south")
_TOKEN = re.compile(r"T\d+x")
_FILE_FAULTS = re.compile(r"is used for two things|nowhere|two entries of|breach")


@dataclass
class Figures:
    """What a run came to."""

    laptops: int
    places: int
    few_ids: bool
    confirmed: int = 0
    met: int = 0
    asked: int = 0
    lost: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    unlike: int = 0
    known: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def right(self) -> bool:
        """Whether nothing is lost, mixed up, unlike or otherwise wrong."""
        wrong = (self.lost, self.mixed, self.known, self.undone, self.faults)
        return not self.unlike and not any(wrong)

    def row(self) -> str:
        """One line of the table."""
        wrong = (self.lost, self.mixed, self.known, self.undone, self.faults)
        lost, mixed, known, undone, faults = map(len, wrong)
        return (
            f"| {self.laptops} | {self.places} | {'few' if self.few_ids else 'all'} "
            f"| {self.confirmed} | {self.met} | {self.asked} | {lost} | {mixed} "
            f"| {self.unlike} | {known} | {undone} | {faults} | {self.seconds:.0f} |"
        )


@dataclass
class Laptop:
    """One laptop: its folder, where it meets, what was done on it and not undone."""

    folder: Path
    places: tuple[str, ...]
    own: list[str] = field(default_factory=list)
    last: list[tuple[str, str]] = field(default_factory=list)
    evenings: dict[date, str] = field(default_factory=dict)

    def type(self, *words: str) -> tuple[int, str, str]:
        """Type one command: exit code, output, errors."""
        out, err = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
        before = (sys.stdout, sys.stderr, sys.stdin, Path.cwd())
        try:
            sys.stdout, sys.stderr = out, err
            sys.stdin = io.TextIOWrapper(io.BytesIO(b""))
            os.chdir(self.folder)
            code = run(list(words))
        finally:
            sys.stdout, sys.stderr, sys.stdin = before[:3]
            os.chdir(before[3])
        return code, _all(out), _all(err)

    def git(self, *words: str) -> str:
        """What git says of it."""
        done = subprocess.run(
            ["git", *words], cwd=self.folder, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def records(self) -> dict[str, dict[str, Any]]:
        """Every pupil's record."""
        return {
            path.stem: yaml.safe_load(path.read_text("utf-8"))
            for path in sorted((self.folder / "pupils").glob("*.yaml"))
        }


def _all(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode(errors="replace")


@contextmanager
def _environment(**names: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(names)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class School:
    """A school with several laptops, and what was confirmed on them.

    Args:
        folder: an empty folder.
        laptops: how many.
        places: where they meet: one place, or two of which only some know both.
        seed: of all chance.
        few_ids: whether ids are so few that they often agree.
    """

    def __init__(
        self, folder: Path, laptops: int, places: int, seed: int, *, few_ids: bool
    ) -> None:
        self.rng = random.Random(f"{laptops} {places} {seed} {few_ids}")
        self.figures = Figures(laptops, places, few_ids)
        self.now = BEGUN
        self.count = 0
        self.added: set[str] = set()
        self.removed: set[str] = set()
        self._folder = folder
        self.laptops: list[Laptop] = []
        with self._today():
            self._begin(PLACES[:places], laptops)

    def _begin(self, known: tuple[str, ...], laptops: int) -> None:
        for name in known:
            _git(self._folder, "init", "-q", "--bare", "-b", "main", f"{name}.git")
        first = Laptop(self._folder / "laptop0", known)
        self.laptops.append(first)
        words = ("init", "laptop0", "--school", "Oak", "--senco", "J. Patel")
        Laptop(self._folder, ()).type(*words)
        for name in ("Amelia Khan", "Ben Adeyemi"):
            first.type("pupil", "add", name)
        for name in known:
            place = str(self._folder / f"{name}.git")
            _git(first.folder, "remote", "add", name, place)
            first.type("sync", name)
        for number in range(1, laptops):
            self._clone(number, known)

    def _clone(self, number: int, known: tuple[str, ...]) -> None:
        mine = known[-1:] if number > 1 else known
        home = self._folder / f"laptop{number}"
        _git(self._folder, "clone", "-q", "-o", mine[0], f"{mine[0]}.git", str(home))
        for name in mine[1:]:
            _git(home, "remote", "add", name, str(self._folder / f"{name}.git"))
        self.laptops.append(Laptop(home, mine))

    def days(self, steps: int) -> None:
        """Type so many commands, an evening after some of them."""
        for step in range(1, steps + 1):
            self.now += timedelta(minutes=5)
            with self._today():
                self._step(self.rng.choice(self.laptops))
            if step % _EVENING == 0:
                for laptop in self.laptops:
                    laptop.evenings[self.now.date()] = laptop.git("rev-parse", "HEAD")
                self.now = (self.now + timedelta(days=1)).replace(hour=12, minute=0)

    @contextmanager
    def _today(self) -> Iterator[None]:
        stamp = f"{int(self.now.timestamp())} +0000"
        names = {f"GIT_{who}_DATE": stamp for who in ("AUTHOR", "COMMITTER")}
        names |= {
            f"GIT_{who}_{key}": value
            for who in ("AUTHOR", "COMMITTER")
            for key, value in (("NAME", "J. Patel"), ("EMAIL", "senco@oak.example"))
        }
        with (
            _environment(SENCLI_TODAY=self.now.date().isoformat(), **names),
            self._ids(),
        ):
            yield

    @contextmanager
    def _ids(self) -> Iterator[None]:
        """Ids as ever, or so few that two laptops agree."""
        if not self.figures.few_ids:
            yield
            return
        seed = self.rng.randrange(_FEW)
        with patch.object(random, "SystemRandom", lambda: random.Random(seed)):
            yield

    def _step(self, laptop: Laptop) -> None:
        acts = [self.concern] * 5 + [self.response] * 4 + [self.document, self.pupil]
        acts += [self.flag, self.name, self.name, self.remove, self.undo]
        acts += [self.meet] * 4
        self.rng.choice(acts)(laptop)

    def _confirm(self, laptop: Laptop, *words: str) -> dict[str, Any] | None:
        """Type a command that saves; what it said, or None where it was refused."""
        code, out, err = laptop.type(*words, "--format", "json")
        if code:
            if code == 70 or "Traceback" in err:
                self.figures.faults.append(f"{words}: {err}")
            return None
        said: dict[str, Any] = json.loads(out)
        if not said["commit"]:
            return None
        self.figures.confirmed += 1
        laptop.own.append(said["commit"])
        if said["action"] != "undo":
            laptop.last.append((said["commit"], said["action"]))
        return said

    def _token(self) -> str:
        self.count += 1
        return f"T{self.count}x"

    def _someone(self, laptop: Laptop) -> tuple[str, dict[str, Any]]:
        return self.rng.choice(sorted(laptop.records().items()))

    def concern(self, laptop: Laptop) -> None:
        """Enter a concern."""
        who, token = self._someone(laptop)[0], self._token()
        if self._confirm(laptop, "concern", "add", who, "--concern", f"Seems {token}"):
            self.added.add(token)

    def response(self, laptop: Laptop) -> None:
        """Enter what was done about a concern."""
        who, record = self._someone(laptop)
        if concerns := record.get("concerns"):
            one = self.rng.choice(concerns)
            words = f"For {_TOKEN.findall(one['concern'])[0]} did {self._token()}"
            self._confirm(laptop, "concern", "set", who, one["id"], "--response", words)

    def document(self, laptop: Laptop) -> None:
        """Attach a file."""
        who, token = self._someone(laptop)[0], self._token()
        file = self._folder / "letter.txt"
        file.write_text(f"Letter {token}")
        words = ("document", "add", who, str(file), "--title", f"Letter {token}")
        if self._confirm(laptop, *words):
            self.added.add(token)

    def pupil(self, laptop: Laptop) -> None:
        """Enter a new pupil, with a contact."""
        token = self._token()
        said = self._confirm(laptop, "pupil", "add", f"Child {token}")
        if said:
            self.added.add(token)
            who, parent = said["ids"]["pupil"], self._token()
            if self._confirm(laptop, "contact", "add", who, f"For {token} is {parent}"):
                self.added.add(parent)

    def flag(self, laptop: Laptop) -> None:
        """Enter a flag from today."""
        self._confirm(laptop, "flag", "add", self._someone(laptop)[0], "eal")

    def name(self, laptop: Laptop) -> None:
        """Change a field that others change too."""
        who = self._someone(laptop)[0]
        self._confirm(laptop, "pupil", "set", who, f"known_as={self._token()}")

    def remove(self, laptop: Laptop) -> None:
        """Take a concern out."""
        who, record = self._someone(laptop)
        if concerns := record.get("concerns"):
            one = self.rng.choice(concerns)
            if self._confirm(laptop, "remove", who, one["id"], "--yes"):
                self.removed.update(_TOKEN.findall(one["concern"]))

    def undo(self, laptop: Laptop) -> None:
        """Take back the last act of this laptop, if others cannot have built on it."""
        if not laptop.last or laptop.last[-1][1] == "pupil.add":
            return
        before = {t for t in self.added if t in _text(laptop)}
        said = self._confirm(laptop, "undo", "--yes")
        if said:
            self.removed.update(before - set(_texts(laptop)))
            if said["undoes"] != laptop.last.pop()[0]:
                self.figures.undone.append(said["undoes"])

    def meet(self, laptop: Laptop) -> None:
        """Meet in one of the places; questions are answered at random."""
        words = ["sync", self.rng.choice(laptop.places)]
        code, _, err = laptop.type(*words)
        for _ in range(_MEETINGS):
            if code != _CONFLICT or "--take" not in err:
                break
            answer = self.rng.choice(("mine", "theirs"))
            self.figures.asked += 1
            code, _, err = laptop.type(*words, "--take", f"all={answer}")
        self.figures.met += 1
        if code not in (0, _CONFLICT) or (code and "--take" in err):
            self.figures.faults.append(f"sync: {err}")

    def judge(self) -> Figures:
        """Let all meet until they agree, and look at what they hold."""
        figures = self.figures
        for _ in range(_MEETINGS):
            self.now += timedelta(minutes=1)
            with self._today():
                for laptop in self.laptops:
                    self.meet(laptop)
            heads = {laptop.git("rev-parse", "HEAD") for laptop in self.laptops}
            if len(heads) == 1:
                break
        figures.unlike = len(heads) - 1
        confirmed = {name for laptop in self.laptops for name in laptop.own}
        for laptop in self.laptops:
            there = set(laptop.git("rev-list", "HEAD").split())
            figures.lost += sorted(confirmed - there)
            figures.lost += sorted(self.added - self.removed - set(_texts(laptop)))
            figures.mixed += _mixed(laptop)
            figures.known += _forgotten(laptop)
            with self._today():
                said = [*laptop.type("check")[1:], laptop.type("verify")[1]]
            figures.faults += [
                line
                for line in "\n".join(said).splitlines()
                if _FILE_FAULTS.search(line)
            ]
            laptop.git("fsck", "--strict", "--no-dangling")
            if laptop.git("status", "--porcelain"):
                figures.faults.append("files that differ from the history")
        return figures


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


def _text(laptop: Laptop) -> str:
    return json.dumps(laptop.records(), default=str)


def _texts(laptop: Laptop) -> list[str]:
    return _TOKEN.findall(_text(laptop))


def _mixed(laptop: Laptop) -> list[str]:
    """What stands by another entry, or in another file, than it was typed for."""
    found = []
    for pupil, record in laptop.records().items():
        for one in record.get("concerns", ()):
            about = _TOKEN.findall(one["concern"])[0]
            if not f"{one.get('response', '')} ".startswith((f"For {about} ", " ")):
                found.append(f"{pupil}: {one}")
        for one in record.get("documents", ()):
            stored = laptop.folder / "documents" / pupil / one["file"]
            if not stored.exists() or stored.read_text() != one["title"]:
                found.append(f"{pupil}: {one}")
        mine = _TOKEN.findall(str(record.get("last_name", "")))
        found += [
            f"{pupil}: {one}"
            for one in record.get("contacts", ())
            if mine and f"For {mine[0]} " not in one["name"]
        ]
        if record["id"] != pupil:
            found.append(pupil)
    return found


def _forgotten(laptop: Laptop) -> list[str]:
    """The evenings of which another answer is given now."""
    repository = Repository.find(str(laptop.folder))
    found = [
        day.isoformat()
        for day, head in laptop.evenings.items()
        if known_at(repository, day).commit != head
    ]
    repository.close()
    return found


def rounds(folder: Path, kind: tuple[int, int, bool], seed: int, steps: int) -> Figures:
    """One run in an empty folder: laptops, places, few ids."""
    begun = time.monotonic()
    laptops, places, few_ids = kind
    school = School(folder, laptops, places, seed, few_ids=few_ids)
    school.days(steps)
    figures = school.judge()
    figures.seconds = time.monotonic() - begun
    return figures


def main() -> int:
    """Run all kinds and print a table; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--seeds", type=int, default=3)
    typed = parser.parse_args()
    print(
        "| laptops | places | ids | confirmed | met | asked | lost | mixed | unlike "
        "| known | undone | faults | s |"
    )
    print("|---|---|---|" + "---:|" * 10)
    wrong = 0
    for few_ids in (False, True):
        for laptops, places in ((2, 1), (2, 2), (3, 1), (3, 2)):
            for seed in range(typed.seeds):
                with tempfile.TemporaryDirectory() as folder:
                    kind = (laptops, places, few_ids)
                    figures = rounds(Path(folder), kind, seed, typed.steps)
                print(figures.row(), flush=True)
                if not figures.right:
                    wrong = 1
                    print(figures, file=sys.stderr)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
