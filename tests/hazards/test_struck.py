"""The injector on acts that have come since: a few strikes; the program takes all."""

from __future__ import annotations

import pytest

from benchmarks import faults


@pytest.mark.parametrize("act", ["sign", "draft", "restore", "places"])
def test_killed_and_gone_on_with(bench: faults.Bench | None, act: str) -> None:
    if bench is not None:
        tally, wrong = faults.campaign(bench, act, "group", 3)
        assert wrong == []
        assert tally["points"] == 3
