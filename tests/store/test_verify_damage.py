"""``sen verify`` over a damaged `.git`: what is wrong, and the cure that fits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sencli.store.files import files
from tests.conftest import Typed
from tests.hazards.world import git


def _head(folder: Path) -> None:
    (folder / ".git/HEAD").unlink()


def _branch(folder: Path) -> None:
    git(folder, "pack-refs", "--all")
    place = folder / ".git/refs/heads/main"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("no commit\n", "utf-8", newline="\n")


def _list_of_a_pack(folder: Path) -> None:
    git(folder, "gc", "-q")
    for place in (folder / ".git/objects/pack").glob("*.idx"):
        files.delete(str(place))


@pytest.mark.parametrize("damage", [_head, _branch, _list_of_a_pack])
def test_what_is_wrong_is_told_once_with_the_cure(
    oak: Typed, damage: Callable[[Path], None]
) -> None:
    oak("pupil", "add", "Amelia Khan")
    damage(oak.folder)
    told = oak("verify", code=8).out.splitlines()
    assert [line.split()[:2] for line in told] == [
        ["breach", "damage"],
        ["note", "history"],
    ]
    assert told[0].endswith("To mend it: sen doctor --fix.")
    assert "Nothing has been recorded" not in told[1]
    oak("doctor", "--fix", code=None)
    oak("verify")
    assert "Amelia Khan" in oak("pupil", "list").out


def test_a_lost_object_leads_to_the_doctor(oak: Typed) -> None:
    oid = git(oak.folder, "rev-parse", "HEAD:school.yaml")
    files.delete(str(oak.folder / ".git/objects" / oid[:2] / oid[2:]))
    told = oak("verify", code=8).out
    assert "What is lost, and can be saved: sen doctor." in told
