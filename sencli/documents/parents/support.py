"""An intervention in words for parents: how long, how often, with whom."""

from __future__ import annotations

from sencli.core.provision import cost
from sencli.core.record.types import Entry
from sencli.core.time.calendar import dose_on
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.people import People
from sencli.documents.made_in.wording import Wording
from sencli.documents.made_in.wording import capital
from sencli.value import Value

_SMALL_GROUP = 8
_HALF = 0.5


class SupportTold(Value):
    """A support in parts, for parents; what is not known is "".

    Attributes:
        name: as parents know it.
        about: what it is, in a sentence.
        dose: how long, how often, with how many.
        leaders: by name, else by role.
        first: its first day, last: its last; ISO dates.
        dates: the same in a sentence.
        worked: whether it helped, as the review judged it.
    """

    name: str
    about: str
    dose: str
    leaders: str
    first: str
    last: str
    dates: str
    worked: str


def support_told(
    cycle: Entry, item: Entry, setting: PaperContext, people: People
) -> SupportTold:
    """An intervention in parts."""
    words = setting.words
    provision = setting.provision(item["provision"])
    usual = provision.get("usual", {})
    first, last = cost.span(cycle, item, usual, setting.school.get("terms", ()))
    day = max(first, min(setting.day, last or setting.day))
    dose = {**usual, **dose_on(item.get("dose", ()), day)}
    if size := _in_group(item, setting, day):
        alone = size == 1 and dose.get("group_size", 1) > 1
        dose |= {"group": item["group"]} if alone else {"group_size": size}
    leaders = people.names(people.here(dose.get("led_by", ()), day))
    if not leaders and "role" in dose:
        leaders = [people.role(dose["role"])]
    return SupportTold(
        name=name_of(provision),
        about=_sentence(provision.get("description", "")),
        dose=_dose(dose, words),
        leaders=words.joined(leaders),
        first=first,
        last=last,
        dates=_dates(item, first, last, setting),
        worked=_worked(cycle, item, words),
    )


def support_words(
    cycle: Entry, item: Entry, setting: PaperContext, people: People
) -> tuple[str, str]:
    """The name of a support that parents know, and what it is."""
    told = support_told(cycle, item, setting, people)
    leaders = told.leaders
    led = setting.words("summary.led_by", people=leaders) if leaders else ""
    sentences = [told.about, told.dose, led, told.dates, told.worked]
    return told.name, " ".join(text for text in sentences if text)


def _in_group(item: Entry, setting: PaperContext, day: str) -> int:
    """How many pupils are in the group; 0 where no group is named, or nobody is."""
    there = setting.in_group(item)
    return 0 if there is None else there(day)


def name_of(provision: Entry) -> str:
    """A provision's name in parents' papers."""
    return str(provision.get("parent_name") or provision["name"])


def _worked(cycle: Entry, item: Entry, words: Wording) -> str:
    """The review's judgement of an intervention: whether it helped."""
    for result in cycle.get("review", {}).get("interventions", ()):
        if result["intervention"] == item["id"]:
            verdict = words.find(f"impacts.{result.get('impact', '')}") or ""
            return f"{verdict} {_sentence(result.get('comment', ''))}".strip()
    return ""


def _dose(dose: Entry, words: Wording) -> str:
    """How long, how often and with how many: one sentence, or ""."""
    minutes, sessions = dose.get("minutes"), dose.get("sessions_per_week")
    parts = []
    if minutes is not None and sessions is not None:
        often = _often(sessions, words)
        parts.append(words("summary.dose", minutes=minutes, often=often))
    elif minutes is not None:
        parts.append(words("summary.minutes_only", minutes=minutes))
    elif sessions is not None:
        parts.append(_often(sessions, words))
    if "group" in dose:
        # of several only one has a record: who else is there is not known
        parts.append(words("group.some"))
    elif size := dose.get("group_size"):
        form = "alone" if size == 1 else "small" if size <= _SMALL_GROUP else "large"
        parts.append(words(f"group.{form}", number=size))
    return f"{capital(', '.join(parts))}." if parts else ""


def _often(sessions: float, words: Wording) -> str:
    key = {_HALF: "half", 1: "once", 2: "twice"}.get(sessions, "many")
    return words(f"often.{key}", number=f"{sessions:g}")


def _dates(item: Entry, first: str, last: str, setting: PaperContext) -> str:
    if not first:
        return ""
    words = setting.words
    start = words.date(first)
    if not last:
        later = first > setting.day
        key = "summary.from_later" if later else "summary.from_only"
        return words(key, **{"from": start})
    end = words.date(last)
    if "ended" in item and last <= setting.day:
        since = words("summary.from_only", **{"from": start})
        return f"{since} {words('summary.ended', date=end)}"
    return words("summary.from_until", **{"from": start, "until": end})


def _sentence(text: str) -> str:
    """Free text on one line that others can follow."""
    flat = " ".join(text.split())
    return flat if not flat or flat[-1] in ".!?" else f"{flat}."
