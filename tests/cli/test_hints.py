"""Every command that the program proposes is one that can be typed."""

from __future__ import annotations

import itertools
import re
import shlex

import click

from sencli.cli.pupil.consider import Questions
from sencli.cli.shell.run import cli
from tests.cases import each_case
from tests.cli.hints import VALUE
from tests.cli.hints import commands
from tests.cli.hints import texts

HINTS = sorted(
    {(shlex.join(words), place) for place, text in texts() for words in commands(text)}
)


def fault(line: list[str]) -> str:
    """What keeps a command from being typed, or ""."""
    words = list(line)
    if words[0] == "-C":
        words = words[2:]
    command: click.Command = cli
    context = click.Context(cli)
    while isinstance(command, click.Group) and words:
        if words[0] == "--help":
            return ""
        if isinstance(command, Questions) and words[0] not in command.commands:
            words.insert(0, "add")
        if words[0] == VALUE:  # the verb, or the document, is put in
            return ""
        found = command.get_command(context, words[0])
        if found is None:
            return f"no command {words[0]!r}"
        command = found
        words.pop(0)
    if isinstance(command, click.Group):
        return "" if command.name == "help" else "no verb"
    return _words_fault(command, words)


def _words_fault(command: click.Command, words: list[str]) -> str:
    known = {
        name: param
        for param in command.params
        if isinstance(param, click.Option)
        for name in (*param.opts, *param.secondary_opts)
    }
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    least = sum(p.required for p in arguments)
    most = 99 if any(p.nargs < 0 for p in arguments) else len(arguments)
    given = 0
    while words:
        word, _, value = words.pop(0).partition("=")
        if word.replace(VALUE, "") == "" and given >= most:
            continue  # what is put in holds options
        if not word.startswith("--"):
            given += 1
            continue
        if VALUE in word:
            continue
        if word == "--help":
            return ""
        if word not in known:
            return f"no option {word}"
        if not (known[word].is_flag or value):
            for _ in range(known[word].nargs):
                if not words:
                    return f"nothing after {word}"
                words.pop(0)
    return "" if least <= given <= most else f"{given} arguments"


@each_case(("line", "place"), HINTS, ids=[f"{p} {h}" for h, p in HINTS])
def test_it_can_be_typed(line, place):
    del place
    assert fault(shlex.split(line)) == ""


# What only a person can say: none of it stands in a proposed command.
ANSWERS = {
    "today", "yesterday", "parent", "pupil", "parents", "staff", "teacher", "school",
    "yes", "no", "achieved", "on_track", "keep", "accepted", "continue", "adapt",
    "superseded", "mother", "SLCN", "assess", "issue", "mine", "theirs",
}  # fmt: skip


@each_case(("line", "place"), HINTS, ids=[f"{p} {h}" for h, p in HINTS])
def test_it_answers_for_nobody(line, place):
    del place
    command, *words = shlex.split(line)
    for before, word in itertools.pairwise([command, *words]):
        value = word.partition("=")[2] or word
        if (before.startswith("--") and before != "--for") or "=" in word:
            assert ANSWERS.isdisjoint(value.split(",")), line
            assert not re.fullmatch(r"[0-9/.:]+|[0-9]{4}-.*", value), line


def test_dots_stand_in_none():
    for place, text in texts():
        for words in commands(text):
            assert "..." not in " ".join(words), place
