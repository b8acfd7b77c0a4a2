"""Where else than in the own record a pupil is named: files, messages, drafts.

The same folding finds it as for an erasure: what `sen erase` would take out, whoever
asks for access is told of.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.handover.material import Passage
from sencli.core.papers.other_names import OtherNames
from sencli.core.record.find import PupilName
from sencli.core.text.folding import key
from sencli.errors import SencliError
from sencli.store.erasure.mentions import RECORDS
from sencli.store.erasure.mentions import names_of
from sencli.store.erasure.mentions import text_of
from sencli.store.erasure.traces import Needle
from sencli.store.erasure.traces import matches_in
from sencli.store.erasure.traces import needles
from sencli.store.git.process import Reader
from sencli.store.records.contents import contents
from sencli.store.records.records import pupil_of
from sencli.store.text import load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sencli.core.audit.erased_names import ErasedNames
    from sencli.store.records.drafts import KeptDraft
    from sencli.store.repository.repository import Repository

_OWN_NAMES = ("first_name", "last_name", "known_as", "upn", "former_upn", "name")
_LOG = "--format=%x01%cs%x00%an%x00%B%x00%N"
_PARTS = 4
_BINARY = "\0"


def named_elsewhere(
    repository: Repository, pupil_id: str, drafts: Iterable[KeptDraft]
) -> list[Passage]:
    """Every text outside the pupil's record that names the pupil, each once.

    Args:
        repository: the records.
        pupil_id: the pupil's id.
        drafts: texts that were typed and are not saved.
    """
    with closing(Reader(repository.git)) as reader:
        names = names_of(repository, reader, repository, [pupil_id])
        found = dict.fromkeys(
            [
                *_files(repository, reader, pupil_id, names),
                *_messages(repository, names),
                *_drafts(drafts, pupil_id, names),
            ]
        )
    return list(found)


def _files(
    repository: Repository, reader: Reader, pupil_id: str, names: ErasedNames
) -> Iterator[Passage]:
    """In other files, in any version that there ever was."""
    wanted = needles((), [*names.whole, *names.alone])
    own = (f"pupils/{pupil_id}.yaml", f"documents/{pupil_id}/", ".sencli/")
    every = sorted(contents(repository.git, RECORDS).items())
    with repository.told("Looking for the pupil's name", len(every)) as step:
        for path, blobs in every:
            if step is not None:
                step(1)
            if not path.startswith(own):
                yield from _in_versions(reader, path, blobs, names, wanted)


def _in_versions(
    reader: Reader,
    path: str,
    blobs: Iterable[str],
    names: ErasedNames,
    wanted: list[Needle],
) -> Iterator[Passage]:
    """In one file, in any version."""
    if wanted and matches_in(os.fsencode(path), wanted):
        yield Passage("mentions", "A file's name", path, private=path)
    told = False
    for blob in sorted(blobs):
        data = reader.content(blob)
        if not wanted or not matches_in(data, wanted):
            continue
        some = list(_in_file(path, data, names))
        yield from some
        told = told or bool(some)
        if not some and not told and not path.endswith(".yaml"):
            told = True
            head = "A document kept with another record"
            yield Passage("mentions", head, "The document names the pupil.", path)


def _in_file(path: str, data: bytes, names: ErasedNames) -> Iterator[Passage]:
    if path.endswith(".yaml"):
        try:
            record = load.load(data, path)
        except SencliError:
            record = None
        if record is not None:
            yield from _in_record(path, record, names)
            return
    text = text_of(data)[0]
    if _BINARY in text:
        return
    for line in text.splitlines():
        if how := _how_named(line, names, ()):
            head = "A document kept with another record"
            yield Passage("mentions", head, line.strip(), path, perhaps=how == "alone")


def _in_record(
    path: str, record: dict[str, Any], names: ErasedNames
) -> Iterator[Passage]:
    """The texts of a record, or of one of the school's files, that name the pupil."""
    of_pupil = pupil_of(path)
    head = "Another pupil's record" if of_pupil else f"The school's file {path}"
    bears = [str(record.get(name, "")) for name in ("first_name", "known_as")]
    bears = [*bears, str(record.get("last_name", ""))] if of_pupil else []
    for field, text in _texts(record):
        if field[-1] in _OWN_NAMES and of_pupil:
            continue
        if how := _how_named(text, names, bears):
            where = " ".join(part.replace("_", " ") for part in field)
            yield Passage(
                "mentions",
                f"{head}, {where}",
                text,
                f"{path} {where}",
                perhaps=how == "alone",
            )


def _texts(value: Any, field: tuple[str, ...] = ()) -> Iterator[tuple[Any, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*field, name))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, field)
    elif isinstance(value, str) and field:
        yield field, value


def _how_named(text: str, names: ErasedNames, bears: Iterable[str]) -> str:
    """``whole`` or ``alone`` as a text names the pupil; "" if it does not.

    A name alone that the record's own pupil bears is that pupil's, and one that is a
    word too (May) is a name where it is written as one.
    """
    if names.without(text) != text:
        return "whole"
    if not names.may_be(text):
        return ""
    alone = OtherNames(PupilName(name, name) for name in names.alone)
    borne = {key(name) for name in bears if name}
    found = {key(name) for name in alone.named(text, (), "")}
    return "alone" if found - borne else ""


def _messages(repository: Repository, names: ErasedNames) -> Iterator[Passage]:
    """Messages of changes and notes on them."""
    out = repository.git.ask("log", "--all", "--notes", _LOG)
    for one in text_of(out)[0].split("\x01"):
        parts = one.split("\0")
        if len(parts) != _PARTS:
            continue
        day, author, body, note = parts
        for line in (*body.splitlines(), *note.splitlines()):
            if how := _how_named(line, names, ()):
                head = f"Message of a change, {day}, {author}"
                yield Passage("mentions", head, line.strip(), perhaps=how == "alone")


def _drafts(
    drafts: Iterable[KeptDraft], pupil_id: str, names: ErasedNames
) -> Iterator[Passage]:
    for draft in drafts:
        try:
            text = draft.text()
        except (SencliError, UnicodeDecodeError):
            continue
        head = f"A text not saved yet ({draft.form}), begun {draft.since}"
        lines = [line for line in text.splitlines() if line.strip()]
        if draft.pupil == pupil_id:
            yield Passage("drafts", head, "\n".join(lines))
            continue
        for line in lines:
            if how := _how_named(line, names, ()):
                yield Passage("drafts", head, line.strip(), perhaps=how == "alone")
