"""``--open``: a made page is shown, or it says where it is."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from sencli.store.files import programs
from tests.conftest import Typed
from tests.conftest import school_of
from tests.systems import is_private

STUB = """\
#!{python}
import pathlib, sys
with pathlib.Path({log!r}).open("a", encoding="utf-8") as log:
    log.write("\\n".join(sys.argv[1:]) + "\\n")
sys.exit({code})
"""
PAGES = (
    "summary amelia",
    "print profile amelia",
    "print register",
    "map",
    "register",
    "cycle show amelia",
)


@school_of
def school(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --class 4B')
    oak("status set amelia K --since 15/09/2025 --told parent")
    oak("cycle open amelia --assessment 'Reads 22 of 100' --date 15/09/2025")


class Viewer:
    """What was shown, whatever the system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"

    def plant(self, where: Path, code: int = 0) -> None:
        where.mkdir(exist_ok=True)
        for name in ("xdg-open", "open"):
            text = STUB.format(python=sys.executable, log=str(self.log), code=code)
            (where / name).write_text(text, "utf-8", newline="\n")
            (where / name).chmod(0o755)

    @property
    def shown(self) -> list[Path]:
        found = self.log.read_text("utf-8") if self.log.exists() else ""
        return [Path(line) for line in found.splitlines()]


@pytest.fixture(params=["linux", "darwin", "win32"])
def viewer(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Viewer:
    """The viewer of each system."""
    found = Viewer(tmp_path)
    if request.param == "win32":

        def startfile(path: str) -> None:
            with found.log.open("a", encoding="utf-8") as log:
                log.write(f"{path}\n")

        monkeypatch.setattr(os, "startfile", startfile, raising=False)
    elif os.name == "nt":
        pytest.skip("Windows runs no program by its first line")
    monkeypatch.setattr(programs, "sys", SimpleNamespace(platform=request.param))
    monkeypatch.setenv("DISPLAY", ":0")
    found.plant(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
    return found


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Viewer:
    """Linux with a display, and no viewer yet."""
    if os.name == "nt":
        pytest.skip("Windows has no xdg-open")
    monkeypatch.setattr(programs, "sys", SimpleNamespace(platform="linux"))
    monkeypatch.setenv("DISPLAY", ":0")
    programs_only = tmp_path / "bin"
    programs_only.mkdir()
    (programs_only / "git").symlink_to(programs.find_program("git"))
    monkeypatch.setenv("PATH", str(programs_only))
    return Viewer(tmp_path)


@pytest.mark.parametrize("line", PAGES)
def test_a_page_without_a_name_is_a_pdf_in_a_place_of_its_own(
    school: Typed, viewer: Viewer, line: str
) -> None:
    told = school(f"{line} --open")
    assert told.out == ""
    (path,) = viewer.shown
    assert f"Written: {path}" in told.err
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.parent == (school.folder / ".git/sencli/shown").absolute()
    assert is_private(path)
    assert is_private(path.parent)
    assert "own folder" not in school("doctor", code=None).out
    school("concern add amelia --concern Tired")  # nothing odd stops a write


def test_a_named_file_is_shown(school: Typed, viewer: Viewer) -> None:
    told = school("summary amelia --output 'a page.html' --open")
    assert viewer.shown == [school.folder / "a page.html"]
    assert "Written: a page.html" in told.err
    school("map --format csv --open")
    assert viewer.shown[-1].suffix == ".csv"


def test_many_files_are_shown_by_their_folder(school: Typed, viewer: Viewer) -> None:
    school("summary amelia --each --output pages --format html --open")
    (shown,) = viewer.shown
    assert shown == school.folder / "pages"
    assert "--output FOLDER" in school("summary amelia --each --open", code=2).err


def test_a_folder_is_never_taken_for_the_program_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(programs, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(os, "startfile", seen.append, raising=False)
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans.exe").write_bytes(b"MZ")
    assert programs.show_page(str(tmp_path / "plans")) == ""
    assert seen == [f"{tmp_path / 'plans'}{os.sep}"]
    assert "does not say" in programs.show_page(str(tmp_path / "plans.exe"))
    assert len(seen) == 1


def test_where_nothing_can_show_it_the_file_is_named(
    school: Typed, linux: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = school.folder / "a page.html"
    line = "summary amelia --output 'a page.html' --force --open"
    told = school(line)
    assert "xdg-open is not on this computer" in told.err
    assert f"Open it yourself: '{path}'" in told.err
    linux.plant(linux.folder / "bin", code=3)
    assert "ended with a fault (3)" in school(line).err
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert "there is no display" in school(line).err
    assert len(linux.shown) == 1


def test_no_viewer_of_the_records_folder_is_run(
    school: Typed, linux: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    linux.plant(school.folder)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}{os.pathsep}")
    assert "not on this computer" in school("summary amelia --open").err
    assert linux.shown == []


@pytest.mark.parametrize("output", ["-", os.devnull])
def test_what_is_no_file_is_not_opened(
    school: Typed, viewer: Viewer, output: str
) -> None:
    line = f"summary amelia --format html --output {output} --open"
    assert "--open shows a file" in school(line, code=2).err
    assert viewer.shown == []


def test_pages_of_another_day_go(school: Typed, viewer: Viewer) -> None:
    school("summary amelia --open --format html")
    school("map --open --format html")
    first, second = viewer.shown
    old = time.time() - 100_000
    os.utime(first, (old, old))
    school("register --open --format html")
    assert not first.exists()
    assert second.exists()


def test_an_erasure_takes_them_away(school: Typed, viewer: Viewer) -> None:
    school("summary amelia --open --format html")
    (shown,) = viewer.shown
    school("erase amelia --ground 'A parent asked' --yes")
    assert not shown.exists()
