"""Views that are gathered before a review: they wait for it in the open cycle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.cycle.review import heard
from sencli.core.people.context import Context
from sencli.core.people.context import views
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.edit import put_cycle
from sencli.core.record.edit import the_cycle
from sencli.core.record.types import Record
from sencli.core.record.wording import who_is
from sencli.core.text.dates import words
from sencli.errors import UsageFault


def hear(record: Record, typed: Mapping[str, Any], context: Context) -> Act:
    """Keep what somebody says for the review to come (Code 6.53, 6.54).

    Raises:
        NotFound: no cycle is open.
        UsageFault: nobody's words were given.
    """
    cycle = the_cycle(record, typed.get("cycle"), open_only=True)
    day = typed.get("date") or context.today
    said = views(typed, record, context, day)
    if not said:
        raise UsageFault(
            "Nobody's words were given.",
            "Add --pupil-view, --parent-view or --view.",
        )
    do = cycle.get("do", {})
    waiting = heard(do.get("views", ()), said)
    whose = lookup.joined([who_is(view["of"], record) for view in said])
    return Act(
        put_cycle(record, {**cycle, "do": {**do, "views": waiting}}),
        f"Kept for the review of {lookup.full_name(record)}: what {whose} said on "
        f"{words(day)}.",
        {},
        (),
        (("Cycle", cycle["id"]),),
    )
