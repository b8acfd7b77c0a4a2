"""Rewrite the history without one pupil.

The same history and the same pupil always give the same commits, on any computer. So
another laptop can prove a rewritten history right by rewriting its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sencli.core.audit import erasure
from sencli.errors import IntegrityFault
from sencli.store.git import objects
from sencli.store.git.pack import Packer

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping

    from sencli.store.files.parallel import Tick
    from sencli.store.git.process import Reader

    Sign = Callable[[str, bytes, bytes], bytes]
    Said = Callable[[str, bytes], bytes]

_MODES = (b"100644", b"100755", b"120000", b"160000", b"040000", b"40000")
_KEPT = (b"author ", b"committer ", b"encoding ")
_SIGNATURE = re.compile(rb"^-----BEGIN [A-Z ]+-----\n.*", re.MULTILINE | re.DOTALL)
_NAME = 20
_RECORD = b".yaml"


class Rewriter:
    """Rewrites commits, oldest first.

    Args:
        reader: where objects come from.
        ids: the pupils that go.
        sign: a signature over a new commit, from the old one's name, its header and its
            body; b"" for none. A rewritten commit has lost the one it had.
        said: what a message becomes, from the name of its commit or tag and its text,
            in which the ids are neutral already.
        texts: what takes the place of some contents.

    Attributes:
        commits: old name to new, of each that changed.
        gone: those that are left out, because they were about these pupils alone.
        trees: the tree of each commit seen, old and new.
        dropped: every content of the records that go.
        texts: what takes the place of some contents, by name.
        packer: the new objects.
    """

    def __init__(
        self,
        reader: Reader,
        ids: Collection[str],
        sign: Sign | None = None,
        said: Said | None = None,
        texts: Mapping[str, bytes] | None = None,
    ) -> None:
        self.commits: dict[str, str] = {}
        self.gone: set[str] = set()
        self.trees: dict[str, str] = {}
        self.dropped: set[str] = set()
        self.texts: dict[str, str] = {}
        self.packer = Packer()
        self._reader = reader
        self._word = erasure.word(ids)
        self._marks = [one.lower().encode() for one in ids]
        self._sign = sign
        self._said = said
        for old, text in (texts or {}).items():
            self.texts[old] = self.packer.add(b"blob", text)
        self._marked = [bytes.fromhex(old) for old in self.texts]
        self._cleaned: dict[str, str] = {}
        self._raw: dict[str, bytes] = {}
        self._last: dict[str, tuple[str, bytes]] = {}

    def run(self, names: Iterable[str], told: Tick | None) -> None:
        """Rewrite all of these, given parents first."""
        for name in names:
            self._commit(name)
            if told:
                told(1)

    def reads_from(self, reader: Reader) -> None:
        """Go on with another reader: the one before was closed."""
        self._reader = reader

    def now(self, name: str) -> str:
        """The new id of a commit, or of the one that replaces it."""
        return self.commits.get(name, name)

    def raw(self, tree: str) -> bytes:
        """The content of a tree, old or new."""
        found = self._raw.get(tree)
        return self._reader.content(tree) if found is None else found

    def tag(self, name: str) -> str:
        """The new id of an annotated tag; the same if nothing changes."""
        raw = self._reader.content(name)
        head, _, body = raw.partition(b"\n\n")
        lines = head.split(b"\n")
        target = lines[0].removeprefix(b"object ").decode()
        deeper = lines[1] == b"type tag"
        new = self.tag(target) if deeper else self.now(target)
        text = self._message(name, body)
        if new == target and text == body:
            return name
        lines[0] = b"object " + new.encode()
        text = _SIGNATURE.sub(b"", text)
        return self.packer.add(b"tag", b"\n".join(lines) + b"\n\n" + text)

    def _message(self, name: str, body: bytes) -> bytes:
        text = erasure.neutral(body, self._word, self.commits)
        return self._said(name, text) if self._said else text

    def _commit(self, name: str) -> None:
        raw = self._reader.content(name)
        head, _, body = raw.partition(b"\n\n")
        lines = head.split(b"\n")
        tree = lines[0].removeprefix(b"tree ").decode()
        old = [x[7:].decode() for x in lines if x.startswith(b"parent ")]
        parents = list(dict.fromkeys(map(self.now, old)))
        new = self._tree(tree, "") or self.packer.add(b"tree", b"")
        text = self._message(name, body)
        self.trees[name] = tree
        if (new, parents, text) == (tree, old, body):
            return
        if self._emptied(old, parents, tree, new):
            self.gone.add(name)
            self.commits[name] = parents[0]
            return
        kept = [x for x in lines[1 + len(old) :] if x.startswith(_KEPT)]
        fresh = [f"tree {new}", *(f"parent {parent}" for parent in parents)]
        above = b"".join(line + b"\n" for line in (*(x.encode() for x in fresh), *kept))
        below = b"\n" + text
        signature = self._sign(name, above, below) if self._sign else b""
        made = self.packer.add(b"commit", objects.signed(above, below, signature))
        self.commits[name] = made
        self.trees[made] = new

    def _emptied(self, old: list[str], parents: list[str], tree: str, new: str) -> bool:
        """Whether nothing is left of a commit that did something."""
        if len(parents) != 1 or self.trees[parents[0]] != new:
            return False
        return len(old) > 1 or self.trees[old[0]] != tree

    def _tree(self, name: str, place: str) -> str:
        """A folder's new name; "" where nothing is left in it."""
        if name in self._cleaned:
            return self._cleaned[name]
        raw = self._reader.content(name)
        new = self._folder(raw, place) if b"40000 " in raw else self._flat(raw, place)
        if new == raw:
            made = name
        else:
            made = self.packer.add(b"tree", new, self._last.get(place)) if new else ""
            if made:
                self._last[place] = made, new
                if not place or b"40000 " in new:
                    self._raw[made] = new
        self._cleaned[name] = made
        return made

    def _folder(self, raw: bytes, place: str) -> bytes:
        """A folder without what is named after the pupils, and those below it too."""
        try:
            entries = objects.parse_tree(raw)
        except ValueError:
            raise IntegrityFault(
                "The history is damaged: a folder cannot be read. Nothing was changed.",
                "See what is wrong: sen verify",
            ) from None
        kept = {}
        for entry, (mode, name) in entries.items():
            if self._word.search(entry):
                if entry.endswith(_RECORD):
                    self.dropped.add(name)
            elif mode != objects.FOLDER:
                kept[entry] = mode, self.texts.get(name, name)
            elif below := self._tree(name, f"{place}/{entry!r}"):
                kept[entry] = mode, below
        return raw if kept == entries else objects.tree(kept)

    def _flat(self, raw: bytes, place: str) -> bytes:
        """The same for a list of files: long, so that it is cut and not read."""
        if any(mark in raw for mark in self._marked):
            return self._folder(raw, place)
        for at in self._places(raw):
            start, end = _entry(raw, at)
            if not end:
                return self._folder(raw, place)
            if raw[start : end - _NAME].endswith(_RECORD + b"\0"):
                self.dropped.add(raw[end - _NAME : end].hex())
            raw = raw[:start] + raw[end:]
        return raw

    def _places(self, raw: bytes) -> list[int]:
        """Where the pupils are named, the last first; ten times as quick as a search.

        Nearly all lists name none or one of them, and there is one for each commit.
        """
        low = raw.lower()
        found = []
        for mark in self._marks:
            at = low.find(mark)
            while at >= 0:
                if self._word.match(raw, at):
                    found.append(at)
                at = low.find(mark, at + 1)
        return sorted(found, reverse=True)


def _entry(raw: bytes, at: int) -> tuple[int, int]:
    """Where the entry begins and ends whose name begins at `at`; (0, 0) for none."""
    mode = next((m for m in _MODES if raw.endswith(m + b" ", 0, at)), b"")
    end = raw.find(b"\0", at) + 1 + _NAME
    if not mode or end <= at or end > len(raw):
        return 0, 0
    return at - 1 - len(mode), end
