"""The files of one commit, and the trees of the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.errors import IntegrityFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.files import shell
from sencli.store.git import objects
from sencli.store.records.records import Records

if TYPE_CHECKING:
    from sencli.store.git.process import Reader

_PLAIN = (b"100644", b"100755")

_Entry = tuple[bytes, str]
_NONE: _Entry = (b"", "")


class _Folder:
    """One tree: its entries, the folders below that were opened, and its id."""

    __slots__ = ("below", "entries", "name_of")

    def __init__(self, raw: bytes, name_of: str) -> None:
        self.entries = objects.parse_tree(raw)
        self.below: dict[bytes, _Folder] = {}
        self.name_of = name_of

    def entry(self, name: bytes) -> _Entry:
        """Mode and object name, both empty where there is none."""
        return self.entries.get(name, _NONE)


class Tree:
    """Paths and contents, read on demand, with changes on top.

    Args:
        reader: where objects come from.
        root: the tree's object name, or "" for none.
    """

    def __init__(self, reader: Reader, root: str) -> None:
        self._reader = reader
        self._top = self._open(root)

    def _open(self, name_of: str) -> _Folder:
        if not name_of:
            return _Folder(b"", "")
        raw = self._reader.content(name_of)
        try:
            return _Folder(raw, name_of)
        except ValueError:
            raise IntegrityFault(
                f"The history is damaged: {name_of} is not a tree.",
                "Clone the records again from the other laptop or the backup.",
            ) from None

    def _below(self, folder: _Folder, name: bytes) -> _Folder | None:
        known = folder.below.get(name)
        if known is None:
            mode, name_of = folder.entry(name)
            if mode != objects.FOLDER:
                return None
            known = folder.below[name] = self._open(name_of)
        return known

    def _folder(self, path: str) -> _Folder | None:
        at: _Folder | None = self._top
        for part in path.split("/") if path else ():
            at = self._below(at, part.encode()) if at else None
        return at

    def find(self, path: str) -> str:
        """The object name of a file's content, or "" where there is none."""
        above, _, name = path.rpartition("/")
        folder = self._folder(above)
        mode, name_of = folder.entry(name.encode()) if folder else _NONE
        if mode and mode not in _PLAIN:
            raise InvalidValue(
                f"{path} is a link or a folder in the history, so it is not read.",
                f"See which commit put it there: git log --stat -- "
                f"{shell.quoted(path)}",
            )
        return name_of

    def names(self, path: str) -> list[str]:
        """The names in one folder, sorted; [] where there is none."""
        folder = self._folder(path)
        names = folder.entries if folder else ()
        return sorted(name.decode("utf-8", "replace") for name in names)

    def put(self, path: str, name_of: str) -> None:
        """Lay a file's content over; "" takes the file away."""
        *folders, name = path.split("/")
        at = self._top
        at.name_of = ""
        for part in folders:
            key = part.encode()
            below = self._below(at, key)
            if below is None:
                below = at.below[key] = _Folder(b"", "")
                at.entries[key] = (objects.FOLDER, "")
            at = below
            at.name_of = ""
        if name_of:
            at.entries[name.encode()] = (objects.FILE, name_of)
        else:
            at.entries.pop(name.encode(), None)

    def write(self, box: dict[str, tuple[bytes, bytes]]) -> str:
        """Name every changed tree, put it in `box`, and return the top one's name."""
        return self._write(self._top, box)

    def _write(self, folder: _Folder, box: dict[str, tuple[bytes, bytes]]) -> str:
        if folder.name_of:
            return folder.name_of
        for name, below in folder.below.items():
            if below.entries:
                folder.entries[name] = (objects.FOLDER, self._write(below, box))
            else:
                folder.entries.pop(name, None)
        raw = objects.tree(folder.entries)
        folder.name_of = objects.oid(b"tree", raw)
        box[folder.name_of] = (b"tree", raw)
        return folder.name_of


class CommittedRecords(Records):
    """The records as one commit has them.

    Args:
        reader: where objects come from.
        commit: the commit's object name, or "" for an empty history.
    """

    def __init__(self, reader: Reader, commit: str) -> None:
        self.commit = commit
        self._reader = reader
        head = reader.content(commit) if commit else b""
        self.tree = Tree(reader, head[5:45].decode() if head else "")

    def read_bytes(self, path: str) -> bytes:
        """The file as committed; NotFound where there is none."""
        name_of = self.tree.find(path)
        if not name_of:
            raise NotFound(f"There is no {path} in these records.")
        return self._reader.content(name_of)

    def at(self, commit: str) -> CommittedRecords:
        """The records as another commit has them."""
        return CommittedRecords(self._reader, commit)

    def content(self, name_of: str) -> bytes:
        """The content of an object of that name."""
        return self._reader.content(name_of)

    def names(self, folder: str) -> list[str]:
        """The names in one folder of the commit."""
        return self.tree.names(folder)
