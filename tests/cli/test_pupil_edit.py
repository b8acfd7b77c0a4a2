"""The whole record in the editor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sencli.cli.shell.editor import MARK
from sencli.cli.shell.editor import marked
from sencli.cli.shell.editor import unmarked
from tests.cli.test_init import git
from tests.conftest import Typed
from tests.conftest import head_of
from tests.conftest import school_of
from tests.editors import TOOLS
from tests.editors import editor
from tests.systems import program


@school_of
def amelia(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --upn P999900024001 --class 4B')


def drafts(typed: Typed) -> list[Path]:
    found = (typed.folder / ".git/sencli/drafts").iterdir()
    return [path for path in found if path.suffix in {".txt", ".yaml"}]


def test_saved_with_its_comments(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(
        monkeypatch,
        amelia.folder,
        'swap("Khan", "Kahn"); add("# mum prefers texts")',
    )
    told = amelia("pupil edit amelia")
    assert "last name Khan -> Kahn" in told.out
    (path,) = (amelia.folder / "pupils").iterdir()
    assert "# mum prefers texts" in path.read_text("utf-8")
    assert git(amelia.folder, "status", "--short") == ""
    assert not drafts(amelia)


def test_without_a_terminal_no_editor_waits_unseen(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    told = amelia("pupil edit amelia", code=2)
    assert "There is no terminal for an editor here" in told.err
    assert git(amelia.folder, "status", "--short") == ""
    assert "No draft is kept." in amelia("draft list").out


def test_a_failing_editor_aborts_and_keeps_the_draft(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = head_of(amelia.folder)
    editor(monkeypatch, amelia.folder, "sys.exit(1)")
    told = amelia("pupil edit amelia", code=7)
    assert "kept: sen draft open" in told.err
    assert head_of(amelia.folder) == before
    assert len(drafts(amelia)) == 1


def test_faults_are_marked_and_the_editor_opens_again(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = amelia.folder.parent / "seen"
    script = (
        'if shows("NOT SAVED"):\n'
        f"    copy_to({str(seen)!r})\n"
        '    swap("P999900024002", "P999900024001"); swap("Khan", "Kahn")\n'
        "else:\n"
        '    swap("P999900024001", "P999900024002")'
    )
    editor(monkeypatch, amelia.folder, script)
    amelia("pupil edit amelia")
    lines = seen.read_text("utf-8").splitlines()
    assert any(MARK in line and "check letter" in line for line in lines)
    (path,) = (amelia.folder / "pupils").iterdir()
    text = path.read_text("utf-8")
    assert "Kahn" in text
    assert "P999900024001" in text
    assert MARK not in text


@pytest.mark.parametrize(
    "script",
    [
        'swap("^first_name:.*", "first_name: [")',
        'swap("^id: .*", "id: pzzzz")',
        'swap("4B", "4B, shoe: 3")',
        'path.write_bytes(b"")',
        "path.write_bytes(bytes([255]))",
    ],
)
def test_what_stays_wrong_is_not_saved(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    before = head_of(amelia.folder)
    editor(monkeypatch, amelia.folder, script)
    amelia("pupil edit amelia", code=3)
    assert head_of(amelia.folder) == before
    assert git(amelia.folder, "status", "--short") == ""
    assert len(drafts(amelia)) == 1


def test_nothing_changed(amelia: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(monkeypatch, amelia.folder, "time.sleep(1.1)")
    assert "Nothing changed" in amelia("pupil edit amelia").out
    assert not drafts(amelia)


def test_a_draft_is_gone_on_with(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, amelia.folder, 'swap("4B", "4C"); sys.exit(1)')
    amelia("pupil edit amelia", code=7)
    editor(monkeypatch, amelia.folder, 'swap("Khan", "Kahn")')
    told = amelia("pupil edit amelia --draft")
    assert "4B -> 4C" in told.out
    assert "Khan -> Kahn" in told.out


def test_marks_come_and_go() -> None:
    text = "a: 1\nb: 2\n"
    shown = marked(text, ["pupils/x.yaml:2: b is wrong", "something else"])
    assert shown.split("\n")[1:] == [
        f"{MARK}something else",
        "a: 1",
        f"{MARK}b is wrong",
        "b: 2",
        "",
    ]
    assert unmarked(shown) == text


def test_a_concern_is_written_in_the_editor(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'below("What was said", "First line\\n\\nSecond line")'
    editor(monkeypatch, amelia.folder, script)
    amelia("concern add amelia --raised-by parent --edit")
    shown = json.loads(amelia("pupil show amelia --format json").out)
    assert shown["concerns"][0]["concern"] == "First line\n\nSecond line"
    editor(monkeypatch, amelia.folder, 'swap("Second", "Third")')
    assert "Third" in amelia("concern set amelia 1 --edit").out
    assert not drafts(amelia)


def test_a_profile_is_written_in_the_editor(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    amelia("pupil set amelia profile.aspirations=Vet")
    script = 'below("What I am good at", "Kind"); swap("^Vet$", "Pilot")'
    editor(monkeypatch, amelia.folder, script)
    amelia("pupil set amelia --edit")
    shown = json.loads(amelia("pupil show amelia --format json").out)
    assert shown["profiles"] == [
        {"date": "2025-10-20", "strengths": "Kind", "aspirations": "Pilot"}
    ]


@pytest.mark.parametrize("script", ["", 'swap("^## What was", "## That")'])
def test_a_form_left_empty_or_spoilt_changes_nothing(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    before = head_of(amelia.folder)
    editor(monkeypatch, amelia.folder, script)
    result = amelia("concern add amelia --edit", code=None)
    assert result.code in {2, 3}
    assert head_of(amelia.folder) == before


def test_a_refused_form_keeps_its_draft(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'shows("Worried") or below("What was said", "Worried")'
    editor(monkeypatch, amelia.folder, script)
    told = amelia("concern add amelia --raised-by Nobody --edit", code=3)
    assert "Nobody" in told.err
    assert "Worried" in drafts(amelia)[0].read_text("utf-8")


def test_an_assessment_is_written_and_amended_in_the_editor(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'below("The teacher.s assessment", "Reads 22 words")'
    editor(monkeypatch, amelia.folder, script)
    amelia("cycle open amelia --date 15/09/2025 --pupil-view 'I like stories' --edit")
    editor(monkeypatch, amelia.folder, 'swap("22", "24"); swap("stories", "tales")')
    amelia("cycle set amelia --edit")
    shown = json.loads(amelia("pupil show amelia --format json").out)
    assess = shown["cycles"][0]["assess"]
    assert assess["teacher_assessment"] == "Reads 24 words"
    assert [v["text"] for v in assess["views"]] == ["I like tales"]


def test_an_editor_whose_path_has_spaces_needs_no_quotes(
    amelia: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Program Files"
    folder.mkdir()
    spaced = program(folder, "my editor", f'{TOOLS}\nadd("# seen")\n')
    monkeypatch.delenv("VISUAL", raising=False)
    (path,) = (amelia.folder / "pupils").iterdir()
    for number, typed in enumerate((str(spaced), f"{spaced} -x", f'"{spaced}" -x'), 1):
        monkeypatch.setenv("EDITOR", typed)
        amelia("pupil edit amelia")
        assert path.read_text("utf-8").count("# seen") == number
    monkeypatch.setenv("EDITOR", f'"{spaced}')
    told = amelia("pupil edit amelia", code=7)
    assert "is not on this computer" in told.err
    assert "sen draft open" in told.err


def test_what_is_added_gets_its_id(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the editor, again where something else was wrong, and by hand."""
    seen = amelia.folder.parent / "seen"
    editor(
        monkeypatch,
        amelia.folder,
        'if shows("NOT SAVED"):\n'
        f"    copy_to({str(seen)!r})\n"
        '    swap("15/99/2025", "2025-10-15")\n'
        "else:\n"
        '    add("concerns:\\n- date: 15/99/2025\\n  concern: Tired")',
    )
    amelia("pupil edit amelia")
    (path,) = (amelia.folder / "pupils").iterdir()
    record = json.loads(amelia("pupil show amelia --format json").out)
    (concern,) = record["concerns"]
    assert f"- id: {concern['id']}\n" in seen.read_text("utf-8")
    text = path.read_text("utf-8") + "needs:\n- type: SLCN\n  from: 2025-10-01\n"
    path.write_text(text, "utf-8", newline="\n")
    assert "added need 'Speech, language" in amelia("commit").out
    assert "- id: d" in path.read_text("utf-8")
    assert git(amelia.folder, "status", "--short") == ""
