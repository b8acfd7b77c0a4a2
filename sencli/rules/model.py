"""Rules and findings as data: levels, scopes, editions."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from typing import TYPE_CHECKING
from typing import Any
from typing import Literal
from typing import NamedTuple

from sencli.value import Value
from sencli.value import field
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.core.record.walk import Path
    from sencli.rules.case import Case
    from sencli.rules.case import Scope

Level = Literal["must", "reminder", "should", "may"]
LEVELS: tuple[Level, ...] = ("must", "reminder", "should", "may")
"""Most serious first: the law, on the school; the law, on the local authority; the
Code's guidance, which a school may answer with a reason; what may help."""

LEVEL_WORDS: Mapping[Level, str] = {
    "must": "must (the school's duty in law)",
    "reminder": "reminder (the local authority's duty in law)",
    "should": "should (guidance; answer it or give a reason)",
    "may": "may (a note)",
}


class Gap(NamedTuple):
    """The result of one check, before its rule's code is added.

    ``level`` replaces the rule's own; ``file`` is a file of the school's, such as
    ``provisions.yaml``, where the place is not in the pupil's record. ``together`` is
    the command that mends it for several pupils at once, where that is honest: nothing
    in it is about one of them. ``PUPILS`` stands for their ids.
    """

    path: Path
    message: str
    mend: str
    level: Level | None = None
    file: str = ""
    together: str = ""


class Finding(Value):
    """A place where a record falls short of a rule.

    Attributes:
        code: the rule's code.
        level: how serious it is.
        path: keys and indices into the record; the nearest that is there.
        message: what is missing, in plain words.
        mend: the command that mends it.
        excepted: the reason with which the school answered it, or "".
        file: the school's file that the path leads into; "" is the pupil's record.
        together: the command that mends it for several pupils at once, or "".
    """

    code: str
    level: Level
    path: Path
    message: str
    mend: str
    excepted: str = ""
    file: str = ""
    together: str = ""


RuleCheck = Callable[["Case"], Iterator[Gap]]


def _nothing(case: Case) -> Iterator[Gap]:
    del case
    return iter(())


class Edition(Value):
    """An edition of the Code; its rules hold from a day."""

    code: str
    title: str
    begins: str
    ends: str = "9999-12-31"


EDITIONS = {
    "sendcop-2015": Edition(
        "sendcop-2015",
        "SEND Code of Practice: 0 to 25 years (January 2015)",
        "2015-01-01",
    ),
}


class Rule(Value):
    """One duty, and how a record shows that it is met.

    Attributes:
        code: stable, never used again: family letter and number.
        name: what is as it should be when the rule is met.
        level: how serious a finding is.
        scope: whom it judges.
        cites: paragraphs and statutes.
        asks: what it asks.
        why: why it matters.
        meet: the exact command that meets it.
        fails: the smallest record that it finds fault with, on the example day.
        passes: the same record put right.
        confirmed: whether the paragraph numbers were checked.
        draft_section: the section of the draft Code of 2013 that says it, or "".
        school: how the example's school differs from the usual one.
        school_right: what of that school is otherwise where it is put right.
        edition: the edition of the Code.
        check: gives what is missing.
    """

    code: str
    name: str
    level: Level
    scope: Scope
    cites: str
    asks: str
    why: str
    meet: str
    fails: Mapping[str, Any]
    passes: Mapping[str, Any]
    confirmed: bool = False
    draft_section: str = ""
    school: Mapping[str, Any] = field(default_factory=dict)
    school_right: Mapping[str, Any] = field(default_factory=dict)
    edition: str = "sendcop-2015"
    check: RuleCheck = _nothing

    @property
    def shown(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        """Both examples for people, with the school's file where that is at fault."""
        if not self.school_right:
            return self.fails, self.passes
        right = {**self.school, **self.school_right}
        return {"school.yaml": self.school}, {"school.yaml": right}

    def __call__(self, check: RuleCheck) -> Rule:
        """The rule with its check: a rule decorates its one function."""
        return replace(self, check=check)

    @property
    def citation(self) -> str:
        """Where it comes from; a number that nobody has checked says so."""
        mark = "" if self.confirmed else " (paragraph to be confirmed)"
        return f"{self.cites}{mark}"

    @property
    def order(self) -> tuple[str, int]:
        """Its place among the rules: by family, then number."""
        return self.code[0], int(self.code[1:])

    @property
    def found_when(self) -> str:
        """When it finds fault, in one sentence."""
        return " ".join((self.check.__doc__ or "").split())

    def in_force(self, day: str) -> bool:
        """Whether its edition of the Code holds on the day."""
        edition = EDITIONS[self.edition]
        return edition.begins <= day <= edition.ends
