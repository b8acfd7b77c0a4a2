"""A01 to A07: identifying that a pupil may have SEN."""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core.text.dates import words
from sencli.core.text.placeholders import DONE
from sencli.core.text.placeholders import PLANNED
from sencli.core.text.placeholders import REASON
from sencli.core.text.placeholders import SEEN
from sencli.core.text.placeholders import YES_NO
from sencli.rules.case import Case
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import in_cycle
from sencli.rules.model import Gap
from sencli.rules.model import Rule

SETTLING_DAYS = 120
ANSWER_DAYS = 14

_EAL_WORDS = ("eal", "first language", "home language", "additional language")


@Rule(
    code="A01",
    name="Skills and attainment on entry",
    level="should",
    scope="watched",
    cites="SEND Code of Practice 6.16",
    draft_section="Identifying needs in schools",
    asks="Assess each pupil's skills and attainment on entry, building on what the "
    "setting before knew.",
    why="Without a starting point nobody can say whether progress is enough.",
    meet="sen pupil set PUPIL roll.baseline.date=DATE "
    'roll.baseline.summary="WHAT WAS SEEN"',
    fails={**ON_SUPPORT, "roll": [{"from": "2025-09-02"}]},
    passes={
        **ON_SUPPORT,
        "roll": [
            {
                "from": "2025-09-02",
                "from_school": "Little Acorns",
                "baseline": {
                    "date": "2025-09-20",
                    "summary": "Counts to 5; speaks in two-word sentences.",
                },
            }
        ],
    },
)
def a01(case: Case) -> Iterator[Gap]:
    """Found when a pupil came more than a term ago and nothing is recorded of entry."""
    arrived = case.joined
    if not arrived or arrived > case.ago(SETTLING_DAYS) or "baseline" in case.stay:
        return
    taken_over = any(
        entry.get("kind") == "entry" for entry in case.record.get("transitions", ())
    ) or any(entry["from"] < arrived for entry in case.record.get("status", ()))
    if not taken_over:
        yield Gap(
            ("roll",),
            "Nothing is recorded of what the pupil could do on entry "
            f"({words(arrived)}).",
            f"sen pupil set {case.id} roll.baseline.date=DATE "
            'roll.baseline.summary="WHAT WAS SEEN"',
        )


@Rule(
    code="A02",
    name="Disability and adjustments considered",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.9 and 6.16; Equality Act 2010",
    draft_section="The Equality Act 2010",
    asks="Consider whether the pupil may be disabled, and what reasonable adjustments "
    "are needed. Making them is a duty in law.",
    why="Many pupils with SEN are disabled in the meaning of the Act, and adjustments "
    "do not wait for SEN support.",
    meet='sen consider PUPIL disability --conclusion "yes|no" '
    '--adjustment "WHAT IS PLANNED"',
    fails={
        **ON_SUPPORT,
        "considerations": [
            {
                "id": "c2nd",
                "date": "2025-09-15",
                "about": "disability",
                "conclusion": "yes",
            }
        ],
    },
    passes={
        **ON_SUPPORT,
        "considerations": [
            {
                "id": "c2nd",
                "date": "2025-09-15",
                "about": "disability",
                "conclusion": "yes",
                "adjustments": ["Sits at the front; worksheets in 18 point"],
            }
        ],
    },
)
def a02(case: Case) -> Iterator[Gap]:
    """Found when it was never considered, or disability goes without adjustments."""
    looked_at = case.considered("disability")
    disabled = "disability" in case.flags or any(
        entry.get("conclusion") == "yes" for entry in looked_at
    )
    if not looked_at and not disabled:
        yield Gap(
            ("considerations",),
            "It is not recorded whether the pupil may be disabled and needs "
            "reasonable adjustments.",
            f"sen consider {case.id} disability --conclusion {YES_NO}",
        )
    adjusted = any(entry.get("adjustments") for entry in looked_at)
    if disabled and not adjusted and not any(case.strategies()):
        yield Gap(
            ("considerations",),
            "The pupil may be disabled, and no reasonable adjustments are recorded.",
            f"sen consider {case.id} disability --conclusion {YES_NO} "
            f"--adjustment {PLANNED}",
        )


@Rule(
    code="A03",
    name="High quality teaching first",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.19 and 6.37",
    draft_section="6.5 Schools",
    asks="Teaching targeted at the pupil's weaknesses comes first, and does not wait "
    "for a decision about SEN.",
    why="Most pupils make progress through good teaching; how a pupil responds to it "
    "shows what the need is.",
    meet="sen consider PUPIL high_quality_teaching --date DATE "
    '--reason "WHAT WAS DONE"',
    fails=ON_SUPPORT,
    passes={
        **ON_SUPPORT,
        "considerations": [
            {
                "id": "c2nd",
                "date": "2025-07-01",
                "about": "high_quality_teaching",
                "reason": "Small-step instructions since Easter; little change.",
            }
        ],
    },
)
def a03(case: Case) -> Iterator[Gap]:
    """Found when nothing says what teaching did before SEN support began."""
    first = case.began
    if first is None or first.item["provision"] != "K":
        return
    start = first.item["from"]
    record = case.record
    earlier = (
        any(e["date"] <= start for e in case.considered("high_quality_teaching"))
        or any(e.get("from", start) < start for e in record.get("adjustments", ()))
        or any(
            e["date"] <= start and e.get("response") for e in record.get("concerns", ())
        )
        or any(
            e["from"] < start and e.get("monitoring") for e in record.get("status", ())
        )
    )
    if not earlier:
        yield Gap(
            first.path,
            "Nothing says what was tried in class before SEN support began on "
            f"{words(start)}.",
            f"sen consider {case.id} high_quality_teaching --date DATE --reason {DONE}",
        )


@Rule(
    code="A04",
    name="Progress compared",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.17",
    draft_section="Identifying needs in schools",
    asks="Identify progress that is not enough by comparing: with peers from the same "
    "start, with the pupil's earlier progress, with the gap to others.",
    why="A low mark alone is not SEN; the comparison shows that something more is "
    "needed.",
    meet='sen cycle set PUPIL --compared-with-peers "WHAT WAS SEEN"',
    fails=in_cycle(assess={"date": "2025-09-15"}),
    passes=in_cycle(
        assess={
            "date": "2025-09-15",
            "compared_with_peers": "Reads 22 of 100 words; the class 70.",
        }
    ),
)
def a04(case: Case) -> Iterator[Gap]:
    """Found when the first assessment compares the pupil's progress with nothing."""
    if case.began is None or not case.cycles:
        return
    first = case.cycles[0]
    assessed = first.item.get("assess")
    if assessed is None:
        return
    measured = any(
        "baseline" in outcome
        for outcome in first.item.get("plan", {}).get("outcomes", ())
    )
    if not (
        assessed.get("attainment") or assessed.get("compared_with_peers") or measured
    ):
        yield Gap(
            first.to("assess"),
            f"The assessment of {words(assessed['date'])} compares progress with "
            "nothing: not with peers, not with earlier progress.",
            f"sen cycle set {case.id}{case.of(first)} --compared-with-peers {SEEN}",
        )


@Rule(
    code="A05",
    name="The pupil's own concern answered",
    level="should",
    scope="roll",
    cites="SEND Code of Practice 6.20",
    draft_section="SEN support in Schools",
    asks="Listen to concerns that the pupil raises, and address them.",
    why="A child who speaks up and hears nothing does not speak up again.",
    meet='sen concern set PUPIL CONCERN --response "WHAT WAS DONE"',
    fails={
        "concerns": [
            {
                "id": "n3xd",
                "date": "2026-01-12",
                "raised_by": "pupil",
                "concern": "The words move on the page",
            }
        ]
    },
    passes={
        "concerns": [
            {
                "id": "n3xd",
                "date": "2026-01-12",
                "raised_by": "pupil",
                "concern": "The words move on the page",
                "response": "Eye test asked for; coloured paper tried meanwhile.",
            }
        ]
    },
)
def a05(case: Case) -> Iterator[Gap]:
    """Found when a concern of the pupil has had no answer for two weeks."""
    for index, concern in enumerate(case.record.get("concerns", ())):
        if (
            concern.get("raised_by") == "pupil"
            and not concern.get("response")
            and case.here_since <= concern["date"] <= case.ago(ANSWER_DAYS)
            and case.ours(concern, concern["date"])
        ):
            yield Gap(
                ("concerns", index),
                f"The pupil's own concern of {words(concern['date'])} has no answer.",
                f"sen concern set {case.id} {concern['id']} --response {DONE}",
            )


@Rule(
    code="A06",
    name="Causes of behaviour looked at",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.21",
    asks="Where behaviour is the sign, assess what causes it: learning, communication, "
    "mental health, home.",
    why="Behaviour is not itself SEN; support for the wrong cause does not help.",
    meet='sen consider PUPIL causes_of_behaviour --reason "WHAT WAS SEEN"',
    fails={
        **ON_SUPPORT,
        "needs": [{"id": "d5hy", "type": "SEMH", "rank": 1, "description": "Runs out"}],
    },
    passes={
        **ON_SUPPORT,
        "needs": [{"id": "d5hy", "type": "SEMH", "rank": 1, "description": "Runs out"}],
        "considerations": [
            {
                "id": "c2nd",
                "date": "2025-09-15",
                "about": "causes_of_behaviour",
                "reason": "Language screened: no difficulty. Bereaved in May.",
            }
        ],
    },
)
def a06(case: Case) -> Iterator[Gap]:
    """Found when SEMH is the primary need and nothing says that causes were sought."""
    primary = case.needs[0] if case.needs else {}
    if primary.get("type") != "SEMH":
        return
    advised = any(entry.get("advice") for entry in case.record.get("specialists", ()))
    settled = primary.get("basis") in {"specialist", "diagnosis"}
    if not (advised or settled or case.considered("causes_of_behaviour")):
        yield Gap(
            case.need_path(primary),
            "The primary need is SEMH, and no assessment of what causes the behaviour "
            "is recorded.",
            f"sen consider {case.id} causes_of_behaviour --reason {SEEN}",
        )


@Rule(
    code="A07",
    name="English as an additional language considered",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.23 and 6.24",
    draft_section="6.5 Schools",
    asks="Look carefully at whether slow progress comes from learning English or from "
    "SEN.",
    why="Difficulty with English as a new language is not SEN, and SEN must not be "
    "overlooked because of it.",
    meet='sen consider PUPIL eal --conclusion "yes|no" --reason "THE REASON"',
    fails={**ON_SUPPORT, "flags": [{"flag": "eal", "from": "2021-09-06"}]},
    passes={
        **ON_SUPPORT,
        "flags": [{"flag": "eal", "from": "2021-09-06"}],
        "considerations": [
            {
                "id": "c2nd",
                "date": "2025-09-15",
                "about": "eal",
                "reason": "Mother says that her Urdu is behind her brother's too.",
            }
        ],
    },
)
def a07(case: Case) -> Iterator[Gap]:
    """Found when a pupil with EAL has support and nothing says it was considered."""
    if "eal" not in case.flags or case.began is None or case.considered("eal"):
        return
    told = [str(entry.get("reason", "")) for entry in case.record.get("status", ())]
    told += [
        str(at.item.get("assess", {}).get("teacher_assessment", ""))
        for at in case.cycles
    ]
    said = " ".join(told).casefold()
    if not any(word in said.split() or f" {word}" in said for word in _EAL_WORDS):
        yield Gap(
            ("flags",),
            "English is an additional language, and nothing says whether that explains "
            "the difficulty.",
            f"sen consider {case.id} eal --conclusion {YES_NO} --reason {REASON}",
        )
