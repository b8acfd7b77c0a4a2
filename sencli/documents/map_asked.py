"""The provision map as ``sen print`` asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core import provision_map as core
from sencli.documents.provision_map import Asked
from sencli.documents.provision_map import build

__all__ = ["build", "chosen", "rows_asked"]

_ROWS = (
    *("class_", "year_group", "need", "tier", "provision", "pupils"),
    *("period", "to_date"),
)


def chosen(options: Mapping[str, Any]) -> Asked:
    """What is asked for by the options of ``sen print``."""
    shapes = {"csv": "flat", "table": "narrow", "text": "narrow"}
    return Asked(
        rows_asked(options),
        options.get("by", ""),
        costs=not options.get("no_costs"),
        shape=shapes.get(options["format"], "wide"),
        adults=bool(options.get("adults")),
    )


def rows_asked(options: Mapping[str, Any]) -> core.Asked:
    """Which rows are wanted."""
    return core.Asked(**{key: options[key] for key in _ROWS if key in options})
