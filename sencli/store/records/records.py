"""Read records from the working folder or any commit with the same functions."""

from __future__ import annotations

import os
import re
from abc import ABC
from abc import abstractmethod
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.resources import is_newer
from sencli.store.files import files
from sencli.store.files import shell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

_PUPIL = re.compile(r"pupils/(p[a-z0-9]{4,7})\.yaml")
_GROUP = re.compile(rb"\bgroup[\"']?:\s*[\"']?([0-9a-z]+)")
SIGNERS = ".sencli/allowed_signers"
"""The list of those who may sign."""
READ: set[str] = set()
"""The records that this process has parsed: where a fault of ours need not be ours."""
_SHOWN = 5
_SCHEMAS = {
    "school.yaml": "school",
    "provisions.yaml": "provisions",
    "groups.yaml": "groups",
}
TOP = tuple(_SCHEMAS)
"""The school's own files."""
REPORTS = tuple(
    f"reports/{kind}.yaml"
    for kind in ("inclusion-strategy", "information-report", "governors")
)
"""What is written of the reports about the school; any of them may be missing."""


def schema_of(path: str) -> str:
    """The schema a file is written under, or "" where it is not a record."""
    if path in _SCHEMAS:
        return _SCHEMAS[path]
    if path in REPORTS:
        return "published"
    if path.startswith("pupils/"):
        if not _PUPIL.fullmatch(path):
            raise InvalidValue(
                f"{path!a} cannot be a pupil's file: p and four to seven of a-z, 0-9."
            )
        return "pupil"
    return ""


def pupil_path(pupil_id: str) -> str:
    """Where a pupil's record is; an id that cannot be one is refused."""
    path = f"pupils/{pupil_id}.yaml"
    if not _PUPIL.fullmatch(path):
        raise InvalidValue(f"{pupil_id!a} cannot be a pupil's id (like p7k2q).")
    return path


def pupil_of(path: str) -> str:
    """The id in a pupil's path, or ""."""
    found = _PUPIL.fullmatch(path)
    return found[1] if found else ""


def whose(path: str) -> str:
    """The id of the pupil whose record or attachment it is, or ""."""
    if path.startswith("documents/"):
        return path.split("/")[1]
    return pupil_of(path)


def naming_groups(records: Records) -> dict[str, list[str]]:
    """The ids of the pupils by the groups that their files name; nothing is parsed.

    A file that cannot be read names none: who reads the records says so (hazard 8).
    """
    found: dict[str, list[str]] = {}
    for name in records.names("pupils"):
        pupil_id = pupil_of(f"pupils/{name}")
        if pupil_id:
            try:
                data = records.read_bytes(pupil_path(pupil_id))
            except SencliError:
                continue
            for group in {*_GROUP.findall(data)}:
                found.setdefault(group.decode(), []).append(pupil_id)
    return found


def is_record(path: str) -> bool:
    """Whether a path is one of a pupil's record or of the school's own files."""
    return path in (*TOP, *REPORTS) or bool(_PUPIL.fullmatch(path))


class Records(ABC):
    """A source of records' files; subclasses say where they are read from."""

    @abstractmethod
    def read_bytes(self, path: str) -> bytes:
        """The bytes of one file; NotFound where there is none."""

    @abstractmethod
    def names(self, folder: str) -> list[str]:
        """The names in one folder, sorted; [] where there is none."""

    def read(self, path: str) -> dict[str, Any]:
        """One record as plain data; InvalidValue with file:line where it is not."""
        from sencli.store.text import load

        READ.add(path)
        return load.load(self.read_bytes(path), path)

    def known(self, path: str) -> dict[str, Any]:
        """One record without what only a newer version knows: to show and to judge."""
        record, name = self.read(path), schema_of(path)
        if not is_newer(name):
            return record
        from sencli.core.record.newer import known_part
        from sencli.resources import shipped_schema

        return known_part(record, shipped_schema(name))

    def school(self) -> dict[str, Any]:
        """The school: name, staff, rates, terms, settings."""
        return self.known("school.yaml")

    def provisions(self) -> dict[str, Any]:
        """The catalogue of provisions and measuring scales."""
        return self.known("provisions.yaml")

    def groups(self) -> dict[str, Any]:
        """The teaching groups."""
        return self.known("groups.yaml")

    def pupil_ids(self) -> list[str]:
        """The ids of all pupils that have a record, sorted."""
        ids = (pupil_of(f"pupils/{name}") for name in self.names("pupils"))
        return sorted(filter(None, ids))

    def pupil(self, pupil_id: str) -> dict[str, Any]:
        """One pupil's record."""
        return self.known(pupil_path(pupil_id))


class WorkingRecords(Records):
    """The working folder, hand edits and all."""

    def __init__(self, root: str) -> None:
        self._root = root

    @property
    def folder(self) -> str:
        """The folder as text: for those on whose way pathlib is not loaded."""
        return self._root

    def read_bytes(self, path: str) -> bytes:
        """The file as it is now; links are refused."""
        limit = files.RECORD_LIMIT if path.endswith(".yaml") else files.FILE_LIMIT
        try:
            return files.record(self._root, path, limit)
        except NotFound as fault:
            if path in TOP:  # every folder of records has these
                fault.hint = "Bring it back from the history: sen doctor --fix"
            raise

    def head(self, path: str, size: int) -> bytes:
        """The first bytes of a file, for a quick look; links are refused."""
        return files.head(os.path.join(self._root, *files.safe(path).split("/")), size)

    def names(self, folder: str) -> list[str]:
        """What the folder holds now; a linked folder is refused."""
        place = os.path.join(self._root, *files.safe(folder).split("/"))
        if os.path.islink(place):
            raise InvalidValue(
                f"{folder} is a link, so it is not read.",
                "Put the folder itself in its place: git restore "
                f"{shell.quoted(folder)}",
            )
        try:
            return sorted(os.listdir(place))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise EnvironmentFault(
                f"The folder {folder} cannot be read: {error.strerror}.",
                "See what is wrong with the disk or the permissions: sen doctor",
            ) from error


class LaidOver(Records):
    """Records with others on top: the result of a change not yet made.

    Args:
        under: the records below.
        over: path to bytes; None is a file taken away.
    """

    def __init__(self, under: Records, over: Mapping[str, bytes | None]) -> None:
        self._under = under
        self._over = over

    def read_bytes(self, path: str) -> bytes:
        """The file from the top layer, or else the one below."""
        if path not in self._over:
            return self._under.read_bytes(path)
        data = self._over[path]
        if data is None:
            raise NotFound(f"There is no {path} in these records.")
        return data

    def names(self, folder: str) -> list[str]:
        """The names of both."""
        found = set(self._under.names(folder))
        for path, data in self._over.items():
            above, _, name = path.rpartition("/")
            if above == folder:
                (found.discard if data is None else found.add)(name)
        return sorted(found)


class Remembering(LaidOver):
    """Records laid over that are parsed once for each version of a file.

    What `read` gives is shared: it is not the reader's to change.
    """

    def __init__(self, under: Records, over: Mapping[str, bytes | None]) -> None:
        super().__init__(under, over)
        self._parsed: dict[str, tuple[bytes, dict[str, Any]]] = {}

    def read(self, path: str) -> dict[str, Any]:
        """One record, as it was parsed or put."""
        data = self.read_bytes(path)
        known = self._parsed.get(path)
        if known is None or known[0] != data:
            known = (data, super().read(path))
            self._parsed[path] = known
        return known[1]

    def remember(self, path: str, data: bytes, record: dict[str, Any]) -> None:
        """A record whose text was read back and found to say the same."""
        self._parsed[path] = (data, record)


def places(paths: Sequence[str]) -> str:
    """A few paths in words, for a message."""
    shown = ", ".join(sorted(paths)[:_SHOWN])
    more = len(paths) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
