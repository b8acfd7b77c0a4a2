"""What was typed of a session's time: a day, a period, or a week that is counted."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core import sessions
from sencli.core.choice import choose
from sencli.core.dates import words
from sencli.core.sessions import Span
from sencli.errors import InvalidValue
from sencli.errors import UsageFault

ALSO = {"ill": "pupil_absent", "absent": "pupil_absent", "refused": "pupil_refused"}


def counting(typed: Mapping[str, Any]) -> bool:
    """Whether a week is counted; what goes with it and what does not."""
    if "week" not in typed and "delivered" not in typed:
        return False
    if "delivered" not in typed:
        raise UsageFault(
            "--week needs --delivered.", "Say how many took place: --delivered NUMBER"
        )
    for name in ("since", "until", "again", "ordinal", "minutes", "reason"):
        if typed.get(name):
            raise UsageFault(
                "A week is counted by --week, --delivered and --missed REASON=N.",
                "Leave out --from, --to, --again, --ordinal, --minutes and --reason.",
            )
    if "week" in typed and "date" in typed:
        raise UsageFault("--week and --date both say which week.", "Give one of them.")
    return True


def check_reasons(typed: Mapping[str, Any]) -> None:
    """Refuse reasons that no entry would hold.

    Raises:
        UsageFault: more than one reason for a session, or one where all were there.
    """
    if len(typed.get("missed", ())) > 1:
        raise UsageFault(
            "A session that did not take place has one reason.",
            "Give --missed once; several go with --week and --delivered.",
        )
    if typed.get("reason") and not (typed.get("missed") or typed.get("absent")):
        raise UsageFault(
            "--reason says why somebody was absent, and nobody is named.",
            "Add --absent NAME or --missed REASON, or use --note.",
        )
    if typed.get("reason") and typed.get("note") and typed.get("missed"):
        raise UsageFault(
            "--reason and --note would stand in the same place.",
            "Put both into --note.",
        )


def span_of(typed: Mapping[str, Any], today: str, *, over: bool) -> Span:
    """The day, the period or the week that was typed."""
    if counting(typed):
        day = typed.get("week") or typed.get("date") or today
        return sessions.week_span(day)
    since, until = typed.get("since"), typed.get("until")
    if since is None and until is None:
        day = typed.get("date") or today
        return Span(day, day)
    if "date" in typed:
        raise UsageFault(
            "--date is one day, --from and --to are a period.", "Give one of the two."
        )
    if since is None:
        raise UsageFault("--to needs --from.", "Say the first day: --from DATE")
    if typed.get("again") or typed.get("ordinal"):
        raise UsageFault("--again and --ordinal go with one day: --date.")
    last = until or today
    if last < since:
        raise InvalidValue(
            f"The period ends on {words(last)}, before it begins on {words(since)}.",
            "Give a later --to, or an earlier --from.",
        )
    return Span(since, last, each=True, over=over)


def check_held(span: Span, today: str) -> None:
    """Refuse sessions of days to come: nobody can know yet whether they were held.

    Raises:
        InvalidValue: the day, or the last of the period, is after today.
    """
    if span.last <= today:
        return
    hint = "Give the right day with its year (--date), or log it once it was held."
    if span.each:
        hint = "End the period with the last day that has been: --to today"
    raise InvalidValue(
        f"{words(span.last)} has not come yet: no session has been held on it.", hint
    )


def missed_of(typed: Sequence[str]) -> dict[str, int]:
    """``staff-absent=1`` as the record counts it."""
    found: dict[str, int] = {}
    for text in typed:
        for part in text.split(","):
            name, _, count = part.partition("=")
            if not count.strip().isdigit():
                raise InvalidValue(
                    f"{part!r} does not say how many.",
                    "Write the reason and the number: --missed REASON=NUMBER",
                )
            found[choose(name, terms.MISSED, "reason", ALSO)] = int(count)
    return found
