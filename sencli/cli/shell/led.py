"""A moment of a SENCO's year from question to question, and one commit at its end.

What is answered becomes ordinary commands: each is tried at once, so that a fault is
told where it is typed, and all of them are saved together. The answers are kept until
then under ``.git/sencli``: who stops goes on from there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from contextlib import suppress
from contextvars import ContextVar
from itertools import chain
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sencli.cli.shell import prompts
from sencli.cli.shell.asking import DAY
from sencli.cli.shell.asking import Question
from sencli.cli.shell.asking import Stopped
from sencli.cli.shell.asking import answer
from sencli.cli.shell.asking import optional
from sencli.cli.shell.bad_value import as_fault
from sencli.cli.shell.run import again
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import put_record
from sencli.cli.shell.writing import save
from sencli.core.record.act import Act
from sencli.core.record.acts_together import together
from sencli.core.text.plural import plural
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.store.files import files
from sencli.store.repository.cache_files import place
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.store.records.draft import Draft

Work = Callable[["Draft"], Act]
ENTER = (
    "Enter takes what stands in brackets, or leaves the question out; - leaves out "
    "what stands in brackets too. Ctrl-C keeps what you typed."
)


class Gathering:
    """Changes that commands would make, tried on the records and not saved yet.

    Args:
        app: the run, whose commands leave their changes here.
    """

    def __init__(self, app: App) -> None:
        self.acts: list[Act] = []
        self._app = app
        self._works: list[tuple[Work, Manner]] = []

    def take(self, work: Work, manner: Manner) -> None:
        """Try a change on top of those before it; a fault leaves them as they were."""
        try:
            self.acts = self._made(self._draft(), [*self._works, (work, manner)])
        finally:
            self._app.repo.close()  # git's reader waits for no person
        self._works.append((work, manner))

    def save(self, action: str, subject: str) -> None:
        """Save all of it as one commit."""
        works = list(self._works)

        def all_of_it(draft: Draft) -> Act:
            acts = self._made(draft, works)
            return replace(together(acts, subject), action=action)

        save(self._app, all_of_it)

    def _draft(self) -> Draft:
        from sencli.store.records.draft import Draft

        return Draft(self._app.repo.committed())

    def _made(self, draft: Draft, works: Sequence[tuple[Work, Manner]]) -> list[Act]:
        acts = []
        for work, manner in works:
            act = work(draft)
            for path, record in act.records.items():
                put_record(self._app, draft, path, record, manner)
            acts.append(act)
        return acts


class Led:
    """The questions of one moment about one pupil.

    Args:
        app: the run.
        moment: its name: ``plan``.
        pupil: the pupil's id; "" where it is about the school.
        who: the pupil as typed, or other words, for the command that goes on.
    """

    def __init__(self, app: App, moment: str, pupil: str = "", *who: str) -> None:
        if not prompts.can_ask():
            raise UsageFault(
                f"sen {moment} asks its questions at a terminal.",
                f"Without one, see what to type: sen help {moment}",
            )
        self._app = app
        self._again = [moment, *who]
        self._place = place(app.repo, f"led-{moment}-{pupil or 'school'}")
        self._kept: dict[str, str] = {}
        self._refused: dict[str, str] = {}  # offered again, to be put right
        self.gathering = Gathering(app)
        with suppress(OSError, ValueError, TypeError):
            kept, refused = json.loads(files.read(self._place))
            self._kept, self._refused = dict(kept), dict(refused)
        if self._kept and not prompts.agreed(
            f"You began this and stopped after {plural(len(self._kept), 'answer')}. "
            "Go on from there?",
            default=True,
        ):
            self._kept, self._refused = {}, {}

    def each(self) -> Iterable[int]:
        """The numbers of what there may be several of."""
        return count(1)

    def tell(self, text: str) -> None:
        """Something to know, on the way."""
        self._app.tell(text)

    def ask(
        self,
        key: str,
        question: Question,
        check: Callable[[str], object] | None = None,
    ) -> str:
        """The answer, which may be "" where it may be left out; kept at once.

        Args:
            key: of the question, after that of its command and a stop: ``aim1.text``.
            question: what is asked.
            check: refuses an answer that cannot be, which is then asked again.

        Raises:
            Stopped: somebody stopped; the command goes on from there.
        """
        while key not in self._kept:
            likely = self._refused.get(key) or question.likely
            try:
                typed = answer(question._replace(likely=likely))
                if check is not None and typed:
                    check(typed)
            except (click.Abort, KeyboardInterrupt):
                raise Stopped(self._again) from None
            except SencliError as fault:
                prompts.say_fault(fault)
                continue
            self._kept[key] = typed
            self._keep()
        return self._kept[key]

    def day(self, key: str, text: str, likely: str = "") -> str:
        """A day as it is typed, refused at once where it is none."""
        return self.ask(key, optional(text, likely, DAY), self._app.date)

    def _keep(self) -> None:
        told = json.dumps([self._kept, self._refused])
        files.overwrite(self._place, told.encode())

    def run(self, key: str, words: Sequence[str]) -> bool:
        """Try a command; where it is refused, its questions are asked again.

        What was answered is then offered, so that only the slip is typed anew.

        Args:
            key: of its questions: the first part of theirs, or the only one's own.
            words: of the command, without ``sen``.
        """
        fault = self.tried(words)
        if fault is None:
            return True
        prompts.say_fault(fault)
        mine = {
            k: v for k, v in self._kept.items() if k == key or k.startswith(f"{key}.")
        }
        self._refused |= mine
        self._kept = {k: v for k, v in self._kept.items() if k not in mine}
        self._keep()
        return False

    def tried(self, words: Sequence[str]) -> SencliError | None:
        """Try a command on top of those before it; its fault, if it is refused."""
        self._app.gathering = self.gathering
        try:
            again(self._app, list(words))
        except SencliError as fault:
            return fault
        except click.UsageError as fault:
            return as_fault(fault)
        finally:
            self._app.gathering = None
        return None

    def shown_and_agreed(self) -> bool:
        """Show what would be saved, and ask."""
        self._app.tell("\nThis will be saved:")
        for act in self.gathering.acts:
            for line in act.said.splitlines():
                self._app.tell(f"  {line}")
        return prompts.agreed("Save it?", default=True)

    def save(self, action: str, subject: str) -> bool:
        """Show what would be saved, and save it as one commit if that is agreed."""
        if not self.shown_and_agreed():
            self.tell("Nothing was saved. Your answers are kept: type it again.")
            return False
        self.gathering.save(action, subject)
        self.drop()
        return True

    def drop(self) -> None:
        """Forget the answers: they are saved, or there is nothing to save."""
        files.delete(self._place, missing_ok=True)


FORM: ContextVar[Led | None] = ContextVar("form", default=None)
"""A form that answers in the place of somebody at the terminal."""


def begun(app: App, moment: str, pupil: str, who: str = "") -> Led:
    """The questions of a moment about a pupil: at the terminal, or those of a form."""
    return FORM.get() or Led(app, moment, pupil, who)


def paper_wanted(question: str) -> bool:
    """Whether the paper is made; with a form that came through a pipe it is."""
    if FORM.get() is not None and not prompts.can_ask():
        return True
    return prompts.agreed(question, default=True)


def options(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """The options that were answered, as words of a command."""
    return [word for option, text in pairs if text for word in (option, text)]


def until_taken(led: Led, key: str, words: Callable[[], list[str]]) -> None:
    """Ask till the command is taken; nothing said, nothing run."""
    while (said := words()) and not led.run(key, said):
        pass


def free_file(name: str, day: str) -> str:
    """A file here for a paper about somebody: none that is there is written over."""
    from sencli.core.text.folding import words

    plain = "-".join(words(name))
    numbered = map("-{}".format, count(2))
    every = (f"{plain}-{day}{more}.pdf" for more in chain([""], numbered))
    return next(one for one in every if not Path(one).exists())
