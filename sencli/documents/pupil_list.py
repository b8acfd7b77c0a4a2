"""Who is here: every pupil on a line."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from sencli.core.register import row
from sencli.documents.listing import listing
from sencli.documents.view import Column
from sencli.documents.view import View

KEYS = ("id", "name", "class", "year_group", "provision", "stage")


def pupil_list(
    records: Iterable[Mapping[str, Any]], school: Mapping[str, Any], day: str
) -> View:
    """The pupils by year group, class and name, with status and stage on the day."""
    rows = sorted((row(r, day) for r in records), key=itemgetter("sort"))
    data = [{key: made[key] for key in KEYS} for made in rows]
    columns = (
        Column("id", "Id"),
        Column("name", "Name"),
        Column("class", "Class"),
        Column("year_group", "Year"),
        Column("provision", "SEN"),
        Column("stage", "Cycle"),
    )
    empty = 'Nobody fits. Add a pupil: sen pupil add "FIRST LAST"'
    return listing("Pupils", school, day, columns, data, empty)
