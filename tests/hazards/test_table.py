"""The table of hazards in docs/reliability.md names tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROWS = re.compile(r"^\| (\d+) \| .* \| `(\w+\.py)`: `(test_\w+)`", re.MULTILINE)


def test_every_hazard_has_a_test_that_the_documentation_names() -> None:
    text = (HERE.parents[1] / "docs/reliability.md").read_text("utf-8")
    rows = ROWS.findall(text)
    assert {int(number) for number, _, _ in rows} == set(range(1, 93))
    for _, file, name in rows:
        assert f"def {name}(" in (HERE / file).read_text("utf-8")
