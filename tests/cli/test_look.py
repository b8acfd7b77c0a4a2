"""``sen look``: logo, colour, wording and templates live in the records."""

from __future__ import annotations

import json

import pytest

from sencli.core.school.logo import logo
from sencli.core.school.logo import unsafe_in
from sencli.errors import InvalidValue
from sencli.store.git.process import Git
from tests.cases import each_case
from tests.conftest import Typed
from tests.formats.views import LOGO
from tests.formats.views import png

DRAWN = LOGO.decode()


@pytest.fixture
def drawing(oak: Typed) -> str:
    place = oak.folder.parent / "drawing.svg"
    place.write_text(DRAWN, "utf-8", newline="\n")
    return str(place)


def kept(oak: Typed) -> list[str]:
    git = Git(str(oak.folder))
    out = git.ask("ls-tree", "-r", "--name-only", "HEAD", "templates/")
    return out.decode().split()


def test_logo_and_colour_are_kept_shown_and_taken_back(oak: Typed, drawing: str):
    got = oak(f"look set --logo '{drawing}' --colour '#fd0'")
    assert "they are printed in #7a6900" in got.out
    assert kept(oak) == ["templates/logo.svg"]
    assert "templates/logo.svg" in oak("look").out
    told = json.loads(oak("look show --format json").out)
    assert (told["logo"], told["colour"]) == ("logo.svg", "#ffdd00")
    assert "<img" in oak("print register --format html").out
    oak("undo --yes")
    assert kept(oak) == []
    assert "none: sen look set --logo FILE" in oak("look").out
    oak(f"look set --logo '{drawing}'")
    oak("look remove logo")
    assert kept(oak) == []
    assert "has no logo of its own" in oak("look remove logo", code=4).err
    assert "There is nothing to set" in oak("look set", code=2).err


def test_a_logo_that_was_put_there_by_hand_is_taken_or_told_of(
    oak: Typed, drawing: str
):
    own = oak.folder / "templates"
    own.mkdir()
    (own / "logo.svg").write_text(f"{DRAWN} ", "utf-8", newline="\n")
    err = oak(f"look set --logo '{drawing}'", code=3).err
    assert "sen look set --logo templates/logo.svg" in err
    oak("look set --logo templates/logo.svg")
    assert kept(oak) == ["templates/logo.svg"]
    oak(f"look set --logo '{drawing}'")
    assert (own / "logo.svg").read_bytes() == LOGO


def test_a_missing_logo_is_told_of(oak: Typed, drawing: str):
    oak(f"look set --logo '{drawing}'")
    (oak.folder / "templates" / "logo.svg").unlink()
    for line in ("print register --format html", "register --format html"):
        err = oak(line).err
        assert err.count("The school's logo, templates/logo.svg, is not there") == 1
        assert "sen look set --logo FILE" in err
    assert oak("register").err == ""
    assert "templates/logo.svg, is not there" in oak("look").out
    (oak.folder / "templates").rmdir()
    assert "templates/logo.svg, is not there" in oak("doctor", code=None).out
    oak("doctor --fix", code=None)
    assert (oak.folder / "templates" / "logo.svg").read_bytes() == LOGO


def test_what_lies_in_templates_is_told_of_and_kept(oak: Typed):
    own = oak.folder / "templates"
    own.mkdir()
    (own / "theme.json").write_text("{", "utf-8", newline="\n")
    assert "theme.json cannot be read" in oak("look keep", code=3).err
    assert "theme.json cannot be read" in oak("commit", code=3).err
    (own / "theme.json").write_text('{"size": 11}', "utf-8", newline="\n")
    (own / "them.json").write_text("{}", "utf-8", newline="\n")
    said = oak("look").out
    assert "Read by nothing: templates/them.json" in said
    assert "sen look keep" in said
    assert "not in the history" in oak("doctor", code=None).out
    oak("look keep")
    assert kept(oak) == ["templates/theme.json"]
    assert "not in the history" not in oak("doctor", code=None).out
    (own / "theme.json").write_text('{"size": 12}', "utf-8", newline="\n")
    assert "templates/theme.json" in oak("commit").out
    oak("look remove theme.json")
    assert kept(oak) == []


def test_wording_is_begun_and_english_until_it_is_translated(oak: Typed):
    oak("pupil add 'Amelia Khan' --year-group 4")
    assert (
        "no wording in the language 'ur'"
        in oak("print profile amelia --lang ur", code=2).err
    )
    oak("look words Urdu")
    assert "already" in oak("look words ur", code=2).err
    assert "sencli has wording in pl already" in oak("look words pl", code=2).err
    assert "not the code" in oak("look words '../x'", code=2).err
    got = oak("print profile amelia --lang ur --format html")
    assert "Nothing is translated into ur yet" in got.err
    oak("school set settings.language=cy")
    assert "Nothing is translated into cy yet" in oak("print profile amelia").err
    assert 'dir="rtl"' not in got.out
    path = oak.folder / "templates" / "wording" / "ur.json"
    texts = json.loads(path.read_text("utf-8"))
    texts["frame"]["page"] = "صفحہ"
    path.write_text(json.dumps(texts), "utf-8", newline="\n")
    assert "Urdu (ur):" in oak("look").out
    assert 'dir="rtl"' in oak("print profile amelia --lang Urdu --format html").out


@each_case(
    ("data", "said"),
    [
        (b"GIF89a", "no PNG, JPEG or SVG"),
        (png(), "8 x 8 pixels"),
        (png() + b"\0" * 1_000_000, "at most 1 MB"),
        (png(4001), "at most 4,000 each way"),
        (DRAWN.replace("<circle", "<script/><circle").encode(), "a script"),
        (DRAWN.encode("utf-16"), "no PNG, JPEG or SVG"),
    ],
)
def test_a_picture_that_is_no_logo_is_refused(data: bytes, said: str):
    with pytest.raises(InvalidValue, match=said):
        logo(data)


@each_case(
    "inside",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
        "<g onload='x()'/>",
        '<image href="https://example.org/a.png"/>',
        '<image xlink:href="file:///etc/passwd"/>',
        "<use href='other.svg#a'/>",
        "<style>@import 'a.css'</style>",
        '<rect fill="url(https://example.org/#a)"/>',
        "<foreignObject/>",
        '<a href="&#106;avascript:x()">a</a>',
    ],
)
def test_a_drawing_that_does_more_than_draw_is_unsafe(inside: str):
    assert unsafe_in(DRAWN.replace("<circle", f"{inside}<circle"))


def test_a_drawing_may_refer_to_itself():
    assert not unsafe_in(DRAWN)
    assert not unsafe_in('<use href="#a"/><rect fill="url(#b)"/>')
