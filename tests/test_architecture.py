"""docs/architecture.md shows the house as it stands on the disk."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests import test_layers
from tests.cases import each_case

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "sencli"
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
TREE = PAGE.partition("## The tree")[2].partition("```text\n")[2].partition("\n```")[0]


def named() -> dict[str, str]:
    """Each path that the tree names, with what it says of it."""
    found, above = {}, []
    for line in TREE.splitlines():
        name, _, said = line.strip().partition(" ")
        depth = (len(line) - len(line.lstrip())) // 2
        above[depth:] = [name.rstrip("/")]
        found["/".join(above)] = said.strip()
    return found


def test_the_tree_is_the_tree_on_disk() -> None:
    modules = [p for p in PACKAGE.rglob("*.py") if p.name != "__init__.py"]
    rooms = [p.parent for p in PACKAGE.rglob("__init__.py")]
    there = {p.relative_to(ROOT).as_posix() for p in (*modules, *rooms)}
    assert set(named()) == there


def test_every_room_and_module_says_what_it_is() -> None:
    for path, said in named().items():
        file = ROOT / path
        file = file / "__init__.py" if file.is_dir() else file
        docstring = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
        docstring = docstring.replace("``", "")
        assert docstring.splitlines()[:1] == [said], path
        assert len(said.split()) > 1, f"{path}: one word explains nothing"


def test_the_order_of_rooms_is_the_one_that_is_held() -> None:
    for layer, rooms in test_layers.ROOMS.items():
        said = re.search(rf"^- {layer}: (.+(?:\n  .+)*)", PAGE, re.MULTILINE)
        assert said is not None, layer
        words = re.findall(r"\w+", said[1])
        order = [word for word in words if word not in {"then", "and", "side", "by"}]
        assert order == re.findall(r"\w+", rooms)


PAGES = ("architecture", "glossary", "decisions", "reliability", "speed")


@each_case("page", ["CONTRIBUTING.md", *(f"docs/{name}.md" for name in PAGES)])
def test_paths_that_are_named_are_there(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    paths = re.findall(r"`([a-z_./-]+/[A-Za-z_./-]+)`", text)
    if not page.endswith(("architecture.md", "glossary.md", "CONTRIBUTING.md")):
        paths = [path for path in paths if path.endswith(".py")]
    new = re.findall(r"A new file, `([^`]+)`", text)
    missing = [
        path
        for path in paths
        if not ((ROOT / path).exists() or (PACKAGE / path).exists())
        and path not in new
        and not path.startswith(".git/")
    ]
    assert missing == []
