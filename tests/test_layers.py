"""The house: imports point down only, and each room keeps to its own things."""

from __future__ import annotations

import ast
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
    "formats": {"errors", "safe", "resources", "documents"},
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
PURE = ("core", "rules", "documents")
IMPURE_CALLS = {"open", "today", "now", "utcnow", "read_text", "write_text", "urandom"}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    here = room(path)
    for name in imported(path):
        parts = name.split(".")
        if parts[0] != "sencli":
            assert here in ONLY.get(parts[0], {here}), f"{name} in {here}"
            continue
        other = parts[1] if len(parts) > 1 else ""
        if other in ("__version__", "") or here in ("cli", "__main__"):
            continue
        free = other in {here, "value"}  # what a frozen dataclass gives
        assert free or other in MAY[here], f"{here} imports {name}"


@pytest.mark.parametrize(
    "path",
    [p for p in modules() if room(p) in PURE],
    ids=lambda p: str(p.relative_to(PACKAGE)),
)
def test_the_core_is_pure(path: Path) -> None:
    """No files, no clock: the day and the records are arguments."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            name = getattr(called, "id", getattr(called, "attr", ""))
            assert name not in IMPURE_CALLS, f"{path.name}:{node.lineno} calls {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_is_one_room(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 500


# Names are folded in one place; these others look at single letters, to draw or keep
# them, or at the digits of a number.
LETTERS = {
    *(
        "core/text/folding.py",
        "core/record/clean_text.py",
        "core/text/names_in_text.py",
    ),
    *("core/text/garbled.py", "core/checks/remarks.py", "core/record/numbering.py"),
    *("formats/typst/text_runs.py", "formats/typst/fit.py"),
}
NAMED = {"first_name", "last_name", "known_as", "full_name", "display_name"}


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_names_are_folded_in_one_place(path: Path) -> None:
    place = path.relative_to(PACKAGE).as_posix()
    tree = ast.parse(path.read_text("utf-8"))
    if "unicodedata" in imported(path):
        assert place in LETTERS
    for call in ast.walk(tree):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr in {"casefold", "lower"}
        ):
            said = ast.unparse(call.func.value)
            assert not any(name in said for name in NAMED), f"{place}: {said}"
