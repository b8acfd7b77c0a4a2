"""Import validators and writers before the lock is taken."""

from __future__ import annotations

import importlib
from contextlib import suppress

_MODULES = (
    "jsonschema_rs",
    "sencli.store.text.dump",
    "sencli.store.text.schema",
    "sencli.store.text.load",
)


def load() -> None:
    """Import them."""
    from sencli.store.files.parallel import uninterrupted

    with uninterrupted():  # some of it panics where Ctrl-C comes while it is loaded
        for name in _MODULES:
            importlib.import_module(name)
        with suppress(ImportError):  # the slower reader needs nothing
            importlib.import_module("ryaml")
