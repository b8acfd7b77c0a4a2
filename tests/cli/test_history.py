"""The audit trail, field by field, in plain English."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from sencli.store.history import versions
from sencli.store.history.search import Row
from tests.cli import lesson
from tests.cli.lesson import commits
from tests.cli.lesson import record
from tests.cli.lesson import refused
from tests.conftest import Typed


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)


def test_says_who_when_and_what(term: Typed) -> None:
    term("cycle review amelia --date 17/10/2025 --outcome 1=achieved:37")
    term("cycle review amelia --outcome 1=achieved:63")
    first = term("history amelia --limit 1").out
    assert "J. Patel, " in first
    assert "outcome 'Reads 60 common words on sight': exit value 37 -> 63" in first


def test_no_ids_in_the_sentences(term: Typed) -> None:
    term("session", "log", "HFW 1", "--date", "22/09", "--absent", "amelia")
    told = term("history amelia").out
    cycle = record(term, "amelia")["cycles"][0]
    plan = cycle["plan"]
    for name in (
        cycle["id"],
        plan["outcomes"][0]["id"],
        plan["interventions"][0]["id"],
        plan["interventions"][0]["group"],
    ):
        assert name not in told
    assert "Log sessions of group HFW 1" not in told  # one line says it all
    assert "session of 'Precision teaching' on 22 September 2025" in told
    assert "missed pupil absent" in told
    assert "parent/carer agreed on 18 September 2025" in told
    assert "teacher K. Morris" in told


def test_json_is_a_list_of_commits_with_fields(term: Typed) -> None:
    term("outcome measure amelia 1 37 --date 17/10/2025")
    term("outcome measure amelia 1 38 --date 17/10/2025")
    told = json.loads(term("history amelia --format json").out)
    assert list(told[0])[:6] == [
        *("commit", "date", "author", "action", "summary", "changes"),
    ]
    entry = record(term, "amelia")["cycles"][0]["do"]["measurements"][0]
    cycle = record(term, "amelia")["cycles"][0]["id"]
    assert told[0]["changes"] == [
        {
            "path": f"cycles[{cycle}].do.measurements[{entry['id']}].value",
            "old": 37,
            "new": 38,
        }
    ]
    assert told[0]["action"] == "outcome.measure"
    assert told[-1]["action"] == "pupil.add"
    assert {"path": "first_name", "old": None, "new": "Amelia"} in told[-1]["changes"]
    assert len({t["commit"] for t in told}) == len(told)


def test_natural_keys_in_paths(term: Typed) -> None:
    term("session log amelia --date 22/09/2025")
    told = json.loads(term("history amelia --format json --limit 1").out)
    paths = [c["path"] for c in told[0]["changes"]]
    assert any(".do.sessions[" in p and " 2025-09-22]" in p for p in paths)


def test_of_one_item(term: Typed) -> None:
    term("outcome measure amelia 1 37")
    told = json.loads(term("history", "amelia", "outcome 1", "--format", "json").out)
    actions = [t["action"] for t in told]
    assert actions == ["outcome.measure", "intervention.add", "outcome.add"]
    refused(term, "history amelia zebra", code=4)


def test_of_an_item_that_is_gone(term: Typed) -> None:
    term("concern add amelia --concern 'Tired'")
    concern = record(term, "amelia")["concerns"][0]["id"]
    term("remove", "amelia", concern, "--yes")
    told = term("history", "amelia", concern).out
    assert "removed concern 'Tired'" in told
    assert "added concern 'Tired'" in told


def test_as_a_table_and_csv(term: Typed) -> None:
    rows = list(csv.DictReader(io.StringIO(term("history amelia --format csv").out)))
    assert rows[0]["author"] == "J. Patel"
    assert any("Worried about reading" in r["change"] for r in rows)
    assert "What changed" in term("history amelia --format table").out
    assert "| What changed" in term("history amelia --format md").out


def test_of_the_school_and_of_everything(term: Typed) -> None:
    assert "HFW 1" in term("history groups").out
    assert "K. Morris" in term("history school").out
    told = json.loads(term("history --format json --limit 3").out)
    assert len(told) == 3
    assert told[0]["summary"] == "Add an intervention for Ben Adeyemi"
    everything = json.loads(term("history --format json --since 01/01/2020").out)
    assert len(everything) == commits(term)


def test_since_a_day(term: Typed) -> None:
    assert term("history amelia --since tomorrow", code=None).code in {0, 3}
    told = json.loads(term("history amelia --format json --since 01/01/2020").out)
    assert told


def test_unknown_pupil(term: Typed) -> None:
    refused(term, "history zoe", code=4)


def test_a_fortnight_of_sessions_is_one_sentence(term: Typed) -> None:
    term("intervention set amelia 1 --days mon,tue,wed --from 22/09/2025")
    term("session log amelia --from 22/09 --to 03/10 --missed trip")
    told = term("history amelia --limit 1").out
    assert (
        "added 6 sessions of 'Precision teaching', 22 September 2025 to 1 October 2025"
        ": missed trip"
    ) in told


def test_what_a_hand_muddled_is_told_all_the_same(term: Typed) -> None:
    path = f"pupils/{record(term, 'cara')['id']}.yaml"
    file = term.folder / path
    text = file.read_text("utf-8")
    for odd in ("cycles: no\n", "needs:\n- {id: [a], type: {b: c}}\n", "\tx: [\n"):
        file.write_text(text + odd, "utf-8", newline="\n")
        for args in (["add", path], ["commit", "-qm", "By hand"]):
            subprocess.run(["git", "-C", str(term.folder), *args], check=True)
    told = term("history", record_id(path)).out
    assert "cycles: (nothing) -> 'no'" in told
    assert "By hand" in told


@pytest.mark.parametrize("odd", ["", "1: {2: x}\n"])
def test_two_processes_tell_what_one_does(
    term: Typed, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    file = term.folder / "pupils" / f"{record(term, 'amelia')['id']}.yaml"
    text = file.read_text("utf-8")
    for number, now in enumerate((text + odd, text.replace("Khan", "Khan-Ali"))):
        file.write_text(now, "utf-8", newline="\n")
        git = ["git", "-C", str(term.folder), "commit", "--allow-empty", "-qam"]
        subprocess.run([*git, f"By hand {number}"], check=True)
    for value in range(40, 48):
        term(f"outcome measure amelia 1 {value} --date 17/10/2025")
    typed = [f"history amelia --format {name}" for name in ("json", "text", "csv")]
    alone = [term(words).out for words in typed]
    shared: list[int] = []

    def share(_told: versions._VersionReader, rows: list[Row]) -> int:
        shared.append(len(rows))
        return len(rows) * 2 // 3

    monkeypatch.setattr(versions._VersionReader, "to_share", share)
    assert [term(words).out for words in typed] == alone
    assert len(shared) == len(typed)
    assert ("(nothing) -> '{2: 'x'}'" in alone[1]) == bool(odd)


def test_few_versions_are_told_by_one_process(
    term: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    want = term("history amelia").out
    monkeypatch.setattr(versions, "spread", None)
    assert term("history amelia").out == want
    monkeypatch.setattr(versions, "_MANY", 2)
    monkeypatch.setattr(versions, "workers", lambda _: 1)
    assert term("history amelia").out == want


def record_id(path: str) -> str:
    return path.removeprefix("pupils/").removesuffix(".yaml")
