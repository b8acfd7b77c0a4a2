"""Lists of one kind of entry in a pupil's record, with the pupil's name over them."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence

from sencli.core.papers.restricted import unrestricted
from sencli.core.record.lookup import display_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.documents.lists.listing import all_fields
from sencli.documents.lists.listing import listing
from sencli.documents.view import Column
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.value import replace

Rows = tuple[Sequence[Entry], Sequence[Entry]]
"""The entries as json prints them, and as the rows of the table say them."""


def record_list(
    title: str,
    kind: str,
    *columns: Column,
    empty: str = "None recorded.",
    hides: bool = False,
) -> Callable[[Callable[[Record, Entry], Rows]], Callable[[Record, Entry, str], View]]:
    """Make a list, from a record, the school and the day, of what gives its rows.

    Args:
        title: what the entries are.
        kind: the title of such an entry in the schemas, like ``Need``.
        columns: their keys are field names of the rows.
        empty: what stands there when there are none.
        hides: whether what is restricted is left out, and said to be there.
    """

    def make(
        rows: Callable[[Record, Entry], Rows],
    ) -> Callable[[Record, Entry, str], View]:
        def build(record: Record, school: Entry, day: str) -> View:
            entries, objects = rows(record, school)
            number = len(entries)
            if hides:
                entries, objects = unrestricted(entries), unrestricted(objects)
            view = listing(
                f"{title}: {display_name(record)}",
                school,
                day,
                columns,
                objects,
                empty,
                all_fields(entries, kind),
            )
            return with_hidden(view, number - len(entries))

        return build

    return make


def with_hidden(view: View, hidden: int) -> View:
    """The list, which says how many entries it leaves out."""
    if not hidden:
        return view
    are = "entry is" if hidden == 1 else "entries are"
    told = f"{hidden} restricted {are} not shown: sen pupil show PUPIL --restricted"
    return replace(view, blocks=(*view.blocks, Text(told, "small")))
