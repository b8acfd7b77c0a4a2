"""The schemas as they are shipped, each read once."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from sencli.resources import schema_path


@lru_cache(maxsize=8)
def load_schema(schema: str) -> dict[str, Any]:
    """The schema of that name (pupil, school, provisions, groups), as it is shipped."""
    found: dict[str, Any] = json.loads(schema_path(schema).read_text("utf-8"))
    return found
