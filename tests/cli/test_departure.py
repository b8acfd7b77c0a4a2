"""Guidance that is not followed, typed, kept, undone, printed and erased."""

from __future__ import annotations

import json

from tests.conftest import Typed
from tests.conftest import school_of

GUIDANCE = "'SEND Code of Practice 6.52'"


@school_of
def amelia(oak: Typed) -> None:
    oak("pupil add 'Amelia Khan' --year-group 4 --class 4B")


def kept(amelia: Typed) -> list[dict]:
    shown = json.loads(amelia("pupil show amelia --format json").out)
    found: list[dict] = shown.get("departures", [])
    return found


def test_a_departure_from_guidance(amelia: Typed) -> None:
    refused = amelia(f"departure add amelia {GUIDANCE}", code=2)
    assert "--because 'THE REASON'" in refused.err.replace('"', "'")
    amelia(f"departure add amelia {GUIDANCE} --because 'THE REASON'", code=3)
    amelia(f"departure add amelia {GUIDANCE} --because X --until 01/01/2020", code=None)
    assert kept(amelia) == []
    amelia(f"departure add amelia {GUIDANCE} --because 'He tires' --by JP")
    amelia(f"departure add amelia {GUIDANCE} --instead 'Two short sessions'")
    (entry,) = kept(amelia)
    assert entry["explanation"] == "He tires"
    assert entry["instead"] == "Two short sessions"
    assert entry["by"] == "JP"
    history = amelia("history amelia").out
    assert "departure from 'SEND Code of Practice 6.52'" in history
    assert "He tires" in amelia("departure list amelia").out
    amelia("undo --yes")
    assert "instead" not in kept(amelia)[0]
    amelia("departure end amelia 1 --date 01/01/2020", code=3)
    amelia("departure end amelia code --date today")
    assert kept(amelia)[0]["until"] == "2025-10-20"
    amelia("departure end amelia nothing --date today", code=4)
    assert "--date is needed" in amelia("departure end amelia 1", code=2).err
    amelia('remove amelia "departure 1" --yes', code=None)
    assert "breach" not in amelia("verify").both


def test_the_plan_by_layer_is_printed(amelia: Typed) -> None:
    amelia("print isp amelia", code=3)
    amelia("status set amelia K --since 15/09/2025")
    amelia("cycle open amelia --assessment 'Reads 22 of 100' --date 16/09/2025")
    amelia("adjustment add amelia 'Sits by the door'")
    amelia(f"departure add amelia {GUIDANCE} --because 'He tires'")
    text = amelia("print isp amelia").out
    assert "Individual support plan for" in text
    assert "Sits by the door" in text
    assert "He tires" in text
    amelia("print isp amelia --on 01/12/2025", code=2)
    amelia("print isp", code=2)
