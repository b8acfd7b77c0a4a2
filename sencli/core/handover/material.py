"""All that is held about a pupil, as passages: each a text, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.audit.events import Event
from sencli.core.audit.events import ToldChange
from sencli.core.audit.field_words import field_name
from sencli.core.record.types import Entry
from sencli.core.text.dates import words
from sencli.value import Value

SECTIONS = {
    "record": "What the record says now",
    "documents": "Documents kept with the record",
    "texts": "What the documents say that are plain text",
    "mentions": "Where else the pupil is named",
    "drafts": "Texts typed and not saved",
    "history": "How the record came about: each change, the newest first",
}
_REQUEST = ("access[", "access")
"""What is about the request itself is no part of what is asked for."""


TEXT_GIVEN = "its text is given below, so the file may stay"


class Passage(Value):
    """One text that is held.

    Attributes:
        section: one of ``SECTIONS``.
        head: where it stands, in words that anybody may read.
        text: the text.
        private: where exactly, for the reviewer alone: another pupil's record.
        path: the place in the pupil's record, as history prints it.
        values: the texts of the record that it was made of, as they are written.
        perhaps: whether it names the pupil by a name that may be another's.
    """

    section: str
    head: str
    text: str
    private: str = ""
    path: str = ""
    values: tuple[str, ...] = ()
    perhaps: bool = False


def of_record(event: Event) -> list[Passage]:
    """What the record says, from a telling of it as if it were all new."""
    return [
        Passage("record", _of_list(change.path), text, path=change.path, values=values)
        for change in event.changes
        if not _about_request(change.path)
        for text, values in _texts(change, new=True)
    ]


def of_history(events: Sequence[Event]) -> list[Passage]:
    """Each change of the record in the words of `sen history`."""
    return [
        Passage(
            "history",
            f"{words(event.date[:10])}, {event.author}",
            text,
            path=change.path,
            values=values,
        )
        for event in events
        for change in event.changes
        if not _about_request(change.path)
        for text, values in _texts(change, new=False)
    ]


def of_documents(record: Entry, texts: Mapping[str, str]) -> list[Passage]:
    """The documents: each file goes out whole or not at all, its text with marks.

    Args:
        record: the pupil's.
        texts: of those that are plain text, by id.
    """
    found, said = list[Passage](), list[Passage]()
    for entry in record.get("documents", ()):
        title, text = str(entry["title"]), texts.get(entry["id"], "")
        named = f"{title} ({entry['file']})"
        path, day = f"documents[{entry['id']}]", words(str(entry["date"]))
        private = TEXT_GIVEN if text else ""
        found.append(Passage("documents", day, named, private, path, (title,)))
        lines = dict.fromkeys(line.strip() for line in text.splitlines())
        said += [Passage("texts", f"{title}, {day}", line) for line in lines if line]
    return found + said


def _about_request(path: str) -> bool:
    return path.startswith(_REQUEST[0]) or path == _REQUEST[1]


def _of_list(path: str) -> str:
    name, of_list, _ = path.partition("[")
    if not of_list and "." not in name:
        return "The pupil"
    said = field_name(name.partition(".")[0])
    return said[:1].upper() + said[1:]


def _texts(change: ToldChange, *, new: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sentences of a change, and in full what they shorten or leave out."""
    pairs = [
        (field.path, text)
        for field in change.fields
        for side in (field.new, field.old)
        for text in strings(side)
    ]
    values = tuple(dict.fromkeys(text for _, text in pairs))
    for line in change.lines:
        yield _without_added(line) if new else line, values
    told = " ".join(" ".join(change.lines).split())
    for path, text in dict.fromkeys(pairs):
        if " " in text and " ".join(text.split()) not in told:
            yield f"{field_name(path.rpartition('.')[2])}: {text}", (text,)


def _without_added(line: str) -> str:
    before, found, after = line.partition("added ")
    return before + after if found and (not before or before.endswith(": ")) else line


def strings(value: Any) -> Iterator[str]:
    """Every text in a part of a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
