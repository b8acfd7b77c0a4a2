"""Questions to the user: the only module that asks, and only on a terminal.

Without a terminal, and while the program itself types commands, nobody is asked: what
is missing is an error that says what to give.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import click

from sencli.cli import WORDS
from sencli.cli.shell.lines import fitted
from sencli.core.text.placeholders import is_placeholder
from sencli.core.text.placeholders import refusal
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.safe import safe_text
from sencli.store.files import shell

T = TypeVar("T")
_scripted: ContextVar[bool] = ContextVar("scripted", default=False)


@contextmanager
def scripted() -> Iterator[None]:
    """While this lasts, the program types by itself and nobody can be asked."""
    token = _scripted.set(True)
    try:
        yield
    finally:
        _scripted.reset(token)


def can_ask() -> bool:
    """Whether somebody sits at the terminal and can be asked."""
    if _scripted.get() or sys.stdin is None or sys.stderr is None:
        return False
    return sys.stdin.isatty() and sys.stderr.isatty()


def command_line(*more: str) -> str:
    """The command as it was typed, with some more, ready to be typed again."""
    context = click.get_current_context(silent=True)
    typed: tuple[str, ...] = context.meta.get(WORDS, ()) if context else ()
    end = typed.index("--") if "--" in typed else len(typed)
    return shell.joined("sen", *typed[:end], *more, *typed[end:])


def ask(value: str | None, option: str, question: str, *example: str) -> str:
    """The value given, or asked for on a terminal; else a usage error naming it.

    Args:
        value: what was given.
        option: the option, or the argument in capitals.
        question: what is asked.
        example: what stands for the value in the error, and what else that needs.
    """
    if value is not None:
        return value
    if not can_ask():
        more = (option, *example) if option.startswith("-") else example
        raise UsageFault(f"{option} is needed.", f"Give it: {command_line(*more)}")
    asked = fitted(question, sys.stderr)
    answer: str = click.prompt(asked, err=True, value_proc=_answer)
    return answer


def ask_for(read: Callable[[str], T], option: str, question: str, *example: str) -> T:
    """What is made of an answer; asks again while nothing can be made of it.

    Args:
        read: makes it, or refuses.
        option: as for ``ask``; and so on.
        question: what is asked.
        example: what stands for the value in the error.
    """
    while True:
        text = ask(None, option, question, *example)
        try:
            return read(text)
        except SencliError as fault:
            say_fault(fault)


def _answer(typed: str) -> str:
    """The answer; asks again if a placeholder was typed."""
    if is_placeholder(typed):
        fault = refusal(typed)
        raise click.UsageError(f"{fault.message} {fault.hint}")
    return typed


def line(question: str, likely: str = "") -> str:
    """Ask for one line, which may be empty; only at a terminal.

    Args:
        question: what is asked.
        likely: the answer that Enter by itself gives.
    """
    answer: str = click.prompt(
        fitted(question, sys.stderr),
        default=likely,
        show_default=bool(likely),
        err=True,
        value_proc=_answer,
    )
    return answer.strip()


def choice(question: str, choices: Sequence[str]) -> str:
    """One of the choices, as typed by somebody; only where one can ask."""
    answer: str = click.prompt(
        question, type=click.Choice(choices, case_sensitive=False), err=True
    )
    return answer


def agreed(question: str, *, default: bool = False) -> bool:
    """Whether the answer is yes; no if nobody can be asked."""
    return can_ask() and click.confirm(question, default=default, err=True)


def say_fault(fault: SencliError) -> None:
    """Say what is wrong with an answer, in lines that fit the terminal."""
    apart = "\n" if "\n" in fault.message else " "  # under a list, not in its last line
    tell(f"{fault.message}{apart}{fault.hint}".strip())


def tell(text: str) -> None:
    """Say something between questions, in lines that fit the terminal."""
    click.echo(fitted(safe_text(text), sys.stderr), err=True)


def go_on(question: str) -> None:
    """Stop unless the answer is yes, as it is by Enter; only where one can ask."""
    click.confirm(question, default=True, abort=True, err=True)


def confirmed(question: str, *, yes: bool, option: str = "--yes") -> None:
    """Go on only when the user says so.

    Raises:
        UsageFault: nobody can be asked, and ``--yes`` was not given.
    """
    if yes:
        return
    if not can_ask():
        raise UsageFault(
            "This needs your confirmation.", f"To go ahead: {command_line(option)}"
        )
    click.confirm(question, abort=True, err=True)
