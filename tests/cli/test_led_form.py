"""A led moment as one form: filled in, marked where it is wrong, saved once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import lesson
from tests.cli.test_pupil_edit import drafts
from tests.conftest import Typed
from tests.conftest import head_of
from tests.editors import editor


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(
        tmp_path, (*lesson.LINES, "cycle open amelia --assessment 'Reads 22'")
    )


PAIRS = (
    ("1: what will the pupil be able to do?", "Reads 60 words"),
    ("3. Measured in (words of 100):", "words"),
    ("4. Now:", "many"),
    ("5. Aim:", "60"),
    ("18. Support 1:", "2"),
    ("At home:", "Ten minutes\n# a night"),
)
AIM = f"""
if not shows("NOT SAVED"):
    swap("end of term", "12/12/2025")
    for mark, answer in {PAIRS!r}:
        swap(re.escape(mark), mark + " " + answer)
"""


def test_a_plan_is_filled_in_as_a_form(
    term: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = head_of(term.folder)
    editor(monkeypatch, term.folder, AIM)
    said = term("plan amelia --form", code=3)
    assert "many" in said.err
    assert head_of(term.folder) == before
    [kept] = drafts(term)
    text = kept.read_text("utf-8")
    assert "Reads 60 words" in text
    # the fault stands over its line, and the rest is as it was typed
    lines = text.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("4. Now: many"))
    assert lines[at - 1].startswith("# sen: ")
    editor(monkeypatch, term.folder, 'swap("Now: many", "Now: 22")')
    draft = said.err.split("sen draft open ")[1].split()[0]
    term(f"draft open {draft}")
    plan = lesson.record(term, "amelia")["cycles"][-1]["plan"]
    assert plan["outcomes"][0]["baseline"]["value"] == 22
    assert "agreed_with" not in plan
    assert len(plan["interventions"]) == 1
    # a line that only looks like a remark was typed, and is kept
    assert "# a night" in str(plan["responsibilities"])
    assert drafts(term) == []
    assert list(term.folder.glob("amelia-khan-*.pdf"))
    assert term("undo --yes").out.count("Plan the support of Amelia Khan") == 1


def test_a_form_goes_through_a_pipe(term: Typed) -> None:
    term("cycle plan amelia --date today --review-by 12/12/2025")
    term("outcome add amelia 'Reads 60 words' --baseline 22 --target 60")
    for line, title in (
        ("review amelia", "1. Reads 60 words: 22; aim 60"),
        ("meet amelia", "What was agreed:"),
        ("concern amelia", "1. What was said:"),
    ):
        said = term(f"{line} --form")
        assert title in said.out
        assert "--from FILE" in said.err
    file = term.folder.parent / "form.txt"

    def fill(form: str, *pairs: tuple[str, str]) -> None:
        for mark, answer in pairs:
            assert mark in form
            form = form.replace(mark, f"{mark} {answer}", 1)
        file.write_text(form, "utf-8", newline="\r\n")

    form = term("concern amelia --form").out
    file.write_text(form, "utf-8", newline="\n")
    assert "Nothing was written" in term(f"concern amelia --from {file}", code=2).err
    worry = ("What was said:", "She is tired")
    fill(form, worry, ("Who raised it (parent, teacher, pupil, KM):", "Nobody"))
    at = form[: form.index("2. Who raised it")].count("\n") + 1
    said = term(f"concern amelia --from {file}", code=3).err
    assert f"line {at}: No person fits 'Nobody'" in said
    assert max(map(len, form.splitlines())) <= 80
    fill(form.replace("2. Who raised", "2. Who, raised"), worry)
    assert "Leave the question" in term(f"concern amelia --from {file}", code=3).err
    fill("1. Aim 9: what will she do?\n" + form, worry)
    assert "record has changed" in term(f"concern amelia --from {file}", code=3).err
    assert "None recorded" in term("concern list amelia").out
    fill(form, worry)
    term(f"concern amelia --from {file}")
    assert "She is tired" in term("concern list amelia").out
    form = term("review amelia --form").out
    fill(form, ("(as achieved:63):", "splendid"))
    assert "splendid" in term(f"review amelia --from {file}", code=3).err
    fill(form, ("(as achieved:63):", "achieved:63"), ("step-down ...):", "continue"))
    assert "Reviewed and closed" in term(f"review amelia --from {file}").out
    form = term("meet amelia --form").out
    fill(form, ("What was agreed:", "Early nights"), ("Where:", "Room 4"))
    assert "hangs is empty" in term(f"meet amelia --from {file}", code=3).err
    fill(form, ("What was agreed:", "Early nights"))
    term(f"meet amelia --from {file}")
    assert "Early nights" in term("meeting list amelia").out
    assert "ok" in term("verify").out
