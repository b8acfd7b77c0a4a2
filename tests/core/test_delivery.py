from __future__ import annotations

from sencli.core.cycle.delivery import delivery

CYCLE = {
    "do": {
        "sessions": [
            {"date": "2025-09-22", "intervention": "i1", "by": "TA2", "minutes": 20},
            {"date": "2025-09-24", "intervention": "i1", "missed": "pupil_absent"},
            {"date": "2025-09-24", "intervention": "i2"},
            {"date": "2025-10-06", "intervention": "i1"},
        ],
        "tallies": [
            {
                "week": "2025-10-06",
                "intervention": "i1",
                "delivered": 2,
                "missed": {"staff_absent": 1, "pupil_absent": 1},
            }
        ],
    }
}


def test_sessions_and_tallies_together():
    found = delivery(CYCLE, "i1")
    # a tallied week goes by its tally, not by the session entered beside it
    assert found.delivered == 3
    assert found.missed == {"staff_absent": 1, "pupil_absent": 2}
    assert found.not_delivered == 3
    assert [entry.day for entry in found.given] == ["2025-09-22", "2025-10-06"]
    assert (found.given[0].by, found.given[0].minutes) == ("TA2", 20)


def test_within_a_time():
    assert delivery(CYCLE, "i1", last="2025-09-30").delivered == 1
    assert delivery(CYCLE, "i1", first="2025-10-08").delivered == 2
    assert delivery(CYCLE, "i1", first="2025-10-13").recorded is False


def test_nothing_recorded_is_not_nothing_delivered():
    assert delivery(CYCLE, "i9").recorded is False
    assert delivery({}, "i1").given == ()
    assert delivery(CYCLE, "i2").recorded is True
