"""Types for a record and for any mapping within one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Record = dict[str, Any]
"""A record, or a part of it that may be changed."""
Entry = Mapping[str, Any]
"""A record, or a part of it that is only read."""
