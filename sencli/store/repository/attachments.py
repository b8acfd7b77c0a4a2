"""Check attachments and schemas against their fingerprints.

An attachment is held against its fingerprint in the record; an older entry, which has
none, against the history. A schema is held against the one that sencli put there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from sencli.core.pupil.documents import fingerprint
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.store.files import shell
from sencli.store.files.check_result import CheckResult
from sencli.store.git import objects
from sencli.store.records.missing_files import RESTORE
from sencli.store.records.records import pupil_of
from sencli.store.records.records import pupil_path
from sencli.store.records.records import whose
from sencli.store.repository.past_files import SCHEMAS
from sencli.store.repository.past_files import Past
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator

    from sencli.store.git.log import Commit
    from sencli.store.git.process import Git
    from sencli.store.git.settings import GitSettings
    from sencli.store.records.committed import CommittedRecords
    from sencli.store.records.records import Records
    from sencli.store.repository.repository import Repository

FOLDER = "documents"
_LITTER = ("thumbs.db", "desktop.ini")
_SHORT = 10
_LISTED = 20
_CALM = "Attachments and schemas are as they were put there."


class Astray(Value):
    """A file that is not as it should be.

    Attributes:
        kind: ``attachment`` or ``schemas``.
        what: missing, changed, unnamed, or new (in the folder as it should be, and not
            so in the history).
        path: of the file, from the root.
        message: one sentence.
        mend: what to type.
        pupil_id: whose attachment it is, or "".
        entry: the id of its entry in the record, or "".
    """

    kind: str
    what: str
    path: str
    message: str
    mend: str
    pupil_id: str = ""
    entry: str = ""


def astray(
    git: Git,
    records: Records,
    head: CommittedRecords,
    only: Collection[str] | None = None,
) -> list[Astray]:
    """The attachments and schemas that are not in order, by path.

    Args:
        git: the repository.
        records: the working folder, or the commit itself.
        head: the newest commit.
        only: the pupils to look at, if not all.
    """
    named: set[str] = set()
    found: list[Astray] = []
    past = Past(git, head)
    for pupil_id in records.pupil_ids() if only is None else sorted(only):
        for entry in _entries(records, pupil_id):
            path = f"{FOLDER}/{pupil_id}/{entry['file']}"
            named.add(path)
            found += _attachment(records, past, pupil_id, entry, path)
    found += _unnamed(records, head, named, only)
    found += _schemas(records, past)
    return sorted(found, key=lambda one: one.path)


def _entries(records: Records, pupil_id: str) -> list[dict[str, Any]]:
    """The entries of a record's attachments; of one that cannot be read, none."""
    from sencli.store.text import load

    path = pupil_path(pupil_id)
    try:
        data = records.read_bytes(path)
        if FOLDER.encode() not in data:
            return []
        entries = load.load(data, path).get(FOLDER)
    except SencliError:
        return []
    if not isinstance(entries, list):
        return []
    return [
        entry
        for entry in entries
        if isinstance(entry, dict) and isinstance(entry.get("file"), str)
    ]


def _attachment(
    records: Records, past: Past, pupil_id: str, entry: dict[str, Any], path: str
) -> Iterator[Astray]:
    head, item = past.head, str(entry.get("id", ""))
    known = str(entry.get("sha256", ""))

    def mend() -> str:
        return past.mend(path, known) or _gone_hint(pupil_id, item)

    try:
        kept = head.tree.find(path)
        data = records.read_bytes(path)
    except NotFound:
        message = f"{path} is missing: the record of {pupil_id} names it."
        there = bool(kept) and _same(head.content(kept), head, kept, known)
        back = RESTORE if there and records is not head else mend()
        yield Astray("attachment", "missing", path, message, back, pupil_id, item)
        return
    except SencliError as error:
        message = error.message
        back = _back(path) if isinstance(error, InvalidValue) else error.hint
        yield Astray("attachment", "changed", path, message, back, pupil_id, item)
        return
    if not _same(data, head, kept, known):
        message = f"{path} is not the file that was attached: its content has changed."
        back = mend()
        if kept and not objects.same_content(data, kept):
            message += " (To keep this one beside it, copy it out first.)"
            if _same(head.content(kept), head, kept, known):
                back = _back(path)
        yield Astray("attachment", "changed", path, message, back, pupil_id, item)
    elif not kept or not _same(head.content(kept), head, kept, known):
        message = f"{path} is in the folder, and not so in the history."
        back = f"sen commit {shell.quoted(path)}"
        yield Astray("attachment", "new", path, message, back, pupil_id, item)


def _same(data: bytes, head: CommittedRecords, kept: str, known: str) -> bool:
    """Whether a file is what its entry says, or, without that, what was committed."""
    as_kept = bool(kept) and objects.same_content(data, kept)
    if not known:
        return as_kept or not kept
    # a checkout with autocrlf has the same file with other line ends
    return fingerprint(data) == known or (
        as_kept and fingerprint(head.content(kept)) == known
    )


def _back(path: str) -> str:
    return f"git checkout HEAD -- {shell.quoted(path)}"


def _gone_hint(pupil_id: str, item: str) -> str:
    return (
        "Put it back from another computer (sen sync) or a copy; if it is lost, take "
        f"its entry out: sen remove {pupil_id} {item}"
    )


def _unnamed(
    records: Records,
    head: CommittedRecords,
    named: set[str],
    only: Collection[str] | None,
) -> Iterator[Astray]:
    for path in _files(records):
        if path in named or (only is not None and whose(path) not in only):
            continue
        pupil_id = pupil_of(f"pupils/{path.split('/')[1]}.yaml")
        if pupil_id and _unread(records, head, pupil_id):
            continue  # its record may name it: that is to be mended first
        message = f"No record names {path!a}."
        known = pupil_id in records.pupil_ids()
        mend = "Move it out of documents/, then sen commit --take-out"
        if known:
            mend += f", or attach it: sen document add {pupil_id} {shell.quoted(path)}"
        owner = pupil_id if known else ""
        yield Astray("attachment", "unnamed", path, message, mend, owner)


def _unread(records: Records, head: CommittedRecords, pupil_id: str) -> bool:
    """Whether a record cannot be read, or is gone from the folder alone."""
    path = pupil_path(pupil_id)
    try:
        records.read(path)
    except NotFound:
        return records is not head and bool(head.tree.find(path))
    except SencliError:
        return True
    return False


def _files(records: Records) -> Iterator[str]:
    """What lies below ``documents/``; what no system's own program left there."""
    for pupil_id in _names(records, FOLDER) or ():
        below = _names(records, f"{FOLDER}/{pupil_id}")
        if below is None:
            yield f"{FOLDER}/{pupil_id}"
        for name in below or ():
            yield f"{FOLDER}/{pupil_id}/{name}"


def _names(records: Records, folder: str) -> list[str] | None:
    """The names in a folder; None where it is none that can be read."""
    try:
        names = records.names(folder)
    except SencliError:
        return None
    return [
        name
        for name in names
        if not name.startswith(".")
        and not name.endswith("~")
        and name.casefold() not in _LITTER
    ]


def _schemas(records: Records, past: Past) -> Iterator[Astray]:
    try:
        there = records.names(SCHEMAS)
    except SencliError as error:
        yield Astray("schemas", "changed", SCHEMAS, error.message, _back(SCHEMAS))
        return
    made = past.schemas()
    for name in sorted({*there, *made}):
        path = f"{SCHEMAS}/{name}"
        if name not in made:
            message = f"{path!a} is no schema of these records."
            mend = f"Move it out of {SCHEMAS}/"
            yield Astray("schemas", "unnamed", path, message, mend)
            continue
        as_made = past.head.tree.find(path) == made[name][1]
        mend = _back(path) if as_made else past.taken_from(made[name][0], path)
        try:
            data = records.read_bytes(path)
        except NotFound:
            message = f"The schema {path} is missing."
            back = RESTORE if as_made else mend
            yield Astray("schemas", "missing", path, message, back)
        except SencliError as error:
            yield Astray("schemas", "changed", path, error.message, mend)
        else:
            if not objects.same_content(data, made[name][1]):
                message = f"The schema {path} was edited: sen reads its own instead."
                yield Astray("schemas", "changed", path, message, mend)
            elif not as_made:
                message = f"{path} is in the folder, and not so in the history."
                back = f"sen commit {shell.quoted(path)}"
                yield Astray("schemas", "new", path, message, back)


def came_astray(
    git: Git, before: CommittedRecords, after: CommittedRecords, paths: Iterable[str]
) -> list[str]:
    """Attachments and schemas changed by a sync without a record of it.

    Args:
        git: the repository.
        before: the records before it.
        after: the records now.
        paths: the files that it changed.
    """
    touched = {path.split("/")[1] for path in paths if path.startswith(f"{FOLDER}/")}
    only = touched | set(filter(None, map(pupil_of, paths)))
    known = {(o.path, o.what) for o in astray(git, before, before, only)}
    found = [
        one
        for one in astray(git, after, after, only)
        if (one.path, one.what) not in known
    ]
    return [f"{one.message} To mend it: {one.mend}" for one in found]


def examined(repository: Repository, _: GitSettings) -> Iterator[CheckResult]:
    """The doctor's findings about attachments and schemas."""
    found = astray(repository.git, repository, repository.committed())
    for one in found[:_LISTED]:
        level = "warning" if one.what in ("unnamed", "new") else "fault"
        yield CheckResult("attachments", level, one.message, one.mend)
    if more := len(found[_LISTED:]):
        message = f"{more} more attachments and schemas are not as they should be."
        yield CheckResult("attachments", "warning", message, "See all: sen check")
    if not found:
        yield CheckResult("attachments", "ok", _CALM)


def verified(
    git: Git, records: Records, head: CommittedRecords, history: list[Commit]
) -> Iterator[CheckResult]:
    """The findings of `sen verify` about attachments and schemas."""
    calm = True
    kept = [one for one in astray(git, head, head) if one.what != "unnamed"]
    for one in kept:
        calm = False
        message = f"In the history: {one.message} To mend it: {one.mend}"
        yield CheckResult("attachments", "breach", message, path=one.path)
    same = {(one.path, one.what) for one in kept}
    for one in astray(git, records, head):
        if (one.path, one.what) not in same:
            calm = False
            message = f"{one.message} To mend it: {one.mend}"
            yield CheckResult("attachments", "warning", message, path=one.path)
    for commit in history:
        for path in _by_hand(commit):
            calm = False
            message = (
                f"{commit.name[:_SHORT]} changes {path} with git itself, not with "
                f"sencli. Look: git show {commit.name[:_SHORT]} -- "
                f"{shell.quoted(path)}"
            )
            yield CheckResult(
                "attachments", "warning", message, commit=commit.name, path=path
            )
    if calm:
        yield CheckResult("attachments", "ok", _CALM)


def _by_hand(commit: Commit) -> list[str]:
    """The attachments and schemas that a commit made by hand changes."""
    if commit.action or len(commit.parents) != 1:
        return []
    return [
        file.path
        for file in commit.files
        if file.path.startswith((f"{FOLDER}/", f"{SCHEMAS}/"))
    ]


def pending(git: Git, records: Records, head: CommittedRecords) -> list[str]:
    """The attachments that hand edits bring or take away, and what is put back."""
    new = [one.path for one in astray(git, records, head) if one.what == "new"]
    gone = []
    for pupil_id in head.pupil_ids():
        before = {entry["file"] for entry in _entries(head, pupil_id)}
        if not before:
            continue
        try:
            records.read(pupil_path(pupil_id))
        except SencliError:
            continue
        after = {entry["file"] for entry in _entries(records, pupil_id)}
        paths = (f"{FOLDER}/{pupil_id}/{name}" for name in sorted(before - after))
        gone += [
            path for path in paths if head.tree.find(path) and _missing(records, path)
        ]
    named = {
        f"{FOLDER}/{pupil_id}/{entry['file']}"
        for pupil_id in head.pupil_ids()
        for entry in _entries(head, pupil_id)
    }
    gone += [p for p in _files(head) if p not in named and _missing(records, p)]
    return [*new, *gone]


def _missing(records: Records, path: str) -> bool:
    try:
        records.read_bytes(path)
    except NotFound:
        return True
    except SencliError:
        return False
    return False
