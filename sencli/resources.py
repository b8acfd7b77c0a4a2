"""Find schemas/, templates/ and examples/, in a wheel or a checkout."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from sencli.errors import EnvironmentFault

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder of that name: beside the modules (wheel) or at the top (checkout)."""
    for base in (_PACKAGE, _PACKAGE.parent):
        if (base / name).is_dir():
            return base / name
    raise EnvironmentFault(
        f"The folder {name} of sencli is missing: the installation is damaged.",
        "Install sencli again: pipx reinstall sencli",
    )


def schema_path(name: str) -> Path:
    """The schema file of that name (pupil, school, provisions, groups, published)."""
    return folder("schemas") / f"{name}.schema.json"


@lru_cache(maxsize=8)
def load_schema(schema: str) -> dict[str, Any]:
    """The schema of that name (pupil, school, provisions, groups), as it is shipped."""
    found: dict[str, Any] = json.loads(schema_path(schema).read_text("utf-8"))
    return found
