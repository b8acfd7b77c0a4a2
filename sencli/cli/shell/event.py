"""Require a date for commands that close, end, decide or record an event.

At a terminal it asks when it was, and what came of it. Without one it needs the day or
the result, or ``--bare``, which records it with nothing more, as of today.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from functools import wraps
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar
from typing import cast

import click

from sencli.cli.shell import prompts
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.core.record.types import Record

F = TypeVar("F", bound=Callable[..., Any])
Typed = dict[str, Any]
Amends = Callable[["App", "Record", Typed], bool]
_SHOWN = 3
_MANNER = {"who", "fmt", "correct", "reason", "edit", "yes"}


class Question(Value):
    """The question for an option.

    Attributes:
        name: of the option.
        text: the question.
        before: what stands before the answer in the option's value, such as "1=".
        check: refuses an answer that cannot be.
    """

    name: str
    text: str
    before: str = ""
    check: Callable[[str], object] | None = None


Questions = Callable[["App", "Record", Typed], Iterable[Question]]


def event(
    happened: str,
    *,
    day: str = "date",
    enough: Sequence[str] = (),
    amends: Amends | None = None,
    then: Questions | Sequence[Question] = (),
    also: Sequence[str] = (),
    dated: Sequence[str] = (),
    opens: bool = False,
    certain: bool = False,
) -> Callable[[F], F]:
    """Let a command record nothing that nobody has said.

    Stands over the form of ``--edit``, where the command has one, and over
    ``@pass_app``.

    Args:
        happened: what the day is of: "the plan was issued".
        day: the name of its option.
        enough: names of options that say what came of it, each of which will do.
        amends: whether what was typed only changes what stands in the record.
        then: what else is asked at a terminal.
        also: what the command cannot be without, as it is typed, beside the day.
        dated: names of options that give the day in another way.
        opens: it opens something, and stays as easy; only its day is told.
        certain: the command always says what came of it.
    """

    def add(command: F) -> F:
        @wraps(command)
        def run(*args: Any, bare: bool = False, **typed: Any) -> None:
            def go() -> None:
                command(*args, **typed)

            if _given(typed, (day, *dated)):
                go()
                return
            app: App = click.get_current_context().find_root().obj
            record: Record = {}
            if amends is not None or callable(then):
                record = app.repo.pupil(app.pupil_ids(typed["who"])[0])
            if amends is not None and _amends(amends, app, record, typed):
                go()
                return
            said = certain or _given(typed, enough)
            if bare or opens or (said and not prompts.can_ask()):
                # this will do, but the day that nobody gave is told
                app.undated = True
                go()
                return
            if not prompts.can_ask():
                raise _needed(happened, day, enough, also)
            asking = _Asking(typed)
            asking.day(day, happened)
            if not said:
                asking.rest(then(app, record, typed) if callable(then) else then)
            asking.go_on(go)

        return cast("F", run if opens or certain else _with_bare(run, day))

    return add


def _with_bare(command: Callable[..., None], day: str) -> Callable[..., None]:
    option = click.option(
        "--bare",
        is_flag=True,
        cls=Bare,
        day=day,
        help="Record it as it is typed, as of today.",
    )
    return option(command)


class Bare(click.Option):
    """``--bare`` of a command that asks when something was, and what came of it.

    Args:
        words: as for any option, and so on.
        day: the name of the option whose absence makes it ask.
    """

    def __init__(self, *words: Any, day: str, **settings: Any) -> None:
        super().__init__(*words, **settings)
        self.day = day


def _given(typed: Typed, names: Sequence[str]) -> bool:
    return any(typed.get(name) not in (None, ()) for name in names)


def _amends(amends: Amends, app: App, record: Record, typed: Typed) -> bool:
    """Whether it is a change; what is refused anyway the command itself refuses."""
    given = {k: v for k, v in typed.items() if k not in _MANNER and v not in (None, ())}
    try:
        return amends(app, record, given)
    except SencliError:
        return True


def _option(name: str) -> click.Parameter:
    """An option of the command that runs, by the name of its value."""
    command = click.get_current_context().command
    return next(p for p in command.params if p.name == name)


def _needed(
    happened: str, day: str, enough: Sequence[str], also: Sequence[str]
) -> UsageFault:
    option = _option(day).opts[0]
    lines = [f"Give it: {prompts.command_line(option, 'DATE', *also)}"]
    if not also:
        if enough:
            results = ", ".join(_option(name).opts[0] for name in enough[:_SHOWN])
            lines.append(f"Or say what came of it: {results}")
        lines.append("If it was today and there is nothing more to say: add --bare")
    return UsageFault(
        f"{option} is needed: the day on which {happened}.", "\n".join(lines)
    )


class _Asking:
    """The questions of one command, and what was answered as one would type it.

    Args:
        typed: the options of the command, which the answers go into.
    """

    def __init__(self, typed: Typed) -> None:
        self._typed = typed
        self._words: list[str] = []

    def day(self, name: str, happened: str) -> None:
        """Ask for the day until there is one."""
        asked = f"Day on which {happened} (12/03/2026, yesterday)"
        while not self._take(Question(name, asked)):
            click.echo("A day is needed. To stop without it: Ctrl-C", err=True)

    def rest(self, questions: Iterable[Question]) -> None:
        """Ask for what may be left out."""
        for number, question in enumerate(questions):
            if not number:
                click.echo("Enter by itself leaves a question out.", err=True)
            if self._typed.get(question.name) in (None, ()) or question.before:
                self._take(question)

    def _take(self, question: Question) -> bool:
        """Ask until the answer is usable; returns whether there was one."""
        option = _option(question.name)
        while text := prompts.line(question.text):
            try:
                if question.check is not None:
                    question.check(text)
                value = option.type_cast_value(
                    click.get_current_context(),
                    (question.before + text,) if option.multiple else text,
                )
            except (SencliError, click.UsageError) as fault:
                prompts.tell(_fault_text(fault))
                continue
            if option.multiple:
                value = (*self._typed.get(question.name, ()), *value)
            self._typed[question.name] = value
            self._words += [option.opts[0], question.before + text]
            return True
        return False

    def go_on(self, command: Callable[[], object]) -> None:
        """Run the command; where it refuses, what was answered is not lost."""
        try:
            command()
        except SencliError as fault:
            again = prompts.command_line(*self._words)
            hint = f"{fault.hint}\nWhat you answered, in one line: {again}".strip()
            raise type(fault)(fault.message, hint) from fault


def _fault_text(fault: SencliError | click.UsageError) -> str:
    if isinstance(fault, SencliError):
        return f"{fault.message} {fault.hint}".strip()
    return fault.format_message()
