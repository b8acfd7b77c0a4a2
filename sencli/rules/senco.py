"""The school's SENCO: the mandatory qualification."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.people.senco_qualification import qualified_by
from sencli.core.people.senco_qualification import senco_since
from sencli.core.text.dates import words
from sencli.rules.case import Case
from sencli.rules.example import ON_SUPPORT
from sencli.rules.model import Gap
from sencli.rules.model import Rule

# The NPQ took the place of the award on this day; the duty is older.
_NPQ = "2024-09-01"
_DUTY = "2009-09-01"
# Section 67 of the Children and Families Act 2014 is of mainstream schools.
_NOT_BOUND = frozenset({"special", "alternative_provision", "independent", "other"})
_SENCO: Mapping[str, Any] = {
    "initials": "JP",
    "name": "J. Patel",
    "roles": [{"role": "SENCO", "from": "2022-09-01"}],
}


@Rule(
    code="P17",
    name="A SENCO with the qualification",
    level="should",
    scope="school",
    cites="Special Educational Needs and Disability Regulations 2014 reg 49, as "
    "amended from 1 September 2024",
    asks="The SENCO has the NPQ for SENCOs (or, appointed before September 2024, the "
    "National Award) within three years of being appointed.",
    why="Who plans for the hardest-to-teach children should have been taught how.",
    meet="sen staff set INITIALS --npq-awarded DATE",
    school={"staff": [_SENCO]},
    school_right={"staff": [{**_SENCO, "senco": {"awarded": "2025-06-30"}}]},
    fails={**ON_SUPPORT},
    passes={**ON_SUPPORT},
)
def p17(case: Case) -> Iterator[Gap]:
    """Found when a SENCO was appointed more than three years ago without the award.

    Appointed since 1 September 2024 it is a must: the NPQ.
    """
    if case.school.get("type") in _NOT_BOUND:
        return
    for number, person in enumerate(case.school.get("staff", ())):
        appointed = senco_since(person, case.day)
        last = qualified_by(appointed) if appointed >= _DUTY else ""
        awarded = person.get("senco", {}).get("awarded", "")
        if not last or last >= case.day or (awarded and awarded <= case.day):
            continue
        yield Gap(
            ("staff", number),
            f"{person['name']} became a SENCO on {words(appointed)}; the qualification "
            f"was due by {words(last)} and is not recorded.",
            f"sen staff set {person['initials']} --npq-awarded DATE",
            "must" if appointed >= _NPQ else None,
            "school.yaml",
        )
