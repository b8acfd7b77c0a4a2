"""What json promises: the same fields in each object of a list, absent ones null."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli import lesson
from tests.conftest import Typed


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    sen = lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)
    sen("concern add amelia --concern Tired --date 01/10/2025")
    sen("concern add amelia --concern Loud --date 02/10/2025 --school-view Yes")
    sen("outcome add amelia 'Asks for help'")
    sen("intervention add amelia lego --outcome 2")
    sen("rate set TA 17.20 --from 01/10/2025")
    sen("term add 'Autumn 2025' 02/09/2025 19/12/2025")
    sen("specialist refer amelia EP --consent parent")
    sen("meeting add amelia --kind termly --attended parent --action 'KM: ring home'")
    return sen


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("concern list amelia", {"id", "date", "raised_by", "response", "led_to"}),
        (
            "outcome list amelia",
            {"measure", "scale", "baseline", "target", "result", "value", "continues"},
        ),
        ("intervention list amelia", {"group", "within", "until", "impact", "tier"}),
        ("cycle list amelia", {"label", "stage", "reviewed"}),
        ("provision list", {"key", "tier", "usual", "evidence"}),
        ("rate list", {"role", "from", "source", "pence_per_hour"}),
        ("term list", {"name", "start", "end", "half_term", "closed"}),
        ("specialist list amelia", {"service", "first_seen", "discharged"}),
        ("meeting list amelia", {"kind", "record_given", "views"}),
        ("action list amelia", {"text", "by", "done"}),
        ("staff list", {"initials", "name", "role", "class"}),
        ("group list", {"id", "name", "provision", "members"}),
        ("pupil list", {"id", "name", "class", "stage"}),
        ("register", {"id", "needs", "review_by"}),
    ],
)
def test_every_object_has_every_field(
    term: Typed, typed: str, fields: set[str]
) -> None:
    listed: list[dict[str, Any]] = json.loads(term(f"{typed} --format json").out)
    assert listed
    assert fields <= set(listed[0])
    assert {tuple(sorted(entry)) for entry in listed} == {tuple(sorted(listed[0]))}
