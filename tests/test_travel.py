"""How a change and a paper travel: through which rooms, and never back up.

On the demo school on 30 November 2026, modules of which a function ran (and functions):
a measurement 61 (483) before the one decorator and 63 (491) after, of which none was
called back from the store; a summary as pdf 96. Words as people type them, one
vocabulary of formats and messages in lines of the terminal have since added six modules
to either; languages, large print and pictures nine more to a paper.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.conftest import Typed
from tests.conftest import school_of

# Every function of ours that runs, and who called it of us.
_WATCH = """
import json, sys
from sencli.cli.shell.run import run
OPTIMISED = 1  # a function, not the body of a class or of a module
ran, calls = set(), set()
def name(frame):
    return frame.f_globals.get("__name__", "")
def watch(frame, event, arg):
    if event != "call" or not name(frame).startswith("sencli."):
        return
    if not frame.f_code.co_flags & OPTIMISED:
        return
    ran.add(name(frame))
    caller = frame.f_back
    while caller is not None and not name(caller).startswith("sencli."):
        caller = caller.f_back
    if caller is not None:
        calls.add((name(caller), name(frame), frame.f_code.co_name))
sys.setprofile(watch)
try:
    run(sys.argv[1:])
except SystemExit as ended:
    assert not ended.code
finally:
    sys.setprofile(None)
sys.stderr.write("TRAVEL " + json.dumps([sorted(ran), sorted(calls)]))
"""
# what is shown of how far long work has come
_PROGRESS = {"progress", "_progress_bar"}


@school_of
def measured(oak: Typed) -> None:
    oak("pupil", "add", "Noah Whittaker", "--year", "4", "--class", "4A")
    oak("status", "set", "noah", "K", "--since", "01/09/2025")
    oak("cycle", "open", "noah", "--date", "01/09/2025", "--assessment", "Reads slowly")
    oak(
        "outcome", "add", "noah", "Reads 90 words", "--baseline", "40", "--target", "90"
    )


def travel(school: Typed, *words: str) -> tuple[set[str], set[tuple[str, str, str]]]:
    done = subprocess.run(
        [sys.executable, "-c", _WATCH, "-C", str(school.folder), *words],
        check=True,
        capture_output=True,
        cwd=school.folder.parent,
        env=dict(os.environ),
    )
    ran, calls = json.loads(done.stderr.decode().rpartition("TRAVEL ")[2])
    return set(ran), {(a, b, c) for a, b, c in calls}


@pytest.mark.parametrize(
    ("words", "most"),
    [
        (("outcome", "measure", "noah", "1", "52"), 72),
        (("need", "add", "noah", "SLCN"), 72),
        (("summary", "noah", "--format", "pdf", "--output", "noah.pdf"), 116),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_nothing_climbs_from_the_store_to_a_command(
    measured: Typed, words: tuple[str, ...], most: int
) -> None:
    ran, calls = travel(measured, *words)
    climbs = {
        (caller, called, function)
        for caller, called, function in calls
        if called.startswith("sencli.cli.")
        and not caller.startswith(("sencli.cli.", "sencli.__main__"))
        and function not in _PROGRESS
    }
    assert climbs == set()
    assert len(ran) <= most, sorted(ran)
