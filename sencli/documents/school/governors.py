"""The governing body's paper: a page that tells how it goes, and an annex of figures.

A closed audience sees every total of the school, whatever its size. Single cells are
kept back only where groups are crossed. ``governors_public`` is the strict edition.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from typing import Any

from sencli.core.papers.anonymise import Unnamed
from sencli.core.record.lookup import joined
from sencli.core.record.types import Entry
from sencli.core.reports import governors as core
from sencli.core.reports import impact as core_impact
from sencli.core.reports import school_totals
from sencli.core.reports.governors import Figures
from sencli.core.reports.impact import Impact
from sencli.core.reports.school_totals import Totals
from sencli.core.school import percentages
from sencli.core.school.published_reports import GOVERNORS
from sencli.core.school.published_reports import KINDS
from sencli.core.school.published_reports import text_of
from sencli.core.school.settings import settings
from sencli.core.text.dates import add_months
from sencli.core.text.dates import words
from sencli.core.text.money import pounds
from sencli.core.text.plural import plural
from sencli.core.time.calendar import year_of
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.made_in.wording import capital
from sencli.documents.school import governors_annex as annex
from sencli.documents.school import governors_public
from sencli.documents.school import published
from sencli.documents.school.impact import share
from sencli.documents.view import ONE_PAGE
from sencli.documents.view import Aside
from sencli.documents.view import Beside
from sencli.documents.view import Block
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Heading
from sencli.documents.view import Series
from sencli.documents.view import Space
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.value import Value
from sencli.value import replace

Row = dict[str, Any]
Period = tuple[str, str]

CONFIDENTIAL = "Confidential to the governing body"
_YEAR = 12
_QUESTIONS = 4
_DUTIES = 3
_LONG = 400
"""Letters of a text of people's that still stands on the first page."""
_LINE = 50
"""Letters on a line there."""
_OVERLEAF = {
    "comment": "It stands in full at the end of the annex.",
    "duties": "What we do about them stands at the end of the annex.",
    "questions": "Our own questions stand at the end of the annex.",
}


class _Year(Value):
    """All that the paper tells of."""

    setting: PaperContext
    period: Period
    figures: Figures
    totals: Totals
    given: tuple[Impact, ...]
    withheld: int
    found: tuple[Row, ...]
    above: int
    written: Entry

    @property
    def small(self) -> int:
        """Counts from 1 to below this are kept back where groups are crossed."""
        return settings(self.setting.school).small_number

    @property
    def duties(self) -> list[Row]:
        """The duties in law that the records do not show to be met."""
        return [row for row in self.found if row["level"] == "must"]

    @property
    def cost(self) -> tuple[int, int]:
        """Pence planned, and delivered so far."""
        return (
            sum(i.pence or 0 for i in self.given),
            sum(i.spent or 0 for i in self.given),
        )


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """The paper for the governing body; the strict edition where that is wanted."""
    request = request or SchoolRequest()
    if request.public or settings(setting.school).governors == "public":
        return governors_public.build(records, setting, request)
    made = _read(records, setting, request.period or year_of(setting.day))
    view = setting.view(
        "SEN this year: report to governors",
        [*_first_page(made), Break(), *_annex(made)],
        records,
        subtitle=f"{_span(made)} \u00b7 {CONFIDENTIAL}",
        data=_data(made),
        footer=CONFIDENTIAL,
        sheet=ONE_PAGE,
        asides=_asides(made, records),
    )
    return (published.coded(view, GOVERNORS, setting),)


def _read(records: Iterable[Entry], setting: PaperContext, period: Period) -> _Year:
    given, withheld = core_impact.impacts(records, setting, setting.day, period)
    # a first name or a family name alone tells a governor who it is
    staff = [str(person["name"]) for person in setting.school.get("staff", ())]
    named = Unnamed(records, staff)
    texts = named.value(setting.published.get(GOVERNORS, {}))
    given = [replace(one, name=named.value(one.name)) for one in given]
    return _Year(
        setting,
        period,
        core.figures(records, setting.school, setting.day, period, 0),
        school_totals.totals(records, setting.school, setting.day, period),
        tuple(sorted(given, key=lambda i: (-(i.pence or 0), i.name))),
        withheld,
        tuple(
            {**row, "what_we_do": annex.what_we_do(row["rule"])}
            for row in governors_public.findings(records, setting, 0)
        ),
        governors_public.above_element_2(records, setting, period),
        texts,
    )


def _span(made: _Year) -> str:
    """``School year 2026-27 to 30 November 2026``."""
    label = core_impact.label(made.period)
    began = f"School year {label}" if label else words(made.period[0])
    day = made.setting.day
    if label and day >= made.period[1]:
        return began
    return f"{began} to {words(min(day, made.period[1]))}"


def _asides(made: _Year, records: Iterable[Entry]) -> tuple[Aside, ...]:
    asides = list(published.looked_over(GOVERNORS, records, made.setting))
    if not text_of(made.written, "comment"):
        asides.append(
            Aside(
                "The SENCO has written nothing for it yet: room is left for a hand.",
                f'sen report write {GOVERNORS} comment "TEXT"',
            )
        )
    if percentages.roll_on(made.setting.school, made.totals.day) is None:
        asides.append(
            Aside(
                "The number on roll is not entered, so there is no share of it.",
                "sen roll set NUMBER --date DATE",
            )
        )
    return tuple(asides)


# ---- the first page ----


def _first_page(made: _Year) -> list[Block]:
    lead = Text(_lead(made), "lead")
    spark = _spark(made.totals)
    moved = Text(_moved(made))
    head: list[Block] = (
        [Beside((lead, moved), (spark,), wide=42)] if spark else [lead, moved]
    )
    boxes = (
        Box("Did we do what we must?", (*_done(made), *_open(made)), span=2),
        Box("Does it work?", _works(made), span=2),
        Box("What does it cost?", (Bullets(tuple(_costs(made))),)),
        Box("Where is it?", _where(made.totals)),
        Box("The SENCO says", _comment(made), style="plain"),
        Box(
            "Questions you might ask",
            (Bullets(tuple(questions_asked(made))),),
            style="plain",
        ),
    )
    return [*head, Heading("At a glance"), Boxes(boxes, columns=2)]


def _lead(made: _Year) -> str:
    figures = made.figures
    count = figures.pupils or 0
    roll = percentages.roll_on(made.setting.school, made.totals.day)
    if not count:
        return "Nobody is on the SEN register."
    of = plural(count, "pupil")
    if roll is not None and roll[0]:
        part = percentages.share_of(count, roll[0])
        of = f"{count} of {plural(roll[0], 'pupil')} ({part:g}%)"
    verb = "is" if count == 1 else "are"
    return (
        f"{of} {verb} on the SEN register: {figures.support or 'none'} on SEN "
        f"support, {figures.plan or 'none'} with an EHC plan."
    )


def _this(made: _Year) -> str:
    """``This year``; or ``This time``, where another was asked for."""
    return "This year" if core_impact.label(made.period) else "This time"


def _moved(made: _Year) -> str:
    figures, trend = made.figures, made.totals.trend
    began = plural(figures.started or "no", "pupil")
    new = plural(figures.to_plan or "no", "pupil")
    told = (
        f"{_this(made)} SEN support began for {began} and ended for "
        f"{figures.ended or 'none'}; {new} came to have an EHC plan."
    )
    if not trend:
        return f"{told} The records show nobody on the register a year ago."
    day, count = trend[0]
    was = "was" if count == 1 else "were"
    pupils = plural(count or "no", "pupil")
    return f"{told} A year ago, on {words(day)}, {pupils} {was} on the register."


def _spark(totals: Totals) -> Chart | None:
    if not totals.trend:
        return None
    said = "; ".join(f"{words(day)} {count}" for day, count in totals.trend)
    ends = (totals.trend[0][0], totals.trend[-1][0])
    inner = [""] * (len(totals.trend) - 2)
    return Chart(
        kind="spark",
        labels=(words(ends[0]), *inner, words(ends[1])),
        series=(Series("pupils", tuple(count for _, count in totals.trend)),),
        alt=f"Pupils on the SEN register month by month: {said}.",
        caption="Pupils on the register over the year",
    )


def _done(made: _Year) -> tuple[Block, ...]:
    figures = made.figures
    reviews = "No review of support was due"
    if figures.due:
        reviews = (
            f"Reviews of support: {figures.due} due, {figures.on_time} in time, "
            f"{figures.late} late, {figures.missing} not held"
        )
    met = ""
    if figures.expected:
        met = f"; {figures.met} of {figures.expected} families met as often as is due"
    told = (
        f"{reviews}.",
        f"Annual reviews of EHC plans held: {figures.annual}.",
        f"Meetings with parents, held or offered: {figures.meetings}{met}.",
    )
    return (Text(" ".join(told)),)


def _open(made: _Year) -> tuple[Block, ...]:
    """The duties open, each with what is done; more of them are in the annex."""
    if not made.duties:
        return (Text("The records show no duty in law that is open."),)
    count = len(made.duties)
    duties = "1 duty in law is" if count == 1 else f"{count} duties in law are"
    told = Text(f"{duties} open (in brackets: how often):")
    if written := text_of(made.written, "duties"):
        names = [f"{row['name']} ({row['findings']})" for row in made.duties]
        return (
            told,
            Bullets(tuple(names[:_DUTIES])),
            Text(_OVERLEAF["duties"] if _is_long(written) else written),
        )
    lines = [
        f"{row['name']} ({row['findings']}) \u2192 {row['what_we_do']}"
        for row in made.duties[:_DUTIES]
    ]
    more = [f"{count - _DUTIES} more: see the annex"] if count > _DUTIES else []
    return (told, Bullets((*lines, *more)))


def _where(totals: Totals) -> tuple[Block, ...]:
    if not sum(count for _, count in totals.areas):
        return (Text("Nobody is on the register."),)
    areas = [f"{annex.area_words(area)}: {count}" for area, count in totals.areas]
    stages = [f"{capital(stage)}: {count}" for stage, count in totals.stages]
    return (Bullets(tuple(areas)), Text(" \u00b7 ".join(stages)))


_CAME = ("achieved", "in part or on track", "not yet achieved")


def _works(made: _Year) -> tuple[Block, ...]:
    now = tuple(count or 0 for count in made.figures.outcomes[:-1])
    before = made.totals.before
    rows = [("A year before", before), (_this(made), now)]
    rows = [(name, counts) for name, counts in rows if sum(counts)]
    if not rows:
        return (Text("No outcome was judged at a review, then or a year before."),)
    said = [
        f"{name}: {joined([f'{counts[at]} {how}' for at, how in enumerate(_CAME)])}"
        for name, counts in rows
    ]
    chart = Chart(
        kind="stack",
        labels=tuple(name for name, _ in rows),
        series=tuple(
            Series(how, tuple(counts[at] for _, counts in rows))
            for at, how in enumerate(_CAME)
        ),
        alt=f"Outcomes judged at reviews. {'; '.join(said)}.",
    )
    told = _judged(made.given)
    return (chart, Text(told)) if told else (chart,)


def _judged(given: Sequence[Impact]) -> str:
    rated = sum(i.rated for i in given)
    good = sum(n for i in given for mark, n in i.ratings.items() if mark >= 0)
    if not rated:
        return "No support has been judged against what was expected yet."
    times = plural(rated, "time")
    return f"Reviews found support as good as expected or better {good} of {times}."


def _costs(made: _Year) -> list[str]:
    planned, spent = made.cost
    due = sum(i.due for i in made.given)
    given = sum(i.delivered or 0 for i in made.given)
    rate = share(given, float(due))
    if not made.given:
        return ["The records show no support planned in this time"]
    costed = [one for one in made.given if one.pence is not None]
    told = [f"{pounds(planned)} planned, {pounds(spent)} of it delivered so far"]
    if not costed:
        # a sum of nothing that could be costed would be read as free
        told = ["No cost is known yet: what it rests on is not all entered"]
    if due:
        told.append(f"Sessions given: {given} of {annex.plain_sum(due)} due ({rate}%)")
    top = made.given[0]
    if top.pence:
        told.append(f"Most for: {top.name}, {pounds(top.pence)}")
    pupils = plural(made.above, "pupil") if made.above else "No pupil"
    limit = pounds(made.setting.threshold).removesuffix(".00")
    has = "have" if made.above > 1 else "has"
    if costed:
        told.append(
            f"{pupils} {has} support planned that costs more than {limit} (element 2)"
        )
    if costed and any(i.not_costed for i in made.given):
        told.append("Some support has no cost yet and is in no sum (see the annex)")
    return told


def questions_asked(made: _Year) -> list[str]:
    """The school's own questions, and others that the figures suggest."""
    figures = made.figures
    doubts = school_totals.Doubts(
        late=(figures.late or 0) + (figures.missing or 0),
        due=figures.due or 0,
        duties=len(made.duties),
        unmet=(figures.expected or 0) - (figures.met or 0),
        above=made.above,
        not_yet=figures.outcomes[2] or 0,
        unjudged=sum(not one.rated for one in made.given),
    )
    written = text_of(made.written, "questions")
    lines = (_OVERLEAF["questions"] if _is_long(written) else written).split("\n")
    own = [line.strip(" -\u2022") for line in lines]
    own = [line for line in own if line]
    return [*own, *school_totals.questions(doubts)][: max(_QUESTIONS, len(own))]


def _comment(made: _Year) -> tuple[Block, ...]:
    text = text_of(made.written, "comment")
    if not text:
        return (Space("Room for what the SENCO adds by hand", 2),)
    return (Text(_OVERLEAF["comment"] if _is_long(text) else text),)


def _is_long(text: str) -> bool:
    """Whether the first page has no room for it."""
    return len(text) + _LINE * text.count("\n") > _LONG


# ---- the annex, and the data ----


def _annex(made: _Year) -> list[Block]:
    at = made.totals.day
    blocks = [
        *annex.years(made.figures, made.above, made.setting.school, at),
        *annex.provisions(made.given, made.small, withheld=made.withheld),
        *annex.groups(made.totals, made.small),
        *annex.duties(made.found, made.setting.words.date(made.setting.day)),
    ]
    for section, heading in KINDS[GOVERNORS].headings.items():
        if _is_long(text := text_of(made.written, section)):
            blocks += annex.overleaf(heading, text)
    return blocks


def _data(made: _Year) -> Row:
    planned, spent = made.cost
    figures = {
        name: getattr(made.figures, name)
        for name in made.figures.__fields__
        if name != "patterns"
    }
    totals = made.totals
    before = (add_months(made.period[0], -_YEAR), add_months(made.period[1], -_YEAR))
    return {
        "confidential": CONFIDENTIAL,
        **figures,
        "outcomes": annex.outcomes(made.figures.outcomes[:-1]),
        "trend": [{"day": day, "pupils": count} for day, count in totals.trend],
        "year_before": {
            "from": before[0],
            "until": before[1],
            "outcomes": annex.outcomes(totals.before),
        },
        "areas": dict(totals.areas),
        "key_stages": dict(totals.stages),
        "above_element_2": made.above,
        "cost_pence": planned,
        "spent_pence": spent,
        "share_of_roll": annex.shares(made.figures, made.setting.school, totals.day),
        "provisions": [annex.row_of(one, made.small) for one in made.given],
        "patterns": annex.pattern_rows(totals, made.small),
        "findings": list(made.found),
        "comment": text_of(made.written, "comment"),
        "questions": questions_asked(made),
    }
