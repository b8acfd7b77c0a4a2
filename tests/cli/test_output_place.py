"""Nothing is printed over the records, into git's folder or through a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_init import git
from tests.conftest import Typed
from tests.conftest import school_of
from tests.systems import link


@school_of
def amelia(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --class 4B')
    oak("status set amelia K --since 15/09/2025")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "sencli" not in path.parts
    }


def pupil_file(typed: Typed) -> str:
    (path,) = (typed.folder / "pupils").iterdir()
    return f"pupils/{path.name}"


COMMANDS = (
    "register --format csv",
    "pupil list --format json",
    "due --format ics",
    "map --format csv",
    "history amelia --format json",
    "summary amelia --format html",
    "print governors --format json",
    "print profile amelia --format json",
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "place",
    [
        "school.yaml",
        "provisions.yaml",
        "groups.yaml",
        "README.md",
        ".gitattributes",
        ".gitignore",
        ".git/config",
        ".git/HEAD",
        ".GIT/config",
        ".git/new-file",
        ".sencli/schemas/pupil.schema.json",
        "documents/new-file",
        "pupils/new-file",
        "PUPIL",
        "link",
        "linked-folder/school.yaml",
    ],
)
def test_it_is_refused_and_nothing_changes(
    amelia: Typed, command: str, place: str
) -> None:
    link(amelia.folder / "link", amelia.folder.parent / "elsewhere")
    link(amelia.folder / "linked-folder", amelia.folder)
    (amelia.folder / "documents").mkdir(exist_ok=True)
    if place == "PUPIL":
        place = pupil_file(amelia)
    before = contents(amelia.folder)
    ending = command.rsplit(maxsplit=1)[-1]
    name = place if "." in Path(place).name else f"{place}.{ending}"
    if place == "link":
        name = "link"
    amelia(f"{command} --force --output {name}", code=2)
    assert contents(amelia.folder) == before
    assert not (amelia.folder.parent / "elsewhere").exists()


def test_many_files_neither(amelia: Typed) -> None:
    for place in ("pupils", "documents", ".git", ".git/refs"):
        said = amelia(f"summary amelia --each --output {place} --force", code=2)
        assert "is not printed over" in said.err
    assert git(amelia.folder, "status", "--short") == ""


def test_beside_the_records_papers_may_lie(amelia: Typed) -> None:
    amelia("register --format csv --output register.csv")
    amelia("summary amelia --format html --output ../amelia.html")
    (amelia.folder / "papers").mkdir()
    amelia("summary amelia --format pdf --output papers/amelia.pdf")
    assert (amelia.folder / "papers/amelia.pdf").exists()


def test_standard_output_by_its_name(amelia: Typed) -> None:
    amelia("pupil list --format csv --force --output /dev/null")
