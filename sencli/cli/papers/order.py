"""A print order: which paper, for whom, in what form; and its options."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli import terms
from sencli.cli.shell.options import CYCLE
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import FUTURE
from sencli.cli.shell.options import NEED_OR_AREA
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import TIER
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import TimeOfDay
from sencli.cli.shell.options import stacked
from sencli.cli.shell.prompts import can_ask
from sencli.core.papers.readership import for_authority
from sencli.core.papers.readership import for_parents
from sencli.core.papers.readership import is_letter
from sencli.core.papers.readership import professional_reader
from sencli.core.papers.review_pack import OURSELVES
from sencli.core.papers.review_pack import PackReader
from sencli.core.provision.provision_map import GROUPINGS
from sencli.documents.registry import DOCUMENTS
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.value import Value
from sencli.value import field

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.core.papers.redact import Rules
    from sencli.core.record.types import Record


AUDIENCES = ("agency", "governor", "inspector", "new-school", "parent")
CARD = "card"
SIZES = ("a3", "a4", "a5", CARD)
"""Of a sheet; each document takes some. Cards are four to one, for a folder."""
LAST_MEETING = "last-meeting"
PARTS = tuple(dict.fromkeys(p for made in DOCUMENTS.values() for p in made.parts))
"""The parts of all packs."""
AUTHORITY = "agency"
"""The kind of reader that a local authority is."""


class Order(Value):
    """A paper as it was ordered.

    Attributes:
        document: its name in the registry.
        fmt: the format, or None for what the file's ending or the document says.
        output: file or folder, or None.
        force: whether to write over files.
        as_at: ISO date on which the paper is to be, or None for today.
        known_at: ISO date of what the records said then, or None.
        pupils: who was named, as typed.
        class_: the class as typed, or "".
        this_week: all who have a review this week.
        lang: language of the wording, or "".
        to: to whom, as typed, or "".
        audience: one of ``AUDIENCES``, or "".
        include: ids of restricted items to show.
        since: ISO date, ``last-meeting`` or "".
        cycle: the cycle as typed, or "".
        each: one file for each paper.
        record: note in the records that it was given.
        strict: refuse a paper with which a parent would struggle.
        everyone: all on the register.
        no_cover: no list in front of a batch.
        single_sided: papers in one file need not begin on the front of a sheet.
        large: in large print, whoever reads it.
        reasons: whether a family's paper gives the reasons in the record.
        any_day: whether the day of a meeting may be past, or one without school.
        meeting: what a letter is about: ``date``, ``time``, ``place``, ``service``,
            ``reason``.
        school: what a paper about many is narrowed to: options by name, as typed.
        parts: of a pack, the parts that are wanted; empty is all.
        size: of the sheet of a profile or a map: one of ``SIZES``.
    """

    document: str
    fmt: str | None = None
    output: str | None = None
    force: bool = False
    as_at: str | None = None
    known_at: str | None = None
    pupils: tuple[str, ...] = ()
    class_: str = ""
    this_week: bool = False
    lang: str = ""
    to: str = ""
    audience: str = ""
    include: frozenset[str] = frozenset()
    since: str = ""
    cycle: str = ""
    each: bool = False
    record: bool = False
    strict: bool = False
    everyone: bool = False
    no_cover: bool = False
    single_sided: bool = False
    large: bool = False
    reasons: bool = False
    any_day: bool = False
    meeting: Mapping[str, str] = field(default_factory=dict)
    school: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    size: str = "a4"

    @property
    def letter(self) -> bool:
        """Whether it is a letter, which has a reader."""
        return is_letter(self.document)

    @property
    def for_parents(self) -> bool:
        """Whether parents read it."""
        return for_parents(self.document) or self.audience == "parent"


class Copy(Value):
    """One paper for one reader.

    Attributes:
        record: the pupil's, as it will be when the paper is recorded.
        contact: id of the contact who gets it, or "".
        to: the reader as the record is to name them: a contact's id or a name, or "".
        lang: language of the wording, or "" for the school's.
        rules: what the reader does not get; None where nobody has been asked yet.
        part: of a pack: which part.
        reader: of a part: whose it is.
    """

    record: dict[str, Any]
    contact: str = ""
    to: str = ""
    lang: str = ""
    rules: Rules | None = None
    part: str = ""
    reader: PackReader = OURSELVES


class Since(click.ParamType[str]):
    """A date, or ``last-meeting``."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The ISO date, or the word."""
        typed = str(value).strip().casefold().replace(" ", "-")
        return typed if typed == LAST_MEETING else PAST.convert(value, param, ctx)


ordering = stacked(
    click.option("--class", "class_", metavar="CLASS", help="All of one class."),
    click.option(
        "--all", "everyone", is_flag=True, help="All who are on the SEN register."
    ),
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
        "--each",
        is_flag=True,
        help="One file each, named by id; --output FOLDER. Class pages: a sheet each.",
    ),
    click.option(
        "--no-cover",
        is_flag=True,
        help="Several pupils' papers in one pdf: no list for the SENCO in front.",
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
    click.option(
        "--large",
        is_flag=True,
        help="In large print (18 points), on as many pages as that takes.",
    ),
)
"""The options of a paper about pupils."""
lettering = stacked(
    click.option(
        "--for",
        "audience",
        type=click.Choice(AUDIENCES, case_sensitive=False),
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
    click.option(
        "--return-by", type=FUTURE, help="Letters: the day to answer by (in a week)."
    ),
    click.option("--service", type=WORDS, help="Letters: which specialist."),
    click.option("--reason", type=WORDS, help="Letters: why."),
    click.option(
        "--part",
        "parts",
        type=click.Choice(PARTS),
        multiple=True,
        help="Packs: this part alone (repeatable).",
    ),
    click.option(
        "--size",
        type=click.Choice(SIZES, case_sensitive=False),
        help="The sheet: map a4 or a3; profile, passport a4, a5 or card (four to one).",
    ),
)
"""The reader, and what letters are about."""


_SCHOOL_OPTIONS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "by": ("--by", {"type": click.Choice(GROUPINGS), "help": "Group, as map does."}),
    "year_group": ("--year-group", {"metavar": "YEAR", "help": "Of one year group."}),
    "need": (
        "--need",
        {"type": NEED_OR_AREA, "help": "For a type of need, or an area."},
    ),
    "tier": ("--tier", {"type": TIER, "help": "Of one layer of support."}),
    "provision": ("--provision", {"help": "Of one provision, by key or name."}),
    "staff": ("--staff", {"metavar": "INITIALS", "help": "Of one member of staff."}),
    "first": ("--from", {"type": DAY, "help": "From that day on."}),
    "last": ("--until", {"type": DAY, "help": "Up to that day."}),
    "year": ("--year", {"metavar": "2025-26", "help": "Of a school year."}),
    "to_date": ("--to-date", {"is_flag": True, "help": "Cost of what was delivered."}),
    "adults": ("--adults", {"is_flag": True, "help": "Also what the adults cost."}),
    "no_costs": ("--no-costs", {"is_flag": True, "help": "Leave money out."}),
    "public": (
        "--public",
        {"is_flag": True, "help": "Governors: withhold small numbers, to publish."},
    ),
}


school_options = stacked(
    *(
        click.option(option, name, **details)
        for name, (option, details) in _SCHOOL_OPTIONS.items()
    )
)
"""The options of the documents about the whole school; each takes some of them."""


def order_of(document: str, typed: Mapping[str, Any]) -> Order:
    """The order as the options have it."""
    from sencli.core.text.folding import fold

    service = str(typed.get("service") or "")
    audience = str(typed.get("audience") or "")
    if reader := professional_reader(document):
        if audience not in {"", AUTHORITY}:
            raise UsageFault(
                f"{document} is for {reader}, and for nobody else.",
                "Leave --for out.",
            )
        if typed["lang"].partition("-")[0].casefold() not in {"", "en"}:
            raise UsageFault(
                f"{document} is written in English, as {reader} reads it.",
                "Leave --lang out.",
            )
        audience = AUTHORITY
    meeting = {
        "date": typed.get("on"),
        "time": typed.get("time"),
        "place": typed.get("place"),
        "service": terms.SERVICE_LETTERS.get(fold(service), service),
        "reason": typed.get("reason"),
        "return_by": typed.get("return_by"),
    }
    return Order(
        document,
        fmt=typed["fmt"],
        output=typed["output"],
        force=typed["force"],
        as_at=typed["as_at"],
        known_at=typed["known_at"],
        pupils=typed["pupils"],
        class_=typed["class_"] or "",
        this_week=typed["this_week"],
        lang=typed["lang"],
        to=typed["to"],
        audience=audience,
        include=frozenset(i.strip() for i in typed["include"]),
        since=typed["since"] or "",
        cycle=typed["cycle"] or "",
        each=typed["each"],
        record=typed["record"],
        strict=typed["strict"],
        everyone=bool(typed.get("everyone")),
        no_cover=typed["no_cover"],
        single_sided=typed["single_sided"],
        large=typed["large"],
        reasons=typed["with_reasons"],
        any_day=bool(typed.get("any_day")),
        meeting={key: text for key, text in meeting.items() if text},
        school={key: typed[key] for key in _SCHOOL_OPTIONS if typed.get(key)},
        parts=tuple(typed.get("parts") or ()),
        size=typed.get("size") or "a4",
    )


def ordered_pupils(reading: Reading, order: Order) -> list[Record]:
    """The records of the pupils named, of a class, or due this week, each once.

    Raises:
        UsageFault: nobody is named, or there is nobody of that kind.
    """
    source = reading.source
    ids = [i for typed in order.pupils for i in reading.app.pupil_ids(typed, source)]
    named = reading.several(ids)
    if not (order.class_ or order.this_week or order.everyone):
        if not named and for_authority(order.document):
            return _owed_something(reading)
        if not named and can_ask():
            ctx = click.get_current_context()
            which = next(one for one in ctx.command.params if one.name == "pupils")
            raise click.MissingParameter(ctx=ctx, param=which)
        if not named:
            raise UsageFault(
                "No pupil was named.",
                "Name a pupil, or a class with --class, or --due-this-week, or --all.",
            )
        return list({record["id"]: record for record in named}.values())
    found = {record["id"]: record for record in reading.pupils()}
    if order.everyone:
        found = _on_register(reading, found)
    if order.class_:
        found = _of_class(reading, found, order.class_)
    if order.this_week:
        found = _by_class(found, reading.day)
        found = {i: r for i, r in found.items() if due_this_week(r, reading.day)}
        if not found:
            raise UsageFault(
                "Nobody has a review this week.",
                "See what is to come: sen due --within 4w",
            )
    return list(({record["id"]: record for record in named} | found).values())


def _by_class(records: dict[str, Record], day: str) -> dict[str, Record]:
    """The records as a teacher hands papers out: year by year, class by class."""
    from sencli.core.provision.register import place_in_list

    rows = sorted(records.values(), key=lambda record: place_in_list(record, day))
    return {str(record["id"]): record for record in rows}


def _owed_something(reading: Reading) -> list[Record]:
    """The pupils for whom an authority owes something.

    Raises:
        NotFound: there are none.
    """
    from sencli.core.statutory.owed import owed

    everybody = _by_class({r["id"]: r for r in reading.pupils()}, reading.day)
    found = [r for r in everybody.values() if owed([r], reading.school, reading.day)]
    if not found:
        raise NotFound(
            "No authority owes anything, so there is no letter to write.",
            "See what is due when: sen due --kind statutory",
        )
    return found


def _on_register(reading: Reading, records: dict[str, Record]) -> dict[str, Record]:
    """Those with SEN support or a plan, in the order of the register.

    Raises:
        UsageFault: there is nobody.
    """
    from sencli.core.provision import register

    rows = register.rows(records.values(), reading.day, register.RegisterFilter())
    if not rows:
        raise UsageFault("Nobody is on the SEN register.", "Name a pupil.")
    return {str(row["id"]): records[row["id"]] for row in rows}


def _of_class(
    reading: Reading, records: dict[str, Record], class_: str
) -> dict[str, Record]:
    from sencli.core.papers.class_map import classes
    from sencli.core.papers.class_map import named_class
    from sencli.core.provision import register

    rows = register.rows(
        records.values(), reading.day, register.RegisterFilter(class_=class_)
    )
    if not rows:
        named_class(class_, classes(records.values(), reading.day))
        raise UsageFault(
            f"Nobody in class {class_} is on the register.", "Name a pupil."
        )
    return {str(row["id"]): records[row["id"]] for row in rows}


def due_this_week(record: Mapping[str, Any], day: str) -> bool:
    """Whether a review is due, or a review meeting is held, from Monday to Sunday."""
    from sencli.core.record import lookup
    from sencli.core.text import dates

    if not lookup.on_roll(record, day):
        return False
    monday = dates.monday(day)
    sunday = dates.add_days(monday, 6)
    days = [lookup.review_by(record)]
    days += [review["date"] for review in record.get("ehc", {}).get("reviews", ())]
    days += [
        meeting["date"]
        for meeting in record.get("meetings", ())
        if meeting.get("kind") in {"review", "annual_review"}
    ]
    return any(monday <= date <= sunday for date in days)


def cycle_id(record: Record, typed: str) -> str:
    """The id of the cycle that a paper is about, as typed for any command.

    Raises:
        NotFound: there is no such cycle.
        InvalidValue: it was opened in error.
    """
    from sencli.core.record import lookup
    from sencli.core.record.edit import the_cycle

    one = the_cycle(record, typed, open_only=False)
    if one.get("closed", {}).get("reason") == "opened_in_error":
        label = lookup.cycle_label(record, one)
        raise InvalidValue(
            f"The cycle {label} was opened in error, so it appears on no paper.",
            f"See the others: sen cycle list {record['id']}",
        )
    return str(one["id"])
