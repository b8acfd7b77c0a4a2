"""All that is held about a pupil: the reviewer's edition, and the family's pack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import groupby

from sencli.core.handover.access_clock import EDUCATIONAL
from sencli.core.handover.access_clock import KINDS
from sencli.core.handover.access_clock import asker
from sencli.core.handover.material import SECTIONS
from sencli.core.handover.material import Passage
from sencli.core.handover.retention_clock import policy_words
from sencli.core.papers.access_marks import KINDS as MARKS
from sencli.core.papers.access_marks import OPEN
from sencli.core.papers.access_marks import Mark
from sencli.core.papers.third_people import RELEASE
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.school.settings import settings
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.documents.view import Block
from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.value import Value

_PEOPLE = (
    "information about other people, whom we may not name without their agreement or "
    "a good reason"
)
_GRAVE = (
    "information that a school may keep back by law, such as what could seriously harm "
    "somebody, or legal advice"
)
_WHY = {
    "restricted": _GRAVE,
    "sensitive": _GRAVE,
    **dict.fromkeys(("child", "contact", "words", "detail", "person"), _PEOPLE),
    "staff": "names of people who work at the school",
    "document": "documents, or parts of them, that are about other people too",
    "perhaps": "texts that seem to be about another pupil",
}
_ICO = (
    "the Information Commissioner's Office: ico.org.uk/make-a-complaint, "
    "telephone 0303 123 1113"
)


class Case(Value):
    """What was asked, all that is held, and what is decided of it.

    Attributes:
        passages: all that is held.
        marks: what is about others in it.
        numbers: of the marks, by key.
        decisions: what is decided, by key.
        request: what was asked.
        record: the pupil's.
        school: ``school.yaml``.
        day: today.
    """

    passages: Sequence[Passage]
    marks: Sequence[Mark]
    numbers: Mapping[str, int]
    decisions: Mapping[str, str]
    request: Entry
    record: Entry
    school: Entry
    day: str

    def decision(self, mark: Mark) -> str:
        """What is decided of a mark."""
        return self.decisions.get(mark.key, OPEN)


def reviewers_edition(case: Case) -> View:
    """Everything, with the marks in the text: for the reviewer alone."""
    left = sum(case.decision(mark) == OPEN for mark in case.marks)
    said = f"{plural(len(case.marks), 'mark')}, {left} to be decided"
    blocks: list[Block] = [
        Text(
            "For the reviewer alone. Not to be given to the family.",
            "lead",
        ),
        Text(
            f"{said}. A mark stands in the text as \u27e61: the words\u27e7, or before "
            "the text where all of it is meant. Decide each: release, black_out, or "
            "whole (withhold the whole text). What is suggested is what is usual; "
            "nobody has decided it."
        ),
        Heading("The marks"),
        _mark_table(case),
        *_sections(_marked(case), private=True),
    ]
    return View(
        f"To be reviewed: what is held about {full_name(case.record)}",
        Letterhead(str(case.school.get("name", ""))),
        case.day,
        tuple(blocks),
        subtitle=(
            f"Asked by {asker(case.request, case.record)} on "
            f"{words(case.request['date'])}"
        ),
        footer="For the reviewer alone",
    )


def _mark_table(case: Case) -> Table:
    columns = (
        Column("number", "No.", "number"),
        Column("kind", "What", width=3),
        Column("about", "About", width=3),
        Column("places", "Places", "number"),
        Column("suggestion", "Suggested", width=2),
        Column("decision", "Decided", width=2),
    )
    rows = tuple(
        (
            case.numbers[mark.key],
            MARKS[mark.kind],
            mark.who,
            len(mark.places),
            mark.suggestion,
            case.decision(mark),
        )
        for mark in case.marks
    )
    return Table(columns, rows, empty="Nothing here is about anybody else.", dense=True)


def _marked(case: Case) -> list[Passage]:
    """The passages with the marks written into them."""
    put: dict[int, list[tuple[int, int, int]]] = {}
    before: dict[int, list[int]] = {}
    for mark in case.marks:
        number = case.numbers[mark.key]
        for place in mark.places:
            if mark.whole or place.start == place.end:
                before.setdefault(place.passage, []).append(number)
            else:
                spot = (place.start, place.end, number)
                put.setdefault(place.passage, []).append(spot)
    made = []
    for at, passage in enumerate(case.passages):
        text = passage.text
        ends = sorted(put.get(at, ()), key=lambda spot: (-spot[0], spot[1]))
        for start, end, number in ends:
            text = f"{text[:start]}\u27e6{number}: {text[start:end]}\u27e7{text[end:]}"
        if numbered := before.get(at):
            text = f"\u27e6{', '.join(map(str, numbered))}\u27e7 {text}"
        made.append(
            Passage(passage.section, passage.head, text, private=passage.private)
        )
    return made


def pack(
    case: Case, kept: Sequence[Passage | None], attached: Sequence[str], code: str
) -> View:
    """The pack for the family, with its covering page.

    Args:
        case: all of it, with every mark decided.
        kept: the passages as they go out, None for one that does not.
        attached: names of the documents that go with it.
        code: fingerprint of the record.
    """
    record, school, request = case.record, case.school, case.request
    out = [passage for passage in kept if passage is not None]
    gone = Counter(
        was.section for was, now in zip(case.passages, kept, strict=True) if now is None
    )
    withheld = Counter(m.kind for m in case.marks if case.decision(m) != RELEASE)
    reasons = list(dict.fromkeys(_WHY[kind] for kind in MARKS if withheld[kind]))
    there = Counter(passage.section for passage in out)
    holds = [
        f"{SECTIONS[name]}: {plural(there[name], 'text')}"
        for name in SECTIONS
        if there[name]
    ]
    cover = _cover(case, holds, reasons, attached)
    body = _sections(out, private=False, gone=gone)
    return View(
        f"What {school.get('name', 'the school')} holds about {full_name(record)}",
        Letterhead(str(school.get("name", ""))),
        case.day,
        (*cover, Break(), *body),
        subtitle=_subtitle(request),
        fingerprint=code,
        pupils=(str(record["id"]),),
        data={
            "school": school.get("name"),
            "pupil": full_name(record),
            "date": case.day,
            "request": {
                "date": request["date"],
                "kind": request["kind"],
                "by": asker(request, record),
            },
            "held_for": _held_for(case),
            "withheld": [*reasons, *filter(None, [request.get("reason")])],
            "rights": _rights(request),
            "documents": list(attached),
            "sections": [
                {
                    "section": SECTIONS[name],
                    "withheld_entries": gone[name],
                    "entries": [
                        {"where": p.head, "text": p.text}
                        for p in out
                        if p.section == name
                    ],
                }
                for name in SECTIONS
            ],
        },
    )


def _subtitle(request: Entry) -> str:
    return f"The answer to the request of {words(request['date'])}"


def _cover(
    case: Case,
    holds: Sequence[str],
    reasons: Sequence[str],
    attached: Sequence[str],
) -> list[Block]:
    """The covering page."""
    record, request = case.record, case.request
    own = str(request.get("reason", ""))
    blocks: list[Block] = [
        Fields(
            (
                ("Asked by", asker(request, record)),
                ("Asked on", words(request["date"])),
                ("Asked for", KINDS[request["kind"]]),
            )
        ),
        Heading("What this holds"),
        Bullets(tuple(holds) or ("Nothing is held.",)),
    ]
    if attached:
        blocks.append(Text(f"With it come these files: {', '.join(attached)}."))
    blocks += [
        Text(_held_for(case)),
        Heading("What was withheld, and why"),
    ]
    if reasons or own:
        blocks.append(Bullets(tuple(_capital(reason) for reason in reasons)))
        blocks += [Text(own)] if own else []
        blocks.append(
            Text("Where words were taken out of a text, [withheld] stands there.")
        )
    else:
        blocks.append(Text("Nothing was withheld."))
    return [*blocks, Heading("Your rights"), Text(_rights(request))]


def _held_for(case: Case) -> str:
    return (
        "We hold this to plan, give and review support for special educational needs. "
        "It comes from the school, the family, and those named in it. To whom papers "
        "were given stands in the record. It is kept: "
        f"{policy_words(settings(case.school))}."
    )


def _rights(request: Entry) -> str:
    said = "You may ask us to look again, to put right what is wrong, or to explain."
    if request["kind"] == EDUCATIONAL:
        said += " You may complain to the school's governing board."
    return f"{said} You have the right to complain to {_ICO}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sections(
    passages: Iterable[Passage],
    *,
    private: bool,
    gone: Mapping[str, int] | None = None,
) -> Iterable[Block]:
    """Each section with its entries, under where they stand."""
    every = list(passages)
    for name, title in SECTIONS.items():
        some = [passage for passage in every if passage.section == name]
        left = (gone or {}).get(name, 0)
        if not some and not left:
            continue
        yield Heading(title)
        for _, together in groupby(some, key=lambda p: (p.head, p.private)):
            group = list(together)
            head = group[0].head
            if private and group[0].private:
                head += f" \u2013 {group[0].private}"
            yield Text(head, label="")
            yield Bullets(tuple(passage.text for passage in group))
        if left:
            are = "text of this part is" if left == 1 else "texts of this part are"
            yield Text(f"{left} {are} withheld whole.", "note")
