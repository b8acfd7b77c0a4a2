"""Two versions of the program on one set of records: nothing that one writes is lost.

The newer one is this program with more in its schemas: a field of a pupil, of an entry,
of the school; a new list; a new value of a closed list.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sencli import resources
from sencli import terms
from sencli.store.records.newer_schemas import together
from tests.conftest import Typed
from tests.conftest import school_of

TEXT = {"type": "string", "description": "New."}


@school_of
def amelia(oak: Typed) -> None:
    oak("staff", "add", "KM", "--name", "K. Morris", "--role", "teacher")
    oak("pupil", "add", "Amelia Khan", "--year", "4", "--class", "4B")
    oak("flag add amelia eal --from 01/09/2024")


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A newer version for as long as it is asked for."""
    made = tmp_path / "newer"
    shutil.copytree(resources.folder("schemas"), made)
    for name in ("pupil", "school"):
        place = made / f"{name}.schema.json"
        schema = json.loads(place.read_text("utf-8"))
        fields = schema["properties"]
        if name == "pupil":
            fields["house"] = TEXT
            fields["placements"]["items"]["properties"]["room"] = TEXT
            fields["flags"]["items"]["properties"]["flag"]["enum"].append("refugee")
            fields["clubs"] = {
                "type": "array",
                "description": "New.",
                "items": {
                    "type": "object",
                    "description": "New.",
                    "properties": {"club": TEXT, "day": TEXT},
                    "additionalProperties": False,
                    "required": ["club"],
                    "title": "Club",
                },
                "x-key": ["club"],
            }
        else:
            fields["motto"] = TEXT
        place.write_text(json.dumps(schema, indent=2) + "\n", "utf-8", newline="\n")
    real = resources.place

    @contextmanager
    def as_newer() -> Iterator[None]:
        def place(name: str) -> str:
            return str(made) if name == "schemas" else real(name)

        with monkeypatch.context() as patch:
            patch.setattr(resources, "place", place)
            patch.setitem(terms.FLAGS, "refugee", "refugee")
            _forget()
            yield
        _forget()

    return as_newer


def _forget() -> None:
    resources.shipped_schema.cache_clear()
    resources.follow({"pupil": {}})
    resources.follow({})


def _pupil(sen: Typed) -> Path:
    paths = (sen.folder / "pupils").glob("*.yaml")
    return next(path for path in paths if "Amelia" in path.read_text("utf-8"))


def _write_new(sen: Typed) -> None:
    """What the newer version writes: all that the older one does not know."""
    path = _pupil(sen)
    text = path.read_text("utf-8")
    text = text.replace("last_name: Khan\n", "last_name: Khan\nhouse: Red\n")
    text = text.replace("class: 4B}", "class: 4B, room: '12'}")
    text = text.replace(
        "from: 2024-09-01}", "from: 2024-09-01}\n- {flag: refugee, from: 2025-01-06}"
    )
    text += "clubs:\n- club: Chess\n  day: Monday\n"
    path.write_text(text, "utf-8", newline="\n")
    school = sen.folder / "school.yaml"
    text = school.read_text("utf-8") + "motto: Together\n"
    school.write_text(text, "utf-8", newline="\n")
    sen("commit")


def _all_there(sen: Typed) -> None:
    text = _pupil(sen).read_text("utf-8")
    for part in ("house: Red", "room: '12'", "flag: refugee", "Chess", "Monday"):
        assert part in text, part
    assert "motto: Together" in (sen.folder / "school.yaml").read_text("utf-8")


def test_an_older_copy_keeps_what_it_does_not_know(amelia, newer):
    with newer():
        _write_new(amelia)
        words = ["git", "-C", str(amelia.folder), "log", "--format=%s"]
        log = subprocess.run(words, capture_output=True, check=True).stdout
        assert log.count(b"Bring the schemas") == 1
        assert amelia("verify").code == 0
    for line in ("pupil show amelia", "check", "register", "flag list amelia"):
        told = amelia(line, code=None)
        assert told.code in {0, 1}, told.both
        assert told.err.count("newer sencli") == 1
        assert "pipx upgrade sencli" in told.err
        assert "unknown field" not in told.both
        assert "refugee" not in told.out
    for line in (
        "flag end amelia eal --date 01/09/2025",
        "flag add amelia service-child --from 01/09/2025",
        "pupil set amelia class=5A --from 15/09/2025",
        "pupil set amelia known_as=Millie",
        "concern add amelia --concern 'Tired' --date 20/09/2025",
        "school set authority_name=Oakshire",
        "rate set TA 16.50",
        "undo --yes",
        "year roll --yes --from 01/09/2026",
    ):
        amelia(line)
        _all_there(amelia)
    amelia("status set amelia K --since 15/09/2025")
    told = amelia("print case amelia --for inspector --record")
    assert "Chess" not in told.out
    assert "newer" not in told.out
    _all_there(amelia)
    code = next(w for w in told.out.split() if w.count("-") == 3 and w.isupper())
    assert "still says what the records say" in amelia("verify", code).out
    with newer():
        assert "still says what the records say" in amelia("verify", code).out
    amelia("pupil add 'Ben Okafor'")
    amelia("move amelia 'flag service child' --to ben")
    amelia("remove ben 'flag service child' --yes")
    _all_there(amelia)
    shown = json.loads(amelia("pupil show amelia --format json").out)
    assert "clubs" not in shown
    assert "room" not in shown["placements"][0]
    assert amelia("verify").code == 0
    assert "newer" not in amelia("commit").out
    assert "room" not in amelia("flag list amelia --format json").out
    with newer():
        assert amelia("check --level must", code=None).code in {0, 1}
        shown = json.loads(amelia("pupil show amelia --format json").out)
        assert shown["clubs"] == [{"club": "Chess", "day": "Monday"}]
        assert "newer sencli" not in amelia("pupil show amelia").err


def test_a_field_that_no_schema_knows_is_a_slip(amelia, newer):
    with newer():
        _write_new(amelia)
    path = _pupil(amelia)
    text = path.read_text("utf-8")
    path.write_text(text.replace("house: Red", "huose: Red"), "utf-8", newline="\n")
    told = amelia("commit", code=3)
    assert "unknown field 'huose'" in told.err
    assert "house" in told.err
    path.write_text(text.replace("house: Red", "house: Blue"), "utf-8", newline="\n")
    amelia("commit")
    # a schema edited in the folder makes no field known
    schema = amelia.folder / ".sencli" / "schemas" / "pupil.schema.json"
    text = schema.read_text("utf-8").replace('"house"', '"hose"')
    schema.write_text(text, "utf-8", newline="\n")
    text = path.read_text("utf-8")
    path.write_text(text.replace("house: Blue", "hose: Blue"), "utf-8", newline="\n")
    assert "unknown field 'hose'" in amelia("commit", code=3).err


def _twin(sen: Typed, tmp_path: Path) -> Typed:
    """The other computer, and an empty folder where the two meet."""
    hub, other = tmp_path / "hub.git", tmp_path / "other"
    for words in (
        ("init", "-q", "--bare", "--initial-branch=main", str(hub)),
        ("-C", str(sen.folder), "remote", "add", "origin", str(hub)),
    ):
        subprocess.run(["git", *words], check=True)
    sen("sync")
    subprocess.run(["git", "clone", "-q", str(hub), str(other)], check=True)
    twin = sen.at(other)
    twin("doctor --fix", code=None)
    return twin


def test_two_computers_of_two_versions_meet(amelia, newer, tmp_path):
    twin = _twin(amelia, tmp_path)
    with newer():
        _write_new(amelia)
        amelia("sync")
    twin("pupil set amelia known_as=Millie")
    twin("pupil set amelia class=5A --from 15/09/2025")
    told = twin("sync")
    assert told.err.count("newer sencli") == 1
    _all_there(twin)
    twin("flag end amelia eal --date 01/10/2025")
    with newer():
        path = _pupil(amelia)
        text = path.read_text("utf-8").replace("Monday", "Friday")
        path.write_text(text, "utf-8", newline="\n")
        amelia("commit")
        amelia("sync")
        shown = json.loads(amelia("pupil show amelia --format json").out)
        assert shown["known_as"] == "Millie"
        assert shown["clubs"][0]["day"] == "Friday"
        assert [p.get("room") for p in shown["placements"]] == ["12", None]
        assert {f["flag"] for f in shown["flags"]} == {"eal", "refugee"}
        assert amelia("verify").code == 0
    twin("sync")
    assert "Friday" in _pupil(twin).read_text("utf-8")
    assert twin("verify").code == 0


def test_git_itself_merges_two_versions(amelia, newer, tmp_path):
    """``git pull`` with the merge driver of an older copy loses nothing either."""
    twin = _twin(amelia, tmp_path)
    with newer():
        _write_new(amelia)
        amelia("sync")
    twin("pupil set amelia known_as=Millie")
    git = ["git", "-C", str(twin.folder)]
    driver = f"'{sys.executable}' -m sencli merge-driver %O %A %B %L %P"
    subprocess.run([*git, "config", "merge.sencli.driver", driver], check=True)
    subprocess.run(
        [*git, "-c", "pull.rebase=false", "pull", "-q", "--no-edit"], check=True
    )
    _all_there(twin)
    assert "known_as: Millie" in _pupil(twin).read_text("utf-8")
    assert twin("check", code=None).code in {0, 1}


def test_two_newer_versions_meet_in_what_both_know():
    def text(*fields: str) -> bytes:
        made = {"properties": dict.fromkeys(fields, TEXT)}
        return (json.dumps(made, indent=2) + "\n").encode()

    old, one, two = text("id"), text("id", "house"), text("id", "club")
    assert together(old, one) == one
    assert together(one, old) == one
    both = json.loads(together(one, two))
    assert set(both["properties"]) == {"id", "house", "club"}
    assert together(one, b"no schema") is None
