"""Start-up: what a SENCO feels at every command."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.table import PASS
from benchmarks.table import SEN
from benchmarks.table import TODAY
from benchmarks.table import Bench
from benchmarks.table import Other
from benchmarks.table import P
from benchmarks.table import Row
from benchmarks.table import sen
from benchmarks.whole import Command


def version(bench: Bench) -> Iterator[Row]:
    """``sen --version``, answered before click is imported."""
    others: dict[str, Other] = {P: (PASS, 1.5)}
    for peer in ("papis", "todoman", "task"):
        if program := bench.peers.get(peer):
            others[f"{peer} --version"] = (Command([str(program), "--version"]), None)
    yield from bench.compare("sen --version", sen(None, "--version"), others)


def completion(bench: Bench) -> Iterator[Row]:
    """What the shell asks at every press of Tab."""
    folder, _ = bench.school(bench.scale.usual, 30)
    asked = {
        "_SEN_COMPLETE": "bash_complete",
        "COMP_WORDS": "sen cy",
        "COMP_CWORD": "1",
    }
    ours = Command(SEN, folder, TODAY | asked)
    yield from bench.compare("completion", ours, {P: (PASS, 5.0)})
    large, ids = bench.school(bench.scale.large, 30)
    for what, words in (
        ("a pupil", "sen pupil show vio"),
        ("an outcome", f"sen outcome measure {ids[7]} "),
        ("a class", "sen register --class "),
        ("a rule", "sen check --rule A"),
    ):
        typed = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        ours = Command(SEN, large, TODAY | asked | typed)
        name = f"completion of {what}, {bench.scale.large:,} pupils"
        yield from bench.compare(name, ours, {P: (PASS, 9.0)})


def show(bench: Bench) -> Iterator[Row]:
    """One pupil of 30 KB."""
    folder, ids = bench.school(bench.scale.usual, 30)
    ours = sen(folder, "pupil", "show", ids[7])
    yield from bench.compare("show one pupil, 30 KB", ours, {P: (PASS, 5.0)})


ROWS = (version, completion, show)
