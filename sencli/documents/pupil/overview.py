"""One pupil at a glance, for the SENCO's own screen."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.cycle import attainment
from sencli.core.papers import restricted as kept_back
from sencli.core.people.names import all_of
from sencli.core.people.names import specialist_label
from sencli.core.people.names import who
from sencli.core.people.young_person import family_met
from sencli.core.people.young_person import family_on
from sencli.core.people.young_person import reached
from sencli.core.provision.school import School
from sencli.core.pupil import related_plans
from sencli.core.pupil import support_since
from sencli.core.pupil.background import ethnicity_label
from sencli.core.pupil.background import language_label
from sencli.core.pupil.concerns import concerns_in_order as concerns_listed
from sencli.core.pupil.considered import CONCLUSIONS
from sencli.core.pupil.considered import QUESTIONS
from sencli.core.pupil.funding import SOURCES
from sencli.core.pupil.health import health_label
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.lookup import actions_of
from sencli.core.record.lookup import derived
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.record.wording import who_is
from sencli.core.school.settings import settings
from sencli.core.statutory import deadlines
from sencli.core.statutory.deadlines import open_request
from sencli.core.support import meetings
from sencli.core.support import reports_given
from sencli.core.support import transitions
from sencli.core.text import dates
from sencli.core.text.dates import words
from sencli.core.text.money import pounds
from sencli.documents.pupil.overview_arranged import arranged_rows
from sencli.documents.pupil.overview_cycle import cycle_blocks
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View


def around_blocks(record: Record, school: Entry, day: str) -> Iterator[Block]:
    """Parents, specialists, the EHC plan and the rest, in as few lines as will do."""
    if rows := tuple(_parents(record, school, day)):
        family = family_on(record, day).subject
        yield Heading(f"{family} and school")
        yield Fields(rows)
    if listed := record.get("specialists", ()):
        yield Heading("Specialists")
        yield Bullets(tuple(_specialist(entry, record) for entry in listed))
    if rows := tuple(_ehc(record, day)):
        yield Heading("Education, health and care plan")
        yield Fields(rows)
    if rows := tuple(_others(record, day)):
        yield Heading("Also")
        yield Fields(rows)


def _parents(record: Record, school: Entry, day: str) -> Iterator[tuple[str, str]]:
    status = lookup.status_on(record, day)["provision"]
    year = f"{lookup.academic_year(day)}-09-01"
    met = [d for d in family_met(record) if year <= d <= day]
    if met or status != "N":
        last = f", last on {words(met[-1])}" if met else ""
        wanted = settings(school).meetings_a_year
        yield "Meetings this year", f"{len(met)} of {wanted}{last}"
    waiting = [a for _, a in actions_of(record) if "done" not in a]
    if waiting:
        said = "; ".join(meetings.action_words(a, record) for a in waiting)
        yield "Promised, not yet done", said
    reports = [
        r["date"]
        for r in record.get("reports", ())
        if reached(record, r.get("to", ()), r["date"])
    ]
    if reports:
        yield f"Last report to {family_on(record, day).name}", words(max(reports))
    told = [
        f"{reports_given.ABOUT[i['what']]}, {words(i['date'])}"
        for i in record.get("information", ())
    ]
    if told:
        yield "Told of", "; ".join(told)


def _specialist(entry: Entry, record: Record) -> str:
    """One specialist: asked, seen, advised, answered."""
    parts = [
        f"{said} {words(entry[key])}"
        for key, said in (
            ("referred", "referred"),
            ("first_seen", "first seen"),
            ("discharged", "ended"),
        )
        if key in entry
    ]
    if entry.get("asked") and "consent" not in entry:
        asked = max(str(told["date"]) for told in entry["asked"])
        parts.append(f"{family_on(record, asked).name} asked {words(asked)}")
    if entry.get("consent", {}).get("given") is False:
        by = entry["consent"].get("by", "parent")
        parts.append(f"{who_is(by, record)} did not agree")
    if advice := entry.get("advice", ()):
        newest = max(advice, key=lambda a: str(a["date"]))
        open_ones = sum("decision" not in a for a in advice)
        left = f", {open_ones} not answered" if open_ones else ""
        parts.append(
            f"advice {words(newest['date'])}: {newest['recommendation']}{left}"
        )
    return f"{specialist_label(entry)}: {'; '.join(parts) or 'not asked yet'}"


def _ehc(record: Record, day: str) -> Iterator[tuple[str, str]]:
    ehc = record.get("ehc", {})
    request = open_request(record, day)
    if request is not None:
        waiting = [
            step
            for step in deadlines.assessment_steps(request, ehc.get("plans", ()))
            if step.open_on(day) and step.whose != "family"
        ]
        due = f"; {deadlines.state_words(waiting[0], day)}" if waiting else ""
        yield "Assessment asked for", f"{words(request['date'])}{due}"
    plan = plan_in_force(record, day)
    if plan is None:
        return
    yield "Plan issued", words(plan["issued"])
    held = deadlines.reviews_held(record, day)
    if held:
        yield "Last annual review", words(held[-1]["date"])
    coming = sorted(r["date"] for r in ehc.get("reviews", ()) if r["date"] > day)
    if coming:
        yield "Next annual review", words(coming[0])
    else:
        yield "Annual review due by", words(deadlines.review_due(record, day))


def _others(record: Record, day: str) -> Iterator[tuple[str, str]]:
    newest = {c["about"]: c for c in record.get("considerations", ())}
    for entry in newest.values():
        answer = CONCLUSIONS.get(entry.get("conclusion", ""), "")
        parts = [answer, str(entry.get("reason", "")), *entry.get("adjustments", ())]
        said = "; ".join(part for part in parts if part)
        told = f"{QUESTIONS[entry['about']]}, {words(entry['date'])}"
        yield "Considered", f"{told}: {said}" if said else told
    running = [a["text"] for a in record.get("adjustments", ()) if _now(a, day)]
    if running:
        yield "Adjustments", "; ".join(running)
    plans = [
        related_plans.plan_label(p)
        for p in record.get("related_plans", ())
        if _now(p, day)
    ]
    if plans:
        yield "Plans kept elsewhere", "; ".join(plans)
    yield from arranged_rows(record, day)
    moves = transitions.moves_in_order(record)
    if moves:
        yield "Next move", transitions.move_label(moves[-1])
    conditions = [health_label(entry) for entry in lookup.health_on(record, day)]
    if conditions:
        yield "Health", "\n".join(conditions)
    money = [
        f"{SOURCES[f['source']]} {pounds(f['annual_pence'])} a year"
        for f in record.get("funding", ())
        if _now(f, day)
    ]
    if money:
        yield "Funding", "; ".join(money)


def _now(entry: Entry, day: str) -> bool:
    return lookup.holds(entry, day)


Rows = tuple[tuple[str, str], ...]

_PROFILE = {
    "strengths": "Strengths",
    "important_to_me": "Important to me",
    "how_to_support_me": "How to support me",
    "please_do": "Please do",
    "please_do_not": "Please do not",
    "finds_hard": "Finds hard",
    "aspirations": "Aspirations",
    "triggers": "What upsets me",
    "exam_access": "In tests and exams",
}


def pupil_overview(record: Record, around: School, *, restricted: bool) -> View:
    """Status, needs, people, the open cycle with its numbers, the last review.

    Args:
        record: the pupil's, as at the day.
        around: the school, its catalogue and groups, and the day.
        restricted: whether what is so marked is shown; else its presence is.
    """
    facts = derived(record, around.day)
    seen, withheld = (record, 0) if restricted else open_part(record)
    blocks: list[Block] = [Fields(_facts(seen, facts))]
    for part in (_needs, _contacts, _profile, _cycle, _last_review, _concerns):
        blocks += part(seen, around)
    if lines := _results_of_tests(seen, around):
        blocks += [Heading("Tests and attainment"), Bullets(lines)]
    blocks += around_blocks(seen, around.school, around.day)
    blocks += _papers(seen)
    if withheld:
        what = "1 item is" if withheld == 1 else f"{withheld} items are"
        blocks.append(Text(f"{what} restricted; add --restricted to see.", "note"))
    return View(
        title=lookup.display_name(record),
        school=Letterhead(around.school.get("name", "")),
        day=around.day,
        blocks=tuple(blocks),
        subtitle=_subtitle(record, facts),
        footer="Confidential: for staff of the school only",
        data={**record, "derived": facts},
    )


def open_part(value: Any) -> tuple[Any, int]:
    """A copy without the items marked restricted, and how many they were."""
    if isinstance(value, dict):
        pairs = {key: open_part(part) for key, part in value.items()}
        kept = {key: part for key, (part, _) in pairs.items()}
        return kept, sum([count for _, count in pairs.values()])
    if isinstance(value, list):
        shown = [open_part(v) for v in kept_back.unrestricted(value)]
        count = len(value) - len(shown) + sum([count for _, count in shown])
        return [part for part, _ in shown], count
    return value, 0


def _subtitle(record: Record, facts: Mapping[str, Any]) -> str:
    parts = [str(record["id"])]
    if facts["year_group"]:
        parts.append(terms.year_group_name(facts["year_group"]))
    if facts["class"]:
        parts.append(f"class {facts['class']}")
    if facts["age"] is not None:
        parts.append(f"{facts['age']} years old")
    if facts["left"]:
        verb = "leaves" if facts["on_roll"] else "left"
        parts.append(f"{verb} on {dates.words(facts['left'])}")
    return ", ".join(parts)


def _facts(record: Record, facts: Mapping[str, Any]) -> Rows:
    """The short facts, those that are known."""
    code = facts["provision"]
    status = lookup.status_on(record, facts["day"])
    began = support_since.code_since(record, facts["day"])
    since = f" since {dates.words(began)}" if began else ""
    if not began and status.get("taken_over"):
        since = f" since before {dates.words(status['taken_over'])}"
    layer = f", {terms.TIERS[facts['layer']]}" if facts["layer"] else ""
    watched = ", monitoring" if status.get("monitoring") else ""
    rows = {
        "Full name": facts["name"] if record.get("known_as") else "",
        "SEN status": f"{terms.PROVISION[code]} ({code}){since}{layer}{watched}",
        "Cycle": _stage(facts),
        "Born": _date(record.get("date_of_birth")),
        "UPN": record.get("upn", ""),
        "Circumstances": ", ".join(terms.FLAGS[f] for f in facts["flags"]),
        "Ethnicity": _newest(record, "ethnicity", facts["day"], ethnicity_label),
        "Home language": _newest(record, "home_language", facts["day"], language_label),
        "On roll from": _roll(record),
    }
    return tuple((name, text) for name, text in rows.items() if text)


def _newest(record: Record, name: str, day: str, label: Callable[[Entry], str]) -> str:
    """What holds on the day of what is dated, in words."""
    entry = lookup.newest(record.get(name, ()), day)
    return label(entry) if entry else ""


def _stage(facts: Mapping[str, Any]) -> str:
    if not facts["cycle"]:
        return "none yet"
    text = f"{facts['cycle']} ({facts['stage']})"
    if facts["review_by"]:
        text += f", review by {dates.words(facts['review_by'])}"
    return f"{text} (overdue)" if facts["overdue"] else text


def _roll(record: Record) -> str:
    stay = (record.get("roll") or [{}])[-1]
    if "from" not in stay:
        return ""
    school = f", from {stay['from_school']}" if "from_school" in stay else ""
    return f"{dates.words(stay['from'])}{school}"


def _date(day: str | None) -> str:
    return dates.words(day) if day else ""


def _needs(record: Record, around: School) -> Iterator[Block]:
    needs = lookup.needs_on(record, around.day)
    if not needs:
        return
    yield Heading("Needs")
    yield Table(
        (
            Column("rank", "Rank", "number"),
            Column("type", "Type"),
            Column("description", "What it means"),
            Column("from", "From", "date"),
        ),
        tuple(
            (n.get("rank"), n["type"], n.get("description", ""), n.get("from", ""))
            for n in needs
        ),
    )


def _contacts(record: Record, around: School) -> Iterator[Block]:
    contacts = lookup.contacts_on(record, around.day)
    if not contacts:
        return
    yield Heading("Contacts")
    yield Table(
        (
            Column("name", "Name"),
            Column("relationship", "Who"),
            Column("telephone", "Telephone"),
            Column("email", "E-mail"),
            Column("about", "To know"),
        ),
        tuple(
            (
                *(c.get(k, "") for k in ("name", "relationship", "telephone", "email")),
                ", ".join(_about(c)),
            )
            for c in contacts
        ),
    )


def _about(contact: Mapping[str, Any]) -> Iterator[str]:
    if contact.get("parental_responsibility"):
        yield "parental responsibility"
    if contact.get("lives_with"):
        yield "lives with"
    if "sharing" in contact:
        yield f"share {terms.SHARING[contact['sharing']]}"
    if "language" in contact:
        yield contact["language"]
    if contact.get("interpreter"):
        yield "interpreter"
    if contact.get("large_print"):
        yield "large print"
    if contact.get("involved"):
        yield "involved as the pupil agrees"
    if contact.get("acts_for_pupil"):
        yield "acts for the pupil"


def _profile(record: Record, around: School) -> Iterator[Block]:
    page = lookup.profile_on(record, around.day)
    rows = tuple((words, page[key]) for key, words in _PROFILE.items() if key in page)
    if rows:
        yield Heading(f"Profile of {dates.words(page['date'])}")
        if page.get("made_with"):
            made_with = all_of(page["made_with"], record, around.school)
            rows = (*rows, ("Made with", made_with))
        if picture := page.get("picture"):
            titles = {d["id"]: str(d["title"]) for d in record.get("documents", ())}
            rows = (*rows, ("Picture", titles.get(picture, "restricted")))
        yield Fields(rows)


def _cycle(record: Record, around: School) -> Iterator[Block]:
    cycle = lookup.open_cycle(record)
    if cycle is not None:
        yield from cycle_blocks(record, cycle, around)


def _last_review(record: Record, around: School) -> Iterator[Block]:
    reviewed = [c for c in record.get("cycles", ()) if "review" in c]
    if not reviewed:
        return
    cycle = max(reviewed, key=lambda c: str(c["review"]["date"]))
    review = cycle["review"]
    label = lookup.cycle_label(record, cycle)
    yield Heading(f"Last review: {label}, {dates.words(review['date'])}")
    wording = {o["id"]: o["outcome"] for o in cycle.get("plan", {}).get("outcomes", ())}
    yield from _results(review.get("outcomes", ()), wording)
    decided = [terms.DECISIONS[d] for d in review.get("decisions", ())]
    rows = {
        "Attended": all_of(review.get("attended", ()), record, around.school),
        "Decided": ", ".join(decided),
        "Next steps": review.get("next_steps", ""),
        "Next review": _date(review.get("next_review")),
    }
    told = tuple((name, text) for name, text in rows.items() if text)
    if told:
        yield Fields(told)


def _results(
    results: Sequence[Mapping[str, Any]], wording: Mapping[str, str]
) -> Iterator[Block]:
    lines = []
    for result in results:
        words = terms.RESULTS[result["result"]]
        value = f" ({result['value']})" if "value" in result else ""
        named = wording.get(result["outcome"])
        if named is not None:
            lines.append(f"{named}: {words}{value}")
    if lines:
        yield Bullets(tuple(lines))


def _results_of_tests(record: Record, around: School) -> tuple[str, ...]:
    """The newest result of each test."""
    scales = around.scales
    return tuple(
        f"{attainment.measure_name(course.key, scales)}: "
        f"{attainment.result_label(course.entries[-1], scales)}"
        for course in attainment.courses(record, scales)
    )


def _concerns(record: Record, around: School) -> Iterator[Block]:
    concerns = concerns_listed(record)
    if not concerns:
        return
    yield Heading("Concerns")
    yield Table(
        (
            Column("date", "Raised", "date"),
            Column("raised_by", "By"),
            Column("concern", "Concern"),
        ),
        tuple(
            (
                c["date"],
                who(c.get("raised_by", ""), record, around.school),
                c["concern"],
            )
            for c in concerns
        ),
    )


def _papers(record: Record) -> Iterator[Block]:
    documents = record.get("documents", ())
    if not documents:
        return
    yield Heading("Documents")
    yield Table(
        (
            Column("date", "Date", "date"),
            Column("title", "Title"),
            Column("from", "From"),
            Column("file", "File"),
        ),
        tuple(
            (
                d["date"],
                d["title"],
                d.get("from", ""),
                f"documents/{record['id']}/{d['file']}",
            )
            for d in documents
        ),
    )
