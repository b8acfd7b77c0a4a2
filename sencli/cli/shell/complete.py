"""What Tab offers: commands, options, and what may stand for a value.

Two private functions of click find the parameter that is being typed: there is no other
way to it. ``pyproject.toml`` keeps click below its next major version.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import BashComplete
from click.shell_completion import CompletionItem
from click.shell_completion import FishComplete
from click.shell_completion import ShellComplete
from click.shell_completion import ZshComplete
from click.shell_completion import _resolve_context
from click.shell_completion import _resolve_incomplete
from click.shell_completion import add_completion_class

from sencli.cli.shell.choices import kind_of
from sencli.cli.shell.powershell import PowerShellComplete

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.cli.shell.choices import Choice


_PLACES = {
    **dict.fromkeys(("FILE", "FROM", "PATH"), "file"),
    **dict.fromkeys(("DIR", "DIRECTORY", "FOLDER", "FOLDER|ADDRESS"), "dir"),
}
"""Values that are files or folders, of which the shell knows more."""


class _WithValues(ShellComplete):
    """A shell whose Tab knows the records: pupils, provisions, items, codes."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """What may follow, that begins as what was typed."""
        ctx = _resolve_context(self.cli, self.ctx_args, self.prog_name, args)
        found, typed = _resolve_incomplete(ctx, args, incomplete)
        if not isinstance(found, click.Parameter):
            return found.shell_complete(ctx, typed)
        known, kind = _choices_for(ctx, found), kind_of(found)
        place = "file" if kind.startswith("FILE.") else _PLACES.get(kind)
        if not known and place:
            return [CompletionItem(typed, type=place)]
        if not known:
            return found.shell_complete(ctx, typed)
        before, _, last = typed.rpartition(",")
        lead = f"{before}," if before else ""
        wanted = last.casefold()
        beginning = wanted.partition("-")[0]
        return [
            CompletionItem(lead + one.typed, help=one.words or None)
            for one in _one_word(known, beginning)
            if one.typed.casefold().startswith(wanted)
        ]


def _choices_for(ctx: click.Context, param: click.Parameter) -> Sequence[Choice]:
    """What may stand for the parameter; where there are no records, nothing."""
    from sencli.cli.shell.app import App
    from sencli.cli.shell.choices import choices
    from sencli.cli.shell.vocabulary import offered
    from sencli.errors import SencliError

    root = ctx.find_root()
    root.obj = App(root.params.get("directory"))
    try:
        return choices(ctx, param) or offered(root.obj, kind_of(param))
    except SencliError:
        return ()


def _one_word(known: Sequence[Choice], beginning: str) -> list[Choice]:
    """The choices without blanks: names as ``amelia-khan``, which finds them too.

    Args:
        known: the choices.
        beginning: of the first word; of 2,000 names only these are put into words.
    """
    from sencli.cli.shell.choices import Choice
    from sencli.core.text.folding import words

    first = beginning[:1]
    return [
        Choice("-".join(words(one.typed)), one.words or one.typed)
        if " " in one.typed
        else one
        for one in known
        if not beginning or not one.typed.isascii() or one.typed[0].casefold() == first
    ]


class Bash(_WithValues, BashComplete):
    """Bash."""


class Zsh(_WithValues, ZshComplete):
    """Zsh; a fresh one, as on a new Mac, has not begun its completion yet."""

    source_template = (
        "(( $+functions[compdef] )) || { autoload -Uz compinit; compinit -i }\n"
        + ZshComplete.source_template.removeprefix("#compdef %(prog_name)s\n")
    )


class Fish(_WithValues, FishComplete):
    """Fish."""


class PowerShell(_WithValues, PowerShellComplete):
    """PowerShell."""


SHELLS: dict[str, type[ShellComplete]] = {
    "bash": Bash,
    "zsh": Zsh,
    "fish": Fish,
    "powershell": PowerShell,
}


def know_shells() -> None:
    """Let click answer every shell by these."""
    for name, shell in SHELLS.items():
        add_completion_class(shell, name)
