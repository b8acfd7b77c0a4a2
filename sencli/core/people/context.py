"""The context of a change; and the people meant by what was typed."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.parents import SHORTCUTS
from sencli.core.people.parents import parents_of
from sencli.core.people.young_person import acting_for
from sencli.core.people.young_person import duty_holders
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.value import Value
from sencli.value import field

SCHOOL = "school.yaml"
PROVISIONS = "provisions.yaml"
GROUPS = "groups.yaml"


class Context(Value):
    """What a change needs besides the record.

    Attributes:
        today: ISO date.
        new_id: hands out ids that the record does not hold yet.
        school: the school, for its staff and terms.
        catalogue: provisions.yaml, where the change looks at it.
        groups: groups.yaml, where the change looks at it.
        bare: the options whose day was typed without a year.
        correct: whether it puts right what was wrong from the start.
    """

    today: str
    new_id: Callable[[str], str]
    school: Entry = field(default_factory=dict)
    catalogue: Record = field(default_factory=dict)
    groups: Entry = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    correct: bool = False

    @property
    def scales(self) -> Sequence[Record]:
        """The scales of the catalogue."""
        found: Sequence[Record] = self.catalogue.get("scales", ())
        return found

    @property
    def provisions(self) -> Sequence[Entry]:
        """The entries of the catalogue."""
        found: Sequence[Entry] = self.catalogue.get("provisions", ())
        return found


def staff(typed: str, school: Entry) -> str:
    """The initials of the member of staff meant.

    Raises:
        NotFound: the school has nobody of that name; says how to enter them.
    """
    known = list(school.get("staff", ()))
    want = fold(typed)
    exact = [s for s in known if fold(s["initials"]) == want]
    found = exact or find.matches(typed, known, lambda s: str(s["name"]))
    chosen = find.one(
        typed,
        found,
        what="member of staff",
        show=lambda s: f"{s['initials']}  {s['name']}",
        hint="Type the initials, or enter the person: "
        "sen staff add INITIALS --name NAME --role ROLE",
        everything=known,
    )
    return str(chosen["initials"])


def staff_list(typed: Iterable[str], school: Entry) -> list[str]:
    """Several members of staff, each once; commas part them."""
    names = [n.strip() for text in typed for n in text.split(",") if n.strip()]
    return list(dict.fromkeys(staff(name, school) for name in names))


def person(typed: str, record: Entry, context: Context, day: str) -> str:
    """A person as the record names them; ``parent`` is the one parent there is."""
    who = find.person(typed, record, context.school)
    return the_parent(record, day) if who == "parent" else who


def people(
    typed: Iterable[str], record: Entry, context: Context, day: str
) -> list[str]:
    """Several people, each once; commas part them."""
    names = [n.strip() for text in typed for n in text.split(",") if n.strip()]
    return list(dict.fromkeys(person(n, record, context, day) for n in names))


def the_parent(record: Entry, day: str) -> str:
    """The contact's id where exactly one parent is recorded, else ``parent``."""
    known = parents_of(record)
    parents = [c for c in lookup.contacts_on(record, day) if c["id"] in known]
    return str(parents[0]["id"]) if len(parents) == 1 else "parent"


def whom_told(record: Entry, day: str) -> str:
    """Who was told of what is owed to parents: a young person in their place."""
    owed = duty_holders(record, day)
    if PUPIL in owed:
        return PUPIL
    acting = sorted(owed - SHORTCUTS) if acting_for(record, day) else []
    return acting[0] if len(acting) == 1 else the_parent(record, day)


def views(
    typed: Mapping[str, Any], record: Entry, context: Context, day: str
) -> list[dict[str, Any]]:
    """People's views: ``parent_view``, ``pupil_view``, ``view`` ("WHO: text").

    Raises:
        InvalidValue: a view does not say whose it is.
    """
    said: list[tuple[str, str]] = []
    if text := typed.get("parent_view"):
        said.append((the_parent(record, day), text))
    if text := typed.get("pupil_view"):
        said.append(("pupil", text))
    for view in typed.get("view", ()):
        who, colon, text = view.partition(":")
        if not (colon and text.strip()):
            raise InvalidValue(
                f"{view!r} does not say whose view it is.",
                'Write who, a colon, the words: --view "WHO: WHAT WAS SAID"',
            )
        said.append((person(who, record, context, day), text.strip()))
    how = {"how": typed["how"]} if typed.get("how") else {}
    if how and not said:
        raise UsageFault(
            "--how says how views were gathered, and none are given.",
            "Add --pupil-view, --parent-view or --view, or leave --how out.",
        )
    return [{"of": who, "date": day, "text": text, **how} for who, text in said]


def future_note(day: str, context: Context) -> tuple[str, ...]:
    """A warning where an event is dated after today."""
    if day <= context.today:
        return ()
    return (f"{words(day)} has not come yet; the entry is saved with that date.",)
