"""The README's walkthrough, typed as it stands into an empty folder."""

from __future__ import annotations

import csv
import io
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

README = Path(__file__).resolve().parent.parent / "README.md"
FIRST_HOUR = README.parent / "docs" / "first-hour.md"
MARK = "<!-- walkthrough -->"
SEN = "tests.winish" if "tests.winish" in sys.modules else "sencli"
READS = {"register", "map", "summary", "history", "check"}


def walkthrough() -> list[str]:
    """The lines of the first block after the mark."""
    _, _, rest = README.read_text("utf-8").partition(MARK)
    found = re.search(r"^```(?:sh|console)\n(.*?)^```$", rest, re.DOTALL | re.MULTILINE)
    assert found is not None, f"README.md has no block after {MARK}"
    return [line.removeprefix("$ ") for line in found[1].splitlines() if line.strip()]


LINES = walkthrough()


@dataclass(frozen=True)
class Session:
    """What the lines left behind, and what each printed."""

    folder: Path
    code: int
    out: dict[str, str]
    err: str

    def printed(self, line: str) -> str:
        """What the line that begins so printed."""
        return next(text for typed, text in self.out.items() if typed.startswith(line))

    def git(self, *args: str) -> str:
        return subprocess.run(
            ["git", "-C", self.folder / "oak", *args],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        ).stdout


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    top = tmp_path_factory.mktemp("walkthrough")
    folder, home = top / "empty", top / "home"
    for place in (folder, home):
        place.mkdir()
    (home / ".gitconfig").write_text(
        "[user]\n\tname = J. Patel\n\temail = senco@oak.example\n",
        "utf-8",
        newline="\n",
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "SENCLI_"))}
    env |= {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "PYTHONPATH": str(README.parent),
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    out: dict[str, str] = {}
    at = folder
    for line in LINES:
        printed = ""
        for command in line.split(" && "):
            program, *words = shlex.split(command)
            if program == "cd":
                at /= words[0]
                continue
            assert program == "sen", line
            done = subprocess.run(
                [sys.executable, "-m", SEN, *words],
                check=False,
                cwd=at,
                env=env,
                capture_output=True,
                text=True,
                timeout=60,
                encoding="utf-8",
            )
            if done.returncode:
                return Session(folder, done.returncode, out, f"{line}\n{done.stderr}")
            printed += done.stdout
        out[line] = printed
    return Session(folder, 0, out, "")


def test_every_line_ends_well(session: Session) -> None:
    assert session.code == 0, session.err
    assert len(session.out) == len(LINES)


def test_the_readme_types_what_was_promised() -> None:
    assert LINES[0].startswith("sen init oak ")
    assert len(LINES) >= 25
    typed = {shlex.split(line)[1] for line in LINES}
    assert typed >= READS | {"cycle", "outcome", "intervention", "session", "concern"}


def test_one_commit_for_each_command_that_writes(session: Session) -> None:
    writes = [line for line in LINES if shlex.split(line)[1] not in READS]
    assert len(session.git("log", "--format=%H").split()) == len(writes)
    assert session.git("status", "--porcelain") == ""


def test_no_message_names_a_child(session: Session) -> None:
    messages = session.git("log", "--format=%B").casefold()
    for secret in ("amelia", "khan", "ben", "adeyemi", "p999900024001", "2017"):
        assert secret not in messages.split()
        assert len(secret) < 4 or secret not in messages


def test_the_group_was_made_with_the_intervention(session: Session) -> None:
    made = session.git(
        "log", "--format=%H", "--grep=Action: intervention.add", "--", "groups.yaml"
    )
    assert len(made.split()) == 1
    assert "HFW 1" in (session.folder / "oak/groups.yaml").read_text("utf-8")


def test_the_map_counts_74_pounds_25(session: Session) -> None:
    assert "74.25" in session.printed("sen map --as-at")


def test_the_map_by_class_is_csv(session: Session) -> None:
    rows = list(csv.DictReader(io.StringIO(session.printed("sen map --by class"))))
    assert rows
    assert any("4B" in row.values() for row in rows)
    assert any("74.25" in value for row in rows for value in row.values())


def test_the_register_lists_amelia(session: Session) -> None:
    register = session.printed("sen register")
    assert "Amelia Khan" in register
    assert "SLCN" in register
    assert "Ben Adeyemi" not in register


def test_the_summaries_are_papers(session: Session) -> None:
    pdf = (session.folder / "oak/amelia.pdf").read_bytes()
    assert pdf.startswith(b"%PDF")
    html = (session.folder / "oak/amelia.html").read_text("utf-8")
    assert html.lower().startswith("<!doctype html>")
    assert "Amelia" in html
    for word in ("SLCN", "P999900024001", "Adeyemi", "16.50"):
        assert word not in html


def test_history_tells_the_review(session: Session) -> None:
    history = session.printed("sen history")
    assert "J. Patel" in history
    assert "63" in history


def test_the_record_is_as_it_was_typed(session: Session) -> None:
    (record,) = (
        text
        for path in (session.folder / "oak/pupils").glob("*.yaml")
        if "first_name: Amelia" in (text := path.read_text("utf-8"))
    )
    for words in (
        "date_of_birth: 2017-03-14",
        "provision: precision-teaching",
        "missed: pupil_absent",
        "result: achieved",
        "impact: 1",
        "next_steps: Move to phrases",
    ):
        assert words in record


def the_same_every_time(printed: str) -> str:
    """Without ids, codes of changes, and the line that is only the day."""
    text = re.sub(r"\bp[a-z0-9]{7}\b|\b[0-9a-f]{8}\b", "ANY", printed)
    text = re.sub(r"Check code [\w-]+", "Check code ANY", text)
    lines = [
        re.sub(r"(of the school only · )?\d+ \w+ \d{4}$", "DAY", line.rstrip())
        for line in text.splitlines()
    ]
    return "\n".join(lines).strip()


def test_the_screens_of_the_first_hour_are_what_was_printed(session: Session) -> None:
    page = FIRST_HOUR.read_text("utf-8")
    screens = "".join(
        re.findall(r"^```text\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    )
    parts = re.split(r"^\$ ", screens, flags=re.MULTILINE)[1:]
    assert len(parts) > 15
    for part in parts:
        line, _, shown = part.partition("\n")
        printed = session.printed(line)
        assert the_same_every_time(shown) == the_same_every_time(printed), line
