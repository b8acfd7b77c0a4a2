"""How one outcome has gone, in plain words and a small chart."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence

from sencli.core.cycle import progress
from sencli.core.cycle.progress import Point
from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import axis_words
from sencli.core.cycle.scales import place
from sencli.core.cycle.scales import scale_of
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.wording import Wording
from sencli.documents.made_in.wording import capital
from sencli.documents.view import Block
from sencli.documents.view import Chart
from sencli.documents.view import Series
from sencli.documents.view import Text

_DRAWN = 2
"""A chart needs this many measurements; one is said in words."""


def outcome_blocks(
    record: Entry, cycle: Entry, outcome: Entry, setting: PaperContext
) -> list[Block]:
    """The review's result, progress, the target and a chart."""
    words = setting.words
    scale = scale_of(outcome, setting.scales)
    points = progress.series(record, outcome, setting.scales)
    result = progress.result_of(cycle, outcome["id"])
    sentences = []
    if verdict := words.find(f"results.{result.get('result', '')}"):
        sentences.append(verdict)
    sentences += _moved(points, scale, words)
    over = "review" in cycle or "closed" in cycle
    if target := _target(outcome, scale, setting, over=over):
        sentences.append(target)
    if not points and not result:
        sentences.insert(0, words("summary.not_measured"))
    blocks: list[Block] = [Text(" ".join(sentences))] if sentences else []
    if "evidence" in result:
        blocks.append(Text(result["evidence"]))
    if made := chart(outcome, points, scale, words):
        blocks.append(made)
    return blocks


def _moved(points: Sequence[Point], scale: Scale, words: Wording) -> list[str]:
    """From where to where, and since when; of one measurement, where it began."""
    if not points:
        return []
    said = words.section("values")
    moved = progress.moved(points, scale, said)
    if len(points) == 1:
        return [words("summary.now", value=moved)]
    first, last = points[0], points[-1]
    start, end = (
        progress.value_words(point.value, scale, point.interval, said)
        for point in (first, last)
    )
    days = {"first": words.date(first.date), "last": words.date(last.date)}
    told = {"start": start, "end": end, "moved": moved, "date": days["first"]}
    return [words("summary.progress", **told, **days)]


def _target(outcome: Entry, scale: Scale, setting: PaperContext, *, over: bool) -> str:
    """The target, in the past tense once its date or the cycle is over."""
    target, words = outcome.get("target", {}), setting.words
    if "value" not in target:
        return ""
    said = words.section("values")
    value = progress.value_words(target["value"], scale, target.get("interval"), said)
    was = over or target.get("by", STILL) < setting.day
    key = "summary.target_was" if was else "summary.target"
    if "by" not in target:
        return words(f"{key}_no_date", value=value)
    return words(key, value=value, date=words.date(target["by"]))


def chart(
    outcome: Entry, points: Sequence[Point], scale: Scale, words: Wording
) -> Chart | None:
    """The measurements as a line with the aim; ``None`` with fewer than two."""
    drawn = [point for point in points if point.place is not None and point.date]
    if len(drawn) < _DRAWN:
        return None
    # along an axis a word needs no quotation marks
    said = words.section("values") | {"word": "{value}"}
    aim = outcome.get("target", {}).get("value")
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
    alt = words("summary.alt", outcome=outcome["outcome"], points=listed)
    if aim_words:
        alt = f"{alt} {words('summary.alt_target', value=aim_words)}"
    name = capital(scale.measure or words("summary.measured"))
    return Chart(
        kind="line",
        labels=_labels(drawn, words),
        series=(Series(name, tuple(point.place for point in drawn)),),
        alt=alt,
        caption=name,
        x=tuple(
            float(lookup.days_between(drawn[0].date, point.date)) for point in drawn
        ),
        target=target,
        target_label=words("summary.target_label"),
        names=_names(drawn, scale, target, said),
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
