"""Words that Tab offers where others may be typed too: classes, roles, services, days.

A question must not number these: whoever answers it may mean another.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from sencli import terms
from sencli.cli.shell.choices import Choice
from sencli.cli.shell.choices import people
from sencli.cli.shell.choices import pupils

if TYPE_CHECKING:
    from sencli.cli.shell.app import App

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_DATES = ("today", "yesterday", "tomorrow", *_DAYS)
_KIN = ("mother", "father", "carer", "grandmother", "grandfather", "guardian", "aunt")


def _plain(words: Iterable[str]) -> Callable[[App], list[Choice]]:
    return lambda _app: [Choice(word) for word in words]


def _coded(listed: Mapping[str, str]) -> Callable[[App], list[Choice]]:
    """A vocabulary by its codes, typed with hyphens as in the help."""
    return lambda _app: [
        Choice(code.replace("_", "-"), words) for code, words in listed.items()
    ]


def _measures(app: App) -> list[Choice]:
    own = app.repo.provisions().get("scales", ())
    scales = [Choice(str(one["key"]), str(one.get("name", ""))) for one in own]
    return [*_coded(terms.MEASURES)(app), *scales]


def _services(_app: App) -> list[Choice]:
    return [Choice(code.upper(), said) for code, said in terms.SERVICE_LETTERS.items()]


def _roles(app: App) -> list[Choice]:
    from sencli.core.people.staff import roles_known

    return [Choice(role) for role in roles_known(app.school)]


def _languages(_app: App) -> list[Choice]:
    from sencli.core.pupil.languages import LANGUAGES

    # a name of several words is typed by its code
    return [
        Choice(code, words) if " " in words else Choice(words, code)
        for code, words in LANGUAGES.items()
    ]


def _wordings(app: App) -> list[Choice]:
    """The languages of the wording, ours and the school's own."""
    from pathlib import Path

    from sencli.resources import folder

    places = (Path(folder("templates")), app.repo.root / "templates")
    names = {path.stem for at in places for path in at.glob("wording/*.json")}
    return [Choice(name) for name in sorted(names)]


def _kinds_due(app: App) -> list[Choice]:
    from sencli.core.due.due import KINDS

    return _coded(KINDS)(app)


def _counts(_app: App) -> list[Choice]:
    from sencli.core.provision.register import COUNTS

    return [Choice(name) for name in COUNTS]


def _classes(app: App) -> list[Choice]:
    """The classes of the pupils, from the rows that lists are made from."""
    from sencli.core.provision.register import digest
    from sencli.core.record.lookup import placement_on
    from sencli.core.text.natural import class_key
    from sencli.store.repository.rows import derived
    from sencli.store.repository.rows import rows

    day, source = app.today, app.repo
    kept = derived(
        source,
        "class",
        lambda: rows(source, "lists", digest),
        lambda record: placement_on(record, day).get("class") or "",
        day,
    )
    found = set(kept.rows.values())
    return [Choice(name) for name in sorted(found - {""}, key=class_key)]


def _drafts(app: App) -> list[Choice]:
    return [Choice(draft.id, draft.form) for draft in app.drafts.all()]


def _remotes(app: App) -> list[Choice]:
    from sencli.store.remote.connection import addresses

    return [Choice(name) for name in addresses(str(app.repo.root))]


def _years(app: App) -> list[Choice]:
    """The school year of today, and three before it."""
    from sencli.core.time.calendar import year_of

    first = int(year_of(app.today)[0][:4])
    years = range(first, first - 4, -1)
    return [Choice(f"{year}-{(year + 1) % 100:02}") for year in years]


_FILES = (*(f"{name}.yaml" for name in ("school", "provisions", "groups")),)
_VOCABULARIES: Mapping[str, Callable[[App], list[Choice]]] = MappingProxyType({
    **dict.fromkeys(("DATE", "START", "END", "START END"), _plain(_DATES)),
    "DATE|last-meeting": _plain((*_DATES, "last-meeting")),
    "2025-26": _years,
    "BY": _counts,
    "CLASS": _classes,
    "DAYS": _plain([day[:3] for day in _DAYS]),
    "DECISION": _coded(terms.DECISIONS),
    "DRAFT": _drafts,
    "ETHNICITY": lambda _app: [Choice(c, w) for c, w in terms.ETHNICITY.items()],
    "KIND": _kinds_due,
    "LANG": _wordings,
    "LANGUAGE": _languages,
    "MEASURE": _measures,
    "PUPIL|FILE": lambda app: [*pupils(app), *map(Choice, _FILES)],
    "PUPIL|school|provisions|groups|REPORT": lambda app: [
        *pupils(app), *map(Choice, ("school", "provisions", "groups"))
    ],
    "REASON": _coded(terms.MISSED),
    "REMOTE": _remotes,
    "RELATIONSHIP": _plain(_KIN),
    "ROLE": _roles,
    "ROLES": _coded(terms.INVITED),
    "SERVICE": _services,
    "WHO[:DATE]": _services,
    "PEOPLE": lambda app: people(app, ""),
    "YEAR": _plain(terms.YEAR_GROUPS),
    "logo|colour|FILE": _plain(("logo", "colour")),
})  # fmt: skip


def offered(app: App, kind: str) -> list[Choice]:
    """The words for a kind of value, as the help calls it; none where there are none.

    Args:
        app: the command's.
        kind: ``CLASS``, ``DATE``, ``ROLE``.
    """
    found = _VOCABULARIES.get(kind)
    return found(app) if found else []
