"""What outcomes on one measure moved from and to, in the middle.

Values on several measures are never put together: the measure that most outcomes of a
provision have is told of, and how many have another.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from statistics import median
from statistics import median_low

from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import place
from sencli.core.text.folding import fold
from sencli.value import Value

_MONTHS = 12
_UNITS = {"ordinal": "step", "age": "month"}


class Change(Value):
    """From entry to exit, of the outcomes on one measure.

    Attributes:
        measure: what is counted, as "words of 100"; or "".
        entry: the median on entry, as it is said; exit: on exit.
        change: the median of the changes: a number, steps of a scale, or months.
        unit: of the change, where it is not the measure's: ``step``, ``month``.
        outcomes: how many have this measure; others: how many have another.
    """

    measure: str
    entry: str
    exit: str
    change: float
    unit: str
    outcomes: int
    others: int


def median_change(values: Iterable[tuple[Scale, object, object]]) -> Change | None:
    """The change on the measure that most have; None where nothing has both values.

    Args:
        values: of each outcome the scale, the value on entry and on exit.
    """
    groups: dict[tuple[str, str, str], list[tuple[Scale, float, float]]] = {}
    for scale, start, end in values:
        first, last = place(start, scale), place(end, scale)
        if first is not None and last is not None:
            alike = (scale.kind, scale.key, fold(scale.measure))
            groups.setdefault(alike, []).append((scale, first, last))
    if not groups:
        return None
    most = max(sorted(groups), key=lambda alike: len(groups[alike]))
    found = groups[most]
    scale = found[0][0]
    return Change(
        scale.measure,
        _median_words([first for _, first, _ in found], scale),
        _median_words([last for *_, last in found], scale),
        median([last - first for _, first, last in found]),
        _UNITS.get(scale.kind, ""),
        len(found),
        sum(map(len, groups.values())) - len(found),
    )


def _median_words(places: Sequence[float], scale: Scale) -> str:
    """The median as people say it; of words in order, one that somebody had."""
    if scale.kind == "ordinal":
        return scale.values[int(median_low(places)) - 1]
    middle = median(places)
    if scale.kind == "age":
        years, months = divmod(round(middle), _MONTHS)
        return f"{years}:{months:02d}"
    return f"{middle:.1f}".removesuffix(".0")


def change_words(made: Change) -> str:
    """``words of 100: 22 → 37, +15 (3 of 4)``."""
    named = f"{made.measure}: " if made.measure else ""
    moved = f"{made.change:+.1f}".removesuffix(".0")
    moved = "0" if moved in {"+0", "-0"} else moved
    unit = f" {made.unit}{'' if abs(made.change) == 1 else 's'}" if made.unit else ""
    whole = made.outcomes + made.others
    of = f" of {whole}" if made.others else ""
    count = f" ({made.outcomes}{of})" if whole > 1 else ""
    return f"{named}{made.entry} \u2192 {made.exit}, {moved}{unit}{count}"
