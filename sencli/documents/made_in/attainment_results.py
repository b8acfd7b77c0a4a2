"""Tests and attainment outside outcomes on a paper: a sentence and a chart for each."""

from __future__ import annotations

from sencli.core.cycle import attainment
from sencli.core.cycle.attainment import Course
from sencli.core.cycle.progress import Point
from sencli.core.cycle.progress import bare
from sencli.core.cycle.scales import Scale
from sencli.core.record.types import Entry
from sencli.documents.made_in.measured_chart import chart
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.wording import capital
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.value import replace


def attainment_blocks(
    record: Entry, setting: PaperContext, *, since: str = "", most: int | None = None
) -> list[Block]:
    """The section; empty where there is no result.

    Args:
        record: the pupil's, as the reader may see it.
        setting: the school, the day and the wording.
        since: ISO date; tests last taken before it are left out.
        most: how many charts, the newest tests first; None is all.
    """
    found = [
        course
        for course in attainment.courses(record, setting.scales)
        if course.points[-1].date >= since
    ]
    if not found:
        return []
    found.sort(key=lambda course: course.points[-1].date, reverse=True)
    heading = Heading(setting.words("tests.heading"))
    lines = Bullets(tuple(course_said(course, setting) for course in found))
    drawn = charts_of(found, setting)[:most]
    return [Keep((heading, lines)), *drawn]


def attainment_courses(record: Entry, setting: PaperContext) -> list[Course]:
    """The results by what they measure, each in order of time."""
    return attainment.courses(record, setting.scales)


def charts_of(found: list[Course], setting: PaperContext) -> list[Block]:
    """A chart of each test that was taken more than once."""
    made = (
        chart(
            name_of(course, setting),
            *_in_words(course, setting),
            setting.words,
            of="test",
        )
        for course in found
    )
    return [one for one in made if one is not None]


def _in_words(course: Course, setting: PaperContext) -> tuple[list[Point], Scale]:
    """The points and the scale with judgements in the words of the paper."""
    judged = setting.words.section("judged")
    values = tuple(judged.get(value, value) for value in course.scale.values)
    points = [
        Point(
            point.date,
            judged.get(str(point.value), point.value),
            point.place,
            point.kind,
            point.outcome,
            point.interval,
        )
        for point in course.points
    ]
    return points, replace(course.scale, values=values)


def name_of(course: Course, setting: PaperContext) -> str:
    """What the results are of, in the words of the paper."""
    measure = setting.words.find(f"measures.{course.key}") or course.measure
    return capital(f"{measure} ({course.about})" if course.about else measure)


def course_said(course: Course, setting: PaperContext) -> str:
    """The results of one test in a sentence: the first and the last."""
    words = setting.words
    first, last = course.points[0], course.points[-1]
    told = {"test": name_of(course, setting), "end": _value(last, course, setting)}
    days = {"first": words.date(first.date), "last": words.date(last.date)}
    if len(course.points) == 1:
        return words("tests.one", **told, **days)
    start = _value(first, course, setting)
    return words("tests.progress", **told, **days, start=start)


def _value(point: Point, course: Course, setting: PaperContext) -> str:
    said = setting.words.section("values") | {"word": "{value}"}
    judged = setting.words.section("judged")
    value = judged.get(str(point.value), point.value)
    return bare(value, course.scale, point.interval, said)
