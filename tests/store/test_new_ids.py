"""Items that were added by hand get their ids, wherever they stand."""

from __future__ import annotations

import pytest

from sencli.core.text.ids import is_id
from sencli.store.records.draft import judge
from sencli.store.records.new_ids import with_new_ids
from sencli.store.text import load

PATH = "pupils/p7k2q.yaml"
HEAD = "schema: 1\nid: p7k2q\nfirst_name: Jo\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("concerns:\n- date: 2025-10-01\n  concern: Tired  # said twice\n", "concern"),
        ("concerns:\n  - date: 2025-10-01\n    concern: Tired\n", "concern"),
        ("concerns:\n- {date: 2025-10-01, concern: Tired}\n", "concern"),
        ("concerns: [ {date: 2025-10-01, concern: 'a: b'} ]\n", "concern"),
        ("concerns:\n- id:\n  date: 2025-10-01\n  concern: Tired\n", "concern"),
        ('concerns:\n- id: ""\n  date: 2025-10-01\n  concern: Tired\n', "concern"),
        ("concerns:\n- {id: ~, date: 2025-10-01, concern: Tired}\n", "concern"),
        ("concerns:\n-\n  # why\n  date: 2025-10-01\n  concern: Tired\n", "concern"),
        ("needs:\n- type: SLCN\n  from: 2025-10-01\n", "need"),
        ("contacts:\n- name: Zoë Ünal \U0001f600\n- name: Omar\n", "contact"),
    ],
)
def test_a_new_item_has_an_id(text: str, kind: str) -> None:
    made = with_new_ids(PATH, HEAD + text)
    record = judge(PATH, made.encode())
    assert made.startswith(HEAD)
    (items,) = (record[key] for key in record if isinstance(record[key], list))
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        assert is_id(kind, item.pop("id"))
    before = load.load((HEAD + text).encode(), PATH)
    for item in (listed := next(v for v in before.values() if isinstance(v, list))):
        item.pop("id", None)
    assert items == listed  # and nothing else was changed
    assert text.count("#") == made[len(HEAD) :].count("#")
    assert with_new_ids(PATH, made) == made


@pytest.mark.parametrize(
    "text",
    [
        "concerns: [\n",
        "concerns:\n- {}\n-\n- Tired\n",
        "concerns:\n  date: 2025-10-01\n",
        "other:\n- name: x\n",
        "- a list\n",
    ],
)
def test_what_cannot_be_read_stays_as_it_is(text: str) -> None:
    assert with_new_ids(PATH, HEAD + text) == HEAD + text
