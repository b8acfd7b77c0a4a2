"""Does a paper still say what the records say? And what has changed since?"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from sencli.core.diff import diff
from sencli.core.fingerprint import combined
from sencli.core.fingerprint import digest
from sencli.core.fingerprint import normal
from sencli.core.paper_codes import Match
from sencli.core.paper_codes import current
from sencli.core.paper_codes import issued
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.records import pupil_of
from sencli.store.records import pupil_path
from sencli.store.schema import document
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

    from sencli.store.history import Version
    from sencli.store.repo import Repository

_LETTERS = 19


class _Past(Value):
    """Records as they were when they had a code."""

    commit: str
    date: str
    records: dict[str, dict[str, Any]]


def paper(repository: Repository, typed: str, day: str) -> Match:
    """What a check code that was read off paper belongs to.

    Args:
        repository: the records.
        typed: the code, with its dashes or without.
        day: today's ISO date, for who is in which class.

    Raises:
        InvalidValue: it cannot be a check code.
        NotFound: neither the records nor their history ever had it.
    """
    code = normal(typed)
    if len(code) != _LETTERS:
        raise InvalidValue(
            f"{typed!a} is not a check code.",
            "It is sixteen letters and figures, as 7Q2K-M4XD-0C5T-9BRH.",
        )
    records = {i: repository.pupil(i) for i in repository.pupil_ids()}
    given = issued(list(records.values()), code)
    what, found = current(list(records.values()), code, day)
    if found:
        pupils = tuple(str(record["id"]) for record in found)
        return Match(current=True, pupils=pupils, what=what, issued=given)
    several = {pupil for pupil, _ in given}
    if several and combined(digest(records[i]) for i in several) == code:
        what = f"{len(several)} pupils"
        return Match(
            current=True, pupils=tuple(sorted(several)), what=what, issued=given
        )
    past = _past(repository, code, several)
    if past is None:
        raise NotFound(
            f"No record has the check code {code}, and none ever had.",
            "Read it again from the foot of the paper. A paper of an earlier day "
            "(--as-at) has a code of its own.",
        )
    changes = {
        pupil: diff(_content(old), _content(records.get(pupil, {})), document("pupil"))
        for pupil, old in past.records.items()
    }
    pupils = tuple(sorted(past.records))
    return Match(
        current=False,
        pupils=pupils,
        what=pupils[0] if len(pupils) == 1 else f"{len(pupils)} pupils",
        issued=given,
        changes=changes,
        commit=past.commit,
        date=past.date,
    )


def _content(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "issued"}


def _past(repository: Repository, code: str, of: Collection[str]) -> _Past | None:
    """When the records had the code: those it was issued of, else any one alone."""
    if len(of) == 1:
        versions = repository.history(pupil_path(next(iter(of))))
    else:
        versions = repository.recent()
    now: dict[str, dict[str, Any]] = {}
    digests: dict[str, bytes] = {}
    found = None
    for commit in _commits(versions):
        for version in commit:
            pupil = pupil_of(version.path)
            if not pupil:
                continue
            now.pop(pupil, None)
            digests.pop(pupil, None)
            if version.new is not None:
                now[pupil], digests[pupil] = version.new, digest(version.new)
                if combined([digests[pupil]]) == code:
                    day = version.date[:10]
                    found = _Past(version.commit, day, {pupil: version.new})
        some = {pupil: digests[pupil] for pupil in of if pupil in digests}
        if len(some) > 1 and len(some) == len(of) and combined(some.values()) == code:
            last = commit[-1]
            held = {pupil: now[pupil] for pupil in some}
            found = _Past(last.commit, last.date[:10], held)
    return found


def _commits(versions: list[Version]) -> Iterator[list[Version]]:
    """The versions by commit, oldest first."""
    held: list[Version] = []
    for version in reversed(versions):
        if held and held[-1].commit != version.commit:
            yield held
            held = []
        held.append(version)
    if held:
        yield held
