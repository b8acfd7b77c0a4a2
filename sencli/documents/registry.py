"""Every document by name; a new one is a module and an entry here.

A module has ``build(records, setting, request=None) -> tuple[View, ...]``: pure, the
day and all else it needs in the setting.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING
from typing import Any

from sencli import terms
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.view import View
from sencli.errors import NotFound
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.documents.made_in.paper_request import PaperRequest
    from sencli.documents.made_in.paper_request import SchoolRequest

LISTS = terms.FORMATS
PAPERS = terms.PAPER_FORMATS


class Document(Value):
    """A document that can be printed.

    Attributes:
        module: in ``sencli.documents``, imported when it is first used; a colon and a
            name where its function is not ``build``.
        help: one line on what it is and for whom.
        formats: those that it can take, the usual one first.
        each: whether each pupil has a page of their own; else one for all.
        options: of those of ``sen print`` the ones that it takes beside the usual; any
            other is refused.
        guarded: of a paper about many, whether it is looked over for other children's
            names, so that ``--strict`` can refuse it.
        shows: of a paper about many, the fields of the record that it shows of each;
            none where it gives counts and names nobody.
        few: whether it counts what few have too, for the school's own staff.
        cycle: whether it tells of one cycle, so that another can be named.
        gaps: whether it shows what the rules find, and when things were recorded.
        nameless: whether it leaves the school, and names no child whoever reads it.
        parts: of a pack, its parts; each has its own readers.
        picture: whether the picture of the profile stands on it.
        staff: whether it is for the school's own staff, and for nobody else.
        closed: whether it is for the governing body alone; others get what is public.
        sizes: of the sheet that it can be printed on, where there is a choice.
    """

    module: str
    help: str
    formats: tuple[str, ...] = PAPERS
    each: bool = True
    options: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    few: bool = False
    guarded: bool = False
    cycle: bool = False
    gaps: bool = False
    nameless: bool = False
    parts: tuple[str, ...] = ()
    picture: bool = False
    staff: bool = False
    closed: bool = False
    sizes: tuple[str, ...] = ()

    @property
    def tells_of_few(self) -> bool:
        """Whether it tells who a child is, by a row for each or by counts of few."""
        return bool(self.shows) or self.few

    def build(
        self,
        records: Iterable[Mapping[str, Any]],
        setting: PaperContext,
        request: PaperRequest | SchoolRequest | None = None,
    ) -> tuple[View, ...]:
        """The document of these pupils."""
        name, _, function = self.module.partition(":")
        module = import_module(f"sencli.documents.{name}")
        builder: Any = getattr(module, function or "build")
        made: tuple[View, ...] = builder(records, setting, request)
        return made


_TIME = ("first", "last", "year")
_ROWS = ("class_", "year_group", "need", "tier", "provision", "pupils", *_TIME)

_MAP_SIZES = ("a4", "a3")
_PROFILE_SIZES = ("a4", "a5", "card")

_LOOKED_OVER = ("include", "strict")
_MEETING = ("on", "time", "place", "any_day")

DOCUMENTS: dict[str, Document] = {
    "register": Document(
        "school.register",
        "The SEN register, with counts.",
        LISTS,
        each=False,
        options=("class_", "year_group", "need", "tier"),
        shows=("needs", "flags", "sex"),
    ),
    "map": Document(
        "school.provision_map",
        "The provision map, costed.",
        LISTS,
        each=False,
        options=(*_ROWS, "by", "to_date", "no_costs", "adults", "size"),
        sizes=_MAP_SIZES,
        shows=("needs", "cycles"),
    ),
    "delivery": Document(
        "school.delivery",
        "Planned against delivered, and cost against element 2.",
        LISTS,
        each=False,
        options=(*_ROWS, "by", "no_costs"),
        shows=("cycles",),
    ),
    "impact": Document(
        "school.impact",
        "What each provision came to: sessions, results, cost for each outcome.",
        LISTS,
        each=False,
        options=("first", "last", "year", "provision", "no_costs"),
        few=True,
    ),
    "timetable": Document(
        "school.timetable",
        "Who is with whom when, for each member of staff.",
        LISTS,
        each=False,
        options=("class_", "staff"),
        shows=("cycles",),
    ),
    "class-map": Document(
        "school.class_map",
        "A sheet for each class's file (not for display): what is marked for it.",
        LISTS,
        each=False,
        options=("class_", "each"),
        shows=("cycles", "adjustments", "needs"),
        guarded=True,
        staff=True,
    ),
    "handover": Document(
        "school.handover",
        "For a new SENCO: what is open, what was promised, whom to call.",
        each=False,
        shows=("needs", "contacts", "meetings", "specialists", "ehc", "departures"),
        staff=True,
    ),
    "census": Document(
        "school.census",
        "What the school census is told, faults first.",
        LISTS,
        each=False,
        options=("class_", "year_group"),
        shows=("upn", "needs", "flags", "funding", "dual_registrations"),
        gaps=True,
    ),
    "information-report": Document(
        "school.information_report",
        "Draft of the yearly SEN information report of the governing body.",
        each=False,
        options=("first", "last", "year"),
        guarded=True,
        nameless=True,
    ),
    "inclusion-strategy": Document(
        "school.inclusion_strategy",
        "Draft of the inclusion strategy that the school publishes every year.",
        each=False,
        options=("first", "last", "year"),
        guarded=True,
        nameless=True,
    ),
    "governors": Document(
        "school.governors",
        "The year in numbers for the governing body; --public withholds small ones.",
        LISTS,
        each=False,
        options=("first", "last", "year", "public"),
        guarded=True,
        nameless=True,
        closed=True,
    ),
    "summary": Document(
        "parents.summary",
        "The parents' page: what we do and how it went.",
        cycle=True,
        options=("since", "with_reasons", *_LOOKED_OVER),
    ),
    "profile": Document(
        "parents.profile",
        "One-page profile, in the child's own words, as a page or a card.",
        options=("size", *_LOOKED_OVER),
        sizes=_PROFILE_SIZES,
        picture=True,
    ),
    "passport": Document(
        "pupil.passport",
        "For the supply teacher (staff only): needs, do, do not, triggers, exams.",
        options=("size", "include"),
        sizes=_PROFILE_SIZES,
        picture=True,
        staff=True,
    ),
    "support-plan": Document(
        "parents.support_plan",
        "Individual support plan of today.",
        cycle=True,
        options=_LOOKED_OVER,
    ),
    "isp": Document(
        "parents.isp",
        "Support plan by layer, reasonable adjustments apart, reviewed yearly.",
        cycle=True,
        options=("with_reasons", *_LOOKED_OVER),
    ),
    "case": Document(
        "pupil.case",
        "One pupil's case: gaps and progress first, then all that happened.",
        options=("with_reasons", *_LOOKED_OVER),
        gaps=True,
    ),
    "annual-review": Document(
        "packs.annual_review",
        "The annual review pack: invitations, views, report; what is missing first.",
        options=("parts", "strict", *_MEETING),
        parts=("missing", "invitation", "views", "report", "attendance", "cover"),
    ),
    "ehc-evidence": Document(
        "packs.ehc_evidence",
        "Evidence for an EHC needs assessment; what is missing first.",
        options=("parts", "strict"),
        parts=("missing", "evidence"),
    ),
    "letter-authority-late": Document(
        "pupil.authority_late",
        "Asks the local authority for what it owes by law (all, or the pupils named).",
        options=("strict",),
    ),
    "letter-support-begins": Document(
        "parents.letters:support_begins",
        "Tells parents that SEN support begins.",
        cycle=True,
        options=_LOOKED_OVER,
    ),
    "letter-support-ends": Document(
        "parents.letters:support_ends",
        "Tells parents that SEN support ends.",
        cycle=True,
        options=("reason", "with_reasons", *_LOOKED_OVER),
    ),
    "letter-review-invitation": Document(
        "parents.letters:review_invitation",
        "Asks parents to a review.",
        cycle=True,
        options=(*_MEETING, "return_by", *_LOOKED_OVER),
    ),
    "letter-review-reminder": Document(
        "parents.letters:review_reminder",
        "Reminds parents of a meeting.",
        cycle=True,
        options=(*_MEETING, *_LOOKED_OVER),
    ),
    "letter-missed-meeting": Document(
        "parents.letters_after:missed_meeting",
        "Sorry to have missed you: to parents who did not come to a meeting.",
        options=("on", "return_by", *_LOOKED_OVER),
    ),
    "letter-after-meeting": Document(
        "parents.letters_after:after_meeting",
        "Thanks parents for a meeting and says what was agreed.",
        options=("on", *_LOOKED_OVER),
    ),
    "letter-annual-review-invitation": Document(
        "parents.letters:annual_review_invitation",
        "Asks parents to an annual review.",
        cycle=True,
        options=(*_MEETING, "return_by", *_LOOKED_OVER),
    ),
    "letter-specialist-referral": Document(
        "pupil.professional_letters:specialist_referral",
        "Refers a pupil to a specialist, with what has been done so far.",
        options=("service", "reason", *_LOOKED_OVER),
    ),
    "letter-health": Document(
        "pupil.professional_letters:health",
        "Asks a health service what bears on learning.",
        options=("service", "reason", *_LOOKED_OVER),
    ),
    "letter-social-worker": Document(
        "pupil.professional_letters:social_worker",
        "Tells a social worker of the special educational provision.",
        options=_LOOKED_OVER,
    ),
    "letter-specialist-consent": Document(
        "parents.letters:specialist_consent",
        "Asks parents to agree to a specialist.",
        cycle=True,
        options=("service", "return_by", "reason", "with_reasons", *_LOOKED_OVER),
    ),
}


def document(name: str) -> Document:
    """The document of that name.

    Raises:
        NotFound: there is none; says which there are.
    """
    if name not in DOCUMENTS:
        raise NotFound(
            f"There is no document {name!r}.",
            f"There are: {', '.join(DOCUMENTS)}.",
        )
    return DOCUMENTS[name]
