"""Records that cannot be read: the others are shown, and nobody takes them for all.

A list or a paper about many pupils goes on without them; it says so on itself, the
command names each file, and its exit code is that of the fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import InvalidValue
from sencli.errors import SencliError
from sencli.store.missing_files import BRING_BACK
from sencli.store.missing_files import RESTORE
from sencli.store.missing_files import Vanished
from sencli.store.repo import Repository
from sencli.store.vanished import records as vanished

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from sencli.cli.app import App
    from sencli.documents.view import View

_DATA = ("csv", "json")
_HINTS: dict[type[SencliError], str] = {
    IntegrityFault: "See how far the damage goes: sen verify",
    EnvironmentFault: "See what is wrong with the disk or the permissions: sen doctor",
    InvalidValue: "See what is wrong: sen check",
}


def leave_out(app: App, faults: Iterable[SencliError]) -> None:
    """Note records that are left out of what is shown of the whole school."""
    whole_school(app)
    for fault in faults:
        app.left_out.setdefault(fault.message, fault)


def whole_school(app: App) -> None:
    """Note that all records of today are read, and those that are gone."""
    first = not app.read_all
    app.read_all = True
    # exactly so: while a story is told its records are not on the disk yet
    if first and type(app.repo) is Repository and (gone := vanished(app.repo)):
        fault = Vanished.of(gone)
        app.left_out.setdefault(fault.message, fault)


def refuse(app: App) -> None:
    """Go no further where a record was left out: for what must have all of them.

    Raises:
        SencliError: there was one; nothing has changed.
    """
    if fault := ended(app):
        raise fault


def ended(app: App) -> SencliError | None:
    """What the command ends with, after the rest was shown; None where all was."""
    if not app.left_out:
        return None
    found = list(app.left_out.values())
    gone = [fault for fault in found if isinstance(fault, Vanished)]
    rest = [fault for fault in found if not isinstance(fault, Vanished)]
    said = [fault.message for fault in gone]
    hints = [f"{BRING_BACK}{RESTORE}"] if gone else []
    if rest:
        is_ = "is" if len(rest) == 1 else "are"
        listed = "".join(f"\n  {fault.message}" for fault in rest)
        said.append(
            f"{_records(len(rest))} could not be read and {is_} skipped:{listed}"
        )
    kind = next(
        (kind for kind in _HINTS if any(isinstance(f, kind) for f in rest)),
        InvalidValue,
    )
    if rest:
        hints.append(_HINTS[kind])
    return kind("\n".join(said), "\n".join(hints))


def _records(number: int) -> str:
    return "1 record" if number == 1 else f"{number} records"


def ahead(app: App, views: Sequence[View], fmt: str) -> Sequence[View]:
    """The views, of which each that speaks of a day to come says that it does."""
    if fmt in _DATA or all(view.day <= app.today for view in views):
        return views
    from sencli.core.dates import words
    from sencli.documents.view import Text
    from sencli.value import replace

    def noted(view: View) -> View:
        if view.day <= app.today:
            return view
        known = words(app.today)
        text = f"Looking ahead to {words(view.day)}: what is recorded by {known}."
        return replace(view, blocks=(Text(text, "note"), *view.blocks))

    return [noted(view) for view in views]


def marked(app: App, views: Sequence[View], fmt: str) -> Sequence[View]:
    """The views, the first of which says how many records are left out."""
    views = ahead(app, views, fmt)
    if not app.left_out or fmt in _DATA or not views:
        return views
    from sencli.documents.view import Text
    from sencli.value import replace

    found = app.left_out.values()
    gone = sum(len(f.paths) for f in found if isinstance(f, Vanished))
    rest = sum(not isinstance(f, Vanished) for f in found)
    told = []
    if rest:
        is_ = "is" if rest == 1 else "are"
        told.append(f"{_records(rest)} could not be read and {is_} left out")
    if gone:
        is_ = "is" if gone == 1 else "are"
        told.append(f"{_records(gone)} {is_} gone from the folder")
    note = Text(f"Not complete: {'; '.join(told)}.", "note")
    first = views[0]
    return [replace(first, blocks=(note, *first.blocks)), *views[1:]]
