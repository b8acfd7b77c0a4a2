"""A change in progress: committed records with new versions over them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.resources import is_newer
from sencli.resources import load_schema
from sencli.resources import shipped_schema
from sencli.store.files import files
from sencli.store.records.cleaning import cleaned
from sencli.store.records.records import LaidOver
from sencli.store.records.records import Records
from sencli.store.records.records import pupil_of
from sencli.store.records.records import schema_of
from sencli.store.records.records import whose
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sencli.store.text.schema import Fault
    from sencli.store.text.version_parser import VersionParser

_CONTROL = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]"
_KEY = r"[A-Z][A-Za-z]*(-[A-Za-z]+)*"
_ACTION = r"[a-z]+(\.[a-z-]+)*"
_LONGEST = 200


class Message(Value):
    """The message of a commit: never a name, a UPN or a date of birth.

    Attributes:
        action: the act, such as ``cycle.open``.
        subject: one line in plain words, such as ``Open a cycle for p7k2q``.
        trailers: pairs such as ``("Pupil", "p7k2q")``; the action and the pupils whose
            records change are added by the writer.
    """

    action: str
    subject: str
    trailers: tuple[tuple[str, str], ...] = ()

    def text(self, paths: Iterable[str]) -> str:
        """The commit message of a change to these paths."""
        pupils = [value for key, value in self.trailers if key == "Pupil"]
        changed = sorted(filter(None, map(whose, paths)))
        pupils += [pupil for pupil in changed if pupil not in pupils]
        rest = [(key, value) for key, value in self.trailers if key != "Pupil"]
        lines = [("Pupil", pupil) for pupil in pupils]
        lines += [("Action", self.action), *rest]
        self._check(lines)
        block = "".join(f"{key}: {value}\n" for key, value in lines)
        return f"{self.subject}\n\n{block}"

    def _check(self, lines: Iterable[tuple[str, str]]) -> None:
        for text in (self.subject, *(value for _, value in lines)):
            if not text.strip() or re.search(_CONTROL, text) or len(text) > _LONGEST:
                raise InvalidValue(f"A commit cannot say {text!a}: one plain line.")
        if not re.fullmatch(_ACTION, self.action):
            raise InvalidValue(f"{self.action!a} is not the name of an action.")
        for key, _ in lines:
            if not re.fullmatch(_KEY, key):
                raise InvalidValue(f"{key!a} is not the name of a trailer.")


class Written(Value):
    """The result of a change.

    Attributes:
        commit: the new commit, or "" where nothing changed.
        paths: the files that changed.
        warning: a sentence for the user about what is still pending, or "".
    """

    commit: str
    paths: tuple[str, ...] = ()
    warning: str = ""


class Draft:
    """The records as committed, with a command's changes on top.

    Attributes:
        after: each record that was put, as it is to be.

    Args:
        base: the committed records.
    """

    def __init__(self, base: Records) -> None:
        self._base = base
        self._loaded: dict[str, dict[str, Any]] = {}
        self._new: set[str] = set()
        self._records: dict[str, dict[str, Any]] = {}
        self._bytes: dict[str, bytes | None] = {}
        self.after: dict[str, dict[str, Any]] = {}

    def before(self, path: str) -> dict[str, Any] | None:
        """A record as it is committed, not to be changed; None for a new one."""
        if path not in self._loaded and self._committed(path) is None:
            self._new.add(path)  # and stays new once the draft is committed
        return None if path in self._new else self._old(path)

    def read(self, path: str) -> dict[str, Any]:
        """One record, as a copy that is the caller's to change.

        What only a newer version could read is not in it; `put` keeps it.
        """
        return _part(path, self.whole(path))

    def whole(self, path: str) -> dict[str, Any]:
        """One record with all that a newer version wrote, as a copy."""
        if path in self._records:
            return _copy(self._records[path])
        if path in self._bytes:
            return self._over().read(path)
        return _copy(self._old(path))

    def read_bytes(self, path: str) -> bytes:
        """The bytes of a file that is not put as a record."""
        return self._over().read_bytes(path)

    def exists(self, path: str) -> bool:
        """Whether there is such a file."""
        if path in self._records:
            return True
        try:
            self._over().read_bytes(path)
        except NotFound:
            return False
        return True

    def pupil_ids(self) -> list[str]:
        """The ids of all pupils, those just put included."""
        ids = set(self._over().pupil_ids())
        ids.update(filter(None, map(pupil_of, self._records)))
        return sorted(ids)

    def known(self, path: str) -> dict[str, Any]:
        """One record without anything that only a newer version knows."""
        return _part(path, self.whole(path), fields=True)

    def put(
        self, path: str, record: dict[str, Any], seen: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Put a new version of a record, its text cleaned; returns the cleaned one.

        Args:
            path: of the record; its schema follows from it.
            record: the new version.
            seen: what it was made from; what that lacks of the whole record is kept. By
                default what `read` gives.
        """
        if not schema_of(files.safe(path)):
            raise InvalidValue(f"{path} is not a record: only records are put so.")
        cut = seen is not None or is_newer(schema_of(path))
        if cut and self.exists(path):
            whole = self.whole(path)
            part = _part(path, whole) if seen is None else seen
            record = _with_unknown(path, part, record, whole)
        self._bytes.pop(path, None)
        self.after[path] = laid = cleaned(path, record)
        self._records[path] = _copy(laid)
        return laid

    def put_bytes(self, path: str, data: bytes) -> None:
        """Lay a file over: an attachment, a schema, a hand-edited record."""
        self._records.pop(path, None)
        self._bytes[files.safe(path)] = data

    def delete(self, path: str) -> None:
        """Take a file away; NotFound where there is none."""
        if not self.exists(path):
            raise NotFound(f"There is no {path} in these records.")
        self._records.pop(path, None)
        self._bytes[path] = None

    def changes(self) -> dict[str, bytes | None]:
        """The checked differences from the base: path to new bytes, None if deleted."""
        found: dict[str, bytes | None] = {}
        for path, data in self._bytes.items():
            if data != self._committed(path):
                if data is not None and schema_of(path):
                    judge(path, data)
                found[path] = data
        for path, record in self._records.items():
            old = self._committed(path)
            if old is None or record != self._old(path):
                text = canonical(path, record, old)
                if text != old:
                    found[path] = text
        return found

    def put_records(self) -> dict[str, dict[str, Any]]:
        """The records that were put, by path."""
        return self._records

    def _over(self) -> LaidOver:
        return LaidOver(self._base, self._bytes)

    def _old(self, path: str) -> dict[str, Any]:
        if path not in self._loaded:
            self._loaded[path] = self._base.read(path)
        return self._loaded[path]

    def _committed(self, path: str) -> bytes | None:
        try:
            return self._base.read_bytes(path)
        except NotFound:
            return None


def canonical(path: str, record: dict[str, Any], old: bytes | None) -> bytes:
    """The canonical text of a valid record, with the comments of the old text.

    Raises:
        InvalidValue: the record is not valid; the message says where and what to type.
    """
    from sencli.store.text import dump
    from sencli.store.text import schema

    name = schema_of(path)
    faults = schema.faults(record, name)
    if faults:
        told = [_fault_text(path, fault) for fault in faults]
        raise InvalidValue("\n".join(told) + "\nNothing was changed.")
    text = dump.dumps(record, name)
    if old is not None and _commented(old, name):
        from sencli.store.text import comments

        text = comments.carry(old.decode(), text)
    return text.encode()


def _fault_text(place: str, fault: Fault) -> str:
    where = ".".join(str(step) for step in fault.path)
    mend = f" ({fault.mend})" if fault.mend else ""
    return f"{place}: {where + ': ' if where else ''}{fault.message}{mend}"


def _commented(old: bytes, name: str) -> bool:
    """Whether people wrote comments into the text: it is not as we would write it."""
    if b"#" not in old.partition(b"\n")[2]:
        return False
    from sencli.store.text import dump
    from sencli.store.text import load

    return dump.dumps(load.load(old, ""), name).encode() != old


def judge(path: str, data: bytes, parts: VersionParser | None = None) -> dict[str, Any]:
    """The record in the bytes of its file.

    Args:
        path: the file.
        data: its bytes.
        parts: reads them where other versions of the file were read.

    Raises:
        InvalidValue: it is not a valid one; with file:line for each fault.
    """
    from sencli.store.text import load
    from sencli.store.text import schema

    record = parts.load(data) if parts else load.load(data, path)
    name = schema_of(path)
    if schema.surely_valid(record, name, data):
        return record
    if faults := schema.faults(record, name):
        line = load.lines(data.decode())
        told = [_fault_text(f"{path}:{line(fault.path)}", fault) for fault in faults]
        raise InvalidValue("\n".join(told))
    return record


def _part(path: str, record: dict[str, Any], *, fields: bool = False) -> dict[str, Any]:
    """The record without what only a newer version can read, or without its fields."""
    name = schema_of(path)
    if not is_newer(name):
        return record
    from sencli.core.record.newer import known_part

    return known_part(record, shipped_schema(name), fields=fields)


def _with_unknown(
    path: str, part: dict[str, Any], record: dict[str, Any], whole: dict[str, Any]
) -> dict[str, Any]:
    """The changed record with what a newer version wrote."""
    if part == whole:
        return record
    from sencli.core.record.newer import grafted

    return grafted(part, record, whole, load_schema(schema_of(path)))


def _copy(record: dict[str, Any]) -> dict[str, Any]:
    return {key: _copied(value) for key, value in record.items()}


def _copied(value: object) -> object:
    # most values are text: not calling for them halves the time
    if isinstance(value, dict):
        return {k: v if type(v) is str else _copied(v) for k, v in value.items()}
    if isinstance(value, list):
        return [v if type(v) is str else _copied(v) for v in value]
    return value
