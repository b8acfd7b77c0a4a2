"""Skills and attainment on entry (Code 6.16), kept with the stay on roll."""

from __future__ import annotations

from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.errors import UsageFault


def set_baseline(
    record: Record, summary: str | None, day: str | None, source: str | None, today: str
) -> Act:
    """The record with what the pupil could do on entry; what is named is amended.

    Args:
        record: the pupil's.
        summary: what the assessment showed.
        day: when it was made; by default soon after entry is not assumed: today.
        source: where it comes from.
        today: ISO date.

    Raises:
        UsageFault: there is no summary yet.
    """
    roll = list(record.get("roll", ()))
    stay = lookup.newest(roll, day or today) or (dict(roll[-1]) if roll else {})
    old = stay.get("baseline", {})
    made = {**old, **given({"date": day, "source": source, "summary": summary})}
    made.setdefault("date", today)
    if "summary" not in made:
        raise UsageFault("--summary is needed.", 'Add --summary "WHAT WAS SEEN"')
    entry = {**stay, "baseline": made}
    places = [n for n, old_stay in enumerate(roll) if old_stay == stay]
    if places:
        roll[places[-1]] = entry
    else:
        roll.append(entry)
    return Act(
        {**record, "roll": roll},
        f"On entry, {full_name(record)} ({words(made['date'])}): {made['summary']}",
    )
