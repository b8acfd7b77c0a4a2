"""The user's editor: a text is edited until it is right; a draft is never lost."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sencli.cli.prompts import can_ask
from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.app import App

MARK = "# sen: "
_ROUNDS = 50
_LINE = re.compile(r":(\d+):\s*")

Check = Callable[[str], Sequence[str]]


class Editing:
    """One text in the editor, with its draft on the disk beside the records.

    Args:
        app: the run.
        name: of the draft: an id and an ending, never a name.
    """

    def __init__(self, app: App, name: str) -> None:
        self._app = app
        self.draft = app.repo.root / ".git" / "sencli" / "drafts" / name

    def text(self, start: str, check: Check, *, unchanged: bool = False) -> str | None:
        """What became of the text; ``None`` where nothing was changed.

        Args:
            start: what the editor opens with.
            check: the faults of a text, each with ``:LINE:`` where it has a place.
            unchanged: whether a text that is saved as it was is gone on with.

        Raises:
            UsageFault: there is no terminal for the editor that there is.
            EnvironmentFault: the editor failed; the draft is kept.
            InvalidValue: the text is faulty and was left so; the draft is kept.
        """
        shown = start
        for _ in range(_ROUNDS):
            typed = self._edited(shown)
            if not typed.strip():
                raise InvalidValue(
                    f"The text is empty. Nothing was changed.{self._kept()}"
                )
            if typed == start and not unchanged:
                self.done()
                return None
            faults = list(check(typed))
            if not faults:
                return typed
            if typed == unmarked(shown):
                raise InvalidValue(
                    "\n".join([*faults, f"Nothing was changed.{self._kept()}"])
                )
            for fault in faults:
                self._app.tell(fault)
            shown = marked(typed, faults)
        raise InvalidValue(f"It is still not right. Nothing was changed.{self._kept()}")

    def done(self) -> None:
        """The text is saved: its draft is no longer needed."""
        self.draft.unlink(missing_ok=True)

    def _kept(self) -> str:
        return f" What you typed is kept in {self.draft}"

    def _edited(self, shown: str) -> str:
        """One round in the editor."""
        from sencli.store import files

        _needs_screen()
        files.make_folder(str(self.draft.parent))
        files.overwrite(str(self.draft), shown.encode())
        try:
            click.edit(filename=str(self.draft))
        except click.ClickException as fault:
            raise EnvironmentFault(
                f"{fault.format_message()}. Nothing was changed.{self._kept()}",
                "Set another editor: export EDITOR=nano",
            ) from fault
        return unmarked(_read(self.draft))


def _needs_screen() -> None:
    """Refuse the editor that comes with the computer where it would wait unseen."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not chosen and not can_ask():
        raise UsageFault(
            "There is no terminal for an editor here. Nothing was changed.",
            "Give the text by options, or set EDITOR to a program with its own window.",
        )


def _read(draft: Path) -> str:
    try:
        return draft.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise InvalidValue(
            f"The editor saved something that is not UTF-8 text. It is kept in {draft}",
            "Save it as UTF-8.",
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
