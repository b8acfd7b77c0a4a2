"""The details of the school, its settings among them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.money import pounds
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import View

_ELSEWHERE = {"schema", "name", "staff", "rates", "terms", "settings"}


def school_details(school: Mapping[str, Any], day: str) -> View:
    """What is entered of the school, by the names that ``sen school set`` takes."""
    own = {key: part for key, part in school.items() if key not in _ELSEWHERE}
    counts = tuple(
        (f"{key} entered", str(len(school.get(key, ()))))
        for key in ("staff", "rates", "terms")
    )
    rows = (("name", str(school.get("name", ""))), *_rows(own), *counts)
    blocks: list[Any] = [Fields(rows)]
    if school.get("settings"):
        blocks += [Heading("Settings"), Fields(tuple(_rows(school["settings"])))]
    return View(
        "School",
        Letterhead(school.get("name", "")),
        day,
        tuple(blocks),
        data=dict(school),
    )


def _rows(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _rows(value, f"{name}.")
        else:
            money = key.endswith("_pence") and isinstance(value, int)
            yield name, pounds(value) if money else str(value)
