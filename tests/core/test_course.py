"""Whether an outcome is on course: the way that it has come, and the time that went."""

from __future__ import annotations

from sencli.core.cycle import progress
from tests.cases import each_case

STEPS = [{"key": "steps", "kind": "ordinal", "values": ["none", "some", "most", "all"]}]


def course(start, aim, *later, scale="", by="2025-12-01"):
    outcome = {
        "id": "o8fd",
        "baseline": {"value": start, "date": "2025-09-01"},
        "target": {"value": aim, **({"by": by} if by else {})},
        **({"scale": scale} if scale else {}),
    }
    done = [{"outcome": "o8fd", "date": day, "value": v} for day, v in later]
    cycle = {"id": "c2aa", "do": {"measurements": done}}
    points = progress.of_cycle(cycle, outcome, STEPS)
    return progress.course(points, outcome, STEPS)


@each_case(
    ("found", "expected"),
    [
        (course(10, 40, ("2025-10-16", 25)), "on"),
        (course(10, 40, ("2025-10-16", 24)), "behind"),
        (course(10, 40, ("2025-10-16", 9)), "away"),
        (course(10, 40, ("2025-10-16", 10)), "behind"),
        (course(10, 40, ("2025-10-16", 41)), "reached"),
        (course(10, 40), "unmeasured"),
        (course(10, 40, ("2025-10-16", 11), by=""), "on"),
        (course(9, 3, ("2025-10-16", 6)), "on"),
        (course(9, 3, ("2025-10-16", 10)), "away"),
        (course("none", "all", ("2025-10-16", "some"), scale="steps"), "on"),
        (course("none", "all", ("2025-11-16", "some"), scale="steps"), "behind"),
    ],
)
def test_course(found: str, expected: str) -> None:
    assert found == expected


def test_without_a_target_there_is_no_course() -> None:
    assert progress.course((), {"id": "o8fd"}) == ""
