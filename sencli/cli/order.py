"""What was ordered of a paper, and the options with which it is ordered."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any
from typing import TypeVar

import click

from sencli.cli.kinds import CYCLE
from sencli.cli.kinds import TimeOfDay
from sencli.cli.options import FUTURE
from sencli.cli.options import PAST
from sencli.cli.options import WORDS
from sencli.value import Value
from sencli.value import field

F = TypeVar("F", bound=Callable[..., Any])

AUDIENCES = ("agency", "governor", "inspector", "new-school", "parent")
PARENTS = ("summary", "profile", "support-plan")
"""Papers that parents read, beside the letters."""

LAST_MEETING = "last-meeting"


class Order(Value):
    """A paper as it was ordered.

    Attributes:
        document: its name in the registry.
        fmt: the format, or None for what the file's ending or the document says.
        output: file or folder, or None.
        force: whether to write over files.
        lang: language of the wording, or "".
        to: to whom, as typed, or "".
        audience: one of ``AUDIENCES``, or "".
        include: ids of restricted items to show.
        since: ISO date, ``last-meeting`` or "".
        cycle: the cycle as typed, or "".
        each: one file for each paper.
        record: note in the records that it was given.
        strict: refuse a paper with which a parent would struggle.
        single_sided: papers in one file need not begin on the front of a sheet.
        reasons: whether a family's paper gives the reasons in the record.
        any_day: whether the day of a meeting may be past, or one without school.
        meeting: what a letter is about: ``date``, ``time``, ``place``, ``service``,
            ``reason``.
    """

    document: str
    fmt: str | None = None
    output: str | None = None
    force: bool = False
    lang: str = ""
    to: str = ""
    audience: str = ""
    include: frozenset[str] = frozenset()
    since: str = ""
    cycle: str = ""
    each: bool = False
    record: bool = False
    strict: bool = False
    single_sided: bool = False
    reasons: bool = False
    any_day: bool = False
    meeting: Mapping[str, str] = field(default_factory=dict)

    @property
    def letter(self) -> bool:
        """Whether it is a letter, which has a reader."""
        return self.document.startswith("letter-")

    @property
    def for_parents(self) -> bool:
        """Whether parents read it."""
        return self.letter or self.document in PARENTS or self.audience == "parent"


class Since(click.ParamType[str]):
    """A date, or ``last-meeting``."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The ISO date, or the word."""
        typed = str(value).strip().casefold().replace(" ", "-")
        return typed if typed == LAST_MEETING else PAST.convert(value, param, ctx)


_OPTIONS = (
    click.option("--class", "class_", metavar="CLASS", help="All of one class."),
    click.option(
        "--due-this-week",
        "this_week",
        is_flag=True,
        help="All who have a review this week.",
    ),
    CYCLE,
    click.option(
        "--to",
        default="",
        metavar="WHO",
        help="For this contact: what other contacts said stays out.",
    ),
    click.option(
        "--include",
        multiple=True,
        metavar="ID",
        help="Show this restricted item, or this contact's words.",
    ),
    click.option(
        "--since",
        type=Since(),
        metavar="DATE|last-meeting",
        help="What has happened since then.",
    ),
    click.option(
        "--each", is_flag=True, help="One file each, named by id; --output FOLDER."
    ),
    click.option(
        "--record", is_flag=True, help="Note in the records that it was given."
    ),
    click.option(
        "--strict", is_flag=True, help="Refuse jargon, codes, other children's names."
    ),
    click.option(
        "--single-sided",
        is_flag=True,
        help="Several papers in one pdf: no blank pages that put each on a sheet "
        "of its own.",
    ),
    click.option(
        "--with-reasons",
        is_flag=True,
        help="Parents' papers: give the reasons as the record has them.",
    ),
    click.option("--lang", default="", help="Language of the wording, as en or pl."),
)
_LETTER_OPTIONS = (
    click.option(
        "--for",
        "audience",
        type=click.Choice(AUDIENCES),
        help="Leave out what is not for this reader.",
    ),
    click.option(
        "--on",
        type=FUTURE,
        help="Letters: the day of the meeting.",
    ),
    click.option(
        "--any-day",
        is_flag=True,
        help="Letters: also a day that is past, or when the school is closed.",
    ),
    click.option("--time", type=TimeOfDay(), help="Letters: at what time, as 3.30 pm."),
    click.option("--place", type=WORDS, help="Letters: where."),
    click.option("--service", type=WORDS, help="Letters: which specialist."),
    click.option("--reason", type=WORDS, help="Letters: why."),
)


def ordering(command: F) -> F:
    """The options of a paper about pupils."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def lettering(command: F) -> F:
    """The options of all papers together: the reader, and what letters are about."""
    for option in reversed(_LETTER_OPTIONS):
        command = option(command)
    return command


def order_of(document: str, typed: Mapping[str, Any]) -> Order:
    """The order as the options have it."""
    from sencli.core.folding import fold
    from sencli.core.specialists import SHORT

    service = str(typed.get("service") or "")
    meeting = {
        "date": typed.get("on"),
        "time": typed.get("time"),
        "place": typed.get("place"),
        "service": SHORT.get(fold(service), service),
        "reason": typed.get("reason"),
    }
    return Order(
        document,
        fmt=typed["fmt"],
        output=typed["output"],
        force=typed["force"],
        lang=typed["lang"],
        to=typed["to"],
        audience=typed.get("audience") or "",
        include=frozenset(i.strip() for i in typed["include"]),
        since=typed["since"] or "",
        cycle=typed["cycle"] or "",
        each=typed["each"],
        record=typed["record"],
        strict=typed["strict"],
        single_sided=typed["single_sided"],
        reasons=typed["with_reasons"],
        any_day=bool(typed.get("any_day")),
        meeting={key: text for key, text in meeting.items() if text},
    )
