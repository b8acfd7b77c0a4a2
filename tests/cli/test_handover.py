"""The hand-over to a new SENCO: what is open, promised, and whom to call."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli import lesson
from tests.cli.lesson import refused

LINES = (
    *lesson.LINES,
    *lesson.IN_TERM,
    (
        "contact add amelia 'Sara Khan' --relationship mother "
        "--parental-responsibility --telephone '01632 960111' --sharing full"
    ),
    (
        "contact add amelia 'Imran Khan' --relationship father "
        "--parental-responsibility --telephone '01632 960222' --sharing none"
    ),
    (
        "contact add amelia 'Omar Khan' --relationship uncle "
        "--parental-responsibility --sharing limited"
    ),
    (
        "meeting add amelia --date 06/10/2025 --attended parent,KM --agreed Reading "
        "--action 'KM: ring the surgery (by 10/10/2025)'"
    ),
    "meeting add amelia --date 24/11/2025 --time '3.30 pm' --place 'Room 4'",
    "specialist refer amelia EP --consent parent --reason Stuck --date 01/10/2025",
    "status set cara K --since 15/09/2025",
    "retention hold cara --reason 'A claim may come'",
    "pupil leave cara --date 03/10/2025 --to-school 'Elm Road'",
)


def test_what_is_open_promised_and_whom_to_call(tmp_path: Path) -> None:
    term = lesson.school(tmp_path, LINES)
    made = json.loads(term("print handover --format json").out)
    made = made[0] if isinstance(made, list) else made
    assert [row["name"] for row in made["pupils"]] == ["Amelia Khan"]
    call = made["pupils"][0]["call"]
    assert "Sara Khan 01632 960111" in call
    assert "Imran Khan: NOTHING MAY BE SHARED" in call
    assert "960222" not in call
    assert "Omar Khan (no number) (share only what is agreed)" in call
    [promise] = made["promised"]
    assert (promise["text"], promise["due"]) == ("ring the surgery", "2025-10-10")
    assert [row["date"] for row in made["meetings"]] == ["2025-11-24"]
    assert "Amelia Khan" in made["outside"][0]["pupils"]
    # what is still to be done for one who has left is not lost with the pupil
    assert any("Cara" in row["name"] for row in made["due"])
    assert made["due"][0]["overdue"]
    shown = term("print handover").out
    assert re.search(r"Cara \w+: A claim may come", shown)
    assert "write none on this paper" in " ".join(shown.split())
    assert "restricted" not in shown
    # nobody outside the school gets it, and what is restricted stays out
    refused(term, "print", "handover", "--for", "agency", "--output", "x.pdf", code=2)
    [file] = [
        path
        for path in (term.folder / "pupils").iterdir()
        if "service:" in path.read_text("utf-8")
    ]
    text = file.read_text("utf-8")
    marked = re.sub(r"( +)service:.*\n", r"\g<0>\1restricted: true\n", text, count=1)
    file.write_text(marked, "utf-8", newline="\n")
    term("commit")
    shown = term("print handover").out
    assert "Something in these records is restricted" in shown
    assert "Educational psychologist" not in shown.partition("Outside")[2]
