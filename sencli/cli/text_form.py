"""``--edit``: the texts of a command, written in the editor under headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping
from functools import wraps
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple
from typing import TypeVar
from typing import cast

import click

from sencli.cli.editor import Checked
from sencli.cli.editor import Editing
from sencli.cli.editor import kept_draft
from sencli.cli.editor import new_draft
from sencli.cli.editor import unmarked
from sencli.errors import InvalidValue
from sencli.errors import SencliError
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.app import App

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

            written(app, Form(title, headings, held, save), typed["who"], given)

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


def written(app: App, form: Form, who: str, given: Texts) -> None:
    """Let the texts be written until the command takes them.

    Args:
        app: the run.
        form: the form.
        who: the pupil as typed.
        given: the texts that were typed as options.
    """
    pupil = app.pupil_id(who)
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
                return Checked(text, [_told(text, *clash) for clash in clashes])
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


def _told(text: str, heading: str, now: str) -> str:
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
