"""The Code of Practice as rules: one pure function each.

To add a rule, write its function in the module of its family; a new family adds one
line to ``_FAMILIES``.
"""

from __future__ import annotations

from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any

from sencli.core.record.lookup import STILL
from sencli.rules import annual_review
from sencli.rules import assess
from sencli.rules import census
from sencli.rules import decision
from sencli.rules import duty
from sencli.rules import ehc_clocks
from sencli.rules import ehc_plan
from sencli.rules import identification
from sencli.rules import keeping
from sencli.rules import parents
from sencli.rules import planning
from sencli.rules import reviewing
from sencli.rules import senco
from sencli.rules import specialists
from sencli.rules import support
from sencli.rules import transition
from sencli.rules.case import Case
from sencli.rules.facts import Facts
from sencli.rules.model import EDITIONS
from sencli.rules.model import LEVEL_WORDS
from sencli.rules.model import LEVELS
from sencli.rules.model import Edition
from sencli.rules.model import Finding
from sencli.rules.model import Gap
from sencli.rules.model import Level
from sencli.rules.model import Rule
from sencli.rules.not_shown import NOT_SHOWN
from sencli.rules.not_shown import NotShown

__all__ = [
    "EDITIONS",
    "LEVELS",
    "LEVEL_WORDS",
    "NOT_SHOWN",
    "RULES",
    "Edition",
    "Finding",
    "Judge",
    "Level",
    "NotShown",
    "Rule",
    "findings",
    "rule_of",
    "whole_school",
]

_FAMILIES = (
    *(identification, decision, duty),
    *(assess, planning, support, reviewing),
    *(transition, specialists),
    *(parents, keeping, senco),
    *(annual_review, ehc_plan, ehc_clocks),
    census,
)

RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            found
            for family in _FAMILIES
            for found in vars(family).values()
            if isinstance(found, Rule)
        ),
        key=lambda rule: rule.order,
    )
)
"""Every rule, by family and number."""

Record = Mapping[str, Any]


def rule_of(code: str) -> Rule | None:
    """The rule of a code, however its letter is typed."""
    wanted = code.strip().upper()
    return next((rule for rule in RULES if rule.code == wanted), None)


class Judge:
    """The rules in force on a day, for all the pupils of one school.

    Args:
        school: the school, for its terms, staff and settings.
        day: ISO date.
        provisions: the catalogue; some rules ask what it says of a provision.
        rules: only these; all by default.
        bank_holidays: ISO dates that are no school days.
    """

    def __init__(
        self,
        school: Record,
        day: str,
        *,
        provisions: Record | None = None,
        rules: Iterable[Rule] | None = None,
        bank_holidays: Container[str] = (),
    ) -> None:
        self._facts = Facts(school, provisions, bank_holidays)
        self._day = day
        wanted = [r for r in (RULES if rules is None else rules) if r.in_force(day)]
        self._rules = [rule for rule in wanted if rule.scope != "school"]
        self._school_rules = [rule for rule in wanted if rule.scope == "school"]

    def findings(self, record: Record) -> list[Finding]:
        """Where one record falls short, by rule, then by place.

        A "should" that the record answers with a reason in ``exceptions`` has that
        reason in ``excepted``.
        """
        case = Case(record, self._facts, self._day)
        scopes = case.scopes
        return [
            _finding(case, rule, gap)
            for rule in self._rules
            if rule.scope in scopes
            for gap in rule.check(case)
        ]

    def of_school(self, record: Record) -> list[Finding]:
        """Findings about the school's own files from one record."""
        case = Case(record, self._facts, self._day)
        if "register" not in case.scopes:
            return []
        return [
            _finding(case, rule, gap)
            for rule in self._school_rules
            for gap in rule.check(case)
        ]


def findings(
    record: Record,
    school: Record,
    day: str,
    *,
    provisions: Record | None = None,
    rules: Iterable[Rule] | None = None,
    bank_holidays: Container[str] = (),
) -> list[Finding]:
    """Where one record falls short of the rules in force on the day."""
    judge = Judge(
        school, day, provisions=provisions, rules=rules, bank_holidays=bank_holidays
    )
    return judge.findings(record)


def whole_school(
    records: Iterable[Record],
    school: Record,
    day: str,
    *,
    provisions: Record | None = None,
    rules: Iterable[Rule] | None = None,
) -> list[Finding]:
    """Findings about the school's own files from all records, each once."""
    judge = Judge(school, day, provisions=provisions, rules=rules)
    found = {f: None for record in records for f in judge.of_school(record)}
    return list(found)


def _finding(case: Case, rule: Rule, gap: Gap) -> Finding:
    level = gap.level or rule.level
    excepted = _answered(case, rule.code) if level == "should" else ""
    return Finding(
        *(rule.code, level, gap.path, gap.message, gap.mend, excepted, gap.file),
        gap.together,
    )


def _answered(case: Case, code: str) -> str:
    """The reason with which the school answers a rule on the day, or ""."""
    for answer in reversed(case.record.get("exceptions", ())):
        if answer["rule"] == code and (
            answer["date"] <= case.day <= answer.get("until", STILL)
        ):
            return str(answer["reason"])
    return ""
