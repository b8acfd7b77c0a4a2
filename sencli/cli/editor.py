"""The user's editor: a text is edited until it is right; a draft is never lost."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

import click

from sencli.cli import WORDS
from sencli.cli.prompts import agreed
from sencli.cli.prompts import can_ask
from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.store import programs
from sencli.store import shell

if TYPE_CHECKING:
    from sencli.cli.app import App
    from sencli.store.drafts import KeptDraft

MARK = "# sen: "
_ROUNDS = 50
_LINE = re.compile(r":(\d+):\s*")
_PROPOSED = "notepad" if programs.WINDOWS else "nano"
_USUAL = ("sensible-editor", "vim", "nano", "vi")
_AT_ONCE = 1.0  # seconds: an editor that a person used was open for longer


class Checked(NamedTuple):
    """A text after a check.

    Attributes:
        text: the text, with what came into the record meanwhile.
        faults: each with ``:LINE:`` where it has a place; none where it is saved.
    """

    text: str
    faults: Sequence[str] = ()


Check = Callable[[str], Checked]


class Editing:
    """One text in the editor, with its draft on the disk beside the records.

    Args:
        app: the run.
        draft: where the text is kept until it is in the record.
        resumed: whether the draft was kept earlier, and is taken up again.
    """

    def __init__(self, app: App, draft: KeptDraft, *, resumed: bool = False) -> None:
        self._app = app
        self.draft = draft
        self._resumed = resumed

    def text(self, start: str, check: Check, *, unchanged: bool = False) -> bool:
        """Let the text be edited until the check saves it; whether it was saved.

        Args:
            start: what the editor opens with.
            check: saves the text, or says what is wrong with it.
            unchanged: whether a new text that is closed as it was is saved too.

        Raises:
            UsageFault: there is no terminal for the editor that there is.
            EnvironmentFault: the editor failed; the draft is kept.
            InvalidValue: the text is faulty and was left so; the draft is kept.
        """
        _needs_screen()
        try:
            with self.draft.held():
                saved = self._rounds(start, check, unchanged=unchanged)
        except SencliError as fault:
            fault.message += f" Nothing was changed. {self.kept()}"
            raise
        except BaseException:
            self._app.tell(self.kept())
            raise
        if saved:
            try:
                self.draft.drop()
            except OSError as error:  # no failure of the change, which is saved
                self._app.tell(
                    f"Saved, but the draft could not be deleted ({error.strerror}): "
                    f"sen draft drop {self.draft.id}"
                )
        return saved

    def kept(self) -> str:
        """Where the text is, and how to go on with it."""
        return f"The draft is kept: sen draft open {self.draft.id}"

    def _rounds(self, start: str, check: Check, *, unchanged: bool) -> bool:
        shown = start
        for number in range(_ROUNDS):
            typed = self._edited(shown, first=number == 0)
            if not typed.strip():
                raise InvalidValue("The text is empty.")
            if number == 0 and typed == start and not (unchanged or self._resumed):
                return False
            if number == 0 and typed == start and self._resumed and not self._as_is():
                self._app.say(f"Nothing was saved. {self.kept()}")
                return False
            checked = check(typed)
            if not checked.faults:
                return True
            if number and checked.text == unmarked(shown):
                raise InvalidValue("\n".join(checked.faults))
            for fault in checked.faults:
                self._app.tell(fault)
            shown = marked(checked.text, checked.faults)
        raise InvalidValue("It is still not right.")

    def _as_is(self) -> bool:
        """Ask whether a draft that was looked at and closed is to be saved."""
        question = "The draft was closed as it was. Save it in the record?"
        return agreed(question)

    def _edited(self, shown: str, *, first: bool) -> str:
        """One round in the editor."""
        self.draft.write(shown)
        begun = time.monotonic()
        self._run()
        self.draft.settle()
        typed = _read(self.draft)
        if first and typed == shown and time.monotonic() - begun < _AT_ONCE:
            raise EditorReturned(
                "The editor came back within a second, with the text as it was.",
                "If it opens a window of its own, let it wait: "
                f"{shell.variable('EDITOR', 'code --wait')}\n"
                "What you save in that window goes to the draft; then type: "
                f"sen draft open {self.draft.id}",
            )
        return unmarked(typed)

    def _run(self) -> None:
        """The editor at the terminal, until it is closed."""
        chosen = _chosen()
        command = programs.split(chosen)
        ended = "is not on this computer."
        if command:
            try:
                if not programs.run_before_us([*command, self.draft.path]):
                    return
                ended = "ended with a fault."
            except OSError as error:
                ended = f"cannot be started: {error.strerror}."
        again = f"sen draft open {self.draft.id}"
        raise EnvironmentFault(
            f"The editor {chosen!r} {ended}",
            "Name another, then go on: "
            + shell.with_variable("EDITOR", _PROPOSED, again),
        )


def _chosen() -> str:
    """The editor that the user named, else one that comes with the computer."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if named or programs.WINDOWS:
        return named or _PROPOSED
    return next((name for name in _USUAL if programs.found(name)), _USUAL[-1])


class EditorReturned(UsageFault):
    """The editor did not wait for the user."""


def kept_draft(app: App, pupil: str, form: str) -> KeptDraft | None:
    """The draft to go on with, of this form for this pupil; ``None`` for a new text.

    One that the user named (``sen draft open``) is gone on with. On a terminal one that
    was kept is offered; elsewhere the user is told of it, and it stays.
    """
    if app.resumed is not None:
        return app.resumed
    kept = []
    for draft in app.drafts.of(pupil, form):
        if draft.untouched:
            draft.drop()
        else:
            kept.append(draft)
    if not kept:
        return None
    last = kept[-1]
    words = f"A draft of this form for this pupil is kept, begun {last.since}."
    if can_ask():
        app.tell(words)
        return last if agreed("Go on with it?", default=True) else None
    app.tell(f"Note: {words} Go on with it: sen draft open {last.id}")
    return None


def new_draft(
    app: App, pupil: str, form: str, ending: str, base: Any, text: str
) -> KeptDraft:
    """A new draft of this form for this pupil, with the text that the editor shows."""
    from random import SystemRandom

    from sencli.core.ids import new_id

    heard = app.heard
    words = click.get_current_context().meta.get(WORDS, ())
    about = {
        "pupil": pupil,
        "form": form,
        "command": [heard if word == "-" and heard else word for word in words],
        "since": datetime.now(tz=UTC).astimezone().strftime("%Y-%m-%d %H:%M"),
        "base": base,
    }
    taken = [draft.id for draft in app.drafts.all()]
    made = new_id("draft", taken, SystemRandom())
    return app.drafts.begin(made, ending, about, text)


def _needs_screen() -> None:
    """Refuse the editor that comes with the computer where it would wait unseen."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not chosen and not can_ask():
        raise UsageFault(
            "There is no terminal for an editor here. Nothing was changed.",
            "Give the text by options, or set EDITOR to a program with its own window.",
        )


def _read(draft: KeptDraft) -> str:
    try:
        return draft.text()
    except UnicodeDecodeError:
        raise InvalidValue(
            f"The editor saved something that is not UTF-8 text in {draft.path}",
            f"Open it and save it as UTF-8: sen draft open {draft.id}",
        ) from None


def marked(text: str, faults: Sequence[str]) -> str:
    """The text with each fault as a comment over its line, and a word at the top."""
    lines = text.split("\n")
    over: dict[int, list[str]] = {}
    for fault in faults:
        found = _LINE.search(fault)
        number = min(int(found[1]), len(lines)) if found else 1
        over.setdefault(number, []).append(fault[found.end() :] if found else fault)
    out = [f"{MARK}NOT SAVED. Mend what is marked so, then save and close."]
    for number, line in enumerate(lines, 1):
        out += [f"{MARK}{fault}" for fault in over.get(number, ())]
        out.append(line)
    return "\n".join(out)


def unmarked(text: str) -> str:
    """The text without the lines that mark its faults."""
    lines = text.split("\n")
    return "\n".join(line for line in lines if not line.lstrip().startswith(MARK))
