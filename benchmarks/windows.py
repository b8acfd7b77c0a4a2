"""The program on Windows' own Python and git, under wine: what works, and how long.

    python -m benchmarks.windows LAB [PART ...] [--limit 1800]

``benchmarks/windows_lab.sh LAB`` makes the lab. The parts: walkthrough (the README's
lines, and its PDF against the one made here from the same records), core, rules,
formats, store (those tests), laptops (two, which meet in a folder), erasure, zip (the
folder of ``.ci/portable_windows.py LAB/sencli-windows.zip``, unzipped there), start-up.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
TODAY = "2025-12-15"
MARK = "<!-- walkthrough -->"
NAME = "Amelia"
EDITS = ("known_as=Millie", "known_as=Amy")


@dataclass(frozen=True)
class Told:
    """What a command came to.

    Attributes:
        code: its exit code.
        text: what it printed, both streams.
    """

    code: int
    text: str


@dataclass
class Part:
    """One line of the table.

    Attributes:
        name: what was run.
        passed: how many steps or tests passed.
        failed: those that did not, by name.
        skipped: how many tests were left out.
        seconds: how long it took.
        notes: figures beside.
    """

    name: str
    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: int = 0
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    def step(self, name: str, *, well: bool, text: str = "") -> None:
        """Count one step."""
        if well:
            self.passed += 1
        else:
            self.failed.append(f"{name}: {text.strip()[-400:]}")

    def row(self) -> str:
        """The line of the table."""
        return (
            f"| {self.name} | {self.passed} | {len(self.failed)} | {self.skipped} "
            f"| {self.seconds:.0f} | {'; '.join(self.notes)} |"
        )


@dataclass(frozen=True)
class Lab:
    """The folder that ``windows_lab.sh`` made."""

    folder: Path
    limit: float

    @property
    def python(self) -> Path:
        """Python for Windows."""
        return self.folder / "windows/cp313/python.exe"

    @property
    def git(self) -> Path:
        """Git for Windows."""
        return self.folder / "git/mingw64/bin/git.exe"

    def fresh(self, name: str) -> Path:
        """An empty folder."""
        place = self.folder / "scratch" / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        return place

    def run(
        self,
        folder: Path,
        *words: str,
        more: Mapping[str, str] | None = None,
        limit: float | None = None,
    ) -> Told:
        """Run a program there; both its ends are pipes, since wine's files are not."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        kept = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
        env = kept | {
            "WINEPREFIX": str(self.folder / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
            "WINEPATH": ";".join(map(windows, (self.git.parent, self.python.parent))),
            "SENCLI_TODAY": TODAY,
            "GIT_CONFIG_GLOBAL": windows(self._identity()),
            **(more or {}),
        }
        with subprocess.Popen(
            ["wine", *words],
            cwd=folder,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as running:
            try:
                out, _ = running.communicate(timeout=limit or self.limit)
            except subprocess.TimeoutExpired:
                running.kill()
                out, _ = running.communicate()
                out += b"\n(stopped: it took too long)"
        text = out.decode("utf-8", "replace").replace("\r\n", "\n")
        return Told(running.returncode, text)

    def sen(self, folder: Path, *words: str) -> Told:
        """Type ``sen`` there, as this checkout has it."""
        more = {"PYTHONPATH": windows(HERE)}
        return self.run(folder, str(self.python), "-m", "sencli", *words, more=more)

    def _identity(self) -> Path:
        path = self.folder / "home/gitconfig"
        text = "[user]\n\tname = J. Patel\n\temail = senco@oak.example\n"
        path.write_text(text, "utf-8", newline="\n")
        return path


def windows(path: Path) -> str:
    """The path as wine's programs know it."""
    return "Z:" + str(path).replace("/", "\\")


def lines() -> list[str]:
    """The README's walkthrough."""
    _, _, rest = (HERE / "README.md").read_text("utf-8").partition(MARK)
    block = rest.split("```sh\n", 1)[1].split("```", 1)[0]
    return [line for line in block.splitlines() if line]


def walk(lab: Lab, part: Part) -> None:
    """Type the README's walkthrough, and compare its PDF with the one made here."""
    oak = typed(lab, part, lab.fresh("walkthrough"))
    again = oak.parent / "linux.pdf"
    words = ("summary", "amelia", "--format", "pdf", "--output", str(again))
    subprocess.run(
        [sys.executable, "-m", "sencli", "-C", str(oak), *words],
        env=os.environ | {"SENCLI_TODAY": TODAY, "PYTHONPATH": str(HERE)},
        check=False,
        capture_output=True,
    )
    made = oak / "amelia.pdf"
    both = made.is_file() and again.is_file()
    same = both and made.read_bytes() == again.read_bytes()
    part.step("the PDF, byte for byte", well=same, text=f"{made} {again}")
    if same:
        part.notes.append(f"PDF of {made.stat().st_size:,} bytes, the same as here")


def typed(lab: Lab, part: Part, folder: Path, until: str = "\n") -> Path:
    """Type the walkthrough as far as a line; gives the folder with the records."""
    at = folder
    for line in lines():
        command, _, moved = line.partition(" && cd ")
        told = lab.sen(at, *shlex.split(command)[1:])
        part.step(line, well=told.code == 0, text=told.text)
        if told.code:
            raise ValueError(f"{line}: {told.text[-400:]}")
        at = at / moved if moved else at
        if line.startswith(until):
            break
    return at


def tests(name: str) -> Callable[[Lab, Part], None]:
    """The tests of one folder."""

    def run(lab: Lab, part: Part) -> None:
        words = ("-m", "pytest", "-p", "no:cacheprovider", "--tb=line", "-rfE")
        told = lab.run(HERE, str(lab.python), *words, f"tests/{name}")
        (lab.folder / f"{name}.txt").write_text(told.text, "utf-8", newline="\n")
        counts = {
            word: int(number)
            for number, word in re.findall(
                r"(\d+) (passed|failed|errors?|skipped)", told.text[-400:]
            )
        }
        part.passed = counts.get("passed", 0)
        part.skipped = counts.get("skipped", 0)
        part.failed += re.findall(r"^(?:FAILED|ERROR) (.*)$", told.text, re.MULTILINE)
        if not counts:
            part.failed.append(told.text[-400:])

    return run


def laptops(lab: Lab, part: Part) -> None:
    """Two laptops that meet in a folder, with one question to answer."""
    top = lab.fresh("laptops")
    here = typed(lab, Part("before"), top, "sen pupil add")

    def git(folder: Path, *words: str) -> None:
        told = lab.run(folder, str(lab.git), *words)
        part.step(f"git {words[0]}", well=told.code == 0, text=told.text)

    def sen(folder: Path, *words: str, code: int = 0) -> Told:
        told = lab.sen(folder, *words)
        part.step(f"sen {' '.join(words)}", well=told.code == code, text=told.text)
        return told

    git(top, "init", "-q", "--bare", "-b", "main", "meeting.git")
    git(here, "remote", "add", "origin", windows(top / "meeting.git"))
    sen(here, "sync")
    git(top, "clone", "-q", windows(top / "meeting.git"), "other")
    there = top / "other"
    sen(here, "concern", "add", "amelia", "--concern", "Tired")
    sen(there, "pupil", "add", "Ben Adeyemi")
    sen(here, "pupil", "set", "amelia", EDITS[0])
    sen(here, "sync")
    sen(there, "pupil", "set", "amelia", EDITS[1])
    told = sen(there, "sync", code=6)
    part.step("a question is asked", well="--take" in told.text, text=told.text)
    sen(there, "sync", "--take", "all=mine")
    sen(here, "sync")
    both = [
        sen(at, "pupil", "show", "amelia", "--format", "json") for at in (here, there)
    ]
    part.step("both hold the same", well=both[0].text == both[1].text)
    part.step("with the answer", well='"Amy"' in both[0].text, text=both[0].text)
    for at in (here, there):
        sen(at, "verify")


def erasure(lab: Lab, part: Part) -> None:
    """One pupil erased from the whole history; nothing of the name is left."""
    at = typed(lab, Part("before"), lab.fresh("erasure"), "sen session log")
    words = ("erase", "amelia", "--ground", "A parent asked", "--yes")
    told = lab.sen(at, *words)
    part.step("erase", well=told.code == 0, text=told.text)
    for words in (("verify",), ("check",), ("doctor",), ("pupil", "list")):
        told = lab.sen(at, *words)
        part.step(
            words[0], well=told.code == 0 and NAME not in told.text, text=told.text
        )
    left = [path.as_posix() for path in at.rglob("*") if found(path)]
    part.step("no file holds the name", well=not left, text=" ".join(left))
    objects = subprocess.run(
        ["git", "-C", str(at), "cat-file", "--batch-all-objects", "--batch"],
        env=os.environ | {"GIT_CONFIG_COUNT": "0"},
        capture_output=True,
        check=False,
    )
    clean = not objects.returncode and NAME.encode() not in objects.stdout
    part.step("no object does", well=clean, text=objects.stderr.decode())
    told = lab.sen(at, "pupil", "add", "Zara Khan")
    part.step("the next write", well=told.code == 0, text=told.text)


def found(path: Path) -> bool:
    """Whether a file holds the name."""
    return path.is_file() and NAME.encode() in path.read_bytes()


def portable(lab: Lab, part: Part) -> None:
    """The folder that needs no installing: unzipped, run, with a git in its ``git``."""
    top = lab.fresh("zip")
    with zipfile.ZipFile(lab.folder / "sencli-windows.zip") as packed:
        packed.extractall(top)

    def sen(*words: str) -> Told:
        line = ("cmd", "/c", "sencli\\sen.cmd", *words)
        told = lab.run(top, *line, more={"WINEPATH": windows(lab.git.parent)})
        part.step(f"sen {' '.join(words)}", well=told.code == 0, text=told.text)
        return told

    sen("--version")
    sen("demo", "demo")
    sen("-C", "demo", "summary", "noah", "--format", "pdf", "--output", "noah.pdf")
    made = top / "noah.pdf"
    well = made.is_file() and made.read_bytes().startswith(b"%PDF-")
    part.step("a PDF", well=well)
    sen("-C", "demo", "doctor")
    shutil.copytree(
        lab.git.parent.parent.parent, top / "sencli/git", dirs_exist_ok=True
    )
    told = sen("-C", "demo", "doctor")
    first = "sencli\\git\\mingw64\\bin\\git.exe" in told.text
    part.step("the git in its folder is first", well=first, text=told.text)


def startup(lab: Lab, part: Part) -> None:
    """Start-up against Python with click; the median of the ratios of rounds."""
    at = typed(lab, Part("before"), lab.fresh("start-up"), "sen pupil add")
    python, more = str(lab.python), {"PYTHONPATH": windows(HERE)}
    commands = {
        "click": ("-c", "import click"),
        "--version": ("-m", "sencli", "--version"),
        "--help": ("-m", "sencli", "--help"),
        "pupil list": ("-m", "sencli", "pupil", "list"),
    }
    rounds: list[dict[str, float]] = []
    for _ in range(12):
        took = {}
        for name, words in commands.items():
            start = time.monotonic()
            told = lab.run(at, python, *words, more=more)
            took[name] = time.monotonic() - start
            part.step(name, well=told.code == 0, text=told.text)
        rounds.append(took)
    for name in ("--version", "--help", "pupil list"):
        ratio = statistics.median(took[name] / took["click"] for took in rounds[1:])
        part.notes.append(f"sen {name} {ratio:.2f} of click")
        limit = 1.5
        if name != "pupil list":
            part.step(f"start-up {name}", well=ratio <= limit, text=f"{ratio:.2f}")


PARTS: dict[str, Callable[[Lab, Part], None]] = {
    "walkthrough": walk,
    **{name: tests(name) for name in ("core", "rules", "formats", "store")},
    "laptops": laptops,
    "erasure": erasure,
    "zip": portable,
    "start-up": startup,
}


def measured(lab: Lab, names: list[str]) -> Iterator[Part]:
    """Run the parts, one after the other."""
    for name in names:
        part = Part(name)
        start = time.monotonic()
        try:
            PARTS[name](lab, part)
        except (OSError, ValueError) as error:
            part.failed.append(f"ended early: {error}")
        part.seconds = time.monotonic() - start
        yield part


def main() -> int:
    """Print the table; 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lab", type=Path)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--limit", type=float, default=1800.0)
    given = parser.parse_args()
    lab = Lab(given.lab.resolve(), given.limit)
    if not lab.python.is_file():
        make = f"benchmarks/windows_lab.sh {lab.folder}"
        sys.exit(f"There is no lab in {lab.folder}. Type: {make}")
    print("| part | passed | failed | skipped | s | |")
    print("|---|---:|---:|---:|---:|---|", flush=True)
    bad = []
    for part in measured(lab, given.parts or list(PARTS)):
        print(part.row(), flush=True)
        bad += [f"{part.name}: {text}" for text in part.failed]
    for text in bad:
        print(text, file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
