"""Hazard 8: one record that cannot be read hides no other, in any list or paper."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sencli.documents.registry import DOCUMENTS
from tests.cli.lesson import IN_TERM
from tests.cli.lesson import LINES as SCHOOL
from tests.cli.lesson import school
from tests.conftest import Typed
from tests.hazards.world import ORDINARY
from tests.hazards.world import program
from tests.hazards.world import record
from tests.hazards.world import unchanged
from tests.hazards.world import works

LISTS = (
    "pupil list",
    "pupil list --as-at today",
    "register",
    "register --all",
    "register --count need",
    "register --tier targeted",
    "register --as-at today",
    "map",
    "map --by need",
    "due",
    "due --as-at today",
    "group list",
    "find Khan",
    "summary --class 4B",
    *(f"print {name}" for name, made in DOCUMENTS.items() if not made.each),
)
FAULTS = {
    "yaml": b"first_name: [\n",
    "empty": b"",
    "shape": b"schema: 1\nid: PUPIL\nfirst_name: [a]\nlast_name: 5\nplacements: 3\n",
    "items": (
        b"schema: 1\nid: PUPIL\nfirst_name: Ben\nlast_name: Adeyemi\nroll: [x]\n"
        b"placements: [x]\nstatus: [{provision: 7}]\ncycles: [{id: [y]}, 3]\n"
    ),
    "later": b"schema: 999\nid: PUPIL\nfirst_name: Ben\nlast_name: Adeyemi\n",
}


@pytest.fixture
def both(tmp_path: Path) -> Typed:
    """Amelia and Ben, both on the register and in one class."""
    return school(tmp_path, SCHOOL + IN_TERM)


@pytest.mark.parametrize("line", LISTS)
def test_08_lists_and_papers_go_on(both: Typed, line: str) -> None:
    whole = both(line).out
    ben = record(both, "Ben")
    good = ben.read_bytes()
    ben.chmod(0)
    done = program(both.folder, *line.split(), before=ORDINARY)
    ben.chmod(0o600)
    assert done.code == 7, done.err
    assert f"pupils/{ben.name} cannot be read: Permission denied" in done.err
    assert "1 record could not be read and is skipped" in done.err
    told = done.out.decode()
    assert ("Amelia" in told) is ("Amelia" in whole)
    assert "Ben" not in told
    for name, data in FAULTS.items():
        ben.write_bytes(data.replace(b"PUPIL", ben.stem.encode()))
        again = both(line, code=None)
        # what does not trip over a fault shows what there is; a search looks into
        # the text, and parses only what holds the words
        fatal = name in {"yaml", "empty"} and not line.startswith("find")
        assert again.code in ((3,) if fatal else (0, 3)), name
        assert "Please report" not in again.both, name
        if again.code:
            assert f"pupils/{ben.name}" in again.err, name
            assert ("Amelia" in again.out) is ("Amelia" in whole), name
    ben.write_bytes(good)
    assert both(line).out == whole


@pytest.mark.parametrize("fmt", ["text", "md", "html", "pdf"])
def test_08_a_paper_says_that_it_is_not_whole(both: Typed, fmt: str) -> None:
    record(both, "Ben").write_bytes(b"first_name: [\n")
    ending = {"text": "txt", "table": "txt"}.get(fmt, fmt)
    file = both.folder / f"out.{ending}"
    words = ("print", "governors", "--format", fmt, "--output", str(file))
    told = both(*words, code=3)
    assert "Written" in told.err
    if fmt != "pdf":
        assert "1 record could not be read and is left out" in file.read_text("utf-8")
    words = ("map", "--format", "html", "--output", str(both.folder / "map.html"))
    both(*words, code=3)
    assert "Not complete" in (both.folder / "map.html").read_text("utf-8")
    # data stays data: the exit code says it
    told = both("register", "--format", "json", code=3)
    assert "Amelia" in json.dumps(json.loads(told.out))
    assert "Not complete" not in told.out
    # a paper of one child is whole
    assert "Not complete" not in both("summary", "amelia").out
    assert "Not complete" not in both("summary", "--class", "4B", code=3).out


def test_08_a_year_begins_with_everybody_or_not_at_all(both: Typed) -> None:
    ben = record(both, "Ben")
    good = ben.read_bytes()
    ben.write_bytes(b"first_name: [\n")
    unchanged(both, "year", "roll", "--dry-run", code=3, says=ben.name)
    unchanged(both, "year", "roll", "--yes", code=6, says="edited by hand")
    ben.write_bytes(good)
    works(both)


def test_08_a_fault_of_ours_is_not_blamed_on_a_record(
    both: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken record that the command never read, or without which it fails too."""

    def broken(*_: object, **__: object) -> None:
        raise KeyError("Amelia Khan")

    ben = record(both, "Ben")
    ben.write_bytes(FAULTS["items"].replace(b"PUPIL", ben.stem.encode()))
    with monkeypatch.context() as patch:
        patch.setattr("sencli.documents.pupil.overview.pupil_overview", broken)
        told = both("pupil", "show", "amelia", code=70)
        assert ben.stem not in told.both
        assert "Khan" not in told.both
    with monkeypatch.context() as patch:
        patch.setattr("sencli.documents.school.provision_map.build", broken)
        told = both("map", code=70)
        assert told.err.count("Please report") == 1
        assert "Khan" not in told.both
    # a record that was read and is broken is named, with what to do if it was not that
    told = both("pupil", "show", ben.stem, code=3)
    assert f"pupils/{ben.name}:" in told.err
