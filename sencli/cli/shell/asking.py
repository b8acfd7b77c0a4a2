"""What a command lacks is asked for at a terminal, a question a line.

The answers become words of the command, as if they had been typed: what is printed of
it, on the way or at an interruption, can be typed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from typing import NamedTuple

import click

from sencli.cli import WORDS
from sencli.cli.shell import prompts
from sencli.cli.shell.choices import Choice
from sencli.cli.shell.choices import choices
from sencli.cli.shell.event import Bare
from sencli.cli.shell.options import Day
from sencli.cli.shell.options import Pick
from sencli.core.record import find
from sencli.core.text.placeholders import MEANINGS
from sencli.core.text.placeholders import in_word
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.store.files import shell

_LISTED = 12
"""What is no longer is listed with the question; a longer list is shown for ?."""

NOTHING = "-"
"""Leaves a question out, where Enter takes the likely answer."""

DAY = "A day, as you say it: 12/9, today, friday, in 6 weeks, end of term."
PEOPLE = "With commas between them: parent, pupil, teacher, senco, mum, or initials."
YES_OR_NO = "yes or no."

_QUESTIONS = {
    "PUPIL": "Pupil",
    "PUPIL[,PUPIL...]": "Pupils, with commas between them",
    "PUPIL...": "Pupils, with commas between them",
    "[PUPIL]...": "Pupils, with commas between them",
    "GROUP|PUPIL": "Group or pupil",
    "N|K|E": "Status",
    "TEXT": "Text",
    "VALUE": "Value",
    "INITIALS": "Initials",
    "KEY": "Its short name",
    "FILE": "Which file (its name, with the folder)",
    "FILE...": "Which files (their names, with the folder)",
    "FILE.xml": "Which file (its name, with the folder)",
    "FILE.zip": "Which file (its name, with the folder)",
    "FOLDER|ADDRESS": "To which folder or address",
    "FROM": "From which folder or address",
    "logo|colour|FILE": "Remove what (logo, colour, or a file of templates)",
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
    "PUPIL...": "PUPIL",
    "GROUP|PUPIL": "GROUP",
    "FOLDER|ADDRESS": "FOLDER",
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


def filled(ctx: click.Context, words: Sequence[str]) -> list[str]:
    """A printed command's words, with each placeholder asked for.

    Args:
        ctx: of the command that runs.
        words: after ``sen``, a placeholder in each place that only a person can fill.

    Raises:
        UsageFault: nobody can be asked; names the command to type.
        Stopped: somebody stopped at a question.
    """
    inner, names = _command_of(ctx.find_root(), words)
    bare = names.get("--bare")
    day = bare.day if isinstance(bare, Bare) else ""
    asks_itself = any(
        in_word(value) and option in names and names[option].name == day
        for option, value in pairwise(words)
    )
    found: list[str] = []
    for place, word in enumerate(words):
        if not (placeholder := in_word(word)):
            found.append(word)
            continue
        option = found[-1] if found[-1:] and found[-1].startswith("--") else ""
        if option and asks_itself and prompts.can_ask():
            # the command asks when it was and what came of it, in its own order
            found.pop()
            continue
        if not prompts.can_ask():
            raise UsageFault(
                "This needs what only you can say.",
                f"Type it: {shell.joined('sen', *words)}",
            )
        try:
            field = word.partition("=")[0] if "=" in word else ""
            answer = _answer_for(inner, names.get(option), placeholder, field)
        except (click.Abort, KeyboardInterrupt):
            raise Stopped([*found, *words[place:]]) from None
        found.append(word.replace(placeholder, answer))
    return found


def _command_of(
    root: click.Context, words: Sequence[str]
) -> tuple[click.Context, dict[str, click.Parameter]]:
    """The command that words name, and its options by how they are typed."""
    ctx, command = root, root.command
    rest = list(words)
    while isinstance(command, click.Group) and rest:
        name = rest.pop(0)
        found = command.get_command(ctx, name)
        if found is None:
            break
        command = found
        ctx = click.Context(command, parent=ctx, info_name=name)
    ctx.params["who"] = rest[0] if rest else ""
    return ctx, {text: param for param in command.params for text in param.opts}


def _answer_for(
    ctx: click.Context, param: click.Parameter | None, placeholder: str, field: str
) -> str:
    """The answer that stands for a placeholder of a printed command."""
    told = MEANINGS.get(placeholder.strip('"'), "")
    help_text = str(getattr(param, "help", "") or "").partition(" (")[0].rstrip(".")
    question = help_text or told[:1].upper() + told[1:] or placeholder
    if field and told:
        name = field.rpartition(".")[2].replace("_", " ")
        question = f"{name[:1].upper()}{name[1:]}: {told}"
    if "|" in placeholder:
        known = [Choice(one) for one in placeholder.split("|")]
    else:
        known = choices(ctx, param) if param is not None else []
    today = param is not None and isinstance(param.type, Day)
    return answer(
        Question(question, known, told or placeholder, likely="today" if today else "")
    )


def lacking(fault: click.MissingParameter) -> tuple[str, str]:
    """What is missing and what it may be, where nobody can be asked."""
    ctx, param = fault.ctx, fault.param
    if ctx is None or param is None:
        return fault.format_message(), ""
    name = param.human_readable_name
    name = "PUPIL" if name == "PUPIL..." else name
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
    own = one.words and one.words != one.typed
    return f"  {one.typed}" + (f"  {one.words}" if own else "")


def _question(param: click.Parameter) -> str:
    name = param.human_readable_name
    plain = name.replace("_", " ").casefold().capitalize()
    return _QUESTIONS.get(name, plain)


class Question(NamedTuple):
    """A question, the choices there are, and what is said for ``?``."""

    text: str
    known: Sequence[Choice]
    help: str
    several: bool = False
    likely: str = ""
    optional: bool = False


def optional(text: str, likely: str = "", told: str = "In your own words.") -> Question:
    """A question for free text that may be left out.

    Args:
        text: the question.
        likely: the answer that Enter by itself gives.
        told: what is said for ``?``.
    """
    return Question(text, (), told, likely=likely, optional=True)


def _answer_to(ctx: click.Context, param: click.Parameter) -> str:
    told = str(getattr(param, "help", "") or ctx.command.get_short_help_str(400))
    several = "..." in param.human_readable_name
    return answer(Question(_question(param), choices(ctx, param), told, several))


def answer(question: Question) -> str:
    """The answer: one of the choices where there are some, else what was typed."""
    known = question.known
    short = 0 < len(known) <= _LISTED
    if short:
        prompts.tell(_listed(question))
    only = len(known) == 1 and not question.optional
    likely = known[0].typed if only else question.likely
    hint = f"1 to {len(known)}" if short else "part of the name, ? lists them"
    asked = f"{question.text} ({hint})" if known else question.text
    while True:
        typed = prompts.line(asked, likely)
        if typed in {"", NOTHING} and question.optional:
            return ""
        if typed in {"", "?"}:
            prompts.tell(
                _listed(question) if known else _without_choices(question, likely)
            )
            continue
        try:
            return the_choice(typed, question) if known else typed
        except SencliError as fault:
            prompts.say_fault(fault)


def _without_choices(question: Question, likely: str) -> str:
    if not question.optional:
        return f"{question.help}\nAn answer is needed. To stop: Ctrl-C"
    without = f"{NOTHING} leaves it out" if likely else "Enter leaves it out"
    return f"{question.help}\n{without}. To stop: Ctrl-C"


def _listed(question: Question) -> str:
    wide = len(str(len(question.known)))
    lines = [
        f"  {number:>{wide}}  {one.words or one.typed}"
        for number, one in enumerate(question.known, 1)
    ]
    return "\n".join([f"{question.text}:", *lines])


def the_choice(typed: str, question: Question) -> str:
    """The choice that was typed: its number, itself, or part of its words.

    Raises:
        NotFound, Ambiguous: none fits, or several do.
    """
    known = question.known
    if typed.isdecimal() and 1 <= int(typed) <= len(known):
        return known[int(typed) - 1].typed
    exact = [one for one in known if one.typed.casefold() == typed.casefold()]
    if exact:
        return exact[0].typed
    if question.several and "," in typed:
        return typed
    found = find.matches(typed, known, lambda one: one.words or one.typed)
    return find.one(
        typed,
        found,
        what=question.text.strip().partition(" (")[0].casefold(),
        show=lambda one: one.words or one.typed,
        hint="Type more of it, or ? for the list.",
        everything=known,
    ).typed
