"""The schools that are measured with: of the size asked, seeded, realistic."""

from __future__ import annotations

import json
import subprocess
from collections import Counter

import pytest

from benchmarks import schools
from sencli.cli.shell.run import run

PUPILS = 60
COMMITS = 30


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench") / "school"
    schools.make(folder, schools.Size(PUPILS, 5))
    return folder


@pytest.fixture
def answered(school, monkeypatch, capsys):
    monkeypatch.setenv("SENCLI_TODAY", "2026-11-22")

    def ask(*words, fine=(0,)):
        code = run(["-C", str(school), *words, "--format", "json"])
        assert code in fine
        return json.loads(capsys.readouterr().out)

    return ask


def git(folder, *words):
    return subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, check=True
    ).stdout.decode()


def test_most_records_are_kept_as_the_code_asks(answered):
    found = answered("check", fine=(0, 1))
    by_pupil = Counter(finding["pupil"] for finding in found)
    assert PUPILS / 10 < len(by_pupil) < PUPILS / 2
    assert max(by_pupil.values()) <= 6
    assert not {finding["code"] for finding in found} & {"schema", "id", "yaml"}


def test_some_have_something_due_and_most_have_not(answered):
    due = answered("due")
    assert PUPILS / 10 < len({entry["pupil"] for entry in due}) < PUPILS * 0.8


def test_every_change_is_as_sen_makes_it(tmp_path, capsys):
    schools.make(tmp_path / "old", schools.Size(PUPILS, 5, COMMITS))
    assert git(tmp_path / "old", "rev-list", "--count", "HEAD") == f"{COMMITS + 1}\n"
    assert not git(tmp_path / "old", "status", "--short")
    assert run(["-C", str(tmp_path / "old"), "verify"]) == 0
    said = capsys.readouterr().out
    assert "breach" not in said
    assert "still to come" not in said


@pytest.mark.parametrize(("kilobytes", "pupils"), [(5, 40), (30, 12), (200, 3)])
def test_a_record_is_within_a_tenth_of_its_size(tmp_path, kilobytes, pupils):
    schools.write(tmp_path, schools.Size(pupils, kilobytes, with_lapses=0))
    sizes = [file.stat().st_size for file in (tmp_path / "pupils").iterdir()]
    near = [size for size in sizes if abs(size / 1000 - kilobytes) < kilobytes / 10]
    assert len(near) >= 0.95 * pupils


def test_the_same_seed_gives_the_same_school(tmp_path):
    made = []
    for folder, seed in (("one", 3), ("two", 3), ("three", 4)):
        ids = schools.write(tmp_path / folder, schools.Size(3, 5, seed=seed))
        files = [tmp_path / folder / "pupils" / f"{i}.yaml" for i in ids]
        made.append([file.read_bytes() for file in files])
    assert made[0] == made[1] != made[2]
