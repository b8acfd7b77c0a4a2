"""Each aim of a plan once, for parents: how it went, the help, a small chart."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.cycle import progress
from sencli.core.cycle.progress import Point
from sencli.core.cycle.scales import Scale
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.documents.made_in.family_scale import family_scale
from sencli.documents.made_in.measured_chart import chart
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.wording import Wording
from sencli.documents.view import Beside
from sencli.documents.view import Block
from sencli.documents.view import Heading
from sencli.documents.view import Text


def over(cycle: Entry) -> bool:
    """Whether a cycle is over: reviewed, or closed without a review."""
    return "review" in cycle or "closed" in cycle


def aim(
    record: Entry,
    cycle: Entry,
    outcome: Entry,
    number: int,
    setting: PaperContext,
    *,
    before: str = "",
    help_lines: Sequence[str] = (),
) -> Beside:
    """One aim, numbered, with its help; the chart at its right.

    Args:
        record: the pupil's, as the reader may see it.
        cycle: the cycle of the plan.
        outcome: the aim.
        number: of the aim in the plan.
        setting: the school, the day and the wording.
        before: what the review of the plan before said of it, or "".
        help_lines: the support that serves it, in words.
    """
    words = setting.words
    title = words("summary.numbered", number=number, outcome=outcome["outcome"])
    scale = family_scale(outcome, setting)
    points = progress.series(record, outcome, setting.scales)
    left: list[Block] = [Heading(title, 3)]
    told = [before, *_progress_sentences(cycle, outcome, scale, points, setting)]
    if said := " ".join(text for text in told if text):
        left.append(Text(said))
    if help_lines:
        label = words("summary.label", label=words("summary.help"))
        left.append(Text("\n".join(help_lines), label=label))
    target = outcome.get("target", {})
    drawn = chart(
        outcome["outcome"],
        points,
        scale,
        words,
        target.get("value"),
        course=(_until(cycle, outcome, points), target.get("by", "")),
    )
    return Beside(tuple(left), (drawn,) if drawn else (), wide=37, marked=True)


def verdict(cycle: Entry, outcome: Entry, words: Wording) -> str:
    """What a review found of an aim, in words; "" where it says nothing."""
    result = progress.result_of(cycle, outcome["id"])
    return words.find(f"results.{result.get('result', '')}") or ""


def _until(cycle: Entry, outcome: Entry, points: Sequence[Point]) -> str:
    """The day of the review that was or is to be, or else of the last measurement."""
    held = cycle.get("review", {}).get("date") or cycle.get("closed", {}).get("date")
    planned = cycle.get("plan", {}).get("review_by")
    day = held or planned or outcome.get("target", {}).get("by") or ""
    return max([day, *(point.date for point in points)])


def _progress_sentences(
    cycle: Entry,
    outcome: Entry,
    scale: Scale,
    points: Sequence[Point],
    setting: PaperContext,
) -> list[str]:
    """The result, the progress, the target, and how we shall know."""
    words = setting.words
    result = progress.result_of(cycle, outcome["id"])
    sentences = [verdict(cycle, outcome, words)]
    if not points and not result:
        sentences.append(words("summary.not_measured"))
    sentences += _moved(points, scale, words)
    sentences.append(_target(outcome, scale, setting, was=over(cycle)))
    criteria = outcome.get("success_criteria")
    if criteria and not over(cycle):
        sentences.append(words("summary.aim_success", criteria=_stopped(criteria)))
    sentences.append(_stopped(str(result.get("evidence", ""))))
    return sentences


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


def _target(outcome: Entry, scale: Scale, setting: PaperContext, *, was: bool) -> str:
    """The target, in the past tense once its date or the cycle is over."""
    target, words = outcome.get("target", {}), setting.words
    was = was or target.get("by", STILL) < setting.day
    if "value" not in target:
        key = "summary.aim_was" if was else "summary.aim_by"
        return words(key, date=words.date(target["by"])) if "by" in target else ""
    said = words.section("values")
    value = progress.value_words(target["value"], scale, target.get("interval"), said)
    key = "summary.target_was" if was else "summary.target"
    if "by" not in target:
        return words(f"{key}_no_date", value=value)
    return words(key, value=value, date=words.date(target["by"]))


def _stopped(text: str) -> str:
    """The text as a sentence that others can follow."""
    flat = text.strip()
    return flat if not flat or flat[-1] in ".!?" else f"{flat}."
