"""Clean all text of a record before it is saved."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from sencli.core.record.clean_text import clean_record
from sencli.core.record.clean_text import is_clean
from sencli.core.text.folding import composed
from sencli.errors import SencliError
from sencli.store.files import files
from sencli.store.records.records import schema_of


def cleaned(path: str, record: dict[str, Any]) -> dict[str, Any]:
    """The record with its text composed and without invisible letters on one line."""
    if is_clean(record):
        return record
    from sencli.resources import load_schema

    return clean_record(record, load_schema(schema_of(path)))


def cleaned_text(path: str, text: str) -> str:
    """The text of a record that was written by hand, cleaned, its comments kept."""
    from sencli.store.text import dump
    from sencli.store.text import load

    text = composed(text)
    if is_clean(text):
        return text
    try:
        record = load.load(text.encode(), path)
    except SencliError:
        return text  # the check says what is wrong with it
    clean = cleaned(path, record)
    if clean == record:
        return text
    from sencli.store.text import comments

    return comments.carry(text, dump.dumps(clean, schema_of(path)))


def clean_files(root: str, paths: Iterable[str]) -> None:
    """Clean the text of hand-edited files in place, before checking them.

    New items get their ids.
    """
    from sencli.store.records.new_ids import with_new_ids

    for path in paths:
        data = files.current(root, path) if schema_of(path) else None
        if data is None:
            continue
        try:
            text = data.decode()
        except UnicodeDecodeError:
            continue  # the check says so
        clean = with_new_ids(path, text)
        if not data.isascii():
            clean = cleaned_text(path, clean)
        if clean != text:
            inside = os.path.join(root, ".git", "sencli")
            files.make_folder(inside)
            scratch = os.path.join(inside, f"clean.{os.getpid()}")
            files.replace(os.path.join(root, path), clean.encode(), scratch)
