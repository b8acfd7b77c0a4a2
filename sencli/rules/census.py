"""K1 to K15: errors the school census would report (SENprovision, SENtype).

The numbers are those of the census's own validation rules of about 2019-20.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sencli.core.text.placeholders import SEEN
from sencli.core.text.placeholders import one_of
from sencli.rules.case import Case
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import WITH_PLAN
from sencli.rules.model import Gap
from sencli.rules.model import Rule

RETURNED = 2
DOWN_SYNDROME_FROM = "2025-09-01"

_NONE: dict[str, Any] = {"status": [{"from": "2025-09-15", "provision": "N"}]}
_WHY = (
    "The census return is wrong or comes back, and with it the school's funding data."
)


def _need(kind: str, rank: int | None = 1, need_id: str = "d5hy") -> dict[str, Any]:
    need = {"id": need_id, "type": kind, "rank": rank, "description": "In class"}
    return {k: v for k, v in need.items() if v is not None}


def _cites(number: str) -> str:
    return f"SEND Code of Practice 6.83; school census rule {number}"


@Rule(
    code="K1",
    name="A provision code for everybody with needs",
    level="should",
    scope="roll",
    cites=_cites("2120"),
    asks="Each pupil has a SEN provision code: N, K or E.",
    why=_WHY,
    meet='sen status set PUPIL "N|K|E" --since DATE',
    fails={"needs": [_need("SLCN")]},
    passes={**ON_SUPPORT, "needs": [_need("SLCN")]},
)
def k1(case: Case) -> Iterator[Gap]:
    """Found when needs or a cycle are recorded and no status ever was."""
    if not case.record.get("status") and (case.needs or case.cycles):
        yield Gap(
            ("status",),
            "Needs or a cycle are recorded, and no SEN provision code (N, K or E).",
            f"sen status set {case.id} {one_of('N', 'K', 'E')} --since DATE",
        )


@Rule(
    code="K2",
    name="No need types where there is no SEN",
    level="should",
    scope="roll",
    cites=_cites("2125"),
    asks="A pupil coded N has no SEN type.",
    why=_WHY,
    meet="sen need end PUPIL TYPE --date DATE",
    fails={**_NONE, "needs": [_need("SLCN")]},
    passes={**_NONE, "needs": [{**_need("SLCN"), "until": "2025-09-14"}]},
)
def k2(case: Case) -> Iterator[Gap]:
    """Found when a need is in force and the status says N (unless monitored)."""
    status = case.status
    if (
        status["provision"] == "N"
        and "from" in status
        and not status.get("monitoring")
        and case.needs
    ):
        types = ", ".join(need["type"] for need in case.needs)
        yield Gap(
            case.need_path(case.needs[0]),
            f"The pupil is coded N and has a need on record ({types}).",
            f"sen need end {case.id} {case.needs[0]['type']} --date DATE",
        )


@Rule(
    code="K4",
    name="Every need ranked, no two alike",
    level="should",
    scope="register",
    cites=_cites("2140"),
    asks="Each need has a rank, and no two needs have the same.",
    why=_WHY,
    meet="sen need set PUPIL TYPE --rank NUMBER",
    fails={**ON_SUPPORT, "needs": [_need("SLCN"), _need("SPLD", None, "d6jk")]},
    passes={**ON_SUPPORT, "needs": [_need("SLCN"), _need("SPLD", 2, "d6jk")]},
)
def k4(case: Case) -> Iterator[Gap]:
    """Found when a need has no rank, or two share one."""
    ranks = Counter(need.get("rank") for need in case.needs)
    for need in case.needs:
        rank = need.get("rank")
        if rank is None:
            message = f"The need {need['type']} has no rank."
        elif ranks[rank] > 1:
            ranks[rank] = 0
            message = f"Two needs have the rank {rank}."
        else:
            continue
        yield Gap(
            case.need_path(need),
            message,
            f"sen need set {case.id} {need['id']} --rank NUMBER",
        )


@Rule(
    code="K5",
    name="One need is the primary need",
    level="should",
    scope="register",
    cites=_cites("2160"),
    asks="One need has rank 1; a single need always does.",
    why=_WHY,
    meet="sen need set PUPIL TYPE --rank NUMBER",
    fails={**ON_SUPPORT, "needs": [_need("SLCN", 2)]},
    passes={**ON_SUPPORT, "needs": [_need("SLCN")]},
)
def k5(case: Case) -> Iterator[Gap]:
    """Found when needs are ranked and none has rank 1."""
    ranks = [need["rank"] for need in case.needs if "rank" in need]
    if ranks and 1 not in ranks:
        first = case.needs[0]
        yield Gap(
            case.need_path(first),
            f"No need has rank 1; the first is {first['type']} with {ranks[0]}.",
            f"sen need set {case.id} {first['id']} --rank NUMBER",
        )


@Rule(
    code="K6",
    name="Two needs are returned",
    level="may",
    scope="register",
    cites=_cites("2166"),
    asks="The census takes at most two needs: rank 1 and rank 2.",
    why="The order decides which of the needs count; the record may keep them all.",
    meet="sen need set PUPIL TYPE --rank NUMBER",
    fails={
        **ON_SUPPORT,
        "needs": [
            _need("SLCN"),
            _need("SPLD", 2, "d6jk"),
            _need("SEMH", 3, "d7mn"),
        ],
    },
    passes={**ON_SUPPORT, "needs": [_need("SLCN"), _need("SPLD", 2, "d6jk")]},
)
def k6(case: Case) -> Iterator[Gap]:
    """Found when more than two needs are in force."""
    if len(case.needs) > RETURNED:
        sent = " and ".join(need["type"] for need in case.needs[:RETURNED])
        yield Gap(
            ("needs",),
            f"{len(case.needs)} needs are on record; the census takes {sent}.",
            f"sen pupil show {case.id}",
        )


@Rule(
    code="K7",
    name="A need type for everybody on the register",
    level="should",
    scope="register",
    cites=_cites("2170"),
    asks="Each pupil with SEN support or an EHC plan has at least one SEN type.",
    why=_WHY,
    meet='sen need add PUPIL TYPE --rank NUMBER --description "WHAT WAS SEEN"',
    fails=ON_SUPPORT,
    passes={**ON_SUPPORT, "needs": [_need("SLCN")]},
)
def k7(case: Case) -> Iterator[Gap]:
    """Found when no need is in force."""
    if not case.needs:
        yield Gap(
            ("needs",),
            "The pupil is on the SEN register without any need on record.",
            f"sen need add {case.id} TYPE --rank NUMBER --description {SEEN}",
        )


@Rule(
    code="K8",
    name="NSA with SEN support only",
    level="should",
    scope="plan",
    cites=_cites("2175"),
    asks="The type NSA (no specialist assessment) is for SEN support, not for pupils "
    "with an EHC plan.",
    why=_WHY,
    meet='sen need add PUPIL TYPE --rank NUMBER --description "WHAT WAS SEEN"',
    fails={**WITH_PLAN, "needs": [_need("NSA")]},
    passes={**WITH_PLAN, "needs": [_need("ASD")]},
)
def k8(case: Case) -> Iterator[Gap]:
    """Found when a pupil with an EHC plan has the type NSA."""
    for need in case.needs:
        if need["type"] == "NSA":
            yield Gap(
                case.need_path(need),
                "NSA (no specialist assessment) is used with an EHC plan.",
                f"sen need end {case.id} NSA --date DATE",
            )


@Rule(
    code="K10",
    name="A special school's pupils have SEN",
    level="should",
    scope="roll",
    cites=_cites("2180"),
    asks="A pupil of a special school is not coded N.",
    why=_WHY,
    meet='sen status set PUPIL "K|E" --since DATE',
    school={"type": "special"},
    fails=_NONE,
    passes=WITH_PLAN,
)
def k10(case: Case) -> Iterator[Gap]:
    """Found when a special school has a pupil coded N."""
    if case.school.get("type") == "special" and case.status["provision"] == "N":
        yield Gap(
            ("status",),
            "The pupil is coded N in a special school.",
            f"sen status set {case.id} {one_of('K', 'E')} --since DATE",
        )


def _place_without_sen(case: Case, flag: str, name: str) -> Iterator[Gap]:
    if flag in case.flags and case.status["provision"] == "N":
        yield Gap(
            ("flags",),
            f"The pupil has a place in {name} and is coded N.",
            f"sen status set {case.id} {one_of('N', 'K', 'E')} --since DATE",
        )


@Rule(
    code="K11",
    name="SEN unit places are for pupils with SEN",
    level="should",
    scope="roll",
    cites=_cites("2230"),
    asks="The SEN unit indicator goes with K or E.",
    why=_WHY,
    meet="sen flag end PUPIL sen_unit --date DATE",
    fails={**_NONE, "flags": [{"flag": "sen_unit", "from": "2025-09-01"}]},
    passes={**ON_SUPPORT, "flags": [{"flag": "sen_unit", "from": "2025-09-01"}]},
)
def k11(case: Case) -> Iterator[Gap]:
    """Found when a pupil coded N has a place in the SEN unit."""
    yield from _place_without_sen(case, "sen_unit", "the SEN unit")


@Rule(
    code="K12",
    name="Resourced places are for pupils with SEN",
    level="should",
    scope="roll",
    cites=_cites("2250"),
    asks="The resourced provision indicator goes with K or E.",
    why=_WHY,
    meet="sen flag end PUPIL resourced --date DATE",
    fails={**_NONE, "flags": [{"flag": "resourced", "from": "2025-09-01"}]},
    passes={**ON_SUPPORT, "flags": [{"flag": "resourced", "from": "2025-09-01"}]},
)
def k12(case: Case) -> Iterator[Gap]:
    """Found when a pupil coded N has a resourced place."""
    yield from _place_without_sen(case, "resourced", "resourced provision")


@Rule(
    code="K13",
    name="Year X only where no year is followed",
    level="may",
    scope="register",
    cites=_cites("2112"),
    asks="Year X is for pupils who follow no year of the National Curriculum.",
    why=_WHY,
    meet="sen pupil set PUPIL year_group=YEAR",
    fails={**ON_SUPPORT, "placements": [{"year_group": "X"}]},
    passes={**ON_SUPPORT, "placements": [{"year_group": "4"}]},
)
def k13(case: Case) -> Iterator[Gap]:
    """Found when a pupil of a mainstream school is in Year X."""
    if case.year_group == "X" and case.school.get("type") != "special":
        yield Gap(
            ("placements",),
            "The pupil is in Year X (no National Curriculum year) in a mainstream "
            "school.",
            f"sen pupil set {case.id} year_group=YEAR",
        )


@Rule(
    code="K14",
    name="No need twice",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.83",
    asks="Each SEN type stands once.",
    why=_WHY,
    meet="sen remove PUPIL NEED",
    fails={**ON_SUPPORT, "needs": [_need("SLCN"), _need("SLCN", 2, "d6jk")]},
    passes={**ON_SUPPORT, "needs": [_need("SLCN"), _need("SPLD", 2, "d6jk")]},
)
def k14(case: Case) -> Iterator[Gap]:
    """Found when the same type is in force twice."""
    seen: set[str] = set()
    for need in case.needs:
        if need["type"] in seen:
            yield Gap(
                case.need_path(need),
                f"The need {need['type']} is on record twice.",
                f"sen remove {case.id} {need['id']}",
            )
        seen.add(need["type"])


@Rule(
    code="K15",
    name="Down syndrome as a type since 2025/26",
    level="may",
    scope="register",
    cites="SEND Code of Practice 6.83; DfE code set of 2025/26",
    asks="The type DS is collected from the school year 2025/26 on.",
    why="A census of an earlier year knows no such code.",
    meet="sen need add PUPIL DS --from DATE",
    fails={**ON_SUPPORT, "needs": [{**_need("DS"), "from": "2024-09-01"}]},
    passes={**ON_SUPPORT, "needs": [{**_need("DS"), "from": "2025-09-01"}]},
)
def k15(case: Case) -> Iterator[Gap]:
    """Found when the type is dated before September 2025."""
    for need in case.needs:
        if need["type"] == "DS" and "" < need.get("from", "") < DOWN_SYNDROME_FROM:
            yield Gap(
                case.need_path(need),
                "The type DS is dated before the census knew it (September 2025).",
                f'sen pupil set {case.id} "needs[{need["id"]} {need["from"]}]'
                '.from=DATE"',
            )
