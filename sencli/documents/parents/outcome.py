"""How one outcome has gone, in plain words and a small chart."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.cycle import progress
from sencli.core.cycle.progress import Point
from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import scale_of
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.documents.made_in.measured_chart import chart
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.wording import Wording
from sencli.documents.view import Block
from sencli.documents.view import Text


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
    aim = outcome.get("target", {}).get("value")
    if made := chart(outcome["outcome"], points, scale, words, aim):
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
