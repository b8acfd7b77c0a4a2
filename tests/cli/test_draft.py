"""Nothing typed is lost: drafts know their pupil, their form and their base."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from tests.cli.test_init import git
from tests.cli.test_pupil_edit import drafts
from tests.cli.test_pupil_edit import editor
from tests.conftest import Typed
from tests.conftest import school_of
from tests.terminal import SEN
from tests.terminal import at_terminal

WORRIED = 'sed -i "s/^## What was said$/&\\nWorried/" $1'


@school_of
def two(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --upn P999900024001 --class 4B')
    oak('pupil add "Ben Adeyemi" --class 4B')


def head(typed: Typed) -> str:
    return git(typed.folder, "rev-parse", "HEAD")


def listed(typed: Typed) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(typed("draft list --format json").out)
    return found


def shown(typed: Typed, who: str) -> dict[str, object]:
    record: dict[str, object] = json.loads(typed(f"pupil show {who} --format json").out)
    return record


def between(monkeypatch: pytest.MonkeyPatch, typed: Typed, command: str) -> str:
    """A script line by which another window changes the records."""
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=":")
    return f"sen -C {typed.folder} {command} >/dev/null"


def refused(monkeypatch: pytest.MonkeyPatch, typed: Typed, who: str = "amelia") -> str:
    """A concern that was refused, and so is kept; the id of its draft."""
    editor(monkeypatch, typed.folder, f"grep -q Worried $1 || {WORRIED}")
    said = typed(f"concern add {who} --raised-by Nobody --edit", code=3)
    assert "kept: sen draft open" in said.err
    return said.err.split("sen draft open ")[1].split()[0]


def test_a_draft_is_listed_with_its_pupil_and_form(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = refused(monkeypatch, two)
    (row,) = listed(two)
    assert row["id"] == name
    assert row["name"] == "Amelia Khan"
    assert row["form"] == "A concern"
    assert row["state"] == "not saved"
    assert "Amelia Khan" in two("draft list").out


def test_no_draft_is_kept(two: Typed) -> None:
    assert "No draft is kept." in two("draft list").out
    assert listed(two) == []


def test_a_draft_is_opened_with_what_was_refused_put_right(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = refused(monkeypatch, two)
    editor(monkeypatch, two.folder, 'sed -i "s/Worried/Very worried/" $1')
    two(f"draft open {name} --raised-by parent")
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Very worried"
    assert not drafts(two)
    assert listed(two) == []
    assert not list((two.folder / ".git/sencli/drafts").iterdir())


def test_a_draft_is_opened_by_its_number(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(monkeypatch, two)
    editor(monkeypatch, two.folder, 'sed -i "s/Worried/Glad/" $1')
    two("draft open 1 --raised-by parent")
    assert listed(two) == []


def test_the_same_command_again_keeps_the_draft(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = refused(monkeypatch, two)
    editor(monkeypatch, two.folder, 'sed -i "s/^## What was said$/&\\nCalm/" $1')
    said = two("concern add amelia --raised-by parent --edit")
    assert f"sen draft open {name}" in said.err
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Calm"
    assert [row["id"] for row in listed(two)] == [name]


def test_two_windows_with_one_form_for_two_children(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed for one child is never recorded for another (issue of trust, 2)."""
    inner = two.folder.parent / "inner"
    inner.write_text(
        '#!/bin/sh\nsed -i "s/^## What was said$/&\\nAbout Ben/" $1\n',
        "utf-8",
        newline="\n",
    )
    inner.chmod(0o700)
    command = between(monkeypatch, two, "concern add ben --raised-by parent --edit")
    script = f"EDITOR={inner} {command}; "
    script += 'sed -i "s/^## What was said$/&\\nAbout Amelia/" $1'
    editor(monkeypatch, two.folder, script)
    two("concern add amelia --raised-by parent --edit")
    assert [c["concern"] for c in shown(two, "amelia")["concerns"]] == ["About Amelia"]
    assert [c["concern"] for c in shown(two, "ben")["concerns"]] == ["About Ben"]


def test_an_editor_that_does_not_wait_is_told_about(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = head(two)
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.delenv("VISUAL", raising=False)
    said = two("concern add amelia --raised-by parent --edit", code=2)
    assert "came back within a second" in said.err
    assert "code --wait" in said.err
    (row,) = listed(two)
    assert row["state"] == "nothing typed yet"
    # what is saved in the window that stayed open is gone on with
    path = Path(row["file"])
    text = path.read_text("utf-8").replace(
        "## What was said\n", "## What was said\nLate\n"
    )
    path.write_text(text, "utf-8", newline="\n")
    editor(monkeypatch, two.folder, 'sed -i "s/Late/Too late/" $1')
    two(f"draft open {row['id']}")
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Too late"
    assert head(two) != before


def test_a_record_in_an_editor_that_does_not_wait(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    said = two("pupil edit amelia", code=2)
    assert "came back within a second" in said.err
    assert len(drafts(two)) == 1


def test_a_draft_of_a_record_that_is_closed_as_it_was_stays(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, two.folder, 'sed -i "s/4B/4C/" $1; exit 1')
    two("pupil edit amelia", code=7)
    before = head(two)
    editor(monkeypatch, two.folder, "sleep 1.1")
    said = two("pupil edit amelia --draft")
    assert "Nothing was saved" in said.out
    assert "sen draft open" in said.out
    assert len(drafts(two)) == 1
    assert head(two) == before


def test_a_draft_of_a_record_keeps_what_came_meanwhile(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, two.folder, 'sed -i "s/4B/4C/" $1; exit 1')
    two("pupil edit amelia", code=7)
    two("pupil set amelia known_as=Millie")
    editor(monkeypatch, two.folder, 'sed -i "s/Khan/Kahn/" $1')
    two("pupil edit amelia --draft")
    record = shown(two, "amelia")
    assert record["known_as"] == "Millie"
    assert record["last_name"] == "Kahn"
    assert record["placements"][0]["class"] == "4C"
    assert not drafts(two)


def test_a_change_while_the_editor_is_open_is_taken_in(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = between(monkeypatch, two, "pupil set amelia known_as=Millie")
    editor(monkeypatch, two.folder, f'{command}; sed -i "s/Khan/Kahn/" $1')
    two("pupil edit amelia")
    record = shown(two, "amelia")
    assert (record["known_as"], record["last_name"]) == ("Millie", "Kahn")


def test_one_field_changed_in_two_windows_is_decided_by_the_user(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = between(monkeypatch, two, "pupil set amelia last_name=Cane --correct")
    command += " --reason typo"
    seen = two.folder.parent / "seen"
    editor(
        monkeypatch,
        two.folder,
        f'if grep -q "NOT SAVED" $1; then cat $1 > {seen}; '
        'sed -i "s/Kahn/Kaan/" $1; '
        f'else {command}; sed -i "s/Khan/Kahn/" $1; fi',
    )
    two("pupil edit amelia")
    assert "Cane" in seen.read_text("utf-8")
    assert shown(two, "amelia")["last_name"] == "Kaan"


def test_a_form_left_alone_does_not_take_back_what_came_meanwhile(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    two("concern add amelia --raised-by parent --concern Quiet --school-view None")
    command = between(monkeypatch, two, "concern set amelia 1 --school-view Seen")
    editor(monkeypatch, two.folder, f'{command}; sed -i "s/Quiet/Silent/" $1')
    two("concern set amelia 1 --edit")
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Silent"
    assert concern["school_view"] == "Seen"


def test_a_form_whose_text_changed_in_both_windows_is_shown_again(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    two("concern add amelia --raised-by parent --concern Quiet")
    command = between(monkeypatch, two, "concern set amelia 1 --concern Loud")
    seen = two.folder.parent / "seen"
    script = (
        f'if grep -q "NOT SAVED" $1; then cat $1 > {seen}; '
        'sed -i "s/Silent/Both/" $1; '
        f'else {command}; sed -i "s/Quiet/Silent/" $1; fi'
    )
    editor(monkeypatch, two.folder, script)
    two("concern set amelia 1 --edit")
    assert "the record now says: Loud" in seen.read_text("utf-8")
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Both"


def test_a_draft_of_a_form_is_merged_with_what_came_meanwhile(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    two("concern add amelia --raised-by parent --concern Quiet --school-view None")
    editor(monkeypatch, two.folder, 'sed -i "s/Quiet/Silent/" $1; exit 1')
    two("concern set amelia 1 --edit", code=7)
    two("concern set amelia 1 --school-view Seen")
    editor(monkeypatch, two.folder, 'sed -i "s/Silent/Very silent/" $1')
    two("draft open 1")
    (concern,) = shown(two, "amelia")["concerns"]
    assert (concern["concern"], concern["school_view"]) == ("Very silent", "Seen")


def test_dropping(two: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    name = refused(monkeypatch, two)
    assert "--yes" in two(f"draft drop {name}", code=2).err
    assert len(listed(two)) == 1
    assert name in two(f"draft drop {name} --yes").out
    assert listed(two) == []
    assert "sen draft list" in two(f"draft drop {name}", code=4).err


def test_drafts_are_the_owners_alone(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"grep -q Worried $1 || {WORRIED}; chmod 644 $1"
    editor(monkeypatch, two.folder, script)
    two("concern add amelia --raised-by Nobody --edit", code=3)
    for path in (two.folder / ".git/sencli/drafts").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_schema_line_of_a_draft_leads_to_the_schema(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, two.folder, 'sed -i "s/4B/4C/" $1; exit 1')
    two("pupil edit amelia", code=7)
    (draft,) = drafts(two)
    first = draft.read_text("utf-8").splitlines()[0]
    assert (draft.parent / first.partition("$schema=")[2]).resolve() == (
        two.folder / ".sencli/schemas/pupil.schema.json"
    ).resolve()
    editor(monkeypatch, two.folder, 'sed -i "s/Khan/Kahn/" $1')
    two("pupil edit amelia --draft")
    (path,) = [
        p for p in (two.folder / "pupils").iterdir() if "Kahn" in p.read_text("utf-8")
    ]
    assert "$schema=../.sencli/schemas/pupil" in path.read_text("utf-8").splitlines()[0]


def test_a_draft_of_an_earlier_version_is_listed_and_not_guessed(two: Typed) -> None:
    folder = two.folder / ".git/sencli/drafts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a-concern.txt").write_text(
        "# A concern\n## What was said\nOld\n", "utf-8", newline="\n"
    )
    (row,) = listed(two)
    assert row["name"] == "not known"
    said = two("draft open 1", code=3)
    assert row["file"] in said.err
    assert "sen draft drop" in said.err


def test_text_from_standard_input_is_in_the_draft(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, two.folder, "exit 1")
    two("concern add amelia --concern - --edit", stdin="From a file", code=7)
    editor(monkeypatch, two.folder, 'sed -i "s/From/Out of/" $1')
    two("draft open 1 --raised-by parent")
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Out of a file"


def test_at_a_terminal_the_same_form_offers_the_draft(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(monkeypatch, two)
    editor(monkeypatch, two.folder, 'sed -i "s/Worried/Less worried/" $1')
    words = ("concern", "add", "amelia", "--raised-by", "parent", "--edit")
    code, screen = at_terminal(two.folder, (*SEN, *words), ["y\n"])
    assert code == 0, screen
    assert "A draft of this form for this pupil is kept" in screen
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Less worried"
    assert listed(two) == []


def test_at_a_terminal_a_draft_closed_as_it_was_is_asked_about(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = refused(monkeypatch, two)
    editor(monkeypatch, two.folder, "sleep 1.1")
    words = ("draft", "open", name, "--raised-by", "parent")
    code, screen = at_terminal(two.folder, (*SEN, *words), ["n\n"])
    assert code == 0, screen
    assert "Nothing was saved" in screen
    assert [row["id"] for row in listed(two)] == [name]
    code, screen = at_terminal(two.folder, (*SEN, *words), ["y\n"])
    assert code == 0, screen
    assert listed(two) == []
    assert shown(two, "amelia")["concerns"]
