"""Records changed at random within their schema, and every command that reads them.

Whatever fits the schema is a record: no command may end in a fault of ours over it.
A slip by hand is another matter: it may fit no schema, or be no YAML. Then a command
may end too, with the file, the line and what to type.

To search for longer than the tests do, over the records of a folder::

    python -m tests.hazards.mutants FOLDER SECONDS [SEED] [slips]
"""

from __future__ import annotations

import copy
import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from sencli import terms
from sencli.documents.registry import DOCUMENTS
from sencli.store.text import dump
from sencli.store.text import load
from sencli.store.text import schema as schemas
from tests.conftest import Result
from tests.conftest import Typed

Schema = dict[str, Any]

TEXTS = (
    "Reads 22 of 100", "x", "p7k2q", "c4wm", "o8fd", "i5tr", "KM", "TA2", "JP",
    "parent", "pupil", "senco", "teacher", "precision-teaching", "4B", "2019-02-28",
    "2025-09-15", "2026-11-30", "2027-08-31", "1950-01-01", "2999-12-31", "09:30",
    "P999900024001",
    "999", "9990", "123456", "#0099aa", "en", "pl", "09-01", "R", "N1", "14", "1",
    "0000000000", "a.pdf", "A13", "3f2a9c1e77b04d5e", "not yet", "6:04", "85 (78-92)",
    "Zoë O’Neill-Brown", "Łukasz", "=1+1", "100%", "🐢", "#" * 40, "long word " * 60,
    "two\nlines", "[x](y) *z* _a_ <b>",
)  # fmt: skip
SELDOM, HALF, OFTEN = 0.3, 0.5, 0.7
NUMBERS = (0, 1, 2, 3, -1, -2, 5, 7, 12, 30, 99, 600, 5000, 10**6, 10**9)

# Commands that only read, and what is typed after them.
PUPIL = (
    "cycle list", "outcome list --all", "intervention list --all", "concern list",
    "session list --all", "status list",
    "meeting list", "action list", "need list", "contact list", "flag list",
    "specialist list", "consider list", "adjustment list", "plan-elsewhere list",
    "attendance list", "suspension list", "part-time list",
    "alternative-provision list", "dual-registration list", "base list",
    "transition list", "funding list", "report list", "information list",
    "document list", "exception list", "pupil show", "pupil show --restricted",
    "ethnicity list", "language list", "health list", "attainment list",
    "departure list", "access list", "retention list",
    "cycle show", "ehc show", "history", "check --level all", "summary",
)  # fmt: skip
SCHOOL = (
    "due --within 52w", "pupil list --all", "register", "map --year 2026-27",
    "map --by pupil", "map --by need", "school show", "staff list", "rate list",
    "provision list", "scale list", "group list", "term list", "check --level all",
    "rule", "find reads", "history", "history school", "doctor", "look show",
    "year roll --dry-run",
    "signer list", "draft list", "roll list", "national list", "access list",
    "retention", "retention list",
    "report show inclusion-strategy", "report show information-report", "ehc late",
)  # fmt: skip
# Commands that write, ask, make a new folder or meet another computer.
NOT_READING = {
    "init", "demo", "do", "concern lead",
    "plan", "review", "meet", "start", "tick", "scores", "views", "reviews",
    "sync", "sheet", "take",
    "join", "backup", "restore", "commit", "undo", "verify", "erase", "import pupils",
    "import contacts", "import staff", "import terms", "import provisions",
    "import ctf", "import transfer", "export transfer", "export tables",
    "completion", "help", "remove", "move", "draft open", "draft remove", "signer add",
    "signer end",
    "what-if", "report activity", "report barrier", "report edit", "report publish",
    "report remove", "report write", "roll remove", "national remove",
    "print", "action done", "year roll",
    "pupil edit", "pupil leave", "pupil baseline",
}  # fmt: skip
WRITING_VERBS = {
    "add", "set", "end", "open", "plan", "review", "close", "measure", "log",
    "advise", "chase", "consent", "decide", "discharge", "refer", "seen", "share",
    "advice", "cease", "decision", "exception", "issue", "request", "done", "return",
    "join", "move", "appeal", "keep", "remove", "words", "extend", "hold", "policy",
    "hear", "subject-access",
}  # fmt: skip
LETTERS = {
    "invitation": ("--on", "15/12/2026", "--time", "3pm", "--any-day"),
    "consent": ("--service", "EP"),
}
FORMATS = (*terms.FORMATS, "ics")
CRASHED = ("Something went wrong inside", "cannot work with")


def resolve(schema: Schema, root: Schema) -> Schema:
    """The schema that a reference leads to."""
    while "$ref" in schema:
        there: Any = root
        for step in schema["$ref"].lstrip("#/").split("/"):
            there = there[step]
        schema = {**there, **{k: v for k, v in schema.items() if k != "$ref"}}
    return schema


def value(schema: Schema, root: Schema, draw: Random, depth: int = 0) -> Any:
    """Something that most likely fits the schema."""
    schema = resolve(schema, root)
    if "anyOf" in schema:
        return value(draw.choice(schema["anyOf"]), root, draw, depth)
    if choices := schema.get("enum", [schema["const"]] if "const" in schema else []):
        return draw.choice(choices)
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if kind == "object":
        return _object(schema, root, draw, depth)
    if kind == "array":
        return _list(schema, root, draw, depth)
    return _plain(schema, kind, draw)


def _plain(schema: Schema, kind: str, draw: Random) -> object:
    """A text, a number, a yes or no."""
    if kind == "boolean":
        return draw.random() < HALF
    if kind in {"integer", "number"}:
        ends = (schema.get("minimum", 1), schema.get("maximum", 9))
        number = draw.choice((*NUMBERS, *ends))
        return float(number) if draw.random() < SELDOM else number
    fitting = [t for t in TEXTS if re.search(schema.get("pattern", ""), t)]
    return draw.choice(fitting or TEXTS)


def _list(schema: Schema, root: Schema, draw: Random, depth: int) -> list[Any]:
    least, most = schema.get("minItems", 0), schema.get("maxItems", 9)
    count = max(least, min(draw.choice((0, 1, 1, 2)), most))
    items = schema.get("items", {})
    return [value(items, root, draw, depth + 1) for _ in range(count)]


def _object(schema: Schema, root: Schema, draw: Random, depth: int) -> dict[str, Any]:
    fields = schema.get("properties", {})
    needed = set(schema.get("required", ()))
    likely = OFTEN if depth <= 1 else HALF
    found = {
        key: value(part, root, draw, depth + 1)
        for key, part in fields.items()
        if key in needed or draw.random() < likely
    }
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        names = schema.get("propertyNames", {})
        found[str(value(names, root, draw, depth + 1))] = value(more, root, draw)
    return found


def places(record: Any, schema: Schema, root: Schema) -> Iterator[tuple[Any, Any, Any]]:
    """Each place of a record: what holds it, its key, its schema."""
    schema = resolve(schema, root)
    if isinstance(record, dict):
        fields = schema.get("properties", {})
        for key in [*record, *(k for k in fields if k not in record)]:
            part = fields.get(key, schema.get("additionalProperties", {}))
            yield record, key, part if isinstance(part, dict) else {}
            if key in record and isinstance(part, dict):
                yield from places(record[key], part, root)
    elif isinstance(record, list):
        items = schema.get("items", {})
        for number, item in enumerate(record):
            yield record, number, items
            yield from places(item, items, root)


def mutant(record: dict[str, Any], name: str, draw: Random) -> dict[str, Any]:
    """The record with some changes, each of which leaves it within its schema."""
    root = schemas.load_schema(name)
    kept = record
    for _ in range(draw.choice((1, 2, 5, 15, 40))):
        trial = copy.deepcopy(kept)
        holder, key, part = draw.choice(list(places(trial, root, root)))
        _change(holder, key, value(part, root, draw, 1), draw)
        if trial.get("id") == record.get("id") and schemas.fits(trial, name):
            kept = trial
    return kept


def _change(holder: Any, key: Any, new: object, draw: Random) -> None:
    """Put something else at one place, take it away, or have it twice."""
    there = isinstance(holder, list) or key in holder
    what = draw.random()
    if there and what < SELDOM / 2:
        del holder[key]
    elif isinstance(holder, list) and what < SELDOM:
        holder.insert(key, copy.deepcopy(holder[key]))
    elif there and what < HALF and type(holder[key]) is int:
        holder[key] = float(holder[key])
    else:
        holder[key] = new


def more(line: str) -> tuple[str, ...]:
    """What a letter needs besides."""
    return next((words for part, words in LETTERS.items() if part in line), ())


def commands(pupil: str) -> Iterator[str]:
    """Every command that reads, for a pupil."""
    yield from (f"{line} {pupil}" for line in PUPIL)
    yield from SCHOOL
    yield from (f"print {name}" for name in DOCUMENTS)
    yield from (f"print {name} {pupil}" for name in DOCUMENTS)
    yield from (f"print {name} {pupil} --for agency" for name in DOCUMENTS)
    yield f"print case {pupil} --for parent"
    yield f"pupil show {pupil} --as-at 2026-01-31"
    yield "register --as-at 2025-12-31"


def crashed(result: Result) -> bool:
    """Whether it ended in a fault of ours."""
    return any(words in result.both for words in CRASHED)


def unsaid(result: Result) -> bool:
    """Whether it ended over a slip without the file, and the line if it has one."""
    if result.code not in (3, 70):
        return "Traceback" in result.both
    return result.code == 70 or ".yaml" not in result.both


def mutate_school(folder: Path, base: Path, draw: Random) -> list[str]:
    """Write mutants of a folder's records into another; the ids of its pupils."""
    pupils = sorted((base / "pupils").glob("*.yaml"))
    for path in pupils:
        _write(path, folder / "pupils" / path.name, "pupil", draw)
    for name in ("school", "provisions", "groups"):
        _write(base / f"{name}.yaml", folder / f"{name}.yaml", name, draw)
    return [path.stem for path in pupils]


def _tab(rows: list[bytes], at: int, draw: Random) -> None:
    """A tab at the end of a line, or in the place of what it is set in by."""
    end = b"\t\n" if draw.random() < HALF else b"\n\t"
    rows[at] = rows[at].rstrip(b"\n") + end


def _gone(rows: list[bytes], at: int, draw: Random) -> None:
    del rows[at : at + draw.choice((1, 1, 2, 9))]


def _twice(rows: list[bytes], at: int, draw: Random) -> None:
    rows.insert(draw.choice((at, draw.randrange(len(rows)))), rows[at])


def _moved(rows: list[bytes], at: int, draw: Random) -> None:
    """Further in or out."""
    row = rows[at]
    rows[at] = (
        row[2:] if row.startswith(b"  ") and draw.random() < HALF else b"  " + row
    )


def _sign(rows: list[bytes], at: int, draw: Random) -> None:
    """One byte more, less or another."""
    row, sign = rows[at], draw.choice(SIGNS)
    where = draw.randrange(len(row) + 1)
    rows[at] = row[:where] + sign + row[where + draw.choice((0, 1)) :]


def _emptied(rows: list[bytes], at: int, _: Random) -> None:
    """A field that has no value any more, and may have had one below."""
    rows[at] = rows[at].partition(b":")[0] + b":\n"


def _other(rows: list[bytes], at: int, draw: Random) -> None:
    """Another value for a field."""
    name, colon, _ = rows[at].partition(b":")
    if colon:
        rows[at] = name + b": " + draw.choice(VALUES) + b"\n"


def _misspelt(rows: list[bytes], at: int, draw: Random) -> None:
    """A field's name with a letter too many."""
    name, colon, rest = rows[at].partition(b":")
    rows[at] = name + draw.choice((b"s", b"x", b" ")) + colon + rest


SIGNS = (*(bytes((n,)) for n in range(256)), b"\xc2\x85", b"\xe2\x80\xa8")
VALUES = (
    b"", b"~", b"null", b"[]", b"{}", b"[x]", b"{a: b}", b"x", b"7", b"-1", b"1.5",
    b"true", b"yes", b"2026-02-30", b"2026", b"1e3", b"'", b"[[x]]", b"99999999999",
)  # fmt: skip
SLIPS = (_tab, _gone, _twice, _moved, _sign, _emptied, _other, _misspelt)


def slipped(data: bytes, draw: Random) -> bytes:
    """A file as a slip by hand leaves it."""
    rows = data.splitlines(keepends=True)
    for _ in range(draw.choice((1, 1, 1, 2, 4))):
        if rows:
            draw.choice(SLIPS)(rows, draw.randrange(len(rows)), draw)
    return b"".join(rows)


def slip(folder: Path, base: Path, draw: Random) -> list[str]:
    """Write a folder's records into another, with slips; the ids of its pupils."""
    pupils = sorted((base / "pupils").glob("*.yaml"))
    books = [base / f"{name}.yaml" for name in ("school", "provisions", "groups")]
    wrong = {draw.choice(books), *draw.sample([*books, *pupils], draw.choice((0, 1)))}
    for path in (*pupils, *books):
        data = path.read_bytes()
        new = folder / path.relative_to(base)
        new.write_bytes(slipped(data, draw) if path in wrong else data)
    return [path.stem for path in pupils]


def _write(old: Path, new: Path, name: str, draw: Random) -> None:
    record = load.load(old.read_bytes(), old.name)
    if name == "pupil" or draw.random() < SELDOM:
        record = mutant(record, name, draw)
    text = dump.dumps(record, name)
    new.write_text(text, encoding="utf-8", newline="\n")


def search(
    base: Path,
    seconds: float,
    seed: int,
    change: Callable[..., list[str]],
    wrong: Callable[[Result], bool] = crashed,
) -> Iterator[str]:
    """The command lines that ended in a fault of ours, with what was told."""
    until, draw = time.monotonic() + seconds, Random(seed)
    with TemporaryDirectory(prefix="mutants-") as room:
        folder = Path(room) / "school"
        shutil.copytree(base, folder, symlinks=True)
        sen = Typed(folder)
        while time.monotonic() < until:
            ids = change(folder, base, draw)
            for pupil in draw.sample(ids, 3):
                for line in commands(pupil):
                    fmt = draw.choice(FORMATS)
                    words = [*line.split(), *more(line)]
                    if draw.random() < OFTEN:
                        words += ["--format", fmt]
                    result = sen(*words, code=None)
                    if wrong(result):
                        kept = f"{base}-mutant-{pupil}"
                        shutil.copytree(folder, kept, dirs_exist_ok=True)
                        yield f"sen -C {kept} {' '.join(words)}\n{result.err}"
                    if time.monotonic() > until:
                        return


if __name__ == "__main__":
    os.environ.setdefault("SENCLI_TODAY", "2026-11-30")
    found = 0
    which = (slip, unsaid) if "slips" in sys.argv else (mutate_school, crashed)
    start = int((*sys.argv, "0")[3])
    for told in search(Path(sys.argv[1]), float(sys.argv[2]), start, *which):
        found += 1
        sys.stdout.write(f"{told}\n")
    sys.exit(bool(found))
