from __future__ import annotations

from sencli.core.cycle import progress
from sencli.core.cycle.scales import Scale

NUMBER = Scale(measure="words of 100")
PROMPTS = Scale("ordinal", ("not yet", "needs a prompt", "independent"))
AGE = Scale("age", measure="reading age")
SCORE = Scale("score", measure="standardised score")


def cycle(name, outcome, start, **more):
    return {
        "id": name,
        "assess": {"date": start},
        "plan": {"date": start, "outcomes": [outcome]},
        **more,
    }


FIRST = {"id": "o1", "outcome": "Reads 60 words", "baseline": {"value": 22}}
SECOND = {
    "id": "o2",
    "continues": "o1",
    "outcome": "Reads 80 words",
    "baseline": {"value": 63, "date": "2025-12-11"},
}
RECORD = {
    "cycles": [
        cycle(
            "y1",
            FIRST,
            "2025-09-15",
            do={
                "measurements": [
                    {"id": "m2", "date": "2025-11-14", "outcome": "o1", "value": 50},
                    {"id": "m1", "date": "2025-10-17", "outcome": "o1", "value": 37},
                    {"id": "m3", "date": "2025-10-17", "outcome": "o9", "value": 1},
                ]
            },
            review={
                "date": "2025-12-11",
                "outcomes": [{"outcome": "o1", "result": "achieved", "value": 63}],
            },
        ),
        cycle("y2", SECOND, "2026-01-08"),
    ]
}


def test_measurements_come_in_order_with_baseline_and_exit():
    points = progress.series(RECORD, FIRST)
    assert [(p.date, p.value, p.kind) for p in points] == [
        ("2025-09-15", 22, "baseline"),
        ("2025-10-17", 37, "measurement"),
        ("2025-11-14", 50, "measurement"),
        ("2025-12-11", 63, "exit"),
    ]


def test_a_continued_outcome_runs_on():
    points = progress.series(RECORD, SECOND)
    assert [p.value for p in points] == [22, 37, 50, 63]
    # the exit value of one and the baseline of the next are one measurement
    assert points[-1].kind == "exit"


def test_an_outcome_on_another_scale_does_not_run_on():
    other = {**SECOND, "scale": "prompts", "baseline": {"value": "not yet"}}
    scales = [{"key": "prompts", "kind": "ordinal", "values": ["not yet", "yes"]}]
    record = {"cycles": [RECORD["cycles"][0], cycle("y2", other, "2026-01-08")]}
    points = progress.series(record, other, scales)
    assert [p.value for p in points] == ["not yet"]


def test_a_circle_of_continuations_ends():
    first = {**FIRST, "continues": "o2"}
    record = {
        "cycles": [cycle("y1", first, "2025-09-15"), cycle("y2", SECOND, "2026-01-08")]
    }
    assert len(progress.series(record, SECOND)) == 2


def test_an_outcome_without_measurements_has_no_series():
    bare = {"id": "o1", "outcome": "Is happier at play"}
    assert progress.series({"cycles": [cycle("y1", bare, "2025-09-15")]}, bare) == ()


def test_values_in_words():
    assert progress.value_words(22, NUMBER) == "22 words of 100"
    assert (
        progress.value_words(22.50, Scale(measure="% of the day")) == "22.5% of the day"
    )
    assert progress.value_words("6:04", AGE) == "reading age 6 years 4 months"
    assert progress.value_words("6:01", AGE) == "reading age 6 years 1 month"
    assert progress.value_words("1:00", Scale("age")) == "1 year"
    assert progress.value_words("needs a prompt", PROMPTS) == "needs a prompt"
    assert progress.value_words(85, SCORE, (78, 92)) == (
        "standardised score 85 (between 78 and 92)"
    )


def point(value, place):
    return progress.Point("2025-09-15", value, place, "measurement", "o1")


def test_progress_in_words():
    assert progress.moved(progress.series(RECORD, FIRST), NUMBER) == (
        "from 22 to 63 words of 100"
    )
    ages = (point("6:04", 76), point("6:11", 83))
    assert progress.moved(ages, AGE) == (
        "reading age from 6 years 4 months to 6 years 11 months"
    )
    words = (point("not yet", 1), point("needs a prompt", 2))
    assert progress.moved(words, PROMPTS) == "from not yet to needs a prompt"
    assert progress.moved(words[:1], PROMPTS) == "not yet"
    assert progress.moved((words[0], words[0]), PROMPTS) == "still not yet"
    assert progress.moved((), PROMPTS) == ""
