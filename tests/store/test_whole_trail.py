"""The audit trail of one pupil is whole, however the history was merged."""

from __future__ import annotations

import subprocess
from pathlib import Path

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.store.git.process import Git
from sencli.store.history.versions import history

PATH = "pupils/p7k2q.yaml"
HEAD = "refs/heads/main"
CLASH = object()
ROUNDS = 40

# what is done next: on which of three lines, and what
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.integers(0, 2), st.sampled_from("ABC")),
        st.tuples(st.just("other"), st.integers(0, 2), st.sampled_from("ABC")),
        st.tuples(st.just("merge"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("mine"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("theirs"), st.integers(0, 2), st.integers(0, 2)),
    ),
    min_size=3,
    max_size=14,
)


class Lines:
    """Three computers' lines of one history, as a stream for git to take in."""

    def __init__(self) -> None:
        self.stream: list[str] = []
        self.marks = 0
        self.heads = [0, 0, 0]
        self.name: dict[int, str] = {}
        self.parents: dict[int, tuple[int, ...]] = {}
        self.commit((), "A", "root")
        self.heads = [self.marks] * 3

    def commit(self, parents: tuple[int, ...], name: str, note: str) -> int:
        self.marks += 1
        text = f"schema: 1\nid: p7k2q\nfirst_name: Amelia\nknown_as: {name}\n"
        lines = [f"commit {HEAD}", f"mark :{self.marks}"]
        lines.append(f"committer J <j@oak.example> {1_700_000_000 + self.marks} +0000")
        lines += ["data 1", "x"]
        lines += [
            f"{'merge' if n else 'from'} :{mark}" for n, mark in enumerate(parents)
        ]
        for path, data in ((PATH, text), ("note.txt", note)):
            size = len(data.encode())
            lines += [f"M 100644 inline {path}", f"data {size}", data]
        self.stream += lines
        self.name[self.marks] = name
        self.parents[self.marks] = parents
        return self.marks

    def take(self, step: tuple[str, int, object]) -> None:
        kind, line, what = step
        here = self.heads[line]
        if kind == "set":
            self.heads[line] = self.commit((here,), str(what), f"{self.marks}")
        elif kind == "other":
            self.heads[line] = self.commit((here,), self.name[here], f"{self.marks}")
        else:
            there = self.heads[int(str(what))]
            if there == here:
                return
            side = here if kind == "mine" else there
            if kind == "merge":
                found = joined({self.name[here]}, self.name[here], self.name[there])
                side = here if found == self.name[here] else there
            made = self.commit((here, there), self.name[side], f"{self.marks}")
            self.heads[line] = made


def joined(bases: set[str], ours: str, theirs: str) -> object:
    """What the two sides come to by themselves; ``CLASH`` where people decide."""
    found = set()
    for base in bases:
        if theirs in {ours, base}:
            found.add(ours)
        else:
            found.add(theirs if ours == base else CLASH)
    return found.pop() if len(found) == 1 else CLASH


def walk(lines: Lines, folder: Path, top: int) -> set[str]:
    """Every commit that tells of the pupil, by looking into all of them."""

    def ask(*args: str) -> list[str]:
        done = subprocess.run(
            ["git", *args],
            cwd=folder,
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        return done.stdout.split()

    table = (folder / "marks").read_text("utf-8").splitlines()
    oid = {int(m.removeprefix(":")): o for m, o in (x.split() for x in table)}
    mark = {o: m for m, o in oid.items()}
    wanted = set()
    for name in ask("rev-list", oid[top]):
        now, parents = lines.name[mark[name]], lines.parents[mark[name]]
        before = [lines.name[p] for p in parents]
        if len(parents) == 2:
            bases = ask("merge-base", "--all", *(oid[p] for p in parents))
            known = {lines.name[mark[base]] for base in bases}
            told = joined(known, *before) != now and set(before) != {now}
        else:
            told = before != [now]
        if told:
            wanted.add(name)
    return wanted


@settings(max_examples=ROUNDS, deadline=None)
@given(steps=STEPS)
def test_it_has_what_a_walk_over_every_commit_finds(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("lines")
    lines = Lines()
    for step in [*steps, ("merge", 0, 1), ("mine", 0, 2)]:
        lines.take(step)
    top = lines.heads[0]
    lines.stream += [f"reset {HEAD}", f"from :{top}", "done"]
    subprocess.run(["git", "init", "-qb", "main", folder], check=True)
    subprocess.run(
        ["git", "fast-import", "--quiet", "--force", "--export-marks=marks"],
        cwd=folder,
        check=True,
        input="\n".join(lines.stream).encode(),
    )
    found = history(Git(str(folder)), PATH)
    commits = [version.commit for version in found]
    assert len(commits) == len(set(commits))
    assert set(commits) == walk(lines, folder, top)
    assert all(version.old != version.new for version in found)
