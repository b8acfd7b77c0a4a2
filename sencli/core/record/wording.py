"""Name an item of a record in its own words, never by its id."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.text.dates import words
from sencli.core.text.lines import shortened

_Maker = Callable[[Entry, Entry, Entry], str]

# What an item is called by: the first of these fields that it has.
_BY = (
    *("outcome", "text", "concern", "name", "title", "change", "recommendation"),
    *("service", "flag", "condition", "document", "about", "reason", "strengths"),
    "summary",
)
_NOUNS = {
    "OutcomeResult": "outcome",
    "InterventionResult": "intervention",
    "SupportChange": "change to support",
    "RuleException": "exception",
    "EhcReview": "annual review",
    "EhcPlan": "EHC plan",
    "EhcRequest": "EHC request",
    "EhcAppeal": "appeal against the",
    "PlanTransfer": "move of the plan",
    "Roll": "time on roll",
    "Views": "views",
    "Told": "telling",
    "Dose": "amount",
    "Profile": "one-page profile",
    "Tally": "week's count",
    "Agreement": "answer",
    "SectionB": "need of the EHC plan",
    "SectionE": "outcome of the EHC plan",
    "SectionF": "provision of the EHC plan",
    "ReviewAdvice": "advice for the review",
    "TimetableException": "exception to the timetable",
    "ReviewException": "exception to the timetable",
    "RelatedPlan": "plan kept elsewhere",
    "Consideration": "question considered:",
    "Information": "information about",
    "Transition": "move",
    "HomeLanguage": "home language",
    "Health": "condition",
    "Attainment": "result",
    "NumberOnRoll": "number on roll",
    "NationalFigure": "figure for England",
    "SencoQualification": "SENCO's qualification",
    "Action": "promise",
    "Shared": "sharing",
    "PartTimeTimetable": "part-time timetable",
    "BasePlacement": "place in a",
}
_LONGEST = 60


def noun(title: str) -> str:
    """A kind of item in words: ``OutcomeResult`` is "outcome"."""
    if title in _NOUNS:
        return _NOUNS[title]
    parts = "".join(f" {c.lower()}" if c.isupper() else c for c in title).split()
    return " ".join(parts)


def worded(
    item: Any, record: Entry, title: str = "", books: Entry | None = None
) -> str:
    """An item by its kind and its own words: ``outcome 'Reads 60 words'``.

    Args:
        item: the item.
        record: the record that it belongs to, for what it refers to.
        title: its kind, by the schema.
        books: names of provisions and groups by key and id.
    """
    kind = noun(title)
    if not isinstance(item, dict):
        return f"{kind} {quoted(item)}".strip()
    maker = _MAKERS.get(title)
    text = maker(item, record, books or {}) if maker else _plain(item)
    return f"{kind} {text}".strip()


def quoted(value: Any, longest: int = _LONGEST) -> str:
    """Quoted words on one line, shortened if long."""
    return f"'{shortened(str(value), longest, '…')}'"


def referred(item_id: str, record: Entry, books: Entry | None = None) -> str:
    """The item or person that an id names, in words; else the id."""
    if books and item_id in books:
        return str(books[item_id])
    found = _near(item_id, record) or item_of(item_id, record)
    if found is None:
        return item_id
    if "issued" in found:
        return f"'of {words(found['issued'])}'"
    if isinstance(found.get("provision"), str):
        return _provision(found, books or {})
    return _plain(found)


def _near(item_id: str, record: Entry) -> Entry | None:
    """The item of that id, looked for where most of them are."""
    for cycle in record.get("cycles", ()):
        plan = cycle.get("plan", {})
        for kind in ("outcomes", "interventions"):
            for item in plan.get(kind, ()):
                if item["id"] == item_id:
                    found: Entry = item
                    return found
    return None


def item_of(item_id: str, value: Any) -> Entry | None:
    """The item of that id anywhere in a record, or ``None``."""
    children: Any = value
    if isinstance(value, dict):
        if value.get("id") == item_id:
            return value
        children = value.values()
    for child in children:
        if isinstance(child, (dict, list)):
            found = item_of(item_id, child)
            if found is not None:
                return found
    return None


def _plain(item: Entry) -> str:
    for name in _BY:
        if isinstance(item.get(name), str):
            return quoted(item[name])
    if "date" in item:
        return f"of {words(item['date'])}"
    if "from" in item:
        return f"from {words(item['from'])}"
    return ""


def _provision(item: Entry, books: Entry) -> str:
    key = str(item.get("provision", ""))
    return quoted(books.get(key) or key.replace("-", " ").capitalize())


def _cycle(item: Entry, record: Entry, _books: Entry) -> str:
    return lookup.cycle_label(record, item)


def _intervention(item: Entry, _record: Entry, books: Entry) -> str:
    return _provision(item, books)


def _result(item: Entry, record: Entry, books: Entry) -> str:
    return referred(item.get("outcome") or item.get("intervention", ""), record, books)


def _session(item: Entry, record: Entry, books: Entry) -> str:
    when = words(item["date"]) if "date" in item else ""
    nth = f" ({item['ordinal']})" if "ordinal" in item else ""
    return f"of {referred(item['intervention'], record, books)} on {when}{nth}"


def _tally(item: Entry, record: Entry, books: Entry) -> str:
    what = referred(item["intervention"], record, books)
    return f"of {what}, week of {words(item['week'])}"


def _measurement(item: Entry, record: Entry, books: Entry) -> str:
    return f"of {referred(item['outcome'], record, books)} on {words(item['date'])}"


def _need(item: Entry, _record: Entry, _books: Entry) -> str:
    name = terms.NEED_TYPES.get(item.get("type", ""), ("",))[0]
    return quoted(name or item.get("type", ""))


def _of(item: Entry, record: Entry, _books: Entry) -> str:
    who = who_is(item.get("of") or item.get("who", ""), record)
    return f"of {who}" if "of" in item or "answer" in item else f"to {who}"


def who_is(who: str, record: Entry) -> str:
    """A person for the pupil's own history: a contact by name, staff by initials."""
    if who == "pupil":
        return lookup.display_name(record)
    for contact in record.get("contacts", ()):
        if contact["id"] == who:
            return str(contact["name"])
    return terms.ROLES.get(who, who)


def _placement(item: Entry, _record: Entry, _books: Entry) -> str:
    parts = []
    if "year_group" in item:
        parts.append(terms.year_group_name(item["year_group"]))
    if "class" in item:
        parts.append(f"class {item['class']}")
    since = f" from {words(item['from'])}" if "from" in item else ""
    return ", ".join(parts) + since


def _status(item: Entry, _record: Entry, _books: Entry) -> str:
    code = item.get("provision", "")
    return f"{terms.PROVISION.get(code, code)} ({code}) from {words(item['from'])}"


def _flag(item: Entry, _record: Entry, _books: Entry) -> str:
    return quoted(terms.FLAGS.get(item.get("flag", ""), item.get("flag", "")))


def _dated(item: Entry, _record: Entry, _books: Entry) -> str:
    return f"of {words(item['date'])}" if "date" in item else ""


def _meeting(item: Entry, record: Entry, books: Entry) -> str:
    kind = terms.MEETINGS.get(item.get("kind", ""), "")
    return _dated(item, record, books) + (f" ({kind})" if kind else "")


def _coded(field: str, vocabulary: Mapping[str, str]) -> _Maker:
    """Words for an item that is known by one of a closed list."""

    def made(item: Entry, _record: Entry, _books: Entry) -> str:
        return vocabulary.get(item.get(field, ""), str(item.get(field, "")))

    return made


def _move(item: Entry, _record: Entry, _books: Entry) -> str:
    if "to" in item:
        return f"to {quoted(item['to'])}"
    return terms.MOVES.get(item.get("kind", ""), f"of {words(item['date'])}")


def _shared(item: Entry, record: Entry, _books: Entry) -> str:
    return f"with {who_is(item['with'], record)} on {words(item['date'])}"


def _advice_of(item: Entry, record: Entry, _books: Entry) -> str:
    return f"from {who_is(item['of'], record)}"


def _invited(item: Entry, _record: Entry, _books: Entry) -> str:
    role = terms.INVITED.get(item["role"], item["role"])
    name = f" ({item['who']})" if "who" in item else ""
    return f"of {role}{name} on {words(item['date'])}"


def _funded(item: Entry, _record: Entry, _books: Entry) -> str:
    return f"{terms.FUNDING.get(item['source'], '')} from {words(item['from'])}"


def _term(item: Entry, _record: Entry, _books: Entry) -> str:
    return f"of the {item.get('term', '')} term {item.get('academic_year', '')}"


def _suspended(item: Entry, _record: Entry, _books: Entry) -> str:
    return f"from {words(item['date'])}" if "date" in item else ""


def _provider(item: Entry, _record: Entry, _books: Entry) -> str:
    return f"at {quoted(item.get('provider', ''))}"


def _other_school(item: Entry, _record: Entry, _books: Entry) -> str:
    return f"with {quoted(item.get('school', ''))}"


def _part_time(item: Entry, _record: Entry, _books: Entry) -> str:
    return f"from {words(item['from'])}" if "from" in item else ""


def _base(item: Entry, _record: Entry, _books: Entry) -> str:
    base = terms.BASES.get(item.get("base", ""), "base")
    return f"{base} from {words(item['from'])}" if "from" in item else base


def _since(item: Entry) -> str:
    return f" from {words(item['from'])}" if "from" in item else ""


def _ethnicity(item: Entry, _record: Entry, _books: Entry) -> str:
    code = item.get("code", "")
    return f"{terms.ETHNICITY.get(code, code)} ({code}){_since(item)}"


def _language(item: Entry, _record: Entry, _books: Entry) -> str:
    return f"{quoted(item.get('language', ''))}{_since(item)}"


def _attainment(item: Entry, _record: Entry, _books: Entry) -> str:
    key = item.get("scale", "")
    about = ", ".join(item[n] for n in ("subject", "test") if n in item)
    told = f" ({about})" if about else ""
    when = f" on {words(item['date'])}" if "date" in item else ""
    what = terms.MEASURES.get(key, key.replace("-", " "))
    return f"of {what}{told}{when}"


def _national(item: Entry, _record: Entry, _books: Entry) -> str:
    figure = terms.NATIONAL_FIGURES.get(item.get("figure", ""), "")
    schools = terms.KINDS_OF_SCHOOLS.get(item.get("schools", "all"), "")
    return f"{figure} in {schools}, {item.get('year', '')}"


def _on_roll(item: Entry, _record: Entry, _books: Entry) -> str:
    parts = [f"of {words(item['date'])}"] if "date" in item else []
    if "year_group" in item:
        parts.append(terms.year_group_name(item["year_group"]))
    if "class" in item:
        parts.append(f"class {item['class']}")
    return ", ".join(parts)


def _issued_plan(item: Entry, _record: Entry, _books: Entry) -> str:
    return f"of {words(item['issued'])}" if "issued" in item else ""


def _appealed(item: Entry, _record: Entry, _books: Entry) -> str:
    on = words(item["date"])
    if item["against"] == "plan":
        return f"plan of {on}"
    return f"decision {terms.APPEALS[item['against']]} of {on}"


def _transfer(item: Entry, _record: Entry, _books: Entry) -> str:
    return f"to {quoted(item['to_authority'])} on {words(item['date'])}"


def _from_guidance(item: Entry, _record: Entry, _books: Entry) -> str:
    return f"from {quoted(item['guidance'])}"


def _reasoned(item: Entry, _record: Entry, _books: Entry) -> str:
    return quoted(item["reason"])


def _headed(item: Entry, _record: Entry, _books: Entry) -> str:
    return quoted(item["section"])


_MAKERS: dict[str, _Maker] = {
    "Attendance": _term,
    "Suspension": _suspended,
    "PartTimeTimetable": _part_time,
    "AlternativeProvision": _provider,
    "DualRegistration": _other_school,
    "BasePlacement": _base,
    "Section": _headed,
    "Departure": _from_guidance,
    "AccessRequest": _dated,
    "Hold": _reasoned,
    "RetentionReview": _dated,
    "Publication": _dated,
    "Profile": _dated,
    "Meeting": _meeting,
    "Report": _dated,
    "EhcReview": _dated,
    "EhcRequest": _dated,
    "EhcPlan": _issued_plan,
    "EhcAppeal": _appealed,
    "PlanTransfer": _transfer,
    "Consideration": _coded("about", terms.QUESTIONS),
    "Information": _coded("what", terms.INFORMATION),
    "RelatedPlan": _coded("kind", terms.PLANS_ELSEWHERE),
    "Transition": _move,
    "Invitation": _invited,
    "ReviewAdvice": _advice_of,
    "Shared": _shared,
    "Funding": _funded,
    "NationalFigure": _national,
    "NumberOnRoll": _on_roll,
    "Ethnicity": _ethnicity,
    "HomeLanguage": _language,
    "Attainment": _attainment,
    "Cycle": _cycle,
    "Intervention": _intervention,
    "OutcomeResult": _result,
    "InterventionResult": _result,
    "Session": _session,
    "Tally": _tally,
    "Measurement": _measurement,
    "Need": _need,
    "Views": _of,
    "Agreement": _of,
    "Told": _of,
    "Placement": _placement,
    "Status": _status,
    "Flag": _flag,
}
