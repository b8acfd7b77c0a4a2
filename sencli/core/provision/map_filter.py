"""Which rows of the provision map are wanted."""

from __future__ import annotations

from sencli.value import Value


class MapFilter(Value):
    """Which rows are wanted; an empty field asks for nothing.

    Attributes:
        class_: class or form.
        year_group: year group.
        need: a type of need, or part of the name of an area of need.
        tier: layer of support.
        provision: key or name of a provision of the catalogue.
        pupils: ids of pupils.
        period: first and last day; all that overlaps it, and its part of the cost.
            Empty: what is in force on the day, with the whole of its cost.
        to_date: the cost is of what was delivered by the day.
    """

    class_: str = ""
    year_group: str = ""
    need: str = ""
    tier: str = ""
    provision: str = ""
    pupils: tuple[str, ...] = ()
    period: tuple[str, str] | None = None
    to_date: bool = False
