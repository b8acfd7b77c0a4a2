"""Suggest commands and options similar to an unknown one."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from difflib import get_close_matches

import click

_NEVER = frozenset((
    "erase", "remove", "undo", "leave", "drop", "move", "end", "cease", "close",
    "discharge", "import", "sync",
))  # fmt: skip
# These switch off what keeps the records safe.
_NO_OPTION = frozenset(("force", "yes", "bare", "again", "any-day"))
_LIKE = 0.74  # two slips of letters; "raise" is not "advise"
_SHOWN = 4


def all_commands(top: click.Group, context: click.Context) -> dict[str, list[str]]:
    """Each noun with its verbs; a command without verbs has none."""
    found = {}
    for noun in top.list_commands(context):
        command = top.get_command(context, noun)
        found[noun] = _verbs(command, context)
    return found


def _verbs(command: click.Command | None, context: click.Context) -> list[str]:
    """What may follow a noun; after ``print``, the documents."""
    if isinstance(command, click.Group):
        return command.list_commands(context)
    for one in command.params if command else ():
        if one.name == "document" and isinstance(one.type, click.Choice):
            return list(one.type.choices)
    return []


def likely_commands(
    words: Sequence[str], known: Mapping[str, Sequence[str]]
) -> list[str]:
    """The commands that these words may mean, likeliest first.

    What takes something away, or sends the records elsewhere, is never proposed.

    Args:
        words: as typed: one, or a noun and a verb that it does not have.
        known: each noun with its verbs.
    """
    noun, verb = words[0], words[-1]
    if len(words) > 1 and (own := _near(verb, known.get(noun, ()))):
        return [f"{noun} {own}"]
    verbs = {one for each in known.values() for one in each}
    if verb not in verbs and len(words) == 1 and (near := _near(verb, known)):
        return [near]
    if wanted := _near(verb, sorted(verbs)):
        having = [noun for noun, each in known.items() if wanted in each]
        if len(having) > _SHOWN and (mine := known.get(noun)):
            # a verb of everybody says nothing; the noun does
            return [f"{noun} {own}" for own in mine if own not in _NEVER][:_SHOWN]
        first = sorted(having, key=lambda noun: noun != "pupil")
        return [f"{noun} {wanted}" for noun in first[:_SHOWN]]
    near = _near(verb, known)
    return [near] if near else []


def likely_option(typed: str, close: Sequence[str]) -> str:
    """The option that this may mean, or ""; never one that forces or answers."""
    names = [name.lstrip("-") for name in close]
    found = _near(typed.lstrip("-"), [one for one in names if one not in _NO_OPTION])
    return next((name for name in close if name.lstrip("-") == found), "")


def _near(word: str, names: Sequence[str] | Mapping[str, object]) -> str:
    """The name that is typed like the word, or ""."""
    safe = [name for name in names if name not in _NEVER]
    return next(iter(get_close_matches(word, safe, n=1, cutoff=_LIKE)), "")
