"""Search results: one row for each matching field."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.record.search import Hit
from sencli.core.record.search import snippet
from sencli.documents.lists.listing import listing
from sencli.documents.view import Column
from sencli.documents.view import View


def search_results(
    hits: Sequence[tuple[str, str, Hit]],
    words: Sequence[str],
    school: Mapping[str, Any],
    day: str,
    *,
    restricted: bool,
) -> View:
    """The hits as a table.

    Args:
        hits: pupil's id, name and hit.
        words: what was searched for.
        school: ``school.yaml``.
        day: ISO date.
        restricted: whether the text of what is so marked is shown.
    """
    objects = [
        {
            "pupil": pupil,
            "name": name,
            "date": hit.date or None,
            "path": hit.path,
            "text": snippet(hit.text, words[0])
            if restricted or not hit.restricted
            else "(restricted; add --restricted to see it)",
        }
        for pupil, name, hit in hits
    ]
    columns = (
        Column("name", "Pupil"),
        Column("date", "Date", "date"),
        Column("path", "Where"),
        Column("text", "Text"),
        Column("pupil", "Id"),
    )
    title = f"Found: {' '.join(words)}"
    return listing(title, school, day, columns, objects, "Nothing found.")
