"""One cycle on a page: assess, plan, do, review, with numbers to type."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from functools import partial

from sencli import terms
from sencli.core.cycle.delivery import delivery
from sencli.core.cycle.progress import value_words as value_said
from sencli.core.cycle.scales import scale_of
from sencli.core.provision.school import School
from sencli.core.pupil.languages import tag_of
from sencli.core.record import lookup
from sencli.core.record.edit import in_order
from sencli.core.record.edit import the_cycle
from sencli.core.record.lookup import joined
from sencli.core.record.types import Entry
from sencli.core.record.wording import who_is
from sencli.core.text.dates import words
from sencli.documents.lists.cycle import interventions_view
from sencli.documents.lists.cycle import outcomes_view
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Quote
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

_ASSESS = {
    "teacher_assessment": "Teacher's assessment",
    "attainment": "Attainment and progress",
    "compared_with_peers": "Compared with peers",
    "specialist_advice": "Specialist advice",
}
_STAGES = {
    "assess": "assess: the assessment is still to be written",
    "plan": "plan: assessed, still to be planned",
    "do": "do: the support is being given",
    "review": "review: due",
    "closed": "closed",
}


class _Page:
    """The cycle with what is needed to put it into words."""

    def __init__(self, record: Entry, cycle: Entry, school: School) -> None:
        self.record = record
        self.cycle = cycle
        self.school = school
        self.staff = {s["initials"]: s["name"] for s in school.school.get("staff", ())}

    def who(self, name: str) -> str:
        return str(self.staff.get(name) or who_is(name, self.record))

    def all(self, names: Iterable[str]) -> str:
        return joined([self.who(name) for name in names])

    def part(self, name: str) -> Entry:
        found: Entry = self.cycle.get(name, {})
        return found

    def views(self, part: Entry) -> Iterator[Quote]:
        for view in part.get("views", ()):
            if view.get("restricted"):
                yield Quote("(withheld)", self.who(view["of"]))
                continue
            how = f", {view['how']}" if "how" in view else ""
            when = f", {words(view['date'])}" if "date" in view else ""
            by = f"{self.who(view['of'])}{when}{how}"
            yield Quote(view["text"], by, tag_of(str(view.get("language", ""))))


def cycle_view(record: Entry, school: School, which: str | None, day: str) -> View:
    """One cycle: the one named, else the open one, else the newest.

    Raises:
        NotFound: the pupil has no cycle.
    """
    cycle = the_cycle(record, which, open_only=False)
    page = _Page(record, cycle, school)
    label = lookup.cycle_label(record, cycle)
    stage = lookup.stage(cycle, day)
    subtitle = f"Stage: {_STAGES[stage]}"
    if teacher := cycle.get("teacher"):
        subtitle += f". Teacher: {page.who(teacher)}"
    number = [c["id"] for c in in_order(record)].index(cycle["id"]) + 1
    blocks = [*_assess(page), *_plan(page), *_do(page), *_review(page)]
    derived = {
        "pupil": record["id"],
        "label": label,
        "number": number,
        "stage": stage,
        "overdue": lookup.overdue(record, day) and stage != "closed",
    }
    return View(
        f"{lookup.display_name(record)}: {label}",
        Letterhead(str(school.school.get("name", ""))),
        day,
        tuple(blocks),
        subtitle=subtitle,
        data={**cycle, "derived": derived},
    )


def _headed(name: str, part: Entry) -> Heading:
    when = f" ({words(part['date'])})" if "date" in part else ""
    return Heading(f"{name}{when}")


def _assess(page: _Page) -> Iterator[Block]:
    part = page.part("assess")
    yield _headed("Assess", part)
    rows = [("Assessed by", page.all(part["by"]))] if part.get("by") else []
    rows += [(title, part[name]) for name, title in _ASSESS.items() if name in part]
    if rows:
        yield Fields(tuple(rows))
    yield from page.views(part)
    if not rows and not part.get("views"):
        yield Text("Nothing written yet.", "note")


def _plan(page: _Page) -> Iterator[Block]:
    part = page.part("plan")
    yield _headed("Plan", part)
    if not part.get("date"):
        yield Text(
            f"Not planned yet: sen cycle plan {page.record['id']} --date DATE", "note"
        )
    rows = list(_plan_rows(page, part))
    if rows:
        yield Fields(tuple(rows))
    if strategies := part.get("strategies"):
        yield Heading("Strategies in class", 3)
        yield Bullets(tuple(_strategy(s) for s in strategies))
    name = page.cycle["id"]
    upright = partial(interventions_view, upright=True)
    for title, kind, view in (
        ("Outcomes", "outcomes", outcomes_view),
        ("Interventions", "interventions", upright),
    ):
        if part.get(kind):
            yield Heading(title, 3)
            yield from view(page.record, page.school, name, every=False).blocks


def _plan_rows(page: _Page, part: Entry) -> Iterator[tuple[str, str]]:
    if "review_by" in part:
        yield "Review by", words(part["review_by"])
    for answer, title in terms.ANSWERS.items():
        names = [a["who"] for a in part.get("agreement", ()) if a["answer"] == answer]
        if names:
            yield title.capitalize(), page.all(names)
    for told in part.get("told", ()):
        yield "Parents told", f"{page.who(told['who'])}, {words(told['date'])}"
    for name, title in (
        ("shared_with_parents", "Given to parents"),
        ("shared_with_staff", "Staff told"),
    ):
        if name in part:
            yield title, words(part[name])
    yield from _will(part)
    if "home_support" in part:
        yield "At home", part["home_support"]


def _will(part: Entry) -> Iterator[tuple[str, str]]:
    for who, what in part.get("responsibilities", {}).items():
        yield f"The {who} will", what


def _strategy(strategy: Entry) -> str:
    until = f" (until {words(strategy['until'])})" if "until" in strategy else ""
    worked = f". Did it help? {strategy['worked']}" if "worked" in strategy else ""
    return f"{strategy['text']}{until}{worked}"


def _do(page: _Page) -> Iterator[Block]:
    part = page.part("do")
    yield Heading("Do")
    if not part:
        yield Text("Nothing logged yet.", "note")
        return
    if measured := part.get("measurements"):
        yield _measured(page, measured)
    if given := _given(page):
        yield Text(given)
    if missed := _missed(page):
        yield missed
    if changes := part.get("changes"):
        yield Bullets(tuple(_change(change) for change in changes))
    if part.get("views"):
        yield Text("Said for the review to come:", "small")
        yield from page.views(part)


def _measured(page: _Page, measured: Iterable[Entry]) -> Table:
    outcomes = page.part("plan").get("outcomes", ())
    numbers = {o["id"]: (n, o) for n, o in enumerate(outcomes, 1)}
    scales = page.school.scales
    rows = []
    for entry in sorted(measured, key=lambda m: str(m["date"])):
        number, outcome = numbers.get(entry["outcome"], ("", {}))
        value = value_said(
            entry["value"], scale_of(outcome, scales), entry.get("interval")
        )
        by = page.who(entry["by"]) if "by" in entry else ""
        rows.append((entry["date"], number, value, by, entry.get("note", "")))
    columns = (
        Column("date", "Measured", "date"),
        Column("outcome", "Outcome", "number"),
        Column("value", "Value"),
        Column("by", "By"),
        Column("note", "Note", width=2),
    )
    return Table(columns, tuple(rows))


def _given(page: _Page) -> str:
    """Sessions given of each intervention, by number."""
    said = []
    for number, item in enumerate(page.part("plan").get("interventions", ()), 1):
        done = delivery(page.cycle, item["id"])
        if done.recorded:
            missed = f", missed {done.not_delivered}" if done.not_delivered else ""
            said.append(f"Intervention {number}: given {done.delivered}{missed}.")
    return " ".join(said)


def _missed(page: _Page) -> Table | None:
    """The sessions that did not take place; those that did are in the plan's table."""
    ids = [i["id"] for i in page.part("plan").get("interventions", ())]
    part = page.part("do")
    rows = [
        (
            s["date"],
            ids.index(s["intervention"]) + 1 if s["intervention"] in ids else "",
            terms.MISSED[s["missed"]],
            s.get("note", ""),
        )
        for s in part.get("sessions", ())
        if "missed" in s
    ]
    for tally in part.get("tallies", ()):
        place = tally["intervention"]
        for reason, count in tally.get("missed", {}).items():
            number = ids.index(place) + 1 if place in ids else ""
            said = f"{count} in the week: {terms.MISSED[reason]}"
            rows.append((tally["week"], number, said, tally.get("note", "")))
    if not rows:
        return None
    columns = (
        Column("date", "Missed", "date"),
        Column("intervention", "Intervention", "number"),
        Column("missed", "Why"),
        Column("note", "Note", width=2),
    )
    return Table(columns, tuple(sorted(rows, key=lambda row: str(row[0]))))


def _change(change: Entry) -> str:
    why = f", because: {change['reason']}" if "reason" in change else ""
    return f"{words(change['date'])}: {change['change']}{why}"


def _review(page: _Page) -> Iterator[Block]:
    part = page.part("review")
    closed = page.part("closed")
    yield _headed("Review", part)
    if not part:
        ended = "Not reviewed yet."
        if closed:
            reason = closed["reason"].replace("_", " ")
            ended = f"Closed on {words(closed['date'])} without a review: {reason}."
        yield Text(ended, "note")
        return
    yield Fields(tuple(_review_rows(page, part)))
    results = list(_results(page, part))
    if results:
        yield Bullets(tuple(results))
    yield from page.views(part)


def _review_rows(page: _Page, part: Entry) -> Iterator[tuple[str, str]]:
    if "led_by" in part:
        yield "Led by", page.who(part["led_by"])
    for name, title in (("invited", "Invited"), ("attended", "Came")):
        if part.get(name):
            yield title, page.all(part[name])
    if decisions := part.get("decisions"):
        yield "Decided", joined([terms.DECISIONS.get(d, d) for d in decisions])
    if "decision_reason" in part:
        yield "Because", part["decision_reason"]
    if "next_steps" in part:
        yield "Next steps", part["next_steps"]
    yield from _will(part)
    for name, title in (
        ("next_review", "Next review"),
        ("shared_with_parents", "Given to parents"),
        ("shared_with_staff", "Staff told"),
    ):
        if name in part:
            yield title, words(part[name])


def _results(page: _Page, part: Entry) -> Iterator[str]:
    scales = page.school.scales
    numbered = enumerate(page.part("plan").get("outcomes", ()), 1)
    outcomes = {o["id"]: (n, o) for n, o in numbered}
    for entry in part.get("outcomes", ()):
        if entry["outcome"] not in outcomes:
            continue
        number, outcome = outcomes[entry["outcome"]]
        scale = scale_of(outcome, scales)
        value = ""
        if "value" in entry:
            value = f" ({value_said(entry['value'], scale, entry.get('interval'))})"
        result = terms.RESULTS[entry["result"]]
        evidence = f". {entry['evidence']}" if "evidence" in entry else ""
        yield f"Outcome {number}, {outcome['outcome']}: {result}{value}{evidence}"
    ids = [i["id"] for i in page.part("plan").get("interventions", ())]
    for entry in part.get("interventions", ()):
        if entry["intervention"] not in ids:
            continue
        number = ids.index(entry["intervention"]) + 1
        said = [entry[k] for k in ("quality", "comment") if k in entry]
        if "impact" in entry:
            impact = terms.IMPACTS[entry["impact"]]
            said.insert(0, f"{entry['impact']:+d}, {impact}")
        yield f"Intervention {number}: {'. '.join(said)}"
