"""B01 to B06: the cycle, and its first part: assess."""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core.pupil.support_since import UNPLANNED_DAYS
from sencli.core.record.lookup import cycle_began
from sencli.core.record.lookup import joined
from sencli.core.record.types import Entry
from sencli.core.text.dates import words
from sencli.core.text.placeholders import DONE
from sencli.core.text.placeholders import SAID
from sencli.core.text.placeholders import SEEN
from sencli.rules.case import Case
from sencli.rules.case import ItemAt
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import in_cycle
from sencli.rules.model import Gap
from sencli.rules.model import Rule

BETWEEN_CYCLES = 30
ANSWER_DAYS = 14
CONTACT_DAYS = 28
LOOKBACK_DAYS = 180
YEAR_DAYS = 366

_BEYOND_SCHOOL = {"health", "social_care"}

_ASSESSED = {
    "date": "2025-09-15",
    "by": ["KM", "JP"],
    "teacher_assessment": "Reads 22 of 100 common words",
    "attainment": "Below the expected standard in Year 3",
    "compared_with_peers": "Class median 70 words",
    "views": [
        {"of": "parent", "text": "Worried about reading"},
        {"of": "pupil", "text": "I like stories, not spelling"},
    ],
}


@Rule(
    code="B01",
    name="A cycle under way",
    level="should",
    scope="support",
    cites="SEND Code of Practice 6.44",
    draft_section="SEN support in Schools",
    asks="Give support in cycles of assess, plan, do, review, one after the other.",
    why="Support that nobody looks at again stays as it was while the child changes.",
    meet='sen cycle open PUPIL --assessment "WHAT WAS SEEN"',
    fails=ON_SUPPORT,
    passes=in_cycle(
        assess=_ASSESSED, plan={"date": "2025-09-18", "review_by": "2026-03-27"}
    ),
)
def b01(case: Case) -> Iterator[Gap]:
    """Found when no cycle is open, or the open one was never planned."""
    if case.open is not None:
        began = cycle_began(case.open.item)
        if not case.planned and "" < began < case.ago(UNPLANNED_DAYS):
            yield Gap(
                case.open.path,
                f"The cycle opened on {words(began)} has no plan yet.",
                f"sen cycle plan {case.id} --review-by DATE --agreed-with WHO",
            )
        return
    command = f"sen cycle open {case.id} --assessment {SEEN}"
    if case.latest is None:
        if case.began is not None or case.supported_since <= case.ago(UNPLANNED_DAYS):
            yield Gap(
                ("cycles",),
                "There is SEN support (K) and no cycle of assess, plan, do, review.",
                command,
            )
        return
    ended = max(
        str(case.latest.item.get(part, {}).get("date", ""))
        for part in ("review", "closed")
    )
    if case.school_days.between(ended, case.day) > BETWEEN_CYCLES:
        yield Gap(
            case.latest.path,
            f"The last cycle ended on {words(ended)} and no other has been opened.",
            command,
        )


def assessed(case: Case) -> ItemAt | None:
    """The assessment of the latest cycle, where one has been made."""
    at = case.latest
    if at is None or not case.done_by(at.item.get("assess", {})):
        return None
    return ItemAt(at.to("assess"), at.item["assess"])


@Rule(
    code="B02",
    name="Assessed by the teacher with the SENCO",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.45",
    draft_section="SEN support in Schools",
    asks="The class or subject teacher, working with the SENCO, analyses the pupil's "
    "needs.",
    why="The teacher knows the child, the SENCO knows the field; the plan needs both.",
    meet="sen cycle set PUPIL --by WHO",
    fails=in_cycle(assess={**_ASSESSED, "by": ["JP"]}),
    passes=in_cycle(assess=_ASSESSED),
)
def b02(case: Case) -> Iterator[Gap]:
    """Found when teacher or SENCO had no part in the assessment."""
    at = assessed(case)
    if at is None or case.latest is None:
        return
    cycle = case.latest.item
    who = set(at.item.get("by", ()))
    who |= {a["who"] for a in cycle.get("plan", {}).get("agreement", ())}
    if cycle.get("teacher") and at.item.get("teacher_assessment"):
        who.add(cycle["teacher"])
    missing = []
    if not any(case.is_teacher(w, cycle) for w in who):
        missing.append("the class teacher")
    if not any(case.is_senco(w) for w in who):
        missing.append("the SENCO")
    if missing:
        yield Gap(
            at.path,
            f"The assessment of {words(at.item['date'])} does not show "
            f"{joined(missing, 'or')} taking part.",
            f"sen cycle set {case.id}{case.of(at)} --by WHO",
        )


@Rule(
    code="B03",
    name="An assessment that draws on everybody",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.45",
    draft_section="SEN support in Schools",
    asks="Draw on the teacher's assessment, on attainment, progress and behaviour, on "
    "comparison with peers, on the views of parents and of the pupil, and on advice "
    "from outside where there is any.",
    why="Each sees something that the others miss.",
    meet='sen cycle set PUPIL --attainment "WHAT WAS SEEN" '
    '--compared-with-peers "WHAT WAS SEEN"',
    fails=in_cycle(assess={**_ASSESSED, "views": []}),
    passes=in_cycle(assess=_ASSESSED),
)
def b03(case: Case) -> Iterator[Gap]:
    """Found when one of the five sources is not in the assessment."""
    at = assessed(case)
    if at is None:
        return
    fields = {
        "teacher_assessment": ("the teacher's assessment", "--assessment"),
        "attainment": ("attainment and progress", "--attainment"),
        "compared_with_peers": ("comparison with peers", "--compared-with-peers"),
    }
    missing = [said for key, said in fields.items() if key not in at.item]
    views = [*at.item.get("views", ()), *_views_before(case, at.item["date"])]
    for whose, option in case.views_lacking(views, at.item["date"]):
        missing.append((f"{whose} views", option))
    if missing:
        options = " ".join(
            f"{option} {SAID if option.endswith('view') else SEEN}"
            for _, option in missing
        )
        yield Gap(
            at.path,
            f"The assessment of {words(at.item['date'])} has nothing on "
            f"{joined([said for said, _ in missing], 'or')}.",
            f"sen cycle set {case.id}{case.of(at)} {options}",
        )


def _views_before(case: Case, day: str) -> Iterator[dict[str, str]]:
    """Views given elsewhere in the half year before: nothing is entered twice."""
    since = case.ago(LOOKBACK_DAYS)
    for meeting in case.record.get("meetings", ()):
        if since <= meeting["date"] <= day:
            yield from meeting.get("views", ())
            if meeting.get("parent_concerns"):
                yield {"of": "parent"}
    for concern in case.record.get("concerns", ()):
        if concern["date"] <= day and concern.get("raised_by"):
            yield {"of": concern["raised_by"]}


@Rule(
    code="B04",
    name="Parents' concerns taken seriously",
    level="should",
    scope="roll",
    cites="SEND Code of Practice 6.45",
    confirmed=True,
    draft_section="SEN support in Schools",
    asks="Take a parent's concern seriously, record it, and compare it with the "
    "school's own information.",
    why="Parents are often the first to be right.",
    meet='sen concern set PUPIL CONCERN --school-view "WHAT WAS SEEN" '
    '--response "WHAT WAS DONE"',
    fails={
        "concerns": [
            {
                "id": "n3xd",
                "date": "2025-06-20",
                "raised_by": "parent",
                "concern": "She cannot tell me about her day",
            }
        ]
    },
    passes={
        "concerns": [
            {
                "id": "n3xd",
                "date": "2025-06-20",
                "raised_by": "parent",
                "concern": "She cannot tell me about her day",
                "school_view": "Seen in class too",
                "response": "Language screening booked",
            }
        ]
    },
)
def b04(case: Case) -> Iterator[Gap]:
    """Found when a parent's concern is two weeks old and not compared or answered."""
    for index, concern in enumerate(case.record.get("concerns", ())):
        if not case.is_parent(concern.get("raised_by", ""), concern["date"]) or not (
            concern["date"] <= case.ago(ANSWER_DAYS)
            and case.ours(concern, concern["date"])
        ):
            continue
        who = "young person's" if concern["raised_by"] == "pupil" else "parents'"
        missing = []
        if not concern.get("school_view"):
            missing.append(("the school's own view", "--school-view"))
        if not (concern.get("response") or concern.get("led_to")) and not any(
            cycle_began(at.item) >= concern["date"] for at in case.cycles
        ):
            missing.append(("an answer", "--response"))
        if missing:
            options = " ".join(
                f"{option} {DONE if option == '--response' else SEEN}"
                for _, option in missing
            )
            yield Gap(
                ("concerns", index),
                f"The {who} concern of {words(concern['date'])} still lacks "
                f"{joined([said for said, _ in missing])}.",
                f"sen concern set {case.id} {concern['id']} {options}",
            )


@Rule(
    code="B05",
    name="The assessment looked at again",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.46",
    draft_section="SEN support in Schools",
    asks="Review the assessment regularly, so that support stays matched to need.",
    why="How a pupil responds to support is often the best assessment there is.",
    meet="sen cycle review PUPIL --date DATE",
    fails=in_cycle(assess={"date": "2025-01-10"}),
    passes=in_cycle(assess={"date": "2025-01-10", "reviewed": ["2025-09-10"]}),
)
def b05(case: Case) -> Iterator[Gap]:
    """Found when no assessment and no review has been made for a year."""
    dates: list[str] = []
    for at in case.cycles:
        part = at.item.get("assess", {})
        dates += [part.get("date", ""), *part.get("reviewed", ())]
        dates.append(at.item.get("review", {}).get("date", ""))
    dates += [r["date"] for r in case.record.get("ehc", {}).get("reviews", ())]
    known = [d for d in dates if "" < d <= case.day]
    if known and max(known) < case.ago(YEAR_DAYS) and case.latest is not None:
        yield Gap(
            case.latest.path,
            f"The pupil's needs were last assessed or reviewed on {words(max(known))}, "
            "more than a year ago.",
            f"sen cycle review {case.id} --date DATE"
            if case.open
            else f"sen cycle open {case.id} --assessment {SEEN}",
        )


@Rule(
    code="B06",
    name="Health and social care asked, with parents' agreement",
    level="should",
    scope="roll",
    cites="SEND Code of Practice 6.47",
    draft_section="SEN support in Schools",
    asks="Where health or social care are not yet in touch with the school, the SENCO "
    "contacts them, if the parents agree.",
    why="They may know what the school does not; and it is the parents' to allow.",
    meet="sen specialist refer PUPIL SERVICE --consent WHO --date DATE",
    fails={
        **ON_SUPPORT,
        "specialists": [
            {
                "id": "s5qe",
                "service": "Speech and language therapist",
                "source": "health",
                "referred": "2025-10-01",
            }
        ],
    },
    passes={
        **ON_SUPPORT,
        "specialists": [
            {
                "id": "s5qe",
                "service": "Speech and language therapist",
                "source": "health",
                "consent": {"given": True, "by": "parent", "date": "2025-09-25"},
                "referred": "2025-10-01",
            }
        ],
    },
)
def b06(case: Case) -> Iterator[Gap]:
    """Found when they were asked without agreement, or agreed to and not asked."""
    for index, entry in enumerate(case.record.get("specialists", ())):
        referred = entry.get("referred", "")
        consent = entry.get("consent", {})
        if entry.get("source") not in _BEYOND_SCHOOL:
            continue
        if (
            referred
            and case.ours({}, referred)
            and not agreed_by(case, entry, referred)
        ):
            yield Gap(
                ("specialists", index),
                f"{entry['service']} was contacted on {words(referred)} without "
                f"{case.family_on(referred).possessive} agreement on record.",
                f"sen specialist consent {case.id} {entry['id']} --by {case.whom} "
                "--date DATE",
            )
        waiting = str(consent.get("date", "")) if consent.get("given") else ""
        if waiting and not referred and waiting <= case.ago(CONTACT_DAYS):
            yield Gap(
                ("specialists", index),
                f"{case.family_on(waiting).subject} agreed on {words(waiting)} that "
                f"{entry['service']} be asked, and no referral is recorded.",
                f"sen specialist refer {case.id} {entry['id']} --date DATE",
            )


def agreed_by(case: Case, specialist: Entry, day: str) -> bool:
    """Whether whoever may agree did, no later than the day."""
    consent = specialist.get("consent", {})
    when = str(consent.get("date", ""))
    owed = case.reached([consent.get("by", "")], when or day)
    return bool(consent.get("given")) and when <= day and owed
