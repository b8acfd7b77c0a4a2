"""Numbers as people type them: a per cent, days, hours a week."""

from __future__ import annotations

import re
from decimal import Decimal

from sencli.errors import InvalidValue
from sencli.value import Value

_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})?")
_STEPS = {
    "1": "a whole number",
    "0.5": "a number in halves, such as 1.5,",
    "0.1": "a number with one decimal at most, such as 91.3,",
}


class Amount(Value):
    """A number within bounds, in whole steps.

    Attributes:
        what: what it is, for messages: "a per cent".
        low: the least, as text.
        high: the most.
        step: what it is a multiple of.
        unit: what may stand after it, as a pattern.
    """

    what: str
    low: str
    high: str
    step: str = "1"
    unit: str = ""

    def read(self, typed: str) -> float:
        """The number; a whole one as such.

        Raises:
            InvalidValue: it is no number, or cannot be one of these.
        """
        text = typed.strip()
        bare = re.sub(rf"\s*{self.unit}$", "", text) if self.unit else text
        step = _STEPS.get(self.step, "a number, such as 12.5,")
        hint = f"Write {step} from {self.low} to {self.high}."
        if not _NUMBER.fullmatch(bare):
            raise InvalidValue(f"{text!r} is not {self.what}.", hint)
        number = Decimal(bare)
        within = Decimal(self.low) <= number <= Decimal(self.high)
        if not within or number % Decimal(self.step):
            raise InvalidValue(f"{text} cannot be {self.what}.", hint)
        return int(number) if number == int(number) else float(number)


PERCENT = Amount("a per cent", "0", "100", "0.1", r"(?:%|per ?cent)")
POSSIBLE = Amount("a number of sessions", "1", "400")
ATTENDED = Amount("a number of sessions", "0", "400")
DAYS = Amount("a number of days", "0.5", "45", "0.5", "days?")
HALF_DAYS = Amount("a number of half days", "1", "90")
HOURS_A_WEEK = Amount("hours a week", "0.25", "40", "0.25", "h(?:ours?)?")
DAYS_A_WEEK = Amount("days a week", "0.5", "5", "0.5", "days?")
