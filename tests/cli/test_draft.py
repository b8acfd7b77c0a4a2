"""Nothing typed is lost: drafts know their pupil, their form and their base."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from sencli.cli.shell import editor as editing
from sencli.store.files import programs
from sencli.store.records.drafts import KeptDraft
from tests.cli.test_pupil_edit import drafts
from tests.conftest import Typed
from tests.conftest import head_of
from tests.conftest import school_of
from tests.editors import TOOLS
from tests.editors import between
from tests.editors import command
from tests.editors import editor
from tests.systems import posix
from tests.terminal import SEN
from tests.terminal import at_terminal

WORRIED = 'below("What was said", "Worried")'


@school_of
def two(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --upn P999900024001 --class 4B')
    oak('pupil add "Ben Adeyemi" --class 4B')


def head(typed: Typed) -> str:
    return head_of(typed.folder)


def listed(typed: Typed) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(typed("draft list --format json").out)
    return found


def shown(typed: Typed, who: str) -> dict[str, object]:
    record: dict[str, object] = json.loads(typed(f"pupil show {who} --format json").out)
    return record


def refused(monkeypatch: pytest.MonkeyPatch, typed: Typed, who: str = "amelia") -> str:
    """A concern that was refused, and so is kept; the id of its draft."""
    editor(monkeypatch, typed.folder, f'shows("Worried") or {WORRIED}')
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
    editor(monkeypatch, two.folder, 'swap("Worried", "Very worried")')
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
    editor(monkeypatch, two.folder, 'swap("Worried", "Glad")')
    two("draft open 1 --raised-by parent")
    assert listed(two) == []


def test_the_same_command_again_keeps_the_draft(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = refused(monkeypatch, two)
    editor(monkeypatch, two.folder, 'below("What was said", "Calm")')
    said = two("concern add amelia --raised-by parent --edit")
    assert f"sen draft open {name}" in said.err
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Calm"
    assert [row["id"] for row in listed(two)] == [name]


def test_two_windows_with_one_form_for_two_children(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed for one child is never recorded for another (issue of trust, 2)."""
    other = two.folder.parent / "other.py"
    other.write_text(
        f'{TOOLS}\nbelow("What was said", "About Ben")\n', "utf-8", newline="\n"
    )
    line = between(two.folder, "concern add ben --raised-by parent --edit")
    script = (
        f"import os; os.environ['EDITOR'] = {command(other)!r}\n{line}\n"
        'below("What was said", "About Amelia")'
    )
    editor(monkeypatch, two.folder, script)
    two("concern add amelia --raised-by parent --edit")
    assert [c["concern"] for c in shown(two, "amelia")["concerns"]] == ["About Amelia"]
    assert [c["concern"] for c in shown(two, "ben")["concerns"]] == ["About Ben"]


def test_an_editor_that_does_not_wait_is_told_about(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = head(two)
    editor(monkeypatch, two.folder, "")
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
    editor(monkeypatch, two.folder, 'swap("Late", "Too late")')
    two(f"draft open {row['id']}")
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Too late"
    assert head(two) != before


def test_the_form_begun_again_keeps_the_window_that_stayed_open(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, two.folder, "")
    two("concern add amelia --raised-by parent --edit", code=2)
    (first,) = listed(two)
    two("concern add amelia --raised-by parent --edit", code=2)
    # what that window saves goes to the draft that the user was told of
    assert listed(two) == [first]
    editor(monkeypatch, two.folder, WORRIED)
    two(f"draft open {first['id']}")
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Worried"
    assert listed(two) == []


def test_a_record_in_an_editor_that_does_not_wait(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, two.folder, "")
    said = two("pupil edit amelia", code=2)
    assert "came back within a second" in said.err
    assert len(drafts(two)) == 1


def test_a_draft_of_a_record_that_is_closed_as_it_was_stays(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, two.folder, 'swap("4B", "4C"); sys.exit(1)')
    two("pupil edit amelia", code=7)
    before = head(two)
    editor(monkeypatch, two.folder, "time.sleep(1.1)")
    said = two("pupil edit amelia --draft")
    assert "Nothing was saved" in said.out
    assert "sen draft open" in said.out
    assert len(drafts(two)) == 1
    assert head(two) == before


def test_a_draft_of_a_record_keeps_what_came_meanwhile(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, two.folder, 'swap("4B", "4C"); sys.exit(1)')
    two("pupil edit amelia", code=7)
    two("pupil set amelia known_as=Millie")
    editor(monkeypatch, two.folder, 'swap("Khan", "Kahn")')
    two("pupil edit amelia --draft")
    record = shown(two, "amelia")
    assert record["known_as"] == "Millie"
    assert record["last_name"] == "Kahn"
    assert record["placements"][0]["class"] == "4C"
    assert not drafts(two)


@pytest.mark.parametrize("line", ["first_name:", "contacts: none"])
def test_a_faulty_draft_of_a_record_that_was_changed_meanwhile_can_be_opened(
    two: Typed, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    editor(monkeypatch, two.folder, f'swap("^first_name: Amelia$", "{line}")')
    said = two("pupil edit amelia", code=3)
    name = said.err.rpartition("sen draft open ")[2].split()[0]
    two("pupil set amelia known_as=Millie")
    mending = f'swap("^{line}$", "first_name: Amelie")'
    editor(monkeypatch, two.folder, f'shows("{line}") and {mending}')
    two(f"draft open {name}")
    record = shown(two, "amelie")
    assert (record["first_name"], record["known_as"]) == ("Amelie", "Millie")


def test_a_change_while_the_editor_is_open_is_taken_in(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = between(two.folder, "pupil set amelia known_as=Millie")
    editor(monkeypatch, two.folder, f'{line}; swap("Khan", "Kahn")')
    two("pupil edit amelia")
    record = shown(two, "amelia")
    assert (record["known_as"], record["last_name"]) == ("Millie", "Kahn")


def again(
    monkeypatch: pytest.MonkeyPatch, typed: Typed, elsewhere: str, first: str, then: str
) -> Path:
    """Two windows that change the same, then an answer; a copy of what was asked."""
    seen = typed.folder.parent / "seen"
    script = (
        f'if shows("NOT SAVED"):\n    copy_to({str(seen)!r}); {then}\n'
        f"else:\n    {between(typed.folder, elsewhere)}; {first}"
    )
    editor(monkeypatch, typed.folder, script)
    return seen


def test_one_field_changed_in_two_windows_is_decided_by_the_user(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    typo = "pupil set amelia last_name=Cane --correct --reason typo"
    seen = again(monkeypatch, two, typo, 'swap("Khan", "Kahn")', 'swap("Kahn", "Kaan")')
    two("pupil edit amelia")
    assert "Cane" in seen.read_text("utf-8")
    assert shown(two, "amelia")["last_name"] == "Kaan"


def test_a_form_left_alone_does_not_take_back_what_came_meanwhile(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    two("concern add amelia --raised-by parent --concern Quiet --school-view None")
    line = between(two.folder, "concern set amelia 1 --school-view Seen")
    editor(monkeypatch, two.folder, f'{line}; swap("Quiet", "Silent")')
    two("concern set amelia 1 --edit")
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Silent"
    assert concern["school_view"] == "Seen"


def test_a_form_whose_text_changed_in_both_windows_is_shown_again(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    two("concern add amelia --raised-by parent --concern Quiet")
    loud = "concern set amelia 1 --concern Loud"
    seen = again(
        monkeypatch, two, loud, 'swap("Quiet", "Silent")', 'swap("Silent", "Both")'
    )
    two("concern set amelia 1 --edit")
    assert "the record now says: Loud" in seen.read_text("utf-8")
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Both"


def test_a_draft_of_a_form_is_merged_with_what_came_meanwhile(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    two("concern add amelia --raised-by parent --concern Quiet --school-view None")
    editor(monkeypatch, two.folder, 'swap("Quiet", "Silent"); sys.exit(1)')
    two("concern set amelia 1 --edit", code=7)
    two("concern set amelia 1 --school-view Seen")
    editor(monkeypatch, two.folder, 'swap("Silent", "Very silent")')
    two("draft open 1")
    (concern,) = shown(two, "amelia")["concerns"]
    assert (concern["concern"], concern["school_view"]) == ("Very silent", "Seen")


def test_dropping(two: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    name = refused(monkeypatch, two)
    assert "--yes" in two(f"draft remove {name}", code=2).err
    assert len(listed(two)) == 1
    assert name in two(f"draft remove {name} --yes").out
    assert listed(two) == []
    assert "sen draft list" in two(f"draft remove {name}", code=4).err


@posix("rights of its kind that a program can give and take")
def test_drafts_are_the_owners_alone(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f'shows("Worried") or {WORRIED}; path.chmod(0o644)'
    editor(monkeypatch, two.folder, script)
    two("concern add amelia --raised-by Nobody --edit", code=3)
    for path in (two.folder / ".git/sencli/drafts").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_schema_line_of_a_draft_leads_to_the_schema(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, two.folder, 'swap("4B", "4C"); sys.exit(1)')
    two("pupil edit amelia", code=7)
    (draft,) = drafts(two)
    first = draft.read_text("utf-8").splitlines()[0]
    assert (draft.parent / first.partition("$schema=")[2]).resolve() == (
        two.folder / ".sencli/schemas/pupil.schema.json"
    ).resolve()
    editor(monkeypatch, two.folder, 'swap("Khan", "Kahn")')
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
    assert "sen draft remove" in said.err


def test_text_from_standard_input_is_in_the_draft(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, two.folder, "sys.exit(1)")
    two("concern add amelia --concern - --edit", stdin="From a file", code=7)
    editor(monkeypatch, two.folder, 'swap("From", "Out of")')
    two("draft open 1 --raised-by parent")
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Out of a file"


def test_at_a_terminal_the_same_form_offers_the_draft(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused(monkeypatch, two)
    editor(monkeypatch, two.folder, 'swap("Worried", "Less worried")')
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
    editor(monkeypatch, two.folder, "time.sleep(1.1)")
    words = ("draft", "open", name, "--raised-by", "parent")
    code, screen = at_terminal(two.folder, (*SEN, *words), ["n\n"])
    assert code == 0, screen
    assert "Nothing was saved" in screen
    assert [row["id"] for row in listed(two)] == [name]
    code, screen = at_terminal(two.folder, (*SEN, *words), ["y\n"])
    assert code == 0, screen
    assert listed(two) == []
    assert shown(two, "amelia")["concerns"]


def test_what_a_killed_editor_left_goes_with_the_draft(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own copies of the text, and notes of drafts that are gone, are bounded."""
    monkeypatch.setenv("EDITOR", "false")
    monkeypatch.delenv("VISUAL", raising=False)
    two("concern add amelia --raised-by parent --edit", code=7)
    (path,) = drafts(two)
    beside = (f".{path.name}.swp", f"{path.name}~", f"#{path.name}#")
    for name in beside:
        (path.parent / name).write_text("typed", "utf-8", newline="\n")
    gone = path.parent / "p2222-a-concern-abcd.json"
    for name in (gone.name, f".{gone.stem}.txt.swp"):
        (path.parent / name).write_text("{}", "utf-8", newline="\n")
        os.utime(path.parent / name, (1, 1))
    two("concern add ben --raised-by parent --edit", code=7)
    assert not gone.exists()
    assert len(list(path.parent.glob(".*.swp"))) == 1
    two(f"draft drop {listed(two)[0]['id']} --yes")
    two(f"draft remove {listed(two)[0]['id']} --yes")
    assert list(path.parent.iterdir()) == []


def test_a_draft_that_cannot_be_deleted_is_no_failure_of_the_change(
    two: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, two.folder, WORRIED)

    def refuse(_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(KeptDraft, "drop", refuse)
        said = two("concern add amelia --raised-by parent --edit")
    assert "Saved, but the draft could not be deleted" in said.err
    (concern,) = shown(two, "amelia")["concerns"]
    assert concern["concern"] == "Worried"
    typed = said.err.split("sen draft remove ")[1].split()[0]
    two(f"draft remove {typed} --yes")


def test_the_editor_that_says_how_to_leave_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Mac has both, and nobody told it which."""
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(programs, "find_program", {"vim", "nano", "vi"}.__contains__)
    for windows, chosen in ((False, "nano"), (True, "notepad")):
        monkeypatch.setattr(programs, "WINDOWS", windows)
        monkeypatch.setattr(editing, "_PROPOSED", chosen)
        assert editing._editor_command() == chosen
