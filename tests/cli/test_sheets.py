"""Sheets go out and come back: what is asked, what is taken, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sencli.cli.shell import prompts
from sencli.core.handover.sealed import digest_of
from sencli.core.handover.sheet import KINDS
from sencli.store.files import files
from tests.cli import lesson
from tests.cli.lesson import commits
from tests.cli.lesson import record
from tests.conftest import Typed
from tests.systems import is_private

DAYS = ("--from", "22/09/2025", "--to", "26/09/2025", "--expires", "31/12/2027")
EVERY = [word for kind in KINDS for word in ("--ask", kind)]
Cells = Mapping[tuple[str, str], Any]
START = {
    ("Start here", "B9"): "TA2 B. Ali",
    ("Start here", "B10"): "26/09/2025",
    ("Start here", "B11"): "yes",
}


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)


def made(term: Typed, *more: str) -> tuple[Path, dict[str, Any]]:
    """A workbook for the group, and what was told of it."""
    told = term(
        *("sheet", *(more or ("--group", "hfw", *EVERY)), *DAYS),
        *("--output", str(term.folder.parent / "s.xlsx"), "--force"),
        *("--format", "json"),
    )
    return term.folder.parent / "s.xlsx", json.loads(told.out)["ids"]


def filled(path: Path, cells: Cells, name: str = "f.xlsx") -> str:
    """The workbook with cells written, as another program saves it."""
    book = openpyxl.load_workbook(path)
    for (sheet, place), value in cells.items():
        book[sheet][place] = value
    held = BytesIO()
    book.save(held)
    path.with_name(name).write_bytes(held.getvalue())
    return str(path.with_name(name))


def answers(term: Typed, ids: dict[str, Any], *said: Any, **more: Any) -> str:
    """The file of answers that a page saves."""
    for pupil in ids["pupils"]:
        kept = record(term, pupil)["issued"][-1]["sheet"]
        assert kept["id"] == ids["sheet"]
    file = {
        "form": "sencli answers",
        "version": 1,
        "sheet": ids["sheet"],
        "seal": kept["seal"],
        "school": "Oak",
        "given_by": "TA2",
        "given_on": "2025-09-26",
        "signed_off": True,
        "answers": list(said),
        **more,
    }
    file.setdefault("digest", digest_of(file, "digest"))
    path = term.folder.parent / "a.json"
    path.write_text(json.dumps(file), "utf-8", newline="\n")
    return str(path)


def asked(term: Typed, who: str) -> tuple[str, str]:
    """The ids of a pupil and of the support."""
    found = record(term, who)
    return found["id"], found["cycles"][-1]["plan"]["interventions"][0]["id"]


def test_a_workbook_goes_out_and_comes_back_once(term: Typed) -> None:
    before = commits(term)
    path, ids = made(term)
    assert commits(term) == before + 1
    assert is_private(path)
    assert record(term, "ben")["issued"][-1]["document"] == "sheet"
    book = openpyxl.load_workbook(path)
    assert book["Sessions"]["B3"].value == "Amelia Khan"
    assert book["Sessions"].protection.sheet
    assert not book["Sessions"]["D3"].protection.locked
    assert book["Sessions"]["A3"].protection.locked
    assert "Cara" not in str([list(s.values) for s in book]), "not in the group"
    good = filled(
        path,
        {
            **START,
            ("Sessions", "D3"): "given",
            ("Sessions", "F3"): "pupil absent",
            ("Sessions", "D4"): "given",
            ("Measures", "F3"): "37",
            ("Measures", "F4"): "sometimes",
            ("What helped", "D3"): "helped a lot",
            ("Views", "D3"): "She reads more",
            ("Concerns", "A3"): "cara",
            ("Concerns", "B3"): "Squints",
        },
    )
    shown = term("take", good, code=2)
    assert "9 new" not in shown.err, "what helped is part of the view"
    assert "7 answers: 7 new" in shown.err
    assert "given by TA2 on 26 September 2025" in shown.err
    assert commits(term) == before + 1
    dry = term("take", good, "--dry-run")
    assert "Nothing was changed" in dry.err
    assert "7 new" in dry.out
    told = json.loads(term("take", good, "--dry-run", "--format", "json").out)
    assert {(a["given_by"], a["state"]) for a in told["answers"]} == {("TA2", "new")}
    assert "Took 7 answers" in term("take", good, "--yes").out
    assert commits(term) == before + 2
    cycle = record(term, "amelia")["cycles"][-1]
    assert [s.get("missed", "") for s in cycle["do"]["sessions"]] == [
        "",
        "pupil_absent",
    ]
    assert {(s["by"], s["sheet"]) for s in cycle["do"]["sessions"]} == {
        ("TA2", ids["sheet"])
    }
    measured = cycle["do"]["measurements"][0]
    assert (measured["value"], measured["date"], measured["by"]) == (
        *(37, "2025-09-26", "TA2"),
    )
    assert "Precision teaching helped a lot" in cycle["do"]["views"][0]["text"]
    assert "She reads more" in term("cycle show amelia").out
    assert record(term, "cara")["concerns"][0]["raised_by"] == "TA2"
    again = term("take", good, "--yes")
    assert "7 there already" in again.err
    assert "Nothing changed" in again.out
    assert commits(term) == before + 2
    # the review takes up the views that waited for it
    term(
        *("cycle", "review", "amelia", "--date", "26/09/2025"),
        *("--pupil-view", "I can read", "--view", "TA2: Well done"),
    )
    reviewed = record(term, "amelia")["cycles"][-1]
    heard = {v["of"]: v for v in reviewed["review"]["views"]}
    assert heard["TA2"]["text"].endswith("She reads more\nWell done")
    assert heard["TA2"]["sheet"] == ids["sheet"]
    assert heard["pupil"]["text"] == "I can read"
    assert "views" not in reviewed["do"]
    assert "7 there already" in term("take", good, "--yes").err
    assert term("verify").code == 0


def test_what_the_record_says_otherwise_is_asked(
    term: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, ids = made(term)
    amelia, support = asked(term, "amelia")
    term("session log amelia --date 22/09/2025 --missed pupil-absent")
    one = {"question": f"sessions-{amelia}-{support}", "day": "2025-09-22"}
    file = answers(term, ids, {**one, "answer": "given"})
    before = commits(term)
    named = term("take", file, "--yes", code=2).err
    assert "--use 1" in named
    assert "--keep 1" in named
    assert "no answer about which" in term("take", file, "--use", "7", code=2).err
    assert "both" in term("take", file, "--use", "1", "--keep", "all", code=2).err
    assert "Nothing changed" in term("take", file, "--keep", "1").out
    assert commits(term) == before
    monkeypatch.setattr(prompts, "can_ask", lambda: True)
    assert "Nothing changed" in term("take", file, stdin="n\n").out
    term("take", file, stdin="y\nn\n", code=None)
    assert commits(term) == before
    term("take", file, stdin="y\ny\n")
    (session,) = record(term, "amelia")["cycles"][-1]["do"]["sessions"]
    assert "missed" not in session
    term("outcome set amelia 1 --target 70 --correct --reason Slip")
    assert "sheet" not in term("due").out, "it said nothing that was wrong"
    # two sheets that say different things of one day: the second is asked about
    monkeypatch.setattr(prompts, "can_ask", lambda: False)
    two = answers(term, ids, {**one, "answer": "trip", "day": "2025-09-24"})
    first = Path(two).rename(term.folder.parent / "b.json")
    other = answers(term, ids, {**one, "answer": "given", "day": "2025-09-24"})
    assert "--use 2" in term("take", str(first), other, "--yes", code=2).err


def test_what_is_not_ours_is_refused_with_the_reason(term: Typed) -> None:
    path, ids = made(term)
    amelia, support = asked(term, "amelia")
    good = {
        "question": f"sessions-{amelia}-{support}",
        "day": "2025-09-22",
        "answer": "given",
    }
    cara = record(term, "cara")["id"]
    before = commits(term)

    def refused(said: str, *answer: Any, **more: Any) -> None:
        told = term("take", answers(term, ids, *answer, **more), "--yes", code=None)
        assert told.code in (2, 3), told.both
        assert said in told.err, told.err

    refused("changed after it was saved", good, digest="0" * 64)
    refused("of another school: 'Elm'", good, school="Elm", sheet="jzzzzzzz")
    refused("No such sheet", good, sheet="jzzzzzzz")
    refused("its seal does not match", good, seal="0" * 64)
    refused("not signed off", good, signed_off=False)
    refused("not a member of staff", good, given_by="Nobody")
    refused("has not come yet", good, given_on="2027-01-01")
    refused("another version", good, version=2)
    refused("extra", good, extra=1)
    refused("is none of the choices", {**good, "answer": "=1+1"})
    refused("is no day of the sheet", {**good, "day": "2025-09-29"})
    refused("had not come when", {**good, "day": "2025-09-26"}, given_on="2025-09-25")
    refused(
        "whom the sheet does not ask", {**good, "question": f"sessions-{cara}-i234"}
    )
    refused("the sheet does not ask", {**good, "question": f"sessions-{amelia}-i234"})
    refused("answers no question", {**good, "question": "../../school"})
    refused("longer than 2,000", {"question": "concern", "text": "x" * 2001})
    view = f"views-{amelia}-{support}"
    refused("whose view", {"question": view, "text": "Forged"})
    refused("answers the same", good, {**good, "answer": "trip"})
    refused("before the sheet was made", good, given_on="2001-01-01")
    refused("not as a page saves it", {**good, "at": "x" * 9000})
    refused("control character", {**good, "note": "\x9b31m"})
    worry = {"question": "concern", "text": "Tired", "name": "Zed Nobody"}
    refused("longer than 100", {**worry, "name": "x" * 101})
    refused("51 concerns", *[worry] * 51)
    measure = record(term, "amelia")["cycles"][-1]["plan"]["outcomes"][0]["id"]
    refused(
        "is not a number",
        {
            "question": f"measure-{amelia}-{measure}",
            "day": "2025-09-22",
            "value": "lots",
        },
    )
    for text, said in (
        ("[]", "does not hold answers to a sheet"),
        ("{", "cannot be read"),
        ("[" * 100_000, "cannot be read"),
        ('{"form": "sencli sheet"}', "an empty sheet"),
        ('{"a": 1, "a": 2}', "cannot be read"),
        ("<!doctype html>", "This is a page"),
        (" " * 1_000_001, "larger than 1 MB"),
    ):
        strange = term.folder.parent / "strange.json"
        strange.write_text(text, "utf-8", newline="\n")
        assert said in term("take", str(strange), code=3).err
    for cells, said in (
        ({**START, ("Views", "D3"): "=1+1"}, "Views!D3 holds a formula"),
        ({**START, ("Sessions", "B3"): "Cara Doyle"}, "not to be filled in"),
        ({**START, ("Sessions", "A3"): "x"}, "not to be filled in"),
        ({**START, ("Start here", "B11"): "no"}, "not signed off"),
        ({**START, ("Sessions", "D3"): "perhaps"}, "Sessions!D3: 'perhaps'"),
        ({**START, ("Measures", "F3"): "many"}, "Measures!F3, Amelia Khan"),
        ({**START, ("Views", "D9"): "who?"}, "stands beside no question"),
    ):
        assert said in term("take", filled(path, cells), "--yes", code=3).err
    assert "There is no file" in term("take", "../none.json", code=4).err
    assert commits(term) == before


def test_answers_may_come_as_text_in_a_mail(term: Typed) -> None:
    _, ids = made(term)
    worry = {"question": "concern", "text": "Tired – ليلى", "name": "Ben"}
    file = Path(answers(term, ids, worry))
    text = file.read_text("utf-8")
    mail = file.with_name("mail.txt")
    for encoding in ("utf-8-sig", "utf-16"):
        mail.write_text(f"Hello Jo,\r\n{text}\r\nBest wishes", encoding, newline="")
        assert "1 new" in term("take", str(mail), "--dry-run").out
    mail.write_bytes(text.encode("utf-16-le")[:-1])
    assert "cannot be read" in term("take", str(mail), code=3).err


def test_a_worry_about_a_child_without_a_record_waits_for_one(term: Typed) -> None:
    _, ids = made(term)
    worry = {"question": "concern", "text": "Tired", "name": "Zed Nobody"}
    file = answers(term, ids, worry, {**worry, "name": "Ben"}, {**worry, "name": "a"})
    told = term("take", file, "--yes").err
    assert "sen pupil add NAME" in told
    assert "(about 'Ben')" in told
    assert "1 new, 2 left out" in told
    term("pupil add 'Zed Nobody' --year-group 4")
    assert "Took 1 answer" in term("take", file, "--yes").out
    assert [c["concern"] for c in record(term, "zed")["concerns"]] == ["Tired"]


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_sheet_expires_and_is_for_somebody(
    term: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompts, "can_ask", lambda: True)
    told = term("sheet --output ../q.txt", stdin="zzz\nhfw\n")
    assert "No class, member of staff or group is called 'zzz'" in told.err
    assert "Made a sheet for HFW 1" in told.out
    monkeypatch.setattr(prompts, "can_ask", lambda: False)
    told = term("sheet", *DAYS, code=2)
    assert "--class CLASS, --group GROUP or --for INITIALS" in told.err
    both = term("sheet 4B --for TA2", code=2).err
    assert "one class, one group or one person" in both
    assert "Made a sheet for Class 4B" in term("sheet 4b --output ../r.txt").out
    assert "Made a sheet for B. Ali" in term("sheet ta2 --output ../t.txt").out
    assert "The classes are: 4B, 5A" in term("sheet --class 9Z", code=4).err
    assert "nothing to ask" in term("sheet --class 5A", code=4).err
    term("sheet", "--for", "TA2", "--from", "2/2/2026", "--to", "1/2/2026", code=3)
    assert ".pdf" in term("sheet --for TA2 --output x.zip", code=2).err
    assert "is a file" in term("sheet --for TA2 --output -", code=2).err
    before = commits(term)
    with monkeypatch.context() as full:
        full.setattr(files, "overwrite", _full)
        assert "cannot be written" in term("sheet ta2 --output ../u.txt", code=7).err
    assert commits(term) == before, "what was not written did not go out"
    path, ids = made(term, "--for", "KM", "--ask", "views", "--ask", "helped")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Start here", "What helped", "Views", "Lists"]
    assert book["Start here"]["B9"].value == "KM K. Morris"
    amelia, _ = asked(term, "amelia")
    strategy = record(term, "amelia")["cycles"][-1]["plan"]["strategies"][0]["id"]
    file = answers(
        term,
        ids,
        {"question": f"helped-{amelia}-{strategy}", "answer": "a_little"},
        {"question": f"views-{amelia}-pupil", "text": "I like it"},
        given_by="KM",
    )
    monkeypatch.setenv("SENCLI_TODAY", "2028-01-10")
    assert "expired on 31 December 2027" in term("take", file, "--yes", code=3).err
    assert "Took 2 answers" in term("take", file, "--yes", "--late").out
    cycle = record(term, "amelia")["cycles"][-1]
    assert cycle["plan"]["strategies"][0]["worked"] == "helped a little."
    assert cycle["plan"]["strategies"][0]["worked_by"] == "KM"
    assert cycle["do"]["views"][0]["how"] == "asked by KM"


def test_the_paper_has_names_by_days(term: Typed) -> None:
    told = term("sheet", "--class", "4b", *DAYS, "--output", "../s.txt")
    assert "2 names (Amelia Khan and Ben Adeyemi)" in told.out
    paper = (term.folder.parent / "s.txt").read_text("utf-8")
    assert "Precision teaching (HFW 1), week of 22 September 2025" in paper
    assert "not yet / sometimes / always" in paper
    assert "A pupil absent" in paper
    assert "to be given back by 31 December 2027" in paper
