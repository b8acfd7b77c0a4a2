"""Reports and letters that belong to a record."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from collections.abc import Mapping
from typing import Any

from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.errors import InvalidValue
from sencli.errors import NotFound

PICTURES = ("png", "jpg", "jpeg")
"""Endings of the pictures that can be printed."""

_ENDING = re.compile(r"[a-z0-9]{1,8}")


def stored_name(document_id: str, ending: str) -> str:
    """The name under which a file is kept: its id, never the name it came with."""
    plain = ending.casefold().lstrip(".")
    return f"{document_id}.{plain}" if _ENDING.fullmatch(plain) else document_id


def fingerprint(data: bytes) -> str:
    """The fingerprint of a file, as its entry keeps it."""
    return hashlib.sha256(data).hexdigest()


def with_fingerprint(record: Record, name: str, data: bytes) -> Record:
    """The record, its entry of that file with the fingerprint that it may lack."""
    entries = [
        {**entry, "sha256": fingerprint(data)}
        if entry["file"] == name and "sha256" not in entry
        else entry
        for entry in record.get("documents", ())
    ]
    return {**record, "documents": entries} if entries else record


def add_document(
    record: Record,
    title: str,
    day: str,
    ending: str,
    data: bytes,
    fields: Mapping[str, Any],
    new_id: Callable[[str], str],
) -> Act:
    """The record with a document more; ``ids`` names its file under documents/<id>/.

    Args:
        record: the pupil's.
        title: what it is.
        day: the date of the document.
        ending: of the file, as ``.pdf``.
        data: the file.
        fields: ``from``, ``kind``, ``restricted``; ``None`` where not named.
        new_id: gives a new id of a kind.
    """
    document_id = new_id("document")
    name = stored_name(document_id, ending)
    entry = {
        "id": document_id,
        "date": day,
        "title": title,
        "file": name,
        "sha256": fingerprint(data),
        **given(fields),
    }
    return Act(
        {**record, "documents": [*record.get("documents", []), entry]},
        f"Attached to {full_name(record)}: {title}, {dates.words(day)} "
        f"(documents/{record['id']}/{name}).",
        {"document": document_id, "file": f"documents/{record['id']}/{name}"},
    )


def picture_named(typed: str, record: Record) -> str:
    """The id of an attached picture, by its id or part of its title.

    Raises:
        NotFound: nothing attached fits.
        Ambiguous: several do.
        InvalidValue: it is restricted, or no picture.
    """
    pupil = record["id"]
    attached = record.get("documents", [])
    new = f"sen document add {pupil} FILE --title NAME"
    if not attached:
        raise NotFound("No document is attached, so there is no picture.", new)
    exact = [one for one in attached if one["id"] == typed.strip()]
    found = find.one(
        typed,
        exact or find.matches(typed, attached, lambda one: str(one["title"])),
        what="document",
        show=lambda one: f"{one['id']}  {one['title']}",
        hint=f"See them: sen document list {pupil}",
        everything=attached,
    )
    if found.get("restricted"):
        raise InvalidValue(
            f"{found['title']} is restricted, so it goes on no profile.",
            f"Attach a picture that may be seen: {new}",
        )
    if str(found["file"]).rpartition(".")[2].casefold() not in PICTURES:
        raise InvalidValue(
            f"{found['title']} ({found['file']}) is no PNG or JPEG.",
            f"Save the picture as PNG or JPEG, and attach that: {new}",
        )
    return str(found["id"])
