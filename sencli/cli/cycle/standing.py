"""Where a pupil stands, at the head of a meeting: promises, plan, findings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from sencli.core.cycle.dose import dose_said
from sencli.core.cycle.dose import provision_name
from sencli.core.cycle.progress import moved
from sencli.core.cycle.progress import series
from sencli.core.cycle.progress import value_words
from sencli.core.cycle.scales import scale_of
from sencli.core.people.names import who
from sencli.core.record import lookup
from sencli.core.text.dates import words
from sencli.core.time.calendar import dose_on

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.core.record.types import Record

_FINDINGS = 3
"""As many as are read before a meeting; the rest is a command away."""


def standing(app: App, record: Record, typed: str) -> Iterator[str]:
    """Lines to know before the questions: what is open, and where the plan has come to.

    Args:
        app: the run.
        record: the pupil's.
        typed: the pupil as typed, for the command that shows the rest.
    """
    yield from _promises(app, record)
    cycle = lookup.open_cycle(record)
    if cycle is not None:
        yield from _aims(app, record, cycle)
        yield from _support(app, cycle)
    yield from _findings(app, record, typed)


def _promises(app: App, record: Record) -> Iterator[str]:
    school = app.repo.school()
    for _, action in lookup.actions_of(record):
        if "done" not in action:
            by = f"{who(action['by'], record, school)}: " if "by" in action else ""
            until = f" (by {words(action['due'])})" if "due" in action else ""
            yield f"Promised and open: {by}{action['text']}{until}"


def _aims(app: App, record: Record, cycle: Record) -> Iterator[str]:
    scales = app.repo.provisions().get("scales", ())
    for number, aim in enumerate(cycle.get("plan", {}).get("outcomes", ()), 1):
        scale = scale_of(aim, scales)
        come = moved(series(record, aim, scales), scale) or "not measured yet"
        target = aim.get("target", {})
        wanted = (
            f"; aim {value_words(target['value'], scale, target.get('interval'))}"
            if "value" in target
            else ""
        )
        yield f"{number}. {aim['outcome']}: {come}{wanted}"


def _support(app: App, cycle: Record) -> Iterator[str]:
    provisions = app.repo.provisions().get("provisions", ())
    for item in cycle.get("plan", {}).get("interventions", ()):
        if item.get("ended", {}).get("date", lookup.STILL) >= app.today:
            dose = dose_said(dose_on(item.get("dose", ()), app.today))
            name = provision_name(item["provision"], provisions)
            yield f"{name}: {dose}" if dose else name


def _findings(app: App, record: Record, typed: str) -> Iterator[str]:
    from sencli.cli.checks.check import Judging

    judging = Judging(app.repo.school(), app.repo.provisions(), app.today)
    found = [one for one in judging(record) if not one.answer and not one.file]
    for one in islice(found, _FINDINGS):
        yield f"{one.code}: {one.message}"
    if more := found[_FINDINGS:]:
        yield f"And {len(more)} more found: sen check {typed}"
