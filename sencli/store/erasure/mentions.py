"""Before an erasure: find the pupil in messages, notes and other files.

The history is looked through without its folders' contents twice: messages are taken
in while it is rewritten, and of files each content that there ever was is read once.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.audit import erasure
from sencli.core.audit.erased_names import ErasedNames
from sencli.core.audit.erased_names import said_of
from sencli.core.pupil.documents import fingerprint
from sencli.errors import Conflict
from sencli.errors import SencliError
from sencli.store.erasure.traces import matches_in
from sencli.store.erasure.traces import needles
from sencli.store.records.contents import contents
from sencli.store.records.records import places
from sencli.store.records.records import pupil_of
from sencli.store.text import load

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from sencli.store.git.process import Git
    from sencli.store.git.process import Reader
    from sencli.store.records.records import Records
    from sencli.store.repository.repository import Repository

CLEAR, KEEP = "clear", "keep"
OTHERS = ("pupils/", "documents/")
# what other records refer by: another word there breaks them
_REFERENCES = frozenset(("id", "key", "provision", "type", "group"))
_ALL = "--all"
RECORDS = ("--exclude=refs/notes/*", "--all")
_GROUPS = "groups.yaml"
_CERTIFICATES = f"{erasure.FOLDER}/"
_LINE = "\n"
_FIELDS = (b"first_name:", b"last_name:", b"known_as:", b"upn:")
# a name that is written as it is: no quotes, no comment, not over two lines
_PLAIN = re.compile(
    r"^(first_name|last_name|known_as|upn): "
    r"([^\W_](?:[^\n\r:#]*[^\s:#])?)\r?$(?!\n[ \t])",
    re.MULTILINE,
)
_SHOWN = 60


def text_of(data: bytes) -> tuple[str, str]:
    """A text and how it was encoded: in an old message it may be Windows'."""
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "latin-1"


class Mentions:
    """Where the pupil is mentioned, and what becomes of it.

    Args:
        names: what is looked for.

    Attributes:
        names: the same.
        cleared: places whose names go: a message, a tag, a note, a file.
        kept: places that the user keeps as they are.
        maybe: place to the names that may be the pupil's.
    """

    def __init__(self, names: ErasedNames) -> None:
        self.names = names
        self.cleared: dict[str, None] = {}
        self.kept: dict[str, None] = {}
        self.maybe: dict[str, list[str]] = {}

    def message(self, name: str, body: bytes) -> bytes:
        """The message of a commit or tag without the names (`rewrite.Said`)."""
        return self.said(f"message of {name[:10]}", body)

    def said(self, place: str, data: bytes) -> bytes:
        """A message or note without the names, encoded as it was."""
        text, encoding = text_of(data)
        without = self.names.without(text)
        place += f": {text.strip().partition(_LINE)[0][:_SHOWN]}"
        if without != text:
            self.cleared[place] = None
        if maybe := self.names.may_be(without):
            self.maybe[place] = maybe
        return without.encode(encoding)


def names_of(
    repository: Repository,
    reader: Reader,
    records: Records,
    ids: Collection[str],
    words: Collection[str] = (),
) -> ErasedNames:
    """What pupils were called in any version of their records, and what is to go too.

    Args:
        repository: the records.
        reader: where contents come from.
        records: the newest state, in which other pupils may bear the name.
        ids: whose.
        words: what the user names.
    """
    known = [v for one in ids for v in versions(repository.git, reader, one)]
    others = set()
    for other in records.pupil_ids() if known else ():
        if other not in ids:
            path = f"pupils/{other}.yaml"
            version = names_in_version(records.read_bytes(path), path)
            last = version.get("last_name", "")
            given = {version.get("first_name", ""), version.get("known_as", "")}
            others |= {f"{name} {last}" for name in given if name}
    return ErasedNames(known, words, others)


def versions(git: Git, reader: Reader, pupil_id: str) -> list[dict[str, str]]:
    """What each version of a record calls its pupil, each once."""
    path = f"pupils/{pupil_id}.yaml"
    found: list[dict[str, str]] = []
    for name in sorted(contents(git, [_ALL], path).get(path, set())):
        version = names_in_version(reader.content(name), path)
        if version not in found:
            found.append(version)
    return found


def names_in_version(data: bytes, where: str) -> dict[str, str]:
    """What a version of a record says of the pupil's names, in nearly all by its lines.

    Each pupil's record is read for it, and most of what is in them is something else.
    """
    plain = dict(_PLAIN.findall(text_of(data)[0]))
    names = sum(map(data.count, _FIELDS))
    if len(plain) == names:
        return plain
    try:
        return said_of(load.load(data, where))
    except SencliError:
        return plain


def texts(
    repository: Repository,
    reader: Reader,
    ids: Collection[str],
    found: Mentions,
    others: str,
) -> dict[str, bytes]:
    """The contents of files in which the pupil is named, and what takes their place.

    Args:
        repository: the records.
        reader: where contents come from.
        ids: the pupils that go.
        found: what is looked for, and where it is told.
        others: what becomes of it in other pupils' records and what cannot be
            cleared: `CLEAR`, `KEEP`, or "" to refuse.

    Raises:
        Conflict: a name stands where the user must decide.
    """
    names, made = found.names, dict[str, bytes]()
    asked: dict[str, None] = {}
    stuck: dict[str, None] = {}
    for path, blobs in _others(repository.git, ids):
        wanted = needles((), names.all if path == _GROUPS else names.sure)
        if matches_in(os.fsencode(path), wanted):
            stuck[path] = None
        for blob in blobs:
            data = reader.content(blob)
            _may_be(path, data, found)
            if not wanted or not matches_in(data, wanted):
                continue
            new = _without(path, data, names)
            if new is None:
                stuck[path] = None
            elif path.startswith(OTHERS) and others != CLEAR:
                asked[path] = None
            else:
                made[blob] = new
                found.cleared[path] = None
    if others != KEEP:
        _refuse(asked, stuck)
    found.kept |= asked | stuck
    return made | _fingerprints(repository.git, reader, ids, made)


def _fingerprints(
    git: Git, reader: Reader, ids: Collection[str], made: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The records of attachments out of which names go: their fingerprints follow."""
    others = dict(_others(git, ids)) if made else {}
    swaps: dict[bytes, bytes] = {}
    for path, blobs in others.items():
        its = {blob: made[blob] for blob in blobs if blob in made}
        swaps |= swaps_of(reader, path, its)
    found = {}
    for path, blobs in others.items() if swaps else ():
        for blob in blobs if pupil_of(path) else ():
            data = made.get(blob) or reader.content(blob)
            if (new := swapped(data, swaps)) != data:
                found[blob] = new
    return found


def swaps_of(
    reader: Reader, path: str, made: Mapping[str, bytes]
) -> dict[bytes, bytes]:
    """The fingerprints of an attachment out of which names go, by those it had.

    Args:
        reader: where contents come from.
        path: the file; only an attachment has any.
        made: what takes the place of its contents, by their names.
    """
    if not path.startswith("documents/"):
        return {}
    return {
        fingerprint(reader.content(blob)).encode(): fingerprint(new).encode()
        for blob, new in made.items()
    }


def swapped(data: bytes, swaps: Mapping[bytes, bytes]) -> bytes:
    """A record with the fingerprints that its attachments have now."""
    for old, new in swaps.items():
        data = data.replace(old, new)
    return data


def _others(git: Git, ids: Collection[str]) -> Iterator[tuple[str, set[str]]]:
    """Every file that there ever was, but the pupil's own and the certificates."""
    word = erasure.word(ids)
    for path, blobs in contents(git, RECORDS).items():
        if not word.search(os.fsencode(path)) and not path.startswith(_CERTIFICATES):
            yield path, blobs


def _may_be(path: str, data: bytes, found: Mentions) -> None:
    """Names alone, but not in other pupils' records, where families share them."""
    if path.startswith(OTHERS) or not path.endswith(".yaml"):
        return
    if maybe := found.names.may_be(text_of(data)[0]):
        found.maybe[path] = maybe


def _refuse(asked: Iterable[str], stuck: Iterable[str]) -> None:
    """Ask the user where a name stands that is not ours to take out."""
    if some := list(stuck):
        raise Conflict(
            f"The pupil is named where it cannot be taken out: {places(some)} (a "
            "document, a file's name, or a key that records refer to). Nothing was "
            "changed.",
            "Take it out or rename it yourself where you can, and sen commit. What is "
            "to stay as it is, here and in the history: --in-others keep",
        )
    if some := list(asked):
        raise Conflict(
            f"Other pupils' records name the pupil: {places(some)}. Nothing was "
            "changed.",
            "Take the name out there, in every version (an erased pupil stands in "
            "its place): --in-others clear\nLeave those records as they are: "
            "--in-others keep",
        )


def _without(path: str, data: bytes, names: ErasedNames) -> bytes | None:
    """A file's content without the names; None where that would spoil it."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    made = names.without(text, sure=path != _GROUPS).encode()
    if made == data or matches_in(made, needles((), names.sure)):
        return None
    if not path.endswith(".yaml"):
        return None if "\0" in text or data.startswith((b"%PDF", b"PK\3\4")) else made
    try:
        before = load.load(data, path)
    except SencliError:
        return made  # it was broken before
    try:
        after = load.load(made, path)
    except SencliError:
        return None
    return made if _alike(before, after) else None


def _alike(before: Any, after: Any, key: str = "") -> bool:
    """Whether nothing but words of texts differs."""
    if isinstance(before, dict) and isinstance(after, dict):
        return list(before) == list(after) and all(
            _alike(before[name], after[name], name) for name in before
        )
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(
            _alike(*pair, key) for pair in zip(before, after, strict=True)
        )
    return before == after or (
        isinstance(before, str) and isinstance(after, str) and key not in _REFERENCES
    )
