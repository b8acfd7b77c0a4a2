"""The quick way to a line says the same as composing the text."""

from __future__ import annotations

from benchmarks import schools
from sencli.rules import RULES
from sencli.rules.example import example
from sencli.store.text import load
from sencli.store.text.dump import dumps
from sencli.store.text.line_of import line_of
from sencli.store.text.places import places
from tests.cases import each_case


def agree(text):
    record = load.load(text.encode(), "pupils/p7k2q.yaml")
    slow = load.lines(text)
    for place in places(text):
        for path in (place.path, (*place.path, "not_there"), (*place.path, 99)):
            assert line_of(text, record, path) == slow(path), path


def test_long_records(tmp_path):
    for pupil in schools.write(tmp_path, schools.Size(3, 12)):
        agree((tmp_path / "pupils" / f"{pupil}.yaml").read_text(encoding="utf-8"))


@each_case("rule", RULES, ids=lambda rule: rule.code)
def test_every_example(rule):
    agree(dumps(example(rule.fails), "pupil"))


def test_text_that_looks_like_keys_and_items():
    note = "cycles:\n- id: y2qf\n  plan:\n    outcomes:\n    - id: o8fd"
    agree(
        dumps(
            example(
                {
                    "contacts": [{"id": "c4wm", "name": "Sana", "note": note}],
                    "cycles": [
                        {
                            "id": "y2qf",
                            "assess": {"date": "2025-09-15", "attainment": note},
                            "plan": {
                                "date": "2025-09-18",
                                "home_support": note,
                                "outcomes": [{"id": "o8fd", "outcome": note}],
                            },
                        }
                    ],
                }
            ),
            "pupil",
        )
    )


@each_case(
    "text",
    [
        "cycles:\n  - id: y2qf\n    plan: {date: 2025-09-18}\n",
        "cycles:\n- id: y2qf\n  plan:\n      date: 2025-09-18\n",
        "cycles:\n# a remark\n- id: y2qf\n  plan:\n    date: 2025-09-18\n",
        "cycles: [{id: y2qf,\n  plan: {date: 2025-09-18}}]\n",
    ],
)
def test_a_hand_made_layout_is_never_placed_wrongly(text):
    record = load.load(text.encode(), "pupils/p7k2q.yaml")
    slow = load.lines(text)
    for path in [("cycles",), ("cycles", 0), ("cycles", 0, "plan", "date")]:
        assert line_of(text, record, path) in {0, slow(path)}
