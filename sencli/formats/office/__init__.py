"""Files for Excel and for Word."""

from __future__ import annotations
