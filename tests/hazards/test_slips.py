"""A slip by hand in any file: the file, the line and a cure, and never a traceback."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from random import Random

import pytest

from sencli.store.text import load
from sencli.store.text.places import UnplacedError
from sencli.store.text.places import places
from tests.conftest import Typed
from tests.hazards.foreign import held
from tests.hazards.mutants import commands
from tests.hazards.mutants import slip
from tests.hazards.mutants import unsaid
from tests.hazards.test_within_schema import school
from tests.hazards.world import git

__all__ = ["school"]

LISTS = (
    "due",
    "map",
    "register",
    "pupil list",
    "school show",
    "staff list",
    "rate list",
    "term list",
    "group list",
    "provision list",
    "scale list",
    "check",
    "doctor",
    "summary --class 4B",
    "print governors",
    "pupil show amelia",
    "cycle show amelia",
    "year roll --dry-run",
)
SLIPS = {
    "school.yaml": (
        ("staff:", "staff: []\nstuff:"),
        ("staff:", "staff: x\nstuff:"),
        ("name: Oak", "names: Oak"),
        ("initials: KM", "initial: KM"),
        ("role: TA", "roles: TA"),
        ("pence_per_hour: 1650", "pence_per_hour: ten"),
        ("pence_per_hour: 1650", "pence_per_hour:"),
        ("terms:", "terms: 3\nterm:"),
        ("start: 2025-09-02", "start: 2.9.2025"),
        ("end: 2025-12-19", "ends: 2025-12-19"),
        ("schema: 1", "schema: one"),
        ("- name: Autumn 2025", "- Autumn 2025\n  - name: x"),
        ("rates:", "rates:\n  - x"),
        ("\n", "\n\t", 3),
    ),
    "provisions.yaml": (
        ("provisions:", "provisions: []\nprovision:"),
        ("code: precision-teaching", "codes: precision-teaching"),
        ("name: Precision", "names: Precision"),
        ("minutes: 30", "minutes: half an hour"),
        ("provisions:", "provisions:\n  - x"),
        ("provisions:", "provisions:\n  -"),
        ("schema: 1\n", ""),
    ),
    "groups.yaml": (
        ("groups:", "group:"),
        ("code: HFW", "codes: HFW"),
        ("groups:", "groups:\n  - 7"),
        ("schema: 1\n", "schema: 1\n- x\n"),
        ("provision: precision-teaching", "provision: [precision-teaching]"),
    ),
}
CASES = [(name, *case[:2]) for name, cases in SLIPS.items() for case in cases]


@pytest.mark.parametrize("number", range(len(CASES)))
def test_a_slip_in_a_file_of_the_school_is_named(school: Typed, number: int) -> None:
    name, old, new = CASES[number]
    path = school.folder / name
    sound = path.read_text("utf-8")
    text = sound.replace(old, new, 1) if old in sound else f"{new}{sound}"
    assert text != sound
    path.write_text(text, "utf-8", newline="\n")
    for line in LISTS:
        told = school(*line.split(), code=None)
        assert told.code in (0, 1, 3, 4), f"{line}: {told.code} {told.err}"
        if told.code == 3:
            assert re.search(rf"{name}:[0-9]+: ", told.both), f"{line}: {told.both}"
            assert f"git checkout -- {name}" in told.both, line
    git(school.folder, "checkout", "--", name)
    assert path.read_text("utf-8") == sound
    school("due")


@pytest.mark.parametrize("seed", range(3))
def test_every_command_over_slips_at_random(
    school: Typed, tmp_path: Path, seed: int
) -> None:
    base = tmp_path / "base"
    school.folder.rename(base)
    shutil.copytree(base, school.folder, symlinks=True)
    draw = Random(seed)
    (pupil,) = slip(school.folder, base, draw)
    # she has a plan, so that there is no assessment to ask for
    lines = [line for line in commands(pupil) if "ehc-evidence" not in line]
    lines = [line for line in lines if "letter" not in line]
    for line in draw.sample(lines, 40):
        told = school(*line.split(), code=None)
        assert not unsaid(told), f"{line}: {told.code}\n{told.err}"


TEXTS = (
    "a: one\n  two\t\nb: 3\n",  # a tab after a wrapped line
    "a: 1\t# one\nb: 2\n",
    "a:\n  - 1\n  -\t2\n",
    "a: 'one\n\n\n  two'\n",
    'a: "one\\\n  two\\x41\\u263a"\n',
    "a: |1\n  x\nb: >2-\n    y\n",
    "a: |\n\n   x\n  y\n",
    "? a\n: b\n",
    "? [a, b]\n: c\n",
    "? |\n  a\n: b\n",
    "a: {b: c, d: [e, {f: g}], }\n",
    "a: [b, c,]\nd: [,]\n",
    "{a: b}\n---\nc: d\n",
    "a: b\n...\n",
    "--- {a: b}\n",
    "%YAML 1.2\n---\na: b\n",
    "%TAG ! tag:x,2000:\n---\na: !y b\n",
    "a: &b c\nd: *b\n",
    "a: &a [*a]\n",
    "!!map {a: b}\n",
    "<<: {a: b}\nc: d\n",
    "a: !!binary x\n",
    "a: b: c\n",
    "a:\n- b\n - c\n",
    "a: @b\nc: `d\n",
    "a: #b\n  c\n",
    "a: b #c\n#d\ne: 'f #g'\n",
    "a: b\x85c: d\n",
    "a: b\u2028c\nd: e\u2029\n",
    "a: 'b\x85 c'\nd: |\n  e\u2028  f\n",
    "a: b\rc: d\r\n",
    "a: \x07\n",
    "a: \ud7ff\ue000\ufffd\U0010ffff\n",
    "a: b\n\0",
    "- a\n- b\n",
    "a\n",
    "",
    "# nothing\n",
    "\t\n",
    "a:\n\tb: c\n",
    "a: 1\na: 2\n",
    "a: {b: 1, b: 2}\n",
    "1: a\ntrue: b\n~: c\n2026-01-01: d\n",
    "a: 0o17\nb: 0x1F\nc: 1_000\nd: .inf\ne: 1e3\n",
    "a: 12:30\nb: 2026-02-30\nc: 2026-01-01T10:00:00Z\n",
    "a: " + "[" * 200 + "\n",
    "a: " + "{b: " * 120 + "c" + "}" * 120 + "\n",
    "<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n",
    "a: 'b\n",
    'a: "\\q"\n',
    'a: "\\ud800"\n',
    "a: -\n",
    "a: - b\n",
    "a: ?\n",
    "a: %b\n",
    "-\n",
    ": a\n",
    "a: >\n\n\n",
    "a: |+\n  b\n\n\nc: d\n",
    "a: 99999999999999999999999\n",
)


@pytest.mark.parametrize("text", TEXTS)
def test_both_readers_end_in_a_record_or_a_sentence(text: str) -> None:
    data = text.encode()
    held(data)
    held(b"b:\n" + b"".join(b"  " + row for row in data.splitlines(keepends=True)))
    held(b"schema: 1\nid: p7k2q\n" + data)


def test_where_the_second_reader_refuses_a_line_is_still_named() -> None:
    text = "a: one\n  two\t\nb:\n  c: 3\n"
    with pytest.raises(UnplacedError):
        places(text)
    assert load.load(text.encode(), "x.yaml")["b"] == {"c": 3}
    assert load.lines(text)(("b", "c")) == 3


def test_a_record_that_only_one_reader_takes_is_told(school: Typed) -> None:
    (path,) = school.folder.glob("pupils/*.yaml")
    text = path.read_text("utf-8").replace(
        "first_name: Amelia\n", "first_name: Amelia\nknown_as: one\n  two\t\nodd: 1\n"
    )
    path.write_text(text, "utf-8", newline="\n")
    for line in ("check", "commit", "pupil show amelia", "register", "doctor"):
        told = school(*line.split(), code=None)
        assert told.code in (0, 1, 3), told.both
        assert "Traceback" not in told.both
    told = school("check", code=1)
    assert "nknown field" in told.out
    assert f"{path.name}:7" in told.out


def test_no_road_to_a_traceback(school: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fails while a fault is told, a sentence without data is the end."""

    class PanicError(BaseException):
        """As a reader in another language ends."""

    def broken(*_: object, **__: object) -> None:
        raise KeyError("Amelia Khan")

    def panic(*_: object, **__: object) -> None:
        raise PanicError("Amelia Khan")

    monkeypatch.setattr("sencli.store.records.check.check_files", broken)
    for odd in (broken, panic):
        monkeypatch.setattr("sencli.documents.pupil.overview.pupil_overview", odd)
        told = school("pupil", "show", "amelia", code=70)
        assert "Khan" not in told.both
        assert told.err.count("Please report") == 1
    monkeypatch.setattr("sencli.cli.shell.run._ended", broken)
    told = school("pupil", "show", "nobody", code=70)
    assert "Traceback" not in told.both
    assert "Khan" not in told.both


def test_a_slip_over_which_a_list_goes_on_is_said(school: Typed) -> None:
    calm = school("due")
    assert "slip" not in calm.err
    path = school.folder / "school.yaml"
    path.write_text(
        path.read_text("utf-8").replace("staff:", "stuff:"), "utf-8", newline="\n"
    )
    for _ in range(2):
        told = school("due")
        assert told.out == calm.out
        assert re.search(r"school[.]yaml:[0-9]+: unknown field 'stuff'", told.err)
        assert "git checkout -- school.yaml" in told.err
    git(school.folder, "checkout", "--", "school.yaml")
    assert school("due").err == calm.err
