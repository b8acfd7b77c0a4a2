"""A led moment as one form: its questions under one another, in the editor or a file.

The form is numbered lines with a colon, as on paper: whoever fills it in has never seen
YAML. It is made by walking through the moment once without answers; walking again with
those of the form makes the same commands as the questions at the terminal do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from functools import wraps
from itertools import pairwise
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple
from typing import TypeVar
from typing import cast

import click

from sencli.cli.shell import prompts
from sencli.cli.shell.asking import Question
from sencli.cli.shell.asking import the_choice
from sencli.cli.shell.editor import Checked
from sencli.cli.shell.editor import Editing
from sencli.cli.shell.editor import editor_here
from sencli.cli.shell.editor import kept_draft
from sencli.cli.shell.editor import new_draft
from sencli.cli.shell.editor import unmarked
from sencli.cli.shell.led import ENTER
from sencli.cli.shell.led import FORM
from sencli.cli.shell.led import Gathering
from sencli.cli.shell.led import Led
from sencli.errors import InvalidValue
from sencli.errors import SencliError
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.shell.app import App

F = TypeVar("F", bound=Callable[..., Any])
_PARTS = 4
"""As many aims, pieces of support and promises have lines; a second form takes more."""
_LISTED = 12
_WIDE = 78
_MOST = 40
_LIMIT = 1_000_000
_ENTER = re.compile(r"\s*\(Enter: [^)]*\)|; Enter: [^)]*(?=\))")
_NUMBERED = re.compile(r"(\d+)\. ")
_HOW = (
    "Write after each question, on as many lines as you like. What stays empty is",
    "left out. Lines with # are not saved. When you are done, save and close.",
)


class Line(NamedTuple):
    """A question of the form: its key, how its line begins, and the likely answer."""

    key: str
    mark: str
    likely: str


class Given(NamedTuple):
    """What was written under a question, and on which line the question stands."""

    line: int
    text: str


class _Walk(Led):
    """A moment walked through without a person: to find its questions, or with answers.

    Args:
        app: the run.
        lines: the questions of the form; none to find them.
        given: the answers by key.
    """

    def __init__(
        self,
        app: App,
        lines: Sequence[Line] = (),
        given: dict[str, Given] | None = None,
    ) -> None:
        self._app = app
        self._likely = {line.key: line.likely for line in lines}
        self._given = given
        self.gathering = Gathering(app)
        self.head: list[str] = []
        self.asked: dict[str, Question] = {}
        self.faults: dict[str, str] = {}
        self.saved = False

    def tell(self, text: str) -> None:
        """Kept for the head of the form."""
        self.head += text.splitlines()

    def each(self) -> Iterable[int]:
        """Only as many as have lines."""
        return range(1, _PARTS + 1)

    def ask(
        self,
        key: str,
        question: Question,
        check: Callable[[str], object] | None = None,
    ) -> str:
        """What the form says; "yes" where the questions are looked for."""
        self.asked[key] = question
        if self._given is None:
            return "yes"  # whatever hangs on an answer has its lines in the form
        typed = self._given[key].text if key in self._given else ""
        if not typed and not self._likely.get(key):
            typed = question.likely  # it follows from what else is in the form
        try:
            if typed and question.known:
                typed = the_choice(typed, question)
            if typed and check is not None:
                check(typed)
            if not typed and not question.optional:
                raise UsageFault("An answer is needed here.")
        except SencliError as fault:
            self.faults[key] = f"{fault.message} {fault.hint}".strip()
        return typed

    def run(self, key: str, words: Sequence[str]) -> bool:
        """Try a command; its fault is noted at the line that it is about."""
        others = {_kind(one) for one in self.faults} - {_kind(key)}
        mine = any(_part(one) == _part(key) for one in self.faults)
        if self._given is None or others or mine:
            return True  # what follows from a fault would only be said again
        with prompts.scripted():
            fault = self.tried(words)
        if fault is not None:
            said = f"{fault.message} {fault.hint}".strip()
            self.faults[self._about(key, words, said)] = said
        return True

    def _about(self, key: str, words: Sequence[str], said: str) -> str:
        """The question that a fault is about: its option or its answer is named."""
        given = self._given or {}
        mine = [one for one in given if _part(one) == _part(key) and given[one].text]
        values = [value for option, value in pairwise(words) if f"'{option}'" in said]
        for one in mine:
            if given[one].text in values or f"'{given[one].text}'" in said:
                return one
        return mine[0] if mine else key

    def save(self, action: str, subject: str) -> bool:
        """Save what the form says, unless something in it is wrong."""
        if self._given is None:
            return False
        for key, one in self._given.items():
            if one.text and key not in self.asked and one.text != self._likely[key]:
                self.faults.setdefault(
                    key, "The question above on which this hangs is empty, or says no."
                )
        if self.faults:
            return False
        if not self.gathering.acts:
            raise UsageFault("Nothing was written. Nothing was changed.")
        if prompts.can_ask() and not self.shown_and_agreed():
            raise click.Abort
        self.gathering.save(action, subject)
        self.saved = True
        return True


def _remark(line: str) -> list[str]:
    """A line of the form's head, in lines that an editor shows whole."""
    indent = "    " if line.startswith(" ") else ""
    return wrap(line, _WIDE, initial_indent="# ", subsequent_indent=f"# {indent}")


def _part(key: str) -> str:
    return key.partition(".")[0]


def _kind(key: str) -> str:
    return _part(key).rstrip("0123456789")


class MomentForm:
    """The form of one moment.

    Args:
        app: the run.
        walk: walks through the moment.
        title: its first line.
    """

    def __init__(self, app: App, walk: Callable[[], None], title: str) -> None:
        self._app = app
        self._walk = walk
        self.title = title
        found = self._walked(_Walk(app))
        self.lines: list[Line] = []
        head = [f"{title}: {found.head[0]}" if found.head else title]
        head += [line for line in found.head[1:] if line != ENTER]
        out = [part for line in (*head, *_HOW) for part in _remark(line)]
        part = ""
        for number, (key, question) in enumerate(found.asked.items(), 1):
            text = _ENTER.sub("", question.text).strip()
            mark = f"{number}. {text}" if text.endswith("?") else f"{number}. {text}:"
            if _part(key) != part:
                part = _part(key)
                out.append("")
            known = question.known if len(question.known) <= _LISTED else ()
            out += [f"#    {one.typed}  {one.words}".rstrip() for one in known]
            if question.known and not known:
                out += _remark(
                    "   Part of one of these will do: "
                    + "; ".join(
                        one.words or one.typed for one in question.known[:_MOST]
                    )
                )
            out.append(f"{mark} {question.likely}".rstrip())
            self.lines.append(Line(key, mark, question.likely))
        self.text = "\n".join([*out, ""])
        self.remarks = {line for line in out if line.startswith("#")}

    @property
    def base(self) -> dict[str, Any]:
        """What a draft has to keep of the form: the record may change meanwhile."""
        return {"lines": self.lines, "remarks": sorted(self.remarks)}

    def go_on(self, base: object) -> None:
        """Read by the questions that the form of a draft had."""
        if isinstance(base, dict) and base.keys() == {"lines", "remarks"}:
            self.lines = [Line(*map(str, line)) for line in base["lines"]]
            self.remarks = set(base["remarks"])

    def _walked(self, walk: _Walk) -> _Walk:
        token = FORM.set(walk)
        try:
            self._walk()
        finally:
            FORM.reset(token)
        return walk

    def faults(self, text: str) -> list[str]:
        """Save what the form says; what is wrong with it, each with its line."""
        given, damaged = self.read(text)
        if damaged:
            return damaged
        walk = _Walk(self._app, self.lines, given)
        try:
            self._walked(walk)
        except SencliError as fault:
            if walk.saved:  # the paper failed, not the change
                self._app.tell(f"Saved, but: {fault.message} {fault.hint}".strip())
                return []
            return [f"form:1: {fault.message} {fault.hint}".strip()]
        at = {key: one.line for key, one in given.items()}
        placed = sorted((at.get(key, 1), said) for key, said in walk.faults.items())
        return [f"form:{line}: {' '.join(said.split())}" for line, said in placed]

    def read(self, text: str) -> tuple[dict[str, Given], list[str]]:
        """The answers by key, and the lines of questions that were damaged."""
        found: dict[str, list[str]] = {}
        places: dict[str, int] = {}
        key = ""
        loose: dict[int, str] = {}
        for number, line in enumerate(text.split("\n"), 1):
            if line in self.remarks:
                continue
            hit = next((one for one in self.lines if line.startswith(one.mark)), None)
            if hit is not None and hit.key not in found:
                key, places[hit.key] = hit.key, number
                found[key] = [line[len(hit.mark) :]]
            elif key:
                found[key].append(line)
                loose[number] = line
            elif line.strip() and not line.startswith("#"):
                before = "This stands before the first question."
                changed = "The record has changed since: make the form anew (--form)."
                said = changed if _NUMBERED.match(line) else before
                return {}, [f"form:{number}: {said}"]
        missing = {
            n: one.mark for n, one in enumerate(self.lines, 1) if one.key not in found
        }
        damaged = [
            f"form:{number}: Leave the question as it was: {missing[int(m[1])]}"
            for number, line in loose.items()
            if (m := _NUMBERED.match(line)) and int(m[1]) in missing
        ]
        if not found:
            damaged = ["form:1: No question of the form is in it."]
        given = {
            key: Given(places[key], "\n".join(map(str.rstrip, lines)).strip())
            for key, lines in found.items()
        }
        return given, damaged


def formed(title: str) -> Callable[[F], F]:
    """``--form`` and ``--from`` for a led moment; stands directly over ``@pass_app``.

    Args:
        title: the first line of the form.
    """

    def add(command: F) -> F:
        @wraps(command)
        def run(who: str, *, form: bool, filled: Path | None) -> None:
            if not form and filled is None:
                command(who=who)
                return
            app: App = click.get_current_context().find_root().obj
            pupil = app.pupil_id(who)
            made = MomentForm(app, lambda: command(who=who), title)
            if filled is not None:
                _from_file(made, filled)
            elif editor_here():
                _in_editor(app, made, pupil)
            else:
                click.echo(made.text, nl=False)
                app.tell(
                    "There is no terminal for an editor here: this is the form. Keep "
                    "it in a file, fill it in, and give it back with --from FILE."
                )

        click_path = click.Path(dir_okay=False, path_type=Path)
        options = (
            click.option(
                "--form", is_flag=True, help="All of it as a form to fill in."
            ),
            click.option(
                "--from", "filled", type=click_path, help="A form that was filled in."
            ),
        )
        made: Any = run
        for option in options:
            made = option(made)
        return cast("F", made)

    return add


def _from_file(made: MomentForm, file: Path) -> None:
    from sencli.cli.shell.given_file import stranger

    try:
        text = stranger(str(file), _LIMIT).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise InvalidValue(f"{file} is not UTF-8 text.", "Save it as UTF-8.") from None
    if text == made.text:
        raise UsageFault("Nothing was written. Nothing was changed.")
    if faults := made.faults(text):
        listed = "\n".join(
            re.sub(r"^form:(\d+):", r"  line \1:", fault) for fault in faults
        )
        raise InvalidValue(
            f"Nothing was saved:\n{listed}",
            f"Put it right in {file}, then type it again: {prompts.command_line()}",
        )


def _in_editor(app: App, made: MomentForm, pupil: str) -> None:
    draft = kept_draft(app, pupil, made.title)
    resumed = draft is not None
    start = made.text
    if draft is None:
        draft = new_draft(app, pupil, made.title, ".txt", made.base, start)
    else:
        made.go_on(draft.base)
        start = unmarked(draft.text())

    def check(text: str) -> Checked:
        return Checked(text, made.faults(text))

    if not Editing(app, draft, resumed=resumed).text(start, check) and not resumed:
        draft.drop()
        app.say("Nothing was written. Nothing was changed.")
