"""What a parent would stumble over, said before a paper is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sencli.errors import InvalidValue

if TYPE_CHECKING:
    from sencli.cli.hand_out import Counter
    from sencli.cli.hand_out import Job
    from sencli.core.guard import Guard
    from sencli.documents.view import View


def guarded(counter: Counter, jobs: Sequence[Job], views: Sequence[View]) -> None:
    """Tell of jargon, codes, other children's names and hard sentences.

    Readers of the trade know its words: they are told of other children's names only.

    Raises:
        InvalidValue: there are some, and the order is strict.
    """
    from sencli.core import guard
    from sencli.core import lookup
    from sencli.formats import render
    from sencli.store.schema import document

    judge = _judge(counter)
    schema = document("pupil")
    told: set[tuple[str, str]] = set()
    for job, view in zip(jobs, views, strict=True):
        printed = render([view], "text").decode()
        found = guard.texts(job.record, schema, printed)
        for remark in judge.remarks(found, job.record):
            if remark.kind != "name" and not counter.order.for_parents:
                continue
            key = (str(job.record["id"]), remark.message)
            if key in told:
                continue
            told.add(key)
            name = lookup.display_name(job.record)
            counter.app.tell(f"{name}: {remark.message}")
            counter.app.tell(f"     {remark.command}")
    if told and counter.order.strict:
        count = len(told)
        raise InvalidValue(
            f"{count} place{'' if count == 1 else 's'} should not stand on this "
            "paper as they do (see above); nothing was printed.",
            "Change them, or leave --strict out.",
        )


def _judge(counter: Counter) -> Guard:
    from sencli.core.guard import Guard
    from sencli.core.settings import settings
    from sencli.store.names import pupil_names

    reading = counter.reading
    return Guard(
        counter.setting("").words.section("jargon"),
        pupil_names(reading.source),
        [str(person["name"]) for person in reading.school.get("staff", ())],
        settings(reading.school).reading_age,
    )
