"""Find commands and moments by a word, as somebody who forgot the command does."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping

import click

from sencli.core.text.folding import fold
from sencli.value import Value

_MOST = 12


class Hit(Value):
    """One thing found.

    Attributes:
        rank: how near it is: 0 in the name, 1 in what it does, 2 in one of its options.
        typed: what to type.
        said: what that is.
    """

    rank: int
    typed: str
    said: str


def commands(
    wanted: str, command: click.Command, ctx: click.Context, path: str = "sen"
) -> Iterator[Hit]:
    """The commands whose name, help or option has the words.

    Args:
        wanted: the words.
        command: where to look: the command itself, and all below it.
        ctx: its context.
        path: how it is typed.
    """
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            if (found := command.get_command(ctx, name)) is not None:
                inner = click.Context(found, parent=ctx, info_name=name)
                yield from commands(wanted, found, inner, f"{path} {name}")
        return
    said = command.get_short_help_str(400)
    if _has(path, wanted):
        yield Hit(0, path, said)
    elif _has(command.help or "", wanted):
        yield Hit(1, path, said)
    else:
        for param in command.params:
            told = str(getattr(param, "help", "") or "")
            if isinstance(param, click.Option) and _has(
                f"{' '.join(param.opts)} {told}", wanted
            ):
                yield Hit(2, f"{path} {param.opts[0]}", told)


def moments(wanted: str, known: Mapping[str, tuple[str, str]]) -> list[Hit]:
    """The moments whose name, title or words have the words.

    Args:
        wanted: the words.
        known: each moment's title, and all that it says.
    """
    return [
        Hit(0 if _has(f"{name} {title}", wanted) else 1, f"sen help {name}", title)
        for name, (title, text) in known.items()
        if _has(f"{name} {title} {text}", wanted)
    ]


def nearest(hits: list[Hit]) -> tuple[list[Hit], int]:
    """The nearest of them, and how many more there are."""
    ordered = sorted(hits, key=lambda hit: hit.rank)
    return ordered[:_MOST], max(0, len(ordered) - _MOST)


def _has(text: str, wanted: str) -> bool:
    folded = fold(text.replace("-", " "))
    return all(word in folded for word in fold(wanted.replace("-", " ")).split())
