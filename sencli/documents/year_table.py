"""What the new school year makes of everybody, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.folding import sort_key
from sencli.core.lookup import academic_year_label
from sencli.core.year_roll import Moved
from sencli.documents.listing import listing
from sencli.documents.view import Column
from sencli.documents.view import View


def year_table(moved: Sequence[Moved], school: Mapping[str, Any], day: str) -> View:
    """Each pupil with year group and class before and after."""
    objects = [
        {
            "id": m.record["id"],
            "name": m.name,
            "year_group": m.old.get("year_group"),
            "class": m.old.get("class"),
            "new_year_group": m.new.get("year_group"),
            "new_class": m.new.get("class"),
            "note": m.note,
        }
        for m in sorted(moved, key=_place)
    ]
    columns = (
        Column("id", "Id"),
        Column("name", "Name"),
        Column("year_group", "Year"),
        Column("class", "Class"),
        Column("new_year_group", "New year"),
        Column("new_class", "New class"),
        Column("note", "Note"),
    )
    title = f"School year {academic_year_label(day)}"
    return listing(title, school, day, columns, objects, "Nobody is on roll.")


def _place(moved: Moved) -> tuple[int, str, tuple[str, str]]:
    year = moved.old.get("year_group", "X")
    return (
        terms.YEAR_GROUPS.index(year),
        moved.old.get("class", ""),
        sort_key(moved.name),
    )
