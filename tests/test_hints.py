"""What is to be typed suits every shell, or is written by ``store/files/shell.py``.

Command Prompt knows no single quotes, no ``rm``, ``mv`` or ``export``; Windows'
PowerShell no ``&&``, and its pipes are of text.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.cases import each_case

PACKAGE = Path(__file__).resolve().parent.parent / "sencli"
BY_SHELL = {"store/files/shell.py", "cli/shell/powershell.py"}
OF_ONE_SYSTEM = re.compile(
    r"(?:^|[ \n:(`])(?:sen [a-z]|git [a-z-])[^\n]*'[^'\n]+'"
    r"|(?<!git )\b(?:rm|mv|cp|chmod|chown|unset|sudo) [-./{\w']*[/{.-]"
    r"|\bexport \w+=|\$env:|&&|\| git"
)
PROSE = re.compile(r"git (?:merges|would merge|takes|keeps|has) ")


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module but what explains it; a value in it is ``{}``."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pieces = [getattr(part, "value", None) for part in node.values]
            text = "".join(p if isinstance(p, str) else "{}" for p in pieces)
            yield node.lineno, text
        elif isinstance(node, ast.Constant) and id(node) not in told | parts:
            yield node.lineno, str(node.value)


@each_case(
    "text",
    [
        "Type: sen pupil set p7k2q 'a.share=class'",
        "Look, then: rm ./old",
        "rm {}",
        "mv {} {}",
        "chmod -R u+rwX .git",
        "export EDITOR=nano",
        "$env:EDITOR = 'nano'",
        'git config user.name "A" && git config user.email b',
        "git fast-export --all | git -C NEW fast-import",
    ],
)
def test_such_hints_are_known(text: str) -> None:
    assert OF_ONE_SYSTEM.search(text)


@each_case(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_no_hint_is_for_one_system_alone(path: Path) -> None:
    if path.relative_to(PACKAGE).as_posix() in BY_SHELL:
        return
    found = [
        f"{path.name}:{line}: {text}"
        for line, text in texts(path)
        if OF_ONE_SYSTEM.search(text) and not PROSE.search(text)
    ]
    assert found == []
