"""Change records from a command and report what was done."""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.options import BARE
from sencli.core.checks.future_events import refuse_ahead
from sencli.core.people.context import GROUPS
from sencli.core.people.context import PROVISIONS
from sencli.core.people.context import Context
from sencli.core.record import act as corrections
from sencli.core.record.act import Act
from sencli.core.record.diff import Change
from sencli.core.record.diff import diff
from sencli.core.text.dates import words
from sencli.core.text.garbled import refuse_new
from sencli.core.text.lines import shortened
from sencli.core.text.placeholders import added
from sencli.core.text.placeholders import refusal
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.value import Value
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.core.record.types import Record
    from sencli.store.records.draft import Draft
    from sencli.store.records.draft import Written


SHORT = 8
_PUPILS = "pupils/"


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


_PLAIN = Manner()


def changes_of(draft: Draft, path: str) -> list[Change]:
    """The changes of a draft in one record."""
    from sencli.resources import load_schema
    from sencli.store.records.records import schema_of

    old, new = draft.before(path) or {}, draft.after[path]
    return diff(old, new, load_schema(schema_of(path)))


def _refuse_unsaid(app: App, draft: Draft) -> None:
    """Refuse to save what nobody can have said, or what is nobody's to read.

    Placeholders, days to come, and the name of a pupil as that of a group.

    Raises:
        InvalidValue: a record has such a thing that it did not have before.
    """
    for path, record in draft.after.items():
        refuse_added(path, draft.before(path), record, draft.read)
        if path.startswith(_PUPILS):
            refuse_ahead(draft.before(path), record, app.today)
        if path == GROUPS:
            known = {g["name"] for g in (draft.before(path) or {}).get("groups", ())}
            for group in record.get("groups", ()):
                if group["name"] not in known:
                    _refuse_pupils_name(app, group["name"])


def _refuse_pupils_name(app: App, group: str) -> None:
    """Refuse a group's name that is a pupil's: it stands beside the records."""
    from sencli.core.text.names_in_text import names_pupil
    from sencli.store.repository.pupil_names import pupil_names

    for pupil in pupil_names(app.repo):
        given = (pupil.first_name, pupil.known_as)
        if any(names_pupil(group, first, pupil.last_name) for first in given if first):
            raise InvalidValue(
                "A group's name must not be a pupil's.",
                'Call it after the support, such as "Phonics 2".',
            )


Changes = Mapping[str, Sequence[Change]]
"""The changes of a draft, by record."""


def _changed(app: App, draft: Draft, found: Changes) -> Iterator[str]:
    """What changed, old and new, in the words of the history.

    A dated entry is new in the file, and still changes what held before it.
    """
    from sencli.cli.shell.app import names_of_school
    from sencli.core.audit.events import Pair
    from sencli.core.audit.events import sentences
    from sencli.core.record.diff import renewed
    from sencli.resources import load_schema
    from sencli.store.records.records import schema_of

    for path, changes in found.items():
        old, root = draft.before(path) or {}, load_schema(schema_of(path))
        seen = [
            c
            for c in changes
            if c.old is not None and not c.path.startswith("corrections")
        ]
        seen += renewed(changes, old, root)
        names = names_of_school(app) if seen else {}
        pair = Pair(old, draft.after[path])
        for change in seen:
            yield from sentences(change, pair, root, names)


def _remarks(draft: Draft, found: Changes, said: Sequence[str]) -> Iterator[str]:
    """Remarks on saved changes that were not made yet."""
    from sencli.core.checks.remarks import remarks

    for path, changes in found.items():
        for remark in remarks(draft.before(path), draft.after[path], changes):
            if not any(remark in words or words in remark for words in said):
                yield remark


def refuse_added(
    path: str,
    before: Record | None,
    after: Record,
    read: Callable[[str], Record],
) -> None:
    """Refuse the placeholders and the garbled names that a record has gained.

    Args:
        path: of the record.
        before: the record as it was; None for a new one.
        after: as it is to be.
        read: gives another record; the school's, for the initials of its staff.
    """
    refuse_new(before, after)
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


def save(
    app: App, work: Callable[[Draft], Act], fmt: str = "text", manner: Manner = _PLAIN
) -> None:
    """Commit the work under the lock, and report it.

    Args:
        app: the run.
        work: works out the change from the records as they are committed; it is asked
            again where the commit of another program came between.
        fmt: ``text`` or ``json``.
        manner: whether it is a correction of the pupils' records.
    """
    from sencli.store.records.draft import Message

    if app.gathering is not None:
        app.gathering.take(work, manner)
        return
    with app.repo.changing() as attempts:
        for draft in attempts:
            act = work(draft)
            for path, record in act.records.items():
                put_record(app, draft, path, record, manner)
            _refuse_unsaid(app, draft)
            attempts.commit(Message(act.action, act.subject, act.trailers))
    _tell(app, act, draft, attempts.written, fmt)


def _tell(app: App, act: Act, draft: Draft, written: Written, fmt: str) -> None:
    """Say what was done, and what is worth a look."""
    if written.warning:
        app.tell(written.warning)
    found = {path: changes_of(draft, path) for path in draft.after}
    warnings = [*act.warnings, *_remarks(draft, found, act.warnings)]
    if app.undated and written.commit:
        warnings.insert(0, f"no day was given: dated today, {words(app.today)}.")
    for warning in warnings:
        app.tell(f"Note: {warning}")
    if fmt == "json":
        changes = [change for each in found.values() for change in each]
        _print_json(act, written.commit, changes, warnings)
        return
    if not written.commit:
        app.say("Nothing changed: the records already say so.")
        return
    app.say(act.said)
    for line in _changed(app, draft, found):
        app.say(f"  {line}")
    app.say(f"  (saved as {written.commit[:SHORT]})")


def of_pupil(act: Act, pupil_id: str, action: str, subject: str) -> Act:
    """The result of a change of one pupil's record, named for the commit."""
    from sencli.store.records.records import pupil_path

    return replace(
        act,
        ids={"pupil": pupil_id, **act.ids},
        trailers=(("Pupil", pupil_id), *act.trailers),
        records={**act.records, pupil_path(pupil_id): act.record},
        action=action,
        subject=subject,
    )


def put_record(
    app: App, draft: Draft, path: str, record: Record, manner: Manner
) -> None:
    """Set a record's new version; a correction is noted in it, with its reason."""
    draft.put(path, record)
    if not (manner.correct and manner.reason and path.startswith(_PUPILS)):
        return
    changes, new_id = changes_of(draft, path), app.new_ids(record)
    noted = corrections.noted(record, changes, manner.reason, app.today, new_id)
    draft.put(path, noted)


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
    return shortened(text, limit, "…")


def _print_json(
    act: Act, commit: str, changes: Sequence[Change], warnings: Sequence[str]
) -> None:
    result = {
        "action": act.action,
        "summary": act.said,
        "commit": commit or None,
        "ids": dict(act.ids),
        "warnings": list(warnings),
        "changes": [{"path": c.path, "old": c.old, "new": c.new} for c in changes],
    }
    click.echo(json.dumps(result, ensure_ascii=False, indent=2))


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

    def work(draft: Draft) -> Act:
        act = verb(draft.read(path))
        return replace(act, records={path: act.record}, action=action, subject=subject)

    save(app, work, fmt)


def given_options(options: dict[str, Any]) -> dict[str, Any]:
    """The options that were typed: no ``None``, no empty repetition."""
    return {k: v for k, v in options.items() if v is not None and v != ()}


def bare_days() -> frozenset[str]:
    """The options of this run whose day was typed without a year."""
    context = click.get_current_context(silent=True)
    return frozenset(context.meta.get(BARE, ())) if context is not None else frozenset()


def context_of(
    app: App,
    record: Record,
    files: Mapping[str, Record] = MappingProxyType({}),
    *,
    correct: bool = False,
) -> Context:
    """The context of a change of a pupil's record.

    Args:
        app: the run.
        record: the pupil's.
        files: those of the school's that the change looks at, by path.
        correct: whether it is a correction.
    """
    groups = files.get(GROUPS, {})
    new_id = app.new_ids(record)
    if groups:
        new_id.others["group"] = app.new_ids(groups)
    return Context(
        app.today,
        new_id,
        app.school,
        files.get(PROVISIONS, {}),
        groups,
        bare_days(),
        correct,
    )
