"""What a parent would stumble over, said before a paper is printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sencli.errors import InvalidValue

if TYPE_CHECKING:
    from sencli.cli.hand_out import Counter
    from sencli.cli.hand_out import Job
    from sencli.core.guard import Remark
    from sencli.core.types import Record
    from sencli.documents.view import View


class Look:
    """What a paper is looked over with, made once for all of them."""

    def __init__(self, counter: Counter) -> None:
        from sencli.core.guard import Guard
        from sencli.core.settings import settings
        from sencli.store.names import pupil_names
        from sencli.store.schema import document

        reading = counter.reading
        self._schema = document("pupil")
        self._for_parents = counter.order.for_parents
        self._guard = Guard(
            counter.setting("").words.section("jargon"),
            pupil_names(reading.source),
            [str(person["name"]) for person in reading.school.get("staff", ())],
            settings(reading.school).reading_age,
        )

    def __call__(self, record: Record, view: View) -> list[Remark]:
        """Jargon, codes, other children's names and hard sentences on one paper.

        Readers of the trade know its words: they are told of other children only.
        """
        from sencli.core.guard import texts
        from sencli.formats import render

        printed = render([view], "text").decode()
        found = self._guard.remarks(texts(record, self._schema, printed), record)
        return [made for made in found if made.kind == "name" or self._for_parents]


def tell(
    counter: Counter, jobs: Sequence[Job], found: Sequence[Sequence[Remark]]
) -> None:
    """Tell of what was found on the papers, each thing once.

    Raises:
        InvalidValue: there is something, and the order is strict.
    """
    from sencli.core import lookup

    told: set[tuple[str, str]] = set()
    for job, remarks in zip(jobs, found, strict=True):
        for remark in remarks:
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
            f"{count} place{'' if count == 1 else 's'} should be changed before "
            "this is printed (see above); nothing was printed.",
            "Change them, or leave --strict out.",
        )
