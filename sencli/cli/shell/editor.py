"""Edit text in the user's editor until it is valid, without losing a draft."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from functools import wraps
from textwrap import wrap
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple
from typing import TypeVar
from typing import cast

import click

from sencli.cli import WORDS
from sencli.cli.shell.prompts import agreed
from sencli.cli.shell.prompts import can_ask
from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.store.files import programs
from sencli.store.files import shell

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.store.records.drafts import KeptDraft


MARK = "# sen: "
_ROUNDS = 50
_WIDE = 78
_LINE = re.compile(r":(\d+):\s*")
_PROPOSED = "notepad" if programs.WINDOWS else "nano"
_USUAL = ("sensible-editor", "nano", "vim", "vi")  # nano says how to leave it
_AT_ONCE = 1.0  # seconds: an editor that a person used was open for longer


class Checked(NamedTuple):
    """A text after a check.

    Attributes:
        text: the text, with what came into the record meanwhile.
        faults: each with ``:LINE:`` where it has a place; none where it is saved.
    """

    text: str
    faults: Sequence[str] = ()


Checker = Callable[[str], Checked]


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

    def text(self, start: str, check: Checker, *, unchanged: bool = False) -> bool:
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
                    f"sen draft remove {self.draft.id}"
                )
        return saved

    def kept(self) -> str:
        """Where the text is, and how to go on with it."""
        return f"The draft is kept: sen draft open {self.draft.id}"

    def _rounds(self, start: str, check: Checker, *, unchanged: bool) -> bool:
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
        chosen = _editor_command()
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


def _editor_command() -> str:
    """The editor that the user named, else one that comes with the computer."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if named or programs.WINDOWS:
        return named or _PROPOSED
    return next((name for name in _USUAL if programs.find_program(name)), _USUAL[-1])


class EditorReturned(UsageFault):
    """The editor did not wait for the user."""


def kept_draft(app: App, pupil: str, form: str) -> KeptDraft | None:
    """The draft to go on with, of this form for this pupil; ``None`` for a new text.

    One that the user named (``sen draft open``) is gone on with. On a terminal one that
    was kept is offered; elsewhere the user is told of it, and it stays.
    """
    if app.resumed is not None:
        return app.resumed
    kept = [draft for draft in app.drafts.of(pupil, form) if not draft.untouched]
    if not kept:
        return None
    last = kept[-1]
    whose = "" if "-" in pupil else " for this pupil"
    words = f"A draft of this form{whose} is kept, begun {last.since}."
    if can_ask():
        app.tell(words)
        return last if agreed("Go on with it?", default=True) else None
    app.tell(f"Note: {words} Go on with it: sen draft open {last.id}")
    return None


def new_draft(
    app: App, pupil: str, form: str, ending: str, base: Any, text: str
) -> KeptDraft:
    """A new draft of this form for this pupil, with the text that the editor shows.

    It takes the place of one in which nothing was typed: an editor that did not wait
    may have that open still, and saves there.
    """
    from random import SystemRandom

    _needs_screen()
    from sencli.core.text.ids import new_id

    heard = app.heard
    words = click.get_current_context().meta.get(WORDS, ())
    about = {
        "pupil": pupil,
        "form": form,
        "command": [heard if word == "-" and heard else word for word in words],
        "since": datetime.now(tz=UTC).astimezone().strftime("%Y-%m-%d %H:%M"),
        "base": base,
    }
    unused = [draft.id for draft in app.drafts.of(pupil, form) if draft.untouched]
    taken = [draft.id for draft in app.drafts.all()]
    made = unused[-1] if unused else new_id("draft", taken, SystemRandom())
    return app.drafts.begin(made, ending, about, text)


def editor_here() -> bool:
    """Whether somebody sees an editor that is opened."""
    return bool(os.environ.get("VISUAL") or os.environ.get("EDITOR") or can_ask())


def _needs_screen() -> None:
    """Refuse the editor that comes with the computer where it would wait unseen."""
    if not editor_here():
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
        for fault in over.get(number, ()):
            out += wrap(fault, _WIDE, initial_indent=MARK, subsequent_indent=MARK)
        out.append(line)
    return "\n".join(out)


def unmarked(text: str) -> str:
    """The text without the lines that mark its faults."""
    lines = text.split("\n")
    return "\n".join(line for line in lines if not line.lstrip().startswith(MARK))


F = TypeVar("F", bound=Callable[..., Any])
Texts = Mapping[str, str]
Current = Callable[["App", dict[str, Any]], Texts]

_HEADING = re.compile(r"##\s*(.+?)\s*")


def laid_out(title: str, headings: Texts, texts: Texts) -> str:
    """The form as the editor shows it: each heading with its text under it."""
    parts = [
        f"# {title}",
        "# Write under the headings, then save and close. What you leave empty is left",
        "# out. Nothing at all under any of them: nothing happens.",
        "",
    ]
    for name, heading in headings.items():
        parts += [f"## {heading}", texts.get(name, ""), ""]
    return "\n".join(parts)


def read_back(text: str, headings: Texts) -> dict[str, str]:
    """The text under each heading, without blank lines around it.

    Raises:
        InvalidValue: a heading that the form does not have.
    """
    names = {heading: name for name, heading in headings.items()}
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if m := _HEADING.fullmatch(line):
            if m[1] not in names:
                raise InvalidValue(
                    f"form:{number}: there is no heading {m[1]!r} here; leave the "
                    "headings as they are"
                )
            lines = found.setdefault(names[m[1]], [])
        else:
            lines.append(line)
    return {name: "\n".join(part).strip() for name, part in found.items()}


def editable(
    title: str, headings: Texts, current: Current | None = None
) -> Callable[[F], F]:
    """``--edit`` for a command: its text options are written in the editor.

    Stands directly over ``@pass_app``. The command runs with what was written; if it
    refuses, the editor opens again with the reason marked, and the draft is kept.

    Args:
        title: the first line of the form.
        headings: option name to heading.
        current: the texts to begin with, from what else was typed.
    """

    def add(command: F) -> F:
        @wraps(command)
        def run(*args: Any, edit: bool, **typed: Any) -> None:
            if not edit:
                command(*args, **typed)
                return
            app: App = click.get_current_context().find_root().obj
            given = {name: typed[name] for name in headings if typed.get(name)}

            def held() -> Texts:
                return dict(current(app, typed)) if current else {}

            def save(texts: Texts) -> None:
                command(*args, **{**typed, **{n: texts[n] or None for n in texts}})

            pupil = app.pupil_id(typed["who"])
            written(app, Form(title, headings, held, save), pupil, given)

        option = click.option(
            "--edit", is_flag=True, help="Write the texts in your editor."
        )
        return cast("F", option(run))

    return add


class Form(NamedTuple):
    """The texts of one command, to be written under headings.

    Attributes:
        title: the first line of the form.
        headings: option name to heading.
        held: what the record says under each heading now.
        save: runs the command with the texts.
    """

    title: str
    headings: Texts
    held: Callable[[], Texts]
    save: Callable[[Texts], None]


def written(app: App, form: Form, pupil: str, given: Texts) -> None:
    """Let the texts be written until the command takes them.

    Args:
        app: the run.
        form: the form.
        pupil: the pupil's id; or the report, of one that the school publishes.
        given: the texts that were typed as options.
    """
    held = form.held()
    draft = kept_draft(app, pupil, form.title)
    resumed = draft is not None
    if draft is None:
        start = laid_out(form.title, form.headings, {**held, **given})
        draft = new_draft(app, pupil, form.title, ".txt", dict(held), start)
        base = held
    else:
        base = draft.base if isinstance(draft.base, dict) else held
        start = _resumed(form, draft.text(), base, held)

    nothing = False

    def check(text: str) -> Checked:
        nonlocal base, nothing
        now = form.held()
        try:
            texts = read_back(text, form.headings)
            nothing = not any(texts.values())
            if clashes := _clashes(form.headings, base, texts, now):
                base = now  # told once: what is saved then is the user's decision
                return Checked(
                    text, [_conflict_note(text, *clash) for clash in clashes]
                )
            if not nothing:
                form.save(_brought_up(base, texts, now))
        except SencliError as fault:
            return Checked(
                text, [*fault.message.splitlines(), *fault.hint.splitlines()]
            )
        return Checked(text)

    editing = Editing(app, draft, resumed=resumed)
    if editing.text(start, check, unchanged=True) and nothing:
        raise UsageFault("Nothing was written. Nothing was changed.")


def _brought_up(base: Texts, texts: Texts, now: Texts) -> dict[str, str]:
    """The texts, with what the record says by now where the user left them alone."""
    return {
        name: now.get(name, "") if text == base.get(name, "").strip() else text
        for name, text in texts.items()
    }


def _clashes(
    headings: Texts, base: Texts, texts: Texts, now: Texts
) -> list[tuple[str, str]]:
    """The headings whose text both the user and another command changed."""
    return [
        (headings[name], now.get(name, ""))
        for name, text in texts.items()
        if base.get(name, "").strip() != now.get(name, "").strip()
        and text not in (base.get(name, "").strip(), now.get(name, "").strip())
    ]


def _conflict_note(text: str, heading: str, now: str) -> str:
    line = text.split("\n").index(f"## {heading}") + 1
    words = " / ".join(now.split("\n")) or "(nothing)"
    return (
        f"form:{line}: another command changed this meanwhile; the record now says: "
        f"{words}. Write the text that is right, and save."
    )


def _resumed(form: Form, text: str, base: Texts, now: Texts) -> str:
    """A draft's text with what came into the record since it was begun."""
    clean = unmarked(text)
    try:
        texts = read_back(clean, form.headings)
    except InvalidValue:
        return clean  # the check says which heading is wrong
    return laid_out(form.title, form.headings, _brought_up(base, texts, now))
