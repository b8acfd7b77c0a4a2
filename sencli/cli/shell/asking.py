"""What a command lacks is asked for at a terminal, a question a line.

The answers become words of the command, as if they had been typed: what is printed of
it, on the way or at an interruption, can be typed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import click

from sencli.cli import WORDS
from sencli.cli.shell import prompts
from sencli.cli.shell.choices import Choice
from sencli.cli.shell.choices import choices
from sencli.cli.shell.options import Pick
from sencli.core.record import find
from sencli.core.text.placeholders import in_word
from sencli.errors import SencliError
from sencli.safe import safe_text
from sencli.store.files import shell

_LISTED = 12
"""What is no longer is listed with the question; a longer list is shown for ?."""

_QUESTIONS = {
    "PUPIL": "Pupil",
    "PUPIL[,PUPIL...]": "Pupils, with commas between them",
    "GROUP|PUPIL": "Group or pupil",
    "N|K|E": "Status",
    "TEXT": "Text",
    "VALUE": "Value",
    "INITIALS": "Initials",
    "KEY": "Its short name",
    "FILE.csv": "Which file (its name, with the folder)",
    "FIELD=VALUE...": "Which field, as FIELD=VALUE",
    "DIRECTORY": "Which folder (new or empty)",
    "WORDS": "Words to look for",
    "LINE": "The line of the public key",
    "PER_CENT": "Per cent",
    "annual": "Pounds a year",
    "whom": "Shared with whom (parents, staff)",
}
"""Questions for parameters whose own name is no question."""


_CAPITALS = {
    "PUPIL[,PUPIL...]": "PUPIL",
    "GROUP|PUPIL": "GROUP",
    "PER_CENT": "NUMBER",
    "annual": "POUNDS",
    "other": "PUPIL",
    "whom": "WHO",
    "reason": "THE REASON",
}
"""What stands in a printed command for those whose own name would not be refused."""


class Stopped(click.Abort):
    """Somebody stopped at a question.

    Args:
        words: of the command so far, with what was answered.

    Attributes:
        again: how to go on from there.
    """

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.again = f"To go on: {shell.joined('sen', *words)}"


def completed(words: Sequence[str], fault: click.MissingParameter) -> list[str]:
    """The command's words with what it lacked, asked for.

    Args:
        words: as they were typed.
        fault: names the parameter that is missing.

    Raises:
        MissingParameter: nobody can be asked.
        Stopped: somebody stopped at the question.
    """
    ctx, param = fault.ctx, fault.param
    if ctx is None or param is None or not prompts.can_ask():
        raise fault
    try:
        answer = _answer_to(ctx, param)
    except (click.Abort, KeyboardInterrupt):
        raise Stopped(words) from None
    end = words.index("--") if "--" in words else len(words)
    if isinstance(param, click.Option):
        return [*words[:end], param.opts[0], answer, *words[end:]]
    guard = ["--"] if answer.startswith("-") and end == len(words) else []
    return [*words, *guard, answer]


def lacking(fault: click.MissingParameter) -> tuple[str, str]:
    """What is missing and what it may be, where nobody can be asked."""
    ctx, param = fault.ctx, fault.param
    if ctx is None or param is None:
        return fault.format_message(), ""
    name = param.human_readable_name
    lines = [f"Give it: {_lacking_line(ctx)}"]
    known: Sequence[Choice] = ()
    with suppress(SencliError):  # where there are no records, or no such pupil
        known = choices(ctx, param)
    if 0 < len(known) <= _LISTED:
        lines += [f"{name} is one of:", *map(_as_typed, known)]
    elif isinstance(param.type, Pick | click.Choice):
        lines.append(f"{name} is one of: {', '.join(one.typed for one in known)}")
    if isinstance(param, click.Option):
        name = param.opts[0]
    return f"{name} is needed.", "\n".join(lines)


def _lacking_line(ctx: click.Context) -> str:
    """The command with all that it lacks, in capitals."""
    lacks = [p for p in ctx.command.params if p.required]
    lacks = [p for p in lacks if ctx.params.get(p.name or "") is None]
    words = [_in_capitals(p) for p in lacks if isinstance(p, click.Argument)]
    for param in lacks:
        if isinstance(param, click.Option):
            words += [param.opts[0], _in_capitals(param)]
    typed: tuple[str, ...] = ctx.meta.get(WORDS, ())
    return shell.joined("sen", *typed, *words)


def _in_capitals(param: click.Parameter) -> str:
    """What stands for a value in a printed command, and is refused if it is typed."""
    name = param.human_readable_name
    word = _CAPITALS.get(name, name.upper() if name.islower() else name)
    return word if in_word(word) else "WORDS"


def _as_typed(one: Choice) -> str:
    return f"  {one.typed}" + (f"  {one.words}" if one.words else "")


def _question(param: click.Parameter) -> str:
    name = param.human_readable_name
    plain = name.replace("_", " ").casefold().capitalize()
    return _QUESTIONS.get(name, plain)


def _answer_to(ctx: click.Context, param: click.Parameter) -> str:
    known = choices(ctx, param)
    question = _question(param)
    short = 0 < len(known) <= _LISTED
    if short:
        click.echo(safe_text(_listed(known, question)), err=True)
    likely = known[0].typed if len(known) == 1 else ""
    hint = f"1 to {len(known)}" if short else "part of the name, ? lists them"
    asked = f"{question} ({hint})" if known else question
    while True:
        typed = prompts.line(asked, likely)
        if typed in {"", "?"}:
            click.echo(safe_text(_help(ctx, param, known, question)), err=True)
            continue
        try:
            return _the_choice(typed, known, param) if known else typed
        except SencliError as fault:
            text = f"{fault.message} {fault.hint}".strip()
            click.echo(safe_text(text), err=True)


def _listed(known: Sequence[Choice], question: str) -> str:
    wide = len(str(len(known)))
    lines = [f"{question}:"]
    lines += [
        f"  {number:>{wide}}  {one.words or one.typed}"
        for number, one in enumerate(known, 1)
    ]
    return "\n".join(lines)


def _help(
    ctx: click.Context,
    param: click.Parameter,
    known: Sequence[Choice],
    question: str,
) -> str:
    """What the command does, or the whole list; an answer there must be."""
    if known:
        return _listed(known, question)
    told = str(getattr(param, "help", "") or ctx.command.get_short_help_str(400))
    return f"{told}\nAn answer is needed. To stop: Ctrl-C"


def _the_choice(typed: str, known: Sequence[Choice], param: click.Parameter) -> str:
    """The choice that was typed: its number, itself, or part of its words.

    Raises:
        NotFound, Ambiguous: none fits, or several do.
    """
    if typed.isdecimal() and 1 <= int(typed) <= len(known):
        return known[int(typed) - 1].typed
    exact = [one for one in known if one.typed.casefold() == typed.casefold()]
    if exact:
        return exact[0].typed
    if "," in typed and "," in param.human_readable_name:
        return typed
    found = find.matches(typed, known, lambda one: one.words or one.typed)
    return find.one(
        typed,
        found,
        what=_question(param).casefold(),
        show=lambda one: one.words or one.typed,
        hint="Type more of it, or ? for the list.",
        everything=known,
    ).typed
