"""Take answers into the records: what is new, there already, otherwise, or left.

Each answer is held against the record as the answers before it left it, so that two
files never enter the same thing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.cycle import sessions
from sencli.core.cycle.dose import provision_name
from sencli.core.cycle.outcomes import measure_outcome
from sencli.core.cycle.sessions import Mark
from sencli.core.cycle.sessions import Span
from sencli.core.handover.answers import Answer
from sencli.core.handover.answers import Given
from sencli.core.handover.answers import refuse_all
from sencli.core.handover.sheet import GIVEN
from sencli.core.handover.sheet import GIVER
from sencli.core.handover.sheet import PUPIL
from sencli.core.people.context import Context
from sencli.core.pupil.concerns import add_concern
from sencli.core.record import lookup
from sencli.core.record.edit import put_cycle
from sencli.core.record.edit import put_item
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import monday
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.errors import SencliError
from sencli.value import Value

NEW, SAME, OTHER, LEFT = "new", "same", "other", "left"
_NOBODY = (
    "Enter the child, then take the file again (nothing is taken twice): "
    "sen pupil add NAME"
)


class Line(Value):
    """What becomes of one answer.

    Attributes:
        number: its place among all the answers, from 1.
        given: the file that it is from.
        pupil: id of the pupil.
        name: of the pupil, for people.
        said: what the answer says, in words.
        state: new; same (there already); other (the record says something else); left
            (it has no place in the record any more).
        there: what the record says, or why it is left.
    """

    number: int
    given: Given
    pupil: str
    name: str
    said: str
    state: str
    there: str = ""


class Way(Value):
    """How answers are taken.

    Attributes:
        context_of: day, ids and school for a change of a record.
        pupil_id: of a pupil who is named in words; raises where nobody fits.
        chosen: numbers of the answers that take the place of what is there.
    """

    context_of: Callable[[Record], Context]
    pupil_id: Callable[[str], str]
    chosen: frozenset[int] = frozenset()


class _Entry(Value):
    """An answer as it would be entered.

    Attributes:
        said: in words.
        record: the record with it, or none where it is left.
        there: what stands in its place already, "" where nothing does.
        same: whether that is the same.
        why: why it is left.
    """

    said: str
    record: Record | None = None
    there: str = ""
    same: bool = False
    why: str = ""


def with_answers(
    records: Mapping[str, Record], files: Iterable[Given], way: Way
) -> tuple[dict[str, Record], list[Line]]:
    """The records that change, and what becomes of each answer.

    Args:
        records: every pupil's by id.
        files: the answers, in the order in which they are taken.
        way: how.

    Raises:
        InvalidValue: an answer that its record cannot hold; names each.
    """
    after: dict[str, Record] = {}
    lines: list[Line] = []
    faults: list[str] = []
    for given in files:
        found, nobody = _with_pupils(given, way)
        for one, why in nobody:
            said = f"concern: {one.text}"
            lines.append(Line(len(lines) + 1, given, "", one.name, said, LEFT, why))
        for pupil, answer in _joined(found, records, way):
            record = after.get(pupil, records[pupil])
            context = way.context_of(record)
            try:
                entry = _ENTERED[answer.kind](record, answer, given, context)
            except SencliError as fault:
                name = lookup.display_name(record)
                faults.append(f"{answer.at}, {name}: {fault.message}")
                continue
            number = len(lines) + 1
            state = _state(entry)
            if entry.record is not None and (
                state == NEW or (state == OTHER and number in way.chosen)
            ):
                after[pupil] = entry.record
            name = lookup.display_name(record)
            why = entry.why or entry.there
            lines.append(Line(number, given, pupil, name, entry.said, state, why))
    refuse_all(faults)
    return after, lines


def _with_pupils(
    given: Given, way: Way
) -> tuple[list[tuple[str, Answer]], list[tuple[Answer, str]]]:
    """The answers with the ids of their pupils, and those about nobody here, with why.

    A concern is often about a child who has no record yet: the rest of the sheet is
    taken all the same, and the file again once the child has one.
    """
    found, nobody = [], []
    for one in given.answers:
        try:
            found.append((one.pupil or way.pupil_id(one.name), one))
        except SencliError as fault:
            nobody.append((one, f"{fault.message}\n{_NOBODY}"))
    return found, nobody


def _joined(
    given: Sequence[tuple[str, Answer]], records: Mapping[str, Record], way: Way
) -> Iterator[tuple[str, Answer]]:
    """The answers, pupil by pupil; what one says of a pupil's support is one view."""
    said: dict[str, list[str]] = {}
    found: dict[str, list[Answer]] = {}
    for pupil, one in given:
        mine = found.setdefault(pupil, [])
        support = lookup.holder(records[pupil], "interventions", one.item)
        if one.kind == "helped" and support:
            catalogue = way.context_of(records[pupil]).provisions
            name = provision_name(support[1]["provision"], catalogue)
            said.setdefault(pupil, []).append(f"{name} {_helped(one)}")
        elif (one.kind, one.item) == ("views", GIVER):
            said.setdefault(pupil, []).append(one.text)
        else:
            mine.append(one)
    for pupil, answers in found.items():
        yield from ((pupil, one) for one in answers)
        if texts := said.get(pupil):
            yield pupil, Answer("views", pupil, GIVER, text="\n".join(texts))


def _state(entry: _Entry) -> str:
    if entry.record is None:
        return LEFT
    if not entry.there:
        return NEW
    return SAME if entry.same else OTHER


def _helped(answer: Answer) -> str:
    """``helped a little: words``."""
    said = terms.HELPED[answer.value]
    return f"{said}: {answer.text}" if answer.text else f"{said}."


def _session(record: Record, answer: Answer, given: Given, context: Context) -> _Entry:
    name = _of_support(record, answer.item, context)
    what = "given" if answer.value == GIVEN else terms.MISSED[answer.value]
    said = f"{name}, {words(answer.day)}: {_with(what, answer.text)}"
    found = lookup.holder(record, "interventions", answer.item)
    if found is None:
        return _Entry(said, why="this support is no longer in the record")
    cycle, item = found
    if not item.get("from", "") <= answer.day <= item.get("until", lookup.STILL):
        return _Entry(said, why="the support did not run on that day")
    if not lookup.on_roll(record, answer.day):
        return _Entry(said, why="the pupil was not on roll on that day")
    log = cycle.get("do", {})
    if any(
        t["intervention"] == item["id"] and t["week"] == monday(answer.day)
        for t in log.get("tallies", ())
    ):
        return _Entry(said, why="the sessions of that week are counted already")
    fields: Record = {"by": given.by, "sheet": given.sheet}
    if answer.value != GIVEN:
        fields["missed"] = answer.value
    if answer.text:
        fields["note"] = answer.text
    old = next(
        (
            one
            for one in log.get("sessions", ())
            if one["intervention"] == item["id"] and one["date"] == answer.day
        ),
        None,
    )
    mark, span = Mark(fields, given=True), Span(answer.day, answer.day)
    new = sessions.log(record, found, span, mark, context.school.get("terms", ()))
    if old is None:
        return _Entry(said, new.record)
    was = terms.MISSED[old["missed"]] if "missed" in old else "given"
    same = old.get("missed", GIVEN) == answer.value
    same = same and answer.text in {"", old.get("note", "")}
    return _Entry(said, new.record, _by(_with(was, old.get("note", "")), old), same)


def _measure(record: Record, answer: Answer, given: Given, context: Context) -> _Entry:
    found = lookup.holder(record, "outcomes", answer.item)
    if found is None:
        return _Entry(
            f"a measure: {answer.value}", why="this outcome is no longer in the record"
        )
    said = f"{found[1]['outcome']}, {words(answer.day)}: {answer.value}"
    typed = {"date": answer.day, "by": given.by}
    if answer.text:
        typed["note"] = answer.text
    act = measure_outcome(record, answer.item, answer.value, typed, context)
    cycle, entry = _measurement(act.record, act.ids["measurement"])
    _, old = _measurement(record, act.ids["measurement"])
    part = dict(cycle["do"])
    part["measurements"] = put_item(
        part["measurements"], {**entry, "sheet": given.sheet}
    )
    new = put_cycle(act.record, {**cycle, "do": part})
    if not old:
        return _Entry(said, new)
    same = (old["value"], old.get("interval")) == (
        entry["value"],
        entry.get("interval"),
    )
    same = same and answer.text in {"", old.get("note", "")}
    return _Entry(
        said, new, _by(_with(str(old["value"]), old.get("note", "")), old), same
    )


def _measurement(record: Record, item: str) -> tuple[Record, Record]:
    for cycle in record.get("cycles", ()):
        for one in cycle.get("do", {}).get("measurements", ()):
            if one["id"] == item:
                return cycle, one
    return {}, {}


def _strategy(
    record: Record, answer: Answer, given: Given, _context: Context
) -> _Entry:
    """Whether a strategy helped, as its plan keeps it."""
    found = lookup.holder(record, "strategies", answer.item)
    worked = _helped(answer)
    if found is None:
        return _Entry(worked, why="this strategy is no longer in the record")
    cycle, item = found
    said = f"{item['text']}: {worked}"
    plan = cycle["plan"]
    made = {**item, "worked": worked, "worked_by": given.by, "sheet": given.sheet}
    listed = put_item(plan["strategies"], made)
    new = put_cycle(record, {**cycle, "plan": {**plan, "strategies": listed}})
    old = item.get("worked", "")
    who = {"by": item["worked_by"]} if "worked_by" in item else {}
    return _Entry(said, new, _by(old, who), same=fold(old) == fold(worked))


def _view(record: Record, answer: Answer, given: Given, _context: Context) -> _Entry:
    """A view for the assessment that is being made, else for the review to come."""
    whose = given.by if answer.item == GIVER else PUPIL
    said = f"view of {'the pupil' if whose == PUPIL else whose}: {answer.text}"
    made: Record = {"of": whose, "date": given.day}
    if whose == PUPIL:
        made["how"] = f"asked by {given.by}"
    made |= {"text": answer.text, "sheet": given.sheet}
    before = [v for v in _views(record) if _same_view(v, made)]
    if any(fold(answer.text) in fold(v["text"]) for v in before):
        return _Entry(said, record, answer.text, same=True)
    cycle = lookup.open_cycle(record)
    if cycle is None:
        return _Entry(said, why="no cycle is open any more")
    early = lookup.stage(cycle, given.day) in {"assess", "plan"}
    part = "assess" if early else "do"
    holder = dict(cycle.get(part, {}))
    there = [v for v in holder.get("views", ()) if _same_view(v, made)]
    holder["views"] = [v for v in holder.get("views", ()) if v not in there] + [made]
    new = put_cycle(record, {**cycle, part: holder})
    return _Entry(said, new, there[0]["text"] if there else "")


def _same_view(one: Entry, other: Entry) -> bool:
    """Whether both are one person's view of one day, or on one sheet."""
    return bool(
        one["of"] == other["of"]
        and (
            one.get("date") == other["date"]
            or (
                one.get("sheet") == other["sheet"]
                and one.get("how") == other.get("how")
            )
        )
    )


def _views(record: Record) -> Iterator[Record]:
    for cycle in record.get("cycles", ()):
        for part in ("assess", "do", "review"):
            yield from cycle.get(part, {}).get("views", ())


def _concern(record: Record, answer: Answer, given: Given, context: Context) -> _Entry:
    whom = f" (about {answer.name!r})" if answer.name else ""
    said = f"concern{whom}: {answer.text}"
    for old in record.get("concerns", ()):
        if fold(old["concern"]) == fold(answer.text) and (
            old.get("sheet") == given.sheet or old["date"] == given.day
        ):
            return _Entry(said, record, old["concern"], same=True)
    fields: dict[str, Any] = {"raised_by": given.by, "sheet": given.sheet}
    act = add_concern(record, answer.text, given.day, fields, context.new_id)
    return _Entry(said, act.record)


def _of_support(record: Record, item: str, context: Context) -> str:
    found = lookup.holder(record, "interventions", item)
    if found is None:
        return "a support"
    return provision_name(found[1]["provision"], context.provisions)


def _with(said: str, note: str) -> str:
    return f"{said} ({note})" if note else said


def _by(said: str, entry: Entry) -> str:
    return f"{said}, by {entry['by']}" if said and entry.get("by") else said


_ENTERED: dict[str, Callable[[Record, Answer, Given, Context], _Entry]] = {
    "sessions": _session,
    "measure": _measure,
    "helped": _strategy,
    "views": _view,
    "concern": _concern,
}
