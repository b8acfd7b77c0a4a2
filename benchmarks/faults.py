"""Kill or fail a write at every call that changes anything; see what is left.

    python -m benchmarks.faults [--points N] [--act single ...] [--fault group ...]

A small library (`faults_shim.c`, compiled here) counts the calls of the whole process
tree that change something in the repository. For every N, call N kills the process
group, kills the calling process alone, or fails with ENOSPC from there on or EIO once.
Then the next command reads, another writes, and git checks every object.
"""

from __future__ import annotations

import argparse
import contextlib
import errno
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import acts
from benchmarks import meeting
from benchmarks import powercut
from sencli.errors import SencliError
from sencli.store.repository.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).resolve().parent
FAULTS = {
    "group": ("group", 0, "kill -9 of all"),
    "one": ("one", 0, "kill -9 of one"),
    "enospc": ("from", errno.ENOSPC, "disk full from call N"),
    "eio": ("once", errno.EIO, "I/O error at call N"),
}
ACTS = (
    *("single", "several", "log", "new", "init", "undo", "batch", "erase", "sync"),
    *("places", *(name for name in acts.TYPED if name != "log")),
)
BORN = ("init", "init-sign")
# after these the same command brings about what it is for, whatever struck it
AGAIN = ("sign", "init-sign", "restore")
_SECONDS = 60
# a meeting that took in what came, and could not send
_SAFE = "safe here"


@dataclass(frozen=True)
class Outcome:
    """What one injected fault led to, once the next command had run.

    Attributes:
        state: "old", "new", or "half".
        status: the act's exit code, negative for a signal.
        faults: what must not be: "half", "lost", "untold", "blocked", "fsck",
            "leftover", "crash".
    """

    state: str
    status: int
    faults: tuple[str, ...]


def compiler() -> str:
    """The C compiler, or ""."""
    return shutil.which("cc") or shutil.which("gcc") or ""


def build(folder: Path) -> Path:
    """Compile the library into `folder`."""
    made = folder / "faults_shim.so"
    source = HERE / "faults_shim.c"
    subprocess.run(
        [compiler(), "-shared", "-fPIC", "-O1", "-o", str(made), str(source), "-ldl"],
        check=True,
        capture_output=True,
    )
    return made


class Bench:
    """A place to run acts in under faults.

    Args:
        folder: an empty folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._between: dict[str, bytes] = {}
        self._counted: dict[str, tuple[int, dict[str, bytes]]] = {}
        self._shim = build(folder)
        self._template = folder / "template"
        acts.things(folder)
        made = Repository.create(self._template, acts.starting_files(), acts.INIT)
        with made.batch() as batch:
            for pupil_id in acts.IDS:
                batch.change(acts.adds(pupil_id))
        with contextlib.redirect_stdout(io.StringIO()):
            acts.group(str(self._template))
        # where the one who is erased is named by hand
        named = f"Rang Ann {acts.ERASED}"
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        _git(self._template, *who, "commit", "--allow-empty", "-m", named)
        _git(self._template, *who, "tag", "-a", "-m", named, "named", "HEAD~1")
        _git(self._template, *who, "notes", "add", "-m", named)
        # what undo undoes
        made.change(acts.notes("before", *acts.IDS))
        # names that an erasure moves and takes away, packed and in files of their own
        for words in (
            ("branch", "older", "HEAD~1"),
            ("tag", "mark", "HEAD~2"),
            ("update-ref", "refs/remotes/origin/main", "HEAD"),
            ("pack-refs", "--all"),
            ("branch", "newer"),
        ):
            _git(self._template, *words)

    def fresh(self, act: str = "") -> Path:
        """A copy of the template, in its own folder so that `init` has one too."""
        area = self._folder / "area"
        shutil.rmtree(area, ignore_errors=True)
        area.mkdir()
        shutil.copytree(self._template, area / "oak", symlinks=True)
        if act in meeting.ACTS:
            if not (self._folder / meeting.REMOTE).exists():
                meeting.prepare(self._folder, self._template)
            meeting.lay(self._folder, area)
        with contextlib.redirect_stdout(io.StringIO()):
            acts.lay(act, area / "oak")
        return area

    def target(self, act: str, area: Path) -> Path:
        """The repository that an act works on."""
        return area / ("elm" if act in BORN else "oak")

    def run(self, act: str, area: Path, **settings: object) -> int:
        """Run an act under the library; its exit code."""
        state = self._folder / "state"
        state.write_bytes(bytes(8))
        env = dict(os.environ)
        env |= {
            "LD_PRELOAD": str(self._shim),
            "FAULTS_ROOT": str(area),
            "FAULTS_STATE": str(state),
            "PYTHONPATH": str(HERE.parent),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        env |= {f"FAULTS_{key.upper()}": str(value) for key, value in settings.items()}
        target = self.target(act, area)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.acts", act, str(target)],
            env=env,
            start_new_session=True,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            cwd=self._folder,
        )
        self.words = done.stderr.decode("utf-8", "replace")
        return done.returncode

    def count(self, act: str) -> tuple[int, dict[str, bytes]]:
        """How many calls an act makes, and the files it leaves; found out once."""
        if act not in self._counted:
            self._counted[act] = self._count(act)
        return self._counted[act]

    def _count(self, act: str) -> tuple[int, dict[str, bytes]]:
        area = self.fresh(act)
        if act == "places":
            self.run("sync", area, mode="count")
            self._between = files_of(self.target(act, area))
            area = self.fresh(act)
        status = self.run(act, area, mode="count")
        if status:
            msg = f"{act} fails by itself: {self.words}"
            raise RuntimeError(msg)
        calls = int.from_bytes((self._folder / "state").read_bytes(), sys.byteorder)
        return calls, files_of(self.target(act, area))

    def inject(self, act: str, fault: str, at: int, new: dict[str, bytes]) -> Outcome:
        """Run an act with a fault at call `at`, then look."""
        mode, number, _ = FAULTS[fault]
        area = self.fresh(act)
        target = self.target(act, area)
        old = files_of(target) if target.exists() else {}
        status = self.run(act, area, mode=mode, at=at, errno=number)
        found, faults = self._next_command(act, target)
        state = "old" if found == old else "new" if found == new else "half"
        if act == "restore" and state == "half" and found.items() < new.items():
            state = "old"  # file by file: the same command brings the rest
        if act == "places" and state == "half" and found == self._between:
            state = "old"  # the first meeting is whole, the second has not been
        if state == "half":
            faults.append("half")
        # the doctor says by itself what it could not bring back
        if status == 0 and state == "old" and act != "restore":
            faults.append("lost")
        if status > 0 and state == "new" and _SAFE not in self.words:
            faults.append("untold")
        if "Traceback" in self.words:
            faults.append("crash")
        if act in AGAIN:
            faults += self._again(act, area)
        faults += self._next_write(target, state)
        marks = (acts.IDS[0].encode(), acts.ERASED.encode())
        if act == "erase" and state == "new" and any(m in _all(target) for m in marks):
            faults.append("leftover")
        if act in meeting.ACTS:
            found_wrong = meeting.after(area)
            faults += [words.partition(":")[0] for words in found_wrong]
            self.words += "; ".join(found_wrong)
        return Outcome(state, status, tuple(faults))

    def _next_command(
        self, act: str, target: Path
    ) -> tuple[dict[str, bytes], list[str]]:
        """What the next command finds; after a killed `init` that is `init` again."""
        if act in BORN and not (target / ".git").exists():
            return {}, []
        try:
            Repository.find(str(target))
        except SencliError:
            return {}, ["blocked"]
        found = files_of(target)
        told = act == "restore" or found == committed(target)
        return found, [] if told else ["half"]

    def _again(self, act: str, area: Path) -> list[str]:
        """The same command, with nothing in its way; a write is signed after it."""
        if self.run(act, area, mode="count"):
            return ["blocked"]
        if act == "restore":
            return []
        target = self.target(act, area)
        Repository.find(str(target)).change(acts.adds("py2wx"))
        signed = b"gpgsig" in _git(target, "cat-file", "commit", "HEAD").stdout
        return [] if signed else ["lost"]

    def _next_write(self, target: Path, state: str) -> list[str]:
        try:
            if state == "old" and not (target / ".git").exists():
                repository = Repository.create(target, acts.starting_files(), acts.INIT)
            else:
                repository = Repository.find(str(target))
            repository.change(acts.adds("pz3xy"))
        except SencliError as error:
            self.words = error.message
            return ["blocked"]
        faults = []
        done = _git(target, "fsck", "--strict", "--no-dangling")
        if done.returncode:
            faults.append("fsck")
        if (
            files_of(target) != committed(target)
            or _git(target, "status", "--porcelain").stdout.strip()
        ):
            faults.append("leftover")
        if list((target / ".git").rglob("*.lock")):
            faults.append("leftover")
        return faults


def _git(root: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *args], cwd=root, capture_output=True, check=False)


def _all(root: Path) -> bytes:
    """The content of every object, whether anything leads to it or not."""
    return _git(root, "cat-file", "--batch-all-objects", "--batch").stdout


def files_of(root: Path) -> dict[str, bytes]:
    """The working files: path to bytes."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
        and path.relative_to(root).parts[0] not in (".git", ".sencli-new")
    }


def committed(root: Path) -> dict[str, bytes]:
    """The files of the newest commit: path to bytes."""
    listed = _git(root, "ls-tree", "-r", "-z", "--name-only", "HEAD").stdout
    names = listed.decode().split("\0")[:-1]
    feed = "".join(f"HEAD:{name}\n" for name in names).encode()
    out = subprocess.run(
        ["git", "cat-file", "--batch"],
        cwd=root,
        input=feed,
        capture_output=True,
        check=True,
    ).stdout
    found = {}
    for name in names:
        head, _, out = out.partition(b"\n")
        size = int(head.split()[2])
        found[name], out = out[:size], out[size + 1 :]
    return found


def spread(calls: int, points: int) -> list[int]:
    """Which calls to strike: all, or so many spread out evenly."""
    if not points or points >= calls:
        return list(range(1, calls + 1))
    return sorted(
        {1 + number * (calls - 1) // (points - 1) for number in range(points)}
    )


def campaign(
    bench: Bench, act: str, fault: str, points: int = 0
) -> tuple[Counter[str], list[str]]:
    """Strike an act at many points: what came of it, and what must not be."""
    calls, new = bench.count(act)
    tally: Counter[str] = Counter()
    wrong = []
    for at in spread(calls, points):
        outcome = bench.inject(act, fault, at, new)
        tally["points"] += 1
        tally[outcome.state] += 1
        for name in set(outcome.faults):
            tally[name] += 1
            wrong.append(f"{act} {fault} {at}: {name} ({bench.words.strip()[-200:]})")
    return tally, wrong


_COLUMNS = (
    "points",
    "old",
    "new",
    "half",
    "lost",
    "untold",
    "blocked",
    "fsck",
    "leftover",
    "crash",
)


def _table(rows: Iterable[tuple[str, str, Counter[str]]]) -> None:
    print("| act | fault | " + " | ".join(_COLUMNS) + " |")
    print("|---|---|" + "---:|" * len(_COLUMNS))
    for act, fault, tally in rows:
        numbers = " | ".join(str(tally[name]) for name in _COLUMNS)
        print(f"| {act} | {FAULTS[fault][2]} | {numbers} |", flush=True)


def main() -> int:
    """Run the campaigns that are asked for; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=0, help="0: every call")
    parser.add_argument("--act", nargs="*", default=ACTS, choices=ACTS)
    parser.add_argument(
        "--fault", nargs="*", default=list(FAULTS), choices=list(FAULTS)
    )
    asked = parser.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        bench = Bench(Path(folder))
        rows = []
        for act in asked.act:
            for fault in asked.fault:
                tally, found = campaign(bench, act, fault, asked.points)
                rows.append((act, fault, tally))
                print(f"{act} {fault}: {dict(tally)}", file=sys.stderr, flush=True)
                wrong += found
            missing = powercut.missing(bench, act)
            print(f"{act} power cut: {missing or 'all synced'}", file=sys.stderr)
            wrong += missing
        _table(rows)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
