"""Measurements over time as a small chart: of an outcome, or of a test."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.cycle import progress
from sencli.core.cycle.progress import Point
from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import axis_words
from sencli.core.cycle.scales import place
from sencli.core.record import lookup
from sencli.documents.made_in.wording import Wording
from sencli.documents.made_in.wording import capital
from sencli.documents.view import Chart
from sencli.documents.view import Series
from sencli.value import replace

_DRAWN = 2
"""A chart needs this many measurements; one is said in words."""


def chart(
    title: str,
    points: Sequence[Point],
    scale: Scale,
    words: Wording,
    aim: Any = None,
    *,
    of: str = "outcome",
    course: tuple[str, str] = ("", ""),
) -> Chart | None:
    """The measurements as a line with the aim; ``None`` with fewer than two.

    Args:
        title: what is measured, for those who cannot see the line.
        points: in order of time.
        scale: what they are measured on.
        words: the wording.
        aim: the value hoped for.
        of: what is measured: an outcome or a test.
        course: ISO dates of the review and of the aim, or "": such a chart is small,
            to stand beside the outcome, and its days run on to the review.
    """
    drawn = [point for point in points if point.place is not None and point.date]
    if len(drawn) < _DRAWN:
        return None
    # along an axis a word needs no quotation marks
    said = words.section("values") | {"word": "{value}"}
    target = place(aim, scale)
    aim_words = "" if target is None else progress.bare(aim, scale, None, said)
    listed = "; ".join(
        words(
            "summary.point",
            date=words.date(point.date),
            value=progress.bare(point.value, scale, point.interval, said),
        )
        for point in drawn
    )
    if course[0]:
        alt = words("summary.alt_course", points=listed)
    else:
        key = "summary.alt" if of == "outcome" else "summary.alt_test"
        alt = words(key, outcome=title, points=listed)
    if aim_words:
        key = "summary.alt_aim" if course[0] else "summary.alt_target"
        alt = f"{alt} {words(key, value=aim_words)}"
    name = capital(scale.measure or words("summary.measured"))
    caption = name if of == "outcome" else capital(title)
    days = [lookup.days_between(drawn[0].date, point.date) for point in drawn]
    made = Chart(
        kind="line",
        labels=_labels(drawn, words),
        series=(Series(name, tuple(point.place for point in drawn)),),
        alt=alt,
        caption=caption,
        x=tuple(map(float, days)),
        target=target,
        target_label=words("summary.target_label"),
        names=_names(drawn, scale, target, said),
    )
    return _course(made, drawn[0].date, course, words) if course[0] else made


def _course(chart: Chart, first: str, course: tuple[str, str], words: Wording) -> Chart:
    """The same small: its caption is said beside it, its days run on to the review."""
    until, by = course
    year = f" {until[2:4]}" if until[:4] != first[:4] else ""
    return replace(
        chart,
        kind="course",
        caption="",
        until=float(lookup.days_between(first, until)),
        until_label=words.short_date(until) + year,
        target_x=float(lookup.days_between(first, by or until)),
    )


def _labels(points: Sequence[Point], words: Wording) -> tuple[str, ...]:
    """Each date, with its year where the chart runs over more than one."""
    years = {point.date[:4] for point in points}
    return tuple(
        words.short_date(point.date) + (f" {point.date[2:4]}" if len(years) > 1 else "")
        for point in points
    )


def _names(
    points: Sequence[Point],
    scale: Scale,
    target: float | None,
    said: Mapping[str, str],
) -> tuple[tuple[float, str], ...]:
    """Words for the values: those of an ordinal scale, ages as years and months."""
    if scale.kind != "age":
        return axis_words(scale)
    known = {point.place for point in points} | {target}
    return tuple(
        (
            value,
            progress.bare(
                f"{int(value) // 12}:{int(value) % 12:02d}", scale, None, said
            ),
        )
        for value in sorted(value for value in known if value is not None)
    )
