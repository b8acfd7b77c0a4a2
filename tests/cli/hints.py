"""Every command that the program proposes, as it stands in its source."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click

import sencli
from sencli.cli import COMMANDS
from sencli.cli import UNLISTED
from sencli.cli.pupil.consider import Questions
from sencli.cli.shell.run import cli

ROOT = Path(sencli.__file__).parent
# Lines typed for show, over invented people: tests/cli/test_examples.py types them.
SHOWN = {"examples.py", "moments.py", "story.py", "telling.py"}
# Headings of a spreadsheet begin so, too; a rule's commands: tests/rules/test_mends.py.
OTHERS = {"import_columns.py", "importing.py"}
# In the place of what an f-string puts in.
VALUE = "xvaluex"
_ENDS = re.compile(r"[.;,:)]?(?:\s|$)")
_COMMAND = re.compile(r"\bsen (?=-C |--help|[a-z])")


def texts() -> Iterator[tuple[str, str]]:
    """Each text of the program that holds a command, with its place."""
    for path in sorted(ROOT.rglob("*.py")):
        own = path.parent.name != "rules" and path.name not in OTHERS
        if own and path.name not in SHOWN:
            yield from _of(path)


def _of(path: Path) -> Iterator[tuple[str, str]]:
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    silent = {id(node) for node in _not_printed(nodes)}
    for node in nodes:
        if id(node) in silent:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(_part(part) for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if "\b" not in text:  # the help of a command, laid out by hand
            yield f"{path.relative_to(ROOT)}:{node.lineno}", text


def _part(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else VALUE


def _not_printed(nodes: list[ast.AST]) -> Iterator[ast.AST]:
    """Docstrings, and the parts of f-strings, which are read with the whole."""
    for node in nodes:
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            if node.body and isinstance(node.body[0], ast.Expr):
                yield node.body[0].value
        elif isinstance(node, ast.JoinedStr):
            yield from (inner for inner in ast.walk(node) if inner is not node)


def commands(text: str) -> Iterator[list[str]]:
    """The words of each command that a text proposes."""
    for found in _COMMAND.finditer(text):
        rest = text[found.end() :].split("\n", maxsplit=1)[0]
        if rest.split()[0].strip(".,;:`") in _nouns():
            yield words(rest.replace("{id}", VALUE).replace("`", " "))


def _nouns() -> set[str]:
    return {*COMMANDS, *UNLISTED, "--help", "-C"}


def words(rest: str) -> list[str]:
    """The words of a command that begins a text, up to where a sentence goes on."""
    lexer = shlex.shlex(rest, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    found: list[str] = []
    try:
        for word in lexer:
            plain = word.rstrip(".,;:)")
            if found and not _is_word(found, plain):
                break
            found.append(plain)
            if plain != word:
                break
    except ValueError:  # a quote that the text goes on with
        pass
    return found


def _is_word(before: list[str], word: str) -> bool:
    """Whether it belongs to the command: an option, a value, a placeholder, a verb."""
    if word.startswith("--") or VALUE in word or "=" in word or not word.islower():
        return True
    return before[-1].startswith("--") or _is_wanted(before, word)


def _is_wanted(before: list[str], word: str) -> bool:
    """Whether a plain word is a verb, or an argument that the command still lacks."""
    command: click.Command | None = cli
    context = click.Context(cli)
    rest = list(before)
    while isinstance(command, click.Group):
        if not rest:
            return command.get_command(context, word) is not None
        if isinstance(command, Questions) and rest[0] not in command.commands:
            rest.insert(0, "add")
        command = command.get_command(context, rest.pop(0))
    if command is None or any(name.startswith("-") for name in rest):
        return False
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    return len(rest) < sum(p.required for p in arguments)
