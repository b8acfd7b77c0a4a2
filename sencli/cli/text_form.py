"""``--edit``: the texts of a command, written in the editor under headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping
from functools import wraps
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar
from typing import cast

import click

from sencli.cli.editor import Editing
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
            begun = dict(current(app, typed)) if current else {}
            begun |= {name: typed[name] for name in headings if typed.get(name)}

            def go_on(texts: Texts) -> None:
                command(*args, **{**typed, **{n: texts[n] or None for n in texts}})

            written(app, title, headings, begun, go_on)

        option = click.option(
            "--edit", is_flag=True, help="Write the texts in your editor."
        )
        return cast("F", option(run))

    return add


def written(
    app: App,
    title: str,
    headings: Texts,
    begun: Texts,
    go_on: Callable[[Texts], None],
) -> None:
    """Let the texts be written, and go on with them until nothing is refused."""
    name = re.sub(r"[^a-z]+", "-", title.casefold()).strip("-")[:40]
    editing = Editing(app, f"{name}.txt")

    def check(text: str) -> list[str]:
        try:
            texts = read_back(text, headings)
            if any(texts.values()):
                go_on(texts)
        except SencliError as fault:
            return [*fault.message.splitlines(), *fault.hint.splitlines()]
        return []

    text = editing.text(laid_out(title, headings, begun), check, unchanged=True)
    editing.done()
    if text is None or not any(read_back(text, headings).values()):
        raise UsageFault("Nothing was written. Nothing was changed.")
