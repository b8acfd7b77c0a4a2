"""Commands that change one pupil's record: what all of them have in common.

Such a command is a function ``(record, context, **options) -> Act``. The pupil, the
format, the correction with its reason, the commit and what is printed come from here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.for_many import OPTIONS
from sencli.cli.shell.for_many import ForMany
from sencli.cli.shell.for_many import preview
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import correcting
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import ask
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import check_manner
from sencli.cli.shell.writing import context_of
from sencli.cli.shell.writing import given_options
from sencli.cli.shell.writing import of_pupil
from sencli.cli.shell.writing import save
from sencli.core.record.act import Act
from sencli.core.record.acts_together import together
from sencli.core.text.plural import plural

if TYPE_CHECKING:
    from sencli.store.records.draft import Draft

Typed = dict[str, Any]
Before = Callable[[App, str, Typed], object]
Around = Callable[[Any], Any]
Verb = Callable[..., Act]
PUPIL = click.argument("who", metavar="PUPIL")
PUPILS = stacked(click.argument("who", metavar="PUPIL[,PUPIL...]"), OPTIONS)
REASON = click.option("--reason", type=WORDS, help="Why, for a correction.")


def pupil_verbs(
    group: click.Group | None = None, *reads: str
) -> Callable[..., Callable[[Verb], click.Command]]:
    """A decorator for the commands of one group.

    Args:
        group: the group; None for a command that stands alone.
        reads: the school's files that its verbs look at, from the same state.
    """

    def verb(
        action: str,
        subject: str,
        *around: Around,
        correctable: bool = False,
        own_reason: bool = False,
        many: bool = False,
        before: Before | None = None,
        name: str = "",
        **settings: Any,
    ) -> Callable[[Verb], click.Command]:
        """Make a command of a function.

        Args:
            action: the commit's action; its last word is the command's name.
            subject: the commit's subject; ``{id}`` stands for the pupil's id.
            around: ``event`` and ``editable``, the outer one first.
            correctable: whether it takes ``--correct --reason``.
            own_reason: its ``--reason`` is one of the function's options, and only with
                ``--correct`` that of the correction.
            many: whether it is the same for several pupils, named between commas, by
                their class or by their group.
            before: looks at what was typed before anything is locked, and may add to
                it or ask.
            name: the command's, where the history keeps an older word for the action.
            settings: for click.
        """

        def make(function: Verb) -> click.Command:
            def run(
                app: App,
                /,
                who: str,
                fmt: str,
                correct: bool = False,
                yes: bool = False,
                **options: Any,
            ) -> None:
                from sencli.store.records.records import pupil_path

                typed = given_options(options)
                of_correction = correctable and (correct or not own_reason)
                reason = typed.pop("reason", None) if of_correction else None
                if before is not None:
                    before(app, who, typed)
                manner = Manner(fmt, correct, reason)
                check_manner(manner)
                pupils = _pupils(app, who, yes=yes) if many else [app.pupil_id(who)]

                def one(draft: Draft, pupil_id: str) -> Act:
                    record = draft.read(pupil_path(pupil_id))
                    files = {path: draft.read(path) for path in reads}
                    context = context_of(app, record, files, correct=correct)
                    act = function(record, context, **typed)
                    said = subject.format_map({**typed, "id": pupil_id})
                    return of_pupil(act, pupil_id, action, said)

                def work(draft: Draft) -> Act:
                    acts = [one(draft, pupil_id) for pupil_id in pupils]
                    if len(acts) == 1:
                        return acts[0]
                    named = subject.format_map(
                        {**typed, "id": plural(len(acts), "pupil")}
                    )
                    return together(acts, named)

                save(app, work, fmt, manner)

            run.__doc__ = function.__doc__
            options = getattr(function, "__click_params__", [])
            command: Any = pass_app(run)
            for decorate in reversed(around):
                command = decorate(command)
            command = writing(command)
            if correctable:
                command = correcting(command)
                command = command if own_reason else REASON(command)
            command.__click_params__ += options
            parent = click if group is None else group
            own = name or action.rpartition(".")[2]
            who, kind = (PUPILS, ForMany) if many else (PUPIL, click.Command)
            return parent.command(own, cls=kind, **settings)(who(command))

        return make

    return verb


def _pupils(app: App, who: str, *, yes: bool) -> list[str]:
    """The ids of the pupils meant; of a class or a group they are shown first."""
    found = app.pupil_ids(who)
    preview(app, who, found, yes=yes)
    return found


def needed(name: str, option: str, question: str, *example: str) -> Before:
    """Ask for what the command cannot be without; see ``prompts.ask``."""

    def before(_app: App, _who: str, typed: Typed) -> None:
        typed[name] = ask(typed.get(name), option, question, *example)

    return before
