"""``sen check``, ``sen rule`` and ``sen exception`` as typed."""

from __future__ import annotations

import json
from pathlib import Path

from sencli.rules import RULES
from tests.cli.test_init import git
from tests.conftest import Typed
from tests.conftest import school_of

FIELDS = ["code", "level", "pupil", "path", "file", "line", "message", "mend"]
EXPLAINED = {
    *("code", "name", "level", "edition", "citation"),
    *("confirmed", "asks", "why", "meet"),
}


@school_of
def school(oak: Typed) -> None:
    oak("staff", "add", "KM", "--name", "K. Morris", "--role", "teacher")
    oak("pupil", "add", "Amelia Khan", "--year-group", "4", "--class", "4B")
    oak("status", "set", "amelia", "K", "--since", "15/09/2025", "--reason", "Agreed")


def found(sen: Typed, *words: str, code: int | None = None) -> list[dict[str, object]]:
    return json.loads(sen("check", *words, "--format", "json", code=code).out)


def codes(sen: Typed, *words: str) -> set[object]:
    return {finding["code"] for finding in found(sen, *words)}


def record(sen: Typed) -> Path:
    return next((sen.folder / "pupils").glob("*.yaml"))


def test_a_duty_not_met_ends_with_1_and_its_mend_mends_it(school):
    missing = found(school, "amelia", "--rule", "A13", code=1)
    assert [list(finding) for finding in missing] == [FIELDS]
    finding = missing[0]
    path = record(school)
    assert finding["level"] == "must"
    assert finding["pupil"] == path.stem
    assert finding["file"] == f"pupils/{path.name}"
    assert finding["path"] == "status[2025-09-15]"
    text = path.read_text(encoding="utf-8").splitlines()
    assert "2025-09-15" in text[int(str(finding["line"])) - 1]
    mend = str(finding["mend"])
    school(mend, code=3)
    assert found(school, "amelia", "--rule", "A13", code=1) == missing
    school(mend.replace("WHO", "parent").replace("DATE", "today"))
    assert found(school, "amelia", "--rule", "A13", code=0) == []


def test_guidance_ends_with_1_only_when_strict(school):
    school("status", "set", "amelia", "K", "--since", "15/09/2025", "--told", "parent")
    school("check", code=0)
    school("check", "--strict", code=1)


def test_levels_choose_what_is_shown(school):
    school("need", "add", "amelia", "SLCN", "--rank", "1")
    assert {f["level"] for f in found(school, "--level", "must")} == {"must"}
    assert "should" in {f["level"] for f in found(school)}
    everything = school("check", "--level", "all", code=1).out
    assert "1 record checked" in everything
    assert "duty not met" in everything


def test_faults_of_the_files_stand_in_the_same_list(school):
    path = record(school)
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("provision: K", "provision: Q"), encoding="utf-8", newline="\n"
    )
    faults = found(school, code=1)
    assert [(f["level"], f["file"]) for f in faults] == [
        ("must", f"pupils/{path.name}")
    ]


def test_a_file_can_be_named(school):
    school("pupil", "add", "Ben Adeyemi", "--year-group", "4")
    path = record(school)
    assert found(school, f"pupils/{path.name}") == found(school, path.stem)
    assert found(school, "school.yaml") == []
    assert "is not a file" in school("check", "pupils/zzzzz.yaml", code=2).err


def test_the_day_decides(school):
    assert codes(school, "--as-at", "01/09/2025") == set()
    assert "A13" in codes(school, "--as-at", "16/09/2025")


def test_places_are_right_when_later_entries_are_left_out(school):
    for day in ("01/10/2025", "01/03/2025"):
        school(
            "concern",
            "add",
            "amelia",
            "--date",
            day,
            "--raised-by",
            "parent",
            "--concern",
            f"Worry of {day}",
        )
    finding = found(school, "--rule", "B04", "--as-at", "20/09/2025")[0]
    lines = record(school).read_text(encoding="utf-8").splitlines()
    near = "\n".join(lines[int(str(finding["line"])) - 1 :][:3])
    assert "2025-03-01" in near


def test_md_and_csv_and_the_table(school):
    table = school("check", code=1).out
    assert "Amelia Khan" in table
    assert "sen status set" in table
    assert "| must" in school("check", "--format", "md", code=1).out
    head = school("check", "--format", "csv", code=1).out.splitlines()[0]
    assert set(FIELDS) <= set(head.split(","))


def test_an_unknown_rule(school):
    assert "no rule" in school("check", "--rule", "Z9", code=4).err
    assert "schema refuses" in school("rule", "K3", code=4).err


def test_sen_rule_lists_all_and_explains_one(school):
    listed = json.loads(school("rule", "--format", "json").out)
    assert [rule["code"] for rule in listed] == [rule.code for rule in RULES]
    one = json.loads(school("rule", "a13", "--format", "json").out)
    assert set(one) >= EXPLAINED
    assert one["level"] == "must"
    told = school("rule", "C05").out
    assert "to be confirmed" in told
    assert "sen specialist refer" in told


def test_rules_are_explained_without_any_records(sen):
    assert "s.68" in sen("rule", "A13").out


def test_a_should_is_answered_and_the_answer_is_shown(school):
    assert "A10" in codes(school)
    school(
        "exception",
        "add",
        "amelia",
        "a10",
        "--reason",
        "The authority wrote to all",
        "--until",
        "01/09/2026",
    )
    assert "A10" not in codes(school)
    assert "The authority wrote to all" in school("check", "--level", "all", code=1).out
    assert "answered by a reason" in school("check", code=1).out
    assert "authority wrote" in school("exception", "list", "amelia").out
    assert "A10" in codes(school, "--as-at", "02/09/2026")
    log = school("history", "amelia").out
    assert "A10" in log


def test_an_answer_can_be_ended(school):
    school("exception", "add", "amelia", "A10", "--reason", "x", "--date", "01/10/2025")
    school("exception", "end", "amelia", "A10", "--date", "10/10/2025")
    assert "A10" in codes(school)
    school("exception", "end", "amelia", "A12", "--date", "today", code=4)


def test_a_must_cannot_be_waived(school):
    before = record(school).read_bytes()
    refused = school("exception", "add", "amelia", "A13", "--reason", "x", code=3)
    assert "cannot be waived" in refused.err
    school("exception", "add", "amelia", "D01", "--reason", "x", code=3)
    school("exception", "add", "amelia", "Q1", "--reason", "x", code=4)
    assert "--reason" in school("exception", "add", "amelia", "A10", code=2).err
    assert record(school).read_bytes() == before


def test_findings_of_one_rule_about_several_pupils_share_a_line(school):
    for name in ("Ben Okoro", "Cara Lyle", "Dan Peel"):
        school("pupil", "add", name, "--class", "4B")
        school("status", "set", name.split()[0], "K", "--since", "2025-09-08")
    told = school("check", code=1).out
    (line,) = [row for row in told.splitlines() if " A10 " in row]
    assert "pupils" in line
    for name in ("Ben Okoro", "Cara Lyle", "Dan Peel"):
        assert name in line
    (disability,) = [row for row in told.splitlines() if " A02 " in row]
    assert "sen check --rule A02" in disability  # each pupil's own answer
    for more in (("--rule", "A10"), ("--each",), ("--format", "csv")):
        each = school("check", *more, code=None).out
        assert sum("sendiass --to WHO" in row for row in each.splitlines()) >= 3
    # where nothing is about one of them, one command answers for all
    command = line.partition("sen information add")[2].partition("  ")[0]
    before = git(school.folder, "rev-list", "--count", "HEAD")
    said = school(f"sen information add {command.replace('DATE', '08/10/2025')}").out
    assert said.count("SENDIASS") >= 4
    after = git(school.folder, "rev-list", "--count", "HEAD")
    assert int(after) == int(before) + 1
    assert " A10 " not in school("check", code=1).out
    school("undo", "--yes", code=None)
    assert " A10 " in school("check", code=1).out


def test_the_gaps_of_a_new_plan_are_one_sentence(school):
    school("status set amelia K --since 08/10/2025")
    school("cycle open amelia --date 08/10/2025 --assessment 'Finds reading hard'")
    school("cycle plan amelia --date 09/10/2025 --review-by 12/12/2025")
    rows = school("check amelia", code=None).out.splitlines()
    (plan,) = [row for row in rows if "The plan of Autumn 2025 is new." in row]
    assert "the plan agreed with everybody (B07)" in plan
    assert not [row for row in rows if " B07 " in row]
    each = school("check amelia --each", code=None).out
    assert " B07 " in each
    later = school("check amelia --as-at 09/12/2025", code=None).out
    assert "is new" not in later


def test_what_another_program_wrote_of_days_to_come_is_found(school):
    """``sen`` refuses it; the mend takes it out."""
    school("concern add amelia --concern 'Finds reading hard' --date 01/10/2025")
    path = record(school)
    text = path.read_text("utf-8").replace("2025-10-01", "2026-01-12")
    path.write_text(text, "utf-8", newline="\n")
    git(school.folder, "commit", "-qam", "Another program's")
    (late,) = [f for f in found(school, "amelia") if f["code"] == "date"]
    assert late["message"] == "A concern on 12 January 2026, which is to come"
    school(f"{str(late['mend']).rpartition('out: ')[2]} --yes")
    assert "date" not in codes(school, "amelia")
