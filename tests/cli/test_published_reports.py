"""Reports that the school publishes: written, kept, due, merged, undone."""

from __future__ import annotations

import json

import pytest

from sencli.core.record.merge import merge
from sencli.resources import load_schema
from tests.conftest import Typed
from tests.editors import editor

STRATEGY = "inclusion-strategy"


def kept(oak: Typed, kind: str = STRATEGY) -> dict:
    shown: dict = json.loads(oak(f"report show {kind} --format json").out)
    return shown


def test_sections_are_kept_in_the_repository(oak: Typed) -> None:
    assert "(to be written)" in oak(f"report show {STRATEGY}").out
    assert not (oak.folder / "reports").exists()
    said = oak(f'report write {STRATEGY} aims "Every child belongs here."')
    assert "What we want for our pupils" in said.out
    path = oak.folder / "reports" / "inclusion-strategy.yaml"
    text = path.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../.sencli/schemas/")
    assert "Every child belongs here." in text
    assert (oak.folder / ".sencli/schemas/published.schema.json").is_file()
    oak(f'report write {STRATEGY} "Principle one" -', stdin="We know each child.\n")
    oak(f'report write {STRATEGY} "principle  ONE" "We know every child."')
    sections = kept(oak)["sections"]
    assert [s["section"] for s in sections] == ["aims", "Principle one"]
    assert sections[1]["text"] == "We know every child."
    assert (
        "Nothing changed"
        in oak(f'report write {STRATEGY} aims "Every child belongs here."').out
    )
    history = oak(f"history {STRATEGY}").out
    assert "Every child belongs here." in history
    assert "section 'Principle one': text" in oak("undo --yes").both
    assert kept(oak)["sections"][1]["text"] == "We know each child."
    oak(f"report write {STRATEGY} aims --clear")
    assert [s["section"] for s in kept(oak)["sections"]] == ["Principle one"]
    assert "breach" not in oak("verify").both
    assert oak("check").code == 0
    assert oak("doctor").code == 0


def test_wrong_words_change_nothing(oak: Typed) -> None:
    oak("report write nothing aims text", code=3)
    assert "TEXT is needed" in oak(f"report write {STRATEGY} aims", code=2).err
    oak(f"report write {STRATEGY} aims text --clear", code=2)
    oak(f"report write {STRATEGY} aims --clear", code=4)
    oak(f'report write {STRATEGY} aims "WHAT WAS SEEN"', code=3)
    oak("report barrier information-report 'Noise'", code=2)
    oak(f"report activity {STRATEGY} 'A room' --barrier 3", code=4)
    oak(f"report activity {STRATEGY} 'A room' --cost much", code=3)
    oak(f"report activity {STRATEGY} 'A room' --funding gold", code=3)
    oak(f"report publish {STRATEGY} --date 01/01/2099", code=None)
    oak(f"report remove {STRATEGY} room", code=4)
    oak(f"report edit {STRATEGY}", code=2)


def test_barriers_and_activities(oak: Typed) -> None:
    oak(f"report barrier {STRATEGY} 'Noise in the hall' --evidence 'Pupils said so'")
    done = oak(
        f"report activity {STRATEGY} 'A calm room at lunch' --barrier 1 --lead SENCO "
        "--funding imf --cost 2000 --from 01/09/2025 --until 31/07/2026"
    )
    assert "£2,000.00 a year" in done.out
    again = oak(f"report activity {STRATEGY} 'a calm room at lunch' --impact 'Calmer'")
    assert "Changed activity" in again.out
    noted = oak(f"report activity {STRATEGY} 'Training' --cost 300")
    assert "--funding SOURCE" in noted.err
    made = kept(oak)
    (barrier,) = made["barriers"]
    calm, _ = made["activities"]
    assert calm["barrier"] == barrier["id"]
    assert calm["annual_pence"] == 200_000
    refused = oak(f"report remove {STRATEGY} noise", code=3)
    assert f"sen report remove {STRATEGY} {calm['id']}" in refused.err
    oak(f"report remove {STRATEGY} {calm['id']}")
    oak(f"report remove {STRATEGY} noise")
    assert "barriers" not in kept(oak)
    path = oak.folder / "reports" / "inclusion-strategy.yaml"
    path.write_text(
        path.read_text("utf-8").replace(
            "annual_pence", "barrier: bxxxx\n  annual_pence"
        ),
        "utf-8",
        newline="\n",
    )
    told = " ".join(oak("check --format json", code=1).out.split())
    assert "here is no barrier bxxxx in the strategy" in told


def test_when_they_are_due(oak: Typed) -> None:
    late = oak("due --within 2027-12-31", today="2026-11-30").out
    assert "31/12/2026" in late
    assert "31/08/2027" in late
    assert "sen report publish inclusion-strategy" in late.replace("\n", " ")
    oak(
        f"report publish {STRATEGY} --date 15/12/2026 --where https://oak.example",
        today="2026-12-16",
    )
    oak("report publish information-report --date 01/12/2026", today="2026-12-16")
    rows = json.loads(
        oak("due --kind published --within 2y --format json", today="2026-12-16").out
    )
    assert [(row["due"], row["kind"]) for row in rows] == [
        ("2027-12-01", "published"),
        ("2027-12-15", "published"),
    ]


def test_all_sections_in_the_editor(
    oak: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    oak(f"report write {STRATEGY} 'Principle one' 'We know each child.'")
    script = """
below("What we want for our pupils", "Everybody belongs.")
below("How we review this strategy", "Each June.")
swap("We know each child.", "We know every child.")
"""
    editor(monkeypatch, oak.folder, script)
    assert "Wrote in the inclusion strategy" in oak(f"report edit {STRATEGY}").out
    texts = {s["section"]: s["text"] for s in kept(oak)["sections"]}
    assert texts == {
        "Principle one": "We know every child.",
        "aims": "Everybody belongs.",
        "review": "Each June.",
    }


def test_two_laptops_write_two_sections() -> None:
    base = {"schema": 1, "sections": [{"section": "aims", "text": "One"}]}
    ours = {"schema": 1, "sections": [{"section": "aims", "text": "Two"}]}
    theirs = {
        **base,
        "sections": [*base["sections"], {"section": "review", "text": "June"}],
        "published": [{"date": "2026-12-01"}],
    }
    merged = merge(base, ours, theirs, load_schema("published"))
    assert merged.clashes == ()
    assert merged.record is not None
    assert {s["section"]: s["text"] for s in merged.record["sections"]} == {
        "aims": "Two",
        "review": "June",
    }
    assert merged.record["published"] == [{"date": "2026-12-01"}]
