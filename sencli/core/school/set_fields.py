"""Set single fields of ``school.yaml``."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.record import fields
from sencli.core.record.act import Act
from sencli.core.record.diff import Schema
from sencli.core.record.types import Record
from sencli.errors import InvalidValue
from sencli.errors import UsageFault

_OWN_COMMAND = {
    "staff": "sen staff set INITIALS --role ROLE",
    "rates": "sen rate set ROLE POUNDS",
    "terms": "sen term add NAME DATE DATE",
    "number_on_roll": "sen roll set NUMBER --date DATE",
    "national_figures": "sen national set FIGURE NUMBER --year YEAR",
}


def ages(typed: str) -> dict[str, int]:
    """An age range from ``4-11`` or ``4 to 11``."""
    first, _, last = typed.replace("to", "-").partition("-")
    try:
        found = {"from": int(first), "to": int(last)}
    except ValueError:
        found = {"from": 1, "to": 0}
    if not 0 <= found["from"] <= found["to"]:
        raise InvalidValue(f"{typed!r} is not an age range.", "Type it as 4-11")
    return found


def set_school(
    school: Record, typed: Sequence[str], day: fields.Day, root: Schema
) -> Act:
    """The school with the fields of ``field=value`` set.

    Args:
        school: ``school.yaml``.
        typed: such as ``letterhead.colour=#1f4e79``; ``field=`` clears.
        day: makes an ISO date from a typed one.
        root: the school's schema.
    """
    made = school
    said = []
    for part in typed:
        name, text = fields.assignment(part)
        if (own := _OWN_COMMAND.get(name.partition("[")[0])) is not None:
            raise UsageFault(f"{name} is not set this way.", own)
        if name == "ages" and text:
            made = {**made, "ages": ages(text)}
            continue
        field = fields.locate(name, made, root)
        value = fields.value_of(field, text, day, root)
        if name == "name" and not value:
            raise UsageFault("A school needs a name.", "name=SCHOOL")
        made = fields.assigned(made, field.steps, value)
        if field.old is None and value is not None:
            said.append(f"{name} is {text}")
    told = f": {'; '.join(said)}" if said else ""
    return Act(made, f"Changed the details of the school{told}.")
