"""What is proposed for a command that there is not."""

from __future__ import annotations

import shlex

import click
import pytest

from sencli.cli import COMMANDS
from sencli.cli.shell.run import cli
from sencli.cli.shell.suggest import all_commands
from sencli.cli.shell.suggest import likely_commands
from tests.conftest import Typed

DESTROYS = {"erase", "remove", "undo", "leave", "drop", "end", "cease", "close", "move"}


def known() -> dict[str, list[str]]:
    return all_commands(cli, click.Context(cli))


def proposed(sen: Typed, line: str) -> list[str]:
    err = sen(line, code=2).err
    assert "There is no command" in err
    (hint,) = [part for part in err.splitlines() if part.startswith("     ")]
    if "Did you mean: " not in hint:
        assert "See them all: sen " in hint
        return []
    found = hint.partition("Did you mean: ")[2].replace(" or ", ", ")
    return [words.removeprefix("sen ") for words in found.split(", ")]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("registre", "register"),
        ("measure", "outcome measure"),
        ("mesure", "outcome measure"),
        ("list", "pupil list"),
        ("refer", "specialist refer"),
        ("pupil measure", "outcome measure"),
        ("pupil lst", "pupil list"),
        ("outcome mesure", "outcome measure"),
        ("cycle advise", "specialist advise"),
        ("case", "print case"),
        ("censsus", "print census"),
        ("letter-support-begins", "print letter-support-begins"),
    ],
)
def test_verbs_are_looked_for_too(sen, typed, first):
    assert proposed(sen, typed)[0] == first


@pytest.mark.parametrize("name", sorted(DESTROYS))
def test_what_destroys_is_never_proposed(sen, name):
    slips = {name[:-1], name + name[-1], name[1:], name[0] + name[2:], f"{name}s"}
    for slip in slips - set(COMMANDS):
        for line in proposed(sen, slip):
            assert DESTROYS.isdisjoint(line.split()), (slip, line)
    for noun in ("pupil", "cycle", "draft"):
        for slip in slips:
            if slip not in known()[noun]:
                found = likely_commands([noun, slip], known())
                assert DESTROYS.isdisjoint(" ".join(found).split())


def test_whatever_is_proposed_can_be_typed():
    nouns = known()
    words = {*nouns, *(verb for verbs in nouns.values() for verb in verbs)}
    for word in words | {f"{word[:-1]}" for word in words}:
        for line in likely_commands([word], nouns):
            noun, *verb = shlex.split(line)
            assert noun in nouns
            assert not verb or verb[0] in nouns[noun]


def test_nothing_like_it(sen):
    assert proposed(sen, "xyzzy") == []
    assert proposed(sen, "pupil xyzzy") == []


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("due --foramt json", "--format"),
        ("due --forc", ""),
        ("summary noah --outpt x", "--output"),
        ("print delivery --pupil noah", ""),
        ("pupil show noah --al", ""),
        ("draft remove x --ys", ""),
        ("meeting add noah --bar", ""),
    ],
)
def test_an_option_that_forces_is_never_proposed(sen, line, meant):
    err = sen(line, code=2).err
    assert "No such option" in err
    assert (f"Did you mean: {meant}\n" in err) if meant else ("mean" not in err)
