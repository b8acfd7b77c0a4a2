"""Whether a printed paper still agrees with the records, and what has changed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.papers.check_codes import Match
from sencli.core.papers.check_codes import issued
from sencli.core.papers.check_codes import pupil_words
from sencli.core.papers.check_codes import whose
from sencli.core.provision.school import School
from sencli.core.record import find
from sencli.core.record.as_at import as_at
from sencli.core.record.diff import diff
from sencli.core.record.fingerprint import combined
from sencli.core.record.fingerprint import digest
from sencli.core.record.fingerprint import normal
from sencli.core.school.published_reports import KINDS
from sencli.core.school.published_reports import kind_at
from sencli.core.school.published_reports import path_of
from sencli.core.text.plural import plural
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.resources import load_schema
from sencli.store.history.versions import recent
from sencli.store.records.draft import judge
from sencli.store.records.missing_files import missing_sentence
from sencli.store.records.records import pupil_of
from sencli.store.records.records import pupil_path
from sencli.store.repository.pupil_names import names_in
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterator

    from sencli.store.history.versions import Version
    from sencli.store.records.records import Records
    from sencli.store.repository.repository import Repository

    ById = dict[str, dict[str, Any]]

_LETTERS = 19
_SEVERAL = 2
_TAKEN = "It is taken as it was saved last."
# what work on a record fails with that does not fit its schema
_ODD = (KeyError, TypeError, ValueError, AttributeError, IndexError)


class _Past(Value):
    """Records as they were when they had a code, and of whom they are."""

    commit: str
    date: str
    records: dict[str, dict[str, Any]]
    what: str
    as_at: str = ""


def paper(
    repository: Repository,
    typed: str,
    today: str,
    day: str,
    pupils: Collection[str],
    tell: Callable[[str], object],
) -> Match:
    """What a check code that was read off paper belongs to.

    Args:
        repository: the records.
        typed: the code, with its dashes or without.
        today: today's ISO date, for who is in which class.
        day: the ISO date at the foot of the paper, or "".
        pupils: those on the paper, as typed, where they were chosen by name.
        tell: is told which record is not read as it stands in the folder.

    Raises:
        InvalidValue: it cannot be a check code.
        NotFound: neither the records nor their history ever had it, or no pupil fits.
        Ambiguous: several pupils fit.
    """
    code = normal(typed)
    if len(code) != _LETTERS:
        raise InvalidValue(
            f"{typed!a} is not a check code.",
            "It is sixteen letters and figures, as 7Q2K-M4XD-0C5T-9BRH.",
        )
    try:
        return _match(_Standing(repository, tell), code, today, day, pupils)
    except _ODD:  # a record is not what its schema says: find which
        standing = _Standing(repository, tell, judging=True)
        return _match(standing, code, today, day, pupils)


class _Standing:
    """The records as they stand in the folder; for a damaged one, as saved last.

    Args:
        repository: the records.
        tell: is told of each that is damaged.
        judging: each is held against its schema.
    """

    def __init__(
        self,
        repository: Repository,
        tell: Callable[[str], object],
        *,
        judging: bool = False,
    ) -> None:
        self.repository = repository
        self._tell = tell
        self._judging = judging
        self._gone: list[str] = []
        try:
            self._saved: Records | None = repository.committed()
            saved_ids = self._saved.pupil_ids()
        except SencliError:  # told of elsewhere: the folder is read as it stands
            self._saved, saved_ids = None, []
        self._ids = {*repository.pupil_ids(), *saved_ids}
        try:
            found = {i: self._read(pupil_path(i)) for i in sorted(self._ids)}
            self.around = School(
                self._read("school.yaml") or {},
                self._read("provisions.yaml") or {},
                self._read("groups.yaml") or {},
            )
            self.reports = {
                kind: self._read(path_of(kind)) or {}
                for kind in KINDS
                if f"{kind}.yaml" in repository.names("reports")
            }
        finally:
            repository.close()
        self.records = {i: record for i, record in found.items() if record}
        self.left_out = sorted(found.keys() - self.records.keys())
        if self._gone:
            tell(f"{missing_sentence(self._gone)}\n  {_TAKEN}")

    def pupil(self, typed: str) -> str:
        """The id of the pupil meant, also of one whose record is gone or left out.

        Raises:
            NotFound: nobody fits.
            Ambiguous: several pupils fit.
        """
        if (by_id := typed.strip().casefold()) in self._ids:
            return by_id
        names = [names_in(i, record) for i, record in self.records.items()]
        try:
            return find.pupil(typed, names).id
        except NotFound:
            if not self.left_out:
                raise
            raise NotFound(
                f"No record that can be read fits {typed!r}.",
                f"Give the id, as {self.left_out[0]}, or see what is wrong: sen doctor",
            ) from None

    def _read(self, path: str) -> dict[str, Any] | None:
        try:
            return self._sound(self.repository, path)
        except NotFound as fault:
            message, gone = fault.message, True
        except SencliError as fault:
            message, gone = fault.message, False
        saved, what = None, "It is left out: it was not saved whole."
        if self._saved:
            with suppress(SencliError):
                saved, what = self._sound(self._saved, path), _TAKEN
        if gone and saved is not None:
            self._gone.append(path)
        else:
            self._tell(f"{message}\n  {what}")
        return saved

    def _sound(self, source: Records, path: str) -> dict[str, Any]:
        if self._judging:
            return judge(path, source.read_bytes(path))
        return source.read(path)


def _match(
    standing: _Standing, code: str, today: str, day: str, pupils: Collection[str]
) -> Match:
    records = standing.records
    given = issued(list(records.values()), code)
    some = set(map(standing.pupil, pupils)) or {pupil for pupil, _ in given}
    search = _Search(standing, code, day or today, some)
    for until in ("", day) if day else ("",):
        what, found = whose(
            _cut(records, until),
            code,
            search.around,
            search.day,
            some,
            _cut(standing.reports, until, "published"),
        )
        if found:
            return Match(True, found, what, given, as_at=until)
    past = search.past(cut=bool(day))
    if past is None:
        unread = f", but {search.unread} cannot be read" if search.unread else ""
        read = " that can be read" if standing.left_out else ""
        raise NotFound(
            f"No record{read} has the check code {code}, and none ever had{unread}.",
            "Read it again from the foot of the paper, and give the day that stands "
            "beside it, or the pupils on it: sen verify CODE [PUPIL]... --as-at DATE",
        )
    now = _cut(records, past.as_at)
    return Match(
        current=False,
        pupils=tuple(sorted(past.records)),
        what=past.what,
        issued=given,
        changes={
            pupil: diff(
                _content(old), _content(now.get(pupil, {})), load_schema("pupil")
            )
            for pupil, old in past.records.items()
        },
        commit=past.commit,
        date=past.date,
        as_at=past.as_at,
    )


def _cut(records: ById, day: str, schema: str = "pupil") -> ById:
    """The records as at the day, or as they are where it is ""."""
    if not day:
        return records
    root = load_schema(schema)
    return {i: as_at(record, day, root) for i, record in records.items()}


def _content(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != "issued"}


class _Search:
    """Through the history for when the records had a code.

    Args:
        standing: the records.
        code: as it was printed.
        day: the ISO date on the paper.
        some: ids of the pupils who may stand on it together.
    """

    def __init__(
        self, standing: _Standing, code: str, day: str, some: Collection[str]
    ) -> None:
        self.repository = standing.repository
        self.code = code
        self.day = day
        self.some = some
        self.around = standing.around
        self._faults = 0

    @property
    def unread(self) -> str:
        """How many versions could not be read, in words, or ""."""
        return plural(self._faults, "version") if self._faults else ""

    def past(self, *, cut: bool) -> _Past | None:
        """When they had it last: one alone, those meant together, or on the day many.

        Args:
            cut: whether the day was given, so that the paper may tell of it alone.
        """
        only = next(iter(self.some)) if len(self.some) == 1 else ""
        versions = (
            self.repository.history(pupil_path(only), every=True)
            if only
            else [*recent(self.repository.git, 0, every=True)]
        )
        now: ById = {}
        reports: ById = {}
        sums: dict[str, dict[str, bytes]] = {}
        ways = ("", self.day) if cut else ("",)
        found = before = None
        for commit in _commits(versions):
            last = commit[-1]
            if cut and before and before.date[:10] < self.day <= last.date[:10]:
                # as the day began, whatever was written on it afterwards
                found = self._many(before, now, reports) or found
            for version in commit:
                kind = kind_at(version.path)
                if kind:
                    reports[kind] = version.new or {}
                pupil = pupil_of(version.path)
                if not pupil:
                    continue
                self._faults += bool(version.fault)
                now.pop(pupil, None)
                sums.pop(pupil, None)
                if version.new is not None:
                    now[pupil] = version.new
                    sums[pupil] = self._sums(pupil, version.new, ways)
                    found = self._alone(version, pupil, sums[pupil]) or found
            found = self._together(last, now, sums, ways) or found
            if cut and last.date[:10] == self.day:
                found = self._many(last, now, reports) or found
            before = last
        if before and not (found or cut or only):
            found = self._many(before, now, reports)
        return found

    def _sums(
        self, pupil: str, record: dict[str, Any], ways: tuple[str, ...]
    ) -> dict[str, bytes]:
        """The digests of a record, whole and as at the day."""
        return {way: digest(_cut({pupil: record}, way)[pupil]) for way in ways}

    def _alone(
        self, version: Version, pupil: str, sums: dict[str, bytes]
    ) -> _Past | None:
        """Whether this version of one record had the code."""
        for way, made in sums.items():
            if combined([made]) == self.code:
                held = _cut({pupil: version.new or {}}, way)
                return _Past(version.commit, version.date[:10], held, pupil, way)
        return None

    def _together(
        self,
        last: Version,
        now: ById,
        sums: dict[str, dict[str, bytes]],
        ways: tuple[str, ...],
    ) -> _Past | None:
        """Whether those who may stand on it together had the code."""
        if len(self.some) < _SEVERAL or not set(self.some) <= set(now):
            return None
        for way in ways:
            if combined(sums[pupil][way] for pupil in self.some) == self.code:
                held = _cut({pupil: now[pupil] for pupil in self.some}, way)
                date = last.date[:10]
                return _Past(last.commit, date, held, pupil_words(self.some), way)
        return None

    def _many(self, last: Version, now: ById, reports: ById) -> _Past | None:
        around, day = self.around, self.day
        what, ids = whose(now, self.code, around, day, reports=reports)
        held = {pupil: now[pupil] for pupil in ids}
        return _Past(last.commit, last.date[:10], held, what) if ids else None


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
