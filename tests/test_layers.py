"""The house: imports point down only, without circles, and names say what they name."""

from __future__ import annotations

import ast
from functools import cache
from graphlib import CycleError
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "sencli"

# What each room may import of ours; its own modules always.
MAY = {
    "errors": set(),
    "terms": set(),
    "resources": {"errors"},
    "safe": set(),
    "value": set(),
    "core": {"errors", "terms"},
    "rules": {"errors", "terms", "core"},
    "documents": {"errors", "terms", "core", "rules", "resources"},
    "formats": {"errors", "safe", "resources", "core", "documents"},
    "exchange": {"errors", "terms", "core", "documents", "safe"},
    "store": {"errors", "terms", "safe", "resources", "core", "rules", "exchange"},
}
# Nobody but these rooms may touch them.
ONLY = {
    "click": {"cli"},
    "git": {"store"},
    "ruamel": {"store"},
    "ryaml": {"store"},
    "jsonschema": {"store"},
    "jsonschema_rs": {"store"},
    "typst": {"formats"},
    "tabulate": {"formats"},
    "subprocess": {"store"},
}
# The rooms of a layer, each of which imports only rooms to its left; those in one
# string are beside each other and import neither.
ROOMS = {
    "core": """
        text record time people pupil support cycle school provision statutory
        checks audit handover papers due reports
    """,
    "store": """
        files git,text records history change repository remote,trust erasure undo sync
        verify
    """,
    "documents": "view made_in lists parents,pupil,school packs registry",
    "cli": "shell checks cycle support school papers pupil safety help",
}
FLOORS = {
    f"{layer}.{name}": floor
    for layer, rooms in ROOMS.items()
    for floor, names in enumerate(rooms.split())
    for name in names.split(",")
}
PURE = ("core", "rules", "documents")
IMPURE_CALLS = {"open", "today", "now", "utcnow", "read_text", "write_text", "urandom"}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules(folder: Path | None = None) -> list[Path]:
    """The modules of a folder alone, or of the whole package."""
    return sorted(folder.glob("*.py") if folder else PACKAGE.rglob("*.py"))


FOLDERS = sorted({path.parent for path in modules()})
each_folder = pytest.mark.parametrize(
    "folder", FOLDERS, ids=lambda folder: folder.relative_to(PACKAGE.parent).as_posix()
)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@each_folder
def test_imports_point_down(folder: Path) -> None:
    for path in modules(folder):
        here = room(path)
        for name in imported(path):
            parts = name.split(".")
            if parts[0] != "sencli":
                assert here in ONLY.get(parts[0], {here}), f"{name} in {path}"
                continue
            other = parts[1] if len(parts) > 1 else ""
            if other in ("__version__", "") or here in ("cli", "__main__"):
                continue
            # of the core, formats may use the words for money and days and nothing else
            assert (here, other) != ("formats", "core") or parts[2] == "text", (
                f"{path} imports {name}"
            )
            free = other in {here, "value"}  # what a frozen dataclass gives
            assert free or other in MAY[here], f"{path} imports {name}"


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def our_imports(path: Path, names: set[str]) -> set[str]:
    """Our modules that a module imports: at the top, lazily, and for types alone."""
    found = set()
    for name in imported(path):
        module = name if name in names else name.rpartition(".")[0]
        if module in names:
            found.add(module)
    return found - {dotted(path)}


def test_rooms_import_only_rooms_to_their_left() -> None:
    files = {dotted(path): path for path in modules()}
    wrong = []
    for name, path in files.items():
        here = ".".join(name.split(".")[1:3])
        for other in our_imports(path, set(files)):
            there = ".".join(other.split(".")[1:3])
            same_layer = here.split(".")[0] == there.split(".")[0]
            if not same_layer or here == there or here not in FLOORS:
                continue
            if there in FLOORS and FLOORS[there] >= FLOORS[here]:
                wrong.append(f"{name} imports {other}")
    assert wrong == []


def test_every_room_has_its_place() -> None:
    folders = {
        f"{layer}.{path.stem}"
        for layer in ROOMS
        for path in (PACKAGE / layer).iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    } - {f"{layer}.__init__" for layer in ROOMS}
    assert folders == set(FLOORS)


def test_no_files_import_each_other_in_a_circle() -> None:
    files = {dotted(path): path for path in modules()}
    graph = {name: our_imports(path, set(files)) for name, path in files.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@each_folder
def test_the_core_is_pure(folder: Path) -> None:
    """No files, no clock: the day and the records are arguments."""
    for path in [p for p in modules(folder) if room(p) in PURE]:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call):
                called = node.func
                name = getattr(called, "id", getattr(called, "attr", ""))
                assert name not in IMPURE_CALLS, (
                    f"{path.name}:{node.lineno} calls {name}"
                )


@each_folder
def test_a_module_is_one_room(folder: Path) -> None:
    for path in modules(folder):
        assert len(path.read_text("utf-8").splitlines()) <= 500, path


# Names are folded in one place; these others look at single letters, to draw or keep
# them, or at the digits of a number.
LETTERS = {
    *(
        "core/text/folding.py",
        "core/record/clean_text.py",
        "core/text/names_in_text.py",
    ),
    *("core/text/garbled.py", "core/checks/remarks.py", "core/record/numbering.py"),
    *("core/text/lines.py", "formats/typst/text_runs.py", "formats/typst/fit.py"),
    "formats/bidi.py",
}
NAMED = {"first_name", "last_name", "known_as", "full_name", "display_name"}


@each_folder
def test_names_are_folded_in_one_place(folder: Path) -> None:
    for path in modules(folder):
        place = path.relative_to(PACKAGE).as_posix()
        tree = parsed(path)
        if "unicodedata" in imported(path):
            assert place in LETTERS, place
        for call in ast.walk(tree):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr in {"casefold", "lower"}
            ):
                said = ast.unparse(call.func.value)
                assert not any(name in said for name in NAMED), f"{place}: {said}"


# Words that say nothing of what a module holds, a function returns or a class is.
# With a noun they do: ``parents_told``, ``made_on``.
BANNED = frozenset(
    [
        "around",
        "asked",
        "at",
        "attested",
        "chosen",
        "common",
        "ends",
        "found",
        "gone",
        "ground",
        "helpers",
        "known",
        "laid",
        "lost",
        "made",
        "meant",
        "misc",
        "named",
        "parts",
        "said",
        "shown",
        "stuff",
        "take",
        "taken",
        "told",
        "utils",
        "whole",
    ]
)


@each_folder
def test_names_say_what_they_name(folder: Path) -> None:
    for path in modules(folder):
        kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        names = [n.name for n in parsed(path).body if isinstance(n, kinds)]
        banned = [
            name for name in [path.stem, *names] if name.strip("_").lower() in BANNED
        ]
        assert banned == [], f"{path.relative_to(PACKAGE)}: say what it is or returns"
