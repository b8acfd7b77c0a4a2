"""Whole-school reads, warm and cold, and checks, beside their peers and floors."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import peers
from benchmarks.table import PASS
from benchmarks.table import SEN
from benchmarks.table import TODAY
from benchmarks.table import Bench
from benchmarks.table import Other
from benchmarks.table import P
from benchmarks.table import Row
from benchmarks.table import sen
from benchmarks.whole import Command

FEW = 50
# a school has about so many with SEN support or a plan
REGISTERED = 0.18
FLOOR_NAME = "ryaml alone, two processes"

# ryaml alone on every record, in two processes: nothing can read them faster
FLOOR = """
import os, sys, ryaml
names = sorted(os.listdir("pupils"))
def load(part):
    for name in part:
        with open("pupils/" + name, "rb") as file:
            ryaml.loads(file.read().decode())
child = os.fork()
load(names[bool(child)::2])
if child: os.waitpid(child, 0)
"""

BARE_NAME = "a bare program: click, files' times, rows as JSON, lines"

# what no register of ours can do without, and nothing else; after ours has run
BARE = """
import gc, json, operator, os, sys, click
gc.set_threshold(500_000)
@click.command()
def main():
    inside = os.open("pupils", os.O_RDONLY)
    with os.scandir(inside) as entries:
        seen = [(one.name[:-5], one.stat(follow_symlinks=False)) for one in entries]
    kept = ("st_mtime_ns", "st_ctime_ns", "st_size", "st_ino")
    look = operator.attrgetter(*kept)
    times = ["%s %s %s %s %s\\n" % (name, *look(stat)) for name, stat in seen]
    with open(".git/sencli/rows-register.json", "rb") as file:
        _, rows, _, listing = file.read().split(b"\\n", 3)
    assert "".join(sorted(times)).encode() == listing
    rows = sorted(json.loads(rows).values(), key=lambda row: row[-1])
    line = "%-5s  %-24s  %-5s  %-4s  %-3s  %-12s  %-6s  %-10s"
    text = "\\n".join([line % (*row[:5], ", ".join(row[5]), *row[6:8]) for row in rows])
    sys.stdout.write(text)
    sys.stdout.flush()
    os._exit(0)
main()
"""


def register(bench: Bench) -> Iterator[Row]:
    """The register from the cache, beside lists of as many entries elsewhere."""
    large = bench.scale.large
    folder, _ = bench.school(large, 30)
    bare = Command([sys.executable, "-c", BARE], folder)
    others: dict[str, Other] = {P: (PASS, 6.0), BARE_NAME: (bare, None)}
    if program := bench.peers.get("papis"):
        home = bench.folder / f"papis-{large}"
        environment = peers.papis_library(home, large)
        words = [str(program), "list", "--all", "Outcomes"]
        others["papis list"] = (Command(words, home, environment), 0.35)
    if program := bench.peers.get("todoman"):
        home = bench.folder / f"todoman-{large}"
        environment = peers.todo_lists(home, large)
        others["todo list"] = (Command([str(program), "list"], home, environment), None)
    if program := bench.peers.get("task"):
        home = bench.folder / f"task-{large}"
        environment = peers.task_list(program, home, large)
        others["task list"] = (Command([str(program), "list"], home, environment), None)
    what = f"register, {large:,}, warm"
    yield from bench.compare(what, sen(folder, "register"), others)


def due(bench: Bench) -> Iterator[Row]:
    """What is due, from the cache."""
    large = bench.scale.large
    folder, _ = bench.school(large, 30)
    others: dict[str, Other] = {P: (PASS, 6.0)}
    if program := bench.peers.get("todoman"):
        home = bench.folder / f"todoman-{large}"
        environment = peers.todo_lists(home, large)
        others["todo list"] = (Command([str(program), "list"], home, environment), None)
    yield from bench.compare(f"due, {large:,}, warm", sen(folder, "due"), others)


def real_school(bench: Bench) -> Iterator[Row]:
    """The same in a school where 18 in 100 have SEN support, as in most."""
    large = bench.scale.large
    folder, _ = bench.school(large, 30, supported=REGISTERED)
    for word in ("register", "due"):
        what = f"{word}, {large:,}, {REGISTERED:.0%} with support, warm"
        yield from bench.compare(what, sen(folder, word), {P: (PASS, 6.0)})


def _cold(folder: Path, *words: str, fine: tuple[int, ...] = (0,)) -> Command:
    def forget(_: int) -> None:
        cache = folder / ".git" / "sencli"
        if cache.exists():
            for file in cache.glob("*.json"):
                file.unlink()

    return replace(sen(folder, *words, fine=fine), before=forget)


def _floor(folder: Path) -> Other:
    return Command([sys.executable, "-c", FLOOR], folder), 1.3


def cold(bench: Bench) -> Iterator[Row]:
    """The same without the cache, and a check of every record."""
    large = bench.scale.large
    folder, _ = bench.school(large, 30)
    for words in (("register",), ("due",), ("check",)):
        ours = _cold(folder, *words, fine=(0, 1))
        what = f"{words[0]}, {large:,}, cold"
        yield from bench.compare(what, ours, {FLOOR_NAME: _floor(folder)})


def check_by_peer(bench: Bench) -> Iterator[Row]:
    """``sen check`` beside check-jsonschema on the same files of 30 KB.

    The target is for 2,000, which the peer needs minutes for: the ratio falls with the
    number of records, as our start-up counts for less.
    """
    program = bench.peers.get("check-jsonschema")
    if program is None:
        return
    schema = peers.schema_without_annotations(bench.folder)
    for pupils in bench.scale.peer_checks:
        folder, _ = bench.school(pupils, 30)
        files = sorted(str(f) for f in (folder / "pupils").iterdir())
        words = [str(program), "--schemafile", str(schema), *files]
        peer = Command(words, folder, fine=(0, 1))
        ours = _cold(folder, "check", fine=(0, 1))
        others: dict[str, Other] = {"check-jsonschema": (peer, 0.02)}
        yield from bench.compare(f"check, {pupils:,}, cold", ours, others)


def growth(bench: Bench) -> Iterator[Row]:
    """How cost grows with the school; the records of the largest are of 5 KB."""
    scale = bench.scale
    small = dict.fromkeys((FEW, scale.usual, scale.large))
    sizes = [*((pupils, 30) for pupils in small), (scale.largest, 5)]
    for word in ("register", "due"):
        for pupils, kilobytes in sizes:
            folder, _ = bench.school(pupils, kilobytes)
            what = f"{word}, {pupils:,} of {kilobytes} KB, warm"
            yield from bench.compare(what, sen(folder, word), {P: (PASS, None)})
    for pupils, kilobytes in sizes:
        folder, _ = bench.school(pupils, kilobytes)
        floor, _ = _floor(folder)
        what = f"check, {pupils:,} of {kilobytes} KB, cold"
        ours = _cold(folder, "check", fine=(0, 1))
        yield from bench.compare(what, ours, {FLOOR_NAME: (floor, None)})


def one_of_many(bench: Bench) -> Iterator[Row]:
    """One pupil by id, and by name, in schools of every size."""
    scale = bench.scale
    for pupils, kilobytes in ((FEW, 30), (scale.large, 30), (scale.largest, 5)):
        folder, ids = bench.school(pupils, kilobytes)
        what = f"show one pupil by id, {pupils:,} of {kilobytes} KB"
        ours = Command([*SEN, "pupil", "show", ids[7]], folder, TODAY)
        yield from bench.compare(what, ours, {P: (PASS, None)})


ROWS = (register, due, real_school, cold, check_by_peer)
GROWTH = (growth, one_of_many)
