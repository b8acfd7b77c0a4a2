"""What an annual review still lacks, and its dates: for the SENCO alone."""

from __future__ import annotations

from collections.abc import Iterator

from sencli import terms
from sencli.core.papers.review_pack import PROFESSIONALS
from sencli.core.papers.review_pack import PackReader
from sencli.core.papers.review_pack import is_held
from sencli.core.papers.review_pack import parents
from sencli.core.papers.review_pack import readers_of
from sencli.core.people.names import who
from sencli.core.people.young_person import is_young_person
from sencli.core.provision.school import School
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.reports import review_report
from sencli.core.statutory import deadlines
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.placeholders import NUMBER
from sencli.core.text.placeholders import PLAN_CHOICE
from sencli.core.text.placeholders import RESULT
from sencli.core.text.placeholders import SAID
from sencli.value import Value

_ADULT_YEAR = 9


class Lack(Value):
    """One thing that is missing: in words, and what to type about it."""

    message: str
    command: str = ""


class Day(Value):
    """A row of the dates: what, whose, and ISO dates or ""."""

    what: str
    who: str
    due: str = ""
    sent: str = ""
    came: str = ""


def lacks(
    record: Entry, plan: Entry, review: Entry, around: School, day: str
) -> list[Lack]:
    """Everything that the pack has nothing to say on, most pressing first.

    Args:
        record: the pupil's, whole.
        plan: the plan in force.
        review: the review; without a date none is planned.
        around: the school.
        day: ISO date.
    """
    return list(dict.fromkeys(_lacks(record, plan, review, around, day)))


def _lacks(
    record: Entry, plan: Entry, review: Entry, around: School, day: str
) -> list[Lack]:
    at = f"sen ehc review {record['id']}"
    if "date" not in review:
        due = deadlines.review_due(record, day)
        return [
            Lack(
                f"No meeting is planned; the review is due by {words(due)}.",
                f"{at} --date DATE --time TIME --place PLACE",
            ),
            *_record(record, plan, review, around, day),
        ]
    at += f" --date {review['date']}"
    held = is_held(review, day)
    return [
        *(_after(record, plan, review, at, day) if held else ()),
        *(() if held else _before(record, review, around.school, at, day)),
        *_record(record, plan, review, around, day),
    ]


def _before(
    record: Entry, review: Entry, school: Entry, at: str, day: str
) -> Iterator[Lack]:
    latest = add_days(review["date"], -deadlines.NOTICE_DAYS)
    late = latest < day
    if "time" not in review:
        yield Lack("The time of the meeting is not recorded.", f"{at} --time TIME")
    if "place" not in review:
        yield Lack("The place of the meeting is not recorded.", f"{at} --place PLACE")
    asked = {entry["role"] for entry in review.get("invited", ())}
    people = readers_of("invitation", record, review, school, day)
    roles = dict.fromkeys(p.role for p in people if p.role != "pupil")
    if missing := [r for r in roles if r not in asked]:
        when = "was due" if late else "is due"
        yield Lack(
            f"Not invited yet: {_roles(missing)}. Two weeks' notice {when} by "
            f"{words(latest)}.",
            f"{at} --invited {','.join(missing)}",
        )
    grown = "young_person" in roles  # whose views are asked for, not the parents'
    wanted = {"young_person" if grown else "parent", *PROFESSIONALS} & set(roles)
    known = {entry["of"] for entry in review.get("advice", ())}
    known |= {p.role for p in people if {p.contact, p.name, p.noted} & known}
    if unasked := [r for r in roles if r in wanted and r not in known]:
        yield Lack(
            f"Advice has not been asked for: {_roles(unasked)}.",
            f"{at} --advice-requested {','.join(unasked)}",
        )
    waiting = [str(a["of"]) for a in review.get("advice", ()) if "received" not in a]
    if waiting:
        yield Lack(
            "Advice that was asked for and has not come: "
            f"{lookup.joined([_whose(of, record, school) for of in waiting])}.",
            f"{at} --advice-received WHO",
        )
    if "circulated" not in review:
        yield Lack(
            f"The papers {'were' if late else 'are'} to go round by {words(latest)}.",
            f"{at} --circulated DATE",
        )
    for contact in parents(record, day):
        if contact.get("interpreter"):
            language = contact.get("language", "which language is not recorded")
            yield Lack(f"Book an interpreter for {contact['name']}: {language}.")


def _after(
    record: Entry, plan: Entry, review: Entry, at: str, day: str
) -> Iterator[Lack]:
    if not review.get("attended"):
        yield Lack("Who came is not recorded.", f"{at} --attended WHO")
    rated = {r["outcome"] for r in review.get("outcomes", ())}
    for number, item in enumerate(plan.get("outcomes", ()), 1):
        if item["id"] not in rated:
            yield Lack(
                f"Outcome {number} is not rated: {item['text']}.",
                f"{at} --outcome {number}={RESULT}",
            )
    if "recommendation" not in review:
        yield Lack(
            "The report recommends nothing yet: to keep, amend or cease the plan.",
            f"{at} --recommendation {PLAN_CHOICE}",
        )
    if review.get("recommendation") == "amend" and "amendments" not in review:
        yield Lack(
            "Which amendments are recommended is not recorded.",
            f"{at} --amendments {SAID}",
        )
    if "differences" not in review:
        yield Lack(
            "Whether anybody saw it differently is not recorded: the report must say "
            "so (or that nobody did).",
            f"{at} --differences {SAID}",
        )
    if not review.get("interim_targets"):
        yield Lack(
            "No steps for the coming year are recorded.", f"{at} --target {SAID}"
        )
    due = add_days(review["date"], deadlines.REPORT_DAYS)
    if "report_sent" not in review:
        verb = "was" if due < day else "is"
        yield Lack(
            f"The report {verb} due by {words(due)} and is not shown as sent.",
            f"{at} --report-sent DATE",
        )
    decided = add_days(review["date"], deadlines.DECISION_DAYS)
    if "decision" not in review and decided < day:
        yield Lack(
            f"The authority's decision was due by {words(decided)}.",
            f"{at} --decision {PLAN_CHOICE} --decided DATE",
        )
    del record


def _record(
    record: Entry, plan: Entry, review: Entry, around: School, day: str
) -> Iterator[Lack]:
    """What the report lacks, before the meeting and after it."""
    pupil = record["id"]
    for key, named, option in (
        ("outcomes", "outcome of the plan (section E)", "--outcome OUTCOME"),
        ("provision", "provision of the plan (section F)", "--provision PROVISION"),
    ):
        if not plan.get(key):
            yield Lack(f"No {named} is recorded.", f"sen ehc issue {pupil} {option}")
    period = (
        review_report.since(record, plan, review, day),
        review_report.until(review, day),
    )
    outcomes = review_report.towards(record, plan, review, around, period)
    for number, item in enumerate(outcomes, 1):
        yield from _unmeasured(record, number, item)
    lines = review_report.given(record, plan, around, period)
    for number, line in enumerate(lines, 1):
        yield from _ungiven(pupil, number, line)
    yield from _views(record, review, period, day)
    year = str(lookup.placement_on(record, day).get("year_group", ""))
    if year.isdigit() and int(year) >= _ADULT_YEAR and not review.get("pfa"):
        yield Lack(
            "From Year 9 the review considers adult life: nothing is recorded.",
            f"sen ehc review {pupil} --pfa AREA={SAID}",
        )


def _unmeasured(
    record: Entry, number: int, item: review_report.Towards
) -> Iterator[Lack]:
    pupil = record["id"]
    if not item.measured:
        yield Lack(
            f"Nothing is measured towards outcome {number}: {item.text}.",
            f"sen outcome set {pupil} {NUMBER} --ehc-outcome {number}"
            if lookup.open_cycle(record)
            else f"sen cycle open {pupil}",
        )
    for one in item.measured:
        if not one.now:
            yield Lack(
                f"Not measured since the baseline: {one.outcome}.",
                f"sen outcome measure {pupil} {NUMBER} VALUE",
            )


def _ungiven(pupil: str, number: int, line: review_report.Given) -> Iterator[Lack]:
    if line.text and not line.rows:
        yield Lack(
            f"No support is recorded under line {number} of section F: {line.text}.",
            f"sen intervention set {pupil} {NUMBER} --section-f {number}",
        )
    for row in line.rows:
        if row["delivered"] is None:
            yield Lack(
                f"No session is recorded: {row['provision_name']}.",
                f"sen session log {pupil} --date DATE",
            )
        for why in row["cost_missing"]:
            yield Lack(f"{row['provision_name']} has no cost: {why}.")


def _views(
    record: Entry, review: Entry, period: tuple[str, str], day: str
) -> Iterator[Lack]:
    heard = {one.of for one in review_report.opinions(record, review, period)}
    # what was said before the meeting was not said at it
    at = f"sen meeting add {record['id']}"
    if "date" in review and is_held(review, day):
        at = f"sen ehc review {record['id']} --date {review['date']}"
    ids = {str(c["id"]) for c in parents(record, day)} | {"parent", "parents"}
    if not is_young_person(record, day) and not ids & heard:
        yield Lack("No view of a parent is recorded.", f"{at} --parent-view {SAID}")
    if "pupil" not in heard:
        yield Lack("No view of the pupil is recorded.", f"{at} --pupil-view {SAID}")


def _whose(of: str, record: Entry, school: Entry) -> str:
    return terms.INVITED.get(of) or who(of, record, school)


def _roles(roles: list[str]) -> str:
    return lookup.joined([terms.INVITED.get(role, role) for role in roles])


def dates(record: Entry, review: Entry, school: Entry, day: str) -> list[Day]:
    """Each step of the review with when it was due, sent and came in."""
    if "date" not in review:
        return []
    latest = add_days(review["date"], -deadlines.NOTICE_DAYS)
    made = []
    known = {
        (str(e["role"]), str(e.get("who", ""))): str(e["date"])
        for e in review.get("invited", ())
    }
    asked = {str(a["of"]): a for a in review.get("advice", ())}
    seen: dict[str, PackReader] = {}
    for reader in readers_of("invitation", record, review, school, day):
        if reader.role != "pupil":
            seen.setdefault(_called(reader), reader)
    for called, reader in seen.items():
        sent = known.get((reader.role, reader.name)) or known.get((reader.role, ""), "")
        made.append(Day("Invitation", called, latest, sent))
    for called, reader in seen.items():
        names = (reader.contact, reader.name, reader.role)
        advice: Entry = next((asked[of] for of in names if of in asked), {})
        made.append(
            Day(
                "Views and advice",
                called,
                str(advice.get("due", "") or latest),
                str(advice.get("requested", "")),
                str(advice.get("received", "")),
            )
        )
    plans = record.get("ehc", {}).get("plans", ())
    for step in deadlines.review_steps(review, plans):
        if step.key == "invited":  # a row for each of them stands above
            continue
        at = "" if step.school else "local authority"
        sent, came = (step.done, "") if step.school else ("", step.done)
        made.append(Day(step.name, at, step.due, sent, came))
    return made


def _called(reader: PackReader) -> str:
    """The role, with the name where one is known."""
    role = terms.INVITED[reader.role]
    return f"{role}: {reader.name}" if reader.name else role
