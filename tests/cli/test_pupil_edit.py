"""The whole record in the editor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sencli.cli.editor import MARK
from sencli.cli.editor import marked
from sencli.cli.editor import unmarked
from tests.cli.test_init import git
from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def amelia(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --upn P999900024001 --class 4B')


def editor(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    path = folder.parent / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8", newline="\n")
    path.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(path))
    monkeypatch.delenv("VISUAL", raising=False)


def drafts(typed: Typed) -> list[Path]:
    found = (typed.folder / ".git/sencli/drafts").iterdir()
    return [path for path in found if path.suffix in {".txt", ".yaml"}]


def test_saved_with_its_comments(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(
        monkeypatch,
        amelia.folder,
        'sed -i "s/Khan/Kahn/" $1; echo "# mum prefers texts" >> $1',
    )
    told = amelia("pupil edit amelia")
    assert "last_name: Khan -> Kahn" in told.out
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


def test_a_failing_editor_aborts_and_keeps_the_draft(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = git(amelia.folder, "rev-parse", "HEAD")
    monkeypatch.setenv("EDITOR", "false")
    told = amelia("pupil edit amelia", code=7)
    assert "kept: sen draft open" in told.err
    assert git(amelia.folder, "rev-parse", "HEAD") == before
    assert len(drafts(amelia)) == 1


def test_faults_are_marked_and_the_editor_opens_again(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        'if grep -q "NOT SAVED" $1; then\n'
        f'grep "{MARK}" $1 > {amelia.folder.parent}/seen\n'
        'sed -i "s/P999900024002/P999900024001/; s/Khan/Kahn/" $1\n'
        'else sed -i "s/P999900024001/P999900024002/" $1; fi'
    )
    editor(monkeypatch, amelia.folder, script)
    amelia("pupil edit amelia")
    assert "check letter" in (amelia.folder.parent / "seen").read_text("utf-8")
    (path,) = (amelia.folder / "pupils").iterdir()
    text = path.read_text("utf-8")
    assert "Kahn" in text
    assert "P999900024001" in text
    assert MARK not in text


@pytest.mark.parametrize(
    "script",
    [
        'sed -i "s/^first_name:.*/first_name: [/" $1',
        'sed -i "s/^id: .*/id: pzzzz/" $1',
        'sed -i "s/4B/4B, shoe: 3/" $1',
        ": > $1",
        'printf "\\377" > $1',
    ],
)
def test_what_stays_wrong_is_not_saved(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    before = git(amelia.folder, "rev-parse", "HEAD")
    editor(monkeypatch, amelia.folder, script)
    amelia("pupil edit amelia", code=3)
    assert git(amelia.folder, "rev-parse", "HEAD") == before
    assert git(amelia.folder, "status", "--short") == ""
    assert len(drafts(amelia)) == 1


def test_nothing_changed(amelia: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    editor(monkeypatch, amelia.folder, "sleep 1.1")
    assert "Nothing changed" in amelia("pupil edit amelia").out
    assert not drafts(amelia)


def test_a_draft_is_gone_on_with(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(monkeypatch, amelia.folder, 'sed -i "s/4B/4C/" $1; exit 1')
    amelia("pupil edit amelia", code=7)
    editor(monkeypatch, amelia.folder, 'sed -i "s/Khan/Kahn/" $1')
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
    script = 'sed -i "s/^## What was said$/&\\nFirst line\\n\\nSecond line/" $1'
    editor(monkeypatch, amelia.folder, script)
    amelia("concern add amelia --raised-by parent --edit")
    shown = json.loads(amelia("pupil show amelia --format json").out)
    assert shown["concerns"][0]["concern"] == "First line\n\nSecond line"
    editor(monkeypatch, amelia.folder, 'sed -i "s/Second/Third/" $1')
    assert "Third" in amelia("concern set amelia 1 --edit").out
    assert not drafts(amelia)


def test_a_profile_is_written_in_the_editor(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    amelia("pupil set amelia profile.aspirations=Vet")
    script = 'sed -i "s/^## What I am good at.*$/&\\nKind/; s/^Vet$/Pilot/" $1'
    editor(monkeypatch, amelia.folder, script)
    amelia("pupil set amelia --edit")
    shown = json.loads(amelia("pupil show amelia --format json").out)
    assert shown["profiles"] == [
        {"date": "2025-10-20", "strengths": "Kind", "aspirations": "Pilot"}
    ]


@pytest.mark.parametrize("script", ["true", 'sed -i "s/^## What was/## That/" $1'])
def test_a_form_left_empty_or_spoilt_changes_nothing(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    before = git(amelia.folder, "rev-parse", "HEAD")
    editor(monkeypatch, amelia.folder, script)
    result = amelia("concern add amelia --edit", code=None)
    assert result.code in {2, 3}
    assert git(amelia.folder, "rev-parse", "HEAD") == before


def test_a_refused_form_keeps_its_draft(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'grep -q Worried $1 || sed -i "s/^## What was said$/&\\nWorried/" $1'
    editor(monkeypatch, amelia.folder, script)
    told = amelia("concern add amelia --raised-by Nobody --edit", code=3)
    assert "Nobody" in told.err
    assert "Worried" in drafts(amelia)[0].read_text("utf-8")


def test_an_assessment_is_written_and_amended_in_the_editor(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'sed -i "s/^## The teacher.s assessment$/&\\nReads 22 words/" $1'
    editor(monkeypatch, amelia.folder, script)
    amelia("cycle open amelia --date 15/09/2025 --pupil-view 'I like stories' --edit")
    editor(monkeypatch, amelia.folder, 'sed -i "s/22/24/; s/stories/tales/" $1')
    amelia("cycle set amelia --edit")
    shown = json.loads(amelia("pupil show amelia --format json").out)
    assess = shown["cycles"][0]["assess"]
    assert assess["teacher_assessment"] == "Reads 24 words"
    assert [v["text"] for v in assess["views"]] == ["I like tales"]


def test_an_editor_whose_path_has_spaces_needs_no_quotes(
    amelia: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spaced = tmp_path / "Program Files" / "my editor"
    spaced.parent.mkdir()
    spaced.write_text(
        '#!/bin/sh\nfor last; do :; done\necho "# seen" >> "$last"\n',
        "utf-8",
        newline="\n",
    )
    spaced.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    (path,) = (amelia.folder / "pupils").iterdir()
    for number, typed in enumerate((str(spaced), f"{spaced} -x", f'"{spaced}" -x'), 1):
        monkeypatch.setenv("EDITOR", typed)
        amelia("pupil edit amelia")
        assert path.read_text("utf-8").count("# seen") == number
    monkeypatch.setenv("EDITOR", f'"{spaced}')
    told = amelia("pupil edit amelia", code=7)
    assert "is not on this computer" in told.err
    assert "EDITOR=nano sen draft open" in told.err
