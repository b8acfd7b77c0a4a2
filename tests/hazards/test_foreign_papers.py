"""Papers of a folder from somebody else carry nothing of this computer."""

from __future__ import annotations

from pathlib import Path

import pytest

from sencli.formats.typst import own_process
from sencli.resources import folder
from tests.conftest import Typed
from tests.systems import link

PRIVATE = "a-secret-of-this-computer"


def _refused(sen: Typed, *says: str, fmt: str = "html") -> None:
    """A paper is not made, or has nothing of the secret on it; no crash."""
    done = sen("summary", "amelia", "--format", fmt, code=None)
    assert PRIVATE not in done.both
    assert done.code == 3, done.both
    assert all(word in done.err for word in says), done.err


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    (folder / "wording").mkdir(parents=True)
    (folder / "style.css").write_text(f"/* {PRIVATE} */", "utf-8", newline="\n")
    (folder / "logo.svg").write_text(f"<svg>{PRIVATE}</svg>", "utf-8", newline="\n")
    return folder


def test_a_linked_folder_of_templates(amelia: Typed, outside: Path) -> None:
    link(amelia.folder / "templates", outside)
    _refused(amelia, "templates is a link")


def test_a_linked_file(amelia: Typed, outside: Path) -> None:
    own = amelia.folder / "templates"
    own.mkdir()
    link(own / "style.css", outside / "style.css")
    _refused(amelia, "templates/style.css is a link")


def test_a_linked_wording(amelia: Typed, outside: Path) -> None:
    own = amelia.folder / "templates"
    own.mkdir()
    link(own / "wording", outside / "wording")
    (outside / "wording" / "en.json").write_text("{}", "utf-8", newline="\n")
    _refused(amelia, "templates/wording is a link")


@pytest.mark.parametrize(
    "logo", ["../../elsewhere/logo.svg", "/etc/hostname", "..\\logo.svg", "pics/l.svg"]
)
def test_a_logo_from_elsewhere(amelia: Typed, outside: Path, logo: str) -> None:
    own = amelia.folder / "templates"
    own.mkdir()
    link(own / "pics", outside)
    (outside / "l.svg").write_text(f"<svg>{PRIVATE}</svg>", "utf-8", newline="\n")
    place = amelia.folder / "school.yaml"
    text = place.read_text("utf-8")
    place.write_text(f"{text}letterhead:\n  logo: '{logo}'\n", "utf-8", newline="\n")
    done = amelia("summary", "amelia", "--format", "html", code=None)
    assert done.code != 70
    assert PRIVATE not in done.both
    assert "<svg" not in done.out


@pytest.mark.parametrize(
    "line",
    [
        '#import "@preview/cetz:0.3.0"',
        '#import "@" + "preview/cetz:0.3.0"',
        '#let p = "@" + "preview/cetz:0.3.0"\n#import p: *',
        '#import/**/"@preview/cetz:0.3.0"',
        '#let a = "x //"; #import ("@" + "preview/cetz:0.3.0"): *',
        '#eval("im" + "port \\"@preview/cetz:0.3.0\\"", mode: "code")',
        '#let e = eval; #e("1")',
        '#dictionary(std).at("ev" + "al")("1")',
        '#include "/etc/hostname"',
    ],
)
def test_a_package_by_any_name(amelia: Typed, line: str) -> None:
    own = amelia.folder / "templates"
    own.mkdir()
    (own / "chart.typ").write_text(line, "utf-8", newline="\n")
    _refused(amelia, "brings in", fmt="pdf")


def test_a_template_that_never_ends(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_process, "_SECONDS", 3.0)
    own = amelia.folder / "templates"
    own.mkdir()
    deep = "#for a in range(99999) { for b in range(99999) { let c = a } }"
    (own / "chart.typ").write_text(deep, "utf-8", newline="\n")
    _refused(amelia, "have not ended", fmt="pdf")


def test_a_template_of_the_schools_own_still_works(amelia: Typed) -> None:
    own = amelia.folder / "templates"
    own.mkdir()
    ours = folder("templates") / "chart.typ"
    (own / "chart.typ").write_bytes(ours.read_bytes() + b"\n// ours\n")
    amelia("summary", "amelia", "--format", "html")
    (own / "chart.typ").write_text("#let", "utf-8", newline="\n")
    _refused(amelia, "does not compile")
