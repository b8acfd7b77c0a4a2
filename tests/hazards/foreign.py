"""Both readers of YAML over texts that were written to try readers of YAML.

Every text is read as a record, placed line by line, and its comments are carried; then
it is put into the records of a school, and commands are typed. Each ends in a record or
in a sentence with the file. A whole suite from elsewhere is not kept here: name its
folder, and that of some records::

    python -m tests.hazards.foreign SUITE RECORDS
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sencli.errors import InvalidValue
from sencli.store.text import comments
from sencli.store.text import load
from tests.conftest import Typed

_PLACED = re.compile(r"(?:[\w./-]+:[0-9]+: )|(?:x\.yaml is too large)|x\.yaml has too")
_ODD = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
FILES = ("school.yaml", "provisions.yaml", "groups.yaml")
LINES = ("due", "map", "register", "check", "commit", "doctor", "pupil list")


def held(data: bytes) -> Any:
    """The record in a text, or the sentence with which it is refused.

    Anything else that is raised is a road to a traceback.
    """
    record, refused = _ended(lambda: load.load(data, "x.yaml"))
    if refused is not None:
        assert _PLACED.match(refused.message), refused.message
        assert refused.hint
        return refused.message
    text = data.decode()
    line = load.lines(text)
    for path in _paths(record, ()):
        assert 1 <= line(path) <= text.count("\n") + 1
    _, refused = _ended(lambda: comments.carry(f"{text}\n# a remark\n", "a: 1\n"))
    assert refused is None or "comments" in refused.message
    return record


def _ended(work: Callable[[], Any]) -> tuple[Any, InvalidValue | None]:
    try:
        return work(), None
    except InvalidValue as fault:
        return None, fault


def _paths(value: object, path: tuple[str | int, ...]) -> Iterator[tuple[Any, ...]]:
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, (*path, str(key)))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _paths(item, (*path, number))


def forms(data: bytes, whole: bytes) -> Iterator[bytes]:
    """A text by itself, as the value of a field, and after a sound record."""
    yield data
    yield b"value:\n" + b"".join(b"  " + row for row in data.splitlines(keepends=True))
    yield whole + data
    yield data + whole


def typed(sen: Typed, name: str, data: bytes, line: str) -> str:
    """What is wrong with how a command ends where a file holds this text, or ""."""
    path = sen.folder / name
    sound = path.read_bytes()
    path.write_bytes(data)
    try:
        done = sen(*line.split(), code=None)
    finally:
        path.write_bytes(sound)
    if done.code not in (0, 1, 3, 4, 6) or "Please report" in done.err:
        return f"{line} with {name}: {done.code}\n{done.err}"
    if done.code == 3 and name not in done.both:
        return f"{line} does not name {name}:\n{done.err}"
    return ""


def suite(folder: Path, base: Path) -> Iterator[str]:
    """What went wrong over every text of a suite."""
    with TemporaryDirectory(prefix="foreign-") as room:
        school = Path(room) / "school"
        shutil.copytree(base, school, symlinks=True)
        sen = Typed(school)
        pupil = min((school / "pupils").glob("*.yaml"))
        names = (*FILES, f"pupils/{pupil.name}")
        for number, path in enumerate(sorted(folder.iterdir())):
            data = path.read_bytes()
            for form in forms(data, pupil.read_bytes()):
                try:
                    held(form)
                except _ODD as odd:
                    yield f"{path.name}: {type(odd).__name__}: {odd!s:.200}"
            name, line = names[number % 4], LINES[number % len(LINES)]
            if said := typed(sen, name, data, line):
                yield f"{path.name}: {said}"


if __name__ == "__main__":
    os.environ.setdefault("SENCLI_TODAY", "2026-11-30")
    found = 0
    for told in suite(Path(sys.argv[1]), Path(sys.argv[2])):
        found += 1
        sys.stdout.write(f"{told}\n")
    sys.exit(bool(found))
