"""What a case is proved by: the rules' findings, and the commits."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from sencli.cli.app import Reading
    from sencli.core.trail import Trail
    from sencli.documents.asked import Asked
    from sencli.documents.asked import Gap


def gaps(reading: Reading, record: dict[str, Any], asked: Asked) -> list[Gap]:
    """Where the record falls short on the day; what was answered is no gap.

    A finding may quote what it is about, or tell of it by being there. So none is told
    that the record as its reader sees it does not show too.
    """
    from sencli.core.redact import redact

    found = _found(reading, record)
    seen = redact(
        record, asked.rules, to=asked.to, include=asked.include, day=reading.day
    )
    if seen.left_out:
        safe = _found(reading, seen.record)
        found = [gap for gap in found if gap in safe]
    return found


def _found(reading: Reading, record: dict[str, Any]) -> list[Gap]:
    from sencli.cli.judging import Judging
    from sencli.documents.asked import Gap

    judging = Judging(reading.school, reading.provisions, reading.day)
    return [
        Gap(problem.code, problem.level, problem.message)
        for problem in judging(record)
        if not problem.answer and not problem.file
    ]


def trail(reading: Reading, pupil_id: str) -> Trail:
    """When each part of the record was written down, and in which commit."""
    from sencli.core.trail import Step
    from sencli.core.trail import trail as followed
    from sencli.store.records import pupil_path
    from sencli.store.schema import document

    versions = reading.app.repo.history(pupil_path(pupil_id))
    steps = [Step(v.commit, v.date, v.old, v.new) for v in reversed(versions)]
    return followed(steps, document("pupil"))
