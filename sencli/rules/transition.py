"""C01 to C03: transitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli import terms
from sencli.core.record.lookup import academic_year
from sencli.core.record.lookup import left_on
from sencli.core.statutory.deadlines import phase_ends
from sencli.core.statutory.deadlines import records_due
from sencli.core.text.dates import words
from sencli.core.text.placeholders import PLANNED
from sencli.rules.case import Case
from sencli.rules.example import ON_SUPPORT
from sencli.rules.model import Gap
from sencli.rules.model import Rule

ADULTHOOD_YEAR = 9

_YEAR_6 = {**ON_SUPPORT, "placements": [{"from": "2025-09-01", "year_group": "6"}]}
_YEAR_9 = {**ON_SUPPORT, "placements": [{"from": "2025-09-01", "year_group": "9"}]}
_MOVE: dict[str, Any] = {
    "id": "t6rm",
    "date": "2026-02-02",
    "to": "Elm High School",
    "kind": "phase",
    "actions": "Two visits; the SENCOs meet in May",
}
_LEFT: dict[str, Any] = {
    **ON_SUPPORT,
    "roll": [
        {"from": "2021-09-06", "until": "2025-12-19", "to_school": "Elm Primary"},
    ],
}


def half_term_over(case: Case) -> bool:
    """Whether the spring half-term of this school year is over."""
    spring = academic_year(case.day) + 1
    halves = [
        term["half_term"]["end"]
        for term in case.school.get("terms", ())
        if f"{spring}-01-01"
        <= term.get("half_term", {}).get("end", "")
        < f"{spring}-04"
    ]
    return case.day > max(halves, default=f"{spring}-02-28")


@Rule(
    code="C01",
    name="The move to the next phase planned",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.42 and 6.57",
    draft_section="Publishing information",
    asks="SEN support includes planning and preparing for moves between phases and for "
    "adult life.",
    why="Support that took years to find is lost over one summer.",
    meet='sen transition add PUPIL --to SCHOOL --actions "WHAT IS PLANNED"',
    fails=_YEAR_6,
    passes={**_YEAR_6, "transitions": [_MOVE]},
)
def c01(case: Case) -> Iterator[Gap]:
    """Found after spring half-term in a phase's last year, with no plan to move."""
    if not phase_ends(case.year_group, case.school) or not half_term_over(case):
        return
    since = f"{academic_year(case.day)}-03-01"
    planned = any(
        since <= entry["date"] <= case.day and entry.get("kind") != "entry"
        for entry in case.record.get("transitions", ())
    )
    reviewed = any(
        since <= review["date"] <= case.day and review.get("kind") == "phase_transfer"
        for review in case.record.get("ehc", {}).get("reviews", ())
    )
    if not (planned or reviewed):
        yield Gap(
            ("transitions",),
            f"{terms.year_group_name(case.year_group)} ends a phase, and no transition "
            "is planned.",
            f"sen transition add {case.id} --to SCHOOL --actions {PLANNED}",
        )


@Rule(
    code="C02",
    name="Information passed on, as agreed",
    level="must",
    scope="left",
    cites="SEND Code of Practice 6.57; Pupil Information Regulations 2005 reg 9",
    draft_section="The role of the SENCO in schools",
    asks="Share information with the next school, and agree with parents and pupil "
    "what is shared. The educational record goes within 15 school days.",
    why="The next school starts from nothing unless somebody sends it.",
    meet="sen transition set PUPIL ITEM --agreed-with WHO --sent DATE",
    fails=_LEFT,
    passes={
        **ON_SUPPORT,
        "roll": [{**_LEFT["roll"][0], "records_sent": "2026-01-09"}],
        "transitions": [
            {**_MOVE, "agreed_with": ["parent", "pupil"], "sent": "2026-01-09"}
        ],
    },
)
def c02(case: Case) -> Iterator[Gap]:
    """Found when a leaver's information was not sent, or was without agreement.

    A maintained school must send the record; another should.
    """
    had_sen = any(e["provision"] != "N" for e in case.record.get("status", ()))
    stays = case.record.get("roll", ())
    if not had_sen or not stays:
        return
    left = left_on(case.record)
    last = max(range(len(stays)), key=lambda n: str(stays[n].get("until", "")))
    sent = [stays[last].get("records_sent", "")]
    for index, entry in enumerate(case.record.get("transitions", ())):
        if entry.get("kind") == "entry":
            continue
        sent.append(entry.get("sent", ""))
        if entry.get("sent") and not entry.get("agreed_with"):
            yield Gap(
                ("transitions", index),
                f"Information went to {entry.get('to', 'the next school')} on "
                f"{words(entry['sent'])} and it is not recorded who agreed to it.",
                f"sen transition set {case.id} {entry['id']} --agreed-with WHO",
                "should",
            )
    if not any(sent):
        due = records_due(left, case.school_days)
        if case.day > due:
            yield Gap(
                ("roll", last),
                f"The pupil left on {words(left)}; the record was due at the next "
                f"school by {words(due)} and is not shown as sent.",
                f"sen export transfer {case.id} --sent DATE"
                f"{'' if 'to_school' in stays[last] else ' --to SCHOOL'}",
                None if case.school.get("type") == "maintained" else "should",
            )


@Rule(
    code="C03",
    name="Preparing for adulthood from Year 9",
    level="should",
    scope="register",
    cites="SEND Code of Practice 8.9",
    draft_section="Supporting successful preparation for adulthood",
    asks="From Year 9 at the latest, plan for employment, independent living and "
    "taking part in society.",
    why="Adult life comes at once; preparing for it takes years.",
    meet="sen outcome add PUPIL OUTCOME --pfa AREA",
    fails=_YEAR_9,
    passes={
        **_YEAR_9,
        "cycles": [
            {
                "id": "y2qf",
                "plan": {
                    "outcomes": [
                        {
                            "id": "o8fd",
                            "outcome": "Travels to college alone",
                            "pfa": "independent_living",
                        }
                    ]
                },
            }
        ],
    },
)
def c03(case: Case) -> Iterator[Gap]:
    """Found when no outcome of a pupil in Year 9 or above looks to adult life."""
    if case.year < ADULTHOOD_YEAR:
        return
    outcomes: list[Any] = [
        outcome
        for at in case.cycles
        for outcome in at.item.get("plan", {}).get("outcomes", ())
    ]
    if case.plan is not None:
        outcomes += case.plan.item.get("outcomes", ())
    looked = any("pfa" in outcome for outcome in outcomes) or any(
        review.get("pfa") for review in case.record.get("ehc", {}).get("reviews", ())
    )
    moves = case.record.get("transitions", ())
    if not looked and not any(entry.get("kind") == "adult_life" for entry in moves):
        yield Gap(
            ("cycles",),
            f"The pupil is in Year {case.year_group}, and no outcome prepares for "
            "adult life.",
            f"sen outcome add {case.id} OUTCOME --pfa AREA"
            if case.open
            else f"sen transition add {case.id} --kind adult_life --actions {PLANNED}",
        )
