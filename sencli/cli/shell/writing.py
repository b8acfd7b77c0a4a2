"""The one way in which a command changes the records, and tells what it did."""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.options import BARE
from sencli.core.checks.future_events import refuse_ahead
from sencli.core.people.context import Ground
from sencli.core.record import act as corrections
from sencli.core.record.act import Act
from sencli.core.record.diff import Change
from sencli.core.record.diff import diff
from sencli.core.text.dates import words
from sencli.core.text.placeholders import added
from sencli.core.text.placeholders import refusal
from sencli.errors import UsageFault
from sencli.value import Value
from sencli.value import field

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.core.record.types import Record
    from sencli.store.repository.repository import Draft
    from sencli.store.repository.repository import Message


SHORT = 8


class Manner(Value):
    """How a write was asked for.

    Attributes:
        fmt: ``text`` or ``json``.
        correct: whether it is a correction, noted with ``reason`` in the record.
        reason: why, for a correction.
    """

    fmt: str = "text"
    correct: bool = False
    reason: str | None = None


class Work:
    """A draft that remembers what each record was, to tell what has changed."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.before: dict[str, Record | None] = {}
        self.after: dict[str, Record | None] = {}

    def exists(self, path: str) -> bool:
        """Whether there is such a file."""
        return self.draft.exists(path)

    def read(self, path: str) -> Record:
        """A fresh copy of the record as this work has it."""
        return self.draft.read(path)

    def put(self, path: str, record: Record) -> None:
        """Set a record's new version."""
        if path not in self.before:
            self.before[path] = self.read(path) if self.exists(path) else None
        self.after[path] = self.draft.put(path, record)

    def changes(self, path: str) -> list[Change]:
        """What this work changes in one record."""
        from sencli.resources import load_schema
        from sencli.store.records.records import schema_of

        old, new = self.before.get(path), self.after.get(path)
        return diff(old or {}, new or {}, load_schema(schema_of(path)))

    def refuse_unsaid(self, today: str) -> None:
        """Refuse to save what nobody can have said: placeholders, days to come.

        Raises:
            InvalidValue: a record has such a thing that it did not have before.
        """
        for path, record in self.after.items():
            if record is not None:
                refuse_added(path, self.before.get(path), record, self.read)
                if path.startswith("pupils/"):
                    refuse_ahead(self.before.get(path), record, today)

    def told(self) -> Iterator[Change]:
        """What was one thing and is now another, for people to see.

        A dated entry is new in the file, and still changes what held before it.
        """
        from sencli.core.record.diff import renewed
        from sencli.resources import load_schema
        from sencli.store.records.records import schema_of

        for path in self.after:
            changes, old = self.changes(path), self.before.get(path)
            yield from (
                c
                for c in changes
                if c.old is not None and not c.path.startswith("corrections")
            )
            yield from renewed(changes, old or {}, load_schema(schema_of(path)))

    def remarks(self, said: Sequence[str]) -> Iterator[str]:
        """What is worth a look in what was saved, and was not said yet."""
        from sencli.core.checks.remarks import remarks

        for path, record in self.after.items():
            before = self.before.get(path)
            for remark in remarks(before, record or {}, self.changes(path)):
                if not any(remark in words or words in remark for words in said):
                    yield remark


class Said(Value):
    """What a piece of work is called in the history and on the screen."""

    action: str
    subject: str
    said: Sequence[str]
    ids: Mapping[str, Any] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    trailers: tuple[tuple[str, str], ...] = ()


def refuse_added(
    path: str,
    before: Record | None,
    after: Record,
    read: Callable[[str], Record],
) -> None:
    """Refuse the placeholders that a record has gained.

    Args:
        path: of the record.
        before: the record as it was; None for a new one.
        after: as it is to be.
        read: gives another record; the school's, for the initials of its staff.
    """
    found = list(added(before, after))
    if not found:
        return
    staff = [] if path == "school.yaml" else read("school.yaml").get("staff", [])
    known = {str(person["initials"]) for person in staff}
    for place, text in found:
        if text not in known:
            from sencli.core.record.items import place_name
            from sencli.resources import load_schema
            from sencli.store.records.records import schema_of

            where = place_name(after, place, load_schema(schema_of(path)))
            raise refusal(text, where)


def save(app: App, work: Callable[[Work], Said], fmt: str = "text") -> None:
    """Run the work under the lock, write it as one commit, and tell of it."""
    done: dict[str, Any] = {}

    def act(draft: Draft) -> Message:
        from sencli.store.repository.repository import Message

        tracked = Work(draft)
        said = work(tracked)
        tracked.refuse_unsaid(app.today)
        done.update(work=tracked, said=said)
        return Message(said.action, said.subject, said.trailers)

    written = app.repo.change(act)
    said: Said = done["said"]
    tracked: Work = done["work"]
    changes = [c for path in tracked.after for c in tracked.changes(path)]
    if written.warning:
        app.tell(written.warning)
    warnings = [*said.warnings, *tracked.remarks(said.warnings)]
    if app.undated and written.commit:
        warnings.insert(0, f"no day was given: dated today, {words(app.today)}.")
    for warning in warnings:
        app.tell(f"Note: {warning}")
    if fmt == "json":
        _print_json(said, written.commit, changes, warnings)
        return
    if not written.commit:
        app.say("Nothing changed: the records already say so.")
        return
    for line in said.said:
        app.say(line)
    for change in tracked.told():
        app.say(f"  {change.path}: {brief(change.old)} -> {brief(change.new)}")
    app.say(f"  (saved as {written.commit[:SHORT]})")


def save_pupil(
    app: App,
    who: str,
    verb: Callable[[Record], Act],
    *,
    action: str,
    subject: str,
    manner: Manner | None = None,
) -> None:
    """Change one pupil's record: the usual case.

    Args:
        app: the run.
        who: the pupil as typed.
        verb: works out the new record from the old one; called again if another
            commit came between.
        action: the commit's Action trailer, such as ``cycle.open``.
        subject: the commit's subject; ``{id}`` stands for the pupil's id.
        manner: format and correction, as typed.
    """
    save_pupil_beside(
        app,
        who,
        lambda record, _work: verb(record),
        action=action,
        subject=subject,
        manner=manner,
    )


def save_pupil_beside(
    app: App,
    who: str,
    verb: Callable[[Record, Work], Act],
    *,
    action: str,
    subject: str,
    manner: Manner | None = None,
) -> None:
    """As ``save_pupil``, for a verb that reads or puts other files in the same commit.

    The verb gets the work beside the record: a group or a scale named for the first
    time is made with it.
    """
    from sencli.store.records.records import pupil_path

    manner = manner or Manner()
    check_manner(manner)
    pupil_id = app.pupil_id(who)
    path = pupil_path(pupil_id)

    def work(draft: Work) -> Said:
        act = verb(draft.read(path), draft)
        put_noted(app, draft, path, act.record, manner)
        trailers = (("Pupil", pupil_id), *act.trailers)
        return Said(
            action,
            subject.format(id=pupil_id),
            [act.said],
            {"pupil": pupil_id, **act.ids},
            act.warnings,
            trailers,
        )

    save(app, work, manner.fmt)


def put_noted(app: App, work: Work, path: str, record: Record, manner: Manner) -> None:
    """Set a record's new version; a correction is noted in it, with its reason."""
    work.put(path, record)
    if not (manner.correct and manner.reason):
        return
    changes, new_id = work.changes(path), app.new_ids(record)
    noted = corrections.noted(record, changes, manner.reason, app.today, new_id)
    work.put(path, noted)


def check_manner(manner: Manner) -> None:
    """Refuse a correction without its reason, and a reason that nothing would keep."""
    if manner.reason and not manner.correct:
        raise UsageFault(
            "--reason goes with --correct here.",
            "Add --correct, or leave --reason out.",
        )
    if manner.correct and not manner.reason:
        raise UsageFault(
            "--correct needs --reason.",
            'Say why: --correct --reason "THE REASON"',
        )


def brief(value: Any) -> str:
    """A value on one line, cut where it is long."""
    limit = 60
    if value is None:
        return "(nothing)"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _print_json(
    said: Said, commit: str, changes: Sequence[Change], warnings: Sequence[str]
) -> None:
    result = {
        "action": said.action,
        "summary": " ".join(said.said),
        "commit": commit or None,
        "ids": dict(said.ids),
        "warnings": list(warnings),
        "changes": [{"path": c.path, "old": c.old, "new": c.new} for c in changes],
    }
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))


SCHOOL = "school.yaml"
PROVISIONS = "provisions.yaml"
GROUPS = "groups.yaml"


def save_file(
    app: App,
    path: str,
    verb: Callable[[Record], Act],
    *,
    action: str,
    subject: str,
    fmt: str = "text",
) -> None:
    """Change one file of the school's by a verb of the core; one commit."""

    def work(draft: Work) -> Said:
        act = verb(draft.read(path))
        draft.put(path, act.record)
        return Said(action, subject, [act.said], act.ids, act.warnings, act.trailers)

    save(app, work, fmt)


def named(options: dict[str, Any]) -> dict[str, Any]:
    """The options that were typed: no ``None``, no empty repetition."""
    return {k: v for k, v in options.items() if v is not None and v != ()}


def ground(app: App, record: Record, work: Work) -> Ground:
    """What verbs stand on, from the draft that the commit will be made of."""
    scales = work.read(PROVISIONS).get("scales", ())
    return Ground(app.today, app.new_ids(record), app.school, scales, bare_days())


def bare_days() -> frozenset[str]:
    """The options of this run whose day was typed without a year."""
    context = click.get_current_context(silent=True)
    return frozenset(context.meta.get(BARE, ())) if context is not None else frozenset()


def bare_ground(app: App, record: Record) -> Ground:
    """What verbs stand on that measure nothing: the day, ids and the school."""
    return Ground(app.today, app.new_ids(record), app.school)
